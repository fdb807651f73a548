"""Parses pitch names: "C4" is 60, "F#3", "Bb3" or "B♭3" as they are written."""

import re

_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SHIFTS = {"": 0, "#": 1, "♯": 1, "b": -1, "♭": -1}
_PITCH = re.compile(r"([A-Ga-g])([#♯b♭]?)(-?[0-9])", re.ASCII)


def pitch_class(letter: str, accidental: str = "") -> int:
    """Semitones above C of a letter with its accidental, 0–11."""
    return (_STEPS[letter.upper()] + _SHIFTS[accidental]) % 12


def pitch_named(name: str) -> int:
    """The MIDI pitch of a scientific name, which may lie outside 0–127; ValueError where it is no name."""
    found = _PITCH.fullmatch(name.strip())
    if not found:
        raise ValueError(
            f'"{name[:20]}" is not the name of a key; write a letter and an octave, as in "C4" or "F#3"'
        )
    letter, accidental, octave = found.groups()
    return _STEPS[letter.upper()] + _SHIFTS[accidental] + (int(octave) + 1) * 12
