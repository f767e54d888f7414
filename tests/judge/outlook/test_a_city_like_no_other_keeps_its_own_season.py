"""The fewer cities share a city's weather, the more its own past autumns say of the next one."""

from __future__ import annotations

import numpy as np
import pytest

from guatu.judge.outlook.field import Parts, ahead
from guatu.judge.outlook.model import Floats, model
from guatu.judge.outlook.season import Pool, Season, season_of

PM25 = model().of("pm25_mean")
NOVEMBER = 10


def pool(cities: int) -> Pool:
    rows = np.zeros((cities, 12))
    return Pool(np.arange(cities), np.full(cities, 12 * 2020), rows, np.full((cities, 12), 0.5))


def lone(likeness: list[float]) -> float:
    season = season_of(pool(len(likeness)), np.array(likeness), PM25)
    assert season is not None
    return season.lone


def test_a_city_with_many_likes_is_hardly_alone() -> None:
    assert lone([0.0] * 9) > 0.9 > 0.1 > lone([0.95] * 9)


@pytest.mark.parametrize("r", [0.3, 0.6, 0.9])
def test_one_more_city_alike_makes_it_less_alone(r: float) -> None:
    assert lone([0.2, 0.2, r]) < lone([0.2, 0.2])


def autumn(share: float) -> float:
    """Forecast of November after nine plain months and a November .5 above the profile in the year before."""
    months = np.arange(12 * 2020, 12 * 2021 + 9)
    y: Floats = np.where(months == 12 * 2020 + NOVEMBER, 0.5, 0.0)
    seen = Parts(months, months.astype(float), np.full(len(months), 30.0))
    rest = np.arange(12 * 2021 + 9, 12 * 2022)
    season = Season(np.zeros(12), 0.0, 12.0 * 2021, np.full(12, 0.5), lone=share)
    mean, _ = ahead(seen, y, Parts(rest, rest.astype(float), np.full(3, 30.0)), season, PM25, model(), 0.0)
    return float(mean[1])


def test_its_own_november_counts_for_more() -> None:
    assert 0 < autumn(0.0) < autumn(0.5) < autumn(1.0) < 0.5
