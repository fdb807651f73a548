"""Frames come as often as the screen shows them, evenly, and less often where they cost too much."""

from itertools import pairwise

import pytest

from game.screens.ui.pace import FramePacer


def made(pace: FramePacer, cost_s: float, seconds: float = 10.0) -> list[float]:
    """When frames begin that each cost so much."""
    now_s, begun = 0.0, []
    while now_s < seconds:
        begun.append(now_s)
        now_s = pace.next_s(now_s, now_s + cost_s)
    return begun


@pytest.mark.parametrize("hz", [30, 60, 75, 144, 240])
def test_frames_come_as_often_as_the_screen_shows_them_and_evenly(hz: float) -> None:
    begun = made(FramePacer(hz, 0.0), cost_s=0.001)
    assert len(begun) == pytest.approx(10 * hz, abs=2)
    assert all(b - a == pytest.approx(1 / hz) for a, b in pairwise(begun[1:]))


@pytest.mark.parametrize(("says", "hz"), [(0, 60), (-1, 60), (1000, 240), (24, 30)])
def test_a_screen_that_says_nothing_or_nonsense_is_taken_for_a_usual_one(says: float, hz: float) -> None:
    assert FramePacer(says, 0.0).hz == hz


def test_a_fast_screen_on_a_slow_machine_gets_half_its_pictures_and_a_usual_one_all() -> None:
    fast, usual = FramePacer(240, 0.0), FramePacer(60, 0.0)
    made(fast, 0.006)
    made(usual, 0.012)
    assert (fast.hz, usual.hz) == (60, 60)


def test_a_frame_that_came_late_is_not_made_up_for() -> None:
    pace = FramePacer(60, 0.0)
    assert pace.next_s(0.0, 1.0) == 1.0
    assert pace.next_s(1.0, 1.002) == pytest.approx(1.0 + 1 / 60)
