"""What a body owes, by when: measures, sheets, figures, problems, papers and decisions in one list."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse

from guatu.act import duty_states
from guatu.act.breakdown_gaps import owners
from guatu.act.registers import overdue as days_over
from guatu.load.figures.due import Gap, gaps_of
from guatu.load.workspace import Workspace
from guatu.office import breakdowns, collecting, records, registering
from guatu.office.ledger.listing import overdue
from guatu.office.ledger.models import Problem
from guatu.office.people.bodies import aliases

SOON = timedelta(days=7)
HEADS = ("种类", "编号", "欠什么", "现状", "时限", "迟")
KINDS = ("措施", "报送表", "报送数", "问题", "文件", "会议", "议定事项", "签收", "工程")
_REGISTERS = {"paper": "文件", "meeting": "会议", "item": "议定事项", "receipt": "签收", "project": "工程"}
LATE, NEAR, LATER, UNDATED, WAITS, LONG = (
    "逾期", "7 天内", "以后", "没有定时限", "已报待核实", duty_states.STANDING
)  # fmt: skip
WHEN = (LATE, NEAR, LATER, UNDATED, WAITS, LONG)


@dataclass(frozen=True, slots=True)
class Owing:
    """One thing owed: its kind, number, words, state, the day it is due (None: not set), days late [d], its page."""

    kind: str
    number: str
    text: str
    state: str
    due: date | None
    late: int
    href: str

    def when(self, day: date) -> str:
        """Whether it is overdue, due within a week, later, without a day, or a standing duty that never ends."""
        if self.late:
            return LATE
        if self.state in (LONG, duty_states.VERIFYING):
            return LONG if self.state == LONG else WAITS
        if self.due is None:
            return UNDATED
        return NEAR if self.due <= day + SOON else LATER

    @property
    def row(self) -> tuple[str, ...]:
        """The thing under HEADS."""
        late = f"{self.late} 天" if self.late else "—"
        return (self.kind, self.number, self.text, self.state, self.due.isoformat() if self.due else "—", late)


@dataclass(frozen=True, slots=True)
class Tally:
    """A county or body in a list: how much it owes, standing duties aside, how much of it is late.

    days: the most days late [d], of problems too.
    """

    name: str
    open: int
    late: int
    days: int


def owed_by(ws: Workspace, name: str, day: date) -> list[Owing]:
    """All that a body of this name (or a former one) owes on a day, the latest first, then by due day."""
    names = aliases(name)
    found = [one for bodies, one in _all_but_problems(ws, day) if bodies & names]
    found += _problems(names, day)
    order = {word: at for at, word in enumerate(WHEN)}
    return sorted(
        found,
        key=lambda one: (order[one.when(day)], -one.late, one.due or date.max, KINDS.index(one.kind), one.number),
    )


def tallies(names: Sequence[str], ws: Workspace, day: date) -> list[Tally]:
    """How much each of these owes, in their order; problems are counted in the database."""
    by_body: dict[str, list[Owing]] = {}
    for bodies, one in _all_but_problems(ws, day):
        for body in bodies:
            by_body.setdefault(body, []).append(one)
    counted = _counted_problems(day)
    found = []
    for name in names:
        mine = aliases(name)
        things = {(one.kind, one.number, one.text): one for body in mine for one in by_body.get(body, ())}.values()
        problems = [told for body in mine for told in counted.get(body, ())]
        found.append(
            Tally(
                name,
                sum(one.when(day) != LONG for one in things) + sum(total for total, _, _ in problems),
                sum(one.late > 0 for one in things) + sum(late for _, late, _ in problems),
                max([*(one.late for one in things), *(days for _, _, days in problems)], default=0),
            )
        )
    return found


def names_known(ws: Workspace) -> tuple[list[str], list[str]]:
    """Counties and zones, and all other bodies that owe or may owe something, each in a fixed order."""
    head = breakdowns.head()
    counties = [*head.get("counties", []), *head.get("zones", [])]
    counties = list(dict.fromkeys(counties or [place.name for place in ws.places if place.kind != "市"]))
    asked = {name for one in breakdowns.rows() for name in owners(one, counties)}
    asked |= {body.name for body in ws.bodies if body.kind != "县区"}
    asked |= {entry["body"] for kind in _REGISTERS for entry in records.of_kind(kind).values() if entry.get("body")}
    return counties, sorted(asked - set(counties) - {"（文件未写明）"})


def _all_but_problems(ws: Workspace, day: date) -> Iterator[tuple[frozenset[str], Owing]]:
    """Everything owed by anybody, each with the bodies that owe it."""
    yield from _measures(day)
    yield from _sheets(day)
    yield from _figures(ws, day)
    yield from _entries(day)


def _measures(day: date) -> Iterator[tuple[frozenset[str], Owing]]:
    counties = breakdowns.head().get("counties", [])
    for one in breakdowns.stands(day):
        if one.state != duty_states.DONE:
            href = reverse("measure", args=[one.row.id])
            said = Owing("措施", one.row.id, one.row.text, one.state, one.row.node, one.late, href)
            yield frozenset(owners(one.row, counties)), said


def _sheets(day: date) -> Iterator[tuple[frozenset[str], Owing]]:
    """The sheet of each body's newest collection, while anything in it is missing."""
    told = sorted(records.of_kind("collection").items())
    newest = {body: period for period, data in told for body in (*data["asked"], *data.get("figures", {}))}
    for period in dict.fromkeys(newest.values()):
        due = collecting.due_of(period)
        for one in collecting.standings(period, day):
            if newest.get(one.sender) == period and (one.first is None or one.missing):
                late = max(0, (day - due).days)
                said = Owing("报送表", period, f"{period} 报送表", one.word, due, late, reverse("mine"))
                yield frozenset({one.sender}), said


