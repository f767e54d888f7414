"""guatu backtest FILE: what it prints, and what a bad file gets."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from tests.judge.outlook.made import file_rows


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from guatu.cli import main; main()", "backtest", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    return pl.DataFrame(file_rows(3), schema=["城市", "日期", "PM2.5", "AQI"], orient="row")


@pytest.fixture(scope="module")
def answer(table: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, object]]]:
    file = tmp_path_factory.mktemp("file") / "城市日值.csv"
    table.write_csv(file, include_bom=True)
    done = run(file, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    facts: dict[str, list[dict[str, object]]] = json.loads(done.stdout)
    return facts


def test_json_has_rows_and_summary(answer: dict[str, list[dict[str, object]]]) -> None:
    assert list(answer) == ["rows", "summary"]
    assert len(answer["rows"]) == 3 * 2 * 5 * 2  # cities, years, origins, indicators
    for row in answer["rows"]:
        assert list(row) == ["city", "year", "origin", "indicator", "mean", "p10", "p90", "p025", "p975", "targets"]
        assert all(list(target) == ["value", "p"] and 0 <= target["p"] <= 1 for target in row["targets"])  # type: ignore
        assert len(row["targets"]) == 7  # type: ignore[arg-type]
        assert row["p025"] <= row["p10"] <= row["p90"] <= row["p975"]  # type: ignore[operator]
    assert {row["origin"] for row in answer["rows"]} == {"01-01", "03-31", "06-30", "09-30", "11-30"}
    assert {row["indicator"] for row in answer["rows"]} == {"pm25_mean", "aqi_good_ratio"}


def test_the_summary_is_by_indicator_origin_and_year(answer: dict[str, list[dict[str, object]]]) -> None:
    assert len(answer["summary"]) == 2 * 5 * 2
    for entry in answer["summary"]:
        error = "mape" if entry["indicator"] == "pm25_mean" else "mae"
        assert list(entry) == ["indicator", "origin", "year", error, "crps", "bss", "c80", "c95"]


def test_targets_are_last_years_value_and_steps_from_it(
    answer: dict[str, list[dict[str, object]]], table: pl.DataFrame
) -> None:
    rows = {(row["city"], row["year"], row["origin"], row["indicator"]): row for row in answer["rows"]}
    last = table.filter((pl.col("城市") == "城1") & (pl.col("日期").dt.year() == 2020))
    mean = last["PM2.5"].mean()
    share = 100 * (last["AQI"] <= 100).mean()  # type: ignore[operator]
    asked = [t["value"] for t in rows["城1", 2021, "03-31", "pm25_mean"]["targets"]]  # type: ignore[attr-defined]
    assert asked == pytest.approx([mean * f for f in (0.8, 0.85, 0.9, 0.95, 1, 1.05, 1.1)])  # type: ignore[operator]
    asked = [t["value"] for t in rows["城1", 2021, "03-31", "aqi_good_ratio"]["targets"]]  # type: ignore[attr-defined]
    assert asked == pytest.approx([share + step for step in (-4, -2, -1, 0, 1, 2, 4)])


def test_without_json_a_table_is_printed(table: pl.DataFrame, tmp_path: Path) -> None:
    table.write_parquet(tmp_path / "a.parquet")
    done = run(tmp_path / "a.parquet")
    assert done.returncode == 0
    assert "PM2.5 年均值" in done.stdout and "优良天数比例" in done.stdout and "合计" in done.stdout


@pytest.mark.parametrize("heading", ["pm2_5", "PM2.5", "pm25", "PM2.5(μg/m3)", "细颗粒物"])
def test_headings_are_those_of_load(table: pl.DataFrame, tmp_path: Path, heading: str) -> None:
    from guatu.judge.outlook import cityday

    table.rename({"PM2.5": heading, "城市": "city"}).write_csv(tmp_path / "a.csv")
    assert cityday.read(tmp_path / "a.csv").pm25.sum() == table["PM2.5"].sum()


@pytest.mark.parametrize(
    ("city", "aqi"),
    [("城市名称", "空气质量指数（AQI）"), ("City_Name", "aqi"), ("地市", "日AQI"), ("地级市", "AQI(空气质量指数)")],
)
def test_cities_and_indices_go_by_several_names(table: pl.DataFrame, tmp_path: Path, city: str, aqi: str) -> None:
    from guatu.judge.outlook import cityday

    table.rename({"城市": city, "AQI": aqi}).write_csv(tmp_path / "a.csv")
    found = cityday.read(tmp_path / "a.csv")
    assert found.names == ("城0", "城1", "城2") and found.aqi.sum() == table["AQI"].sum()


def faults(table: pl.DataFrame, folder: Path) -> list[str]:
    table.write_csv(folder / "坏.csv")
    done = run(folder / "坏.csv")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr.strip().splitlines()


def judged(table: pl.DataFrame, folder: Path) -> dict[str, list[dict[str, object]]]:
    table.write_csv(folder / "少.csv")
    done = run(folder / "少.csv", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    facts: dict[str, list[dict[str, object]]] = json.loads(done.stdout)
    return facts


def test_a_file_of_one_city_is_judged_from_its_own_earlier_years(table: pl.DataFrame, tmp_path: Path) -> None:
    facts = judged(table.filter(pl.col("城市") == "城0"), tmp_path)
    assert {row["year"] for row in facts["rows"]} == {2020, 2021}
    assert all(entry["bss"] is None and entry["crps"] is not None for entry in facts["summary"])


@pytest.mark.parametrize(("gone", "left"), [("AQI", "pm25_mean"), ("PM2.5", "aqi_good_ratio")])
def test_a_file_without_one_of_the_two_columns_is_judged_on_the_other(
    table: pl.DataFrame, tmp_path: Path, gone: str, left: str
) -> None:
    facts = judged(table.drop(gone), tmp_path)
    assert {row["indicator"] for row in facts["rows"]} == {left}


def test_dates_in_chinese(table: pl.DataFrame, tmp_path: Path) -> None:
    said = table.with_columns(pl.col("日期").dt.strftime("%Y年%-m月%-d日"))
    assert judged(said, tmp_path) == judged(table, tmp_path)


def test_no_chance_of_the_back_test_is_nought_or_one(answer: dict[str, list[dict[str, object]]]) -> None:
    assert all(0 < target["p"] < 1 for row in answer["rows"] for target in row["targets"])  # type: ignore


def test_every_missing_column_is_named(table: pl.DataFrame, tmp_path: Path) -> None:
    lines = faults(table.select("城市", "日期").rename({"日期": "当天"}), tmp_path)
    assert [line[-14:] for line in lines] == ["（G-OUTLOOK-01）。"[:-1]] * 3
    for line, words in zip(lines, ("日期", "PM2.5 日均值", "日 AQI"), strict=True):
        assert f"没有“{words}”这一列" in line


def test_all_faults_of_the_rows_at_once(table: pl.DataFrame, tmp_path: Path) -> None:
    text = table.head(20).cast(pl.String)
    rows = text.rows()
    rows[3] = (rows[3][0], "某天", rows[3][2], rows[3][3])
    rows[5] = (rows[5][0], rows[5][1], "约40", rows[5][3])
    rows[7] = rows[6]
    lines = faults(pl.DataFrame(rows, schema=text.columns, orient="row"), tmp_path)
    assert any("第 5 行" in line and "日期读不出来" in line for line in lines)
    assert any("第 7 行" in line and "pm25 不是数“约40”" in line for line in lines)
    assert sum("同一城市同一天有两行" in line for line in lines) == 2


def test_too_little_to_judge_is_said(table: pl.DataFrame, tmp_path: Path) -> None:
    one_year = table.filter(pl.col("日期").dt.year() == 2020)
    assert "没有一个城市年可以回测" in faults(one_year, tmp_path)[0]
    assert "没有一个城市年可以回测" in faults(table.head(0), tmp_path)[0]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = run(tmp_path / "无.csv")
    assert done.returncode == 1
    assert "没有这个文件" in done.stderr
