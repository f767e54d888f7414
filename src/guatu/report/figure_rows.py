"""The second sheet of a unit's workbook: the figures it owes, a row each, last period in grey, a hidden key a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guatu import rules
from guatu.act.collection import Asked, figure_parts, row_key
from guatu.base.period import Period
from guatu.load.figures.row import is_rate
from guatu.rules.cards import Card, Cards

SHEET = "报送数"
HEADINGS = {
    **{"key": "识别码（勿改）", "no": "序号", "indicator": "指标", "place": "地区", "period": "时段", "how": "怎么算"},
    **{"last_numerator": "上期分子", "last_denominator": "上期分母", "last_value": "上期数值"},
    **{"numerator": "分子", "denominator": "分母", "value": "数值", "index_kind": "指数种类", "unit": "计量单位"},
    **{"proof": "佐证材料", "note": "备注"},
}
OWN = frozenset(
    (HEADINGS["no"], HEADINGS["how"], HEADINGS["last_numerator"], HEADINGS["last_denominator"], HEADINGS["last_value"])
)
"""Headings guatu writes itself and does not read back."""
WIDTHS = {
    **{"key": 4, "no": 5, "indicator": 26, "place": 12, "period": 10, "how": 40, "last_numerator": 11},
    **{"last_denominator": 11, "last_value": 11, "numerator": 12, "denominator": 12, "value": 12, "index_kind": 9},
    **{"unit": 11, "proof": 22, "note": 22},
}
INSTRUCTIONS = (
    "有分子分母的只填分子和分母，比例自动算；没有分母的只填数值。只填数，不带单位。没有数的行留空，不要填 0 或“无”。"
    "部分不会多于全部。"
)


def put_rows(
    sheet: Any,
    first: int,
    sender: str,
    period: str,
    rows: Sequence[Asked],
    cards: Cards,
    styles: Mapping[str, Any],
) -> None:
    """Write the rows from a line on, counted from 0: what is to be filled in is open, all else locked."""
    names = list(HEADINGS)
    most = rules.timeline("reported.decimals")[-1].value
    for line, one in enumerate(rows, first):
        indicator, place, stretch = figure_parts(one.measure)
        found = cards.card(indicator)
        cells = {
            "key": row_key(sender, period, one.measure), "no": str(line - first + 1), "indicator": found.name,
            "place": place, "period": worded(Period.of(stretch)), "how": how(found), "unit": one.unit,
            **{f"last_{name}": one.last.get(name, "") for name in ("numerator", "denominator", "value")},
        }  # fmt: skip
        opens = {"numerator", "denominator"} if is_rate(found) else {"value"}
        opens |= {"index_kind"} if found.index_kinds else set()
        for at, name in enumerate(names):
            if name in opens | {"proof", "note"}:
                sheet.write_blank(line, at, None, styles["open"])
            else:
                look = "grey" if name.startswith("last_") else "locked"
                sheet.write_string(line, at, cells.get(name, ""), styles[look])
        sheet.set_row(line, 15 * max(2, -(-2 * len(cells["how"]) // (WIDTHS["how"] - 4))))
        for name in sorted(opens - {"index_kind"}):
            sheet.data_validation(line, names.index(name), line, names.index(name), {
                "validate": "decimal", "criteria": ">=", "value": 0, "error_title": "不是数",
                "error_message": f"填 0 以上的数，单位 {one.unit or '见计量单位'}；没有数就留空。",
                "input_title": HEADINGS[name], "input_message": f"最多 {most} 位小数",
            })  # fmt: skip
        if found.index_kinds:
            sheet.data_validation(line, names.index("index_kind"), line, names.index("index_kind"), {
                "validate": "list", "source": list(found.index_kinds), "error_message": "从下拉的指数种类中选一个",
            })  # fmt: skip


def worded(period: Period) -> str:
    """A period as a cell says it: a half of a year in words, all others as they are named."""
    if period.last.month - period.first.month == 5:
        return f"{period.first.year}年{'上' if period.first.month == 1 else '下'}半年"
    return str(period)


def how(found: Card) -> str:
    """How an indicator is counted, in the words of its card."""
    parts = f"分子：{found.numerator}；分母：{found.denominator}。" if is_rate(found) else ""
    return f"{parts}{found.note}".strip() or found.clause
