"""Questions about reports, tasks, scores, papers and the log: 12-14, 17-20, 27-29, 32."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from docx import Document

from guatu.office import breakdowns, log, records
from guatu.office.models import Role
from guatu.office.scoring import sheets
from guatu.score.book import scheme
from tests.office_questions.desk import Desk, squeezed
from tests.office_questions.of_figures import made, numbers_agree
from tests.office_questions.questions import question

COUNTIES, LAST = "demo-counties-2021", "demo-counties-2020"


@question(
    12, "主任", "这个月谁没报、谁迟报",
    ("guatu collect gaps --period 2021-09 --by-task",), ("/collect/2021-09/",),
    "单位、任务、缺哪条、迟几天；催报函和清单可下载",
)  # fmt: skip
def who_has_not_reported(desk: Desk) -> None:
    told = desk.rows("guatu collect gaps --period 2021-09 --by-task")
    assert desk.page("/collect/2021-09/").rows("缺报的") == told
    assert {row[0] for row in told} >= {"市住建局", "珠山区"} and len(told) > 40


@question(
    13, "主任", "任务哪些滞后，牵头单位和县区各是谁",
    ("guatu duties list --behind",), ("/behind/",),
    "任务、措施、原文位置、迟几天、牵头、市直单位、县（市、区）；没有覆盖的区点名",
)  # fmt: skip
def what_is_behind(desk: Desk) -> None:
    told = desk.rows("guatu duties list --behind")
    page = desk.page("/behind/")
    assert page.rows("原文位置") == told and len(told) >= 7
    sentence = desk.lines("guatu duties list --behind")[-1]
    page.says(sentence)
    assert "没有任务覆盖" in sentence


@question(
    14, "科员", "做推进情况通报，附滞后清单",
    ("guatu report tasks --month 2021-09 -o 通报.docx",), ("/bulletins/",),
    "GB/T 9704 版式的 Word，每个数可核对，附表列滞后的",
)  # fmt: skip
def progress_paper(desk: Desk) -> None:
    desk.told("guatu report tasks --month 2021-09 -o 通报.docx")
    page = made(desk, "tasks", "2021-09")
    assert numbers_agree(desk, "guatu report tasks --month 2021-09", page) > 3
    number = re.search(r"/bulletins/(B\d+)/file.docx", page.html)
    assert number is not None
    other = Path("页面.docx")
    other.write_bytes(desk.got(f"/bulletins/{number[1]}/file.docx").content)
    by_command, by_page = (
        [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(str(path)).tables]
        for path in ("通报.docx", other)
    )
    assert by_command == by_page and by_command
    assert "不符" not in desk.told("guatu report check 页面.docx").splitlines()[-1]


@question(
    17, "考核组", "按今年细则给各县试算分，每分扣在哪",
    ("guatu score", "guatu score why 浮梁县"), ("/scores/", f"/scores/{COUNTIES}/浮梁县/"),
    "得分、名次、等次，标试算；失分逐条，合计等于满分减得分；缺项怎么处理写明",
)  # fmt: skip
def trial_scores(desk: Desk) -> None:
    told = json.loads(desk.told("guatu score --json"))
    desk.asked.append("guatu score")
    page = desk.page("/scores/")
    assert len(told) == 6
    for one in told:
        page.says(f"{one['rank']}{one['subject']}", str(one["total"]))
    why = json.loads(desk.told("guatu score why 浮梁县 --json"))
    desk.asked.append("guatu score why 浮梁县")
    sheet = desk.page(f"/scores/{COUNTIES}/浮梁县/")
    total = Decimal(str(next(one["total"] for one in told if one["subject"] == "浮梁县")))
    assert sum(Decimal(str(one["lost"])) for one in why) == 100 - total
    words = [(Decimal(one["lost"]), one["item"]) for one in why]
    told = [f"失{lost}" if lost > 0 else f"加{-lost}" for lost, item in words if item]
    sheet.says(f"满分 100 － 得分 {total} ＝ {100 - total}", *told)


@question(
    18, "浮梁县", "为什么 W1 扣了分，我们要申诉",
    ("guatu score why 浮梁县 --item W1", "guatu score object 浮梁县 W1 --reason 上游来水已超标"),
    (f"/scores/{COUNTIES}/浮梁县/",),
    "月份、断面、入境核定、规则原文；异议记下当时的得分表，复核前后都留着",
)  # fmt: skip
def an_objection(desk: Desk) -> None:
    told = squeezed(desk.told("guatu score why 浮梁县 --item W1"))
    page = desk.page(f"/scores/{COUNTIES}/浮梁县/", Role.COUNTY, "浮梁县")
    lost = re.search(r"失([\d.]+)分，共1条", told)
    assert lost is not None
    page.says(f"失{Decimal(lost[1]):.2f}W1")
    why = json.loads(desk.told("guatu score why 浮梁县 --item W1 --json"))
    steps = next(one["steps"] for one in why if one["item"] == "W1")
    for step in steps:
        page.says(step["title"], step["words"], *step["rows"])
    assert any("演示断面7" in row for step in steps for row in step["rows"])
    said = desk.told("guatu score object 浮梁县 W1 --reason 上游来水已超标")
    number = re.search(r"异议 (\d+) 已记下", said)
    assert number is not None
    desk.page(f"/scores/{COUNTIES}/浮梁县/", Role.COUNTY, "浮梁县").says("上游来水已超标")


@question(
    19, "考核组", "某县没有这项任务，分怎么算",
    ("guatu score sheet 浮梁县",), (f"/scores/{COUNTIES}/浮梁县/",),
    "细则写明的办法（缺项折算、满分、同组平均），算式印在得分表上",
)  # fmt: skip
def a_task_nobody_has(desk: Desk) -> None:
    told = squeezed(desk.told("guatu score sheet 浮梁县"))
    sentence = re.search(r"缺项[\d.]+分，折算：[\d.]+÷[\d.]+×100", told)
    assert sentence is not None
    desk.page(f"/scores/{COUNTIES}/浮梁县/").says(sentence[0])
    missing, got, base = (Decimal(one) for one in re.findall(r"[\d.]+", sentence[0])[:3])
    sheet = json.loads(desk.told("guatu score sheet 浮梁县 --json"))
    desk.asked.append("guatu score sheet 浮梁县")
    beyond = sum(Decimal(one["got"]) for one in sheet["lines"] if one["got"] and not Decimal(one["points"]))
    assert base == 100 - missing and abs(got / base * 100 + beyond - Decimal(sheet["total"])) < Decimal("0.011")


@question(
    20, "考核组", "去年的分用去年的细则再算一遍",
    (f"guatu score --scheme {LAST} --as-of 2021-01-15", "guatu score verify"),
    (f"/scores/{LAST}/乐平市/?day=2021-01-15",),
    "定稿时留底的得分表、数据、细则，逐字节重算相同；印出细则和数据版本",
)  # fmt: skip
def last_years_scores(desk: Desk) -> None:
    told = json.loads(desk.told(f"guatu score --scheme {LAST} --as-of 2021-01-15 --json"))
    desk.asked.append(f"guatu score --scheme {LAST} --as-of 2021-01-15")
    totals = {one["subject"]: one["total"] for one in told}
    desk.page(f"/scores/{LAST}/乐平市/?day=2021-01-15").says(f"乐平市{totals['乐平市']}分")
    done = desk.sent(f"/scores/{LAST}/final/?day=2021-01-15", {})
    assert done.status_code == 200
    printed = desk.told("guatu score verify")
    by = scheme(LAST)
    for name, total in totals.items():
        assert f"{name} {total} 分，与定稿逐字节相同" in printed
    found = sheets.scores(desk.ws, by, date(2021, 1, 15))
    assert by.sha256[:12] in printed and found.facts.data_version in printed


@question(
    27, "领导", "开会前的一页纸：目标、任务、问题、预警",
    ("guatu report brief --month 2021-09 -o 一页纸.docx",), ("/wall/", "/bulletins/"),
    "红的在前，写到责任单位；墙上是同一批数",
)  # fmt: skip
def one_page(desk: Desk) -> None:
    desk.told("guatu report brief --month 2021-09 -o 一页纸.docx")
    page = made(desk, "brief", "2021-09")
    assert numbers_agree(desk, "guatu report brief --month 2021-09", page) > 10
    text = desk.told("guatu report brief --month 2021-09")
    counted = re.search(r"暂未达标(\d+)项，临界(\d+)项，无法判定(\d+)项", squeezed(text))
    assert counted is not None
    behind, close, none = counted.groups()
    desk.page("/wall/").says(f"27项目标：{behind}项暂未达标、{close}项临界", f"{none}项无法判定")


@question(
    28, "办公室", "成员单位述职要哪些数，给市住建局生成初稿",
    ("guatu report duty --year 2021 --body 市住建局 -o 述职.docx",), ("/bulletins/",),
    "承担的任务、完成、逾期、督察问题；只写事实，自评留空",
)  # fmt: skip
def a_body_on_duty(desk: Desk) -> None:
    desk.told("guatu report duty --year 2021 --body 市住建局 -o 述职.docx")
    page = made(desk, "duty", "2021", body="市住建局")
    assert numbers_agree(desk, "guatu report duty --year 2021 --body 市住建局", page) > 5
    page.says("市住建局", "述职")
    sheet = squeezed(desk.told("guatu score why 市住建局"))
    for line in page.text.split("失分清单")[1].splitlines():
        if line.startswith("U"):
            assert squeezed(line) in sheet, "each item that lost points is one of the sheet's"
    assert "M017" in desk.told("guatu report duty --year 2021 --body 市住建局") and "M017" in page.text


@question(
    29, "档案", "9 月 15 日当天的台账是什么样",
    ("guatu log at 2021-09-15 --kind measure",), ("/log/past/?at=2021-09-15&kind=measure",),
    "那一天结束时的每一条，此后谁改了什么",
)  # fmt: skip
def a_past_day(desk: Desk) -> None:
    lines = desk.told("guatu log at 2021-09-15 --kind measure").splitlines()
    at = next(number for number, line in enumerate(lines) if "结束时共" in line)
    stood = [[squeezed(cell) for cell in line.split("\t")] for line in lines[1:at] if "\t" in line]
    since = [[squeezed(cell) for cell in line.split("\t")] for line in lines[at + 2 :] if "\t" in line]
    page = desk.page("/log/past/?at=2021-09-15&kind=measure", Role.AUDITOR)
    assert page.rows("内容") == stood and len(stood) == 44
    assert (page.rows("现在") if since else []) == since


@question(
    32, "纪检", "这条删过没有，谁改了时限",
    ("guatu log show measure/M010", "guatu log verify"), ("/log/?subject=measure/M010",),
    "一笔扣一笔的留痕，删过的也在",
)  # fmt: skip
def who_moved_a_date(desk: Desk) -> None:
    breakdowns.edit("M010", {"node": "2021-12-31"}, "李四", "汛情影响")
    told = desk.rows("guatu log show measure/M010")
    page = desk.page("/log/?subject=measure/M010", Role.AUDITOR)
    assert page.rows("做了什么") == told and len(told) == len(records.history("measure/M010"))
    sentence = desk.lines("guatu log show measure/M010")[-1]
    page.says(sentence)
    assert "李四" in sentence and "没有删过" in sentence and "时限改过 1 次" in sentence
    desk.told("guatu log verify")
    assert log.verify() == ()
