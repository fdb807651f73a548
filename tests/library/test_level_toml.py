"""A level written as TOML reads back the same, and is written whole or not at all."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.arrange.song_names import with_song
from game.errors import UserError
from game.library.files import parse_level
from game.library.levels.checks import LevelReach
from game.library.levels.faults import LevelFileError
from game.library.levels.made import unplayable_of_made
from game.library.levels.models import LevelFile
from game.library.levels.raw import LARGEST_BYTES
from game.library.levels.toml import LONGEST_BYTES, USUAL, level_toml, write_level
from game.music.level import BeatNote, HandChoice, Instrument, Level, in_order
from game.music.note import Hand
from game.music.tempo import TempoMap
from tests.levels import LIBRARY

LEVELS = Path(__file__).parents[2] / "levels"

titles = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)
lengths = st.floats(0.001, 4).map(lambda beats: round(beats, 4))
notes = st.lists(
    st.builds(
        BeatNote,
        beat=st.floats(0, 90).map(lambda beat: round(beat, 4)),
        pitch=st.integers(0, 127),
        length_beats=lengths,
        hand=st.sampled_from(Hand),
        finger=st.none() | st.integers(1, 5),
        velocity=st.none() | st.integers(1, 127),
    ),
    min_size=1,
    max_size=20,
).map(in_order)


@pytest.mark.parametrize("level", LIBRARY[::19], ids=lambda level: level.id)
def test_levels_of_the_library_read_back_the_same(level: Level) -> None:
    assert parse_level(level_toml(level, "written again"), "level.toml") == level


@given(asked=notes, around=notes, title=titles, bpm=st.floats(10, 400), click=st.booleans())
def test_any_level_reads_back_the_same(
    asked: tuple[BeatNote, ...], around: tuple[BeatNote, ...], title: str, bpm: float, click: bool
) -> None:
    level = with_song(
        Level(
            id="a-level",
            title=title,
            family="song",
            step=1,
            instrument=Instrument.KEYBOARD,
            hand=HandChoice.BOTH,
            tempo=TempoMap(((0.0, bpm), (1.5, 90.0))),
            metre=(7, 8),
            notes=asked,
            accompaniment=around,
            click=click,
        )
    )
    assert parse_level(level_toml(level), "level.toml", checks=False) == level


def test_a_file_is_replaced_only_when_told(tmp_path: Path) -> None:
    path = tmp_path / "level.toml"
    write_level(path, "one")
    with pytest.raises(UserError, match="--force"):
        write_level(path, "two")
    assert path.read_text() == "one"
    write_level(path, "two", replacing=True)
    assert path.read_text() == "two"
    assert os.listdir(tmp_path) == ["level.toml"]


def test_where_nothing_can_be_written_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        write_level(tmp_path / "nowhere" / "level.toml", "one")
    assert error.value.failed
    with pytest.raises(UserError, match="folder"):
        write_level(tmp_path, "one")
    assert os.listdir(tmp_path) == []


def test_what_a_file_need_not_say_is_what_its_model_takes_for_granted() -> None:
    model = {name: field.default for name, field in LevelFile.model_fields.items()}
    assert {name: model[name] for name in USUAL} == USUAL
    assert LONGEST_BYTES == LARGEST_BYTES


def test_a_level_that_was_made_is_looked_at_as_one_that_was_read() -> None:
    level = LIBRARY[0]
    wide = BeatNote(level.end_beat + 1, 20, 1.0, Hand.RIGHT, 1)
    same = BeatNote(level.end_beat + 1, 90, 1.0, Hand.RIGHT, 1)
    asked = replace(level, hand=HandChoice.BOTH, family="song", notes=in_order((*level.notes, wide, same)))
    with pytest.raises(LevelFileError) as read:
        parse_level(level_toml(asked), "level.toml")
    made = {fault.text for fault in unplayable_of_made(asked, LevelReach())}
    assert made == {fault.text for fault in read.value.faults} != set()
