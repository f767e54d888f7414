"""What a person should look at in a plan that was read: small rules, one oddity each, in the order of the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from guatu.read import notes_head, notes_targets, notes_tasks
from guatu.read.plan import Note, Plan
from guatu.read.reading import Reading

Rule = Callable[[Reading], Iterator[Note]]


def notes_on(reading: Reading) -> Plan:
    """The plan with its notes; layout noise is mended in silence and has none."""
    rules: tuple[Rule, ...] = (*notes_head.RULES, *notes_targets.RULES, *notes_tasks.RULES)
    found = [*reading.plan.notes, *(note for rule in rules for note in rule(reading))]
    found.sort(key=lambda note: note.span if note.span else (-1, -1))
    return replace(reading.plan, notes=tuple(found))
