"""Scores against sums done by hand or by the slow definition."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.judge.outlook.sample import normal_cdf
from guatu.judge.outlook.skill import Judged, crps, reliability, skill_of, summary

numbers = st.floats(-1000, 1000)


@given(st.lists(numbers, min_size=1, max_size=30), numbers)
def test_crps_is_its_definition(draws: list[float], truth: float) -> None:
    count = len(draws)
    near = sum(abs(x - truth) for x in draws) / count
    spread = sum(abs(x - y) for x in draws for y in draws) / count**2
    assert crps(np.array(draws), truth) == pytest.approx(near - spread / 2, abs=1e-6)


def test_crps_of_a_sure_forecast_is_its_error() -> None:
    assert crps(np.full(10, 42.0), 40.0) == pytest.approx(2.0)


def test_the_normal_distribution_is_that_of_the_error_function() -> None:
    x = np.linspace(-6, 6, 241)
    assert normal_cdf(x) == pytest.approx([(1 + math.erf(v / math.sqrt(2))) / 2 for v in x], abs=2e-7)


def forecast(mean: float, truth: float, chance: float, met: bool, usual: float, **other: object) -> Judged:
    facts: dict[str, object] = {"indicator": "pm25_mean", "year": 2015, "origin": "03-31", **other}
    return Judged(
        city="甲",
        mean=mean,
        p10=mean - 2,
        p90=mean + 2,
        p025=mean - 4,
        p975=mean + 4,
        targets=((40.0, chance, met, usual),),
        truth=truth,
        crps=1.5,
        **facts,  # type: ignore[arg-type]
    )


def test_scores_of_two_forecasts_by_hand() -> None:
    rows = [forecast(44, 40, 0.2, True, 0.5), forecast(51, 50, 0.1, False, 0.5)]
    found = skill_of(rows, 2015)
    assert found.error == pytest.approx((10 + 2) / 2)
    assert found.crps == 1.5
    assert found.bss == pytest.approx(1 - (0.64 + 0.01) / (0.25 + 0.25))
    assert (found.c80, found.c95, found.cases) == (0.5, 1.0, 2)


def test_good_days_are_scored_in_points() -> None:
    rows = [forecast(90, 92, 0.5, True, 0.5, indicator="aqi_good_ratio")]
    assert skill_of(rows, None).error == pytest.approx(2)


def test_without_a_climatology_there_is_no_skill_score() -> None:
    assert skill_of([forecast(44, 40, 0.2, True, float("nan"))], None).bss is None


def test_scores_are_kept_apart_by_indicator_origin_and_year() -> None:
    rows = [
        forecast(44, 40, 0.2, True, 0.5, year=2016),
        forecast(44, 40, 0.2, True, 0.5),
        forecast(90, 92, 0.5, True, 0.5, indicator="aqi_good_ratio"),
        forecast(44, 40, 0.2, True, 0.5, origin="01-01"),
    ]
    assert [(s.indicator, s.origin, s.year) for s in summary(rows, by_year=True)] == [
        ("pm25_mean", "01-01", 2015),
        ("pm25_mean", "03-31", 2015),
        ("pm25_mean", "03-31", 2016),
        ("aqi_good_ratio", "03-31", 2015),
    ]
    assert [s.cases for s in summary(rows, by_year=False)] == [1, 2, 1]


def test_reliability_is_met_less_given_weighed_by_cases() -> None:
    rows = [forecast(44, 40, p, met, 0.5) for p, met in ((0.2, False), (0.3, True), (0.3, False), (0.9, True))]
    classes, gap = reliability(rows, [0, 0.5, 1])
    assert [(c.count, round(c.given, 4), round(c.met, 4)) for c in classes] == [(3, 0.2667, 0.3333), (1, 0.9, 1.0)]
    assert gap == pytest.approx((3 * (1 / 3 - 0.8 / 3) + 0.1) / 4)
