"""Is what a row says sound: each faulty cell with its fault, each doubtful value as a question."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guatu.act.collection import Asked, Figure, Line, Returned, state_word
from guatu.act.duty_states import DONE
from guatu.errors import Fault

_ERROR = re.compile(r"#(REF!|DIV/0!|N/A|VALUE!|NAME\?|NULL!|NUM!)", re.IGNORECASE)
Teller = Callable[[str, str, str, str, str], None]
"""Tells a fault: column, code, what, why, remedy."""
LEAP = Decimal(10)
"""How many times a whole may be that of the period before without being asked about (own choice)."""
_NONE = ("", "—", "-", "--", "/", "无", "——")


@dataclass(frozen=True, slots=True)
class Checked:
    """The content of a row as exact text, its faults by column, its doubts as (column, words), and remarks."""

    said: dict[str, str]
    faults: tuple[tuple[str, Fault], ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()


def is_blank(line: Line) -> bool:
    """Whether nothing was filled in."""
    if line.figure is not None:
        return not line.figure.said and not line.figure.faults
    return all(line.raw(name) in _NONE for name in ("state", "count", "text", "proof", "done_on", "trouble"))


def check(sheet: Returned, line: Line, asked: Asked, received: date) -> Checked:
    """What a row says about the measure it was taken for.

    Faults: G-ACT-91 unknown state, G-ACT-92 not a number, G-ACT-93 more than there is, G-ACT-94 done without its
    proof, G-ACT-95 a day that cannot be, G-ACT-96 a formula's error, G-ACT-97 state or progress missing.
    """
    if line.figure is not None:
        return _figure(line.figure, asked)
    faults: list[tuple[str, Fault]] = []
    doubts: list[tuple[str, str]] = []
    remarks: list[str] = []

    def fault(name: str, code: str, what: str, why: str, remedy: str) -> None:
        faults.append((name, Fault(code, sheet.where(line.number, name), what, why, remedy)))

    said = {name: line.raw(name) for name in ("text", "next", "proof", "trouble") if line.raw(name) not in _NONE}
    for name in ("state", "count", "text", "next", "proof", "done_on", "trouble"):
        if _ERROR.search(line.raw(name)):
            fault(name, "G-ACT-96", f"“{line.raw(name)}”是公式出错的结果", "读不出原来的内容", "改为实际内容")
            said.pop(name, None)
    state = _state(line, fault)
    count = _count(line, asked, fault, remarks)
    finished = _finished(line, received, fault)
    if state and not said.get("text") and not _ERROR.search(line.raw("text")):
        fault("text", "G-ACT-97", "选了状态，没有写进展", "只有状态看不出做了什么", "写明本期做了什么")
    if state == DONE:
        _proved(line, asked, count, said, fault, doubts)
    before = asked.last.get("count", "")
    if count is not None and before and count < Decimal(before):
        doubts.append(("count", f"累计完成 {count:f}，比上期的 {before} 少"))
    if count is not None and "count" in line.spanned:
        doubts.append(("count", f"完成数 {count:f} 是几行合并的一格，可能是几行的合计"))
    if asked.last.get("state") == DONE and state and state != DONE:
        doubts.append(("state", f"上期报办结，本期又报{state}"))
    if state:
        said["state"] = state
    if count is not None:
        said["count"] = f"{count:f}"
    if finished:
        said["done_on"] = finished.isoformat()
    return Checked(said, tuple(faults), tuple(doubts), tuple(remarks))


def _figure(figure: Figure, asked: Asked) -> Checked:
    """A figure was checked where it was read; here it is held against what the same place said before."""
    doubts = list(figure.doubts)
    whole, before = figure.said.get("denominator", ""), asked.last.get("denominator", "")
    if whole and before and Decimal(before) and not 1 / LEAP <= Decimal(whole) / Decimal(before) <= LEAP:
        doubts.append(("denominator", f"分母 {whole}，上期是 {before}，差 {LEAP} 倍以上，单位可能不同"))
    return Checked(dict(figure.said), figure.faults, tuple(doubts))


def _state(line: Line, fault: Teller) -> str:
    raw = line.raw("state")
    if raw in _NONE:
        fault("state", "G-ACT-97", "没有选状态", "这一行算不算报了无从判断", "从下拉的状态里选一个")
        return ""
    if _ERROR.search(raw):
        return ""
    if not (state := state_word(raw)):
        fault("state", "G-ACT-91", f"状态“{raw}”不是规定的说法", "归不到任何一种状态", "从下拉的状态里选一个")
    return state


def _count(line: Line, asked: Asked, fault: Teller, remarks: list[str]) -> Decimal | None:
    cell = line.cells.get("count")
    raw = line.raw("count")
    if cell is None or raw in _NONE or _ERROR.search(raw):
        return None
    if cell.number is None or cell.number < 0:
        remedy = f"填累计完成的数，单位{asked.unit or '见量化要求'}" if asked.quantity else "留空，这一行没有数量要求"
        fault("count", "G-ACT-92", f"“{raw}”不是完成数", "百分比和文字都算不出“完成 n／N”", remedy)
        return None
    if not asked.quantity:
        remarks.append(f"这一行没有数量要求，所填的 {raw} 没有收")
        return None
    if cell.number > Decimal(asked.quantity):
        what = f"累计完成 {raw}，多于总数 {asked.quantity}{asked.unit}"
        fault("count", "G-ACT-93", what, "完成的不会比要做的多", "核对是不是填错了行，或先申请调整总数")
        return None
    return cell.number


def _finished(line: Line, received: date, fault: Teller) -> date | None:
    cell = line.cells.get("done_on")
    raw = line.raw("done_on")
    if cell is None or raw in _NONE or _ERROR.search(raw):
        return None
    if cell.day is None:
        fault("done_on", "G-ACT-95", f"“{raw}”不是日期", "是否逾期无从判断", "写成 2021-09-30 的样子，并核对这一天存在")
    elif cell.day > received:
        fault("done_on", "G-ACT-95", f"办结日期 {cell.day} 晚于收表的 {received}", "还没到的日子不能算办结", "核对日期")
        return None
    return cell.day


def _proved(
    line: Line,
    asked: Asked,
    count: Decimal | None,
    said: dict[str, str],
    fault: Teller,
    doubts: list[tuple[str, str]],
) -> None:
    """Done has five kinds, each with its own proof."""
    if asked.done == "paper" and not said.get("proof"):
        fault("proof", "G-ACT-94", "报办结，没有文号", "文件印发了才算办结", "填印发文号，如 景府办字〔2021〕36号")
    elif asked.done == "count" and asked.quantity and (count is None or count < Decimal(asked.quantity)):
        what = f"报办结，累计完成 {'没有填' if count is None else f'{count:f}'}，总数 {asked.quantity}{asked.unit}"
        fault("count", "G-ACT-94", what, "数没有做满不算办结", "补足完成数，或把状态改为推进中")
    elif asked.done == "ledger" and not said.get("proof"):
        fault("proof", "G-ACT-94", "报办结，没有清单销号的材料", "清单清零了才算办结", "写明销号材料")
    elif asked.done == "standing":
        doubts.append(("state", "这是长期坚持的措施，却报了办结"))
