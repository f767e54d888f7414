"""Later numbers and a person's corrections stay in the plan file, with who, when, by which paper, and the old value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guatu.cli.app import app
from guatu.errors import ReadError
from guatu.read import Plan, read_notice
from guatu.read.amendment import amended, amended_by
from guatu.read.confirmation import confirmed
from guatu.read.plan import Version

FIRST = """某某市生态环境保护委员会办公室关于印发2021年工作要点的通知
某环委办〔2021〕9号
一、主要目标
1.全市PM2.5平均浓度控制在30微克/立方米以内。
2.全市优良天数比例92%以上，力争93%。
二、任务
1.抓扬尘。加强管理。（责任单位：市住建局）
"""
SECOND = """某省生态环境厅关于下达2021年环境空气质量目标的通知
某环〔2021〕33号
某某市人民政府：
现予下达。
某省生态环境厅
2021年8月1日
一、主要目标
1.全市PM2.5平均浓度控制在29微克/立方米以内。
2.全市优良天数比例92%以上，力争93%。
3.全市臭氧浓度控制在150微克/立方米以内。
"""
CHANGE = Version("T01", date(2021, 8, 1), "省", "29", "某环〔2021〕33号", "省下达不同", person="张三")


@pytest.fixture
def plan() -> Plan:
    return read_notice(FIRST)


def test_a_later_number_keeps_the_one_that_was_read(plan: Plan) -> None:
    later = amended(plan, CHANGE)
    assert later.targets == plan.targets and later.versions == (CHANGE,)
    assert amended(later, CHANGE) == later


def test_a_later_notice_changes_what_differs_and_notes_what_is_new(plan: Plan) -> None:
    later = amended_by(plan, read_notice(SECOND))
    assert [(v.target, v.since, v.level, v.value, v.paper) for v in later.versions] == [
        ("T01", date(2021, 8, 1), "省", "29", "某环〔2021〕33号")
    ]
    assert [note.code for note in later.notes if note.code.startswith("amendment")] == ["amendment-new"]


def test_all_that_is_wrong_with_changes_is_told_at_once(plan: Plan) -> None:
    wrong = [replace(CHANGE, target="T99"), replace(CHANGE, level="乡"), replace(CHANGE, value="三十")]
    with pytest.raises(ReadError) as caught:
        amended(plan, CHANGE, *wrong)
    assert set(caught.value.codes) == {"G-READ-15"} and len(caught.value.faults) >= 4


def test_a_correction_keeps_the_old_value_and_the_person(plan: Plan) -> None:
    right = confirmed(plan, "T02", "value", "李四", date(2021, 9, 1), Decimal("92.5"))
    right = confirmed(right, "K01", "units", "李四", date(2021, 9, 2))
    assert (right.targets[1].value, right.targets[1].confidence) == (Decimal("92.5"), "high")
    assert [(c.entry, c.field, c.by, str(c.on), c.was) for c in right.confirmed] == [
        ("T02", "value", "李四", "2021-09-01", "92"),
        ("K01", "units", "李四", "2021-09-02", ""),
    ]
    with pytest.raises(ReadError):
        confirmed(plan, "K01", "colour", "李四", date(2021, 9, 1))


def test_everything_comes_back_from_the_file(plan: Plan) -> None:
    whole = confirmed(amended(plan, CHANGE), "T02", "op", "李四", date(2021, 9, 1), ">")
    whole = replace(whole, above="../省/plan.toml")
    assert Plan.from_toml(whole.to_toml()) == whole
    assert "29" in whole.to_toml() and "above" in whole.to_toml()


def test_doubtful_words_lower_the_confidence_of_their_entry() -> None:
    plan = read_notice(
        "某市2021年要点\n一、主要目标\n1.全市PM2.5平均浓度控制在30微克/立方米以内。\n2.森林覆盖率67%以上。\n"
    )
    assert [(t.indicator_id, t.confidence) for t in plan.targets] == [("pm25_mean", "high"), ("forest_cover", "low")]


def test_the_command_writes_the_changed_plan(tmp_path: Path) -> None:
    first, second, kept = tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "plan.toml"
    first.write_text(FIRST, encoding="utf-8")
    second.write_text(SECOND, encoding="utf-8")
    assert CliRunner().invoke(app, ["read", str(first), "-o", str(kept)]).exit_code == 0
    words = ["read", str(second), "--amends", str(kept), "--above", "../省/plan.toml", "-o", str(kept)]
    assert CliRunner().invoke(app, words).exit_code == 0
    plan = Plan.from_toml(kept.read_text(encoding="utf-8"))
    assert ([v.value for v in plan.versions], plan.above, plan.targets[0].value) == (["29"], "../省/plan.toml", 30)
