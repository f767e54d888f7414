"""Problems kept: read as values, changed only by act together with an entry of the log, stale saves refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from guatu.act import log as chain
from guatu.act import making, measures
from guatu.act.ledger import Ledger
from guatu.act.making import Signature
from guatu.act.measure_rows import Measure
from guatu.act.problem import Paper, Person, Step, record, restore
from guatu.act.problem import Problem as Item
from guatu.act.stays import stays
from guatu.act.working_days import Calendar
from guatu.errors import ActError, Fault
from guatu.office import log
from guatu.office.ledger import bulk, declared
from guatu.office.ledger.models import Concern, Content, Problem, Stay
from guatu.office.models import Entry

BATCH = 1000
DRAWN = (
    "round", "deadline_kind", "merged_into", "county", "lead_unit", "title", "source_no", "first_deadline",
)  # fmt: skip
"""Fields of a problem that its columns hold as they are."""
STAY = ("since", "until", "state", "accepted", "closed", "deadline", "finished", "late")
SAID = [name for name in chain.Entry.__slots__ if name not in ("number", "before", "hash")]
"""What an entry says, before it is numbered and chained."""
NOW = (Step("register", "", "", date.min, ""),)
"""Stands for the steps of a problem that is counted as it stands now."""
Progress = Callable[[int, int], None]


def item_of(row: Problem) -> Item:
    """A stored problem as the value act knows."""
    return restore(f"{row.ledger}/{row.number}", row.content.data)


def items(rows: QuerySet[Problem]) -> list[Item]:
    """Stored problems as values."""
    found = rows.order_by("number").values_list("ledger", "number", "content__data")
    return [restore(f"{ledger}/{number}", data) for ledger, number, data in found.iterator(BATCH)]


def light(rows: QuerySet[Problem], day: date | None = None) -> list[Item]:
    """Stored problems with what counting needs, drawn from columns: thousands in a moment.

    They stand as now, or as at the end of a day, without those not entered by then.
    """
    own = ("state", "deadline")
    if day is None:
        lines = rows.order_by("number").values_list("number", "ledger", *own, *DRAWN)
    else:
        told = [f"problem__{name}" for name in DRAWN]
        lines = standing(rows, day).order_by("problem__number").values_list(
            "problem__number", "problem__ledger", *own, *told
        )  # fmt: skip
    found = []
    for number, ledger, state, deadline, *said in lines:
        fields = {name: value for name, value in zip(DRAWN, said, strict=True) if value}
        for name, value in (("deadline", deadline), ("first_deadline", fields.get("first_deadline"))):
            if value:
                fields[name] = value.isoformat()
        if fields.get("source_no"):
            fields["source_no"] = fields["source_no"].split("、")
        found.append(Item(ledger, number, state, fields, steps=NOW))
    return found


def standing(rows: QuerySet[Problem] | None, day: date) -> QuerySet[Stay]:
    """How problems, all or some, stood at the end of a day; those not entered by then are not among them."""
    found = Stay.objects.filter(since__lte=day, until__gt=day)
    return found if rows is None else found.filter(problem__in=rows.order_by().values("pk"))


def get(number: str) -> Problem:
    """One stored problem. Raises ActError (G-LEDGER-12) where there is none."""
    row = Problem.objects.filter(number=number).first()
    if row is None:
        raise ActError.of(
            f"no problem {number}", "G-LEDGER-12", f"问题“{number}”", "没有这一件", "无从办理", "核对编号"
        )
    return row


def find(text: str) -> Problem:
    """One stored problem by its number, or by a number its source gave it, as people ask for it.

    Raises ActError: G-LEDGER-12 there is none, G-LEDGER-30 several bear that number of a source.
    """
    row = Problem.objects.filter(number=text).first()
    if row is not None or not text:
        return row or get(text)
    named = [
        one
        for one in Problem.objects.filter(source_no__contains=text).order_by("number")
        if text in one.source_no.split("、")
    ]
    if len(named) > 1:
        which = "、".join(f"{one.number} {one.title[:20]}" for one in named[:8])
        raise ActError.of(
            f"{text} is ambiguous", "G-LEDGER-30", f"来源编号“{text}”", f"有 {len(named)} 件", "不知道问的是哪一件",
            f"写本系统编号：{which}",
        )  # fmt: skip
    return named[0] if named else get(text)


@transaction.atomic
def register(
    ledger: Ledger,
    fields: Mapping[str, Any],
    person: Person,
    *,
    papers: Sequence[Paper] = (),
    reason: str = "",
    number: str = "",
) -> Problem:
    """Enter a new problem under the next number. Raises ActError as act.making.register does."""
    log.hold()
    day = declared.today()
    number = number or Numbers().next(ledger, day.year, str(fields.get("county", "")))
    by = Signature(person, declared.moment(day), None, reason)
    item, entry = making.register(ledger, number, fields, by, papers)
    return _write(ledger, None, item, entry)


@transaction.atomic
def make(number: str, move: str, person: Person, **said: Any) -> Problem:
    """Make a move. said: version, and papers, fields, reason, acting_for, finder as act.making.make takes them."""
    return _act(making.make, number, move, person, **said)


@transaction.atomic
def prepare(number: str, move: str, person: Person, **said: Any) -> Problem:
    """The first hand fills a move in for the second to approve."""
    return _act(making.prepare, number, move, person, **said)


def _act(
    doing: Callable[..., tuple[Item, chain.Entry]], number: str, move: str, person: Person, **said: Any
) -> Problem:
    row, ledger = _locked(number)
    by = Signature(person, declared.moment(declared.today()), None, said.pop("reason", ""), said.pop("acting_for", ""))
    item, entry = doing(ledger, item_of(row), move, by, calendar=Calendar.official(), **said)
    return _write(ledger, row, item, entry)


@transaction.atomic
def attach(number: str, papers: Sequence[Paper], person: Person, *, version: int, reason: str = "") -> Problem:
    """Put papers to a problem without moving it. Raises ActError (G-ACT-31) where the person saw an older one."""
    row, ledger = _locked(number)
    by = Signature(person, declared.moment(declared.today()), None, reason)
    item, entry = making.attach(item_of(row), papers, by, version=version)
    return _write(ledger, row, item, entry)


@transaction.atomic
def note(number: str, fields: Mapping[str, Any], person: Person, *, version: int, reason: str = "") -> Problem:
    """Write fields no move guards: progress, difficulty, the object, numbers in other ledgers."""
    row, ledger = _locked(number)
    by = Signature(person, declared.moment(declared.today()), None, reason)
    item, entry = making.note(ledger, item_of(row), fields, by, version=version)
    return _write(ledger, row, item, entry)


@transaction.atomic
def set_measures(number: str, rows: Sequence[Measure], person: Person, *, version: int, reason: str = "") -> Problem:
    """Set the measures of a problem. Raises ActError as act.measures.settle does."""
    row, ledger = _locked(number)
    by = Signature(person, declared.moment(declared.today()), None, reason)
    item, entry = measures.settle(ledger, item_of(row), rows, by, version=version)
    return _write(ledger, row, item, entry)


@transaction.atomic
def take_in(
    entered: Iterable[tuple[Ledger, Item, Sequence[chain.Entry]]], total: int = 0, progress: Progress | None = None
) -> int:
    """Store many new problems with their entries, chained after the log's end in one go. Returns how many.

    An entry older than the end of the log is logged now; the steps of the problem keep their own days. Entries that
    already follow one another from log_end() on are taken as they are.
    """
    tip = log.hold()
    last = log_end()
    rows: list[tuple[Problem, Item]] = []
    written: list[chain.Entry] = []
    count = 0
    for ledger, item, entries in entered:
        for one in entries:
            last = one if _follows(last, one) else _chained(last, one)
            written.append(last)
        rows.append((_columns(ledger, Problem(), item), item))
        count += 1
        if len(rows) >= BATCH:
            _flush(rows, written)
            if progress:
                progress(count, total)
    if rows:
        _flush(rows, written)
        if progress:
            progress(count, total or count)
    if last is not None:
        tip.number, tip.hash = last.number, last.hash
        tip.save()
    if count >= BATCH:
        bulk.counted(Problem, Content, Concern, Stay, Entry)
    return count


def log_end() -> chain.Entry | None:
    """The last entry of the log, its tip locked: what a run of new entries follows; inside a transaction."""
    tip = log.hold()
    return log.chain_entry(Entry.objects.get(number=tip.number)) if tip.number else None


def _follows(last: chain.Entry | None, one: chain.Entry) -> bool:
    """Whether an entry was sealed after this very one, no earlier in time."""
    if last is None:
        return one.number == 1
    return (one.number, one.before) == (last.number + 1, last.hash) and one.time >= last.time


def _chained(last: chain.Entry | None, one: chain.Entry) -> chain.Entry:
    said = {name: getattr(one, name) for name in SAID}
    if last is not None and datetime.fromisoformat(said["time"]) < datetime.fromisoformat(last.time):
        said["time"] = last.time
    return chain.sealed(last, said)


class Numbers:
    """The next numbers of ledgers by year and county, kept while many are given."""

    def __init__(self) -> None:
        self.codes = {place.name: place.code for place in declared.snapshots.opened().places}
        self.given: dict[str, int] = {}

    def next(self, ledger: Ledger, year: int, county: str) -> str:
        """The number after the last given."""
        code = self.codes.get(county, "000000")
        prefix = ledger.number(year, code, 0)[:-4]
        if prefix not in self.given:
            used = Problem.objects.filter(number__startswith=prefix).values_list("number", flat=True)
            tails = (number[len(prefix) :] for number in used)
            self.given[prefix] = max((int(tail) for tail in tails if tail.isdigit()), default=0)
        self.given[prefix] += 1
        return ledger.number(year, code, self.given[prefix])


def faults() -> tuple[Fault, ...]:
    """Every stored problem that is not what the log says it is."""
    kinds = set(Problem.objects.values_list("ledger", flat=True).distinct())
    try:
        state = chain.fold(one for one in log.entries() if one.subject.partition("/")[0] in kinds)
    except ActError as error:
        return error.faults
    found = []
    for ledger, number, data in Problem.objects.values_list("ledger", "number", "content__data").iterator(BATCH):
        if state.pop(f"{ledger}/{number}", {}) != data:
            what = "现在的内容与留痕推出的不同"
            found.append(Fault("G-LEDGER-13", f"问题 {number}", what, "有改动绕过了留痕", "取备份核对原来的内容"))
    for subject, data in state.items():
        if data:
            found.append(Fault("G-LEDGER-13", subject, "留痕里有、台账里没有", "有删除绕过了留痕", "取备份核对"))
    return tuple(found)


def _locked(number: str) -> tuple[Problem, Ledger]:
    get(number)
    log.hold()
    row = Problem.objects.select_for_update().get(number=number)
    return row, declared.ledger(row.ledger)


def _write(ledger: Ledger, row: Problem | None, item: Item, entry: chain.Entry) -> Problem:
    """One change with its entry, chained by the office's log."""
    row = _columns(ledger, row or Problem(), item)
    row.save()
    row.content = Content(problem=row, data=record(item))
    row.content.save()
    Concern.objects.filter(problem=row).delete()
    Concern.objects.bulk_create(Concern(problem=row, body=body) for body in _bodies(row, item))
    Stay.objects.filter(problem=row).delete()
    Stay.objects.bulk_create(Stay(problem=row, **said) for said in stays_of(ledger, item))
    log.record(
        entry.person,
        entry.act,
        entry.subject,
        entry.old,
        entry.new,
        reason=entry.reason,
        acting_for=entry.acting_for,
    )
    return row


