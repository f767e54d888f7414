"""How each kind of warning is looked for: states, room, chances, sections, lists and heavy pollution."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.period import Period
from guatu.compute.classes import ROMAN
from guatu.judge.board import Board, Row
from guatu.judge.daily import days_of
from guatu.judge.heavy import heavy_level
from guatu.load.kept import known
from guatu.load.lists import OBJECTS
from guatu.load.sections import sections_of
from guatu.load.water_class import CLASSES
from guatu.load.weather import products_of
from guatu.load.workspace import Workspace

AHEAD = 7  # days of forecast that a run of heavy pollution may reach into
NAMED = 5  # items of a list named in a sentence


@dataclass(frozen=True, slots=True)
class Found:
    """What a finder saw: subject, sentence with its figures, mark (what must change), and further hearers."""

    subject: str
    text: str
    mark: str
    told: tuple[str, ...] = ()


def _name(row: Row) -> str:
    return f"{row.target.id} {row.target.scope} {row.target.indicator}"


def _status(_ws: Workspace, board: Board, codes: Sequence[str], _months: int) -> Iterable[Found]:
    """Targets in one of the states; ``lost`` where no rest of the year can mend it."""
    for row in board.rows:
        lost = row.room is not None and row.room.outcome == "lost" and row.status.code == "behind"
        code = "lost" if lost else row.status.code
        if code in codes:
            more = row.room.sentence if row.room else row.status.note
            number = row.official.value if row.official else row.value.number
            yield Found(row.target.id, f"{_name(row)}：现值 {number}，{row.status.word}；{more}".rstrip("；"), code)


def _days(ws: Workspace, board: Board, _codes: Sequence[str], _months: int) -> Iterable[Found]:
    """No more bad days left than the office calls close; said again with every day used."""
    for row in board.rows:
        room = row.room
        if room is not None and room.kind == "days" and room.outcome == "open":
            left = room.bad_left or 0
            if left <= ws.city.judge.close_days:
                yield Found(row.target.id, f"{_name(row)}：{room.sentence}", str(left))


def _mean(_ws: Workspace, board: Board, _codes: Sequence[str], _months: int) -> Iterable[Found]:
    """The rest of the year must be cleaner than the same stretch was a year before."""
    for row in board.rows:
        room = row.room
        if room is None or room.kind != "mean" or room.outcome != "open" or room.rest is None:
            continue
        if room.last_year is not None and room.rest < room.last_year:
            yield Found(row.target.id, f"{_name(row)}：{room.sentence}", "below last year")


def _chance(ws: Workspace, board: Board, _codes: Sequence[str], _months: int) -> Iterable[Found]:
    """The chance to meet a target is below the office's figure; said again when it moves by ten points."""
    for row in board.rows:
        outlook = row.chance
        if outlook is None or outlook.chance is None or board.as_of >= row.value.period.last:
            continue
        if 100 * outlook.chance < ws.city.judge.chance_percent:
            text = f"{_name(row)}：达标的可能性 {outlook.shown}；{outlook.record}".rstrip("；")
            yield Found(row.target.id, text, f"{int(10 * outlook.chance)}0%")


def _section(ws: Workspace, board: Board, _codes: Sequence[str], months: int) -> Iterable[Found]:
    """Sections beyond their aim in so many months running, the newest of which is the newest published."""
    waters = sections_of(ws)
    rows = known(ws.data, CLASSES, board.as_of).filter(pl.col("class").is_not_null())
    rows = rows.filter(
        (pl.col("last").dt.month_end() == pl.col("last")) & (pl.col("first").dt.month_start() == pl.col("first"))
    )
    rows = rows.filter(pl.col("first").dt.truncate("1mo") == pl.col("last").dt.truncate("1mo"))
    for section in waters.sections:
        mine = rows.filter(section=section.id).sort("last", descending=True).to_dicts()
        run = 0
        for at, row in enumerate(mine):
            follows = at == 0 or mine[at - 1]["first"] - timedelta(days=1) == row["last"]
            if not section.aim or row["class"] <= section.aim or not follows:
                break
            run += 1
        if run >= months:
            newest = mine[0]
            told = f"{section.name} 已连续 {run} 个月超过目标{ROMAN[section.aim - 1]}类，{newest['last']:%Y-%m} 为"
            told += f"{ROMAN[newest['class'] - 1]}类" + (f"（{newest['factors']}）" if newest["factors"] else "")
            place = ws.city.place(section.place)
            hearers = (place.name,) if place else (section.place,) if section.place else ()
            yield Found(section.id, told, f"{newest['last']:%Y-%m} {newest['class']}", hearers)


