"""The breakdown in the office: begun from the plan, edited by people, approved by a signature, read by every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from guatu.act import breakdown, duty_states
from guatu.act.breakdown import Row
from guatu.act.breakdown_comments import OBJECTION
from guatu.act.breakdown_gaps import GROUP, Gap, gaps, zones_in
from guatu.errors import ActError
from guatu.judge.board import plan_of
from guatu.load.workspace import Workspace
from guatu.office import log, records
from guatu.office.models import Duty
from guatu.office.people import bodies
from guatu.read.plan import Plan

HEAD = "breakdown/current"
DRAFT, COMMENT, APPROVED = "起草", "征求意见", "批准"
ZONE = "功能区"
_DUTY_STATES = {state.label: state for state in Duty.State}


@dataclass(frozen=True, slots=True)
class Stand:
    """A row with where it stands on a day: its state, days late [d], n of N where it has a quantity, last words."""

    row: Row
    title: str
    state: str
    shape: str
    late: int
    count: str
    said: Mapping[str, str]
    reporter: str
    moved: tuple[str, ...] = ()


@transaction.atomic
def begin(ws: Workspace, person: str, moment: datetime | None = None) -> int:
    """Break the plan down into rows; returns their number. A breakdown of the same notice is left as it is.

    Raises ActError (G-OFFICE-13) where the breakdown of another notice stands: it is never overwritten silently.
    """
    plan = plan_of(ws)
    head = records.get(HEAD)
    if head:
        if head.get("notice") == plan.source_sha256:
            return 0
        raise _fault(
            "G-OFFICE-13", "任务分解", "已有另一份文件的分解", "直接重来会丢掉已填的内容", "先归档原来的工作区"
        )
    made = breakdown.rows_of(plan.measures, plan.tasks)
    counties, zones = _areas(ws, plan)
    spans = [list(one.span) for one in plan.measures]
    first = {"notice": plan.source_sha256, "status": DRAFT, "spans": spans, "counties": counties, "zones": zones}
    records.change(HEAD, "开始分解", first, person=person, moment=moment)
    for row in made:
        records.change(f"measure/{row.id}", "分解任务", row.record(), person=person, moment=moment)
    return len(made)


def _areas(ws: Workspace, plan: Plan) -> tuple[list[str], list[str]]:
    """Counties, and zones that may stand uncovered: of the workspace, else of the tree of bodies and the addressees."""
    areas = [(body.name, _kind(ws, body.place)) for body in ws.bodies if body.kind == "县区"]
    areas = areas or [(place.name, place.kind) for place in ws.places]
    areas = areas or [(node.names[0], node.kind) for node in bodies.tree().values()]
    counties = [name for name, kind in areas if kind not in (ZONE, "市", "乡镇", "部门", "党委部门", "群组", "企业")]
    zones = [name for name, kind in areas if kind == ZONE]
    return counties, [*zones, *(one for one in zones_in(plan.head.addressees) if one not in (*zones, *counties))]


def _kind(ws: Workspace, code: str) -> str:
    place = ws.city.place(code)
    return place.kind if place else ""


def set_counties(names: Sequence[str], person: str, reason: str = "", moment: datetime | None = None) -> None:
    """Say which counties “各县（市、区）” are; zones taken in before stay.

    Raises ActError: G-OFFICE-15 approved and no reason, G-OFFICE-17 none named or nothing begun.
    """
    _may_change(reason)
    if not head() or not names:
        raise _fault("G-OFFICE-17", "各县（市、区）", "没有写出县区，或还没有分解", "发不出报送表", "用顿号隔开写全")
    kept = [one for one in head().get("counties", []) if one in head().get("zones", []) and one not in names]
    records.change(HEAD, "登记县区", {"counties": [*names, *kept]}, person=person, reason=reason, moment=moment)


def head(at: date | None = None) -> dict[str, Any]:
    """Status, counties, zones of the breakdown; empty where none was begun."""
    return records.of_kind("breakdown", at).get("current", {})


def rows(at: date | None = None) -> tuple[Row, ...]:
    """The rows that stand, in the order of the notice."""
    found = [Row.of(data) for data in records.of_kind("measure", at).values() if not data.get("retired")]
    return tuple(sorted(found, key=lambda row: (not row.spans, row.spans, row.id)))


def row(name: str) -> Row:
    """One row that stands. Raises ActError (G-OFFICE-14) for any other name."""
    data = records.get(f"measure/{name}")
    if not data or data.get("retired"):
        what = f"已{data['retired']}" if data else "没有这一条"
        raise _fault("G-OFFICE-14", f"措施 {name}", what, "无从修改", "在分解表里核对编号")
    return Row.of(data)


def edit(
    name: str, changes: Mapping[str, Any], person: str, reason: str = "", seen: int | None = None,
    moment: datetime | None = None,
) -> bool:  # fmt: skip
    """Change a row; after approval a reason is needed (G-OFFICE-15). Returns whether anything differs."""
    _may_change(reason)
    made = breakdown.edited(row(name), changes)
    changed = {key: value for key, value in _blank(made).items() if key in changes}
    return records.change(
        f"measure/{name}", "修改分解", changed, person=person, reason=reason, seen=seen, moment=moment
    )  # fmt: skip


def _blank(made: Row) -> dict[str, Any]:
    """A row's record with its empty fields said, so that they are taken away."""
    names = Row.__dataclass_fields__
    said = made.record()
    return {name: said.get(name) for name in names}


