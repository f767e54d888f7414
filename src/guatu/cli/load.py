"""guatu load FILE: a data file is checked whole and kept as one batch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from guatu.load.air import Checked
    from guatu.load.door import Outcome


def register(app: typer.Typer) -> None:
    """Add the commands of the loading room."""
    app.command("load")(load)


def load(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV、Excel 或 Parquet 文件")],
    kind: Annotated[
        str,
        typer.Option(
            help="air-hourly 空气小时值；figures 报送数；official 上级通报值或断面类别表；water 地表水数据；"
            "groundwater 地下水数据；sources 饮用水水源数据；sections 断面清单；"
            "list 清单；sand 沙尘扣除日名单；weather 气象产品"
        ),
    ] = "air-hourly",
    stamp: Annotated[str, typer.Option(help="时间是小时的结束 end 还是开始 begin")] = "end",
    unit: Annotated[list[str] | None, typer.Option(help="表头没写的单位，如 co=ug、co=mg、co=x10")] = None,
    leave_unknown: Annotated[bool, typer.Option("--leave-unknown", help="不收本工作区没有登记的站点")] = False,
    correct: Annotated[bool, typer.Option("--correct", help="更正已入库的值")] = False,
    reason: Annotated[str, typer.Option(help="更正的原因")] = "",
    on: Annotated[str, typer.Option(help="更正从哪一天起算，默认今天")] = "",
    person: Annotated[str, typer.Option(help="经手人")] = "",
    check_only: Annotated[bool, typer.Option("--check", help="只检查，不入库")] = False,
    doubts_to: Annotated[Path | None, typer.Option("--doubts", help="把疑点逐条写到这个 CSV 文件")] = None,
    indicator: Annotated[str, typer.Option(help="报送数：整张表的指标，表里没有写时用")] = "",
    period: Annotated[str, typer.Option(help="整张表的时段，表里没有写时用，如 2021-09")] = "",
    paper: Annotated[str, typer.Option(help="断面类别表出自哪份文件")] = "",
    dated: Annotated[str, typer.Option("--date", help="文件日期或填报日期，如 2021-10-09")] = "",
    of: Annotated[str, typer.Option("--list", help="清单种类，如 villages、plots、problems")] = "",
    label: Annotated[str, typer.Option(help="同种清单中的哪一份，如 省级环保督察")] = "",
    column: Annotated[
        list[str] | None, typer.Option(help="某列是什么，如 “TP值=总磷”；“备注2=不收”不收这一列；可写多次")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """检查一份数据并入库；有一处错就全不入库，并列出每一处。"""
    from guatu.judge.intake import doubts_after, scopes_of
    from guatu.load import door
    from guatu.load.workspace import Workspace

    if kind not in door.KINDS:
        raise typer.BadParameter(f"只认 {'、'.join(door.KINDS)}", param_hint="--kind")
    if stamp not in ("end", "begin"):
        raise typer.BadParameter("只能是 end 或 begin", param_hint="--stamp")
    if kind == "list" and not of:
        raise typer.BadParameter("写明是哪一种清单，如 --list villages", param_hint="--list")
    said = door.Said(
        correct=correct, reason=reason, on=day_said(on, "--on") if on else None, person=person,
        leave_unknown=leave_unknown, indicator=indicator, period=period, paper=paper,
        day=day_said(dated, "--date") if dated else None, list=of, label=label,
        stamp="end" if stamp == "end" else "begin", units=_units(unit or []), columns=_columns(column or []),
    )  # fmt: skip
    ws = Workspace.open(context.obj)
    scopes = scopes_of(ws) if kind in ("figures", "official", "sections") else ()
    done = door.take(ws, file, kind, said, scopes, look=check_only)
    if done.checked is not None:
        _tell(done.checked, done, check_only, doubts_to, as_json)
        return
    for line in _lines(done, check_only):
        typer.echo(line)
    if not check_only:
        for doubt in doubts_after(ws, kind, datetime.now().date()):
            typer.echo(f"  存疑：{doubt}")


def _lines(done: Outcome, looked: bool) -> Iterator[str]:
    """What was done with a file that is not of hours of air."""
    kept = "检查通过，没有入库；" if looked else ""
    if done.kind == "sections":
        kept = "检查通过，没有登记；" if looked else ""
        yield f"{done.file}：{kept}断面（点位）新 {done.new} 个，已有 {done.same} 个"
    elif done.kind == "weather":
        yield f"{done.file}：{kept}气象产品新 {done.new} 条，已有 {done.same} 条，更正 {done.changed} 条"
    elif done.official:
        yield f"{done.file}：{kept}官方数据新 {done.new} 个，已有 {done.same} 个"
    elif looked:
        yield f"{done.file}：检查通过，没有入库：{done.sentence}"
    elif not done.address:
        yield f"{done.file}：都已入库（{done.same:,} 行相同），没有新批次"
    else:
        yield f"{done.file}：已入库，批次 {done.address.rpartition('/')[2]}，{done.sentence}"
    yield from (f"  {note}" for note in done.notes)


def _tell(checked: Checked, done: Outcome, looked: bool, doubts_to: Path | None, as_json: bool) -> None:
    from guatu.load.quality import WORDS, doubts

    found = doubts(checked.frame)
    if doubts_to is not None:
        found.write_csv(doubts_to, include_bom=True)
    seen: dict[str, int] = dict(sorted(found["flag"].value_counts().iter_rows()))
    if as_json:
        facts = {
            "file": checked.file,
            "sha256": checked.sha256,
            "rows": checked.rows,
            "stations": checked.stations,
            "first": checked.first.isoformat(sep=" "),
            "last": checked.last.isoformat(sep=" "),
            "stamp": checked.stamp,
            "units": dict(checked.units),
            "missing": dict(checked.missing),
            "left": checked.left,
            "ignored": checked.ignored,
            "notes": checked.notes,
            "doubts": seen,
            "batch": int(done.address.rpartition("/")[2]) if done.address else None,
            "new": done.new,
            "same": done.same,
            "changed": done.changed,
        }
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=1))
        return
    form = f"{checked.form} {checked.encoding}".strip()
    span = f"{checked.first:%Y-%m-%d %H:%M} 至 {checked.last:%Y-%m-%d %H:%M}"
    typer.echo(f"{checked.file}：{form}，{checked.rows:,} 行，{len(checked.stations)} 个站点，{span}")
    for note in checked.notes:
        typer.echo(f"  {note}")
    if checked.ignored:
        typer.echo(f"  没有用到的列：{'、'.join(checked.ignored)}")
    blanks = [f"{item} {n:,}" for item, n in checked.missing.items() if n]
    if blanks:
        typer.echo(f"  缺测：{'，'.join(blanks)}")
    if seen:
        told = "，".join(f"{WORDS[flag]} {n:,}" for flag, n in seen.items())
        typer.echo(f"  疑点（照原值收，请核实）：{told}")
    if looked:
        typer.echo(f"检查通过，没有入库：{done.sentence}")
    elif not done.address:
        typer.echo(f"都已入库（{done.same:,} 行相同），没有新批次")
    else:
        typer.echo(f"已入库：批次 {done.address.rpartition('/')[2]}，{done.sentence}")


def _columns(said: list[str]) -> dict[str, str]:
    """What headings mean, as a person says: 表头=含义."""
    found = {}
    for entry in said:
        heading, equals, word = entry.rpartition("=")
        if not (equals and heading.strip() and word.strip()):
            raise typer.BadParameter(f"“{entry}”写作 表头=含义 的样子，如 TP值=总磷", param_hint="--column")
        found[heading.strip()] = word.strip()
    return found


def _units(said: list[str]) -> dict[str, str]:
    words = {"ug": "ug", "mg": "mg", "x10": "mg_tenths"}
    units = {}
    for entry in said:
        item, _, unit = entry.partition("=")
        if item not in ("pm25", "pm10", "so2", "no2", "co", "o3") or unit not in words:
            raise typer.BadParameter(f"“{entry}”写作 co=ug、co=mg 或 co=x10 的样子", param_hint="--unit")
        units[item] = words[unit]
    return units


def day_said(text: str, option: str) -> date:
    """A day of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"“{text}”不是日期，写作 2021-10-11", param_hint=option) from None
