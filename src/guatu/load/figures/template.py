"""The table a unit fills in: made from the indicator's card, locked where nothing is to be written."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from guatu import rules
from guatu.base.period import Period
from guatu.errors import LoadError
from guatu.load.figures.due import Due, due_places
from guatu.load.figures.row import FIGURES, is_rate, unit_of
from guatu.load.kept import known
from guatu.load.workspace import Workspace
from guatu.rules.cards import Card

KEY = "_guatu"
MARK = "guatu-figures/1"
HEAD = 4  # row of the headings, from 1
DEMO = "演示数据，非实测"
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Form:
    """One sheet to fill: the card, its unit, the places and the period asked for."""

    card: Card
    body: str
    places: tuple[str, ...]
    period: Period

    @property
    def headings(self) -> tuple[str, ...]:
        """The locked headings, in order; what is named 上期 or 自动 is not read back."""
        unit = f"（{unit_of(self.card)}）" if unit_of(self.card) else ""
        if is_rate(self.card):
            asked = (f"分子：{self.card.numerator}{unit}", f"分母：{self.card.denominator}{unit}", "自动比例（%）")
            return ("地区", "时段", *asked, "上期分子", "上期分母", "佐证材料", "备注")
        kind = ("指数种类",) if self.card.index_kinds else ()
        return ("地区", "时段", f"数值{unit}", *kind, "上期数值", "佐证材料", "备注")


def forms_of(ws: Workspace, dues: Sequence[Due], period: Period) -> tuple[Form, ...]:
    """The sheets of the duties for a period."""
    return tuple(Form(ws.cards.card(due.indicator), due.body, due_places(ws, due), period) for due in dues)


def write_template(ws: Workspace, forms: Sequence[Form], out: Path, as_of: date) -> None:
    """Write one workbook with a sheet an indicator.

    Headings, titles and last period's figures (grey) are locked; places and periods are drop-downs; numbers take no
    text and nothing below zero; a hidden sheet says what each sheet asks, so that the file is known when it comes
    back. Raises LoadError: G-FIG-20 nothing to ask, G-FIG-21 the file cannot be written.
    """
    if not forms:
        raise LoadError.of(
            "no figure to ask for",
            "G-FIG-20",
            "报送模板",
            "没有要报的指标",
            "生成的表会是空的",
            "核对 --indicator、--body，或在 plan/figures.toml 写明报送安排",
        )
    before = known(ws.data, FIGURES, as_of)
    try:
        book = xlsxwriter.Workbook(str(out), {"strings_to_formulas": False})
        key = book.add_worksheet(KEY)
        key.write(0, 0, MARK)
        key.very_hidden()
        styles = _styles(book)
        names: list[str] = []
        for number, form in enumerate(forms, 1):
            name = _NOT_IN_A_NAME.sub("", form.card.name)[:26]
            name = f"{name}{number}" if name in names else name
            names.append(name)
            sheet = book.add_worksheet(name)
            _fill(ws, sheet, form, styles, before.to_dicts())
            key.write_row(
                number, 0, [name, form.card.id, str(form.period), json.dumps(form.headings, ensure_ascii=False)]
            )
            if number == 1:
                sheet.activate()
                sheet.set_first_sheet()
        book.close()
    except OSError as error:
        raise LoadError.of(
            f"cannot write {out}",
            "G-FIG-21",
            str(out),
            f"写不进去（{error.strerror or error}）",
            "模板没有生成",
            "换一个文件夹",
        ) from None


def _fill(ws: Workspace, sheet: Any, form: Form, styles: dict[str, Any], before: list[dict[str, Any]]) -> None:
    card, headings = form.card, form.headings
    last = len(headings) - 1
    title = f"{card.name} 报送表（{form.period}）" + (f" {DEMO}" if ws.demo else "")
    sheet.merge_range(0, 0, 0, last, title, styles["title"])
    for at, (label, said) in enumerate((("填报单位", form.body), ("填报人", ""), ("填报日期", ""))):
        sheet.write(1, 2 * at, label, styles["locked"])
        sheet.write(1, 2 * at + 1, said, styles["day" if label == "填报日期" else "open"])
    note = f"分子：{card.numerator}；分母：{card.denominator}。" if is_rate(card) else ""
    note += f"按 {card.clause}。{card.note}".rstrip("。") + "。没有数的行留空，不要填 0 或“无”。"
    sheet.merge_range(2, 0, 2, last, note, styles["note"])
    sheet.set_row(2, 48)
    sheet.set_row(HEAD - 1, 48)
    for at, heading in enumerate(headings):
        sheet.write(HEAD - 1, at, heading, styles["head"])
        sheet.set_column(at, at, 14 if at < 2 else 20)
    end = HEAD + len(form.places) + 9
    periods = [str(one) for one in _near(form.period)]
    sheet.data_validation(HEAD, 0, end, 0, _choice(list(form.places), "地区"))
    sheet.data_validation(HEAD, 1, end, 1, _choice(periods, "时段"))
    numbers = (2, 3) if is_rate(card) else (2,)
    for at in numbers:
        sheet.data_validation(HEAD, at, end, at, {
            "validate": "decimal", "criteria": ">=", "value": 0, "ignore_blank": True, "error_title": "不是数",
            "error_message": f"填 0 以上的数，单位 {unit_of(card) or '见表头'}；没有数就留空。",
            "input_title": headings[at][:30],
            "input_message": f"最多 {rules.timeline('reported.decimals')[-1].value} 位小数",
        })  # fmt: skip
    if card.index_kinds:
        sheet.data_validation(HEAD, 3, end, 3, _choice(list(card.index_kinds), "指数种类"))
    sheet.data_validation(1, 5, 1, 5, {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1),
                                       "error_message": "填日期，如 2021-10-08"})  # fmt: skip
    for row in range(HEAD, end + 1):
        place = form.places[row - HEAD] if row - HEAD < len(form.places) else ""
        old = _previous(before, card.id, place, form.period) if place else None
        _line(sheet, row, form, place, old, styles)
    sheet.freeze_panes(HEAD, 2)
    sheet.protect("", {"select_locked_cells": True, "format_columns": True})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _line(sheet: Any, row: int, form: Form, place: str, old: dict[str, Any] | None, styles: dict[str, Any]) -> None:
    """One row of the table: place and period given, numbers open, last period in grey."""
    rate = is_rate(form.card)
    sheet.write(row, 0, place, styles["open"])
    sheet.write(row, 1, str(form.period) if place else "", styles["open"])
    opens = [2, 3] if rate else [2, 3] if form.card.index_kinds else [2]
    for at in opens:
        sheet.write_blank(row, at, None, styles["open"])
    grey = [4 + 1, 4 + 2] if rate else [len(opens) + 2]
    if rate:
        n, d = f"C{row + 1}", f"D{row + 1}"
        ratio = f'=IF(AND(ISNUMBER({n}),ISNUMBER({d})),IF({d}>0,ROUND({n}/{d}*100,{form.card.decimals}),""),"")'
        sheet.write_formula(row, 4, ratio, styles["grey"], "")
    told = (old["numerator"], old["denominator"]) if old and rate else (old["value"],) if old else ()
    for at, value in zip(grey, (*told, *[None] * len(grey)), strict=False):
        sheet.write(row, at, None if value is None else format(value.normalize(), "f"), styles["grey"])
    for at in (grey[-1] + 1, grey[-1] + 2):
        sheet.write_blank(row, at, None, styles["open"])


def _previous(before: list[dict[str, Any]], indicator: str, place: str, period: Period) -> dict[str, Any] | None:
    """The newest figure of the place that ended before the period."""
    mine = [
        row for row in before if (row["indicator"], row["place"]) == (indicator, place) and row["last"] < period.first
    ]
    return max(mine, key=lambda row: row["last"], default=None)


def _near(period: Period) -> list[Period]:
    """The periods to choose from: the one asked for and those of the same length in its year."""
    year = period.first.year
    months = (period.last.year - year) * 12 + period.last.month - period.first.month + 1
    if months not in (1, 3, 6, 12) or period.first.day != 1:
        return [period]
    starts = range(1, 13, months)
    return [Period(date(year, m, 1), Period.of(f"{year}-{m + months - 1:02d}").last) for m in starts]


def _choice(values: list[str], what: str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": values,
        "error_title": what,
        "error_message": f"从下拉的{what}中选一个",
        "ignore_blank": True,
    }


def _styles(book: Any) -> dict[str, Any]:
    border = {"border": 1, "text_wrap": True, "valign": "vcenter"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"}),
        "head": book.add_format({**border, "bold": True, "bg_color": "#D9E2EC", "align": "center"}),
        "locked": book.add_format({**border, "bg_color": "#EEEEEE"}),
        "note": book.add_format({**border, "font_color": "#444444"}),
        "grey": book.add_format({**border, "font_color": "#888888", "bg_color": "#F2F2F2"}),
        "open": book.add_format({**border, "locked": False}),
        "day": book.add_format({**border, "locked": False, "num_format": "yyyy-mm-dd"}),
    }
