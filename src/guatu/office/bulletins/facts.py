"""The office's duties and problems as of a day, as plain values for the bulletins."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from guatu.act.duty_states import states_on
from guatu.act.overview import overview
from guatu.base.period import Period
from guatu.office import breakdowns, collecting, records
from guatu.office.ledger import declared, lists, storage
from guatu.office.ledger.models import Problem
from guatu.report.facts import Duties, Measure, Office, Overdue, Problems, Rate, Reporting


def office_on(period: Period, day: date) -> Office:
    """Everything a bulletin of a period may take from the database, as it stood at the end of a day."""
    return Office(_duties(period, day), _problems(day))


def _duties(period: Period, day: date) -> Duties:
    at = day if day < datetime.now().date() else None
    words = states_on(day)
    measures = tuple(
        Measure(one.row.id, one.title, one.row.text, one.row.lead, one.row.node, one.state,
                words[one.state].bulletin, one.late, one.count, str(one.said.get("progress", "")),
                (*one.row.responsible, *one.row.cooperating))
        for one in breakdowns.stands(day, at)
    )  # fmt: skip
    month = f"{period.last:%Y-%m}"
    if month not in records.of_kind("collection", at):
        return Duties(measures)
    reporting = tuple(
        Reporting(one.sender, one.asked, one.reported, one.word) for one in collecting.standings(month, day, at)
    )
    return Duties(measures, reporting, month)


def _problems(day: date) -> Problems:
    every = declared.ledgers()
    found = overview(every, storage.items(Problem.objects.all()), day)
    late = tuple(
        Overdue(
            line.number, line.title, line.lead_unit, line.county, line.leader, line.late.deadline, line.late.overdue
        )
        for line in found.overdue
        if line.late.deadline
    )
    names = dict(Problem.objects.values_list("number", "ledger"))
    by_ledger = []
    for key in dict.fromkeys(names[line.number] for line in found.lines):
        mine = [line for line in found.lines if names[line.number] == key]
        closed = sum(bool(line.late.finished) for line in mine)
        by_ledger.append((every[key].title, len(mine), closed, sum(bool(line.late.overdue) for line in mine)))
    rates = tuple(
        Rate(card.listing.id, card.listing.title, card.listing.clause, _target(card.listing.target), card.met,
             dict(card.together.n), tuple((one.title, dict(one.n)) for one in card.apart))
        for card in lists.cards_on(day)
        if Fraction(card.together.n["of"])
    )  # fmt: skip
    by_lead = {}
    for unit in dict.fromkeys(line.lead_unit for line in found.lines if line.lead_unit):
        mine = [line for line in found.lines if line.lead_unit == unit]
        by_lead[unit] = (len(mine), sum(bool(line.late.finished) for line in mine),
                         sum(bool(line.late.overdue) for line in mine))  # fmt: skip
    return Problems(rates, late, tuple(by_ledger), by_lead)


def _target(target: object) -> str:
    return "" if target is None else f"{target}"
