"""What moved a figure most: its distance from a reference cut into parts that add up to it exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from guatu.errors import GuatuError


@dataclass(frozen=True, slots=True)
class Cause:
    """One part of the distance: name, part [the figure's unit], the figure without it, address that opens it.

    days: how many days it is made of; without is None where nothing would be left.
    """

    name: str
    part: Fraction
    without: Fraction | None = None
    address: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One way of cutting the distance: kind (月份 日期 县（市、区） 站点 污染物 …), causes, and what is left over.

    The parts of the causes and rest, named by rest_name, add up to the whole distance.
    """

    kind: str
    causes: tuple[Cause, ...]
    rest: Fraction = Fraction(0)
    rest_name: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure, what it is set against, and the breakdowns of the distance between them [the figure's unit]."""

    figure: Fraction
    reference: Fraction
    against: str
    unit: str
    breakdowns: tuple[Breakdown, ...]

    @property
    def distance(self) -> Fraction:
        """Figure less reference."""
        return self.figure - self.reference


def no_figure(address: str) -> GuatuError:
    """The error for a figure that cannot be cut since there is none."""
    return GuatuError.of(
        f"no figure at {address}",
        "G-JUDGE-04",
        address,
        "没有算得出的数",
        "没有数就没有可拆的份额",
        "先看 guatu status 的原因",
    )
