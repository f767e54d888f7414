"""Markdown: marks taken off, pipe tables row by row; words and numbers as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guatu.read.forms.extract import Extract
from guatu.read.forms.grid import Grid, lines_of

_RULE_ROW = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_MARKS = (
    (re.compile(r"^\s{0,3}#{1,6}\s+|\s+#+\s*$"), ""),
    (re.compile(r"^\s{0,3}(?:>\s?)+"), ""),
    (re.compile(r"^(\s*)[-*+]\s+(?=\S)"), r"\1"),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]+)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|])"), r"\1"),
    (re.compile(r"<br\s*/?>", re.IGNORECASE), "\n"),
    (re.compile(r"</?(?:div|p|span|center|font|b|i|u|sub|sup)\b[^<>]*>", re.IGNORECASE), ""),
)


def plain(text: str) -> Extract:
    """The text without its Markdown."""
    text = _COMMENT.sub("", _FRONT_MATTER.sub("", text.replace("\r\n", "\n")))
    return Extract("\n".join(_lines(text.split("\n"))))


def _lines(lines: list[str]) -> Iterator[str]:
    index = 0
    while index < len(lines):
        if (
            index + 1 < len(lines)
            and "|" in lines[index]
            and "|" in lines[index + 1]
            and _RULE_ROW.match(lines[index + 1])
        ):
            end = index + 2
            while end < len(lines) and "|" in lines[end]:
                end += 1
            grid: Grid = [_cells(line) for line in (lines[index], *lines[index + 2 : end])]
            yield from lines_of(grid)
            index = end
        else:
            if not re.match(r"\s*(?:```|~~~|(?:[-*_]\s*){3,}$|={3,}\s*$)", lines[index]):
                yield _unmarked(lines[index])
            index += 1


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [_unmarked(cell.strip()).replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]


def _unmarked(line: str) -> str:
    for mark, instead in _MARKS:
        line = mark.sub(instead, line)
    return line
