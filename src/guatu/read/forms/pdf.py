"""Text PDF: lines in reading order, page by page, through pypdfium2 (extra ``pdf``)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from guatu.read.forms import faults, printed
from guatu.read.forms.extract import Extract
from guatu.read.forms.printed import Line
from guatu.read.forms.ruled import Cell, Rules
from guatu.read.plan_parts import Note

MOST_PAGES = 300
MOST_SCANNED = 60
Box = tuple[float, float, float, float]
LEAST_WORDS = 12  # a page with fewer characters of text and a picture is a scan

_LOCK = threading.RLock()  # PDFium is not safe for several threads at once


def read(data: bytes, name: str) -> Extract:
    """The text of a PDF; pages without text are recognised as scans where the extra ``ocr`` is there.

    Raises ReadError: G-READ-20 damaged, 21 encrypted, 23 too many pages, 24 without text, 25 an extra is missing.
    """
    try:
        import pypdfium2  # type: ignore[import-untyped, import-not-found, unused-ignore]
    except ImportError as error:
        raise faults.needs_extra(name, " PDF ", "pdf") from error
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise faults.locked(name, " PDF ") from error
            raise faults.damaged(name, " PDF ", error) from error
        try:
            return _read(document, name)
        except pypdfium2.PdfiumError as error:
            raise faults.damaged(name, " PDF ", error) from error
        finally:
            document.close()


def _read(document: Any, name: str) -> Extract:
    if len(document) > MOST_PAGES:
        raise faults.too_long(name, len(document), MOST_PAGES)
    lines: list[Line] = []
    scans: list[int] = []
    for index in range(len(document)):
        page = document[index]
        found = list(lines_of(page, index + 1))
        if _is_scan(page, found):
            scans.append(index)
        else:
            lines.extend(found)
        page.close()
    if not scans:
        if not lines:
            raise faults.without_text(name, " PDF ")
        return printed.text_of(lines)
    return _with_scans(document, name, lines, scans)


def _with_scans(document: Any, name: str, lines: list[Line], scans: list[int]) -> Extract:
    from guatu.read.forms import scan

    if not scan.available():
        if not lines:
            raise faults.needs_extra(name, "扫描件", "ocr")
        extract = printed.text_of(lines)
        numbers = "、".join(str(index + 1) for index in scans)
        note = Note("scan-skipped", "gap", f"第 {numbers} 页是图片，没有安装识别组件 guatu[ocr]，这些页没有读")
        return Extract(extract.text, extract.places, (note,))
    if len(scans) > MOST_SCANNED:
        raise faults.too_long(name, len(scans), MOST_SCANNED)
    for index in scans:
        page = document[index]
        lines.extend(scan.lines_of(page.render(scale=scan.RESOLUTION / 72).to_pil(), index + 1))
        page.close()
    lines.sort(key=lambda line: line.page)
    if not lines:
        raise faults.without_text(name, "扫描件")
    return scan.text_of(lines)


def _is_scan(page: Any, lines: list[Line]) -> bool:
    """Few characters beside a picture, or characters of a font that does not say what they are."""
    words = "".join(line.text for line in lines)
    odd = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char < " " for char in words)
    if odd * 5 > len(words) > 0:
        return True
    return len(words) < LEAST_WORDS and any(True for _ in page.get_objects(filter=[_IMAGE], max_depth=4))


_PATH, _IMAGE = 2, 3  # FPDF_PAGEOBJ_PATH, FPDF_PAGEOBJ_IMAGE


def lines_of(page: Any, number: int) -> Iterator[Line]:
    """The printed lines of a page: in the order the writer set them where that runs down the page, else as they lie."""
    segments = _segments(page, number)
    downward = [
        b.top > a.top - a.size / 2 for a, b in pairwise(segments) if min(a.right, b.right) > max(a.left, b.left)
    ]
    if downward and sum(downward) < 0.9 * len(downward):
        segments = printed.in_rows(segments)
    yield from segments


def _segments(page: Any, number: int) -> list[Line]:
    """Runs of characters on one line, cut where the next one leaves the line or jumps away."""
    import pypdfium2.raw as raw  # type: ignore[import-untyped, import-not-found, unused-ignore]

    height, turned = page.get_height(), page.get_rotation()
    origin = page.get_cropbox()[:2]
    text_page = page.get_textpage()
    rules, cell = _rules(page, origin, turned), None
    found: list[Line] = []
    run: list[tuple[str, float, float, float, float]] = []
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if code in (0, 0xFFFE, 0xAD) or 0xD800 <= code <= 0xDFFF:
            continue
        char = chr(code)
        if char in "\r\n":
            continue
        left, bottom, right, top = _upright(text_page.get_charbox(index, loose=True), origin, page, turned)
        here = rules.cell((left + right) / 2 / height, 1 - (top + bottom) / 2 / height) if rules else None
        box = (char, left / height, (height - top) / height, right / height, (height - bottom) / height)
        if run and (_leaves(run, box) or (here != cell and char != " ")):
            found.extend(_line(run, number, cell))
            run = []
        cell = here if char != " " or not run else cell
        run.append(box)
    found.extend(_line(run, number, cell))
    text_page.close()
    return found


def _upright(box: Box, origin: tuple[float, float], page: Any, turned: int) -> Box:
    """A box as the page is shown: from its own corner, and where it is stored turned by 90, 180 or 270 degrees."""
    left, bottom, right, top = box[0] - origin[0], box[1] - origin[1], box[2] - origin[0], box[3] - origin[1]
    if not turned:
        return left, bottom, right, top
    width, height = page.get_width(), page.get_height()
    if turned == 90:
        return bottom, height - right, top, height - left
    if turned == 180:
        return width - right, height - top, width - left, height - bottom
    return width - top, left, width - bottom, right


def _leaves(run: list[tuple[str, float, float, float, float]], box: tuple[str, float, float, float, float]) -> bool:
    """Whether a character stands off the run's line: above, below, far to the right, or back to the left."""
    if box[0] == " ":
        return False
    last = next((item for item in reversed(run) if item[0] != " "), None)
    if last is None:
        return False
    tall = max((item for item in run[-6:] if item[0] != " "), key=lambda item: item[4] - item[2])
    size = max(tall[4] - tall[2], box[4] - box[2], 1e-6)
    middle = (box[2] + box[4]) / 2
    off_line = not (tall[2] - size / 4 < middle < tall[4] + size / 4)
    return off_line or box[1] - last[3] > size * 2 or box[1] < last[1] - size


def _rules(page: Any, origin: tuple[float, float], turned: int) -> Rules:
    """What was drawn on the page, as rules of tables."""
    height = page.get_height()
    boxes = []
    for thing in page.get_objects(filter=[_PATH], max_depth=1):
        left, bottom, right, top = _upright(thing.get_bounds(), origin, page, turned)
        boxes.append((left / height, 1 - top / height, right / height, 1 - bottom / height))
    return Rules(boxes)


def _line(run: list[tuple[str, float, float, float, float]], number: int, cell: Cell | None) -> Iterator[Line]:
    words = "".join(item[0] for item in run)
    inked = [item for item in run if not item[0].isspace()]
    if inked:
        yield Line(
            " ".join(words.split()),
            min(item[1] for item in inked),
            min(item[2] for item in inked),
            max(item[3] for item in inked),
            max(item[4] for item in inked),
            number,
            cell=cell,
        )
