"""The oddities of the founding notice: layout noise is mended in silence, content is reported and left alone."""

from __future__ import annotations

import pytest

from guatu.read import Plan, read_notice
from tests.conftest import real_inputs


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_notice(real_inputs("notices", "texts", "00-jingdezhen-2021-eco-yaodian.txt"))


EXPECTED = [
    ("no-date", "", "落款日期"),
    ("year-without-nian", "", "缺“年”字"),
    ("addressee-without-task", "", "高新区、昌南新区党工委、管委会"),
    ("no-body", "三/（三）", "行动计划"),
    ("no-body", "三/（三）/1", ""),
    ("no-body", "三/（三）/4", ""),
    ("several-blocks", "三/（六）/2", "2 组"),
    ("heading-and-text-differ", "三/（三）/3/（4）", "建筑垃圾"),
    ("comma-within", "三/（三）/3/（3）", "尾矿库"),
    ("two-scopes", "二/（一）/3", "国控断面"),
    ("implied-target", "二/（一）/3", "不矛盾"),
    ("looser-part", "二/（一）/1", "34"),
    ("value-may-be-cut", "二/（五）/4", "没有“比例”二字"),
    ("scope-not-written", "二/（二）/2", "全市"),
    ("direction-not-written", "二/（二）/2", "降低"),
    ("direction-not-written", "二/（二）/3", "提高"),
    ("two-names-of-base", "二/（二）/2", "单位GDP"),
    ("number-elsewhere", "二/（二）/4", "氨氮"),
    ("calibre-open", "二/（五）/1", "水质"),
    ("calibre-open", "二/（四）/1", "EI"),
    ("value-in-words", "二/（五）/3", "全覆盖"),
    ("provisional", "", "为准"),
    ("numbers-not-targets", "", "三线一单"),
    ("soft-sentence", "三/（五）/2", "80%"),
    ("soft-date", "三/（五）/1", "2021Q1"),
    ("not-government", "", "市委宣传部"),
    ("likely-misprint", "三/（三）/4/（1）", "网箱养殖"),
    ("term-that-closed", "三/（六）/2", "2021"),
    ("many-duties", "三/（三）/2/（2）", "2 个责任单位"),
    ("papers-owed", "", "应对气候变化专项规划"),
    ("paper-without-body", "三/（三）", "行动计划"),
]


@pytest.mark.parametrize(("code", "outline", "words"), EXPECTED)
def test_an_oddity_is_reported_where_it_stands(plan: Plan, code: str, outline: str, words: str) -> None:
    assert any(n.code == code and n.outline == outline and words in n.text for n in plan.notes)


def test_no_target_is_corrected(plan: Plan) -> None:
    black_water = [t for t in plan.targets if "黑臭水体" in t.indicator]
    assert [t.value for t in black_water] == [10, 10]


def test_layout_noise_is_mended_without_a_note(plan: Plan) -> None:
    assert not [note for note in plan.notes if note.kind == "repaired"]
    assert {note.kind for note in plan.notes} <= {"doubt", "gap", "remark"}
