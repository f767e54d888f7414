"""Drinking-water sources, the ranking of counties, a plan half-way and at its end, and letters of the ladder."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from guatu.base.period import Period
from guatu.errors import GuatuError
from guatu.judge.board import plan_of
from guatu.load.site_samples import store_site_samples
from guatu.load.workspace import Workspace
from guatu.report.carried import issue_of, paragraphs_of
from guatu.report.check import HAND, checked
from guatu.report.docx_paper import docx_of
from guatu.report.facts import Office, Pressing
from guatu.report.kinds import KINDS, made
from guatu.report.paper import Chart, Grid, Paper, plain
from guatu.report.pdf_paper import pdf_of
from tests.report.test_every_number_of_a_bulletin_can_be_checked import altered

DAY = date(2021, 10, 11)
LETTER = Pressing(
    "SJ-1", "督办函", "市环委办", "乐平市", "", ("SJ-1：渗滤液外溢", "整改时限 2021-09-01，至 2021-10-11 逾期 40 天"),
    ("查明原因",), date(2021, 10, 21), ("分管市领导",),
)  # fmt: skip


def paper(ws: Workspace, kind: str, period: str, subject: str = "", office: Office | None = None) -> Paper:
    return made(ws, plan_of(ws), kind, Period.of(period), DAY, lambda *_: office or Office(), subject)


@pytest.fixture(scope="module")
def sampled(city: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The city with three sources sampled in September: a river over in two items, a clean lake, ground water."""
    folder: Path = tmp_path_factory.mktemp("sources") / "demo"
    shutil.copytree(city.folder, folder)
    plan = folder / "plan" / "sections.toml"
    told = "".join(
        f'\n[[section]]\nid = "W{k}"\nname = "水源{k}"\nkind = "{kind}"\nplace = "乐平市"\n'
        for k, kind in enumerate(("river", "lake", "ground"), 1)
    )
    plan.write_text(plan.read_text(encoding="utf-8") + told, encoding="utf-8")
    file = folder / "source" / "sampled.csv"
    file.write_text(
        "水源名称,采样日期,pH,氨氮(mg/L),总磷(mg/L),取水量\n"
        "水源1,2021-09-08,7.2,1.5,0.30,100\n"  # class Ⅲ: NH3-N 1.0, TP 0.2: half over both
        "水源2,2021-09-08,7.2,0.3,0.02,300\n"
        "水源3,2021-08-08,7.2,0.10,,100\n",  # sampled in August only
        encoding="utf-8",
    )
    ws = Workspace.open(folder)
    store_site_samples(ws, file, "sources", on=DAY)
    return ws


def test_sources_are_judged_by_their_samples(sampled: Workspace) -> None:
    found = paper(sampled, "drinking", "2021-09")
    numbers = found.numbers()
    assert [numbers[f"sources/{key}"].text for key in ("all", "ok", "rate", "volume", "volume_rate")] == [
        "2", "1", "50.0", "400", "75.0",
    ]  # fmt: skip
    assert "水源1（乐平市）氨氮(0.5)、总磷(0.5)" in found.text
    assert "本月没有监测数据的水源：水源3" in found.text
    (grid,) = found.grids()
    assert grid.heads == (
        "序号", "城市名称", "县区名称", "水源名称（监测点位）", "水源类型", "达标情况", "超标指标及超标倍数",
    )  # fmt: skip
    assert [plain(row[5]) for row in grid.rows] == ["不达标", "达标", "未监测"]
    order = [found.text.index(words) for words in ("一、监测情况", "（一）监测点位", "（二）监测项目", "（三）监测频次",
                                                   "二、评价标准及方法", "三、评价结果", "备注：1.")]  # fmt: skip
    assert order == sorted(order)
    assert found.title.endswith("（2021年9月）")
    assert numbers["sources/all"].rows == ("source/W1", "source/W2")


def test_without_samples_the_list_speaks_and_without_both_absence_is_said(city: Workspace) -> None:
    assert paper(city, "drinking", "2021-09").numbers()["sources/rate"].text == "83.3"  # 5 of 6 in the list
    assert "没有收到饮用水水源" in paper(city, "drinking", "2021-03").text


