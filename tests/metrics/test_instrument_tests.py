"""What an instrument does with presses: bounces, loudness, octaves, and how evenly they arrive."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.metrics.station.instrument_tests import (
    LEAST_INTERVALS,
    LEAST_PRESSES,
    MOST_BOUNCE_MS,
    bounces,
    jitter_ms,
    loudness_shares,
    octaves_shifted,
    one_loudness,
)
from game.music.note import Press, Release, Touch
from tests.strategies import LAW


def strokes(count: int, bounce_s: float = 0.0, every: int = 2) -> list[Touch]:
    """One key pressed with care; each `every`th stroke bounces, `bounce_s` after it was let go."""
    touches: list[Touch] = []
    for i in range(count):
        at_s = 10.0 + 0.6 * i
        touches += [Press(at_s, 60), Release(at_s + 0.2, 60)]
        if bounce_s and i % every == 0:
            touches += [Press(at_s + 0.2 + bounce_s, 60), Release(at_s + 0.24 + bounce_s, 60)]
    return touches


@LAW
@given(st.integers(1, 20), st.integers(2, 100))
def test_a_finger_is_told_from_a_bounce(count: int, bounce_ms: int) -> None:
    clean, bounced = bounces(strokes(count)), bounces(strokes(count, bounce_ms / 1000))
    assert (clean.strokes, clean.bounces) == (count, 0)
    assert (bounced.strokes, bounced.bounces) == (count, (count + 1) // 2)
    assert bounced.shortest_ms == pytest.approx(bounce_ms)


@LAW
@given(st.integers(2, 100))
def test_a_filter_for_pads_catches_every_bounce_and_no_stroke(bounce_ms: int) -> None:
    proposed_ms = bounces(strokes(10, bounce_ms / 1000)).proposed_ms(pads=True)
    assert bounce_ms < proposed_ms <= MOST_BOUNCE_MS


def test_for_a_piano_no_filter_is_proposed_whatever_it_did() -> None:
    assert bounces(strokes(10, 0.02)).proposed_ms(pads=False) == 0


def test_the_test_is_done_after_ten_strokes_and_not_after_ten_presses() -> None:
    assert not bounces(strokes(9, 0.02, every=1)).done
    assert bounces(strokes(10, 0.02, every=1)).done


def test_a_key_that_is_down_still_bounces_after_its_press() -> None:
    assert bounces([Press(1.0, 60), Press(1.03, 60), Release(1.2, 60)]).bounces == 1


def test_other_keys_do_not_disturb_the_test() -> None:
    other: list[Touch] = [Press(10.21, 64), Release(10.25, 64)]
    assert bounces([*strokes(10), *other]) == bounces(strokes(10))


def test_one_loudness_for_every_press_is_said_after_enough_presses() -> None:
    assert one_loudness([64] * (LEAST_PRESSES - 1)) is None
    assert one_loudness([64] * LEAST_PRESSES) is True
    assert one_loudness([64] * LEAST_PRESSES + [65]) is False


@LAW
@given(st.lists(st.integers(1, 127), min_size=1))
def test_the_picture_of_loudness_holds_every_press_and_its_highest_bar_is_one(velocities: list[int]) -> None:
    shares = loudness_shares(velocities)
    assert max(shares) == 1
    assert len([s for s in shares if s]) == len({min(15, (v - 1) * 16 // 127) for v in velocities})


@LAW
@given(st.sampled_from([-4, -3, -2, -1, 1, 2, 3, 4]), st.integers(0, 1000))
def test_a_shift_by_octaves_is_found_where_all_keys_were_learned(octaves: int, seed: int) -> None:
    pitches = [Random(seed).randint(48, 59) for _ in range(LEAST_PRESSES)]
    shifted = [pitch + 12 * octaves for pitch in pitches]
    assert octaves_shifted(shifted, 48, 59) == octaves
    assert octaves_shifted(pitches, 48, 59) == 0
    assert octaves_shifted(shifted[1:], 48, 59) == 0


def test_a_shift_is_not_told_where_none_brings_all_keys_back() -> None:
    assert octaves_shifted([30, 90] * LEAST_PRESSES, 48, 59) == 0


def arriving(count: int, jitter_s: float, *, timed: bool = True) -> list[Touch]:
    """Presses whose driver knows when they were made, and which arrive unevenly."""
    chance = Random(5)
    made_s, before_s, touches = 100.0, 99.7, []
    for _ in range(count):
        made_s += chance.uniform(0.1, 0.4)
        delta_s = made_s - before_s if timed else 0.0
        touches.append(Press(made_s + chance.gauss(0.02, jitter_s), 60, 64, delta_s))
        before_s = made_s
    return [*touches]


@pytest.mark.parametrize("jitter", [0.001, 0.005, 0.012])
def test_jitter_is_the_spread_of_arrival_whatever_the_delay(jitter: float) -> None:
    found = jitter_ms(arriving(600, jitter))
    assert found == pytest.approx(jitter * 1000, rel=0.2)


def test_jitter_is_unknown_before_enough_presses_and_without_a_driver_that_tells_time() -> None:
    assert jitter_ms(arriving(LEAST_INTERVALS, 0.01)) is None
    assert jitter_ms(arriving(LEAST_INTERVALS + 1, 0.01)) is not None
    assert jitter_ms(arriving(200, 0.01, timed=False)) is None
    assert jitter_ms([Press(i * 0.3, 60) for i in range(200)]) is None
