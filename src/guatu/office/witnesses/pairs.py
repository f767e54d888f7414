"""Every figure with two witnesses: what each says, what the program finds in the rows, what a person names as cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from guatu.base.period import Period
from guatu.base.units import with_unit
from guatu.base.value import Step
from guatu.errors import GuatuError
from guatu.judge.address import parse
from guatu.judge.beside import beside
from guatu.judge.board import period_of, plan_of
from guatu.judge.differences import reasons
from guatu.judge.indicators import AIR
from guatu.judge.reported import answer_of
from guatu.judge.versions import plan_on, versions_of
from guatu.load.official import Official, official_in, official_of
from guatu.load.workspace import Workspace
from guatu.office.witnesses import causes
from guatu.score.inputs import stamp_of

NOT_FOUND = ("两处都只有一个数", "没有逐断面的公布类别", "怎样数都得不到", "没有这一时段的数", "分的地区不同")
"""How the program says that the rows do not tell what makes two figures differ."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure with both witnesses, as printed; found: what the rows tell; named: what a person said of this pair.

    computed is empty where there is nothing to compute from: then there is only one witness, and nothing to explain.
    """

    address: str
    name: str
    scope: str
    period: str
    official: str
    computed: str
    difference: str
    paper: str
    day: str
    found: tuple[str, ...] = ()
    named: causes.Cause | None = None

    @property
    def settled(self) -> bool:
        """Whether they agree, or the difference is explained by rows or by a named person."""
        return not self.difference or bool(self.found) or self.named is not None

    @property
    def why(self) -> str:
        """What stands between them: what the rows tell, what a named person said, or that nobody did yet."""
        told = [f"程序查到：{self.found[0]}"] if self.found else []
        told += [f"{self.named.person}说明：{self.named.words}"] if self.named else []
        return f"差 {self.difference}；{'；'.join(told) or '还没有说明，签发、定稿前须由人写明原因'}"

    @property
    def words(self) -> str:
        """Both witnesses and what stands between them, in one sentence."""
        if not self.computed:
            return f"通报 {self.official}（{self.paper}，{self.day}），没有可算的数"
        if not self.difference:
            return f"通报 {self.official}（{self.paper}，{self.day}），计算 {self.computed}，一致"
        return f"通报 {self.official}（{self.paper}，{self.day}），计算 {self.computed}，{self.why}"


def pairs(ws: Workspace, day: date) -> tuple[Pair, ...]:
    """Every figure the level above published by a day, and every target it gives a figure of, beside the computed one.

    Those that still want a word come first.
    """
    asked = {(one.indicator, one.scope, one.period) for one in official_in(ws.data, day) if one.period.days > 1}
    plan = plan_of(ws) if ws.plan_path.is_file() else None
    if plan is not None:
        year = plan.head.year or day.year
        targets = plan_on(plan, versions_of(ws), day, ws.cards).targets
        asked |= {(one.indicator_id, one.scope, period_of(one, year)) for one in targets if one.indicator_id}
    found = [pair for key in asked if (pair := _pair(ws, *key, day)) is not None]
    return tuple(sorted(found, key=lambda one: (one.settled, not one.difference, one.address)))


def pair_of(ws: Workspace, address: str, day: date) -> Pair | None:
    """The pair of one figure's address; None where the level above published none."""
    try:
        indicator, scope, period, _ = parse(address, day)
    except GuatuError:
        return None
    return _pair(ws, indicator, scope, period, day)


def unsettled(ws: Workspace, addresses: Iterable[str], day: date) -> Iterator[Pair]:
    """The pairs among some figures that nobody and nothing explains: what stops a signature."""
    for address in dict.fromkeys(one.partition("@")[0] for one in addresses if one):
        found = pair_of(ws, address, day)
        if found is not None and not found.settled:
            yield found


def _pair(ws: Workspace, indicator: str, scope: str, period: Period, day: date) -> Pair | None:
    found = _found(ws, indicator, scope, period, day, stamp_of(ws))
    if found is None:
        return None
    named = causes.of(found.address)
    told = named if named is not None and (named.official, named.computed) == (found.official, found.computed) else None
    return replace(found, named=told)


@lru_cache(maxsize=1024)
def _found(ws: Workspace, indicator: str, scope: str, period: Period, day: date, stamp: str) -> Pair | None:
    """The pair as the rows have it; kept until anything is loaded or published anew."""
    if indicator in AIR:
        official = official_of(ws.data, indicator, scope, period, day)
        if official is None:
            return None
        both = beside(ws, official, day)
        told = tuple(f"{one.text}，得 {one.result}" for one in both.readings)
        told += tuple(f"{on} 通报 {said}，计算 {ours}" for on, said, ours in both.days if ours is not None)
        return _with(ws, official, both.computed, both.difference, told)
    try:
        answer = answer_of(ws, indicator, scope, period, day)
    except GuatuError:
        return None
    card = ws.cards.get(indicator)
    if answer.official is None or card is None:
        return None
    official = replace(answer.official, scope=scope, period=period)
    ours = answer.value.number if answer.value is not answer.judged else None
    if ours is None or answer.value.data_version.partition("/")[0] in ("official", "water-class"):
        return _with(ws, official, None, None, ())
    gap = official.value - ours
    steps = reasons(ws, card, answer.value, answer.judged, answer.official, scope, period, day) if gap else ()
    return _with(ws, official, ours, gap, tuple(_told(steps)))


def _with(
    ws: Workspace, official: Official, computed: Decimal | None, difference: Decimal | None, found: tuple[str, ...]
) -> Pair:
    card = ws.cards.get(official.indicator)
    unit = card.unit if card else ""
    signed = f"{difference:+f}" if difference else ""
    return Pair(
        f"{official.indicator}/{official.scope}/{official.period}",
        card.name if card else official.indicator,
        official.scope,
        str(official.period),
        with_unit(f"{official.value}", unit),
        "" if computed is None else with_unit(f"{computed}", unit),
        signed,
        official.paper,
        f"{official.day}",
        found if signed else (),
    )


def _told(steps: Iterable[Step]) -> Iterator[str]:
    """What the rows tell, without the sentences that say they do not."""
    for step in steps:
        if not any(words in step.text for words in NOT_FOUND):
            below = "；".join(one.text for one in step.below[:3])
            yield "：".join(part for part in (step.text, below) if part)
