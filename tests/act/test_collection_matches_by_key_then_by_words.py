"""Whose sheet, which row: by hidden key, else by words, never by name or place; what is unsure is asked."""

from datetime import date
from decimal import Decimal

import pytest

from guatu.act.collection import Asked, Cell, Line, Returned, column_of, row_key, state_word
from guatu.act.collection_answers import landing, waiting
from guatu.act.collection_heap import REFUSE, review_of

PERIOD, DAY = "2021-09", date(2021, 10, 12)
TEXTS = {
    "M1": "编制总体规划，明确目标、任务和工程。",
    "M2": "推进老旧小区雨污分流改造，新建污水管网。",
    "M3": "开展柴油货车路检路查，建立台账。",
    "M4": "清理河道垃圾，落实河长巡河。",
}
ASKED = {
    "甲局": tuple(Asked(m, TEXTS[m], "任务", "牵头") for m in ("M1", "M2")),
    "乙局": tuple(Asked(m, TEXTS[m], "任务", "责任") for m in ("M2", "M3")),
}
LETTERS = {"key": "A", "measure": "D", "state": "K", "count": "L", "text": "M", "proof": "O", "done_on": "P"}


def line(number, text="", key="", /, **cells):
    said = {"state": "推进中", "text": "已开工", **cells, "measure": text, "key": key}
    made = {name: Cell(raw, Decimal(raw) if raw.replace(".", "").isdigit() else None) for name, raw in said.items()}
    return Line(number, made)


def sheet(*lines, file="a.xlsx", stated="", mark=None, said_period=""):
    return Returned(file, "表", lines, LETTERS, stated, said_period, mark)


def review(*sheets, stored=None, answers=None):
    return review_of(sheets, ASKED, PERIOD, DAY, stored or {}, answers)


def landed(found):
    return {(row.sender, row.measure): row.said["text"] for row in landing(found)}


def test_keys_decide_before_names_and_order():
    rows = [line(9, TEXTS["M3"], row_key("乙局", PERIOD, "M3")), line(7, TEXTS["M2"], row_key("乙局", PERIOD, "M2"))]
    assert landed(review(sheet(*rows, file="甲局.xlsx"))) == {("乙局", "M2"): "已开工", ("乙局", "M3"): "已开工"}


def test_without_keys_the_head_and_the_words_decide():
    found = review(sheet(line(5, "编制总体规划明确目标任务和工程"), line(6, TEXTS["M2"][:-3]), stated="甲局"))
    assert landed(found) == {("甲局", "M1"): "已开工", ("甲局", "M2"): "已开工"} and found.questions == ()
    assert any("文字被改过" in mark.words for mark in found.marks)
    assert review(sheet(line(5, TEXTS["M1"]), line(6, TEXTS["M2"]))).seen[0].how == "按措施文字"


def test_a_sheet_that_two_could_have_sent_is_asked_about():
    asked = review(sheet(line(5, TEXTS["M2"])))
    assert [q.kind for q in asked.questions] == ["是谁的表"] and landing(asked) == ()
    assert set(asked.questions[0].choices) == {"甲局", "乙局", REFUSE}
    answer = {asked.questions[0].id: "乙局"}
    assert landed(review(sheet(line(5, TEXTS["M2"])), answers=answer)) == {("乙局", "M2"): "已开工"}


def test_key_and_head_that_disagree_are_asked_about():
    rows = [line(5, TEXTS["M1"], row_key("甲局", PERIOD, "M1"))]
    asked = review(sheet(*rows, stated="乙局"))
    assert asked.questions[0].choices == ("甲局", "乙局", REFUSE) and landing(asked) == ()


def test_a_key_on_anothers_words_is_asked_about():
    rows = [line(5, TEXTS["M2"], row_key("甲局", PERIOD, "M1")), line(6, TEXTS["M1"], row_key("甲局", PERIOD, "M1"))]
    asked = review(sheet(*rows))
    assert [q.kind for q in asked.questions] == ["是哪一条措施"]
    assert landed(asked) == {("甲局", "M1"): "已开工"}
    answer = {asked.questions[0].id: "M2"}
    assert landed(review(sheet(*rows), answers=answer)) == {("甲局", "M1"): "已开工", ("甲局", "M2"): "已开工"}


