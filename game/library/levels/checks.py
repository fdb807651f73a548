"""Checks beyond the schema: whether a hand can play what a level file asks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from math import floor
from typing import TYPE_CHECKING

from game.judge.windows import SAME_KEY_SHARE
from game.library.levels.checked_file import CheckedFile
from game.library.levels.faults import LevelFault
from game.library.levels.lines import DataPath
from game.music.keyboard import name, white_index
from game.music.level import BeatNote, Level
from game.music.note import HIGHEST_PITCH, Hand

if TYPE_CHECKING:
    from game.library.levels.models import LevelFile

NEVER_MOVING = (
    "explore",
    "single-finger",
    "press-release",
    "two-finger-alternation",
    "five-finger-pattern",
    "thumb-with-finger",
    "chords",
    "independence",
    "dynamics",
)
"""Families in which a hand does not move."""

_SAME = 1e-6
"""Beats nearer than this are one instant."""
_MOST_DOWN = 10
"""Maximum number of keys under one hand that are checked; more is a fault anyway."""


@dataclass(frozen=True, slots=True)
class LevelReach:
    """Limits of what a level may ask. Proposals for a clinician to sign off, kept in this one place.

    white_keys: the widest a hand spreads, in white keys from outer key to outer key: 9 is an octave and one.
    note_s, level_s: the longest note and the longest level, in seconds at the written tempo.
    notes: the most notes, asked and accompanying. keyboard: lowest and highest key of a piano.
    band_keys: how far apart keys lie at least, in semitones, where a press counts for the nearest of them.
    """

    white_keys: int = 9
    note_s: float = 30.0
    level_s: float = 600.0
    notes: int = 20_000
    keyboard: tuple[int, int] = (21, 108)
    band_keys: int = 4


@dataclass(frozen=True, slots=True)
class AskedNote:
    """An asked note and its place in the file."""

    path: DataPath
    note: BeatNote


Check = Callable[[CheckedFile, Level, list[AskedNote], LevelReach], Iterator[LevelFault]]


def asked_in(file: "LevelFile", numbers: list[int] | None = None) -> list[AskedNote]:
    """The notes of a file, asked or only seen, with their places.

    numbers: the places in `notes`, where some were left out.
    """
    notes = file.written
    if file.pattern is not None:
        return [AskedNote(("pattern",), note) for note in notes]
    places = numbers if numbers is not None else list(range(len(notes)))
    return [AskedNote(("notes", place), note) for place, note in zip(places, notes, strict=True)]


def unplayable(
    file: "LevelFile", reach: LevelReach, numbers: list[int] | None = None
) -> Iterator[LevelFault]:
    """Faults: what a hand cannot play or a run cannot hold; for a pattern, each kind of fault once.

    numbers: the positions in `notes`, where some were left out.
    """
    own = file.pattern.count(file.one_hand) if file.pattern else len(file.notes)
    count = own + len(file.accompaniment)
    if count > reach.notes:
        place = "pattern" if file.pattern else "notes"
        yield LevelFault((place,), f"there are {count} notes; {reach.notes} is the most, so leave some out")
        return
    asked = asked_in(file, numbers)
    level = file.model_copy(update={"backing": None}).level()
    for check in CHECKS:
        found = check(file, level, asked, reach)
        yield from found if file.pattern is None else islice(found, 1)


def _order(
    file: CheckedFile, level: Level, asked: list[AskedNote], reach: LevelReach
) -> Iterator[LevelFault]:
    for before, this in pairwise(asked):
        if this.note.beat < before.note.beat:
            beats = f"beat {this.note.beat:g} comes after beat {before.note.beat:g}"
            yield LevelFault((*this.path, "beat"), f"{beats}; put the notes in the order of their beats")


def _hands(
    file: CheckedFile, level: Level, asked: list[AskedNote], reach: LevelReach
) -> Iterator[LevelFault]:
    for this in asked:
        if this.note.hand and file.one_hand and this.note.hand is not file.one_hand:
            text = f'the level is for the {file.hand} hand; change this note, or the level to "both"'
            yield LevelFault((*this.path, "hand"), text)


def _keys(file: CheckedFile, level: Level, asked: list[AskedNote], reach: LevelReach) -> Iterator[LevelFault]:
    """Two notes on one key."""
    held: dict[int, BeatNote] = {}
    for this in _by_beat(asked):
        before = held.get(this.note.pitch)
        key = name(this.note.pitch)
        if before and _together(before, this.note):
            yield LevelFault(
                this.path, f"{key} is asked twice at beat {this.note.beat:g}; take one of them out"
            )
        elif before and _still_down(before, this.note):
            yield LevelFault(
                this.path, f"{key} is due at beat {this.note.beat:g} {_held_too_long(before, this.note)}"
            )
        held[this.note.pitch] = this.note


def _fingers(
    file: CheckedFile, level: Level, asked: list[AskedNote], reach: LevelReach
) -> Iterator[LevelFault]:
    """Two keys under one finger."""
    held: dict[tuple[Hand, int], BeatNote] = {}
    for this in _by_beat(asked):
        note = this.note
        if note.hand is None or note.finger is None:
            continue
        before = held.get((note.hand, note.finger))
        held[note.hand, note.finger] = note
        if before is None or before.pitch == note.pitch:
            continue
        who = f"finger {note.finger} of the {note.hand} hand"
        if _together(before, note):
            keys = f"{name(before.pitch)} and {name(note.pitch)}"
            yield LevelFault(
                this.path, f"{who} has {keys} at beat {note.beat:g}; give one of them another finger"
            )
        elif _still_down(before, note):
            text = f"{who} is due on {name(note.pitch)} at beat {note.beat:g} {_held_too_long(before, note)}"
            yield LevelFault(this.path, text)


def _spans(
    file: CheckedFile, level: Level, asked: list[AskedNote], reach: LevelReach
) -> Iterator[LevelFault]:
    """What one hand holds down at one moment."""
    down: dict[Hand, list[BeatNote]] = {Hand.LEFT: [], Hand.RIGHT: []}
    for this in _by_beat(asked):
        if this.note.hand is None:
            continue
        still = [n for n in down[this.note.hand] if _together(n, this.note) or _still_down(n, this.note)]
        down[this.note.hand] = [*still, this.note][-_MOST_DOWN:]
        pitches = [n.pitch for n in down[this.note.hand]]
        yield from _too_wide(this, min(pitches), max(pitches), reach, f"at beat {this.note.beat:g}")


def _places(
    file: CheckedFile, level: Level, asked: list[AskedNote], reach: LevelReach
) -> Iterator[LevelFault]:
    """The notes that a hand plays without moving."""
    if file.family not in NEVER_MOVING:
        return
    for hand in Hand:
        low, high = 127, 0
        for this in (a for a in asked if a.note.hand is hand):
            low, high = min(low, this.note.pitch), max(high, this.note.pitch)
            found = list(_too_wide(this, low, high, reach, "without moving"))
            yield from found
            if found:
                break


def _pitches(
    file: CheckedFile, level: Level, asked: list[AskedNote], reach: LevelReach
) -> Iterator[LevelFault]:
    lowest, highest = reach.keyboard
    for this in asked:
        if this.note.pitch > HIGHEST_PITCH:
            yield LevelFault(this.path, f"there is no key {this.note.pitch}; the highest is {HIGHEST_PITCH}")
        elif file.instrument == "keyboard" and not lowest <= this.note.pitch <= highest:
            keys = f"its keys are {lowest} ({name(lowest)}) to {highest} ({name(highest)})"
            yield LevelFault((*this.path, "pitch"), f"{this.note.pitch} is not on a keyboard; {keys}")


def _lengths(
    file: CheckedFile, level: Level, asked: list[AskedNote], reach: LevelReach
) -> Iterator[LevelFault]:
    seconds = level.tempo.seconds
    for this in asked:
        note = this.note
        length_s = seconds(note.beat + note.length_beats) - seconds(note.beat)
        if length_s > reach.note_s:
            text = (
                f"the note is held for {length_s:.0f} seconds; {reach.note_s:.0f} is the most, so shorten it"
            )
            yield LevelFault((*this.path, "length"), text)
    end_s = max((seconds(n.beat + n.length_beats) for n in (*level.notes, *level.accompaniment)), default=0.0)
    if end_s > reach.level_s:
        last = ("pattern",) if file.pattern else ("notes",)
        minutes = f"{end_s / 60:.1f} minutes; {reach.level_s / 60:.0f} is the most"
        yield LevelFault(last, f"the level lasts {minutes}, so shorten it or raise its tempo")


def _windows(
    file: CheckedFile, level: Level, asked: list[AskedNote], reach: LevelReach
) -> Iterator[LevelFault]:
    """Fixed windows that would meet on one key."""
    if level.windows_s is None:
        return
    onsets: dict[int, float] = {}
    gap_s = float("inf")
    for note in level.notes_at():
        if note.onset_s > onsets.get(note.pitch, note.onset_s):
            gap_s = min(gap_s, note.onset_s - onsets[note.pitch])
        onsets[note.pitch] = note.onset_s
    limit_s = SAME_KEY_SHARE * gap_s
    if level.windows_s[2] > limit_s + _SAME:
        why = f"the same key comes again after {gap_s * 1000:.0f} ms"
        text = f"{level.windows_s[2] * 1000:g} is too wide, since {why}; {floor(limit_s * 1000)} is the most"
        yield LevelFault(("windows", "good_ms"), text)


def _alone(
    file: CheckedFile, level: Level, asked: list[AskedNote], reach: LevelReach
) -> Iterator[LevelFault]:
    """Accompaniment where nothing should pace the player."""
    alone = file.cue_until_beat is not None or any(every == 0 for _, every in level.fade)
    if alone and not file.probe and (file.accompaniment or file.backing):
        place = "backing" if file.backing else "accompaniment"
        yield LevelFault((place,), "music paces too, where no click and no note should; leave this out")


def _bands(
    file: CheckedFile, level: Level, asked: list[AskedNote], reach: LevelReach
) -> Iterator[LevelFault]:
    """Bands of keys that are hardly wider than a key."""
    for low, high in pairwise(level.nearest_of):
        if high - low < reach.band_keys:
            text = f"{name(low)} and {name(high)} are too near each other for bands of keys"
            cure = f'ask for keys {reach.band_keys} semitones apart, or write keys = "own"'
            yield LevelFault(("keys",), f"{text}; {cure}")
            return


CHECKS: tuple[Check, ...] = (
    _alone,
    _order,
    _hands,
    _keys,
    _fingers,
    _spans,
    _places,
    _pitches,
    _lengths,
    _windows,
    _bands,
)


def _too_wide(this: AskedNote, low: int, high: int, reach: LevelReach, when: str) -> Iterator[LevelFault]:
    keys = white_index(high) - white_index(low) + 1
    if keys > reach.white_keys and this.note.pitch in (low, high):
        span = f"from {name(low)} to {name(high)}, {keys} white keys"
        text = f"the {this.note.hand} hand would reach {span}, {when}; {reach.white_keys} is the most"
        yield LevelFault((*this.path, "pitch"), text)


def _held_too_long(before: BeatNote, note: BeatNote) -> str:
    since = f"while {name(before.pitch)} is still held from beat {before.beat:g}"
    most = note.beat - before.beat
    return f"{since}; hold that for {most:g} beat{'' if most == 1 else 's'} at most"


def _by_beat(asked: list[AskedNote]) -> list[AskedNote]:
    return sorted(asked, key=lambda a: (a.note.beat, a.note.pitch))


def _together(before: BeatNote, note: BeatNote) -> bool:
    return note.beat - before.beat < _SAME


def _still_down(before: BeatNote, note: BeatNote) -> bool:
    return before.beat + before.length_beats > note.beat + _SAME
