"""The picture's time: exact where song time just grows, smooth where it is corrected, never backwards."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.screens.ui.motion import NEW_STRETCH_S, SmoothMotion

frames = st.lists(st.floats(0.001, 1.5), min_size=2, max_size=60)


@given(frames, st.floats(-10, 300))
def test_at_any_frame_rate_what_is_shown_is_song_time_itself(steps: list[float], begin_s: float) -> None:
    motion, clock_s = SmoothMotion(), 50.0
    for step_s in steps:
        clock_s += step_s
        song_s = begin_s + clock_s
        assert motion.shown_s(song_s, clock_s) == pytest.approx(song_s, abs=1e-9)


@given(frames, st.floats(-0.4, 0.4), st.integers(0, 59))
def test_a_correction_never_runs_the_picture_backwards(steps: list[float], by_s: float, at: int) -> None:
    motion, clock_s, shown = SmoothMotion(), 50.0, []
    for index, step_s in enumerate(steps):
        clock_s += step_s
        shown.append(motion.shown_s(clock_s + (by_s if index >= at else 0.0), clock_s))
    assert all(later > earlier for earlier, later in pairwise(shown))


@pytest.mark.parametrize("hz", [30, 60, 240])
@pytest.mark.parametrize("by_s", [-0.1, 0.1, 0.004])
def test_a_correction_is_followed_within_half_a_second_without_a_jump(hz: int, by_s: float) -> None:
    motion = SmoothMotion()
    shown = [motion.shown_s(i / hz + (by_s if i > hz else 0.0), i / hz) for i in range(2 * hz)]
    assert shown[-1] == pytest.approx((2 * hz - 1) / hz + by_s, abs=0.001)
    assert max(later - earlier for earlier, later in pairwise(shown)) <= 3.0 / hz + 1e-9


def test_a_new_stretch_is_shown_at_once() -> None:
    motion = SmoothMotion()
    motion.shown_s(20.0, 5.0)
    assert motion.shown_s(15.0 - NEW_STRETCH_S, 5.1) == 15.0 - NEW_STRETCH_S