def _flush(rows: list[tuple[Problem, Item]], written: list[chain.Entry]) -> None:
    """Write a run of problems with their entries."""
    ledgers = declared.ledgers()
    for (row, _), number in zip(rows, bulk.reserve(Problem, len(rows)), strict=True):
        row.pk = number
    names = [one.attname for one in Problem._meta.concrete_fields]
    bulk.insert(Problem, names, ([getattr(row, name) for name in names] for row, _ in rows))
    bulk.insert(Content, ("problem_id", "data"), ((row.pk, bulk.text_of(record(item))) for row, item in rows))
    bulk.insert(Concern, ("problem_id", "body"), ((row.pk, one) for row, item in rows for one in _bodies(row, item)))
    lived = ((row.pk, *said.values()) for row, item in rows for said in stays_of(ledgers[row.ledger], item))
    bulk.insert(Stay, ("problem_id", *STAY), lived)
    plain = [name for name in chain.Entry.__slots__ if name not in ("old", "new")]
    values = ([*(getattr(one, name) for name in plain), *map(bulk.text_of, (one.old, one.new))] for one in written)
    bulk.insert(Entry, (*plain, "old", "new"), values)
    rows.clear()
    written.clear()


def stays_of(ledger: Ledger, item: Item) -> list[dict[str, Any]]:
    """The stays of a problem as the columns hold them; states of an older edition of the ledger count as open."""
    found = []
    for one in stays(ledger, item):
        state = ledger.states.get(one.state)
        found.append(
            {"since": one.since, "until": one.until, "state": one.state, "accepted": bool(state and state.accepted),
             "closed": bool(state and state.closed), "deadline": one.deadline, "finished": one.finished,
             "late": one.late}
        )  # fmt: skip
    return found


