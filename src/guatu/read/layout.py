"""Layout noise mended: words cut by page breaks, mixed brackets, OCR bullets; each character keeps its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from guatu.read import labels, tables
from guatu.rules.cards import Cards, built_in

_SAME = str.maketrans(
    "(),;:?!．﹒％﹪〜～∶µ₀₁₂₃₄₅₆₇₈₉²³【】［］[]「」『』／－≧≦﹤﹥＂",
    "（），；：？！..%%~~：μ0123456789" + "23〔〕〔〕〔〕“”“”/-≥≤<>" + '"',
)
_BREAKS = "\n\f\v\x85\u2028\u2029"
_NOTHING = "\ufeff\u200b\u200c\u200d\u2060\u00ad$"
_UNENDING = "在的和与及、，“为至到了或将把对从以等"  # a heading never ends in these
_TERMINAL = "。！？；：…）〕"
_GENRE = re.compile(
    r"(?:意见|方案|计划|规划|措施|办法|要点|细则|通知|政策|决定|规定|纲要|条例|清单|体系)(?:（[^（）]*）)?$"
)
_PAGE_NUMBER = re.compile(r"[-—－–·]+\d{1,4}[-—－–·]+$|第\d{1,4}页(?:[，/]?共\d{1,4}页)?$|\d{1,3}/\d{1,3}$")
_MARKDOWN = re.compile(
    r"(?:#{1,6}|>(?!\d)|\*{2}|[-*•·●](?=\s*\*{0,2}[（(]?\s*[\d一二三四五六七八九十]{1,3}\s*[.、）)．﹒])|\s(?=\S))+"
)
_KEYED = re.compile(
    r"(?:牵头|责任|主责|主办|负责|配合|协办|协助|参与|参加|落实|考核)+(?:单位|部门|主体|领导|人)：|完成(?:时限|时间)：|时限(?:要求)?："
)
_OWN_ROLE = re.compile(r"各[^，。；：]{1,40}负责落实$")
_LONGEST_SENTENCE = 200  # [character] on average, in a text that ends its sentences with 。
_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")
_NUMBER_CUT = re.compile(r"\d\.?$")
_NUMBER_GOES_ON = re.compile(r"\d+(?:\.\d+)?(?:%|[万亿个家年月])|[万亿%年]|个百分点|微克|立方米|公里")
# Lines that a web site or a collection of laws puts around a paper; they belong to no sentence.
COLLECTED = re.compile(
    r"〔法宝引证码〕|原文链接|https?：|(?:来源|信息来源|发布时间|添加时间|发布日期|浏览次数|发文字号|索引号|发布机构|主题分类|名称|公开类型|公开属性|发文日期)：?"
    r"(?!为|于|是|的)|文号：?[|｜]?(?=[\u4e00-\u9fff]{1,14}〔)|当前(?:的)?位置"
)
_DATE_LINE = re.compile(r"[12]\d{3}年\d{1,2}月\d{1,2}日$|二[〇○０零]")

Line = tuple[str, list[int]]


@dataclass(frozen=True)
class Page:
    """The mended text: paragraphs joined by line feeds, and the place of every character in the source.

    cards: the indicator cards its words are looked up in.
    """

    source: str
    text: str
    at: Sequence[int]
    cards: Cards = field(default_factory=built_in)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where [first, last) of the mended text stands in the source."""
        if first >= last:
            place = self.at[min(first, len(self.at) - 1)] if self.at else 0
            return place, place
        return self.at[first], self.at[last - 1] + 1

    def words(self, first: int, last: int) -> str:
        """The source's own characters of [first, last), without the layout's white space and marks (_{}, $, **)."""
        begin, end = self.span(first, last)
        plain = re.sub(r"\s*[_^]\s*\{([^{}]*)\}|[$]|\*\*", r"\1", self.source[begin:end])
        return re.sub(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])", "", plain)

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """[first, last) of each paragraph of the mended text."""
        found, start = [], 0
        for part in self.text.split("\n"):
            found.append((start, start + len(part)))
            start += len(part) + 1
        return found