def test_two_versions_keep_what_agrees_and_ask_about_the_rest():
    def version(file, text):
        keys = [row_key("甲局", PERIOD, m) for m in ("M1", "M2")]
        return sheet(line(5, TEXTS["M1"], keys[0]), line(6, TEXTS["M2"], keys[1], text=text), file=file)

    both = (version("a.xlsx", "旧"), version("b.xlsx", "新"))
    asked = review(*both)
    assert landed(asked) == {("甲局", "M1"): "已开工"} and len(waiting(asked)) == 2
    answer = {asked.questions[0].id: "b.xlsx"}
    assert landed(review(*both, answers=answer))["甲局", "M2"] == "新"
    assert ("甲局", "M2") not in landed(review(*both, answers={asked.questions[0].id: REFUSE}))
    assert review(both[0], version("c.xlsx", "旧")).questions == ()


def test_a_stored_row_is_replaced_only_by_a_persons_word():
    rows = sheet(line(5, TEXTS["M1"], row_key("甲局", PERIOD, "M1")))
    stored = {("甲局", "M1"): {"state": "推进中", "text": "别的话"}}
    asked = review(rows, stored=stored)
    assert [q.kind for q in asked.questions] == ["是否更正"] and landing(asked) == ()
    assert landed(review(rows, stored=stored, answers={asked.questions[0].id: "以新换旧"})) == {
        ("甲局", "M1"): "已开工"
    }
    same = {("甲局", "M1"): {"state": "推进中", "text": "已开工"}}
    assert review(rows, stored=same).rows == ()
    changed = {("甲局", "M1"): {"state": "推进中", "text": "又一人改过"}}
    stale = review(rows, stored=changed, answers={asked.questions[0].id: "以新换旧"})
    assert landing(stale) == (), "an answer given about another content does not count"


@pytest.mark.parametrize(
    ("cells", "code"),
    [({"state": "还行"}, "G-ACT-91"), ({"state": ""}, "G-ACT-97"), ({"text": ""}, "G-ACT-97"),
     ({"count": "大部分"}, "G-ACT-92"), ({"text": "见#DIV/0!"}, "G-ACT-96"), ({"done_on": "九月底"}, "G-ACT-95")],
)  # fmt: skip
def test_a_faulty_cell_keeps_its_row_out_and_is_marked(cells, code):
    found = review(sheet(line(5, TEXTS["M1"], row_key("甲局", PERIOD, "M1"), **cells)))
    assert [fault.code for fault in found.faults] == [code] and landing(found) == ()
    assert [(mark.line, mark.fault) for mark in found.marks] == [(5, True)]


@pytest.mark.parametrize(
    ("done", "quantity", "cells", "codes"),
    [
        ("paper", "", {}, ["G-ACT-94"]),
        ("paper", "", {"proof": "甲发〔2021〕1号"}, []),
        ("count", "10", {"count": "9"}, ["G-ACT-94"]),
        ("count", "10", {"count": "10"}, []),
        ("count", "10", {"count": "11"}, ["G-ACT-93", "G-ACT-94"]),
        ("ledger", "", {}, ["G-ACT-94"]),
    ],
)
def test_done_needs_the_proof_of_its_kind(done, quantity, cells, codes):
    asked = {"甲局": (Asked("M1", TEXTS["M1"], "", "牵头", quantity=quantity, unit="处", done=done),)}
    rows = sheet(line(5, TEXTS["M1"], row_key("甲局", PERIOD, "M1"), state="已完成", **cells))
    assert [fault.code for fault in review_of([rows], asked, PERIOD, DAY, {}).faults] == codes


def test_headings_and_states_are_known_by_their_usual_words():
    assert column_of("本期进展情况（不超过200字）") == "text" and column_of(" 完 成 情 况 ") == "text"
    assert column_of("经办科室") == ""
    assert (state_word("已完成 "), state_word("正在推进"), state_word("差不多")) == ("办结", "推进中", "")
