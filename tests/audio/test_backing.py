"""A backing starts with what was made ahead, and from any beat with what a fresh rendering gives."""

from threading import Event

import numpy as np
import pytest

from game.audio.backing import LevelBacking
from game.audio.loudness import Volumes
from game.audio.output import SilentSpeaker, Track
from game.audio.render import Waveform, render
from game.errors import UserError
from game.music.tempo import TempoMap
from game.run.ports import Backing
from tests.audio.levels import CHANGES, level, waltz
from tests.audio.standins import Kept, ListeningSpeaker

SONG = level(waltz(60), end_beat=60.0, tempo=TempoMap(CHANGES), metre=(3, 4))


@pytest.mark.parametrize(("from_beat", "count_in"), [(0.0, 3.0), (7.0, 3.0), (31.0, 6.0), (58.5, 3.0)])
def test_a_start_from_any_beat_sounds_as_a_fresh_rendering(from_beat: float, count_in: float) -> None:
    speaker = ListeningSpeaker(Volumes(1.0, 1.0, 1.0))
    backing = LevelBacking(SONG, 1.1, speaker)
    fresh = render(SONG, 1.1, from_beat, count_in, speaker.volumes, speaker.rate)
    backing.start(from_beat, count_in)
    assert isinstance(speaker.playing, Kept)
    assert np.array_equal(speaker.playing.waveform.samples, fresh.samples)


def test_what_was_made_ready_is_what_starts() -> None:
    speaker = ListeningSpeaker()
    backing = LevelBacking(SONG, 1.0, speaker)
    backing.ready(0.0, 3.0)
    backing.wait()
    (made,) = speaker.loaded
    backing.start(0.0, 3.0)
    assert speaker.playing is made
    assert len(speaker.loaded) == 1


def test_a_start_for_other_beats_than_prepared_sounds_those_beats() -> None:
    speaker = ListeningSpeaker()
    backing = LevelBacking(SONG, 1.0, speaker)
    backing.ready(0.0, 3.0)
    backing.start(12.0, 3.0)
    assert speaker.playing is not None
    fresh = render(SONG, 1.0, 12.0, 3.0, speaker.volumes, speaker.rate)
    assert speaker.playing.get_length() == fresh.length_s


def test_stop_is_silence_and_a_start_after_it_sounds_again() -> None:
    speaker = ListeningSpeaker()
    backing: Backing = LevelBacking(SONG, 1.0, speaker)
    backing.start(0.0, 3.0)
    backing.stop()
    assert speaker.playing is None
    backing.start(3.0, 3.0)
    assert speaker.playing is not None


class RefusingSpeaker(SilentSpeaker):
    def load(self, waveform: Waveform) -> Track | None:
        raise AssertionError("rendered for nobody")


def test_in_silence_nothing_is_rendered() -> None:
    backing = LevelBacking(SONG, 1.0, RefusingSpeaker(UserError("no sound")))
    backing.ready(0.0, 3.0)
    backing.wait()
    backing.start(0.0, 3.0)
    backing.start(6.0, 3.0)
    backing.stop()


@pytest.mark.parametrize("elapsed_s", [0.0, 4.2, 30.0])
def test_what_is_taken_up_is_the_rest_of_what_was_started(elapsed_s: float) -> None:
    speaker = ListeningSpeaker(Volumes(1.0, 1.0, 1.0))
    backing = LevelBacking(SONG, 1.0, speaker)
    backing.start(0.0, 3.0)
    begun, told = speaker.playing, Event()
    speaker.play_backing = lambda track: (setattr(speaker, "playing", track), told.set())  # type: ignore
    times = iter([elapsed_s])
    backing.take_up(lambda: next(times, elapsed_s + 100.0))
    assert told.wait(30)
    assert isinstance(begun, Kept)
    assert isinstance(speaker.playing, Kept)
    whole, rest = begun.waveform.samples, speaker.playing.waveform.samples
    assert len(whole) - len(rest) == pytest.approx((elapsed_s + 0.3) * speaker.rate, abs=1)
    assert np.array_equal(rest, whole[len(whole) - len(rest) :])


def test_nothing_is_taken_up_of_what_was_stopped() -> None:
    speaker = ListeningSpeaker()
    backing = LevelBacking(SONG, 1.0, speaker)
    backing.start(0.0, 3.0)
    backing.stop()
    backing.take_up(lambda: 1.0)
    assert len(speaker.loaded) == 1
