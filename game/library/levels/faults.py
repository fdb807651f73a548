"""Faults of a level file in words: where they are, what was found, and the cure."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from game.errors import UserError
from game.library.levels.lines import DataPath
from game.library.levels.nearest import did_you_mean

MOST_LISTED = 200
"""Maximum number of faults listed; a file with more is hardly a level."""


@dataclass(frozen=True, slots=True)
class LevelFault:
    """A fault at a place in the data, with its cure."""

    path: DataPath
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in a file: `FILE:LINE: place: what is wrong; cure`. line: from 1; None where it has none."""

    file: str
    line: int | None
    place: str
    text: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (where, self.place, self.text) if part)


class LevelFileError(UserError):
    """A level file that cannot be used, with all its faults."""

    def __init__(self, file: str, faults: tuple[Fault, ...], *, failed: bool = False) -> None:
        self.faults = faults
        if len(faults) == 1:
            super().__init__("{fault}", failed=failed, file=file, fault=faults[0])
            return
        listed = [str(fault) for fault in faults[:MOST_LISTED]]
        more = len(faults) - len(listed)
        listed += [f"{file}: and {more} more like these"] if more else []
        template = "{file}: {count} things to correct:\n{faults}"
        super().__init__(template, failed=failed, file=file, count=len(faults), faults=tuple(listed))


_LISTS = {
    "notes": "note",
    "accompaniment": "accompaniment note",
    "tempo": "tempo change",
    "fade": "click change",
    "lyrics": "line of words",
}


def place_of(path: DataPath) -> str:
    """A path in words; notes are counted from 1."""
    words: list[str] = []
    for part in path:
        if isinstance(part, str):
            words.append(part)
        elif len(words) == 1 and words[0] in _LISTS:
            words = [f"{_LISTS[words[0]]} {part + 1}"]
    return ", ".join(words)


CURES = {
    "finger": "fingers are 1 (thumb) to 5 (little finger)",
    "fingers": "fingers are 1 (thumb) to 5 (little finger), as in [2, 3]",
    "velocity": "loudness is 1 to 127",
    "pitch": 'write a key such as "C4", or a MIDI number from 0 to 127',
    "position": 'write a white key such as "C4"',
    "beat": "beats are counted from 0, in quarter notes",
    "length": "a length is in quarter notes and more than 0",
    "bpm": "a tempo is 10 to 400 quarter notes a minute",
    "tempo": "a tempo is 10 to 400 quarter notes a minute, or a list of { beat = 0, bpm = 60 }",
    "metre": "a metre is two whole numbers, as in [4, 4] or [3, 4]",
    "id": 'use small letters, digits and single hyphens, as in "five-steps-right"',
    "title": "a title has 1 to 80 characters",
    "step": "the place in the ramp is a whole number from 1",
    "hand": 'write "left", "right" or "both"; one note is "left" or "right"',
    "preview_s": "a note is seen 0.5 to 10 seconds before it is due",
    "perfect_ms": "half-widths are in milliseconds, up to 2000",
    "great_ms": "half-widths are in milliseconds, up to 2000",
    "good_ms": "half-widths are in milliseconds, up to 2000",
    "windows": 'write { mode = "personal" }, or "fixed" with perfect_ms, great_ms and good_ms',
    "notes": 'write notes as a list of { beat = 0, pitch = "C4", length = 1, finger = 1 }',
    "pattern": 'write a table [pattern] with kind = "single-finger", "alternation" or "five-finger"',
    "repeats": "a pattern is played 1 to 500 times",
    "every_beats": "notes come every 0.125 to 32 beats",
    "length_beats": "a key is held for more than 0 and at most 32 beats",
    "loudness": "loudness is 1 to 127, as in [50, 100]",
    "chords": "write chords as in [[1, 3], [2, 4]]",
    "held": "write the fingers that hold, as in [1]",
    "taps": "write the fingers that tap, as in [2, 3]",
    "sizes": "write the notes of each phrase, as in [2, 2, 3]",
    "share": "a share is 0 to 0.5; 0.25 is every fourth note",
    "keys": 'write the first notes, as in ["C"] or ["C", "G"]',
    "octaves": "a scale goes over 1 to 4 octaves",
    "start": "a tempo is 10 to 400 quarter notes a minute",
    "end": "a tempo is 10 to 400 quarter notes a minute",
    "add": "the tempo changes by more than 0 each time",
    "fade": "write { beat = 16, every = 2 }: from there on every second click sounds, 0 is none",
    "part": 'write "play", "unseen", "shown" or "no-go"',
    "backing": 'write a table [backing] with chords = "C F G7 C"',
    "key": 'write a key such as "C", "F" or "Dm"',
    "origin": "say in up to 120 letters who made it, or where it is from, and when",
    "published": "write a year, as in 1824",
    "times": "a song is played 1 to 8 times in a row",
    "language": 'write two or three small letters, as in "en"',
    "click": "write true or false",
    "release": "write true or false",
    "home": "write true or false",
}
"""The cure of a value that does not fit, by the name of the field."""

