"""Where a press counts for the nearest key asked: any key for one note, bands of keys for a few."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.judge.clinical.record import clinical_verdicts
from game.judge.conditions import BAND_BOUNCE_S, Conditions
from game.judge.recorded import judge_recording
from game.judge.verdicts import Use, Verdict
from game.judge.windows import HitWindows
from game.music.keyboard import nearest
from game.music.note import Note, Press
from tests.pictures import recorded

WINDOWS = HitWindows(0.2, 0.4, 0.6)
WAYS = pytest.mark.parametrize("judged", [judge_recording, clinical_verdicts])
ONE_KEY = tuple(Note(i, 2.0 + 2 * i, 1.0, 60) for i in range(6))
THREE = tuple(Note(i, 2.0 + 2 * i, 1.0, pitch) for i, pitch in enumerate((60, 65, 71, 65, 60, 71)))


def bands(notes: tuple[Note, ...]) -> Conditions:
    return Conditions(
        WINDOWS, bounce_s=BAND_BOUNCE_S, nearest_of=tuple(sorted({note.pitch for note in notes}))
    )


@WAYS
@given(pitches=st.lists(st.integers(0, 127), min_size=6, max_size=6))
def test_where_one_key_is_asked_any_key_is_a_hit(judged: object, pitches: list[int]) -> None:
    presses = tuple(Press(n.onset_s + 0.05, p) for n, p in zip(ONE_KEY, pitches, strict=True))
    verdicts = judged(ONE_KEY, recorded(presses), bands(ONE_KEY))  # type: ignore[operator]
    assert [j.verdict for j in verdicts.judgements] == [Verdict.HIT] * 6


@WAYS
def test_a_hand_that_comes_down_on_many_keys_has_pressed_once(judged: object) -> None:
    presses = tuple(
        Press(n.onset_s + 0.01 * i, pitch) for n in ONE_KEY for i, pitch in enumerate((57, 58, 60, 64))
    )
    verdicts = judged(ONE_KEY, recorded(presses), bands(ONE_KEY))  # type: ignore[operator]
    uses = [press.use for press in verdicts.presses]
    assert (uses.count(Use.HIT), uses.count(Use.BOUNCE)) == (6, 18)


@WAYS
def test_a_key_of_another_band_is_the_wrong_one(judged: object) -> None:
    presses = [Press(n.onset_s, n.pitch + 2) for n in THREE]
    presses[2] = Press(THREE[2].onset_s, 61)
    verdicts = judged(THREE, recorded(tuple(presses)), bands(THREE))  # type: ignore[operator]
    wrong = [j.note.index for j in verdicts.judgements if j.verdict is not Verdict.HIT]
    assert wrong == [2]


@given(st.integers(0, 127), st.sets(st.integers(0, 127)))
def test_no_key_asked_is_nearer_than_the_nearest(pitch: int, asked: set[int]) -> None:
    found = nearest(pitch, sorted(asked))
    assert found in (asked or {pitch})
    assert all(abs(found - pitch) <= abs(other - pitch) for other in asked)
