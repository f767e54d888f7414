"""Tables with rows and columns, written out as lines the reader of notices understands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guatu.read import tables
from guatu.read.forms.opening import label_of

Grid = list[list[str]]

_HEADINGS = {
    "number": r"序号|编号|项号|序",
    "section": r"类别|领域|重点领域|板块|方面|任务类别|工作类别|分类|所属领域",
    "indicator": r"(?:考核|目标|主要|具体|约束性|预期性)?指标(?:名称|项目)?|目标名称",
    "measure_unit": r"单位|计量单位|指标单位",
    "value": r"(?:\d{4}年)?(?:年度|目标|计划|考核)?(?:目标|目标值|指标值|任务值|计划值)(?:要求)?",
    "stretch": r"力争(?:目标)?值?|力争目标|奋斗目标",
    "title": r"(?:年度|工作|重点|主要|目标|具体|重要|整改)*(?:任务|事项|项目|工作)(?:名称)?|任务目标|考核项目",
    "text": r"(?:具体|主要|工作|任务|重点|整治|考核|整改)*(?:内容|措施|举措|要求|标准)(?:及要求)?"
    r"|任务分解|工作目标|完成标准|目标要求",
    "lead": r"(?:牵头|主责|主办)(?:责任)?(?:单位|部门)?|牵头考核单位",
    "responsible": r"(?:主要)?(?:责任|负责|落实|实施|考核|负责考核)(?:单位|部门|主体)|部门|责任主体",
    "coop": r"(?:配合|协办|协助|参与|参加|协同)(?:责任)?(?:单位|部门)?",
    "time": r"(?:完成|办理|整改)?(?:时限|时间|期限|时间节点|节点)(?:要求)?|完成日期",
    "person": r"责任人|责任领导|牵头领导|分管领导",
}
_ROLES = tuple((role, re.compile(rf"(?:{form})(?:（[^（）]*）)?$")) for role, form in _HEADINGS.items())
_KEYS = {"lead": "牵头单位", "responsible": "责任单位", "coop": "配合单位", "person": "责任人", "time": "完成时限"}
_NO_VALUE = {"", "/", "-", "--", "—", "——", "无"}
_HEADER_WITHIN = 12  # rows in which the head of a list stands
_POINTS = re.compile(r"分值|分数|权重|满分")
_STOPS = "。；！？.;"


def role_of(cell: str) -> str | None:
    """What a column with this heading holds, or None when the heading is not known."""
    words = re.sub(r"\s+", "", cell).translate(str.maketrans("()", "（）"))
    if not words or len(words) > 14:
        return None
    return next((role for role, form in _ROLES if form.match(words)), None)


def lines_of(grid: Grid) -> Iterator[str]:
    """The lines of a table.

    A list of tasks or targets with columns for who leads, who helps, when or how much becomes a numbered line a row,
    the bodies in brackets behind it; every other table stays one cell a line, row by row.
    """
    found = header_of(grid)
    if found is None or _is_plain(grid[found[1] - 1]):
        for row in grid:
            for cell in row:
                yield from _cell_lines(cell)
        return
    first, body, names = found
    for row in grid[:first]:
        for cell in row:
            yield from _cell_lines(cell)
    yield from _rows(grid[body:], names)


def header_of(grid: Grid) -> tuple[int, int, list[str]] | None:
    """Where the head of a list stands: its first row, the first row below it, and the columns' headings."""
    for index, row in enumerate(grid[:_HEADER_WITHIN]):
        if not _is_header(row):
            continue
        names = [_one_line(cell) for cell in row]
        below = grid[index + 1] if index + 1 < len(grid) else []
        if _is_second_header(row, below):
            lower = [_one_line(cell) for cell in below] + [""] * len(names)
            return index, index + 2, [low or name for name, low in zip(names, lower, strict=False)]
        return index, index + 1, names
    return None


def _is_header(row: list[str]) -> bool:
    roles = {role for cell in row if (role := role_of(cell))}
    what = roles & {"title", "text", "indicator", "value"}
    who = roles & {"lead", "responsible", "coop", "value", "time"}
    return len(roles) >= 2 and bool(what) and bool(who - what if what == {"value"} else who)


def _is_second_header(row: list[str], below: list[str]) -> bool:
    """Whether the row below splits the headings: 责任单位 over 牵头 and 配合."""
    filled = [cell for cell in below if cell.strip()]
    return (
        bool(filled)
        and len(filled) < len(below)
        and all(role_of(cell) for cell in filled)
        and any(not cell.strip() for cell in row)
    )


