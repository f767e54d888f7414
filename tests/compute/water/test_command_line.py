from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from guatu.cli.app import app
from guatu.errors import GuatuError

CASES = {
    "water-class": ("codmn,nh3n\n3.1,0.025L\n16,1.2\n", {"class": [2, 6], "deciding": ["codmn", "codmn"]}),
    "lake-tli": ("tp,sd\n0.05,0.5\n0.05,\n", {"missing": ["chla,tn,codmn", "chla,tn,sd,codmn"]}),
    "groundwater-class": ("pH,硝酸盐\n7,0.016L\n6,31\n", {"class": [1, 5], "deciding": [None, "硝酸盐"]}),
    "water-month": ("section,time,codmn\n甲,2021-03-01,6.0\n甲,2021-03-02,6.1\n", {"codmn": [6.0], "grade": ["良好"]}),
    "water-quarter": ("section,time,codmn\n甲,2021-03-01,6.0\n甲,2021-01-02,6.1\n", {"period": ["2021Q1"]}),
    "water-auto-day": ("section,time,codmn\n甲,2021-03-01 00:00,6\n甲,2021-03-01 04:00,8\n", {"codmn": [7.0]}),
    "water-auto-month": (
        "section,time,codmn\n甲,2021-03-01 00:00,6\n甲,2021-03-01 04:00,8\n甲,2021-03-02 00:00,9\n",
        {"codmn": [8.0], "n": [2]},
    ),
    "water-auto-year": ("section,time,codmn\n甲,2021-03-01 00:00,6\n", {"flag": ["月数不足（1/12）"]}),
    "water-river": (
        "river,section,time,codmn\n河,甲,2021-03-01,2\n河,乙,2021-03-01,20\n",
        {"class": [5], "sections": [2]},
    ),
    "lake-whole": ("lake,point,tp\n湖,东,0.02\n湖,西,0.08\n", {"tp": [0.05], "points": [2]}),
    "groundwater-year": ("point,time,锰\n一号,2021-04-06,1\n一号,2021-08-06,2.2\n", {"class": [5], "n": [2]}),
    "water-year": ("section,time,codmn\n甲,2021-03-01,6.0\n", {"flag": ["月数不足（1/12）"]}),
    "source-verdict": ("time,kind,nh3n\n2021-03-01,river,1.2\n", {"ok": [False], "over": ["氨氮(0.2)"]}),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_a_file_goes_in_and_a_file_comes_out(name: str, ending: str, tmp_path: Path) -> None:
    text, expected = CASES[name]
    source, out = tmp_path / "in.csv", tmp_path / f"out.{ending}"
    source.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["compute", name, str(source), "-o", str(out)])
    assert result.exit_code == 0, result.output
    if ending == "parquet":
        got = pl.read_parquet(out)
        assert {column: got[column].to_list() for column in expected} == expected
    else:
        assert out.stat().st_size > 0


def test_bad_cells_leave_no_output(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("codmn\n三点一\n-2\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["compute", "water-class", str(source), "-o", str(out)])
    assert isinstance(result.exception, GuatuError)
    assert set(result.exception.codes) == {"G-WATER-01", "G-WATER-02"}
    assert not out.exists()
