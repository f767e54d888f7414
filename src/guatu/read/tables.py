"""Tables that came out one cell a line: find them, and put their rows together again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guatu.read import labels

_UNIT_COLUMN = re.compile(r"(?:负责|责任|牵头|配合|主责|主办|协办|参与|考核|落实)?(?:考核)?(?:部门|单位)$")
_OTHER_COLUMN = re.compile(
    r"序号$|编号$|(?:考核|工作|重点|主要|整治|任务)?(?:项目|任务|事项|内容|指标|目标|措施|要求|标准)(?:名称|内容)?$"
    r"|.{0,4}分值$|分数$|备注$|(?:完成|办理)?(?:时限|时间)(?:要求)?$|类别$"
)


@dataclass(frozen=True, slots=True)
class Table:
    """A run of lines: header lines [first, body), then cells [body, last)."""

    first: int
    body: int
    last: int
    columns: tuple[str, ...]


def find_tables(lines: list[str]) -> list[Table]:
    """Tables whose header names a numbering column and a column of bodies, one header cell a line."""
    found: list[Table] = []
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and end - index < 12 and _is_header(lines[end]):
            end += 1
        names = lines[index:end]
        if len(names) >= 3 and any(_UNIT_COLUMN.match(name) for name in names):
            last = next((i for i in range(end, len(lines)) if _leaves(lines[i])), len(lines))
            found.append(Table(index, end, last, tuple(names)))
            index = last
        else:
            index += 1
    return found


def cell_lines(lines: list[str]) -> set[int]:
    """Indexes of all lines that are cells or headers of such a table."""
    return {i for table in find_tables(lines) for i in range(table.first, table.last)}


def _is_header(line: str) -> bool:
    return len(line) <= 10 and bool(_UNIT_COLUMN.match(line) or _OTHER_COLUMN.match(line))


def _leaves(line: str) -> bool:
    """Whether prose begins again: an annex, or a labelled heading of prose length with its own sentence."""
    label = labels.of(line)
    return line.startswith("附件") or (label is not None and label.scheme == "一" and len(line) > 60)


@dataclass(slots=True)
class Row:
    """A row put together: line indexes of its title, its text and its bodies, under the section it stands in."""

    section: int | None  # line index of the section's label
    number: str
    title: list[int]
    text: list[int]
    bodies: list[int]


def rows_of(lines: list[str], table: Table, is_bodies: list[bool]) -> list[Row]:
    """Rows of a flattened table.

    A row opens at the number that comes next, right after a line of bodies, a header or a section's head; a line
    ``一、`` opens a section, which is a row of its own when no numbered row follows in it.
    """
    if not any(name.endswith(("序号", "编号")) for name in table.columns):
        return _rows_by_body(lines, table, is_bodies)
    rows: list[Row] = []
    section: int | None = None
    expected = 1
    for index in range(table.body, table.last):
        line = lines[index]
        label = labels.of(line)
        if label is not None and label.scheme == "一":
            section = index
            rows.append(Row(section, "", [], [], []))
            continue
        fresh = not rows or rows[-1].bodies or (not rows[-1].number and rows[-1].title)
        if line == str(expected) and (fresh or rows[-1].section is None):
            rows.append(Row(section, line, [], [], []))
            expected += 1
            continue
        if not rows:
            continue
        _place(rows[-1], index, line, is_bodies[index])
    numbered = {row.section for row in rows if row.number}
    return [row for row in rows if row.number or row.section not in numbered]


def _rows_by_body(lines: list[str], table: Table, is_bodies: list[bool]) -> list[Row]:
    """Rows of a table without numbers whose first column is the body: each run of body lines opens a row."""
    rows: list[Row] = []
    for index in range(table.body, table.last):
        if is_bodies[index]:
            if not rows or rows[-1].title:
                rows.append(Row(None, str(len(rows) + 1), [], [], []))
            rows[-1].bodies.append(index)
        elif rows:
            _place(rows[-1], index, lines[index], False)
    return rows


def _place(row: Row, index: int, line: str, bodies: bool) -> None:
    if bodies:
        row.bodies.append(index)
    elif re.fullmatch(r"\d+(?:\.\d+)?分?", line):
        return
    elif not row.title:
        row.title.append(index)
    else:
        row.text.append(index)
