"""Every figure, word and reason the judge gives is on the pages, and nothing is made up beside it."""

import csv
import io
import re

import pytest
from python_calamine import CalamineWorkbook

from guatu.office.models import Role
from tests.office import sample

pytestmark = pytest.mark.django_db


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def test_the_wall_opens_with_what_is_wrong(office, person):
    page = text_of(person(Role.LEADER).get("/wall/"))
    assert "27项目标：2项未达标、1项临界，3项达标，21项无法判定。" in page
    assert re.search("最吃紧：城区优良天数，[^。]*还可超标 5 天，去年同期超标 14 天。", page)
    assert "29项任务" in page and "30 个责任块" in page and "未报 30" in page
    assert "数据截至 10月11日24时" in page and "距年底 81 天" in page


def test_the_wall_shows_every_tile_in_the_notices_order(office, person):
    page = person(Role.LEADER).get("/wall/").content.decode()
    assert re.findall(r'<li class="tile k-[a-z]+"><a href="/targets/(T\d+)/"', page) == [
        f"T{n:02d}" for n in range(1, 28)
    ]


def test_bad_days_are_drawn_one_cell_each(office, person):
    page = person(Role.LEADER).get("/wall/").content.decode()
    cells = re.search(r'<ul class="cells".*?</ul>', page, re.S)[0]
    assert cells.count("<li") == 36 and cells.count('"left"') == 5


def test_targets_are_worst_first_unless_asked_otherwise(office, person):
    client = person(Role.ANALYST)
    codes = re.findall(r'<th scope="row"><a href="/targets/(T\d+)/"', client.get("/targets/").content.decode())
    assert codes[:4] == ["T05", "T04", "T02", "T01"] and len(codes) == 27
    codes = re.findall(r'<th scope="row"><a href="/targets/(T\d+)/"', client.get("/targets/?sort=doc").content.decode())
    assert codes == sorted(codes)


@pytest.mark.parametrize(
    ("status", "number"), [("fail", 2), ("close", 1), ("met", 3), ("undecided", 21), ("", 27), ("?", 27)]
)
def test_a_filter_shows_and_exports_the_same_rows(office, person, status, number):
    client = person(Role.ANALYST)
    page = client.get("/targets/", {"status": status}).content.decode()
    shown = re.findall(r'<th scope="row"><a href="/targets/(T\d+)/"', page)
    assert len(shown) == number and f"导出当前 {number} 行" in page
    rows = list(
        csv.reader(io.StringIO(client.get("/targets/export.csv", {"status": status}).content.decode("utf-8-sig")))
    )
    head = next(n for n, row in enumerate(rows) if row[0] == "编号")
    assert [row[0] for row in rows[head + 1 :]] == shown
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/targets/export.xlsx", {"status": status}).content))
    sheet = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in sheet if re.fullmatch(r"T\d\d", str(row[0]))] == shown
    assert "演示数据，非实测" in {row[0] for row in sheet} & {row[0] for row in rows}


def test_a_target_page_shows_figure_judged_value_and_both_readings(office, person):
    page = text_of(person(Role.ANALYST).get("/targets/T02/"))
    for words in (
        "31.8 µg/m³",
        "判定时取 32",
        "≤ 34",
        "力争 33",
        "余下 81 天均值须不高于 44.1 微克/立方米",
        "须 ≤ 44.1；按未修约口径须 ≤ 41.9",
        "按日历天数加权（未修约），余下均值须 ≤ 44.0",
        "有效天数，应有284天",
        "283 ／ 284",
        "GB/T 8170",
    ):
        assert words in page, words


def test_every_target_page_opens_and_says_its_reason(office, person):
    client = person(Role.ANALYST)
    for row in sample.board().rows:
        answer = client.get(f"/targets/{row.target.id}/")
        assert answer.status_code == 200
        page = text_of(answer)
        assert row.status.word in page and (row.status.reason in page)


def test_a_day_opens_to_its_stations(office, person):
    page = person(Role.ANALYST).get("/targets/T02/").content.decode()
    link = re.search(r'href="(/explain/[^"]+2021-10-05/)"', page)[1]
    assert "点位丁" in text_of(person(Role.ANALYST).get(link))


def test_tasks_are_listed_by_unit(office, person):
    client = person(Role.OFFICE_CLERK)
    page = text_of(client.get("/tasks/"))
    assert "29项任务" in page and "30 个责任块，5 个责任单位" in page
    codes = re.findall(
        r'<th scope="row"><a href="/tasks/(K\d+)/"', client.get("/tasks/?unit=市林业局").content.decode()
    )
    owed = [task.id for task in sample.plan().tasks if "市林业局" in task.units]
    assert codes == owed and owed


def test_a_task_page_shows_its_text_and_bodies(office, person):
    page = text_of(person(Role.OFFICE_CLERK).get("/tasks/K26/"))
    assert "第二句措施，九月底前完成验收。" in page and "力争 ≥ 90%" in page and "首位" in page and "默认承担" in page
    assert "只有标题和责任单位" in text_of(person(Role.OFFICE_CLERK).get("/tasks/K03/"))
