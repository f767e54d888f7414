"""Samples of soil in tables: the class of farmland (GB 15618-2018), what is over in plots (GB 36600-2018)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.frame import enter
from guatu.compute import soil
from guatu.compute.dated import days
from guatu.compute.readings import UNIT, keep_free, need, take
from guatu.errors import ComputeError

ROOM = "SOIL"
_LANDS: dict[str, soil.Land] = {
    "paddy": "paddy", "水田": "paddy", "other": "other", "旱地": "other", "其他": "other", "水浇地": "other",
    "orchard": "orchard", "果园": "orchard", "rotation": "rotation", "水旱轮作": "rotation",
}  # fmt: skip


def farmland(frame: Any) -> Any:
    """Add ``class`` (优先保护类, 安全利用类, 严格管控类) and ``deciding`` to each sample.

    frame: ``ph``, ``land`` (paddy other orchard rotation, or 水田 旱地 果园 水旱轮作) and contents [mg/kg]
    ``cd hg as pb cr cu ni zn …``; non-detects ``0.01L`` count as half; ``time`` where there is one. A missing item is
    left out; without any the class is null. Raises ComputeError (G-SOIL-06) for a land it does not know.
    """
    lazy, back = enter(frame)
    table = lazy.collect()
    need(table, ["ph", "land"], ROOM)
    keep_free(table, ["class", "deciding"], ROOM)
    day = days(table, ROOM)
    newest = rules.timeline("gb15618.screening")[-1].since
    names = rules.timeline("gb15618.names")[-1].value
    items = [column for column in table.columns if column in names]
    if not items:
        need(table, list(names), ROOM)
    amounts = take(table, [*items, "ph"], ROOM).counted("half")
    rows: list[tuple[str | None, str | None]] = []
    for at, (row, land) in enumerate(zip(amounts.iter_rows(named=True), table["land"], strict=True)):
        on = newest if day is None else day[at]
        ph = row.pop("ph")
        contents = {item: Fraction(value, UNIT) for item, value in row.items() if value is not None}
        if ph is None or not contents:
            rows.append((None, None))
            continue
        word, over = soil.farmland(contents, Fraction(ph, UNIT), _land(land, at), on)
        rows.append((word, "、".join(str(names[item]) for item in over) or None))
    schema = {"class": pl.String(), "deciding": pl.String()}
    return back(table.hstack(pl.DataFrame(rows, schema=schema, orient="row")).lazy())


def _land(said: Any, at: int) -> soil.Land:
    if said in _LANDS:
        return _LANDS[said]
    raise ComputeError.of(
        f"unknown land {said!r}",
        "G-SOIL-06",
        f"列 land 第 {at + 1} 行",
        f"有不认得的用地“{said}”",
        "各类用地的筛选值不同",
        "写成 水田、旱地、果园 或 水旱轮作",
    )


def plots(frame: Any) -> Any:
    """Add ``over`` to each sample of development land: items above the screening or the control value (GB 36600-2018).

    frame: ``land`` (first or second, 第一类 or 第二类) and contents [mg/kg] by the names of the standard (砷, 苯, …);
    non-detects ``0.01L`` count as half. over: ``砷(筛选值)`` joined by 、; null where nothing is above. Raises
    ComputeError (G-SOIL-07) for a land it does not know.
    """
    lazy, back = enter(frame)
    table = lazy.collect()
    need(table, ["land"], ROOM)
    keep_free(table, ["over"], ROOM)
    day = days(table, ROOM)
    newest = rules.timeline("gb36600.basic")[-1].since
    printed = {**rules.timeline("gb36600.basic")[-1].value, **rules.timeline("gb36600.other")[-1].value}
    short = {item: name for item, name in rules.timeline("gb15618.names")[-1].value.items() if name in printed}
    names = {**{name: name for name in printed}, **short}
    items = [column for column in table.columns if column in names]
    if not items:
        need(table, list(printed)[:1], ROOM)
    amounts = take(table, items, ROOM).counted("half")
    rows = []
    for at, (row, land) in enumerate(zip(amounts.iter_rows(named=True), table["land"], strict=True)):
        contents = {names[item]: Fraction(value, UNIT) for item, value in row.items() if value is not None}
        over = soil.plot_over(contents, _plot(land, at), newest if day is None else day[at])
        rows.append("、".join(f"{item}({word})" for item, word in over.items()) or None)
    return back(table.with_columns(pl.Series("over", rows, dtype=pl.String)).lazy())


def _plot(said: Any, at: int) -> soil.Plot:
    known: dict[str, soil.Plot] = {
        "first": "first", "第一类": "first", "第一类用地": "first",
        "second": "second", "第二类": "second", "第二类用地": "second",
    }  # fmt: skip
    if said in known:
        return known[said]
    raise ComputeError.of(
        f"unknown class of land {said!r}",
        "G-SOIL-07",
        f"列 land 第 {at + 1} 行",
        f"有不认得的用地“{said}”",
        "两类用地的筛选值不同",
        "写成 第一类 或 第二类",
    )