def mend(source: str, cards: Cards | None = None) -> Page:
    """Mend the layout of a text; nothing of its words is changed or lost. cards: see Page."""
    lines = _lines(source)
    text: list[str] = []
    at: list[int] = []
    for words, places in _joined(lines):
        if text:
            text.append("\n")
            at.append(places[0])
        text.append(words)
        at.extend(places)
    return Page(source, "".join(text), at, cards or built_in())


def _lines(source: str) -> list[Line]:
    """The lines that hold something, white space of the layout removed, look-alike characters made one."""
    found: list[Line] = []
    start = 0
    for piece in re.split(f"(\r\n?|[{_BREAKS}])", source):
        if piece and piece[0] not in "\r" + _BREAKS:
            for cell, offset in _cells(piece):
                line = _one_line(cell, start + offset)
                if line[0] and not _PAGE_NUMBER.match(line[0]):
                    found.append(line)
        start += len(piece)
    return _quoted(found)


def _cells(piece: str) -> Iterator[tuple[str, int]]:
    """The cells of a row that tabs part, each a line; any other line whole."""
    if len(piece.strip("\t ").split("\t")) < 3:
        yield piece, 0
        return
    place = 0
    for cell in piece.split("\t"):
        yield cell, place
        place += len(cell) + 1


def _quoted(lines: list[Line]) -> list[Line]:
    """Straight quotation marks as opening and closing ones, in turn; a numbered line begins with an opening one."""
    found: list[Line] = []
    inside = False
    for words, places in lines:
        if '"' in words:
            inside = inside and labels.of(words) is None
            parts = words.split('"')
            words = parts[0]
            for part in parts[1:]:
                words += ("”" if inside else "“") + part
                inside = not inside
        found.append((words, places))
    return found


def _one_line(piece: str, start: int) -> Line:
    mark = _MARKDOWN.match(stripped := piece.lstrip())
    skip = len(piece) - len(stripped) + (mark.end() if mark else 0)
    words: list[str] = []
    places: list[int] = []
    braces = False
    for index in range(skip, len(piece)):
        char = piece[index]
        if char in _NOTHING or (char == "*" and "**" in piece[max(0, index - 1) : index + 2]):
            continue
        if char in "_^" and piece[index + 1 : index + 20].lstrip().startswith("{"):
            braces = True
            continue
        if braces and char in "{}":
            braces = char == "{"
            continue
        if char.isspace():
            before = piece[index - 1] if index else " "
            after = piece[index + 1 : index + 2]
            if not (before.isascii() and before.isalpha() and after.isascii() and after.isalpha()):
                continue
            char = " "
        elif char < " ":
            continue
        elif "！" <= char <= "～":
            char = (
                chr(ord(char) - 0xFEE0) if char.translate(_SAME) == char and chr(ord(char) - 0xFEE0).isalnum() else char
            )
        words.append(_unified(char, piece, index))
        places.append(start + index)
    return "".join(words), places


def _unified(char: str, piece: str, index: int) -> str:
    if char == "," and _THOUSANDS.match(piece, index - 1 if index else 0):
        return char
    if char == ":" and piece[index - 1 : index].isascii() and piece[index + 1 : index + 2].isascii():
        return char
    return char.translate(_SAME)


def _joined(lines: list[Line]) -> list[Line]:
    """Lines put together again where a page or a fixed width cut a sentence; table cells stay as they are."""
    bodies = [words for words, _ in lines]
    cells = tables.cell_lines(bodies)
    prose = sum(len(words) for words in bodies if len(words) >= 30)
    stopped = sum(words.count("。") for words in bodies) >= max(2, prose / _LONGEST_SENTENCE)
    run_in = _run_in_schemes(bodies)
    width = _width(bodies)
    found: list[Line] = []
    for index, (words, places) in enumerate(lines):
        if (
            found
            and index not in cells
            and index - 1 not in cells
            and (
                _cut(bodies[index - 1], words, width)
                or (_unclosed(found[-1][0]) > 0 and _closed_below(found[-1][0], bodies, index))
                or _continues(found[-1][0], words, stopped, run_in)
            )
        ):
            parted = _KEYED.match(found[-1][0]) and _OWN_ROLE.match(words)  # a group after the keys, on its own line
            found[-1] = (found[-1][0] + "；" * bool(parted) + words, found[-1][1] + places[: bool(parted)] + places)
        else:
            found.append((words, places))
    return found


