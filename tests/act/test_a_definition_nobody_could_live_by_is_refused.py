"""Ledgers as data: what is wrong with a definition is told in sentences, all of it at once."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guatu.act.deadlines import Term
from guatu.act.definition import define, ledgers, load
from guatu.act.lateness import lateness
from guatu.act.ledger import KINDS, STAGES
from guatu.act.problem import Problem, Step
from guatu.act.shape import LEDGER
from guatu.act.soundness import stranded
from guatu.errors import ActError

HEAD = 'id = "own"\ncode = "ZJ9"\ntitle = "本地台账"\nmark = "D"\n'


def faults_of(text: str) -> list[tuple[str, str]]:
    with pytest.raises(ActError) as caught:
        define(HEAD + text, "own.toml")
    return [(fault.code, fault.what) for fault in caught.value.faults]


MOVE = '[[move]]\nid = "x"\ntitle = "试"\nfrom = ["整改中"]\nto = "自查中"\n'
PAPERS = 'papers = [{ kind = "甲", from = "unit" }]\n'


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("this is not toml", "G-ACT-20", "不是 TOML"),
        ('field = "x"\n', "G-ACT-20", "“field”应是一列表"),
        (MOVE + PAPERS + 'who = "unit_head"\n', "G-ACT-20", "“who”应是方括号里的一列文字"),
        (MOVE + 'who = ["unit_head"]\npapers = ["甲"]\n', "G-ACT-20", "“papers”应是一列表"),
        ('rename = "x"\n', "G-ACT-20", "“rename”应是名 = 值 的一张表"),
        ('[[obligation]]\ntitle = "报告"\nmove = "plan"\nstarts = "found_on"\n', "G-ACT-20", "没有写多少天"),
        ('colour = "red"\n', "G-ACT-20", "不认识“colour”"),
        (MOVE + PAPERS + 'who = ["unit_head"]\nfee = 1\n', "G-ACT-20", "不认识“fee”"),
        (MOVE.replace("自查中", "飞升") + PAPERS + 'who = ["unit_head"]\n', "G-ACT-21", "没有声明的状态“飞升”"),
        ('[[state]]\nname = "超期"\nstage = "整改"\n', "G-ACT-21", "“超期”由时限和状态算出"),
        ('[[state]]\nname = "悬着"\nstage = "挂起"\n', "G-ACT-21", "不在八个阶段里"),
        ('[[state]]\nname = "孤岛"\nstage = "整改"\n', "G-ACT-22", "状态“孤岛”走不到"),
        ('drop_moves = ["close"]\n', "G-ACT-22", "状态“已销号”走不到"),
        (
            '[[state]]\nname = "死路"\nstage = "整改"\n'
            + MOVE.replace("自查中", "死路")
            + PAPERS
            + 'who = ["unit_head"]\n',
            "G-ACT-22",
            "状态“死路”走不到办结",
        ),
        (MOVE + PAPERS, "G-ACT-23", "没有写由谁办"),
        (MOVE + PAPERS + 'who = ["mayor"]\n', "G-ACT-23", "没有“mayor”这个角色"),
        (MOVE + PAPERS + 'who = ["unit_head"]\nprepared_by = ["unit_head"]\n', "G-ACT-23", "同一个角色"),
        (MOVE + 'who = ["unit_head"]\n', "G-ACT-24", "不要任何材料"),
        (MOVE + 'who = ["unit_head"]\npapers = [{ kind = "甲" }]\n', "G-ACT-24", "没有写由谁提供"),
        (MOVE + 'who = ["unit_head"]\npapers = [{ kind = "甲", from = "x" }]\n', "G-ACT-24", "提供方“x”不认识"),
        (MOVE + PAPERS + 'who = ["unit_head"]\nfields = ["colour"]\n', "G-ACT-25", "没有“colour”这个字段"),
        (MOVE + PAPERS + 'who = ["unit_head"]\nfields = ["complainant"]\n', "G-ACT-25", "保密字段"),
        (MOVE + PAPERS + 'who = ["unit_head"]\nafter = "goal"\n', "G-ACT-25", "不是日期"),
        ('[[field]]\nid = "k"\nkind = "colour"\n', "G-ACT-25", "类型“colour”不认识"),
        ('[[field]]\nid = "k"\nkind = "choice"\n', "G-ACT-25", "没有选项"),
        ('[[field]]\nid = "k"\nmark = "Z"\n', "G-ACT-26", "可信度“Z”不认识"),
        ("publicity = { days = 5 }\n", "G-ACT-20", "期限没有写全"),
        ('publicity = { rule = "nowhere" }\n', "G-ACT-28", "规则库里没有"),
        ('columns = ["nowhere"]\n', "G-ACT-25", "列“nowhere”"),
        (
            '[[obligation]]\ntitle = "报告"\nmove = "fly"\nstarts = "goal"\ndays = 3\nworking = true\n'
            "first_day_counts = true\n",
            "G-ACT-22",
            "动作“fly”不存在",
        ),
    ],
)
def test_each_thing_wrong_is_said(text: str, code: str, said: str) -> None:
    assert any(found == code and said in what for found, what in faults_of(text)), faults_of(text)


words = st.sampled_from(
    ["id", "move", "state", "field", "from", "to", "who", "papers", "title", "stage", "rule", "kind"]
)
toml_values = st.recursive(
    st.sampled_from(["整改中", "unit_head", "unit", "plan", "goal", ""]) | st.integers(0, 3) | st.booleans(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)


@given(document=st.dictionaries(st.sampled_from(sorted(LEDGER)), toml_values, max_size=4))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_written_is_a_ledger_or_a_list_of_faults(document: dict[str, object]) -> None:
    """Any nonsense under the known keys is refused in sentences, never with a crash."""
    import tomlkit

    head = {"id": "own", "code": "X9", "title": "本地", "mark": "D"}
    try:
        ledger = define(tomlkit.dumps({**head, **document}), "own.toml")
    except ActError as error:
        assert all(fault.code.startswith("G-ACT-2") for fault in error.faults)
    else:
        assert ledger.states


def test_all_faults_come_at_once() -> None:
    codes = {code for code, _ in faults_of('[[field]]\nid = "k"\nkind = "colour"\nmark = "Z"\n' + MOVE + PAPERS)}
    assert codes == {"G-ACT-23", "G-ACT-25", "G-ACT-26"}


def test_an_office_adds_its_own_ledger(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(HEAD + 'field = [{ id = "road", title = "路段", required = true }]\n', encoding="utf-8")
    ledger = load(path)
    assert ledger.fields["road"].required
    assert ledger.number(2021, "360281", 7) == "ZJ9-2021-360281-0007"
    assert ledger.moves.keys() >= {"assign", "accept", "close"}


def test_an_office_sets_its_own_days_of_publicity() -> None:
    """Five or seven working days elsewhere: days of one's own take the place of the rule."""
    own = define(HEAD + "publicity = { days = 5, working = true, first_day_counts = true }\n", "own.toml")
    assert own.publicity.term == Term(5, True, True)
    assert own.publicity.columns[0] == "序号"
    assert define(HEAD, "own.toml").publicity.term == "deadline.publicity"


