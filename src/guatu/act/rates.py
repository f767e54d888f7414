"""Rates of rectification: each percentage bound to its list, each number open to the items behind it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files

from guatu.act.deadlines import LONG_TERM, UNSET
from guatu.act.ledger import Ledger
from guatu.act.problem import Problem, on_day
from guatu.base.exact import half_even


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with their numbers. of is what is counted, part which of them."""

    part: tuple[str, ...]
    of: tuple[str, ...]

    @property
    def exact(self) -> Fraction | None:
        """The share [%], or None where there is nothing to divide by."""
        return Fraction(100 * len(self.part), len(self.of)) if self.of else None

    @property
    def left(self) -> tuple[str, ...]:
        """The items that are not in the part."""
        inside = set(self.part)
        return tuple(number for number in self.of if number not in inside)

    def printed(self, decimals: int = 2) -> str:
        """``12/14（85.71%）``, or the words that there is none."""
        if self.exact is None:
            return "没有应计的件"
        return f"{len(self.part)}/{len(self.of)}（{half_even(self.exact, decimals)}%）"


@dataclass(frozen=True, slots=True)
class Tally:
    """One list, or one ledger of it, on a day.

    accepted: 已通过验收 and later, of all that must be rectified in time, the rate over the plan; closed: 已销号
    of the same; provisional: 阶段性办结 of the same; due: accepted of those whose date has passed. Standing aside:
    long_term, untrue, and unset, whose kind of time limit nobody has entered, so that they cannot be counted yet.
    """

    title: str
    accepted: Share
    closed: Share
    provisional: Share
    due: Share
    long_term: Share
    untrue: tuple[str, ...]
    unset: tuple[str, ...]

    @property
    def words(self) -> str:
        """One sentence with every number, the ones aside named."""
        aside = [f"长期坚持 {len(self.long_term.of)} 件另计，达到序时 {len(self.long_term.part)} 件"]
        aside += [f"不属实 {len(self.untrue)} 件不计"] if self.untrue else []
        aside += [f"时限未定 {len(self.unset)} 件未计入，须先补时限"] if self.unset else []
        return (
            f"{self.title}：需限期整改 {len(self.accepted.of)} 件，通过验收 {self.accepted.printed()}，"
            f"其中已销号 {len(self.closed.part)} 件，另有阶段性办结 {len(self.provisional.part)} 件；"
            f"到期的完成 {self.due.printed()}；{'；'.join(aside)}。"
        )


@dataclass(frozen=True, slots=True)
class Part:
    """The items of a ledger whose field has one of some values."""

    ledger: str
    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of the notice: what it counts, what it must reach [%], by when, and where that is written."""

    id: str
    title: str
    clause: str
    notice: str
    parts: tuple[Part, ...]
    target: Decimal | None = None
    by: date | None = None


@dataclass(frozen=True, slots=True)
class ListRate:
    """A list on a day: together and each ledger apart; met is None without a target or without an item."""

    listing: Listing
    day: date
    together: Tally
    apart: tuple[Tally, ...]

    @property
    def met(self) -> bool | None:
        """Whether the rate over the plan reaches the target, on the exact ratio."""
        share = self.together.accepted.exact
        if self.listing.target is None or share is None:
            return None
        return share >= Fraction(self.listing.target)


@cache
def listings() -> Mapping[str, Listing]:
    """The lists of the notice, by id."""
    document = tomllib.loads(files("guatu.act").joinpath("lists.toml").read_text(encoding="utf-8"))
    return {
        item["id"]: Listing(
            item["id"],
            item["title"],
            item["clause"],
            item["notice"],
            tuple(Part(part["ledger"], part["field"], tuple(part["values"])) for part in item["part"]),
            Decimal(item["target"]) if "target" in item else None,
            item.get("by"),
        )
        for item in document["list"]
    }


def list_rate(listing: Listing, ledgers: Mapping[str, Ledger], problems: Iterable[Problem], day: date) -> ListRate:
    """The rates of one list at the end of a day, from all problems of all ledgers.

    An item merged into another keeps its place in its own list and takes the other's state.
    """
    everything = [seen for problem in problems if (seen := on_day(problem, day))]
    by_number = {problem.number: problem for problem in everything}
    apart = []
    for part in listing.parts:
        chosen = [
            problem
            for problem in everything
            if problem.ledger == part.ledger and problem.fields.get(part.field) in part.values
        ]
        apart.append(tally(ledgers[part.ledger].title, chosen, ledgers, by_number, day))
    return ListRate(listing, day, _together(listing.title, apart), tuple(apart))


def tally(
    title: str, problems: Sequence[Problem], ledgers: Mapping[str, Ledger], by_number: Mapping[str, Problem], day: date
) -> Tally:
    """Count items that stand as on the day; by_number finds what an item was merged into."""
    timed, due, accepted, closed, provisional, long_term, on_track, untrue, unset = ([] for _ in range(9))
    for problem in problems:
        number = problem.number
        stands = _survivor(problem, ledgers, by_number)
        ledger = ledgers[stands.ledger]
        state = ledger.states[stands.state]
        kind = problem.fields.get("deadline_kind", UNSET)
        if not state.counted:
            untrue.append(number)
        elif kind == LONG_TERM or stands.state == LONG_TERM:
            long_term.append(number)
            if state.accepted or stands.state == LONG_TERM:
                on_track.append(number)
        elif kind == UNSET:
            unset.append(number)
        else:
            timed.append(number)
            deadline = problem.date_of("deadline")
            if deadline and deadline <= day:
                due.append(number)
            if state.accepted:
                accepted.append(number)
            if state.accepted and state.closed:
                closed.append(number)
            if stands.state in ledger.provisional:
                provisional.append(number)
    whole, done = tuple(timed), set(accepted)
    return Tally(
        title,
        Share(tuple(accepted), whole),
        Share(tuple(closed), whole),
        Share(tuple(provisional), whole),
        Share(tuple(number for number in due if number in done), tuple(due)),
        Share(tuple(on_track), tuple(long_term)),
        tuple(untrue),
        tuple(unset),
    )


def _survivor(problem: Problem, ledgers: Mapping[str, Ledger], by_number: Mapping[str, Problem]) -> Problem:
    """What a merged item was merged into, through as many mergers as there are; itself where the trail is lost."""
    seen = {problem.number}
    while problem.fields.get("merged_into") and _merged(problem, ledgers):
        following = by_number.get(problem.fields["merged_into"])
        if following is None or following.number in seen:
            return problem
        problem = following
        seen.add(problem.number)
    return problem


def _merged(problem: Problem, ledgers: Mapping[str, Ledger]) -> bool:
    state = ledgers[problem.ledger].states[problem.state]
    return state.closed and state.counted and not state.accepted


def _together(title: str, tallies: Sequence[Tally]) -> Tally:
    def joined(name: str) -> Share:
        shares = [getattr(one, name) for one in tallies]
        return Share(tuple(n for one in shares for n in one.part), tuple(n for one in shares for n in one.of))

    return Tally(
        title,
        joined("accepted"),
        joined("closed"),
        joined("provisional"),
        joined("due"),
        joined("long_term"),
        tuple(number for one in tallies for number in one.untrue),
        tuple(number for one in tallies for number in one.unset),
    )
