"""The simulated patient plays as it says it does."""

from dataclasses import replace
from random import Random
from statistics import mean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.midi.simulated import Performance, Simulated, shifted
from game.music.note import Note, Press, Release

notes = st.lists(
    st.tuples(st.integers(0, 60), st.integers(50, 70), st.integers(0, 12)), min_size=1, max_size=40
).map(
    lambda rows: tuple(
        Note(index, beat / 8, length / 8, pitch) for index, (beat, pitch, length) in enumerate(sorted(rows))
    )
)
patients = st.builds(
    Simulated,
    mean_s=st.floats(-0.2, 0.3),
    sd_s=st.floats(0.0, 0.3),
    omit=st.floats(0.0, 0.5),
    wrong=st.floats(0.0, 0.5),
    dwell_share=st.floats(0.0, 2.0),
)


def scale(count: int, gap_s: float = 0.5) -> tuple[Note, ...]:
    return tuple(Note(i, i * gap_s, gap_s, 60 + i % 5) for i in range(count))


def presses(performance: Performance) -> list[Press]:
    return [touch for touch in performance.touches if isinstance(touch, Press)]


@given(patients, notes, st.integers())
def test_the_same_seed_plays_the_same(patient: Simulated, asked: tuple[Note, ...], seed: int) -> None:
    assert patient.perform(asked, Random(seed)) == patient.perform(asked, Random(seed))
    assert patient.play(asked, Random(seed)) == patient.perform(asked, Random(seed)).touches


@given(patients, notes, st.integers())
def test_each_note_is_played_omitted_or_wrong_and_never_two_of_them(
    patient: Simulated, asked: tuple[Note, ...], seed: int
) -> None:
    done = patient.perform(asked, Random(seed))
    fates = [*done.errors_s, *done.omitted, *done.wrong]
    assert sorted(fates) == [note.index for note in asked]
    assert len(presses(done)) == len(done.errors_s) + len(done.wrong)


@given(patients, notes, st.integers())
def test_touches_are_in_time_order_and_every_key_goes_down_and_up_in_turn(
    patient: Simulated, asked: tuple[Note, ...], seed: int
) -> None:
    touches = patient.play(asked, Random(seed))
    assert [t.time_s for t in touches] == sorted(t.time_s for t in touches)
    held: set[int] = set()
    for touch in touches:
        assert (touch.pitch in held) == isinstance(touch, Release)
        held ^= {touch.pitch}
    assert held == set()


@given(patients, notes, st.integers())
def test_the_truth_is_what_was_played(patient: Simulated, asked: tuple[Note, ...], seed: int) -> None:
    done = patient.perform(asked, Random(seed))
    played = {(press.time_s, press.pitch) for press in presses(done)}
    for index, error_s in done.errors_s.items():
        note = asked[index]
        assert any(
            pitch == note.pitch and time_s - note.onset_s == pytest.approx(error_s)
            for time_s, pitch in played
        )


@given(patients, notes, st.integers())
def test_notes_due_one_after_the_other_are_pressed_in_that_order(
    patient: Simulated, asked: tuple[Note, ...], seed: int
) -> None:
    done = patient.perform(asked, Random(seed))
    pressed = [(asked[i].onset_s, asked[i].onset_s + error_s) for i, error_s in done.errors_s.items()]
    for onset_s, press_s in pressed:
        assert all(later_s > press_s for due_s, later_s in pressed if due_s > onset_s)


def test_lateness_omissions_and_wrong_keys_come_in_the_shares_asked_for() -> None:
    done = Simulated(mean_s=0.03, sd_s=0.04, omit=0.1, wrong=0.2).perform(scale(4000), Random(3))
    errors_s = list(done.errors_s.values())
    assert mean(errors_s) == pytest.approx(0.03, abs=0.003)
    assert stdev(errors_s) == pytest.approx(0.04, abs=0.003)
    assert len(done.omitted) / 4000 == pytest.approx(0.1, abs=0.02)
    assert len(done.wrong) / 4000 == pytest.approx(0.2, abs=0.02)


def test_a_wrong_key_is_a_near_one_that_is_not_asked_about_then() -> None:
    asked = scale(400)
    done = Simulated(omit=0.0, wrong=0.5).perform(asked, Random(4))
    strays = [p for p in presses(done) if p.pitch not in range(60, 65)]
    assert strays
    for press in presses(done):
        near = [n for n in asked if abs(n.onset_s - press.time_s) < 0.3]
        assert any(abs(press.pitch - n.pitch) <= 5 for n in near)
    assert len(done.wrong) + len(done.errors_s) == 400
    for index in done.wrong:
        assert not any(
            p.pitch == asked[index].pitch and abs(p.time_s - asked[index].onset_s) < 0.2
            for p in presses(done)
        )


def test_at_the_ends_of_the_keyboard_wrong_keys_stay_on_it() -> None:
    asked = tuple(Note(i, i * 1.0, 0.5, 127 * (i % 2)) for i in range(100))
    done = Simulated(omit=0.0, wrong=1.0).perform(asked, Random(5))
    assert len(done.wrong) == 100
    assert {p.pitch for p in presses(done)} <= set(range(128)) - {0, 127}


def test_a_key_is_held_for_the_share_of_its_note_and_up_before_its_next_press() -> None:
    asked = tuple(Note(i, i * 0.5, 0.5, 60) for i in range(50))
    half = Simulated(sd_s=0.0, omit=0.0, wrong=0.0, dwell_share=0.5).play(asked, Random(6))
    assert [up.time_s - down.time_s for down, up in zip(half[::2], half[1::2], strict=True)] == pytest.approx(
        [0.25] * 50
    )
    long = Simulated(sd_s=0.0, omit=0.0, wrong=0.0, dwell_share=3.0).play(asked, Random(6))
    assert [isinstance(t, Press) for t in long] == [True, False] * 50


def test_perfection_can_be_simulated() -> None:
    perfect = Simulated(mean_s=0.0, sd_s=0.0, chord_sd_s=0.0, omit=0.0, wrong=0.0)
    done = perfect.perform(scale(20), Random(7))
    assert list(done.errors_s.values()) == pytest.approx([0.0] * 20)


def test_a_note_that_says_how_loud_is_played_that_loud() -> None:
    loud = tuple(replace(note, velocity=110) for note in scale(200))
    played = presses(Simulated(velocity=40.0, velocity_sd=5.0).perform(loud, Random(8)))
    assert mean(p.velocity for p in played) == pytest.approx(110, abs=2)
    assert all(1 <= p.velocity <= 127 for p in played)


def test_shifting_moves_all_touches_alike() -> None:
    touches = (Press(1.0, 60), Release(1.5, 60))
    assert shifted(touches, 100.0) == (Press(101.0, 60), Release(101.5, 60))
