"""The levels that come with the program: whole, playable, worded kindly; and how a level is found."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import pytest

from game.app.conditions import plain_conditions
from game.app.simulation import simulated_run
from game.arrange.difficulty.difficulty import difficulty
from game.arrange.other_hand import for_hand
from game.coach.ladder import in_ramp_order
from game.errors import UserError
from game.judge.conditions import Conditions
from game.judge.recorded import judge_recording
from game.judge.verdicts import Use, Verdict
from game.judge.windows import Grade, HitWindows
from game.library.files import (
    LevelFileError,
    check_levels,
    find_level,
    level_text,
    library,
    parse_level,
)
from game.library.levels.models import FAMILIES
from game.library.places import data_folder
from game.midi.simulated import Simulated
from game.music.device import Device, DeviceKind
from game.music.level import HandChoice, Instrument, Level
from game.music.note import Press, Release, Touch
from game.music.recording import Recording
from game.music.timeline import Timeline
from game.settings import BAND_STARTS, Band
from game.words import title_parts
from tests import levels
from tests.guide import GUIDE, written
from tests.ladder import LEFT, RIGHT, exercises, twin

FOLDER = data_folder("levels")
WHOLE = levels.LIBRARY
LIBRARY = tuple(level for level in WHOLE if not level.origin)
"""Levels with a file of their own; those that are made from songs have their own laws."""
BY_ID = {level.id: level for level in LIBRARY}
RAMP = tuple(level for level in LIBRARY if not level.probe)
EXERCISES = tuple(level for level in RAMP if level.family != "song")
APART = tuple(level for level in LIBRARY if level.hand is not HandChoice.LEFT or level.family == "song")
"""Those of the left hand are the mirror of the right hand's, as a law below says."""

STEPS = 20
LONGEST_HOLD_S = 20.0
MOST_NOTES_PER_S = {"explore": 0.25, "single-finger": 1.5, "press-release": 0.5, "entrainment": 2.0}
"""Onsets a second, by family; 2.5 elsewhere. Proposals for a clinician to sign off."""


BANNED = (
    r"wrong|miss|misses|missed|late|early|slow\w*|fail\w*|bad|badly|oops|errors?|incorrect|poor\w*|weak\w*"
    r"|worse|time's up|too"
)
"""Words of judgement that no patient is shown."""


def named(levels: tuple[Level, ...]) -> list[str]:
    return [level.id for level in levels]


def played(level: Level) -> Recording:
    """A recording of somebody who is always on time."""
    notes = level.notes_at()
    touches: list[Touch] = [Press(n.onset_s, n.pitch) for n in notes]
    touches += [Release(n.end_s - 0.01, n.pitch) for n in notes]
    touches.sort(key=lambda touch: touch.time_s)
    return Recording(tuple(touches), Timeline.identity(), Device(DeviceKind.SCRIPTED, "a steady hand"))


def offenders(levels: Iterable[Level], holds: Callable[[Level], object]) -> list[str]:
    """The levels of which something does not hold, by name."""
    return [level.id for level in levels if not holds(level)]


def all_hits(level: Level, band: Band) -> bool:
    conditions = Conditions(HitWindows(*BAND_STARTS[band].windows_s))
    verdicts = judge_recording(level.notes_at(), played(level), conditions)
    hits = [(j.verdict, j.grade) for j in verdicts.judgements]
    used = {p.use for p in verdicts.presses}
    return hits == [(Verdict.HIT, Grade.PERFECT)] * len(level.notes) and used == {Use.HIT}


@pytest.mark.parametrize("band", Band)
def test_a_level_played_on_time_is_all_hits(band: Band) -> None:
    assert not offenders(APART, lambda level: all_hits(level, band))


def test_a_level_is_worded_kindly_and_briefly() -> None:
    banned = re.compile(rf"\b({BANNED})\b", re.IGNORECASE)

    def kind(level: Level) -> bool:
        texts = (*title_parts(level.title), level.aim, *filter(None, [level.caution]))
        return all(not banned.search(text) and 1 <= len(text.split()) <= 9 for text in texts)

    assert not offenders(LIBRARY, kind)
    assert not offenders(LIBRARY, lambda level: level.aim.endswith("."))
    assert not offenders(EXERCISES, lambda level: level.caution.endswith("."))


def test_an_exercise_is_short_or_long_and_says_which_finger_plays_unless_any_may() -> None:
    short = {level.id for level in EXERCISES if 30 <= level.length_s() <= 60}
    long = {level.id for level in EXERCISES if 120 <= level.length_s() <= 180}
    assert not offenders(EXERCISES, lambda level: level.id in short | long)
    assert long == {level.id for level in EXERCISES if level.title.endswith(" · long")}
    told = [(level, n) for level in EXERCISES for n in (*level.notes, *level.unasked)]
    assert not [level.id for level, n in told if n.hand is None]
    assert {level.id for level, n in told if n.finger is None} == {e.id for e in EXERCISES if e.nearest_of}


