"""A rendered level: every sound at its sample and no other."""

import numpy as np
import pytest

from game.audio.click import click
from game.audio.loudness import CEILING, CLICK_PEAK, FULL_SCALE, KEY_PEAK, MUSIC_PEAK, Volumes
from game.audio.render import render
from game.audio.score import Play, Score
from game.music.level import BeatNote, Level
from game.music.tempo import TempoMap
from tests.audio.levels import CHANGES, level, waltz

RATE = 8_000
LOUD = Volumes(1.0, 1.0, 1.0)
CLICKS_ONLY = Volumes(1.0, 0.0, 0.0)


def laid_out(placed: list[tuple[int, bool]], count: int) -> np.ndarray:
    """A second way to the same sound: one click after another added at its sample."""
    track = np.zeros((count + RATE, 2))
    for start, accent in placed:
        sound = click(accent, RATE) * CLICK_PEAK
        track[start : start + len(sound)] += sound
    return track[:count] * FULL_SCALE


def test_clicks_keep_their_grid_to_the_sample_for_ten_minutes_through_tempo_changes() -> None:
    tempo = TempoMap(CHANGES)
    beats = int(tempo.beat(600.0))
    sound = render(level(end_beat=float(beats), tempo=tempo), 1.0, 0.0, 4.0, CLICKS_ONLY, RATE)
    assert sound.length_s > 600
    lead = round(4 * 60 / 90 * RATE)
    placed = [(round(i * 60 / 90 * RATE), i % 4 == 0) for i in range(4)]
    placed += [(lead + round(tempo.seconds(b) * RATE), b % 4 == 0) for b in range(beats)]
    assert np.abs(sound.samples - laid_out(placed, len(sound.samples))).max() <= 2


@pytest.mark.parametrize("speed", [0.25, 0.85, 1.0, 1.5])
@pytest.mark.parametrize(("from_beat", "bpm"), [(0.0, 90.0), (16.0, 123.0), (41.0, 71.7)])
def test_the_count_in_lasts_its_beats_at_the_tempo_of_its_end(
    speed: float, from_beat: float, bpm: float
) -> None:
    quiet = level(end_beat=60.0, tempo=TempoMap(CHANGES), click=False)
    play = Play(Score(quiet, speed, LOUD, 48_000), from_beat, 8.0)
    beat = 60.0 / (bpm * speed) * 48_000
    assert [c.start for c in play.cues()] == [round(i * beat) for i in range(8)]
    assert play.lead == round(8 * beat)


def test_a_level_without_click_is_still_counted_in() -> None:
    quiet = level(click=False)
    sound = render(quiet, 1.0, 0.0, 4.0, LOUD, RATE).samples
    lead = round(2.0 * RATE)
    assert np.abs(sound[:lead]).max() > 1000
    assert not sound[lead + RATE :].any()


@pytest.mark.parametrize(
    ("metre", "count_in", "accents"),
    [
        ((4, 4), 4.0, [1, 0, 0, 0, 1, 0, 0, 0, 1]),
        ((3, 4), 3.0, [1, 0, 0, 1, 0, 0, 1, 0, 0]),
        ((6, 8), 3.0, [1, 0, 1, 0, 1, 0, 1, 0]),
        ((2, 2), 4.0, [1, 0, 1, 0, 1, 0]),
    ],
)
def test_the_first_of_each_bar_is_accented(
    metre: tuple[int, int], count_in: float, accents: list[int]
) -> None:
    cues = Play(Score(level(end_beat=24.0, metre=metre), 1.0, LOUD, RATE), 0.0, count_in).cues()
    assert [int(c.accent) for c in cues[: len(accents)]] == accents


def test_accompaniment_begins_at_its_sample() -> None:
    tempo = TempoMap(CHANGES)
    song = level(waltz(60), end_beat=60.0, tempo=tempo, metre=(3, 4))
    cues = [c for c in Play(Score(song, 0.9, LOUD, 48_000), 0.0, 3.0).cues() if c.pitch is not None]
    lead = round(3 * 60 / (90 * 0.9) * 48_000)
    due = [lead + round(tempo.faster(0.9).seconds(n.beat) * 48_000) for n in song.accompaniment]
    assert [c.start for c in cues] == due


