"""Rhythms and strokes: what is written in a line is what is played."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.music.note import Hand
from game.music.patterns import FiveKeys, NotePace
from game.music.patterns_rhythm import ACCENT, PLAIN, in_rhythm, on_pads, rhythm, strokes
from tests.strategies import LAW

KEYS = FiveKeys.home(Hand.RIGHT)
lengths = st.fractions(Fraction(1, 8), 4, max_denominator=12)


def test_a_rhythm_says_when_and_how_long() -> None:
    notes = in_rhythm(rhythm("1 r1 1/2 0.5 | 1/3 1/3 1/3"), [2, 3], 1, KEYS)
    assert [n.beat for n in notes] == pytest.approx([0, 2, 2.5, 3, 3 + 1 / 3, 3 + 2 / 3])
    assert [n.finger for n in notes] == [2, 3, 2, 3, 2, 3]
    assert all(n.length_beats < 1 for n in notes)


@LAW
@given(st.lists(st.tuples(lengths, st.booleans()), min_size=1, max_size=12), st.integers(1, 5))
def test_every_round_begins_where_the_one_before_ends(
    written: list[tuple[Fraction, bool]], rounds: int
) -> None:
    text = "1 " + " ".join(f"{'r' if rest else ''}{length}" for length, rest in written)
    once = sum((length for length, _ in written), start=Fraction(1))
    notes = in_rhythm(rhythm(text), [1], rounds, KEYS)
    each = len(notes) // rounds
    assert len(notes) == each * rounds
    assert [n.beat for n in notes[::each]] == pytest.approx([float(once * i) for i in range(rounds)])


@pytest.mark.parametrize("text", ["", "r1 r1", "q", "1/0", "0", "-1", "1 | x", "1/2/3"])
def test_what_is_no_rhythm_says_what_one_looks_like(text: str) -> None:
    with pytest.raises(ValueError, match=r"write (beats|lengths in beats)"):
        rhythm(text)


def test_strokes_say_hand_pad_and_accent() -> None:
    row = strokes(">R L R3 | 4 . L16")
    notes = on_pads(row, 1, Hand.LEFT, 2, NotePace(0.5, 0.25))
    told = [(n.beat, n.pitch, n.hand, n.velocity) for n in notes]
    assert told == [
        (0.0, 37, Hand.RIGHT, ACCENT),
        (0.5, 36, Hand.LEFT, PLAIN),
        (1.0, 38, Hand.RIGHT, PLAIN),
        (1.5, 39, Hand.LEFT, PLAIN),
        (2.5, 51, Hand.LEFT, PLAIN),
    ]


def test_without_an_accent_no_loudness_is_asked() -> None:
    assert {n.velocity for n in on_pads(strokes("R L"), 4, None, 2, NotePace())} == {None}


@pytest.mark.parametrize("text", ["", ".", "X", "R17", "0", ">", "RL", "r l"])
def test_what_is_no_stroke_says_what_one_looks_like(text: str) -> None:
    with pytest.raises(ValueError, match=r"write|numbered"):
        strokes(text)
