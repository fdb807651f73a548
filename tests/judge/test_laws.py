"""Laws that hold for every level and every hand."""

from collections import Counter
from dataclasses import replace
from math import inf
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from game.judge.conditions import Conditions
from game.judge.judge import Judge
from game.judge.recorded import judge_recording
from game.judge.verdicts import Judgement, LetGo, Use, Verdict, Verdicts
from game.judge.windows import HitWindows
from game.music.note import Note, Press, Release, Touch
from tests import strategies
from tests.pictures import recorded
from tests.strategies import LAW

NOTES, TOUCHES, CONDITIONS = strategies.notes(), strategies.touches(), strategies.conditions()


def told(judge: Judge, touch: Touch) -> list[Judgement | LetGo]:
    ended = judge.advance(touch.time_s)
    if isinstance(touch, Press):
        return [*ended, *judge.press(touch)]
    let_go = judge.release(touch)
    return [*ended] if let_go is None else [*ended, let_go]


def hits(verdicts: Verdicts) -> set[int]:
    return {j.note.index for j in verdicts.judgements if j.verdict is Verdict.HIT}


@LAW
@given(NOTES, TOUCHES, CONDITIONS)
def test_each_note_is_judged_exactly_once(
    notes: tuple[Note, ...], touches: tuple[Touch, ...], conditions: Conditions
) -> None:
    judge = Judge(notes, conditions)
    said = [j for touch in touches for j in told(judge, touch)] + list(judge.advance(inf))
    assert Counter(j.note.index for j in said if isinstance(j, Judgement)) == Counter(n.index for n in notes)
    assert judge.done
    assert [j.note for j in judge.verdicts().judgements] == list(notes)


@LAW
@given(NOTES, TOUCHES, CONDITIONS)
def test_each_press_has_one_use_and_serves_one_note_at_most(
    notes: tuple[Note, ...], touches: tuple[Touch, ...], conditions: Conditions
) -> None:
    verdicts = judge_recording(notes, recorded(touches), conditions)
    presses = [t for t in touches if isinstance(t, Press)]
    assert [p.pitch for p in verdicts.presses] == [p.pitch for p in presses]
    used = Counter(j.press for j in verdicts.judgements if j.press is not None)
    assert all(count == 1 for count in used.values())
    served = {p.index for p in verdicts.presses if p.use in (Use.HIT, Use.WRONG_KEY)}
    assert served == set(used)


@LAW
@given(NOTES, TOUCHES, CONDITIONS)
def test_a_judgement_and_its_press_say_the_same(
    notes: tuple[Note, ...], touches: tuple[Touch, ...], conditions: Conditions
) -> None:
    verdicts = judge_recording(notes, recorded(touches), conditions)
    for judgement in verdicts.judgements:
        press = verdicts.press_of(judgement)
        if press is None:
            assert judgement == Judgement(judgement.note, Verdict.OMISSION)
        else:
            assert (press.pitch == judgement.note.pitch) or judgement.verdict is Verdict.WRONG_KEY
            assert press.use == judgement.verdict.value
            assert judgement.asynchrony_s == round(press.time_s - judgement.note.onset_s, 4)
            assert abs(judgement.asynchrony_s) <= conditions.windows.good_s + 1e-9


@LAW
@given(NOTES, TOUCHES, CONDITIONS)
def test_as_many_notes_as_presses_are_wrong_keys(
    notes: tuple[Note, ...], touches: tuple[Touch, ...], conditions: Conditions
) -> None:
    verdicts = judge_recording(notes, recorded(touches), conditions)
    wrong_notes = sum(j.verdict is Verdict.WRONG_KEY for j in verdicts.judgements)
    assert wrong_notes == sum(p.use is Use.WRONG_KEY for p in verdicts.presses)


