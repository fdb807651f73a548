"""Level files: every fault is named at once, with its line and its cure; good ones come back the same."""

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.arrange.song_names import with_song
from game.library.files import (
    check_level,
    check_levels,
    level_text,
    parse_level,
    read_level,
    schema_text,
)
from game.library.levels.checks import LevelReach
from game.library.levels.faults import LevelFileError
from game.library.levels.lines import line_of, lines_of
from game.music.level import BeatNote, HandChoice, Instrument, KeyChoice, Level, NoteRole, in_order
from game.music.note import Hand
from game.music.tempo import TempoMap
from tests.strategies import LAW

LEVELS = Path(__file__).parents[2] / "levels"

HEAD = """format = 1
id = "my-level"
title = "My level"
family = "song"
step = 3
hand = "right"
tempo = 60
metre = [4, 4]
"""
NOTES = """notes = [
  { beat = 0, pitch = "C4", length = 1, finger = 1 },
  { beat = 1, pitch = "E4", length = 1, finger = 3 },  # the third
  { beat = 2, pitch = "G4", length = 2, finger = 5 },
]
"""
GOOD = HEAD + NOTES
"""A level as a therapist writes one; its notes stand on lines 10 to 12."""


def faults_of(text: str, *, json: bool = False, reach: LevelReach | None = None) -> list[str]:
    try:
        parse_level(text, "mine.toml", json=json, reach=reach)
    except LevelFileError as error:
        return [str(fault) for fault in error.faults]
    return []


