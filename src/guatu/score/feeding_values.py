"""Facts from indicator cards and from the plan: the figure the state rests on, the other beside it, the target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.base.units import unit_sign
from guatu.errors import GuatuError
from guatu.judge.authority import levels_of
from guatu.judge.board import Row as Judged
from guatu.judge.board import row_of
from guatu.judge.figure import figure_of
from guatu.judge.indicators import AIR, GOOD_DAYS, good_aqi, settled
from guatu.judge.paths import with_number
from guatu.judge.reported_lists import objects_of
from guatu.judge.versions import plan_on, versions_of
from guatu.load.workspace import Workspace
from guatu.read.asking import asked
from guatu.read.plan import Plan, Target
from guatu.rules.lists import counted_lists
from guatu.score.facts import ABSENT, Fact, Row
from guatu.score.wording import plain


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures asked for once: items of a scheme, gates and ranks ask for the same ones."""

    kept: dict[tuple[str, str, Period], Judged] = field(default_factory=dict)

    def row(self, ws: Workspace, card: str, scope: str, period: Period, as_of: date) -> Judged:
        """The figure of a card for a scope and period, official and computed."""
        key = (card, scope, period)
        if key not in self.kept:
            known = ws.cards.get(card)
            unit = known.unit if known else ""
            target = Target(
                card, "", known.name if known else card, scope, "schedule", None, unit, "", indicator_id=card
            )
            self.kept[key] = row_of(ws, target, period, as_of, explained=False)
        return self.kept[key]


def value_fact(
    figures: Figures, ws: Workspace, said: Mapping[str, Any], subject: str, period: Period, as_of: date, good: bool
) -> Fact:
    """A figure as it is printed: what a score says it rests on is what a reader can check.

    said: card, scope (the subject where none is named), back (years before), change (per cent against the year before,
    from printed numbers). good: whether to say what one more good month would make of it.
    """
    card, scope = str(said["card"]), str(said.get("scope", subject))
    wanted = _back(period, int(said.get("back", 0)))
    row = figures.row(ws, card, scope, wanted, as_of)
    fact = _of_row(ws, row, card, scope, wanted, as_of)
    if said.get("change"):
        return _change(figures, ws, fact, card, scope, wanted, as_of)
    if fact.number is None or card not in AIR or said.get("back"):
        return fact
    days = _days(ws, card, scope, wanted, as_of)
    if days is None:
        return fact
    fact = replace(fact, rows=tuple(_months(days, card, scope, as_of)))
    return _with_good_month(fact, days, card, wanted, as_of) if good and as_of < wanted.last else fact


def target_fact(
    ws: Workspace,
    plan: Plan | None,
    said: Mapping[str, Any],
    subject: str,
    period: Period,
    as_of: date,
    instead: Sequence[Target],
) -> Fact:
    """The plan's target as it stood on the day, by its versions; a county's own share where one was set.

    A target that follows a schedule has the number of the period's year.
    """
    if plan is None:
        return Fact(reason="还没有签字生效的目标")
    changed = {one.id: one for one in instead}
    targets = [changed.get(one.id, one) for one in plan_on(plan, versions_of(ws), as_of).targets]
    mine = [one for one in targets if one.indicator_id == said["card"] and said.get("scope", one.scope) == one.scope]
    if not mine:
        return Fact(reason="计划里没有这个目标")
    target, _ = with_number(ws, settled(mine[0], period.last, ws.cards), period.last.year, as_of)
    for share in levels_of(ws).shares:
        if (share.target, share.place) == (target.id, subject) and share.value:
            shown = f"{share.value} {unit_sign(target.unit)}".strip()
            return Fact(
                Fraction(share.value), shown=f"{shown}（分解到县）", address=f"target/{target.id}", settled=True
            )
    if not isinstance(target.value, Decimal):
        return Fact(reason="目标还没有数")
    words = asked(target)
    shown = f"{words}（{target.authority}）" if target.authority else words
    return Fact(Fraction(target.value), shown=shown, address=f"target/{target.id}", settled=True)


def _of_row(ws: Workspace, row: Judged, card: str, scope: str, period: Period, as_of: date) -> Fact:
    value, official = row.value, row.official
    unit = unit_sign(value.unit)
    address = f"{card}/{scope}/{period}@{as_of}"
    computed = "" if value.number is None else f"{value.number} {unit}".strip()
    over = as_of >= period.last
    if official is not None:
        shown = f"{official.value} {unit}".strip()
        beside = f"{shown}（{official.paper}，{official.day}）"
        return Fact(
            Fraction(official.value), shown=shown, address=address, official=beside, computed=computed, settled=over
        )
    if value.number is None or value.reason:
        absent = _absent(ws, card, scope, period, as_of)
        return Fact(reason=absent or value.reason or "数据未到", address=address, computed=computed)
    return Fact(Fraction(value.number), shown=computed, address=address, computed=computed, settled=over)


