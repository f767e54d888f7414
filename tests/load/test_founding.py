"""A workspace of a real city from its list of stations and its notice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guatu.cli.app import app
from guatu.errors import LoadError
from guatu.load.founding import city_of, stations_in
from guatu.load.workspace import Workspace

LIST = "站点编码,站点名称,县区,中心城区\nA1,一号,甲区,是\nA2,二号,甲区,\nB1,三号,乙县,是\n"
DAY = date(2026, 5, 1)


def listed(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "站点.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_areas_core_and_whole_city(tmp_path: Path, encoding: str) -> None:
    city = city_of(
        "某市", stations_in(listed(tmp_path, LIST, encoding)), {"全市": True, "市中心城区": False}, ["市甲局"]
    )
    whole, core = city.scope("全市", DAY), city.scope("市中心城区", DAY)
    assert whole is not None and (whole.parts, whole.combine) == (("甲区", "乙县"), "places")
    assert core is not None and core.sites == ("A1", "B1")
    own = city.scope("甲区", DAY)
    assert own is not None and own.sites == ("A1", "A2")
    assert [body.name for body in city.bodies] == ["市甲局", "甲区", "乙县"]


def test_what_is_made_opens_again(tmp_path: Path) -> None:
    city = city_of("某市", stations_in(listed(tmp_path, LIST)), {"全市": True, "市中心城区": False})
    Workspace.create(tmp_path / "ws", city)
    assert Workspace.open(tmp_path / "ws").city == city


def test_a_scope_without_a_station_stays_empty() -> None:
    core = city_of("某市", (), {"市中心城区": False, "全市": True}).scope("市中心城区", DAY)
    assert core is not None and core.sites == () and core.parts == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("站点编码,站点名称,县区\nA1,一号,\n,二号,乙县\n", ("G-FOUND-02", "G-FOUND-02")),
        ("站点编码,站点名称,县区\nA1,一号,甲区\nA1,二号,乙县\n", ("G-FOUND-03",)),
        ("甲,乙\n1,2\n", ("G-FOUND-01",)),
    ],
)
def test_every_fault_of_a_list_at_once(tmp_path: Path, text: str, codes: tuple[str, ...]) -> None:
    with pytest.raises(LoadError) as refused:
        stations_in(listed(tmp_path, text))
    assert refused.value.codes == codes


def test_init_reads_the_notice_and_says_which_scopes_lack_stations(tmp_path: Path) -> None:
    notice = tmp_path / "通知.txt"
    notice.write_text(
        "某市生态环境保护委员会办公室关于印发某市2026年工作要点的通知\n\n一、主要目标\n\n"
        "1.全市细颗粒物（PM2.5）平均浓度控制在28微克/立方米以内，其中，市中心城区控制在30微克/立方米以内。\n\n"
        "二、主要任务\n\n1.治理扬尘。落实措施。（责任单位：市住建局）\n",
        encoding="utf-8",
    )
    bare = CliRunner().invoke(app, ["init", str(tmp_path / "bare"), str(notice)])
    assert bare.exit_code == 0 and "市中心城区" in bare.output and "无法判定" in bare.output
    full = CliRunner().invoke(
        app, ["init", str(tmp_path / "full"), str(notice), "--stations", str(listed(tmp_path, LIST))]
    )
    assert full.exit_code == 0 and "3 个站点" in full.output
    assert "市住建局" in {body.name for body in Workspace.open(tmp_path / "full").bodies}


def test_a_list_with_other_headings_is_told_which_it_needs(tmp_path: Path) -> None:
    with pytest.raises(LoadError) as caught:
        stations_in(listed(tmp_path, "编号,名字,区\nA1,一号,甲区\n"))
    (fault,) = caught.value.faults
    assert "站点编码、站点名称、县区" in fault.remedy and "template" not in fault.remedy
