"""Hourly air at the door: a file is read whole, every fault told at once, and only then stored as one batch."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl

from guatu.errors import Fault, LoadError
from guatu.load.alone import alone
from guatu.load.batches import FOLDER, Batch, append, hours_known
from guatu.load.cells import EXACT
from guatu.load.city import City
from guatu.load.columns import ITEMS, Column
from guatu.load.hourly import Head, Stamp, headed, headless, rows_of, stations_of
from guatu.load.table import Sheet, sheets_of, spans
from guatu.load.workspace import Workspace

KIND = "air-hourly"


@dataclass(frozen=True, slots=True)
class Checked:
    """A file found good: what it is, how it was understood, and its rows.

    columns: the headings used; ignored: the headings not used; units: unit a item was read in; stated_units: those
    the headings state (the others were taken as the reporting unit); stamp: what the time means; missing: blanks an
    item; left: rows of stations the workspace does not know that were left out on request; notes: sentences for the
    person; frame: station, time (end of the hour), the items [µg/m³, CO mg/m³] exact, line.
    """

    file: str
    sha256: str
    form: str
    encoding: str
    stamp: Stamp
    columns: tuple[Column, ...]
    ignored: tuple[str, ...]
    units: Mapping[str, str]
    stated_units: frozenset[str]
    rows: int
    stations: tuple[str, ...]
    first: datetime
    last: datetime
    missing: Mapping[str, int]
    left: int
    notes: tuple[str, ...]
    frame: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing did: the file as checked, the batch (None where all was already there), new, same, changed rows."""

    checked: Checked
    batch: Batch | None
    new: int
    same: int
    changed: int


def check(
    file: Path | str,
    city: City,
    *,
    stamp: Stamp = "end",
    units: Mapping[str, str] | None = None,
    leave_unknown: bool = False,
) -> Checked:
    """Read a file of hourly air whole and store nothing.

    stamp: whether times are the end (as the national platform publishes) or the beginning of the hour; units: unit
    (``ug mg mg_tenths``) of items where a person decided; leave_unknown: leave out stations the city does not have.
    Raises LoadError with every fault of the file: unreadable (G-LOAD-01 to 05), columns (06 to 08), times (09, 10),
    stations (11), values (12 to 14), double rows (15), times to come (21), days instead
    of hours (22).
    """
    path = Path(file)
    tables = [(sheet, headed(sheet)) for sheet in sheets_of(path)]
    used = [(sheet, head) for sheet, head in tables if head]
    if not used:
        raise LoadError(f"{path.name}: no row of headings", [headless(tables[0][0])])
    faults: list[Fault] = []
    frames = []
    known = {name: station.code for station in city.stations for name in (station.code, station.name, *station.also)}
    for sheet, head in used:
        frame, found = rows_of(sheet, head, stamp, units or {})
        faults += found
        if frame is not None:
            frame, found = stations_of(sheet, frame, head, known, leave_unknown)
            frames.append(frame)
            faults += found
    if len({frozenset((column.name, column.unit) for column in head.columns) for _, head in used}) > 1:
        faults.append(
            Fault("G-LOAD-06", path.name, "各工作表的列或单位不一样", "一次入库的各表要相同", "分成几份文件分别入库")
        )
    if frames:
        timed = pl.concat([frame.select("station", "time", "line", "sheet") for frame in frames]).drop_nulls("time")
        faults += _doubles(used[0][0], timed) + (_odd_times(used[0][0], timed) if timed.height else [])
    if faults:
        raise LoadError(f"{path.name} has {len(faults)} faults; nothing was stored", faults)
    whole = pl.concat(frames)
    left = whole.filter(pl.col("station").is_null()).height
    good = whole.filter(pl.col("station").is_not_null())
    if good.is_empty():
        raise LoadError.of(
            f"{path.name}: no row of a known station",
            "G-LOAD-11",
            path.name,
            "没有一行属于本工作区的站点",
            "没有可入库的数据",
            "核对文件和 guatu.toml 的站点",
        )
    return _checked(path, used, stamp, units or {}, good, left, [sheet.name for sheet, head in tables if not head])


