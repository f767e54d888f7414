"""Enough days of a period: 324 a year and 27 a month, 25 in February, for each pollutant (GB 3095 表4)."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from guatu import rules
from guatu.base.period import Period
from guatu.compute.air.pollutants import DAILY


def shortfalls(found: pl.LazyFrame, days: pl.LazyFrame, by: str | Period) -> pl.LazyFrame:
    """Add ``valid_<pollutant>`` and ``flags``: each month of the period, and the year, that has too few days.

    Months and years that the period holds only in part have no count in the standard and raise no flag.
    """
    least = rules.timeline("hj663.month.min_days")[-1].value
    whole_year = rules.timeline("hj663.year.min_days")[-1].value
    key = ["city", "period"]
    months = (
        found.select(*key, month=_months(by))
        .explode("month")
        .join(
            days.group_by(*key, month=pl.col("date").dt.truncate("1mo")).agg(pl.col(n).count() for n in DAILY),
            on=[*key, "month"],
            how="left",
        )
        .with_columns(
            least=pl.when(pl.col("month").dt.month() == 2).then(least["february"]).otherwise(least["month"]),
            **{name: pl.col(name).fill_null(0) for name in DAILY},
        )
        .drop_nulls("month")
        .sort("month")
        .group_by(*key)
        .agg(
            pl.when(pl.col(n) < pl.col("least")).then(_month_flag(n)).drop_nulls().str.join("；").alias(f"__f_{n}")
            for n in DAILY
        )
    )
    found = found.join(months, on=key, how="left")
    full = (pl.col("first") == pl.col("first").dt.truncate("1y")) & (
        pl.col("last") == pl.col("first").dt.truncate("1y").dt.offset_by("1y").dt.offset_by("-1d")
    )
    annual = {
        f"__y_{n}": pl.when(full & (pl.col(f"n_{n}") < whole_year)).then(
            pl.format("{} 全年有效{}/{}天", pl.lit(n), pl.col(f"n_{n}"), pl.lit(whole_year))
        )
        for n in DAILY
    }
    monthly = {f"__f_{n}": pl.when(pl.col(f"__f_{n}") != "").then(pl.col(f"__f_{n}")) for n in DAILY}
    found = found.with_columns(**annual, **monthly)
    parts = [pl.col(f"__{kind}_{n}") for n in DAILY for kind in ("y", "f")]
    found = found.with_columns(
        flags=pl.concat_str(parts, separator="；", ignore_nulls=True),
        **{
            f"valid_{n}": (pl.col(f"n_{n}") > 0) & pl.col(f"__y_{n}").is_null() & pl.col(f"__f_{n}").is_null()
            for n in DAILY
        },
    )
    return found.drop([f"__{kind}_{n}" for n in DAILY for kind in ("y", "f")])


def _month_flag(name: str) -> pl.Expr:
    return pl.format(
        "{} {}有效{}/{}天", pl.lit(name), pl.col("month").dt.strftime("%Y-%m"), pl.col(name), pl.col("least")
    )


def _months(by: str | Period) -> pl.Expr:
    """The first days of the calendar months that lie wholly in the period."""
    first, last = pl.col("first"), pl.col("last")
    if isinstance(by, Period):
        start = by.first if by.first.day == 1 else (by.first.replace(day=1) + timedelta(days=32)).replace(day=1)
        end = (by.last + timedelta(days=1)).replace(day=1)
        return (
            pl.date_ranges(pl.lit(start), pl.lit(end), interval="1mo", closed="left")
            if start < end
            else pl.lit([], dtype=pl.List(pl.Date))
        )
    return pl.date_ranges(first, last, interval="1mo", closed="both")
