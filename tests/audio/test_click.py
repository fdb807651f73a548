"""The click: short, low, soft at its edges."""

import numpy as np
import pytest

from game.audio.click import click

RATE = 48_000


@pytest.mark.parametrize("accent", [False, True])
def test_a_click_lies_where_older_ears_hear_well(accent: bool) -> None:
    mono = click(accent, RATE)[:, 0]
    power = np.abs(np.fft.rfft(mono, RATE)) ** 2
    hz = np.arange(power.size)
    assert 500 <= hz[power.argmax()] <= 1000
    assert power[hz > 3000].sum() < 1e-3 * power.sum()


@pytest.mark.parametrize("accent", [False, True])
def test_a_click_has_no_edges_and_is_over_soon(accent: bool) -> None:
    sound = click(accent, RATE)
    assert np.abs(sound[0]).max() == 0
    assert np.abs(sound[-1]).max() < 1e-4
    assert np.abs(sound[round(0.1 * RATE) :]).max() < 0.01
    assert np.abs(sound[: round(0.003 * RATE)]).max() > 0.3 * np.abs(sound).max()


def test_the_accent_is_louder_and_higher() -> None:
    plain, accent = click(False, RATE), click(True, RATE)
    assert np.abs(accent).max() == pytest.approx(1.0)
    assert np.abs(plain).max() < 0.7
    tops = [np.abs(np.fft.rfft(s[:, 0], RATE)).argmax() for s in (plain, accent)]
    assert tops[1] > 1.2 * tops[0]
