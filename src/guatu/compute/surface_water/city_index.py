"""The city water quality index of a table of section means: rivers, lakes, and the city of both."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.exact import half_even
from guatu.base.frame import enter
from guatu.compute.readings import UNIT, average, need
from guatu.compute.surface_water.cwqi import Cwqi, city, cwqi
from guatu.compute.surface_water.items import ROOM, kinds, present, programme, take

UNVERIFIED = "河流和湖库按个数合成的做法凭记忆，未核对原文；没有公布的算例可对照"
_PRINTED = 4


def city_index(frame: Any) -> Any:
    """One row each for the rivers, the lakes and the city: ``part sections cwqi missing note``.

    frame: ``section``, items [mg/L], one row a section and its means of one period; ``kind`` river (if none) or lake.
    Each item is averaged over the sections of a kind, then indexed and summed (环办监测〔2017〕51号); with one of the
    21 items missing there is no index, since a shorter sum would look better than it is. note: what is not verified.
    """
    lazy, back = enter(frame)
    table = lazy.collect()
    need(table, ["section"], ROOM)
    day = rules.timeline("water.cwqi")[-1].since
    items = present(table, [item for item in programme("21", day) if item in table.columns])
    amounts = take(table, items).counted("half").with_columns(kinds(table).alias("_kind"))
    found: dict[str, tuple[Cwqi, int]] = {}
    for kind in ("river", "lake"):
        mine = amounts.filter(pl.col("_kind") == kind)
        rows = [
            {item: Fraction(value, UNIT) for item, value in row.items() if item != "_kind" and value is not None}
            for row in mine.iter_rows(named=True)
        ]
        if rows:
            found[kind] = (_index(rows, day, kind), len(rows))
    river, lake = (found.get(kind, (None, 0)) for kind in ("river", "lake"))
    whole = city(river[0], river[1], lake[0], lake[1])
    rows_out = [(part, count, *_printed(one), "") for part, (one, count) in ((kind, found[kind]) for kind in found)]
    rows_out.append(("city", river[1] + lake[1], *_printed(whole), UNVERIFIED))
    schema = ["part", "sections", "cwqi", "missing", "note"]
    return back(pl.DataFrame(rows_out, schema=schema, orient="row").lazy())


def _index(rows: list[dict[str, Fraction]], day: date, kind: str) -> Cwqi:
    return cwqi(average(rows), day, kind)


def _printed(one: Cwqi) -> tuple[float | None, str | None]:
    value = None if one.value is None else float(half_even(one.value, _PRINTED))
    return value, ",".join(one.missing) or None
