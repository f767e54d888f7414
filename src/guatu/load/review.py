"""What review changed: the raw value kept beside the reviewed one, with who, why and since when."""

from __future__ import annotations

import polars as pl

from guatu.load.batches import FOLDER
from guatu.load.columns import ITEMS
from guatu.load.workspace import Workspace


def reviewed(ws: Workspace) -> pl.DataFrame:
    """Every cell that a correction changed, in the order in which the corrections count.

    Columns: station, time, item, raw (as first stored; null: blank), reviewed (null: voided), on (the day it counts
    from), reason, person, batch. Both values are exact decimals [µg/m³, CO mg/m³].
    """
    folder = ws.data / FOLDER["air-hourly"]
    batches = ws.batches()
    first = [batch for batch in batches if batch.kind == "first"]
    later = sorted((batch for batch in batches if batch.kind == "correction"), key=lambda b: (b.on, b.number))
    keys = ["station", "time"]
    raw = pl.concat([_long(folder / f"{b.number:04d}.parquet", b.items) for b in first]) if first else None
    found = []
    for batch in later:
        rows = _long(folder / f"{batch.number:04d}.parquet", batch.items)
        if raw is not None:
            before = raw.unique([*keys, "item"], keep="last").rename({"value": "raw"})
            rows = rows.join(before, on=[*keys, "item"], how="inner").filter(pl.col("raw").ne_missing(pl.col("value")))
            said = {"on": batch.on, "reason": batch.reason, "person": batch.person, "batch": batch.number}
            found.append(
                rows.select(
                    *keys,
                    "item",
                    "raw",
                    pl.col("value").alias("reviewed"),
                    *[pl.lit(value).alias(name) for name, value in said.items()],
                )
            )
    if not found:
        exact = pl.Decimal(18, 6)
        return pl.DataFrame(
            schema={
                "station": pl.String,
                "time": pl.Datetime("ms"),
                "item": pl.String,
                "raw": exact,
                "reviewed": exact,
                "on": pl.Date,
                "reason": pl.String,
                "person": pl.String,
                "batch": pl.Int32,
            }
        )
    return pl.concat(found)


def _long(path: object, items: tuple[str, ...]) -> pl.DataFrame:
    rows = pl.read_parquet(str(path))
    chosen = [item for item in ITEMS if item in items]
    return rows.unpivot(chosen, index=["station", "time"], variable_name="item", value_name="value")
