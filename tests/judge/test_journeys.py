"""Players who leave the beat are followed, or it is said that nobody can know."""

from collections.abc import Callable
from random import Random
from statistics import fmean

import pytest

from game.judge.clinical.alignment import Alignment, align
from game.judge.verdicts import Began, Leg
from game.music.note import Note, Press
from tests.judge.patients import Performance
from tests.judge.patients import perform as play
from tests.judge.wanderers import KINDS, PIECES, SURE, Piece, expressive, one_key, performances, score
from tests.playing import Player

RUNS = 6
CLEAN = Player(mean_s=0.01, sd_s=0.03, omit=0.0, wrong=0.0, stray=0.0)

AMBIGUOUS_IN_TUNES = {"repeats a bar", "two bars after a pause", "skips a bar"}
"""In tunes of some twenty notes a bar is often like the next: there it need only be told."""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("of", PIECES)
def test_whoever_leaves_the_beat_is_followed(of: str, kind: str) -> None:
    scores = [score(one) for one in performances_of(of, kind)]
    told = of == "songs" and kind in AMBIGUOUS_IN_TUNES
    assert fmean(one.f for one in scores) >= (0.92 if told else 0.985)
    assert all(one.f >= 0.9 or one.doubtful >= 0.1 for one in scores)
    assert fmean(one.wrong for one in scores) < (0.03 if told else 0.01)


def performances_of(of: str, kind: str) -> list[Performance]:
    return dict(performances(of, RUNS, (kind,)))[kind]


@pytest.mark.parametrize("missing", [1, 2, 3])
@pytest.mark.parametrize("seed", range(4))
def test_of_two_readings_that_explain_as_much_the_less_late_one_is_taken(missing: int, seed: int) -> None:
    notes = _row(34, 0.6)
    rng = Random(seed)
    presses = [Press(n.onset_s + rng.gauss(-0.1, 0.02), 60) for n in notes[missing:]]
    found = align(notes, presses)
    assert found.bias_s == pytest.approx(-0.1, abs=0.03)
    assert [note for note, _ in found.pairs] == list(range(missing, 34))


@pytest.mark.parametrize("step_s", [-0.2, 0.3])
def test_a_step_in_the_middle_is_told_and_loses_no_note(step_s: float) -> None:
    piece = one_key_piece(32)
    before, after, _ = piece.cut(16)
    played = piece.again([*before, *((t + step_s, p, m) for t, p, m in after)])
    found = align(played.notes, played.presses)
    assert len(found.pairs) == 32
    (step,) = [leg for leg in found.legs if leg.began is Began.STEP]
    assert step.wait_s == pytest.approx(step_s, abs=0.1)
    assert abs(step.first - 16) <= 1


def one_key_piece(count: int) -> Piece:
    notes = _row(count, 0.5)
    return Piece(play(CLEAN, notes, Random(count)), tuple(range(0, count, 4)))


def _row(count: int, gap_s: float) -> tuple[Note, ...]:
    return tuple(Note(i, round(i * gap_s, 4), gap_s / 2, 60) for i in range(count))


@pytest.mark.parametrize("wait_s", [1.0, 5.0, 60.0])
def test_a_pause_of_any_length_is_told_in_seconds_and_loses_no_note(wait_s: float) -> None:
    legs = legs_of(lambda piece: _delayed(piece, wait_s))
    (pause,) = [leg for leg in legs if leg.began is Began.PAUSE]
    assert pause.wait_s == pytest.approx(wait_s, abs=0.2)
    assert len(legs) == 2


def test_presses_hours_from_their_notes_are_read_all_the_same() -> None:
    notes = _row(6, 0.5)
    presses = [Press(n.onset_s + 3600.0 * i, 60) for i, n in enumerate(notes)]
    assert len(align(notes, presses).pairs) >= 1


def _delayed(piece: Piece, wait_s: float) -> Performance:
    before, after, _ = piece.cut(len(piece.played.notes) // 2)
    return piece.again([*before, *((t + wait_s, p, m) for t, p, m in after)])


def legs_of(change: Callable[[Piece], Performance]) -> tuple[Leg, ...]:
    played = change(_tune())
    found = align(played.notes, played.presses)
    assert len(found.pairs) == len(played.notes)
    return found.legs


def _tune() -> Piece:
    rng = Random(5)
    notes = tuple(Note(i, i * 0.5, 0.25, rng.choice((60, 62, 64, 65, 67))) for i in range(32))
    return Piece(play(CLEAN, notes, rng), tuple(range(0, 32, 4)))


@pytest.mark.parametrize("ratio", [0.7, 0.9, 1.0, 1.1, 1.3])
def test_a_tempo_of_their_own_is_told_with_an_interval_that_holds_it(ratio: float) -> None:
    held = []
    for seed in range(6):
        rng = Random(seed)
        notes = tuple(Note(i, i * 0.5, 0.25, rng.choice((60, 62, 64, 65, 67))) for i in range(40))
        presses = [Press(n.onset_s / ratio + rng.gauss(0.0, 0.03), n.pitch) for n in notes]
        (leg,) = align(notes, presses).legs
        assert leg.tempo_interval
        held.append(leg.tempo_interval[0] <= ratio <= leg.tempo_interval[1])
        assert leg.on_beat == (ratio == 1.0)
    assert fmean(held) >= 0.75


def test_a_restart_is_told_with_what_came_before_it() -> None:
    piece = _tune()
    before, _, at_s = piece.cut(9)
    again = [(t + at_s + 2.0, p, m) for t, p, m in piece.strokes()]
    played = piece.again([*((t, p, None) for t, p, _ in before), *again])
    found = align(played.notes, played.presses)
    assert [(leg.began, leg.first, leg.last) for leg in found.legs] == [
        (Began.START, 0, 8),
        (Began.RESTART, 0, 31),
    ]
    assert dict(found.pairs) == {note: note + 9 for note in range(32)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("of", ["songs", "one key"])
def test_a_millisecond_changes_no_verdict_that_is_sure(of: str, kind: str) -> None:
    for run in range(2):
        rng = Random(f"{of} {kind} {run}")
        played = KINDS[kind](PIECES[of](rng) if of in PIECES else one_key(rng), rng)
        here = align(played.notes, played.presses)
        there = align(played.notes, [Press(p.time_s + 0.001, p.pitch) for p in played.presses])
        assert not set(_sure(here)) & {note for note in _sure(there) if _at(here, note) != _at(there, note)}


def _sure(found: Alignment) -> list[int]:
    return [note for note, share in found.confidence.items() if share >= SURE]


def _at(found: Alignment, note: int) -> int | None:
    return dict(found.pairs).get(note)


def test_a_leg_holds_the_beats_between_its_ends_in_the_order_of_the_music() -> None:
    for kind in KINDS.values():
        rng = Random(3)
        played = kind(expressive(rng, 8), rng)
        found = align(played.notes, played.presses)
        for note, (leg, _) in found.leg_of.items():
            one = found.legs[leg]
            assert one.begins_s - 0.001 <= played.notes[note].onset_s <= one.ends_s + 0.2