def _bodies(row: Problem, item: Item) -> list[str]:
    """Whom a problem concerns: lead, county, acceptor and those who support."""
    support = item.fields.get("support_units", [])
    named = dict.fromkeys([row.lead_unit, row.county, row.acceptance_unit, *support])
    return [body for body in named if body]


def _columns(ledger: Ledger, row: Problem, item: Item) -> Problem:
    """The columns lists are made of, drawn from the value."""
    fields, state = item.fields, ledger.states[item.state]
    row.ledger, row.number, row.version = ledger.id, item.number, item.version
    row.state, row.stage, row.accepted, row.closed = state.name, state.stage, state.accepted, state.closed
    row.title = str(fields.get("title") or fields.get("text") or fields.get("pond") or item.number)[:160]
    row.source_no = "、".join([*fields.get("source_no", []), *_one(fields, "receipt_number")])[:120]
    row.words = "\n".join([row.title, row.number, row.source_no]).lower()
    for name in (
        "round",
        "county",
        "lead_unit",
        "acceptance_unit",
        "leader",
        "deadline_kind",
        "merged_into",
        "object_no",
    ):
        setattr(row, name, str(fields.get(name) or ""))
    for name in ("deadline", "first_deadline", "assigned_on"):
        setattr(row, name, item.date_of(name))
    for name in ("longitude", "latitude"):
        setattr(row, name, Decimal(fields[name]).quantize(Decimal("0.000001")) if fields.get(name) else None)
    row.entered, row.last_step = item.steps[0].day, item.steps[-1].day
    return row


def _one(fields: Mapping[str, Any], name: str) -> list[str]:
    return [str(fields[name])] if fields.get(name) else []
