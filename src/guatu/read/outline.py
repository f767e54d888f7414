"""The outline of a notice: parts, numbered headings, boxes, and the paragraphs that belong to each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from guatu.read import labels
from guatu.read.layout import Page

Range = tuple[int, int]

_GENRES = (
    "政策|行动计划|工作计划|计划|实施方案|工作方案|方案|实施意见|指导意见|意见|若干措施|措施"
    "|工作要点|要点|规划|纲要|办法|细则|清单"
)
_PART_TITLE = re.compile(rf"(?:{_GENRES}|条例|规定)(?:（[^（）]{{0,20}}）)?$")
_ANNEX = re.compile(r"附[件表录](?:\d+|[一二三四五六七八九十]+)?[：:]?")
_CLOSING = "。；，、：,.;:"


@dataclass(slots=True)
class Node:
    """A numbered heading with its title, its own paragraphs and its children.

    start: where the label stands; head: range of the whole labelled paragraph; title: range of the title;
    own: ranges of its own text, the rest of the labelled paragraph first. Ranges are of the mended text.
    """

    label: str
    scheme: str
    number: int
    start: int
    head: Range
    title: Range
    own: list[Range] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    part: Part | None = None

    @property
    def path(self) -> str:
        """Labels from the top joined by ``/``, with the part's name before them where there are several parts."""
        above = self.parent.path if self.parent else (self.part.name if self.part else "")
        return f"{above}/{self.label}" if above else self.label

    def walk(self) -> Iterator[Node]:
        """This node and all below, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def above(self) -> Iterator[Node]:
        """The node, its parent, and so on up."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent


@dataclass(slots=True)
class Part:
    """The notice's one body, or one of its attachments; preface: paragraphs before its first number."""

    name: str
    title: Range
    nodes: list[Node] = field(default_factory=list)
    preface: list[Range] = field(default_factory=list)
    annex: bool = False


@dataclass(slots=True)
class Outline:
    """Head paragraphs before the first number, then parts; boxes (专栏) are kept apart with the node above them."""

    head: list[Range]
    parts: list[Part]
    boxes: list[tuple[Node | None, list[Range]]]

    def nodes(self) -> Iterator[Node]:
        """Every numbered heading, in the order of the text."""
        for part in self.parts:
            for node in part.nodes:
                yield from node.walk()


def outline_of(page: Page, until: int | None = None) -> Outline:
    """Read the outline of a page, up to a place of the mended text (where a table begins)."""
    builder = _Builder(page)
    for paragraph in page.paragraphs:
        if until is not None and paragraph[0] >= until:
            break
        if paragraph[1] > paragraph[0]:
            builder.take(paragraph)
    return builder.finish()