def edited(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


# What is read


def test_a_level_says_what_its_file_says() -> None:
    level = parse_level(GOOD, "mine.toml")
    assert level.notes == (
        BeatNote(0, 60, 1, Hand.RIGHT, 1),
        BeatNote(1, 64, 1, Hand.RIGHT, 3),
        BeatNote(2, 67, 2, Hand.RIGHT, 5),
    )
    assert (level.id, level.step, level.hand, level.family) == ("my-level", 3, HandChoice.RIGHT, "song")
    assert (level.tempo, level.windows_s) == (TempoMap.steady(60), None)


def test_notes_may_be_written_as_tables_too() -> None:
    tables = HEAD + "".join(
        f'[[notes]]\nbeat = {beat}\npitch = "{pitch}"\nlength = {length}\nfinger = {finger}\n'
        for beat, pitch, length, finger in ((0, "C4", 1, 1), (1, "E4", 1, 3), (2, "G4", 2, 5))
    )
    assert parse_level(tables, "a") == parse_level(GOOD, "b")


def test_a_level_may_be_json() -> None:
    text = """{"format": 1, "id": "my-level", "title": "My level", "family": "song", "step": 3,
        "hand": "right", "tempo": 60, "metre": [4, 4], "notes": [
        {"beat": 0, "pitch": 60, "length": 1, "finger": 1},
        {"beat": 1, "pitch": "E4", "length": 1, "finger": 3},
        {"beat": 2, "pitch": "G4", "length": 2, "finger": 5}]}"""
    assert parse_level(text, "a.json", json=True) == parse_level(GOOD, "b")


def test_fixed_windows_are_written_in_milliseconds_and_a_tempo_may_change() -> None:
    text = edited("tempo = 60", "tempo = [{ beat = 0, bpm = 60 }, { beat = 2, bpm = 72.5 }]")
    windows = 'windows = { mode = "fixed", perfect_ms = 80, great_ms = 150.5, good_ms = 250 }\n'
    level = parse_level(windows + text, "mine.toml")
    assert level.windows_s == (0.08, 0.1505, 0.25)
    assert level.tempo == TempoMap(((0, 60), (2, 72.5)))


def test_a_byte_order_mark_and_the_line_ends_of_windows_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_level(path) == parse_level(GOOD, "mine.toml")


# What comes back


@st.composite
def levels(draw: st.DrawFn) -> Level:
    """Playable levels of any kind: single notes, one after the other."""
    hand = draw(st.sampled_from(HandChoice))
    pitch = draw(st.integers(40, 70))
    hands = st.sampled_from([None, *([Hand(hand)] if hand is not HandChoice.BOTH else Hand)])
    notes: list[BeatNote] = []
    beat = 0.0
    for _ in range(draw(st.integers(1, 12))):
        length = draw(st.floats(0.125, 4))
        finger = draw(st.integers(1, 5) | st.none())
        velocity = draw(st.integers(1, 127) | st.none())
        part = draw(st.sampled_from(NoteRole)) if notes else NoteRole.PLAY
        at = pitch + draw(st.integers(0, 7))
        notes.append(BeatNote(beat, at, length, draw(hands), finger, velocity, part))
        beat += length + draw(st.floats(0.001, 2))
    backing = st.builds(
        BeatNote,
        beat=st.floats(0, 30),
        pitch=st.integers(0, 127),
        length_beats=st.floats(0.01, 8),
        hand=st.sampled_from([None, *Hand]),
        finger=st.integers(1, 5) | st.none(),
        velocity=st.integers(1, 127) | st.none(),
    )
    starts = sorted({0.0, *draw(st.lists(st.floats(0.5, 64), max_size=4))})
    sizes = sorted(draw(st.lists(st.integers(1, 30), min_size=3, max_size=3)))
    text = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
    made = Level(
        id=draw(st.sampled_from(["a", "five-steps-right", "3-2-1"])),
        title=draw(text.filter(bool)),
        aim=draw(text),
        caution=draw(text),
        unasked=in_order(n for n in notes if not n.part.asked),
        fade=tuple((start, draw(st.integers(0, 8))) for start in starts[1:]),
        family=draw(st.sampled_from(["song", "five-finger-pattern"])),
        step=draw(st.integers(1, 1000)),
        instrument=draw(st.sampled_from(Instrument)),
        hand=hand,
        tempo=TempoMap(tuple((start, draw(st.floats(30, 300))) for start in starts)),
        metre=(draw(st.integers(1, 12)), draw(st.sampled_from([2, 4, 8]))),
        notes=(),
        click=draw(st.booleans()),
        preview_s=draw(st.floats(0.5, 10)),
        release=draw(st.booleans()),
        keys=draw(st.sampled_from(KeyChoice)),
        cue_until_beat=draw(st.none() | st.floats(0, 64)),
        windows_s=draw(st.none() | st.just((sizes[0] / 1e4, sizes[1] / 1e4, sizes[2] / 1e4))),
    )
    alone = made.cue_until_beat is not None or any(every == 0 for _, every in made.fade)
    music = [] if alone else draw(st.lists(backing, max_size=6))
    return with_song(made).with_notes([n for n in notes if n.part.asked], music)


@LAW
@given(levels())
def test_the_text_of_a_level_reads_back_as_the_very_same_level(level: Level) -> None:
    fair = replace(level, windows_s=None, keys=KeyChoice.OWN)
    assert parse_level(level_text(fair), "kept", json=True) == fair
    assert parse_level(level_text(level), "kept", json=True, checks=False) == level


@LAW
@given(levels())
def test_the_text_of_a_level_is_one_and_the_same_however_often_it_is_written(level: Level) -> None:
    text = level_text(level)
    assert level_text(parse_level(text, "kept", json=True, checks=False)) == text


def test_a_level_that_was_played_is_read_even_if_a_hand_cannot_play_it() -> None:
    wide = level_text(replace(parse_level(GOOD, "a"), notes=(BeatNote(0, 5, 1), BeatNote(0, 120, 900))))
    assert faults_of(wide, json=True)
    assert len(parse_level(wide, "kept", json=True, checks=False).notes) == 2


# What is wrong

MISTAKES = {
    "words without quotation marks": (
        ('hand = "right"', "hand = right"),
        6,
        "put words in quotation marks",
    ),
    "a comma forgotten": (
        ("finger = 1 },", "finger = 1 }"),
        11,
        "a comma stands between two notes",
    ),
    "a misspelt name": (
        ("finger = 3", "fingr = 3"),
        11,
        'note 2, fingr: this name is not known here; did you mean "finger"?',
    ),
    "a misspelt family": (
        ('"song"', '"singel-finger"'),
        4,
        'did you mean "single-finger"?',
    ),
    "a sixth finger": (
        ("finger = 5", "finger = 6"),
        12,
        "note 3, finger: 6 is more than 5; fingers are 1 (thumb) to 5",
    ),
    "a German key": (
        ('"E4"', '"H4"'),
        11,
        'note 2, pitch: "H4" is not the name of a key; write a letter and an octave',
    ),
    "no octave": (
        ('"E4"', '"E"'),
        11,
        'as in "C4" or "F#3"',
    ),
    "the time for a tempo": (
        ("tempo = 60", 'tempo = "slow"'),
        7,
        'tempo: "slow" is not a number; a tempo is 10 to 400',
    ),
    "a number in quotation marks": (
        ("beat = 2", 'beat = "2"'),
        12,
        'note 3, beat: "2" is not a number',
    ),
    "notes out of order": (
        ("beat = 2", "beat = 0.5"),
        12,
        "note 3, beat: beat 0.5 comes after beat 1; put the notes in the order",
    ),
    "no length": (
        (", length = 2", ""),
        12,
        "note 3, length: is missing; write length = 1",
    ),
    "one name twice": (
        ("step = 3", 'step = 3\ntitle = "Again"'),
        6,
        "keep one",
    ),
    "a hand that is none": (
        ('hand = "right"', 'hand = "rigth"'),
        6,
        'hand: "rigth" is not known here; did you mean "right"?',
    ),
    "a note on two lines": (
        ('pitch = "G4",', 'pitch = "G4",\n'),
        12,
        "write each { … } on one line",
    ),
    "an id with capitals": (
        ('"my-level"', '"My Level"'),
        2,
        'id: "My Level" does not fit here; use small letters',
    ),
    "a metre in thirds": (
        ("[4, 4]", "[4, 3]"),
        8,
        "the second number is 1, 2, 4, 8 or 16",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_of_the_hand_is_named_with_its_line_and_its_cure(name: str) -> None:
    (old, new), line, said = MISTAKES[name]
    (fault,) = faults_of(edited(old, new))
    assert fault.startswith(f"mine.toml:{line}: ")
    assert said in fault


def test_every_fault_is_listed_at_once_in_the_order_of_the_lines() -> None:
    text = (
        HEAD.replace('"my-level"', '"My Level"').replace("step = 3", "stepp = 3")
        + """notes = [
  { beat = 0, pitch = "C4", length = 3, finger = 9 },
  { beat = 1, pitch = "E4", length = 4, finger = 2 },
  # { a remark
  { beat = 2, pitch = "E4", length = 1, finger = 2, velocity = 200 },
  { beat = 3, pitch = "E4", length = 1, finger = 2 },
  { beat = 2.5, pitch = 20, length = 1, finger = 1, hand = "left" },
]
"""
    )
    listed = faults_of(text)
    places = [
        fault.split(": ")[0].removeprefix("mine.toml:") + " " + fault.split(": ")[1] for fault in listed
    ]
    assert places == [
        "1 step",
        "2 id",
        "5 stepp",
        "10 note 1, finger",
        "13 note 3, velocity",
        "14 note 4",
        "15 note 5, beat",
        "15 note 5, hand",
        "15 note 5, pitch",
    ]
    with pytest.raises(LevelFileError) as caught:
        parse_level(text, "mine.toml")
    assert str(caught.value) == "\n".join(["mine.toml: 9 things to correct:", *listed])


R = ', hand = "right"'


def two(first: str, second: str, hand: str = "right") -> str:
    return HEAD.replace('"right"', f'"{hand}"') + f"notes = [\n  {{ {first} }},\n  {{ {second} }},\n]\n"


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (
            'beat = 0, pitch = "C4", length = 3',
            'beat = 1, pitch = "C4", length = 1',
            "note 2: C4 is due at beat 1 while C4 is still held from beat 0; hold that for 1 beat at most",
        ),
        (
            'beat = 1, pitch = "C4", length = 1',
            'beat = 1, pitch = "C4", length = 1',
            "note 2: C4 is asked twice at beat 1; take one of them out",
        ),
        (
            'beat = 1, pitch = "C4", length = 1, finger = 2',
            'beat = 1, pitch = "E4", length = 1, finger = 2',
            "note 2: finger 2 of the right hand has C4 and E4 at beat 1; give one of them another finger",
        ),
        (
            'beat = 0, pitch = "C4", length = 3, finger = 2',
            'beat = 1, pitch = "E4", length = 1, finger = 2',
            "note 2: finger 2 of the right hand is due on E4 at beat 1 while C4 is still held",
        ),
        (
            'beat = 0, pitch = "C4", length = 1, finger = 1',
            'beat = 0, pitch = "E5", length = 1, finger = 5',
            "note 2, pitch: the right hand would reach from C4 to E5, 10 white keys, at beat 0; 9 is",
        ),
        (
            'beat = 0, pitch = "C4", length = 1',
            "beat = 1, pitch = 109, length = 1",
            "note 2, pitch: 109 is not on a keyboard; its keys are 21 (A0) to 108 (C8)",
        ),
        (
            'beat = 0, pitch = "C4", length = 1',
            'beat = 1, pitch = "E4", length = 31',
            "note 2, length: the note is held for 31 seconds; 30 is the most, so shorten it",
        ),
        (
            'beat = 0, pitch = "C4", length = 1',
            'beat = 600, pitch = "E4", length = 1',
            "notes: the level lasts 10.0 minutes; 10 is the most, so shorten it or raise its tempo",
        ),
        (
            'beat = 0, pitch = "C4", length = 1',
            'beat = 1, pitch = "C3", length = 1, hand = "left"',
            'note 2, hand: the level is for the right hand; change this note, or the level to "both"',
        ),
    ],
)
def test_what_a_hand_cannot_play_is_named(first: str, second: str, said: str) -> None:
    (fault,) = faults_of(two(first, second))
    assert said in fault


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            f'beat = 0, pitch = "C4", length = 1, finger = 2{R}',
            f'beat = 1, pitch = "C4", length = 1, finger = 2{R}',
        ),
        (
            f'beat = 0, pitch = "C4", length = 2, finger = 1{R}',
            f'beat = 1, pitch = "E4", length = 1, finger = 3{R}',
        ),
        (
            f'beat = 0, pitch = "C4", length = 1, finger = 1{R}',
            f'beat = 0, pitch = "D5", length = 1, finger = 5{R}',
        ),
        ('beat = 0, pitch = "C4", length = 1', 'beat = 1, pitch = "D5", length = 1'),
        (
            'beat = 0, pitch = "C3", length = 1, hand = "left"',
            'beat = 0, pitch = "E6", length = 1, hand = "right"',
        ),
    ],
)
def test_what_two_hands_can_play_is_let_by(first: str, second: str) -> None:
    assert faults_of(two(first, second, "both")) == []


