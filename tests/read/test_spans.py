"""Every field points into the source: the words at its span are the words it carries."""

from __future__ import annotations

import re
import unicodedata

import pytest

from guatu.read import read_notice
from tests.conftest import SHARED, real_inputs

NAMES = sorted(path.stem for path in (SHARED / "notices" / "texts").glob("*.txt")) or ["none"]


def squeeze(text: str) -> str:
    return re.sub(r"[\s_{}$]+", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("name", NAMES)
def test_spans_hold_the_words_of_their_fields(name: str) -> None:
    path = real_inputs("notices", "texts", f"{name}.txt")
    source = path.read_text()
    plan = read_notice(path)

    def at(span: tuple[int, int]) -> str:
        return squeeze(source[span[0] : span[1]])

    for field in ("title", "issuer", "attachment_title", "override_clause", "adoption"):
        value = getattr(plan.head, field)
        assert (value == "") == (field not in plan.head.spans)
        if value:
            assert at(plan.head.spans[field]) == squeeze(value)
    for target in plan.targets:
        assert at(target.spans["text"]) == squeeze(target.text)
        for field in ("indicator", "scope"):
            if field in target.spans:
                assert at(target.spans[field]) == squeeze(getattr(target, field))
        assert ("value" in target.spans) or ("reference" in target.spans)
        if "value" in target.spans and not target.qualitative and target.value:
            digits = re.findall(r"[\d.]+", at(target.spans["value"]))
            assert digits
        if target.stretch is not None:
            assert str(target.stretch) in at(target.spans["stretch"])
    for task in plan.tasks:
        assert at(task.spans["title"]) == squeeze(task.title)
        if task.units:
            block = at(task.spans["units"])
            for unit in task.units:
                tail = re.sub(r"^(?:省|市|县|各)", "", squeeze(unit))
                assert tail in block or tail[-2:] in block
        for item in task.commitments:
            assert item.span is not None
            assert at(item.span) == squeeze(item.text)
    for note in plan.notes:
        if note.span:
            assert 0 <= note.span[0] < note.span[1] <= len(source)


def test_a_word_cut_by_a_page_break_keeps_both_halves_in_its_span() -> None:
    text = "一、主要目标\n1. 全市细颗粒物平均浓度控制在\n\n30 微克/立方米以内。\n2.全市优良天数比例92%以上。\n"
    target = read_notice(text).targets[0]
    first, last = target.spans["text"]
    assert text[first:last] == "全市细颗粒物平均浓度控制在\n\n30 微克/立方米以内"
    assert (target.op, target.value, target.unit) == ("<=", 30, "ug/m3")
