"""Measures: each word of duty is in exactly one; papers owed; what the head says besides the title."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.read import Plan, read_notice
from guatu.read.blocks import blocks_in
from guatu.read.layout import mend
from guatu.read.outline import outline_of
from guatu.read.preamble import is_preamble
from guatu.read.tables import find_tables
from guatu.read.targets import goal_nodes
from tests.conftest import SHARED, real_inputs

NAMES = sorted(path.stem for path in (SHARED / "notices" / "texts").glob("*.txt")) or ["none"]


def duty_places(source: str) -> set[int]:
    """Places of the source that hold a word of duty: own text of headings, outside targets, preambles and blocks."""
    page = mend(source)
    lines = [page.text[a:b] for a, b in page.paragraphs]
    tables = find_tables(lines)
    outline = outline_of(page, page.paragraphs[tables[0].first][0] if tables else None)
    goals = {id(node) for root in goal_nodes(page, outline) for node in root.walk()}
    places: set[int] = set()
    for node in outline.nodes():
        if id(node) in goals or is_preamble(page, node):
            continue
        for first, last in node.own:
            blocked = {p for block in blocks_in(page.text, first, last) for p in range(block.first, block.last)}
            places |= {
                page.at[p]
                for p in range(first, last)
                if p not in blocked and re.match(r"[\w\u4e00-\u9fff]", page.text[p])
            }
    return places


def check_cover(plan: Plan, source: str) -> None:
    held: dict[int, int] = {}
    for measure in plan.measures:
        for place in range(*measure.span):
            held[place] = held.get(place, 0) + 1
    assert max(held.values(), default=1) == 1
    missing = sorted(duty_places(source) - held.keys())
    assert not missing, source[max(0, missing[0] - 20) : missing[0] + 40]


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_duty_is_in_exactly_one_measure(name: str) -> None:
    path = real_inputs("notices", "texts", f"{name}.txt")
    check_cover(read_notice(path), path.read_text())


SENTENCES = st.lists(
    st.text(alphabet="加强管理推进建设，、；。（）“”《》完善机制确保3年", min_size=1, max_size=40),
    min_size=1,
    max_size=4,
)


@settings(max_examples=150, deadline=None)
@given(SENTENCES, SENTENCES)
def test_cover_holds_for_any_words(first: list[str], second: list[str]) -> None:
    blocks = ["（责任单位：市水利局）", "（市教育局负责）", "", "\n"]
    text = "一、任务\n1.某项。" + "".join(w + blocks[i % 4] for i, w in enumerate(first))
    text += "\n2.另项。" + "".join(w + blocks[(i + 1) % 4] for i, w in enumerate(second)) + "\n"
    check_cover(read_notice(text), text)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_notice(real_inputs("notices", "texts", "00-jingdezhen-2021-eco-yaodian.txt"))


def test_the_founding_notice_holds_about_ninety_five_duties(plan: Plan) -> None:
    inside = [m for m in plan.measures if m.task]
    assert 85 <= len(inside) <= 110
    sewage = [m.text for m in inside if m.outline == "三/（三）/2/（2）"]
    assert len(sewage) >= 4 and any("新建扩容" in text for text in sewage)


def test_duties_without_a_body_are_kept_and_named(plan: Plan) -> None:
    loose = {m.outline for m in plan.measures if not m.task}
    assert loose == {"三/（三）", "三/（三）/1", "三/（三）/2", "三/（三）/3", "三/（三）/4"}


def test_a_measure_says_what_is_done_to_what(plan: Plan) -> None:
    by_text = {m.text: m for m in plan.measures}
    found = next(m for text, m in by_text.items() if text.startswith("推进“白色污染”"))
    assert (found.verb, found.object, found.done) == ("推进", "“白色污染”综合治理", "standing")
    ledger = next(m for text, m in by_text.items() if "整改台账" in text and "矿山" not in text)
    assert ledger.done == "ledger" and "清单" in ledger.ledger
    rate = next(m for m in plan.measures if m.outline == "三/（五）/2" and m.op)
    assert (rate.op, rate.value, rate.unit, rate.indicator_id) == (">=", 90, "%", "rectify_rate")


def test_papers_owed_are_listed_each(plan: Plan) -> None:
    names = [paper.name for paper in plan.papers]
    for words in (
        "空气质量改善",
        "水生态环境保护",
        "土壤和农村",
        "应对气候变化",
        "碳排放达峰行动方案",
        "实施细则",
        "行动计划",
        "配套文件",
        "财政事权",
    ):
        assert any(words in name for name in names), words
    assert next(p for p in plan.papers if "攻坚战行动计划" in p.name).task == ""


def test_the_head_says_who_to_whom_on_what_basis(plan: Plan) -> None:
    head = plan.head
    assert head.addressees == (
        "各县（市、区）党委、政府",
        "高新区、昌南新区党工委、管委会",
        "市环委会成员单位",
        "市有关单位",
    )
    assert head.basis == ("《2021全省生态环境保护暨深入打好污染防治攻坚战工作要点》",)
    assert "审议通过" in head.adoption
    assert (head.year, head.issue_date, head.region) == (2021, None, "景德镇市")