def test_a_changed_ledger_strands_no_problem() -> None:
    """A state that is gone is found before the change is taken; steps of the older edition do not break the dates."""
    ledger = define(HEAD, "own.toml")
    step = Step("old_move", "旧状态", "旧状态", date(2021, 1, 4), "某人", deadline="2021-03-31")
    later = Step("older", "旧状态", "旧状态", date(2021, 4, 4), "某人", deadline="2021-06-30")
    stuck = Problem("own", "1", "旧状态", {"deadline": "2021-06-30"}, steps=(step, later))
    fine = Problem("own", "2", "整改中", {"deadline": "2021-06-30"}, steps=(step, later))
    assert [fault.code for fault in stranded(ledger, [stuck, fine])] == ["G-ACT-27"]
    late = lateness(ledger, fine, date(2021, 7, 1))
    assert late is not None
    assert (late.overdue, late.ever_late) == (1, 4)


def test_every_ledger_the_office_keeps_is_there() -> None:
    """The kinds of ledger a city's notice and its inspections call for."""
    assert {one.code for one in ledgers().values()} == set(
        "ZY SJ JS XF RX LD KS SD PK HC SY WF WK NW DQ LG VQ ZJ LH QJ TM YQ WX".split()  # noqa: SIM905
    )
    assert {one.id for one in ledgers().values() if one.draft} == {
        *("hotline", "furnace", "voc", "heavy_metal", "two_high"),
        *("clean_production", "landfill", "park_sewage", "cage_culture"),
    }


@pytest.mark.parametrize("name", ledgers())
def test_state_and_stage_are_two_fields_and_overdue_is_no_state(name: str) -> None:
    ledger = ledgers()[name]
    assert {state.stage for state in ledger.states.values()} <= set(STAGES)
    assert {"自查中", "已完成待验收", "公示中", "已销号", "回头看反弹"} <= ledger.states.keys()
    assert ("待上级回执" in ledger.states) == ledger.receipt
    assert not {"超期", "逾期"} & ledger.states.keys()


@pytest.mark.parametrize("name", ledgers())
def test_the_one_who_accepts_is_the_trade_department_and_not_who_checked_himself(name: str) -> None:
    move = ledgers()[name].moves["accept"]
    assert move.who == ("acceptor_head",)
    assert {"finish", "submit"} <= set(move.apart)


def test_what_is_ours_is_marked() -> None:
    """A draft says so and why; the words of the base that no source gives carry the mark D."""
    for ledger in ledgers().values():
        assert ledger.basis
        if ledger.draft:
            assert ledger.mark == "D" and "没有见到原表" in ledger.basis
    base = tomllib.loads(files("guatu.act").joinpath("ledgers", "base.toml").read_text(encoding="utf-8"))
    assert all("mark" in item for item in [*base["state"], *base["field"]])
    assert {item.get("kind", "text") for item in base["field"]} <= KINDS.keys()


def test_the_states_of_the_source_are_all_carried(shared) -> None:  # type: ignore[no-untyped-def]
    """Each state of the common ledger handed down is a state here, under its name or the one it was made of."""
    source = tomllib.loads(shared("ledgers", "_base.toml").read_text(encoding="utf-8"))
    ours = {name for one in ledgers().values() for name in one.states}
    renamed = {"长期坚持(达序时)": "长期坚持"}
    assert {renamed.get(name, name) for name in source["states"]["list"]} <= ours
    letters = tomllib.loads(shared("ledgers", "inspection_petition.toml").read_text(encoding="utf-8"))["petition"]
    renamed = {}
    assert {renamed.get(name, name) for name in letters["states"]} <= ledgers()["petition"].states.keys()
    assert letters["types"] == list(ledgers()["petition"].fields["pollution"].choices)
