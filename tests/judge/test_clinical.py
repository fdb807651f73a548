"""The clinical record: laws, and pictures in which a rule that sees one press at a time goes wrong.

In the pictures a character is 100 ms unless a test says more. Windows: perfect 100 ms, great 200, good 300.
"""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.judge.clinical.record import clinical_verdicts
from game.judge.conditions import Conditions
from game.judge.recorded import judge_recording
from game.judge.verdicts import JudgedPress, Use, Verdict, Verdicts
from game.music.device import Device, DeviceKind
from game.music.note import Note, Press, Release, Touch
from game.music.recording import Ended, Recording
from game.music.timeline import Anchor, Timeline
from tests import strategies
from tests.pictures import WIDE, notes_told, presses_told, read, recorded
from tests.players import KINDS, recording_of
from tests.strategies import LAW

PLAIN = Conditions(WIDE)
NOTES, TOUCHES, CONDITIONS = strategies.notes(), strategies.touches(), strategies.conditions()
STEADY = tuple(Note(i, 1.0 + i, 0.5, 60 + 2 * (i % 3)) for i in range(9))


def judged(picture: str, conditions: Conditions = PLAIN, unit_s: float = 0.1) -> Verdicts:
    seen = read(picture, unit_s)
    return clinical_verdicts(seen.notes, recorded(seen.touches), conditions)


def pressed(notes: tuple[Note, ...], by_s: float = 0.0) -> tuple[Touch, ...]:
    """Each note played with its own length, that much late."""
    touches: list[Touch] = [Press(n.onset_s + by_s, n.pitch) for n in notes]
    touches += [Release(n.end_s + by_s, n.pitch) for n in notes]
    return tuple(sorted(touches, key=lambda t: t.time_s))


def wound_back(*touches: Touch, reached_s: float | None = None) -> Recording:
    """A run that pauses at second 3.05 and goes on at second 10 from song time 1."""
    timeline = Timeline((Anchor(0.0, 0.0), Anchor(3.05, 3.05, 0.0), Anchor(10.0, 1.0)))
    ended = Ended.FINISHED if reached_s is None else Ended.STOPPED
    return Recording(touches, timeline, Device(DeviceKind.FILE, "made up"), ended, reached_s)


@LAW
@given(NOTES, TOUCHES, CONDITIONS)
def test_each_note_is_judged_once_and_each_press_serves_one_note_at_most(
    notes: tuple[Note, ...], touches: tuple[Touch, ...], conditions: Conditions
) -> None:
    verdicts = clinical_verdicts(notes, recorded(touches), conditions)
    assert [j.note for j in verdicts.judgements] == list(notes)
    assert verdicts.confidence.keys() == {n.index for n in notes}
    used = Counter(j.press for j in verdicts.judgements if j.press is not None)
    assert all(count == 1 for count in used.values())
    assert {p.index for p in verdicts.presses if p.use in (Use.HIT, Use.WRONG_KEY)} == set(used)


@LAW
@given(NOTES, TOUCHES, CONDITIONS)
def test_a_judgement_and_its_press_say_the_same(
    notes: tuple[Note, ...], touches: tuple[Touch, ...], conditions: Conditions
) -> None:
    verdicts = clinical_verdicts(notes, recorded(touches), conditions)
    for judgement in verdicts.judgements:
        press = verdicts.press_of(judgement)
        if press is None:
            assert judgement.verdict is Verdict.OMISSION
            continue
        assert (press.pitch == judgement.note.pitch) == (judgement.verdict is Verdict.HIT)
        assert press.use == judgement.verdict.value
        assert judgement.asynchrony_s == round(press.time_s - judgement.note.onset_s, 4)
    wrong_notes = sum(j.verdict is Verdict.WRONG_KEY for j in verdicts.judgements)
    assert wrong_notes == sum(p.use is Use.WRONG_KEY for p in verdicts.presses)


@LAW
@given(NOTES, TOUCHES, CONDITIONS)
def test_it_hears_the_presses_that_the_live_judge_hears(
    notes: tuple[Note, ...], touches: tuple[Touch, ...], conditions: Conditions
) -> None:
    live = judge_recording(notes, recorded(touches), conditions).presses
    heard = clinical_verdicts(notes, recorded(touches), conditions).presses
    assert [by_the_hand(p) for p in heard] == [by_the_hand(p) for p in live]
    bounces = [[p.use is Use.BOUNCE for p in presses] for presses in (heard, live)]
    if bounces[0] == bounces[1]:  # a bounce that a note needs is a press of its own, and ends the one before
        assert [p.release_s for p in heard] == [p.release_s for p in live]


