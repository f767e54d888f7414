"""What guatu says when something given to it is wrong: a Fault for people, a GuatuError for programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, in the words of the person who must mend it.

    code: stable, ``G-<ROOM>-<NN>``; where: file, sheet, cell or line, or clause; what: the fact;
    why: why it matters; remedy: what to do, as an imperative without 请. All but code in Chinese.
    """

    code: str
    where: str
    what: str
    why: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}：{self.what}，{self.why}。请{self.remedy}。（{self.code}）"


class GuatuError(Exception):
    """Base of all errors guatu raises on purpose; carries every fault found, never only the first."""

    def __init__(self, message: str, faults: Iterable[Fault] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.faults = tuple(faults)

    @property
    def codes(self) -> tuple[str, ...]:
        """The stable codes of the faults, in order."""
        return tuple(fault.code for fault in self.faults)

    @classmethod
    def of(cls, message: str, code: str, where: str, what: str, why: str, remedy: str) -> Self:
        """An error with one fault; message is the English sentence for programmers."""
        return cls(message, [Fault(code, where, what, why, remedy)])


class RuleError(GuatuError):
    """A rule is missing, doubled, or has a gap on the date asked for."""


class ReadError(GuatuError):
    """A document cannot be read as text."""


class LoadError(GuatuError):
    """A data file has faults; nothing of it was stored."""


class ComputeError(GuatuError):
    """A frame handed to a compute function lacks a column or holds what the function cannot take."""


class ActError(GuatuError):
    """A ledger, a move, a paper, a deadline or the log is not as it must be; nothing was changed."""


class WorkspaceError(GuatuError):
    """A workspace folder is missing, broken or inconsistent."""
