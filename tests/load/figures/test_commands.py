"""guatu figures and guatu load of what offices hand in, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from guatu.cli.app import app
from guatu.errors import GuatuError
from guatu.load.figures.row import FIGURES
from guatu.load.kept import known
from guatu.load.workspace import Workspace
from tests.load.figures.county import workspace


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    made = workspace(tmp_path)
    text = """
[[due]]
indicator = "town_sewage_rate"
body = "市住建局"
[[due]]
indicator = "straw_use"
body = "市农业农村局"
every = "year"
"""
    (made.folder / "plan" / "figures.toml").write_text(text, encoding="utf-8")
    return made


def run(ws: Workspace, *words: str) -> str:
    found = CliRunner().invoke(app, ["-C", str(ws.folder), *words])
    if isinstance(found.exception, GuatuError):
        raise found.exception
    assert found.exit_code == 0, found.output
    return found.output


def test_a_template_of_one_unit_or_one_indicator(ws: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    told = run(ws, "figures", "template", "--body", "市住建局", "--period", "2021Q3", "-o", str(out))
    assert "城镇生活污水处理率：市住建局，3 个地区，2021Q3" in told
    assert CalamineWorkbook.from_path(out).sheet_names == ["_guatu", "城镇生活污水处理率"]
    run(
        ws,
        "figures",
        "template",
        "--indicator",
        "森林覆盖率",
        "--indicator",
        "生态质量指数",
        "--period",
        "2021",
        "-o",
        str(out),
    )
    assert CalamineWorkbook.from_path(out).sheet_names == ["_guatu", "森林覆盖率", "生态质量指数"]
    wrong = CliRunner().invoke(
        app,
        ["-C", str(ws.folder), "figures", "template", "--indicator", "PM2.5浓度", "--period", "2021", "-o", str(out)],
    )
    assert wrong.exit_code == 2


def test_figures_are_checked_loaded_and_missed(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "三季度.csv"
    path.write_text("地区,分子,分母\n甲区,9,10\n浮梁,8,10\n", encoding="utf-8")
    words = [
        "load",
        str(path),
        "--kind",
        "figures",
        "--indicator",
        "城镇生活污水处理率",
        "--period",
        "2021Q3",
        "--date",
        "2021-10-08",
    ]
    assert "检查通过，没有入库：新 2 行" in run(ws, *words, "--check")
    assert known(ws.data, FIGURES).is_empty()
    assert "批次 0001，新 2 行" in run(ws, *words)
    assert "没有新批次" in run(ws, *words)
    told = run(ws, "figures", "gaps", "--as-of", "2021-10-11", "--body", "市住建局").splitlines()
    assert told[-2] == "市住建局 城镇生活污水处理率 2021Q3，已过期 1 天：高新区"
    assert told[-1] == "欠报 7 项（按 2021-10-11 所知）"


def test_problems_are_loaded_and_their_rates_told(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "整改.csv"
    path.write_text("问题,时限,是否完成\n甲,2021-06-30,是\n乙,2021-06-30,否\n丙,长期坚持,否\n", encoding="utf-8")
    words = [
        "load",
        str(path),
        "--kind",
        "list",
        "--list",
        "problems",
        "--label",
        "省级督察",
        "--period",
        "2021-09",
        "--date",
        "2021-10-01",
    ]
    assert "新 3 行" in run(ws, *words)
    told = run(ws, "figures", "rates", "--as-of", "2021-10-11")
    assert "省级督察：33.3%（3 项）" in told
    assert "到期任务完成率 50.0%" in told
    assert "逾期 1 项：乙" in told
    assert "乙" in run(ws, "explain", "rectify_rate/省级督察/2021@2021-10-11")


LOOKED_AT = {
    "figures": ("地区,指标,时段,分子,分母\n甲区,森林覆盖率,2021Q3,6,10\n", []),
    "official": ("范围,指标,时段,数值\n全市,森林覆盖率,2021,67\n", ["--paper", "通报", "--date", "2021-10-09"]),
    "list": ("行政村,地区,是否完成治理\n甲村,甲区,是\n", ["--list", "villages", "--period", "2021-09"]),
    "sand": ("地区,日期\n甲区,2021-03-15\n", ["--paper", "沙尘剔除〔2021〕1号", "--date", "2021-04-01"]),
}


@pytest.mark.parametrize("kind", LOOKED_AT)
def test_any_kind_is_looked_at_without_being_stored(kind: str, ws: Workspace, tmp_path: Path) -> None:
    text, words = LOOKED_AT[kind]
    path = tmp_path / "表.csv"
    path.write_text(text, encoding="utf-8")
    before = {one: one.read_bytes() for one in ws.data.rglob("*") if one.is_file()}
    told = run(ws, "load", str(path), "--kind", kind, *words, "--check")
    assert "检查通过，没有入库" in told and "新 1" in told
    assert {one: one.read_bytes() for one in ws.data.rglob("*") if one.is_file()} == before
    assert "新 1" in run(ws, "load", str(path), "--kind", kind, *words)


def test_wrong_words_are_wrong_usage(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("问题,是否完成\n甲,是\n", encoding="utf-8")
    for words in (["--kind", "moon"], ["--kind", "list"]):
        assert CliRunner().invoke(app, ["-C", str(ws.folder), "load", str(path), *words]).exit_code == 2