@LAW
@given(NOTES, TOUCHES, CONDITIONS, st.lists(strategies.ms(-600, 6000), max_size=40))
def test_how_often_the_judge_is_told_the_time_changes_nothing(
    notes: tuple[Note, ...], touches: tuple[Touch, ...], conditions: Conditions, times_s: list[float]
) -> None:
    seldom, often = Judge(notes, conditions), Judge(notes, conditions)
    said_seldom = [j for touch in touches for j in told(seldom, touch)] + list(seldom.advance(inf))
    said_often: list[Judgement | LetGo] = []
    happened: list[Touch | float] = sorted([*touches, *times_s], key=lambda h: _when(h))
    for thing in happened:
        said_often += often.advance(thing) if isinstance(thing, float) else told(often, thing)
    said_often += often.advance(inf)
    assert said_often == said_seldom
    assert often.verdicts() == seldom.verdicts()


def _when(thing: Touch | float) -> tuple[float, bool]:
    """A time is told after the presses of that time."""
    return (thing, True) if isinstance(thing, float) else (thing.time_s, False)


@LAW
@given(NOTES, TOUCHES, CONDITIONS, st.integers(0, 40_000_000).map(lambda n: n / 10_000))
def test_moving_everything_by_one_time_leaves_the_verdicts(
    notes: tuple[Note, ...], touches: tuple[Touch, ...], conditions: Conditions, by_s: float
) -> None:
    later_notes = tuple(replace(n, onset_s=n.onset_s + by_s) for n in notes)
    later = tuple(replace(t, time_s=t.time_s + by_s) for t in touches)
    here = judge_recording(notes, recorded(touches), conditions)
    there = judge_recording(later_notes, recorded(later), conditions)
    assert [_worth(j) for j in here.judgements] == [_worth(j) for j in there.judgements]
    assert [p.use for p in here.presses] == [p.use for p in there.presses]
    assert [(i, g.asynchrony_s, g.grade) for i, g in here.let_go.items()] == [
        (i, g.asynchrony_s, g.grade) for i, g in there.let_go.items()
    ]


def _worth(judgement: Judgement) -> tuple[object, ...]:
    j = judgement
    return j.note.index, j.verdict, j.press, j.asynchrony_s, j.grade


@LAW
@given(NOTES, TOUCHES, CONDITIONS, strategies.ms(-150, 150), st.booleans())
def test_an_offset_is_the_same_as_pressing_that_much_earlier(
    notes: tuple[Note, ...], touches: tuple[Touch, ...], conditions: Conditions, by_s: float, ear: bool
) -> None:
    if ear:
        moved = replace(conditions, audio_offset_s=conditions.audio_offset_s + by_s)
    else:
        moved = replace(conditions, input_offset_s=conditions.input_offset_s + by_s)
    earlier = tuple(replace(t, time_s=t.time_s - by_s) for t in touches)
    assert judge_recording(notes, recorded(touches), moved) == judge_recording(
        notes, recorded(earlier), conditions
    )


@LAW
@given(strategies.ms(-100, 100), strategies.ms(-100, 100))
def test_the_asynchrony_moves_by_exactly_the_offset(press_s: float, offset_s: float) -> None:
    note, press = Note(0, 1.0, 0.5, 60), Press(1.0 + press_s, 60)
    conditions = Conditions(HitWindows(0.1, 0.2, 0.3), input_offset_s=offset_s)
    judgement = judge_recording((note,), recorded((press,)), conditions).judgements[0]
    assert judgement.asynchrony_s == round(press_s - offset_s, 4)


@LAW
@given(strategies.notes(), strategies.windows())
def test_perfect_presses_are_all_hits_without_asynchrony(notes: tuple[Note, ...], hit: HitWindows) -> None:
    presses = tuple(Press(n.onset_s, n.pitch) for n in notes)
    verdicts = judge_recording(notes, recorded(presses), Conditions(hit))
    assert [(j.verdict, j.asynchrony_s) for j in verdicts.judgements] == [(Verdict.HIT, 0.0)] * len(notes)
    assert all(p.use is Use.HIT for p in verdicts.presses)


@LAW
@given(NOTES, CONDITIONS)
def test_without_presses_every_note_is_an_omission(notes: tuple[Note, ...], conditions: Conditions) -> None:
    verdicts = judge_recording(notes, recorded(()), conditions)
    assert [j.verdict for j in verdicts.judgements] == [Verdict.OMISSION] * len(notes)


