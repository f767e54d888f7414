"""What a comparator asks of a judged figure."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def meets(op: str, judged: Decimal | Fraction, limit: Decimal) -> bool:
    """Whether the judged figure satisfies the comparator."""
    return {
        "<=": judged <= limit,
        ">=": judged >= limit,
        "==": judged == limit,
        ">": judged > limit,
    }[op]
