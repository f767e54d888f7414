"""A five-year plan on one page: what each year asks, what it brought, and what is needed from here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guatu.cli.app import app
from guatu.judge.evaluation import Evaluation, evaluated, yearly_drop
from guatu.load.official import store_official
from guatu.load.workspace import Workspace
from tests.load.city import CITY

PATHS = """
[[path]]
indicator = "co2_per_gdp_reduction"
base = 2020
rule = "geometric"
target = "18"
paper = "规划"
day = 2021-03-01
[[path]]
indicator = "nonfossil_share"
base = 2020
rule = "linear"
start = "13.0"
target = "15.5"
[[path]]
indicator = "cod_emission_reduction"
base = 2020
rule = "printed"
table = ["1.5", "3.2", "5.0", "6.8", "8.5"]
"""
HEAD = "指标,范围,时段,数值,文号,发布日期\n"


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "ws", CITY)
    (made.folder / "plan" / "paths.toml").write_text(PATHS, encoding="utf-8")
    rows = [
        ("co2_per_gdp_reduction", 2021, "4.02"), ("co2_per_gdp_reduction", 2022, "7.00"),
        ("nonfossil_share", 2021, "13.6"), ("nonfossil_share", 2022, "13.7"),
        ("cod_emission_reduction", 2021, "1.50"), ("cod_emission_reduction", 2022, "9.00"),
    ]  # fmt: skip
    path = made.folder / "o.csv"
    lines = [f"{name},全市,{year},{value},通报{year},{year + 1}-03-01" for name, year, value in rows]
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    store_official(made, path)
    return made


def one(ws: Workspace, indicator: str, day: date) -> Evaluation:
    return next(found for found in evaluated(ws, None, day) if found.indicator == indicator)


def test_a_geometric_path_year_by_year(ws: Workspace) -> None:
    """1 − 0.82^(k/5): 3.89, 7.63, 11.23, 14.68, 18. From 7.00 three equal years reach 18 by 1 − (0.82/0.93)^(1/3)."""
    found = one(ws, "co2_per_gdp_reduction", date(2023, 6, 30))
    assert [(y.year, str(y.required), str(y.value), y.word) for y in found.years] == [
        (2021, "3.89", "4.02", "达标"), (2022, "7.63", "7.00", "未达标"), (2023, "11.23", "None", "无法判定"),
    ]  # fmt: skip
    assert found.state is not None
    assert found.state.year == 2022
    assert (found.left, str(found.needed)) == (3, "4.11")
    assert abs((1 - float(yearly_drop(Fraction(7), Fraction(18), 3)) / 100) ** 3 * 93 - 82) < 1e-9


def test_a_straight_path_and_a_printed_one(ws: Workspace) -> None:
    """13.0 to 15.5 asks 13.5 and 14.0; from 13.7 the three years left must bring 0.6 each."""
    found = one(ws, "nonfossil_share", date(2023, 6, 30))
    assert [(str(y.required), y.word) for y in found.years[:2]] == [("13.5", "达标"), ("14.0", "未达标")]
    assert found.needed == Decimal("0.60")
    assert "余下 3 年平均每年须升 0.60 个百分点" in found.sentence
    table = one(ws, "cod_emission_reduction", date(2023, 6, 30))
    assert [(str(y.required), y.word) for y in table.years[:2]] == [("1.50", "达标"), ("3.20", "达标")]
    assert "已达到 2025 年目标 8.50" in table.sentence


def test_what_was_known_on_an_earlier_day(ws: Workspace) -> None:
    """The figure of 2022 came out on 2023-03-01; a path issued on 2021-03-01 is unknown before."""
    early = one(ws, "nonfossil_share", date(2022, 12, 1))
    assert [y.word for y in early.years] == ["达标", "无法判定"]
    assert early.left == 4
    assert {found.indicator for found in evaluated(ws, None, date(2021, 2, 1))} == {
        "nonfossil_share", "cod_emission_reduction",
    }  # fmt: skip
    assert one(ws, "nonfossil_share", date(2021, 2, 1)).sentence == "还没有任何一年的数"


def test_the_page_by_command(ws: Workspace) -> None:
    told = CliRunner().invoke(app, ["-C", str(ws.folder), "plan", "evaluate", "--as-of", "2023-06-30"])
    assert told.exit_code == 0
    assert "■ 2022 年 要求 7.63，实际 7.00：未达标" in told.output
    assert "3 项：达到要求 1 项，落后 2 项，没有数 0 项" in told.output
    empty = Workspace.create(ws.folder.parent / "none", CITY)
    assert "写进 plan/paths.toml" in CliRunner().invoke(app, ["-C", str(empty.folder), "plan", "evaluate"]).output


def test_every_year_of_the_plan_says_what_it_asks_even_before_it_begins(ws: Workspace) -> None:
    way = dict(one(ws, "cod_emission_reduction", date(2021, 6, 1)).way)
    assert way == dict(zip(range(2021, 2026), map(Decimal, ("1.50", "3.20", "5.00", "6.80", "8.50")), strict=True))
