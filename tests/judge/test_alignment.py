"""Laws of the alignment, and the cases in which rules that see one press at a time go wrong."""

from collections.abc import Sequence
from random import Random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.judge.clinical.alignment import Alignment, align
from game.judge.verdicts import Keys
from game.music.note import Note, Press, asynchrony_s
from tests import strategies
from tests.judge.expressive import Pianist, perform
from tests.judge.patients import PATIENTS, by_chance
from tests.judge.patients import perform as perform_notes
from tests.judge.yardstick import attributed_pct, f_score
from tests.players import bursts
from tests.playing import Player
from tests.strategies import LAW, PITCHES

NOTES = strategies.notes(most=14)
PRESSES = st.lists(
    st.builds(lambda ms, pitch: Press(ms / 1000, pitch), st.integers(-500, 5000), PITCHES), max_size=16
)


def steady(*pitches: int, ioi_s: float = 0.5) -> tuple[Note, ...]:
    """Notes in this order, one each `ioi_s`."""
    return tuple(Note(i, i * ioi_s, ioi_s / 2, pitch) for i, pitch in enumerate(pitches))


def played(notes: Sequence[Note], late_s: float = 0.0) -> list[Press]:
    """A press for each note, that late."""
    return [Press(note.onset_s + late_s, note.pitch) for note in notes]


def note_of(alignment: Alignment) -> dict[int, int]:
    """The note of each press that has one."""
    return {press: note for note, press in alignment.pairs}


@LAW
@given(NOTES, PRESSES)
def test_each_note_and_each_press_is_paired_at_most_once(
    notes: tuple[Note, ...], presses: list[Press]
) -> None:
    alignment = align(notes, presses)
    assert len({note for note, _ in alignment.pairs}) == len(alignment.pairs)
    assert len({press for _, press in alignment.pairs}) == len(alignment.pairs)
    assert {note for note, _ in alignment.pairs} <= {n.index for n in notes}
    assert {press for _, press in alignment.pairs} <= set(range(len(presses)))


@LAW
@given(NOTES, PRESSES)
def test_each_note_has_a_confidence_between_0_and_1(notes: tuple[Note, ...], presses: list[Press]) -> None:
    confidence = align(notes, presses).confidence
    assert confidence.keys() == {n.index for n in notes}
    assert all(0 <= share <= 1 for share in confidence.values())


@LAW
@given(NOTES, PRESSES)
def test_pairs_on_one_key_do_not_cross(notes: tuple[Note, ...], presses: list[Press]) -> None:
    own = [
        (notes[n], presses[p]) for n, p in align(notes, presses).pairs if notes[n].pitch == presses[p].pitch
    ]
    for note, press in own:
        for other, its_press in own:
            if note.pitch == other.pitch and note.onset_s < other.onset_s:
                assert press.time_s <= its_press.time_s


@LAW
@given(strategies.notes(most=14, apart_ms=100))
def test_what_is_played_as_written_is_hit_throughout(notes: tuple[Note, ...]) -> None:
    assert align(notes, played(notes)).pairs == tuple((n.index, n.index) for n in notes)


