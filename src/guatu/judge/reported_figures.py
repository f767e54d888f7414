"""A target's figure from what units handed in: counties added by numerators and denominators, never by their ratios."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from guatu.base.period import Period
from guatu.base.value import Step, Value
from guatu.compute.rates import together
from guatu.judge.reported_rows import OTHER_KIND, TOO_FEW, source_of, stretch_of, value_of
from guatu.load.figures.due import due_places, dues_of
from guatu.load.figures.row import CITY, FIGURES, adds_up, may_pass
from guatu.load.kept import shown, told_of
from guatu.load.workspace import Workspace
from guatu.rules.cards import Card

Rows = Mapping[str, Mapping[str, Any]]
"""The rows of one stretch of time, by place."""


def from_figures(
    ws: Workspace, card: Card, scope: str, period: Period, as_of: date, index_kind: str = ""
) -> Value | None:
    """The figure reported for a scope and period; None where nobody reported any.

    A figure of the scope itself goes first; else its places are added, and each place that owes the figure must have
    handed it in. Of amounts of a stretch of time (rule reported.flow) the stretches from the beginning of the period
    are added; of states the newest whole stretch stands.
    """
    found = chosen_of(ws, card, scope, period, as_of)
    if found is None:
        return None
    chosen, expected, stretches = found
    flags = tuple(_lacking(stretches, chosen, expected))
    if not chosen:
        text = f"{len(expected)} 个地区没有报齐"
        below = [_place_step(card, row) for said in stretches.values() for row in said.values()]
        return value_of(
            ws, card, scope, period, as_of, "figures", None, text, below, reason=TOO_FEW,
            n_valid=max((len(said) for said in stretches.values()), default=0), n_expected=len(expected), flags=flags,
        )  # fmt: skip
    return _added(ws, card, scope, period, as_of, chosen, expected, flags, index_kind)


def chosen_of(
    ws: Workspace, card: Card, scope: str, period: Period, as_of: date
) -> tuple[list[tuple[Period, Rows]], tuple[str, ...], Mapping[Period, Rows]] | None:
    """The stretches a figure is made of, with their rows by place; the places that owe it; all stretches reported."""
    told = told_of(ws.data, FIGURES, "indicator", card.id, as_of)
    rows = [row for row in told if row["first"] >= period.first and row["last"] <= period.last]
    if not rows:
        return None
    own = {row["place"]: 0 for row in rows}
    areas = {place.name for place in ws.places}
    place = scope if scope in own or scope in areas else CITY if CITY in own else ""
    expected = (place,) if place else _expected(ws, card, rows)
    stretches: dict[Period, dict[str, Mapping[str, Any]]] = {}
    for row in rows:
        if row["place"] in expected:
            stretches.setdefault(stretch_of(row), {})[row["place"]] = row
    whole = {stretch: said for stretch, said in stretches.items() if set(said) >= set(expected)}
    flow = adds_up(card, min(as_of, period.last))
    chosen = _chain(whole, period) if flow else _newest(whole)
    return chosen, expected, stretches


def _added(
    ws: Workspace, card: Card, scope: str, period: Period, as_of: date, chosen: Sequence[tuple[Period, Rows]],
    expected: Sequence[str], flags: tuple[str, ...], index_kind: str,
) -> Value:  # fmt: skip
    rows = [said[place] for _, said in chosen for place in expected]
    steps = [
        Step(f"{stretch}：{len(expected)} 个地区", below=tuple(_place_step(card, said[place]) for place in expected))
        for stretch, said in chosen
    ]
    until = chosen[-1][0].last
    kinds = {row["index_kind"] for row in rows if row["index_kind"]}
    reason = ""
    part = whole = exact = None
    if len(rows) == 1 and rows[0]["value"] is not None:
        exact = Fraction(rows[0]["value"])
        text = f"{rows[0]['place']}报送的数"
    else:
        stock = may_pass(card, until)
        rate = together(((row["numerator"], row["denominator"]) for row in rows), stock=stock)
        exact, reason, part, whole = rate.exact, rate.reason, rate.part, rate.whole
        added = len(rows) > 1
        text = "各地分子之和除以分母之和，不取比例的平均" if added else f"{rows[0]['place']}报送的分子和分母"
    if card.index_kinds and index_kind in card.index_kinds and kinds - {index_kind}:
        reason = OTHER_KIND
    text += f"（{'、'.join(str(stretch) for stretch, _ in chosen)}）"
    return value_of(
        ws, card, scope, period, as_of, "figures", exact, text, steps, reason=reason,
        n_valid=len(rows), n_expected=len(rows), flags=(*flags, *(f"口径 {kind}" for kind in sorted(kinds))),
        part=part, whole=whole,
    )  # fmt: skip


def _expected(ws: Workspace, card: Card, rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The places that owe the figure: by the duties to report, else all that ever reported it in the period."""
    for due in dues_of(ws):
        if due.indicator == card.id:
            return due_places(ws, due)
    return tuple(dict.fromkeys(row["place"] for row in rows))


def _newest(whole: Mapping[Period, Rows]) -> list[tuple[Period, Rows]]:
    """The stretch that ends last; of two that end together the longer."""
    if not whole:
        return []
    stretch = max(whole, key=lambda one: (one.last, -one.first.toordinal()))
    return [(stretch, whole[stretch])]


def _chain(whole: Mapping[Period, Rows], period: Period) -> list[tuple[Period, Rows]]:
    """Stretches that follow one another without a gap from the first day of the period, reaching furthest."""
    found: list[tuple[Period, Rows]] = []
    start = period.first
    while True:
        following = [stretch for stretch in whole if stretch.first == start]
        if not following:
            return found
        stretch = max(following, key=lambda one: one.last)
        found.append((stretch, whole[stretch]))
        start = stretch.last + timedelta(days=1)


def _lacking(
    stretches: Mapping[Period, Rows], chosen: Sequence[tuple[Period, Rows]], expected: Sequence[str]
) -> Iterable[str]:
    """A sentence for each later stretch that cannot be used yet, with the places that lack."""
    until = chosen[-1][0].last if chosen else date.min
    for stretch in sorted(stretches, key=lambda one: one.last):
        if stretch.last > until:
            gone = [place for place in expected if place not in stretches[stretch]]
            why = f"缺 {'、'.join(gone)}" if gone else "前面的时段不齐"
            yield f"{stretch} {why}，没有计入"


def _place_step(card: Card, row: Mapping[str, Any]) -> Step:
    """One place's figure with its cell."""
    if row["numerator"] is not None and row["denominator"] is not None:
        figure = f"{shown(row['numerator'])}／{shown(row['denominator'])} {row['unit']}".strip()
    else:
        figure = shown(row["value"])
    return Step(f"{row['place']} {stretch_of(row)}（{source_of(row, 'figures')}，{row['received']} 报）", figure)
