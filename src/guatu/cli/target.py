"""guatu target: change a target by paper and date, list its versions, check it against above and below."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    pass

HEADINGS = {
    "编号": "target",
    "目标编号": "target",
    "数值": "value",
    "目标值": "value",
    "力争": "stretch",
    "自何日起": "since",
    "起始日期": "since",
    "级别": "level",
    "文号": "paper",
    "原因": "reason",
    "登记人": "person",
}


def register(app: typer.Typer) -> None:
    """Add ``guatu target``."""
    group = typer.Typer(help="目标的变更、版本和上下级对照。", no_args_is_help=True)
    group.command("show")(show)
    group.command("change")(change)
    group.command("list")(versions)
    group.command("check")(check)
    app.add_typer(group, name="target")


def show(
    context: typer.Context,
    target: Annotated[str, typer.Argument(help="目标编号，如 T01")],
    as_of: Annotated[str, typer.Option("--as-of", help="按哪一天所知")] = "",
) -> None:
    """一项目标的全部：现值、状态、余量、可能性，逐月逐季的值和去年同期，断面逐个的类别。"""
    from guatu.base.units import with_unit
    from guatu.cli.telling import DEMO, known_on
    from guatu.judge.board import period_of, plan_of, row_of
    from guatu.judge.charged import charged_with
    from guatu.judge.room_below import rooms_below
    from guatu.judge.sections_now import roman, sections_now
    from guatu.judge.through_the_year import through_the_year
    from guatu.judge.versions import plan_on, versions_of
    from guatu.load.workspace import Workspace
    from guatu.read.asking import asked

    ws = Workspace.open(context.obj)
    day = known_on(ws, as_of)
    plan = plan_on(plan_of(ws), versions_of(ws), day)
    found = next((one for one in plan.targets if one.id == target), None)
    if found is None:
        raise typer.BadParameter(f"没有编号为 {target} 的目标", param_hint="TARGET")
    year = plan.head.year or day.year
    row = row_of(ws, found, period_of(found, year), day)
    number = row.official.value if row.official else row.value.number
    now = "—" if number is None else with_unit(number, row.value.unit)
    typer.echo(f"{found.id} {found.scope} {found.indicator} {asked(row.target)}（按 {day} 所知）")
    typer.echo(f"    现值 {now}：{row.status.word}" + (f"（{row.status.reason}）" if row.status.reason else ""))
    told = [row.room.sentence] if row.room else []
    told += [row.status.note] if row.status.note and row.status.note not in told else []
    told += [*(row.chance.lines() if row.chance else ()), *rooms_below(ws, row, day)]
    for line in told:
        typer.echo(f"    {line}")
    for stretch in through_the_year(ws, found, year, day):
        value, before = ("—" if one is None else f"{one}" for one in (stretch.number, stretch.last_year))
        typer.echo(
            f"    {stretch.period.words}：{value}，去年同期 {before}" + f"（{stretch.source}）" * bool(stretch.source)
        )
    for charge in charged_with(plan, found):
        typer.echo(
            f"    任务 {charge.task.id} {charge.task.title}（{charge.body or '没有写单位'}等，{charge.why}，未经确认）"
        )
    for one in sections_now(ws, day, found.scope):
        state = {True: "没达标", False: "达标", None: "判不了"}[one.missed]
        aim = f"，目标{roman(one.section.aim)}类" if one.section.aim else ""
        over = f"，{one.factors}" if one.factors else ""
        typer.echo(f"    {one.month.words} {one.section.name} {roman(one.grade)}类{aim}：{state}{over}")
    if ws.demo:
        typer.echo(DEMO)


def change(
    context: typer.Context,
    target: Annotated[str, typer.Argument(help="目标编号，如 T01；用 --file 时不写")] = "",
    value: Annotated[str, typer.Option(help="新的目标值")] = "",
    stretch: Annotated[str, typer.Option(help="新的力争值")] = "",
    since: Annotated[str, typer.Option(help="从哪一天起算，如 2021-08-01")] = "",
    level: Annotated[str, typer.Option(help="谁下达的：国家、省、市、县")] = "省",
    paper: Annotated[str, typer.Option(help="文号")] = "",
    reason: Annotated[str, typer.Option(help="原因，如 省下达不同、基数调整、断面增减、区划调整")] = "",
    person: Annotated[str, typer.Option(help="登记人")] = "",
    file: Annotated[Path | None, typer.Option(help="表格：编号、数值、力争、自何日起、级别、文号、原因")] = None,
    as_of: Annotated[str, typer.Option("--as-of", help="看变更对哪一天状态的影响")] = "",
) -> None:
    """登记目标的新版本：旧月份照旧，列出对现状的影响。"""
    from guatu.cli.telling import known_on
    from guatu.judge.board import plan_of
    from guatu.judge.effect import effects
    from guatu.judge.versions import change as keep
    from guatu.judge.versions import versions_of, words_of
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    plan = plan_of(ws)
    one = _row(target, value, stretch, since, level, paper, reason, person)
    rows = [one] if file is None else _table(file)
    before = (*plan.versions, *versions_of(ws))
    fresh = keep(ws, plan, rows)
    for version in fresh:
        typer.echo(f"{version.target}：{words_of(version)}（{version.reason}）")
    if not fresh:
        typer.echo("都已登记，没有新版本")
    for told in effects(ws, plan, before, fresh, known_on(ws, as_of)):
        typer.echo(f"    {told}")


def versions(context: typer.Context) -> None:
    """每个目标的各个版本，由旧到新。"""
    from guatu.judge.board import plan_of
    from guatu.judge.versions import versions_of, words_of
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    plan = plan_of(ws)
    later = (*plan.versions, *versions_of(ws))
    for target in plan.targets:
        mine = [version for version in later if version.target == target.id]
        if mine:
            typer.echo(f"{target.id} {target.scope} {target.indicator}：通知 {target.value or target.reference}")
            for version in mine:
                typer.echo(f"    {words_of(version)}（{version.reason}）")
    if not later:
        typer.echo("没有变更过的目标")


def check(context: typer.Context, as_of: Annotated[str, typer.Option("--as-of", help="按哪一天的目标")] = "") -> None:
    """与上级目标对照（宽于、严于、缺），与分解到县的数加权对照。"""
    from guatu.cli.telling import known_on
    from guatu.judge.authority import compared, levels_of
    from guatu.judge.board import plan_of
    from guatu.judge.findings import SAME
    from guatu.judge.versions import plan_on, versions_of
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    day = known_on(ws, as_of)
    found = compared(ws, plan_on(plan_of(ws), versions_of(ws), day), levels_of(ws), day)
    for finding in found:
        mark = "●" if finding.word == SAME else "▲"
        typer.echo(f"{mark} {finding.word} {finding.target or '—'} {finding.text}")
    if not found:
        typer.echo("没有可对照的上级目标和分解表：写在 plan/authority.toml")


def _row(
    target: str, value: str, stretch: str, since: str, level: str, paper: str, reason: str, person: str
) -> dict[str, Any]:
    told = {"target": target, "value": value, "stretch": stretch, "level": level, "paper": paper, "reason": reason}
    told |= {"person": person}
    row: dict[str, Any] = {name: text for name, text in told.items() if text}
    if since:
        row["since"] = _day(since)
    return row


def _table(file: Path) -> list[dict[str, Any]]:
    from guatu.load.office_table import tables_of
    from guatu.load.words import day, plain

    needed = [{"target"}, {"value"}, {"since"}, {"paper"}]
    rows = []
    for table in tables_of(file, lambda heading: HEADINGS.get(plain(heading), ""), needed, "G-JUDGE-34", "目标变更"):
        for line in table.lines:
            row: dict[str, Any] = {name: cell for name, cell in line.cells.items() if cell}
            row["since"] = day(row.get("since", "")) or row.get("since", "")
            rows.append(row)
    return rows


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"“{text}”不是日期，写作 2021-08-01", param_hint="--since") from None
