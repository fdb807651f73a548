"""The exercises are music: they keep to their bars, begin and end at home, and are what they are called."""

import tomllib
from itertools import pairwise
from math import ceil

import pytest

from game.library.places import data_folder
from game.music.chords import chord_classes
from game.music.harmony import chord_name
from game.music.level import Level, NoteRole
from game.music.metre import bar_beats
from game.music.note import Hand
from game.music.scales import CHORDS
from tests.each import each
from tests.levels import LIBRARY

FOLDER = data_folder("levels")
FILES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.toml")}
LEVELS = {level.id: level for level in LIBRARY}
BY_KIND: dict[str, list[str]] = {}
for name, file in sorted(FILES.items()):
    if "pattern" in file and not file.get("probe"):
        BY_KIND.setdefault(file["pattern"]["kind"], []).append(name)
WALKS = [*BY_KIND["scale"], *BY_KIND["arpeggio"]]


def on_a_bar(level: Level, beat: float) -> bool:
    return beat % bar_beats(level.metre) == pytest.approx(0)


def heard_at(level: Level, beat: float) -> set[int]:
    """What the program plays at a beat, as semitones above C."""
    return {n.pitch % 12 for n in level.accompaniment if n.beat <= beat < n.beat + n.length_beats}


def rows_of(name: str) -> list[tuple[float, float, int]]:
    """The first and last beat of each key of a scale or arpeggio, and its tonic, semitones above C."""
    level, keys = LEVELS[name], FILES[name]["pattern"]["keys"]
    each = len(level.notes) // len(keys)
    rows = [level.notes[i : i + each] for i in range(0, len(level.notes), each)]
    return [(row[0].beat, row[-1].beat, min(row, key=lambda n: n.pitch).pitch % 12) for row in rows]


def test_crossed_hands_are_crossed_and_others_are_not() -> None:
    for name in BY_KIND["hand-over"]:
        left, right = ([n.pitch for n in LEVELS[name].notes if n.hand is hand] for hand in Hand)
        crossed = max(right) < min(left)
        assert crossed == LEVELS[name].title.startswith("Crossed"), name
        assert crossed or max(left) < min(right), name


@each(WALKS, str)
def test_every_key_of_a_scale_or_arpeggio_begins_on_a_bar(name: str) -> None:
    assert all(on_a_bar(LEVELS[name], first) for first, _, _ in rows_of(name))


@each(WALKS, str)
def test_a_scale_or_arpeggio_begins_and_ends_on_the_chord_of_its_tonic(name: str) -> None:
    pattern = FILES[name]["pattern"]
    minor = "minor" in pattern.get("mode", pattern.get("chord", "major"))
    for first, last, tonic in rows_of(name):
        home = set(chord_classes(chord_name(tonic, "minor" if minor else "major")))
        assert heard_at(LEVELS[name], first) == heard_at(LEVELS[name], last) == home


@each(BY_KIND["arpeggio"], str)
def test_an_arpeggio_has_no_chord_but_its_own(name: str) -> None:
    level, chord = LEVELS[name], FILES[name]["pattern"].get("chord", "major")
    for first, last, tonic in rows_of(name):
        own = {(tonic + step) % 12 for step in CHORDS[chord]}
        assert all(heard_at(level, n.beat) == own for n in level.notes if first <= n.beat <= last)


@each(BY_KIND["hold"], str)
def test_every_hold_begins_on_a_bar(name: str) -> None:
    held = FILES[name]["pattern"]["held"]
    assert all(on_a_bar(LEVELS[name], n.beat) for n in LEVELS[name].notes if n.finger in held)


@each(BY_KIND["echo"], str)
def test_every_phrase_and_its_answer_begin_on_a_bar(name: str) -> None:
    level = LEVELS[name]
    every = sorted((*level.notes, *level.unasked), key=lambda n: n.beat)
    begins = [b for a, b in pairwise(every) if a.part is not b.part]
    assert all(on_a_bar(level, n.beat) for n in (every[0], *begins))
    assert {n.part for n in begins} == {NoteRole.SHOWN, NoteRole.UNSEEN}


@each([n for n in BY_KIND["two-hands"] if ":" in FILES[n]["pattern"]["motion"]], str)
def test_two_rhythms_come_in_whole_groups_that_begin_on_a_bar(name: str) -> None:
    pattern, level = FILES[name]["pattern"], LEVELS[name]
    group = pattern.get("group") or len(pattern["fingers"])
    lead = Hand(pattern.get("lead", "right"))
    beats = [n.beat for n in level.notes if n.hand is lead]
    assert len(beats) % group == 0
    assert all(on_a_bar(level, beat) for beat in beats[::group] if pattern.get("group"))


@each(BY_KIND["rhythm"], str)
def test_a_rhythm_has_an_even_number_of_bars(name: str) -> None:
    level = LEVELS[name]
    end_beat = max(n.beat + n.length_beats for n in level.notes)
    assert ceil(end_beat / bar_beats(level.metre)) % 2 == 0


@each(["ramp-steps", "ramp-steps-half", "ramp-steps-long", "five-study", "five-study-quick"], str)
def test_a_ramp_by_steps_and_a_study_come_home(name: str) -> None:
    for level in (LEVELS[f"{name}-left"], LEVELS[f"{name}-right"]):
        assert level.notes[-1].pitch == level.notes[0].pitch


@each(sorted(name for name in FILES if LEVELS[name].accompaniment), str)
def test_what_ends_on_a_tone_of_the_tonic_ends_with_its_chord(name: str) -> None:
    """All exercises that stay in one place are in C."""
    file, level = FILES[name], LEVELS[name]
    if file.get("backing", {}).get("chords") == "auto" and name not in WALKS:
        beat, home = level.notes[-1].beat, set(chord_classes("C"))
        ends = {n.pitch % 12 for n in level.notes if n.beat == beat}
        assert not ends <= home or heard_at(level, beat) <= home