def test_an_exercise_sounds_like_music_unless_it_is_played_without_it() -> None:
    alone = {"pads", "continuation", "memory"}
    quiet = [level.id for level in EXERCISES if level.family in alone or level.fade]
    assert offenders(EXERCISES, lambda level: level.accompaniment) == quiet


def test_the_felt_beat_lies_where_people_can_feel_it() -> None:
    def felt(level: Level) -> bool:
        return all(0.45 <= 60 / bpm * level.click_beats <= 1.5 for _, bpm in level.tempo.changes)

    assert not offenders(RAMP, felt)


def test_nothing_is_asked_oftener_or_held_longer_than_its_family_may() -> None:
    assert not offenders(EXERCISES, lambda e: e.notes_per_s <= MOST_NOTES_PER_S.get(e.family, 2.5))
    assert not offenders(EXERCISES, lambda e: max(n.duration_s for n in e.notes_at()) <= LONGEST_HOLD_S)
    assert not offenders(EXERCISES, lambda e: 1 <= e.step <= STEPS)


def test_a_level_that_was_read_is_kept_and_read_back_the_same() -> None:
    assert not offenders(LIBRARY, lambda level: parse_level(level_text(level), "kept", json=True) == level)


def test_there_are_160_exercises_and_more_in_every_family_on_every_step() -> None:
    assert len(EXERCISES) >= 160
    assert {level.family for level in EXERCISES} == set(FAMILIES) - {"song", "probe"}
    assert {level.step for level in RAMP} == set(range(1, STEPS + 1))
    for hand in (HandChoice.LEFT, HandChoice.RIGHT):
        assert {level.step for level in EXERCISES if level.hand is hand} >= set(range(1, STEPS))
    instruments = {level.instrument for level in EXERCISES}
    assert instruments == set(Instrument)


@pytest.mark.parametrize("family", sorted(set(FAMILIES) - {"song", "probe"}))
def test_a_family_has_a_short_form_and_a_long_one_in_each_hand_it_is_for(family: str) -> None:
    own = [level for level in EXERCISES if level.family == family]
    assert {level.length_s() > 100 for level in own} >= {False}
    if family not in ("explore", "arpeggios"):
        assert any(level.length_s() > 100 for level in own)
    hands = {level.hand for level in own}
    assert hands in ({HandChoice.BOTH}, {HandChoice.LEFT, HandChoice.RIGHT}, set(HandChoice))


def test_the_left_hand_s_files_are_those_of_the_right_hand_mirrored() -> None:
    for path in exercises(FOLDER):
        if path.stem.endswith(RIGHT):
            other = path.with_name(path.stem.removesuffix(RIGHT) + f"{LEFT}.toml")
            assert other.read_text(encoding="utf-8") == twin(path.read_text(encoding="utf-8")), other.name


def mirrors(level: Level) -> bool:
    """Scales have the other hand's own fingers; all else is mirrored finger by finger."""
    other = BY_ID[level.id.removesuffix(RIGHT) + LEFT]
    if (other.title, other.step, other.tempo) != (level.title, level.step, level.tempo):
        return False
    if level.family in ("scales", "arpeggios"):
        return [n.beat for n in other.notes] == [n.beat for n in level.notes]
    mirrored = for_hand(level, HandChoice.LEFT)
    return (mirrored.notes, mirrored.unasked) == (other.notes, other.unasked)


def test_the_left_hand_is_asked_the_same_fingers_at_the_same_times() -> None:
    assert not offenders((e for e in EXERCISES if e.hand is HandChoice.RIGHT), mirrors)


def test_within_a_family_the_ramp_rises_with_the_difficulty() -> None:
    for hand in HandChoice:
        for family in FAMILIES[:-2]:
            own = [level for level in EXERCISES if (level.hand, level.family) == (hand, family)]
            by_ramp = [round(difficulty(level), 6) for level in in_ramp_order(own)]
            assert by_ramp == sorted(by_ramp), f"{family}: run python -m tests.ladder"


