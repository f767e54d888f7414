"""guatu report: bulletins as Word files, checked again against the data, compared number by number."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guatu.errors import GuatuError

if TYPE_CHECKING:
    from guatu.base.period import Period
    from guatu.report.facts import Office
    from guatu.report.paper import Paper

Out = Annotated[
    Path | None, typer.Option("-o", "--output", help="写成 .docx、.pdf，或 .xlsx（只要附表）；不写则在屏幕上看文字")
]
AsOf = Annotated[str, typer.Option("--as-of", help="按哪一天所知，如 2021-10-11；默认今天")]
Head = Annotated[str, typer.Option("--head", help="红头的发文机关标志，如 景德镇市生态环境保护委员会办公室文件")]
Issue = Annotated[str, typer.Option("--number", help="发文字号，如 景环委办字〔2021〕10号")]
Body = Annotated[str, typer.Option("--body", "--cause", help="述职材料的单位，或函件的事由编号")]
Fonts = Annotated[Path | None, typer.Option("--fonts", help="PDF 先用这个文件夹里的字体：仿宋、黑体、小标宋")]
Plain = Annotated[bool, typer.Option("--built-in", help="不用工作区 templates 里的模板，用内置的版式")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON：每个数的名称、印出、地址和另一个数")]


def register(app: typer.Typer) -> None:
    """Add the commands of the report room."""
    report = typer.Typer(help="简报：生成、核对、两期对照。", invoke_without_command=True)
    report.callback()(kinds)
    for name, (title, of) in NAMES.items():
        report.command(name, help=title)(_maker(name, of))
    report.command("check")(check)
    report.command("compare")(compare)
    report.command("numbers")(numbers)
    report.command("template")(template)
    report.command("slots")(slots)
    app.add_typer(report, name="report")


# The kinds of guatu.report.kinds, named here so that the help page does not open the whole room.
NAMES = {
    "monthly": ("环境空气质量月报", "month"),
    "quarterly": ("环境空气质量季报", "quarter"),
    "water": ("地表水环境质量月报", "month"),
    "drinking": ("集中式饮用水水源水质状况报告", "month"),
    "ranking": ("县（市、区）环境空气质量排名通报", "month"),
    "tasks": ("重点工作推进情况通报，附滞后清单", "month"),
    "rectification": ("督察反馈问题整改进展通报", "month"),
    "brief": ("一页纸：目标、任务、问题、预警", "month"),
    "yearly": ("年度报告（提交环委会）", "year"),
    "midterm": ("规划实施中期评估报告", "year"),
    "final": ("规划实施总结评估报告", "year"),
    "duty": ("成员单位述职材料初稿（--body 单位）", "year"),
    "letter": ("提醒、催办、督办、约谈等函件（--cause 事由编号）", "month"),
}


def kinds(context: typer.Context, listed: Annotated[bool, typer.Option("--list", help="列出简报种类")] = False) -> None:
    """List the kinds."""
    if listed:
        for name, (title, of) in NAMES.items():
            typer.echo(f"{name:<16}{title}（--{of}）")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


def _maker(name: str, of: str) -> Callable[..., None]:
    """The command of one kind; its period is asked for as --month, --quarter or --year."""
    example = {"month": "2021-09", "quarter": "2021Q3", "year": "2021"}[of]

    def make(
        context: typer.Context,
        period: str,
        output: Out = None,
        as_of: AsOf = "",
        head: Head = "",
        number: Issue = "",
        body: Body = "",
        fonts: Fonts = None,
        plain: Plain = False,
        as_json: Json = False,
    ) -> None:
        from guatu.load.workspace import Workspace

        paper = _paper(context, name, period, as_of, body)
        if as_json:
            typer.echo(json.dumps(_told(paper), ensure_ascii=False, indent=1))
        if output is not None:
            if output.suffix.lower() == ".pdf":
                from guatu.report.issuing import versioned
                from guatu.report.pdf_paper import pdf_of

                own = Workspace.open(context.obj).folder / "fonts"
                versions, _ = versioned(Workspace.open(context.obj), paper, plain=True)
                versions = replace(versions, head=head or paper.head, number=number or paper.number)
                _write(output, pdf_of(versions, fonts or (own if own.is_dir() else None)))
            elif output.suffix.lower() == ".xlsx":
                from guatu.report.annex_book import annex_book

                _write(output, annex_book(paper))
            else:
                from guatu.report.issuing import issued

                _write(output, issued(Workspace.open(context.obj), paper, head=head, number=number, plain=plain)[1])
            typer.echo(f"已写入 {output}：{paper.title}，{len(paper.numbers())} 个数，每个都可核对。", err=as_json)
        elif not as_json:
            typer.echo(f"{paper.title}\n{paper.text}")

    make.__annotations__["period"] = Annotated[str, typer.Option(f"--{of}", help=f"哪一期，如 {example}")]
    return make


def _paper(context: typer.Context, name: str, period: str, as_of: str, body: str) -> Paper:
    from guatu.base.period import Period
    from guatu.cli.telling import known_on
    from guatu.judge.board import plan_of
    from guatu.load.workspace import Workspace
    from guatu.report.kinds import made

    ws = Workspace.open(context.obj)
    return made(ws, plan_of(ws), name, Period.of(period), known_on(ws, as_of), _facts_of(context), body)


def _facts_of(context: typer.Context) -> Callable[[Period, date, tuple[str, ...], str], Office]:
    """What the office's database knows, opened only by a bulletin that needs it."""

    def facts(period: Period, day: date, needs: tuple[str, ...], subject: str) -> Office:
        from guatu.cli.score import opened

        opened(context)
        from guatu.office.bulletins.facts import office_on

        found: Office = office_on(period, day, needs, subject)
        return found

    return facts


