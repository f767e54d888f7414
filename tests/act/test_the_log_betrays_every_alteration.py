"""The hash chain: what is altered, removed or reordered is found; past states are rebuilt."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.act import log
from guatu.errors import ActError

NOON = datetime(2021, 9, 1, 12, tzinfo=log.BEIJING)
FIELDS = ["subject", "act", "old", "new", "person", "time", "reason", "acting_for", "before", "hash", "number"]


def chain(n: int = 6) -> list[log.Entry]:
    entries: list[log.Entry] = []
    state: dict[str, Any] = {}
    for k in range(n):
        new = {"state": f"s{k}", "deadline": f"2021-0{k % 9 + 1}-30"}
        old, changed = log.difference(state, new)
        last = entries[-1] if entries else None
        moment = NOON + timedelta(days=10 * k)
        entries.append(
            log.entry(last, "SJ/1", "改", old, changed, person=f"人{k}", moment=moment, reason="因", acting_for="某局")
        )
        state = new
    return entries


def test_a_whole_log_has_no_fault() -> None:
    entries = chain()
    assert log.verify(entries, (6, entries[-1].hash)) == ()
    assert log.verify([], (0, log.START)) == ()


def test_the_hash_is_sha256_of_the_canonical_bytes() -> None:
    """Written out by hand once, so that another program can check the log."""
    one = log.entry(None, "a", "b", {}, {"k": "值", "j": [1, True]}, person="p", moment=NOON)
    body = (
        '{"act":"b","acting_for":"","before":"' + "0" * 64 + '","new":{"j":[1,true],"k":"值"},"number":1,"old":{},'
        '"person":"p","reason":"","subject":"a","time":"2021-09-01T12:00:00+08:00"}'
    )
    assert one.hash == hashlib.sha256(body.encode("utf-8")).hexdigest()


@given(position=st.integers(0, 5), name=st.sampled_from(FIELDS))
def test_altering_any_field_of_any_entry_is_found(position: int, name: str) -> None:
    entries = chain()
    value = getattr(entries[position], name)
    if name == "number":
        altered: Any = value + 1
    elif name in ("old", "new"):
        altered = {**value, "state": "另"}
    elif name == "time":
        altered = (datetime.fromisoformat(value) + timedelta(seconds=1)).isoformat()
    else:
        altered = value + "x"
    entries[position] = replace(entries[position], **{name: altered})
    assert log.verify(entries)


@pytest.mark.parametrize(
    ("name", "value"),
    [("time", "昨天"), ("time", "2021-09-01T12:00:00"), ("time", None), ("new", {"k": 1.5}), ("reason", "\ud800")],
)
def test_an_entry_altered_to_nonsense_is_a_fault_not_a_crash(name: str, value: Any) -> None:
    entries = chain()
    entries[3] = replace(entries[3], **{name: value})
    assert log.verify(entries)


@given(position=st.integers(0, 5), name=st.sampled_from(["new", "person", "reason"]))
def test_altering_and_sealing_again_is_found_by_what_follows_or_the_tip(position: int, name: str) -> None:
    entries = chain()
    tip = (6, entries[-1].hash)
    old = entries[position]
    fields = {key: getattr(old, key) for key in FIELDS[:8]}
    fields[name] = {"state": "另"} if name == "new" else "另"
    entries[position] = log.sealed(entries[position - 1] if position else None, fields)
    assert log.verify(entries, tip)
    if position < 5:
        assert log.verify(entries)


@given(position=st.integers(0, 5))
def test_removing_an_entry_is_found(position: int) -> None:
    entries = chain()
    tip = (6, entries[-1].hash)
    del entries[position]
    assert log.verify(entries, tip)
    assert (log.verify(entries) == ()) == (position == 5)  # only the tip knows of the last


def test_numbers_that_skip_are_found_though_every_hash_fits() -> None:
    """Someone leaves an entry out and seals the rest anew: the numbers still tell."""
    entries = chain(2)
    fields = {key: getattr(entries[1], key) for key in FIELDS[:8]}
    skipped = log.sealed(replace(entries[0], number=2), fields)
    assert [fault.code for fault in log.verify([entries[0], skipped])] == ["G-ACT-12"]


@given(order=st.permutations(range(6)))
def test_reordering_is_found(order: list[int]) -> None:
    entries = chain()
    assert bool(log.verify([entries[k] for k in order])) == (order != sorted(order))


def test_the_state_on_any_past_day() -> None:
    entries = chain()
    assert log.state_on(entries, date(2021, 8, 31)) == {}
    assert log.state_on(entries, date(2021, 9, 1)) == {"SJ/1": {"state": "s0", "deadline": "2021-01-30"}}
    assert log.state_on(entries, date(2021, 9, 15))["SJ/1"]["state"] == "s1"
    assert log.state_on(entries, date(2022, 1, 1))["SJ/1"]["state"] == "s5"


def test_the_day_ends_at_midnight_in_beijing() -> None:
    late = datetime(2021, 9, 15, 23, 59, tzinfo=log.BEIJING)
    entries = [log.entry(None, "a", "b", {}, {"k": 1}, person="p", moment=late)]
    assert log.state_on(entries, date(2021, 9, 15)) == {"a": {"k": 1}}
    assert log.state_on(entries, date(2021, 9, 14)) == {}


def test_a_removed_key_and_a_removed_subject_stay_in_the_log() -> None:
    first = log.entry(None, "a", "b", {}, {"k": 1, "j": 2}, person="p", moment=NOON)
    second = log.entry(first, "a", "删", {"k": 1}, {"k": None}, person="p", moment=NOON, reason="重复")
    assert log.fold([first, second]) == {"a": {"j": 2}}


def test_a_change_that_went_past_the_log_is_found_when_rebuilding() -> None:
    first = log.entry(None, "a", "b", {}, {"k": 1}, person="p", moment=NOON)
    second = log.entry(first, "a", "b", {"k": 7}, {"k": 8}, person="p", moment=NOON)
    assert log.verify([first, second]) == ()
    with pytest.raises(ActError) as caught:
        log.fold([first, second])
    assert caught.value.codes == ("G-ACT-17",)


@pytest.mark.parametrize("value", [1.5, float("nan"), date(2021, 1, 1), {1: "a"}, b"x"])
def test_what_has_no_stable_bytes_is_refused(value: Any) -> None:
    with pytest.raises(ActError) as caught:
        log.canonical({"k": [value]})
    assert caught.value.codes == ("G-ACT-15",)


def test_an_entry_names_a_person_and_never_goes_back_in_time() -> None:
    first = log.entry(None, "a", "b", {}, {}, person="p", moment=NOON)
    with pytest.raises(ActError) as caught:
        log.entry(first, "a", "b", {}, {}, person="", moment=NOON - timedelta(seconds=1))
    assert caught.value.codes == ("G-ACT-16", "G-ACT-16")
    with pytest.raises(ActError):
        log.entry(None, "a", "b", {}, {}, person="p", moment=NOON.replace(tzinfo=None))


json_values = st.sampled_from([0, 1, "", "值", True, [], [1, "a"], {"k": None}, {"k": [2]}])


@given(states=st.lists(st.dictionaries(st.sampled_from("abcd"), json_values), max_size=5))
def test_folding_the_differences_gives_every_state_back(states: list[dict[str, Any]]) -> None:
    entries: list[log.Entry] = []
    now: dict[str, Any] = {}
    for state in states:
        old, new = log.difference(now, state)
        entries.append(log.entry(entries[-1] if entries else None, "x", "改", old, new, person="p", moment=NOON))
        now = state
        assert log.fold(entries)["x"] == state
    assert log.verify(entries) == ()
