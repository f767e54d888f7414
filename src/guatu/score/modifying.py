"""What comes after a rule: factors, zeroes, further deductions, waivers, bonuses, caps; each with before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from guatu.score.functions import ZERO, deducted
from guatu.score.reading import MissingFactError, Reading, as_number
from guatu.score.scheme import Item, Rule
from guatu.score.sheet import Change
from guatu.score.vocabulary import vocabulary
from guatu.score.wording import plain

BEFORE = ("over_places",)
"""Modifiers that shape how the rule is read, and so have no step of their own."""


@dataclass(frozen=True, slots=True)
class Worth:
    """Points an item or a part stands at: what it is worth, and how low it may go (None: no bottom)."""

    most: Fraction
    floor: Fraction | None

    def kept(self, points: Fraction) -> Fraction:
        """Not below the floor."""
        return points if self.floor is None else max(self.floor, points)


def modified(item: Item, reading: Reading, start: Fraction, part: str, worth: Worth) -> Iterator[Change]:
    """The steps after the rule, in the scheme's order; part: those of one part of a checklist, empty: of the item.

    A fact that the subject cannot have (无此项任务) leaves a step out, saying so; one that has not come raises
    MissingFactError.
    """
    points = start
    lost = ZERO
    for rule in item.modifiers:
        if rule.part != part or rule.kind in BEFORE or (rule.kind == "inflow" and rule.said["how"] == "mix"):
            continue
        title = rule.title or vocabulary()["modifier"][rule.kind].title
        names = tuple(names_of(rule))
        try:
            after, words = _applied(rule, item, reading, points, worth, lost)
        except MissingFactError as missing:
            if not missing.absent:
                raise
            after, words = points, f"不适用：{missing.reason}"
        lost += max(ZERO, points - after)
        yield Change(rule.kind, title, points, after, words, names, part)
        points = after


def names_of(rule: Rule) -> Iterator[str]:
    """The facts and operands a rule names, the one it reads unasked among them."""
    word = vocabulary()["score"].get(rule.kind)
    if word is not None and "of" in word.may and "of" not in rule.said:
        yield "points" if rule.kind == "judge" else "x"
    for value in rule.said.values():
        if hasattr(value, "names"):
            yield from (name for name in value.names() if as_number(name) is None)
    for key in ("of", "to", "base", "x0", "x1", "full", "neighbour"):
        value = rule.said.get(key)
        if isinstance(value, str) and as_number(value) is None:
            yield value
    for name, _ in rule.said.get("terms", ()):
        yield name


def waiver_of(rule: Rule, item: Item) -> Rule | None:
    """The waive_if that names a deduction."""
    for one in item.modifiers:
        if one.kind == "waive_if" and rule.id and rule.id in one.said["what"]:
            return one
    return None


def _applied(
    rule: Rule, item: Item, reading: Reading, points: Fraction, worth: Worth, lost: Fraction
) -> tuple[Fraction, str]:
    match rule.kind:
        case "times_if":
            holds = reading.holds(rule.said["when"])
            factor = rule.said["factor"]
            return (points * factor if holds else points), _said(reading, rule, holds, f"乘 {plain(factor)}", "不打折")
        case "zero_if":
            holds = reading.holds(rule.said["when"])
            return (min(points, ZERO) if holds else points), _said(reading, rule, holds, "不得分", "不归零")
        case "waive_if":
            holds = reading.holds(rule.said["when"])
            return points, _said(reading, rule, holds, "已按此免扣", "不免扣")
        case "inflow":
            holds = reading.holds(rule.said["when"])
            return (max(points, worth.most) if holds else points), _said(reading, rule, holds, "视为达标", "按原结果")
        case "count":
            return _counted(rule, item, reading, points, worth)
        case "bonus":
            added, words = deducted(rule, reading.fact(rule.said["of"]))
            capped = min(added, rule.number("cap", added))
            limit = f"，上限 {plain(capped)}" if capped < added else ""
            after = points + capped
            if rule.said.get("to", "item") == "item" and worth.most:
                after = max(points, min(after, worth.most))
            return after, f"{words}{limit}，加 {plain(after - points)} 分"
        case _:
            return _capped(rule, points, lost)


def _counted(rule: Rule, item: Item, reading: Reading, points: Fraction, worth: Worth) -> tuple[Fraction, str]:
    taken, words = deducted(rule, reading.fact(rule.said["of"]))
    most = rule.said.get("cap")
    if most is not None and taken > most:
        taken, words = Fraction(most), f"{words}，最高扣 {plain(most)}"
    waiver = waiver_of(rule, item)
    if waiver is not None and taken and reading.holds(waiver.said["when"]):
        kept = 1 - waiver.number("factor", Fraction(1))
        words = f"{words}；{reading.words(waiver.said['when'])}，免扣 {plain(taken - taken * kept)} 分"
        taken = taken * kept
    after = worth.kept(points - taken) if points - taken < points else points
    return after, f"{words}，扣 {plain(points - after)} 分"


def _capped(rule: Rule, points: Fraction, lost: Fraction) -> tuple[Fraction, str]:
    after = points
    words = []
    if "most_lost" in rule.said and lost > rule.said["most_lost"]:
        after += lost - rule.said["most_lost"]
        words.append(f"最多扣 {plain(rule.said['most_lost'])} 分")
    if "most" in rule.said and after > rule.said["most"]:
        after = rule.said["most"]
        words.append(f"最高 {plain(after)} 分")
    return after, "，".join(words) or "没有到限"


def _said(reading: Reading, rule: Rule, holds: bool, then: str, otherwise: str) -> str:
    return f"{reading.words(rule.said['when'])}：{'是' if holds else '否'}，{then if holds else otherwise}"
