"""The law as rows: everything there, words for all of it, and what differs between two days as the standards print."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.errors import RuleError
from guatu.rules import every
from guatu.rules.cards import all_cards
from guatu.rules.lists import counted_lists
from guatu.rules.register import (
    ADDED,
    CARRIED,
    CHANGED,
    ENDED,
    HEADS,
    RENEWED,
    asked,
    differences,
    entries,
    families,
    of_id,
)  # fmt: skip

BEFORE, AFTER = date(2026, 2, 28), date(2026, 3, 1)
DAYS = st.dates(date(1999, 1, 1), date(2035, 1, 1))


def test_every_rule_card_and_list_has_its_row() -> None:
    ids = {one.id for one in entries()}
    assert ids == (
        {rule.id for rule in every()}
        | {f"card.{card.id}" for card in all_cards()}
        | {f"list.{one.id}" for one in counted_lists()}
    )
    assert len(entries()) == len(list(every())) + len(all_cards()) + len(counted_lists())
    assert all(len(one.row) == len(HEADS) for one in entries())


def test_each_row_has_clause_source_confidence_and_chinese_words() -> None:
    for one in entries():
        assert one.clause and one.source and one.trust and one.cells, one.id
        assert one.family in families(), one.id
        assert re.search(r"[\u4e00-\u9fff]|PM|SO2|NO2|CO|O3|NOx", one.title), one.id
        assert "_" not in one.title, one.id


def test_no_word_of_a_programmer_is_left_in_a_value() -> None:
    told = {word for one in entries() for words, _ in one.cells for word in re.findall(r"[a-z]{3,}_?[a-z]*", words)}
    assert told == set()


def test_notes_are_in_chinese() -> None:
    assert [one.id for one in entries() if one.note and not re.search(r"[\u4e00-\u9fff]", one.note)] == []


def test_the_transition_of_2026_as_the_standard_prints_it() -> None:
    """GB 3095-2026 table 1, transition: the second class of PM2.5 35 → 30 and 75 → 60, of PM10 70 → 60, 150 → 120."""
    found = {one.id: one for one in differences(BEFORE, AFTER)}
    printed = {
        "gb3095.pm25.annual": ("35", "30"),
        "gb3095.pm25.day": ("75", "60"),
        "gb3095.pm10.annual": ("70", "60"),
        "gb3095.pm10.day": ("150", "120"),
    }
    for rule_id, (old, new) in printed.items():
        assert found[rule_id].how == CHANGED
        assert found[rule_id].said == (f"二级 {old}", f"二级 {new}"), "the first class is the same and is not told"
        assert "GB 3095-2012" in found[rule_id].row[6]
        assert "GB 3095-2026" in found[rule_id].row[7]
    changed = {one.id for one in found.values() if one.how == CHANGED and one.id.startswith("gb3095")}
    assert changed == set(printed)
    assert found["gb3095.o3.day_max8h"].how == RENEWED
    assert found["hj663.percentile.validity"].how == CARRIED


def test_what_begins_and_ends_is_said() -> None:
    found = {one.id: one.how for one in differences(date(2020, 6, 1), date(2021, 6, 1))}
    assert found["water.programme.5+X"] == ADDED
    back = {one.id: one for one in differences(date(2021, 6, 1), date(2020, 6, 1))}
    assert back["water.programme.5+X"].how == ENDED
    assert back["water.programme.5+X"].after is None
    assert back["water.programme.5+X"].entry.id == "water.programme.5+X"


@given(DAYS, DAYS)
def test_differences_are_those_of_a_rule_by_rule_look(one: date, other: date) -> None:
    def standing(day: date) -> dict[str, object]:
        return {rule.id: rule for rule in every() if rule.holds(day)}

    before, after = standing(one), standing(other)
    wanted = {rule for rule in (*before, *after) if before.get(rule) != after.get(rule)}
    found = differences(one, other)
    assert {each.id for each in found} == wanted
    for each in found:
        assert (each.before is not None, each.after is not None) == (each.id in before, each.id in after)
    assert {each.id for each in differences(other, one)} == wanted
    assert differences(one, one) == []


def test_asked_by_words_family_day_and_confidence() -> None:
    assert {one.id for one in asked(words="pm2.5 年平均")} >= {"gb3095.pm25.annual"}
    on = asked(words="gb3095.pm25.annual", on=date(2026, 5, 1))
    assert [one.edition for one in on] == ["2026"]
    assert all(one.confidence in "M1" for one in asked(unsure=True))
    assert len(asked(unsure=True)) == sum(one.confidence in "M1" for one in entries())
    assert {one.family for one in asked(family="黑臭水体")} == {"黑臭水体"}
    assert asked(words="没有这样的字") == []


def test_a_rule_that_is_not_there_is_said() -> None:
    with pytest.raises(RuleError) as caught:
        of_id("gb3095.pm99")
    assert caught.value.codes == ("G-RULE-01",)
