"""guatu load on the command line: what was understood, what was kept, and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guatu.cli.app import app
from guatu.load.workspace import Workspace
from tests.load.city import CITY

TEXT = "时间,站点,PM2.5,CO(mg/m3),湿度\n2021-01-01 01:00,S1,35,0.4,60\n2021-01-01 02:00,S1,—,0.5,60\n"


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    (tmp_path / "a.csv").write_text(TEXT, encoding="utf-8")
    (tmp_path / "坏.csv").write_text(TEXT.replace("35", "x").replace("0.5", "-1"), encoding="utf-8")
    return Workspace.create(tmp_path / "ws", CITY)


def guatu(ws: Workspace, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from guatu.cli import main; main()", "-C", str(ws.folder), *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_load_tells_what_it_understood(ws: Workspace) -> None:
    said = CliRunner().invoke(app, ["-C", str(ws.folder), "load", str(ws.folder.parent / "a.csv")]).output
    for words in (
        "CSV UTF-8",
        "2 行",
        "小时的结束",
        "PM2.5 没有写单位",
        "没有用到的列：湿度",
        "缺测：pm25 1",
        "批次 0001",
    ):
        assert words in said
    again = CliRunner().invoke(app, ["-C", str(ws.folder), "load", str(ws.folder.parent / "a.csv"), "--json"]).output
    assert json.loads(again)["same"] == 2
    assert json.loads(again)["batch"] is None


def test_doubts_are_counted_and_written_out_and_the_values_kept(ws: Workspace) -> None:
    hours = [f"2021-01-01 {k:02d}:00,S1,{900 if k == 12 else 30 + k % 3},0.4,60\n" for k in range(1, 24) if k != 20]
    path, out = ws.folder.parent / "疑.csv", ws.folder.parent / "疑点.csv"
    path.write_text(TEXT.splitlines()[0] + "\n" + "".join(hours), encoding="utf-8")
    said = CliRunner().invoke(app, ["-C", str(ws.folder), "load", str(path), "--doubts", str(out)]).output
    assert "疑点（照原值收，请核实）：缺少小时记录 1，超出常见范围 1，单小时突变 1" in said
    assert out.read_text(encoding="utf-8-sig").count("\n") == 4
    assert ws.hours().collect()["pm25"].max() == 900


def test_check_keeps_nothing(ws: Workspace) -> None:
    said = CliRunner().invoke(app, ["-C", str(ws.folder), "load", str(ws.folder.parent / "a.csv"), "--check"]).output
    assert "没有入库" in said
    assert ws.batches() == ()


def test_faults_go_to_stderr_with_exit_code_1_and_no_traceback(ws: Workspace) -> None:
    found = guatu(ws, "load", str(ws.folder.parent / "坏.csv"))
    assert found.returncode == 1
    assert len(found.stderr.splitlines()) == 2
    assert "第 2 行“PM2.5”列" in found.stderr
    assert "第 3 行“CO(mg/m3)”列" in found.stderr
    assert "Traceback" not in found.stderr


def test_wrong_usage_is_exit_code_2(ws: Workspace) -> None:
    for words in (["--stamp", "middle"], ["--unit", "co=kg"], ["--kind", "noise"], ["--on", "昨天"]):
        found = CliRunner().invoke(app, ["-C", str(ws.folder), "load", "a.csv", *words])
        assert found.exit_code == 2, found.output


def test_status_without_a_plan_is_one_sentence(ws: Workspace) -> None:
    found = guatu(ws, "status")
    assert found.returncode == 1
    assert found.stderr.count("\n") == 1
    assert "G-JUDGE-01" in found.stderr