def test_how_far_a_hand_reaches_may_be_set() -> None:
    third = two('beat = 0, pitch = "C4", length = 1', 'beat = 0, pitch = "E4", length = 1')
    assert faults_of(third) == []
    (fault,) = faults_of(third, reach=LevelReach(white_keys=2))
    assert "3 white keys, at beat 0; 2 is the most" in fault


def test_a_hand_that_does_not_move_is_not_asked_for_more_than_it_reaches() -> None:
    apart = two('beat = 0, pitch = "C4", length = 1', 'beat = 4, pitch = "E5", length = 1')
    assert faults_of(apart) == []
    (fault,) = faults_of(apart.replace('"song"', '"five-finger-pattern"'))
    assert "from C4 to E5, 10 white keys, without moving" in fault


@pytest.mark.parametrize(("good_ms", "fits"), [(450, True), (451, False)])
def test_a_fixed_window_is_at_most_0_45_of_the_shortest_gap_on_one_key(good_ms: int, fits: bool) -> None:
    windows = f'windows = {{ mode = "fixed", perfect_ms = 50, great_ms = 100, good_ms = {good_ms} }}\n'
    again = two('beat = 0, pitch = "C4", length = 0.5', 'beat = 1, pitch = "C4", length = 0.5')
    faults = faults_of(windows + again)
    if fits:
        assert faults == []
    else:
        assert faults == [
            "mine.toml:1: windows, good_ms: 451 is too wide, since the same key comes again after 1000 ms;"
            " 450 is the most"
        ]


