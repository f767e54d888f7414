"""What a recogniser gets wrong in notices: Roman numerals restored by context, lost lines and doubtful ones noted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from guatu.read.forms.extract import Extract
from guatu.read.forms.opening import label_of
from guatu.read.forms.printed import Line
from guatu.read.plan_parts import Note

DOUBTFUL = 0.9  # a line scored lower is worth a look
MOST_LOST = 6  # a wider gap is another numbering, not a lost line
_ROMAN = {"V": "Ⅴ", "v": "Ⅴ", "IV": "Ⅳ", "III": "Ⅲ", "II": "Ⅱ", "I": "Ⅰ"}
_CLASS = re.compile(r"(?<![A-Za-z0-9])(?:(?<=劣)[Vv]|(?:[IiLl1|丨]{1,3}|[IiLl1|丨]?[Vv])(?=\s?类))(?![A-Za-z0-9])")
_NUMBER = re.compile(r"[\[［〔(（]((?:19|20)\d\d)[\]］〕)）](?=\s?\d{1,4}\s?号)")  # of a document: 〔2021〕9号
_STROKES = re.compile("[iLl1|丨]")


def checked(extract: Extract, lines: Sequence[Line]) -> Extract:
    """The extract with Roman numerals of water classes restored, and a note for all that deserves a second look."""
    text, restored = with_classes(_NUMBER.sub(r"〔\1〕", extract.text))
    notes = [*restored, *_doubtful(text, extract), *_gaps(text), *_blanks(text, extract, lines)]
    return replace(extract, text=text, notes=(*extract.notes, *notes))


def with_classes(text: str) -> tuple[str, list[Note]]:
    """劣V类, V类水 and III类 with the numerals Ⅰ to Ⅴ, characters kept in number, and a note on each."""
    notes: list[Note] = []

    def restored(match: re.Match[str]) -> str:
        letters = _STROKES.sub("I", match[0])
        numeral = _ROMAN.get(letters.replace("v", "V"), "")
        if not numeral or match[0].isdigit():
            return match[0]
        around = text[max(0, match.start() - 6) : match.end() + 4].replace("\n", "")
        words = f"识别为“{match[0]}”，按上下文还原为“{numeral}”：…{around}…"
        notes.append(Note("ocr-class", "remark", words, span=(match.start(), match.end())))
        return numeral + "\u200b" * (len(match[0]) - 1)

    return _CLASS.sub(restored, text), notes


def _doubtful(text: str, extract: Extract) -> Iterator[Note]:
    for place in extract.places:
        if place.score is not None and place.score < DOUBTFUL:
            line = text[place.first : place.last]
            words = f"第 {place.page} 页这一行识别把握只有 {place.score:.0%}，请与原件核对：{line}"
            yield Note("ocr-doubtful", "doubt", words, span=(place.first, place.last))


def _gaps(text: str) -> Iterator[Note]:
    """Numbers that skip: 1, 2, 4 under one heading point to a line that was lost; a new heading starts or runs on."""
    last: dict[str, int] = {}
    depth: list[str] = []
    start = 0
    for line in text.split("\n"):
        label = label_of(line)
        if label is not None and label.scheme not in ("第一章", "第一部分"):
            fresh = label.scheme not in depth
            if fresh:
                depth.append(label.scheme)
            del depth[depth.index(label.scheme) + 1 :]
            before = last.get(label.scheme, 0)
            before = 0 if fresh and label.number <= before else before
            starts = fresh and label.number == 1
            if 1 < label.number - before <= MOST_LOST and not starts:
                missing = f"{before + 1}" + (f" 到 {label.number - 1}" if label.number - before > 2 else "")
                words = f"“{line[:12]}”前面少了编号 {missing}，可能漏识了一行，请与原件核对"
                yield Note("ocr-gap", "gap", words, span=(start, start + label.length))
            last[label.scheme] = label.number
        start += len(line) + 1


def _blanks(text: str, extract: Extract, lines: Sequence[Line]) -> Iterator[Note]:
    """White space as high as a line in the middle of a sentence."""
    for page in dict.fromkeys(line.page for line in lines):
        found = [line for line in lines if line.page == page]
        steps = [b.top - a.top for a, b in pairwise(found) if b.top > a.bottom - a.size / 2]
        if len(steps) < 4:
            continue
        pitch = median(steps)
        for above, below in pairwise(found):
            if below.top - above.top > 1.7 * pitch and above.text[-1] not in "。；：！？）" and len(above.text) > 12:
                at = text.find(below.text[:8])
                words = f"第 {page} 页“{above.text[-8:]}”与“{below.text[:8]}”之间空出约一行，可能漏识，请与原件核对"
                yield Note("ocr-blank", "gap", words, span=(at, at + len(below.text[:8])) if at >= 0 else None)