def _late(ws: Workspace, board: Board, _codes: Sequence[str], _months: int) -> Iterable[Found]:
    """Items behind their date, list by list; said again when other items are late."""
    yield from _lists(ws, board.as_of, date.min, board.as_of - timedelta(days=1), "逾期未完成")


def _due(ws: Workspace, board: Board, _codes: Sequence[str], _months: int) -> Iterable[Found]:
    """Items whose date comes within the days the office watches."""
    yield from _lists(ws, board.as_of, board.as_of, board.as_of + timedelta(days=ws.city.judge.warn_days), "即将到期")


def _lists(ws: Workspace, as_of: date, first: date, last: date, words: str) -> Iterable[Found]:
    rows = known(ws.data, OBJECTS, as_of)
    newest = rows.unique(["list", "label", "place", "object"], keep="last", maintain_order=True)
    late = newest.filter(~pl.col("done") & pl.col("deadline").is_between(first, last))
    for (kind, label), part in late.sort("deadline", "object").group_by("list", "label", maintain_order=True):
        items = part.to_dicts()
        named = "、".join(f"{row['object'][:20]}（{row['deadline']}）" for row in items[:NAMED])
        more = f"等 {len(items)} 件" if len(items) > NAMED else ""
        hearers = tuple(dict.fromkeys(row["place"] for row in items if row["place"]))
        text = f"{label or kind}：{words} {len(items)} 件：{named}{more}"
        yield Found(f"{kind}/{label}", text, "|".join(row["object"] for row in items), hearers)


def _heavy(ws: Workspace, board: Board, _codes: Sequence[str], _months: int) -> Iterable[Found]:
    """Areas where days in a row up to today, gone on with by forecast AQI where one is loaded, reach a level."""
    ahead = products_of(ws, board.as_of, board.as_of + timedelta(days=1), board.as_of + timedelta(days=AHEAD))
    least = min(_bounds())
    for scope in ws.scopes:
        if not scope.sites or not scope.since <= board.as_of <= scope.until:
            continue
        start = board.as_of - timedelta(days=AHEAD)
        frame = days_of(ws, scope, Period(start, board.as_of), board.as_of)
        aqi: dict[date, int] = {day: value for day, value in frame.select("date", "aqi").iter_rows() if value}
        run = {**_forecast(ahead, scope.name), **aqi}
        first = board.as_of
        while run.get(first, 0) > least and first - timedelta(days=1) in aqi:
            first -= timedelta(days=1)
        first += timedelta(days=run.get(first, 0) <= least)
        level = heavy_level(run, first)
        if level is not None:
            days = "、".join(f"{day:%m-%d} {run[day]}" for day in sorted(run) if day >= first)
            text = f"{scope.name} AQI {days}，达到{level[0]}预警条件：{level[1]}"
            yield Found(scope.name, text, f"{level[0]} {first}")


def _forecast(ahead: Sequence[Any], scope: str) -> dict[date, int]:
    return {
        one.period.first: one.high
        for one in ahead
        if one.high is not None and one.period.days == 1 and one.place in (scope, "全市")
    }


def _bounds() -> set[int]:
    return {
        part.get("over", part.get("reaches", 0))
        for rule in rules.every("heavy.warning.")
        for row in rule.value
        for part in row
    }


FINDERS: Mapping[str, Callable[[Workspace, Board, Sequence[str], int], Iterable[Found]]] = {
    "status": _status,
    "days": _days,
    "mean": _mean,
    "chance": _chance,
    "section": _section,
    "list": _late,
    "due": _due,
    "heavy": _heavy,
}
