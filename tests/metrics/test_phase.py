"""A mean interval and a slope are known as well as the taps that they rest on, the beat kept or not."""

from math import sqrt

import numpy as np
import pytest
from numpy.typing import NDArray

from game.metrics.decrement import Taps, iti_slope, iti_thirds
from game.metrics.kit.confidence import interval_mean_interval, t_quantile
from game.metrics.kit.phase import error_of, ratio_interval
from game.metrics.kit.stretches import APART, Steps

Values = NDArray[np.float64]


def wandering(rng: np.random.Generator, n: int, r: float) -> Values:
    """Lateness of SD 0.06 asked intervals, correlated by r from tap to tap."""
    late = np.empty(n)
    late[0] = rng.standard_normal()
    for i, own in enumerate(rng.standard_normal(n - 1) * sqrt(1 - r * r), 1):
        late[i] = r * late[i - 1] + own
    return 0.06 * late


def made(late: Values, heard: NDArray[np.bool_] | None = None, of_stretch: int = 10**6) -> Steps:
    """The steps between neighbouring taps that were heard; a stretch has so many beats."""
    beat = np.arange(late.size)
    kept = np.ones(late.size, bool) if heard is None else heard
    both = kept[:-1] & kept[1:] & (beat[1:] % of_stretch > 0)
    number = beat // of_stretch * APART + beat % of_stretch
    relative = 1 + np.diff(late)
    return Steps(0.5 * relative[both], np.full(both.sum(), 0.5), late[:-1][both], number[:-1][both])


@pytest.mark.parametrize("r", [0.0, 0.3, 0.5])
@pytest.mark.parametrize("of_stretch", [8, 10**6])
def test_intervals_hold_the_truth_about_95_times_of_100(r: float, of_stretch: int) -> None:
    rng = np.random.default_rng(int(10 * r))
    runs = [made(wandering(rng, 64, r), rng.random(64) > 0.06, of_stretch) for _ in range(200)]
    slopes = [iti_slope(Taps(500 * run.relative, run)).interval for run in runs]
    thirds = [iti_thirds(Taps(500 * run.relative, run)).interval for run in runs]
    for ends, truth in (([ratio_interval(run) for run in runs], 1), (slopes, 0), (thirds, 1)):
        assert 91 <= 100 * sum(low <= truth <= high for low, high in filter(None, ends)) / 200 <= 99.5


def test_a_hand_that_is_quicker_throughout_is_told_as_surely_as_one_that_is_not() -> None:
    late = wandering(np.random.default_rng(4), 60, 0.3)
    steady, quick = (ratio_interval(made(late - by * np.arange(60))) for by in (0.0, 0.04))
    assert quick == pytest.approx([end - 0.04 for end in steady], abs=1e-9)


def test_the_error_of_the_mean_of_one_row_is_that_of_its_two_ends() -> None:
    """Independent taps: √2 of the spread of the lateness, over the number of intervals, whatever it is."""
    late = wandering(np.random.default_rng(5), 400, 0.0)
    error, _ = error_of(made(late), np.full(399, 1 / 399))
    assert error == pytest.approx(sqrt(2) * 0.06 / 399, rel=0.15)


def test_a_constant_delay_changes_nothing() -> None:
    late = wandering(np.random.default_rng(6), 60, 0.3)
    assert ratio_interval(made(late + 0.3)) == pytest.approx(ratio_interval(made(late)), abs=1e-12)


def test_who_does_not_keep_the_beat_is_held_to_the_two_level_model() -> None:
    run = made(np.cumsum(np.random.default_rng(7).normal(0, 0.05, 80)))
    assert ratio_interval(run) == pytest.approx(interval_mean_interval(run.relative), abs=1e-12)


def test_no_weight_is_no_error() -> None:
    run = made(wandering(np.random.default_rng(8), 40, 0.3))
    error, freedom = error_of(run, np.zeros(39))
    assert error == 0
    assert t_quantile(freedom) > 1.9
