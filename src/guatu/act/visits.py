"""Whether each tailings pond was visited as often as its level asks, and once before the floods."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guatu.act.problem import Problem
from guatu.rules import book


@dataclass(frozen=True, slots=True)
class Visits:
    """One pond in one year: visits made and asked for, those before the flood season and asked for before it."""

    number: str
    pond: str
    level: str
    made: tuple[date, ...]
    asked: int
    made_before_flood: tuple[date, ...]
    asked_before_flood: int
    flood: date

    @property
    def short(self) -> int:
        """Visits still to make."""
        return max(0, self.asked - len(self.made), self.short_before_flood)

    @property
    def short_before_flood(self) -> int:
        """Visits before the floods still to make, or missed when the season has begun."""
        return max(0, self.asked_before_flood - len(self.made_before_flood))

    @property
    def words(self) -> str:
        """As the answer reads."""
        said = f"{self.pond}（{self.level}）：本年应查 {self.asked} 次、已查 {len(self.made)} 次"
        if not self.asked_before_flood:
            return said
        season = f"{self.flood.month}月{self.flood.day}日前"
        return f"{said}，汛前（{season}）应查 {self.asked_before_flood} 次、已查 {len(self.made_before_flood)} 次"


def visits_of(ponds: Iterable[Problem], day: date) -> tuple[Visits, ...]:
    """Each pond of the tailings ledger with its visits of the year up to a day. Raises RuleError before 2021."""
    rules = book.at("tailings.visits", day).value
    month, first = (int(part) for part in book.at("tailings.flood_season", day).value.split("-"))
    flood = date(day.year, month, first)
    found = []
    for pond in ponds:
        level = pond.fields["watch_level"]
        dates = sorted(date.fromisoformat(text) for text in pond.fields.get("visits", ()))
        made = tuple(one for one in dates if one.year == day.year and one <= day)
        found.append(
            Visits(
                pond.number,
                pond.fields["pond"],
                level,
                made,
                rules[level]["times"],
                tuple(one for one in made if one < flood),
                rules[level]["before_flood"],
                flood,
            )
        )
    return tuple(found)