def _figures(ws: Workspace, day: date) -> Iterator[tuple[frozenset[str], Owing]]:
    """Figures that are owed and not there, the places of one period together."""
    together: dict[tuple[str, str, str], list[Gap]] = {}
    for gap in gaps_of(ws, day):
        together.setdefault((gap.due.body, gap.due.indicator, str(gap.period)), []).append(gap)
    for (body, indicator, period), gaps in together.items():
        text = f"{ws.cards.card(indicator).name}（{'、'.join(gap.place for gap in gaps)}）"
        said = Owing("报送数", period, text, "没有报", gaps[0].owed, gaps[0].late, reverse("mine"))
        yield frozenset({body}), said


def _entries(day: date) -> Iterator[tuple[frozenset[str], Owing]]:
    pages = {kind: page for page, kind in registering.PAGES.items()}
    for kind, word in _REGISTERS.items():
        register = registering.of_page(pages[kind])
        for number, entry in records.of_kind(kind).items():
            if entry.get("body") and register.is_open(entry):
                due = date.fromisoformat(entry["due"]) if entry.get("due") else None
                text = entry.get("notice", "") if kind == "receipt" else entry[register.lead]
                href = reverse("entry", args=[pages[kind], number])
                said = Owing(word, number, text, entry["state"], due, days_over(register, entry, day), href)
                yield frozenset({entry["body"]}), said


def _problems(names: Collection[str], day: date) -> Iterator[Owing]:
    """What a body leads or has in its county, not accepted and not closed."""
    found = Problem.objects.filter(closed=False, accepted=False)
    mine = found.filter(Q(lead_unit__in=list(names)) | Q(county__in=list(names)))
    for one in mine.only("number", "title", "state", "deadline").order_by("deadline", "number"):
        late = max(0, (day - one.deadline).days) if one.deadline else 0
        yield Owing("问题", one.number, one.title, one.state, one.deadline, late, reverse("problem", args=[one.number]))


def _counted_problems(day: date) -> dict[str, list[tuple[int, int, int]]]:
    """By body: how many, how many of them overdue, the most days; standing ones aside."""
    found: dict[str, list[tuple[int, int, int]]] = {}
    for unit, county, total, late, first in (
        Problem.objects.filter(closed=False, accepted=False)
        .exclude(state=duty_states.STANDING)
        .values_list("lead_unit", "county")
        .annotate(n=Count("pk"), late=Count("pk", filter=overdue(day)), first=Min("deadline"))
    ):
        for name in {unit, county} - {""}:
            found.setdefault(name, []).append((total, late, (day - first).days if late else 0))
    return found
