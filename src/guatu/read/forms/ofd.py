"""OFD (GB/T 33190): the text objects of each page, template pages included, in reading order."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from guatu.read.forms import faults, printed
from guatu.read.forms.archive import Archive
from guatu.read.forms.extract import Extract
from guatu.read.forms.printed import Line

_KIND = " OFD "
_ENTRY = "OFD.xml"
MOST_PAGES = 300
_A4 = 297.0  # [mm]


def read(data: bytes, name: str) -> Extract:
    """The text of an .ofd; raises ReadError: G-READ-20 damaged, 21, 22 limits, 23 too many pages, 24 without text."""
    archive = Archive(data, name, _KIND)
    lines: list[Line] = []
    number = 0
    for root in archive.tree(_ENTRY).iter("DocRoot"):
        document = _path(_ENTRY, root.text)
        tree = archive.tree(document)
        templates = {e.get("ID", ""): _path(document, e.get("BaseLoc")) for e in tree.iter("TemplatePage")}
        usual = _box(next(tree.iter("PhysicalBox"), None))
        pages = [_path(document, e.get("BaseLoc")) for e in tree.iter("Page") if e.get("BaseLoc")]
        if len(pages) > MOST_PAGES:
            raise faults.too_long(name, len(pages), MOST_PAGES)
        for path in pages:
            number += 1
            page = archive.tree(path)
            parts = [
                templates[e.get("TemplateID", "")] for e in page.iter("Template") if e.get("TemplateID") in templates
            ]
            trees = [archive.tree(part) for part in parts] + [page]
            height = (_box(next(page.iter("PhysicalBox"), None)) or usual or (0, 0, 0, _A4))[3] or _A4
            pieces = [line for part in trees for line in _lines(part, number, height)]
            lines += printed.in_rows(pieces)
    if not lines:
        raise faults.without_text(name, _KIND)
    return printed.text_of(lines)


def _path(base: str, location: str | None) -> str:
    """A location inside the archive, from the root or from the file that names it."""
    location = (location or "").strip()
    if location.startswith("/"):
        return location.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), location)).lstrip("./")


def _lines(page: Element, number: int, height: float) -> Iterator[Line]:
    for thing in page.iter("TextObject"):
        left, top, wide, high = _box_of(thing.get("Boundary")) or (0, 0, 0, 0)
        size = _number(thing.get("Size")) or high or 1
        for code in thing.iter("TextCode"):
            words = (code.text or "").strip()
            if not words:
                continue
            x = left + _number(code.get("X"))
            y = top + (_number(code.get("Y")) or size)
            steps = _steps(code.get("DeltaX"))
            right = x + (sum(steps) + size if steps else max(wide, size))
            yield Line(words, x / height, (y - size) / height, right / height, y / height, number)


def _steps(text: str | None) -> list[float]:
    """The advances of a DeltaX, with its repeats (g n v: n times v)."""
    found: list[float] = []
    items = iter((text or "").split())
    for item in items:
        if item == "g":
            times, step = int(_number(next(items, "0"))), _number(next(items, "0"))
            found += [step] * max(0, min(times, 10_000))
        else:
            found.append(_number(item))
    return found


def _box(element: Element | None) -> tuple[float, float, float, float] | None:
    return None if element is None else _box_of(element.text)


def _box_of(text: str | None) -> tuple[float, float, float, float] | None:
    numbers = [_number(part) for part in (text or "").split()]
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None


def _number(text: str | None) -> float:
    try:
        value = float(text or "0")
    except ValueError:
        return 0.0
    return value if abs(value) < 1e6 else 0.0
