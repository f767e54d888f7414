"""``sh dev bench [--json] [--rounds N]``: every figure of speed and memory in one run, on this machine."""

from __future__ import annotations

import argparse
import json
import os
import platform
from pathlib import Path
from typing import Any

import polars as pl

from tests.bench.changes import measured
from tests.bench.cold import middle, ratios, rounds
from tests.bench.commands import measured as commands_measured
from tests.bench.nation import folder, national_year
from tests.bench.pages import measured as pages_measured
from tests.bench.peers import compared
from tests.bench.wall import measured as wall_measured
from tests.bench.water import measured as water_measured

YEARS = (2023, 2024, 2025)


def one_city(nation: Path) -> Path:
    """A city of five stations and one year as CSV."""
    path = folder() / "city-2024.csv"
    if not path.exists():
        hours = pl.scan_parquet(nation).filter(pl.col("city").cast(pl.String) == "城市001").collect()
        hours.with_columns(pl.col("city", "station").cast(pl.String)).write_csv(path)
    return path


def figures(times: int) -> dict[str, Any]:
    """Everything measured, by name."""
    files = [national_year(year) for year in YEARS]
    nation, city = files[1], one_city(files[1])
    cold = rounds({"scan": ("scan", [nation]), "year": ("year", [nation]), "city": ("city-year", [city])}, times)
    three = middle(rounds({"three": ("year", files)}, 1)["three"])
    scan, year, ratio = middle(cold["scan"]), middle(cold["year"]), ratios(cold["year"], cold["scan"])
    step, public, peers = compared(times)
    found = {
        "machine": f"{os.cpu_count()} 核，负载 {os.getloadavg()[0]:.1f}；"
        f"Python {platform.python_version()}，polars {pl.__version__}",
        "rows_of_the_nation": pl.scan_parquet(nation).select(pl.len()).collect().item(),
        "scan_s": scan.wall,
        "year_s": year.wall,
        "ratio": ratio.wall,
        "ratio_cpu": ratio.cpu,
        "year_peak_mb": year.peak,
        "three_years_s": three.wall,
        "three_years_peak_mb": three.peak,
        "city_year_s": middle(cold["city"]).wall,
        **measured(nation, YEARS[1]),
        **wall_measured(times),
        **pages_measured(),
        **water_measured(times),
        **commands_measured(times),
        "aqi_rows_per_s": step,
        "hourly_aqi_rows_per_s": public,
    }
    for peer in peers:
        found |= {f"rows_per_s {peer.name}": peer.rows_per_s, f"times {peer.name}": peer.behind}
    return found


SAID = {
    "machine": ("机器", ""),
    "rows_of_the_nation": ("全国一年小时行数", ""),
    "scan_s": ("只扫描求和，冷进程 [s]", ""),
    "year_s": ("小时 → 年统计，冷进程 [s]", ""),
    "ratio": ("年统计 ÷ 扫描，按钟，逐对中位数", "≤ 2.5"),
    "ratio_cpu": ("年统计 ÷ 扫描，按处理器时间", "≤ 2.5"),
    "year_peak_mb": ("一年峰值内存 [MB]", ""),
    "three_years_s": ("三年 [s]", ""),
    "three_years_peak_mb": ("三年峰值内存 [MB]", "≤ 1200"),
    "city_year_s": ("一城一年，CSV，冷进程 [s]", "≤ 1"),
    "append_day_s": ("全国追加一天 [s]", ""),
    "append_equal": ("追加结果等于重算", "是"),
    "correct_day_s": ("更正一个旧城市日并重出年统计 [s]", ""),
    "correct_equal": ("更正结果等于重算", "是"),
    "wall_judgements": ("墙：目标 × 地区", "162"),
    "wall_places": ("墙：地区数", "6"),
    "wall_cold_s": ("墙，什么都没算过 [s]", "≤ 2"),
    "wall_day_added_s": ("墙，多一天数据，办公中的进程 [s]", "≤ 0.2"),
    "wall_day_added_cpu_s": ("墙，多一天数据，处理器时间 [s]", "≤ 0.2"),
    "wall_day_added_new_process_s": ("墙，多一天数据，新起的命令 [s]", ""),
    "pages_p95_ms": ("各页服务器时间，95% [ms 处理器]", "≤ 50"),
    "pages_median_ms": ("各页服务器时间，中位数 [ms 处理器]", ""),
    "wall_page_ms": ("总览一页 [ms 处理器]", "≤ 50"),
    "wall_first_load_kb": ("总览首次打开，压缩后 [kB]", "≤ 500"),
    "water_samples": ("全国一个月自动站水样", ""),
    "water_class_s": ("水样逐个定类 [s]", "≤ 1"),
    "water_month_s": ("断面月均值和类别 [s]", ""),
    "read_s": ("读一份一万字的通知，冷命令 [s]", "≤ 0.5"),
    "read_cpu_s": ("读一份一万字的通知，处理器时间 [s]", "≤ 0.5"),
    "status_s": ("guatu status，冷命令 [s]", ""),
    "status_cpu_s": ("guatu status，处理器时间 [s]", ""),
    "monthly_s": ("空气月报成文，冷命令 [s]", "≤ 1"),
    "monthly_cpu_s": ("空气月报成文，处理器时间 [s]", "≤ 1"),
    "score_counties_s": ("县得分表 6 张，冷命令 [s]", "≤ 2"),
    "score_counties_cpu_s": ("县得分表 6 张，处理器时间 [s]", "≤ 2"),
    "score_bodies_s": ("单位得分表 22 张，冷命令 [s]", "≤ 2"),
    "score_bodies_cpu_s": ("单位得分表 22 张，处理器时间 [s]", "≤ 2"),
    "aqi_rows_per_s": ("AQI 一步，guatu [行/s]", ""),
    "hourly_aqi_rows_per_s": ("hourly_aqi 整个函数 [行/s]", ""),
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true", help="以 JSON 输出")
    arguments.add_argument("--rounds", type=int, default=5, help="轮数；每轮各项依次各跑一次")
    given = arguments.parse_args()
    found = figures(given.rounds)
    if given.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for name, value in found.items():
        label, wanted = SAID.get(name) or _of_peer(name)
        print(f"{_padded(label, 44)}{_shown(value):>16}  {wanted}")


def _of_peer(name: str) -> tuple[str, str]:
    kind, _, package = name.partition(" ")
    return (f"AQI 一步，{package} [行/s]", "") if kind == "rows_per_s" else (f"guatu 是 {package} 的几倍", "≥ 50")


def _padded(text: str, width: int) -> str:
    """Text filled up to a width in which a Chinese character counts two."""
    return text + " " * (width - sum(2 if ord(letter) > 0x2E7F else 1 for letter in text))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 1000 else f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


if __name__ == "__main__":
    main()
