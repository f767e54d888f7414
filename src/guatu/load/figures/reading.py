"""One table of figures being read: each row to the figure it means, each fault by its cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from guatu import rules
from guatu.base.period import Period
from guatu.errors import Fault
from guatu.load.figures.row import CITY, is_rate, may_pass, reported, unit_of
from guatu.load.office_table import Line, OfficeTable, letters
from guatu.load.words import absent, day, named, number, period, plain, unclear_month
from guatu.rules.cards import Card, Cards

PERCENT = 100
WRONG_SUM = "G-FIG-09"
"""The fault of a row of sums: no row of its table is sure then."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sheet of a template asked for, from its hidden sheet."""

    indicator: str
    period: Period
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What the person who loads a table says of it as a whole, where the table itself does not."""

    indicator: str = ""
    period: str = ""
    reporter: str = ""
    received: date | None = None


AS_WRITTEN = Given()


class Reading:
    """One table being read: its rows, and the faults met on the way."""

    def __init__(
        self,
        table: OfficeTable,
        form: Asked | None,
        given: Given,
        places: Mapping[str, str],
        cards: Cards,
        faults: list[Fault],
    ) -> None:
        self.table, self.form, self.given, self.places, self.faults = table, form, given, places, faults
        self.cards = cards
        self.met: dict[str, Card] = {}  # indicators of the rows so far: a row of sums that names none sums the only one
        self.title = " ".join(table.above)
        year = re.search(r"(20\d\d)\s*年?", self.title)
        self.year = int(year[1]) if year else None
        self.received = self._day_of_head()
        self.reporter = given.reporter or self._beside("填报单位")[1] or self._beside("报送单位")[1]

    def rows(self) -> tuple[list[dict[str, Any]], int]:
        """The rows that say something, and how many say nothing."""
        told: list[tuple[Line, dict[str, Any]]] = []
        sums: list[tuple[Line, dict[str, Any]]] = []
        blank = 0
        at_first = len(self.faults)
        for line in self.table.lines:
            if all(absent(line.cells.get(name, "")) for name in ("numerator", "denominator", "value")):
                blank += not line.total
                continue
            before = len(self.faults)
            row = self._row(line)
            if len(self.faults) == before:
                (sums if line.total or row["place"] == CITY else told).append((line, row))
        sound = len(self.faults) == at_first  # the sum of rows of which one is wrong says nothing
        for line, row in sums:
            parts = [part for _, part in told if self._same(part, row)]
            if parts and sound:
                self._agrees(line, row, parts)
            elif not parts and not line.total:
                told.append((line, row))
        return [row for _, row in told], blank

    def _row(self, line: Line) -> dict[str, Any]:
        cells = line.cells
        found = self._card(line)
        place = CITY if line.total else self._place(line)
        stretch = self._period(line)
        numerator, denominator = self._amount(line, "numerator"), self._amount(line, "denominator")
        value = self._amount(line, "value")
        if found is not None:
            value = self._measures(line, found, numerator, denominator, value)
        received = self._received(line)
        if stretch is not None and received is not None and stretch.first > received:
            self._blame(
                "G-FIG-16",
                line,
                "period",
                f"{stretch} 在填报日期 {received} 时还没有开始",
                "还没有发生的事没有数",
                "核对时段和填报日期",
            )
        kind = plain(cells.get("index_kind", "")).upper()
        if found is not None and found.index_kinds and kind not in found.index_kinds:
            self._blame(
                "G-FIG-18",
                line,
                "index_kind",
                f"没有写明是 {' 还是 '.join(found.index_kinds)}",
                "两种指数数值不可比",
                "写明指数种类",
            )
        return {
            "indicator": found.id if found else "",
            "place": place,
            "first": stretch.first if stretch else None,
            "last": stretch.last if stretch else None,
            "numerator": numerator,
            "denominator": denominator,
            "value": value,
            "unit": unit_of(found) if found else "",
            "index_kind": kind,
            "reporter": cells.get("reporter", "") or self.reporter,
            "proof": cells.get("proof", ""),
            "note": cells.get("note", ""),
            "received": received,
            "sheet": self.table.sheet.name,
            "cell": self.table.address(line.number, "numerator" if "numerator" in self.table.columns else "value"),
            "line": line.number,
        }

    def _card(self, line: Line) -> Card | None:
        if self.form is not None:
            return self.cards.card(self.form.indicator)
        word = line.cells.get("indicator", "") or self.given.indicator or self.table.sheet.name or self.title
        found = self.cards.meant(line.cells.get("place", ""), word) or self.cards.named(self.title)
        if line.total and (found is None or not reported(found)):
            return next(iter(self.met.values())) if len(self.met) == 1 else None
        if found is None or not reported(found):
            self._blame(
                "G-FIG-02",
                line,
                "indicator",
                f"指标“{word[:30]}”认不出来",
                "不知是哪个指标的数",
                "写 guatu figures cards 里的名称或编号，或另写明指标（命令 --indicator）；没有这张卡就写进 cards.toml",
            )
            return None
        self.met[found.id] = found
        return found

    def _place(self, line: Line) -> str:
        word = line.cells.get("place", "")
        found = named(word, self.places)
        if found is None:
            what = f"地区“{word}”没有登记" if word else "没有写地区"
            self._blame("G-FIG-03", line, "place", what, "不知是哪里的数", "写 guatu.toml 里的地区名")
        return found or ""

    def _period(self, line: Line) -> Period | None:
        cell = line.cells.get("period", "")
        word = cell or self.given.period or (str(self.form.period) if self.form else "")
        found = period(word, self.year) if word else in_title(self.title)
        if found is None:
            what = (
                f"“{word}”分不清是 1 月还是 10 月"
                if unclear_month(word)
                else f"时段“{word}”认不出来"
                if word
                else "没有写时段"
            )
            self._blame("G-FIG-04", line, "period", what, "不知是哪一段时间的数", "写成 2021-01、2021Q3 或 2021 的样子")
        return found

    def _amount(self, line: Line, name: str) -> Decimal | None:
        cell = line.cells.get(name, "")
        if absent(cell):
            return None
        percent = plain(cell).endswith("%")
        value = number(plain(cell).removesuffix("%") if name == "value" else cell)
        if value is None:
            self._blame("G-FIG-05", line, name, f"“{cell}”不是数", "不能参加计算", "填数；没有数就留空")
            return None
        if value < 0:
            self._blame("G-FIG-06", line, name, f"“{cell}”是负数", "报送数不会小于零", "核对后改正")
            return None
        most = rules.timeline("reported.decimals")[-1].value
        if -int(value.normalize().as_tuple().exponent) > most:
            self._blame(
                "G-FIG-14",
                line,
                name,
                f"“{cell}”有 {-int(value.as_tuple().exponent)} 位小数",
                "多半是公式结果粘成了数",
                f"最多填 {most} 位小数",
            )
            return None
        if name == "value" and not percent and 0 < value <= 1 and self._percentage(line):
            self._blame(
                "G-FIG-15", line, name, f"“{cell}”分不清是 {cell}% 还是 {value * PERCENT}%", "差一百倍", "带上百分号写"
            )
        return value

    def _percentage(self, line: Line) -> bool:
        word = line.cells.get("indicator", "") or self.given.indicator or self.table.sheet.name or self.title
        found = self.cards.card(self.form.indicator) if self.form else self.cards.named(word)
        return found is not None and found.unit == "%" and absent(line.cells.get("numerator", ""))

    def _measures(
        self, line: Line, found: Card, numerator: Decimal | None, denominator: Decimal | None, value: Decimal | None
    ) -> Decimal | None:
        """The value of the row as it is kept: none beside numerator and denominator, with which it must agree."""
        stock = may_pass(found, datetime.now().date())
        unit = line.cells.get("unit", "")
        if unit and plain(unit) not in {plain(unit_of(found)), plain(found.unit), ""}:
            self._blame(
                "G-FIG-11",
                line,
                "unit",
                f"单位“{unit}”，应为“{unit_of(found) or found.unit}”",
                "单位不同不能相加",
                "换算后再填",
            )
        if (numerator is None) != (denominator is None):
            gone = "numerator" if numerator is None else "denominator"
            if not absent(line.cells.get("numerator" if gone == "denominator" else "denominator", "")) and absent(
                line.cells.get(gone, "")
            ):
                word = "分子" if gone == "numerator" else "分母"
                self._blame("G-FIG-08", line, gone, f"缺{word}", "算不出比例，也不能与别处相加", f"补上{word}")
            return None
        if numerator is None or denominator is None:
            if value is not None and found.unit == "%" and value > PERCENT and not stock:
                self._blame("G-FIG-07", line, "value", f"{value}% 大于 100%", "部分不会多于全部", "核对后改正")
            return value
        if numerator > denominator and not stock:
            self._blame(
                "G-FIG-07",
                line,
                "numerator",
                f"分子 {numerator} 大于分母 {denominator}",
                "部分不会多于全部",
                "核对两个数的口径",
            )
        elif value is not None and is_rate(found) and denominator:
            places = max(0, -int(value.as_tuple().exponent))
            if abs(PERCENT * numerator - value * denominator) * 2 * 10**places > denominator:
                self._blame(
                    "G-FIG-10",
                    line,
                    "value",
                    f"写的是 {value}，按分子分母算是 {PERCENT * numerator / denominator:.4f}",
                    "三个数对不上",
                    "核对哪一个写错了",
                )
        return None

    def _received(self, line: Line) -> date | None:
        cell = line.cells.get("received", "")
        if not cell:
            return self.received
        found = day(cell)
        if found is None:
            self._blame("G-FIG-13", line, "received", f"“{cell}”不是日期", "不知从哪天起算", "写成 2021-10-08")
        return found

    def _day_of_head(self) -> date:
        at, cell = self._beside("填报日期")
        found = day(cell) if cell else None
        if cell and found is None:
            where = self.table.sheet.where(0).replace("第 0 行", f"{at}（填报日期）")
            self.faults.append(Fault("G-FIG-13", where, f"“{cell}”不是日期", "不知从哪天起算", "写成 2021-10-08"))
        return self.given.received or found or datetime.now().date()

    def _beside(self, label: str) -> tuple[str, str]:
        """Address and text of what stands after a label over the headings: after a colon, or in the next cell."""
        for line, cells in self.table.sheet.head:
            if line >= self.table.first:
                break
            for at, cell in enumerate(cells):
                text = plain(cell)
                if text == label or text == f"{label}:":
                    following = cells[at + 1] if at + 1 < len(cells) else ""
                    return f"{letters(at + 1)}{line}", following
                if text.startswith(f"{label}:"):
                    return f"{letters(at)}{line}", re.split(r"[:：]", cell, maxsplit=1)[1].split()[0]
        return "", ""

    def _same(self, part: dict[str, Any], whole: dict[str, Any]) -> bool:
        return all(part[name] == whole[name] for name in ("indicator", "first", "last"))

    def _agrees(self, line: Line, whole: dict[str, Any], parts: list[dict[str, Any]]) -> None:
        """A row of sums beside its parts is checked and not kept: a later correction of a part would leave it wrong."""
        for name, word in (("numerator", "分子"), ("denominator", "分母")):
            if whole[name] is None or any(part[name] is None for part in parts):
                continue
            total = sum((part[name] for part in parts), Decimal(0))
            if total != whole[name]:
                self._blame(
                    WRONG_SUM,
                    line,
                    name,
                    f"合计写的{word}是 {whole[name]}，各行相加是 {total}",
                    "不知错在合计还是哪一行",
                    "核对后改正",
                )

    def _blame(self, code: str, line: Line, name: str, what: str, why: str, remedy: str) -> None:
        self.faults.append(Fault(code, self.table.where(line.number, name), what, why, remedy))


_DAY = r"20\d\d(?:年\d{1,2}月\d{1,2}日|[-/.]\d{1,2}[-/.]\d{1,2})"
_MONTHS = r"\d{1,2}月?(?:[—–\-~～至]\d{1,2})?月份?"
_STRETCH = rf"20\d\d年(?:度|第?[一二三四]季度|[上下]半年|前[一二三]季度|{_MONTHS})?|20\d\dQ[1-4]|20\d\d-\d\d(?!\d)"


def in_title(title: str) -> Period | None:
    """The period a title names, if it names exactly one; days (填报日期) are no periods."""
    found = {stretch for text in re.findall(_STRETCH, re.sub(_DAY, "", title)) if (stretch := period(text)) is not None}
    return found.pop() if len(found) == 1 else None
