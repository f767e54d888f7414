"""Atomic targets: what each sentence under a heading of targets asks for, of what, where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from guatu.read.layout import Page
from guatu.read.outline import Node, Outline, Range
from guatu.read.plan import Spans, Target
from guatu.read.pledge import Pledge
from guatu.read.pledges import pledges_in
from guatu.read.preamble import is_preamble
from guatu.read.sentences import sentences
from guatu.read.table_targets import pledges_of_tables
from guatu.rules.cards import Card

_GOAL = re.compile(
    r"^(?!.*(?:考核|责任书|保障|分解))[^，。]{0,12}(?:目标|指标)(?:任务|要求|体系|指标)?(?:和任务|与任务)?$"
)

_FOLLOWS = re.compile(
    r"(?P<places>(?:[\u4e00-\u9fff]{1,6}[市县区州旗][、和]?)+)参照(?:执行)?(?P<scope>[^，。；（）]{2,8}?)(?:的|环境|空气|水)[^，。；（）]{0,12}目标"
)
_PROSE_GOAL = re.compile(
    r"(?:[^，。：]{0,12}的)?(?:年度|主要|工作|总体|预期|具体)?(?:任务)?(?:目标|指标)(?:任务)?(?:是|为)?："
)


def goal_nodes(page: Page, outline: Outline) -> list[Node]:
    """Headings of targets (主要目标, 发展目标, 目标指标), topmost only."""
    return [
        node
        for node in outline.nodes()
        if is_goal(page, node) and not any(is_goal(page, above) for above in node.above if above is not node)
    ]


def is_goal(page: Page, node: Node) -> bool:
    """Whether a heading announces targets."""
    return bool(_GOAL.match(page.text[node.title[0] : node.title[1]]))


def targets_in(page: Page, outline: Outline, area: str, year: int | None) -> list[Target]:
    """All targets of a notice, in order, numbered T01, T02, …"""
    found: list[Target] = []
    for root in goal_nodes(page, outline):
        for node in root.walk():
            ranges = list(node.own) if node is root else [(node.title[0], node.head[1]), *_below(node)]
            for first, last in ranges:
                opening = _PROSE_GOAL.match(page.text, first, last)
                found += _of_range(page, node.path, opening.end() if opening else first, last, area, year)
    for path, first, last in _in_prose(page, outline):
        found += _of_range(page, path, first, last, area, year)
    for path, first, last in _in_general_words(page, outline):
        found += _firm(list(_of_range(page, path, first, last, area, year)))
    tabled = [_target(page, path, pledge, [], area) for path, pledge in pledges_of_tables(page, outline)]
    cells = [target.spans["text"] for target in tabled]
    found = [t for t in found if not any(a <= t.spans["text"][0] < b and t.indicator == "" for a, b in cells)]
    told = {(target.indicator, target.op, target.value) for target in found}
    found += [target for target in tabled if (target.indicator, target.op, target.value) not in told]
    found += _following(page, goal_nodes(page, outline), found)
    found.sort(key=lambda target: target.spans["text"])
    return [replace(target, id=f"T{order:02}") for order, target in enumerate(found, 1)]


def _following(page: Page, goals: list[Node], found: list[Target]) -> Iterator[Target]:
    """甲区、乙区参照执行市本级目标: each place takes the numbers of that scope, else of the item before."""
    for node in (n for root in goals for n in root.walk()):
        for first, last in node.own if node in goals else [(node.title[0], node.head[1]), *_below(node)]:
            for match in _follows(page.text, first, last):
                begin, end = page.span(*match.span())
                earlier = [t for t in found if t.outline == node.path and t.spans["text"][0] < begin and t.scope]
                followed = [t for t in earlier if match["scope"] in t.scope] or [
                    t for t in earlier if t.scope == earlier[-1].scope
                ]
                for place in re.split("[、和]", match["places"]):
                    for target in followed:
                        spans: Spans = {**target.spans, "text": (begin, end), "scope": (begin, end)}
                        taken = (*target.inherits, "indicator", "value")
                        yield replace(target, scope=place, inherits=taken, spans=spans, text=page.words(*match.span()))


def _follows(text: str, first: int, last: int) -> Iterator[re.Match[str]]:
    place = text.find("参照", first, last)
    while place >= 0:
        begin = max(first, place - 80, text.rfind("；", first, place) + 1, text.rfind("（", first, place) + 1)
        if match := _FOLLOWS.search(text, begin, min(last, place + 40)):
            yield match
        place = text.find("参照", place + 40, last)


def _below(node: Node) -> Iterator[Range]:
    return (r for r in node.own if r[0] >= node.head[1])


def _in_prose(page: Page, outline: Outline) -> Iterator[tuple[str, int, int]]:
    """Paragraphs that say 主要目标是：…, before the first number (p1, p2, …) or under general words."""
    loose = sorted([r for part in outline.parts for r in part.preface] + outline.head)
    general = [node for node in outline.nodes() if is_preamble(page, node) and not is_goal(page, node)]
    own = [(node.path, r) for node in general for r in node.own]
    for path, (first, last) in [*((f"p{i}", r) for i, r in enumerate(loose, 1)), *own]:
        if opening := _PROSE_GOAL.match(page.text, first, last):
            yield path, opening.end(), last


def _in_general_words(page: Page, outline: Outline) -> Iterator[tuple[str, int, int]]:
    """Sentences under 总体要求 and the like that no opening word announces."""
    for node in outline.nodes():
        if is_preamble(page, node) and not any(is_goal(page, above) for above in node.above):
            for first, last in _below(node):
                if not _PROSE_GOAL.match(page.text, first, last):
                    for begin, end in sentences(page.text, first, last):
                        yield node.path, begin, end


def _firm(targets: list[Target]) -> list[Target]:
    """Targets of a sentence of general words: those a card knows, where one of them says at least or at most."""
    known = [target for target in targets if target.indicator_id and isinstance(target.value, Decimal)]
    return known if any(not target.op_alt for target in known) else []


def _of_range(page: Page, path: str, first: int, last: int, area: str, year: int | None) -> Iterator[Target]:
    """Targets of one item; an item of a list reaches to its end, so 其中 is understood inside it."""
    outer: Pledge | None = None
    parted = False  # a part (其中) of the outer scope has been named since
    previous: Pledge | None = None
    clause: list[Pledge] = []  # of the clause being read
    named: list[Pledge] = []  # of the last clause that names its indicators
    for pledge in pledges_in(page.text, first, last, True, year):
        inherits: list[str] = []
        if clause and clause[-1].first != pledge.first:
            clause = []
        clause.append(pledge)
        if pledge.sub or not pledge.own_indicator:
            if not pledge.own_indicator and previous is not None:
                said = named[len(clause) - 1] if pledge.distributive and len(clause) <= len(named) else previous
                pledge = replace(pledge, indicator=said.indicator + (pledge.indicator if pledge.change else ""))
                inherits += ["indicator", "period"]
        elif not pledge.scope and outer is not None and outer.scope:
            card = page.cards.match(pledge.indicator)
            if (parted and (card is None or not card.scope)) or _beside(page, outer, pledge, card):
                pledge = replace(pledge, scope=outer.scope)
                inherits.append("scope")
        parted |= pledge.sub
        if not pledge.sub and pledge.scope and not inherits:
            outer, parted = pledge, False
        if pledge.own_indicator:
            named = [*(p for p in named if p.first == pledge.first), pledge]
        yield _target(page, path, pledge, inherits, area)
        previous = pledge


def _beside(page: Page, outer: Pledge, pledge: Pledge, card: Card | None) -> bool:
    """Whether a clause without a scope goes on about the place before it: one sentence, one kind of figure."""
    before = page.cards.match(outer.scope + outer.indicator) or page.cards.match(outer.indicator)
    same_sentence = not re.search(r"[。；\n]", page.text[outer.last : pledge.first])
    if card is None or before is None or card.scope or not same_sentence:
        return False
    return card.compute != "reported" and card.compute.split(".")[0] == before.compute.split(".")[0]


def _target(page: Page, path: str, pledge: Pledge, inherits: list[str], area: str) -> Target:
    indicator = _name(pledge.indicator)
    card = page.cards.match(pledge.scope + indicator) or page.cards.match(indicator)
    if card is not None and pledge.change and pledge.op != "schedule" and not card.direction:
        card = None  # a rise or fall is not the level that the card judges
    op, unit = pledge.op, pledge.unit
    if card is not None:
        if pledge.bare and card.better == "lower" and op == ">=" and not pledge.falls:
            op = "<="
        unit = unit or (card.unit if pledge.value is not None else None)
    elif pledge.bare and op == ">=" and unit in ("ug/m3", "mg/m3") and not pledge.change:
        op = "<="  # of what pollutes less is better, whatever the words call it
    op_alt = ("==",) if pledge.bare else (">=",) if op == ">" or op == "range" else ()
    spans: Spans = {"text": page.span(pledge.first, pledge.last)}
    for name, words in (("indicator", indicator), ("scope", pledge.scope)):
        if words and (at := page.text.find(words, pledge.first, pledge.last)) >= 0:
            spans[name] = page.span(at, at + len(words))
    if pledge.value_at:
        spans["value" if pledge.value is not None else "reference"] = page.span(*pledge.value_at)
    if pledge.stretch_at:
        spans["stretch"] = page.span(*pledge.stretch_at)
    return Target(
        id="",
        outline=path,
        indicator=indicator,
        scope=_whole(pledge.scope) or (card.scope if card else "") or area,
        op=op,
        value=pledge.value,
        unit=unit,
        text=page.words(pledge.first, pledge.last),
        indicator_id=card.id if card else None,
        index_kind=card.index_kind(indicator) if card else "",
        stretch=pledge.stretch,
        soft=pledge.soft and pledge.stretch is None,
        op_alt=op_alt,
        op_surface=pledge.op_surface,
        reference=re.sub(r"[“”]", "", pledge.reference),
        polarity=_polarity(pledge, card),
        qualitative=pledge.qualitative,
        inherits=tuple(inherits),
        period=pledge.period,
        deadline=pledge.deadline,
        baseline=pledge.baseline,
        change=pledge.change,
        coordinated=pledge.coordinated,
        distributive=pledge.distributive,
        multiplier=pledge.multiplier,
        decimals=None,
        spans=spans,
    )


def _whole(scope: str) -> str:
    """我市 is what every other notice calls 全市."""
    return f"全{scope[1]}" if len(scope) == 2 and scope[0] in "我本" else scope


def _name(words: str) -> str:
    """An indicator's words without the marks that the clause left at their ends."""
    plain = re.sub(r"（(?:详见|参见|见|以下简称|简称|下同)[^（）]*）", "", words)
    return plain.strip("，、：；。的 ") or words


def _polarity(pledge: Pledge, card: Card | None) -> str:
    """For a target bound to a schedule: which way is good, and whether the words say so."""
    if pledge.op != "schedule":
        return ""
    if pledge.change:
        return "reduction" if pledge.falls else "increase"
    if card is None:
        return ""
    falls = card.direction == "reduction" or (not card.direction and card.better == "lower")
    return "reduction (not stated)" if falls else "increase (not stated)"
