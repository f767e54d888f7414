"""``sh dev bench [--json] [--rounds N]``: every figure of speed and memory in one run, on this machine."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import polars as pl

from tests.bench.changes import measured
from tests.bench.cold import rounds
from tests.bench.nation import folder, national_year
from tests.bench.peers import guatu_rows_per_second, peers

YEARS = (2023, 2024, 2025)


def one_city(nation: Path) -> Path:
    """A city of five stations and one year as CSV."""
    path = folder() / "city-2024.csv"
    if not path.exists():
        hours = pl.scan_parquet(nation).filter(pl.col("city").cast(pl.String) == "城市001").collect()
        hours.with_columns(pl.col("city", "station").cast(pl.String)).write_csv(path)
    return path


def figures(times: int) -> dict[str, Any]:
    files = [national_year(year) for year in YEARS]
    nation, city = files[1], one_city(files[1])
    jobs = {"scan": ("scan", [nation]), "year": ("year", [nation]), "city": ("city-year", [city])}
    cold = rounds(jobs, times)
    three = rounds({"three": ("year", files)}, 1)["three"]
    ours, others = guatu_rows_per_second(), peers()
    return {
        "rows_of_the_nation": pl.scan_parquet(nation).select(pl.len()).collect().item(),
        "scan_s": cold["scan"][0],
        "year_s": cold["year"][0],
        "ratio": cold["year"][0] / cold["scan"][0],
        "year_peak_mb": cold["year"][1],
        "three_years_s": three[0],
        "three_years_peak_mb": three[1],
        "city_year_s": cold["city"][0],
        "aqi_rows_per_s": ours,
        **{f"aqi_rows_per_s_{name}": speed for name, speed in others.items()},
        **measured(nation, YEARS[1]),
    }


SAID = {
    "rows_of_the_nation": "全国一年小时行数",
    "scan_s": "只扫描求和，冷进程 [s]",
    "year_s": "小时 → 年统计，冷进程 [s]",
    "ratio": "年统计 ÷ 扫描（目标 3 以内）",
    "year_peak_mb": "一年峰值内存 [MB]",
    "three_years_s": "三年 [s]",
    "three_years_peak_mb": "三年峰值内存（目标 1200 以内）[MB]",
    "city_year_s": "一城一年，CSV，冷进程（目标 1 以内）[s]",
    "aqi_rows_per_s": "AQI 一步 guatu [行/s]",
    "append_day_s": "全国追加一天 [s]",
    "append_equal": "追加结果等于重算",
    "correct_day_s": "更正一个旧城市日并重出年统计 [s]",
    "correct_equal": "更正结果等于重算",
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true", help="以 JSON 输出")
    arguments.add_argument("--rounds", type=int, default=5, help="冷进程轮数")
    given = arguments.parse_args()
    found = figures(given.rounds)
    if given.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for name, value in found.items():
        label = SAID.get(name, name.replace("aqi_rows_per_s_", "AQI 一步 "))
        shown = "未安装" if value is None else f"{value:,.2f}" if isinstance(value, float) else str(value)
        print(f"{label:　<28}{shown}")


if __name__ == "__main__":
    main()
