"""What paces a player in a level: clicks that fade, stretches without any, notes that are not shown."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.arrange.other_hand import for_hand
from game.audio.loudness import Volumes
from game.audio.score import Play, Score
from game.music.level import BeatNote, HandChoice, Instrument, Level, NoteRole
from game.music.note import Hand
from game.music.tempo import TempoMap
from tests.strategies import LAW

RATE = 8_000
LEVEL = Level(
    id="a-level",
    title="A level",
    family="entrainment",
    step=1,
    instrument=Instrument.KEYBOARD,
    hand=HandChoice.RIGHT,
    tempo=TempoMap.steady(60),
    metre=(4, 4),
    notes=tuple(BeatNote(float(i), 62, 0.5, Hand.RIGHT, 2) for i in range(32)),
)


def heard(level: Level) -> list[float]:
    """Beats on which a click sounds, the count-in left out."""
    play = Play(Score(level, 1.0, Volumes(), RATE), 0.0, 4.0)
    clicks = [cue for cue in play.cues() if cue.pitch is None and cue.start >= play.lead]
    return [round((cue.start - play.lead) / RATE, 3) for cue in clicks]


def test_clicks_thin_out_stop_and_come_back() -> None:
    fading = replace(LEVEL, fade=((8, 2), (16, 4), (24, 0), (28, 1)))
    assert heard(fading) == [*range(8), 8, 10, 12, 14, 16, 20, 28, 29, 30, 31]


def test_where_no_click_sounds_nothing_else_paces_either() -> None:
    fading = replace(LEVEL, fade=((8, 2), (24, 0), (28, 1)))
    assert [beat for beat in range(32) if not fading.cued(beat)] == [24, 25, 26, 27]
    assert all(LEVEL.cued(beat) for beat in range(32))


@LAW
@given(st.integers(0, 31), st.integers(1, 8))
def test_one_of_so_many_clicks_sounds_from_the_beat_of_the_change_on(beat: int, every: int) -> None:
    changed = heard(replace(LEVEL, fade=((beat, every),)))
    assert changed == [*range(beat), *range(beat, 32, every)]


@LAW
@given(st.integers(0, 31), st.integers(0, 31))
def test_an_end_of_all_cues_ends_the_clicks_of_a_fade_too(stop: int, fade: int) -> None:
    assert heard(replace(LEVEL, fade=((fade, 2),), cue_until_beat=stop)) == [
        beat for beat in heard(replace(LEVEL, fade=((fade, 2),))) if beat < stop
    ]


ECHO = replace(
    LEVEL,
    notes=(BeatNote(4, 64, 1, Hand.RIGHT, 3, part=NoteRole.UNSEEN),),
    unasked=(
        BeatNote(0, 64, 1, Hand.RIGHT, 3, part=NoteRole.SHOWN),
        BeatNote(2, 65, 1, Hand.RIGHT, 4, part=NoteRole.NO_GO),
    ),
)


def test_what_is_shown_is_sounded_by_the_program_and_what_is_not_to_be_played_is_silent() -> None:
    play = Play(Score(ECHO, 1.0, Volumes(), RATE), 0.0, 0.0)
    assert [(cue.pitch, cue.start) for cue in play.cues() if cue.pitch is not None] == [(64, 0)]


def test_the_other_hand_is_shown_and_asked_the_same_fingers() -> None:
    left = for_hand(ECHO, HandChoice.LEFT)
    assert [(n.finger, n.part) for n in left.unasked] == [(3, NoteRole.SHOWN), (4, NoteRole.NO_GO)]
    assert left.unasked[0].pitch == left.notes[0].pitch
    assert left.unasked[1].pitch < left.notes[0].pitch
    assert for_hand(left, HandChoice.RIGHT) == ECHO


def test_of_two_hands_one_sees_only_its_own_notes_that_are_not_asked() -> None:
    other = BeatNote(3, 50, 1, Hand.LEFT, 4, part=NoteRole.NO_GO)
    asked = (BeatNote(1, 52, 1, Hand.LEFT, 3), *ECHO.notes)
    both = replace(ECHO, hand=HandChoice.BOTH, notes=asked, unasked=(*ECHO.unasked, other))
    assert for_hand(both, HandChoice.LEFT).unasked == (other,)
    assert for_hand(both, HandChoice.RIGHT).unasked == ECHO.unasked


def test_what_is_seen_has_room_on_the_keyboard_and_an_end() -> None:
    assert ECHO.pitch_range == (64, 65)
    assert replace(ECHO, notes=(BeatNote(0, 60, 1),)).end_beat == 3
    assert [n.onset_s for n in ECHO.unasked_at(2.0)] == [0.0, 1.0]


def test_onsets_a_second_count_a_chord_once() -> None:
    chord = replace(LEVEL, notes=tuple(BeatNote(float(b), p, 1) for b in (2, 4) for p in (60, 64)))
    assert chord.notes_per_s == pytest.approx(2 / 3)
