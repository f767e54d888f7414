"""The automatic numbers of Word: what w:numPr of a paragraph shows on the page, such as 一、 （一） 1. ①."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_HAN = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
LEVELS = 9  # Word has no more


@dataclass(slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class _List:
    """One sequence of numbers: the levels' forms, and how far each has counted."""

    levels: dict[int, _Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)

    def next(self, level: int) -> str:
        for above in range(level):
            if self.counts[above] is None:
                self.counts[above] = self._level(above).start
        count = self.counts[level]
        self.counts[level] = self._level(level).start if count is None else count + 1
        for below in range(level + 1, LEVELS):
            restart = self._level(below).restart
            if restart is None or (restart and level < restart):
                self.counts[below] = None
        return self._shown(level)

    def _level(self, level: int) -> _Level:
        return self.levels.get(level) or _Level()

    def _shown(self, level: int) -> str:
        own = self._level(level)
        if own.form in ("bullet", "none"):
            return ""

        def number(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            form = "decimal" if own.legal else self._level(other).form
            return shown(self.counts[other] or 0, form) if 0 <= other < LEVELS else ""

        return re.sub(r"%([1-9])", number, own.text)


class Numbering:
    """The numbered lists of a Word document, counted as its paragraphs go by."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        """Take numbering.xml and styles.xml, either of which may be missing."""
        self._lists: dict[str, _List] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._by_style = _style_numbers(styles)
        self._level_of_style: dict[tuple[str, str], int] = {}
        if numbering is not None:
            self._take(numbering)

    def _take(self, numbering: Element) -> None:
        abstracts = {e.get("abstractNumId", ""): e for e in numbering.iterfind("abstractNum")}
        shared: dict[str, _List] = {}
        for num in numbering.iterfind("num"):
            number, abstract = num.get("numId", ""), _value(num, "abstractNumId")
            if abstract not in abstracts:
                continue
            levels = {_whole(e.get("ilvl")): _level(e) for e in abstracts[abstract].iterfind("lvl")}
            for element in abstracts[abstract].iterfind("lvl"):
                if style := _value(element, "pStyle"):
                    self._level_of_style[number, style] = _whole(element.get("ilvl"))
            fresh = False
            for override in num.iterfind("lvlOverride"):
                level = _whole(override.get("ilvl"))
                if (own := override.find("lvl")) is not None:
                    levels[level], fresh = _level(own), True
                if (start := _value(override, "startOverride")) is not None:
                    levels.setdefault(level, _Level()).start, fresh = _whole(start), True
            self._lists[number] = _List(levels) if fresh else shared.setdefault(abstract, _List(levels))

    def label(self, properties: Element | None) -> str:
        """The number Word shows before the paragraph with these properties (w:pPr); empty without one."""
        style = "" if properties is None else _value(properties, "pStyle") or ""
        number, level = self._by_style.get(style, ("", None))
        own = None if properties is None else properties.find("numPr")
        if own is not None:
            number = _value(own, "numId") or number
            told = _value(own, "ilvl")
            level = _whole(told) if told is not None else level
        if level is None:
            level = self._level_of_style.get((number, style), 0)
        if number not in self._lists or not 0 <= level < LEVELS:
            return ""
        return self._lists[number].next(level)


def shown(number: int, form: str) -> str:
    """A number in a form of Word (w:numFmt)."""
    if form in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
                "taiwaneseCountingThousand", "koreanCounting"):  # fmt: skip
        return _counted(number, _HAN, "十百千")
    if form in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        return _counted(number, _FORMAL, "拾佰仟")
    if form in ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"):
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
    if form == "ideographTraditional":
        return "甲乙丙丁戊己庚辛壬癸"[(number - 1) % 10]
    if form.startswith("decimalEnclosedCircle"):
        return chr(ord("①") + number - 1) if 1 <= number <= 20 else str(number)
    if form == "decimalEnclosedParen":
        return f"（{number}）"
    if form == "decimalEnclosedFullstop":
        return f"{number}."
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    if form == "decimalZero":
        return f"{number:02}"
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26 % 8)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    return str(number)


def _counted(number: int, digits: str, tens: str) -> str:
    """一 to 九千九百九十九: 十二, 二十, 一百零三."""
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else str(number)
    words = ""
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            words = digits[int(digit)] + (tens[place - 1] if place else "") + words
        elif words and words[0] != digits[0]:
            words = digits[0] + words
    return words[1:] if 10 <= number < 20 and tens[0] == "十" else words


def _roman(number: int) -> str:
    words = ""
    for value, letters in _ROMAN:
        while number >= value and len(words) < 30:
            words, number = words + letters, number - value
    return words


def _level(element: Element) -> _Level:
    restart = _value(element, "lvlRestart")
    return _Level(
        _value(element, "numFmt") or "decimal",
        _value(element, "lvlText") or "",
        _whole(_value(element, "start") or "1"),
        element.find("isLgl") is not None,
        None if restart is None else _whole(restart),
    )


def _style_numbers(styles: Element | None) -> dict[str, tuple[str, int | None]]:
    """The list and level each paragraph style brings, its own or that of the style it is based on."""
    if styles is None:
        return {}
    own: dict[str, tuple[str, int | None]] = {}
    base: dict[str, str] = {}
    for style in styles.iterfind("style"):
        name = style.get("styleId", "")
        base[name] = _value(style, "basedOn") or ""
        if (found := style.find("pPr/numPr")) is not None:
            told = _value(found, "ilvl")
            own[name] = (_value(found, "numId") or "", None if told is None else _whole(told))
    for name in base:
        above, steps = name, 0
        while above and above not in own and steps < len(base):
            above, steps = base.get(above, ""), steps + 1
        if above in own:
            own.setdefault(name, own[above])
    return own


def _value(element: Element, child: str) -> str | None:
    found = element.find(child)
    return None if found is None else found.get("val")


def _whole(text: str | None) -> int:
    """A count as written; a file with nonsense there counts from zero rather than failing."""
    try:
        return max(0, min(int(text or "0"), 10_000))
    except ValueError:
        return 0
