"""What a score rests on: measured values, counts with the rows behind them, and what a person entered with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

ABSENT = "无此项任务"
"""The reason word of a fact that cannot exist for a subject; any other reason means that it has not come yet."""
NOT_ENTERED = "还没有填写"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was counted: a month of a section, a problem, a late report.

    number: how much it counts; level: who found it or at which level it was named; day: a day or month in ISO form;
    address: what opens it (a figure's address, ``problem/NUMBER``, ``measure/ID``, ``collect/PERIOD``).
    """

    text: str
    number: Fraction = Fraction(1)
    level: str = ""
    place: str = ""
    day: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One quantity of an item for a subject.

    number: the exact figure or count, or None with a reason; word: an entered grade (优秀); shown: as printed with its
    unit; official and computed: both figures as printed where both exist; rows: what was counted; person and said:
    who entered it and why; settled: whether nothing of the period can change it any more; good: what it would be after
    one more good month, told in good_words; places: the same quantity by section or place; differs: which rows make
    official and computed differ; proof: the files behind what a person entered, each its name and the name it is kept
    under.
    """

    number: Fraction | None = None
    word: str = ""
    shown: str = ""
    reason: str = ""
    address: str = ""
    official: str = ""
    computed: str = ""
    rows: tuple[Row, ...] = ()
    person: str = ""
    said: str = ""
    settled: bool = False
    good: Fraction | None = None
    good_words: str = ""
    places: tuple[tuple[str, Fact], ...] = ()
    differs: str = ""
    proof: tuple[tuple[str, str], ...] = ()

    @property
    def absent(self) -> bool:
        """Whether the subject has no such task at all."""
        return self.reason.startswith(ABSENT)


OfItem = Mapping[str, Fact]
OfSubject = Mapping[str, OfItem]


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of every subject: subject → item id → name of the fact.

    Facts of a part of a checklist are named ``part.fact``; gates and vetoes stand under ``gate/ID`` and ``veto/ID``;
    scores of earlier periods under the item ``periods``. data_version names the newest batch of rows used.
    """

    of: Mapping[str, OfSubject] = field(default_factory=dict)
    data_version: str = ""

    def item(self, subject: str, item: str) -> OfItem:
        """The facts of one item, empty where there are none."""
        return self.of.get(subject, {}).get(item, {})

    def with_fact(self, subject: str, item: str, name: str, fact: Fact) -> Facts:
        """The same with one fact replaced or added."""
        mine = self.of.get(subject, {})
        changed = {**mine, item: {**mine.get(item, {}), name: fact}}
        return Facts({**self.of, subject: changed}, self.data_version)


def record(facts: Facts) -> dict[str, Any]:
    """Facts as plain values, every number an exact fraction in text; restore gives them back."""
    return {
        "data_version": facts.data_version,
        "of": {
            subject: {item: {name: _plain(fact) for name, fact in named.items()} for item, named in items.items()}
            for subject, items in facts.of.items()
        },
    }


def restore(said: Mapping[str, Any]) -> Facts:
    """Facts from their plain values."""
    return Facts(
        {
            subject: {item: {name: _fact(one) for name, one in named.items()} for item, named in items.items()}
            for subject, items in said["of"].items()
        },
        said["data_version"],
    )


def _plain(fact: Fact) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name in Fact.__dataclass_fields__:
        value = getattr(fact, name)
        if isinstance(value, Fraction):
            said[name] = str(value)
        elif name == "rows" and value:
            said[name] = [
                {
                    key: str(one) if isinstance(one, Fraction) else one
                    for key in Row.__dataclass_fields__
                    if (one := getattr(row, key)) not in ("", Fraction(1))
                }
                for row in value
            ]
        elif name == "proof" and value:
            said[name] = [list(one) for one in value]
        elif name == "places" and value:
            said[name] = [[place, _plain(one)] for place, one in value]
        elif value:
            said[name] = value
    return said


def _fact(said: Mapping[str, Any]) -> Fact:
    made = dict(said)
    for name in ("number", "good"):
        if name in made:
            made[name] = Fraction(made[name])
    if "rows" in made:
        made["rows"] = tuple(Row(**{**one, "number": Fraction(one.get("number", 1))}) for one in made["rows"])
    if "proof" in made:
        made["proof"] = tuple((name, kept) for name, kept in made["proof"])
    if "places" in made:
        made["places"] = tuple((place, _fact(one)) for place, one in made["places"])
    return Fact(**made)
