"""Twenty-eight returned sheets as offices send them back: filled in, renamed, edited, broken; and what is true of them.

Built from the sheets that were sent out, with another library than the one that wrote or reads them.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook, load_workbook

HEAD = 4
ANSWERS = {
    "以哪一份为准": "林业局(1).xlsx",
    "是否属实": "属实",
    "是哪一期": "按本期收",
    "是谁的表": "不收",
    "是哪一条措施": "不收",
}
"""What the clerk answers after a look at the papers, by kind of question."""
FULL = str.maketrans("0123456789,", "０１２３４５６７８９，")


@dataclass
class Truth:
    """What must be found: rows that land at once, faults and questions planted, who must not count as on time.

    good, later: by (sender, measure or figure) what is said; later: what lands with the answers of ANSWERS.
    """

    good: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    faults: list[tuple[str, str, str]] = field(default_factory=list)  # (file, cell, code)
    later: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)  # lands once its question is answered
    questions: list[tuple[str, str]] = field(default_factory=list)  # (kind, word found in its place or words)
    blanks: list[tuple[str, str]] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    returned: set[str] = field(default_factory=set)  # units whose sheet came, be all its rows faulty


class Sheet:
    """One sent sheet opened for editing, its columns found by their headings as a clerk would."""

    def __init__(self, path: Path) -> None:
        self.book = load_workbook(path)
        self.sheet = self.book["工作进展"]
        self.sheet.protection.sheet = False
        self.columns = {cell.value: cell.column for cell in self.sheet[HEAD]}
        self.sender = self.sheet.cell(2, 4).value
        self.rows = {
            str(self.sheet.cell(row, 1).value).partition("~")[0]: row
            for row in range(HEAD + 1, self.sheet.max_row + 1)
            if self.sheet.cell(row, 1).value
        }

    def put(self, measure: str, heading: str, value: object) -> str:
        """Write into a row's column; returns the address of the cell."""
        cell = self.sheet.cell(self.rows[measure], self.columns[heading])
        cell.value = value
        return str(cell.coordinate)

    def get(self, measure: str, heading: str) -> str:
        """Read a row's column."""
        return str(self.sheet.cell(self.rows[measure], self.columns[heading]).value or "")

    def lose_keys(self) -> None:
        """As a copy into a new workbook does: no hidden sheet, no hidden column."""
        del self.book["_guatu"]
        for row in range(1, self.sheet.max_row + 1):
            self.sheet.cell(row, 1).value = None

    def figures(self) -> Figures | None:
        """The second sheet, where the unit owes figures."""
        return Figures(self) if "报送数" in self.book.sheetnames else None

    def save(self, path: Path) -> None:
        """As xlsx."""
        self.book.save(path)


class Figures:
    """The sheet of figures of a unit, a row a place."""

    def __init__(self, whole: Sheet) -> None:
        self.sheet = whole.book["报送数"]
        self.sheet.protection.sheet = False
        self.columns = {cell.value: cell.column for cell in self.sheet[HEAD]}
        self.rows = {
            str(self.sheet.cell(row, 1).value).rpartition("~")[0]: row
            for row in range(HEAD + 1, self.sheet.max_row + 1)
            if self.sheet.cell(row, 1).value
        }

    def put(self, name: str, heading: str, value: object) -> str:
        """Write into a row's column; returns the address of the cell."""
        cell = self.sheet.cell(self.rows[name], self.columns[heading])
        cell.value = value
        return str(cell.coordinate)

    def last(self, name: str) -> int:
        """Last period's whole, printed grey."""
        return int(self.sheet.cell(self.rows[name], self.columns["上期分母"]).value)


def fill(sheet: Sheet, truth: Truth, quantities: dict[str, tuple[int, int]], month: int) -> None:
    """An honest month: every row with a state and a sentence, counts where a number is asked."""
    for number, measure in enumerate(sheet.rows):
        said = {"state": "推进中", "text": f"{sheet.sender}{month}月按计划推进第{number + 1}项，召开调度会一次"}
        if measure in quantities:
            said["count"] = str(quantities[measure][0])
            sheet.put(measure, "本期累计完成数", quantities[measure][0])
        if number % 4 == 1:
            said["next"] = "继续推进"
            sheet.put(measure, "下步打算", said["next"])
        sheet.put(measure, "本期状态", said["state"])
        sheet.put(measure, "本期进展情况", said["text"])
        truth.good[sheet.sender, measure] = said
    figures = sheet.figures()
    for number, name in enumerate(figures.rows if figures else ()):
        whole = figures.last(name)
        said = {"numerator": str(whole - 3 - number), "denominator": str(whole)}
        for heading, part in (("分子", "numerator"), ("分母", "denominator")):
            figures.put(name, heading, int(said[part]))
        truth.good[sheet.sender, name] = said