def test_the_ramp_goes_from_easy_to_hard() -> None:
    of_step = [
        [difficulty(level) for level in EXERCISES if (level.step + 3) // 4 == stack] for stack in range(1, 6)
    ]
    means = [sum(every) / len(every) for every in of_step]
    assert means == sorted(means)
    easiest = min(EXERCISES, key=difficulty)
    assert easiest.step == 1


def plays_to_the_end(level: Level) -> bool:
    """Whether all is judged, most is hit, and releases are judged where they are asked."""
    notes = level.notes_at()
    touches = Simulated(omit=0.1, wrong=0.05).play(notes, Random(level.step))
    recording = Recording(touches, Timeline.identity(), Device(DeviceKind.SCRIPTED, "a patient"))
    verdicts = judge_recording(notes, recording, plain_conditions(level, 1.0))
    hits = sum(j.verdict is Verdict.HIT for j in verdicts.judgements)
    whole = len(verdicts.judgements) == len(notes) and bool(verdicts.let_go) is level.release
    return whole and hits >= 0.5 * len(notes)


def test_a_simulated_patient_plays_every_level_from_start_to_end() -> None:
    assert not offenders(LIBRARY, plays_to_the_end)


@pytest.mark.parametrize("family", FAMILIES[:-1])
def test_one_level_of_each_family_runs_to_its_end(family: str) -> None:
    level = min((level for level in LIBRARY if level.family == family), key=Level.length_s)
    verdicts = simulated_run(level, 1.0, Simulated(), 1).verdicts()
    assert len(verdicts.judgements) == len(level.notes)


def test_a_file_is_named_by_its_id_and_starts_with_its_schema_and_its_format() -> None:
    paths = sorted(FOLDER.glob("*.toml"))
    for path in paths:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines()]
        written = [line for line in lines if not line.startswith("#")]
        assert lines[0] == "#:schema ./level.schema.json"
        assert written[:2] == ["format = 1", f'id = "{path.stem}"']
    assert not any(check_levels(paths))


def test_every_note_that_is_pressed_in_a_press_and_release_level_has_its_release_judged() -> None:
    own = [level for level in EXERCISES if level.family == "press-release"]
    assert own
    assert all(level.release for level in own)


# How a level is found

FEW = {"single-index-right", "five-steps-left", "five-steps-right", "ode-to-joy-left", "ode-to-joy-right"}


def copy(folder: Path, name: str, **changed: str) -> Path:
    folder.mkdir(exist_ok=True)
    text = (FOLDER / "single-index-right.toml").read_text(encoding="utf-8")
    for key, value in changed.items():
        text = re.sub(rf"^{key} = .*$", f"{key} = {value}", text, flags=re.MULTILINE)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_library_is_in_the_order_of_the_ramp() -> None:
    order = [(level.step, level.id) for level in WHOLE]
    assert order == sorted(order)


def test_a_level_is_found_by_its_id_and_by_its_file() -> None:
    by_id = find_level("ode-to-joy-left", [FOLDER])
    assert by_id == find_level(FOLDER / "ode-to-joy-left.toml", [])
    assert by_id.id == "ode-to-joy-left"


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A folder with a few of the levels."""
    return levels.a_few(tmp_path / "few", *FEW)


def test_an_id_is_found_in_a_file_of_another_name(few: Path, tmp_path: Path) -> None:
    copy(tmp_path, "monday.toml", id='"for-monday"')
    assert find_level("for-monday", [few, tmp_path]).id == "for-monday"


def test_the_nearest_id_is_offered_for_one_that_is_not_there(few: Path) -> None:
    with pytest.raises(UserError, match='ode-to-joi-left: no such level; did you mean "ode-to-joy-left"'):
        find_level("ode-to-joi-left", [few])
    with pytest.raises(UserError, match="`fingerfall levels` lists them all"):
        find_level("zzzzzz", [few])


def test_an_earlier_folder_counts_more_and_one_that_is_not_there_is_empty(few: Path, tmp_path: Path) -> None:
    copy(tmp_path, "own.toml", id='"single-index-right"', title='"My own"')
    found = {level.id: level for level in library(tmp_path, few, tmp_path / "none")}
    assert found["single-index-right"].title == "My own"
    assert found.keys() == FEW


def test_a_file_with_faults_is_told_and_does_not_take_the_others_away(tmp_path: Path) -> None:
    copy(tmp_path, "good.toml", id='"good"')
    copy(tmp_path, "odd.toml", id='"odd"', step='"first"')
    copy(tmp_path, "twin.toml", id='"good"')
    told: list[UserError] = []
    assert named(library(tmp_path, on_error=told.append)) == ["good"]
    assert [type(error) for error in told] == [LevelFileError, LevelFileError]
    assert 'odd.toml:8: step: "first" is not a whole number' in str(told[0])
    assert 'twin.toml:3: id: "good" is the id of good.toml already' in str(told[1])
    with pytest.raises(LevelFileError, match=r"odd\.toml:8"):
        library(tmp_path)


def test_the_examples_of_the_guide_are_levels_at_the_first_try() -> None:
    exercise, tune, backing = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert parse_level(exercise, "exercise").fingers == (1, 2, 3)
    assert len(parse_level(tune, "tune").notes) == 2
    for text in (exercise, tune):
        assert parse_level(text + backing, "with a backing").accompaniment


def test_the_tables_of_the_guide_are_those_of_the_code() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert text == written(text), "run python -m tests.guide"
