"""Room of targets that are counted: sections of a class, tons still to be cut, items of a list still to be closed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.base.value import Value
from guatu.judge.comparing import meets
from guatu.judge.indicators import is_all_or_none, judged_decimals
from guatu.judge.reported import answer_of
from guatu.judge.reported_water import SHARES
from guatu.judge.room import NOT_THEN, Room
from guatu.load.figures.row import CITY, FIGURES
from guatu.load.kept import told_of
from guatu.load.lists import OBJECTS
from guatu.load.workspace import Workspace
from guatu.read.plan import Target
from guatu.rules.lists import counted_lists

TONS = ("nox_emission_reduction", "vocs_emission_reduction", "cod_emission_reduction", "nh3n_emission_reduction")


def counted_room(ws: Workspace, target: Target, value: Value, as_of: date, *, own: bool = True) -> Room | None:
    """Room of a target that is a share of sections, a list, or a reduction in tons; None for any other.

    kind ``sections``: bad_left, how many more may fall out (negative: must be won back); ``list``: bad_used done,
    bad_left items still to be closed (nought or less: enough); ``tons``: rest, what has still to be cut [t]. Each has
    last year's same stretch beside it. value: the figure the state is decided on; own: whether guatu made it, for a
    list cannot be set against a figure of the level above.
    """
    if not isinstance(target.value, Decimal) or value.raw is None or as_of >= value.period.last:
        return None
    key = target.indicator_id or ""
    if key in SHARES:
        return _sections(ws, target, value, as_of)
    if key in TONS:
        return _tons(ws, target, value, as_of)
    if (
        own
        and any(one.indicator == key and not one.weight for one in counted_lists())
        and target.op in (">=", "==", ">")
    ):
        return _list(ws, target, value, as_of)
    return None


def _sections(ws: Workspace, target: Target, value: Value, as_of: date) -> Room | None:
    """How many sections may still fall out; beside it how many counted in last year's same stretch."""
    whole = value.n_valid
    if not whole or value.raw is None:
        return None
    now = round(value.raw * whole / 100)
    fitting = [count for count in range(whole + 1) if _met(target, Fraction(100 * count, whole), value)]
    higher = target.op in (">=", ">", "==") and target.value != 0
    spare = -1 if not fitting else now - min(fitting) if higher else max(fitting) - now
    left = value.period.after(as_of)
    word = "断面" if target.indicator_id != "gw_v_ratio" else "点位"
    told = f"{whole} 个{word}中 {now} 个计入，"
    told += f"还可{'退出' if higher else '增加'} {spare} 个" if spare >= 0 else f"还差 {-spare} 个"
    rest = Period(as_of + timedelta(days=1), value.period.last).year_before
    then = answer_of(ws, target.indicator_id or "", target.scope, rest, as_of, target.index_kind).judged
    before = None if then.raw is None else round(then.raw * then.n_valid / 100)
    told += f"，去年同期 {then.n_valid} 个中 {before} 个" if before is not None else NOT_THEN
    return Room(
        "sections", "open" if spare >= 0 else "behind", left, whole, value.n_expected, bad_used=now, bad_left=spare,
        last_year=None if before is None else Decimal(before), sentence=told,
    )  # fmt: skip


def _met(target: Target, exact: Fraction, value: Value) -> bool:
    assert isinstance(target.value, Decimal)
    judged = exact if is_all_or_none(target) else half_even(exact, judged_decimals(target, value.period.last))
    return meets("==" if target.op == "~" else target.op, judged, target.value)


def _list(ws: Workspace, target: Target, value: Value, as_of: date) -> Room | None:
    """How many items have still to be closed to reach the rate, and how many are due before the period ends."""
    rule = next(one for one in counted_lists() if one.indicator == target.indicator_id)
    every = told_of(ws.data, OBJECTS, "list", rule.id, as_of)
    rows = [row for row in every if row["last"] <= value.period.last and row["first"] >= value.period.first]
    if rule.id == "problems":
        rows = [row for row in rows if row["label"] == target.scope]
    if not rows:
        return None
    newest = max(row["last"] for row in rows)
    objects = [row for row in rows if row["last"] == newest]
    counting = [row for row in objects if row["counts"] or rule.id == "problems"]
    done = sum(bool(row["done"]) for row in counting)
    need = _needed(target, len(counting), value)
    if need is None:
        return None
    late = sum(_open_by(row, as_of) for row in counting)
    due = sum(_open_by(row, value.period.last) for row in counting) - late
    rest = Period(as_of + timedelta(days=1), value.period.last)
    before = _closed_before(_all(ws, rule.id, target, as_of), rest.year_before)
    lacking = need - done
    left = value.period.after(as_of)
    told = f"{len(counting)} 项已完成 {done} 项，达到 {target.value}% 须 {need} 项"
    told += f"，还差 {lacking} 项" if lacking > 0 else "，已够"
    if any(row["deadline"] is not None for row in counting):
        told += f"；年底前到期 {due} 项" + (f"，已逾期 {late} 项" if late else "")
    told += f"，去年同期完成 {before} 项" if before is not None else NOT_THEN
    outcome = "open" if lacking > 0 else "secured"
    return Room(
        "list", outcome, left, len(counting), len(objects), bad_used=done, bad_left=lacking,
        last_year=None if before is None else Decimal(before), sentence=told,
    )  # fmt: skip


