"""The plan of the day: what a figure that builds up through its period was to reach by a day 序时."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from guatu.base.period import Period
from guatu.judge.indicators import card_of
from guatu.read.plan import Target
from guatu.rules.cards import Cards


def due_by(
    target: Target, period: Period, day: date, base: Fraction | None = None, cards: Cards | None = None
) -> Fraction | None:
    """What a growing target was to reach by the end of a day [its unit]; None for any other kind.

    Where no plan of the months was issued the way from base (the figure at the end of the year before, else zero) to
    the target is shared over the calendar days: a convention of guatu.
    """
    card = card_of(target, cards)
    if card is None or card.kind != "growing" or not isinstance(target.value, Decimal):
        return None
    gone = max(0, min(period.days, (day - period.first).days + 1))
    start = base if base is not None else Fraction()
    return start + (Fraction(target.value) - start) * gone / period.days