def honest(sent: Path, heap: Path, quantities: dict[str, tuple[int, int]], month: int) -> Truth:
    """Every unit returns its sheet as it should."""
    truth = Truth()
    heap.mkdir()
    for path in sorted(sent.iterdir()):
        sheet = Sheet(path)
        fill(sheet, truth, quantities, month)
        sheet.save(heap / path.name)
    return truth


def dirty(sent: Path, heap: Path, quantities: dict[str, tuple[int, int]], paper: str, month: int) -> Truth:
    """Every unit returns its sheet in its own way; quantities: measure → (done, of); paper: done by one."""
    truth = Truth()
    heap.mkdir()
    counted = next(iter(quantities))
    used = set()
    for path in sorted(sent.iterdir()):
        sheet = Sheet(path)
        make = MAKERS.get(sheet.sender)
        fill(sheet, truth, quantities, month)
        used.add(sheet.sender)
        if make is None:
            sheet.save(heap / f"{sheet.sender}（已盖章）.xlsx")
        else:
            make(sheet, heap, truth, counted, paper)
    assert used >= set(MAKERS), set(MAKERS) - used
    (heap / "会议通知.csv").write_text("关于召开调度会的通知\n请各单位参加\n", encoding="utf-8")
    truth.faults.append(("会议通知.csv", "", "G-OFFICE-20"))
    (heap / "宣传部盖章扫描.jpg").write_bytes(b"\xff\xd8\xff\xe0 a photograph of the sheet")
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    (heap / "加密.xlsx").write_bytes(locked)
    (heap / "传坏了.xlsx").write_bytes(b"PK\x03\x04 half of a workbook")
    truth.faults += [(name, "", "G-OFFICE-60") for name in ("宣传部盖章扫描.jpg", "加密.xlsx", "传坏了.xlsx")]
    (heap / "~$市水利局.xlsx").write_bytes(b"owner file of a spreadsheet program")
    return truth


def _shifted(sheet: Sheet, heap: Path, truth: Truth, *_: str) -> None:
    """Columns moved to the right by two new ones, a column more inside, rows in another order."""
    book, old = sheet.book, sheet.sheet
    rows = [[cell.value for cell in row] for row in old.iter_rows(min_row=HEAD + 1)]
    old.delete_rows(HEAD + 1, len(rows))
    for at, row in enumerate(reversed(rows), HEAD + 1):
        for column, value in enumerate(row, 1):
            old.cell(at, column, value)
    old.unmerge_cells("B1:Q1")
    old.unmerge_cells("B3:Q3")
    old.insert_cols(2, 2)
    old.cell(HEAD, 2, "科室")
    old.cell(HEAD, 3, "经办人")
    book.save(heap / "最终版2.xlsx")


def _merged_heads(sheet: Sheet, heap: Path, truth: Truth, *_: str) -> None:
    """A second row of headings under merged ones."""
    old = sheet.sheet
    issued = next(iter(sheet.rows))
    said = {"state": "办结", "text": "规划已印发", "proof": "演示府办字〔2021〕36号"}
    for heading, value in zip(("本期状态", "本期进展情况", "佐证材料或文号"), said.values(), strict=True):
        sheet.put(issued, heading, value)
    sheet.put(issued, "下步打算", None)
    truth.good[sheet.sender, issued] = said
    for one in ("B1:Q1", "B3:Q3"):
        old.unmerge_cells(one)
    old.insert_rows(HEAD)
    first, last = sheet.columns["本期状态"], sheet.columns["本期进展情况"]
    for column in range(1, old.max_column + 1):
        if not first <= column <= last:
            old.cell(HEAD, column, old.cell(HEAD + 1, column).value)
            old.cell(HEAD + 1, column).value = None
            old.merge_cells(start_row=HEAD, end_row=HEAD + 1, start_column=column, end_column=column)
    old.cell(HEAD, first, "9月工作情况")
    old.merge_cells(start_row=HEAD, end_row=HEAD, start_column=first, end_column=last)
    sheet.book.save(heap / "水利 报送表.xlsx")


def _keyless(sheet: Sheet, heap: Path, truth: Truth, *_: str) -> None:
    sheet.lose_keys()
    sheet.save(heap / "新建 工作表.xlsx")


def _full_width(sheet: Sheet, heap: Path, truth: Truth, counted: str, _: str) -> None:
    sheet.put(counted, "本期累计完成数", "１２．０")
    truth.good[sheet.sender, counted]["count"] = "12.0"
    sheet.put(counted, "本期状态", "正在推进 ")
    sheet.save(heap / "工信局.xlsx")


