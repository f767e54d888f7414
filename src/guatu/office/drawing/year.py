"""One target's year on paper: running figure, last year's, targets, where the year may end, and the days below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor
from typing import Any

from guatu.office.drawing.line import STEPS, Mark

WIDTH, HEIGHT, BELOW = 900, 250, 70
NEAR = 30  # a label above the last point would lie on a line this close above it
GAP = 34  # between the running figure and the days
SETTLE = 45  # days after which a running figure no longer jumps
BEGIN = 30  # days after which it is drawn at all, so that the names of the lines stand free


@dataclass(frozen=True, slots=True)
class Bar:
    """One day below: place, size, whether it is over its limit, and what the tip says."""

    x: float
    y: float
    height: float
    over: bool
    tip: str


@dataclass(frozen=True, slots=True)
class Fan:
    """Where the year may end: polygons of 95 % and 80 % and the line to the expected end, with its label's place."""

    outer: str
    inner: str
    middle: str
    label: str
    span: str
    at: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a template needs; all places on a field of WIDTH by HEIGHT, the days below it."""

    points: str
    before: str
    last: tuple[float, float]
    last_label: str
    last_day: str
    last_below: bool  # whether its label stands below it, a target line being close above
    goals: tuple[Mark, ...]
    rungs: tuple[Mark, ...]
    months: tuple[Mark, ...]
    fan: Fan | None
    bars: tuple[Bar, ...]
    bar_width: float
    bar_rungs: tuple[Mark, ...]
    limit: Mark | None
    width: int = WIDTH
    height: int = HEIGHT
    top_of_days: int = HEIGHT + GAP
    foot: int = HEIGHT + GAP + BELOW


def year_drawing(
    course: Mapping[str, Any], goals: Sequence[str], chance: Mapping[str, Any] | None, bad_above: int | None = None
) -> Drawing | None:
    """Draw a course over its calendar year; None without a single number.

    goals: firm and aspired value; chance: as the picture keeps it; bad_above: the daily figure above which a bar is
    marked. The fan is reckoned at the end of the year only and joined to today by straight lines.
    """
    drawn = _numbers(course["days"], course["running"])
    if not drawn:
        return None
    year = drawn[-1][0].year
    before = [(_this_year(day, year), n) for day, n in _numbers(course["before_days"], course["before"])]
    ends = [Decimal(end) for end in (chance or {}).get("ends", ()) if end]
    outer = [Decimal(end) for end in (chance or {}).get("outer", ()) if end]
    shown = [*_settled(drawn, year), *_settled(before, year), *(Decimal(goal) for goal in goals), *ends, *outer]
    step = next((s for s in STEPS if (max(shown) - min(shown)) / s <= 6), STEPS[-1])
    low, high = floor(min(shown) / step) * step, ceil(max(shown) / step) * step
    high += step * (high == low)

    def y(number: Decimal) -> float:
        return round(float((high - number) / (high - low)) * HEIGHT, 1)

    def points(pairs: Sequence[tuple[date, Decimal]]) -> str:
        first = date(year, 1, 1)
        late = [pair for pair in pairs if (pair[0] - first).days >= BEGIN] or list(pairs)
        outside = [n for n, (_, number) in enumerate(late) if not low <= number <= high]
        return " ".join(f"{_x(day, year)},{y(n)}" for day, n in (late[outside[-1] + 1 :] if outside else late))

    last_day, last = drawn[-1]
    here = (_x(last_day, year), y(last))
    bars, width, bar_rungs, limit = _bars(course, year, bad_above)
    rungs = [low + step * n for n in range(int((high - low) / step) + 1)]
    return Drawing(
        points=points(drawn),
        before=points(before),
        last=here,
        last_label=f"{last}",
        last_day=f"{last_day.month}月{last_day.day}日",
        last_below=any(0 <= here[1] - y(Decimal(goal)) <= NEAR for goal in goals),
        goals=tuple(Mark(y(Decimal(goal)), goal, Decimal(goal) == max(map(Decimal, goals))) for goal in goals),
        rungs=tuple(Mark(y(rung), f"{rung.normalize():f}") for rung in rungs),
        months=tuple(Mark(_x(date(year, month, 15), year), f"{month}月") for month in range(1, 13)),
        fan=_fan(here, [y(end) for end in ends], [y(end) for end in outer], chance),
        bars=bars,
        bar_width=width,
        bar_rungs=bar_rungs,
        limit=limit,
    )


def _fan(
    here: tuple[float, float], ends: Sequence[float], outer: Sequence[float], chance: Mapping[str, Any] | None
) -> Fan | None:
    if len(ends) < 3 or len(outer) < 2 or chance is None or here[0] >= WIDTH:
        return None
    start = f"{here[0]},{here[1]}"
    return Fan(
        outer=f"{start} {WIDTH},{outer[0]} {WIDTH},{outer[1]}",
        inner=f"{start} {WIDTH},{ends[0]} {WIDTH},{ends[2]}",
        middle=f"{start} {WIDTH},{ends[1]}",
        label=chance["expected"],
        span=chance["span"],
        at=ends[1],
    )


def _bars(
    course: Mapping[str, Any], year: int, bad_above: int | None
) -> tuple[tuple[Bar, ...], float, tuple[Mark, ...], Mark | None]:
    daily = _numbers(course["days"], course["daily"])
    width = round(WIDTH / 366 * 0.8, 2)
    top = max((number for _, number in daily), default=Decimal(1)) or Decimal(1)
    step = next((s for s in (*STEPS, Decimal(200), Decimal(500)) if top / s <= 3), top)
    high = ceil(top / step) * step

    def y(number: Decimal) -> float:
        return round(float((high - number) / high) * BELOW, 1)

    primary = dict(zip(course["days"], course["primary"], strict=True))
    bars = tuple(
        Bar(
            round(_x(day, year) - width / 2, 1),
            y(number),
            round(BELOW - y(number), 1),
            bad_above is not None and number > bad_above,
            f"{day.month}月{day.day}日 {number}" + (f" {primary[f'{day}']}" if primary.get(f"{day}") else ""),
        )
        for day, number in daily
    )
    rungs = tuple(Mark(y(step * n), f"{(step * n).normalize():f}") for n in range(int(high / step) + 1))
    limit = Mark(y(Decimal(bad_above)), f"{bad_above}") if bad_above is not None and bad_above < high else None
    return bars, width, rungs, limit


def _numbers(days: Sequence[str], numbers: Sequence[str | None]) -> list[tuple[date, Decimal]]:
    return [(date.fromisoformat(day), Decimal(n)) for day, n in zip(days, numbers, strict=True) if n is not None]


def _settled(pairs: Sequence[tuple[date, Decimal]], year: int) -> list[Decimal]:
    return [n for day, n in pairs if (day - date(year, 1, 1)).days >= SETTLE] or [n for _, n in pairs]


def _this_year(day: date, year: int) -> date:
    """The same day of another year; 29 February falls on the 28th."""
    return date(year, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _x(day: date, year: int) -> float:
    span = (date(year, 12, 31) - date(year, 1, 1)).days
    return round((day - date(year, 1, 1)).days / span * WIDTH, 1)