@LAW
@given(NOTES, TOUCHES, CONDITIONS, strategies.ms(-500, 5000), st.integers(58, 66))
def test_one_more_press_never_makes_fewer_hits(
    notes: tuple[Note, ...], touches: tuple[Touch, ...], conditions: Conditions, time_s: float, pitch: int
) -> None:
    # With a bounce time it may: the press after it becomes its bounce.
    conditions = replace(conditions, bounce_s=0.0)
    before = judge_recording(notes, recorded(touches), conditions)
    after = judge_recording(notes, recorded((*touches, Press(time_s, pitch))), conditions)
    assert hits(before) <= hits(after)
    assert len(hits(after) - hits(before)) <= 1


@LAW
@given(NOTES, TOUCHES, CONDITIONS)
def test_wrong_keys_never_cost_a_hit(
    notes: tuple[Note, ...], touches: tuple[Touch, ...], conditions: Conditions
) -> None:
    strangers = tuple(replace(t, pitch=t.pitch + 24) for t in touches)
    perfect = tuple(Press(n.onset_s + conditions.offset_s, n.pitch) for n in notes)
    conditions = replace(conditions, bounce_s=0.0)
    verdicts = judge_recording(notes, recorded((*strangers, *perfect)), conditions)
    assert len(hits(verdicts)) == len(notes)
    assert all(p.use is Use.EXTRA for p in verdicts.presses if p.pitch > 80)


@LAW
@given(NOTES, TOUCHES, CONDITIONS, st.integers(0, 2**32))
def test_judging_again_gives_the_same_whatever_the_order_of_notes(
    notes: tuple[Note, ...], touches: tuple[Touch, ...], conditions: Conditions, seed: int
) -> None:
    mixed = list(notes)
    Random(seed).shuffle(mixed)
    first = judge_recording(notes, recorded(touches), conditions)
    assert judge_recording(notes, recorded(touches), conditions) == first
    assert judge_recording(tuple(mixed), recorded(touches), conditions) == first


@LAW
@given(NOTES, TOUCHES, CONDITIONS)
def test_releases_never_change_the_verdict_on_a_note(
    notes: tuple[Note, ...], touches: tuple[Touch, ...], conditions: Conditions
) -> None:
    conditions = replace(conditions, bounce_s=0.0)
    presses = tuple(t for t in touches if isinstance(t, Press))
    with_releases = judge_recording(notes, recorded(touches), conditions)
    assert judge_recording(notes, recorded(presses), conditions).judgements == with_releases.judgements


@LAW
@given(NOTES, TOUCHES, CONDITIONS)
def test_releases_that_the_program_made_say_nothing_about_the_hand(
    notes: tuple[Note, ...], touches: tuple[Touch, ...], conditions: Conditions
) -> None:
    made = tuple(replace(t, synthetic=True) if isinstance(t, Release) else t for t in touches)
    verdicts = judge_recording(notes, recorded(made), conditions)
    assert all(p.dwell_s is None for p in verdicts.presses)
    assert verdicts.let_go == {}


@LAW
@given(NOTES, TOUCHES, CONDITIONS, strategies.ms(-500, 6000))
def test_what_was_not_reached_was_not_asked_and_the_rest_is_judged_as_ever(
    notes: tuple[Note, ...], touches: tuple[Touch, ...], conditions: Conditions, reached_s: float
) -> None:
    conditions = replace(conditions, input_offset_s=0.0, audio_offset_s=0.0)
    heard = tuple(t for t in touches if t.time_s <= reached_s)
    whole = judge_recording(notes, recorded(touches), conditions)
    part = judge_recording(notes, replace(recorded(heard), reached_s=reached_s), conditions)
    assert set(part.judgements) <= set(whole.judgements)
    for judgement in set(whole.judgements) - set(part.judgements):
        assert judgement.note.onset_s + conditions.windows.good_s >= reached_s