def _told(paper: Paper) -> dict[str, object]:
    return {
        "kind": paper.kind,
        "title": paper.title,
        "period": str(paper.period),
        "as_of": paper.as_of.isoformat(),
        "numbers": [asdict(one) for one in paper.numbers().values()],
        "text": paper.text,
    }


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise GuatuError.of(
            f"cannot write {path}: {error}", "G-REPORT-03", str(path), "写不进去", "简报没有保存", "换一个可写的位置"
        ) from None


def check(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="guatu 生成的 .docx")],
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """核对一份简报：逐个数对照印出时的值和现在的数据；手改一位数字也查得出来。"""
    from guatu.judge.board import plan_of
    from guatu.load.workspace import Workspace
    from guatu.report.carried import issue_of
    from guatu.report.check import FAULTS
    from guatu.report.issuing import rechecked

    issue = issue_of(file)
    ws = Workspace.open(context.obj)
    found = rechecked(ws, plan_of(ws), issue, _facts_of(context))
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            typer.echo(one.sentence)
        wrong = sum(one.kind in FAULTS for one in found)
        typer.echo(
            f"{issue.title}：核对 {len(issue.numbers)} 处数字，" + (f"{wrong} 处不符。" if wrong else "全部相符。")
        )
    if any(one.kind in FAULTS for one in found):
        raise typer.Exit(1)


def compare(
    context: typer.Context,
    old: Annotated[Path, typer.Argument(help="前一期 .docx")],
    new: Annotated[Path, typer.Argument(help="后一期 .docx")],
) -> None:
    """两期逐数对照：哪些数不同，中间来了哪些数据更正和通报。"""
    from guatu.load.workspace import Workspace
    from guatu.report.carried import issue_of
    from guatu.report.compare import told

    for line in told(Workspace.open(context.obj), issue_of(old), issue_of(new)):
        typer.echo(line)


def numbers(file: Annotated[Path, typer.Argument(help="guatu 生成的 .docx")]) -> None:
    """列出一份简报里的每个数、它的地址和另一个数。"""
    from guatu.report.carried import issue_of

    for one in issue_of(file).numbers:
        note = f"  {one.note}" if one.note else ""
        typer.echo(f"{one.printed:>8}  {one.key}  {one.address}{note}")


KindName = Annotated[str, typer.Argument(help="简报种类，见 guatu report --list")]
Sample = Annotated[str, typer.Option("--period", help="以哪一期为样，如 2021-09；写了就按节分开")]


def template(
    context: typer.Context,
    kind: KindName,
    output: Annotated[Path, typer.Option("-o", "--output", help="写成的 .docx")],
    period: Sample = "",
    body: Body = "",
    as_of: AsOf = "",
) -> None:
    """导出一种简报的内置模板，在 Word 里改好后放进工作区的 templates 文件夹。"""
    from guatu.report.kinds import kind_of
    from guatu.report.template import built_in

    found = kind_of(kind)
    paper = _paper(context, found.name, period, as_of, body) if period else None
    _write(output, built_in(found, paper))
    typer.echo(f"已写入 {output}。改好后另存为 工作区/templates/{found.name}.docx，再生成就用它。")


def slots(context: typer.Context, kind: KindName, period: Sample, body: Body = "", as_of: AsOf = "") -> None:
    """列出一种简报的模板里能用的槽，和这一期填进去的内容。"""
    from guatu.report.slots import block_slots, number_slots, words_slots

    paper = _paper(context, kind, period, as_of, body)
    for name, words in words_slots(paper).items():
        typer.echo(f"{{{{ {name} }}}}\t{words}")
    for name, blocks in block_slots(paper).items():
        typer.echo(f"{{{{ {name} }}}}\t（段落，{len(blocks)} 块，自占一段）")
    for name, number in number_slots(paper).items():
        typer.echo(f"{{{{ {name} }}}}\t{number.text}")
