"""What moved a figure that is counted or reported: sections and their items, counties with their sums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import polars as pl

from guatu import rules
from guatu.base.period import Period
from guatu.compute.classes import ROMAN
from guatu.judge.moved import Breakdown, Cause, Moved, no_figure
from guatu.judge.moved_lists import of_list
from guatu.judge.reported_figures import Rows, chosen_of
from guatu.judge.reported_water import SHARES
from guatu.load.kept import known
from guatu.load.sections import sections_of
from guatu.load.water_class import CLASSES
from guatu.load.workspace import Workspace


def of_counts(
    ws: Workspace, indicator: str, scope: str, period: Period, as_of: date, reference: Fraction, against: str
) -> Moved:
    """Cut a share of sections from 100 % (or from nought), or a reported ratio from its reference by counties.

    Where the rate is counted from a list, its open objects are the parts (see moved_lists). Of a ratio Σa/Σb the
    distance to T is Σ (100·a − T·b) / Σb over the counties, exactly. Raises GuatuError (G-JUDGE-04) where neither
    classes, nor a list, nor county figures are there.
    """
    if indicator in SHARES:
        return _sections(ws, indicator, scope, period, as_of)
    listed = of_list(ws, indicator, scope, period, as_of)
    if listed is not None:
        return listed
    found = chosen_of(ws, ws.cards.card(indicator), scope, period, as_of)
    places = _sums(found[0], found[1]) if found else {}
    whole = sum((b for _, b in places.values()), Fraction())
    if len(places) < 2 or not whole:
        raise no_figure(f"{indicator}/{scope}/{period}（各县分子分母）")
    part = sum((a for a, _ in places.values()), Fraction())
    causes = []
    for place, (a, b) in places.items():
        left = 100 * (part - a) / (whole - b) if whole != b else None
        causes.append(Cause(place, (100 * a - reference * b) / whole, left))
    ordered = tuple(sorted(causes, key=lambda one: -abs(one.part)))
    return Moved(
        100 * part / whole, reference, against, ws.cards.card(indicator).unit, (Breakdown("县（市、区）", ordered),)
    )


def _sums(chosen: Sequence[tuple[Period, Rows]], expected: Sequence[str]) -> dict[str, tuple[Fraction, Fraction]]:
    """Numerator and denominator of each place over the stretches the figure is made of; empty where one lacks."""
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for _, said in chosen:
        for place in expected:
            a, b = said[place]["numerator"], said[place]["denominator"]
            if a is None or b is None:
                return {}
            before = found.get(place, (Fraction(), Fraction()))
            found[place] = (before[0] + Fraction(a), before[1] + Fraction(b))
    return found


def _sections(ws: Workspace, indicator: str, scope: str, period: Period, as_of: date) -> Moved:
    """Each section that keeps a share from 100 %, or lifts it from nought; then by the items that put it there."""
    listed = sections_of(ws).list_of(scope, min(as_of, period.last))
    rows = known(ws.data, CLASSES, as_of)
    rows = rows.filter((pl.col("first") >= period.first) & (pl.col("last") <= period.last))
    rows = rows.filter(pl.col("section").is_in(list(listed.sections if listed else ())) & pl.col("class").is_not_null())
    if listed is None or rows.is_empty():
        raise no_figure(f"{indicator}/{scope}/{period}（断面类别）")
    stretches = sorted(set(rows.select("first", "last").iter_rows()), key=lambda two: (two[0] == period.first, two[1]))
    mine = rows.filter(first=stretches[-1][0], last=stretches[-1][1]).to_dicts()
    good = int(rules.timeline("water.good_class")[-1].value)
    higher = indicator == "sw_good_ratio"
    worst = len(ROMAN) - (indicator == "gw_v_ratio")
    out = [row for row in mine if (row["class"] > good if higher else row["class"] == worst)]
    unit = Fraction(-100 if higher else 100, len(mine))
    waters = sections_of(ws)
    start = Fraction(100 if higher else 0)
    figure = start + unit * len(out)
    left = None
    if len(mine) > 1:
        left = (
            100 * Fraction(len(mine) - len(out), len(mine) - 1)
            if higher
            else Fraction(100 * (len(out) - 1), len(mine) - 1)
        )
    causes, items = [], dict[str, Fraction]()
    for row in out:
        section = waters.by_id(row["section"])
        words = _items(row["factors"])
        causes.append(Cause(f"{section.name if section else row['section']}（{'、'.join(words)}）", unit, left))
        for word in words:
            items[word] = items.get(word, Fraction()) + unit / len(words)
    by_item = tuple(Cause(word, part) for word, part in sorted(items.items(), key=lambda pair: -abs(pair[1])))
    against = "全部断面达到或好于Ⅲ类" if higher else "没有这一类"
    cut = (Breakdown("断面", tuple(causes)), Breakdown("项目", by_item))
    return Moved(figure, start, against, "%", tuple(one for one in cut if one.causes))


def _items(factors: str | None) -> list[str]:
    """The items named beside a class, their times over left off; a section of three items counts a third for each."""
    found = [re.sub(r"[（(].*", "", word).strip() for word in re.split(r"[、，,;；]", factors or "") if word.strip()]
    return [word for word in dict.fromkeys(found) if word and word not in ("—", "/", "-")] or ["没有列明项目"]
