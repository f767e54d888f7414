"""guatu.toml is read whole, with every loose end named; scopes are dated."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guatu.base.place import Scope
from guatu.errors import WorkspaceError
from guatu.load.city import City, city_from_toml, city_to_toml
from guatu.load.workspace import Workspace
from tests.load.city import CITY, PLACES, STATIONS


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    made = Workspace.create(tmp_path / "ws", CITY)
    assert Workspace.open(tmp_path / "ws") == made
    assert sorted(p.name for p in made.folder.iterdir()) == ["data", "guatu.toml", "plan", "proof", "reports"]


def test_an_existing_workspace_is_never_overwritten(tmp_path: Path) -> None:
    Workspace.create(tmp_path, CITY)
    before = (tmp_path / "guatu.toml").read_bytes()
    with pytest.raises(WorkspaceError) as caught:
        Workspace.create(tmp_path, City("别的市"))
    assert caught.value.codes == ("G-WORK-09",)
    assert (tmp_path / "guatu.toml").read_bytes() == before


def test_a_folder_that_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as caught:
        Workspace.open(tmp_path)
    assert caught.value.codes == ("G-WORK-01",)


@pytest.mark.parametrize("content", [b"city = ", b"\xff\xfe\x00", "城市 = 1".encode("gbk")])
def test_a_file_that_is_no_toml(content: bytes) -> None:
    with pytest.raises(WorkspaceError) as caught:
        city_from_toml(content)
    assert caught.value.codes == ("G-WORK-02",)


def test_every_fault_at_once() -> None:
    text = """
demo = "是"
"场所" = 1
[[place]]
code = "1"
name = "甲"
kind = "区"
neighbours = ["7"]
[[place]]
code = "1"
name = "又甲"
kind = "区"
[[station]]
code = "S1"
name = "一号"
place = "8"
[[station]]
code = "S2"
colour = "red"
[[scope]]
name = "城区"
sites = ["S1", "S5"]
[[scope]]
name = "另名"
also = ["城区"]
combine = "mean"
[[scope]]
name = "合成"
combine = "places"
"""
    with pytest.raises(WorkspaceError) as caught:
        city_from_toml(text.encode())
    assert sorted(caught.value.codes) == [
        "G-WORK-03",  # 场所
        "G-WORK-03",  # colour
        "G-WORK-04",  # no city
        "G-WORK-05",  # demo
        "G-WORK-06",  # station without name and place
        "G-WORK-07",  # combine
        "G-WORK-08",  # place twice
        "G-WORK-10",  # neighbour 7
        "G-WORK-10",  # station in place 8
        "G-WORK-10",  # site S5
        "G-WORK-11",  # two scopes known as 城区
        "G-WORK-12",  # places without parts
    ]


def test_a_scope_has_its_own_sites_at_each_time_and_answers_to_its_other_names() -> None:
    old = Scope("城区", sites=("S1",), also=("中心城区",), until=date(2020, 12, 31))
    new = Scope("城区", sites=("S1", "S2"), since=date(2021, 1, 1))
    city = city_from_toml(city_to_toml(City("试验市", places=PLACES, stations=STATIONS, scopes=(old, new))).encode())
    assert city.scope("城区", date(2020, 12, 31)) == old
    assert city.scope("中心城区", date(2020, 6, 1)) == old
    assert city.scope("城区", date(2021, 1, 1)) == new
    assert city.scope("中心城区", date(2021, 1, 1)) is None
    assert city.scope("没有", date(2021, 1, 1)) is None