PATTERN = HEAD + '[pattern]\nkind = "five-finger"\nrepeats = 3\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            PATTERN.replace("five-finger", "fivefinger"),
            'pattern, kind: "fivefinger" is not known here; did you mean "five-finger"?',
        ),
        (
            PATTERN.replace('kind = "five-finger"\n', ""),
            "pattern: kind is missing; write a table [pattern] with kind =",
        ),
        (PATTERN + "finger = 2\n", 'pattern, finger: this name is not known here; did you mean "fingers"?'),
        (PATTERN + "fingers = [1, 1]\n", "pattern: a finger is there twice; write each finger once"),
        (PATTERN + 'position = "C#4"\n', "pattern, position: the position starts on a black key"),
        (PATTERN + "every_beats = 1\nlength_beats = 3\n", "hold that for 2 beats at most"),
        (PATTERN.replace('"right"', '"both"'), 'hand: a pattern is for one hand; write "left" or "right"'),
        (HEAD, "notes: there is nothing to play; write notes = [ … ] or a table [pattern]"),
        (PATTERN + '[backing]\nchords = "C Q"\n', 'backing, chords: "Q" is not a chord known here'),
        (
            PATTERN.replace("[pattern]", NOTES + "[pattern]"),
            "pattern: there are notes and a pattern; keep one of them",
        ),
        (PATTERN.replace("3", "500") + "every_beats = 4\n", "pattern: the level lasts"),
    ],
)
def test_a_pattern_that_makes_no_level_is_named(text: str, said: str) -> None:
    assert [fault for fault in faults_of(text) if said in fault]


