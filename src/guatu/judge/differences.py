"""Why two figures of one thing differ, down to what can be looked up: section and month, list item, part and whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.base.value import Step, Value
from guatu.judge.differing_sections import sections_differ
from guatu.judge.reported_figures import chosen_of, from_figures
from guatu.judge.reported_lists import from_list, objects_of
from guatu.judge.reported_rows import source_of
from guatu.judge.reported_sites import from_sites
from guatu.judge.reported_water import SHARES
from guatu.load.kept import shown as written
from guatu.load.official import Official
from guatu.load.workspace import Workspace
from guatu.rules.cards import Card

_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Counting:
    """What a figure was counted from, area by area: parts over wholes, and below each what is not in the part."""

    word: str
    places: Mapping[str, tuple[Fraction, Fraction]]
    short: Mapping[str, tuple[Step, ...]]
    whole_numbers: bool

    @property
    def total(self) -> tuple[Fraction, Fraction]:
        """Part and whole of all areas."""
        pairs = self.places.values()
        return sum((part for part, _ in pairs), Fraction()), sum((whole for _, whole in pairs), Fraction())


def reasons(
    ws: Workspace, card: Card, one: Value, other: Value, official: Official | None, scope: str, period: Period,
    as_of: date,
) -> tuple[Step, ...]:  # fmt: skip
    """What makes one figure differ from another of the same indicator, scope and period, as steps that can be opened.

    Shares of sections: each section that has another class, month by month. Two figures that were counted: each area
    whose part or whole differs, with the objects that are not done. A printed figure beside a counted one: what part
    it would take, the same stretch of time, the areas and the objects.
    """
    told: list[Step] = []
    if card.id in SHARES:
        told += sections_differ(ws, scope, period, as_of)
    mine, its = (_counting(ws, card, value, scope, period, as_of) for value in (one, other))
    if mine is not None and its is not None:
        told += _areas(mine, its)
    elif (counted := mine or its) is not None and official is not None:
        told += _same_stretch(ws, card, official, as_of, period)
        told += _against_print(counted, official, card)
    elif official is not None and card.id not in SHARES:
        told += _same_stretch(ws, card, official, as_of, period)
    elif official is not None and not told:
        told += _sections_meant(one if one.n_valid > 1 else other, official, card)
    return tuple(told) or (Step("两处都只有一个数，没有分子、分母或清单可对照，请向报送单位要明细"),)


def _counting(ws: Workspace, card: Card, value: Value, scope: str, period: Period, as_of: date) -> Counting | None:
    """What a value was counted from, by the kind of its rows; None where it is a bare number."""
    kind = value.data_version.partition("/")[0]
    if kind == "list" and (found := objects_of(ws, card.id, scope, period, as_of)) is not None:
        rule, objects = found
        counts = [row for row in objects if row["counts"]]
        places: dict[str, tuple[Fraction, Fraction]] = {}
        short: dict[str, list[Step]] = {}
        for row in counts:
            part, whole = places.get(row["place"], (Fraction(), Fraction()))
            weight = Fraction(row["weight"] if rule.weight else 1)
            places[row["place"]] = (part + weight * bool(row["done"]), whole + weight)
            if not row["done"]:
                why = f"（{row['why']}）" if row["why"] else ""
                step = Step(f"{row['object']}{why}（{source_of(row, 'list')}）", "没有算完成")
                short.setdefault(row["place"], []).append(step)
        kept = {place: tuple(steps) for place, steps in short.items()}
        return Counting("清单", places, kept, not rule.weight)
    if kind == "figures" and (said := chosen_of(ws, card, scope, period, as_of)) is not None:
        rows = [(place, row) for _, by_place in said[0] for place, row in by_place.items() if place in said[1]]
        if rows and all(row["numerator"] is not None and row["denominator"] is not None for _, row in rows):
            return _reported(rows)
    return None


def _reported(rows: Sequence[tuple[str, Mapping[str, Any]]]) -> Counting:
    places: dict[str, tuple[Fraction, Fraction]] = {}
    cells: dict[str, list[Step]] = {}
    for place, row in rows:
        part, whole = places.get(place, (Fraction(), Fraction()))
        places[place] = (part + Fraction(row["numerator"]), whole + Fraction(row["denominator"]))
        cell = f"{written(row['numerator'])}／{written(row['denominator'])}"
        cells.setdefault(place, []).append(Step(f"{row['place']}（{source_of(row, 'figures')}）", cell))
    return Counting("报送", places, {place: tuple(steps) for place, steps in cells.items()}, False)


def _areas(mine: Counting, its: Counting) -> Iterator[Step]:
    """Each area whose numbers differ, the widest first; then parts and wholes of all together."""
    if not (mine.places.keys() & its.places.keys()):
        yield Step(f"{mine.word} {_pair(mine.total)}，{its.word} {_pair(its.total)}，两处分的地区不同，只能对总数")
        return
    nothing = (Fraction(), Fraction())
    found = []
    for place in dict.fromkeys((*mine.places, *its.places)):
        a, b = mine.places.get(place, nothing), its.places.get(place, nothing)
        if a != b:
            said = [
                f"{counting.word}里没有" if place not in counting.places else f"{counting.word} {_pair(pair)}"
                for counting, pair in ((mine, a), (its, b))
            ]
            below = (*mine.short.get(place, ()), *its.short.get(place, ()))
            figure = f"分子差 {_signed(a[0] - b[0])}，分母差 {_signed(a[1] - b[1])}"
            weight = abs(a[0] - b[0]) + abs(a[1] - b[1])
            found.append((weight, Step(f"{place or '没有写地区'}：{'，'.join(said)}", figure, below=below[:_SHOWN])))
    a, b = mine.total, its.total
    yield Step(
        f"合计：{mine.word} {_pair(a)}，{its.word} {_pair(b)}",
        f"分子差 {_signed(a[0] - b[0])}，分母差 {_signed(a[1] - b[1])}",
        below=tuple(step for _, step in sorted(found, key=lambda pair: -pair[0])),
    )


def _same_stretch(ws: Workspace, card: Card, official: Official, as_of: date, period: Period) -> Iterator[Step]:
    """The figure made here of the very stretch of time the paper speaks of, where that is not the whole period."""
    scope, stretch = official.scope, official.period
    if stretch == period:
        return
    values = (
        from_sites(ws, card, scope, stretch, as_of),
        from_list(ws, card, scope, stretch, as_of),
        from_figures(ws, card, scope, stretch, as_of),
    )
    own = next((value for value in values if value is not None and value.raw is not None), None)
    if own is None or own.raw is None:
        yield Step(f"通报说的是 {stretch}，这里没有这一时段的数，时段不同也会有差")
        return
    places = max(0, -int(official.value.as_tuple().exponent))
    rounded = half_even(own.raw, places)
    if rounded == official.value:
        text = f"这一时段这里也是 {rounded}：差值只来自时段"
    else:
        text = f"这一时段这里是 {rounded}，通报减它为 {official.value - rounded:+}"
    yield Step(f"通报说的是 {stretch}，{text}", f"{rounded}", below=own.why.below)


def _against_print(counted: Counting, official: Official, card: Card) -> Iterator[Step]:
    """What part a printed rate would take of the whole counted here, and the objects or areas it may be about."""
    part, whole = counted.total
    if not whole or card.unit != "%":
        return
    need = Fraction(official.value) * whole / 100
    if counted.whole_numbers:
        places = max(0, -int(official.value.as_tuple().exponent))
        fits = [k for k in range(int(whole) + 1) if half_even(Fraction(100 * k) / whole, places) == official.value]
        said = f"分子 {'、'.join(map(str, fits))}" if fits else "任何整数分子都不合，分母也不同"
        gap = f"分子差 {_signed(part - fits[0])}" if len(fits) == 1 else ""
    else:
        said, gap = f"分子约 {_plain(need)}", f"分子差约 {_signed(part - need)}"
    text = f"{counted.word}的分母 {_plain(whole)} 不变，通报的 {official.value}% 要{said}，这里是 {_plain(part)}"
    missing = part < need
    below = tuple(
        Step(
            f"{place or '没有写地区'}：{counted.word} {_pair(pair)}",
            f"{half_even(100 * pair[0] / pair[1], 2)}%" if pair[1] else "—",
            below=counted.short.get(place, ())[:_SHOWN],
        )
        for place, pair in sorted(counted.places.items(), key=lambda item: item[1][0] - item[1][1])
        if not missing or counted.short.get(place)
    )
    yield Step(text, gap, below=below)


def _sections_meant(counted: Value, official: Official, card: Card) -> Iterator[Step]:
    """How many sections a printed share means, where no class of single sections was published."""
    whole = counted.n_valid
    places = max(0, -int(official.value.as_tuple().exponent))
    fits = [k for k in range(whole + 1) if whole and half_even(Fraction(100 * k, whole), places) == official.value]
    own = counted.raw * whole / 100 if counted.raw is not None else Fraction()
    if fits:
        printed = f"通报的 {official.value}% 是 {'、'.join(map(str, fits))} 个"
        lost = "没有逐断面的公布类别，看不出是哪一个"
        yield Step(f"{card.name}：{whole} 个断面（点位）里，{printed}，这里是 {_plain(own)} 个；{lost}")
    else:
        yield Step(f"{whole} 个断面（点位）怎样数都得不到 {official.value}%：通报用的不是这份断面清单")


def _pair(pair: tuple[Fraction, Fraction]) -> str:
    return f"{_plain(pair[0])}／{_plain(pair[1])}"


def _plain(exact: Fraction) -> str:
    return written(half_even(exact, 3))


def _signed(exact: Fraction) -> str:
    return f"{'+' if exact > 0 else ''}{_plain(exact)}"
