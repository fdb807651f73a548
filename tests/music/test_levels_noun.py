"""Laws of the nouns behind a level: tempo maps, keys and levels themselves."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from game.music.keyboard import Stretch, is_black, white_index, white_pitch
from game.music.level import BeatNote, HandChoice, Instrument, Level, Lyric, in_order
from game.music.note import Hand
from game.music.tempo import TempoMap
from tests.strategies import LAW

bpms = st.floats(20, 300)
beats = st.floats(-16, 400)


@st.composite
def tempo_maps(draw: st.DrawFn) -> TempoMap:
    steps = draw(st.lists(st.floats(0.25, 32), max_size=6))
    starts = [0.0]
    for step in steps:
        starts.append(starts[-1] + step)
    return TempoMap(tuple((start, draw(bpms)) for start in starts))


def level(notes: tuple[BeatNote, ...], tempo: TempoMap, metre: tuple[int, int] = (4, 4)) -> Level:
    return Level(
        id="a-level",
        title="A level",
        family="song",
        step=1,
        instrument=Instrument.KEYBOARD,
        hand=HandChoice.RIGHT,
        tempo=tempo,
        metre=metre,
        notes=in_order(notes),
    )


beat_notes = st.builds(
    BeatNote,
    beat=st.floats(0, 64),
    pitch=st.integers(21, 108),
    length_beats=st.floats(0.125, 8),
    hand=st.sampled_from([Hand.LEFT, Hand.RIGHT]),
    finger=st.integers(1, 5),
)


@LAW
@given(tempo_maps(), beats)
def test_beats_to_seconds_to_beats_is_the_identity(tempo: TempoMap, beat: float) -> None:
    assert tempo.beat(tempo.seconds(beat)) == pytest.approx(beat, abs=1e-6)


@LAW
@given(tempo_maps(), st.floats(-10, 400))
def test_seconds_to_beats_to_seconds_is_the_identity(tempo: TempoMap, seconds: float) -> None:
    assert tempo.seconds(tempo.beat(seconds)) == pytest.approx(seconds, abs=1e-6)


@LAW
@given(tempo_maps(), beats, beats)
def test_a_later_beat_is_later_in_seconds(tempo: TempoMap, a: float, b: float) -> None:
    assume(b - a > 1e-6)
    assert tempo.seconds(a) < tempo.seconds(b)


@LAW
@given(tempo_maps(), beats, st.floats(0.25, 1.5))
def test_twice_the_speed_takes_half_the_time(tempo: TempoMap, beat: float, speed: float) -> None:
    assert tempo.faster(speed).seconds(beat) == pytest.approx(tempo.seconds(beat) / speed, abs=1e-6)


@LAW
@given(bpms, beats)
def test_a_steady_tempo_is_sixty_seconds_over_bpm_a_beat(bpm: float, beat: float) -> None:
    assert TempoMap.steady(bpm).seconds(beat) == pytest.approx(beat * 60 / bpm)


@pytest.mark.parametrize(
    "changes",
    [(), ((1.0, 60.0),), ((0.0, 60.0), (0.0, 70.0)), ((0.0, 60.0), (4.0, 70.0), (2.0, 80.0)), ((0.0, 0.0),)],
)
def test_a_tempo_map_starts_at_beat_0_goes_forward_and_always_moves(
    changes: tuple[tuple[float, float], ...],
) -> None:
    with pytest.raises(ValueError, match="tempo"):
        TempoMap(changes)


@LAW
@given(st.integers(0, 70))
def test_white_keys_are_counted_there_and_back(index: int) -> None:
    assert white_index(white_pitch(index)) == index
    assert not is_black(white_pitch(index))


@LAW
@given(st.integers(12, 115), st.integers(0, 24), st.integers(0, 3))
def test_a_stretch_holds_what_it_was_made_around(lowest: int, more: int, spare: int) -> None:
    highest = min(115, lowest + more)
    stretch = Stretch.around(lowest, highest, spare)
    assert lowest in stretch
    assert highest in stretch
    keys = stretch.keys()
    assert stretch.whites == sum(not key.black for key in keys)


@LAW
@given(st.integers(12, 100), st.integers(0, 24))
def test_keys_lie_inside_their_stretch_in_the_order_of_their_pitches(lowest: int, more: int) -> None:
    stretch = Stretch.around(lowest, lowest + more)
    painted = stretch.keys()
    keys = sorted(painted, key=lambda key: key.pitch)
    assert all(key.left >= 0 and key.left + key.width <= stretch.whites for key in keys)
    assert all(a.middle < b.middle for a, b in pairwise(keys))
    blacks = [key.black for key in painted]
    assert blacks == sorted(blacks), "black keys are painted over white ones"


@LAW
@given(st.lists(beat_notes, min_size=1, max_size=20), tempo_maps(), st.floats(0.25, 1.5))
def test_the_notes_of_a_run_are_numbered_in_their_order_and_keep_what_they_say(
    notes: list[BeatNote], tempo: TempoMap, speed: float
) -> None:
    made = level(tuple(notes), tempo)
    timed = made.notes_at(speed)
    assert [n.index for n in timed] == list(range(len(notes)))
    assert all(a.onset_s <= b.onset_s for a, b in pairwise(timed))
    told = [(n.pitch, n.hand, n.finger) for n in made.notes]
    assert [(n.pitch, n.hand, n.finger) for n in timed] == told
    assert made.length_s(speed) == pytest.approx(max(n.end_s for n in timed))


@pytest.mark.parametrize(
    ("metre", "bar", "click"),
    [((4, 4), 4.0, 1.0), ((3, 4), 3.0, 1.0), ((2, 2), 4.0, 2.0), ((6, 8), 3.0, 1.5), ((3, 8), 1.5, 0.5)],
)
def test_a_bar_and_a_click_follow_the_metre(metre: tuple[int, int], bar: float, click: float) -> None:
    made = level((BeatNote(0, 60, 1),), TempoMap.steady(60), metre)
    assert (made.bar_beats, made.click_beats) == (bar, click)


def test_words_are_sung_until_the_next_line() -> None:
    song = level((BeatNote(0, 60, 1),), TempoMap.steady(60))
    song = replace(song, lyrics=(Lyric(3, "first"), Lyric(7.5, "second")))
    assert [song.lyric_at(beat) for beat in (0, 3, 7.4, 7.5, 99)] == [
        "",
        "first",
        "first",
        "second",
        "second",
    ]
