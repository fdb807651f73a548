"""A level knows its song and how much of it it asks; ids and titles are made from that and read back once."""

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.arrange.reduction.limits import Reduction
from game.arrange.song_names import ARRANGEMENTS, BETWEEN, level_id, level_ids, level_title, song_of
from game.arrange.songs.levels import PHRASES
from game.library.files import level_text, parse_level
from game.music.level import SONG, HandChoice
from tests import levels

IDS = st.from_regex("[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
SONGS = [level for level in levels.RAMP if level.family == SONG]


@given(IDS, st.text(min_size=1), st.sampled_from(ARRANGEMENTS), st.sampled_from(HandChoice))
def test_song_and_arrangement_come_back_from_a_made_id_and_title(
    song: str, title: str, arrangement: str, hand: HandChoice
) -> None:
    made = level_id(song, arrangement, hand)
    found, rest = song_of(made, level_title(title, "one finger"))
    assert (found.id, found.title, rest) == (song, title, "one finger")
    assert made in level_ids(song)


@pytest.mark.parametrize(
    ("level", "title", "song", "arrangement"),
    [
        ("ode-to-joy-left", "Ode to Joy, five fingers", ("ode-to-joy", "Ode to Joy, five fingers"), ""),
        ("my-song-5", "My song", ("my-song", "My song"), ""),
        ("my-song", "My song · slow", ("my-song", "My song"), "slow"),
        ("song-3", "3", ("3", "3"), ""),
    ],
)
def test_levels_that_were_written_by_hand_are_of_a_song_too(
    level: str, title: str, song: tuple[str, str], arrangement: str
) -> None:
    found, rest = song_of(level, title)
    assert (found.id, found.title, rest) == (*song, arrangement)


def test_every_reduction_has_its_arrangement_in_ids() -> None:
    assert tuple(Reduction) == ARRANGEMENTS


def test_every_level_of_a_song_names_it_and_no_exercise_does() -> None:
    assert all((level.song is None) == (level.family != SONG) for level in levels.RAMP)
    made = [level for level in SONGS if level.id.startswith("song-")]
    assert {level.arrangement for level in made} == {phrase for phrase, _ in PHRASES.values()}
    for level in made:
        assert level.song
        assert level.title == level_title(level.song.title, level.arrangement)


def test_song_and_arrangement_come_back_from_a_kept_level_whose_text_does_not_say_them() -> None:
    for level in SONGS[::17]:
        again = parse_level(level_text(level), level.id, json=True, checks=False)
        assert (again.song, again.arrangement) == (level.song, level.arrangement)


def test_titles_are_taken_apart_to_name_a_song_and_to_translate_and_nowhere_else() -> None:
    root = Path(__file__).parents[2]
    dots = {"BETWEEN", "TITLE_PARTS", repr(BETWEEN)}
    found = set()
    for file in (root / "game").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            apart = isinstance(node, ast.Call) and re.search(
                r"\.r?(split|partition)\((.*)\)$", ast.unparse(node)
            )
            if apart and apart[2] in dots:
                found.add(file.relative_to(root).as_posix())
    assert found == {"game/words.py", "game/arrange/song_names.py"}