def _is_plain(header: list[str]) -> bool:
    """Whether the table room reads this head cell by cell: a number, words, points, and one column of bodies."""
    names = [_one_line(cell) for cell in header if cell.strip()]
    roles = [role_of(name) for name in names if not _POINTS.search(name)]
    plain = roles.count("responsible") == 1 and set(roles) <= {"number", "title", "text", "indicator", "responsible"}
    return plain and "number" in roles and bool(tables.find_tables(names))


def _cell_lines(cell: str) -> Iterator[str]:
    for line in cell.split("\n"):
        if line.strip():
            yield line.strip()


def _one_line(cell: str) -> str:
    return re.sub(r"\s+", "", cell)


def _rows(rows: Grid, names: list[str]) -> Iterator[str]:
    roles = [role_of(name) or "other" for name in names]
    sections, count = 0, 0
    section = ""
    for row in rows:
        cells = {index: _joined(cell) for index, cell in enumerate(row[: len(names)]) if _joined(cell) not in _NO_VALUE}
        if not cells or [_one_line(cell) for cell in row] == names:
            continue
        alone = {index: cell for index, cell in cells.items() if roles[index] != "number" or not cell.isdigit()}
        heads = [cell for index, cell in cells.items() if roles[index] == "section"]
        if len(alone) == 1 and not heads and count_of(alone, roles) == 0:
            sections += 1
            yield _section(next(iter(alone.values())), sections)
            continue
        if heads and heads[0] != section:
            section = heads[0]
            sections += 1
            yield _section(section, sections)
        count += 1
        yield _row(cells, roles, names, count)


def count_of(cells: dict[int, str], roles: list[str]) -> int:
    """How many of a row's cells say who, when or how much; a section's row has none."""
    return sum(roles[index] in (*_KEYS, "value", "stretch") for index in cells)


def _section(words: str, order: int) -> str:
    return words if label_of(words) else f"（{'一二三四五六七八九十'[(order - 1) % 10]}）{words}"


def _row(cells: dict[int, str], roles: list[str], names: list[str], count: int) -> str:
    def first(role: str) -> str:
        return next((cells[index] for index in cells if roles[index] == role), "")

    told = first("number").strip(".、．")
    number = told if told.isdigit() else str(count)
    amount = _amount(first("value"), first("stretch"), first("measure_unit"))
    what = first("indicator") + amount if amount and first("indicator") else ""
    sentences = [what] if what else [first("indicator"), amount]
    for index, cell in cells.items():
        if roles[index] in ("title", "text"):
            sentences.append(cell)
        elif roles[index] == "other":
            sentences.append(f"{names[index]}：{cell}" if names[index] else cell)
    words = "".join(s if s[-1] in _STOPS else s + "。" for s in (_unnumbered(s) for s in sentences if s) if s)
    blocks = [
        f"{_KEYS[role]}：{'、'.join(_due(cells[index], role) for index in cells if roles[index] == role)}"
        for role in _KEYS
        if role in {roles[index] for index in cells}
    ]
    return f"{number}. {words}" + (f"（{'；'.join(blocks)}）" if blocks else "")


def _due(cell: str, role: str) -> str:
    """A cell of bodies, persons or dates; a bare day or month in a column of dates is a date to be kept."""
    if role == "time" and re.fullmatch(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日", cell):
        return cell + "前"
    return cell + "完成" if role == "time" and re.fullmatch(r"(?:\d{4}年)?\d{1,2}月份?", cell) else cell


def _unnumbered(words: str) -> str:
    """The words of a cell without a number of their own, which would open another task in the middle of a line."""
    label = label_of(words)
    return words[label.length :].strip() if label and label.scheme in ("1", "一") else words


def _amount(value: str, stretch: str, unit: str) -> str:
    """The value with its unit right behind the number, then the aspired one."""
    words = _with_unit(value, unit)
    return f"{words}，力争达到{_with_unit(stretch, unit)}" if stretch else words


def _with_unit(value: str, unit: str) -> str:
    if not unit or unit in value:
        return value
    return re.sub(r"\d+(?:\.\d+)?", lambda number: number[0] + unit, value, count=1)


def _joined(cell: str) -> str:
    """A cell as one line: lines of bodies become a list, other lines follow one another."""
    parts = [part.strip() for part in cell.split("\n") if part.strip()]
    if len(parts) > 1 and all(len(part) <= 16 and not re.search(r"[，。；、]$", part) for part in parts):
        return "、".join(parts)
    return "".join(parts)
