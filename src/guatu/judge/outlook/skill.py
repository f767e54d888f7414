"""How good forecasts were: error, CRPS, Brier skill against last year's ratios, coverage, reliability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from guatu.judge.outlook.model import Floats
from guatu.judge.outlook.monthly import AQI


@dataclass(frozen=True, slots=True)
class Judged:
    """One forecast and what came of it.

    targets: (value, chance given, whether it was met, chance by climatology or nan); mean, quantiles and truth in
    µg/m³ or in points.
    """

    city: str
    year: int
    origin: str
    indicator: str
    mean: float
    p10: float
    p90: float
    p025: float
    p975: float
    targets: tuple[tuple[float, float, bool, float], ...]
    truth: float
    crps: float


@dataclass(frozen=True, slots=True)
class Skill:
    """Scores of one indicator at one origin in one year (None: all years together).

    error: mean absolute error of the mean, in % of the truth for PM2.5 (mape), in points for good days (mae); bss:
    Brier skill score over all targets against climatology, None where there is none; c80, c95: share of truths
    inside the 80 % and 95 % intervals.
    """

    indicator: str
    origin: str
    year: int | None
    cases: int
    error: float
    crps: float
    bss: float | None
    c80: float
    c95: float


def crps(draws: Floats, truth: float) -> float:
    """Continuous ranked probability score of equally likely draws: E|X - truth| - E|X - X'|/2 [unit of the draws]."""
    ordered, count = np.sort(draws), len(draws)
    ranks = 2 * np.arange(1, count + 1) - count - 1
    return float(np.abs(ordered - truth).mean() - (ranks * ordered).sum() / count**2)


def skill_of(rows: Sequence[Judged], year: int | None) -> Skill:
    """The scores of rows of one indicator and origin."""
    truth = np.array([row.truth for row in rows])
    error = np.abs(np.array([row.mean for row in rows]) - truth)
    if rows[0].indicator != AQI:
        error = 100 * error / truth
    asked = np.array([target for row in rows for target in row.targets], dtype=np.float64)
    given, met, usual = asked[:, 1], asked[:, 2], asked[:, 3]
    known = ~np.isnan(usual)
    given, met, usual = given[known], met[known], usual[known]
    base = ((usual - met) ** 2).mean() if known.any() else 0.0
    return Skill(
        rows[0].indicator,
        rows[0].origin,
        year,
        len(rows),
        float(error.mean()),
        float(np.mean([row.crps for row in rows])),
        float(1 - ((given - met) ** 2).mean() / base) if base > 0 else None,
        float(np.mean([row.p10 <= row.truth <= row.p90 for row in rows])),
        float(np.mean([row.p025 <= row.truth <= row.p975 for row in rows])),
    )


def summary(rows: Sequence[Judged], *, by_year: bool) -> list[Skill]:
    """Scores by indicator, origin and, if asked for, year, in the order of the rows."""
    groups: dict[tuple[str, str, int | None], list[Judged]] = {}
    for row in rows:
        groups.setdefault((row.indicator, row.origin, row.year if by_year else None), []).append(row)
    return [skill_of(members, year) for (_, _, year), members in sorted(groups.items(), key=_order)]


def _order(group: tuple[tuple[str, str, int | None], list[Judged]]) -> tuple[bool, str, int]:
    (indicator, origin, year), _ = group
    return indicator == AQI, origin, year or 0


@dataclass(frozen=True, slots=True)
class Class:
    """Chances given between two edges: how many, their mean, the share that was met."""

    low: float
    high: float
    count: int
    given: float
    met: float


def reliability(rows: Sequence[Judged], edges: Sequence[float]) -> tuple[list[Class], float]:
    """Chances given against what happened, by class; and the mean absolute gap weighed by the number of cases."""
    asked = np.array([target[1:3] for row in rows for target in row.targets], dtype=np.float64)
    given, met = asked[:, 0], asked[:, 1]
    classes = []
    for low, high in pairwise(edges):
        inside = (given >= low) & ((given < high) | (high == edges[-1]))
        if inside.any():
            classes.append(Class(low, high, int(inside.sum()), float(given[inside].mean()), float(met[inside].mean())))
    gap = sum(entry.count * abs(entry.met - entry.given) for entry in classes)
    return classes, gap / len(given)
