"""The office's duties and problems as of a day, as plain values for the bulletins."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from fractions import Fraction

from django.db.models import Count, Min, Q, QuerySet, Value

from guatu.act.duty_states import states_on
from guatu.base.period import Period
from guatu.errors import GuatuError
from guatu.office import breakdowns, collecting, records, snapshots
from guatu.office.ledger import declared, listing, lists, pressing, storage
from guatu.office.ledger.models import Problem, Stay
from guatu.office.scoring import sheets
from guatu.office.scoring.answers import got_of
from guatu.report.facts import Closed, Duties, Lost, Measure, Office, Overdue, Own, Problems, Rate, Reporting
from guatu.score.lost import losses_of
from guatu.score.wording import plain


def office_on(period: Period, day: date, needs: Collection[str] = ("duties", "problems"), subject: str = "") -> Office:
    """What a bulletin of a period takes from the database, as it stood at the end of a day.

    needs: which of duties, problems, letter, own; nothing else is gathered. subject: the cause of the letter. Raises
    ActError (G-LEDGER-16) where no letter is proposed for it.
    """
    return Office(
        _duties(period, day) if "duties" in needs else Duties(),
        _problems(day) if "problems" in needs else Problems(),
        subject,
        pressing.pressing_of(Problem.objects.all(), day, subject) if "letter" in needs else None,
        _own(subject, day) if "own" in needs else Own(),
    )


def _own(body: str, day: date) -> Own:
    """The problems a body has finished, and its score with every loss by the scheme in force."""
    closed = tuple(
        Closed(*one)
        for one in storage.standing(Problem.objects.filter(lead_unit=body), day)
        .filter(finished__isnull=False)
        .order_by("finished", "problem__number")
        .values_list("problem__number", "problem__title", "state", "finished")
    )
    ws = snapshots.opened()
    try:
        by = sheets.chosen(ws, "bodies", day)
        sheet = sheets.scores(ws, by, day).of(body)
    except GuatuError:
        return Own(closed)
    lost = tuple(
        Lost(one.item, one.title or "合成", plain(one.points), got_of(one.line) if one.line else "—", f"{one.lost}",
             one.words)
        for one in losses_of(sheet)
    )  # fmt: skip
    return Own(closed, by.title, f"{sheet.total}", sheet.mark, lost)


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
    then = storage.standing(None, day)
    overdue = listing.overdue(day)
    named = then.filter(overdue).order_by("deadline", "problem__number").values_list(
        "problem__number", "problem__title", "problem__lead_unit", "problem__county", "problem__leader", "deadline"
    )  # fmt: skip
    late = tuple(Overdue(*one, limit, (day - limit).days) for *one, limit in named)
    every = declared.ledgers()
    rates = tuple(
        Rate(card.listing.id, card.listing.title, card.listing.clause, _target(card.listing.target), card.met,
             dict(card.together.n), tuple((one.title, dict(one.n)) for one in card.apart))
        for card in lists.cards_on(day)
        if Fraction(card.together.n["of"])
    )  # fmt: skip
    by_ledger = tuple((every[key].title, *n) for key, *n in _grouped(then, "problem__ledger", overdue) if key in every)
    by_lead = {unit: (n, done, past) for unit, n, done, past in _grouped(then, "problem__lead_unit", overdue) if unit}
    return Problems(rates, late, by_ledger, by_lead)


def _grouped(then: QuerySet[Stay], column: str, overdue: Q) -> list[tuple[str, int, int, int]]:
    """How many there are, finished and overdue by a column, in the order the first of each is numbered."""
    done = Q(finished__isnull=False)
    counted = then.order_by().values_list(column).annotate(first=Min("problem__number"), n=Count("*"))
    told = counted.annotate(done=Count(Value(1), filter=done), late=Count(Value(1), filter=overdue)).order_by("first")
    return [(value, n, finished, late) for value, _, n, finished, late in told]


def _target(target: object) -> str:
    return "" if target is None else f"{target}"