def exercise(body: str, hand: str = "right") -> str:
    """A level whose pattern starts on line 10."""
    return HEAD.replace('"right"', f'"{hand}"') + f"[pattern]\n{body}"


TYPICAL = {
    "a sixth finger": (exercise('kind = "single-finger"\nfinger = 6\n'), 11, "fingers are 1 (thumb) to 5"),
    "a beat out of order": (
        edited("beat = 2", "beat = 0.5"),
        12,
        "put the notes in the order of their beats",
    ),
    "a missing hand": (edited('hand = "right"\n', ""), 1, 'hand: is missing; write hand = "right"'),
    "a missing hand of a note": (
        HEAD.replace('"right"', '"both"')
        + 'notes = [\n  { beat = 0, pitch = "C4", length = 1, finger = 1 },\n'
        + '  { beat = 1, pitch = "C3", length = 1, finger = 5, hand = "left" },\n]\n',
        10,
        'note 1, hand: is missing, since the level is for both hands; write hand = "left" or "right"',
    ),
    "a span no hand has": (
        two('beat = 0, pitch = "C4", length = 1', 'beat = 0, pitch = "G5", length = 1'),
        11,
        "12 white keys, at beat 0; 9 is the most",
    ),
    "a misspelt key": (
        exercise('kind = "five-finger"\nevery_beat = 2\n'),
        11,
        'pattern, every_beat: this name is not known here; did you mean "every_beats"?',
    ),
    "a window wider than the gap": (
        'windows = { mode = "fixed", perfect_ms = 100, great_ms = 300, good_ms = 600 }\n'
        + exercise('kind = "single-finger"\nfinger = 2\n'),
        1,
        "600 is too wide, since the same key comes again after 1000 ms; 450 is the most",
    ),
    "an unknown pattern": (
        exercise('kind = "paradidle"\n'),
        10,
        'pattern, kind: "paradidle" is not known here; write ',
    ),
    "a wrong type": (
        exercise('kind = "single-finger"\nfinger = 2\nrepeats = "eight"\n'),
        12,
        'repeats: "eight" is not a whole number; a pattern is played 1 to 500 times',
    ),
    "a bad pitch name": (edited('"E4"', '"H4"'), 11, 'write a letter and an octave, as in "C4"'),
    "bad TOML": (edited("tempo = 60", "tempo 60"), 7, "write name = value, as in tempo = 60"),
    "no length in a rhythm": (
        exercise('kind = "rhythm"\nrhythm = "1 q 1"\n'),
        11,
        'pattern, rhythm: "q" is not a length; write beats as in "1", "0.5" or "1/3"',
    ),
    "a hand for two": (
        exercise('kind = "two-hands"\nfingers = [2]\n'),
        6,
        'hand: this kind of pattern is for two hands; write "both"',
    ),
    "a ramp without an end": (
        edited("tempo = 60", "tempo = { start = 40, ende = 90 }"),
        7,
        'tempo, ende: this name is not known here; did you mean "end"?',
    ),
    "a share that is a count": (
        exercise('kind = "go-no-go"\nfingers = [2]\nshare = 4\n'),
        12,
        "share: 4 is more than 0.5; a share is 0 to 0.5; 0.25 is every fourth note",
    ),
    "a name that means nothing here": (
        exercise('kind = "hold"\nheld = [1]\ntaps = [2]\nloudness = [50, 90]\n'),
        9,
        "loudness means nothing in this kind of pattern; leave it out",
    ),
    "music where nothing should pace": (
        "fade = [{ beat = 4, every = 0 }]\n"
        + exercise('kind = "single-finger"\nfinger = 2\n[backing]\nchords = "auto"\n'),
        13,
        "backing: music paces too, where no click and no note should; leave this out",
    ),
    "nothing to play": (
        edited("finger = 1 }", 'finger = 1, part = "no-go" }')
        .replace("finger = 3 }", 'finger = 3, part = "shown" }')
        .replace("finger = 5 }", 'finger = 5, part = "no-go" }'),
        9,
        "none of these notes is to be played",
    ),
}


