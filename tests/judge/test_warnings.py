"""Declared triggers: each is said once until it changes, with who is told and what they can do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from guatu.judge.heavy import heavy_level
from guatu.judge.warn import told_on, triggers, warnings_on
from guatu.judge.warn_finders import FINDERS
from guatu.load.lists import store_list
from guatu.load.water_class import Paper, store_classes
from guatu.load.weather import store_weather
from guatu.load.workspace import Workspace
from guatu.read.plan import Head, Plan, Target
from tests.judge.made import QUIET, all_days, hour, of_rows
from tests.judge.targets import good_days, pm25
from tests.load.city import CITY

DAY = date(2021, 10, 11)


def plan(*targets: Target) -> Plan:
    return Plan(Head(year=2021), tuple(replace(one, id=f"T{at}") for at, one in enumerate(targets, 1)))


def of(found: object, trigger: str) -> list[str]:
    return [one.text for one in found if one.trigger == trigger]  # type: ignore[attr-defined]


def hours(folder: Path, until: date, bad: set[date], high: int = 120) -> Workspace:
    """PM2.5 of 20 every day, of 120 (AQI 158) on the bad ones."""
    return of_rows(
        folder,
        [
            {**QUIET, "time": hour(day, end), "station": "S1", "pm25": high if day in bad else 20}
            for day in all_days(until=until) for end in range(1, 25)
        ],
    )  # fmt: skip


def test_every_trigger_is_declared_whole() -> None:
    for trigger in triggers():
        assert trigger.finder in FINDERS
        assert trigger.told
        assert trigger.can
    assert len({trigger.id for trigger in triggers()}) == len(triggers())


def test_days_left_are_said_again_with_every_day_used(tmp_path: Path) -> None:
    """92 % of 365 leaves 29 bad days. 24 used leave 5, which is said; the next quiet day says nothing, the next bad one
    says 4."""
    bad = {date(2021, 2, 1) + timedelta(days=k) for k in range(24)}
    ws = hours(tmp_path, date(2021, 3, 3), bad | {date(2021, 3, 3)})
    asked = plan(good_days("92"))
    first = told_on(ws, asked, date(2021, 3, 1))
    assert of(first.new, "room.days") == ["T1 单站 优良天数：还可超标 5 天，没有去年同期的数"]
    quiet = told_on(ws, asked, date(2021, 3, 2))
    assert of(quiet.new, "room.days") == []
    assert [one.since for one in quiet.standing if one.trigger == "room.days"] == [date(2021, 3, 1)]
    worse = told_on(ws, asked, date(2021, 3, 3))
    assert of(worse.new, "room.days") == ["T1 单站 优良天数：还可超标 4 天，没有去年同期的数"]


def test_a_warning_that_no_longer_holds_is_lifted_once(tmp_path: Path) -> None:
    ws = hours(tmp_path, date(2021, 1, 20), set(all_days(until=date(2021, 1, 3))))
    asked = plan(pm25("36"))
    assert of(told_on(ws, asked, date(2021, 1, 3)).new, "target.behind")
    assert of(told_on(ws, asked, date(2021, 1, 20), keep=False).gone, "target.behind")
    lifted = told_on(ws, asked, date(2021, 1, 20))
    assert of(lifted.gone, "target.behind")
    assert of(told_on(ws, asked, date(2021, 1, 20)).gone, "target.behind") == []


def sections(ws: Workspace) -> None:
    text = (
        '[[section]]\nid = "A"\nname = "鲇鱼山"\naim = 3\nplace = "2"\n[[section]]\nid = "B"\nname = "潭口"\naim = 2\n'
    )
    (ws.folder / "plan" / "sections.toml").write_text(text, encoding="utf-8")


def classes(ws: Workspace, month: str, rows: dict[str, str]) -> None:
    path = ws.folder / f"{month}.csv"
    said = "\n".join(f"{name},{word},总磷(0.5)" for name, word in rows.items())
    path.write_text(f"{month[:4]}年{int(month[5:])}月断面水质\n断面名称,水质类别,超标项目\n{said}\n", encoding="utf-8")
    store_classes(ws, path, Paper(f"通报{month}", date(2021, int(month[5:]) + 1, 9)))


def test_a_section_over_its_class_two_months_running(tmp_path: Path) -> None:
    ws = Workspace.create(tmp_path / "ws", CITY)
    sections(ws)
    classes(ws, "2021-06", {"鲇鱼山": "Ⅳ", "潭口": "Ⅱ"})
    assert of(warnings_on(ws, plan(), date(2021, 7, 10)), "section.worse") == []
    classes(ws, "2021-08", {"鲇鱼山": "Ⅳ", "潭口": "Ⅲ"})
    assert of(warnings_on(ws, plan(), date(2021, 9, 10)), "section.worse") == []  # July is missing: not running
    classes(ws, "2021-07", {"鲇鱼山": "Ⅴ", "潭口": "Ⅱ"})
    found = [one for one in warnings_on(ws, plan(), date(2021, 9, 10)) if one.trigger == "section.worse"]
    assert [one.text for one in found] == ["鲇鱼山 已连续 3 个月超过目标Ⅲ类，2021-08 为Ⅳ类（总磷(0.5)）"]
    assert "乙县" in found[0].told


def test_lists_behind_their_date_and_soon_due(tmp_path: Path) -> None:
    ws = Workspace.create(tmp_path / "ws", CITY)
    path = ws.folder / "p.csv"
    path.write_text(
        "问题,县区,是否完成,整改时限,完成时间\n一,甲区,否,2021-09-30,\n二,乙县,否,2021-11-05,\n"
        "三,乙县,是,2021-09-01,2021-08-01\n四,甲区,否,2021-12-31,\n",
        encoding="utf-8",
    )
    store_list(ws, path, "problems", label="省级督察", at_period="2021-09", received=date(2021, 10, 1))
    found = warnings_on(ws, plan(), DAY)
    assert of(found, "list.late") == ["省级督察：逾期未完成 1 件：一（2021-09-30）"]
    assert of(found, "list.due") == ["省级督察：即将到期 1 件：二（2021-11-05）"]
    assert [one.told[-1] for one in found if one.trigger.startswith("list.")] == ["甲区", "乙县"]


A = date(2021, 12, 1)
B = date(2025, 1, 6)


@pytest.mark.parametrize(
    ("first", "aqi", "level"),
    [
        (A, [201], None), (A, [201, 201], "黄色"), (A, [200, 201], None), (A, [201, 200, 201], None),
        (A, [201, 201, 201], "橙色"), (A, [201] * 4, "橙色"), (A, [201, 301, 301, 201], "红色"), (A, [500], "红色"),
        (A, [201, 301, 201, 301], "橙色"),
        # the thresholds of 2024 are lower
        (B, [201], "黄色"), (B, [151, 151], "黄色"), (B, [151], None), (B, [201, 201], "橙色"),
        (B, [151, 151, 151], "橙色"), (B, [201, 201, 301], "红色"),
        # in 2017 orange asked for a day over 300 as well
        (date(2017, 12, 1), [201, 201, 201], "黄色"), (date(2017, 12, 1), [201, 201, 301], "橙色"),
    ],
)  # fmt: skip
def test_levels_of_heavy_pollution_by_the_rules_of_the_day(first: date, aqi: list[int], level: str | None) -> None:
    found = heavy_level({first + timedelta(days=at): value for at, value in enumerate(aqi)}, first)
    assert (found[0] if found else None) == level


def test_heavy_days_so_far_and_forecast_go_together(tmp_path: Path) -> None:
    """PM2.5 of 200 is AQI 250: one such day alone is nothing in 2021, with a forecast of 220 it is yellow."""
    ws = hours(tmp_path, date(2021, 1, 5), {date(2021, 1, 5)}, high=200)
    day = date(2021, 1, 5)
    assert of(warnings_on(ws, plan(), day), "air.heavy") == []
    path = ws.folder / "w.csv"
    path.write_text("产品,日期,AQI上限,文号,发布日期\n空气质量预报,2021-01-06,220,一期,2021-01-05\n", encoding="utf-8")
    store_weather(ws, path)
    found = of(warnings_on(ws, plan(), day), "air.heavy")
    assert len(found) == 1
    assert "单站 AQI 01-05 250、01-06 220，达到黄色预警条件：AQI 大于 200 持续 48 小时" in found[0]


def test_a_target_of_which_nothing_is_known_gives_no_warning(tmp_path: Path) -> None:
    ws = Workspace.create(tmp_path / "ws", CITY)
    assert warnings_on(ws, plan(pm25("30"), replace(pm25("30"), value=Decimal(1), scope="空白区")), DAY) == ()