def _spoiled(heading: str, value: str, code: str, name: str) -> Callable[..., None]:
    """A maker of a sheet with one faulty cell in the first row that has that column to fill."""

    def make(sheet: Sheet, heap: Path, truth: Truth, counted: str, paper: str) -> None:
        measure = counted if heading == "本期累计完成数" else next(iter(sheet.rows))
        truth.faults.append((name, sheet.put(measure, heading, value), code))
        truth.returned.add(sheet.sender)
        truth.good.pop((sheet.sender, measure))
        sheet.save(heap / name)

    return make


def _paper_without_number(sheet: Sheet, heap: Path, truth: Truth, _: str, paper: str) -> None:
    sheet.put(paper, "本期状态", "已完成")
    truth.good.pop((sheet.sender, paper))
    truth.returned.add(sheet.sender)
    truth.faults.append(("自规局汇总.xlsx", sheet.put(paper, "佐证材料或文号", None), "G-ACT-94"))
    sheet.save(heap / "自规局汇总.xlsx")


def _formula_error(sheet: Sheet, heap: Path, truth: Truth, *_: str) -> None:
    """One as a text, which a copy by value leaves; one live, which no spreadsheet program ever reckoned."""
    first, second, *_rest = sheet.rows
    for measure, value in ((first, "详见#REF!"), (second, "=Sheet9!A1")):
        truth.faults.append(("财政.xlsx", sheet.put(measure, "本期进展情况", value), "G-ACT-96"))
        truth.good.pop((sheet.sender, measure))
    truth.returned.add(sheet.sender)
    sheet.save(heap / "财政.xlsx")


def _two_versions(sheet: Sheet, heap: Path, truth: Truth, *_: str) -> None:
    sheet.save(heap / "林业局.xlsx")
    measure = list(sheet.rows)[1]
    sheet.put(measure, "本期进展情况", "补充：完成造林核查")
    truth.later[sheet.sender, measure] = truth.good.pop((sheet.sender, measure)) | {"text": "补充：完成造林核查"}
    truth.questions.append(("以哪一份为准", sheet.sender))
    sheet.save(heap / "林业局(1).xlsx")


def _named_after_another(sheet: Sheet, heap: Path, truth: Truth, *_: str) -> None:
    sheet.save(heap / "市公安局9月.xlsx")


def _of_another_body(sheet: Sheet, heap: Path, truth: Truth, *_: str) -> None:
    """A unit took its neighbour's sheet and wrote its own name into the head."""
    sheet.sheet.cell(2, 4, "市城管局")
    for measure in sheet.rows:
        truth.good.pop((sheet.sender, measure))
    truth.questions.append(("是谁的表", "市场监管.xlsx"))
    sheet.save(heap / "市场监管.xlsx")


def _csv(sheet: Sheet, heap: Path, truth: Truth, *_: str) -> None:
    """The measures as csv of an old encoding; the figures pasted into a workbook of their own, keys and all lost."""
    out = io.StringIO()
    csv.writer(out).writerows(
        ["" if cell.value is None else cell.value for cell in row[1:]] for row in sheet.sheet.iter_rows()
    )
    (heap / "住建.csv").write_bytes(out.getvalue().encode("gb18030"))
    if figures := sheet.figures():
        book = Workbook()
        pasted = book.active
        for row in figures.sheet.iter_rows(values_only=True):
            pasted.append(row[1:])
        whole, last = figures.columns["分母"] - 1, HEAD + len(figures.rows)
        pasted.cell(HEAD + 1, whole, f"{pasted.cell(HEAD + 1, whole).value}".translate(FULL))
        pasted.cell(last + 1, 2, "合计")
        for column in (whole - 1, whole):
            numbers = [str(pasted.cell(row, column).value) for row in range(HEAD + 1, last + 1)]
            pasted.cell(last + 1, column, sum(int(number) for number in numbers))
        pasted.cell(last + 2, 1, "填表人：王某")
        book.save(heap / "污水处理数据.xlsx")


def _renamed_xls(sheet: Sheet, heap: Path, truth: Truth, *_: str) -> None:
    """An xlsx that calls itself xls, with three of its figures spoiled: a part over its whole, words, a wrong unit."""
    if figures := sheet.figures():
        over, worded, jumped, *_rest = figures.rows
        last = figures.last(over)
        truth.faults.append(("chengguan.xls", figures.put(over, "分子", last + 5), "G-FIG-07"))
        truth.faults.append(("chengguan.xls", figures.put(worded, "分子", "约400"), "G-FIG-05"))
        for name in (over, worded):
            truth.good.pop((sheet.sender, name))
        figures.put(jumped, "分子", 39)
        figures.put(jumped, "分母", 40)
        truth.good.pop((sheet.sender, jumped))
        truth.later[sheet.sender, jumped] = {"numerator": "39", "denominator": "40"}
        truth.questions.append(("是否属实", "chengguan.xls"))
    sheet.save(heap / "chengguan.xlsx")
    (heap / "chengguan.xlsx").rename(heap / "chengguan.xls")


