"""The judge's rules as pictures. Windows: perfect 100 ms, great 200, good 300, unless a test says more."""

from dataclasses import replace

import pytest

from game.judge.conditions import Conditions
from game.judge.verdicts import Verdicts
from game.judge.windows import Grade, HitWindows
from tests.pictures import WIDE, notes_told, presses_told, read

PLAIN = Conditions(WIDE)


def judged(picture: str, conditions: Conditions = PLAIN, unit_s: float = 0.1) -> Verdicts:
    return read(picture, unit_s).judged(conditions)


@pytest.mark.parametrize(
    ("picture", "note", "presses"),
    [
        ("---N---/---v---", "perfect", ["hit"]),
        ("---N---/----v--", "perfect", ["hit"]),
        ("---N---/--v----", "perfect", ["hit"]),
        ("---N---/-----v-", "great", ["hit"]),
        ("---N---/-v-----", "great", ["hit"]),
        ("---N---/------v", "good", ["hit"]),
        ("---N---/v------", "good", ["hit"]),
        ("---N----/-------v", "omission", ["extra"]),
        ("----N---/v-------", "omission", ["extra"]),
        ("---N---/-------", "omission", []),
    ],
)
def test_one_note_is_graded_by_how_early_or_late_its_press_comes(
    picture: str, note: str, presses: list[str]
) -> None:
    verdicts = judged(picture)
    assert notes_told(verdicts) == [note]
    assert presses_told(verdicts) == presses


def test_early_is_negative_and_late_is_positive() -> None:
    verdicts = judged("---N-------N---/-v-----------v-")
    assert [j.asynchrony_s for j in verdicts.judgements] == [-0.2, 0.2]


def test_a_second_press_of_a_note_that_is_hit_is_extra() -> None:
    verdicts = judged("--N----/--v-v--")
    assert notes_told(verdicts) == ["perfect"]
    assert presses_told(verdicts) == ["hit", "extra"]


def test_presses_where_nothing_is_asked_are_extra() -> None:
    verdicts = judged("------------N--/v--v-----------")
    assert notes_told(verdicts) == ["omission"]
    assert presses_told(verdicts) == ["extra", "extra"]


@pytest.mark.parametrize(
    ("picture", "note", "presses"),
    [
        ("---N----/---x----", "wrong_key", ["wrong_key"]),  # another key instead
        ("---N----/x-------", "wrong_key", ["wrong_key"]),  # just inside the window
        ("---N----/------x-", "wrong_key", ["wrong_key"]),
        ("----N---/x-------", "omission", ["extra"]),  # just outside
        ("---N----/-------x", "omission", ["extra"]),
        ("---N----/---x-v--", "great", ["extra", "hit"]),  # corrected in time
        ("---N----/---x---v", "wrong_key", ["wrong_key", "extra"]),  # corrected too late
        ("---N----/---v-x--", "perfect", ["hit", "extra"]),  # a slip after the hit
        ("---N----/--xx----", "wrong_key", ["extra", "wrong_key"]),  # the nearer try is taken
    ],
)
def test_another_key_in_the_window_is_a_wrong_key_unless_it_is_corrected(
    picture: str, note: str, presses: list[str]
) -> None:
    verdicts = judged(picture)
    assert notes_told(verdicts) == [note]
    assert presses_told(verdicts) == presses


def test_the_asynchrony_of_a_wrong_key_is_that_of_the_press_taken_for_it() -> None:
    wrong = judged("---N----/-----x--").judgements[0]
    assert (wrong.press, wrong.asynchrony_s, wrong.grade) == (0, 0.2, None)


def test_swapped_fingers_are_two_wrong_keys() -> None:
    verdicts = judged(
        """
        --N-------/------v---
        ------N---/--v-------
        """
    )
    assert notes_told(verdicts) == ["wrong_key", "wrong_key"]
    assert presses_told(verdicts) == ["wrong_key", "wrong_key"]


def test_a_slip_between_two_notes_belongs_to_the_nearer() -> None:
    verdicts = judged(
        """
        --N--------/----------
        ------N----/----------
        -----------/-----v----
        """
    )
    assert notes_told(verdicts) == ["omission", "wrong_key"]


def test_a_chord_is_so_many_notes_each_with_its_own_time() -> None:
    verdicts = judged(
        """
        ---N---/--v----
        ---N---/---v---
        ---N---/-----v-
        """
    )
    assert [j.asynchrony_s for j in verdicts.judgements] == [-0.1, 0.0, 0.2]


def test_a_chord_may_be_hit_in_part() -> None:
    verdicts = judged(
        """
        ---N---/---v---
        ---N---/-------
        ---N---/---v---
        """
    )
    assert notes_told(verdicts) == ["perfect", "omission", "perfect"]


def test_a_chord_shifted_by_one_key_is_one_wrong_key() -> None:
    verdicts = judged(
        """
        ---N---/-------
        ---N---/---v---
        ---N---/---v---
        -------/---v---
        """
    )
    assert notes_told(verdicts) == ["wrong_key", "perfect", "perfect"]


def test_a_chord_on_other_keys_throughout_is_a_wrong_key_for_each_note() -> None:
    verdicts = judged(
        """
        -------/-------
        ---N---/-------
        ---N---/-------
        -------/---v---
        -------/----v--
        """
    )
    assert notes_told(verdicts) == ["wrong_key", "wrong_key"]
    assert presses_told(verdicts) == ["wrong_key", "wrong_key"]


