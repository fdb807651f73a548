"""Clocks: one that follows the machine and one that waits to be told."""

from datetime import timedelta

import pytest

from game.clock import ManualClock, SystemClock, wall_time


def test_a_manual_clock_stands_still_until_it_is_told() -> None:
    clock = ManualClock(5.0)
    assert (clock.now_s(), clock.now_s()) == (5.0, 5.0)
    clock.advance(0.25)
    assert clock.now_s() == 5.25


def test_sleeping_lets_a_manual_clock_pass_and_a_negative_sleep_does_nothing() -> None:
    clock = ManualClock()
    clock.sleep(1.5)
    clock.sleep(-1.0)
    assert clock.now_s() == 1.5


def test_a_manual_clock_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        ManualClock().advance(-0.1)


def test_a_suspended_manual_clock_stands_still_while_its_time_asleep_grows() -> None:
    clock = ManualClock(1.0)
    clock.suspend(60.0)
    clock.suspend(1.0)
    assert (clock.now_s(), clock.asleep_s()) == (1.0, 61.0)


def test_the_system_clock_only_grows() -> None:
    clock = SystemClock()
    stamps = [clock.now_s() for _ in range(100)]
    assert stamps == sorted(stamps)


def test_the_system_clock_sleeps_at_least_as_long_as_it_is_told() -> None:
    clock = SystemClock()
    before_s = clock.now_s()
    clock.sleep(0.01)
    assert clock.now_s() - before_s >= 0.01


def test_a_negative_sleep_of_the_system_clock_is_none() -> None:
    SystemClock().sleep(-1.0)


def test_a_machine_that_stays_awake_is_not_asleep_meanwhile() -> None:
    clock = SystemClock()
    before_s = clock.asleep_s()
    clock.sleep(0.01)
    assert clock.asleep_s() - before_s == pytest.approx(0.0, abs=0.005)


def test_wall_time_says_where_it_is() -> None:
    offset = wall_time().utcoffset()
    assert offset is not None
    assert abs(offset) < timedelta(days=1)
