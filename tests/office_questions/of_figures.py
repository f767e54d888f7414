"""Questions about figures, targets, sections and data: 1-5, 21-25, 30, 31."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.errors import GuatuError
from guatu.office import snapshots
from guatu.office.models import Role
from tests.office.tables import tables_in
from tests.office_questions.desk import Desk, Page, squeezed
from tests.office_questions.questions import question


def made(desk: Desk, kind: str, period: str, day: str = "", body: str = "") -> Page:
    """A bulletin made on the page, opened."""
    said = {"kind": kind, "period": period, "day": day, "body": body}
    answer = desk.sent("/bulletins/make/", said, Role.OFFICE_CLERK)
    assert answer.status_code == 200, answer.content.decode()[-500:]
    desk.asked.append("/bulletins/")
    return Page(answer.content.decode())


def numbers_agree(desk: Desk, command: str, page: Page) -> int:
    """Every number a bulletin prints by command stands, with its name, in the list of numbers of its page."""
    told = json.loads(desk.told(f"{command} --json"))["numbers"]
    desk.asked.append(command)
    rows = {(row[0], row[1]) for table in tables_in(page.html) for row in table if len(row) > 1}
    printed = {one["text"] if "text" in one else one["printed"] for one in told}
    shown = {squeezed(cell) for row in rows for cell in row}
    assert told and {squeezed(one) for one in printed} <= shown, sorted(printed - shown)[:5]
    return len(told)


@question(
    1, "办公室科员", "上月全市和各县区的 PM2.5、优良天数比例，同比、环比、名次",
    ("guatu report monthly --month 2021-09",), ("/bulletins/",),
    "月报的表和句子；变化由印出的数算，并列的名次跳过，缺数的写明",
)  # fmt: skip
def last_month(desk: Desk) -> None:
    page = made(desk, "monthly", "2021-09")
    assert numbers_agree(desk, "guatu report monthly --month 2021-09", page) > 40
    text = desk.told("guatu report monthly --month 2021-09")
    for county in ("昌江区", "珠山区", "乐平市", "浮梁县"):
        assert county in text and county in page.text
    assert "排名" in text and "与上月对照" in text and "环比（百分点）" in text


@question(
    2, "分管副市长", "PM2.5 全年控制在 30，还剩多少空间",
    ("guatu room",), ("/targets/T01/", "/targets/T02/"),
    "余下各天的均值上限，各县区一行，城区 34（力争 33）另列；判不了的写原因",
)  # fmt: skip
def room_of_pm25(desk: Desk) -> None:
    lines = desk.lines("guatu room")
    of = {code: part(lines, code) for code in ("T01", "T02")}
    for code, told in of.items():
        page = desk.page(f"/targets/{code}/")
        page.says(told[0].partition("：")[2], *(line for line in told[1:] if "须不高于" in line))
    assert sum("须不高于" in line for line in of["T01"][1:]) == 6, "one line a county"
    assert "34" in of["T02"][0] and "力争33" in squeezed(of["T02"][0])


def part(lines: list[str], code: str) -> list[str]:
    """The line of a target and those under it."""
    start = next(at for at, line in enumerate(lines) if line.startswith(f"{code} "))
    end = next((at for at, line in enumerate(lines) if at > start and re.match(r"T\d\d ", line)), len(lines))
    return lines[start:end]


@question(
    3, "科员", "优良天数 92%，今年最多还能超标几天",
    ("guatu room",), ("/targets/T03/", "/targets/T04/"),
    "天数（只舍不入）、已用和有效天数；有沙尘扣除日的，扣除与不扣除并列",
)  # fmt: skip
def days_left(desk: Desk) -> None:
    lines = desk.lines("guatu room")
    for code in ("T03", "T04"):
        told = part(lines, code)
        page = desk.page(f"/targets/{code}/")
        page.says(told[0].partition("：")[2], *told[2:])
        assert re.search(r"还可超标\s*\d+\s*天", told[0]) and "已超标" in told[1]
        used = re.search(r"已超标 (\d+) 天", told[1])
        assert used is not None and f"已超标{used[1]}天" in page.text
    kept = desk.ws.folder
    other = Path.cwd() / "沙尘"
    shutil.copytree(kept, other)
    Path("沙尘日.csv").write_text("地区,日期,文号,发布日期\n全市,2021-01-04,演示函〔2021〕1号,2021-10-08\n", "utf-8")
    desk.ws = type(desk.ws).open(other)
    desk.told("guatu load 沙尘日.csv --kind sand")
    both = desk.told("guatu explain aqi_good_ratio/全市含各县（市、区）/2021@2021-10-11")
    desk.ws = type(desk.ws).open(kept)
    assert "扣除后 90.4 %，按扣除后评价；不扣除为 90.1 %" in both


@question(
    4, "水科", "本月哪几个断面没达标，差在哪个因子，几倍，责任县区是谁",
    ("guatu sections --month 2021-09",), ("/targets/sections/",),
    "没达标的在前：断面、水体、县区、目标、类别、超标项目和倍数、上月、去年同月",
)  # fmt: skip
def sections_that_missed(desk: Desk) -> None:
    told = desk.drawn("guatu sections --month 2021-09")
    shown = desk.page("/targets/sections/").rows("超标项目（倍数）")
    assert len(told) == len(shown) == 13
    for told_row, row in zip(told, shown, strict=True):
        _, name, river, county, aim, grade, over, source, before, year_ago = told_row
        assert row[1].startswith(name + river) and row[2] == county
        assert row[3:] == [aim or "—", (grade or "—") + source, over or "—", before, year_ago], name


@question(
    5, "水科", "一个断面年均现在几类，余下几个月平均不能超过多少",
    ("guatu room 演示断面3", "guatu target show T05"), ("/targets/T05/",),
    "逐项的累计均值、目标限值、余下各月的月均上限；断面逐月类别",
)  # fmt: skip
def one_section(desk: Desk) -> None:
    told = [line for line in desk.lines("guatu room 演示断面3") if "个月均值" in line]
    page = desk.page("/targets/T05/")
    assert len(told) == 6
    page.says(*told)
    line = next(
        one for one in desk.lines("guatu target show T05") if "演示断面3" in one and "Ⅲ类" in one and "月" in one
    )
    assert "目标Ⅲ类" in line
    assert any(row[1].startswith("演示断面3") and row[4].startswith("Ⅲ") for row in page.rows("超标项目（倍数）"))


SHEET = (
    "演示水站月表,,,,,\n断面,采样日期,监测项目,,,\n,,pH,氨氮(mg/L),总磷(mg/L),砷(μg/L)\n"
    "演示断面1,2021-10-08,7.2,0.41,0.08,{cell}\n演示断面{name},2021-10-08,7.4,0.55,0.09,0.6\n"
)


@question(
    21, "科员", "收水站月表",
    ("guatu load 水站月表.csv --kind water --check", "guatu load 水站月表.csv --kind water"), ("/data/",),
    "合并的表头认得出，0.01L 照检出限留；错格、没有登记的断面逐个指出，改好以前一行也不存",
)  # fmt: skip
def a_month_of_water(desk: Desk) -> None:
    def sent(text: str) -> Page:
        file = SimpleUploadedFile("水站月表.csv", text.encode())
        answer = desk.sent("/data/begin/", {"kind": "water", "file": file}, Role.OFFICE_CLERK)
        desk.asked.append("/data/")
        return Page(answer.content.decode())

    bad, good = SHEET.format(cell="√", name="九十九"), SHEET.format(cell="0.3L", name="2")
    Path("水站月表.csv").write_text(bad, "utf-8")
    with pytest.raises(GuatuError) as caught:
        desk.told("guatu load 水站月表.csv --kind water --check")
    page = sent(bad)
    assert len(caught.value.faults) == 2
    for fault in caught.value.faults:
        page.says(fault.where, fault.what, fault.remedy, fault.code)
    assert "√" in str(caught.value.faults) and "演示断面九十九" in str(caught.value.faults)
    Path("水站月表.csv").write_text(good, "utf-8")
    looked = desk.told("guatu load 水站月表.csv --kind water --check")
    assert re.search(r"新\D*2 行", looked) and "没有入库" in looked
    sent(good).says("确认后新增 2 行", "现在还没有存")
    kept, other = desk.ws, Path.cwd() / "副本"
    shutil.copytree(kept.folder, other)
    desk.ws = type(kept).open(other)
    assert "已入库" in desk.told("guatu load 水站月表.csv --kind water")
    desk.ws = kept


@question(
    22, "科员", "省里下达的目标变了，改成 33",
    ("guatu target change T01 --value 33 --since 2021-10-01 --paper 演示省函〔2021〕8号 --reason 省下达不同",
     "guatu score what-if 珠山区 --target T01=33"),
    ("/targets/T01/change/", "/scores/demo-counties-2021/珠山区/?target=T01&value=33"),
    "从那天起的新版本，文号在上；旧月份不动；对状态和得分的影响逐条列出",
)  # fmt: skip
def a_target_changed(desk: Desk) -> None:
    kept, other = desk.ws, Path.cwd() / "副本"
    shutil.copytree(kept.folder, other)
    desk.ws = type(kept).open(other)
    change = "guatu target change T01 --value 33 --since 2021-10-01 --paper 演示省函〔2021〕8号 --reason 省下达不同"
    effects = desk.lines(change)[1:]
    assert any("临界" in line and "达标" in line for line in effects)
    desk.ws = kept
    said = {"value": "33", "since": "2021-10-01", "level": "省", "paper": "演示省函〔2021〕8号", "reason": "省下达不同"}
    desk.page("/targets/T01/change/")
    shown = desk.sent("/targets/T01/change/", said, Role.OFFICE_CLERK)
    Page(shown.content.decode()).says(*effects)
    printed = desk.told("guatu score what-if 珠山区 --target T01=33")
    sentence = re.search(r"珠山区：[\d.]+ → [\d.]+（[+-][\d.]+）", printed)
    assert sentence is not None
    desk.page("/scores/demo-counties-2021/珠山区/?target=T01&value=33").says(sentence[0])


@question(
    23, "科员", "目标分解到县，检查合不合",
    ("guatu target check",), ("/targets/checks/",),
    "与上级：宽于、严于、一致、缺；各县按权重合成与全市比",
)  # fmt: skip
def broken_down_to_counties(desk: Desk) -> None:
    told = desk.lines("guatu target check")
    shown = desk.page("/targets/checks/").rows("说明")
    assert [squeezed(line[2:]) for line in told] == [row[0] + row[1] + row[2] for row in shown]
    assert any("加权平均" in row[2] for row in shown) and {row[0] for row in shown} >= {"一致", "严于", "宽于"}


@question(
    24, "局长", "水源地达标率、取水量达标率",
    ("guatu explain drinking_source_ok/县级及以上城市/2021@2021-10-11",), ("/targets/T21/",),
    "按个数、按取水量两个率并列，停用的不计并写明",
)  # fmt: skip
def two_rates_of_sources(desk: Desk) -> None:
    told = squeezed(desk.told("guatu explain drinking_source_ok/县级及以上城市/2021@2021-10-11"))
    page = desk.page("/targets/T21/")
    for words in ("另一口径，按取水量：82.8%（770／930）", "6个水源，完成5个", "83.3"):
        assert squeezed(words) in told and squeezed(words) in page.text, words


@question(
    25, "固废科", "一级尾矿库汛前查了没有",
    ("guatu ledger visits",), ("/problems/visits/",),
    "逐库：应查、已查、汛前应查、汛前已查、还差几次",
)  # fmt: skip
def tailings_before_the_flood(desk: Desk) -> None:
    told = desk.rows("guatu ledger visits")
    assert desk.page("/problems/visits/").rows("汛前已查") == told
    first = {row[0]: row for row in told if row[2] == "一级"}
    assert [first[name][-1] for name in sorted(first)] == ["够", "差1次"]


@question(
    30, "科员", "两期月报为什么同一个月的数字不一样",
    ("guatu report compare 前.docx 后.docx",), ("/bulletins/compare/?old=B0001&new=B0002",),
    "逐数对照，其间来了哪些更正和通报",
)  # fmt: skip
def two_issues(desk: Desk) -> None:
    for day, name in (("2021-10-01", "前"), ("2021-10-11", "后")):
        made(desk, "monthly", "2021-09", day)
        desk.told(f"guatu report monthly --month 2021-09 --as-of {day} -o {name}.docx")
    told = desk.lines("guatu report compare 前.docx 后.docx")
    page = desk.page("/bulletins/compare/?old=B0001&new=B0002")
    rows = page.rows("哪个数")
    sentences = [squeezed(line) for line in told if " → " in line]
    assert [f"{row[0]}：{row[1]}→{row[2]}" for row in rows] == [line.partition("（guatu")[0] for line in sentences]
    assert rows, "a figure changed between the two days"
    page.says(*(line for line in told if line.startswith("其间：")), f"{len(rows)} 个数不同。")


@question(
    31, "新来的科员", "这个数怎么来的",
    ("guatu explain pm25_mean/市中心城区/2021@2021-10-11",), ("/explain/pm25_mean/市中心城区/2021@2021-10-11/",),
    "修约、有效天数、条款、日值、站点、小时值、批次",
)  # fmt: skip
def where_a_number_comes_from(desk: Desk) -> None:
    told = desk.lines("guatu explain pm25_mean/市中心城区/2021@2021-10-11")
    page = desk.page("/explain/pm25_mean/市中心城区/2021@2021-10-11/")
    figures = set(re.findall(r"\d+\.\d+|\d+／\d+", " ".join(told[:4])))
    assert len(figures) >= 3
    page.says(*figures, "GB/T 8170", "HJ 663")
    assert snapshots.latest() is not None
