"""A rate counted from its list: every plot, village, source, water or problem stands below the number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.base.value import Step, Value
from guatu.compute.rates import NOT_APPLICABLE, Duty, Rate, plan_and_due, rate
from guatu.judge.reported_rows import source_of, stretch_of, value_of
from guatu.load.kept import known_of, shown, told_of
from guatu.load.lists import OBJECTS
from guatu.load.workspace import Workspace
from guatu.rules.cards import Card, card
from guatu.rules.lists import Counted, counted_lists


def from_list(ws: Workspace, found: Card, scope: str, period: Period, as_of: date) -> Value | None:
    """The rate of an indicator from the newest state of its list in the period; None where no list was loaded.

    A list of problems answers for the scope it is labelled with; its rate over the plan is the number and the rate
    over what is due stands beside it. An area as scope counts its own objects only.
    """
    listed = objects_of(ws, found.id, scope, period, as_of)
    if listed is None:
        return None
    rule, objects = listed
    if rule.id == "problems":
        return _problems(ws, found, rule, scope, period, as_of, objects)
    counting = [row for row in objects if row["counts"]]
    whole = sum((Fraction(row["weight"]) for row in counting), Fraction(0))
    part = sum((Fraction(row["weight"]) for row in counting if row["done"]), Fraction(0))
    counted = rate(part, whole)
    flags = list(_other(rule, counting))
    if len(objects) > len(counting):
        flags.append(f"{len(objects) - len(counting)} 个{rule.object}不进分母")
    done = sum(bool(row["done"]) for row in counting)
    text = f"由{rule.name}逐个数出：{len(counting)} 个{rule.object}，完成 {done} 个（{stretch_of(objects[0])}）"
    return value_of(
        ws, found, scope, period, as_of, "list", counted.exact, text, _objects(rule, objects), reason=counted.reason,
        n_valid=len(counting), n_expected=len(counting), flags=flags, part=counted.part, whole=counted.whole,
    )  # fmt: skip


def objects_of(
    ws: Workspace, indicator: str, scope: str, period: Period, as_of: date
) -> tuple[Counted, list[Mapping[str, Any]]] | None:
    """The newest state in a period of the list an indicator is counted from, in the scope; None for none."""
    rule = next((one for one in counted_lists() if one.indicator == indicator), None)
    if rule is None:
        return None
    told = told_of(ws.data, OBJECTS, "list", rule.id, as_of)
    rows = [row for row in told if row["first"] >= period.first and row["last"] <= period.last]
    if rule.id == "problems":
        rows = [row for row in rows if row["label"] == scope]
    newest = max((row["last"] for row in rows), default=None)
    objects = [row for row in rows if row["last"] == newest]
    if scope in {place.name for place in ws.places}:
        objects = [row for row in objects if row["place"] == scope]
    return (rule, objects) if objects else None


def problem_lists(ws: Workspace, as_of: date) -> tuple[Value, ...]:
    """The completion rate of each loaded list of problems in the year of a day."""
    rows = known_of(ws.data, OBJECTS, "list", "problems", as_of)
    year = Period.of(str(as_of.year))
    found = (from_list(ws, card("rectify_rate"), label, year, as_of) for label in sorted(set(rows["label"])))
    return tuple(value for value in found if value is not None)


def _problems(
    ws: Workspace,
    found: Card,
    rule: Counted,
    scope: str,
    period: Period,
    as_of: date,
    objects: Sequence[Mapping[str, Any]],
) -> Value:
    """Completed over all of the plan, and beside it completed over due; what is kept up for good is never due."""
    duties = [Duty(row["deadline"], (row["done_on"] or row["last"]) if row["done"] else None) for row in objects]
    day = min(as_of, period.last)
    plan, due = plan_and_due(duties, day)
    late = [row for row in objects if not row["done"] and row["deadline"] is not None and row["deadline"] < day]
    flags = [f"到期任务完成率 {_told(due)}（旁列，不代替方案完成率）"]
    if late:
        flags.append(f"逾期 {len(late)} 项：" + "、".join(row["object"][:20] for row in late[:5]))
    text = f"{scope}：已完成任务 ÷ 方案全部任务（{stretch_of(objects[0])}）"
    return value_of(
        ws, found, scope, period, as_of, "list", plan.exact, text, _objects(rule, objects), reason=plan.reason,
        n_valid=len(objects), n_expected=len(objects), flags=flags, part=plan.part, whole=plan.whole,
    )  # fmt: skip


def _objects(rule: Counted, objects: Sequence[Mapping[str, Any]]) -> list[Step]:
    """The list, what is not done first."""
    ordered = sorted(objects, key=lambda row: (bool(row["done"]) or not row["counts"], row["place"], row["object"]))
    steps = []
    for row in ordered:
        why = f"（{row['why']}）" if row["why"] else ""
        state = "不进分母" if not row["counts"] else "完成" if row["done"] else f"未完成{why}"
        parts = [row["place"], row["object"], row["category"]]
        parts += [
            f"时限 {row['deadline']}" if row["deadline"] else "",
            f"完成于 {row['done_on']}" if row["done_on"] else "",
        ]
        parts += [shown(row["weight"]) if rule.weight else ""]
        told = " ".join(part for part in parts if part)
        steps.append(Step(f"{told}（{source_of(row, 'list')}）", state))
    return [
        Step(f"{rule.name}，{len(objects)} 个{rule.object}", "", rule.clause, "", rule.confidence, "", tuple(steps))
    ]


def _other(rule: Counted, counting: Sequence[Mapping[str, Any]]) -> list[str]:
    """The rate by the second measure (water taken), which is another number and never mixed in."""
    if not rule.other or any(row["other"] is None for row in counting):
        return []
    whole = sum((Fraction(row["other"]) for row in counting), Fraction(0))
    part = sum((Fraction(row["other"]) for row in counting if row["done"]), Fraction(0))
    return [
        f"另一口径，按{rule.other[0]}：{_told(rate(part, whole))}（{shown_fraction(part)}／{shown_fraction(whole)}）"
    ]


def _told(found: Rate) -> str:
    return f"{half_even(found.exact, 1)}%" if found.exact is not None else found.reason or NOT_APPLICABLE


def shown_fraction(exact: Fraction) -> str:
    """An amount without trailing noughts."""
    return shown(half_even(exact, 6))
