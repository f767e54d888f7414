"""HTML as found in the wild, as a tree: end tags left out are supplied, stray ones ignored."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
MOST_DEPTH = 200  # elements within elements; deeper ones hang on the last
_CLOSES = {"p": {"p"}, "li": {"li"}, "tr": {"tr", "td", "th"}, "td": {"td", "th"}, "th": {"td", "th"},
           "dd": {"dd", "dt"}, "dt": {"dd", "dt"}, "option": {"option"}}  # fmt: skip
_WALLS = {"table", "ul", "ol", "dl", "td", "th", "select"}
_BLOCKS = {"div", "p", "table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "pre"}


@dataclass(slots=True)
class Tag:
    """An element: its name, its attributes, and its words and elements in order."""

    name: str
    given: dict[str, str] = field(default_factory=dict)
    inside: list[Tag | str] = field(default_factory=list)


def tree_of(page: str) -> Tag:
    """The tree of a page; any text whatever has one."""
    builder = _Builder()
    builder.feed(page)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Tag("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        closes = _CLOSES.get(tag, {"p"} if tag in _BLOCKS else set())
        walls = (_WALLS - closes) if closes else set()
        if closes:
            for index in range(len(self.open) - 1, 0, -1):
                if self.open[index].name in walls:
                    break
                if self.open[index].name in closes:
                    del self.open[index:]
        element = Tag(tag, {key: value or "" for key, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID and len(self.open) < MOST_DEPTH:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self.open) - 1, 0, -1):
            if self.open[index].name == tag:
                del self.open[index:]
                return
            if self.open[index].name == "table" and tag != "table":
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)
