"""What moved a figure most: its distance from a reference cut into parts that add up to it exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from guatu.base.exact import half_even
from guatu.errors import GuatuError

DECIMALS = 3  # of the parts as printed


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
    """A figure, what it is set against, and the breakdowns of the distance between them [the figure's unit].

    note: what else must be said; left_unit: unit of the causes' ``without`` where it is another than the figure's.
    """

    figure: Fraction
    reference: Fraction
    against: str
    unit: str
    breakdowns: tuple[Breakdown, ...]
    note: str = ""
    left_unit: str = ""

    @property
    def distance(self) -> Fraction:
        """Figure less reference."""
        return self.figure - self.reference


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a breakdown as people read it: part with its sign, name, the figure without it, days, address."""

    part: str
    name: str
    without: str = ""
    days: int = 0
    address: str = ""


def lines_of(cut: Breakdown, moved: Moved, top: int) -> tuple[Line, ...]:
    """The largest parts, then all the others in one, then what is left over, then the sum, so that it adds up."""
    shown, others = cut.causes[:top], cut.causes[top:]
    found = [_line(cause, moved) for cause in shown]
    if others:
        found.append(Line(signed(sum((one.part for one in others), Fraction())), f"其余 {len(others)} 项"))
    if cut.rest:
        found.append(Line(signed(cut.rest), cut.rest_name))
    total = sum((one.part for one in cut.causes), cut.rest)
    return (*found, Line(signed(total), "合计" if total == moved.distance else "合计（与差距不符）"))


def _line(cause: Cause, moved: Moved) -> Line:
    without = "" if cause.without is None else f"{half_even(cause.without, DECIMALS)}{moved.left_unit}"
    return Line(signed(cause.part), cause.name, without, cause.days, cause.address)


def signed(number: Fraction) -> str:
    """A part as it is printed, with its sign; the minus is a true one."""
    shown = half_even(number, DECIMALS)
    return f"+{shown}" if shown > 0 else f"{shown}".replace("-", "−")


def head_of(moved: Moved) -> str:
    """Figure, reference and distance in one line."""
    figure, reference = (f"{half_even(one, DECIMALS)}{moved.unit}" for one in (moved.figure, moved.reference))
    return f"{figure}，{moved.against} {reference}，相差 {signed(moved.distance)}"


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
