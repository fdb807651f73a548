"""How loud: no surprise anywhere between silence and full."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from game.audio.loudness import (
    CEILING,
    FULL_SCALE,
    as_int16,
    chord_gain,
    slider_gain,
    under_ceiling,
    velocity_gain,
)


def test_every_step_of_velocity_is_louder_and_the_softest_is_heard() -> None:
    gains = [velocity_gain(v) for v in range(1, 128)]
    assert np.all(np.diff(gains) > 0)
    assert gains[-1] == 1.0
    assert gains[0] > 0.05


@given(st.floats(-10, 10))
def test_a_slider_stays_between_silence_and_full(place: float) -> None:
    assert 0 <= slider_gain(place) <= 1
    assert slider_gain(0) == 0
    assert slider_gain(1) == 1


def test_more_keys_never_make_one_louder() -> None:
    gains = [chord_gain(n) for n in range(40)]
    assert gains == sorted(gains, reverse=True)
    assert gains[1] == 1


samples = arrays(np.float32, (50, 2), elements=st.floats(-50, 50, width=32))


@given(samples)
def test_nothing_passes_the_ceiling_and_order_is_kept(sound: np.ndarray) -> None:
    before = sound.copy()
    after = under_ceiling(sound)
    assert np.abs(after).max() <= CEILING + 1e-6
    assert np.all(np.diff(after.ravel()[np.argsort(before.ravel(), kind="stable")]) >= 0)


@given(samples)
def test_what_is_not_loud_is_left_alone(sound: np.ndarray) -> None:
    quiet = (np.abs(sound) % 0.3).astype(np.float32)
    assert np.array_equal(under_ceiling(quiet.copy()), quiet)


@pytest.mark.parametrize("level", [3.0, -3.0])
def test_integers_are_cut_at_full_scale_and_never_wrap(level: float) -> None:
    cut = as_int16(np.full((4, 2), level, np.float32))
    assert np.all(cut == np.sign(level) * FULL_SCALE)
