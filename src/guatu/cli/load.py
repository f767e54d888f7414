"""guatu load FILE: a data file is checked whole and kept as one batch."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from guatu.load.air import Checked, Stored
    from guatu.load.hourly import Stamp


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
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """检查一份数据并入库；有一处错就全不入库，并列出每一处。"""
    from guatu.cli.figures import KINDS, Said, load_handed_in
    from guatu.load import air, weather
    from guatu.load.workspace import Workspace

    if kind in KINDS:
        known = _day(on, "--on") if on else None
        day = _day(dated, "--date") if dated else None
        said = Said(
            correct, reason, known, person, leave_unknown, indicator, period, paper, day, of, label, check_only
        )  # fmt: skip
        load_handed_in(Workspace.open(context.obj), file, kind, said)
        return
    if kind == weather.KIND:
        counts = _day(on, "--on") if on else None
        ws = Workspace.open(context.obj)
        kept = weather.store_weather(
            ws, file, look=check_only, correct=correct, reason=reason, on=counts, person=person
        )
        looked = "检查通过，没有入库；" if check_only else ""
        typer.echo(f"{file.name}：{looked}气象产品新 {kept.new} 条，已有 {kept.same} 条，更正 {kept.changed} 条")
        return
    if kind != air.KIND:
        known_kinds = "、".join((air.KIND, *KINDS, weather.KIND))
        raise typer.BadParameter(f"只认 {known_kinds}", param_hint="--kind")
    if stamp not in ("end", "begin"):
        raise typer.BadParameter("只能是 end 或 begin", param_hint="--stamp")
    day = _day(on, "--on") if on else None
    units = _units(unit or [])
    ws = Workspace.open(context.obj)
    how: Stamp = "end" if stamp == "end" else "begin"
    if check_only:
        _tell(air.check(file, ws.city, stamp=how, units=units, leave_unknown=leave_unknown), None, doubts_to, as_json)
        return
    stored = air.store(
        ws,
        file,
        stamp=how,
        units=units,
        leave_unknown=leave_unknown,
        correct=correct,
        reason=reason,
        on=day,
        person=person,
    )
    _tell(stored.checked, stored, doubts_to, as_json)


def _tell(checked: Checked, done: Stored | None, doubts_to: Path | None, as_json: bool) -> None:
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
            "batch": done.batch.number if done and done.batch else None,
            "new": done.new if done else None,
            "same": done.same if done else None,
            "changed": done.changed if done else None,
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
    if done is None:
        typer.echo("检查通过，没有入库")
    elif done.batch is None:
        typer.echo(f"都已入库（{done.same:,} 行相同），没有新批次")
    else:
        changed = f"，更正 {done.changed:,} 行" if done.changed else ""
        same = f"，{done.same:,} 行已有" if done.same else ""
        typer.echo(f"已入库：批次 {done.batch.number:04d}，新 {done.new:,} 行{changed}{same}")


def _units(said: list[str]) -> dict[str, str]:
    words = {"ug": "ug", "mg": "mg", "x10": "mg_tenths"}
    units = {}
    for entry in said:
        item, _, unit = entry.partition("=")
        if item not in ("pm25", "pm10", "so2", "no2", "co", "o3") or unit not in words:
            raise typer.BadParameter(f"“{entry}”写作 co=ug、co=mg 或 co=x10 的样子", param_hint="--unit")
        units[item] = words[unit]
    return units


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"“{text}”不是日期，写作 2021-10-11", param_hint=option) from None
