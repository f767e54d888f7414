"""HJ 633 in the oracle: sub-index, hourly and daily AQI, class, primary pollutants, sand days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from tests.compute.oracle import air_law as law
from tests.compute.oracle.air_number import Given, ceiling, exact, half_even, hour_day


@dataclass(frozen=True)
class Index:
    """An AQI with what it rests on; aqi, level are None when it may not be stated."""

    aqi: int | None
    level: int | None
    primary: tuple[str, ...]
    of_the_rest: int | None  # the largest sub-index present, whether or not it may be published


def level_of(aqi: int) -> int:
    """Class 1..6; a class is closed at its top (HJ 633 class table)."""
    return 1 + sum(1 for top in law.CLASS_TOPS if aqi > top)


def iaqi(column: str, edition: str, concentration: Given) -> int | None:
    """Sub-index of one concentration; None when missing or when the column has no answer.

    The input is first rounded half-even to an integer, CO to one decimal (2026 4.2.2-4.2.3; HJ 663 decimals in
    2012). Intervals are closed above. Linear inside (4.2.4), carried up (6.2 / 4.2.6). Above a full column 500
    (air.md 2.2, practice). Above 800, SO2 1 h and O3 8 h: 2026 200 and 300; 2012 no answer here, another averaging
    time decides.
    """
    value = exact(concentration)
    if value is None:
        return None
    value = half_even(value, 1 if column.startswith("co_") else 0)
    points = law.POINTS[edition][column]
    for i in range(1, len(points)):
        if value <= points[i]:
            low, high, below, above = points[i - 1], points[i], law.IAQI[i - 1], law.IAQI[i]
            return ceiling(Fraction(above - below) * (value - low) / (high - low) + below)
    if len(points) == len(law.IAQI):
        return 500
    if edition == "2026":
        return {"so2_1h": 200, "o3_8h": 300}[column]
    return None


def index_of(parts: Mapping[str, int | None], edition: str, *, needs_all: bool) -> Index:
    """The AQI of sub-indices by item.

    needs_all: with a sub-index missing, the AQI of the rest is stated only when > 100 (2026 5.3.1).
    2026: the AQI runs from 1 (air.md 2.2). Primary: AQI > 50, every item at the maximum.
    """
    present = {item: value for item, value in parts.items() if value is not None}
    if not present:
        return Index(None, None, (), None)
    top = max(present.values())
    if edition == "2026":
        top = max(top, 1)
    if needs_all and len(present) < len(parts) and top <= 100:
        return Index(None, None, (), top)
    primary = tuple(item for item in parts if parts[item] == top) if top > 50 else ()
    return Index(top, level_of(top), primary, top)


def hourly_aqi(
    row: Mapping[str, Given],
    stamp: datetime,
    monitored: tuple[str, ...] = law.ITEMS,
) -> Index:
    """Hourly AQI by the practice of the national platform (air.md 2.2): six 1 h values, PM in the 24 h column.

    Edition: that of the day the hour belongs to, so 2026-03-01 00:00 is still 2012. Missing: 2012 the IAQI is NA
    and the AQI comes from the rest; 2026 5.3.1, only if > 100; an item never monitored is left out of `monitored`
    (5.3.2). 2012 SO2 above 800: the IAQI of `so2_24h` when the row has it, else the AQI is undecided (None).
    """
    edition = law.edition_of(hour_day(stamp)[0])
    parts = {item: iaqi(law.HOUR_COLUMN[item], edition, row.get(item)) for item in monitored}
    if "so2" in parts and parts["so2"] is None and exact(row.get("so2")) is not None:
        parts["so2"] = iaqi("so2_24h", edition, row.get("so2_24h"))
        if parts["so2"] is None:
            return Index(None, None, (), index_of(parts, edition, needs_all=False).of_the_rest)
    return index_of(parts, edition, needs_all=edition == "2026")


def daily_aqi(
    values: Mapping[str, Given],
    day: date,
    edition: str | None = None,
    monitored: tuple[str, ...] = law.DAY_ITEMS,
) -> Index:
    """Daily AQI from five 24 h means and O3 max 8 h, by the edition of the day or a named one.

    Missing, both editions: stated only when the rest gives > 100 (2026 5.3.1; air.md 3.7 for the older practice).
    2012 O3 8 h above 800: IAQI of `o3_1h`, the day's largest hour, when given, else undecided.
    """
    edition = edition or law.edition_of(day)
    parts = {item: iaqi(law.DAY_COLUMN[item], edition, values.get(item)) for item in monitored}
    if "o3_8h" in parts and parts["o3_8h"] is None and exact(values.get("o3_8h")) is not None:
        parts["o3_8h"] = iaqi("o3_1h", edition, values.get("o3_1h"))
        if parts["o3_8h"] is None:
            return Index(None, None, (), index_of(parts, edition, needs_all=False).of_the_rest)
    return index_of(parts, edition, needs_all=True)


def sand_day(rest: Mapping[str, Given], day: date, observed: tuple[int, tuple[str, ...]] | None = None) -> Index:
    """A day with particles deducted (air.md 3.8): observed AQI <= 100 stays with its primary pollutant; otherwise the
    AQI is computed from what is left, and stated also when <= 100."""
    if observed is not None and observed[0] <= 100:
        return Index(observed[0], level_of(observed[0]), observed[1] if observed[0] > 50 else (), observed[0])
    left = tuple(item for item in law.DAY_ITEMS if exact(rest.get(item)) is not None)
    return daily_aqi(rest, day, monitored=left)
