"""Tasks: each unit block with the words it answers for, its bodies, deadlines and commitments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from guatu.read.blocks import Block, blocks_in, implied_in, names_of, same_below
from guatu.read.bodies import Directory
from guatu.read.dates import deadlines_in
from guatu.read.layout import Page
from guatu.read.outline import Node, Outline, Range
from guatu.read.plan import Commitment, Container, Spans, Task
from guatu.read.pledges import pledges_in
from guatu.read.preamble import is_preamble

_GENRE = re.compile(r"(?:意见|方案|计划|规划|措施|要点|纲要|清单|通知|安排|分解表?|任务书|行动)(?:（[^（）]*）)?$")
_OPINION = re.compile(r"(?:意见|规划|纲要)(?:的通知)?(?:（[^（）]*）)?$")


@dataclass(frozen=True, slots=True)
class Duty:
    """A task together with its ranges in the mended text, for what is read from it later."""

    task: Task
    node: Node | None
    body: tuple[Range, ...]
    block: Block | None


def duties_in(page: Page, outline: Outline, goals: list[Node], book: Directory, year: int | None) -> list[Duty]:
    """Every unit block of a notice as a duty, in order.

    A notice without any unit block has duties all the same: its leaf headings that promise a figure or a date.
    """
    under_goals = {id(node) for root in goals for node in root.walk()}
    found: list[Duty] = []
    without: list[Node] = []
    for node in outline.nodes():
        blocks = [(r, list(blocks_in(page.text, *r, book))) for r in node.own]
        if any(inside for _, inside in blocks):
            found += _of_node(page, node, blocks, year)
        elif id(node) not in under_goals:
            without.append(node)
    if not found:
        found = list(_under_bodies(page, outline, book, year))
    if not found and _is_plan(page, outline):
        leaves = [node for node in without if not node.children and node.scheme not in ("第一章",)]
        found = [duty for node in leaves if (duty := _unowned(page, node, year))]
    return _finished(page, found, book)


def _is_plan(page: Page, outline: Outline) -> bool:
    """Whether the head calls the paper a plan of work, not an opinion: only that binds whom it does not name."""
    titles = [page.text[first:last] for first, last in outline.head if last - first <= 90]
    named = [words for words in titles if _GENRE.search(words)]
    return not named or not _OPINION.search(named[-1])


def _under_bodies(page: Page, outline: Outline, book: Directory, year: int | None) -> Iterator[Duty]:
    """A list by body: headings that are nothing but bodies of the directory, at least two, answer for what is below."""
    heads = []
    for node in outline.nodes():
        names, _ = names_of(page.text[slice(*node.title)], book)
        known = [body for name in names if (body := book.find(name)) is not None]
        if names and len(known) == len(names) and all(body.level or body.kind == "群体" for body in known):
            heads.append((node, tuple(names)))
    for node, bodies in heads if len(heads) > 1 else []:
        for leaf in (n for n in node.walk() if not n.children and (n is not node or n.own)):
            own = tuple(leaf.own) or (leaf.title,)
            duty = _duty(page, leaf, leaf.path, leaf.title, own, None, year)
            spans = {**duty.task.spans, "units": page.span(*node.title)}
            task = replace(duty.task, units=bodies, units_raw=page.words(*node.title), spans=spans)
            yield replace(duty, task=task)


def _of_node(page: Page, node: Node, blocks: list[tuple[Range, list[Block]]], year: int | None) -> list[Duty]:
    count = sum(len(inside) for _, inside in blocks)
    if _by_paragraph(page, node):
        made, order = [], 0
        for (first, last), inside in blocks:
            for block in inside:
                order += 1
                end = _first_sentence(page, first, block.first)
                made.append(
                    _duty(page, node, f"{node.path}/p{order}", (first, end), ((first, block.first),), block, year)
                )
                first = min(block.last, last)
        return made
    made, begin = [], node.own[0][0]
    order = 0
    for _, inside in blocks:
        for block in inside:
            order += 1
            path = node.path if count == 1 else f"{node.path}#{order}"
            body = tuple(
                (max(first, begin), min(last, block.first))
                for first, last in node.own
                if max(first, begin) < min(last, block.first)
            )
            if order == 1 and not body:
                body = (node.title,)
            made.append(_duty(page, node, path, node.title, body, block, year))
            begin = block.last
    return made


def _by_paragraph(page: Page, node: Node) -> bool:
    """Whether the paragraphs below a bare heading are duties of their own: one of its sisters has two so closed."""
    sisters = node.parent.children if node.parent else (node.part.nodes if node.part else [node])
    return _bare_heading(node) and any(
        _bare_heading(sister) and _closed_paragraphs(page, sister) >= 2
        for sister in sisters
        if sister.scheme == node.scheme
    )


def _bare_heading(node: Node) -> bool:
    return bool(node.own) and node.own[0][0] >= node.head[1]


def _closed_paragraphs(page: Page, node: Node) -> int:
    """Own paragraphs that hold words and end in a unit block."""
    closed = 0
    for first, last in node.own:
        inside = list(blocks_in(page.text, first, last))
        closed += bool(inside) and inside[-1].first > first
    return closed


def _first_sentence(page: Page, first: int, last: int) -> int:
    end = page.text.find("。", first, last)
    return end if end >= 0 else last


def _duty(
    page: Page, node: Node, path: str, title: Range, body: tuple[Range, ...], block: Block | None, year: int | None
) -> Duty:
    dates: list[str] = []
    commitments: list[Commitment] = []
    for first, last in (title, *body):
        dates += [deadline.text for deadline in deadlines_in(page.text, first, last, year)]
    if block and block.when:
        dates += [deadline.text for deadline in deadlines_in(page.text, *block.when, year, due=True)]
    for first, last in body:
        commitments += commitments_in(page, first, last, year)
    spans: Spans = {"title": page.span(*title)}
    if body:
        spans["text"] = page.span(body[0][0], body[-1][1])
    if block:
        spans["units"] = page.span(block.first, block.last)
        at = block.first
        for name in block.units:
            place = _place_of(page.text, name, block, at)
            if place:
                spans[f"units/{name}"] = page.span(*place)
    task = Task(
        id="",
        outline=path,
        title=page.words(*title),
        text="\n".join(page.words(first, last) for first, last in body),
        units=block.units if block else (),
        lead=block.lead if block else (),
        responsible=block.responsible if block else (),
        coop=block.coop if block else (),
        open_list=block.open_list if block else False,
        deadlines=tuple(dict.fromkeys(dates)),
        commitments=tuple(commitments),
        defines_implicit=block.implied_text if block else "",
        units_raw=block.raw if block else "",
        measure="".join(page.words(first, last) for first, last in body) if "#" in path else "",
        spans=spans,
    )
    return Duty(task, node, body, block)


def _place_of(text: str, name: str, block: Block, at: int) -> Range | None:
    for form in (name, name[1:], name[-2:] if name.endswith("政府") else ""):
        if form and (place := text.find(form, at, block.last)) >= 0:
            return place, place + len(form)
    return None


def _unowned(page: Page, node: Node, year: int | None) -> Duty | None:
    if is_preamble(page, node):
        return None
    duty = _duty(page, node, node.path, node.title, tuple(node.own), None, year)
    return duty if duty.task.commitments or duty.task.deadlines else None


def commitments_in(page: Page, first: int, last: int, year: int | None) -> list[Commitment]:
    """Figures promised in [first, last)."""
    found: list[Commitment] = []
    for pledge in pledges_in(page.text, first, last, False, year):
        name = pledge.indicator.strip("，、：；。的 ")
        if not pledge.own_indicator and found:
            name = found[-1].indicator
        card = page.cards.match(pledge.scope + name) or page.cards.match(name)
        op = "<=" if pledge.bare and card and card.better == "lower" and not pledge.falls else pledge.op
        unit = pledge.unit
        if pledge.frequency and unit and "年均" not in page.text[pledge.first : pledge.last]:
            unit = unit if unit.endswith("/年") else f"{unit}/年"
        found.append(
            Commitment(
                indicator=name,
                op=op,
                value=pledge.value,
                unit=unit,
                text=page.words(pledge.first, pledge.last),
                scope=pledge.scope,
                indicator_id=card.id if card else None,
                deadline=pledge.deadline,
                baseline=pledge.baseline,
                frequency=pledge.frequency,
                stretch=pledge.soft,
                qualitative=pledge.qualitative,
                aspired=pledge.stretch,
                op_alt=("==",) if pledge.bare else (">=",) if pledge.op in (">", "range") else (),
                span=page.span(pledge.first, pledge.last),
            )
        )
    return found


def _finished(page: Page, duties: list[Duty], book: Directory) -> list[Duty]:
    """Ids, implied bodies (on later tasks only), and the first body as lead where the notice says so."""
    leads = same_below(page.text)
    implied: list[tuple[int, tuple[str, ...]]] = [
        (duty.block.last, duty.block.implied) for duty in duties if duty.block and duty.block.implied
    ]
    if not implied:
        implied = _implied_in_prose(page, book)
    finished = []
    for order, duty in enumerate(duties, 1):
        start = duty.block.first if duty.block else 0
        bodies = tuple(dict.fromkeys(name for place, names in implied if place <= start for name in names))
        task = replace(duty.task, id=f"K{order:02}", implicit_units=bodies)
        if leads and not task.lead and task.units:
            task = replace(task, lead=task.units[:1])
        finished.append(Duty(task, duty.node, duty.body, duty.block))
    return finished


def _implied_in_prose(page: Page, book: Directory) -> list[tuple[int, tuple[str, ...]]]:
    found = []
    for first, last in page.paragraphs:
        if "以下" in page.text[first:last] and (read := implied_in(page.text[first:last], book)):
            found.append((first + read[3], read[0]))
    return found


def containers_in(page: Page, outline: Outline, duties: list[Duty], goals: list[Node]) -> list[Container]:
    """Headings and unnumbered deliverables that no unit block covers, outside the targets."""
    covered = {id(duty.node) for duty in duties}
    under_goals = {id(node) for root in goals for node in root.walk()}
    found = []
    for node in outline.nodes():
        if id(node) in covered or id(node) in under_goals:
            continue
        text = "\n".join(page.words(*r) for r in node.own)
        if is_preamble(page, node):
            continue
        below = any(id(n) in covered for n in node.walk())
        if node.own and (below or not node.children) and re.search(r"[^\s]", text):
            span = page.span(node.title[0], node.own[-1][1])
            found.append(Container(node.path, page.words(*node.title), text, span))
    return found
