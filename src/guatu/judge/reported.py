"""Every target that is not air: official, computed from rows or lists, or reported; the official one prevails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.base.units import unit_sign
from guatu.base.value import Step, Value
from guatu.compute import climate
from guatu.judge import reported_water
from guatu.judge.differences import reasons
from guatu.judge.paths import path_of
from guatu.judge.reported_figures import from_figures
from guatu.judge.reported_lists import from_list
from guatu.judge.reported_rows import NO_DATA, NO_SITE, NOT_YET, OTHER_KIND, value_of
from guatu.judge.reported_sites import from_sites
from guatu.load.figures.due import due_places, dues_of
from guatu.load.official import Official, official_in
from guatu.load.sections import sections_of
from guatu.load.workspace import Workspace
from guatu.rules.cards import Card


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of an indicator: value, what is shown; judged, what the state is decided on; official, if any.

    value is the figure guatu made of rows, a list or reports, with the official one beside it in its tree; where
    there is only an official figure it is that one.
    """

    value: Value
    judged: Value
    official: Official | None = None


def answer_of(
    ws: Workspace, indicator: str, scope: str, period: Period, as_of: date, index_kind: str = "", unit: str = "", *,
    differences: bool = False,
) -> Answer:  # fmt: skip
    """What is known on a day of an indicator that is not computed from hours of air.

    differences: whether the tree also opens sections to their samples and says what makes figures differ, which takes
    reckoning again month by month.
    The order of authority: an official figure, an official table of classes, samples, a list of objects, reports.
    """
    card = ws.cards.get(indicator)
    if card is None or as_of < period.first:
        reason, text = (NOT_YET, f"{period} 还没有开始") if card else (NO_DATA, "没有这个指标的指标卡，不代为推算")
        none = Value(indicator, scope, period, None, unit, reason=reason, why=Step(text))
        return Answer(none, none)
    own = _own(ws, card, scope, period, as_of, index_kind, differences)
    tabled = reported_water.from_classes(ws, card, scope, period, as_of)
    above = _official(ws, card, scope, period, as_of)
    official = above[-1] if above else None
    if official is not None:
        prevailing = _as_value(ws, card, scope, period, as_of, official, above)
        if index_kind in card.index_kinds and official.index_kind not in ("", "unknown", index_kind):
            prevailing = replace(prevailing, reason=OTHER_KIND, flags=(f"通报的是 {official.index_kind}",))
    elif tabled is not None:
        prevailing, paper, day = tabled
        if prevailing.raw is not None:
            printed = half_even(prevailing.raw, card.decimals)
            official = Official(card.id, scope, period, printed, paper, day)
    elif own:
        prevailing = own[0]
    else:
        prevailing = _nothing(ws, card, scope, period, as_of)
    others = [*own]
    if tabled is not None and prevailing is not tabled[0]:
        others.insert(0, tabled[0])
    others = [value for value in others if value is not prevailing]
    shown = own[0] if own and official is not None else prevailing
    beside = [value for value in (prevailing, *others) if value is not shown]
    return Answer(
        _with_beside(ws, card, shown, beside, prevailing, official, scope, period, as_of, differences),
        prevailing,
        official,
    )


def _nothing(ws: Workspace, card: Card, scope: str, period: Period, as_of: date) -> Value:
    """No figure at all, with what is lacking: for a share of sections without a list, the list."""
    reason, text = NO_DATA, f"没有收到“{card.name}”的数：没有上级通报、监测数据、清单，也没有报送数"
    listed = sections_of(ws).list_of(scope, min(as_of, period.last))
    if card.id in reported_water.SHARES and listed is None:
        reason = NO_SITE
        text = (
            f"“{scope}”没有登记断面清单（plan/sections.toml，或 guatu load 断面清单.xlsx --kind sections），数不出比例"
        )
    asked = f"指标卡 {card.id}：{card.name}，分子 {card.numerator or '—'}，分母 {card.denominator or '—'}"
    steps = [Step(asked, "", card.clause, "", card.confidence)]
    steps += [
        Step(f"由{due.body}报送，{'、'.join(due_places(ws, due))}，时段后 {due.within} 天内")
        for due in dues_of(ws)
        if due.indicator == card.id
    ]
    why = Step(text, below=tuple(steps))
    return Value(card.id, scope, period, None, unit_sign(card.unit), reason=reason, why=why)


def note_of(answer: Answer) -> str:
    """One sentence where an official figure decides and another figure stands beside it."""
    if answer.official is None:
        return ""
    said = f"以“{answer.official.paper}”（{answer.official.day}）{answer.official.value} 为准"
    return said if answer.value is answer.judged else f"{said}，计算值 {answer.value.number}"


