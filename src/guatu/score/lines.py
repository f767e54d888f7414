"""Which line of a TOML file a key stands on, so that a fault can name it; tomllib itself does not say."""

from __future__ import annotations

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]
_HEAD = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*(\"[^\"]+\"|'[^']+'|[^\s=#\"'\[\]{}]+)\s*=")
_ROW = re.compile(r"\s*[\[{]")


def lines_of(text: str) -> Mapping[Path, int]:
    """Line [from 1] of every table head, key, and row of an array that begins a line, by path.

    ``("item", 2, "rule")`` is the key ``rule`` of the third ``[[item]]``. A path inside an inline table has no line of
    its own: see line_at.
    """
    found: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    here: Path = ()
    key: Path = ()
    row = 0
    for number, line in enumerate(text.splitlines(), 1):
        head = _HEAD.match(line)
        if head and "=" not in line.partition("]")[0]:
            here = _headed([part.strip().strip("\"'") for part in head[2].split(".")], head[1] == "[[", counts)
            found.setdefault(here, number)
            key = ()
            continue
        named = _KEY.match(line)
        if named:
            key, row = (*here, named[1].strip("\"'")), 0
            found.setdefault(key, number)
        elif key and _ROW.match(line):
            found.setdefault((*key, row), number)
            row += 1
    return found


def line_at(lines: Mapping[Path, int], path: Path) -> int:
    """The line of a path, or of the first of its tables, or of the nearest thing around it that has one."""
    while path not in lines and path:
        if (*path, 0) in lines:
            return lines[*path, 0]
        path = path[:-1]
    return lines.get(path, 1)


def _headed(names: list[str], array: bool, counts: dict[Path, int]) -> Path:
    """The path of a table head; a name that is an array of tables stands for its newest member."""
    path: Path = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path])
    path = (*path, names[-1])
    if array:
        counts[path] = counts.get(path, -1) + 1
        path = (*path, counts[path])
    return path