@pytest.mark.parametrize("name", TYPICAL)
def test_a_typical_mistake_is_named_with_its_line_and_its_cure(name: str) -> None:
    text, line, said = TYPICAL[name]
    told = [fault for fault in faults_of(text) if said in fault]
    assert told, faults_of(text)
    assert told[0].startswith(f"mine.toml:{line}: ")


def test_an_id_that_another_file_has_is_named_with_its_line(tmp_path: Path) -> None:
    first, second = tmp_path / "first.toml", tmp_path / "second.toml"
    first.write_text(GOOD, encoding="utf-8")
    second.write_text("# my own\n" + GOOD, encoding="utf-8")
    (faults,) = check_levels([second])
    assert [str(fault) for fault in faults] == [
        f'{second}:3: id: "my-level" is the id of first.toml already; give this level another one'
    ]
    assert all(len(faults) == 1 for faults in check_levels([first, second]))
    second.write_text(GOOD.replace("my-level", "another"), encoding="utf-8")
    assert check_levels([first, second]) == ((), ())


def test_a_ramp_of_the_tempo_ends_where_it_says() -> None:
    text = edited("tempo = 60", "tempo = { start = 60, end = 75, add = 4, every_beats = 8 }")
    level = parse_level(text, "mine.toml")
    assert level.tempo == TempoMap(((0, 60), (8, 64), (16, 68), (24, 72), (32, 75)))
    down = parse_level(text.replace("end = 75", "end = 50"), "mine.toml")
    assert [bpm for _, bpm in down.tempo.changes] == [60, 56, 52, 50]


