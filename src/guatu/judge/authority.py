"""A city's target beside the one above it and beside its counties': 宽于, 严于, 缺; places of one name only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.base.toml import BrokenTomlError, parsed
from guatu.errors import Fault, WorkspaceError
from guatu.judge.findings import LOOSE, MISSING, SAME, STRICT, WRONG, Finding
from guatu.judge.indicators import GOOD_DAYS, judged_decimals
from guatu.judge.room import bad_days_allowed
from guatu.judge.section_lists import ListAbove, lists_compared
from guatu.load.workspace import Workspace
from guatu.read.asking import asked
from guatu.read.plan import Plan, Target

FILE = "plan/authority.toml"


@dataclass(frozen=True, slots=True)
class Above:
    """A number a level above set for a scope of this city, not yet made a version of its target."""

    indicator: str
    scope: str
    value: str
    level: str = "省"
    op: str = ""
    stretch: str = ""
    paper: str = ""
    since: date = date.min


@dataclass(frozen=True, slots=True)
class Share:
    """A county's share of a city target.

    follows: another target whose number it takes (参照执行市本级); weight: how much it counts in the city's figure
    (counties count alike where none is written); days: the printed number of days allowed, checked against value.
    """

    target: str
    place: str
    value: str = ""
    stretch: str = ""
    follows: str = ""
    weight: str = "1"
    days: int = -1


@dataclass(frozen=True, slots=True)
class Levels:
    """The numbers above and below the city's, and the lists of sections the level above printed."""

    above: tuple[Above, ...] = ()
    shares: tuple[Share, ...] = ()
    lists: tuple[ListAbove, ...] = ()


def levels_of(ws: Workspace) -> Levels:
    """Read plan/authority.toml: [[above]], [[county]], [[sections]]. Raises WorkspaceError (G-JUDGE-35, G-JUDGE-36)."""
    path = ws.folder / FILE
    if not path.is_file():
        return Levels()
    try:
        document = parsed(path.read_bytes())
    except BrokenTomlError as error:
        raise WorkspaceError.of(
            "authority.toml is not TOML", "G-JUDGE-35", FILE, error.what, "上下级目标对不起来", "用文本编辑器改正"
        ) from None
    faults: list[Fault] = []
    above = tuple(_entries(Above, document.get("above", []), ("indicator", "scope", "value"), "above", faults))
    shares = tuple(_entries(Share, document.get("county", []), ("target", "place"), "county", faults))
    lists = tuple(_entries(ListAbove, document.get("sections", []), ("list", "sections"), "sections", faults))
    if faults:
        raise WorkspaceError(f"authority.toml has {len(faults)} faults", faults)
    return Levels(above, shares, lists)


def compared(ws: Workspace, plan: Plan, levels: Levels, day: date) -> tuple[Finding, ...]:
    """Every finding on the targets of a plan on a day: against the level above, the counties, and 力争 against firm.

    Only targets of the same indicator and the same scope are compared: a part of the city may well be set looser than
    the whole (34 for the centre, 30 with the counties), and a list of sections is not another list.
    """
    return (
        *_above(ws, plan, levels.above, day),
        *lists_compared(ws, plan, levels.lists, day),
        *_below(ws, plan, levels.shares, day),
        *_aspired(plan.targets),
    )


def _above(ws: Workspace, plan: Plan, above: Sequence[Above], day: date) -> Iterable[Finding]:
    for set_above in above:
        if set_above.since > day:
            continue
        told = f"{set_above.level}“{set_above.paper or '未注明文件'}”{set_above.value}"
        mine = [t for t in plan.targets if t.indicator_id == set_above.indicator and _same(ws, t, set_above.scope, day)]
        if not mine:
            yield Finding("", MISSING, f"{set_above.scope} {set_above.indicator}：{told}，本级没有这项目标")
        for target in mine:
            if not isinstance(target.value, Decimal):
                words = f"{target.scope} {target.indicator}：{told}，本级没有写数"
                yield Finding(target.id, MISSING, words)
                continue
            word = _against(target, Decimal(set_above.value))
            yield Finding(
                target.id,
                word,
                f"{target.scope} {target.indicator}：本级 {asked(target)}，{told}，{word}",
            )


def _same(ws: Workspace, target: Target, scope: str, day: date) -> bool:
    mine, other = ws.scope(target.scope, day), ws.scope(scope, day)
    return target.scope == scope or (mine is not None and mine == other)


def _against(target: Target, other: Decimal) -> str:
    """Whether a target is looser than another number of the same thing, by the direction of its comparator."""
    if not isinstance(target.value, Decimal) or target.value == other:
        return SAME
    if target.op == "<=":
        return LOOSE if target.value > other else STRICT
    if target.op in (">=", ">"):
        return LOOSE if target.value < other else STRICT
    return WRONG


