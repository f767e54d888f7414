"""Days deducted as sand: the official list is imported, never derived, and both results are kept."""

from __future__ import annotations

from typing import Any

import polars as pl

from guatu.base.frame import enter
from guatu.compute.air.cities import O3_1H, daily_items
from guatu.compute.air.door import date_of, demand, whole
from guatu.compute.air.index import good_limit, instead_of, judged
from guatu.compute.air.pollutants import DAILY, in_unit

PARTICLES = ("pm10", "pm25")
VERDICT = ("aqi", "level", "primary")


def without_sand(city_days: Any, deducted: Any) -> Any:
    """City days with the particles of deducted days taken out, the observed results beside them.

    city_days: as ``city_day`` gives them. deducted: the official list, ``city date`` and optionally booleans
    ``pm10 pm25`` (by default both are deducted).
    Returns the rows in their order with ``sand`` (bool) and ``aqi_observed level_observed primary_observed`` added. In
    deducted days the particles are null, so that means and the composite index leave them out. AQI: an observed one up
    to 100 stays, otherwise that of what is left, also at 100 and below (环办监测〔2016〕120号 as audited provincial
    figures show it).
    Errors: ComputeError G-AIR-01, G-AIR-02.
    """
    lazy, back = enter(city_days)
    listed, _ = enter(deducted)
    schema, given = lazy.collect_schema(), listed.collect_schema()
    demand(schema, ("city", "date", *DAILY, *VERDICT), DAILY)
    demand(given, ("city", "date"), ())
    marks = {f"__{name}": pl.col(name).cast(pl.Boolean) if name in given else pl.lit(True) for name in PARTICLES}
    days = listed.select(pl.col("city").cast(pl.String), date=date_of(given["date"]), **marks, sand=pl.lit(True))
    held = lazy.with_columns(__city=pl.col("city").cast(pl.String), __date=date_of(schema["date"]))
    joined = held.join(
        days.unique(["city", "date"]),
        left_on=["__city", "__date"],
        right_on=["city", "date"],
        how="left",
        maintain_order="left",
    ).with_columns(
        pl.col("sand", "__pm10", "__pm25").fill_null(False),
        **{f"{name}_observed": pl.col(name) for name in VERDICT},
        **{f"__{name}_held": whole(name, schema[name]) for name in DAILY},
    )
    joined = joined.with_columns(
        **{f"__{n}_held": pl.when(~pl.col(f"__{n}")).then(pl.col(f"__{n}_held")) for n in PARTICLES}
    )
    left = {name: (item, pl.col(f"__{name}_held")) for name, (item, _) in daily_items("").items()}
    instead = instead_of(schema, "o3_8h", O3_1H)
    remaining = judged(joined, left, pl.col("__date"), "by_date", missing_rule="sand.missing", instead=instead)
    keeps = ~pl.col("sand") | (pl.col("aqi_observed") <= good_limit())
    found = remaining.with_columns(
        **{n: pl.when(keeps).then(pl.col(f"{n}_observed")).otherwise(pl.col(n)).cast(schema[n]) for n in VERDICT},
        **{n: in_unit(pl.col(f"__{n}_held"), n).cast(schema[n]) for n in PARTICLES},
    )
    extra = ["sand", *[f"{name}_observed" for name in VERDICT]]
    return back(found.select(*schema.names(), *extra))
