"""The class of a groundwater item and of a sample, GB/T 14848-2017 6: the worst item decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.frame import enter
from guatu.compute.classes import item_class, worst
from guatu.compute.dated import days, eras
from guatu.compute.readings import Readings, keep_free, scaled, take
from guatu.errors import ComputeError

ROOM = "GW"
WORST = 5
_ABSENT = ("无", "没有", "否")
_SEEN = ("有", "是")


def limits(day: date) -> dict[str, list[str]]:
    """Limits Ⅰ to Ⅳ of every item with numbers, tables 1 and 2; three limits where the table prints no Ⅳ of its own."""
    tables = (rules.at("gbt14848.table1", day).value, rules.at("gbt14848.table2", day).value)
    return {item: list(values) for table in tables for item, values in table.items()}


def sample_class(frame: Any) -> Any:
    """Add ``class`` [1 to 5] and ``deciding`` (items of the worst class, null in class Ⅰ) to each sample.

    frame: any of the items by their Chinese names, in the units of the standard (table 2 organics µg/L), ``pH`` or
    ``ph``, ``嗅和味`` and ``肉眼可见物`` as 有 or 无. Non-detects (``0.016L``, 未检出) are class Ⅰ; ``doubts`` names
    those whose detection limit is above the class Ⅰ limit. Equal limits of neighbouring classes give the better
    class; the worst item is the class of the sample (6.2). A missing item is left out.
    """
    lazy, back = enter(frame)
    table = lazy.collect()
    keep_free(table, ["class", "deciding"], ROOM)
    columns = item_columns(table)
    day = days(table, ROOM)
    senses = rules.timeline("gbt14848.senses")[-1].value
    numeric = {column: item for column, item in columns.items() if item not in senses}
    readings = take(table, list(numeric), ROOM, bare=True)
    wide = readings.amounts.hstack([flag.alias(f"{flag.name}<") for flag in readings.below.get_columns()])
    wide = wide.hstack([_sense(table[column]) for column in columns if column not in numeric])
    if day is not None:
        wide = wide.hstack([day.alias("_day")])
    answers = {column: pl.col(column) for column in columns if column not in numeric}
    for condition, rule in eras("gbt14848.table1", day):
        known = limits(rule.since)
        for column, item in numeric.items():
            one = _class(column, item, known, readings, rule.since)
            answers[column] = pl.when(condition).then(one).otherwise(answers[column]) if column in answers else one
    return back(table.hstack(wide.select(worst(answers))).lazy())


def one_class(item: str, value: int | Decimal | Fraction, day: date, *, below: bool = False) -> int:
    """The class 1 to 5 of one value in the unit of the standard; below: it is under its detection limit."""
    name = rules.at("gbt14848.spellings", day).value.get(item, item)
    if name == "ph":
        low, good_low, good_high, high = (Decimal(bound) for bound in rules.at("gbt14848.ph", day).value)
        return 1 if good_low <= value <= good_high else 4 if low <= value <= high else WORST
    if below:
        return 1
    ladder = limits(day)[name]
    return next((number for number, limit in enumerate(ladder, 1) if value <= Fraction(limit)), len(ladder) + 1)


def doubts(frame: Any) -> list[str | None]:
    """Per row the non-detect items whose detection limit is above the class Ⅰ limit: they cannot prove class Ⅰ."""
    lazy, _ = enter(frame)
    table = lazy.collect()
    known = limits(rules.timeline("gbt14848.table1")[-1].since)
    numeric = {column: item for column, item in item_columns(table).items() if item in known}
    readings = take(table, list(numeric), ROOM, bare=True)
    found: list[str | None] = []
    for row in range(table.height):
        names = [
            column
            for column in readings.below.columns
            if readings.below[column][row]
            and not _undetectable(numeric[column])
            and readings.amounts[column][row] > scaled(known[numeric[column]][0])
        ]
        found.append(",".join(names) or None)
    return found


def item_columns(table: pl.DataFrame) -> dict[str, str]:
    """Columns of the table that are items, with the printed name of the item; refuses a table without one (06)."""
    spellings = rules.timeline("gbt14848.spellings")[-1].value
    newest = rules.timeline("gbt14848.table1")[-1].since
    known = {*limits(newest), "ph", *rules.timeline("gbt14848.senses")[-1].value}
    found = {column: name for column in table.columns if (name := spellings.get(column, column)) in known}
    if not found:
        raise ComputeError.of(
            "no groundwater item found",
            f"G-{ROOM}-06",
            "输入的表",
            "没有认得的项目列",
            "没有浓度就没有类别",
            "列名用 GB/T 14848-2017 的项目名，如 pH、氨氮、硝酸盐",
        )
    return found


def _class(column: str, item: str, known: Mapping[str, Sequence[str]], readings: Readings, since: date) -> pl.Expr:
    amount = pl.col(column)
    if item == "ph":
        low, good_low, good_high, high = (scaled(bound) for bound in rules.at("gbt14848.ph", since).value)
        good, fair = amount.is_between(good_low, good_high), amount.is_between(low, high)
        return pl.when(good).then(1).when(fair).then(4).when(amount.is_not_null()).then(WORST).cast(pl.Int8)
    answer = item_class(amount, known[item])
    if column in readings.below.columns:
        answer = pl.when(pl.col(f"{column}<")).then(pl.lit(1, pl.Int8)).otherwise(answer)
    return answer


def _undetectable(item: str) -> bool:
    return item in rules.timeline("gbt14848.undetectable")[-1].value


def _sense(column: pl.Series) -> pl.Series:
    """Class of 嗅和味 or 肉眼可见物: 无 is Ⅰ, 有 is Ⅴ; other words are refused (08)."""
    said = column.cast(pl.String).str.strip_chars()
    answers = dict.fromkeys(_ABSENT, 1) | dict.fromkeys(_SEEN, WORST)
    graded = said.replace_strict(answers, default=None, return_dtype=pl.Int8).alias(column.name)
    strange = (said.is_not_null() & graded.is_null()).arg_true().to_list()
    if strange:
        raise ComputeError.of(
            f"{column.name}: {len(strange)} unknown words",
            f"G-{ROOM}-08",
            f"列 {column.name} 第 {strange[0] + 1} 行",
            f"写的是“{said[strange[0]]}”",
            "该项只分有和无",
            "写成 有 或 无",
        )
    return graded