def _below(ws: Workspace, plan: Plan, shares: Sequence[Share], day: date) -> Iterable[Finding]:
    targets = {target.id: target for target in plan.targets}
    year = plan.head.year or day.year
    by_target: dict[str, list[Share]] = {}
    for share in shares:
        by_target.setdefault(share.target, []).append(share)
    for key, mine in by_target.items():
        target = targets.get(key)
        if target is None:
            yield Finding(key, MISSING, f"分解表里的目标 {key}，计划里没有")
            continue
        values: dict[str, tuple[Decimal, Fraction]] = {}
        for share in mine:
            number = _number(share, targets)
            if number is None:
                yield Finding(key, MISSING, f"{share.place} 没有分到 {target.indicator} 的数")
                continue
            values[share.place] = (number, Fraction(share.weight))
            yield from _days(target, share, number, year)
            if share.stretch and _worse(target, Decimal(share.stretch), number):
                yield Finding(key, WRONG, f"{share.place} 力争 {share.stretch} 不严于保底 {number}")
        scope = ws.scope(target.scope, day)
        owing = {ws.city.place(p.place) for name in (scope.parts if scope else ()) if (p := ws.scope(name, day))}
        left_out = sorted({one.name for one in owing if one} - {share.place for share in mine})
        for place in left_out:
            yield Finding(key, MISSING, f"{place} 在“{target.scope}”内，分解表里没有")
        if isinstance(target.value, Decimal) and values:
            yield _weighed(target, target.value, values, len(left_out))


def _number(share: Share, targets: Mapping[str, Target]) -> Decimal | None:
    if share.value:
        return Decimal(share.value)
    followed = targets.get(share.follows)
    return followed.value if followed is not None and isinstance(followed.value, Decimal) else None


def _weighed(target: Target, limit: Decimal, values: Mapping[str, tuple[Decimal, Fraction]], left_out: int) -> Finding:
    """Whether the counties, each at its own number, bring the city to its own; left_out: places without a number."""
    total = sum((weight for _, weight in values.values()), Fraction())
    mean = sum((Fraction(number) * weight for number, weight in values.values()), Fraction()) / total
    reached = {"<=": mean <= limit, ">=": mean >= limit, ">": mean > limit}.get(target.op, mean == limit)
    parts = " + ".join(f"{number}×{_plain(weight)}" for number, weight in values.values())
    told = f"{len(values)} 个地区加权平均（{parts}）÷{_plain(total)} = {half_even(mean, 2)}"
    word = SAME if mean == limit else STRICT if reached else LOOSE
    end = "各县都达标，全市也达标" if reached else "各县都达标，全市仍可能不达标"
    if left_out:
        end = f"另有 {left_out} 个地区没有数，没有计入，全市达不达标还不能说"
    return Finding(
        target.id,
        word,
        f"{target.scope} {target.indicator} {asked(target)}：{told}，{word}，{end}",
    )


def _days(target: Target, share: Share, number: Decimal, year: int) -> Iterable[Finding]:
    """A ratio told as days too: 92.5 % of 365 days is at most 27 bad ones."""
    if target.indicator_id not in GOOD_DAYS or share.days < 0:
        return
    allowed = days_allowed(target, number, year)
    if allowed != share.days:
        yield Finding(
            target.id, WRONG, f"{share.place} {number}% 折合全年至多超标 {allowed} 天，表上写的是 {share.days} 天"
        )


def days_allowed(target: Target, number: Decimal, year: int) -> int:
    """The most bad days of a whole year that still meet a good-day ratio [%], judged at the target's decimals."""
    period = Period.of(str(year))
    return bad_days_allowed(number, period.days, judged_decimals(target, period.last), target.op)


def _aspired(targets: Iterable[Target]) -> Iterable[Finding]:
    for target in targets:
        if (
            target.stretch is not None
            and isinstance(target.value, Decimal)
            and _worse(target, target.stretch, target.value)
        ):
            text = f"{target.scope} {target.indicator}：力争 {target.stretch} 不严于 {target.value}"
            yield Finding(target.id, WRONG, text)


def _worse(target: Target, aspired: Decimal, firm: Decimal) -> bool:
    return aspired >= firm if target.op == "<=" else aspired <= firm


def _plain(weight: Fraction) -> str:
    return f"{half_even(weight, 3).normalize():f}"


def _entries(kind: type, rows: Any, needed: Sequence[str], key: str, faults: list[Fault]) -> Iterable[Any]:
    known = {field.name: field for field in fields(kind)}
    for number, row in enumerate(rows, 1):
        where = f"{FILE} 第 {number} 个 [[{key}]]"
        told = [f"缺 {name}" for name in needed if not row.get(name)]
        told += [f"不认识 {name}" for name in sorted(row.keys() - known.keys())]
        for name in ("value", "stretch", "weight"):
            try:
                if row.get(name) and not (isinstance(row[name], str) and Decimal(row[name]).is_finite()):
                    raise InvalidOperation
            except InvalidOperation:
                told.append(f'{name} 写成了 {row[name]!r}，要写带引号的数，如 "33"')
        if kind is ListAbove:
            told += list(_unclear(row))
        if told:
            faults.append(Fault("G-JUDGE-36", where, "；".join(told), "上下级目标对不起来", "对照文件改正"))
        else:
            yield kind(**{name: tuple(part) if isinstance(part, list) else part for name, part in row.items()})


def _unclear(row: Mapping[str, Any]) -> Iterable[str]:
    """What is wrong with the names and classes of a list of sections."""
    names, aims = row.get("sections"), row.get("aims", {})
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        yield 'sections 要写成名称的列表，如 ["鲇鱼山", "宝石"]'
        return
    if not isinstance(aims, dict) or any(name not in names or aim not in range(1, 7) for name, aim in aims.items()):
        yield "aims 要写成 { 断面 = 类别 }，断面在 sections 里，类别 1 至 6"
