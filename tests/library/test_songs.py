"""The songs that come with the program: free for all, whole to the last bar, playable at every reduction."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from game.app.simulation import simulated_run
from game.arrange.difficulty.difficulty import difficulty
from game.arrange.other_hand import for_hand
from game.arrange.reduction.limits import LIMITS, Reduction
from game.arrange.songs.reduction import WIDEST
from game.audio.render import render
from game.errors import UserError
from game.library.files import (
    LevelFileError,
    check_level,
    find_level,
    level_text,
    library,
    parse_level,
    read_level,
)
from game.library.levels.collector import FaultCollector
from game.library.levels.data import read_data
from game.library.places import data_folder
from game.library.songs.files import levels_of_song, song_schema_text
from game.library.songs.models import SongFile
from game.midi.simulated import Simulated
from game.music.chords import REST, chord_classes
from game.music.keyboard import is_black
from game.music.level import HandChoice, Level
from game.music.note import Hand
from tests.each import each
from tests.levels import LIBRARY

LEVELS = data_folder("levels")
FOLDER = LEVELS / "songs"
PATHS = sorted(FOLDER.glob("*.toml"))
PUBLIC_DOMAIN_FROM, DEAD_BEFORE = 1929, 1954
"""Published before the one, and whoever made it dead since before the other: 70 years and more."""

LONGEST_WAIT_S = 12.0
"""Without a note to play, from the first note of the tune to its last."""

LEAST_GAP_S = 0.2
"""Between two notes of one hand of two, at the written tempo."""

QUIET = Simulated(mean_s=0.0, sd_s=0.02, omit=0.0, wrong=0.0)


def song_file(path: Path) -> SongFile:
    return SongFile.model_validate(read_data(FaultCollector(path.name, path.read_text(encoding="utf-8"))))


def levels_of(path: Path) -> tuple[Level, ...]:
    """The levels made from a song, from easy to hard, as the library has them."""
    own = re.compile(rf"song-{path.stem}-([135]|both)(-left)?")
    return tuple(level for level in LIBRARY if own.fullmatch(level.id))


songs = each(PATHS, lambda path: path.stem)


def gaps_s(level: Level, hand: Hand) -> list[float]:
    onsets = sorted({n.onset_s for n in level.notes_at() if n.hand is hand})
    return [b - a for a, b in pairwise(onsets)]


def test_there_are_thirty_songs_and_more() -> None:
    assert len(PATHS) >= 30


@songs
def test_a_song_is_in_the_public_domain_as_far_as_its_file_says(path: Path) -> None:
    file = song_file(path)
    assert file.published < PUBLIC_DOMAIN_FROM
    died = [int(year) for year in re.findall(r"–(\d{4})\)", file.origin)]
    assert all(year < DEAD_BEFORE for year in died)


@songs
def test_a_song_is_good_and_named_by_its_file(path: Path) -> None:
    assert check_level(path) == ()
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#:schema ./song.schema.json"
    assert f'id = "{path.stem}"' in lines


@songs
def test_a_tune_keeps_to_its_key_and_leaps_a_tenth_at_most(path: Path) -> None:
    """Four tones in five are of the key: more signs than that would be a key mistaken."""
    song = song_file(path).song()
    inside = [n.pitch % 12 in song.key.scale for n in song.tune]
    assert sum(inside) >= 0.8 * len(inside)
    assert all(abs(a.pitch - b.pitch) <= 15 for a, b in pairwise(song.tune))


@songs
def test_a_chord_holds_a_tone_of_the_tune_where_it_begins(path: Path) -> None:
    """Of the strong beats two in three agree with their chord; the rest lean on it."""
    song = song_file(path).song()
    strong = [n for n in song.tune if song.strength(n.beat) >= 2]
    agree: Counter[bool] = Counter()
    for n in strong:
        span = next(c for c in song.chords if c.beat <= n.beat + 1e-6 < c.beat + c.length_beats)
        if span.name != REST:
            agree[n.pitch % 12 in chord_classes(span.name)] += 1
    assert agree[True] >= 0.66 * agree.total()


@songs
def test_more_fingers_are_never_easier(path: Path) -> None:
    right = [level for level in levels_of(path) if level.hand is not HandChoice.LEFT]
    assert len(right) == len(Reduction)
    sizes = [difficulty(level) for level in right]
    assert all(b > a for a, b in pairwise(sizes))
    assert [level.step for level in right] == sorted(level.step for level in right)


@songs
def test_a_level_asks_no_more_than_its_reduction_may(path: Path) -> None:
    for level in levels_of(path):
        if level.hand is HandChoice.BOTH:
            assert all(min(gaps_s(level, hand)) >= LEAST_GAP_S for hand in Hand)
            continue
        limits = LIMITS[Reduction(level.id.removesuffix("-left").rpartition("-")[2])]
        low, high = level.pitch_range
        assert high - low <= WIDEST
        assert min(gaps_s(level, Hand(level.hand))) >= limits.gap_s - 1e-6
        assert len(level.fingers) <= limits.fingers
        assert len(level.notes) >= 10


@songs
def test_the_last_note_of_a_song_is_asked(path: Path) -> None:
    end = song_file(path).song().tune[-1].beat
    for level in levels_of(path):
        assert end in {n.beat for n in level.notes}


@songs
def test_a_level_for_three_fingers_uses_three_and_one_for_five_uses_four_at_least(path: Path) -> None:
    used = {level.id.removeprefix(f"song-{path.stem}-"): level.fingers for level in levels_of(path)}
    assert len(used["3"]) == len(used["3-left"]) == 3
    assert min(len(used["5"]), len(used["5-left"])) >= 4


@songs
def test_no_wait_is_long_and_every_line_has_a_note_where_one_lies_under_the_hand(path: Path) -> None:
    song = song_file(path).song()
    for level in levels_of(path):
        if level.hand is HandChoice.RIGHT:
            beats = [song.tune[0].beat, *(n.beat for n in level.notes), song.tune[-1].beat]
            assert max(b - a for a, b in pairwise(beats)) * 60 / song.bpm <= LONGEST_WAIT_S
            strength = LIMITS[Reduction(level.id.rpartition("-")[2])].strength
            keys = {n.pitch for n in level.notes}
            strong = [n for n in song.tune if song.strength(n.beat) >= strength and n.pitch in keys]
            assert {song.line(n.beat) for n in strong} == {song.line(n.beat) for n in level.notes}


@songs
def test_no_thumb_and_no_little_finger_lies_on_a_black_key_of_a_five_finger_level(path: Path) -> None:
    for level in levels_of(path):
        if level.hand is not HandChoice.BOTH and len(level.fingers) > 1:
            assert not any(is_black(n.pitch) and n.finger in (1, 5) for n in level.notes)


@songs
def test_a_song_says_what_to_watch_for_as_exercises_do(path: Path) -> None:
    said = {level.caution for level in LIBRARY if not level.origin}
    assert {level.caution for level in levels_of(path)} <= said - {""}


@songs
def test_a_song_lasts_half_a_minute_to_a_minute_at_a_felt_beat(path: Path) -> None:
    for level in levels_of(path):
        assert 30 <= level.length_s() <= 60
        assert 0.45 <= 60 / level.tempo.bpm(0) * level.click_beats <= 1.5


@songs
def test_the_left_hand_has_the_same_song_an_octave_lower(path: Path) -> None:
    levels = {level.id: level for level in levels_of(path)}
    for level_id, left in levels.items():
        if level_id.endswith("-left"):
            right = levels[level_id.removesuffix("-left")]
            assert for_hand(right, HandChoice.LEFT).notes == left.notes
            assert [n.pitch + 12 for n in left.notes] == [n.pitch for n in right.notes]
            assert left.title == right.title


@songs
def test_words_go_with_the_phrases_they_are_sung_to(path: Path) -> None:
    song = song_file(path).song()
    onsets = {n.beat for n in song.tune}
    assert all(lyric.beat in onsets and lyric.text for lyric in song.lyrics)
    assert not re.search("[^\\x20-\\u024f’–„“]", "".join(lyric.text for lyric in song.lyrics))


@songs
def test_a_level_of_a_song_is_kept_and_read_back_the_same(path: Path) -> None:
    for level in levels_of(path)[::3]:
        assert parse_level(level_text(level), "kept", json=True) == level


@pytest.mark.parametrize("end", ["1", "1-left", "3", "3-left", "5", "5-left", "both"])
def test_a_simulated_patient_plays_a_song_from_start_to_end(end: str) -> None:
    level = find_level(f"song-o-tannenbaum-{end}", [LEVELS])
    verdicts = simulated_run(level, 1.0, QUIET, 1).verdicts()
    assert len(verdicts.judgements) == len(level.notes)
    assert sum(j.verdict.value == "hit" for j in verdicts.judgements) >= 0.95 * len(level.notes)


@pytest.mark.parametrize("name", ["ode-to-joy", "fur-elise"])
def test_what_the_program_plays_is_heard_and_far_from_clipping(name: str) -> None:
    level = find_level(f"song-{name}-1", [LEVELS])
    peak = np.abs(render(level, 1.5).samples).max() / 32767
    assert 0.02 < peak < 0.6


def test_the_schema_is_in_step_with_the_program() -> None:
    assert (FOLDER / "song.schema.json").read_text(encoding="utf-8") == song_schema_text()


def test_the_example_of_the_guide_is_a_song() -> None:
    guide = (LEVELS.parent / "docs" / "songs.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    assert len(levels_of_song(example, "guide", checks=True)) == 7


# How a song is found, and what is said of one that is not whole

HEAD = """format = 1
id = "mine"
title = "Mine"
origin = "Me"
published = 1900
key = "C"
bpm = 100
"""
WHOLE = HEAD + 'tune = "C D E F | G4"\nchords = "C | G"\n'


def test_a_song_of_one_s_own_is_found_by_the_ids_of_its_levels(tmp_path: Path) -> None:
    (tmp_path / "songs").mkdir()
    (tmp_path / "songs" / "mine.toml").write_text(WHOLE, encoding="utf-8")
    assert find_level("song-mine-3-left", [tmp_path]).hand is HandChoice.LEFT
    assert "song-mine-both" in {level.id for level in library(tmp_path)}
    with pytest.raises(UserError, match="no such level"):
        find_level("song-mine-4", [tmp_path])


def test_a_song_is_no_level_and_its_cure_is_said(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(WHOLE, encoding="utf-8")
    with pytest.raises(UserError, match=r'folder "songs" of your levels, then name song-mine-1'):
        read_level(path)
    assert check_level(path) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("G4", "G3 | G4", "bar 2 has 3 beats of 4"),
        ("G4", "G8", "bar 2 has 8 beats of 4"),
        ('"C | G"', '"C | G | C"', "the tune has 2 bars and the chords 3"),
        ('"C | G"', '"C | Q"', "is not a chord"),
        ("G4", "G,4", "the tune goes from G3 to F4; write it from C4 to C6"),
        ('key = "C"', 'key = "H"', 'key: "H" is not a key known here'),
        ("bpm = 100", "bpm = 1000", "bpm: 1000 is more than 400; a tempo is 10 to 400 quarter notes"),
        ("bpm = 100", "pbm = 100", "pbm: this name is not known here"),
        ("published = 1900\n", "", "published: is missing; write published = 1794"),
        (
            'chords = "C | G"\n',
            'chords = "C | G"\nlyrics = ["la", "la"]\n',
            "2 lines of words and 1 of the tune",
        ),
    ],
)
def test_what_is_wrong_with_a_song_is_said_with_its_cure(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(WHOLE.replace(old, new, 1), encoding="utf-8")
    faults = check_level(path)
    assert any(said in str(fault) for fault in faults), faults
    assert all(str(path) in str(fault) for fault in faults)
    with pytest.raises(LevelFileError):
        levels_of_song(path.read_text(encoding="utf-8"), str(path))
