"""People and bodies of a demo workspace: the tree, two towns with a measure handed down, a notice under review."""

from __future__ import annotations

from datetime import datetime

from guatu.load.workspace import Workspace
from guatu.office import collecting, own_reports
from guatu.office.people import bodies, handing
from guatu.office.reading import looks, shelf

CLERK, COUNTY, CONTACT = "jingban", "乐平市", "xianqu"
TOWNS = ("演示甲镇", "演示乙镇")


def make(ws: Workspace, moment: datetime) -> None:
    """Make them; what the workspace has no ground for is left out."""
    bodies.begin(ws, CLERK, moment)
    tree = bodies.tree()
    county = next((code for code, node in tree.items() if COUNTY in node.names), "")
    if county and own_reports.period_of(COUNTY):
        for town in TOWNS:
            bodies.add(town, "乡镇", county, None, CONTACT, moment=moment)
        _hand_down(moment)
    notice = ws.folder / "plan" / "notice.txt"
    if notice.is_file():
        number = shelf.upload(ws, "演示通知.txt", notice.read_bytes(), shelf.ANNUAL, CLERK, moment)
        for item in ("T01", "T02", "T03", "T04", "K01"):
            looks.confirm(ws, number, item, "", CLERK, moment)


def _hand_down(moment: datetime) -> None:
    period = own_reports.period_of(COUNTY)
    for order, town in enumerate(TOWNS):
        for measure in _measures(period)[:2]:
            handing.hand_down(COUNTY, measure, town, CONTACT, note="月底前报数", moment=moment)
            if not order:
                said = {"state": "推进中", "text": "已完成摸排"}
                handing.say(period, COUNTY, measure, town, said, CONTACT, own=False, moment=moment)


def _measures(period: str) -> list[str]:
    return [one.measure for one in collecting.asked(period).get(COUNTY, ())]