def test_counties_are_ranked_with_their_ties(city: Workspace) -> None:
    found = paper(city, "ranking", "2021-09")
    numbers = found.numbers()
    for then in ("", "@累计"):
        order = {
            key.removesuffix(f"/rank{then}"): int(one.text)
            for key, one in numbers.items() if key.endswith(f"/rank{then}")
        }  # fmt: skip
        assert len(order) == 6
        two = {
            place: (-float(numbers[f"{place}/aqi_good_ratio{then}"].text),
                    float(numbers[f"{place}/pm25_mean{then}"].text)) for place in order
        }  # fmt: skip
        assert order == {place: 1 + sum(other < own for other in two.values()) for place, own in two.items()}
    (chart,) = [one for one in found.blocks if isinstance(one, Chart)]
    assert {one.text for one in chart.series[0].values if one} <= {
        one.text for key, one in numbers.items() if key.endswith("/aqi_good_ratio")
    }


def test_a_plan_is_evaluated_half_way_and_at_its_end(city: Workspace) -> None:
    from guatu.judge.evaluation import evaluated

    known = evaluated(city, plan_of(city), DAY)
    for kind in ("midterm", "final"):
        found = paper(city, kind, "2021")
        numbers = found.numbers()
        for one in known:
            for year in one.years:
                if year.value is not None:
                    assert numbers[f"{one.indicator}/actual/{year.year}"].text == f"{year.value}"
                    assert numbers[f"{one.indicator}/required/{year.year}"].text == f"{year.required}"
        assert "暂定" in found.text
    assert "规划期未满" in paper(city, "final", "2025").text


def test_a_letter_has_its_form_and_its_figures(city: Workspace) -> None:
    found = paper(city, "letter", "2021-10", "SJ-1", Office(letter=LETTER))
    assert (found.form, found.addressee, found.copy_to) == ("letter", "乐平市", ("分管市领导",))
    assert [one.text for one in found.numbers().values()] == ["40"]
    assert "2021年9月1日" in found.text and "2021年10月21日前" in found.text
    with pytest.raises(GuatuError) as error:
        paper(city, "letter", "2021-10")
    assert error.value.faults[0].code == "G-REPORT-07"


PAPERS = {"drinking": "2021-09", "ranking": "2021-09", "midterm": "2021", "final": "2025", "quarterly": "2021Q3",
          "water": "2021-09", "yearly": "2021", "brief": "2021-09"}  # fmt: skip


@pytest.mark.parametrize("kind", [*PAPERS, "letter"])
def test_one_digit_altered_is_found_and_a_reissue_is_the_same_bytes(city: Workspace, kind: str, tmp_path: Path) -> None:
    subject, office = ("SJ-1", Office(letter=LETTER)) if kind == "letter" else ("", None)
    one = paper(city, kind, PAPERS.get(kind, "2021-10"), subject, office)
    content = docx_of(one)
    again = paper(city, kind, PAPERS.get(kind, "2021-10"), subject, office)
    assert docx_of(again) == content and pdf_of(again) == pdf_of(one)
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    issue = issue_of(path)
    assert checked(issue, again, paragraphs_of(docx_of(again))) == ()
    assert (issue.kind, issue.subject) == (KINDS[kind].paper, subject)
    at = next(at for at, number in enumerate(issue.numbers) if number.printed.isdigit())
    number = issue.numbers[at]
    import zipfile

    text = zipfile.ZipFile(path).read("word/document.xml").decode()
    start = text.index(f'w:name="guatu_{at + 1:04d}"')
    piece = text[start : text.index(f">{number.printed}<", start) + len(number.printed) + 2]
    other = "1" if number.printed[-1] != "1" else "2"
    wrong = piece.replace(f">{number.printed}<", f">{number.printed[:-1]}{other}<")
    found = checked(issue_of(altered(content, (piece, wrong), tmp_path / "b.docx")), again, paragraphs_of(content))
    assert (HAND, number.key) in {(f.kind, f.where) for f in found}


def test_a_red_head_and_a_number_are_no_change_of_the_text(city: Workspace, tmp_path: Path) -> None:
    one = paper(city, "water", "2021-09")
    path = tmp_path / "a.docx"
    path.write_bytes(docx_of(one, head="某市生态环境局文件", number="某环字〔2021〕10号"))
    issue = issue_of(path)
    assert checked(issue, one, paragraphs_of(docx_of(one, head=issue.head, number=issue.number))) == ()


def test_every_table_stands_in_the_paper_once(city: Workspace) -> None:
    for kind, period in PAPERS.items():
        captions = [grid.caption for grid in paper(city, kind, period).grids() if isinstance(grid, Grid)]
        assert len(captions) == len(set(captions)), kind
