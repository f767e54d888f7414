"""Draws of the rest of the year: always the same ones, so that the same data give the same chance."""

from __future__ import annotations

from functools import cache

import numpy as np

from guatu.judge.outlook.model import Floats, Model

PARTS = 13  # twelve months, one of them cut in two


@cache
def _standard(draws: int, tails: int, seed: int) -> tuple[Floats, Floats]:
    """Student-t draws of unit variance, [draw, part], and normal ones, [draw]; each with its mirror image."""
    source = np.random.default_rng(seed)
    half = draws // 2
    normal = source.standard_normal((half, PARTS))
    width = np.sqrt(source.chisquare(tails, half) / (tails - 2))
    heavy = normal / width[:, None]
    extra = source.standard_normal(half)
    return np.vstack([heavy, -heavy]), np.concatenate([extra, -extra])


def draw(mean: Floats, covariance: Floats, model: Model, spread: float) -> Floats:
    """Possible logs of the parts to come, [draw, part]: heavy-tailed, with `spread` times the standard deviation."""
    count = len(mean)
    heavy, _ = _standard(model.draws, model.tails, model.seed)
    root = np.linalg.cholesky(covariance + np.eye(count) / 10**10)
    return np.asarray(mean + spread * (heavy[:, :count] @ root.T))


def independent(model: Model) -> Floats:
    """One more standard normal number for each draw."""
    return _standard(model.draws, model.tails, model.seed)[1]


def normal_cdf(x: Floats) -> Floats:
    """Probability that a standard normal number is below x, by a rational approximation good to 2 in 10**7.

    Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26.
    """
    billionths = (254829592, -284496736, 1421413741, -1453152027, 1061405429)
    coefficients = [figure / 10**9 for figure in billionths]
    z = np.abs(x) / np.sqrt(2)
    t = 1 / (1 + 3275911 / 10**7 * z)
    tail = np.exp(-z * z) * t * np.polynomial.polynomial.polyval(t, coefficients) / 2
    return np.asarray(np.where(x > 0, 1 - tail, tail))
