"""The local-level model: against statsmodels, against the truth, and with gaps."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

from detente.relations.drift import Course, pooled_course
from detente.relations.levels import SPREAD, START, Array, filtered, likelihood, smoothed


def simulated(drift: float, noise: float, each: float, *, dyads: int = 40, periods: int = 60, seed: int = 7) -> Any:
    """True levels, means and their variances; a third of the periods are gaps."""
    chance = np.random.default_rng(seed)
    level = np.cumsum(chance.normal(0, drift**0.5, (dyads, periods)), axis=1)
    events = np.maximum(chance.poisson(each, (dyads, periods)), 1).astype(float)
    variances = noise / events
    means = level + chance.normal(0, 1, (dyads, periods)) * variances**0.5
    gaps = chance.random((dyads, periods)) < 0.3
    means[gaps], variances[gaps] = np.nan, np.nan
    return level, means, variances


def statsmodels_smoother(means: Array, variances: Array, drift: float) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from statsmodels.tsa.statespace.mlemodel import MLEModel

        model = MLEModel(means, k_states=1, k_posdef=1)
        model["design", 0, 0] = model["transition", 0, 0] = model["selection", 0, 0] = 1
        model["state_cov", 0, 0] = drift
        model.ssm["obs_cov"] = np.where(np.isfinite(variances), variances, 1.0)[None, None, :]
        model.ssm.initialize_known(np.array([START]), np.array([[SPREAD]]))
        return model.ssm.smooth()


def test_it_agrees_with_statsmodels() -> None:
    _, means, variances = simulated(0.2, 9.0, 5, dyads=3)
    now, history, fit = (
        filtered(means, variances, 0.2),
        smoothed(means, variances, 0.2),
        likelihood(means, variances, 0.2),
    )
    for row in range(3):
        peer = statsmodels_smoother(means[row], variances[row], 0.2)
        np.testing.assert_allclose(now.level[row], peer.filtered_state[0], atol=1e-6)
        np.testing.assert_allclose(now.variance[row], peer.filtered_state_cov[0, 0], atol=1e-6)
        np.testing.assert_allclose(history.level[row], peer.smoothed_state[0], atol=1e-6)
        np.testing.assert_allclose(history.variance[row], peer.smoothed_state_cov[0, 0], atol=1e-6)
        assert fit[row] == pytest.approx(peer.llf, abs=1e-6)


@pytest.mark.parametrize("ratio", [0.05, 0.2, 1.0])
@pytest.mark.parametrize("each", [1, 5, 20])
def test_bands_cover_and_the_error_is_near_that_of_known_parameters(ratio: float, each: float) -> None:
    noise = 9.0
    level, means, variances = simulated(ratio * noise / each, noise, each)
    drift = pooled_course(means, noise / variances, lambda c: np.full(len(means), c * noise), Course(0.2, 1.5)).drift
    ours, best = smoothed(means, variances, drift), smoothed(means, variances, ratio * noise / each)
    covered = np.abs(level - ours.level) < 1.6449 * ours.variance**0.5
    assert 0.85 <= covered.mean() <= 0.95
    assert np.sqrt(np.mean((level - ours.level) ** 2)) <= 1.05 * np.sqrt(np.mean((level - best.level) ** 2))


def test_a_gap_carries_the_level_on_and_widens_it() -> None:
    means = np.array([[2.0, np.nan, np.nan]])
    variances = np.array([[0.5, np.nan, np.nan]])
    found = filtered(means, variances, 0.3)
    assert found.level[0, 0] == found.level[0, 1] == found.level[0, 2]
    assert found.variance[0, 1] == pytest.approx(found.variance[0, 0] + 0.3)
    assert found.variance[0, 2] == pytest.approx(found.variance[0, 0] + 0.6)


def test_without_data_the_level_is_the_start() -> None:
    nothing = np.full((2, 4), np.nan)
    found = smoothed(nothing, nothing, 0.1)
    assert np.all(found.level == START)
    assert pooled_course(nothing, nothing, lambda c: np.full(2, c), Course(0.2, 1.5)) == (0.2, 1.5)


def test_what_is_fitted_is_the_likeliest() -> None:
    _, means, variances = simulated(0.4, 9.0, 5)
    drift, clumping = pooled_course(means, 9 / variances, lambda c: np.full(len(means), c * 4.5), Course(0.2, 1.5))
    assert clumping == pytest.approx(2, rel=0.15)
    fits = {
        (d, c): likelihood(means, c * clumping * variances / 2, d * drift).sum()
        for d in (0.95, 1, 1.05)
        for c in (0.97, 1, 1.03)
    }
    assert max(fits, key=fits.__getitem__) == (1, 1)


def test_a_few_periods_do_not_carry_the_fit_off() -> None:
    means, events = np.array([[1.0, np.nan, 1.0], [2.0, 2.0, np.nan]]), np.full((2, 3), 2.0)
    drift, clumping = pooled_course(means, events, lambda c: np.full(2, c), Course(0.5, 1.5))
    assert 0.1 < drift < 0.6
    assert 1 <= clumping < 2
    assert pooled_course(means[:, :1], events[:, :1], lambda c: np.full(2, c), Course(0.5, 1.5)) == (0.5, 1.5)
