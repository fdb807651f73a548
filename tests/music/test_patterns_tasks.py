"""Laws of the patterns that ask for more than a row: holding, playing back, holding back."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.music.level import NoteRole
from game.music.note import Hand
from game.music.patterns import FINGERS, FiveKeys, NotePace
from game.music.patterns_tasks import FIRST_GO, EchoTiming, echo, go_no_go, holding
from tests.strategies import LAW

KEYS = FiveKeys.home(Hand.LEFT)


@LAW
@given(st.permutations(FINGERS), st.integers(1, 2), st.integers(1, 8), st.integers(1, 6), st.floats(0.5, 4))
def test_every_tap_lies_inside_a_hold_and_no_finger_does_both(
    fingers: list[int], held: int, each: int, repeats: int, every: float
) -> None:
    pace = NotePace(every, every / 2, rest_beats=2)
    notes = holding(fingers[:held], fingers[held:], each, repeats, KEYS, pace)
    holds = [n for n in notes if n.finger in fingers[:held]]
    taps = [n for n in notes if n.finger in fingers[held:]]
    assert (len(holds), len(taps)) == (held * repeats, each * repeats)
    for tap in taps:
        over = [
            h for h in holds if h.beat < tap.beat < tap.beat + tap.length_beats <= h.beat + h.length_beats
        ]
        assert len(over) == held


@LAW
@given(st.lists(st.integers(1, 7), min_size=1, max_size=6), st.integers(0, 99), st.floats(0, 4))
def test_every_phrase_is_answered_note_for_note_after_it_was_shown(
    sizes: list[int], seed: int, wait: float
) -> None:
    timing = EchoTiming(NotePace(1, 0.5, rest_beats=2), wait)
    notes = echo(sizes, FINGERS, timing, KEYS, Random(seed))
    shown = [n for n in notes if n.part is NoteRole.SHOWN]
    asked = [n for n in notes if n.part is NoteRole.UNSEEN]
    assert [n.pitch for n in shown] == [n.pitch for n in asked]
    assert len(asked) == sum(sizes)
    start = 0
    for size in sizes:
        phrase, answer = shown[start : start + size], asked[start : start + size]
        assert all(a.beat - p.beat == pytest.approx(size + wait) for p, a in zip(phrase, answer, strict=True))
        assert all(a.finger != b.finger for a, b in pairwise(answer))
        start += size


@LAW
@given(st.lists(st.integers(1, 7), min_size=1, max_size=6), st.floats(0, 4), st.sampled_from([1.0, 2.0, 3.0]))
def test_on_a_grid_phrases_and_answers_begin_on_it_and_wait_less_than_one_step_longer(
    sizes: list[int], wait: float, grid: float
) -> None:
    notes = echo(sizes, FINGERS, EchoTiming(NotePace(1, 0.5, rest_beats=2), wait, grid), KEYS, Random(1))
    first = 0
    for size in sizes:
        phrase, answer = notes[first : first + size], notes[first + size : first + 2 * size]
        first += 2 * size
        assert phrase[0].beat % grid == answer[0].beat % grid == 0
        assert -1e-6 <= answer[0].beat - phrase[0].beat - size - wait < grid


@LAW
@given(st.integers(0, 60), st.floats(0, 0.5), st.integers(0, 99))
def test_what_is_not_to_be_played_is_a_share_never_at_the_start_and_never_twice_in_a_row(
    count: int, share: float, seed: int
) -> None:
    parts = go_no_go(count, share, Random(seed))
    held_back = [i for i, part in enumerate(parts) if part is NoteRole.NO_GO]
    assert len(parts) == count
    assert len(held_back) <= round(count * share)
    assert all(i >= FIRST_GO for i in held_back)
    assert all(b - a > 1 for a, b in pairwise(held_back))
    if share <= 0.25 and count >= 8:
        assert len(held_back) == round(count * share)


def test_the_same_seed_holds_back_the_same_notes_and_another_others() -> None:
    assert go_no_go(40, 0.25, Random(1)) == go_no_go(40, 0.25, Random(1))
    assert go_no_go(40, 0.25, Random(1)) != go_no_go(40, 0.25, Random(2))
