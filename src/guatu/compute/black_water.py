"""Black-odorous water: the level of one reading, the grade of a point, of a reach, and of a village water."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from guatu import rules
from guatu.base.exact import Exact

NOT, LIGHT, HEAVY = "不黑臭", "轻度黑臭", "重度黑臭"
_ORDER = (NOT, LIGHT, HEAVY)


def levels(
    reading: Mapping[str, Exact], day: date, *, depth_cm: Exact | None = None, to_the_bottom: bool = False
) -> dict[str, str]:
    """The level of each item of one reading: 不黑臭, 轻度黑臭 (both bounds of its range included), 重度黑臭.

    reading: any of ``sd_cm`` [cm], ``do`` [mg/L], ``orp_mv`` [mV], ``nh3n`` [mg/L]. depth_cm: in shallow water the
    heavy bound of clearness is a share of the depth; to_the_bottom: clear to the bottom, so clearness is not black.
    """
    table = rules.at("black_water.grades", day).value
    found: dict[str, str] = {}
    for item, value in reading.items():
        row = table[item]
        light, heavy = Fraction(row["light"]), Fraction(row["heavy"])
        if item == "sd_cm":
            shallow = rules.at("black_water.shallow", day).value
            if to_the_bottom:
                found[item] = NOT
                continue
            if depth_cm is not None and Fraction(depth_cm) < Fraction(shallow["depth"]):
                heavy = Fraction(shallow["share"]) * Fraction(depth_cm)
        found[item] = _level(Fraction(value), light, heavy, lower=row["worse"] == "lower")
    return found


def reading_grade(
    reading: Mapping[str, Exact], day: date, *, depth_cm: Exact | None = None, to_the_bottom: bool = False
) -> str:
    """The grade of a single reading: its worst item."""
    found = levels(reading, day, depth_cm=depth_cm, to_the_bottom=to_the_bottom)
    return max(found.values(), key=_ORDER.index, default=NOT)


def point_grade(readings: Sequence[Mapping[str, str]], day: date) -> str:
    """The grade of a point from the levels of its readings (建城〔2015〕130号 2.2).

    Heavy: one item heavy in at least 60 % of its readings, or two items each in at least 30 %; else light when any
    reading is light or heavy.
    """
    rule = rules.at("black_water.point", day).value
    shares: list[Fraction] = []
    for item in dict.fromkeys(item for reading in readings for item in reading):
        found = [reading[item] for reading in readings if item in reading]
        shares.append(Fraction(100 * found.count(HEAVY), len(found)))
    heavy_twice = sum(share >= Fraction(rule["two_items"]) for share in shares) > 1
    if heavy_twice or any(share >= Fraction(rule["one_item"]) for share in shares):
        return HEAVY
    return LIGHT if any(level != NOT for reading in readings for level in reading.values()) else NOT


def reach_grades(points: Sequence[str], day: date) -> tuple[str, ...]:
    """Grades along a water body, points in order downstream: 60 % heavy points make all of it heavy.

    Otherwise each point keeps its own grade, and a run of three heavy points is a heavy reach by itself.
    """
    share = Fraction(100 * list(points).count(HEAVY), len(points)) if points else Fraction(0)
    return (
        (HEAVY,) * len(points)
        if points and share >= Fraction(rules.at("black_water.point", day).value["whole"])
        else tuple(points)
    )


def heavy_reaches(points: Sequence[str], day: date) -> tuple[tuple[int, int], ...]:
    """First and last index of each run of at least three consecutive heavy points."""
    least = rules.at("black_water.point", day).value["run"]
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index, grade in enumerate([*points, NOT]):
        if grade == HEAVY:
            start = index if start is None else start
        elif start is not None:
            if index - start >= least:
                runs.append((start, index - 1))
            start = None
    return tuple(runs)


def rural(reading: Mapping[str, Exact], day: date) -> bool:
    """Whether a village water is black: clearness below 25 cm, oxygen below 2 or ammonia above 15 mg/L, any one."""
    bounds = {item: Fraction(bound) for item, bound in rules.at("black_water.rural", day).value.items()}
    lower = {item: row["worse"] == "lower" for item, row in rules.at("black_water.grades", day).value.items()}
    return any(
        (Fraction(value) < bounds[item]) if lower[item] else (Fraction(value) > bounds[item])
        for item, value in reading.items()
        if item in bounds
    )


def _level(value: Fraction, light: Fraction, heavy: Fraction, *, lower: bool) -> str:
    if not lower:
        value, light, heavy = -value, -light, -heavy
    return NOT if value > light else LIGHT if value >= heavy else HEAVY
