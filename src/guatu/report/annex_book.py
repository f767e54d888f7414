"""The tables of a paper as a styled workbook, a sheet each, numbers as numbers and printed on a page in width."""

from __future__ import annotations

import io
import re
from datetime import datetime

import xlsxwriter  # type: ignore[import-untyped]

from guatu.report.columns import widths
from guatu.report.duty_sheet import DEMO
from guatu.report.paper import Grid, Number, Paper, plain
from guatu.report.same_bytes import repacked

_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
_BARRED = re.compile(r"[\[\]:*?/\\']")
FIRST = 3  # row of the headings, from 0


def annex_book(paper: Paper) -> bytes:
    """One sheet a table with its title, headings, notes; the same paper gives the same bytes.

    A printed number is a number of the sheet with the decimals it was printed with; a dash stays a dash.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        day = datetime(paper.as_of.year, paper.as_of.month, paper.as_of.day)
        book.set_properties({"title": paper.title, "author": "guatu", "created": day})
        looks: dict[str, object] = {}
        border = {"border": 1, "valign": "vcenter", "font_name": "宋体", "font_size": 10.5}
        head = book.add_format({**border, "bold": True, "font_name": "黑体", "bg_color": "#D9E2EC", "align": "center",
                                "text_wrap": True})  # fmt: skip
        words = book.add_format({**border, "text_wrap": True})
        title = book.add_format({"bold": True, "font_size": 16, "align": "center", "font_name": "黑体"})
        small = book.add_format({"font_size": 9, "text_wrap": True, "valign": "top"})
        for at, grid in enumerate(paper.grids(), 1):
            sheet = book.add_worksheet(f"{at}{_BARRED.sub('', grid.caption)}"[:28])
            last = max(len(grid.heads) - 1, 1)
            sheet.merge_range(0, 0, 0, last, grid.caption, title)
            mark = f"　{DEMO}" if paper.demo else ""
            sheet.merge_range(1, 0, 1, last, f"{paper.title}{mark}", small)
            sheet.set_row(0, 28)
            for column, (name, wide) in enumerate(zip(grid.heads, widths(grid), strict=True)):
                sheet.write_string(FIRST - 1, column, name, head)
                sheet.set_column(column, column, max(8.0, wide / 1.9))
            for line, row in enumerate(grid.rows, FIRST):
                for column, cell in enumerate(row):
                    told = plain(cell)
                    if len(cell) == 1 and isinstance(cell[0], Number) and _PLAIN.fullmatch(told):
                        places = len(told.partition(".")[2])
                        shape = "0." + "0" * places if places else "0"
                        look = looks.setdefault(shape, book.add_format({**border, "num_format": shape,
                                                                       "align": "center"}))  # fmt: skip
                        sheet.write_number(line, column, float(told), look)
                    else:
                        sheet.write_string(line, column, told, words)
            for line, note in enumerate(grid.notes, FIRST + len(grid.rows)):
                sheet.merge_range(line, 0, line, last, f"注：{note}", small)
            _printed(sheet, grid)
        if not list(paper.grids()):
            book.add_worksheet("无附表").write_string(0, 0, f"{paper.title}没有表格")
    return repacked(out.getvalue())


def _printed(sheet: object, grid: Grid) -> None:
    sheet.freeze_panes(FIRST, 1)  # type: ignore[attr-defined]
    sheet.repeat_rows(FIRST - 1)  # type: ignore[attr-defined]
    sheet.set_paper(9)  # type: ignore[attr-defined]
    sheet.fit_to_pages(1, 0)  # type: ignore[attr-defined]
    sheet.set_footer("&C第 &P 页 共 &N 页")  # type: ignore[attr-defined]
    if grid.wide:
        sheet.set_landscape()  # type: ignore[attr-defined]
