"""From items to a total and a grade: composition, rescaling of what is missing, gates, vetoes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from guatu.score.facts import Facts
from guatu.score.functions import ZERO
from guatu.score.reading import MissingFactError, Reading
from guatu.score.scheme import Bar, Scheme
from guatu.score.sheet import NONE, PENDING, Line
from guatu.score.wording import plain

PERIODS = "periods"
"""The item under which scores of earlier periods are given as facts, by the period's name."""
THIS = "year"


def holding(scheme: Scheme, bars: Sequence[Bar], kind: str, subject: str, facts: Facts) -> Mapping[str, bool | None]:
    """Which gates or vetoes hold; None where a fact has not come.

    What a subject does not have at all counts none: a county without a section has no section of 劣Ⅴ.
    """
    found: dict[str, bool | None] = {}
    for bar in bars:
        given = facts.item(subject, f"{kind}/{bar.id}")
        named = {name: replace(fact, number=ZERO) if fact.absent else fact for name, fact in given.items()}
        try:
            found[bar.id] = Reading(named, {}).holds(bar.when)
        except MissingFactError:
            found[bar.id] = None
    return found


def composed(
    scheme: Scheme, lines: Sequence[Line], points: Mapping[str, Fraction], subject: str, facts: Facts
) -> tuple[Fraction, str]:
    """The total from points by item (exact or rounded), with the sentence where it is no plain sum."""
    kind = scheme.compose.kind
    weights: tuple[tuple[str, Fraction], ...] = scheme.compose.said.get("weights", ())
    if kind in ("weighted", "lower_of", "rank_sum"):
        shares = {
            title: share for title, worth in scheme.blocks if (share := _share(lines, points, title, worth)) is not None
        }
        if kind == "lower_of" and shares:
            least = min(shares, key=lambda title: shares[title])
            return scheme.full * shares[least], f"各板块得分率取低者：{least} {plain(100 * shares[least])}%"
        total = sum((weight * shares.get(title, ZERO) for title, weight in weights), ZERO)
        return total, "各板块得分率 × 权重相加"
    total, words = _summed(scheme, lines, points)
    if kind == "periods":
        earlier = facts.item(subject, PERIODS)
        told = []
        sums = ZERO
        for name, weight in weights:
            fact = earlier.get(name)
            number = total if name == THIS else fact.number if fact else None
            if number is None:
                if weight:
                    told.append(f"{name} 还没有分")
                continue
            sums += weight * number
            told.append(f"{name} {plain(number)} × {plain(weight)}")
        return sums, "；".join(told)
    return total, words


def _summed(scheme: Scheme, lines: Sequence[Line], points: Mapping[str, Fraction]) -> tuple[Fraction, str]:
    base = sum((points[one.item] for one in lines if one.points and one.item in points), ZERO)
    beyond = sum((points[one.item] for one in lines if not one.points and one.item in points), ZERO)
    missing = missing_of(lines)
    if not missing or missing >= scheme.full:
        return base + beyond, ""
    rest = scheme.full - missing
    words = f"缺项 {plain(missing)} 分，折算：{plain(base)} ÷ {plain(rest)} × {plain(scheme.full)}"
    return base * scheme.full / rest + beyond, words


def missing_of(lines: Sequence[Line]) -> Fraction:
    """Points of the items the subject does not have, to be rescaled."""
    return sum((one.points for one in lines if one.state == NONE), ZERO)


def pending_of(lines: Sequence[Line]) -> Fraction:
    """Points still undecided."""
    return sum((one.points for one in lines if one.state == PENDING), ZERO)


def graded(scheme: Scheme, number: Fraction, subject: str, facts: Facts) -> tuple[str, tuple[str, ...]]:
    """The grade of a number of points, with what gates and vetoes made of it."""
    names = [one.name for one in scheme.grades]
    if not names:
        return "", tuple(_vetoed_words(scheme, subject, facts))
    place = next((at for at, one in enumerate(scheme.grades) if number >= one.least), len(names) - 1)
    told = []
    gates = holding(scheme, scheme.gates, "gate", subject, facts)
    for gate in scheme.gates:
        if names[place] != gate.grade:
            continue
        if gates[gate.id] is None:
            told.append(f"“{gate.grade}”的前置条件“{gate.title}”还不能判定")
        elif not gates[gate.id]:
            place = min(place + 1, len(names) - 1)
            told.append(f"不满足“{gate.grade}”的前置条件“{gate.title}”，降为{names[place]}")
    vetoes = holding(scheme, scheme.vetoes, "veto", subject, facts)
    for veto in scheme.vetoes:
        if not vetoes[veto.id]:
            continue
        if veto.effect == "cap_at":
            place = max(place, names.index(veto.grade))
        elif veto.effect in ("fail", "zero"):
            place = len(names) - 1
        elif veto.effect == "down_one":
            place = min(place + 1, len(names) - 1)
        told.append(_veto_words(veto, names[place]))
    return names[place], tuple(told)


def _vetoed_words(scheme: Scheme, subject: str, facts: Facts) -> list[str]:
    vetoes = holding(scheme, scheme.vetoes, "veto", subject, facts)
    return [_veto_words(one, "") for one in scheme.vetoes if vetoes[one.id]]


def _veto_words(veto: Bar, grade: str) -> str:
    effect = {
        "cap_at": f"最高{veto.grade}",
        "fail": "评为最低一等",
        "zero": "总分记 0",
        "zero_item": f"{veto.item} 记 0 分",
        "down_one": "降一等",
    }[veto.effect]
    return f"出现“{veto.title}”：{effect}" + (f"，为{grade}" if grade else "")


def _share(lines: Sequence[Line], points: Mapping[str, Fraction], title: str, worth: Fraction) -> Fraction | None:
    """Points got over points worth of a block, items it does not have left out; None where nothing is left."""
    mine = [one for one in lines if one.block == title]
    rest = worth - sum((one.points for one in mine if one.state == NONE), ZERO)
    return sum((points.get(one.item, ZERO) for one in mine), ZERO) / rest if rest > 0 else None
