"""The quick sum of waves is the sum of waves."""

import numpy as np
import pytest

from game.audio.waves import INAUDIBLE, NEPERS, Waves

RATE = 48_000


def waves(count: int, seed: int) -> Waves:
    chance = np.random.default_rng(seed)
    return Waves(
        hz=chance.uniform(30, 0.44 * RATE, count),
        t60_s=chance.uniform(0.02, 12, count),
        phase=chance.uniform(0, 6, count),
        size=chance.uniform(0.01, 1, count),
    )


@pytest.mark.parametrize(("count", "samples"), [(1, 1), (3, 255), (40, 257), (90, 4 * RATE)])
def test_it_is_what_adding_one_wave_after_another_gives(count: int, samples: int) -> None:
    some = waves(count, samples)
    quick = np.zeros(samples, np.float32)
    some.add_to(quick, RATE)
    t_s = np.arange(samples) / RATE
    slow = np.zeros(samples)
    for hz, t60_s, phase, size in zip(some.hz, some.t60_s, some.phase, some.size, strict=True):
        slow += size * np.exp(-NEPERS / t60_s * t_s) * np.cos(2 * np.pi * hz * t_s + phase)
    assert np.abs(quick - slow).max() < count * INAUDIBLE


def test_it_adds_to_what_is_there() -> None:
    some, sound = waves(5, 1), np.ones(1000, np.float32)
    alone = np.zeros(1000, np.float32)
    some.add_to(alone, RATE)
    some.add_to(sound, RATE)
    assert np.allclose(sound, 1 + alone, atol=1e-6)


def test_waves_too_high_for_the_rate_and_too_soft_to_hear_are_left_out() -> None:
    some = Waves(np.array([100.0, 9_000.0, 200.0]), np.ones(3), np.zeros(3), np.array([1.0, 1.0, 1e-6]))
    assert some.heard(16_000).hz.tolist() == [100.0]
