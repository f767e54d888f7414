"""Task progress, rectification, the one page, the year and a body's facts, from rows counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from guatu.base.period import Period
from guatu.errors import GuatuError
from guatu.judge.board import plan_of
from guatu.load.workspace import Workspace
from guatu.report.facts import Duties, Measure, Office, Overdue, Problems, Rate, Reporting
from guatu.report.kinds import KINDS, made
from guatu.report.paper import Grid, Paper, plain

DAY = date(2021, 10, 11)
MEASURES = (
    Measure("M1", "大气", "淘汰锅炉", "市住建局", date(2021, 9, 30), "逾期", "滞后", 11, said="等设备"),
    Measure("M2", "大气", "抑制扬尘", "市住建局", date(2021, 10, 10), "办结", "完成", 0),
    Measure("M3", "大气", "开展帮扶", "市生态环境局", None, "推进中", "达序时", 0, partners=("市住建局",)),
    Measure("M4", "水", "排查排口", "市水利局", date(2021, 12, 31), "未报", "未报", 0),
    Measure("M5", "水", "清理黑臭", "市水利局", date(2021, 10, 11), "滞后", "滞后", 0),
)
REPORTING = (Reporting("市住建局", 2, 2, "按时"), Reporting("市水利局", 2, 1, "漏报 1 项"))
COUNTS = {"of": 14, "accepted": 12, "closed": 5, "provisional": 1, "due": 10, "due-done": 9, "long_term": 2}
RATE = Rate("provincial", "省级督察清单", "三/（五）2", "90", False, COUNTS)
LATE = Overdue("SJ-1", "渗滤液外溢", "市住建局", "乐平市", "张三", date(2021, 9, 1), 40)
OFFICE = Office(
    Duties(MEASURES, REPORTING, "2021-09"),
    Problems((RATE,), (LATE,), (("省级督察", 21, 13, 4), ("信访", 5, 2, 2)), {"市住建局": (3, 1, 1)}),
)


def paper(city: Workspace, kind: str, period: str, subject: str = "", office: Office = OFFICE) -> Paper:
    return made(city, plan_of(city), kind, Period.of(period), DAY, lambda *_: office, subject)


def told(made_: Paper, *keys: str) -> list[str]:
    return [made_.numbers()[key].text for key in keys]


def test_the_bulletin_of_tasks(city: Workspace) -> None:
    found = paper(city, "tasks", "2021-09")
    assert told(found, "tasks/all", "tasks/逾期", "tasks/滞后", "tasks/办结", "tasks/未报") == ["5", "1", "1", "1", "1"]
    # due: M1, M2, M5 have their node on or before the day; of them M2 is done: 1 of 3
    assert told(found, "tasks/due", "tasks/due_done", "tasks/due_rate", "tasks/behind") == ["3", "1", "33.3", "2"]
    assert told(found, "reporting/all", "reporting/owing") == ["2", "1"]
    assert "等设备" in found.text and "排查排口" in found.text
    assert found.text.index("淘汰锅炉") < found.text.index("排查排口")


def test_a_year_without_a_breakdown_says_so(city: Workspace) -> None:
    assert "任务还没有分解" in paper(city, "tasks", "2021-09", office=Office()).text


def test_the_bulletin_of_rectification(city: Workspace) -> None:
    found = paper(city, "rectification", "2021-09")
    assert told(found, "problems/all", "problems/closed", "problems/open", "problems/overdue") == [
        "26",
        "15",
        "11",
        "6",
    ]
    # 12/14 = 85.714…, 9/10 = 90
    assert told(found, "provincial/of", "provincial/accepted", "provincial/rate", "provincial/due_rate") == [
        "14", "12", "85.71", "90.00",
    ]  # fmt: skip
    assert "要求90%，还没有达到" in found.text and "张三" in found.text


def test_one_page_puts_what_is_red_first(city: Workspace) -> None:
    found = paper(city, "brief", "2021-09")
    assert told(found, "tasks/behind", "problems/overdue") == ["2", "1"]
    (grid,) = [one for one in found.blocks if isinstance(one, Grid) and one.caption == "要盯的目标"]
    states = [plain(row[4]) for row in grid.rows]
    assert states and set(states) <= {"暂未达标", "未达序时", "未达标"}, (
        "what is behind comes before what is only close"
    )
    assert "项未列" in plain((grid.notes[0],))
    assert "市住建局1项" in found.text


def test_the_report_of_a_running_year_is_provisional(city: Workspace) -> None:
    found = paper(city, "yearly", "2021")
    assert "年度未结束" in found.text
    assert len([key for key in found.numbers() if key.endswith("/so_far")]) == len(plan_of(city).targets)


def test_the_facts_of_a_body(city: Workspace) -> None:
    found = paper(city, "duty", "2021", "市住建局")
    assert told(found, "市住建局/lead", "市住建局/part", "市住建局/tasks") == ["2", "1", "1"]
    assert told(found, "市住建局/problems/all", "市住建局/problems/closed", "市住建局/problems/overdue") == [
        "3",
        "1",
        "1",
    ]
    assert "排查排口" not in found.text
    for subject in ("", "没有局"):
        with pytest.raises(GuatuError) as error:
            paper(city, "duty", "2021", subject)
        assert error.value.faults[0].code == "G-REPORT-05"


def test_the_command_names_every_kind() -> None:
    from guatu.cli.report import NAMES

    assert {name: (kind.title, kind.of) for name, kind in KINDS.items()} == NAMES
