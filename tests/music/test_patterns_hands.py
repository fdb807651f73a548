"""Laws of the patterns for two hands."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.music.level import BeatNote
from game.music.note import Hand
from game.music.patterns import FINGERS, FiveKeys, NotePace
from game.music.patterns_hands import RATIOS, HandsMotion, both_hands, handed_over
from tests.strategies import LAW

HOME = {hand: FiveKeys.home(hand) for hand in Hand}
rows = st.lists(st.sampled_from(FINGERS), min_size=1, max_size=4).map(lambda row: row * 6)
leads = st.sampled_from(Hand)
PACE = NotePace(every_beats=1, length_beats=0.5, group=6, rest_beats=3)


def of(notes: tuple[BeatNote, ...], hand: Hand) -> list[BeatNote]:
    return [note for note in notes if note.hand is hand]


@LAW
@given(rows, leads)
def test_in_a_mirror_both_hands_play_the_same_fingers_at_once(row: list[int], lead: Hand) -> None:
    notes = both_hands(row, HandsMotion.MIRROR, HOME, PACE, lead)
    left, right = of(notes, Hand.LEFT), of(notes, Hand.RIGHT)
    assert [(n.beat, n.finger) for n in left] == [(n.beat, n.finger) for n in right]
    assert [n.finger for n in of(notes, lead)] == row


@LAW
@given(rows, leads)
def test_side_by_side_both_hands_move_by_the_same_keys(row: list[int], lead: Hand) -> None:
    notes = both_hands(row, HandsMotion.PARALLEL, HOME, PACE, lead)
    pairs = zip(of(notes, Hand.LEFT), of(notes, Hand.RIGHT), strict=True)
    assert {right.pitch - left.pitch for left, right in pairs} == {12}


@LAW
@given(rows, leads)
def test_in_turn_no_two_hands_meet_and_each_finger_comes_once_in_each(row: list[int], lead: Hand) -> None:
    notes = both_hands(row, HandsMotion.IN_TURN, HOME, PACE, lead)
    assert len({n.beat for n in notes}) == len(notes) == 2 * len(row)
    assert [n.hand for n in notes[::2]] == [lead] * len(row)
    assert [n.finger for n in notes[::2]] == [n.finger for n in notes[1::2]] == row


@LAW
@given(rows, leads, st.sampled_from(sorted(RATIOS)))
def test_two_rhythms_keep_their_ratio_and_meet_where_both_begin(
    row: list[int], lead: Hand, motion: HandsMotion
) -> None:
    notes = both_hands(row, motion, HOME, PACE, lead)
    ours, theirs = RATIOS[motion]
    first, second = of(notes, lead), of(notes, lead.other)
    assert len(first) * theirs == len(second) * ours
    assert {n.beat for n in first[::ours]} <= {n.beat for n in second}
    gaps = {round(b.beat - a.beat, 6) for a, b in pairwise(second)}
    assert round(ours / theirs, 6) in gaps


@pytest.mark.parametrize("crossed", [False, True])
def test_a_line_goes_up_through_both_hands_and_back(crossed: bool) -> None:
    low, high = (Hand.RIGHT, Hand.LEFT) if crossed else (Hand.LEFT, Hand.RIGHT)
    places = {low: FiveKeys(low, 48), high: FiveKeys(high, 57)}
    notes = handed_over(FINGERS, 1, places, NotePace())
    pitches = [n.pitch for n in notes]
    assert pitches[:10] == sorted(set(pitches))
    assert pitches[10:] == pitches[:10][::-1]
    assert [n.hand for n in notes[:10]] == [low] * 5 + [high] * 5
