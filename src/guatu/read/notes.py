"""What a person should look at in a plan that was read: small rules, one oddity each, in the order of the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from guatu.read.bodies import Directory
from guatu.read.layout import Page
from guatu.read.outline import Node, Outline
from guatu.read.plan import Note, Plan
from guatu.read.tasks import Duty


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a rule may look at: the plan, the mended page, its outline, headings of targets, duties."""

    plan: Plan
    page: Page
    outline: Outline
    goals: list[Node]
    duties: list[Duty]
    book: Directory

    def note(self, code: str, kind: str, text: str, outline: str = "", at: tuple[int, int] | None = None) -> Note:
        """A note on a range of the mended text."""
        return Note(code, kind, text, outline, self.page.span(*at) if at else None)


Rule = Callable[[Reading], Iterator[Note]]


def notes_on(reading: Reading) -> Plan:
    """The plan with its notes; layout noise is mended in silence and has none."""
    from guatu.read import notes_head, notes_targets, notes_tasks

    rules: tuple[Rule, ...] = (*notes_head.RULES, *notes_targets.RULES, *notes_tasks.RULES)
    found = [*reading.plan.notes, *(note for rule in rules for note in rule(reading))]
    found.sort(key=lambda note: note.span if note.span else (-1, -1))
    return replace(reading.plan, notes=tuple(found))
