"""Laws of trends: what is joined, what the band is, and what is said of a change."""

from math import isnan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.metrics.trends.probes import Probed, progress
from game.metrics.trends.trend import (
    MDC95_PER_SEM,
    Better,
    Change,
    Hinges,
    Probe,
    Trend,
    chance_outside,
    series,
    trends,
)
from tests.strategies import LAW

OFFSETS = ((0.0, 0.0), (12.0, 40.0))
values = st.floats(-300, 300).map(lambda v: round(v, 1))
days = st.integers(1, 28).map(lambda d: f"2030-05-{d:02d}")
probes = st.lists(
    st.builds(Probe, days, values | st.none(), st.sampled_from(["A", "B"]), st.sampled_from(OFFSETS)),
    max_size=20,
)


def on_days(*line: float, device: str = "A", start: int = 1) -> list[Probe]:
    return [Probe(f"2030-05-{start + i:02d}", value, device) for i, value in enumerate(line)]


PRACTICE = [Probe(f"2030-04-{day:02d}", value, "A") for day, value in ((1, 190.0), (2, 120.0), (3, 80.0))]


def only(line: list[Probe], better: Better = Better.LOWER, baseline_days: int = 3) -> Trend:
    """The trend of a line that comes after the days of practice."""
    (trend,) = trends([*PRACTICE, *line], Hinges.TIMING, better, baseline_days)
    return trend


@LAW
@given(probes)
def test_one_device_and_one_pair_of_offsets_stand_in_a_line_of_timing(made: list[Probe]) -> None:
    lines = series(made, Hinges.TIMING)
    assert all(len({(p.device, p.offsets_ms) for p in line}) == 1 for line in lines)
    assert sorted(map(str, [p for line in lines for p in line])) == sorted(
        str(p) for p in made if p.value is not None
    )


@LAW
@given(probes)
def test_offsets_part_timing_only_and_counts_are_never_parted(made: list[Probe]) -> None:
    known = [p for p in made if p.value is not None]
    assert len(series(made, Hinges.DEVICE)) == len({p.device for p in known})
    assert len(series(made, Hinges.NOTHING)) == min(1, len(known))


@LAW
@given(probes, st.sampled_from(Hinges))
def test_the_line_of_the_latest_probe_comes_last(made: list[Probe], hinges: Hinges) -> None:
    lines = series(made, hinges)
    if lines:
        assert lines[-1][-1].day == max(p.day for p in made if p.value is not None)


@LAW
@given(st.lists(values, min_size=4, max_size=12), st.integers(3, 5))
def test_the_band_is_2_77_standard_deviations_of_the_first_days_about_their_mean(
    line: list[float], baseline_days: int
) -> None:
    trend = only(on_days(*line), baseline_days=baseline_days)
    if len(line) >= baseline_days:
        first = np.array(line[:baseline_days])
        half = MDC95_PER_SEM * np.std(first, ddof=1)
        assert trend.band == pytest.approx((first.mean() - half, first.mean() + half))


@LAW
@given(st.lists(values, min_size=4, max_size=8), st.sampled_from(Better))
def test_a_change_is_beyond_the_band_or_not_said(line: list[float], better: Better) -> None:
    trend = only(on_days(*line), better)
    low, high = trend.band
    inside = low <= line[-1] <= high
    if trend.change is Change.WITHIN:
        assert inside
    elif trend.change is not Change.NOT_ENOUGH:
        assert not inside


@LAW
@given(st.lists(values, min_size=4, max_size=8), st.floats(-50, 50), st.floats(0.5, 20))
def test_another_zero_or_unit_says_the_same_of_a_change(
    line: list[float], shift: float, scale: float
) -> None:
    there = only(on_days(*[v * scale + shift for v in line]))
    here = only(on_days(*line))
    low, high = here.band
    near_edge = min(abs(line[-1] - low), abs(line[-1] - high)) < 1e-6
    if here.sem > 1e-6 and not near_edge:
        assert there.change is here.change


@pytest.mark.parametrize(
    ("last", "better", "change"),
    [
        (50, Better.LOWER, Change.WITHIN),
        (20, Better.LOWER, Change.BEYOND_BETTER),
        (90, Better.LOWER, Change.BEYOND_WORSE),
        (20, Better.HIGHER, Change.BEYOND_WORSE),
        (90, Better.HIGHER, Change.BEYOND_BETTER),
        (90, Better.NEITHER, Change.BEYOND),
        (52 + MDC95_PER_SEM * 4 - 0.01, Better.LOWER, Change.WITHIN),
        (52 + MDC95_PER_SEM * 4 + 0.01, Better.LOWER, Change.BEYOND_WORSE),
    ],
)
def test_which_way_is_better_decides_the_word(last: float, better: Better, change: Change) -> None:
    assert only(on_days(48, 52, 56, last), better).change is change


@pytest.mark.parametrize("line", [(50.0,), (50.0, 60.0), (50.0, 60.0, 70.0)])
def test_before_a_day_after_the_baseline_nothing_is_said(line: tuple[float, ...]) -> None:
    trend = only(on_days(*line))
    assert trend.change is Change.NOT_ENOUGH
    assert trend.days_needed == 4 - len(line)
    assert isnan(trend.sem) == (len(line) < 3)


def test_probes_of_one_day_are_one_day() -> None:
    same_day = [Probe("2030-05-01", v, "A") for v in (10.0, 20.0, 90.0, 40.0)]
    assert only(same_day).days_needed == 3
    trend = only([*same_day, *on_days(50, 60, 500, start=2)])
    assert (trend.days[3].value, trend.days[3].probes) == (40.0, 4)
    assert trend.baseline == pytest.approx(50.0)


