"""A scheme nobody could score by is refused with all its faults at once, each by its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from guatu.errors import GuatuError
from guatu.score import define, schemes
from guatu.score.book import scheme_at
from guatu.score.lines import lines_of
from tests.score.schemes_in_text import HEAD

ITEM = '[[item]]\nid = "A"\ntitle = "甲"\npoints = 10\nscored_by = ["办"]\n'


def faults(text: str) -> list[tuple[str, str]]:
    with pytest.raises(GuatuError) as caught:
        define(text, "x.toml")
    return [(fault.code, fault.where) for fault in caught.value.faults]


def at(text: str, code: str, line: int) -> None:
    assert (code, f"考核细则 x.toml 第 {line} 行") in faults(text)


FIRST = HEAD.count("\n") + 1
"""The line of the first key after the head."""


def test_all_faults_come_at_once_each_with_its_line() -> None:
    text = f"""{HEAD}full = 90
weather = "fine"
[[item]]
id = "A"
title = "甲"
points = "ten"
scored_by = ["办"]
rule = {{ kind = "steps" }}
[[item]]
id = "B"
points = 5
scored_by = "办"
rule = {{ kind = "step", base = 3, better = "down", unit = 1, k = 2 }}
[[item.modifier]]
kind = "zero_if"
when = {{ of = "x", is = "=>", than = 3 }}
"""
    lines = text.splitlines()
    expected = {
        ("G-SCORE-02", lines.index('weather = "fine"') + 1),
        ("G-SCORE-04", lines.index('points = "ten"') + 1),
        ("G-SCORE-05", lines.index('rule = { kind = "steps" }') + 1),
        ("G-SCORE-03", lines.index('id = "B"')),
        ("G-SCORE-04", lines.index('scored_by = "办"') + 1),
        ("G-SCORE-04", next(n for n, one in enumerate(lines, 1) if '"down"' in one)),
        ("G-SCORE-13", next(n for n, one in enumerate(lines, 1) if '"=>"' in one)),
    }
    assert {(code, int(where.split(" ")[-2])) for code, where in faults(text)} == expected


@pytest.mark.parametrize(
    ("item", "code", "line"),
    [
        (ITEM, "G-SCORE-03", FIRST + 1),
        (ITEM + 'rule = { kind = "all", when = { of = "x", is = ">", than = 1 } }', "G-SCORE-06", FIRST + 6),
        (ITEM + 'rule = { kind = "ratio", of = 1.5, to = 2 }', "G-SCORE-04", FIRST + 6),
        (ITEM + 'rule = { kind = "judge" }\n' + ITEM + 'rule = { kind = "judge" }', "G-SCORE-07", FIRST + 7),
        (ITEM + 'rule = { kind = "checklist" }', "G-SCORE-12", FIRST + 6),
        (ITEM + 'rule = { kind = "judge" }\nblock = "无"', "G-SCORE-12", FIRST + 7),
        (ITEM + 'rule = { kind = "judge" }\ntarget = "无"', "G-SCORE-12", FIRST + 7),
        (ITEM + 'rule = { kind = "judge" }\nmissing = "skip"', "G-SCORE-04", FIRST + 7),
        (
            ITEM + 'rule = { kind = "judge" }\nmodifier = [\n{ kind = "waive_if", what = ["谁"], '
            'when = { of = 1, is = "==", than = 1 } },\n]',
            "G-SCORE-12",
            FIRST + 8,
        ),
        (
            ITEM + 'rule = { kind = "checklist" }\npart = [\n'
            '{ id = "a", title = "a", points = 3, rule = { kind = "judge" } },\n]',
            "G-SCORE-08",
            FIRST + 4,
        ),
        (ITEM + 'rule = { kind = "judge" }\n[[grade]]\nname = "优"\nleast = 60', "G-SCORE-09", FIRST + 7),
        (
            ITEM + 'rule = { kind = "judge" }\n[[veto]]\nid = "v"\ntitle = "v"\neffect = "cap_at"\ngrade = "无"\n'
            'when = { of = 1, is = "==", than = 1 }',
            "G-SCORE-12",
            FIRST + 11,
        ),
    ],
)  # fmt: skip
def test_each_fault_stands_at_its_line(item: str, code: str, line: int) -> None:
    at(f"{HEAD}full = 10\n{item}\n", code, line)


def test_points_that_do_not_add_up_are_refused() -> None:
    at(f'{HEAD}full = 12\n{ITEM}rule = {{ kind = "judge" }}\n', "G-SCORE-08", FIRST)


def test_what_is_no_toml_and_what_has_no_period() -> None:
    assert faults("[scheme")[0][0] == "G-SCORE-01"
    assert faults(f"{HEAD.replace('2021', '去年', 2)}")[0][0] == "G-SCORE-01"
    text = HEAD.replace('period = "2021"', 'period = "去年"') + ITEM + 'rule = { kind = "judge" }\n'
    assert faults(text) == [("G-SCORE-10", "考核细则 x.toml 第 5 行")]


def test_a_condition_is_never_run() -> None:
    """A text where a condition is asked for is refused; nothing in a file is ever executed."""
    text = f'{HEAD}full = 10\n{ITEM}rule = {{ kind = "all", when = "__import__(\'os\')" }}\n'
    assert [code for code, _ in faults(text)] == ["G-SCORE-04"]


def test_numbers_are_exact_decimals() -> None:
    text = f'{HEAD}full = 0.3\n{ITEM.replace("10", "0.3")}rule = {{ kind = "judge" }}\n'
    assert str(define(text, "x.toml").full) == "3/10"


def test_the_line_of_a_row_of_an_array() -> None:
    lines = lines_of(
        "[a]\nb = [\n  { c = 1 },\n  { c = 2 },\n]\n[[d]]\ne = 1\n[[d]]\n[d.f]\ng = 1\n[[d.h]]\n[[d.h]]\ni = 1\n"
    )
    assert [lines[("a", "b", n)] for n in (0, 1)] == [3, 4]
    assert [lines[("d", 0)], lines[("d", 1, "f", "g")], lines[("d", 1, "h", 1, "i")]] == [6, 10, 13]


def test_an_offices_own_scheme_goes_before_the_demonstrations(tmp_path: Path) -> None:
    from datetime import date

    assert scheme_at("counties", date(2021, 6, 1), tmp_path, demo=True).id == "demo-counties-2021"
    assert scheme_at("counties", date(2020, 6, 1), tmp_path, demo=True).id == "demo-counties-2020"
    with pytest.raises(GuatuError) as caught:
        scheme_at("counties", date(2021, 6, 1), tmp_path)
    assert caught.value.codes == ("G-SCORE-30",)
    (tmp_path / "schemes").mkdir()
    own = f'{HEAD}full = 10\n{ITEM}rule = {{ kind = "judge" }}\n'
    (tmp_path / "schemes" / "own.toml").write_text(own, encoding="utf-8")
    assert scheme_at("counties", date(2021, 6, 1), tmp_path, demo=True).id == "t"
    (tmp_path / "schemes" / "two.toml").write_text(own.replace('"t"', '"u"\nfamily = "t"'), encoding="utf-8")
    with pytest.raises(GuatuError) as caught:
        schemes(tmp_path)
    assert caught.value.codes == ("G-SCORE-11",)


def test_a_table_nobody_knows_is_named_where_it_first_stands() -> None:
    text = f'{HEAD}full = 10\n\n[[itme]]\nid = "A"\n\n[[itme]]\nid = "B"\n'
    at(text, "G-SCORE-02", text.splitlines().index("[[itme]]") + 1)
