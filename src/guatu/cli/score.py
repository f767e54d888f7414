"""guatu score: sheets, why points were lost, what would change them, what persons enter, objections, final scores."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from guatu.cli import ledger
from guatu.cli.telling import DEMO, AsJson, AsOf, known_on, plain, printed

if TYPE_CHECKING:
    from guatu.load.workspace import Workspace
    from guatu.score.scheme import Scheme

SchemeName = Annotated[str, typer.Option("--scheme", help="细则的代号，见 guatu score schemes；默认用当天生效的")]
Bodies = Annotated[bool, typer.Option("--units", help="考核市直单位；不加为县（市、区）")]
Subject = Annotated[str, typer.Argument(help="县（市、区）或单位，如 浮梁县")]
ItemName = Annotated[str, typer.Argument(help="项目代号，如 W1")]


def register(app: typer.Typer) -> None:
    """Add the commands of scores."""
    group = typer.Typer(invoke_without_command=True, help="考核：得分、失分、试算、人工评分、异议、定稿。")
    group.callback()(table)
    from guatu.cli import score_acts, score_schemes

    for name, command in {**_COMMANDS, **score_acts.COMMANDS, **score_schemes.COMMANDS}.items():
        group.command(name)(command)
    app.add_typer(group, name="score")


def opened(context: typer.Context) -> Workspace:
    """The workspace with its database ready; a demonstration's duties, problems and points are taken over first."""
    ws = ledger.opened(context)
    from guatu.office.scoring import generated

    generated.take_over(ws)
    return ws


