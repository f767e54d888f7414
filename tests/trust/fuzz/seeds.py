"""What the changes begin from: one or two honest files of every form that guatu reads, made here."""

from __future__ import annotations

import csv
import io
import json
import shutil
import struct
import tempfile
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from tests.read.forms import making

NOTICE = (
    "某市生态环境委员会文件",
    "某环委办字〔2021〕9号",
    "关于印发某市2021年生态环境保护工作要点的通知",
    "2021年生态环境保护工作要点",
    "一、主要目标",
    "1.全市PM2.5平均浓度控制在30微克/立方米以下，力争28微克/立方米。（责任单位：市生态环境局，各县〔市、区〕）",
    "2.空气质量优良天数比例达到92%以上。",
    "3.地表水国考断面Ⅰ～Ⅲ类比例100%，劣Ⅴ类断面0%；受污染耕地安全利用率93%左右。",
    "二、重点任务",
    "（一）打好蓝天保卫战",
    "1.整治工业挥发性有机物。9月底前完成20家企业治理，年底前全面完成。（牵头单位：市生态环境局；责任单位：市工信局、市住建局）",
    "2.秸秆禁烧。每月25日前报送进展情况。（责任单位：市农业农村局）",
    "（二）保护水环境",
    "3.整治入河排污口12个，黑臭水体消除比例达到90%以上。（责任单位：市水利局）",
    "某市生态环境委员会办公室",
    "2021年3月31日",
)
AIR = """站点,时间,PM2.5(μg/m³),PM10(μg/m³),SO2,NO2,CO(mg/m³),O3
1001A,2021-09-01 01:00,27,44,8,21,0.7,66
1001A,2021-09-01 02:00,29,47,9,22,0.8,61
1002A,2021-09-01 01:00,31,,7,20,0.6,70
1002A,2021-09-01 02:00,—,51,7,19,0.6,72
"""
WATER = """断面名称,采样日期,水温(℃),pH,溶解氧(mg/L),高锰酸盐指数,化学需氧量,五日生化需氧量,氨氮,总磷,总氮,铜,水质类别
鲇鱼山,2021-09-03,25.1,7.4,7.9,2.1,9,1.0,0.14,0.05,1.2,0.001L,Ⅱ
鲇鱼山,2021-08-03,27.0,7.2,6.8,2.4,11,1.3,0.21,0.07,1.3,<0.001,Ⅲ类
昌江口,2021-09-03,24.0,7.0,5.8,3.9,16,2.0,0.60,0.11,1.9,0.002,Ⅲ
"""
CLASSES = """2021年9月断面水质类别,,,
断面名称,所在县区,本月类别,主要污染物（超标倍数）
鲇鱼山,浮梁县,Ⅱ,
昌江口,珠山区,Ⅳ,氨氮（0.3）
合计,,,
"""
FIGURES = """指标,地区,时段,分子,分母,数值,单位,填报日期
农村生活污水治理率,浮梁县,2021-09,23,100,23.0,%,2021-10-08
农村生活污水治理率,乐平市,2021-09,41,120,34.2,%,2021-10-08
城镇生活污水处理率,全市,2021Q3,951,1000,,,2021-10-09
"""
OFFICIAL = """指标,范围,时段,数值,单位,文号,发布日期
PM2.5平均浓度,全市,2021-09,27,μg/m³,某环字〔2021〕1号,2021-10-12
空气质量优良天数比例,全市,2021-09,92.3,%,某环字〔2021〕1号,2021-10-12
"""
SECTIONS = """断面名称,河流,所在县区,水质目标,控制级别,经度,纬度
鲇鱼山,昌江,昌江区,Ⅲ,国控,117.1,29.2
礼林,乐安河,乐平市,Ⅲ,省控,117.0,28.8
"""
LIST = """县区,行政村,是否完成治理,完成时间,治理方式
浮梁县,甲村,是,2021-08-31,集中
浮梁县,乙村,否,,
乐平市,丙村,是,2021年9月,分散
"""
SAND = """城市,开始日期,结束日期,扣除项目,文号,发布日期
全市,2021-03-15,2021-03-17,PM10,某环字〔2021〕3号,2021-04-02
"""
WEATHER = """发布日期,文号,产品,地区,时段,等级,AQI,说明
2021-10-08,某气函1号,空气质量预报,全市,2021-10-09,良,80,静稳
2021-10-08,某气函2号,污染潜势,全市,2021年10月,二级,,
"""
GROUND = """点位名称,采样日期,pH,氨氮,硝酸盐,亚硝酸盐,总硬度,铁,锰,氟化物
鲇鱼山,2021-06-10,7.1,0.05,3.2,0.004L,120,0.03L,0.01,0.2
"""
SHEET = """单位：市住建局,,,,,
序号,具体措施,本期状态,本期进展情况,完成数量,佐证
1,整治工业挥发性有机物,推进中,完成12家,12,照片
2,秸秆禁烧,已完成,无火点,,
"""
PROBLEMS = """序号,问题原文,整改时限,牵头单位,责任县区,整改措施,是否销号
1,某企业未批先建,2021年12月底,市生态环境局,乐平市,补办手续,否
2,污水直排,立行立改,市住建局,浮梁县,接管,是
"""
GEOJSON: dict[str, Any] = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": "浮梁县", "code": "360222"},
            "geometry": {"type": "Polygon", "coordinates": [[[117, 29], [118, 29], [118, 30], [117, 29]]]},
        },
        {
            "type": "Feature",
            "properties": {"name": "鲇鱼山"},
            "geometry": {"type": "Point", "coordinates": [117.1, 29.2]},
        },
        {
            "type": "Feature",
            "properties": {"name": "乐平市", "code": "360281"},
            "geometry": {"type": "MultiPolygon", "coordinates": [[[[117, 28], [117.5, 28], [117.5, 28.5], [117, 28]]]]},
        },
    ],
}


