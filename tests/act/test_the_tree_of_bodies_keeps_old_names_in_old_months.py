"""Bodies by date: a rename, a move, a closing each count from their day; the days before stay as they were."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.act import bodies
from guatu.act.bodies import Node
from guatu.errors import ActError

MERGED = date(2019, 3, 20)  # a bureau of environmental protection becomes one of ecology and environment
DAYS = st.dates(date(2018, 1, 1), date(2023, 12, 31))


def grown():
    """A city with a county, a bureau, a county bureau."""
    tree = {}
    for code, name, kind, parent in (
        ("city", "景德镇市", "市", ""),
        ("360281", "乐平市", "县级市", "city"),
        ("B001", "市环保局", "部门", "city"),
        ("B002", "乐平市环保局", "部门", "360281"),
    ):
        tree[code] = bodies.found(tree, code, name, kind, parent)
    return tree


def names_on(tree, day):
    return [(depth, spell.name) for depth, _, spell in bodies.walk(tree, day)]


def test_a_renamed_body_keeps_its_old_name_in_old_months():
    tree = grown()
    tree["B001"] = bodies.renamed(tree, "B001", "市生态环境局", MERGED)
    before, after = MERGED - timedelta(days=1), MERGED
    assert tree["B001"].on(before).name == "市环保局" and tree["B001"].on(after).name == "市生态环境局"
    assert names_on(tree, before) == [(0, "景德镇市"), (1, "乐平市"), (2, "乐平市环保局"), (1, "市环保局")]
    assert bodies.named(tree, "市环保局", after).code == bodies.named(tree, "市生态环境局", after).code == "B001"
    assert tree["B001"].names == ("市生态环境局", "市环保局")


def test_a_county_bureau_that_moves_up_stood_below_its_county_before():
    tree = grown()
    tree["B002"] = bodies.moved(tree, "B002", "B001", date(2020, 1, 1))
    assert (2, "乐平市环保局") in names_on(tree, date(2019, 12, 31))
    assert bodies.below_of(tree, "360281", date(2019, 12, 31)) == ("乐平市环保局",)
    assert bodies.below_of(tree, "360281", date(2020, 1, 1)) == ()
    assert bodies.below_of(tree, "B001", date(2020, 1, 1)) == ("乐平市环保局",)


def test_a_closed_body_is_gone_the_day_after_and_its_name_is_free():
    tree = grown()
    tree["B002"] = bodies.closed(tree, "B002", date(2020, 6, 30))
    assert tree["B002"].on(date(2020, 6, 30)) and tree["B002"].on(date(2020, 7, 1)) is None
    made = bodies.found(tree, "B003", "乐平市环保局", "部门", "360281", date(2020, 7, 1))
    assert made.on(date(2020, 6, 30)) is None


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda t: bodies.found(t, "B009", "市环保局", "部门", "city"), "G-BODY-01"),
        (lambda t: bodies.found(t, "B009", " ", "部门", "city"), "G-BODY-01"),
        (lambda t: bodies.found(t, "B009", "市水利局", "委员会", "city"), "G-BODY-02"),
        (lambda t: bodies.found(t, "B009", "市水利局", "部门", "nowhere"), "G-BODY-02"),
        (lambda t: bodies.renamed(t, "B001", "乐平市", MERGED), "G-BODY-01"),
        (lambda t: bodies.renamed(t, "B001", "", MERGED), "G-BODY-04"),
        (lambda t: bodies.renamed(t, "B999", "市局", MERGED), "G-BODY-03"),
        (lambda t: bodies.moved(t, "360281", "B002", MERGED), "G-BODY-05"),
        (lambda t: bodies.moved(t, "city", "city", MERGED), "G-BODY-05"),
        (lambda t: bodies.closed(t, "360281", MERGED), "G-BODY-06"),
    ],
)
def test_what_would_break_the_tree_is_refused(act, code):
    with pytest.raises(ActError, match=code):
        act(grown())


def test_changes_go_forward_in_time():
    tree = grown()
    tree["B001"] = bodies.renamed(tree, "B001", "市生态环境局", MERGED)
    with pytest.raises(ActError, match="G-BODY-04"):
        bodies.renamed(tree, "B001", "市环境局", MERGED)
    tree["B001"] = bodies.closed(tree, "B001", date(2022, 1, 1))
    with pytest.raises(ActError, match="G-BODY-04"):
        bodies.renamed(tree, "B001", "市环境局", date(2023, 1, 1))


@given(st.lists(DAYS, unique=True, max_size=6), DAYS)
def test_on_every_day_a_body_has_one_name_and_everything_standing_is_shown_once(days, day):
    tree = grown()
    for order, since in enumerate(sorted(days)):
        tree["B001"] = bodies.renamed(tree, "B001", f"第{order}名", since)
    wanted = sum(since <= day for since in days)
    assert tree["B001"].on(day).name == (f"第{wanted - 1}名" if wanted else "市环保局")
    shown = [node.code for _, node, _ in bodies.walk(tree, day)]
    assert sorted(shown) == sorted(tree)
    assert Node.of("B001", tree["B001"].record()) == tree["B001"], "what is kept reads back the same"
