"""The outlook as a page or a command shows it: one value object, its words, and the record behind its chance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guatu.judge.outlook.model import Model


@dataclass(frozen=True, slots=True)
class Past:
    """What became of such chances in the back-test, at the month end the day falls behind.

    origin: that month end as ``MM-DD`` (``01-01``: nothing of the year known), empty where all month ends had to be
    taken together; low, high: the class of the chance; count: how often one of the class was given; given: their mean;
    met: the share of them that was met; years: how many calendar years these are, whose cities share their weather.
    """

    origin: str
    low: float
    high: float
    count: int
    given: float
    met: float
    years: int

    @property
    def gap(self) -> float:
        """By how much the chances given and the share met differ."""
        return abs(self.met - self.given)

    @property
    def kept(self) -> int:
        """How many of them were met."""
        return round(self.met * self.count)

    def said(self, percent: bool) -> str:
        """One sentence; without percentages where the office hides them."""
        month = self.origin[:2].lstrip("0")
        when = "各月末" if not self.origin else "年初" if self.origin == "01-01" else f"{month} 月末"
        what = f" {self.low:.0%}～{self.high:.0%} " if percent else "这样把握"
        given, met = (f"平均给出 {self.given:.1%}，", f" {self.met:.1%}") if percent else ("", f" {self.kept} 次")
        return (
            f"回测{when}给出{what}的 {self.count} 次，{given}实际达标{met}；"
            f"同一年各城市天气相近，只相当于 {self.years} 个年份的经验"
        )


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the year may end at: all that a page, a command or a bulletin says of it.

    - mean, p10, p90, p025, p975: expected final value and quantiles [unit], before rounding; p10 to p90 holds 80 %.
    - expected, span: the same as people read them, ``34.1`` and ``32.0～36.5`` (80 %), at one decimal; unit: theirs.
    - chance: probability that the target is met as it is judged, strictly between 0 and 1 while days are left; aspired:
      the same of the aspired value, None where there is none. For sums and comparisons only: people read ``shown``.
    - shown, aspired_shown: the chance in whole per cent, never 0 or 100 (``64%``, ``<1%``, ``>99%``), or a word where
      the office hides percentages (``[judge] show_chance = false``); word: the word in any case.
    - past: what became of such chances in the back-test, as numbers; record: the same as one sentence. Whoever shows
      a chance shows its record beside it.
    - until: the last day the forecast knows of; left: the days after it.
    - tentative: for reference only, as there is no whole year before; handover: the last days, in which the daily
      forecast is the better one (guatu has none of its own, and says so).
    - notes: sentences on what not to trust today, those two among them; reason: why there is no outlook at all, in
      which case every number is None and every text empty but this one.

    ``lines()`` gives the whole as sentences, the same for every page and command.
    """

    mean: float | None = None
    p10: float | None = None
    p90: float | None = None
    p025: float | None = None
    p975: float | None = None
    chance: float | None = None
    aspired: float | None = None
    shown: str = ""
    record: str = ""
    reason: str = ""
    notes: tuple[str, ...] = ()
    expected: str = ""
    span: str = ""
    unit: str = ""
    word: str = ""
    aspired_shown: str = ""
    past: Past | None = None
    until: date | None = None
    left: int | None = None
    tentative: bool = False
    handover: bool = False

    def lines(self) -> tuple[str, ...]:
        """The outlook in Chinese sentences, the first the value and the chance, then the record and the notes."""
        if self.mean is None:
            return (f"不给达标概率：{self.reason}",)
        over = self.left == 0
        value = f"全年为 {self.expected} {self.unit}" if over else f"预计全年 {self.expected} {self.unit}"
        if not over:
            value += f"（80% 区间 {self.span}），达标可能性：{self.shown}"
            if self.aspired_shown:
                value += f"，力争目标：{self.aspired_shown}"
        return tuple(line for line in (value, self.record, *self.notes) if line)


def worded(chance: float, asked: Model) -> str:
    """The word for a chance."""
    return next(word for least, word in asked.words if chance >= least)


def per_cent(chance: float) -> str:
    """A chance in whole per cent, never 0 or 100."""
    whole = round(100 * chance)
    return "<1%" if whole < 1 else ">99%" if whole >= 100 else f"{whole}%"
