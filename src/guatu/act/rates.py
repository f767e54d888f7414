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

COUNTED = (
    "of", "accepted", "left", "due", "due-done", "due-left", "closed", "provisional", "long_term", "on_track",
    "untrue", "unset",
)  # fmt: skip
"""What an item may count as in its list."""


def printed_share(part: int, of: int, decimals: int = 2) -> str:
    """``12/14（85.71%）``, or the words that there is none."""
    return f"{part}/{of}（{half_even(Fraction(100 * part, of), decimals)}%）" if of else "没有应计的件"


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
        return printed_share(len(self.part), len(self.of), decimals)


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
    def counts(self) -> Counts:
        """How many each share is."""
        shares = {
            "of": self.accepted.of, "accepted": self.accepted.part, "left": self.accepted.left,
            "due": self.due.of, "due-done": self.due.part, "due-left": self.due.left,
            "closed": self.closed.part, "provisional": self.provisional.part,
            "long_term": self.long_term.of, "on_track": self.long_term.part,
            "untrue": self.untrue, "unset": self.unset,
        }  # fmt: skip
        return Counts(self.title, {name: len(numbers) for name, numbers in shares.items()})

    @property
    def words(self) -> str:
        """One sentence with every number, the ones aside named."""
        return self.counts.words


@dataclass(frozen=True, slots=True)
class Counts:
    """A tally as mere numbers, by the names of COUNTED: what a database counts without naming the items."""

    title: str
    n: Mapping[str, int]

    @property
    def exact(self) -> Fraction | None:
        """The rate over the plan [%], or None where there is nothing to divide by."""
        return Fraction(100 * self.n["accepted"], self.n["of"]) if self.n["of"] else None

    @property
    def accepted(self) -> str:
        """The rate over the plan as it is printed."""
        return printed_share(self.n["accepted"], self.n["of"])

    @property
    def due(self) -> str:
        """The rate of what is due as it is printed."""
        return printed_share(self.n["due-done"], self.n["due"])

    @property
    def words(self) -> str:
        """One sentence with every number, the ones aside named."""
        n = self.n
        aside = [f"长期坚持 {n['long_term']} 件另计，达到序时 {n['on_track']} 件"]
        aside += [f"不属实 {n['untrue']} 件不计"] if n["untrue"] else []
        aside += [f"时限未定 {n['unset']} 件未计入，须先补时限"] if n["unset"] else []
        return (
            f"{self.title}：需限期整改 {n['of']} 件，通过验收 {self.accepted}，"
            f"其中已销号 {n['closed']} 件，另有阶段性办结 {n['provisional']} 件；"
            f"到期的完成 {self.due}；{'；'.join(aside)}。"
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
        return reaches(self.listing, self.together.counts)


def reaches(listing: Listing, counts: Counts) -> bool | None:
    """Whether the rate over the plan reaches the target, on the exact ratio; None without a target or an item."""
    return None if listing.target is None or counts.exact is None else counts.exact >= Fraction(listing.target)


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


def counts_as(ledger: Ledger, state_name: str, kind: str, due: bool) -> tuple[str, ...]:
    """What an item in a state, with a kind of time limit, counts as in its list; due: its date has come.

    of: must be rectified in time, and of these accepted or left, closed, provisional, due with due-done or due-left;
    standing aside: untrue, long_term (on_track), unset.
    """
    state = ledger.states[state_name]
    if not state.counted:
        return ("untrue",)
    if kind == LONG_TERM or state_name == LONG_TERM:
        return ("long_term", "on_track") if state.accepted or state_name == LONG_TERM else ("long_term",)
    if kind == UNSET:
        return ("unset",)
    found = ["of", "accepted" if state.accepted else "left"]
    found += ["due", "due-done" if state.accepted else "due-left"] if due else []
    found += ["closed"] if state.accepted and state.closed else []
    found += ["provisional"] if state_name in ledger.provisional else []
    return tuple(found)


def tally(
    title: str, problems: Sequence[Problem], ledgers: Mapping[str, Ledger], by_number: Mapping[str, Problem], day: date
) -> Tally:
    """Count items that stand as on the day; by_number finds what an item was merged into."""
    counted: dict[str, list[str]] = {name: [] for name in COUNTED}
    known: dict[tuple[str, str, str, bool], tuple[str, ...]] = {}
    for problem in problems:
        stands = survivor(problem, ledgers, by_number)
        deadline = problem.date_of("deadline")
        kind = problem.fields.get("deadline_kind", UNSET)
        key = (stands.ledger, stands.state, kind, bool(deadline and deadline <= day))
        if key not in known:
            known[key] = counts_as(ledgers[stands.ledger], *key[1:])
        for name in known[key]:
            counted[name].append(problem.number)
    found = {name: tuple(numbers) for name, numbers in counted.items()}
    return Tally(
        title,
        Share(found["accepted"], found["of"]),
        Share(found["closed"], found["of"]),
        Share(found["provisional"], found["of"]),
        Share(found["due-done"], found["due"]),
        Share(found["on_track"], found["long_term"]),
        found["untrue"],
        found["unset"],
    )


def survivor(problem: Problem, ledgers: Mapping[str, Ledger], by_number: Mapping[str, Problem]) -> Problem:
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
