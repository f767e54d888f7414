"""What a person should look at in a plan that was read: small rules, one oddity each, in the order of the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from guatu.read import notes_head, notes_targets, notes_tasks
from guatu.read.plan import Note, Plan, Span, Spans
from guatu.read.reading import Reading

Rule = Callable[[Reading], Iterator[Note]]


def notes_on(reading: Reading) -> Plan:
    """The plan with its notes; layout noise is mended in silence and has none."""
    rules: tuple[Rule, ...] = (*notes_head.RULES, *notes_targets.RULES, *notes_tasks.RULES)
    found = [*reading.plan.notes, *(note for rule in rules for note in rule(reading))]
    found.sort(key=lambda note: note.span if note.span else (-1, -1))
    plan = reading.plan
    doubted = [note.span for note in found if note.kind == "doubt" and note.span]
    return replace(
        plan,
        notes=tuple(found),
        targets=tuple(replace(t, confidence=_confidence(t.spans, doubted)) for t in plan.targets),
        tasks=tuple(replace(t, confidence=_confidence(t.spans, doubted)) for t in plan.tasks),
    )


def _confidence(spans: Spans, doubted: list[Span]) -> str:
    """``low`` where a note that a person must decide stands on the words of the entry."""
    first, last = min(a for a, _ in spans.values()), max(b for _, b in spans.values())
    return "low" if any(a < last and first < b for a, b in doubted) else "high"