@transaction.atomic
def split(name: str, cut: int, person: str, reason: str = "", moment: datetime | None = None) -> tuple[str, str]:
    """Split a row before a character of its text; the row itself stays on record as retired."""
    _may_change(reason)
    one, two = breakdown.split(row(name), cut)
    _put((one, two), (name,), f"拆分为 {one.id}、{two.id}", "拆分措施", person, reason, moment)
    return one.id, two.id


@transaction.atomic
def merge(names: Sequence[str], person: str, reason: str = "", moment: datetime | None = None) -> str:
    """Merge rows into one with a name of its own; they stay on record as retired."""
    _may_change(reason)
    made = breakdown.merged([row(name) for name in names])
    made = replace(made, id=f"{made.id}+")
    _put((made,), names, f"并入 {made.id}", "合并措施", person, reason, moment)
    return made.id


def _put(
    made: Sequence[Row], gone: Sequence[str], words: str, act: str, person: str, reason: str, moment: datetime | None
) -> None:
    for name in gone:
        records.change(f"measure/{name}", act, {"retired": words}, person=person, reason=reason, moment=moment)
    for one in made:
        records.change(f"measure/{one.id}", act, one.record(), person=person, reason=reason, moment=moment)
    lost = breakdown.uncovered([(a, b) for a, b in head()["spans"]], rows())
    if lost:
        raise _fault("G-OFFICE-16", "任务分解", f"文件第 {lost[0][0]} 字起有一段没有行承接", "任务会丢", "换一种拆并")


def add(name: str, said: Mapping[str, Any], person: str, moment: datetime | None = None) -> str:
    """Add a row that is not of the notice, with its source; its lead was named by that source. Returns its name."""
    plain = {"id": name, "task": "", "outline": "", "spans": [], "done": "ledger", "confirmed": True}
    records.change(f"measure/{name}", "列为措施", {**plain, **said}, person=person, moment=moment)
    return name


def confirm_leads(names: Sequence[str], person: str, moment: datetime | None = None) -> int:
    """Say of the first bodies of these rows that they lead; returns how many changed."""
    return sum(edit(name, {"confirmed": True}, person, "确认牵头", moment=moment) for name in names if row(name).lead)


def cover_zone(name: str, person: str, reason: str, moment: datetime | None = None) -> None:
    """Add a zone to the counties, so that what is laid on all counties is laid on it too (G-OFFICE-17: not a zone)."""
    said = head()
    if name not in said.get("zones", []):
        raise _fault("G-OFFICE-17", name, "不在未覆盖的区域之内", "无从纳入", "在缺口清单里核对名称")
    known = said.get("counties", [])
    counties = [*known, *([] if name in known else [name])]
    records.change(HEAD, "纳入区域", {"counties": counties}, person=person, reason=reason, moment=moment)


def send_for_comment(
    person: str, bodies: Sequence[str] = (), due: date | None = None, moment: datetime | None = None
) -> None:
    """From draft to comment: to whom, and till when (None: no day set)."""
    if head().get("status") != DRAFT:
        raise _fault("G-OFFICE-18", "任务分解", f"现在是“{head().get('status', '未开始')}”", "次序不对", "核对状态")
    said = {"status": COMMENT, "asked": list(bodies), "comment_due": due.isoformat() if due else None}
    records.change(HEAD, "分解表征求意见", said, person=person, moment=moment)


