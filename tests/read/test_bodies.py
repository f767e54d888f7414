"""The directory of bodies: levels, short and former names, the traps of real notices, an office's own entries."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from guatu.errors import ReadError
from guatu.read import read_notice
from guatu.read.bodies import directory
from tests.conftest import SHARED, real_inputs

CANONICAL = SHARED / "notices" / "units_canonical.json"
ENTRIES = json.loads(CANONICAL.read_text())["bodies"] if CANONICAL.exists() else {}


@pytest.mark.parametrize(
    ("name", "level", "key"),
    [
        ("市市场监管局", "市", "市场监督管理局"),
        ("市场监管局", "", "市场监督管理局"),
        ("市场监管总局", "", "市场监督管理局"),
        ("省管局", "省", "机关事务管理局"),
        ("省政府国资委", "省", "国有资产监督管理委员会"),
        ("省国资委", "省", "国有资产监督管理委员会"),
        ("县农粮局", "县", "农业农村局"),
        ("市委组织部", "市", "组织部"),
        ("省民航机场集团", "省", "民航机场集团"),
        ("省港航集团", "省", "港航集团"),
        ("人行合肥中心支行", "", "中国人民银行分支机构"),
        ("江苏银保监局", "", "银行保险监管机构"),
        ("合肥海关", "", "海关"),
        ("国家林草局", "国家", "林业局"),
    ],
)
def test_a_name_is_found_with_its_level(name: str, level: str, key: str) -> None:
    found = directory().find(name)
    assert found is not None and (found.level, found.key) == (level, key)


@pytest.mark.parametrize(("name", "key"), [("环保局", "生态环境局"), ("国土资源局", "自然资源和规划局"), ("卫计委", "卫生健康委员会"), ("农粮局", "农业农村局")])  # fmt: skip  # noqa: E501
def test_names_before_the_reform_of_2018_are_dated(name: str, key: str) -> None:
    found = directory().find("县" + name)
    assert found is not None and (found.key, found.until) == (key, 2018)


@pytest.mark.parametrize("key", [key for key, entry in ENTRIES.items() if entry.get("class") != "group"])
def test_every_seen_variant_of_a_body_is_one_body(key: str) -> None:
    real_inputs("notices", "units_canonical.json")
    names = [re.sub(r"[（(].*?[)）]|^\+", "", v) for v in ENTRIES[key]["variants"]]
    found = {name: directory().find(name) for name in names}
    assert None not in found.values(), found
    assert len({body.key for body in found.values() if body}) == 1, found


def test_bodies_that_look_alike_stay_apart() -> None:
    book = directory()
    keys = [book.find(name).key for name in ("省机场集团", "省港航集团", "市水利局", "县水保局", "市财政局")]  # type: ignore[union-attr]
    assert len(set(keys)) == 5


def test_one_notice_with_two_names_of_a_body_is_told() -> None:
    plan = read_notice("一、任务\n1.甲。做好。（责任单位：市文旅局）\n2.乙。做好。（责任单位：市文旅广电局）\n")
    assert any(n.code == "two-names" and "市文旅广电局" in n.text for n in plan.notes)


def test_a_former_name_in_a_later_notice_is_told() -> None:
    text = "某某市2021年工作要点\n一、任务\n1.甲。做好。（责任单位：市环保局）\n"
    assert any(n.code == "former-name" and "生态环境局" in n.text for n in read_notice(text).notes)
    assert not [n for n in read_notice(text.replace("2021", "2017")).notes if n.code == "former-name"]


def test_an_office_adds_its_own_bodies(tmp_path: Path) -> None:
    own = tmp_path / "bodies.toml"
    own.write_text('[[body]]\nkey = "陶瓷产业发展中心"\nkind = "政府部门"\naliases = ["瓷局"]\n')
    book = directory().with_file(own)
    found = book.find("市瓷局")
    assert found is not None and (found.level, found.key) == ("市", "陶瓷产业发展中心")
    plan = read_notice("一、任务\n1.甲。做好。（责任单位：市财政局、瓷局）\n", book)
    assert plan.tasks[0].units == ("市财政局", "市瓷局")


def test_a_wrong_directory_is_refused_whole(tmp_path: Path) -> None:
    own = tmp_path / "bodies.toml"
    own.write_text('[[body]]\nkey = "甲"\n[[body]]\nkey = "乙"\nkind = "政府部门"\nalias = ["丙"]\n')
    with pytest.raises(ReadError) as caught:
        directory().with_file(own)
    assert [fault.code for fault in caught.value.faults] == ["G-READ-13", "G-READ-13"]
    own.write_text("[[body]\n")
    with pytest.raises(ReadError) as caught:
        directory().with_file(own)
    assert caught.value.codes == ("G-READ-13",)