EXAMPLES = {
    "format": "1",
    "id": '"my-level"',
    "title": '"My level"',
    "family": '"song"',
    "step": "1",
    "hand": '"right"',
    "tempo": "60",
    "bpm": "60",
    "beat": "0",
    "pitch": '"C4"',
    "length": "1",
    "finger": "2",
    "fingers": "[2, 3]",
    "kind": '"single-finger"',
    "mode": '"personal"',
    "perfect_ms": "50",
    "great_ms": "100",
    "good_ms": "200",
    "chords": '"C F G7 C"',
    "rhythm": '"1 1 2"',
    "strokes": '"R L R L"',
    "keys": '["C"]',
    "held": "[1]",
    "taps": "[2, 3]",
    "sizes": "[2, 2, 3]",
    "start": "60",
    "end": "90",
    "origin": '"Folk song from Wales"',
    "published": "1794",
    "key": '"C"',
    "tune": '"C C G G | A A G2"',
}
"""Examples for missing fields."""

_EXPECTED = {
    "int_type": "a whole number",
    "float_type": "a number",
    "finite_number": "a number",
    "string_type": "words in quotation marks",
    "bool_type": "true or false",
    "list_type": "a list in [ ]",
    "model_type": "a table",
    "model_attributes_type": "a table",
}


def show(value: object) -> str:
    """A value as written in the file, shortened."""
    if isinstance(value, str | bool):
        shown = json.dumps(value, ensure_ascii=False)
    elif isinstance(value, dict | list):
        shown = "a table" if isinstance(value, dict) else "a list"
    else:
        shown = _digits(value)
    return shown if len(shown) <= 40 else shown[:39] + "…"


def _digits(value: object) -> str:
    try:
        return str(value)
    except ValueError:  # Python does not write out numbers of thousands of digits
        return "a number of thousands of digits"


def worded(error: Mapping[str, Any], path: DataPath, known: Iterable[str]) -> LevelFault:
    """A validation error in words. known: the names allowed at that place."""
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    kind = error["type"]
    if kind == "missing":
        example = f"; write {name} = {EXAMPLES[name]}" if name in EXAMPLES else "; add it"
        return LevelFault(path, f"is missing{example}")
    if kind == "extra_forbidden":
        return LevelFault(path, f"this name is not known here; {did_you_mean(name, known)}")
    if kind == "value_error":
        return LevelFault(path, str(error["ctx"]["error"]))
    if kind == "union_tag_not_found":
        tag = error["ctx"]["discriminator"].strip("'")
        return LevelFault(path, f"{tag} is missing; {CURES[name]}")
    what = f"{show(error['input'])} is not a number" if path == ("tempo",) else _misfit(error)
    cure = _choices(error) or CURES.get(name, "")
    return LevelFault(path, f"{what}; {cure}" if cure else what)


def _misfit(error: Mapping[str, Any]) -> str:
    """What is wrong with a value."""
    kind, context, value = error["type"], error.get("ctx", {}), show(error["input"])
    if kind in _EXPECTED:
        return f"{value} is not {_EXPECTED[kind]}"
    if kind in ("literal_error", "union_tag_invalid"):
        return f"{show(context['tag']) if 'tag' in context else value} is not known here"
    if kind in ("greater_than_equal", "greater_than"):
        bound = context.get("ge", context.get("gt"))
        return f"{value} is {'less than' if 'ge' in context else 'not more than'} {bound:g}"
    if kind in ("less_than_equal", "less_than"):
        return f"{value} is more than {context.get('le', context.get('lt')):g}"
    if kind in ("string_too_long", "too_long"):
        return f"this is longer than {context['max_length']}; shorten it"
    if kind in ("string_too_short", "too_short"):
        return f"this is shorter than {context['min_length']}; add to it"
    return f"{value} does not fit here"


def _choices(error: Mapping[str, Any]) -> str:
    """The cure where a value is one of a few words."""
    context = error.get("ctx", {})
    words = re.findall(r"'([^']+)'", str(context.get("expected_tags", context.get("expected", ""))))
    value = context.get("tag", error["input"])
    return did_you_mean(str(value), words) if words and isinstance(value, str) else ""