def by_the_hand(press: JudgedPress) -> JudgedPress:
    """A press without what became of it."""
    return replace(press, use=Use.EXTRA, release_s=None)


@LAW
@given(TOUCHES, st.booleans())
def test_where_nothing_is_asked_every_press_is_extra_or_a_bounce(
    touches: tuple[Touch, ...], filtered: bool
) -> None:
    verdicts = clinical_verdicts((), recorded(touches), replace(PLAIN, bounce_s=0.05 * filtered))
    assert verdicts.judgements == ()
    assert {p.use for p in verdicts.presses} <= {Use.EXTRA, Use.BOUNCE}


@pytest.mark.parametrize(
    ("picture", "notes", "presses"),
    [
        ("---N---/---v---", ["perfect"], ["hit"]),
        ("---N---/-------", ["omission"], []),
        ("---N----/--------v", ["hit"], ["hit"]),  # late beyond every window, and still the note's
        (
            "--N-N-N-N-N----/----v-v-v-v-v--",  # each press lies on the next note
            ["great"] * 5,
            ["hit"] * 5,
        ),
        (
            "--N-N-N-N-N-N-N-N-/--v-v-v---v-v-v-v",
            ["perfect", "perfect", "perfect", "omission", "perfect", "perfect", "perfect", "perfect"],
            ["hit"] * 7,
        ),
        (
            "--N-N-N-N-N-N-----/--v-v-v-v-v-v-v---",
            ["perfect"] * 6,
            ["hit"] * 6 + ["extra"],
        ),
        ("--N-----N-----N---/--v-v---v-----v-v-", ["perfect"] * 3, ["hit", "extra", "hit", "hit", "extra"]),
    ],
)
def test_strokes_on_one_key_keep_their_order(picture: str, notes: list[str], presses: list[str]) -> None:
    verdicts = judged(picture)
    assert notes_told(verdicts) == notes
    assert presses_told(verdicts) == presses


@pytest.mark.parametrize(
    ("plays", "note", "press"),
    [
        ("---x-------", "wrong_key", "wrong_key"),
        ("-----x-----", "wrong_key", "wrong_key"),
        ("----------x", "omission", "extra"),
    ],
)
def test_another_key_about_the_time_of_a_note_that_nothing_plays_is_its_wrong_key(
    plays: str, note: str, press: str
) -> None:
    verdicts = judged(f"---N-------/{plays}")
    assert (notes_told(verdicts), presses_told(verdicts)) == ([note], [press])


def test_a_trill_that_starts_late_keeps_its_strokes() -> None:
    verdicts = judged(
        """
        N---N---N---N---N---/--v---v---v---v---v--
        --N---N---N---N---N-/----v---v---v---v---v
        """,
        unit_s=0.06,
    )
    assert {j.asynchrony_s for j in verdicts.judgements} == {0.12}
    assert verdicts.bias_s == 0.12


def test_a_chord_in_any_order_is_hit_throughout() -> None:
    verdicts = judged(
        """
        ---N-------N---/----v-------v--
        ---N-------N---/--v-------v----
        ---N-------N---/---v-------v---
        """,
        unit_s=0.06,
    )
    assert [j.verdict for j in verdicts.judgements] == [Verdict.HIT] * 6


def test_a_bar_left_out_leaves_the_bars_about_it_as_they_are() -> None:
    verdicts = judged(
        """
        N---N---N---N---N---N---N---N---/v---v-----------v---v---v---v---
        --N---N---N---N---N---N---N---N-/--v---v-----------v---v---v---v-
        """
    )
    omitted = [j.note.index for j in verdicts.judgements if j.verdict is Verdict.OMISSION]
    assert omitted == [4, 5, 6, 7]
    assert set(presses_told(verdicts)) == {"hit"}


def test_a_hand_to_the_side_makes_wrong_keys_and_one_shift() -> None:
    notes = tuple(Note(i, 0.5 * i, 0.4, (60, 62, 64, 65)[i * 7 % 4]) for i in range(36))
    to = {60: 62, 62: 64, 64: 65, 65: 67}
    played = tuple(replace(n, pitch=to[n.pitch]) if 12 <= n.index < 24 else n for n in notes)
    verdicts = clinical_verdicts(notes, recorded(pressed(played, 0.03)), PLAIN)
    wrong = [j for j in verdicts.judgements if j.verdict is Verdict.WRONG_KEY]
    assert {j.note.index for j in wrong} == set(range(12, 24))
    assert {j.asynchrony_s for j in wrong} == {0.03}
    assert [(s.keys, s.begins_s, s.ends_s, s.notes) for s in verdicts.shifts] == [(1, 6.0, 11.5, 12)]


