"""Ruled tables of a printed page: which cell a place lies in, and the rows the cells make."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from guatu.read.forms.grid import Grid
from guatu.read.forms.opening import label_of

Cell = tuple[float, float, float, float]  # left, top, right, bottom [page heights]
SLACK = 0.004  # of the page's height: how far rules that meet may miss each other
_THIN = 0.0035
_LEAST = 0.008
_TOGETHER = re.compile(r"[!-~]+[、，。；：）”》]?|.[、，。；：）”》]?")  # what no line break may part
_ENDS = re.compile(r"[。；！？]$")
_BODY_ENDS = re.compile(r"[局委办厅部院会室处站队]$|政府$|中心$|公司$|集团$")
_BODY_BEGINS = re.compile(r"[省市县区各国]")


@dataclass(frozen=True, slots=True)
class Printed:
    """Words of one line inside a cell, with their right edge, the cell and the page."""

    text: str
    left: float
    right: float
    cell: Cell
    page: int


class Rules:
    """The ruling of a page, from the boxes of what was drawn on it."""

    def __init__(self, boxes: Sequence[Cell]) -> None:
        """Take boxes of drawn paths: thin ones are rules, others are frames with four."""
        self._level: list[Cell] = []
        self._upright: list[Cell] = []
        for left, top, right, bottom in boxes:
            wide, high = right - left, bottom - top
            if high <= _THIN and wide >= _LEAST:
                self._level.append((left, (top + bottom) / 2, right, (top + bottom) / 2))
            elif wide <= _THIN and high >= _LEAST:
                self._upright.append(((left + right) / 2, top, (left + right) / 2, bottom))
            elif wide > _THIN and high > _THIN:
                self._level += [(left, top, right, top), (left, bottom, right, bottom)]
                self._upright += [(left, top, left, bottom), (right, top, right, bottom)]
        self._level.sort(key=lambda rule: rule[1])
        self._upright.sort()

    def __bool__(self) -> bool:
        return len(self._level) >= 2 and len(self._upright) >= 3

    def cell(self, x: float, y: float) -> Cell | None:
        """The nearest rules on four sides of a place, or None where one is missing."""
        across = [rule[0] for rule in self._upright if rule[1] - SLACK <= y <= rule[3] + SLACK]
        down = [rule[1] for rule in self._level if rule[0] - SLACK <= x <= rule[2] + SLACK]
        i, j = bisect_left(across, x), bisect_left(down, y)
        if 0 < i < len(across) and 0 < j < len(down):
            return across[i - 1], down[j - 1], across[i], down[j]
        return None


def grid_of(lines: Sequence[Printed]) -> Grid:
    """The rows of a table, over several pages if it goes on: cells in columns, a repeated head once."""
    columns = _steps([line.cell[0] for line in lines])
    margin = max(0.0, min(line.left - line.cell[0] for line in lines))
    grid: Grid = []
    for page in dict.fromkeys(line.page for line in lines):
        found = [line for line in lines if line.page == page]
        rows = _steps([line.cell[1] for line in found])
        part: Grid = [[""] * len(columns) for _ in rows]
        for cell in dict.fromkeys(line.cell for line in found):
            words = [line for line in found if line.cell == cell]
            part[_step(rows, cell[1])][_step(columns, cell[0])] = _joined(words, cell[2] - margin)
        if grid and part and part[0] == grid[0]:
            part = part[1:]
        if grid and part and not part[0][0] and part[0] != grid[-1] and _is_rest(part[0], grid[-1]):
            grid[-1] = [_continued(above, below) for above, below in zip(grid[-1], part[0], strict=True)]
            part = part[1:]
        grid += part
    return grid


def _is_rest(row: list[str], above: list[str]) -> bool:
    """Whether a page's first row is what did not fit in the row above: no cell begins where none began before."""
    return all(above[index] for index, words in enumerate(row) if words)


def _steps(places: Sequence[float]) -> list[float]:
    """Distinct places, those within a slack made one."""
    steps: list[float] = []
    for place in sorted(places):
        if not steps or place - steps[-1] > SLACK:
            steps.append(place)
    return steps


def _step(steps: list[float], place: float) -> int:
    return min(range(len(steps)), key=lambda index: abs(steps[index] - place))


def _joined(lines: Sequence[Printed], right: float) -> str:
    """The lines of a cell: one with no room for what begins the next goes on, a shorter one ends."""
    text = lines[0].text
    for above, line in pairwise(lines):
        em = (above.right - above.left) / max(1.0, _width(above.text))
        first = _TOGETHER.match(line.text)
        full = right - above.right < em * (_width(first[0] if first else "") + 0.1)
        text = _continued(text, line.text) if full else f"{text}\n{line.text}"
    return text


def _continued(above: str, below: str) -> str:
    """Words and those of the next line, together unless a sentence or a body's name ended, or a number opens."""
    ends = not above or not below or _ENDS.search(above) or label_of(below)
    names = _BODY_ENDS.search(above) and _BODY_BEGINS.match(below)
    return f"{above}\n{below}".strip("\n") if ends or names else above + below


def _width(text: str) -> float:
    return sum(0.5 if char.isascii() else 1 for char in text)