def store(
    ws: Workspace,
    file: Path | str,
    *,
    stamp: Stamp = "end",
    units: Mapping[str, str] | None = None,
    leave_unknown: bool = False,
    correct: bool = False,
    reason: str = "",
    on: date | None = None,
    person: str = "",
    at: datetime | None = None,
) -> Stored:
    """Check a file and keep it as one batch; nothing is kept where anything is wrong.

    Rows already there with the same values are passed over, so that loading a file twice changes nothing. Values
    that differ from what is known need correct=True and a reason; they then count from the day `on` (that of `at` if
    None); at: the moment to write down, now if None.
    Raises LoadError as check does, and G-LOAD-16 (values differ), G-LOAD-17 (no reason), G-LOAD-18 (another load).
    """
    if correct and not reason.strip():
        raise LoadError.of(
            "a correction needs a reason",
            "G-LOAD-17",
            "更正",
            "没有写原因",
            "日后要说得清为什么改",
            "写明原因（命令 --reason）",
        )
    checked = check(file, ws.city, stamp=stamp, units=units, leave_unknown=leave_unknown)
    with alone(ws.data / FOLDER[KIND], person):
        sides, items = _beside(ws, checked)
        return _kept(ws, checked, sides, items, correct, on, reason.strip(), person, at)


def foreseen(ws: Workspace, checked: Checked) -> tuple[int, int, list[Fault]]:
    """What storing a checked file would do: new rows, rows already there, and each row that differs (G-LOAD-16)."""
    sides, items = _beside(ws, checked)
    differing, fresh = sides.filter(_differs(items)), sides.filter(_adds(items))
    new = fresh.height - differing.height
    return new, sides.height - fresh.height, _differences(checked, differing, items)


def _beside(ws: Workspace, checked: Checked) -> tuple[pl.DataFrame, list[str]]:
    """The rows of a file beside what is known of the same hours, and the items the file carries."""
    items = [column.name for column in checked.columns if column.name in ITEMS]
    before = hours_known(ws.data, None).collect()
    told = [f"said_{item}" for item in items]
    sides = checked.frame.join(
        before.rename({item: f"was_{item}" for item in ITEMS}), on=["station", "time"], how="left"
    )
    return sides.with_columns(pl.col(told).fill_null(False)), items


def _differs(items: list[str]) -> pl.Expr:
    """Whether a row says another value than the one known."""
    return pl.any_horizontal(pl.col(f"said_{item}") & pl.col(item).ne_missing(pl.col(f"was_{item}")) for item in items)


def _adds(items: list[str]) -> pl.Expr:
    """Whether a row says anything that was not known so."""
    return ~pl.all_horizontal(f"said_{item}" for item in items) | _differs(items)


def _kept(
    ws: Workspace, checked: Checked, sides: pl.DataFrame, items: list[str], correct: bool, on: date | None,
    reason: str, person: str, at: datetime | None,
) -> Stored:  # fmt: skip
    differing = sides.filter(_differs(items))
    fresh = sides.filter(_adds(items)).select(checked.frame.columns)
    if differing.height and not correct:
        raise LoadError(f"{checked.file}: {differing.height} rows differ", _differences(checked, differing, items))
    same = checked.frame.height - fresh.height
    if fresh.is_empty():
        return Stored(checked, None, 0, same, 0)
    kind = "correction" if correct else "first"
    batch = append(ws.data, fresh, checked.file, checked.sha256, kind, tuple(items), on, reason, person, at)
    return Stored(checked, batch, fresh.height - differing.height, same, differing.height)


def _doubles(sheet: Sheet, frame: pl.DataFrame) -> list[Fault]:
    """Two rows for one station and hour (G-LOAD-15), each pair with its lines."""
    kept = frame.filter(pl.col("station").is_not_null())
    twice = (
        kept.group_by("station", "time").agg(pl.col("line"), pl.col("sheet"))
        .filter(pl.col("line").list.len() > 1)
        .with_columns(pl.col("line").list.min().alias("top"))
        .sort("top")
    )  # fmt: skip
    told = [
        Fault(
            "G-LOAD-15",
            f"{sheet.file} 第 {spans(row['line'])} 行"
            + (f"（工作表{'、'.join(sorted(set(row['sheet'])))}）" if row["sheet"][0] else ""),
            f"站点 {row['station']} 在 {row['time']:%Y-%m-%d %H:%M} 有 {len(row['line'])} 行",
            "同一站点同一小时只能有一行",
            "只留正确的一行",
        )
        for row in twice.head(100).iter_rows(named=True)
    ]
    if twice.height > len(told):
        rest = spans(line for lines in twice["line"][len(told) :] for line in lines)
        told.append(
            Fault(
                "G-LOAD-15", f"{sheet.file} 第 {rest} 行", "也是重复行", "同一站点同一小时只能有一行", "只留正确的一行"
            )
        )
    return told


