"""Web pages: the words of the article, tables row by row, headings as lines; scripts, styles and navigation dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guatu.read.forms import faults
from guatu.read.forms.extract import Extract
from guatu.read.forms.grid import Grid, lines_of
from guatu.read.forms.markup import Tag, tree_of

_KIND = "网页"
_DROPPED = {"script", "style", "nav", "footer", "aside", "noscript", "template", "svg", "form", "button", "select",
            "iframe", "object", "head", "canvas", "audio", "video", "map", "textarea", "rt", "rp", "del"}  # fmt: skip
_INLINE = {"a", "abbr", "b", "bdi", "big", "cite", "code", "em", "font", "i", "ins", "kbd", "label", "mark", "q",
           "ruby", "rb", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img",
           "o:p", "st1:chsdate"}  # fmt: skip
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|footer|foot|breadcrumb|crumbs?|share|sidebar|copyright|toolbar|pagination|qrcode"
    r"|related|prevnext|position)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_MOST_SPAN = 60  # columns or rows one cell may cover


def read(data: bytes, name: str) -> Extract:
    """The text of a page; raises ReadError G-READ-24 where nothing is left, G-READ-05 where it cannot be decoded."""
    lines = [line for line in lines_below(tree_of(decoded(data, name))) if line]
    if not lines:
        raise faults.without_text(name, _KIND)
    return Extract("\n".join(lines) + "\n")


def decoded(data: bytes, name: str) -> str:
    """The characters of a page, by its byte mark, its meta charset, UTF-8 or GB 18030, whichever fits first."""
    from guatu.read.decoding import decode, looks_like_text

    match = _CHARSET.search(data[:4096])
    told = match[1].decode("ascii", "replace").lower() if match else ""
    told = "gb18030" if told in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else told
    if told and data[:3] != b"\xef\xbb\xbf" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        try:
            text = data.decode(told)
        except (UnicodeError, LookupError):
            text = "\ufffd" * 200
        if looks_like_text(text):
            return text
    return decode(data, name)


def lines_below(element: Tag) -> Iterator[str]:
    """The lines of an element's words, in order."""
    held: list[str] = []
    for words in _pieces(element, element.name == "pre"):
        if words is None:
            yield "".join(held).strip()
            held = []
        elif isinstance(words, Tag):
            yield "".join(held).strip()
            held = []
            yield from lines_of(_grid(words))
        else:
            held.append(words)
    yield "".join(held).strip()


def _pieces(element: Tag, kept: bool) -> Iterator[str | Tag | None]:
    """Words, tables, and None where a line ends; kept: white space as it stands (pre)."""
    count = int(element.given["start"]) if element.given.get("start", "").isdecimal() else 1
    numbered = element.name == "ol" and element.given.get("type", "1") == "1"
    for inner in element.inside:
        if isinstance(inner, str):
            if kept:
                for order, line in enumerate(inner.split("\n")):
                    if order:
                        yield None
                    yield line
            else:
                yield re.sub(r"\s+", " ", inner)
        elif inner.name == "br":
            yield None
        elif inner.name == "table" and not _is_dropped(inner):
            yield inner
        elif not _is_dropped(inner):
            ends = inner.name not in _INLINE
            if ends:
                yield None
            if inner.name == "li" and numbered:
                yield f"{count}. "
                count += 1
            yield from _pieces(inner, kept or inner.name == "pre")
            if ends:
                yield None


def _is_dropped(element: Tag) -> bool:
    given = element.given
    if element.name in _DROPPED or "hidden" in given or _HIDDEN.search(given.get("style", "")):
        return True
    if element.name not in ("div", "ul", "section", "p", "header", "table"):
        return False
    return _ASIDE.search(f"{given.get('id', '')} {given.get('class', '')}") is not None


def _grid(table: Tag) -> Grid:
    """The cells of a table in their columns; a cell over several rows or columns stands in its first."""
    grid: Grid = []
    covered: dict[int, int] = {}  # column -> rows still covered from above
    for row in _within(table, "tr"):
        cells: list[str] = []
        for cell in _within(row, "td", "th"):
            _skip_covered(cells, covered)
            high = _count(cell, "rowspan")
            words = "\n".join(line for line in lines_below(cell) if line)
            for column in range(_count(cell, "colspan")):
                covered[len(cells)] = high - 1
                cells.append("" if column else words)
        _skip_covered(cells, covered)
        grid.append(cells)
    return grid


def _skip_covered(cells: list[str], covered: dict[int, int]) -> None:
    while covered.get(len(cells), 0) > 0:
        covered[len(cells)] -= 1
        cells.append("")


def _within(element: Tag, *names: str) -> Iterator[Tag]:
    """The rows of a table or cells of a row, through thead, tbody and the like, never into a table inside."""
    for inner in element.inside:
        if isinstance(inner, Tag):
            if inner.name in names:
                yield inner
            elif inner.name not in ("table", "td", "th"):
                yield from _within(inner, *names)


def _count(cell: Tag, key: str) -> int:
    told = cell.given.get(key, "1")
    return max(1, min(int(told), _MOST_SPAN)) if told.isascii() and told.isdigit() else 1
