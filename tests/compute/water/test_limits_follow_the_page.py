"""Each limit in the rules against the fact sheets transcribed from the standards, cell by cell."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from guatu import rules

DAY = date(2021, 6, 30)


@pytest.fixture
def sheet(shared: Callable[..., Path]) -> Callable[[str], dict[str, Any]]:
    return lambda name: tomllib.loads(shared("standards", name).read_text(encoding="utf-8"), parse_float=Decimal)


def numbers(values: Any) -> list[Decimal]:
    return [Decimal(str(value)) for value in values]


def test_surface_water(sheet: Callable[[str], dict[str, Any]]) -> None:
    page, ours = sheet("gb3838.toml"), rules.at("gb3838.table1", DAY).value
    assert {row["code"].lower(): numbers(row["limits"]) for row in page["table1"]} == {
        k: numbers(v) for k, v in ours.items()
    }
    assert [row["code"].lower() for row in page["table1"] if row["in_21"] and "TP" not in row["code"]] == [
        item for item in rules.at("water.programme.21", DAY).value if item not in ("ph", "tp")
    ]
    for number, count in (("2", 5), ("3", 80)):
        table = rules.at(f"gb3838.table{number}", DAY).value
        assert numbers(row["limit"] for row in page[f"table{number}"]) == numbers(table.values())
        assert len(table) == count


def test_the_21_items_hold_cod_and_not_nitrogen() -> None:
    items = rules.at("water.programme.21", DAY).value
    assert len(items) == len(set(items)) == 21
    assert "cod" in items
    assert not {"tn", "fecal", "wtemp"} & set(items)


def test_limits_of_better_classes_are_never_looser() -> None:
    for item, limits in rules.at("gb3838.table1", DAY).value.items():
        assert numbers(limits) == sorted(numbers(limits), reverse=item == "do"), item
    for table in ("gbt14848.table1", "gbt14848.table2"):
        for item, limits in rules.at(table, DAY).value.items():
            assert numbers(limits) == sorted(numbers(limits)), item


def test_groundwater(sheet: Callable[[str], dict[str, Any]]) -> None:
    page, spellings = sheet("gbt14848.toml"), rules.at("gbt14848.spellings", DAY).value
    for table, count in (("table1", 36), ("table2", 54)):
        ours = rules.at(f"gbt14848.{table}", DAY).value
        assert len(ours) == count  # table 1 has three more items, pH and the two of the senses
        for row in page[table]:
            printed = [0 if limit == "ND" else limit for limit in row["limits"].values()]
            assert numbers(ours[spellings.get(row["name"], row["name"])]) == numbers(printed), row["name"]


def test_soil(sheet: Callable[[str], dict[str, Any]]) -> None:
    page = sheet("soil.toml")
    screening, control = rules.at("gb15618.screening", DAY).value, rules.at("gb15618.control", DAY).value
    for row in page["gb15618"]["screening"]:
        assert numbers(screening[row["code"].lower()][row["land"]]) == numbers(row["values"])
    assert sum(len(lands) for lands in screening.values()) == len(page["gb15618"]["screening"])
    assert {k: numbers(v) for k, v in control.items()} == {
        row["code"].lower(): numbers(row["values"]) for row in page["gb15618"]["control"]
    }
    for part, count in (("basic", 45), ("other", 40)):
        ours = rules.at(f"gb36600.{part}", DAY).value
        assert len(ours) == count
        assert {row["name"]: numbers(row["v"]) for row in page["gb36600"][part]} == {
            k: numbers(v) for k, v in ours.items()
        }


def test_decimals_of_a_mean(sheet: Callable[[str], dict[str, Any]]) -> None:
    page = sheet("surface_eval.toml")["precision"]["assessment"]
    ours = {item: row["decimals"] for item, row in rules.at("water.items", DAY).value.items()}
    assert ours == {item.lower(): decimals for item, decimals in page.items()}