def _odd_times(sheet: Sheet, frame: pl.DataFrame) -> list[Fault]:
    """Hours that have not ended yet (G-LOAD-21: a wrong year or clock), or days in the place of hours (G-LOAD-22)."""
    days = frame["time"].n_unique()
    if days > 1 and (frame["time"].dt.hour() == 0).all():
        return [
            Fault("G-LOAD-22", sheet.file, f"{days} 个时间全是 0 点", "多半是日均值，不是小时值", "换成小时数据文件")
        ]
    late = frame.filter(pl.col("time") > datetime.now() + timedelta(days=1))
    if late.is_empty():
        return []
    return [
        Fault(
            "G-LOAD-21",
            f"{sheet.file} 第 {spans(late['line'])} 行",
            f"时间到了 {max(late['time'].to_list()):%Y-%m-%d %H:%M}",
            "还没有到的时间不会有观测",
            "核对年份和时区",
        )
    ]


def _differences(checked: Checked, rows: pl.DataFrame, items: list[str]) -> list[Fault]:
    """Each cell that differs from what is known (G-LOAD-16)."""
    told = []
    for row in rows.sort("line").iter_rows(named=True):
        cells = [
            f"{item} 原为 {_figure(row[f'was_{item}'])}，现为 {_figure(row[item])}"
            for item in items
            if row[f"said_{item}"] and row[item] != row[f"was_{item}"]
        ]
        told.append(
            Fault(
                "G-LOAD-16",
                f"{checked.file} 第 {row['line']} 行",
                f"站点 {row['station']} {row['time']:%Y-%m-%d %H:%M} {'；'.join(cells)}",
                "与已入库的值不同",
                "核对；确要更正，选“更正”并写原因再传（命令 --correct --reason 原因）",
            )
        )
    return told


def _figure(value: Decimal | None) -> str:
    return "空" if value is None else format(value.normalize(), "f")


def _checked(
    path: Path,
    used: list[tuple[Sheet, Head]],
    stamp: Stamp,
    units: Mapping[str, str],
    good: pl.DataFrame,
    left: int,
    passed: list[str],
) -> Checked:
    sheet, head = used[0]
    cells, columns = head.cells, head.columns
    items = [column for column in columns if column.name in ITEMS]
    told = {column.name: units.get(column.name) or column.unit or column.home for column in items}
    ends = "小时的结束" if stamp == "end" else "小时的开始"
    notes = [f"时间按{ends}理解，00:00 {'属于前一天' if stamp == 'end' else '是当天第一个小时'}"]
    silent = [column.heading for column in items if not column.unit and column.name not in units]
    if silent:
        notes.append(f"{'、'.join(silent)} 没有写单位，按 µg/m³（CO 按 mg/m³）收")
    if left:
        notes.append(f"{left} 行是别处站点，按要求没有收")
    if passed:
        notes.append(f"工作表 {'、'.join(passed)} 不是小时数据表，没有收")
    frame = good.with_columns([pl.lit(None, EXACT).alias(i) for i in ITEMS if i not in good.columns])
    return Checked(
        path.name,
        hashlib.sha256(path.read_bytes()).hexdigest(),
        sheet.form,
        sheet.encoding,
        stamp,
        columns,
        tuple(cell for at, cell in enumerate(cells) if cell and at not in {column.at for column in columns}),
        told,
        frozenset(column.name for column in items if column.unit),
        good.height,
        tuple(sorted(good["station"].unique())),
        good.select(pl.col("time").min()).item(),
        good.select(pl.col("time").max()).item(),
        {column.name: good[column.name].null_count() for column in items},
        left,
        tuple(notes),
        frame.select("station", "time", *ITEMS, "line"),
    )