def test_a_new_device_begins_anew_and_the_old_one_goes_on_when_it_comes_back() -> None:
    first, second = on_days(50, 52, 54, 53), on_days(150, 152, device="B", start=5)
    old, new = trends([*PRACTICE, *first, *second], Hinges.TIMING, Better.LOWER)
    assert (old.change, new.change) == (Change.WITHIN, Change.NOT_ENOUGH)
    back = [*PRACTICE, *first, *second, *on_days(90, start=7)]
    assert [t.device for t in trends(back, Hinges.TIMING, Better.LOWER)] == ["B", "A"]
    assert trends(back, Hinges.TIMING, Better.LOWER)[-1].change is Change.BEYOND_WORSE


def test_a_baseline_without_variation_gives_no_band_to_go_by() -> None:
    assert only(on_days(100, 100, 100, 97)).change is Change.NOT_ENOUGH
    assert only(on_days(0.1, 0.1, 0.1, 0.4)).change is Change.NOT_ENOUGH


def test_practice_on_one_device_is_practice_on_all() -> None:
    early, later = on_days(150, 140, device="B"), on_days(50, 52, 54, 53, start=3)
    old, new = trends([*early, *later], Hinges.TIMING, Better.LOWER)
    assert [(t.device, t.practice_days, t.days_needed) for t in (old, new)] == [("B", 2, 4), ("A", 1, 1)]


def test_a_day_without_a_value_was_practice_too() -> None:
    silent = [Probe(f"2030-04-{day:02d}", None, "A") for day in (1, 2, 3)]
    (trend,) = trends([*silent, *on_days(48, 52, 56)], Hinges.TIMING, Better.LOWER)
    assert (trend.practice_days, trend.days_needed) == (0, 1)
    assert trend.baseline == pytest.approx(52.0)


def test_what_is_learned_in_the_first_days_neither_widens_nor_shifts_the_baseline() -> None:
    """Taps a second that rise while the task is new, and a loss afterwards that must be seen."""
    learning = (3.0, 3.8, 4.4, 4.9, 5.0, 5.1, 4.4)
    (trend,) = trends(on_days(*learning), Hinges.DEVICE, Better.HIGHER)
    assert trend.baseline == pytest.approx(5.0)
    assert trend.change is Change.BEYOND_WORSE


@LAW
@given(st.lists(st.floats(1, 300), min_size=3, max_size=8), st.floats(0.01, 100))
def test_the_share_of_the_mean_is_the_same_in_any_unit(line: list[float], scale: float) -> None:
    here, there = only(on_days(*line)), only(on_days(*[v * scale for v in line]))
    assert there.mdc95_pct == pytest.approx(here.mdc95_pct, rel=1e-6, abs=1e-6)
    assert here.mdc95_pct == pytest.approx(100 * here.mdc95 / here.baseline)


def probed(day: int, tap_cv_pct: float, mean_ms: float) -> Probed:
    values = {"tap_iti_cv_pct": tap_cv_pct, "asynchrony_mean_ms": mean_ms}
    return Probed("probe", "A probe", f"2030-05-{day:02d}", "A", (0.0, 0.0), values)


@pytest.mark.parametrize(("by", "coarse"), [(1.0, False), (2.0, True)])
def test_over_30_percent_of_the_mean_is_coarse(by: float, coarse: bool) -> None:
    made = progress(probed(day, 10 + by * (day % 3 - 1), -20 + day) for day in range(1, 7))
    found = {one.measure: one for one in made}
    assert found["tap_iti_cv_pct"].mdc95_pct == pytest.approx(10 * MDC95_PER_SEM * by)
    assert found["tap_iti_cv_pct"].coarse is coarse
    early_or_late = found["asynchrony_mean_ms"]
    assert early_or_late.mdc95_pct is None
    assert early_or_late.coarse is None


def test_before_there_is_a_baseline_nothing_is_called_coarse() -> None:
    (one, _) = progress(probed(day, 10.0, 0.0) for day in range(1, 6))
    assert (one.mdc95_pct, one.coarse) == (None, None)


def test_a_value_that_is_not_there_is_no_day() -> None:
    gaps = [Probe("2030-05-09", None, "A"), Probe("2030-05-10", float("nan"), "A")]
    assert only([*on_days(48, 52, 56), *gaps]).days_needed == 1


def test_a_baseline_of_two_days_is_refused() -> None:
    with pytest.raises(ValueError, match="3 days or more"):
        trends([], Hinges.TIMING, Better.LOWER, baseline_days=2)


@pytest.mark.parametrize("baseline_days", [3, 4, 5, 8, 20])
def test_the_chance_of_leaving_the_band_without_a_change_is_what_a_simulation_finds(
    baseline_days: int,
) -> None:
    values = np.random.default_rng(1).normal(size=(40_000, baseline_days + 1))
    first, last = values[:, :-1], values[:, -1]
    outside = np.abs(last - first.mean(1)) > MDC95_PER_SEM * first.std(1, ddof=1)
    assert chance_outside(baseline_days) == pytest.approx(outside.mean(), abs=0.007)


@pytest.mark.parametrize("baseline_days", [3, 4, 5, 6, 9, 30])
def test_the_chance_is_that_of_student_s_t_as_scipy_has_it(baseline_days: int, stats: Any) -> None:
    t = MDC95_PER_SEM / (1 + 1 / baseline_days) ** 0.5
    assert chance_outside(baseline_days) == pytest.approx(2 * stats.t.sf(t, baseline_days - 1), abs=1e-12)
