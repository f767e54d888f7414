"""The list of problems: filters as the address says them, counted by stage and paged in the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value

from guatu.act.ledger import STAGES, Ledger
from guatu.act.rates import listings
from guatu.office.ledger import declared, lists
from guatu.office.ledger.models import Problem

PAGE = 50
SOON = timedelta(days=7)
SORTS = {
    "stage": "状态",
    "number": "问题",
    "lead_unit": "牵头单位",
    "county": "属地",
    "leader": "责任领导",
    "deadline": "时限",
}
DUE = {"overdue": "逾期", "soon": "7 天内到期", "unset": "时限未定"}
SHOWN = (
    "ledger", "number", "state", "stage", "title", "source_no", "county", "lead_unit", "leader", "deadline",
    "first_deadline", "deadline_kind", "accepted", "closed", "last_step", "round",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; empty text asks for nothing."""

    ledger: str = ""
    stage: str = ""
    state: str = ""
    county: str = ""
    unit: str = ""
    round: str = ""
    due: str = ""
    assigned: str = ""
    list: str = ""
    part: str = ""
    q: str = ""
    sort: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> Asked:
        """Read an address; what is no filter or no page is passed over."""
        said = {name: str(query.get(name, ""))[:60] for name in cls.__slots__ if name != "page"}
        page = str(query.get("page", ""))
        return cls(**said, page=int(page) if page.isdecimal() and 0 < int(page) < 100_000 else 1)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the flow: how many stand there and how many of them are overdue."""

    name: str
    count: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list with its counts."""

    asked: Asked
    rows: list[Problem]
    stages: list[Stage]
    total: int
    shown: int
    pages: int
    facets: Mapping[str, list[tuple[str, str, int]]] = field(default_factory=dict)


def overdue(day: date) -> Q:
    """Not accepted, not closed and past its date: what act.lateness calls overdue, on the columns."""
    return Q(accepted=False, closed=False, deadline__lt=day)


def chosen(base: QuerySet[Problem], asked: Asked, day: date, *, but: str = "") -> QuerySet[Problem]:
    """The problems an address asks for; but: a filter left out, to count what it would choose from."""
    plain = {
        "ledger": asked.ledger,
        "stage": asked.stage,
        "state": asked.state,
        "county": asked.county,
        "lead_unit": asked.unit,
        "round": asked.round,
    }
    found = base.filter(**{name: value for name, value in plain.items() if value and name != but})
    if asked.due == "overdue" and but != "due":
        found = found.filter(overdue(day))
    elif asked.due == "soon" and but != "due":
        found = found.filter(accepted=False, closed=False, deadline__gte=day, deadline__lte=day + SOON)
    elif asked.due == "unset" and but != "due":
        found = found.filter(accepted=False, closed=False, deadline=None).exclude(deadline_kind="长期坚持")
    if asked.assigned and but != "assigned":
        found = found.filter(assigned_on=_day(asked.assigned))
    if asked.list in listings():
        found = found.filter(lists.behind(asked.list, asked.part, day))
    if asked.q:
        found = found.filter(words__contains=asked.q.lower())
    return found


def listed(base: QuerySet[Problem], asked: Asked, day: date) -> Listed:
    """One page of problems, the latest first among the overdue, with the counts of every stage."""
    stages = _stages(chosen(base, asked, day, but="stage"), day)
    total = sum(stage.count for stage in stages)
    shown = next((stage.count for stage in stages if stage.name == asked.stage), 0) if asked.stage else total
    found = chosen(base, asked, day)
    pages = max(1, -(-shown // PAGE))
    start = (min(asked.page, pages) - 1) * PAGE
    order = _order(asked)
    keys = list(found.order_by(*order).values_list("pk", flat=True)[start : start + PAGE])
    rows = Problem.objects.only(*SHOWN).in_bulk(keys)
    return Listed(asked, [rows[key] for key in keys], stages, total, shown, pages, _facets(base, asked, day))


def _order(asked: Asked) -> tuple[Any, ...]:
    """What the list is sorted by: the column asked for, else by date among the overdue and by number among all."""
    column = asked.sort.removeprefix("-")
    if column in SORTS:
        by = F(column)
        return (by.desc(nulls_last=True) if asked.sort.startswith("-") else by.asc(nulls_last=True), "number")
    return ("accepted", "closed", "deadline", "number") if asked.due else ("number",)


def flow(day: date) -> list[Stage]:
    """Every stage with its count, empty while there is no problem at all."""
    stages = _stages(Problem.objects.all(), day)
    return stages if any(stage.count for stage in stages) else []


def _stages(found: QuerySet[Problem], day: date) -> list[Stage]:
    tally = {
        stage: (count, late)
        for stage, count, late in found.order_by()
        .values_list("stage")
        .annotate(n=Count("*"), late=Count(Value(1), filter=overdue(day)))
    }
    return [Stage(name, *tally.get(name, (0, 0))) for name in STAGES]


def _facets(base: QuerySet[Problem], asked: Asked, day: date) -> dict[str, list[tuple[str, str, int]]]:
    """What each filter may still choose, with counts, whatever words or list are asked for besides."""
    asked = replace(asked, q="", list="", part="")
    every: Mapping[str, Ledger] = declared.ledgers()
    found: dict[str, list[tuple[str, str, int]]] = {}
    columns = {"ledger": "ledger", "county": "county", "unit": "lead_unit"}
    once: dict[str, Counter[str]] = {}
    if not (asked.ledger or asked.county or asked.unit):  # all choose from the same problems: counted together
        every_way = chosen(base, asked, day).order_by().values_list(*columns.values()).annotate(n=Count("*"))
        for *values, n in every_way:
            for name, value in zip(columns, values, strict=True):
                once.setdefault(name, Counter())[value] += n
    for name, column in columns.items():
        tally = (
            once.get(name)
            if once
            else dict(chosen(base, asked, day, but=column).order_by().values_list(column).annotate(n=Count("*")))
        )
        found[name] = [
            (value, every[value].title if name == "ledger" and value in every else value, n)
            for value, n in sorted((tally or {}).items(), key=lambda one: (-one[1], one[0]))
            if value
        ]
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
