"""Duties of a demo workspace: the breakdown approved, August collected, September half in; all of it made up."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction

from guatu.act.collection import Asked
from guatu.act.collection_heap import Candidate, Review
from guatu.act.log import BEIJING
from guatu.act.registers import registers
from guatu.judge.board import plan_of
from guatu.load.workspace import Workspace
from guatu.office import (
    breakdowns,
    collecting,
    collecting_figures,
    collecting_heap,
    commenting,
    duties,
    records,
    registering,
)
from guatu.office.models import Entry
from guatu.office.people import demo as people

CLERK, DIRECTOR = "jingban", "zhuren"
LATE_IN_AUGUST = {"市城管局": 3, "市交通运输局": 1}
NOT_YET_IN_SEPTEMBER = ("市住建局", "乐平市", "市财政局", "市城管局", "市公安局", "珠山区", "市委宣传部")


@transaction.atomic
def make(ws: Workspace) -> bool:
    """Make them in a workspace nobody has touched yet; each step dated in the demonstration's own year."""
    if Entry.objects.exists():
        return False
    plan = plan_of(ws)
    duties.take_over(plan, _at(2021, 3, 10))
    breakdowns.begin(ws, CLERK, _at(2021, 3, 11))
    rows = [row for row in breakdowns.rows() if row.lead]
    for row in rows[1::6]:
        breakdowns.edit(row.id, {"node": "2021-09-30"}, CLERK, moment=_at(2021, 3, 12))
    for number, row in enumerate(rows[2::9]):
        asked = {"done": "count", "quantity": str(12 + 4 * number), "unit": "处", "node": "2021-12-31"}
        breakdowns.edit(row.id, asked, CLERK, moment=_at(2021, 3, 12))
    breakdowns.confirm_leads([row.id for row in rows[: len(rows) * 3 // 4]], CLERK, _at(2021, 3, 15))
    breakdowns.cover_zone("高新区", CLERK, "主任批示，按县区同等承担", _at(2021, 3, 16))
    _comments()
    signed = {"signer": DIRECTOR, "number": "演示环委办〔2021〕12号", "signed_on": "2021-03-26"}
    breakdowns.approve(DIRECTOR, signed, _at(2021, 3, 26))
    _month(ws, "2021-08", date(2021, 9, 8), date(2021, 9, 7), LATE_IN_AUGUST, ())
    _month(ws, "2021-09", date(2021, 10, 13), date(2021, 10, 11), {}, NOT_YET_IN_SEPTEMBER)
    done = [(sender, measure) for sender, measure, _ in collecting.to_verify("2021-09")][::2]
    collecting.verify("2021-09", done, CLERK, date(2021, 10, 11), _at(2021, 10, 11, 18))
    _registers(ws)
    people.make(ws, _at(2021, 10, 11, 19))
    breakdowns.restate(date(2021, 10, 12), moment=_at(2021, 10, 11, 19))
    return True


def _comments() -> None:
    """The draft sent round: most bodies agree, one comments and is answered, one says nothing."""
    bodies = commenting.send(CLERK, date(2021, 3, 23), _at(2021, 3, 16))
    told = "市住建局"
    for body in bodies:
        if body not in (told, "市城管局"):
            commenting.no_objection(body, CLERK, recorded=True, moment=_at(2021, 3, 22))
    text = "乡镇污水处理设施由乡镇建设，建议由农业农村部门牵头"
    made = commenting.say(told, commenting.asked()[told][0], text, "danwei", moment=_at(2021, 3, 22))
    reason = "文件所列首位为该单位，维持；请农业农村部门配合"
    commenting.settle(made, "部分采纳", reason, CLERK, _at(2021, 3, 24))


def _month(
    ws: Workspace, period: str, due: date, received: date, late: dict[str, int], silent: tuple[str, ...]
) -> None:
    """A collection sent out on the first working days and stored day by day."""
    moment = datetime.combine(due - timedelta(days=8), time(9), BEIJING)
    collecting.begin(period, due, CLERK, moment=moment, figures=collecting_figures.owed(ws, period))
    by_day: dict[date, list[Candidate]] = {}
    for order, (sender, rows) in enumerate(collecting.asked(period).items()):
        if sender in silent:
            continue
        day = due + timedelta(days=late[sender]) if sender in late else received
        told = rows[: len(rows) - (order % 11 == 7)] or rows
        by_day.setdefault(day, []).extend(
            Candidate(sender, one.measure, f"{sender}-工作进展-{period}.xlsx", "工作进展", 5 + line, said)
            for line, one in enumerate(told)
            if (said := _said(one, period, order + line))
        )
    for day, found in sorted(by_day.items()):
        review = Review(period, day, (), tuple(found), (), (), (), ())
        heap = collecting_heap.Heap(f"demo{day:%Y%m%d}"[:12], (), review, ())
        collecting_heap.confirm(heap, CLERK, datetime.combine(day, time(17), BEIJING))


def _registers(ws: Workspace) -> None:
    """Papers and receipts from the plan, a meeting, two decisions and two projects."""
    at = _at(2021, 10, 11, 18)
    registering.begin(ws, CLERK, at)
    for name in list(records.of_kind("receipt"))[:20]:
        signed = {"state": "已签收", "received_on": "2021-03-12", "signer": "办公室"}
        registering.change(registers()["receipt"], name, signed, CLERK, moment=at)
    told = (
        "会议议定",
        "市环委会全会",
        "2021-09-02",
        "排查城区雨污混接点并列出整改清单",
        "市住建局",
        "2021-10-08",
    )
    met = {"name": "市环委会全会", "kind": "全体会议", "body": "市环委办", "held_on": "2021-09-02", "state": "召开"}
    meeting = registering.add(registers()["meeting"], met, CLERK, moment=at)
    said = dict(zip(("kind", "origin", "on", "text", "body", "due"), told, strict=True))
    registering.add(registers()["item"], {**said, "meeting": meeting}, CLERK, moment=at)
    told = (
        "领导批示",
        "分管副市长",
        "2021-09-20",
        "核查重点企业错峰生产落实情况",
        "市生态环境局",
        "2021-10-20",
    )
    said = dict(zip(("kind", "origin", "on", "text", "body", "due"), told, strict=True))
    registering.to_measure(registering.add(registers()["item"], said, CLERK, moment=at), CLERK, at)
    money = {"central": "3200", "province": "800", "city": "1500.5", "paid": "2100", "started_on": "2021-04-18"}
    served = next((row.id for row in breakdowns.rows() if "管网" in row.text), "")
    target = next((one.id for one in plan_of(ws).targets if one.indicator_id == "town_sewage_rate"), "")
    money |= {"measure": served, "target": target}
    work = {"name": "演示污水管网改造工程", "body": "市住建局", "state": "开工", "due": "2021-12-20", **money}
    registering.add(registers()["project"], work, CLERK, moment=at)
    work = {"name": "演示尾矿库治理工程", "body": "乐平市", "city": "960", "due": "2021-09-30"}
    registering.add(registers()["project"], work, CLERK, moment=at)


def _said(one: Asked, period: str, number: int) -> dict[str, str]:
    month = int(period[5:])
    said = {"state": "推进中", "text": f"{month}月开展专题调度，{one.text[:14].rstrip('，、。')}有序推进"}
    if one.done == "standing" and number % 5 == 0:
        said["state"] = "长期坚持"
    if number % 13 == 4:
        said |= {"state": "滞后", "text": f"{month}月前期手续尚未办结，进度慢于计划", "trouble": "资金未到位"}
    if one.quantity:
        said["count"] = str(min(int(one.quantity), month - 2 + number % 4))
    if one.done == "paper" and month >= 9:
        said |= {"state": "办结", "text": "文件已印发", "proof": "演示环委发〔2021〕8号", "done_on": "2021-09-24"}
    if one.done != "paper" and one.node == date(2021, 9, 30) and month >= 9 and number % 2:
        said |= {"state": "办结", "text": "已按要求完成并通过自查", "proof": "自查报告", "done_on": "2021-09-28"}
    return dict(sorted(said.items()))


def _at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=BEIJING)
