"""A number that never travels bare: with its reason if it is none, its counts, its rules and its way down."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from guatu.base.period import Period


@dataclass(frozen=True, slots=True)
class Step:
    """One node of an explanation: what was done, by which clause, from what.

    figure: the result as printed [unit in text]; clause: e.g. ``GB 3095-2012 表1``; rule: id of the rule;
    confidence: as the rule carries it (T, X, E, 2, 1, M); address: what opens this node further, if anything.
    """

    text: str
    figure: str = ""
    clause: str = ""
    rule: str = ""
    confidence: str = ""
    address: str = ""
    below: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of an indicator for a scope and period.

    number is the statistic as its clause rounds it, or None with a reason word (数据不足, 无点位, 未到统计期, …);
    raw is the exact unrounded ratio; n_valid of n_expected counts valid days (or places); flags name each
    shortfall; rules lists the rule ids used; inputs is the hash of the rows used; data_version names the
    newest batch of rows used; why is the root of the explanation.
    """

    indicator: str
    scope: str
    period: Period
    number: Decimal | None
    unit: str
    raw: Fraction | None = None
    reason: str = ""
    n_valid: int = 0
    n_expected: int = 0
    flags: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    inputs: str = ""
    data_version: str = ""
    why: Step = field(default_factory=lambda: Step("没有说明"))

    @property
    def address(self) -> str:
        """``indicator/scope/period``: what ``guatu explain`` and ``/explain/…`` take."""
        return f"{self.indicator}/{self.scope}/{self.period}"

    def explain(self) -> Step:
        """The tree from this number down to its rows."""
        return self.why
