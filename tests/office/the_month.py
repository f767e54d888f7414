"""The month's stage: a workspace with its notice and its figures, a breakdown made ready, and what must come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path

from guatu.load.city import city_from_toml
from guatu.load.workspace import Workspace
from guatu.office import breakdowns, records
from guatu.read import read_notice
from tests.conftest import real_inputs
from tests.office import dirt
from tests.office.tables import told

ZONES = ("高新区", "昌南新区")
PLACES = ("昌江区", "珠山区", "乐平市", "浮梁县", *ZONES)
Said = Mapping[tuple[str, str], Mapping[str, str]]


class Desk:
    """The clerk at the command line."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws

    def __call__(self, *words: str) -> str:
        return told(self.ws, *words)


def workspace(folder: Path, notice: str) -> Workspace:
    """A city with the demo's or the real notice read, two figures owed each quarter, and the second quarter's known."""
    own = files("guatu.demo")
    ws = Workspace.create(folder, city_from_toml(own.joinpath("city.toml").read_bytes()))
    path = ws.folder / "plan" / "notice.txt"
    if notice == "real":
        path.write_bytes(real_inputs("notices", "texts", "00-jingdezhen-2021-eco-yaodian.txt").read_bytes())
    else:
        path.write_bytes(own.joinpath("notice.txt").read_bytes())
    ws.plan_path.write_text(read_notice(path).to_toml(), encoding="utf-8")
    due = [("town_sewage_rate", "市住建局"), ("msw_harmless_rate", "市城管局")]
    lines = [f'[[due]]\nindicator = "{one}"\nbody = "{body}"\nevery = "quarter"\n' for one, body in due]
    (ws.folder / "plan" / "figures.toml").write_text("\n".join(lines), encoding="utf-8")
    rows = ["指标,地区,时段,分子,分母,填报单位,填报日期"]
    for name in ("城镇生活污水处理率", "城镇生活垃圾无害化处理率"):
        rows += [f"{name},{place},2021Q2,{390 + at},{400 + at},甲,2021-07-08" for at, place in enumerate(PLACES)]
    (ws.folder / "q2.csv").write_text("\n".join(rows), encoding="utf-8")
    told(ws, "load", str(ws.folder / "q2.csv"), "--kind", "figures")
    return ws


def broken_down(desk: Desk) -> tuple[str, str, str]:
    """The breakdown made ready: two zones added; one measure counted, one of the land, one of the water bureau a paper.

    Returns their numbers.
    """
    desk("duties", "begin")
    for zone in ZONES:
        desk("duties", "zone", zone, "--reason", "主任批示，按县区同等承担")
    every = {name: data for name, data in records.of_kind("measure").items() if data.get("task")}
    bodies = {name: {data["lead"], *data.get("responsible", [])} for name, data in every.items()}
    counted = next(name for name, found in bodies.items() if {"市工信局", "市交通运输局"} <= found)
    paper = next(name for name, found in bodies.items() if "市自然资源规划局" in found and name != counted)
    issued = next(row.id for row in breakdowns.rows() if any(body == "市水利局" for body, _ in row.bodies()))
    assert len({counted, paper, issued}) == 3
    desk("duties", "edit", counted, "--done", "count", "--quantity", "20", "--unit", "处")
    desk("duties", "edit", paper, "--done", "paper", "--node", "2021-09-30")
    desk("duties", "edit", issued, "--done", "paper", "--node", "2021-12-31")
    desk("duties", "lead")
    desk("duties", "comment")
    scan = desk.ws.folder / "签批.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    signed = ("--signer", "王主任", "--scan", str(scan), "--number", "演示环委办〔2021〕12号", "--on", "2021-03-26")
    desk("duties", "approve", *signed)
    return counted, paper, issued


def asked_in(sent: Path) -> set[tuple[str, str]]:
    """What every sheet that was sent out asks, measures and figures, read from the sheets themselves."""
    found = set()
    for path in sent.iterdir():
        sheet = dirt.Sheet(path)
        figures = sheet.figures()
        found |= {(sheet.sender, name) for name in (*sheet.rows, *(figures.rows if figures else ()))}
    return found


def settled(truth: dirt.Truth) -> dict[tuple[str, str], dict[str, str]]:
    """What must be on record once the questions are answered as dirt.ANSWERS says."""
    return {key: dict(sorted(said.items())) for key, said in {**truth.good, **truth.later}.items()}


def is_figure(name: str) -> bool:
    """Whether an id is that of a figure; measures are numbered M001."""
    return not name.startswith("M")


def table_of(
    asked: Iterable[tuple[str, str]], said: Said, late: Mapping[str, int], after: int, returned: Iterable[str]
) -> list[list[str]]:
    """The bulletin's table reckoned by hand: units with their counts, sorted, and the sum.

    late: days late of units that came late; after: days past the due day of those that never came; returned: units
    whose sheet came though none of its rows could be taken.
    """
    everyone = sorted({sender for sender, _ in asked})
    rows = []
    for sender in everyone:
        mine = [name for one, name in asked if one == sender]
        came = [name for name in mine if (sender, name) in said]
        measures = [name for name in mine if not is_figure(name)]
        there = [name for name in came if not is_figure(name)]
        states = [said[sender, name]["state"] for name in there]
        owed, given = sum(map(is_figure, mine)), sum(map(is_figure, came))
        words = [f"迟报 {late[sender]} 天"] if sender in late else []
        words += [f"漏报 {len(measures) - len(there)} 项"] if len(measures) > len(there) else []
        words += [f"缺 {owed - given} 个数"] if owed > given else []
        word = "，".join(words) or "按时"
        if not came and sender not in returned:
            word = f"未报，已迟 {after} 天"
        counts = [str(states.count(state)) for state in ("推进中", "办结")]
        rows.append([sender, str(len(measures)), str(len(there)), *counts, str(owed), str(given), word])
    sums = [str(sum(int(row[at]) for row in rows)) for at in range(1, 7)]
    owing = sum(row[-1] != "按时" for row in rows)
    return [*rows, ["合计", *sums, f"{owing} 个单位未报齐或迟报"]]
