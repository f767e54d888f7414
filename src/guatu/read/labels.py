"""Numbering of Chinese official papers: 一、 （一） 1. （1） ① and its look-alikes, one canonical label each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_HAN = "一二三四五六七八九十百"
_FORMS = (
    ("第一章", re.compile(rf"第([{_HAN}]+)[章节条]")),
    ("第一部分", re.compile(rf"第([{_HAN}]+)部分[：、]?")),
    ("一", re.compile(rf"([{_HAN}]+)[、.]")),
    ("（一）", re.compile(rf"（([{_HAN}]+)）[、.]?")),
    ("1", re.compile(r"(\d{1,3})[.、](?!\d(?!0[1-4]\d年))")),
    ("（1）", re.compile(r"（(\d{1,3})）[、.]?")),
    ("1）", re.compile(r"(\d{1,2})）")),
    ("①", re.compile(r"([①-⑳])")),
)
_BOX = re.compile(r"(?:专栏|表)\s*(?:\d+|[一二三四五六七八九十]+)")
_LONGEST = 24  # [character] that a label and what must not follow it take up at most
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class Label:
    """A number at the head of a paragraph: its scheme, canonical form, value, and length in characters."""

    scheme: str
    text: str
    number: int
    length: int


def of(line: str) -> Label | None:
    """The label a line begins with, if any."""
    return _of(line[:_LONGEST])


@lru_cache(maxsize=4096)
def _of(line: str) -> Label | None:
    if not line or line[0] not in "第（①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳0123456789" + _HAN:
        return None
    for scheme, form in _FORMS:
        if match := form.match(line):
            number = value_of(match[1])
            text = {"（一）": f"（{match[1]}）", "（1）": f"（{match[1]}）", "第一章": match[0]}.get(scheme, match[1])
            return Label(scheme, text, number, match.end())
    return None


def is_box(line: str) -> bool:
    """Whether a line is the head of a box or a table (专栏1, 表2), which belongs to the section above it."""
    return _BOX.match(line) is not None and "。" not in line


def value_of(text: str) -> int:
    """The number a numeral stands for: 12, 十二, 二十, 一百零三, ⑫."""
    if text.isdigit() and text.isascii():
        return int(text)
    if "①" <= text[:1] <= "⑳":
        return ord(text[0]) - ord("①") + 1
    total, digit = 0, 0
    for char in text:
        if char == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif char == "百":
            total, digit = total + (digit or 1) * 100, 0
        else:
            digit = _DIGITS.get(char, 0)
    return total + digit
