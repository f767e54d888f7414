"""Examples a scheme's source prints, reckoned again: what is printed, what comes out, whether they are the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from guatu.score.facts import Facts
from guatu.score.given import items_of
from guatu.score.money import payments_of
from guatu.score.scheme import Scheme, Worked
from guatu.score.scoring import Scores, scores_of


@dataclass(frozen=True, slots=True)
class Reckoned:
    """An example with what comes out: printed and got exact, how it came about in words."""

    says: str
    item: str
    gives: Fraction
    got: Fraction | None
    words: str

    @property
    def same(self) -> bool:
        """Whether what comes out is what is printed."""
        return self.got == self.gives


def reckoned(scheme: Scheme) -> tuple[Reckoned, ...]:
    """Every example of a scheme."""
    return tuple(_reckoned(scheme, one) for one in scheme.worked)


def facts_of(scheme: Scheme) -> tuple[tuple[str, Facts], ...]:
    """What each example says, and its facts for the subject and those it is compared with."""
    return tuple((one.says, _facts(one)) for one in scheme.worked)


def worked_out(scheme: Scheme, facts: Facts) -> Scores:
    """Sheets of given facts, as if the scheme's period were over."""
    return scores_of(scheme, facts, scheme.period.last + timedelta(days=15))


def _facts(one: Worked) -> Facts:
    return Facts({one.subject: items_of(one.facts), **{name: items_of(said) for name, said in one.peers.items()}})


def _reckoned(scheme: Scheme, one: Worked) -> Reckoned:
    scores = worked_out(scheme, _facts(one))
    sheet = scores.of(one.subject)
    if one.item.startswith("money/"):
        paid = [pay for pay in payments_of(scores)[one.subject] if f"money/{pay.id}" == one.item]
        return Reckoned(one.says, one.item, one.gives, paid[0].amount if paid else None, paid[0].words if paid else "")
    if not one.item:
        return Reckoned(one.says, "合计", one.gives, Fraction(sheet.total), sheet.composed or "各项相加")
    line = sheet.line(one.item)
    return Reckoned(one.says, one.item, one.gives, line.exact if line else None, line.words if line else "")
