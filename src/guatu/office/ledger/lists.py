"""The rate of every list counted in the database: by state, kind and date, and the merged each by what they became."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When

from guatu.act.deadlines import LONG_TERM, UNSET
from guatu.act.ledger import Ledger
from guatu.act.rates import COUNTED, Counts, Listing, Part, counts_as, listings, reaches, survivor
from guatu.office.ledger import declared, storage
from guatu.office.ledger.models import Problem
from guatu.office.models import Tip

PARTS = {
    "accepted": "已通过验收",
    "left": "还没有通过验收",
    "closed": "已销号",
    "provisional": "阶段性办结",
    "of": "需限期整改",
    "due": "到期的",
    "due-done": "到期已完成的",
    "due-left": "到期没完成的",
    "long_term": "长期坚持",
    "untrue": "不属实",
    "unset": "时限未定",
}

NOW, PAST = "", "problem__"
"""Where the columns of a problem are found: in itself as it is now, or from a stay of a past day."""


@dataclass(frozen=True, slots=True)
class Card:
    """The figures of one list, together and each ledger apart; each figure opens to its list."""

    listing: Listing
    together: Counts
    apart: tuple[Counts, ...]
    met: bool | None

    printed = property(lambda self: self.together.accepted)
    accepted = property(lambda self: self.together.n["accepted"])
    left = property(lambda self: self.together.n["left"])
    closed = property(lambda self: self.together.n["closed"])
    provisional = property(lambda self: self.together.n["provisional"])
    due_left = property(lambda self: self.together.n["due-left"])
    long_term = property(lambda self: self.together.n["long_term"])


def cards(day: date) -> tuple[Card, ...]:
    """The figures of every list as things stand now; counted again only when the log or the day has moved on."""
    return _cards(day, *_tip())


def cards_on(day: date) -> tuple[Card, ...]:
    """The same as things stood at the end of any day, from the stays of each problem."""
    return _cards(day, *_tip(), PAST)


def behind(name: str, part: str, day: date, of: str = NOW) -> Q:
    """What stands behind one figure of a list, or behind all of them when no part is named.

    Of the problems as they are now, or (PAST) of the stays of a day.
    """
    every = declared.ledgers()
    found = Q(pk__in=[])
    for one in listings()[name].parts:
        inside = _inside(one, of)
        if part not in PARTS:
            found |= inside
            continue
        followed = [number for number, names in _followed(day, *_tip(), of)[_key(one)].items() if part in names]
        own = Q(**{f"{of}merged_into": ""}) & _counted_as(every[one.ledger], part, day, of)
        found |= inside & (own | Q(**{f"{of}number__in": followed}))
    return found


@lru_cache(maxsize=8)
def _cards(day: date, number: int, mark: str, of: str = NOW) -> tuple[Card, ...]:
    made = []
    every = declared.ledgers()
    for one in listings().values():
        apart = []
        for part in one.parts:
            counts = _of_part(part, day, of)
            for names in _followed(day, number, mark, of)[_key(part)].values():
                counts.update(names)
            apart.append(Counts(every[part.ledger].title, {name: counts[name] for name in COUNTED}))
        together = Counts(one.title, {name: sum(each.n[name] for each in apart) for name in COUNTED})
        made.append(Card(one, together, tuple(apart), reaches(one, together)))
    return tuple(made)


def _of_part(part: Part, day: date, of: str) -> Counter[str]:
    """What the problems of one ledger in a list count as, but for those merged into others."""
    ledger = declared.ledgers()[part.ledger]
    expired = Case(When(deadline__lte=day, then=Value(True)), default=Value(False), output_field=BooleanField())
    rows: QuerySet[Any] = storage.standing(None, day) if of else Problem.objects.all()
    groups = (
        rows.filter(_inside(part, of), **{f"{of}merged_into": ""})
        .order_by()
        .annotate(expired=expired)
        .values_list("state", f"{of}deadline_kind", "expired")
        .annotate(n=Count("*"))
    )
    counts: Counter[str] = Counter()
    for state, kind, due, n in groups:
        for name in counts_as(ledger, state, kind or UNSET, due):
            counts[name] += n
    return counts


@lru_cache(maxsize=8)
def _followed(
    day: date, number: int, mark: str, of: str
) -> Mapping[tuple[str, str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """What each problem that was merged into another counts as: what that one counts as, in its own list."""
    every = declared.ledgers()
    parts = [part for one in listings().values() for part in one.parts]
    then = day if of else None
    merged = {_key(part): storage.light(_merged(part), then) for part in parts}
    known = {item.number: item for items in merged.values() for item in items}
    wanted = {str(item.fields["merged_into"]) for item in known.values()} - known.keys()
    tried: set[str] = set()
    while wanted:
        more = storage.light(Problem.objects.filter(number__in=wanted), then)
        tried |= wanted
        known |= {item.number: item for item in more}
        wanted = {str(item.fields["merged_into"]) for item in more if item.fields.get("merged_into")}
        wanted -= known.keys() | tried
    found = {}
    for key, items in merged.items():
        found[key] = {}
        for item in items:
            stands = survivor(item, every, known)
            due = item.date_of("deadline")
            kind = item.fields.get("deadline_kind", UNSET)
            found[key][item.number] = counts_as(every[stands.ledger], stands.state, kind, bool(due and due <= day))
    return found


def _counted_as(ledger: Ledger, part: str, day: date, of: str) -> Q:
    """The columns of whatever counts as a part: every kind of limit, due or not, with the states that make it so."""
    kind_of = f"{of}deadline_kind"
    kinds = {LONG_TERM: Q(**{kind_of: LONG_TERM}), UNSET: Q(**{f"{kind_of}__in": ["", UNSET]})}
    kinds["限期"] = ~Q(**{f"{kind_of}__in": ["", UNSET, LONG_TERM]})
    found = Q(pk__in=[])
    for kind, said in kinds.items():
        late, early = (
            frozenset(name for name in ledger.states if part in counts_as(ledger, name, kind, due))
            for due in (True, False)
        )
        if late == early:
            found |= said & Q(state__in=sorted(late)) if late else Q(pk__in=[])
        else:
            found |= said & Q(deadline__lte=day, state__in=sorted(late))
            found |= (
                said & (Q(deadline=None) | Q(deadline__gt=day)) & Q(state__in=sorted(early)) if early else Q(pk__in=[])
            )
    return found


def _inside(part: Part, of: str = NOW) -> Q:
    return Q(**{f"{of}ledger": part.ledger, f"{of}{part.field}__in": part.values})


def _merged(part: Part) -> QuerySet[Problem]:
    return Problem.objects.filter(_inside(part)).filter(merged_into__gt="")


def _key(part: Part) -> tuple[str, str, tuple[str, ...]]:
    return part.ledger, part.field, part.values


def _tip() -> tuple[int, str]:
    return Tip.objects.filter(pk=1).values_list("number", "hash").first() or (0, "")
