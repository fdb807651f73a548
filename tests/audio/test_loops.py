"""A part that comes again sounds the same to the sample, however often, and nothing adds up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.audio.loudness import Volumes
from game.audio.render import rendered
from game.audio.score import Play, Score
from game.music.bars import Bars
from game.music.level import BeatNote, Level
from game.music.part import part
from tests.strategies import LAW, level_of

RATE = 48_000
BAR_BEATS, TIMES = 4.0, 4


def looped(bpm: float, backing: tuple[BeatNote, ...] = ()) -> Level:
    """Bars 2 and 3 of four, in each of which nothing sounds near the end."""
    asked = ((beat + 0.5, 60, 0.5) for beat in range(16))
    whole = level_of(*asked, bpm=bpm)
    return part(whole.with_notes(whole.notes, backing), Bars(2, 3, TIMES))


def score(level: Level, speed: float = 1.0) -> Score:
    return Score(level, speed, Volumes(), RATE)


@pytest.mark.parametrize(("bpm", "speed"), [(60, 1.0), (75, 1.0), (120, 0.5), (100, 1.5), (80, 0.25)])
def test_every_round_is_rendered_the_same_to_the_sample(bpm: float, speed: float) -> None:
    backing = tuple(BeatNote(float(beat), 48 + beat % 3, 0.5, velocity=50) for beat in range(3, 14))
    samples = rendered(Play(score(looped(bpm, backing), speed), 0.0, 0.0)).samples
    length = round(2 * BAR_BEATS * 60 / (bpm * speed) * RATE)
    first = samples[:length]
    assert np.any(first)
    for i in range(1, TIMES - 1):
        assert np.array_equal(samples[i * length : (i + 1) * length], first)
    last = samples[(TIMES - 1) * length :][:length]
    assert np.array_equal(last, first[: len(last)])


@LAW
@given(st.floats(20, 300), st.sampled_from([0.25, 0.8, 1.0, 1.5]))
def test_no_click_is_further_than_a_sample_from_that_of_the_first_round(bpm: float, speed: float) -> None:
    level = looped(bpm)
    starts = [cue.start for cue in score(level, speed).cues if cue.pitch is None]
    size = round(2 * BAR_BEATS / level.click_beats)
    assert len(starts) == TIMES * size
    length_s = 2 * BAR_BEATS * 60 / (bpm * speed)
    for i, start in enumerate(starts):
        assert abs(start - starts[i % size] - i // size * length_s * RATE) <= 1.0


@LAW
@given(st.integers(20, 300))
def test_a_note_is_asked_where_its_click_sounds_in_every_round(bpm: int) -> None:
    level = looped(float(bpm))
    sounded = score(level)
    for note, asked in zip(level.notes, level.notes_at(), strict=True):
        assert abs(sounded.sample(note.beat) - asked.onset_s * RATE) <= 0.5 + 1e-6
