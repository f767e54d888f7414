"""A reading under way, as the rules of notes look at it."""

from __future__ import annotations

from dataclasses import dataclass

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
