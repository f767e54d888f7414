"""One figure by its address, ``indicator/scope/period[@as-of]``, with the tree down to its rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from guatu.base.period import Period
from guatu.base.value import Step, Value
from guatu.errors import GuatuError
from guatu.judge.beside import official_step
from guatu.judge.board import period_of
from guatu.judge.course import not_computed
from guatu.judge.daily import ITEMS, days_of, today_of
from guatu.judge.day_tree import NAMES, area_day
from guatu.judge.figure import figure_of
from guatu.judge.indicators import AIR, judged_decimals, settled
from guatu.judge.paths import with_number
from guatu.judge.reported import answer_of
from guatu.judge.status import status_of
from guatu.judge.versions import plan_on, versions_of
from guatu.load.batches import inputs_hash
from guatu.load.official import official_of
from guatu.load.workspace import Workspace
from guatu.read.asking import asked
from guatu.read.plan import Plan, Target


def value_at(ws: Workspace, plan: Plan | None, address: str) -> Value:
    """Recompute one figure from the stored rows, as known on the day after ``@`` (none: as known now).

    A period opens to its days; one day of one area, of an indicator or of a single item (``pm25``, ``o3_8h``, …),
    opens to its stations and hours. Where the plan has a target for the figure, its state stands in the tree.
    Raises GuatuError: G-JUDGE-02 not an address, G-JUDGE-03 an indicator that is not computed from rows.
    """
    indicator_id, scope, period, as_of = parse(address, today_of(ws))
    plan = plan_on(plan, versions_of(ws), as_of, ws.cards) if plan else None
    indicator = AIR.get(indicator_id)
    item = indicator.item if indicator else indicator_id
    known = ws.scope(scope, period.first)
    if period.days == 1 and known is not None and known.combine != "places" and item in (*ITEMS, "aqi"):
        return _day(ws, indicator_id, item, scope, period, as_of)
    if indicator is None:
        return _not_air(ws, plan, indicator_id, scope, period, as_of)
    value = figure_of(ws, indicator, scope, period, as_of).value
    official = official_of(ws.data, indicator_id, scope, period, as_of)
    judged = value
    if official is not None:
        judged = replace(value, number=official.value, raw=Fraction(official.value), reason="")
        step = official_step(ws, official, as_of)
        value = replace(value, why=replace(value.why, below=(step, *value.why.below)))
    for target in plan.targets if plan else ():
        year = plan.head.year if plan and plan.head.year else as_of.year
        if (target.indicator_id, target.scope) == (indicator_id, scope) and period_of(target, year) == period:
            value = replace(value, why=replace(value.why, below=(_judged(ws, target, judged, as_of), *value.why.below)))
    return value


def _not_air(ws: Workspace, plan: Plan | None, indicator_id: str, scope: str, period: Period, as_of: date) -> Value:
    """A figure that is not of air, with the state of the plan's target for it on top of its tree."""
    if ws.cards.get(indicator_id) is None:
        raise not_computed(indicator_id)
    year = plan.head.year if plan and plan.head.year else as_of.year
    mine = [
        target for target in (plan.targets if plan else ())
        if (target.indicator_id, target.scope) == (indicator_id, scope) and period_of(target, year) == period
    ]  # fmt: skip
    answer = answer_of(ws, indicator_id, scope, period, as_of, mine[0].index_kind if mine else "", differences=True)
    steps: list[Step] = []
    for target in mine:
        numbered, path = with_number(ws, settled(target, period.last, ws.cards), period.last.year, as_of)
        steps += [_judged(ws, numbered, answer.judged, as_of), *([path] if path else [])]
    return replace(answer.value, why=replace(answer.value.why, below=(*steps, *answer.value.why.below)))


def parse(address: str, today: date | None = None) -> tuple[str, str, Period, date]:
    """Indicator, scope, period and day of knowledge of an address (none: today).

    Raises GuatuError (G-JUDGE-02, G-BASE-01).
    """
    path, _, day = address.strip().partition("@")
    parts = path.split("/")
    try:
        as_of = date.fromisoformat(day) if day else today or datetime.now().date()
        if len(parts) < 3 or not all(parts):
            raise ValueError(address)
    except ValueError:
        raise GuatuError.of(
            f"not an address: {address!r}",
            "G-JUDGE-02",
            f"地址“{address}”",
            "认不出来",
            "地址写作 指标/范围/时段@日期",
            "照 pm25_mean/市中心城区/2021@2021-10-11 的样子写",
        ) from None
    return parts[0], "/".join(parts[1:-1]), Period.of(parts[-1]), as_of


def _day(ws: Workspace, indicator_id: str, item: str, scope_name: str, period: Period, as_of: date) -> Value:
    """One day of one area: the city's daily value, or its AQI."""
    scope = ws.scope(scope_name, period.first)
    frame = days_of(ws, scope, period, as_of) if scope and as_of >= period.first else None
    number = None if frame is None or frame.is_empty() else frame[item][0]
    unit = "" if item == "aqi" else "mg/m³" if item == "co" else "µg/m³"
    reason = "" if number is not None else "无点位" if scope and not scope.sites else "数据不足"
    tree = area_day(ws, item, scope_name, period.first, as_of)
    version = ws.data_version(as_of)
    name = "AQI" if item == "aqi" else NAMES[item]
    shown = f"{number} {unit}".strip() if number is not None else "—"
    below = (tree, Step("数据版本", version))
    return Value(
        indicator_id,
        scope_name,
        period,
        None if number is None else Decimal(str(number)),
        unit,
        reason=reason,
        n_valid=int(number is not None),
        n_expected=1,
        inputs=inputs_hash(ws.data, as_of),
        data_version=version,
        why=Step(f"{scope_name} {period} {name}，按 {as_of} 所知", shown, below=below),
    )


def _judged(ws: Workspace, target: Target, value: Value, as_of: date) -> Step:
    status = status_of(target, value, over=as_of >= value.period.last, conventions=ws.city.judge, cards=ws.cards)
    decimals = judged_decimals(target, value.period.last)
    text = f"目标 {asked(target)}，按 {decimals} 位小数评价"
    if status.judged is not None:
        text += f"为 {status.judged}"
    if target.authority:
        text += f"；{target.authority}"
    if status.note:
        text += f"；{status.note}"
    return Step(f"{text}：{status.word}" + (f"（{status.reason}）" if status.reason else ""), target.id)