def _width(bodies: list[str]) -> int:
    """The width [character] at which a printer or a mail program cut the lines; 0 where paragraphs are whole."""
    long_lines = [len(words) for words in bodies if len(words) >= 20]
    if len(long_lines) < 8:
        return 0
    usual = max(set(long_lines), key=lambda length: (long_lines.count(length), length))
    full = sum(abs(length - usual) <= 2 for length in long_lines)
    longer = sum(length > usual + 3 for length in long_lines)
    return usual if full >= 8 and full * 3 >= len(long_lines) and longer * 20 <= len(long_lines) else 0


def _cut(line: str, after: str, width: int) -> bool:
    """Whether a line of the full width goes on in the next, or the next begins with a mark that begins nothing."""
    if after[0] in "，。；、：）〕》”" or (
        len(line) >= 20 and _NUMBER_CUT.search(line) and _NUMBER_GOES_ON.match(after)
    ):
        return True
    return 0 < width <= len(line) + 2 and line[-1] not in "。！？；" and not starts_anew(after)


def _closed_below(line: str, bodies: list[str], index: int) -> bool:
    """Whether the bracket that is open closes in one of the next lines, before another paragraph begins."""
    place = max(line.rfind("（"), line.rfind("《"), line.rfind("〔"))
    if place < 0 or len(line) - place > 400:
        return False
    depth = _unclosed(line[place:])
    for words in bodies[index : index + 6]:
        if labels.of(words) is not None:
            return False
        depth += _unclosed(words)
        if depth <= 0:
            return True
    return False


def _continues(line: str, after: str, stopped: bool, run_in: set[str]) -> bool:
    label = labels.of(line)
    if _KEYED.match(line) and (_KEYED.match(after) or _OWN_ROLE.match(after)):
        return True
    if after[0] in "（〔" and _KEYED.match(after[1:]) and line[-1] not in "）〕":
        return True
    if not stopped or line[-1] in _TERMINAL or starts_anew(after):
        return False
    if (
        COLLECTED.match(line)
        or labels.is_box(line)
        or _DATE_LINE.match(line)
        or (_GENRE.search(line) and "。" not in line and not label)
    ):
        return False
    if label is not None:
        cut = len(line) >= 18 or line[-1] in _UNENDING
        return (label.scheme in run_in and cut) or "。" in line or "，" in line
    return len(line) >= 25 or "，" in line or "。" in line


def _unclosed(line: str) -> int:
    near = line[-400:]  # an opening farther back was forgotten, not left open
    return sum(near.count(mark) for mark in "（《〔") - sum(near.count(mark) for mark in "）》〕")


def starts_anew(line: str) -> bool:
    """Whether a line opens a new paragraph by itself: a label, a bullet, a box, a unit block, a date, an annex."""
    return (
        labels.of(line) is not None
        or labels.is_box(line)
        or bool(_DATE_LINE.match(line))
        or line.startswith(
            ("——", "--", "附件", "（责任", "（牵头", "（主责", "责任单位", "牵头单位", "配合单位", "〔", "（配合")
        )
    )


def _run_in_schemes(bodies: list[str]) -> set[str]:
    """Numbering schemes whose headings mostly end inside the line (标题。正文), so that a bare line was cut."""
    counts: dict[str, list[int]] = {}
    for words in bodies:
        if label := labels.of(words):
            entry = counts.setdefault(label.scheme, [0, 0])
            entry[0] += 1
            entry[1] += "。" in words or words[-1] in "；，、"
    return {scheme for scheme, (all_, inside) in counts.items() if inside * 2 >= all_}
