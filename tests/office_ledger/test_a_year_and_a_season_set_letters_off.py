"""Triggers of a year and of a season: known from stored figures and numbers, and what is wanting is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from guatu.act.ladder import ladder, settled
from guatu.act.letters import propose
from guatu.demo.make import make
from guatu.errors import ActError
from guatu.load.workspace import Workspace
from guatu.office import snapshots
from guatu.office.ledger import causes_air, causes_year

DAY = date(2021, 10, 11)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city with figures of this year and the last, counties' numbers, no aims of seasons."""
    folder = tmp_path_factory.mktemp("year") / "ws"
    make(folder)
    return folder


@pytest.fixture
def office(city: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    ws = Workspace.open(city)
    monkeypatch.setattr(snapshots, "opened", lambda: ws)
    for one in (causes_year.county_facts, causes_year._year, causes_year._seasons, causes_air._of_counties):
        one.cache_clear()
    yield ws
    (city / causes_year.SEASONS).unlink(missing_ok=True)


def untold(active: str, cases: Any) -> dict[str, str]:
    found = propose(settled(ladder(), ladder().matrix, [active]), cases, [], {})
    return {cause: wanting for cause, _, wanting in found.untold}


def test_a_county_is_held_to_its_own_number_of_the_year(office: Workspace) -> None:
    """plan/authority.toml: 乐平市 30, 浮梁县 24, 昌江区 follows the urban core's 34."""
    told = {name: causes_year.county_facts("v", DAY, name) for name in ("乐平市", "浮梁县", "昌江区")}
    aims = {name: causes_year._aim(office, name, DAY) for name in told}
    assert aims == {"乐平市": Decimal(30), "浮梁县": Decimal(24), "昌江区": Decimal(34)}
    for name, known in told.items():
        now = causes_year._number(office, name, causes_year.Period.of("2021"), DAY)
        assert now is not None and known.facts["misses_year_target"] == int(now > aims[name])
    assert {known.facts["misses_year_target"] for known in told.values()} == {0, 1}
    assert causes_year._aim(office, "乐平市", date(2019, 5, 1)) is None


def test_the_last_whole_year_against_the_one_before_names_what_is_wanting(office: Workspace) -> None:
    cases = list(causes_year.year_cases("v", DAY))
    assert cases and all(one.subject == "年度" and not one.facts for one in cases)
    said = untold("shandong_year", cases)
    assert said["年度 乐平市"] == "年度质量恶化（乐平市2019年 PM2.5 没有数）"
    assert "目标没有存" in untold("shandong_task", cases)["年度 乐平市"]


def test_a_year_that_was_worse_and_missed_its_number(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = {"2021": Decimal(33), "2020": Decimal(31)}
    monkeypatch.setattr(causes_year, "_number", lambda ws, place, period, day: figures.get(str(period)))
    monkeypatch.setattr(causes_year, "_aim", lambda ws, place, day: Decimal(32) if day.year == 2021 else None)
    (first, *_) = causes_year.year_cases("w", date(2022, 2, 1))
    assert first.facts == {"quality_worse": 1, "year_task_missed": 1}
    assert first.figures[1:] == ("PM2.5 33 微克/立方米，上年 31", "2021年目标 32")
    rules = settled(ladder(), ladder().matrix, ["shandong_year"])
    (draft, *_) = propose(rules, [first], [], {}).drafts
    assert draft.letter == "约谈" and "上年 31" in "".join(draft.figures)


def test_without_an_aim_of_the_season_it_says_which_is_wanting(office: Workspace) -> None:
    said = untold("season_short", causes_air.air_cases("v", DAY, {}))
    assert said["空气 乐平市"].startswith("季度改善幅度差多少（乐平市 2021—2022 年秋冬季改善目标没有存")


def test_the_improvement_of_a_season(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """2020—2021: aim 5 %; the last quarter of 2020 fell 4 % short of 50, the whole season 6 %."""
    (office.folder / causes_year.SEASONS).write_text(
        '[[season]]\nplace = "乐平市"\nyear = 2020\nimprovement = "5"\n', encoding="utf-8"
    )
    figures = {"2020Q4": 48, "2019Q4": 50, "2021Q1": 45, "2020Q1": 50}
    figures |= {"2020-10-01..2021-03-31": 47, "2019-10-01..2020-03-31": 50}
    monkeypatch.setattr(
        causes_year,
        "_number",
        lambda ws, place, period, day: Decimal(figures[str(period)]) if str(period) in figures else None,
    )
    monkeypatch.setattr(causes_year, "_aim", lambda ws, place, day: None)
    running = causes_year.county_facts("a", date(2021, 1, 20), "乐平市")
    assert running.facts == {"season_improvement_short": Fraction(1), "season_target_missed": 0}
    over = causes_year.county_facts("a", date(2021, 4, 2), "乐平市")
    assert over.facts == {"season_improvement_short": Fraction(-5), "season_target_missed": 0}
    early = causes_year.county_facts("a", date(2020, 11, 2), "乐平市")
    assert early.missing["season_improvement_short"] == "2020年4季度还没有过完"
    del figures["2019-10-01..2020-03-31"]
    causes_year.county_facts.cache_clear()
    lost = causes_year.county_facts("a", date(2021, 4, 2), "乐平市")
    assert lost.missing["season_target_missed"] == "乐平市2019年10月1日至2020年3月31日 PM2.5 没有数"


def test_wrong_aims_are_said_in_words() -> None:
    with pytest.raises(ActError) as caught:
        causes_year._seasons('[[season]]\nplace = "乐平市"\n')
    assert caught.value.codes == ("G-LEDGER-33",)
