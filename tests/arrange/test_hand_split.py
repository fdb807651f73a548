"""Laws of finding the hands: by the cost model, and by the parts of a file."""

from dataclasses import replace
from functools import cache
from random import Random
from statistics import fmean
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.arrange.hands.costs import COSTS, FINGERS
from game.arrange.hands.parts import REACH_KEYS, hands_of
from game.arrange.hands.split import groups, split_hands
from game.music.note import Hand, Note
from tests.arrange.two_hands import CONCERT, TEACHING, Piece, at_middle_c, greedy, piece, right_share
from tests.strategies import LAW

STYLES = {**TEACHING, **CONCERT}
SEEDS = range(3)


@cache
def pieces(name: str) -> tuple[Piece, ...]:
    return tuple(piece(STYLES[name], Random(seed), beats=32) for seed in SEEDS)


@cache
def found(made: Piece) -> tuple[Hand, ...]:
    return split_hands(made.notes)


def share(name: str) -> float:
    return fmean(right_share(found(made), made.hands) for made in pieces(name))


@st.composite
def any_notes(draw: st.DrawFn) -> tuple[Note, ...]:
    """Whatever may stand in a file: clusters, one key twice at once, notes of no length."""
    times = st.integers(0, 3000).map(lambda ms: ms / 1000)
    drawn = draw(st.lists(st.tuples(times, times, st.integers(0, 127)), max_size=40))
    return tuple(Note(i, onset_s, length_s, key) for i, (onset_s, length_s, key) in enumerate(drawn))


@pytest.mark.parametrize("name", sorted(STYLES))
def test_nine_notes_in_ten_find_their_hand_in_every_style(name: str) -> None:
    assert share(name) >= 0.9


def test_teaching_pieces_and_concert_pieces_find_their_hands() -> None:
    assert fmean(map(share, TEACHING)) >= 0.97
    assert fmean(map(share, CONCERT)) >= 0.97


def test_the_model_is_better_than_middle_c_and_than_two_running_places() -> None:
    made = [one for name in STYLES for one in pieces(name)]
    model = fmean(right_share(found(one), one.hands) for one in made)
    for plain in (at_middle_c, greedy):
        assert model > fmean(right_share(plain(one.notes), one.hands) for one in made) + 0.04


@LAW
@given(any_notes())
def test_every_note_finds_a_hand_and_chords_are_parted_at_one_place(notes: tuple[Note, ...]) -> None:
    hands = split_hands(notes)
    assert len(hands) == len(notes)
    for group in groups(notes, COSTS.together_s):
        in_order = [hands[i] for i in group]
        assert in_order == sorted(in_order, key=lambda hand: hand is Hand.RIGHT)


@LAW
@given(any_notes(), st.randoms(use_true_random=False))
def test_the_order_in_which_notes_are_told_does_not_matter(notes: tuple[Note, ...], rng: Random) -> None:
    distinct = tuple({(n.onset_s, n.pitch): n for n in notes}.values())
    shuffled = rng.sample(distinct, len(distinct))
    told = dict(zip((n.index for n in distinct), split_hands(distinct), strict=True))
    assert dict(zip((n.index for n in shuffled), split_hands(shuffled), strict=True)) == told


@pytest.mark.parametrize("name", sorted(STYLES))
def test_no_hand_is_asked_for_more_than_it_can_take_at_once(name: str) -> None:
    for made in pieces(name):
        hands = found(made)
        for group in groups(made.notes, COSTS.together_s):
            for hand in Hand:
                keys = {made.notes[i].pitch for i in group if hands[i] is hand}
                assert len(keys) <= FINGERS
                assert not keys or max(keys) - min(keys) <= REACH_KEYS


@pytest.mark.parametrize(("lowest", "hand"), [(60, Hand.RIGHT), (72, Hand.RIGHT), (48, Hand.LEFT)])
def test_a_line_within_an_octave_stays_in_one_hand(lowest: int, hand: Hand) -> None:
    rng = Random(3)
    notes = [Note(i, i * 0.4, 0.4, lowest + rng.choice((0, 2, 4, 5, 7, 9))) for i in range(60)]
    assert set(split_hands(notes)) == {hand}


def test_no_notes_have_no_hands() -> None:
    assert split_hands(()) == ()
    assert hands_of((), ()) == ()


def test_a_piece_is_split_in_good_time() -> None:
    """About a third of a millisecond a note, as long as the search does not grow with the music."""
    made = piece(CONCERT["thirds over a stride bass"], Random(1), beats=96)
    started_s = process_time()
    split_hands(made.notes)
    assert (process_time() - started_s) / len(made.notes) < 0.002


# By parts


def parts_of(made: Piece) -> list[int]:
    """The right hand's track is 1, the left hand's 2, as in many files."""
    return [1 if hand is Hand.RIGHT else 2 for hand in made.hands]


@pytest.mark.parametrize("name", sorted(STYLES))
def test_two_parts_that_look_like_hands_are_the_hands(name: str) -> None:
    for made in pieces(name):
        assert hands_of(made.notes, parts_of(made)) == made.hands


def test_parts_that_are_named_as_hands_are_believed_though_they_cross() -> None:
    made = piece(TEACHING["two tunes"], Random(2))
    crossed = tuple(hand.other for hand in made.hands)
    names = {1: "Piano left", 2: "Piano right"}
    assert hands_of(made.notes, parts_of(made), names) == crossed


def test_three_parts_are_voices_and_the_model_decides() -> None:
    made = piece(TEACHING["tune over chords"], Random(2))
    parts = [i % 3 for i in range(len(made.notes))]
    assert hands_of(made.notes, parts) == split_hands(made.notes)


def test_two_parts_in_one_register_are_instruments_and_the_model_decides() -> None:
    made = piece(TEACHING["tune over chords"], Random(2))
    parts = [i % 2 for i in range(len(made.notes))]
    assert hands_of(made.notes, parts) == split_hands(made.notes)


def test_what_one_hand_cannot_take_is_parted_whatever_the_file_says() -> None:
    """Printed music puts notes of the right hand on the lower staff."""
    made = piece(TEACHING["tune over chords"], Random(2))
    end_s = max(n.end_s for n in made.notes) + 1.0
    wide = [Note(0, end_s, 0.5, key) for key in (43, 50, 67, 71)]
    notes = [replace(n, index=i) for i, n in enumerate((*made.notes, *wide))]
    hands = hands_of(notes, [*parts_of(made), 2, 2, 2, 2])
    assert hands[:-4] == made.hands
    assert hands[-4:] == (Hand.LEFT, Hand.LEFT, Hand.RIGHT, Hand.RIGHT)


def test_a_single_part_named_as_a_hand_is_that_hand_alone() -> None:
    made = piece(TEACHING["both hands low"], Random(2))
    low = [n for n, hand in zip(made.notes, made.hands, strict=True) if hand is Hand.LEFT]
    assert set(hands_of(low, ["staff"] * len(low), {"staff": "RH"})) == {Hand.RIGHT}
