"""From the wall down to the raw rows: the same numbers as the commands, each with an address and a file of its own."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from typer.testing import CliRunner

from guatu.cli.app import app
from guatu.demo.make import TODAY, make
from guatu.judge.board import plan_of
from guatu.office import breakdowns, duties, picture, records, snapshots
from guatu.office.models import Duty, Entry, Part, Role, Snapshot

pytestmark = pytest.mark.django_db
WHY = "pm25_mean/市中心城区/2021"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: Any) -> Any:
    return make(tmp_path_factory.mktemp("demo") / "ws")


@pytest.fixture(scope="module")
def taken(demo: Any) -> Any:
    return picture.take(demo, plan_of(demo), TODAY)


@pytest.fixture
def opened(demo: Any, taken: Any, db: None, settings: Any) -> Any:
    settings.GUATU_WORKSPACE = demo.folder
    duties.take_over(plan_of(demo))
    Snapshot.objects.create(as_of=TODAY, data_version="taken", picture=taken)
    return demo


def told(ws: Any, *words: str) -> str:
    found = CliRunner().invoke(app, ["-C", str(ws.folder), *words])
    assert found.exit_code == 0, found.output
    return found.output


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def rows_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_chance_and_its_record_are_the_same_by_command_on_the_table_and_on_the_page(
    opened: Any, person: Any
) -> None:
    client = person(Role.ANALYST)
    facts = json.loads(told(opened, "status", "--json"))["targets"]
    given = {one["id"]: one["chance"] for one in facts if one["chance"]}
    assert set(given) == {"T01", "T02", "T03", "T04"}
    table, wall = text_of(client.get("/targets/")), text_of(client.get("/wall/"))
    for code, chance in given.items():
        page = text_of(client.get(f"/targets/{code}/"))
        assert chance["shown"] in table and chance["shown"] in wall
        for line in chance["lines"]:
            assert line in page
        assert chance["record"] in page


def test_an_office_that_hides_percentages_shows_words_only(opened: Any, person: Any) -> None:
    path = opened.folder / "guatu.toml"
    kept = path.read_text(encoding="utf-8")
    try:
        path.write_text(kept + "\n[judge]\nshow_chance = false\n", encoding="utf-8")
        snapshots.refresh(snapshots.opened())
        page = text_of(person(Role.ANALYST).get("/targets/T01/"))
        assert "难以断定" in page or "可能" in page
        shown = snapshots.latest().picture["rows"][0]["chance"]  # type: ignore[union-attr]
        assert "%" not in shown["shown"] and "%" not in shown["record"]
    finally:
        path.write_text(kept, encoding="utf-8")


CUT = (
    WHY,
    "aqi_good_ratio/全市含各县（市、区）/2021",
    "o3_p90/市中心城区/2021",
    "rural_sewage_rate/全市/2021",
    "sw_good_ratio/全市地表水省控断面/2021",
)


@pytest.mark.parametrize("address", CUT)
def test_causes_are_cell_by_cell_those_of_the_command_and_add_up(opened: Any, person: Any, address: str) -> None:
    client = person(Role.ANALYST)
    output = told(opened, "why", address, "--top", "5")
    page = text_of(client.get(f"/why/{address}/"))
    found = rows_of(client.get(f"/why/{address}/", {"download": "csv"}))
    head = next(at for at, row in enumerate(found) if row[0] == "拆法")
    lines = [row for row in found[head + 1 :] if row]
    assert lines
    for _, part, name, without, _ in lines:
        shown = part.replace("-", "−")
        assert f"{shown}  {name}" in output
        assert shown in page
        if without:
            assert f"没有它则为 {without}" in output
    for kind in dict.fromkeys(row[0] for row in lines):
        mine = [float(row[1]) for row in lines if row[0] == kind]
        assert sum(mine[:-1]) == pytest.approx(mine[-1], abs=0.004)


def test_what_cannot_be_cut_says_why(opened: Any, person: Any) -> None:
    page = text_of(person(Role.ANALYST).get("/why/o3_p90/市中心城区/2021/", {"against": "last-year"}))
    assert "这个数拆不开" in page and "不是各部分之和" in page


def test_the_raw_rows_of_a_day_are_those_that_were_loaded(opened: Any, person: Any) -> None:
    client = person(Role.ANALYST)
    found = rows_of(client.get("/rows/市中心城区/2021-10-11/", {"download": "csv"}))
    head = next(at for at, row in enumerate(found) if row[0] == "站点")
    mine = {(row[0], row[2]): row[3] for row in found[head + 1 :]}
    with (opened.folder / "source" / "air-2021.csv").open(encoding="utf-8") as file:
        source = {
            (row["站点编码"], row["监测时间"]): row["PM2.5(μg/m3)"]
            for row in csv.DictReader(file)
            if row["监测时间"] > "2021-10-11 00:30"
        }
    assert len(mine) == 4 * 24
    assert all(mine[key] == pm25 for key, pm25 in source.items() if key in mine)
    assert len(mine.keys() & source.keys()) == 4 * 24 - sum(not value for value in mine.values())


def test_every_page_is_refused_to_those_it_is_not_for(opened: Any, person: Any) -> None:
    for address in ("/targets/warnings/", "/targets/sections/", "/targets/checks/", "/targets/plans/",
                    "/targets/weather/", "/targets/T01/days.csv", "/targets/T01/chart.svg"):  # fmt: skip
        assert person(Role.ADMINISTRATOR).get(address).status_code == 403, address
        assert person(Role.ANALYST).get(address).status_code == 200, address
    for address in (f"/why/{WHY}/", "/rows/市中心城区/2021-10-11/"):
        assert person(Role.RESPONSIBLE).get(address).status_code == 403, address
    assert person(Role.COUNTY).get("/why/pm25_mean/乐平市/2021/").status_code == 200


def test_warnings_are_said_once_logged_and_name_who_is_told_and_what_to_do(opened: Any, person: Any) -> None:
    (opened.data / "warnings.json").unlink()
    snapshots.refresh(opened)
    page = text_of(person(Role.OFFICE_CLERK).get("/targets/warnings/"))
    shot = snapshots.latest().picture["alerts"]  # type: ignore[union-attr]
    every = [*shot["new"], *shot["standing"]]
    assert every and len(shot["new"]) == Entry.objects.filter(act="预警").count()
    for one in every:
        assert one["told"][0] in page and one["can"][0] in page
    assert told(opened, "warn").count("新 0 条") == 1  # the office said them all; the command says none again


def test_a_drawing_and_its_days_are_files_that_say_what_they_are(opened: Any, person: Any) -> None:
    client = person(Role.ANALYST)
    drawing = client.get("/targets/T02/chart.svg")
    assert drawing["Content-Type"] == "image/svg+xml"
    for word in ("市中心城区", "演示数据，非实测", "数据版本", "年底约", "目标 34", "力争 33"):
        assert word in drawing.content.decode()
    found = rows_of(client.get("/targets/T02/days.csv"))
    assert ["演示数据，非实测"] in found
    course = snapshots.latest().picture["courses"]["T02"]  # type: ignore[union-attr]
    assert next(row for row in found if row[0] == "2021-10-11")[2] == course["running"][-1]
    months = rows_of(client.get("/targets/T22/days.csv"))
    assert [row[0] for row in months if row[0].startswith("2021年")][:2] == ["2021年1季度", "2021年2季度"]


def test_the_wall_lets_one_choose_the_map_and_names_who_is_overdue(opened: Any, person: Any) -> None:
    duty = Duty.objects.first()
    assert duty is not None
    Duty.objects.filter(pk=duty.pk).update(state=Duty.State.LATE)
    lead = Part.objects.filter(duty=duty, kind__in=(Part.Kind.LEAD, Part.Kind.FIRST)).first()
    assert lead is not None
    client = person(Role.LEADER)
    wall = client.get("/wall/", {"map": "o3_p90"}).content.decode()
    places = {one["name"]: {f["id"]: f["figure"] for f in one["figures"]} for one in
              snapshots.latest().picture["places"]}  # type: ignore[union-attr]  # fmt: skip
    assert all(figures["o3_p90"] in wall for figures in places.values() if "o3_p90" in figures)
    assert lead.body in wall and "任务 <b" in wall
    assert wall.count('class="spot station"') == len(opened.stations)
    assert "10月10日以来的变化" in wall


def test_an_instruction_is_a_leaders_own_and_becomes_a_duty(opened: Any, person: Any) -> None:
    assert "批示" in text_of(person(Role.LEADER).get("/wall/"))
    assert 'href="/wall/instruct/"' not in person(Role.OFFICE_DIRECTOR).get("/wall/").content.decode()
    assert person(Role.OFFICE_DIRECTOR).get("/wall/instruct/").status_code == 403
    breakdowns.begin(opened, "jingban")
    said = {"text": "一周内拿出城区臭氧管控方案", "body": "市生态环境局", "due": "2021-10-20"}
    answer = person(Role.LEADER).post("/wall/instruct/", said, follow=True)
    assert answer.status_code == 200
    (item,) = records.of_kind("item").values()
    assert (item["kind"], item["text"], item["body"]) == ("领导批示", said["text"], said["body"])
    row = breakdowns.row(item["measure"])
    assert (row.text, row.lead) == (said["text"], said["body"]) and "领导批示" in row.source
    empty = person(Role.LEADER).post("/wall/instruct/", {"text": "", "body": ""})
    assert empty.status_code == 200 and len(records.of_kind("item")) == 1


def test_a_target_changed_on_the_page_is_what_the_command_says(opened: Any, person: Any) -> None:
    said = {"value": "33", "stretch": "", "since": "2021-08-01", "level": "省", "paper": "演示省字〔2021〕8号",
            "reason": "省下达不同"}  # fmt: skip
    assert person(Role.ANALYST).post("/targets/T02/change/", said).status_code == 403
    clerk = person(Role.OFFICE_CLERK)
    looked = text_of(clerk.post("/targets/T02/change/", {**said, "act": "look"}))
    assert "按 2021-10-11，T02 现值 31.3：原 34" in looked and not (opened.folder / "plan" / "versions.toml").exists()
    wrong = text_of(clerk.post("/targets/T02/change/", {**said, "value": "三十三", "act": "keep"}))
    assert "要写带引号的数" in wrong and not (opened.folder / "plan" / "versions.toml").exists()
    try:
        kept = text_of(clerk.post("/targets/T02/change/", {**said, "act": "keep"}, follow=True))
        assert "已登记，旧月份照旧" in kept and "≤ 33" in kept and "演示省字〔2021〕8号" in kept
        assert "演示省字〔2021〕8号" in told(opened, "target", "list")
        assert Entry.objects.filter(act="变更目标", subject="T02").count() == 1
    finally:
        (opened.folder / "plan" / "versions.toml").unlink(missing_ok=True)


def test_an_explanation_is_taken_away_line_by_line_and_leads_on(opened: Any, person: Any) -> None:
    client = person(Role.ANALYST)
    found = rows_of(client.get(f"/explain/{WHY}/", {"download": "csv"}))
    head = next(at for at, row in enumerate(found) if row[0] == "层")
    lines = found[head + 1 :]
    assert lines[0][0] == "1" and {row[0] for row in lines} >= {"1", "2", "3"}
    assert any("8891／284" in row[1] for row in lines)
    assert f'href="/why/{WHY}/"' in unquote(client.get(f"/explain/{WHY}/").content.decode())
    day = client.get("/explain/pm25_mean/市中心城区/2021-10-11/").content.decode()
    assert "小时值原始行" in day


@pytest.mark.parametrize(
    ("address", "cell", "cause"),
    [
        ("sw_good_ratio/全市地表水省控断面/2021", "classes-water.csv B8", "演示断面7：公布Ⅳ"),
        ("forest_cover/全市/2021", "official-other.csv D2", "要分子约 3524.148"),
        ("drinking_source_ok/县级及以上城市/2021", "official-other.csv D4", "演示水源4（是否达标：否）"),
    ],
)
def test_an_official_figure_opens_to_its_cell_and_to_what_makes_it_differ(
    opened: Any, person: Any, address: str, cell: str, cause: str
) -> None:
    """The same lines by page and by command, each as often."""
    page = rows_of(person(Role.ANALYST).get(f"/explain/{address}/", {"download": "csv"}))
    lines = " ".join(row[1] for row in page if len(row) > 1)
    command = told(opened, "explain", f"{address}@{TODAY}", "--full", "--json")
    for words in (cell, cause):
        assert lines.count(words) == command.count(words) >= 1


def test_a_picture_kept_before_an_upgrade_still_opens(opened: Any, taken: Any, person: Any) -> None:
    """What was not drawn then is left out of the pages; none of them fails."""
    old = {key: value for key, value in taken.items() if key not in picture.NEWER}
    old["rows"] = [{k: v for k, v in row.items() if k not in picture.NEWER_ROW} for row in taken["rows"]]
    courses = taken["courses"].items()
    old["courses"] = {code: {k: v for k, v in one.items() if k not in picture.NEWER_COURSE} for code, one in courses}
    Snapshot.objects.create(as_of=TODAY, data_version="old", picture=old)
    client = person(Role.LEADER)
    for address in ("/wall/", "/targets/", "/targets/T01/", "/targets/T05/", "/targets/warnings/", "/targets/checks/"):
        assert client.get(address).status_code == 200, address