def _needed(target: Target, whole: int, value: Value) -> int | None:
    """The fewest of the whole that meet the target; None where no number does."""
    if not whole:
        return None
    if target.op in (">=", ">"):  # once met, met by every more
        need = bisect_left(range(whole + 1), True, key=lambda n: _met(target, Fraction(100 * n, whole), value))
        return need if need <= whole else None
    return next((n for n in range(whole + 1) if _met(target, Fraction(100 * n, whole), value)), None)


def _all(ws: Workspace, list_id: str, target: Target, as_of: date) -> Sequence[Mapping[str, Any]]:
    rows = told_of(ws.data, OBJECTS, "list", list_id, as_of)
    if list_id == "problems":
        rows = tuple(row for row in rows if row["label"] == target.scope)
    return list({(row["place"], row["object"]): row for row in rows}.values())


def _open_by(row: Mapping[str, Any], day: date) -> bool:
    return not row["done"] and row["deadline"] is not None and row["deadline"] <= day


def _closed_before(rows: Sequence[Mapping[str, Any]], stretch: Period) -> int | None:
    """How many items were closed in a stretch; None where the list never says when an item was closed."""
    days = [row["done_on"] for row in rows if row["done"] and row["done_on"] is not None]
    return sum(day in stretch for day in days) if days else None


def _tons(ws: Workspace, target: Target, value: Value, as_of: date) -> Room | None:
    """Tons still to be cut to reach the share of the five-year amount that is due at the end of the year."""
    now = _reviewed(ws, target, as_of)
    if now is None or not isinstance(target.value, Decimal):
        return None
    done, whole = now
    due = Fraction(target.value) * whole / 100
    lacking = due - done
    rest = Period(as_of + timedelta(days=1), value.period.last).year_before
    ends = [_reviewed(ws, target, day) for day in (rest.last, rest.first - timedelta(days=1))]
    before = ends[0][0] - ends[1][0] if ends[0] and ends[1] else None
    left = value.period.after(as_of)
    told = f"年底须累计减排 {half_even(due, 1)} 吨，已核定 {half_even(done, 1)} 吨"
    told += f"，还差 {half_even(lacking, 1)} 吨" if lacking > 0 else "，已够"
    told += f"，去年同期减排 {half_even(before, 1)} 吨" if before is not None else NOT_THEN
    return Room(
        "tons", "open" if lacking > 0 else "secured", left, value.n_valid, value.n_expected,
        rest=half_even(max(lacking, Fraction()), 1), last_year=None if before is None else half_even(before, 1),
        sentence=told,
    )  # fmt: skip


def _reviewed(ws: Workspace, target: Target, day: date) -> tuple[Fraction, Fraction] | None:
    """Reviewed tons so far and the five-year amount, of the newest stretch up to a day that all its places reported."""
    told = told_of(ws.data, FIGURES, "indicator", target.indicator_id or "")
    rows = [
        row for row in told
        if row["last"] <= day and row["numerator"] is not None and row["denominator"] is not None
    ]  # fmt: skip
    city = [row for row in rows if row["place"] in (CITY, target.scope)]
    rows = city or rows
    places = {row["place"] for row in rows}
    for last in sorted({row["last"] for row in rows}, reverse=True):
        mine = {row["place"]: row for row in rows if row["last"] == last}
        if set(mine) == places:
            return (
                sum((Fraction(row["numerator"]) for row in mine.values()), Fraction()),
                sum((Fraction(row["denominator"]) for row in mine.values()), Fraction()),
            )
    return None