def test_what_the_settings_call_a_bounce_is_one_unless_a_note_needs_it() -> None:
    bouncy = replace(PLAIN, bounce_s=0.15)
    assert presses_told(judged("--N-----N-----/--v^v---v^v---", bouncy)) == ["hit", "bounce", "hit", "bounce"]
    assert presses_told(judged("--N-N-N-N-----/--v^v^v^v^----", bouncy)) == ["hit"] * 4


def test_a_grade_is_given_within_the_windows_only() -> None:
    late = clinical_verdicts(STEADY, recorded(pressed(STEADY, 0.4)), PLAIN)
    assert [j.grade for j in late.judgements] == [None] * 9
    assert {j.asynchrony_s for j in late.judgements} == {0.4}


def test_the_stations_offsets_are_taken_off() -> None:
    offset = replace(PLAIN, input_offset_s=0.01, audio_offset_s=0.05)
    verdicts = clinical_verdicts(STEADY, recorded(pressed(STEADY, 0.08)), offset)
    assert verdicts.bias_s == pytest.approx(0.02)


def test_a_held_note_says_how_it_was_let_go_where_that_is_asked() -> None:
    touches: tuple[Touch, ...] = tuple(t for t in pressed(STEADY) if not isinstance(t, Release))
    touches += tuple(Release(n.end_s + 0.15, n.pitch) for n in STEADY)
    asked = clinical_verdicts(STEADY, recorded(touches), replace(PLAIN, release=True))
    assert {n: let_go.asynchrony_s for n, let_go in asked.let_go.items()} == dict.fromkeys(range(9), 0.15)
    assert clinical_verdicts(STEADY, recorded(touches), PLAIN).let_go == {}


def test_what_is_pressed_in_a_pause_is_not_heard() -> None:
    verdicts = clinical_verdicts(STEADY, wound_back(*pressed(STEADY[:2]), Press(5.0, 60)), PLAIN)
    assert len(verdicts.presses) == 2


def test_after_a_pause_notes_that_were_done_with_are_not_asked_again() -> None:
    first = pressed(STEADY[:2])  # at 1 and 2 s; the third is due at 3 s, and at 3.05 s the run pauses
    again = [Press(9.0 + n.onset_s, n.pitch) for n in STEADY[1:]]
    verdicts = clinical_verdicts(STEADY, wound_back(*first, *again), PLAIN)
    assert [j.press for j in verdicts.judgements] == [0, 1, 3, 4, 5, 6, 7, 8, 9]
    assert [p.use for p in verdicts.presses] == [Use.HIT] * 2 + [Use.EXTRA] + [Use.HIT] * 7
    assert {j.asynchrony_s for j in verdicts.judgements} == {0.0}


def test_a_note_played_just_before_a_pause_keeps_that_press() -> None:
    first = pressed(STEADY[:3])
    again = [Press(9.0 + n.onset_s, n.pitch) for n in STEADY[3:]]
    verdicts = clinical_verdicts(STEADY, wound_back(*first, *again), PLAIN)
    assert [j.verdict for j in verdicts.judgements] == [Verdict.HIT] * 9


def test_notes_that_a_run_did_not_reach_are_not_asked() -> None:
    stopped = replace(recorded(pressed(STEADY[:4])), ended=Ended.STOPPED, reached_s=5.31)
    told = [(j.note.index, j.verdict) for j in clinical_verdicts(STEADY, stopped, PLAIN).judgements]
    assert told == [(i, Verdict.HIT) for i in range(4)] + [(4, Verdict.OMISSION)]


def test_a_constant_latency_moves_every_asynchrony_by_itself() -> None:
    kind = next(kind for kind in KINDS if kind.name == "tremor")
    recording = recording_of(kind.perform(Random(4)))
    exact = tuple(replace(t, time_s=round(t.time_s, 4)) for t in recording.touches)
    later = tuple(replace(t, time_s=round(t.time_s + 0.13, 4)) for t in exact)
    before = clinical_verdicts(kind.notes, recorded(exact), kind.conditions)
    after = clinical_verdicts(kind.notes, recorded(later), kind.conditions)
    for one, other in zip(before.judgements, after.judgements, strict=True):
        assert (one.verdict, one.press) == (other.verdict, other.press)
        if one.asynchrony_s is not None:
            assert other.asynchrony_s == pytest.approx(one.asynchrony_s + 0.13, abs=1e-9)
