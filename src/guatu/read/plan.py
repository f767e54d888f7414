"""What a notice says, as data: the Plan."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from guatu.read import plan_file
from guatu.read.plan_parts import (
    Amount,
    Commitment,
    Confirmation,
    Container,
    Head,
    Measure,
    Note,
    Paper,
    Span,
    Spans,
    Target,
    Task,
    Version,
)

__all__ = [
    "Amount", "Commitment", "Confirmation", "Container", "Head", "Measure", "Note", "Paper", "Plan", "Span", "Spans",
    "Target", "Task", "Version",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """A notice, read.

    above: where the plan of the level above is kept, from this one (../省/plan.toml), or its paper's number;
    versions: numbers that later papers set; confirmed: what a person has looked at.
    """

    head: Head
    targets: tuple[Target, ...] = ()
    tasks: tuple[Task, ...] = ()
    containers: tuple[Container, ...] = ()
    measures: tuple[Measure, ...] = ()
    papers: tuple[Paper, ...] = ()
    notes: tuple[Note, ...] = ()
    versions: tuple[Version, ...] = ()
    confirmed: tuple[Confirmation, ...] = ()
    source_sha256: str = ""
    above: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The plan as plain JSON values: ``doc``, ``containers``, ``targets``, ``tasks``, ``notes``."""
        return plan_file.to_dict(self._parts())

    def to_toml(self) -> str:
        """The plan as a TOML file a person can read and correct by hand; empty fields are left out."""
        return plan_file.to_toml(self._parts())

    @classmethod
    def from_toml(cls, text: str) -> Plan:
        """The plan of a TOML file; raises ReadError (G-READ-11, G-READ-12) naming each wrong entry."""
        return cls(**plan_file.from_toml(text))

    def _parts(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}