def approve(person: str, signed: Mapping[str, str], moment: datetime | None = None) -> None:
    """Approve the breakdown with a signature (signing.by_self or from_paper).

    Raises ActError: G-OFFICE-18 not sent for comment before, G-OFFICE-37 a comment is not settled.
    """
    if head().get("status") != COMMENT:
        raise _fault(
            "G-OFFICE-18", "任务分解", f"现在是“{head().get('status', '未开始')}”", "先征求意见再批准", "先征求意见"
        )
    said = records.of_kind("comment")
    open_ones = [name for name, one in said.items() if one["kind"] == OBJECTION and not one.get("answer")]
    if open_ones:
        raise _fault(
            "G-OFFICE-37", "任务分解", f"还有 {len(open_ones)} 条意见没有答复（{'、'.join(open_ones[:5])}）",
            "提了意见的单位要有个说法", "逐条答复后再批准",
        )  # fmt: skip
    acting = signed["signer"] if signed.get("recorded") else ""
    records.change(
        HEAD, "批准分解表", {"status": APPROVED, **signed}, person=person, acting_for=acting, moment=moment
    )  # fmt: skip


def _may_change(reason: str) -> None:
    if head().get("status") == APPROVED and not reason:
        raise _fault("G-OFFICE-15", "任务分解", "已经批准", "批准后的改动要说得清为什么", "写明理由")


def all_gaps(at: date | None = None) -> tuple[Gap, ...]:
    """The gap list."""
    said = head(at)
    return gaps(rows(at), said.get("counties", []), said.get("zones", [])) if said else ()


def stands(day: date, at: date | None = None) -> tuple[Stand, ...]:
    """Every row with its state at the end of a day; at: as the records stood on a past day (None: now)."""
    said = head(at)
    newest: dict[tuple[str, str], Mapping[str, Any]] = {}
    renamed = bodies.namesakes()
    for subject, data in sorted(records.of_kind("report", at).items()):
        _, sender, measure = subject.split("/", 2)
        if data.get("received", "") <= day.isoformat():
            newest |= {(measure, name): data for name in renamed.get(sender, (sender,))}
    titles = dict(Duty.objects.values_list("code", "title"))
    return tuple(_stand(one, newest, said.get("counties", []), titles, day) for one in rows(at))


def _stand(
    one: Row,
    newest: Mapping[tuple[str, str], Mapping[str, Any]],
    counties: Sequence[str],
    titles: Mapping[str, str],
    day: date,
) -> Stand:
    leads = counties if one.lead.startswith(GROUP) else (one.lead,)
    reports = [(lead, newest[one.id, lead]["said"]) for lead in leads if (one.id, lead) in newest]
    verified = all(newest[one.id, lead].get("verified") for lead, _ in reports)
    words = [said["state"] for _, said in reports]
    word = next((w for w in ("滞后", "未启动", "申请调整", "推进中", "长期坚持") if w in words), "")
    if words and all(w == duty_states.DONE for w in words):
        word = duty_states.DONE if len(words) == len(leads) else "推进中"
    state = duty_states.state_of(one.node, one.done, word, verified, day)
    said = reports[0][1] if len(reports) == 1 else {}
    finished = date.fromisoformat(said["done_on"]) if said.get("done_on") else None
    late = duty_states.days_late(one.node, finished if state != duty_states.LATE else None, day)
    if state in (duty_states.DONE, duty_states.VERIFYING) and finished is None:
        late = 0
    count = f"{said['count']}／{one.quantity}{one.unit}" if one.quantity and said.get("count") else ""
    return Stand(
        one, titles.get(one.task, ""), state, duty_states.states_on(day)[state].shape, late, count, said,
        reports[0][0] if len(reports) == 1 else "",
    )  # fmt: skip


def bar(found: Sequence[Stand], day: date) -> tuple[int, int] | None:
    """Measures done of measures due."""
    return duty_states.bar_of([(one.row.node, one.state) for one in found], day)


def restate(day: date, person: str = log.MACHINE, moment: datetime | None = None) -> int:
    """Bring the state of every task into line with its measures; each change is logged. Returns how many changed."""
    by_task: dict[str, list[str]] = {}
    for one in stands(day):
        by_task.setdefault(one.row.task, []).append(one.state)
    changed = 0
    for duty in Duty.objects.all():
        wanted = _DUTY_STATES[_of_task(by_task.get(duty.code, []))]
        if duty.state != wanted:
            log.record(person, "任务状态", duty.code, {"state": duty.state}, {"state": wanted.value}, moment=moment)
            duty.state = wanted
            duty.save(update_fields=["state"])
            changed += 1
    return changed


def _of_task(states: Sequence[str]) -> str:
    """The state of a task from its measures: the worst that calls for an act, done only when all are."""
    for worst in (duty_states.LATE, "滞后", "申请调整"):
        if worst in states:
            return worst
    alike = set(states) - ({duty_states.STANDING} if set(states) != {duty_states.STANDING} else set())
    if len(alike) == 1:
        return alike.pop()
    if not states:
        return duty_states.UNREPORTED
    return duty_states.VERIFYING if alike == {duty_states.DONE, duty_states.VERIFYING} else "推进中"


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
