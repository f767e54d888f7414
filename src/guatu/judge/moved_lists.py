"""What keeps a rate counted from a list from the whole: its objects that are not done, by county, reason and name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from guatu.base.period import Period
from guatu.judge.moved import Breakdown, Cause, Moved
from guatu.judge.reported_lists import objects_of
from guatu.load.workspace import Workspace

Row = Mapping[str, Any]


def of_list(ws: Workspace, indicator: str, scope: str, period: Period, as_of: date) -> Moved | None:
    """Cut the rate of a list from 100 %: each object not done takes its weight over all; None where there is no list.

    What does not count in the denominator has no part. ``without`` is the rate had the group not been on the list.
    """
    listed = objects_of(ws, indicator, scope, period, as_of)
    if listed is None:
        return None
    rule, objects = listed
    counting = [row for row in objects if row["counts"] or rule.id == "problems"]
    whole = sum((_weight(row) for row in counting), Fraction())
    if not whole:
        return None
    open_rows = [row for row in counting if not row["done"]]
    lost = sum((_weight(row) for row in open_rows), Fraction())
    ways: list[tuple[str, Callable[[Row], str]]] = [
        ("县（市、区）", lambda row: row["place"] or "没有写地区"),
        ("未完成的原因", lambda row: row["why"] or "没有写原因"),
        (rule.object, _name),
    ]
    cuts = [Breakdown(kind, _causes(open_rows, key, lost, whole)) for kind, key in ways]
    if all(not row["why"] for row in open_rows):
        cuts = [one for one in cuts if one.kind != "未完成的原因"]
    note = f"{len(counting)} 个{rule.object}，没有完成的 {len(open_rows)} 个"
    figure = 100 - 100 * lost / whole
    return Moved(
        figure, Fraction(100), "全部完成", ws.cards.card(indicator).unit, tuple(one for one in cuts if one.causes), note
    )


def _causes(rows: Sequence[Row], key: Callable[[Row], str], lost: Fraction, whole: Fraction) -> tuple[Cause, ...]:
    groups: dict[str, Fraction] = {}
    for row in rows:
        groups[key(row)] = groups.get(key(row), Fraction()) + _weight(row)
    causes = [
        Cause(name, -100 * mine / whole, 100 * (whole - lost) / (whole - mine) if mine != whole else None)
        for name, mine in groups.items()
    ]
    return tuple(sorted(causes, key=lambda one: one.part))


def _weight(row: Row) -> Fraction:
    return Fraction(row["weight"])


def _name(row: Row) -> str:
    when = f"（时限 {row['deadline']}）" if row["deadline"] else ""
    return " ".join(part for part in (row["place"], row["object"]) if part) + when