def _foreign_row(sheet: Sheet, heap: Path, truth: Truth, *_: str) -> None:
    last = sheet.sheet.max_row + 1
    sheet.sheet.cell(last, sheet.columns["具体措施"], "理清目标、任务、工程和保障措施，建立规划执行的跟踪评估办法。")
    sheet.sheet.cell(last, sheet.columns["本期状态"], "推进中")
    sheet.sheet.cell(last, sheet.columns["本期进展情况"], "替别人填的")
    truth.questions.append(("是哪一条措施", "卫健委.xlsx"))
    sheet.save(heap / "卫健委.xlsx")


def _left_blank(sheet: Sheet, heap: Path, truth: Truth, *_: str) -> None:
    measure = next(iter(sheet.rows))
    for heading in ("本期状态", "本期进展情况", "本期累计完成数", "下步打算"):
        sheet.put(measure, heading, None)
    sheet.put(measure, "本期进展情况", "—")
    truth.good.pop((sheet.sender, measure))
    truth.blanks.append((sheet.sender, measure))
    sheet.save(heap / "应急.xlsx")


def _reworded(sheet: Sheet, heap: Path, truth: Truth, *_: str) -> None:
    sheet.lose_keys()
    for measure in sheet.rows:
        text = sheet.get(measure, "具体措施")
        sheet.put(measure, "具体措施", text[:-3] + "等工作" if len(text) > 20 else f"{text} ")
    sheet.save(heap / "政府办.xlsx")


def _wrong_month(sheet: Sheet, heap: Path, truth: Truth, *_: str) -> None:
    sheet.sheet.cell(2, 6, "2021年8月")
    for measure in sheet.rows:
        truth.later[sheet.sender, measure] = truth.good.pop((sheet.sender, measure))
    truth.questions.append(("是哪一期", "信访局.xlsx"))
    sheet.save(heap / "信访局.xlsx")


def _silent(sheet: Sheet, heap: Path, truth: Truth, *_: str) -> None:
    for measure in sheet.rows:
        truth.good.pop((sheet.sender, measure))
    truth.silent.append(sheet.sender)


def _fewer_than_before(sheet: Sheet, heap: Path, truth: Truth, counted: str, _: str) -> None:
    sheet.put(counted, "本期累计完成数", 2)
    truth.later[sheet.sender, counted] = truth.good.pop((sheet.sender, counted)) | {"count": "2"}
    truth.questions.append(("是否属实", "昌江.xlsx"))
    sheet.save(heap / "昌江.xlsx")


def _totals_and_signatures(sheet: Sheet, heap: Path, truth: Truth, *_: str) -> None:
    last = sheet.sheet.max_row + 1
    sheet.sheet.cell(last, 2, "合计")
    sheet.sheet.cell(last, sheet.columns["本期累计完成数"], 99)
    sheet.sheet.cell(last + 1, 2, "填表人：张某　审核人：李某")
    sheet.save(heap / "浮梁.xlsx")


def _twice(sheet: Sheet, heap: Path, truth: Truth, *_: str) -> None:
    sheet.save(heap / "乐平.xlsx")
    shutil.copy(heap / "乐平.xlsx", heap / "乐平 - 副本.xlsx")


MAKERS: dict[str, Callable[..., None]] = {
    "市发改委": _shifted,
    "市水利局": _merged_heads,
    "市农业农村局": _keyless,
    "市工信局": _full_width,
    "市交通运输局": _spoiled("本期累计完成数", "60%", "G-ACT-92", "交通.xlsx"),
    "市自然资源规划局": _paper_without_number,
    "市林业局": _two_versions,
    "市气象局": _named_after_another,
    "市市场监管局": _of_another_body,
    "市住建局": _csv,
    "市城管局": _renamed_xls,
    "市公安局": _spoiled("本期状态", "差不多了", "G-ACT-91", "公安局.xlsx"),
    "市财政局": _formula_error,
    "市卫健委": _foreign_row,
    "市应急局": _left_blank,
    "市政府办公室": _reworded,
    "市人大常委会办公室": _spoiled("办结日期", "2021-9-31", "G-ACT-95", "人大办.xlsx"),
    "市委宣传部": _silent,
    "市信访局": _wrong_month,
    "珠山区": _spoiled("本期累计完成数", "999", "G-ACT-93", "珠山.xlsx"),
    "昌江区": _fewer_than_before,
    "浮梁县": _totals_and_signatures,
    "乐平市": _twice,
}
