"""Drinking-water sources: whether a sample is up to standard, and the rate by number or by water volume."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.exact import Exact, half_even
from guatu.base.frame import enter
from guatu.compute import groundwater
from guatu.compute.dated import days
from guatu.compute.rates import Rate, together
from guatu.compute.readings import UNIT, keep_free, need, take
from guatu.compute.surface_water import limit_of, one_class, times_over
from guatu.errors import ComputeError

ROOM = "SOURCE"
_KINDS = {"river": "river", "lake": "lake", "ground": "ground", "河流": "river", "湖库": "lake", "地下水": "ground"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Items over their limit with times over (None for ph, do), and items over it that the verdict sets apart."""

    over: tuple[tuple[str, Decimal | None], ...]
    apart: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether the sample is up to standard."""
        return not self.over


def verdict(values: Mapping[str, Exact], kind: str, day: date) -> Verdict:
    """Judge the values of one sample [mg/L; of groundwater the units of GB/T 14848].

    river, lake: table 1 against class Ⅲ, tables 2 and 3 each against its limit (GB 3838-2002 5.3); wtemp, tn and
    fecal are named apart. ground: GB/T 14848-2017 against class Ⅲ. Raises ComputeError (G-SOURCE-06) for an item
    none of the tables has.
    """
    over: list[tuple[str, Decimal | None]] = []
    apart: list[str] = []
    for item, value in values.items():
        grade, limit = _judged(item, value, kind, day)
        if grade:
            continue
        if kind != "ground" and item in rules.at("water.apart", day).value:
            apart.append(item)
        else:
            plain = limit is not None and item not in rules.at("water.main_pollutants", day).value["no_multiple"]
            over.append(
                (
                    item,
                    half_even(times_over(value, limit), rules.at("water.main_pollutants", day).value["decimals"])
                    if plain and limit is not None
                    else None,
                )
            )
    return Verdict(tuple(over), tuple(apart))


def judged(frame: Any) -> Any:
    """Add ``ok``, ``over`` (``氨氮(0.2)`` joined by 、) and ``apart`` to each sample.

    frame: ``time``, ``kind`` (river, lake, ground) and items; ok is null for a row without a value. Non-detects
    count as half their limit. Other columns than items are kept and not judged.
    """
    lazy, back = enter(frame)
    table = lazy.collect()
    need(table, ["time", "kind"], ROOM)
    keep_free(table, ["ok", "over", "apart"], ROOM)
    day = days(table, ROOM)
    assert day is not None
    items = [column for column in table.columns if column in _known(day.to_list())]
    amounts = take(table, items, ROOM).counted("half")
    rows = []
    for values, kind, at in zip(amounts.iter_rows(named=True), table["kind"].cast(pl.String), day, strict=True):
        given = {item: Fraction(value, UNIT) for item, value in values.items() if value is not None}
        found = verdict(given, _kind(kind), at)
        words = "、".join(_name(item, at) + (f"({times})" if times is not None else "") for item, times in found.over)
        rows.append((found.ok if given else None, words or None, ",".join(found.apart) or None))
    schema = {"ok": pl.Boolean(), "over": pl.String(), "apart": pl.String()}
    return back(table.hstack(pl.DataFrame(rows, schema=schema, orient="row")).lazy())


def count_rate(verdicts: Iterable[bool | None]) -> Rate:
    """达标率 by number: sources up to standard over sources monitored [%]; None was not monitored."""
    known = [one for one in verdicts if one is not None]
    return together([(sum(known), len(known))])


def volume_rate(intakes: Iterable[tuple[Exact, Exact | None]]) -> Rate:
    """达标率 by volume: intake up to standard over the whole intake [%]; a year adds the volumes of its months.

    intakes: (volume taken, volume of it up to standard) of each source and month, one unit for all; None: the source
    was not judged, and there is no rate.
    """
    return together((good, taken) for taken, good in intakes)


def _judged(item: str, value: Exact, kind: str, day: date) -> tuple[bool, Decimal | None]:
    if kind == "ground":
        against = rules.at("sources.ground_class", day).value
        name = rules.at("gbt14848.spellings", day).value.get(item, item)
        ladder = groundwater.limits(day).get(name)
        if ladder is None and name != "ph":
            raise _unknown(item)
        return groundwater.one_class(item, value, day) <= against, Decimal(ladder[against - 1]) if ladder else None
    if item == "wtemp":
        return True, None
    for table in ("gb3838.table2", "gb3838.table3"):
        if item in rules.at(table, day).value:
            limit = Decimal(rules.at(table, day).value[item])
            return value <= limit, limit
    if item != "ph" and item not in rules.at("water.items", day).value:
        raise _unknown(item)
    against = rules.at("gb3838.drinking", day).value
    limit_or_none = None if item == "ph" else limit_of(item, against, day, kind)
    return one_class(item, value, day, kind) <= against, limit_or_none


def _known(found: list[date]) -> set[str]:
    day = max(found, default=date.max)
    ground = {*groundwater.limits(day), *rules.at("gbt14848.spellings", day).value}
    tables = {*rules.at("gb3838.table2", day).value, *rules.at("gb3838.table3", day).value}
    return {*rules.at("water.items", day).value, *ground, *tables}


def _name(item: str, day: date) -> str:
    return str(rules.at("water.items", day).value.get(item, {"name": item})["name"])


def _kind(said: str | None) -> str:
    if said in _KINDS:
        return _KINDS[said]
    raise ComputeError.of(
        f"unknown kind of source {said!r}",
        f"G-{ROOM}-07",
        "列 kind",
        f"有不认得的水源类型“{said}”",
        "三类水源的标准不同",
        "写成 river（河流）、lake（湖库）或 ground（地下水）",
    )


def _unknown(item: str) -> ComputeError:
    return ComputeError.of(
        f"no limit for {item}",
        f"G-{ROOM}-06",
        f"项目 {item}",
        "标准的各表里没有",
        "没有限值就无法判定",
        "核对项目名，或去掉这一项",
    )