def test_a_scale_runs_through_its_keys_with_each_hand_s_own_fingers() -> None:
    text = exercise('kind = "scale"\nkeys = ["C", "G"]\noctaves = 1\nway = "up"\nrepeats = 1\n')
    right = parse_level(text, "mine.toml")
    left = parse_level(text.replace('hand = "right"', 'hand = "left"'), "mine.toml")
    assert [n.finger for n in right.notes] == [1, 2, 3, 1, 2, 3, 4, 5] * 2
    assert [n.finger for n in left.notes] == [5, 4, 3, 2, 1, 3, 2, 1] * 2
    assert [n.pitch % 12 for n in right.notes] == [n.pitch % 12 for n in left.notes]
    assert max(n.pitch for n in left.notes) <= min(n.pitch for n in right.notes) + 12


def test_what_is_seen_and_not_asked_stands_apart() -> None:
    text = edited("finger = 3 }", 'finger = 3, part = "no-go" }').replace(
        "finger = 5 }", 'finger = 5, part = "unseen" }'
    )
    level = parse_level(text, "mine.toml")
    assert [(n.pitch, n.part) for n in level.notes] == [(60, NoteRole.PLAY), (67, NoteRole.UNSEEN)]
    assert [(n.pitch, n.part) for n in level.unasked] == [(64, NoteRole.NO_GO)]
    assert level.pitch_range == (60, 67)


def test_a_newer_format_is_said_to_be_newer_and_nothing_else() -> None:
    (fault,) = faults_of(edited("format = 1", "format = 2\ncolour = 3"))
    assert fault == (
        "mine.toml:1: format: this is format 2, and this program reads format 1; use a newer Fingerfall"
    )


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xff\xfeformat = 1", ":1: the file is not text in UTF-8; save it as UTF-8"),
        (b'format = 1\nid = "\xe9"', ":2: the file is not text in UTF-8"),
        (b"", ":1: format: is missing; write format = 1"),
        (b"MThd\x00\x00\x00\x06\x00\x01", ":1: this is not TOML at column 5"),
        (b" " * 1_000_001, "the file is larger than 1 MB"),
    ],
)
def test_a_file_that_is_no_level_is_named(tmp_path: Path, raw: bytes, said: str) -> None:
    path = tmp_path / "odd.toml"
    path.write_bytes(raw)
    listed = [str(fault) for fault in check_level(path)]
    assert listed
    assert all(fault.startswith(str(path)) for fault in listed)
    assert said in listed[0]


def test_a_file_that_is_not_there_and_a_folder_are_named(tmp_path: Path) -> None:
    (missing,) = check_level(tmp_path / "none.toml")
    (folder,) = check_level(tmp_path)
    assert str(missing) == f"{tmp_path / 'none.toml'}: there is no such file; see how its name is written"
    assert str(folder) == f"{tmp_path}: this is a folder; name a level file in it"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 90_000,
        "x = " + "[" * 90_000,
        "a." * 40_000 + "a = 1",
        "x = { " + "a." * 40_000 + "a = 1 }",
        "a = 0x" + "f" * 9_000,
        "a = " + "9" * 9_000,
        "[[notes]]\n" * 3_000,
        "step = nan\nmetre = [inf, 1979-05-27]\ntempo = 07:32:00",
        "".join(f"a{i} = 1\n" for i in range(3_000)),
    ],
    ids=lambda text: text[:12],
)
def test_a_file_made_to_be_hard_to_read_is_refused_in_a_moment(text: str) -> None:
    started = perf_counter()
    assert faults_of(text)
    assert perf_counter() - started < 5


