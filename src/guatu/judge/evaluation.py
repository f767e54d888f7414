"""Monitoring and evaluation of a plan over years 监测评估: path, values by year, state, what is needed from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction

from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.compute.climate import GEOMETRIC, Path
from guatu.judge.board import Row, row_of
from guatu.judge.paths import YearPath, paths_of, with_number
from guatu.judge.versions import plan_on, versions_of
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan, Target
from guatu.rules.cards import Card

_DEEP = Context(prec=36)
WHOLE_CITY = "全市"


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a plan: required value at its end, the figure known, the state of the year and its reason."""

    year: int
    required: Decimal
    value: Decimal | None
    code: str
    word: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One indicator of a plan over years.

    path: its name (省级印发的年度表, 等比, 等差); target: the value at the end; way: every year of the plan and what it
    asks; needed: what each of the left years must bring on average, a drop of the year [%] on a geometric path, else a
    step in the indicator's unit; None where nothing is known yet or no year is left; sentence: that in words; last: the
    target's year.
    """

    indicator: str
    name: str
    scope: str
    unit: str
    path: str
    paper: str
    base: int
    target: Decimal
    years: tuple[Year, ...]
    way: tuple[tuple[int, Decimal], ...] = ()
    needed: Decimal | None = None
    left: int = 0
    sentence: str = ""
    last: int = 0

    @property
    def state(self) -> Year | None:
        """The newest year that could be decided."""
        return next((one for one in reversed(self.years) if one.code != "undecided"), None)


def evaluated(ws: Workspace, plan: Plan | None, as_of: date) -> tuple[Evaluation, ...]:
    """Every indicator that has a path in plan/paths.toml, with all its years that have begun, as known on a day.

    Of several papers on one indicator the newest known counts. The scope is that of the plan's target for it, else the
    whole city.
    """
    targets = plan_on(plan, versions_of(ws), as_of, ws.cards).targets if plan else ()
    newest: dict[str, YearPath] = {}
    for path in sorted((one for one in paths_of(ws) if one.day <= as_of), key=lambda one: one.day):
        newest[path.indicator] = path
    return tuple(_one(ws, path, targets, as_of) for path in newest.values())


def _one(ws: Workspace, path: YearPath, targets: Sequence[Target], as_of: date) -> Evaluation:
    known, way = ws.cards.card(path.indicator), path.path()
    target = next((one for one in targets if one.indicator_id == path.indicator), None) or Target(
        path.indicator, "", known.name, WHOLE_CITY, "schedule", None, known.unit, "", indicator_id=path.indicator
    )
    asked = replace(target, op="schedule", value=None, period="", stretch=None)
    rows = {
        path.base + k: _year(ws, asked, path.base + k, as_of)
        for k in range(1, len(way.required) + 1)
        if date(path.base + k, 1, 1) <= as_of
    }
    years = tuple(
        Year(
            year,
            half_even(way.after(year - path.base), known.decimals),
            row.official.value if row.official else row.value.number,
            row.status.code,
            row.status.word,
            row.status.reason,
        )
        for year, row in rows.items()
    )
    end = half_even(way.required[-1], known.decimals)
    found = Evaluation(
        path.indicator,
        known.name,
        target.scope,
        known.unit,
        way.name,
        path.paper,
        path.base,
        end,
        years,
        tuple((path.base + k, half_even(one, known.decimals)) for k, one in enumerate(way.required, 1)),
        last=path.base + len(way.required),
    )
    return _with_need(found, known, way, rows)


def _year(ws: Workspace, asked: Target, year: int, as_of: date) -> Row:
    numbered, _ = with_number(ws, asked, year, as_of)
    return row_of(ws, numbered, Period.of(str(year)), as_of, explained=False)


def _with_need(found: Evaluation, known: Card, way: Path, rows: Mapping[int, Row]) -> Evaluation:
    """What the years after the newest figure must bring on average so that the last one reaches the target."""
    last = found.base + len(way.required)
    seen = [(year, row) for year, row in rows.items() if row.value.raw is not None and not row.value.reason]
    if not seen:
        return replace(found, sentence="还没有任何一年的数")
    year, row = seen[-1]
    now = Fraction(row.official.value) if row.official else row.value.raw
    left = last - year
    if now is None or left == 0:
        return replace(found, sentence="规划期已满" if left == 0 else "还没有任何一年的数")
    better = now >= way.required[-1] if known.better != "lower" else now <= way.required[-1]
    end = f"{last} 年目标 {found.target}"
    if better:
        text = f"{year} 年已达到 {end}，余下 {left} 年保持"
        return replace(found, needed=Decimal(0), left=left, sentence=text)
    if way.kind == GEOMETRIC:
        need = half_even(Fraction(yearly_drop(now, Fraction(way.required[-1]), left)), 2)
        text = f"{year} 年累计 {half_even(now, known.decimals)}%，到 {end}%，余下 {left} 年平均每年须降 {need}%"
        return replace(found, needed=need, left=left, sentence=text)
    need = half_even((Fraction(way.required[-1]) - now) / left, known.decimals + 1)
    unit = "个百分点" if known.unit == "%" else known.unit
    text = (
        f"{year} 年为 {half_even(now, known.decimals)}，到 {end}，余下 {left} 年平均每年须{'升' if need > 0 else '降'} "
    )
    return replace(found, needed=need, left=left, sentence=f"{text}{abs(need)} {unit}".rstrip())


def yearly_drop(so_far: Fraction, target: Fraction, years: int) -> Decimal:
    """The equal yearly drop [%] that takes a cumulative drop to its target: 1 - ((1 - D) / (1 - C))^(1/n)."""
    ratio = (100 - target) / (100 - so_far)
    left = _DEEP.power(_DEEP.divide(ratio.numerator, ratio.denominator), _DEEP.divide(1, years))
    return _DEEP.multiply(100, _DEEP.subtract(1, left))
