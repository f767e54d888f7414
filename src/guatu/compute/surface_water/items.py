"""The items of surface water: which a table has, which a programme evaluates, their names and decimals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from guatu import rules
from guatu.compute.readings import Readings
from guatu.compute.readings import take as take_readings
from guatu.errors import ComputeError

ROOM = "WATER"
_KINDS = {
    "river": "river", "lake": "lake", "河流": "river", "河": "river", "湖库": "lake", "湖泊": "lake", "水库": "lake",
    "湖": "lake", "reservoir": "lake",
}  # fmt: skip


def programme(name: str, day: date, extra: Sequence[str] = ()) -> tuple[str, ...]:
    """Items a programme evaluates: ``21`` (环办〔2011〕22号 一(一)1) or ``5+X`` (714号 四) with X given in extra."""
    base = rules.at(f"water.programme.{name}", day).value
    return (*base, *(item for item in extra if item not in base))


def name_of(item: str, day: date) -> str:
    """The Chinese name of an item."""
    return str(rules.at("water.items", day).value[item]["name"])


def present(table: pl.DataFrame, wanted: Sequence[str] | None = None) -> list[str]:
    """The items to evaluate that the table has; raises ComputeError (G-WATER-04) when it has none.

    Without wanted: all of the 21. Items judged apart (tn, fecal) are never among them.
    """
    evaluated = rules.timeline("water.programme.21")[-1].value
    if wanted is not None and (strange := [item for item in wanted if item not in evaluated]):
        raise ComputeError.of(
            f"items that set no class: {strange}",
            f"G-{ROOM}-06",
            "参评项目",
            f"{'、'.join(strange)} 不参加断面类别评价",
            "只有表1的 21 项定类别",
            "去掉这些项目",
        )
    found = [item for item in (evaluated if wanted is None else wanted) if item in table.columns]
    if not found:
        raise ComputeError.of(
            "no item column found",
            f"G-{ROOM}-04",
            "输入的表",
            "没有认得的项目列",
            "没有浓度就没有类别",
            f"用这些列名：{' '.join(evaluated)}",
        )
    return found


def take(table: pl.DataFrame, items: Sequence[str]) -> Readings:
    """The readings of the items, and of the oxygen saturation [%] where the table has ``do_sat``."""
    return take_readings(table, [*items, *(["do_sat"] if "do" in items and "do_sat" in table.columns else [])], ROOM)


def kinds(table: pl.DataFrame) -> pl.Series:
    """``river`` or ``lake`` of each row; a table without the column holds rivers. Raises ComputeError (G-WATER-07)."""
    if "kind" not in table.columns:
        return pl.Series("kind", ["river"], dtype=pl.String).new_from_index(0, table.height)
    said = table["kind"].cast(pl.String)
    known = said.replace_strict(_KINDS, default=None, return_dtype=pl.String).alias("kind")
    if known.null_count():
        strange = sorted({str(one) for one in said.filter(known.is_null()).to_list()})
        raise ComputeError.of(
            f"unknown kinds: {strange}",
            f"G-{ROOM}-07",
            "列 kind",
            f"有不认得的水体类型 {'、'.join(strange[:5])}",
            "河流与湖库的总磷标准不同",
            "写成 river（河流）或 lake（湖库）",
        )
    return known
