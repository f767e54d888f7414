"""Printed lines put together again: page furniture taken off, lines cut by a margin or a page joined to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from guatu.read.forms import grid
from guatu.read.forms.extract import Extract, Place
from guatu.read.forms.opening import label_of
from guatu.read.forms.ruled import Cell, Printed, grid_of

_PAGE_NUMBER = re.compile(
    r"[-—–－_一·•.\s]*\d{1,4}[-—–－_一·•.\s]*$|第\s*[\d一二三四五六七八九十百]+\s*页(?:[，,/\s]*共\s*[\d一二三四五六七八九十百]+\s*页)?$"
    r"|\d{1,4}\s*/\s*\d{1,4}$|Page\s*\d+(?:\s*of\s*\d+)?$",
    re.IGNORECASE,
)
_ENDING = "。！？；：…"
_TITLE_END = re.compile(r"[。！？；：…]$|文件$|[〔［\[（(]?\d{4}[〕］\])）]?\s*第?\d+\s*号$")
_UNBREAKABLE = re.compile(r"[!-~]+(?:[、，。）”][!-~]+)*[、，。；）”]?")
NARROWEST = 0.4  # of the page's height: a block of type of which no line is full is taken to be as wide at least
EDGE = 0.11  # of the page's height: where running heads, footers and page numbers stand


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its words, its box [page heights, from the top left], its page, the cell of a table it is in."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    page: int
    score: float | None = None
    cell: Cell | None = None

    @property
    def size(self) -> float:
        """The height of the box, about one character."""
        return max(self.bottom - self.top, 1e-6)


@dataclass(frozen=True, slots=True)
class Frame:
    """The block of type: its left and right edge, the width of a character and the distance of lines."""

    left: float
    right: float
    em: float
    pitch: float


def text_of(lines: Sequence[Line]) -> Extract:
    """The text of lines in reading order: a paragraph a line, with the place of every printed line in it."""
    kept = without_furniture(lines)
    frames = frames_of(kept)
    text: list[str] = []
    places: list[Place] = []
    length = 0
    for paragraph in paragraphs_of(kept, frames):
        if paragraph[0].cell is not None:
            for words in _table(paragraph):
                places.append(Place(length, length + len(words), paragraph[0].page))
                text.append(words + "\n")
                length += len(words) + 1
            continue
        for line in paragraph:
            words = _spaced(text[-1] if text else "", line.text)
            places.append(Place(length, length + len(words), line.page, line.score))
            text.append(words)
            length += len(words)
        text.append("\n")
        length += 1
    return Extract("".join(text), tuple(places))


def _table(lines: Sequence[Line]) -> Iterator[str]:
    cells = [Printed(line.text, line.left, line.right, line.cell, line.page) for line in lines if line.cell]
    yield from grid.lines_of(grid_of(cells))


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines without page numbers and without heads and feet that stand in the same place of several pages."""
    pages = {line.page for line in lines}
    edge = [line for line in lines if line.bottom < EDGE or line.top > 1 - EDGE]
    repeated: Counter[tuple[str, bool]] = Counter()
    for key, _ in {(_furniture(line), line.page) for line in edge}:
        repeated[key] += 1
    least = 2 if len(pages) < 6 else len(pages) // 3
    running = {key for key, count in repeated.items() if count >= least and key[0]}
    gone = {id(line) for line in edge if _PAGE_NUMBER.match(line.text.strip()) or _furniture(line) in running}
    return [line for line in lines if id(line) not in gone]


def _furniture(line: Line) -> tuple[str, bool]:
    return re.sub(r"[\d\s]+", "", line.text), line.top > 1 / 2


def frames_of(lines: Sequence[Line]) -> dict[int, Frame]:
    """The block of type of each page; a page of few full lines takes that of all pages."""
    prose = [line for line in lines if line.cell is None]
    whole = _frame(prose)
    frames: dict[int, Frame] = {}
    for page in {line.page for line in lines}:
        own = [line for line in prose if line.page == page]
        frames[page] = _frame(own) if sum(_is_wide(line, whole.em) for line in own) >= 3 else whole
    return frames


def _is_wide(line: Line, em: float) -> bool:
    return line.right - line.left > em * 12


def _frame(lines: Sequence[Line]) -> Frame:
    """The block of type of lines, from the edges most of the wide ones share."""
    if not lines:
        return Frame(0, NARROWEST, 1 / 40, 1 / 25)
    em = median([_em(line) for line in lines if _width(line.text) >= 5] or [line.size for line in lines])
    steps = [b.top - a.top for a, b in pairwise(lines) if a.page == b.page and b.top > a.bottom - em / 2]
    pitch = median(steps) if steps else em * 2
    wide = [line for line in lines if _is_wide(line, em)]
    left = min(line.left for line in wide or lines)
    if not wide:
        return Frame(left, max(left + NARROWEST, *(line.right for line in lines)), em, pitch)
    rights = sorted(line.right for line in wide)
    return Frame(left, rights[int(len(rights) * 0.9)], em, pitch)


