"""The day of each row and the version of the law that holds on it."""

from __future__ import annotations

from datetime import date

import polars as pl

from guatu import rules
from guatu.errors import ComputeError


def days(table: pl.DataFrame, room: str, column: str = "time") -> pl.Series | None:
    """The day of each row, or None for a table without the column. Raises ComputeError (08)."""
    if column not in table.columns:
        return None
    said = table[column]
    if said.dtype == pl.String:
        found = said.str.strip_chars().str.slice(0, 10).str.replace_all("/", "-").str.to_date("%Y-%m-%d", strict=False)
    elif said.dtype.is_temporal():
        found = said.cast(pl.Date, strict=False)
    else:
        found = pl.Series(column, [None] * len(said), dtype=pl.Date)
    if found.null_count():
        row = found.is_null().arg_true().to_list()
        raise ComputeError.of(
            f"{len(row)} rows have no readable time",
            f"G-{room}-08",
            f"列 {column} 第 {row[0] + 1} 行" + (f"等 {len(row)} 行" if len(row) > 1 else ""),
            "时间是空的或读不出来",
            "标准按采样日期取用",
            "写成 2021-09-30 或 2021-09-30 08:00",
        )
    return found


def eras(rule_id: str, day: pl.Series | None) -> list[tuple[pl.Expr, rules.Rule]]:
    """The versions of a rule that rows need, each with the condition on ``_day`` under which it holds.

    Rows before the first version raise RuleError (G-RULE-02); without days the newest version holds.
    """
    versions = rules.timeline(rule_id)
    if day is None or not len(day):
        return [(pl.lit(True), versions[-1])]
    first, last = day.min(), day.max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    for end in (first, last):
        rules.at(rule_id, end)
    return [
        (pl.col("_day").is_between(rule.since, rule.until or date.max), rule)
        for rule in versions
        if rule.since <= last and (rule.until is None or rule.until >= first)
    ]
