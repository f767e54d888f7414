"""Facts of a scheme from a workspace: each declared source asked of whoever keeps it, for every subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from guatu.errors import GuatuError
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan, Target
from guatu.score.facts import NOT_ENTERED, Fact, Facts
from guatu.score.feeding_sections import section_fact
from guatu.score.feeding_values import Figures, target_fact, value_fact
from guatu.score.inputs import version_of
from guatu.score.itemising import OVERRIDE
from guatu.score.scheme import Scheme, Source

WHOLE = "市"
"""The kind of a place that is the city itself, no county of it."""
TOWNS, VILLAGES = ("乡镇", "镇", "乡", "街道"), ("村", "社区")
GROUPS = ("县区", "群组")
"""Kinds of bodies that are no unit of the city's own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a fact is asked for: the workspace, its plan, the scheme, the day it is known on; figures are kept."""

    ws: Workspace
    plan: Plan | None
    scheme: Scheme
    as_of: date
    figures: Figures
    good_for: str = ""
    targets: Sequence[Target] = ()


Feeder = Callable[[Asked, str, str, str, Source], Fact]
"""(asked, subject, item, name, source) → the fact."""
Entered = Mapping[tuple[str, str], Mapping[str, Fact]]
"""(subject, item) → facts that persons entered, by name."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What lies outside the workspace's files: feeders by kind of source, and what persons entered."""

    feeders: Mapping[str, Feeder] = field(default_factory=dict)
    entered: Entered = field(default_factory=dict)


def subjects_of(ws: Workspace, scheme: Scheme) -> tuple[str, ...]:
    """Whom a scheme scores here: the areas, the city's own bodies, its towns or villages, the city itself (cities: what
    the level above scores), or the members of its groups.

    Raises GuatuError (G-SCORE-32) where the workspace has nobody of that kind.
    """
    kinds = {"townships": TOWNS, "villages": VILLAGES}
    if scheme.subjects == "counties":
        found = tuple(place.name for place in ws.places if place.kind not in (WHOLE, *TOWNS, *VILLAGES))
    elif scheme.subjects in kinds:
        found = tuple(place.name for place in ws.places if place.kind in kinds[scheme.subjects])
    elif scheme.subjects == "cities":
        found = (ws.name,)
    elif scheme.subjects == "bodies":
        found = tuple(body.name for body in ws.bodies if body.kind not in GROUPS)
    else:
        found = ()
    found = found or tuple(one for _, members in scheme.groups for one in members)
    if not found:
        raise GuatuError.of(
            f"nobody to score by {scheme.id}", "G-SCORE-32", f"细则“{scheme.title}”", "工作区里没有它考核的对象",
            "没有对象就没有分",
            f"在 guatu.toml 里登记，或在细则的 groups 里写明成员；只想试算，用 guatu score try {scheme.id}",
        )  # fmt: skip
    return found


def facts_of(
    ws: Workspace,
    plan: Plan | None,
    scheme: Scheme,
    as_of: date,
    sources: Sources | None = None,
    *,
    good_for: str = "",
    targets: Sequence[Target] = (),
) -> Facts:
    """Every fact of every subject, as known on a day.

    sources: feeders of duties, problems and reports, and what persons entered; without a feeder a fact has no number,
    with the reason. good_for: the subject whose running figures also say what one more good month would make of them;
    targets: what takes the place of the plan's targets of the same id, to ask what another target would do.
    """
    given = sources or Sources()
    asked = Asked(ws, plan, scheme, as_of, Figures(), good_for, targets)
    found: dict[str, dict[str, dict[str, Fact]]] = {}
    for subject in subjects_of(ws, scheme):
        mine = found.setdefault(subject, {})
        for item in scheme.items:
            declared = item.facts if scheme.applies(item, subject) else {}
            entered = given.entered.get((subject, item.id), {})
            mine[item.id] = {
                **{name: _fact(asked, given, subject, item.id, name, one) for name, one in declared.items()},
                **{name: fact for name, fact in entered.items() if name == OVERRIDE or name not in declared},
            }
        for kind, bars in (("gate", scheme.gates), ("veto", scheme.vetoes), ("money", scheme.money)):
            for bar in bars:
                key = f"{kind}/{bar.id}"
                mine[key] = {name: _fact(asked, given, subject, key, name, one) for name, one in bar.facts.items()}
        for (one, key), entered in given.entered.items():
            if one == subject and key not in mine:
                mine[key] = dict(entered)
    return Facts(found, version_of(ws, as_of))


def _fact(asked: Asked, given: Sources, subject: str, item: str, name: str, source: Source) -> Fact:
    if source.kind == "hand":
        return _by_hand(given.entered.get((subject, item), {}).get(name), source.said)
    feeder = given.feeders.get(source.kind) or FEEDERS.get(source.kind)
    if feeder is None:
        return Fact(reason="台账库没有打开，取不到")
    return feeder(asked, subject, item, name, source)


def _by_hand(entered: Fact | None, said: Mapping[str, Any]) -> Fact:
    """What a person entered; events by level of which none was ever registered count none, said so."""
    if entered is not None:
        return entered
    if "levels" in said:
        return Fact(number=Fraction(0), shown="至今没有登记")
    return Fact(reason=NOT_ENTERED)


def _value(asked: Asked, subject: str, item: str, name: str, source: Source) -> Fact:
    return value_fact(
        asked.figures, asked.ws, source.said, subject, asked.scheme.period, asked.as_of, asked.good_for == subject
    )


def _target(asked: Asked, subject: str, item: str, name: str, source: Source) -> Fact:
    return target_fact(asked.ws, asked.plan, source.said, subject, asked.scheme.period, asked.as_of, asked.targets)


def _sections(asked: Asked, subject: str, item: str, name: str, source: Source) -> Fact:
    return section_fact(asked.ws, source.said["what"], subject, asked.scheme.period, asked.as_of)


FEEDERS: Mapping[str, Feeder] = {"value": _value, "target": _target, "sections": _sections}