def table(
    context: typer.Context,
    scheme: SchemeName = "",
    units: Bodies = False,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """各县（市、区）或各单位的得分、名次、等次；没有过完的时段标“试算”。"""
    if context.invoked_subcommand is not None:
        return
    ws, by, day = asked(context, scheme, units, as_of)
    from guatu.office.scoring import answers, sheets

    found = sheets.scores(ws, by, day)
    if as_json:
        typer.echo(json.dumps([one.record() for one in found.sheets], ensure_ascii=False, indent=1))
        return
    tables(answers.ranking(found, sheets.month_before(ws, by, day)))
    foot(ws, by, day, found.facts.data_version)


def sheet(
    context: typer.Context, subject: Subject, scheme: SchemeName = "", as_of: AsOf = "", as_json: AsJson = False
) -> None:
    """一张得分表：每项的规则、实测、每步前后的分、谁评的。"""
    ws, by, day = asked(context, scheme, None, as_of, subject)
    from guatu.office.scoring import answers, sheets

    one = sheets.scores(ws, by, day).of(subject)
    if as_json:
        typer.echo(json.dumps(plain({**one.record(), "hash": one.hash}), ensure_ascii=False, indent=1))
        return
    tables(answers.sheet(by, one))
    foot(ws, by, day, one.data_version)


def why(
    context: typer.Context,
    subject: Subject,
    item: Annotated[str, typer.Option("--item", help="只看一项，如 W1")] = "",
    scheme: SchemeName = "",
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """分扣在哪：每项失分到月份、断面、问题和规则，合计等于满分减得分；再有一个好月会怎样。"""
    ws, by, day = asked(context, scheme, None, as_of, subject)
    from guatu.office.scoring import answers, sheets
    from guatu.score.lost import losses_of

    one = sheets.scores(ws, by, day).of(subject)
    if as_json:
        typer.echo(json.dumps(plain([answers.loss_record(loss) for loss in losses_of(one)]), ensure_ascii=False))
        return
    tables(answers.why(by, one, item))
    if not item and one.trial:
        tables(answers.difference(sheets.with_good_month(ws, by, day, subject), "再有一个好月"))
    foot(ws, by, day, one.data_version)


def money(
    context: typer.Context, scheme: SchemeName = "", units: Bodies = False, as_of: AsOf = "", as_json: AsJson = False
) -> None:
    """奖惩资金：各家按细则奖、扣多少，怎么算的。"""
    ws, by, day = asked(context, scheme, units, as_of)
    from guatu.office.scoring import answers, sheets

    answer = answers.money(sheets.scores(ws, by, day))
    if as_json:
        said = [dict(zip(table.heads, row, strict=True)) for table in answer.tables for row in table.rows]
        typer.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return
    tables(answer)
    foot(ws, by, day, "")


def what_if(
    context: typer.Context,
    subject: Subject,
    target: Annotated[list[str], typer.Option("--target", help="把计划的目标改成别的数，如 T01=33；可写多次")],
    scheme: SchemeName = "",
    as_of: AsOf = "",
) -> None:
    """假如目标变了：这张得分表哪些项会变、变多少。"""
    ws, by, day = asked(context, scheme, None, as_of, subject)
    from guatu.judge.board import plan_of
    from guatu.office.scoring import answers, sheets
    from guatu.score.feeding_values import target_instead

    plan = plan_of(ws)
    targets = []
    for one in target:
        name, _, number = one.partition("=")
        try:
            targets.append(target_instead(plan, name, Decimal(number)))
        except InvalidOperation:
            raise typer.BadParameter(f"“{one}”写法不对，写作 T01=33", param_hint="--target") from None
    tables(answers.difference(sheets.with_targets(ws, by, day, subject, targets), "目标变了以后"))
    foot(ws, by, day, "")


def finish(context: typer.Context, scheme: SchemeName = "", units: Bodies = False, as_of: AsOf = "") -> None:
    """定稿须由环委办主任在网页里签；这里只说还差什么。"""
    ws, by, day = asked(context, scheme, units, as_of)
    from guatu.office.scoring import process, sheets

    hinders = process.hinders(sheets.scores(ws, by, day), by)
    for words in hinders:
        typer.echo(words)
    typer.echo("以上办完才能定稿" if hinders else "可以定稿，请主任在网页“考核”里签")


def verify(context: typer.Context) -> None:
    """去年的分用去年的细则再算一遍：与定稿逐字节比对，印出细则和数据的版本。"""
    opened(context)
    from guatu.errors import GuatuError
    from guatu.office.scoring import process

    told, faults = process.verify()
    for words in told or ["还没有定稿的分"]:
        typer.echo(words)
    if faults:
        raise GuatuError("final scores are not what they were", faults)


def evidence(
    context: typer.Context,
    subject: Subject,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="存成 zip；不写只列目录")] = None,
    scheme: SchemeName = "",
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """一家的佐证材料：逐项编号、带目录的一个 zip；缺的写明谁来补。"""
    ws, by, day = asked(context, scheme, None, as_of, subject)
    from guatu.office.scoring import acting, evidence_zip, sheets
    from guatu.office.scoring.answers import Answer, Table
    from guatu.office.scoring.evidence import folder_of

    found = folder_of(ws, by, sheets.scores(ws, by, day).of(subject), acting.text_of(ws, by))
    rows = evidence_zip.rows_of(found)
    if as_json:
        typer.echo(json.dumps([dict(zip(evidence_zip.HEADS, row, strict=True)) for row in rows], ensure_ascii=False))
    else:
        title, notes = evidence_zip.title_of(found), evidence_zip.notes_of(found)
        tables(Answer(title, notes, (Table("目录", evidence_zip.HEADS[:-1], [row[:-1] for row in rows]),)))
    if out is not None:
        count = sum(one.content is not None for one in found.exhibits)
        with typer.progressbar(length=count, label="收集", file=sys.stderr) as bar:
            content = evidence_zip.archive_of(found, bar.update)
        out.write_bytes(content)
        typer.echo(f"已写出 {out}：{len(content) // 1024} KB，缺 {len(found.lacking)} 件", err=as_json)


def export(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(help="输出文件，docx 或 xlsx")],
    subject: Annotated[str, typer.Option("--subject", help="只要一家的得分表；不写为总表")] = "",
    scheme: SchemeName = "",
    units: Bodies = False,
    as_of: AsOf = "",
) -> None:
    """得分总表或一家的得分表，存成 Word 或 Excel。"""
    ws, by, day = asked(context, scheme, units if not subject else None, as_of, subject)
    from guatu.office.scoring import answers, sheets

    found = sheets.scores(ws, by, day)
    before = None if subject else sheets.month_before(ws, by, day)
    answer = answers.sheet(by, found.of(subject)) if subject else answers.ranking(found, before)
    out.write_bytes(answers.document(answer, out.suffix.lower().lstrip("."), ws.demo))
    typer.echo(f"已写出 {out}")


def asked(
    context: typer.Context, name: str, units: bool | None, as_of: str, subject: str = ""
) -> tuple[Workspace, Scheme, date]:
    """The workspace with its database, the scheme of a name or for the subject, and the day."""
    ws = opened(context)
    from guatu.office.scoring import sheets

    day = known_on(ws, as_of)
    if units is None:
        units = subject not in {place.name for place in ws.places}
    return ws, sheets.chosen(ws, "bodies" if units else "counties", day, name), day


def tables(answer: Any) -> None:
    """Print an answer: title, sentences, tables."""
    from rich.table import Table

    typer.echo(answer.title)
    for words in answer.words:
        typer.echo(words)
    for one in answer.tables:
        shown = Table(title=one.title, title_justify="left")
        for head in one.heads:
            shown.add_column(head, overflow="fold")
        for row in one.rows:
            shown.add_row(*row)
        printed(shown)


def foot(ws: Workspace, by: Scheme, day: date, version: str) -> None:
    """Under every answer: the day, the versions of scheme and data, the mark of made-up data."""
    data = f"，数据版本 {version}" if version else ""
    typer.echo(f"按 {day} 所知；细则 {by.id}（{by.sha256[:12]}）{data}")
    if ws.demo:
        typer.echo(DEMO)


_COMMANDS: dict[str, Callable[..., None]] = {
    "sheet": sheet, "why": why, "money": money, "what-if": what_if, "evidence": evidence, "finish": finish,
    "verify": verify, "export": export,
}  # fmt: skip