class _Builder:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.head: list[Range] = []
        self.parts: list[Part] = []
        self.boxes: list[tuple[Node | None, list[Range]]] = []
        self.stack: list[Node] = []
        self.part: Part | None = None
        self.in_box = False
        self.bare = _bare_numbers(page)
        self.restarts = _restarts(page)

    def take(self, paragraph: Range) -> None:
        first, last = paragraph
        line = self.page.text[first:last]
        label = labels.of(line) or self.bare.get(first)
        if _ANNEX.fullmatch(line) or (line.startswith("附件") and len(line) <= 40 and self.part is not None):
            self._open_part((first, last), annex=True)
        elif labels.is_box(line):
            self.in_box = True
            self.boxes.append((self.stack[-1] if self.stack else None, [paragraph]))
        elif label is not None:
            self._number(label, paragraph)
        elif self.in_box and self.boxes:
            self.boxes[-1][1].append(paragraph)
        elif self._opens_part(first, line):
            self._open_part(paragraph, annex=False)
        elif self.stack:
            self.stack[-1].own.append(paragraph)
        elif self.part is not None:
            self.part.preface.append(paragraph)
        else:
            self.head.append(paragraph)

    def _opens_part(self, first: int, line: str) -> bool:
        """An attachment's title amid the text: a short line of the right kind, and the numbers begin again after it."""
        short = len(line) <= 60 and "。" not in line and "，" not in line
        return short and bool(self.stack) and first in self.restarts and bool(_PART_TITLE.search(line))

    def _open_part(self, title: Range, annex: bool) -> None:
        self.in_box = False
        self.stack = []
        self.part = Part("", title, annex=annex)
        self.parts.append(self.part)

    def _number(self, label: labels.Label, paragraph: Range) -> None:
        self.in_box = False
        if self.part is None:
            self.part = Part("", (paragraph[0], paragraph[0]))
            self.parts.append(self.part)
        node = _node_of(self.page.text, label, paragraph)
        while self.stack and any(n.scheme == label.scheme for n in self.stack):
            self.stack.pop()
        if label.scheme in ("一", "第一章", "第一部分") and label.scheme != "第一章":
            while self.stack and self.stack[-1].scheme not in ("第一部分", "第一章"):
                self.stack.pop()
        node.part = self.part
        if self.stack:
            node.parent = self.stack[-1]
            self.stack[-1].children.append(node)
        else:
            self.part.nodes.append(node)
        self.stack.append(node)

    def finish(self) -> Outline:
        bodies = [part for part in self.parts if part.nodes]
        if len(bodies) > 1:
            self._name(bodies)
        return Outline(self.head, self.parts, self.boxes)

    def _name(self, parts: list[Part]) -> None:
        """Name the parts by the kind of paper in their titles (政策, 计划), by number where that does not tell."""
        if parts[0].title[0] == parts[0].title[1] and self.head:
            titles = [r for r in self.head if _PART_TITLE.search(self.page.text[r[0] : r[1]])]
            parts[0].title = titles[-1] if titles else parts[0].title
        names = []
        for part in parts:
            match = _PART_TITLE.search(self.page.text[part.title[0] : part.title[1]])
            names.append(match[0].split("（")[0][-2:] if match else "")
        distinct = len(set(names)) == len(names) and all(names)
        for order, (part, name) in enumerate(zip(parts, names, strict=True), 1):
            part.name = name if distinct else f"附件{order}"


def _node_of(text: str, label: labels.Label, paragraph: Range) -> Node:
    first, last = paragraph
    begin = first + label.length
    end = _title_end(text, begin, last)
    title_last = end
    while title_last > begin and text[title_last - 1] in _CLOSING:
        title_last -= 1
    node = Node(label.text, label.scheme, label.number, first, paragraph, (begin, title_last))
    if end < last:
        node.own.append((end, last))
    return node


def _title_end(text: str, first: int, last: int) -> int:
    """Where the title ends: after its full stop, before a bracket of bodies, else at the line end."""
    depth = 0
    for place in range(first, last):
        char = text[place]
        if char in "《“（〔":
            if depth == 0 and char in "（〔" and _BLOCK_OPENING.match(text, place + 1, last):
                return place
            depth += 1
        elif char in "》”）〕":
            depth = max(0, depth - 1)
        elif depth == 0 and (char == "。" or (char == "：" and 2 <= place - first <= 14 and last - place > 15)):
            return place + 1
    return last


_BLOCK_OPENING = re.compile(
    r"(?:责任|牵头|主责|配合|参与|负责)[^（）：]{0,6}：|[^（）]{2,200}(?:负责|配合|牵头|落实)[）〕]"
)


def _restarts(page: Page) -> set[int]:
    """Starts of unnumbered paragraphs whose next numbered paragraph of the top scheme is a first one."""
    found: set[int] = set()
    first_again = False
    top = next((label.scheme for a, b in page.paragraphs if (label := labels.of(page.text[a:b]))), "")
    for first, last in reversed(page.paragraphs):
        label = labels.of(page.text[first:last])
        if label is None:
            if first_again:
                found.add(first)
        elif label.scheme == top:
            first_again = label.number == 1
    return found


def _bare_numbers(page: Page) -> dict[int, labels.Label]:
    """Paragraphs numbered without a separator (1市…, 2县…): only where at least two follow one another in order."""
    found: dict[int, labels.Label] = {}
    run: list[tuple[int, labels.Label]] = []
    for first, last in page.paragraphs:
        match = re.match(r"(\d{1,2})(?=[\u4e00-\u9fff])(?![年月日个家项亿万条名户座处次])", page.text[first:last])
        if match is None:
            continue
        number = int(match[1])
        if run and number != run[-1][1].number + 1:
            run = []
        if run or number == 1:
            run.append((first, labels.Label("1", match[1], number, match.end())))
        if len(run) >= 2:
            found.update(run)
    return found
