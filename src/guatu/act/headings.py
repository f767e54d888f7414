"""An office's own headings mapped to fields once: suggested by their words, settled by a person."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from guatu.act.ledger import Ledger
from guatu.act.values import value_faults
from guatu.errors import ActError, Fault

PSEUDO = ("sequence", "number", "closed", "state")
"""Columns that are no field: the running number, our own number, 是否销号 and the state."""
DEEPEST = 15
"""How far down a heading is looked for [rows]."""

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the office's sheet. field: what it holds, empty when it is only carried along.

    fill: an empty cell takes the one above (a merged cell); a person says so, it is never assumed.
    """

    heading: str
    field: str = ""
    fill: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How one office's sheet is laid out; settled once and kept. head: rows above the first item.

    same: fields no column holds because they are the same in every row (the round of an inspection …).
    """

    ledger: str
    head: int
    columns: tuple[Column, ...]
    same: Mapping[str, Any] = field(default_factory=dict)

    def settled(self, fields: Mapping[str, str], same: Mapping[str, Any]) -> Layout:
        """The layout as a person settles it: headings mapped to other fields, and what is the same in every row."""
        columns = tuple(replace(one, field=fields.get(one.heading, one.field)) for one in self.columns)
        return replace(self, columns=columns, same={**self.same, **same})


@cache
def words() -> Mapping[str, Any]:
    """The words of headings and answers."""
    return tomllib.loads(files("guatu.act").joinpath("headings.toml").read_text(encoding="utf-8"))


def plain(heading: Any) -> str:
    """A heading without spaces, line breaks, bracketed notes and footnote marks."""
    text = re.sub(r"\s+", "", "" if heading is None else str(heading))
    return re.sub(r"[*＊①-⑳]+$", "", text)


def suggest(rows: Rows, ledger: Ledger, merged: Iterable[int] = ()) -> Layout:
    """Find the heading and map what its words say. Raises ActError (G-ACT-71) where no heading is found.

    merged: columns, from 0, whose cells are merged downwards in the file. A second heading row under merged cells is
    taken together with the first: 整改责任 over 牵头单位 is 牵头单位.
    """
    names = _names(ledger)
    best, at = 0, -1
    for n, row in enumerate(rows[:DEEPEST]):
        hits = sum(_field(plain(cell), names) != "" for cell in row)
        if hits > best:
            best, at = hits, n
    if best < 2:
        raise ActError.of(
            "no heading row found",
            "G-ACT-71",
            f"前 {DEEPEST} 行",
            "找不到表头（至少要认得两列）",
            "不知道每一列是什么",
            "确认工作表选对了，或把表头改成“问题原文”“整改时限”“牵头单位”这样的通行写法",
        )
    width = max(len(row) for row in rows)
    upper = [plain(cell) for cell in rows[at]] + [""] * width
    head, headings = at + 1, upper[:width]
    if at and _goes_with(rows[at - 1], headings, names):
        above = [plain(cell) for cell in rows[at - 1]] + [""] * width
        headings = [below or top for below, top in zip(headings, above, strict=False)]
    elif at + 1 < len(rows) and _second(rows[at + 1], names):
        below_row = [plain(cell) for cell in rows[at + 1]] + [""] * width
        headings = [below or top for top, below in zip(headings, below_row, strict=False)]
        head += 1
    taken: set[str] = set()
    columns, filled = [], set(merged)
    private = {one.id for one in ledger.fields.values() if one.kind == "private"}
    secret = next((name for heading in headings if (name := _field(heading, names)) in private), "")
    for at_column, heading in enumerate(headings):
        name = _field(heading, names)
        if secret and not name and heading in words()["beside"]:
            name = secret
        taken -= private
        columns.append(Column(heading, "" if name in taken else name, at_column in filled))
        taken.add(name)
    return Layout(ledger.id, head, tuple(columns))


def layout_faults(layout: Layout, ledger: Ledger) -> list[Fault]:
    """What is wrong with a settled layout: G-ACT-71 unknown field, one field twice, nothing for what is required."""
    faults = value_faults(ledger, layout.same, "整张表")
    seen: dict[str, str] = dict.fromkeys(layout.same, "整张表相同的值")
    for column in layout.columns:
        if not column.field:
            continue
        where = f"列“{column.heading}”"
        if column.field not in ledger.fields and column.field not in PSEUDO:
            faults.append(Fault("G-ACT-71", where, f"对到没有的字段“{column.field}”", "存不进去", "另选一个字段"))
        if column.field in seen and not _private(ledger, column.field):
            what = f"和列“{seen[column.field]}”对到同一个字段"
            faults.append(Fault("G-ACT-71", where, what, "两列的内容会互相盖掉", "留一列，另一列不对应"))
        seen[column.field] = column.heading
    for one in ledger.fields.values():
        if (one.required or one.id == "text") and one.id not in seen:
            what, why = f"没有一列是“{one.title}”", "这一栏登记时必须有"
            faults.append(Fault("G-ACT-71", "表头", what, why, f"指定哪一列是“{one.title}”，或给整张表填一个值"))
    return faults


def _private(ledger: Ledger, name: str) -> bool:
    """Whether a field is confidential: as many columns as tell of it go there together."""
    return name in ledger.fields and ledger.fields[name].kind == "private"


def _names(ledger: Ledger) -> dict[str, str]:
    """Every word known for a column, with the field it means; the ledger's own titles win."""
    found = {plain(word): name for name, said in words()["words"].items() for word in said}
    found |= {plain(one.title): one.id for one in ledger.fields.values() if one.id != "deadline"}
    return {word: name for word, name in found.items() if name in ledger.fields or name in PSEUDO}


def _field(heading: str, names: Mapping[str, str]) -> str:
    return names.get(heading) or names.get(re.sub(r"[（(].*?[）)]", "", heading), "")


def _second(row: Sequence[Any], names: Mapping[str, str]) -> bool:
    """Whether a row under the heading is a second row of it: all its words are headings."""
    said = [plain(cell) for cell in row if plain(cell)]
    return bool(said) and all(_field(word, names) for word in said)


def _goes_with(row: Sequence[Any], below: Sequence[str], names: Mapping[str, str]) -> bool:
    """Whether the row above names columns the heading leaves empty (cells merged downwards)."""
    return any(not word and n < len(row) and _field(plain(row[n]), names) for n, word in enumerate(below))
