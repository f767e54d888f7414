"""90 % of one list and 80 % of another, as the notice says; neither rate is held against the other's promise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from guatu.judge.rectification import bound_rates
from guatu.load.city import city_from_toml
from guatu.load.lists import store_list
from guatu.load.workspace import Workspace
from guatu.read import read_notice

NOTICE = """某市2021年工作要点

一、主要任务
（一）抓好督察整改
1.强化省级环保督察及“回头看”反馈问题整改。力争省级环保督察反馈的需要限期整改的问题及信访件完成90%以上，省级环保督察“回头看”反馈的需要限期整改的问题及信访件完成80%以上。（责任单位：市生态环境局）

某市环委办
2021年3月1日
"""
NOW = date(2021, 10, 11)


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    """Ten problems of the one list, seven closed; five of the other, four closed; three of a list nobody spoke of."""
    made = Workspace.create(tmp_path / "ws", city_from_toml('city = "某市"'.encode()))
    for label, done, all_ in (("省级环保督察", 7, 10), ("省级环保督察“回头看”", 4, 5), ("中央环保督察", 1, 3)):
        rows = "".join(f"问题{k},2021-06-30,{'是' if k <= done else '否'}\n" for k in range(1, all_ + 1))
        path = tmp_path / "清单.csv"
        path.write_text(f"问题,整改时限,是否完成\n{rows}", encoding="utf-8")
        store_list(made, path, "problems", label=label, at_period="2021-09", received=date(2021, 10, 8))
    return made


def test_each_list_has_its_own_promise(ws: Workspace) -> None:
    found = {one.value.scope: one for one in bound_rates(ws, read_notice(NOTICE), NOW)}
    first, again, central = found["省级环保督察"], found["省级环保督察“回头看”"], found["中央环保督察"]
    assert (first.asked, first.missing) == (Decimal(90), 2)  # 9 of 10, seven are closed
    assert (again.asked, again.missing) == (Decimal(80), 0)  # 4 of 5
    assert (central.asked, central.missing) == (None, 0)
    assert str(first.value.number) == "70.0" and "到期任务完成率 70.0%" in first.value.flags[0]


def test_without_a_plan_the_rates_stand_alone(ws: Workspace) -> None:
    assert [one.asked for one in bound_rates(ws, None, NOW)] == [None, None, None]
