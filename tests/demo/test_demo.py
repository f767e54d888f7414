"""The demonstration: the structure of the real plan, made-up hours, marked as such, the same bytes each time."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guatu.cli.app import app
from guatu.demo.make import CORRECTED, TODAY, make
from guatu.demo.weather import DRIFT
from guatu.judge import board_of, plan_of, value_at
from guatu.judge.beside import all_beside
from guatu.load.workspace import Workspace

DEMO = "演示数据，非实测"


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make(tmp_path_factory.mktemp("demo") / "ws")


def run(ws: Workspace, *words: str) -> str:
    found = CliRunner().invoke(app, ["-C", str(ws.folder), *words])
    assert found.exit_code == 0, found.output
    return found.output


def test_it_is_made_the_same_each_time(ws: Workspace, tmp_path: Path) -> None:
    again = make(tmp_path / "again")

    def prints(folder: Path) -> dict[str, str]:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    assert prints(ws.folder) == prints(again.folder)


def test_the_plan_has_the_targets_of_the_real_one(ws: Workspace, shared: Callable[..., Path]) -> None:
    gold = json.loads(shared("notices", "gold", "00-jingdezhen-2021-eco-yaodian.json").read_text(encoding="utf-8"))
    ours = plan_of(ws)
    assert len(ours.targets) == len(gold["targets"]) == 27
    for target, wanted in zip(ours.targets, gold["targets"], strict=True):
        stretch = None if wanted["stretch"] is None else Decimal(str(wanted["stretch"]))
        value = None if wanted["value"] is None else Decimal(str(wanted["value"]))
        assert (
            target.op in (wanted["op"], *wanted.get("op_alt", ())),
            target.value,
            target.stretch,
            target.outline,
        ) == (
            True,
            value,
            stretch,
            wanted["outline"],
        )
    assert [set(task.units) for task in ours.tasks] == [set(task["units"]) for task in gold["tasks"]]


def test_no_sentence_of_the_real_notice_is_repeated(ws: Workspace, shared: Callable[..., Path]) -> None:
    """Duties are told in other words; units and what is counted (…反馈的需要限期整改的问题及信访件) are facts."""
    real = "".join(shared("notices", "texts", "00-jingdezhen-2021-eco-yaodian.txt").read_text("utf-8").split())
    ours = (ws.folder / "plan" / "notice.txt").read_text(encoding="utf-8")
    duties = re.sub(r"（责任单位.*|力争省级环保督察反馈[^。]*。", "", ours[ours.rindex("三、主要任务") :])
    told = "".join(duties.split())
    runs = {told[k : k + 24] for k in range(len(told) - 23)}
    assert [run for run in sorted(runs) if run in real] == []


def test_every_target_has_a_state_and_every_undecided_one_a_reason(ws: Workspace) -> None:
    board = board_of(ws, plan_of(ws), TODAY)
    assert len(board.rows) == 27
    assert (board.demo, board.data_until, board.data_version) == (True, TODAY, "air-hourly/0003")
    assert sum(board.counts().values()) == 27
    for row in board.rows:
        assert (row.status.code == "undecided") == bool(row.status.reason)
        assert row.value.number is not None or row.status.code == "undecided"
    reasons = {row.target.id: row.status.reason for row in board.rows if row.status.reason}
    assert reasons == {"T10": "待上级下达目标值", "T14": "数据未到", "T15": "待上级下达目标值", "T27": "数据未到"}
    words = {row.status.word for row in board.rows}
    assert words >= {"达标", "力争达标", "临界", "暂未达标", "未达序时", "无法判定"}, (
        "the wall shows every state there is"
    )
    differing = {row.target.id for row in board.rows if row.official and row.official.value != row.value.number}
    assert differing == {"T05", "T19", "T21"}


def test_each_figure_of_the_wall_opens_to_its_file(ws: Workspace) -> None:
    """From the address on the wall down to a cell of a table, a paper of the level above, or a station's hour."""
    board = board_of(ws, plan_of(ws), TODAY)
    for row in board.rows[4:]:
        value = value_at(ws, plan_of(ws), f"{row.value.address}@{TODAY}")
        assert value.number == row.value.number
        tree = str(value.why)
        assert row.target.id in tree
        if value.number is not None:
            assert ".csv" in tree or "演示通报" in tree
            assert value.data_version.partition("/")[0] in ("figures", "list", "water", "water-class", "official")


def test_the_corrected_day_stays_what_it_was_before(ws: Workspace) -> None:
    station, day, _ = DRIFT
    address = f"pm25/珠山区/{day}@{{}}"
    before = value_at(ws, None, address.format("2021-09-19"))
    after = value_at(ws, None, address.format(CORRECTED))
    assert before.number != after.number
    assert ws.batches()[2].reason
    assert date.fromisoformat(ws.batches()[2].first[:10]) == day
    assert station in str(after.why)


def test_official_figures_stand_beside_and_their_differences_are_led_back(ws: Workspace) -> None:
    pairs = all_beside(ws, TODAY)
    assert [bool(pair.difference) for pair in pairs] == [False, False, True, True]
    assert "不计站点 DEMO01 演示一号站" in [reading.text for reading in pairs[2].readings]
    assert any(reading.text.startswith("不计批次 0003 的更正") for reading in pairs[3].readings)
    assert DEMO in run(ws, "official", "--as-of", str(TODAY))


def test_every_command_says_that_it_is_a_demonstration(ws: Workspace) -> None:
    for words in (["status"], ["room"], ["explain", "pm25_mean/市中心城区/2021@2021-10-11"]):
        more = [] if words[0] == "explain" else ["--as-of", str(TODAY)]
        assert DEMO in run(ws, *words, *more)
    facts = json.loads(run(ws, "status", "--as-of", str(TODAY), "--json"))
    assert facts["demo"] is True
    assert len(facts["targets"]) == 27
    assert json.loads(run(ws, "explain", "pm25_mean/市中心城区/2021@2021-10-11", "--json"))["demo"] is True


def test_json_addresses_open(ws: Workspace) -> None:
    facts = json.loads(run(ws, "status", "--as-of", str(TODAY), "--json"))
    for target in facts["targets"][:4]:
        opened = json.loads(run(ws, "explain", target["address"], "--json"))
        assert opened["number"] == target["value"]
        assert opened["why"]["below"]


def test_a_folder_already_used_is_left_alone(ws: Workspace) -> None:
    found = CliRunner().invoke(app, ["demo", str(ws.folder)])
    assert getattr(found.exception, "codes", ()) == ("G-WORK-09",)
