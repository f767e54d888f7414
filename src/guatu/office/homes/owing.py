"""What a body owes, by when: measures, sheets, figures, problems, papers and decisions in one list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse

from guatu.act import duty_states
from guatu.act.breakdown_gaps import owners
from guatu.act.registers import overdue as days_over
from guatu.load.figures.due import gaps_of
from guatu.load.workspace import Workspace
from guatu.office import breakdowns, collecting, own_reports, records, registering
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
    found = [
        *_measures(names, day),
        *_sheets(names, day),
        *_figures(ws, names, day),
        *_problems(names, day),
        *_entries(names, day),
    ]
    order = {word: at for at, word in enumerate(WHEN)}
    return sorted(
        found,
        key=lambda one: (
            order[one.when(day)], -one.late, one.due or date.max, KINDS.index(one.kind), one.number,
        ),
    )  # fmt: skip


def tallies(names: Sequence[str], ws: Workspace, day: date) -> list[Tally]:
    """How much each of these owes, in their order; problems are counted in the database."""
    counties = breakdowns.head().get("counties", [])
    stands = breakdowns.stands(day)
    gaps = gaps_of(ws, day)
    problems: dict[str, list[tuple[int, int, int]]] = {}
    for unit, county, total, late, first in (
        _open_problems()
        .values_list("lead_unit", "county")
        .annotate(n=Count("pk"), late=Count("pk", filter=overdue(day)), first=Min("deadline"))
    ):
        for name in {unit, county} - {""}:
            problems.setdefault(name, []).append((total, late, (day - first).days if late else 0))
    found = []
    for name in names:
        mine = aliases(name)
        things = [
            *_measures(mine, day, stands, counties),
            *_sheets(mine, day),
            *_figures(ws, mine, day, gaps),
            *_entries(mine, day),
        ]
        counted = [told for one in mine for told in problems.get(one, ())]
        found.append(
            Tally(
                name,
                sum(one.when(day) != LONG for one in things) + sum(total for total, _, _ in counted),
                sum(one.late > 0 for one in things) + sum(late for _, late, _ in counted),
                max([*(one.late for one in things), *(days for _, _, days in counted)], default=0),
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


def _measures(
    names: Collection[str], day: date, stands: Iterable[breakdowns.Stand] | None = None,
    counties: Sequence[str] | None = None,
) -> Iterator[Owing]:  # fmt: skip
    areas = breakdowns.head().get("counties", []) if counties is None else counties
    for one in breakdowns.stands(day) if stands is None else stands:
        if one.state != duty_states.DONE and set(names) & set(owners(one.row, areas)):
            yield Owing(
                "措施",
                one.row.id,
                one.row.text,
                one.state,
                one.row.node,
                one.late,
                reverse("measure", args=[one.row.id]),
            )


def _sheets(names: Collection[str], day: date) -> Iterator[Owing]:
    """The sheet of the newest collection, while anything in it is missing."""
    period, name = max(((own_reports.period_of(name), name) for name in names), default=("", ""))
    if not period:
        return
    due = collecting.due_of(period)
    for one in collecting.standings(period, day):
        if one.sender == name and (one.first is None or one.missing):
            late = max(0, (day - due).days)
            yield Owing("报送表", period, f"{period} 报送表", one.word, due, late, reverse("mine"))


def _figures(ws: Workspace, names: Collection[str], day: date, gaps: Iterable[object] | None = None) -> Iterator[Owing]:
    together: dict[tuple[str, str], list[object]] = {}
    for gap in gaps_of(ws, day) if gaps is None else gaps:
        if gap.due.body in names:  # type: ignore[attr-defined]
            together.setdefault((gap.due.indicator, str(gap.period)), []).append(gap)  # type: ignore[attr-defined]
    for (indicator, period), owing in together.items():
        first = owing[0]
        places = "、".join(gap.place for gap in owing)  # type: ignore[attr-defined]
        text = f"{ws.cards.card(indicator).name}（{places}）"
        yield Owing("报送数", period, text, "没有报", first.owed, first.late, reverse("mine"))  # type: ignore[attr-defined]


def _problems(names: Collection[str], day: date) -> Iterator[Owing]:
    found = Problem.objects.filter(closed=False, accepted=False)
    mine = found.filter(Q(lead_unit__in=list(names)) | Q(county__in=list(names)))
    for one in mine.only("number", "title", "state", "deadline").order_by("deadline", "number"):
        late = max(0, (day - one.deadline).days) if one.deadline else 0
        yield Owing("问题", one.number, one.title, one.state, one.deadline, late, reverse("problem", args=[one.number]))


def _open_problems() -> QuerySet[Problem]:
    return Problem.objects.filter(closed=False, accepted=False).exclude(state=duty_states.STANDING)


def _entries(names: Collection[str], day: date) -> Iterator[Owing]:
    pages = {kind: page for page, kind in registering.PAGES.items()}
    for kind, word in _REGISTERS.items():
        register = registering.of_page(pages[kind])
        for number, entry in records.of_kind(kind).items():
            if entry.get("body") in names and register.is_open(entry):
                due = date.fromisoformat(entry["due"]) if entry.get("due") else None
                text = entry.get("notice", "") if kind == "receipt" else entry[register.lead]
                href = reverse("entry", args=[pages[kind], number])
                yield Owing(word, number, text, entry["state"], due, days_over(register, entry, day), href)
