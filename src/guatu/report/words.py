"""The sentence slots of bulletins: how much a printed number rose or fell, which rank it has, what share it is.

A change is computed from the two PRINTED numbers, as the published bulletins do (环办监测函 and provincial monthly
bulletins; 48 of 48 published pairs fit). A share is printed as computed; shares may add to 99.9 or 100.1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from guatu.base.exact import half_even
from guatu.compute.air.change import percent_change, point_change
from guatu.compute.air.ranking import ranking
from guatu.report.paper import Number, Run

NOTHING = "—"


def change_percent(now: Number, before: Number | None, *, of: str = "同比") -> list[Run]:
    """上升/下降 p% against an earlier printed number (concentrations, indices); 持平 where they are equal."""
    values = _both(now, before)
    if values is None or values[1] == 0 or before is None:
        return [f"{of}无可比数"]
    change = percent_change(*values)
    assert change is not None
    return [of, *_said(now, before, change, "上升", "下降", "%")]


def change_points(now: Number, before: Number | None, *, of: str = "同比") -> list[Run]:
    """上升/下降 d 个百分点 against an earlier printed ratio."""
    values = _both(now, before)
    if values is None or before is None:
        return [f"{of}无可比数"]
    return [of, *_said(now, before, point_change(*values), "上升", "下降", "个百分点")]


def change_count(now: Number, before: Number | None, unit: str = "天", *, of: str = "同比") -> list[Run]:
    """增加/减少 n 天 against an earlier printed count."""
    values = _both(now, before)
    if values is None or before is None:
        return [f"{of}无可比数"]
    return [of, *_said(now, before, values[0] - values[1], "增加", "减少", unit)]


def _both(now: Number, before: Number | None) -> tuple[Decimal, Decimal] | None:
    if before is None or NOTHING in (now.text, before.text):
        return None
    return Decimal(now.text), Decimal(before.text)


def _said(now: Number, before: Number, change: Decimal, up: str, down: str, unit: str) -> list[Run]:
    if change == 0:
        return ["持平"]
    key = f"{now.key}~{before.key.partition('@')[2] or before.key}"
    return [up if change > 0 else down, Number(key, f"{abs(change)}", of=(now.key, before.key)), unit]


def cell_of_change(now: Number, before: Number | None, *, points: bool = False) -> tuple[Run, ...]:
    """The signed change for a table cell: % of a concentration, points of a ratio; a dash where there is no base."""
    values = _both(now, before)
    if values is None or before is None or (not points and values[1] == 0):
        return (NOTHING,)
    change = point_change(*values) if points else percent_change(*values)
    key = f"{now.key}~{before.key.partition('@')[2] or before.key}"
    return (Number(key, f"{change:+}" if change else "0.0", of=(now.key, before.key)),)


def ranks(values: Mapping[str, Number], *, smallest_first: bool, key: str) -> dict[str, Number]:
    """The rank of each place by printed numbers, equal ones share it (1, 2, 2, 4); a dash without a number."""
    known = {place: None if one.text == NOTHING else Decimal(one.text) for place, one in values.items()}
    found = ranking(known, smallest_first=smallest_first)
    everyone = tuple(one.key for one in values.values())
    return {
        place: Number(f"{place}/{key}", NOTHING if rank is None else str(rank), of=everyone)
        for place, rank in found.items()
    }


def share(key: str, part: int, whole: int, of: Sequence[str] = (), decimals: int = 1) -> Number:
    """A share [%] from its counts; a dash of nothing."""
    text = f"{half_even(Fraction(100 * part, whole), decimals)}" if whole else NOTHING
    return Number(key, text, of=tuple(of))


def listed(names: Sequence[str]) -> str:
    """Names with 、 between them; 无 is said aloud."""
    return "、".join(names) if names else "无"


def numeral(n: int) -> str:
    """一 to 十九, as headings count."""
    digits = "零一二三四五六七八九"
    return digits[n] if n < 10 else "十" + (digits[n - 10] if n > 10 else "")
