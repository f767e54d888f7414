"""One thing pledged: a value said of something, with where the words stand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from guatu.read.plan import Amount


@dataclass(frozen=True, slots=True)
class Pledge:
    """One value said of one thing. first, last: its clause in the text; the other ranges are of the same text.

    own_indicator: False when only a scope stands before the number, so that the indicator is the one before.
    """

    first: int
    last: int
    indicator: str
    scope: str
    sub: bool
    op: str
    value: Amount
    unit: str | None
    op_surface: str = ""
    bare: bool = False
    soft: bool = False
    stretch: Decimal | None = None
    stretch_at: tuple[int, int] | None = None
    value_at: tuple[int, int] | None = None
    change: bool = False
    falls: bool = False
    baseline: str = ""
    deadline: str = ""
    period: str = ""
    frequency: str = ""
    reference: str = ""
    qualitative: bool = False
    coordinated: bool = False
    distributive: bool = False
    multiplier: str = ""
    own_indicator: bool = True
