"""Handing down in the office: what a county gave to whom, what came back of a period, merged into its own draft."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from guatu.act import handing_down
from guatu.act.collection import Asked
from guatu.act.duty_states import sayable
from guatu.act.handing_down import Part
from guatu.act.log import BEIJING
from guatu.errors import ActError
from guatu.office import collecting, own_reports, records
from guatu.office.people import bodies

SAID = ("state", "text", "count", "proof", "done_on", "next", "trouble")


def hand_down(
    county: str, measure: str, to: str, person: str, *, node: date | None = None, note: str = "",
    moment: datetime | None = None,
) -> None:  # fmt: skip
    """Give a measure of the county to one of its bureaus or towns.

    Raises ActError: G-HAND-21 the measure is not the county's, G-HAND-22 the body is not under it, G-HAND-23 its node
    is later than the county's own.
    """
    own = _asked(county, measure)
    if to not in bodies.below(county):
        raise _fault(
            "G-HAND-22", to or "下级单位", f"不是{county}下面的单位", "只能转给自己的部门和乡镇", "先登记下级单位"
        )
    if node and own.node and node > own.node:
        raise _fault("G-HAND-23", to, f"{node} 晚于本级的 {own.node}", "下面按时本级也会逾期", "把节点提前")
    said = {"node": node.isoformat() if node else None, "note": note.strip()}
    subject = f"handed/{county}/{measure}/{to}"
    records.change(subject, "转办", {"to": to, **said}, person=person, moment=moment)


def take_back(county: str, measure: str, to: str, person: str, reason: str, moment: datetime | None = None) -> None:
    """Take a measure back from a bureau or town. Raises ActError (G-HAND-24): it was not given, or no reason."""
    subject = f"handed/{county}/{measure}/{to}"
    if not records.get(subject) or not reason.strip():
        raise _fault("G-HAND-24", to, "没有转办过，或没有写理由", "收回要说得清", "核对单位，写明理由")
    records.change(subject, "收回转办", {}, person=person, reason=reason, whole=True, moment=moment)


def say(
    period: str, county: str, measure: str, to: str, said: Mapping[str, str], person: str, *, own: bool,
    moment: datetime | None = None,
) -> None:  # fmt: skip
    """What a bureau or town says of a period; own: by its own account, else the county writes it down 代报.

    Raises ActError: G-HAND-24 it was not given to it, G-HAND-25 the state is no state, G-HAND-02 the count is none.
    """
    if not records.get(f"handed/{county}/{measure}/{to}"):
        raise _fault("G-HAND-24", to, f"没有转办过 {measure}", "没有可报的", "核对措施编号")
    kept = {name: said[name].strip() for name in SAID if said.get(name, "").strip()}
    if kept.get("state") not in sayable(datetime.now(BEIJING).date()):
        raise _fault("G-HAND-25", to, f"状态“{kept.get('state', '')}”不在可选之列", "汇总不了", "在列出的状态里选")
    if "count" in kept:
        handing_down.number(kept["count"])
    if "done_on" in kept:
        _date(kept["done_on"], to)
    records.change(
        f"handback/{period}/{county}/{measure}/{to}", "下级回报", {"said": kept}, person=person, whole=True,
        acting_for="" if own else to, moment=moment,
    )  # fmt: skip


def parts(period: str, county: str) -> dict[str, tuple[Part, ...]]:
    """What the county gave down, by measure, with what each said of the period."""
    back = records.of_kind("handback")
    found: dict[str, list[Part]] = {}
    for name, data in records.of_kind("handed").items():
        owner, measure, to = name.split("/", 2)
        if owner == county and data:
            told = back.get(f"{period}/{county}/{measure}/{to}", {}).get("said", {})
            node = date.fromisoformat(data["node"]) if data.get("node") else None
            found.setdefault(measure, []).append(Part(to, node, data.get("note", ""), told))
    return {measure: tuple(those) for measure, those in sorted(found.items())}


def given_to(name: str) -> list[tuple[str, str, dict[str, Any]]]:
    """What a bureau or town was given: county, measure, what was said of it."""
    found = []
    for key, data in records.of_kind("handed").items():
        county, measure, to = key.split("/", 2)
        if to == name and data:
            found.append((county, measure, data))
    return found


@transaction.atomic
def merge(period: str, county: str, measure: str, person: str, moment: datetime | None = None) -> tuple[str, ...]:
    """Write what came back into the county's own draft, where its contact can still change it; returns who is missing.

    Raises ActError: G-HAND-01 nothing came back, G-HAND-26 the draft is with the head already.
    """
    own = _asked(county, measure)
    draft = own_reports.draft(period, county)
    if draft["status"] == own_reports.SENT:
        raise _fault("G-HAND-26", f"{county} {period}", "已送负责人审核", "审着的不能再改", "找负责人退回，或等审完")
    answer = handing_down.merged(parts(period, county).get(measure, ()), own.quantity)
    rows = {**draft["rows"], measure: {**draft["rows"].get(measure, {}), **answer.said}}
    own_reports.save(period, county, rows, person, moment=moment)
    return answer.missing


def _asked(county: str, measure: str) -> Asked:
    period = own_reports.period_of(county)
    found = next((one for one in collecting.asked(period)[county] if one.measure == measure), None) if period else None
    if found is None:
        raise _fault("G-HAND-21", f"{county} {measure}", "不是它要报的措施", "没有可转办的", "在填报页核对")
    return found


def _date(words: str, where: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise _fault("G-HAND-25", where, f"“{words}”不是日期", "汇总不了", "写作 2021-09-30") from None


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