def _width(text: str) -> float:
    """The width of words in characters: a Latin letter or digit takes half."""
    return sum(0.5 if char.isascii() else 1 for char in text)


def paragraphs_of(lines: Sequence[Line], frames: dict[int, Frame]) -> Iterator[list[Line]]:
    """Lines grouped into paragraphs."""
    indented = _indents_first_lines(lines, frames)
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and not _goes_on(paragraph, line, frames, indented):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _indents_first_lines(lines: Sequence[Line], frames: dict[int, Frame]) -> bool:
    """Whether the document sets paragraphs off by an indent: full lines stand at the edge, others two characters in."""
    at_edge = sum(_indent(line, frames) < 1 for line in lines)
    inside = sum(1 <= _indent(line, frames) < 4 for line in lines)
    return at_edge > 0 and inside * 8 > at_edge


def _indent(line: Line, frames: dict[int, Frame]) -> float:
    frame = frames[line.page]
    return (line.left - frame.left) / frame.em


def _goes_on(paragraph: list[Line], line: Line, frames: dict[int, Frame], indented: bool) -> bool:
    """Whether a line continues the paragraph, or the table, before it."""
    before = paragraph[-1]
    if before.cell or line.cell:
        return bool(before.cell and line.cell)
    frame = frames[before.page]
    if before.page == line.page:
        if line.top - before.bottom > max(frame.pitch * 1.2, before.size * 1.5):
            return False
        if line.top < before.bottom - before.size / 2:
            return False  # beside it: the next cell or column
    if _is_title(before, frame) and _is_title(line, frame) and before.page == line.page:
        same_size = min(abs(_em(before) / _em(line) - 1), abs(before.size / line.size - 1)) < 1 / 8
        return same_size and _TITLE_END.search(before.text) is None and label_of(line.text) is None
    if indented and _indent(line, frames) < 1 and not _is_title(before, frame) and _breaks_off(before, frame):
        return True
    whole = _UNBREAKABLE.match(line.text)
    if before.right < frame.right - frame.em * (2.2 + (_width(whole[0]) if whole else 0)):
        return False  # the line's first word would have fitted behind it
    here, start = _indent(line, frames), _indent(paragraph[0], frames)
    if indented:
        return (
            here < 1
            or (len(paragraph) > 1 and abs(here - _indent(before, frames)) < 1 / 2)
            or (here > 1 and _hangs(paragraph, here, start))
        )
    if here < start - 1:
        return True
    return not (before.text[-1] in _ENDING or label_of(line.text) is not None or here > start + 1)


def _breaks_off(line: Line, frame: Frame) -> bool:
    """Whether a line of some length stops in the middle of a sentence."""
    return line.text[-1] not in _ENDING and line.right - line.left > (frame.right - frame.left) * 0.7


def _hangs(paragraph: list[Line], here: float, start: float) -> bool:
    """Whether a second line stands further in than the first because a number hangs out."""
    return len(paragraph) == 1 and here > start + 1 / 2 and label_of(paragraph[0].text) is not None


def _is_title(line: Line, frame: Frame) -> bool:
    """Whether a line is set in the middle, or larger than the body."""
    left, right = line.left - frame.left, frame.right - line.right
    centred = left > frame.em * 1.5 and right > frame.em * 1.5 and abs(left - right) < frame.em * 3
    return centred or (_em(line) > frame.em * 1.15 and _width(line.text) >= 4)


def _em(line: Line) -> float:
    """The width of a line's characters."""
    return max(line.right - line.left, 1e-6) / max(1, _width(line.text))


def _spaced(before: str, words: str) -> str:
    """The words of the next line, with the space between two English words that the line's end stood for."""
    end, start = re.search(r"[A-Za-z]*[a-z]{2}$", before), re.match(r"[A-Za-z]*[a-z]{2}", words)
    return f" {words}" if end and start else words


def in_rows(lines: Sequence[Line]) -> list[Line]:
    """Lines top to bottom, pieces of one row left to right and made one where nothing but a space parts them."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.page, line.top + line.bottom)):
        last = rows[-1][0] if rows else None
        middle = (line.top + line.bottom) / 2
        if (
            last is not None
            and last.page == line.page
            and last.top + last.size / 4 < middle < last.bottom - last.size / 4
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    found: list[Line] = []
    for row in rows:
        row.sort(key=lambda line: line.left)
        made = [row[0]]
        for line in row[1:]:
            if line.left - made[-1].right < line.size * 1.5:
                scores = [score for score in (made[-1].score, line.score) if score is not None]
                made[-1] = replace(
                    made[-1],
                    text=made[-1].text + line.text,
                    right=max(made[-1].right, line.right),
                    top=min(made[-1].top, line.top),
                    bottom=max(made[-1].bottom, line.bottom),
                    score=min(scores) if scores else None,
                )
            else:
                made.append(line)
        found.extend(made)
    return found
