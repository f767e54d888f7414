"""What a person sends by mistake is refused whole, with each fault told where it stands."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from guatu.errors import LoadError
from guatu.load import air
from guatu.load.workspace import Workspace
from tests.load.city import CITY

GOOD = "监测时间,站点编码,PM2.5(μg/m3),CO(mg/m3)\n2021-01-01 01:00,S1,35,0.4\n2021-01-01 02:00,S1,36,0.5\n"


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "ws", CITY)


def refused(ws: Workspace, content: bytes | str, name: str = "数据.csv") -> LoadError:
    path = ws.folder.parent / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = sorted(p.name for p in ws.folder.rglob("*"))
    with pytest.raises(LoadError) as caught:
        air.store(ws, path)
    assert sorted(p.name for p in ws.folder.rglob("*")) == before, "something was written"
    return caught.value


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("空.csv", b"", "G-LOAD-02"),
        ("白.csv", b" \n\n  \n", "G-LOAD-02"),
        ("其实是.csv", b"%PDF-1.7\n1 0 obj", "G-LOAD-03"),
        ("图.csv", b"\x89PNG\r\n\x1a\n" + b"0" * 50, "G-LOAD-03"),
        ("假.xlsx", b"PK\x03\x04 not a zip at all", "G-LOAD-03"),
        ("坏.parquet", b"PAR1 broken", "G-LOAD-03"),
        ("乱码.csv", b"\xff\xff\xfe\x81" * 20, "G-LOAD-04"),
        ("别的表.csv", "断面,采样日期,pH\nA,2021-01-01,7\n".encode(), "G-LOAD-06"),
        ("缺站点.csv", "时间,PM2.5\n2021-01-01 01:00,35\n".encode(), "G-LOAD-06"),
        ("缺浓度.csv", "时间,站点,湿度\n2021-01-01 01:00,S1,35\n".encode(), "G-LOAD-06"),
        ("两列.csv", "时间,站点,PM2.5,细颗粒物\n2021-01-01 01:00,S1,35,36\n".encode(), "G-LOAD-07"),
        ("体积比.csv", "时间,站点,O3(ppb)\n2021-01-01 01:00,S1,35\n".encode(), "G-LOAD-08"),
        ("微克当毫克.csv", "时间,站点,CO(mg/m3)\n2021-01-01 01:00,S1,812\n".encode(), "G-LOAD-08"),
        ("没写单位.csv", "时间,站点,CO\n2021-01-01 01:00,S1,812\n".encode(), "G-LOAD-08"),
        ("毫克.csv", "时间,站点,PM2.5\n2021-01-01 01:00,S1,0.035\n".encode(), "G-LOAD-08"),
        ("日均.csv", "日期,站点,PM2.5\n2021-01-01 0:00,S1,35\n2021-01-02 0:00,S1,35\n".encode(), "G-LOAD-22"),
        ("将来.csv", "时间,站点,PM2.5\n2121-01-01 01:00,S1,35\n".encode(), "G-LOAD-21"),
        ("没登记.csv", "时间,站点,PM2.5\n2021-01-01 01:00,X7,35\n".encode(), "G-LOAD-11"),
        ("重复.csv", GOOD.encode() + b"2021-01-01 01:00,S1,35,0.4\n", "G-LOAD-15"),
        ("不成对.csv", '时间,站点,PM2.5\n2021-01-01 01:00,"S1,35\n'.encode() + b"x" * 200_000, "G-LOAD-05"),
    ],
)
def test_each_mistake_has_its_code_and_one_sentence(ws: Workspace, name: str, content: bytes, code: str) -> None:
    error = refused(ws, content, name)
    assert error.codes == (code,)
    sentence = str(error.faults[0])
    assert name in sentence
    assert sentence.count("。") == 1 or sentence.endswith(f"（{code}）")
    assert "Traceback" not in sentence


def test_a_missing_file_is_one_sentence(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(LoadError) as caught:
        air.store(ws, tmp_path / "没有.csv")
    assert caught.value.codes == ("G-LOAD-01",)


def test_all_faults_come_at_once_with_their_lines(ws: Workspace) -> None:
    error = refused(
        ws,
        "监测时间,站点,PM2.5(μg/m3),CO(mg/m3)\n"
        "2021-01-01 01:00,S1,12,0.4\n"
        "2021-02-30 01:00,S1,abc,0.4\n"
        "2021-01-01 01:30,S1,-5,0.4\n"
        "2021-01-01 25:00,,5,0.4\n"
        "2021-01-01 03:00,S1,1.23456789,-0.1,9\n"
        "2021-01-01 04:00,S1,1.23456789,2,4\n"
        "2021-01-01 01:00,S1,13,0.4\n",
    )
    told = [(fault.code, fault.where.removeprefix("数据.csv ")) for fault in error.faults]
    assert sorted(told) == [
        ("G-LOAD-05", "第 6 行"),
        ("G-LOAD-05", "第 7 行"),
        ("G-LOAD-09", "第 3 行“监测时间”列"),
        ("G-LOAD-09", "第 5 行“监测时间”列"),
        ("G-LOAD-10", "第 4 行“监测时间”列"),
        ("G-LOAD-11", "第 5 行“站点”列"),
        ("G-LOAD-12", "第 3 行“PM2.5(μg/m3)”列"),
        ("G-LOAD-13", "第 4 行“PM2.5(μg/m3)”列"),
        ("G-LOAD-15", "第 2、8 行"),
    ]


def test_lines_are_those_of_the_file_even_after_titles_blank_lines_and_quoted_breaks(ws: Workspace) -> None:
    error = refused(
        ws, '某市小时数据\n\n时间,站点,PM2.5,"备\n注"\n2021-01-01 01:00,S1,12,"a\nb"\n\n2021-01-01 02:00,S1,x,c\n'
    )
    assert [fault.where for fault in error.faults] == ["数据.csv 第 8 行“PM2.5”列"]


def test_many_faults_of_one_kind_are_told_once_with_every_line(ws: Workspace) -> None:
    rows = "".join(f"2021-01-{1 + k // 24:02d} {k % 24:02d}:00,S1,坏\n" for k in range(1, 101))
    error = refused(ws, "时间,站点,PM2.5\n" + rows)
    assert len(error.faults) == 1
    assert "共 100 处（第 2–101 行）" in str(error.faults[0])


def test_decimals_that_cannot_be_kept_are_refused_not_cut(ws: Workspace) -> None:
    assert refused(ws, "时间,站点,PM2.5\n2021-01-01 01:00,S1,35.1234567\n").codes == ("G-LOAD-14",)
    assert refused(ws, "时间,站点,CO(μg/m3)\n2021-01-01 01:00,S1,812.1234\n").codes == ("G-LOAD-14",)


@pytest.mark.parametrize("noise", ["bytes", "letters", "one line"])
def test_a_hundred_megabytes_of_noise_is_one_sentence(ws: Workspace, noise: str) -> None:
    million = 1_000_000
    content = {
        "bytes": lambda: os.urandom(million) * 100,
        "letters": lambda: bytes(97 + k % 23 if k % 61 else 10 for k in range(million)) * 100,
        "one line": lambda: b"x" * million * 100,
    }[noise]()
    error = refused(ws, content)
    assert len(error.faults) == 1
    assert len(str(error.faults[0])) < 200