def workbook(table: str, name: str = "表") -> bytes:
    """A table of commas as an Excel file, numbers as numbers, the first row merged."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet(name)
    for line, row in enumerate(csv.reader(io.StringIO(table))):
        for at, cell in enumerate(row):
            page.write(line, at, float(cell) if cell.replace(".", "", 1).isdigit() else cell)
    page.write_formula(1, 9, "=SUM(B1:B9)", value="x")
    page.merge_range(1, 11, 2, 11, "合并")
    book.close()
    return out.getvalue()


@cache
def old_workbook(table: str) -> bytes:
    """The same as an old .xls, converted by LibreOffice; nothing where it is not installed."""
    if shutil.which("soffice") is None:
        return b""
    with tempfile.TemporaryDirectory() as place:
        return making.soffice(workbook(table), ".xlsx", "xls", Path(place))


def parquet(table: str) -> bytes:
    """A table of commas as Parquet, types guessed."""
    out = io.BytesIO()
    pl.read_csv(table.encode(), null_values=["—"], truncate_ragged_lines=True).write_parquet(out)
    return out.getvalue()


def tables(table: str) -> list[bytes]:
    """A table in every form but the old one."""
    return [table.encode(), workbook(table), parquet(table)]


def photo() -> bytes:
    """A JPEG's opening with EXIF: when and where it was taken."""

    def entry(tag: int, kind: int, count: int, value: bytes) -> bytes:
        return struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\0")

    place = struct.pack("<6I", 29, 1, 17, 1, 3000, 100)
    gps_at, taken_at, at = 8 + 2 + 24 + 4, 0, 0
    gps = struct.pack("<H", 4) + entry(1, 2, 2, b"N\0")
    at = gps_at + 2 + 48 + 4
    gps += entry(2, 5, 3, struct.pack("<I", at)) + entry(3, 2, 2, b"E\0") + entry(4, 5, 3, struct.pack("<I", at + 24))
    taken_at = at + 48
    main = struct.pack("<H", 2) + entry(0x8825, 4, 1, struct.pack("<I", gps_at))
    main += entry(0x0132, 2, 20, struct.pack("<I", taken_at)) + struct.pack("<I", 0)
    block = b"II*\0" + struct.pack("<I", 8) + main + gps + struct.pack("<I", 0) + place + place
    block += b"2021:09:01 08:00:00\0"
    body = b"Exif\0\0" + block
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + b"\xff\xd9"


def picture() -> bytes:
    """A small real picture in a form of the machine's choice."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (64, 32), "white").save(out, "PNG")
    return out.getvalue()


def law(package: str, folder: str, most: int = 3) -> list[bytes]:
    """The first TOML files that come with guatu in a folder of a package."""
    found = sorted((one for one in files(package).joinpath(folder).iterdir() if one.name.endswith(".toml")),
                   key=lambda one: one.name)  # fmt: skip
    return [one.read_bytes() for one in found[:most]]


def lines(paragraphs: Sequence[str]) -> list[tuple[str, float, float]]:
    """Paragraphs as lines of a printed page [mm]."""
    return [(words[n : n + 28], 28.0, 40.0 + 10 * at) for at, words in enumerate(paragraphs) for n in (0,)]


def geojson() -> bytes:
    """Two areas and a point."""
    return json.dumps(GEOJSON, ensure_ascii=False).encode()