def _absent(ws: Workspace, card: str, scope: str, period: Period, as_of: date) -> str:
    """Why an area cannot have the figure at all: the city's list is there and has no object in the area."""
    rule = next((one for one in counted_lists() if one.indicator == card), None)
    if rule is None or scope not in {place.name for place in ws.places}:
        return ""
    whole, mine = (objects_of(ws, card, name, period, as_of) for name in ("全市", scope))
    return f"{ABSENT}（{rule.name}里没有本地的{rule.object}）" if whole is not None and mine is None else ""


def _change(figures: Figures, ws: Workspace, fact: Fact, card: str, scope: str, period: Period, as_of: date) -> Fact:
    """The change [%] against the same stretch a year before, from the two printed numbers, to one decimal."""
    if fact.number is None:
        return fact
    before = Period(_back(period, 1).first, _back(period.until(as_of), 1).last)
    then = _of_row(ws, figures.row(ws, card, scope, before, as_of), card, scope, before, as_of)
    if then.number is None or then.number == 0:
        return Fact(reason=f"没有上年同期（{before}）的数", address=fact.address)
    change = Fraction(half_even(100 * (fact.number - then.number) / then.number, 1))
    shown = f"{'+' if change > 0 else ''}{plain(change)}%（{then.shown} → {fact.shown}）"
    return replace(fact, number=change, shown=shown, official="", computed="")


def _days(ws: Workspace, card: str, scope: str, period: Period, as_of: date) -> dict[date, Fraction] | None:
    """The daily values of one area; None where the scope is several areas or has none."""
    indicator = AIR[card]
    daily = figure_of(ws, indicator, scope, period, as_of, explained=False).daily(indicator.item)
    if len(daily) != 1:
        return None
    return {day: Fraction(str(value)) for day, value in next(iter(daily.values())).items() if value is not None}


def _by_month(days: Mapping[date, Fraction]) -> dict[str, list[Fraction]]:
    months: dict[str, list[Fraction]] = {}
    for day, value in days.items():
        months.setdefault(f"{day:%Y-%m}", []).append(value)
    return months


def _months(days: Mapping[date, Fraction], card: str, scope: str, as_of: date) -> Iterator[Row]:
    """A row a month, the worst first: its mean, or its days above the limit; each opens to its days."""
    months = _by_month(days)
    bad = {month: sum(value > good_aqi() for value in values) for month, values in months.items()}
    means = {month: sum(values, Fraction(0)) / len(values) for month, values in months.items()}
    worst = bad if card in GOOD_DAYS else means
    for month in sorted(months, key=lambda one: (-worst[one], one)):
        address, n = f"{card}/{scope}/{month}@{as_of}", len(months[month])
        if card not in GOOD_DAYS:
            yield Row(
                f"均值 {half_even(means[month], AIR[card].shown)}（{n} 天）", place=scope, day=month, address=address
            )
        elif bad[month]:
            yield Row(f"超标 {bad[month]} 天（有效 {n} 天）", place=scope, day=month, address=address)


def _with_good_month(fact: Fact, days: Mapping[date, Fraction], card: str, period: Period, as_of: date) -> Fact:
    """What the running figure would be after one more month: every day good, or like the best month so far."""
    indicator = AIR[card]
    left = min(30, (period.last - as_of).days)
    if not days or not left:
        return fact
    if card in GOOD_DAYS:
        good = sum(value <= good_aqi() for value in days.values())
        after = Fraction(100 * (good + left), len(days) + left)
        words = f"余下再有 {left} 天都优良"
    elif indicator.percentile:
        return fact
    else:
        means = {month: sum(values, Fraction(0)) / len(values) for month, values in _by_month(days).items()}
        best = min(means, key=lambda month: means[month])
        after = (sum(days.values(), Fraction(0)) + left * means[best]) / (len(days) + left)
        words = f"余下再有 {left} 天像 {int(best[5:])} 月那样（{half_even(means[best], indicator.shown)}）"
    printed = half_even(after, indicator.shown)
    return replace(fact, good=Fraction(printed), good_words=f"{words}，由 {fact.shown} 到 {printed}")


def _back(period: Period, years: int) -> Period:
    """The same stretch some years before; 29 February becomes the 28th."""

    def moved(day: date) -> date:
        try:
            return day.replace(year=day.year - years)
        except ValueError:
            return (day - timedelta(days=1)).replace(year=day.year - years)

    return Period(moved(period.first), moved(period.last)) if years else period


def target_instead(plan: Plan, name: str, value: Decimal) -> Target:
    """A target of the plan with another number. Raises GuatuError (G-SCORE-33) where the plan has no such target."""
    for one in plan.targets:
        if one.id == name:
            return replace(one, value=value, authority="假设")
    raise GuatuError.of(
        f"no target {name}", "G-SCORE-33", f"目标“{name}”", "计划里没有", "不知改哪一项", "用 guatu status 查编号"
    )
