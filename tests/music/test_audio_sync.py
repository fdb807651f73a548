"""Song time follows what is heard: exactly where nothing parts, slowly after a drift, fast after a gap."""

from itertools import pairwise
from random import Random

import pytest

from game.music.audio_sync import MOST_SLEW, SETTLE_S, SLIP_S, AudioSync, fell_behind_s
from game.music.timeline import Anchor, Timeline

START_S = 50.0


class Played:
    """A stretch whose sound is this much ahead of the clock at each instant, asked `hz` times a second."""

    def __init__(self, hz: float = 60.0, noise_s: float = 0.0) -> None:
        self.timeline = Timeline((Anchor(START_S, -2.0),))
        self.slips_ms: list[float] = []
        self._heard, self._step_s, self._noise_s = AudioSync(START_S), 1 / hz, noise_s
        self._rng = Random(5)

    def play(self, seconds: float, drift: float = 0.0, gap_s: float = 0.0, gap_at_s: float = 1e9) -> "Played":
        for step in range(1, round(seconds / self._step_s)):
            passed_s = step * self._step_s
            now_s, ahead_s = START_S + passed_s, passed_s * drift - (gap_s if passed_s > gap_at_s else 0.0)
            noise_s = self._rng.uniform(-self._noise_s, self._noise_s)
            self._read(now_s, 700.0 + passed_s + ahead_s + noise_s)
            self.ahead_s = ahead_s
            self.off_s = self.timeline.song_s(now_s) - (-2.0 + passed_s)
        return self

    def _read(self, now_s: float, device_s: float | None) -> None:
        song_s = self.timeline.song_s(now_s)
        correction = self._heard.reading(now_s, device_s, song_s)
        if correction:
            self.timeline = self.timeline.then(Anchor(now_s, song_s, correction.rate))
            if correction.slip_s is not None:
                self.slips_ms.append(correction.slip_s * 1000)


@pytest.mark.parametrize("hz", [30, 60, 240])
def test_sound_that_keeps_step_changes_nothing(hz: float) -> None:
    played = Played(hz, noise_s=0.0019).play(60)
    assert len(played.timeline.anchors) == 1


@pytest.mark.parametrize("drift", [150e-6, -250e-6, 1000e-6])
def test_a_card_that_drifts_is_followed_slowly_to_a_few_milliseconds(drift: float) -> None:
    played = Played(noise_s=0.001).play(300, drift)
    assert played.off_s == pytest.approx(played.ahead_s, abs=0.005)
    assert all(abs(a.rate - 1) <= MOST_SLEW + 1e-12 for a in played.timeline.anchors)
    assert played.slips_ms == []


@pytest.mark.parametrize("hz", [30, 60, 240])
@pytest.mark.parametrize("gap_s", [0.03, 0.1, 0.45, -0.06])
def test_a_gap_is_caught_up_with_within_a_second_and_noted(hz: float, gap_s: float) -> None:
    played = Played(hz, noise_s=0.001).play(12, gap_s=gap_s, gap_at_s=10.5)
    assert played.off_s == pytest.approx(-gap_s, abs=0.006)
    assert played.slips_ms == [pytest.approx(-gap_s * 1000, abs=3)]
    assert abs(gap_s) > SLIP_S


def test_a_device_that_begins_to_count_from_elsewhere_is_not_followed() -> None:
    assert len(Played().play(20, gap_s=-3600.0, gap_at_s=5.0).timeline.anchors) == 1


def test_song_time_never_runs_backwards() -> None:
    played = Played(noise_s=0.001).play(20, drift=-300e-6, gap_s=0.3, gap_at_s=5.0)
    times = [played.timeline.song_s(START_S + i / 500) for i in range(10_000)]
    assert all(later > earlier for earlier, later in pairwise(times))
    assert all(a.rate > 0 for a in played.timeline.anchors)


def test_a_device_that_cannot_tell_changes_nothing() -> None:
    heard = AudioSync(START_S)
    assert all(heard.reading(START_S + i / 60, None, i / 60 - 2) is None for i in range(600))
    assert SETTLE_S < 2.0


def test_what_was_lost_in_gaps_adds_up_and_pauses_do_not_count() -> None:
    played = Played().play(20, gap_s=0.3, gap_at_s=5.0)
    assert fell_behind_s(played.timeline.anchors) == pytest.approx(0.3, abs=0.006)
    paused = (Anchor(0.0, 0.0), Anchor(5.0, 5.0, 0.0), Anchor(99.0, 4.0), Anchor(100.0, 5.0, 0.5))
    assert fell_behind_s(paused) == 0.0
