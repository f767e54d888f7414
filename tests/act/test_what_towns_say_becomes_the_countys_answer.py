"""A county merges what its bureaus and towns say: counts add up exactly, a missing one is never zero."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.act.handing_down import WORST_FIRST, Part, merged
from guatu.errors import ActError


def part(to, **said):
    return Part(to, said=said)


def test_counts_words_and_proof_come_together():
    answer = merged(
        [
            part("甲镇", state="办结", text="已建成", count="3", proof="照片", done_on="2021-09-10"),
            part("乙镇", state="办结", text="已验收", count="2.5", done_on="2021-09-20"),
        ],
        "12",
    )
    assert dict(answer.said) == {
        "state": "办结",
        "text": "甲镇：已建成；乙镇：已验收",
        "count": "5.5",
        "proof": "甲镇：照片",
        "done_on": "2021-09-20",
    }
    assert answer.missing == ()


def test_who_said_nothing_is_named_and_nothing_is_counted_for_him():
    answer = merged([part("甲镇", state="办结", text="已建成", count="3"), Part("乙镇")], "12")
    assert answer.missing == ("乙镇",) and "count" not in answer.said
    assert answer.said["state"] == "推进中", "not done while one is missing"
    assert "count" not in merged([part("甲镇", state="推进中", count="3"), part("乙镇", state="推进中")], "12").said


def test_nothing_back_is_nothing_to_merge():
    with pytest.raises(ActError, match="G-HAND-01"):
        merged([Part("甲镇"), Part("乙镇")])


@pytest.mark.parametrize("count", ["三", "NaN", "-1", "1/2"])
def test_a_count_that_is_none_is_refused(count):
    with pytest.raises(ActError, match="G-HAND-02"):
        merged([part("甲镇", state="推进中", count=count)], "12")


@given(st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=12))
def test_the_sum_is_exact(counts):
    parts = [part(f"{n}镇", state="推进中", count=str(one)) for n, one in enumerate(counts)]
    hundredths = sum(int(one.scaleb(2)) for one in counts)
    assert Decimal(merged(parts, "9").said["count"]).scaleb(2) == hundredths


@given(st.lists(st.sampled_from(WORST_FIRST), min_size=1, max_size=8))
def test_the_county_says_the_worst_of_them(states):
    parts = [part(f"{n}镇", state=state) for n, state in enumerate(states)]
    for worst in ("滞后", "未启动", "申请调整", "推进中", "长期坚持", "办结"):
        if worst in states:
            assert merged(parts).said["state"] == worst
            break
