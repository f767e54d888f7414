"""A plan written as TOML comes back the same, and a wrong hand is told where."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.errors import ReadError
from guatu.read import Plan, read_notice
from tests.conftest import SHARED, real_inputs

NAMES = sorted(path.stem for path in (SHARED / "notices" / "texts").glob("*.txt")) or ["none"]


@pytest.mark.parametrize("name", NAMES)
def test_a_read_notice_comes_back_the_same(name: str) -> None:
    plan = read_notice(real_inputs("notices", "texts", f"{name}.txt"))
    assert Plan.from_toml(plan.to_toml()) == plan


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_comes_back_the_same(text: str) -> None:
    plan = read_notice(f"一、主要目标\n1.全市{text}率 5% 以上。\n二、任务\n1.做好{text}。（责任单位：市水利局）\n")
    assert Plan.from_toml(plan.to_toml()) == plan


def test_json_carries_numbers_as_numbers() -> None:
    plan = read_notice("一、主要目标\n1.全市林木覆盖率达到24.1%以上。\n2.优良天数比例92%以上，力争93%。\n")
    values = json.loads(json.dumps(plan.to_dict()))["targets"]
    assert [(t["value"], t["stretch"]) for t in values] == [(24.1, None), (92, 93)]


def test_a_plan_file_that_is_not_toml_is_refused() -> None:
    with pytest.raises(ReadError) as caught:
        Plan.from_toml("目标 = = 1")
    assert caught.value.codes == ("G-READ-11",)


def test_all_wrong_entries_are_told_at_once() -> None:
    plan = read_notice("一、主要目标\n1.全市森林覆盖率67%以上。\n2.优良天数比例92%以上。\n")
    broken = plan.to_toml().replace('op = ">="', 'opp = ">="')
    with pytest.raises(ReadError) as caught:
        Plan.from_toml(broken)
    assert len(caught.value.faults) >= 4
    assert set(caught.value.codes) == {"G-READ-12"}
    assert any("targets 第 2 条" in fault.where for fault in caught.value.faults)
