"""guatu compute NAME IN -o OUT: one public function of the compute room on a file."""

from __future__ import annotations

import importlib
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

NAMES = {
    "hourly-aqi": ("air", "hourly_aqi", "每行的小时 AQI、级别、首要污染物（HJ 633，按各行日期的版本）"),
    "hourly-aqi-text": (
        "air",
        "hourly_aqi_by_text",
        "每行的小时 AQI，按 HJ 633-2012 条文（颗粒物24小时、臭氧8小时滑动值）",
    ),
    "station-day": ("air", "station_day", "小时值 → 站点日均值、O3 日最大 8 小时值、有效性"),
    "city-day": ("air", "city_day", "小时值或站点日值 → 城市日值、AQI、级别、首要污染物"),
    "air-year": ("air", "year", "小时值、站点日值或城市日值 → 年均值、百分位数、优良天数比例、综合指数"),
    "water-class": ("surface_water", "sample_class", "地表水样品 → 类别 1–6（6 为劣Ⅴ）、定类项目（GB 3838）"),
    "water-month": ("surface_water", "month", "地表水样品 → 断面月均值、类别、主要污染指标（环办〔2011〕22号）"),
    "water-year": ("surface_water", "year", "地表水样品 → 断面年均值、类别、主要污染指标"),
    "water-quarter": ("surface_water", "quarter", "地表水样品 → 断面季均值、类别、主要污染指标"),
    "water-auto-day": ("surface_water", "day", "自动站四小时值 → 断面日均值、类别"),
    "water-auto-month": ("surface_water", "month", "自动站四小时值 → 先日均再月均，类别、主要污染指标"),
    "water-auto-year": ("surface_water", "year", "自动站四小时值 → 日均、月均、年均，类别"),
    "water-river": ("surface_water", "river", "地表水样品（带河流列）→ 河流水质评价：5 个断面起按比例，不到的按均值"),
    "lake-whole": ("lakes", "whole", "湖库各点位采样 → 全湖均值、营养状态指数、分级"),
    "groundwater-year": ("groundwater", "year", "地下水各次采样 → 点位年均值、类别、定类项目"),
    "lake-tli": ("lakes", "tli", "湖库浓度 → 综合营养状态指数、分级、缺测项目"),
    "groundwater-class": ("groundwater", "sample_class", "地下水样品 → 类别 1–5、定类项目（GB/T 14848）"),
    "cwqi": ("surface_water", "city_index", "各断面均值 → 河流、湖库和城市的水质指数（21 项齐全才有数）"),
    "farmland-class": ("soil_table", "farmland", "农用地土壤样品 → 优先保护、安全利用、严格管控（GB 15618）"),
    "plot-over": ("soil_table", "plots", "建设用地土壤样品 → 超筛选值、管制值的项目（GB 36600）"),
    "black-water": ("black_water_table", "graded", "黑臭水体读数 → 轻度、重度和农村黑臭（建城〔2015〕130号）"),
    "ei": ("ecology_table", "ei", "五项分指数 → 生态环境状况指数和等级（HJ 192-2015）"),
    "eqi": ("ecology_table", "eqi", "四项分指数 → 区域生态质量指数和类别（权重凭记忆，未核对原文）"),
    "source-verdict": ("sources", "judged", "饮用水水源样品 → 是否达标、超标项目及倍数"),
}

HELP = "计算：guatu compute 名称 输入 -o 输出。输入、输出为 CSV、Parquet 或 Excel；表头中英文都认。"
SAMPLE_BY_SAMPLE = (
    "hourly-aqi", "hourly-aqi-text", "water-class", "lake-tli", "groundwater-class", "source-verdict", "farmland-class",
    "plot-over", "black-water", "ei", "eqi",
)  # fmt: skip
"""What gives an answer for each row of the input: the rows then come out as they were written."""

THROUGH_DAYS = ("water-auto-month", "water-auto-year")
"""What takes the mean of each day first."""


def register(app: typer.Typer) -> None:
    """Add ``guatu compute``."""

    @app.command("compute", help=HELP)
    def compute(
        name: Annotated[str | None, typer.Argument(help="算什么，见 --list")] = None,
        source: Annotated[Path | None, typer.Argument(help="输入文件")] = None,
        out: Annotated[Path | None, typer.Option("-o", "--out", help="输出文件")] = None,
        names: Annotated[bool, typer.Option("--list", help="列出能算什么")] = False,
    ) -> None:
        if names:
            for known, (_, _, text) in NAMES.items():
                typer.echo(f"{known:<20}{text}")
            return
        if name is None or source is None or out is None:
            raise typer.BadParameter("写作 guatu compute 名称 输入 -o 输出；名称见 guatu compute --list")
        if name not in NAMES:
            raise typer.BadParameter(f"不会算“{name}”，能算的有：{'、'.join(NAMES)}")
        from guatu.base.table import open_table, write_table
        from guatu.load.headed import headed_frame

        headed = headed_frame(source, NAMES[name][0])
        if headed is None:
            write_table(_function(name)(open_table(source)), out)
            return
        typer.echo("；".join(f"{heading}→{column}" for heading, column in headed.told.items()))
        found = _function(name)(headed.frame)
        if name in SAMPLE_BY_SAMPLE:
            found = headed.written.hstack(found.drop(headed.frame.columns))
        write_table(found, out)


def _function(name: str) -> Any:
    medium, function, _ = NAMES[name]
    found = getattr(importlib.import_module(f"guatu.compute.{medium}"), function)
    return partial(found, automatic=True) if name in THROUGH_DAYS else found
