"""Waters, soils, lists and trends against the slow second opinion, on values drawn around every printed limit."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.compute import groundwater, soil, sources, trend
from guatu.compute.rates import rate
from tests.compute.oracle import other_media as oracle
from tests.conftest import real_inputs

DAY = date(2021, 6, 30)


def sheet(name: str) -> dict[str, Any]:
    return tomllib.loads(real_inputs("standards", name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def ground() -> dict[str, Any]:
    return sheet("gbt14848.toml")


@pytest.fixture(scope="module")
def surface() -> dict[str, Any]:
    return sheet("gb3838.toml")


@pytest.fixture(scope="module")
def soils() -> dict[str, Any]:
    return dict(sheet("soil.toml")["gb15618"])


def around(limits: list[Fraction]) -> st.SearchStrategy[Decimal]:
    """A limit itself, the least step above and below it, or anything up to twice the greatest."""
    step = Decimal("0.0000001")
    edges = [Decimal(str(float(limit))) for limit in limits]
    near = [max(edge + change, Decimal(0)) for edge in edges for change in (-step, Decimal(0), step)]
    return st.one_of(st.sampled_from(near), st.decimals(0, max(edges) * 2, places=7))


def test_every_item_of_groundwater_around_every_limit(ground: dict[str, Any]) -> None:
    """All 93 items with numbers: each limit, a step below and above it, as one column each."""
    rows = [row for table in ("table1", "table2") for row in ground[table]]
    numeric = [row for row in rows if row.get("limits") and row["name"] not in ("pH", "ph")]
    assert len(numeric) >= 90
    for row in numeric:
        edges = [Decimal(str(limit)) for limit in row["limits"].values() if isinstance(limit, int | float)]
        values = sorted(
            {max(edge + step, Decimal(0)) for edge in edges for step in (Decimal("-1e-7"), Decimal(0), Decimal("1e-7"))}
        )
        frame = pl.DataFrame({row["name"]: [f"{value:f}" for value in values]})
        got = groundwater.sample_class(frame)["class"].to_list()
        assert got == [oracle.ground_class(ground, row["name"], Fraction(value)) for value in values], row["name"]


@settings(max_examples=60)
@given(data=st.data())
def test_samples_of_wells(ground: dict[str, Any], data: st.DataObject) -> None:
    rows = [row for table in ("table1", "table2") for row in ground[table] if len(row.get("limits") or {}) > 2]
    chosen = data.draw(st.lists(st.sampled_from(rows), min_size=1, max_size=12, unique_by=lambda row: row["name"]))
    values = {
        row["name"]: data.draw(around([oracle.exact(limit) for limit in row["limits"].values()])) for row in chosen
    }
    got = groundwater.sample_class(pl.DataFrame({name: [f"{value:f}"] for name, value in values.items()})).row(
        0, named=True
    )
    worst, names = oracle.ground_sample(ground, {name: Fraction(value) for name, value in values.items()})
    assert got["class"] == worst
    assert (got["deciding"] or "").split(",") == (names if worst > 1 else [""])


@settings(max_examples=100)
@given(data=st.data())
def test_farmland(soils: dict[str, Any], data: st.DataObject) -> None:
    items = sorted({row["code"].lower() for row in soils["screening"]})
    chosen = data.draw(st.lists(st.sampled_from(items), min_size=1, unique=True))
    ph = data.draw(
        st.one_of(st.sampled_from([Decimal(text) for text in ("5.5", "6.5", "7.5")]), st.decimals(3, 10, places=2))
    )
    land = data.draw(st.sampled_from(["paddy", "other", "orchard", "rotation"]))
    contents = {}
    for item in chosen:
        limits = [oracle.exact(value) for row in (*soils["screening"], *soils["control"])
                  if row["code"].lower() == item for value in row["values"]]  # fmt: skip
        contents[item] = data.draw(around(limits))
    word, over = soil.farmland(contents, ph, land, DAY)  # type: ignore[arg-type]
    wanted = oracle.farmland(soils, {item: Fraction(value) for item, value in contents.items()}, Fraction(ph), land)
    assert (word, list(over)) == wanted


@settings(max_examples=100)
@given(data=st.data())
def test_sources(surface: dict[str, Any], data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["river", "lake"]))
    single = [(row["name"], [row["limit"]]) for table in ("table2", "table3") for row in surface[table]
              if isinstance(row.get("limit"), int | float) and "_" not in row["name"]]  # fmt: skip
    ours = ("do", "codmn", "cod", "bod5", "tp", "cu", "zn", "f", "se", "as", "hg", "cd", "pb", "cn", "oil", "las")
    first = [(item, [row["limits"][2]]) for item in ours for row in surface["table1"]
             if row["code"].lower() == (f"tp_{kind}" if item == "tp" else item)]  # fmt: skip
    assert len(single) > 60 and len(first) >= 14
    chosen = data.draw(st.lists(st.sampled_from(single + first), min_size=1, max_size=15, unique_by=lambda one: one[0]))
    values = {name: data.draw(around([oracle.exact(limit) for limit in limits])) for name, limits in chosen}
    got = sources.verdict(values, kind, DAY)
    wanted = oracle.source_over(surface, {name: Fraction(value) for name, value in values.items()}, kind)
    assert [item for item, _ in got.over] == wanted
    assert got.ok == (not wanted)


@given(st.lists(st.tuples(st.decimals(0, 100, places=3), st.booleans(), st.booleans()), max_size=30))
def test_a_rate_of_a_list(objects: list[tuple[Decimal, bool, bool]]) -> None:
    exact = [(Fraction(measure), counts, done) for measure, counts, done in objects]
    part = sum((measure for measure, counts, done in exact if counts and done), Fraction(0))
    whole = sum((measure for measure, counts, _ in exact if counts), Fraction(0))
    found = rate(part, whole)
    assert found.exact == oracle.counted(exact)
    assert bool(found.reason) == (found.exact is None)


@given(st.lists(st.decimals(0, 50, places=3), min_size=5, max_size=15, unique=True))
def test_a_trend(values: list[Decimal]) -> None:
    assert trend.spearman(values) == oracle.spearman([Fraction(value) for value in values])