def _own(
    ws: Workspace, card: Card, scope: str, period: Period, as_of: date, index_kind: str, opened: bool
) -> list[Value]:
    """The figures made here, the strongest first."""
    found = (
        reported_water.from_samples(ws, card, scope, period, as_of, opened=opened),
        from_sites(ws, card, scope, period, as_of),
        from_list(ws, card, scope, period, as_of),
        _cumulative(ws, card, scope, period, as_of) or from_figures(ws, card, scope, period, as_of, index_kind),
    )
    return [value for value in found if value is not None]


def _cumulative(ws: Workspace, card: Card, scope: str, period: Period, as_of: date) -> Value | None:
    """The drop since the base year from the drops of the years, where the path says that figures are of the year."""
    path = path_of(ws, card.id, period.last.year, as_of)
    if path is None or not path.annual:
        return None
    years = [Period.of(str(year)) for year in range(path.base + 1, period.last.year + 1)]
    drops = [from_figures(ws, card, scope, year, as_of) for year in years]
    steps = []
    for year, drop in zip(years, drops, strict=True):
        figure = "—" if drop is None or drop.raw is None else f"{half_even(drop.raw, 4)}%"
        steps.append(Step(f"{year} 年降幅", figure, below=drop.why.below if drop else ()))
    exact = [drop.raw for drop in drops if drop is not None and drop.raw is not None and not drop.reason]
    if not exact:
        return None
    total = climate.cumulative_drop(exact) if len(exact) == len(years) else None
    text = f"{path.base} 年以来累计：1－各年（1－当年降幅）的连乘积"
    reason = "" if total is not None else "缺年度数"
    return value_of(
        ws, card, scope, period, as_of, "figures", total, text, steps, reason=reason,
        n_valid=len(exact), n_expected=len(years),
    )  # fmt: skip


def _official(ws: Workspace, card: Card, scope: str, period: Period, as_of: date) -> Sequence[Official]:
    """Official figures within the period, the one that prevails last: reaching furthest, from the newest paper."""
    mine = [
        figure
        for figure in official_in(ws.data, as_of)
        if (figure.indicator, figure.scope) == (card.id, scope)
        and period.first <= figure.period.first
        and figure.period.last <= period.last
    ]
    return sorted(mine, key=lambda one: (one.period.first == period.first, one.period.last, one.day))


def _as_value(
    ws: Workspace, card: Card, scope: str, period: Period, as_of: date, official: Official, above: Sequence[Official]
) -> Value:
    text = f"上级通报值（{official.period}，“{official.paper}”，{_dated(official)}）"
    unit = unit_sign(card.unit)
    earlier = [Step(f"此前通报 {one.period}“{one.paper}”（{_dated(one)}）", f"{one.value}") for one in above[:-1]]
    below = (Step(text, f"{official.value} {unit}".strip(), card.clause, "", card.confidence), *earlier)
    why = Step(
        f"{scope} {period} {card.name}，{text}，按 {as_of} 所知", f"{official.value} {unit}".strip(), below=below
    )
    return Value(
        card.id, scope, period, official.value, unit, raw=Fraction(official.value), n_valid=1, n_expected=1,
        data_version="official", why=why,
    )  # fmt: skip


def _dated(official: Official) -> str:
    """The day of the paper, and where the figure stands in what was loaded."""
    return "，".join(part for part in (f"{official.day}", official.source) if part)


def _with_beside(
    ws: Workspace, card: Card, shown: Value, beside: Sequence[Value], prevailing: Value, official: Official | None,
    scope: str, period: Period, as_of: date, explained: bool,
) -> Value:  # fmt: skip
    """The value with the other figures of the same thing below it and what explains their difference."""
    steps = []
    for other in beside:
        role = "以此为准" if other is prevailing else "旁列，不作评判"
        steps.append(Step(f"{role}：{other.why.text}", other.why.figure, below=other.why.below))
        if other.raw is not None and shown.raw is not None and other.raw != shown.raw:
            steps.append(
                Step(
                    "差值（本值减它）",
                    _signed(shown.raw - other.raw),
                    below=reasons(ws, card, shown, other, official, scope, period, as_of) if explained else (),
                )
            )
    if not steps:
        return shown
    return replace(shown, why=replace(shown.why, below=(*steps, *shown.why.below)))


def _signed(exact: Fraction) -> str:
    number = half_even(exact, 2)
    return f"+{number}" if number > Decimal(0) else f"{number}"
