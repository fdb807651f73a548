"""The levels that come with the program: whole, playable, worded kindly; and how a level is found."""

import re
from pathlib import Path

import pytest

from game.arrange.difficulty import difficulty
from game.arrange.hands import for_hand
from game.judge.conditions import Conditions
from game.judge.recorded import judge_recording
from game.judge.verdicts import Use, Verdict
from game.judge.windows import Grade, HitWindows
from game.music.level import HandChoice, Level
from game.music.note import Press, Release, Touch
from game.music.recording import Device, Recording
from game.music.timeline import Timeline
from game.settings import BAND_STARTS, Band
from game.store.level_files import LevelTrouble, check_level, find_level, level_text, library, parse_level
from game.store.level_models import FAMILIES
from game.store.places import data_folder
from game.trouble import Trouble

FOLDER = data_folder("levels")
WHOLE = library(FOLDER)
LIBRARY = tuple(level for level in WHOLE if not level.origin)
"""Levels with a file of their own; those that are made from songs have their own laws."""
RAMP = tuple(level for level in LIBRARY if not level.probe)
EXERCISES = FAMILIES[:3]

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
    return Recording(tuple(touches), Timeline.identity(), Device("scripted", "a steady hand"))


@pytest.mark.parametrize("level", LIBRARY, ids=named(LIBRARY))
def test_a_level_played_on_time_is_all_hits(level: Level) -> None:
    for band in Band:
        verdicts = judge_recording(
            level.notes_at(), played(level), Conditions(HitWindows(*BAND_STARTS[band].windows_s))
        )
        assert [j.verdict for j in verdicts.judgements] == [Verdict.HIT] * len(level.notes)
        assert {j.grade for j in verdicts.judgements} == {Grade.PERFECT}
        assert {p.use for p in verdicts.presses} == {Use.HIT}


@pytest.mark.parametrize("level", LIBRARY, ids=named(LIBRARY))
def test_a_level_is_worded_kindly_and_briefly(level: Level) -> None:
    for text in (level.title, level.aim):
        assert not re.search(rf"\b({BANNED})\b", text, re.IGNORECASE)
        assert 1 <= len(text.split()) <= 9
    assert level.aim.endswith(".")


@pytest.mark.parametrize("level", RAMP, ids=named(RAMP))
def test_a_level_lasts_half_a_minute_to_a_minute_and_says_which_finger_plays(level: Level) -> None:
    assert 30 <= level.length_s() <= 60
    assert all(n.finger is not None and n.hand is not None for n in level.notes)
    assert level.accompaniment, "it sounds like music"


@pytest.mark.parametrize("level", RAMP, ids=named(RAMP))
def test_the_felt_beat_lies_where_people_can_feel_it(level: Level) -> None:
    beats_s = {60 / bpm * level.click_beats for _, bpm in level.tempo.changes}
    assert all(0.45 <= beat_s <= 1.5 for beat_s in beats_s)


@pytest.mark.parametrize("level", LIBRARY, ids=named(LIBRARY))
def test_a_level_that_was_read_is_kept_and_read_back_the_same(level: Level) -> None:
    assert parse_level(level_text(level), "kept", json=True) == level


@pytest.mark.parametrize("hand", [HandChoice.LEFT, HandChoice.RIGHT])
def test_each_hand_has_twelve_exercises_in_three_families_and_two_songs(hand: HandChoice) -> None:
    own = [level for level in LIBRARY if level.hand is hand]
    assert sum(level.family in EXERCISES for level in own) >= 12
    assert {level.family for level in own} == set(FAMILIES)
    assert sum(level.family == "song" for level in own) == 2


def test_every_level_for_one_hand_is_there_for_the_other_as_its_mirror() -> None:
    levels = {level.id: level for level in LIBRARY}
    for level in LIBRARY:
        if level.hand is HandChoice.RIGHT:
            twin = levels[level.id.replace("-right", "-left")]
            assert for_hand(level, HandChoice.LEFT).notes == twin.notes
            assert (twin.title, twin.step, twin.tempo) == (level.title, level.step, level.tempo)


def test_the_ramp_rises() -> None:
    """From step to step it may fall a little, where new fingers come in; from stage to stage it does not."""
    right = [difficulty(level) for level in RAMP if level.hand is HandChoice.RIGHT]
    stages = [sum(right[i : i + 5]) / 5 for i in range(0, 20, 5)]
    assert stages == sorted(stages)
    assert min(right) == right[0]


def test_a_file_is_named_by_its_id_and_starts_with_its_schema_and_its_format() -> None:
    for path in FOLDER.glob("*.toml"):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines()]
        written = [line for line in lines if not line.startswith("#")]
        assert lines[0] == "#:schema ./level.schema.json"
        assert written[:2] == ["format = 1", f'id = "{path.stem}"']
        assert check_level(path) == ()


# How a level is found


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


def test_an_id_is_found_in_a_file_of_another_name(tmp_path: Path) -> None:
    copy(tmp_path, "monday.toml", id='"for-monday"')
    assert find_level("for-monday", [FOLDER, tmp_path]).id == "for-monday"


def test_the_nearest_id_is_offered_for_one_that_is_not_there() -> None:
    with pytest.raises(Trouble, match='ode-to-joi-left: no such level; did you mean "ode-to-joy-left"'):
        find_level("ode-to-joi-left", [FOLDER])
    with pytest.raises(Trouble, match='"fingerfall levels" lists them all'):
        find_level("zzzzzz", [FOLDER])


def test_an_earlier_folder_counts_more_and_one_that_is_not_there_is_empty(tmp_path: Path) -> None:
    copy(tmp_path, "own.toml", id='"single-index-right"', title='"My own"')
    levels = {level.id: level for level in library(tmp_path, FOLDER, tmp_path / "none")}
    assert levels["single-index-right"].title == "My own"
    assert len(levels) == len(WHOLE)


def test_a_file_with_faults_is_told_and_does_not_take_the_others_away(tmp_path: Path) -> None:
    copy(tmp_path, "good.toml", id='"good"')
    copy(tmp_path, "odd.toml", id='"odd"', step='"first"')
    copy(tmp_path, "twin.toml", id='"good"')
    told: list[Trouble] = []
    assert named(library(tmp_path, on_trouble=told.append)) == ["good"]
    assert [type(trouble) for trouble in told] == [LevelTrouble, LevelTrouble]
    assert 'odd.toml:7: step: "first" is not a whole number' in str(told[0])
    assert 'twin.toml: id: "good" is the id of good.toml already' in str(told[1])
    with pytest.raises(LevelTrouble, match=r"odd\.toml:7"):
        library(tmp_path)


def test_the_examples_of_the_guide_are_levels() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "levels.md").read_text(encoding="utf-8")
    song, pattern, backing = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    head = song.partition("notes = [")[0]
    assert parse_level(song + backing, "song").accompaniment
    assert parse_level(head + pattern + backing, "pattern").fingers == (1, 2, 3, 4, 5)