def broken(source: bytes, rng: random.Random) -> bytes:
    """A level file after one accident."""
    lines = source.split(b"\n")
    at = rng.randrange(len(source))
    match rng.randrange(6):
        case 0:
            del lines[rng.randrange(len(lines))]
        case 1:
            return source[:at]
        case 2:
            return source[:at] + rng.randbytes(rng.randint(1, 8)) + source[at:]
        case 3:
            line = rng.randrange(len(lines))
            odd = rng.choice(
                [b"-1", b'"x"', b"true", b"[]", b"{}", b"1e400", b"nan", b"1979-05-27", b"0x" + b"f" * 99]
            )
            lines[line] = lines[line].split(b"=")[0] + b"= " + odd
        case 4:
            words = source.split(b" ")
            words[rng.randrange(len(words))] = rng.choice(
                [b"", b"=", b"]", b"{", b'"', b"999999", b"-3", b"\x00"]
            )
            return b" ".join(words)
        case _:
            a, b = (rng.randrange(len(lines)) for _ in range(2))
            lines[a], lines[b] = lines[b], lines[a]
    return b"\n".join(lines)


def test_of_300_broken_files_each_is_named_in_words_in_a_moment(tmp_path: Path) -> None:
    rng = random.Random(20)
    sources = [path.read_bytes() for path in sorted(LEVELS.glob("*.toml"))]
    found, slowest_s, path = 0, 0.0, tmp_path / "broken.toml"
    for _ in range(2000):
        path.write_bytes(broken(rng.choice(sources), rng))
        started = perf_counter()
        faults = check_level(path)
        slowest_s = max(slowest_s, perf_counter() - started)
        assert all(str(fault).startswith(str(path)) and len(fault.text) > 15 for fault in faults)
        found += bool(faults)
        if found == 300:
            break
    assert found == 300
    assert slowest_s < 1, "a busy machine may be slow, but not that slow"


# Where it stands


def test_lines_are_told_in_every_way_of_writing() -> None:
    text = '''# a remark = [
"quoted" = 1
a.b = { c = [1,
  2] }
text = """
x = [
"""
[t]
u = 'it''s # no remark'
[[n]]
x = 1
[[n]]
y = [ { z = 2 }, { z = "]" }, # ]
  { z = 3 } ]
[n.deep]
w = 1979-05-27T07:32:00
'''.replace("it''s", "its")
    lines = lines_of(text)
    told = {
        ("quoted",): 2,
        ("a", "b", "c", 0): 3,
        ("a", "b", "c", 1): 4,
        ("text",): 5,
        ("t", "u"): 9,
        ("n", 0, "x"): 11,
        ("n", 1, "y", 1, "z"): 13,
        ("n", 1, "y", 2, "z"): 14,
        ("n", 1, "deep", "w"): 16,
        ("n", 1, "y", 2, "unknown"): 14,
        ("nowhere",): 1,
    }
    assert {path: line_of(lines, path) for path in told} == told


def test_lines_of_json_are_told_too() -> None:
    lines = lines_of('{"a": [1,\n {"b": "}"},\n {"b": 2}],\n "c": {}}', json=True)
    assert [line_of(lines, path) for path in (("a", 0), ("a", 1, "b"), ("a", 2, "b"), ("c",))] == [1, 2, 3, 4]


# What it costs


def test_pydantic_is_not_imported_before_a_file_is_read() -> None:
    code = """
import sys, game.library.files as files
before = "pydantic" in sys.modules
files.level_text
try:
    files.parse_level("", "x")
except files.LevelFileError:
    print(before, "pydantic" in sys.modules)
"""
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    assert said.stdout.split() == ["False", "True"]


def test_the_schema_for_editors_is_the_one_of_the_models() -> None:
    assert (LEVELS / "level.schema.json").read_text(encoding="utf-8") == schema_text()
