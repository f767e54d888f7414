"""Which drinking-water sources were up to standard in a month, by what they were over, how much water they gave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import polars as pl

from guatu.base.period import Period
from guatu.compute import sources
from guatu.judge.reported_lists import objects_of
from guatu.judge.reported_sites import RATE, by_sampling, wide
from guatu.load.ground_items import VOLUME
from guatu.load.kept import known
from guatu.load.sections import sections_of
from guatu.load.site_samples import CLASS, SOURCES
from guatu.load.workspace import Workspace

SAMPLED, LISTED = "样品", "清单"


@dataclass(frozen=True, slots=True)
class SourceMonth:
    """One source in one month.

    kind: river, lake or ground, empty where nobody said; ok: up to standard in every sampling, None where it was not
    judged; over: items over with times over; items: how many were judged; volume: water taken, None if not told;
    day: of the last sampling; source: 样品 or 清单.
    """

    id: str
    name: str
    kind: str
    place: str
    ok: bool | None
    over: str = ""
    items: int = 0
    volume: Fraction | None = None
    day: date | None = None
    source: str = SAMPLED


def sources_now(ws: Workspace, month: Period, as_of: date) -> tuple[SourceMonth, ...]:
    """Every source that has ever been sampled, as it was in a month; without samples, the newest list of the month.

    A source known of old without a sample of the month stands with ok None: absence is told, not left out.
    """
    rows = known(ws.data, SOURCES, as_of)
    waters = sections_of(ws)
    ever = set(rows["site"].to_list())
    mine = rows.filter(pl.col("time").dt.date().is_between(month.first, month.last)).sort("site", "time")
    samplings = by_sampling(mine.to_dicts())
    found = []
    for source in (one for one in waters.sections if one.id in ever):
        own = {when: readings for (site, when), readings in samplings.items() if site == source.id}
        if not own:
            found.append(SourceMonth(source.id, source.name, source.kind, source.place, None))
            continue
        flat = [row for readings in own.values() for row in readings]
        table = wide(flat).with_columns(pl.lit(source.kind).alias("kind"))
        judged = sources.judged(table).to_dicts()
        verdicts = [row["ok"] for row in judged if row["ok"] is not None]
        over = "、".join(dict.fromkeys(word for row in judged if row["over"] for word in row["over"].split("、")))
        volumes = [Fraction(row["reading"]) for row in flat if row["item"] == VOLUME]
        items = len({row["item"] for row in flat} - {CLASS, VOLUME})
        found.append(SourceMonth(
            source.id, source.name, source.kind, source.place, all(verdicts) if verdicts else None, over, items,
            sum(volumes, Fraction(0)) if volumes else None, max(when.date() for when in own),
        ))  # fmt: skip
    return tuple(found) or _listed(ws, month, as_of)


def _listed(ws: Workspace, month: Period, as_of: date) -> tuple[SourceMonth, ...]:
    listed = objects_of(ws, RATE, "", month, as_of)
    if listed is None:
        return ()
    return tuple(
        SourceMonth(row["object"], row["object"], "", row["place"], bool(row["done"]), "", 0,
                    None if row["other"] is None else Fraction(row["other"]), None, LISTED)
        for row in listed[1] if row["counts"]
    )  # fmt: skip
