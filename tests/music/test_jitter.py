"""Jitter laws: what is late is found, and neither drift nor a driver that counts anew passes for lateness."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.music.jitter import UpdateIntervals, jitter_text, spread, stamp_lateness_s
from game.music.note import Press, Release, Touch

late = st.lists(st.floats(0, 0.02), min_size=2, max_size=60)


def stamped(late_s: list[float], gap_s: float = 0.3, drift: float = 0.0) -> list[Touch]:
    """Touches at even driver's times, stamped late; the clocks drift apart by a rate."""
    times = [100.0 + i * gap_s * (1 + drift) + s for i, s in enumerate(late_s)]
    return [Press(t, 60, 64, gap_s if i else 0.0) for i, t in enumerate(times)]


@given(late)
def test_lateness_is_found_up_to_the_promptest_stamp(late_s: list[float]) -> None:
    found = stamp_lateness_s(stamped(late_s, gap_s=0.1))
    assert found == pytest.approx([s - min(late_s) for s in late_s], abs=1e-6)


def test_drifting_clocks_are_no_lateness() -> None:
    found = stamp_lateness_s(stamped([0.0] * 1000, drift=50e-6))
    assert max(found) < 0.001


def test_a_driver_that_counts_anew_starts_a_new_stretch() -> None:
    early, later = stamped([0.0, 0.004, 0.0]), [Press(500.0, 60, 64, 0.0), Press(500.3, 60, 64, 0.3)]
    assert stamp_lateness_s([*early, *later]) == pytest.approx([0, 0.004, 0, 0, 0])


def test_touches_without_an_interval_and_those_the_program_made_say_nothing() -> None:
    assert stamp_lateness_s([Press(1.0, 60), Press(2.0, 60), Release(3.0, 60, 1.0, synthetic=True)]) == []


def test_a_spread_is_that_of_the_numbers() -> None:
    found = spread([i / 1000 for i in range(1, 101)])
    assert found
    assert (found.n, found.median_ms, found.p99_ms, found.max_ms) == (100, 50.5, 99.0, 100.0)
    assert found.sd_ms == pytest.approx(29.011, abs=0.001)
    assert spread([1.0]) is None


def test_intervals_are_spread_like_the_numbers_they_count() -> None:
    rng = random.Random(3)
    values = [rng.uniform(0.01, 0.03) for _ in range(5000)]
    counted, exact = UpdateIntervals(), spread(values)
    for value in values:
        counted.add(value)
    found = counted.spread()
    assert found
    assert exact
    assert found.max_ms == exact.max_ms
    for one, other in (
        (found.median_ms, exact.median_ms),
        (found.sd_ms, exact.sd_ms),
        (found.p99_ms, exact.p99_ms),
    ):
        assert one == pytest.approx(other, abs=0.11)


def test_the_text_names_what_is_known_and_nothing_else() -> None:
    assert jitter_text([], UpdateIntervals()) == ""
    assert jitter_text(stamped([0.0, 0.002]), UpdateIntervals()).startswith("stamps n=2 median=1.00 sd=1.41 ")
