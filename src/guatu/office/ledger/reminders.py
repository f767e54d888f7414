"""What is due soon or late, said once to the body that owes it: made again by every tick, stored once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from guatu.act.lateness import owed
from guatu.act.working_days import Calendar
from guatu.office.ledger import declared, listing, storage
from guatu.office.ledger.models import Notice, Problem

AGAIN = 7
"""A late item is reminded of once for every so many days it is late; a house figure [calendar days]."""


def tick(day: date | None = None) -> list[Notice]:
    """Make the reminders of a day that are not made yet; returns the new. sending.send_all then hands them out."""
    day = day or declared.today()
    wanted = list(_due(day))
    there = set(Notice.objects.filter(key__in=[one.key for one in wanted]).values_list("key", flat=True))
    new = [one for one in wanted if one.key not in there]
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    made = list(Notice.objects.filter(key__in=[one.key for one in new]))
    return made


def of_bodies(bodies: list[str] | None, day: date, most: int = 8) -> QuerySet[Notice]:
    """The latest reminders of some bodies, or of all: for problems that are still open."""
    still = Problem.objects.filter(number=OuterRef("number"), accepted=False, closed=False)
    found = Notice.objects.filter(Exists(still), made_on__lte=day)
    if bodies is not None:
        found = found.filter(body__in=bodies)
    return found[:most]


def _due(day: date) -> Iterator[Notice]:
    rows = Problem.objects.filter(accepted=False, closed=False)
    soon = rows.filter(deadline__gte=day, deadline__lte=day + listing.SOON)
    for row in soon.only("number", "title", "lead_unit", "county", "deadline"):
        yield _notice(row, f"{row.deadline}", f"{row.title[:60]}：{row.deadline} 到期", row.deadline, day)
    for row in rows.filter(deadline__lt=day).only("number", "title", "lead_unit", "county", "deadline"):
        late = (day - row.deadline).days
        key = f"{row.deadline}+{(late - 1) // AGAIN * AGAIN + 1}"
        yield _notice(row, key, f"{row.title[:60]}：逾期 {late} 天（时限 {row.deadline}）", row.deadline, day)
    calendar = Calendar.official()
    obliging = [ledger for ledger in declared.ledgers().values() if ledger.obligations]
    for ledger in obliging:
        for row in rows.filter(ledger=ledger.id, stage="交办"):
            for one in owed(ledger, storage.item_of(row), day, calendar):
                if one.made is None and day + listing.SOON >= one.due:
                    words = f"逾期 {one.late} 天" if one.late else "到期"
                    text = f"{row.title[:60]}：{one.title} {one.due} {words}"
                    yield _notice(row, f"{one.move}@{one.due}", text, one.due, day)


def _notice(row: Problem, key: str, text: str, due: date, day: date) -> Notice:
    body = row.lead_unit or row.county or "市环委办"
    return Notice(key=f"{row.number}/{key}", body=body, number=row.number, text=text[:300], due=due, made_on=day)
