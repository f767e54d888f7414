"""guatu score: sheets, why points were lost, what would change them, what persons enter, objections, final scores."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from guatu.cli import ledger
from guatu.cli.duties import Person
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
    for name, command in _COMMANDS.items():
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
    ws, by, day = _asked(context, scheme, units, as_of)
    from guatu.office.scoring import answers, sheets

    found = sheets.scores(ws, by, day)
    if as_json:
        typer.echo(json.dumps([one.record() for one in found.sheets], ensure_ascii=False, indent=1))
        return
    _tables(answers.ranking(found))
    _foot(ws, by, day, found.facts.data_version)


def sheet(
    context: typer.Context, subject: Subject, scheme: SchemeName = "", as_of: AsOf = "", as_json: AsJson = False
) -> None:
    """一张得分表：每项的规则、实测、每步前后的分、谁评的。"""
    ws, by, day = _asked(context, scheme, None, as_of, subject)
    from guatu.office.scoring import answers, sheets

    one = sheets.scores(ws, by, day).of(subject)
    if as_json:
        typer.echo(json.dumps(plain({**one.record(), "hash": one.hash}), ensure_ascii=False, indent=1))
        return
    _tables(answers.sheet(by, one))
    _foot(ws, by, day, one.data_version)


def why(
    context: typer.Context,
    subject: Subject,
    item: Annotated[str, typer.Option("--item", help="只看一项，如 W1")] = "",
    scheme: SchemeName = "",
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """分扣在哪：每项失分到月份、断面、问题和规则，合计等于满分减得分；再有一个好月会怎样。"""
    ws, by, day = _asked(context, scheme, None, as_of, subject)
    from guatu.office.scoring import answers, sheets
    from guatu.score.lost import losses_of

    one = sheets.scores(ws, by, day).of(subject)
    if as_json:
        typer.echo(json.dumps(plain([answers.loss_record(loss) for loss in losses_of(one)]), ensure_ascii=False))
        return
    _tables(answers.why(by, one, item))
    if not item and one.trial:
        _tables(answers.difference(sheets.with_good_month(ws, by, day, subject), "再有一个好月"))
    _foot(ws, by, day, one.data_version)


def what_if(
    context: typer.Context,
    subject: Subject,
    target: Annotated[list[str], typer.Option("--target", help="把计划的目标改成别的数，如 T01=33；可写多次")],
    scheme: SchemeName = "",
    as_of: AsOf = "",
) -> None:
    """假如目标变了：这张得分表哪些项会变、变多少。"""
    ws, by, day = _asked(context, scheme, None, as_of, subject)
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
    _tables(answers.difference(sheets.with_targets(ws, by, day, subject, targets), "目标变了以后"))
    _foot(ws, by, day, "")


def schemes(context: typer.Context) -> None:
    """有哪些细则：生效时段、满分、项数；没有写全的缺什么。"""
    from guatu.load.workspace import Workspace
    from guatu.score.book import schemes as every

    folder = Workspace.open(context.obj).folder if (context.obj / "guatu.toml").is_file() else None
    for one in every(folder).values():
        until = one.until or "至今"
        whole = "全文" if one.complete else f"节录，缺 {len(one.left_out)} 处"
        typer.echo(
            f"{one.id}\t{one.title}\t{one.since} 至 {until}\t满分 {plain(one.full)}\t{len(one.items)} 项\t{whole}"
        )
        for title, because in one.left_out:
            typer.echo(f"\t缺：{title}（{because}）")


def check(file: Annotated[Path, typer.Argument(help="细则文件，TOML", exists=True, dir_okay=False)]) -> None:
    """核对一份细则：所有毛病一次列出，写明行号。"""
    from guatu.score.definition import load

    one = load(file)
    typer.echo(f"“{one.title}”可用：{len(one.items)} 项，满分 {plain(one.full)}，版本 {one.sha256[:12]}")


def enter(
    context: typer.Context,
    subject: Subject,
    item: Annotated[str, typer.Argument(help="项目代号；前置写 gate/代号，否决写 veto/代号")],
    value: Annotated[str, typer.Argument(help="分数、数量或等次")],
    reason: Annotated[str, typer.Option("--reason", help="理由，必写")],
    fact: Annotated[str, typer.Option("--fact", help="填哪个数；默认 points（评分），人工核定写 override")] = "points",
    level: Annotated[str, typer.Option("--level", help="扣分、加分的级别，如 省")] = "",
    on: Annotated[str, typer.Option("--on", help="事情发生的日期")] = "",
    proof: Annotated[
        Path | None, typer.Option("--proof", help="佐证文件：PDF、图片、Word、Excel", exists=True, dir_okay=False)
    ] = None,
    scheme: SchemeName = "",
    person: Person = "",
) -> None:
    """人工评分、登记加扣分的事：要有理由，附佐证文件，记入留痕。"""
    _, by, _ = _asked(context, scheme, None, "", subject)
    from guatu.office.scoring import entered

    shown = (proof.name, proof.read_bytes()) if proof else None
    entered.enter(by, subject, item, fact, value, person or getuser(), reason, level=level, day=on, proof=shown)
    typer.echo(f"{subject} {item} 已记下" + ("" if proof else "；没有附佐证文件，佐证材料里会列为缺"))


def object_to(
    context: typer.Context,
    subject: Subject,
    item: ItemName,
    reason: Annotated[str, typer.Option("--reason", help="哪个数、哪条规则不对")],
    scheme: SchemeName = "",
    as_of: AsOf = "",
    person: Person = "",
) -> None:
    """对一项的得分提出异议；原来的得分表留底。"""
    ws, by, day = _asked(context, scheme, None, as_of, subject)
    from guatu.office.scoring import process

    made = process.raise_objection(ws, by, day, subject, item, reason, person or getuser())
    typer.echo(f"异议 {made.number} 已记下：{subject} {item} 原得分 {made.before}")


def decide(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="异议编号")],
    answer: Annotated[str, typer.Option("--answer", help="复核意见，必写")],
    points: Annotated[str, typer.Option("--points", help="调整后的分；不写为维持")] = "",
    person: Person = "",
) -> None:
    """复核异议：维持，或另定分数；前后都留着。"""
    ws = opened(context)
    from guatu.office.scoring import process
    from guatu.score.book import scheme

    found = next((one for one in process.objections() if one.number == number), None)
    by = scheme(found.scheme, ws.folder) if found else next(iter(_every(ws)))
    process.decide(by, number, person or getuser(), answer, points)
    typer.echo(f"异议 {number} 已复核")


def finish(context: typer.Context, scheme: SchemeName = "", units: Bodies = False, as_of: AsOf = "") -> None:
    """定稿须由环委办主任在网页里签；这里只说还差什么。"""
    ws, by, day = _asked(context, scheme, units, as_of)
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


def prove(
    context: typer.Context,
    subject: Subject,
    item: ItemName,
    file: Annotated[Path, typer.Argument(help="佐证文件：PDF、图片、Word、Excel", exists=True, dir_okay=False)],
    title: Annotated[str, typer.Option("--as", help="是什么材料，如 断面月度类别表")],
    note: Annotated[str, typer.Option("--note", help="说明")] = "",
    scheme: SchemeName = "",
    person: Person = "",
) -> None:
    """给一项交佐证：文件按内容存，记入留痕，收进佐证材料。"""
    ws, by, _ = _asked(context, scheme, None, "", subject)
    from guatu.office.scoring import filed

    made = filed.file(ws, by, subject, item, title, file.name, file.read_bytes(), person or getuser(), note)
    typer.echo(f"{subject} {item} 已收“{made.title}”（{made.name}，SHA-256 {made.kept[:12]}）")


def evidence(
    context: typer.Context,
    subject: Subject,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="存成 zip；不写只列目录")] = None,
    scheme: SchemeName = "",
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """一家的佐证材料：逐项编号、带目录的一个 zip；缺的写明谁来补。"""
    ws, by, day = _asked(context, scheme, None, as_of, subject)
    from guatu.office.scoring import acting, evidence_zip, sheets
    from guatu.office.scoring.answers import Answer, Table
    from guatu.office.scoring.evidence import folder_of

    found = folder_of(ws, by, sheets.scores(ws, by, day).of(subject), acting.text_of(ws, by))
    rows = evidence_zip.rows_of(found)
    if as_json:
        typer.echo(json.dumps([dict(zip(evidence_zip.HEADS, row, strict=True)) for row in rows], ensure_ascii=False))
    else:
        title, notes = evidence_zip.title_of(found), evidence_zip.notes_of(found)
        _tables(Answer(title, notes, (Table("目录", evidence_zip.HEADS[:-1], [row[:-1] for row in rows]),)))
    if out is not None:
        content = evidence_zip.archive_of(found)
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
    ws, by, day = _asked(context, scheme, units if not subject else None, as_of, subject)
    from guatu.office.scoring import answers, sheets

    found = sheets.scores(ws, by, day)
    answer = answers.sheet(by, found.of(subject)) if subject else answers.ranking(found)
    out.write_bytes(answers.document(answer, out.suffix.lower().lstrip("."), ws.demo))
    typer.echo(f"已写出 {out}")


def _asked(
    context: typer.Context, name: str, units: bool | None, as_of: str, subject: str = ""
) -> tuple[Workspace, Scheme, date]:
    """The workspace with its database, the scheme of a name or for the subject, and the day."""
    ws = opened(context)
    from guatu.office.scoring import sheets

    day = known_on(ws, as_of)
    if units is None:
        units = subject not in {place.name for place in ws.places}
    return ws, sheets.chosen(ws, "bodies" if units else "counties", day, name), day


def _every(ws: Workspace) -> list[Scheme]:
    from guatu.score.book import schemes as every

    return list(every(ws.folder).values())


def _tables(answer: Any) -> None:
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


def _foot(ws: Workspace, by: Scheme, day: date, version: str) -> None:
    data = f"，数据版本 {version}" if version else ""
    typer.echo(f"按 {day} 所知；细则 {by.id}（{by.sha256[:12]}）{data}")
    if ws.demo:
        typer.echo(DEMO)


_COMMANDS: dict[str, Callable[..., None]] = {
    "sheet": sheet, "why": why, "what-if": what_if, "schemes": schemes, "check": check, "enter": enter,
    "prove": prove, "evidence": evidence, "object": object_to, "decide": decide, "finish": finish, "verify": verify,
    "export": export,
}  # fmt: skip
