"""Every word of the distilled vocabulary stands in ours; sections tell their months; ties have second keys."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

from guatu.base.period import Period
from guatu.load.water_class import Paper, store_classes
from guatu.load.workspace import Workspace
from guatu.score import Fact, Facts, scores_of
from guatu.score.feeding_sections import section_fact
from guatu.score.functions import FUNCTIONS
from guatu.score.scheme import MISSING, TIES
from guatu.score.vocabulary import vocabulary
from tests.score.schemes_in_text import one_item

YEAR, DAY = Period.of("2021"), date(2021, 10, 11)


def test_every_kind_of_the_sources_can_be_written(shared: Callable[..., Path]) -> None:
    said = tomllib.loads(shared("assessment", "_vocabulary.toml").read_text(encoding="utf-8"))
    words = vocabulary()
    assert {one["kind"] for one in said["score"]} == set(words["score"]) == {*FUNCTIONS, "checklist"}
    assert {one["kind"] for one in said["modifier"]} == set(words["modifier"])
    assert {one.partition("(")[0] for one in said["compose"]["ops"]} == set(words["compose"])
    assert {one.partition(":")[0] for one in said["policy"]["missing"]} == set(MISSING)
    for word in [*words["score"].values(), *words["modifier"].values(), *words["source"].values()]:
        assert word.title and not set(word.needed) & set(word.may), word.kind


def test_equal_totals_are_told_apart_by_the_second_key() -> None:
    """优良天数比例 first, then PM2.5; still equal is a tie."""
    head = 'then = [["A", "days", "higher"], ["A", "pm", "lower"]]'
    scheme = one_item('{ kind = "judge" }', head=head, facts="days pm")
    rows = {"甲": (80, 30), "乙": (90, 35), "丙": (80, 30), "丁": (90, 31)}
    facts = Facts({
        name: {"A": {"points": Fact(Fraction(8)), "days": Fact(Fraction(days)), "pm": Fact(Fraction(pm))}}
        for name, (days, pm) in rows.items()
    })  # fmt: skip
    assert [(one.subject, one.rank) for one in scores_of(scheme, facts, DAY).sheets] == [
        ("丁", 1), ("乙", 2), ("甲", 3), ("丙", 3),
    ]  # fmt: skip
    assert set(TIES) == {"1224", "1223"}


def test_a_published_month_over_its_aim_is_counted_with_its_section(city: Workspace, tmp_path: Path) -> None:
    """Published classes of May: 演示断面7 Ⅳ and 演示断面3 劣Ⅴ where Ⅲ is the aim; the year stays as it was."""
    shutil.copytree(city.folder, tmp_path / "ws")
    ws = Workspace.open(tmp_path / "ws")
    place = "浮梁县"
    before = {what: section_fact(ws, what, place, YEAR, DAY) for what in ("over", "inferior", "all", "good")}
    assert [row.day for row in before["over"].rows] == ["2021-07"], "the demonstration publishes July besides"
    path = tmp_path / "may.csv"
    path.write_text("断面名称,水质类别\n演示断面7,Ⅳ\n演示断面3,劣Ⅴ\n", encoding="utf-8")
    paper = Paper("演示水质通报〔2021〕5号", date(2021, 6, 8), "2021年5月")
    store_classes(ws, path, paper, person="演示", at=datetime(2021, 6, 8, 9))
    after = {what: section_fact(ws, what, place, YEAR, DAY) for what in ("over", "inferior", "all", "good")}
    assert (after["over"].number, after["inferior"].number) == (3, 1)
    assert [(row.day, row.text.split(" ")[0]) for row in after["over"].rows] == [
        ("2021-05", "演示断面3"), ("2021-05", "演示断面7"), ("2021-07", "演示断面7"),
    ]  # fmt: skip
    assert after["all"] == before["all"] and after["good"] == before["good"]
    assert section_fact(ws, "over", place, YEAR, date(2021, 5, 31)).number == 0, "not known before it was published"
    assert section_fact(ws, "all", "高新区", YEAR, DAY).absent
