"""Made-up figures of water, soil, ecology, climate and living for the demonstration, loaded through the same doors."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path

from guatu.load.figures.filled import store_figures
from guatu.load.lists import store_list
from guatu.load.official import store_official
from guatu.load.water import store_water
from guatu.load.water_class import Paper, store_classes
from guatu.load.workspace import Workspace

SEED = 20211011
PLACES = ("昌江区", "珠山区", "乐平市", "浮梁县", "高新区", "昌南新区")
PLAN_FILES = ("sections.toml", "figures.toml", "paths.toml")
REPORTED = date(2021, 10, 8)
# Treated and discharged sewage of a quarter [万立方米], place by place; the last place has not reported the third.
SEWAGE = ((301, 318), (422, 431), (515, 556), (198, 214), (88, 91), (61, 64))
CLASSES = {"D01": "Ⅱ", "D02": "Ⅱ", "D03": "Ⅲ", "D04": "Ⅱ", "D05": "Ⅲ", "D06": "Ⅱ", "D07": "Ⅳ", "D08": "Ⅱ"}
POINTS = {"G01": "Ⅲ", "G02": "Ⅳ", "G03": "Ⅴ", "G04": "Ⅳ", "G05": "Ⅲ"}
SCOPES = ("全市地表水省控断面", "国控断面", "地下水国考点位", "县级及以上城市", "行政村", "县级城市建成区", "农村")


def add_figures(ws: Workspace, today: date) -> None:
    """Put plan files, reported and official figures, class tables, samples and lists into a demonstration workspace."""
    chance = random.Random(SEED)
    own = files(__package__)
    for name in PLAN_FILES:
        (ws.folder / "plan" / name).write_bytes(own.joinpath(name).read_bytes())
    source = ws.folder / "source"
    at = datetime(today.year, today.month, today.day, 8)

    def written(name: str, lines: Iterable[str]) -> Path:
        path = source / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        return path

    store_figures(ws, written("figures.csv", _figures()), person="演示", at=at)
    store_official(ws, written("official-other.csv", _official()), SCOPES)
    for name, paper, classes in (
        ("classes-july", Paper("演示水质通报〔2021〕7号", date(2021, 8, 9), "2021年7月"), CLASSES),
        ("classes-water", Paper("演示水质通报〔2021〕9号", date(2021, 10, 9), "2021年1—9月"), CLASSES),
        ("classes-ground", Paper("演示地下水通报〔2021〕3号", date(2021, 10, 9), "2021年1—9月"), POINTS),
    ):
        rows = (f"{key.replace('D0', '演示断面').replace('G0', '演示点位')},{grade}" for key, grade in classes.items())
        path = written(f"{name}.csv", ["断面名称,水质类别", *rows])
        store_classes(ws, path, paper, person="演示", at=at)
    store_water(ws, written("water.csv", _samples(chance)), person="演示", at=at)
    for kind, label, lines in _lists():
        path = written(f"list-{kind}{f'-{len(label)}' if label else ''}.csv", lines)
        store_list(ws, path, kind, label=label, at_period="2021-09", received=REPORTED, person="演示", at=at)


def _figures() -> Iterator[str]:
    yield "指标,地区,时段,分子,分母,数值,指数种类,填报单位,填报日期,佐证材料"
    for quarter, day in ((1, "2021-04-08"), (2, "2021-07-08"), (3, "2021-10-08")):
        for place, (treated, let_out) in zip(PLACES, SEWAGE, strict=True):
            if (quarter, place) != (3, PLACES[-1]):
                yield _line("城镇生活污水处理率", place, f"2021Q{quarter}", treated + quarter, let_out + quarter, day)
            burnt = 4000 + 100 * quarter
            lost = quarter if place == "乐平市" else 0
            yield _line("城镇生活垃圾无害化处理率", place, f"2021Q{quarter}", burnt - lost, burnt, day)
    for place in PLACES:
        yield _line("城乡环卫“全域一体化”行政村覆盖", place, "2021Q3", 70, 70, "2021-10-08")
    for name, value in (
        ("单位GDP二氧化碳排放降低", "4.02"),
        ("单位GDP能耗降低", "3.10"),
        ("非化石能源占一次能源消费比例", "13.2"),
    ):
        yield f"{name},全市,2021年1—9月,,,{value},,市发改委,2021-10-08,演示"
    for name, part, whole in (("氮氧化物排放量下降比例", 230, 10000), ("挥发性有机物排放量下降比例", 140, 10000)):
        yield f"{name},全市,2021年1—9月,{part},{whole},,,市生态环境局,2021-10-08,演示"
    yield "生态质量指数,全市,2021Q2,,,82.6,EI,市生态环境局,2021-07-08,演示"
    yield "森林覆盖率,全市,2021Q2,3528.4,5256,,,市林业局,2021-07-08,演示"


def _line(indicator: str, place: str, period: str, part: int, whole: int, day: str) -> str:
    return f"{indicator},{place},{period},{part},{whole},,,{place},{day},演示"


def _official() -> Iterator[str]:
    yield "指标,范围,时段,数值,文号,发布日期"
    yield "森林覆盖率,全市,2021Q2,67.05,演示林业通报〔2021〕2号,2021-08-20"
    yield "生态保护红线占国土面积比例,全市,2021Q2,34.8,演示通报〔2021〕5号,2021-07-30"
    yield "县级及以上城市集中式饮用水水源达标率,县级及以上城市,2021年1—9月,100,演示水质通报〔2021〕9号,2021-10-09"


def _samples(chance: random.Random) -> Iterator[str]:
    """A sample a month of each section; one section is a class better than the level above published it."""
    yield "断面,采样日期,pH,溶解氧(mg/L),高锰酸盐指数(mg/L),化学需氧量(mg/L),氨氮(mg/L),总磷(mg/L),砷(μg/L)"
    for month in range(1, 10):
        for number, key in enumerate(CLASSES, 1):
            poor = 1.0 if key in ("D03", "D05", "D07") else 0.55
            values = (
                f"{chance.uniform(7.1, 7.9):.1f}",
                f"{chance.uniform(6.3, 8.8):.1f}",
                f"{poor * chance.uniform(3.9, 5.4):.1f}",
                f"{poor * chance.uniform(14, 18.5):.0f}",
                f"{poor * chance.uniform(0.5, 0.85):.2f}",
                f"{poor * chance.uniform(0.10, 0.17):.2f}",
                "0.3L" if chance.random() < 0.6 else f"{chance.uniform(0.4, 2.0):.1f}",
            )
            yield f"演示断面{number},2021-{month:02d}-{4 + number % 5:02d},{','.join(values)}"


def _lists() -> Iterator[tuple[str, str, list[str]]]:
    """Kind, label and lines of each list."""
    plots = [
        ("演示地块甲", 21000, "是", "是"),
        ("演示地块乙", 8000, "是", "是"),
        ("演示地块丙", 2700, "是", "否"),
        ("演示地块丁", 9000, "否", "否"),
    ]
    yield (
        "plots",
        "",
        ["地块名称,地区,面积,是否再开发利用,是否安全利用", *(f"{n},昌江区,{a},{r},{d}" for n, a, r, d in plots)],
    )
    fields = [
        ("轻微", 5200, "是", "是"),
        ("轻中度", 3100, "是", "是"),
        ("轻中度", 420, "是", "否"),
        ("重度", 180, "是", "是"),
    ]
    yield (
        "farmland",
        "",
        [
            "图斑编号,地区,污染程度,面积,措施是否到位,农产品是否达标",
            *(f"演示图斑{k},乐平市,{c},{a},{d},{p}" for k, (c, a, d, p) in enumerate(fields, 1)),
        ],
    )
    villages = [f"演示村{k},{PLACES[k % 6]},{'是' if k % 14 in (0, 4, 9) else '否'}" for k in range(1, 421)]
    yield "villages", "", ["行政村,地区,是否完成治理", *villages]
    sources = [f"演示水源{k},{PLACES[k % 4]},{'否' if k == 4 else '是'},{120 + 10 * k}" for k in range(1, 7)]
    yield "sources", "", ["水源名称,地区,是否达标,取水量", *sources]
    yield (
        "county_black_water",
        "",
        ["水体名称,地区,是否消除", *(f"演示水体{k},乐平市,{'是' if k == 3 else '否'}" for k in range(1, 9))],
    )
    first = [
        (k, "2021-06-30" if k < 13 else "2021-12-31", "" if k in (5, 14, 17, 19) else "2021-06-20")
        for k in range(1, 21)
    ]
    yield "problems", "省级环保督察", ["反馈问题,地区,整改时限,是否完成,完成时间", *_problems("督察", first)]
    again = [
        (k, "2021-09-30" if k < 7 else "长期坚持", "2021-09-15" if k in (1, 2, 4, 6, 8) else "") for k in range(1, 11)
    ]
    yield "problems", "省级环保督察“回头看”", ["反馈问题,地区,整改时限,是否完成,完成时间", *_problems("回头看", again)]


def _problems(name: str, rows: list[tuple[int, str, str]]) -> Iterator[str]:
    for number, due, done in rows:
        yield f"演示{name}问题{number},{PLACES[number % 6]},{due},{'是' if done else '否'},{done}"
