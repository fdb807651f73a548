"""Laws of a level for another hand."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.arrange.other_hand import for_hand, in_position
from game.errors import UserError
from game.music import patterns
from game.music.keyboard import is_black
from game.music.level import BeatNote, HandChoice, Instrument, Level
from game.music.note import Hand
from game.music.patterns import HOME, FiveKeys, NotePace, played
from tests.arrange.levels import any_keys, level, one_hand_levels, whites
from tests.strategies import LAW


def other(made: Level) -> HandChoice:
    return HandChoice(Hand(made.hand).other)


def in_place(fingers: list[int], hand: Hand, lowest: int) -> Level:
    return level(played(fingers, FiveKeys(hand, lowest), NotePace()), HandChoice(hand))


finger_rows = st.lists(st.integers(1, 5), min_size=1, max_size=24)


@LAW
@given(one_hand_levels(whites) | one_hand_levels(any_keys))
def test_mirroring_twice_gives_the_notes_back(made: Level) -> None:
    assert for_hand(for_hand(made, other(made)), made.hand) == made


@LAW
@given(one_hand_levels(any_keys))
def test_mirroring_keeps_every_finger_beat_and_length(made: Level) -> None:
    def told(notes: tuple[BeatNote, ...]) -> list[tuple[float, int | None, float]]:
        return [(n.beat, n.finger, n.length_beats) for n in notes]

    mirrored = for_hand(made, other(made))
    assert told(mirrored.notes) == told(made.notes)
    assert {n.hand for n in mirrored.notes} == {Hand(other(made))}
    assert mirrored.hand is other(made)


@LAW
@given(one_hand_levels(any_keys))
def test_mirroring_turns_every_interval_round_and_keeps_black_keys_black(made: Level) -> None:
    mirrored = for_hand(made, other(made))
    for (a, b), (c, d) in zip(pairwise(made.notes), pairwise(mirrored.notes), strict=True):
        assert (a.pitch < b.pitch, a.pitch == b.pitch) == (c.pitch > d.pitch, c.pitch == d.pitch)
    assert [is_black(n.pitch) for n in made.notes] == [is_black(n.pitch) for n in mirrored.notes]


@LAW
@given(finger_rows)
def test_a_five_finger_exercise_goes_thumb_to_thumb_from_c4_to_c3(fingers: list[int]) -> None:
    right = in_place(fingers, Hand.RIGHT, HOME[Hand.RIGHT])
    assert for_hand(right, HandChoice.LEFT) == in_place(fingers, Hand.LEFT, HOME[Hand.LEFT])


@LAW
@given(one_hand_levels(any_keys))
def test_a_mirrored_hand_lies_about_an_octave_away(made: Level) -> None:
    def middle(of: Level) -> float:
        return sum(of.pitch_range) / 2

    away = middle(for_hand(made, other(made))) - middle(made)
    assert abs(abs(away) - 12) <= 9
    assert (away < 0) is (made.hand is HandChoice.RIGHT)


@LAW
@given(one_hand_levels(any_keys, "song"))
def test_a_song_keeps_its_intervals_and_moves_by_an_octave(made: Level) -> None:
    moved = for_hand(made, other(made))
    shift = -12 if made.hand is HandChoice.RIGHT else 12
    assert [n.pitch for n in moved.notes] == [n.pitch + shift for n in made.notes]


@LAW
@given(finger_rows, st.sampled_from(Hand))
def test_a_song_in_five_finger_position_keeps_its_outer_fingers_and_its_place(
    fingers: list[int], hand: Hand
) -> None:
    song = replace(in_place(fingers, hand, HOME[hand]), family="song")
    moved = for_hand(song, other(song))
    ends = min(fingers), max(fingers)
    assert {n.finger for n in moved.notes} == {sum(ends) - finger for finger in fingers}
    assert in_position(moved.notes, hand.other)
    assert for_hand(moved, song.hand) == song


def test_a_finger_that_plays_a_song_alone_is_the_same_one_in_the_other_hand() -> None:
    notes = tuple(BeatNote(i, pitch, 1, Hand.RIGHT, 2) for i, pitch in enumerate((60, 64, 67)))
    moved = for_hand(level(notes, HandChoice.RIGHT, family="song"), HandChoice.LEFT)
    assert [(n.pitch, n.finger) for n in moved.notes] == [(48, 2), (52, 2), (55, 2)]


def test_what_the_program_plays_of_a_tune_moves_with_it() -> None:
    notes = (BeatNote(0, 60, 1, Hand.RIGHT, 2), BeatNote(2, 62, 1, Hand.RIGHT, 3))
    between = (BeatNote(1, 69, 1, Hand.RIGHT), BeatNote(0, 36, 3))
    song = level(notes, HandChoice.RIGHT, family="song", accompaniment=between)
    moved = for_hand(song, HandChoice.LEFT)
    assert moved.accompaniment == (BeatNote(0, 36, 3), BeatNote(1, 57, 1, Hand.LEFT))
    assert for_hand(moved, HandChoice.RIGHT) == song


def test_a_song_that_leaves_the_position_has_its_fingers_left_open() -> None:
    scale = [(60, 1), (62, 2), (64, 3), (65, 1), (67, 2)]
    notes = tuple(BeatNote(i, pitch, 1, Hand.RIGHT, finger) for i, (pitch, finger) in enumerate(scale))
    moved = for_hand(level(notes, HandChoice.RIGHT, family="song"), HandChoice.LEFT)
    assert [n.finger for n in moved.notes] == [None] * 5


def test_accompaniment_makes_room_for_a_song_that_moves_into_its_keys() -> None:
    notes = tuple(BeatNote(i, pitch, 1, Hand.RIGHT, 1 + i) for i, pitch in enumerate((60, 62, 64, 65, 67)))
    chord = tuple(BeatNote(0, pitch, 5) for pitch in (36, 48, 52, 55))
    moved = for_hand(level(notes, HandChoice.RIGHT, family="song", accompaniment=chord), HandChoice.LEFT)
    assert [n.pitch for n in moved.accompaniment] == [36, 60, 64, 67]


@LAW
@given(one_hand_levels(any_keys))
def test_its_own_hand_or_both_leave_a_one_hand_level_as_it_is(made: Level) -> None:
    assert for_hand(made, made.hand) is made
    assert for_hand(made, HandChoice.BOTH) is made


def two_hands() -> Level:
    right = played(patterns.steps((1, 2, 3), 2), FiveKeys.home(Hand.RIGHT), NotePace())
    left = played(patterns.steps((1, 2, 3), 2), FiveKeys.home(Hand.LEFT), NotePace())
    return level((*right, *left), HandChoice.BOTH, accompaniment=(BeatNote(0, 36, 4),))


@pytest.mark.parametrize("hand", list(Hand))
def test_of_two_hands_one_is_asked_and_the_program_plays_the_other(hand: Hand) -> None:
    both = two_hands()
    one = for_hand(both, HandChoice(hand))
    assert one.notes == tuple(n for n in both.notes if n.hand is hand)
    assert one.hand is HandChoice(hand)
    everything = sorted((*both.notes, *both.accompaniment), key=repr)
    assert sorted((*one.notes, *one.accompaniment), key=repr) == everything


def test_a_hand_that_has_nothing_to_play_is_said_so() -> None:
    only_right = replace(two_hands(), notes=played((1, 2), FiveKeys.home(Hand.RIGHT), NotePace()))
    with pytest.raises(UserError, match="a-level: the left hand has nothing to play"):
        for_hand(only_right, HandChoice.LEFT)


def test_a_hand_with_no_room_on_the_keyboard_is_said_so() -> None:
    low = in_place([1, 2, 3], Hand.RIGHT, 24)
    with pytest.raises(UserError, match="would need keys beyond the keyboard"):
        for_hand(low, HandChoice.LEFT)


def test_pads_stay_where_they_are() -> None:
    notes = tuple(BeatNote(i, 36 + i, 0.5, Hand.RIGHT, 2) for i in range(4))
    pads = replace(level(notes, HandChoice.RIGHT), instrument=Instrument.PADS)
    moved = for_hand(pads, HandChoice.LEFT)
    assert [(n.pitch, n.hand) for n in moved.notes] == [(36 + i, Hand.LEFT) for i in range(4)]
