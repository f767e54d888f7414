"""A slow second opinion on waters, soils and lists, in exact fractions, row by row, from the sheets of the standards.

Nothing of guatu is used here. A sheet is a table as printed; what the text around it says is written out below it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

Sheet = Mapping[str, Any]


def exact(number: Any) -> Fraction:
    """A printed number; 不得检出 is nothing."""
    return Fraction(0) if number == "ND" else Fraction(str(number))


def ground_class(sheet: Sheet, item: str, value: Fraction) -> int:
    """GB/T 14848-2017 6.1: the first class whose limit holds the value; equal limits give the better; pH has sides."""
    if item == "ph":
        if Fraction("6.5") <= value <= Fraction("8.5"):
            return 1
        return 4 if Fraction("5.5") <= value <= Fraction(9) else 5
    row = next(one for table in ("table1", "table2") for one in sheet[table] if one["name"] == item)
    for number, name in enumerate(("I", "II", "III", "IV"), 1):
        limit = row["limits"].get(name)
        if limit is not None and value <= exact(limit):
            return number
    return 5 if "IV" in row["limits"] else 4  # Ⅳ and Ⅴ printed with one bound (>0.5 Bq/L): the better class


def ground_sample(sheet: Sheet, values: Mapping[str, Fraction]) -> tuple[int, list[str]]:
    """6.2: the worst item is the class, and every item of that class is named."""
    classes = {item: ground_class(sheet, item, value) for item, value in values.items()}
    worst = max(classes.values())
    return worst, [item for item, one in classes.items() if one == worst]


def farmland(sheet: Sheet, contents: Mapping[str, Fraction], ph: Fraction, land: str) -> tuple[str, list[str]]:
    """GB 15618-2018 4 and 5: above a control value strict, above a screening value safe use, else priority."""
    column = 0
    for end in (Fraction("5.5"), Fraction("6.5"), Fraction("7.5")):
        column += ph > end
    strict, over = [], []
    for item, content in contents.items():
        top = [one["values"][column] for one in sheet["control"] if one["code"].lower() == item]
        if top and content > exact(top[0]):
            strict.append(item)
        limits = [
            exact(one["values"][column])
            for one in sheet["screening"]
            if one["code"].lower() == item and one["land"] in _lands(item, land)
        ]
        if content > min(limits):
            over.append(item)
    if strict:
        return "严格管控类", strict
    return ("安全利用类", over) if over else ("优先保护类", [])


def _lands(item: str, land: str) -> tuple[str, ...]:
    """Which rows of the table a land takes: rotation both, an orchard its own copper and else 其他."""
    if item in ("ni", "zn"):
        return ("any",)
    if item == "cu":
        return ("orchard",) if land == "orchard" else ("other",)
    if land == "rotation":
        return ("paddy", "other")
    return ("paddy",) if land == "paddy" else ("other",)


def source_over(sheet: Sheet, values: Mapping[str, Fraction], kind: str) -> list[str]:
    """GB 3838-2002 5.3: items of table 1 beyond class Ⅲ, items of tables 2 and 3 beyond their limit."""
    over = []
    for item, value in values.items():
        single = [one["limit"] for table in ("table2", "table3") for one in sheet[table] if one["name"] == item]
        if single:
            if value > exact(single[0]):
                over.append(item)
            continue
        code = f"tp_{kind}" if item == "tp" else item
        row = next(one for one in sheet["table1"] if one["code"].lower() == code)
        limit = exact(row["limits"][2])
        if value < limit if row["direction"] == "min" else value > limit:
            over.append(item)
    return over


def counted(objects: Sequence[tuple[Fraction, bool, bool]]) -> Fraction | None:
    """A rate from a list: (measure, in the denominator, done) of each object; none without a denominator."""
    whole = part = Fraction(0)
    for measure, counts, done in objects:
        if counts:
            whole += measure
            part += measure if done else 0
    return 100 * part / whole if whole else None


def spearman(values: Sequence[Fraction]) -> Fraction:
    """环办〔2011〕22号 附: 1 - 6 Σ d² / (N³ - N), d the difference of rank by value and rank by year (no ties)."""
    ranks = [sorted(values).index(value) + 1 for value in values]
    squares = sum((rank - year) ** 2 for year, rank in enumerate(ranks, 1))
    return 1 - Fraction(6 * squares, len(values) ** 3 - len(values))