def test_a_note_is_silent_before_its_sample_and_soon_after_its_end() -> None:
    note = level((BeatNote(2.0, 60, 1.0),), click=False)
    sound = render(note, 1.0, 0.0, 0.0, LOUD, 48_000).samples
    assert not sound[:48_000].any()
    assert np.abs(sound[48_000:48_480]).max() > 0
    assert np.abs(sound[48_000 + 12_000 : 48_000 + 24_000]).max() > 100
    assert not sound[48_000 + 24_000 + 6_000 :].any()


@pytest.mark.parametrize("length_beats", [0.1, 0.5, 1.0, 3.0])
@pytest.mark.parametrize("pitch", [30, 60, 90])
def test_a_note_is_let_go_without_a_jump(pitch: int, length_beats: float) -> None:
    note = level((BeatNote(0.0, pitch, length_beats, velocity=127),), click=False)
    sound = render(note, 1.0, 0.0, 0.0, LOUD, 48_000).samples.astype(int)
    let_go = round(length_beats * 0.5 * 48_000)
    steps = np.abs(np.diff(sound, axis=0))
    before = steps[let_go - 1_200 : let_go].max()
    assert steps[let_go - 1 : let_go + 5_900].max() <= 1.1 * before + 1
    assert np.abs(sound[let_go + 480 : let_go + 960]).max() > 0.5 * np.abs(sound[let_go - 960 : let_go]).max()
    assert steps[let_go + 5_700 :].max() <= 2


def silence_before(beat: float) -> Level:
    notes = (*waltz(18), *(BeatNote(n.beat + beat, n.pitch, n.length_beats) for n in waltz(18)))
    return level(notes, end_beat=beat + 18, tempo=TempoMap(CHANGES), click=False)


def test_a_later_start_is_the_tail_of_the_whole_where_nothing_sounds_across_it() -> None:
    song = silence_before(30.0)
    whole = render(song, 1.1, 0.0, 0.0, LOUD, RATE).samples
    late = render(song, 1.1, 30.0, 4.0, LOUD, RATE).samples
    lead = round(4 * 60 / (123.0 * 1.1) * RATE)
    tail = late[lead + RATE :]
    assert tail.any()
    assert np.array_equal(tail, whole[len(whole) - len(tail) :])


def test_what_already_sounds_at_a_later_start_is_left_out() -> None:
    song = level((BeatNote(0.0, 48, 8.0), BeatNote(6.0, 72, 1.0)), click=False)
    sound = render(song, 1.0, 2.0, 0.0, LOUD, RATE).samples
    assert not sound[: 2 * RATE].any()
    assert sound[2 * RATE :].any()


def test_thirty_two_loud_notes_at_once_stay_under_the_ceiling() -> None:
    crowd = level(tuple(BeatNote(1.0, 40 + i, 2.0, velocity=127) for i in range(32)))
    sound = render(crowd, 1.0, 0.0, 4.0, LOUD, 48_000).samples.astype(int)
    single = render(level((BeatNote(1.0, 60, 2.0, velocity=127),)), 1.0, 0.0, 4.0, LOUD, 48_000).samples
    assert np.abs(sound).max() <= CEILING * FULL_SCALE + 1
    assert np.abs(sound).max() > np.abs(single.astype(int)).max()
    assert np.abs(np.diff(sound, axis=0)).max() < FULL_SCALE / 4


def test_a_slider_at_zero_is_silence_and_moves_nothing_else() -> None:
    song = level(waltz(12), end_beat=12.0)
    silent = render(song, 1.0, 0.0, 4.0, Volumes(0.0, 0.0, 1.0), RATE)
    clicks = render(song, 1.0, 0.0, 4.0, CLICKS_ONLY, RATE)
    alone = render(level(end_beat=12.0), 1.0, 0.0, 4.0, LOUD, RATE)
    assert not silent.samples.any()
    assert np.array_equal(clicks.samples, alone.samples[: len(clicks.samples)])


def test_the_accompaniment_is_softer_than_the_player() -> None:
    defaults = Volumes()
    assert MUSIC_PEAK * defaults.music_gain < 0.5 * KEY_PEAK * defaults.keys_gain


def test_a_higher_velocity_is_louder_across_the_shades_of_brightness() -> None:
    def peak(velocity: int) -> int:
        one = level((BeatNote(0.0, 60, 1.0, velocity=velocity),), click=False)
        return int(np.abs(render(one, 1.0, 0.0, 0.0, LOUD, RATE).samples.astype(int)).max())

    peaks = [peak(v) for v in range(10, 128, 13)]
    assert peaks == sorted(peaks)