def test_one_slip_is_a_wrong_key_for_one_note_of_a_chord_only() -> None:
    verdicts = judged(
        """
        ---N---/-------
        ---N---/-------
        -------/---v---
        """
    )
    assert sorted(notes_told(verdicts)) == ["omission", "wrong_key"]


@pytest.mark.parametrize(
    ("picture", "notes"),
    [
        # one character is 20 ms; 11 of them are 220 ms, of which 0.45 are 99 ms
        ("-----N----------N-----/---------v-----------", ["perfect", "omission"]),  # +80 ms
        ("-----N----------N-----/----------v----------", ["omission", "omission"]),  # +100, −120 ms
        ("-----N----------N-----/------------v--------", ["omission", "perfect"]),  # −80 ms
        ("-----N----------N-----/-----v----------v----", ["perfect", "perfect"]),
    ],
)
def test_in_fast_repeats_a_press_belongs_to_one_note_at_most(picture: str, notes: list[str]) -> None:
    assert notes_told(judged(picture, unit_s=0.02)) == notes


def test_a_repeat_left_out_does_not_shift_the_others() -> None:
    verdicts = judged("-N---N---N---N-/-v-------v---v-")
    assert notes_told(verdicts) == ["perfect", "omission", "perfect", "perfect"]


HELD = replace(PLAIN, release=True)


@pytest.mark.parametrize(
    ("picture", "late_s", "grade"),
    [
        ("-N===-----/-v---^----", 0.0, Grade.PERFECT),
        ("-N===-----/-v--^-----", -0.1, Grade.PERFECT),
        ("-N===-----/-v-----^--", 0.2, Grade.GREAT),
        ("-N===-----/-v------^-", 0.3, Grade.GOOD),
        ("-N===-----/-v-------^", 0.4, None),
        ("-N===-----/--v---^---", 0.1, Grade.PERFECT),  # pressed late, let go late
    ],
)
def test_letting_go_is_graded_by_when_the_note_should_end(
    picture: str, late_s: float, grade: Grade | None
) -> None:
    let_go = judged(picture, HELD).let_go[0]
    assert (let_go.asynchrony_s, let_go.grade) == (late_s, grade)


@pytest.mark.parametrize(
    "picture",
    [
        "-N===-----/-v--------",  # never let go
        "-N===-----/-x---^----",  # another key held
        "-N===-----/-----v-^--",  # pressed too late for a hit
    ],
)
def test_only_a_hit_that_was_let_go_has_an_end(picture: str) -> None:
    assert judged(picture, HELD).let_go == {}


def test_letting_go_is_not_judged_where_it_is_not_asked() -> None:
    verdicts = judged("-N===-----/-v---^----")
    assert verdicts.let_go == {}
    assert verdicts.presses[0].dwell_s == 0.4


def test_a_new_press_counts_though_the_key_is_still_down() -> None:
    verdicts = judged("-N-----N----/-v-----v-^--")
    assert notes_told(verdicts) == ["perfect", "perfect"]
    assert [p.dwell_s for p in verdicts.presses] == [None, 0.2]


def test_a_release_without_a_press_changes_nothing() -> None:
    verdicts = judged("-N-----/^v-^--^")
    assert notes_told(verdicts) == ["perfect"]
    assert [p.release_s for p in verdicts.presses] == [0.3]


TREMOR = replace(PLAIN, bounce_s=0.1)


@pytest.mark.parametrize(
    ("picture", "presses"),
    [
        # one character is 20 ms; the bounce time is five of them, from the last release
        ("-N---------------/-v-^---v--------", ["hit", "bounce"]),
        ("-N---------------/-v-^----v-------", ["hit", "extra"]),
        ("-N---------------/-v-^--v^--v^----", ["hit", "bounce", "bounce"]),  # each bounce starts it anew
        ("-N---------------/-v---v----------", ["hit", "bounce"]),  # still down: from the press
        ("-N---------------/-v-----v--------", ["hit", "extra"]),
        ("-N---------------/-v-^-x----------", ["hit", "extra"]),  # another key is no bounce
    ],
)
def test_a_press_too_soon_on_the_same_key_is_a_bounce(picture: str, presses: list[str]) -> None:
    assert presses_told(judged(picture, TREMOR, unit_s=0.02)) == presses


def test_a_bounce_neither_hits_a_note_nor_makes_it_a_wrong_key() -> None:
    conditions = Conditions(HitWindows(0.02, 0.04, 0.06), bounce_s=0.1)
    verdicts = judged(
        """
        -N-------------/-v-^--v--------
        -------N-------/---------------
        """,
        conditions,
        unit_s=0.02,
    )
    assert notes_told(verdicts) == ["perfect", "omission"]
    assert presses_told(verdicts) == ["hit", "bounce"]


def test_without_a_bounce_time_every_press_counts() -> None:
    verdicts = judged("-N----------/-v^v-v------", unit_s=0.02)
    assert presses_told(verdicts) == ["hit", "extra", "extra"]


def test_one_press_hits_one_of_two_equal_notes() -> None:
    picture = read("--N--/--v--")
    twice = replace(picture, notes=(*picture.notes, replace(picture.notes[0], index=1)))
    assert notes_told(twice.judged(PLAIN)) == ["perfect", "omission"]


def test_a_note_of_no_length_is_hit_and_let_go_like_any() -> None:
    picture = read("--N--/--v-^")
    short = replace(picture, notes=(replace(picture.notes[0], duration_s=0.0),))
    assert short.judged(HELD).let_go[0].asynchrony_s == 0.2
