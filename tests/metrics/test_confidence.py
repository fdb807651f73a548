"""Intervals: they are the textbook's, agree with another library, and hold the truth as often as they say."""

from collections.abc import Callable
from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from game.metrics import continuation, decrement, intervals, timing
from game.metrics.kit.confidence import (
    bootstrap,
    interval_mean_interval,
    lag_1,
    mean_interval,
    newcombe,
    poisson,
    quantile_interval,
    ratio_of_proportions,
    sd_interval,
    t_quantile,
    wilson,
)
from game.metrics.kit.measure import Interval
from game.metrics.kit.stretches import PressIntervals
from tests.strategies import LAW

Values = NDArray[np.float64]


def serial(rng: np.random.Generator, n: int, r: float) -> Values:
    """Normal values of mean 0 and SD 1 whose neighbours are correlated by r."""
    values = np.empty(n)
    values[0] = rng.standard_normal()
    for i, own in enumerate(rng.standard_normal(n - 1) * sqrt(1 - r * r), 1):
        values[i] = r * values[i - 1] + own
    return values


def test_wilson_is_that_of_the_paper() -> None:
    # Newcombe 1998, table I: 15 of 148.
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20)[0] == 0.0
    assert wilson(20, 20)[1] == 1.0


def test_the_difference_of_two_rates_is_that_of_the_paper() -> None:
    # Newcombe 1998, 56/70 − 48/80.
    assert newcombe(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@pytest.mark.parametrize("count", [1, 4, 10, 250])
def test_the_ends_of_a_count_s_interval_are_1_96_errors_of_their_own_from_it(count: int) -> None:
    """Rao's score interval: |count − mean| = 1.96·√mean at both ends."""
    for mean in poisson(count):
        assert abs(count - mean) == pytest.approx(1.96 * sqrt(mean), rel=1e-4)


def test_a_count_of_none_may_come_from_a_mean_of_0() -> None:
    assert poisson(0) == pytest.approx((0.0, 1.96**2), rel=1e-4)


def test_counts_hold_their_mean_about_95_times_of_100() -> None:
    rng = np.random.default_rng(11)
    for mean in (1.5, 2, 3, 6, 20):
        ends = [poisson(int(count)) for count in rng.poisson(mean, 2000)]
        assert 91 <= 100 * sum(low <= mean <= high for low, high in ends) / len(ends) <= 98, mean


def test_ratios_of_rates_hold_the_truth_even_where_one_has_fallen() -> None:
    rng = np.random.default_rng(12)
    for before, after in ((0.92, 0.76), (0.9, 0.5), (0.6, 0.6)):
        drawn = zip(rng.binomial(16, after, 2000), rng.binomial(16, before, 2000), strict=True)
        ends = [ratio_of_proportions(int(k), 16, int(other), 16) for k, other in drawn if other]
        assert 93 <= 100 * sum(low <= after / before <= high for low, high in ends) / len(ends) <= 98


def test_a_ratio_of_a_rate_that_fell_to_nothing_is_known_from_above() -> None:
    low, high = ratio_of_proportions(0, 12, 10, 12)
    assert low == 0
    assert 0 < high < 1


@pytest.mark.parametrize(("freedom", "point"), [(4, 2.7764), (10, 2.2281), (29, 2.0452), (1000, 1.9623)])
def test_the_quantile_of_t_is_the_table_s(freedom: float, point: float) -> None:
    assert t_quantile(freedom) == pytest.approx(point, rel=2e-3)


def test_values_that_follow_each_other_are_worth_less() -> None:
    rng = np.random.default_rng(3)
    rough, smooth = serial(rng, 60, 0.0), serial(rng, 60, 0.7)
    assert lag_1(smooth) > 0.4
    apart = [high - low for low, high in map(mean_interval, (rough / rough.std(), smooth / smooth.std()))]
    assert apart[1] > 1.5 * apart[0]


@LAW
@given(st.lists(st.integers(-300, 300), min_size=12, max_size=60, unique=True), st.integers(-500, 500))
def test_moving_all_values_moves_where_they_lie_and_not_how_far_they_spread(
    whole: list[int], by: int
) -> None:
    values = np.array(whole) / 1000
    for where in (mean_interval, quantile_interval):
        moved = [end + by / 1000 for end in where(values)]
        assert where(values + by / 1000) == pytest.approx(moved, abs=1e-9)
    assert sd_interval(values + by / 1000) == pytest.approx(sd_interval(values), rel=1e-6)


@LAW
@given(st.lists(st.floats(-1, 1), min_size=12, max_size=40))
def test_an_interval_holds_its_own_estimate(whole: list[float]) -> None:
    values = np.array(whole)
    for interval, estimate in (
        (mean_interval(values), float(np.mean(values))),
        (quantile_interval(values), float(np.median(values))),
        (sd_interval(values), float(np.std(values, ddof=1))),
    ):
        assert interval[0] - 1e-9 <= estimate <= interval[1] + 1e-9


def test_the_bootstrap_draws_the_same_every_time() -> None:
    values = np.random.default_rng(1).normal(size=40)
    first = bootstrap(values, lambda v: np.median(v, axis=-1))
    assert np.array_equal(bootstrap(values, lambda v: np.median(v, axis=-1)), first)


def held(interval: Callable[[Values], Interval], truth: float, sample: Callable[[], Values]) -> float:
    """How often, in percent, an interval holds the truth."""
    ends = [interval(sample()) for _ in range(500)]
    return 100 * sum(low <= truth <= high for low, high in ends) / len(ends)


@pytest.mark.parametrize("n", [15, 30, 60])
@pytest.mark.parametrize("r", [0.0, 0.3])
def test_intervals_hold_the_truth_about_95_times_of_100(n: int, r: float) -> None:
    rng = np.random.default_rng(100 * n + int(10 * r))
    for interval, truth in ((mean_interval, 0.0), (sd_interval, 1.0), (quantile_interval, 0.0)):
        assert 91 <= held(interval, truth, lambda: serial(rng, n, r)) <= 99.2, interval


def chords_of_three(rng: np.random.Generator, alike: float) -> timing.Hits:
    """Twenty chords; alike: how far the keys of a chord come together, 0 to 1."""
    chord = np.repeat(alike * rng.standard_normal(20), 3)
    own = np.sqrt(1 - alike**2) * rng.standard_normal(60)
    return timing.Hits(chord + own, np.repeat(np.arange(20), 3))


@pytest.mark.parametrize("alike", [0.0, 0.6, 0.9])
def test_keys_of_a_chord_are_worth_less_the_more_alike_they_are(alike: float) -> None:
    rng = np.random.default_rng(int(alike * 10))
    drawn = [chords_of_three(rng, alike) for _ in range(400)]
    truths = {timing.mean: 0, timing.median: 0, timing.sd: 1000, timing.mad_sd: 1000}
    for formula, truth in truths.items():
        ends = [formula(hits).interval for hits in drawn]
        share = 100 * sum(low <= truth <= high for low, high in filter(None, ends)) / len(ends)
        assert 89 <= share <= 99.5, formula


def test_the_mean_of_intervals_that_share_their_ends_is_known_better() -> None:
    rng = np.random.default_rng(7)

    def drawn() -> Values:
        return 500 + 20 * rng.standard_normal(40) + np.diff(10 * rng.standard_normal(41))

    assert 91 <= held(interval_mean_interval, 500, drawn) <= 99
    made = drawn()
    low, high = interval_mean_interval(made)
    wide_low, wide_high = mean_interval(made)
    assert high - low <= wide_high - wide_low


def test_the_split_into_clock_and_hand_finds_both() -> None:
    rng = np.random.default_rng(8)
    iti_s = 0.5 + (20 * rng.standard_normal(4000) + np.diff(10 * rng.standard_normal(4001))) / 1000
    for found, truth in ((continuation.clock_sd(iti_s), 20), (continuation.motor_sd(iti_s), 10)):
        assert found.value == pytest.approx(truth, rel=0.1)
        assert found.interval is not None
        assert found.interval[0] <= truth <= found.interval[1]


def test_rates_agree_with_scipy(stats: Any) -> None:
    for k, n in ((0, 12), (3, 17), (24, 24), (80, 100)):
        ours, theirs = wilson(k, n), stats.binomtest(k, n).proportion_ci(0.95, "wilson")
        assert ours == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@pytest.mark.parametrize(
    ("k", "n", "other_k", "other_n"), [(30, 40, 20, 40), (9, 20, 14, 18), (50, 90, 50, 90)]
)
def test_a_ratio_of_rates_is_near_to_scipy_s_of_the_logarithm(
    k: int, n: int, other_k: int, other_n: int, stats: Any
) -> None:
    """Not the same formula, but the same thing where there are many of both."""
    theirs = stats.contingency.relative_risk(k, n, other_k, other_n).confidence_interval(0.95)
    assert ratio_of_proportions(k, n, other_k, other_n) == pytest.approx((theirs.low, theirs.high), rel=0.12)


def test_intervals_of_independent_values_agree_with_scipy(stats: Any) -> None:
    """Where no correlation is found, the mean's interval is Student's."""
    values = np.tile([1.0, 4.0, 2.0, 6.0, 3.0, 0.0], 5)
    assert lag_1(values) < 0
    theirs = stats.t.interval(0.95, values.size - 1, values.mean(), stats.sem(values))
    assert mean_interval(values) == pytest.approx(theirs, rel=2e-3)


def test_the_bootstrap_agrees_with_scipy(stats: Any) -> None:
    values = np.random.default_rng(13).gamma(3, size=60)
    theirs = stats.bootstrap(
        (values,), np.median, method="percentile", n_resamples=4000, rng=np.random.default_rng(1)
    ).confidence_interval
    ours = np.quantile(bootstrap(values, lambda v: np.median(v, axis=-1)), (0.025, 0.975))
    assert ours.tolist() == pytest.approx((theirs.low, theirs.high), rel=0.06)


def test_quantiles_agree_with_scipy(stats: Any) -> None:
    for freedom in (3, 4.5, 11, 29, 200):
        assert t_quantile(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=6e-3)


def test_slopes_and_spreads_agree_with_scipy(stats: Any) -> None:
    rng = np.random.default_rng(4)
    x, y = np.sort(rng.uniform(0, 60, 50)), rng.normal(size=50)
    assert timing.slope(np.column_stack([x, y])).value == pytest.approx(stats.linregress(x, y).slope)
    taps = decrement.Taps(500 + y)
    slope = stats.linregress(np.arange(50), taps.iti_ms).slope
    assert decrement.iti_slope(taps).value == pytest.approx(100 * slope)
    assert intervals.cv_pct(PressIntervals(2 + x, np.ones(50))).value == pytest.approx(
        100 * stats.variation(2 + x, ddof=1)
    )
    spread = stats.median_abs_deviation(y, scale=1 / 1.4826)
    assert timing.mad_sd(timing.Hits.alone(y)).value == pytest.approx(1000 * spread)


def test_circular_measures_agree_with_scipy(stats: Any) -> None:
    phases = np.random.default_rng(5).normal(0.2, 0.1, 60)
    r = 1 - stats.circvar(2 * np.pi * phases)
    assert timing.resultant(phases).value == pytest.approx(r)
