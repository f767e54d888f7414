"""What would make a scheme impossible to score by: every such fault, as a sentence with its line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

from guatu.errors import Fault
from guatu.score.given import misfits
from guatu.score.lines import Path, line_at
from guatu.score.reading import as_number
from guatu.score.scheme import Bar, Condition, Item, Money, Rule, Scheme
from guatu.score.shape import Lines, fault
from guatu.score.vocabulary import vocabulary
from guatu.score.wording import plain

At = Callable[[str, Path, str, str], Fault]
BUILT_IN = ("target", "points", "group_mean")
"""Operands every item has without declaring them."""


def unsound(scheme: Scheme, lines: Lines, name: str) -> Iterator[Fault]:
    """Every fault of a built scheme.

    G-SCORE-06 an operand nobody gives, 07 a name used twice, 08 points that do not add up, 09 grades, 10 dates,
    12 names of modifiers, parts, targets, blocks and groups.
    """

    def at(code: str, path: Path, what: str, remedy: str) -> Fault:
        return fault(code, name, line_at(lines, path), what, remedy)

    for n, item in enumerate(scheme.items):
        for code, path, what, remedy in _of_item(scheme, item):
            yield at(code, ("item", n, *path), f"“{item.id}”{what}", remedy)
    for kind, ids in (
        ("item", [one.id for one in scheme.items]),
        ("gate", [one.id for one in scheme.gates]),
        ("veto", [one.id for one in scheme.vetoes]),
        ("money", [one.id for one in scheme.money]),
    ):
        for twice, times in Counter(ids).items():
            if times > 1:
                second = [place for place, one in enumerate(ids) if one == twice][1]
                yield at("G-SCORE-07", (kind, second), f"“{twice}”用了 {times} 次", "换一个代号")
    yield from _sums(scheme, at)
    yield from _grades(scheme, at)
    if scheme.until is not None and scheme.until < scheme.since:
        yield at("G-SCORE-10", ("scheme", "until"), "截止日早于起始日", "改正日期")
    for kind, bars in (("gate", scheme.gates), ("veto", scheme.vetoes)):
        for number, bar in enumerate(bars):
            for key, what, remedy in _of_bar(scheme, bar):
                yield at("G-SCORE-12", (kind, number, key), f"“{bar.id}”{what}", remedy)
            yield from _undeclared(at, bar.when, set(bar.facts), (kind, number, "when"), bar.id)
    for number, money in enumerate(scheme.money):
        for key, what, remedy in _of_money(scheme, money):
            yield at("G-SCORE-06", ("money", number, key), f"“{money.id}”{what}", remedy)
    for number, worked in enumerate(scheme.worked):
        peers = [words for said in worked.peers.values() for words in misfits(scheme, said)]
        for words in (*misfits(scheme, worked.facts), *peers):
            yield at("G-SCORE-12", ("worked", number, "facts"), f"例子“{worked.says}”：{words}", "改正例子")
    for title, weight in scheme.compose.said.get("weights", ()):
        known = [one for one, _ in scheme.blocks]
        if scheme.compose.kind in ("weighted", "rank_sum") and title not in known:
            yield at("G-SCORE-12", ("scheme", "compose"), f"没有“{title}”这个板块（权重 {weight}）", "改正板块名")


Found = Iterator[tuple[str, Path, str, str]]


def _of_item(scheme: Scheme, item: Item) -> Found:
    if item.rule is None and item.points:
        yield "G-SCORE-03", ("rule",), "有分值却没有计分方法", "写上 rule"
    if item.target and item.target not in scheme.targets:
        yield "G-SCORE-12", ("target",), f"用到没有写的目标“{item.target}”", "在 target 里加上"
    if item.block and item.block not in dict(scheme.blocks):
        yield "G-SCORE-12", ("block",), f"属于没有写的板块“{item.block}”", "在 blocks 里加上，或改正写法"
    is_list = item.rule is not None and item.rule.kind == "checklist"
    if is_list != bool(item.parts):
        what = "是分小项得分，却没有写小项" if is_list else "写了小项，计分方法却不是 checklist"
        yield "G-SCORE-12", ("rule",), what, "补上 part，或改计分方法"
    if item.parts and sum(part.points for part in item.parts) != item.points:
        total = plain(sum((part.points for part in item.parts), Fraction()))
        yield "G-SCORE-08", ("points",), f"各小项合计 {total} 分，与分值 {plain(item.points)} 分不符", "核对原文"
    ids = [one.id for one in item.parts]
    for number, part in enumerate(item.parts):
        if ids.count(part.id) > 1:
            yield "G-SCORE-07", ("part", number), f"的小项“{part.id}”用了两次", "换一个代号"
        if part.rule.kind == "checklist":
            yield "G-SCORE-12", ("part", number, "rule"), "的小项里不能再分小项", "改用别的计分方法"
        declared = {key.removeprefix(f"{part.id}.") for key in item.facts if key.startswith(f"{part.id}.")}
        yield from _names(part.rule, declared | _by_hand(part.rule), ("part", number, "rule"), item)
    declared = {key for key in item.facts if "." not in key}
    if item.rule is not None:
        yield from _names(item.rule, declared | _by_hand(item.rule), ("rule",), item)
    named = [one.id for one in item.modifiers if one.id]
    for number, one in enumerate(item.modifiers):
        yield from _names(one, declared, ("modifier", number), item)
        for other in one.said.get("what", ()):
            if other not in named:
                yield "G-SCORE-12", ("modifier", number), f"免扣的“{other}”没有这个 id", "给扣分写上 id"
        if one.part and one.part not in ids:
            yield "G-SCORE-12", ("modifier", number), f"没有“{one.part}”这个小项", "改正小项名"
        if one.kind == "inflow" and one.said["how"] == "not_worse" and "when" not in one.said:
            yield "G-SCORE-03", ("modifier", number), "的来水影响缺“when”", "写明什么算不劣于入境"
    known = {name for name, _ in scheme.groups} | {one for _, members in scheme.groups for one in members}
    for one_subject in item.applies_to:
        if scheme.groups and one_subject not in known:
            yield "G-SCORE-12", ("applies_to",), f"的考核对象“{one_subject}”不在任何一组", "改正写法"


def _by_hand(rule: Rule) -> set[str]:
    """What a rule asks of a person without the item declaring it: the points of judge."""
    return {"points"} if rule.kind == "judge" else set()


def _names(rule: Rule, declared: set[str], path: Path, item: Item) -> Found:
    """Operands of a rule that no fact, no target and no number stands behind."""
    words = vocabulary()
    word = words["score"].get(rule.kind) or words["modifier"][rule.kind]
    if rule.kind in words["modifier"] and path[0] == "modifier":
        word = words["modifier"][rule.kind]
    wanted: list[str] = []
    for key, kind in word.params.items():
        value = rule.said.get(key)
        if kind == "condition" and isinstance(value, Condition):
            wanted += value.names()
        elif kind in ("fact", "operand") and isinstance(value, str):
            wanted.append(value)
        elif kind == "terms":
            wanted += [one for one, _ in value or ()]
    takes_x = word.params.get("of") == "fact" and "of" not in rule.said
    if takes_x and (path[0] != "modifier" or rule.kind == "over_places"):
        wanted.append("points" if rule.kind == "judge" else "x")
    for name in dict.fromkeys(wanted):
        if as_number(name) is not None or name in declared or (name in BUILT_IN and (name != "target" or item.target)):
            continue
        yield "G-SCORE-06", path, f"用到“{name}”，没有说它从哪里来", "在 facts 里写明来源，或改正名称"


def _undeclared(at: At, when: Condition, declared: set[str], path: Path, name: str) -> Iterator[Fault]:
    for one in dict.fromkeys(when.names()):
        if as_number(one) is None and one not in declared:
            yield at("G-SCORE-06", path, f"“{name}”用到“{one}”，没有说它从哪里来", "在 facts 里写明来源")


def _of_bar(scheme: Scheme, bar: Bar) -> Iterator[tuple[str, str, str]]:
    names = [one.name for one in scheme.grades]
    if (bar.grade and bar.grade not in names) or (bar.effect == "cap_at" and not bar.grade):
        yield "grade", f"没有“{bar.grade}”这个等次", "改正等次名"
    if bar.effect == "zero_item" and scheme.item(bar.item) is None:
        yield "item", f"没有“{bar.item}”这个项目", "改正项目代号"


def _of_money(scheme: Scheme, money: Money) -> Iterator[tuple[str, str, str]]:
    if money.kind == "by_rank":
        return
    known = {*money.facts, *(("total", *(one.id for one in scheme.items)) if money.kind == "per_point" else ())}
    for key, name in (("of", money.of), ("base", money.base)):
        if name and name not in known and as_number(name) is None:
            yield key, f"用到“{name}”，没有说它从哪里来", "在 facts 里写明来源，或写项目代号、total"


def _sums(scheme: Scheme, at: At) -> Iterator[Fault]:
    if not scheme.complete:
        if not scheme.left_out:
            yield at("G-SCORE-03", ("scheme", "complete"), "没有写全，也没有说缺什么", "用 left_out 写明缺哪些、为什么")
        return
    total = sum((item.points for item in scheme.items), Fraction())
    if total != scheme.full:
        what = f"各项合计 {plain(total)} 分，与满分 {plain(scheme.full)} 分不符"
        yield at("G-SCORE-08", ("scheme", "full"), what, "核对各项分值")
    for title, points in scheme.blocks:
        inside = sum((item.points for item in scheme.items if item.block == title), Fraction())
        if inside != points:
            what = f"板块“{title}”合计 {plain(inside)} 分，写的是 {plain(points)} 分"
            yield at("G-SCORE-08", ("scheme", "blocks"), what, "核对各项分值")


def _grades(scheme: Scheme, at: At) -> Iterator[Fault]:
    edges = [one.least for one in scheme.grades]
    if edges and edges[-1] != 0:
        yield at("G-SCORE-09", ("grade", len(edges) - 1), "最低一等没有从 0 分起，会有分数没有等次", "最低一等写 0")
    for number, (higher, lower) in enumerate(pairwise(edges), 1):
        if lower >= higher:
            yield at("G-SCORE-09", ("grade", number), "等次没有从高到低排列", "按分数从高到低写")
