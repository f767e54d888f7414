"""Facts of duties, problems and reports as the office keeps them, with the rows behind every count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from guatu.act import duty_states
from guatu.act.breakdown import Row as Measure
from guatu.act.breakdown_gaps import asked_of
from guatu.act.collection_late import Standing
from guatu.act.lateness import lateness
from guatu.act.problem import Problem as Item
from guatu.act.problem import on_day
from guatu.act.rates import Tally, tally
from guatu.load.workspace import Workspace
from guatu.office import breakdowns, collecting, records
from guatu.office.ledger import declared, storage
from guatu.office.ledger.models import Problem
from guatu.score.facts import ABSENT, Fact, Row
from guatu.score.feeding import Asked, Feeder
from guatu.score.scheme import Scheme, Source

Task = tuple[Measure, str, bool]
"""A measure, its state on the day, and whether it was or is late."""


@dataclass
class Kept:
    """What the office keeps, read once for all subjects of a scheme; at: as the records stood on a past day."""

    ws: Workspace
    scheme: Scheme
    day: date
    at: date | None

    @property
    def feeders(self) -> Mapping[str, Feeder]:
        """By kind of source."""
        return {"duties": self._duties, "problems": self._problems, "reports": self._reports}

    @cached_property
    def _measures(self) -> tuple[Measure, ...]:
        return breakdowns.rows(self.at)

    @cached_property
    def _counties(self) -> Sequence[str]:
        counties: Sequence[str] = breakdowns.head(self.at).get("counties", [])
        return counties

    @cached_property
    def _reported(self) -> Mapping[tuple[str, str], Mapping[str, Any]]:
        newest: dict[tuple[str, str], Mapping[str, Any]] = {}
        for name, data in sorted(records.of_kind("report", self.at).items()):
            _, sender, measure = name.split("/", 2)
            if data.get("received", "") <= self.day.isoformat():
                newest[measure, sender] = data
        return newest

    @cached_property
    def _items(self) -> list[Item]:
        """Problems of the ledgers the scheme speaks of, as they stood on the day."""
        sources = [source for item in self.scheme.items for source in item.facts.values()]
        named = {ledger for source in sources for ledger in source.said.get("ledgers", ())}
        found = storage.items(Problem.objects.filter(ledger__in=named))
        return [seen for one in found if (seen := on_day(one, self.day))]

    @cached_property
    def _collections(self) -> Mapping[str, Mapping[str, Standing]]:
        found = {}
        for period, said in sorted(records.of_kind("collection", self.at).items()):
            inside = period[:4] == str(self.scheme.period.first.year)
            if inside and date.fromisoformat(said["due"]) < self.day:
                found[period] = {one.sender: one for one in collecting.standings(period, self.day, self.at)}
        return found

    def _duties(self, asked: Asked, subject: str, item: str, name: str, source: Source) -> Fact:
        mine = [self._task(one, subject) for one in self._measures_of(subject)]
        if not mine:
            return Fact(reason=f"{ABSENT}（分解表里没有交给它的措施）")
        due = [one for one in mine if one[0].node is not None and one[0].node <= self.day]
        chosen = {
            "all": mine,
            "due": due,
            "done": [one for one in due if one[1] == duty_states.DONE and not one[2]],
            "late": [one for one in due if one[2]],
        }[source.said["what"]]
        rows = tuple(
            Row(f"{one.text}：{state}", day=str(one.node or ""), address=f"measure/{one.id}")
            for one, state, _ in chosen
        )
        return self._counted(len(chosen), "项", rows)

    def _measures_of(self, subject: str) -> list[Measure]:
        """What a county must report on; of a body what it leads."""
        if self.scheme.subjects == "counties":
            return [row for row, _ in self._owed.get(subject, ())]
        if self.scheme.subjects == "cities":
            return [one for one in self._measures if one.lead]
        return [one for one in self._measures if one.lead == subject]

    @cached_property
    def _owed(self) -> Mapping[str, Sequence[tuple[Measure, str]]]:
        return asked_of(self._measures, self._counties)

    def _task(self, one: Measure, subject: str) -> Task:
        sender = one.lead if self.scheme.subjects == "cities" else subject
        data = self._reported.get((one.id, sender), {})
        said = data.get("said", {})
        state = duty_states.state_of(one.node, one.done, said.get("state", ""), bool(data.get("verified")), self.day)
        finished = date.fromisoformat(said["done_on"]) if said.get("done_on") else None
        late = state == duty_states.LATE or (
            state == duty_states.DONE and bool(finished and one.node and finished > one.node)
        )
        return one, state, late

    def _problems(self, asked: Asked, subject: str, item: str, name: str, source: Source) -> Fact:
        chosen = [one for one in self._items if one.ledger in source.said["ledgers"] and self._answers(one, subject)]
        if "field" in source.said:
            chosen = [one for one in chosen if one.fields.get(source.said["field"]) in source.said["values"]]
        every = declared.ledgers(self.ws)
        by_number = {one.number: one for one in self._items}
        found = tally("", chosen, every, by_number, self.day)
        if source.said["what"] == "rate":
            return self._rate(found, chosen)
        numbers = _numbers(found, source.said["what"], chosen, every, self.day)
        rows = [self._problem(one) for one in chosen if one.number in numbers]
        return self._counted(len(rows), "件", tuple(rows))

    def _rate(self, found: Tally, chosen: Sequence[Item]) -> Fact:
        exact = found.accepted.exact
        if exact is None:
            return Fact(reason=f"{ABSENT}（没有需限期整改的件）")
        left = set(found.accepted.left)
        rows = tuple(self._problem(one) for one in chosen if one.number in left)
        return Fact(exact, shown=found.accepted.printed(), rows=rows, settled=self._over)

    def _problem(self, one: Item) -> Row:
        late = lateness(declared.ledgers(self.ws)[one.ledger], one, self.day)
        words = f"{one.number} {one.fields.get('title', '')}：{one.state}" + (f"，{late.words}" if late else "")
        return Row(words, place=str(one.fields.get("county", "")), day=str(one.fields.get("deadline", "")),
                   address=f"problem/{one.number}")  # fmt: skip

    def _answers(self, one: Item, subject: str) -> bool:
        """A county for what lies in it, a body for what it leads; 市自然资源和规划局 is 市自然资源规划局."""
        if self.scheme.subjects == "cities":
            return True
        if self.scheme.subjects == "counties":
            return bool(one.fields.get("county") == subject)
        return _bare(str(one.fields.get("lead_unit", ""))) == _bare(subject)

    def _reports(self, asked: Asked, subject: str, item: str, name: str, source: Source) -> Fact:
        mine = {period: units[subject] for period, units in self._collections.items() if subject in units}
        if not mine:
            return Fact(reason=f"{ABSENT}（没有向它收过表）")
        what = source.said["what"]
        chosen = {
            period: one
            for period, one in mine.items()
            if what == "asked"
            or (what == "late" and one.first is not None and one.late)
            or (what == "missing" and one.missing)
        }
        rows = tuple(Row(one.word, day=period, address=f"collect/{period}") for period, one in chosen.items())
        return self._counted(len(rows), "次", rows)

    @property
    def _over(self) -> bool:
        return self.day >= self.scheme.period.last

    def _counted(self, number: int, unit: str, rows: tuple[Row, ...]) -> Fact:
        return Fact(Fraction(number), shown=f"{number} {unit}", rows=rows, settled=self._over)


def _numbers(found: Tally, what: str, chosen: Sequence[Item], every: Mapping[str, Any], day: date) -> set[str]:
    if what == "overdue":
        return {one.number for one in chosen if (late := lateness(every[one.ledger], one, day)) and late.overdue}
    due = set(found.due.of)
    return {
        "all": {one.number for one in chosen},
        "timed": set(found.accepted.of),
        "accepted": set(found.accepted.part),
        "due": due,
        "due_done": set(found.due.part),
        "due_settled": set(found.due.part) | (due & set(found.provisional.part)),
    }[what]


def _bare(name: str) -> str:
    return name.replace("和", "")