@LAW
@given(NOTES, PRESSES, st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_given_changes_nothing(
    notes: tuple[Note, ...], presses: list[Press], rng: Random
) -> None:
    places = list(range(len(presses)))
    rng.shuffle(places)
    mixed_notes = rng.sample(notes, len(notes))
    mixed = align(mixed_notes, [presses[place] for place in places])
    straight = align(notes, presses)
    told = [(note, presses[press]) for note, press in straight.pairs]
    assert [(note, presses[places[press]]) for note, press in mixed.pairs] == told
    assert mixed.confidence == straight.confidence


@pytest.mark.parametrize("late_ms", [-300, 100, 300])
@pytest.mark.parametrize(
    "name",
    [
        "repeats at 150 ms, late",
        "rolls of five",
        "SD 150 ms",
        "keys of chords scattered",
        "by chance, severe",
    ],
)
def test_a_constant_latency_moves_the_bias_by_itself_and_no_pair(name: str, late_ms: int) -> None:
    one = PATIENTS[name](Random(3))
    presses = [Press(round(p.time_s, 4), p.pitch) for p in one.presses]
    later = [Press(round(p.time_s + late_ms / 1000, 4), p.pitch) for p in presses]
    before, after = align(one.notes, presses), align(one.notes, later)
    assert after.pairs == before.pairs
    assert after.bias_s == pytest.approx(before.bias_s + late_ms / 1000, abs=1e-9)


def test_nothing_asked_or_nothing_played_is_no_pair() -> None:
    notes = steady(60, 62)
    assert align((), played(notes)).pairs == ()
    assert align((), ()).confidence == {}
    assert align(notes, ()) == Alignment((), {0: 1.0, 1: 1.0}, 0.0)


def test_late_repeats_keep_their_notes_where_the_next_note_is_nearer() -> None:
    notes = tuple(Note(i, (i % 5) * 0.15 + (i // 5) * 1.5, 0.1, 60) for i in range(30))
    alignment = align(notes, played(notes, 0.1))
    assert alignment.pairs == tuple((i, i) for i in range(30))
    assert alignment.bias_s == 0.1


def test_one_stroke_left_out_of_a_roll_is_one_omission() -> None:
    notes = steady(*[60] * 12, ioi_s=0.15)
    presses = [press for i, press in enumerate(played(notes, 0.02)) if i != 5]
    assert [note for note, _ in align(notes, presses).pairs] == [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11]


def test_of_a_double_strike_the_first_is_the_note() -> None:
    notes = steady(*[60, 64] * 8, ioi_s=0.6)
    presses = played(notes)
    doubled = [*presses, *(Press(p.time_s + 0.12, p.pitch) for p in presses[::3])]
    assert align(notes, doubled).pairs == tuple((i, i) for i in range(16))


def test_a_chord_out_of_order_and_spread_is_hit_throughout() -> None:
    notes = tuple(Note(i, (i // 3) * 1.0, 0.5, 60 + 4 * (i % 3)) for i in range(18))
    presses = [Press(n.onset_s + (0.06, 0.0, -0.06)[n.index % 3], n.pitch) for n in notes]
    assert align(notes, presses).pairs == tuple((i, i) for i in range(18))


def test_a_slip_to_the_next_key_is_a_wrong_key_of_its_note() -> None:
    notes = steady(60, 62, 64, 65, 67, 65, 64, 62, 60)
    presses = played(notes)
    presses[4] = Press(2.01, 69)
    assert (4, 4) in align(notes, presses).pairs


def test_two_bars_left_out_are_omissions_and_what_follows_stays_right() -> None:
    notes = steady(*[60, 62, 64, 62] * 8)
    kept = [press for i, press in enumerate(played(notes)) if not 12 <= i < 20]
    assert [note for note, _ in align(notes, kept).pairs] == [*range(12), *range(20, 32)]


@pytest.mark.parametrize(
    ("asks", "keys", "unit", "to"),
    [
        ((60, 62, 64, 65, 67), 1, Keys.WHITE, {60: 62, 62: 64, 64: 65, 65: 67, 67: 69}),
        ((60, 62, 64, 65, 67), -2, Keys.WHITE, {60: 57, 62: 59, 64: 60, 65: 62, 67: 64}),
        ((60, 63, 64, 66, 67), 2, Keys.SEMITONES, {60: 62, 63: 65, 64: 66, 66: 68, 67: 69}),
        ((36, 38, 43, 50, 51), 1, Keys.ASKED, {36: 38, 38: 43, 43: 50, 50: 51, 51: 51}),
    ],
)
def test_a_hand_to_the_side_is_one_shift_of_so_many_keys(
    asks: tuple[int, ...], keys: int, unit: Keys, to: dict[int, int]
) -> None:
    rng = Random(5)
    notes = steady(*asks, *[rng.choice(asks[:4]) for _ in range(40)])
    presses = [
        Press(n.onset_s + rng.gauss(0, 0.02), to[n.pitch] if 15 <= n.index < 33 else n.pitch) for n in notes
    ]
    alignment = align(notes, presses)
    assert alignment.pairs == tuple((i, i) for i in range(45))
    assert [(s.keys, s.unit) for s in alignment.shifts] == [(keys, unit)]
    assert abs(alignment.shifts[0].first - 15) <= 2
    assert abs(alignment.shifts[0].last - 32) <= 2


def test_a_few_wrong_keys_here_and_there_are_no_shift() -> None:
    one = by_chance(Player(wrong=0.1), 0.5, Random(2))
    assert align(one.notes, one.presses).shifts == ()


def test_a_player_who_is_a_beat_behind_was_lost_and_is_not_measured_there() -> None:
    rng = Random(8)
    notes = steady(*[rng.choice((60, 62, 64, 65, 67)) for _ in range(48)])
    late_s = [0.5 * (20 <= n.index < 30) + rng.gauss(0, 0.02) for n in notes]
    presses = [Press(n.onset_s + by_s, n.pitch) for n, by_s in zip(notes, late_s, strict=True)]
    alignment = align(notes, [p for i, p in enumerate(presses) if i != 30])
    (lost,) = alignment.lost
    assert lost.late_s == pytest.approx(0.5, abs=0.04)
    assert abs(lost.first - 20) <= 1
    assert abs(lost.last - 29) <= 1
    on_beat = {note: alignment.legs[leg].on_beat for note, (leg, _) in alignment.leg_of.items()}
    assert (on_beat[10], on_beat[25], on_beat[40]) == (True, False, True)
    assert min(alignment.confidence.values()) > 0.9


def test_between_two_presses_that_fit_alike_nobody_is_sure() -> None:
    notes = steady(*[60, 64] * 6)
    presses = [p for i, p in enumerate(played(notes)) if i != 6]
    doubtful = align(notes, [*presses, Press(2.92, 60), Press(3.08, 60)])
    assert doubtful.confidence[6] < 0.9
    assert min(share for note, share in doubtful.confidence.items() if note != 6) > 0.9


def test_a_press_that_the_settings_call_a_bounce_still_plays_a_note_that_needs_it() -> None:
    notes = steady(*[60] * 8, ioi_s=0.15)
    assert align(notes, played(notes), bounces=range(1, 8)).pairs == tuple((i, i) for i in range(8))


@pytest.mark.parametrize("name", list(PATIENTS))
def test_presses_are_attributed_rightly(name: str) -> None:
    runs = [PATIENTS[name](Random(f"{name} {run}")) for run in range(4)]
    right = [attributed_pct(run, note_of(align(run.notes, run.presses))) for run in runs]
    assert fmean(right) >= (90 if "lost" in name or "severe" in name else 95)


@pytest.mark.parametrize(("bars", "least"), [(16, 0.995), (60, 0.997)])
def test_an_expressive_performance_finds_its_score(bars: int, least: float) -> None:
    runs = [perform(bars, Random(seed), Pianist()) for seed in range(5 if bars < 50 else 1)]
    scores = [f_score(run, note_of(align(run.notes, run.presses)))[0] for run in runs]
    assert fmean(scores) >= least


def test_the_line_follows_a_player_who_speeds_up_inside_the_bar() -> None:
    rng = Random(1)
    notes = tuple(Note(i, i * 0.12, 0.1, 60 + (i % 2)) for i in range(200))
    late_s = [0.1 * (1 - abs(i % 40 - 20) / 10) for i in range(200)]
    presses = [Press(n.onset_s + late_s[n.index] + rng.gauss(0, 0.008), n.pitch) for n in notes]
    assert align(notes, presses).pairs == tuple((i, i) for i in range(200))


def test_an_asynchrony_is_that_of_the_raw_press() -> None:
    run = perform_notes(Player(mean_s=0.12), bursts([2], 8, 0.22, 10), Random(1))
    alignment = align(run.notes, run.presses)
    own = [
        asynchrony_s(run.notes[n], run.presses[p].time_s)
        for n, p in alignment.pairs
        if run.notes[n].pitch == run.presses[p].pitch
    ]
    assert sorted(own)[len(own) // 2] == pytest.approx(alignment.bias_s, abs=0.005)
