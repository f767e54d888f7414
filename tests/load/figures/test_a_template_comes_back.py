"""A generated table is filled in LibreOffice: good ones are stored, ten broken cells are ten faults by address."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from guatu.base.period import Period
from guatu.errors import LoadError
from guatu.load.figures.due import Due
from guatu.load.figures.filled import store_figures
from guatu.load.figures.row import FIGURES
from guatu.load.figures.template import forms_of, write_template
from guatu.load.kept import known
from guatu.load.workspace import Workspace
from tests.load.figures.county import convert, fill, workspace

SEWAGE, VILLAGES, INDEX = "城镇生活污水处理率", "农村生活污水治理率", "生态质量指数"
DUES = (Due("town_sewage_rate", "市住建局"), Due("rural_sewage_rate", "市生态环境局"), Due("eco_index", "市生态环境局"))
TODAY = date(2021, 10, 11)
GOOD: dict[tuple[str, str], str | float] = {
    (SEWAGE, "D2"): "张三",
    (SEWAGE, "F2"): "2021-10-08",
    (SEWAGE, "C5"): 950.5,
    (SEWAGE, "D5"): 1000,
    (SEWAGE, "C6"): "１,０９０",
    (SEWAGE, "D6"): "1,100",
    (SEWAGE, "C7"): 90,
    (SEWAGE, "D7"): 100,
    (VILLAGES, "C5"): 10,
    (VILLAGES, "D5"): 40,
    (VILLAGES, "C6"): 30,
    (VILLAGES, "D6"): 110,
}


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return workspace(tmp_path)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    ws, path = workspace(folder), folder / "报送表.xlsx"
    write_template(ws, forms_of(ws, DUES, Period.of("2021Q3")), path, TODAY)
    return path


@pytest.fixture(scope="module")
def opened(template: Path) -> Path:
    return convert(template, "fods", template.parent)


def test_what_is_filled_in_is_stored_and_stands_in_grey_next_time(ws: Workspace, opened: Path, tmp_path: Path) -> None:
    done = store_figures(ws, fill(opened, GOOD, tmp_path))
    assert (done.new, done.same, done.changed) == (5, 0, 0)
    rows = known(ws.data, FIGURES).sort("indicator", "place").to_dicts()
    assert [(r["indicator"], r["place"], r["numerator"], r["denominator"], r["cell"]) for r in rows] == [
        ("rural_sewage_rate", "浮梁县", Decimal(30), Decimal(110), "C6"),
        ("rural_sewage_rate", "甲区", Decimal(10), Decimal(40), "C5"),
        ("town_sewage_rate", "浮梁县", Decimal(1090), Decimal(1100), "C6"),
        ("town_sewage_rate", "甲区", Decimal("950.5"), Decimal(1000), "C5"),
        ("town_sewage_rate", "高新区", Decimal(90), Decimal(100), "C7"),
    ]
    assert {(r["first"], r["last"]) for r in rows} == {(date(2021, 7, 1), date(2021, 9, 30))}
    assert [r["reporter"] for r in rows] == ["市生态环境局"] * 2 + ["市住建局"] * 3
    assert rows[2]["received"] == date(2021, 10, 8)
    later = tmp_path / "下一期.xlsx"
    write_template(ws, forms_of(ws, DUES[:1], Period.of("2021Q4")), later, TODAY)
    cells = CalamineWorkbook.from_path(later).get_sheet_by_name(SEWAGE).to_python()
    assert cells[3][5:7] == ["上期分子", "上期分母"]
    assert [row[5:7] for row in cells[4:7]] == [["950.5", "1000"], ["1090", "1100"], ["90", "100"]]


def test_ten_broken_cells_are_ten_faults_by_address_and_nothing_is_stored(
    ws: Workspace, opened: Path, tmp_path: Path
) -> None:
    broken: dict[tuple[str, str], str | float] = {
        (SEWAGE, "A5"): "月亮县",
        (SEWAGE, "B6"): "2021.1",
        (SEWAGE, "C7"): "约 90",
        (SEWAGE, "D6"): -1100,
        (SEWAGE, "F2"): "上周五",
        (VILLAGES, "C5"): 41,
        (VILLAGES, "D6"): "",
        (VILLAGES, "C7"): 3.1415926535,
        (VILLAGES, "D7"): 100,
        (VILLAGES, "H4"): "证明",
        (INDEX, "C5"): 80.4,
    }
    with pytest.raises(LoadError) as caught:
        store_figures(ws, fill(opened, {**GOOD, **broken}, tmp_path))
    told = {
        (fault.code, *re.fullmatch(r".* 工作表“(.*?)”([A-Z]\d+)(?:（.*）)?", fault.where, re.DOTALL).groups())  # type: ignore[union-attr]
        for fault in caught.value.faults
    }
    assert told == {
        ("G-FIG-03", SEWAGE, "A5"),
        ("G-FIG-04", SEWAGE, "B6"),
        ("G-FIG-05", SEWAGE, "C7"),
        ("G-FIG-06", SEWAGE, "D6"),
        ("G-FIG-13", SEWAGE, "F2"),
        ("G-FIG-07", VILLAGES, "C5"),
        ("G-FIG-08", VILLAGES, "D6"),
        ("G-FIG-14", VILLAGES, "C7"),
        ("G-FIG-12", VILLAGES, "H4"),
        ("G-FIG-18", INDEX, "D5"),
    }
    assert len(caught.value.faults) == 10
    assert known(ws.data, FIGURES).is_empty()
    assert not (ws.data / "figures").exists()


def test_an_empty_template_is_no_zero(ws: Workspace, template: Path) -> None:
    with pytest.raises(LoadError) as caught:
        store_figures(ws, template)
    assert caught.value.codes == ("G-FIG-17",)
