"""The table of all targets on a day, as the one-page paper and the yearly report print it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from guatu.base.units import unit_sign
from guatu.judge.board import Board, Row
from guatu.judge.status import told
from guatu.load.workspace import Workspace
from guatu.read.asking import asked
from guatu.report.paper import Grid, Number, Para, Runs, sentence
from guatu.report.words import NOTHING

ORDER = ("missed", "behind", "close", "undecided", "met", "aspired")


def so_far(row: Row, day: date) -> Number:
    """The figure a target is judged on: the official one where there is one; the other witness in its note."""
    judged = row.official.value if row.official else told(row.target, row.value, row.status)
    note = ""
    if row.official is not None:
        ours = "无" if row.value.number is None else f"{row.value.number}"
        note = f"通报值 {row.official.value}（{row.official.paper}，{row.official.day}），计算值 {ours}"
    elif row.value.number is None:
        note = row.value.reason or row.status.reason
    text = NOTHING if judged is None else f"{judged}"
    return Number(f"{row.target.id}/so_far", text, f"{row.value.address}@{day}", note=note)


def table(ws: Workspace, board: Board, caption: str, *, worst_first: bool, wide: bool) -> Grid:
    """Every target with what it asks, its figure, its state and the room left."""
    rows = list(board.rows)
    if worst_first:
        rows.sort(key=lambda row: ORDER.index(row.status.code))
    cells: list[tuple[Runs, ...]] = []
    for row in rows:
        unit = unit_sign(row.value.unit)
        word = row.status.word + (f"（{row.status.reason}）" if row.status.reason else "")
        room = row.room.sentence if row.room is not None else NOTHING
        number = so_far(row, board.as_of)
        figure: Runs = (number,) if number.text == NOTHING else (number, unit)
        name = f"{row.target.scope}{row.target.indicator}"
        cells.append(((row.target.id,), (name,), (asked(row.target),), figure, (word,), (room,)))
    return Grid(caption, ("编号", "目标", "要求", "现值", "状态", "余量"), tuple(cells), wide=wide)


def counted(board: Board) -> Para:
    """How many targets stand where."""
    words = {"met": "达标", "aspired": "力争达标", "close": "临界", "behind": "暂未达标", "missed": "未达标",
             "undecided": "无法判定"}  # fmt: skip
    counts = board.counts()
    parts: list[str | Number] = ["年度目标", Number("targets/all", str(len(board.rows))), "项："]
    codes: Sequence[str] = [code for code in ORDER if counts.get(code)]
    for at, code in enumerate(codes):
        parts += ["，" if at else "", words[code], Number(f"targets/{code}", str(counts[code])), "项"]
    return sentence(*parts, "。")


def witnesses(board: Board) -> Grid | None:
    """Targets with an official and a computed figure side by side."""
    rows: list[tuple[Runs, ...]] = []
    for row in board.rows:
        number = so_far(row, board.as_of)
        if row.official is not None:
            rows.append(((row.target.id,), (f"{row.target.scope}{row.target.indicator}",), (number,), (number.note,)))
    return Grid("通报值与计算值对照", ("编号", "目标", "印出", "两数"), tuple(rows)) if rows else None
