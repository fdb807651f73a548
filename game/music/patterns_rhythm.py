"""Rhythms and strokes as they are written in a line: "1 1 2 | r1 1/2 1/2" and ">R L R R | >L R L L"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from game.music.level import BeatNote
from game.music.note import Hand
from game.music.patterns import FiveKeys, NotePace, in_turn

BAR = "|"
HELD = 0.75
"""How much of its length a note of a rhythm is held."""

SHORTEST, LONGEST = Fraction(1, 128), Fraction(10_000)
"""A note or rest of a rhythm, in beats."""

LOWEST_PAD, PADS = 36, 16
ACCENT, PLAIN = 105, 60
"""Velocities asked of a stroke with an accent, and of the others beside it."""

_USUAL_PAD = {Hand.LEFT: 1, Hand.RIGHT: 2}
_LENGTH = re.compile(r"(r?)(\d+(?:\.\d+)?|\d+/\d+)")
_STROKE = re.compile(r"(>?)([RL]?)(\d{0,2})")


@dataclass(frozen=True, slots=True)
class RhythmValue:
    """A note of a rhythm, or a rest, in beats."""

    length: Fraction
    rest: bool = False


def rhythm(text: str) -> tuple[RhythmValue, ...]:
    """The notes of a line such as `1 1 2 | r1 1/2 1/2`; a rest begins with r, `|` is ignored."""
    beats = tuple(_beats(word) for word in text.split() if word != BAR)
    if all(one.rest for one in beats):
        raise ValueError('the rhythm has no notes; write lengths in beats, as in "1 1 2"')
    return beats


def _beats(word: str) -> RhythmValue:
    found = _LENGTH.fullmatch(word)
    if not found or re.search(r"/0*$", word) or not Fraction(found.group(2)) > 0:
        raise ValueError(
            f'"{word[:20]}" is not a length; write beats as in "1", "0.5" or "1/3", a rest as in "r1"'
        )
    length = Fraction(found.group(2))
    if not SHORTEST <= length <= LONGEST:
        raise ValueError(f'"{word[:20]}" is no length for a note; write {SHORTEST} to {LONGEST} beats')
    return RhythmValue(length, bool(found.group(1)))


def in_rhythm(
    beats: Sequence[RhythmValue],
    row: Sequence[int],
    repeats: int,
    keys: FiveKeys,
    loudness: Sequence[int] = (),
) -> tuple[BeatNote, ...]:
    """A rhythm over and over, the fingers of a row in turn."""
    every = list(beats) * repeats
    starts = [Fraction(0), *accumulate(one.length for one in every)]
    sounded = [(start, one) for start, one in zip(starts, every, strict=False) if not one.rest]
    return tuple(
        BeatNote(
            float(start),
            keys.pitch(row[i % len(row)]),
            float(one.length) * HELD,
            keys.hand,
            row[i % len(row)],
            in_turn(loudness, i),
        )
        for i, (start, one) in enumerate(sounded)
    )


@dataclass(frozen=True, slots=True)
class PadStroke:
    """One stroke on a pad. hand: None where the line does not say; pad: from 1; None is a rest."""

    pad: int | None
    hand: Hand | None = None
    accent: bool = False


def strokes(text: str) -> tuple[PadStroke, ...]:
    """Strokes from a line such as `>R L R R`, `1 3 2` or `R2 L1`: hand, pad or both; > louder, . a rest."""
    row = tuple(_stroke(word) for word in text.split() if word != BAR)
    if all(stroke.pad is None for stroke in row):
        raise ValueError('there are no strokes; write hands or pads, as in "R L R L" or "1 2 3 4"')
    return row


def _stroke(word: str) -> PadStroke:
    if word == ".":
        return PadStroke(None)
    found = _STROKE.fullmatch(word)
    if not found or not (found.group(2) or found.group(3)):
        raise ValueError(
            f'"{word[:20]}" is not a stroke; write "R", "L", a pad as in "3", or both as in ">R3"'
        )
    hand = {"R": Hand.RIGHT, "L": Hand.LEFT}.get(found.group(2))
    pad = int(found.group(3)) if found.group(3) else _USUAL_PAD[hand or Hand.LEFT]
    if not 1 <= pad <= PADS:
        raise ValueError(f"there is no pad {pad}; they are numbered 1 to {PADS}")
    return PadStroke(pad, hand, bool(found.group(1)))


def on_pads(
    row: Sequence[PadStroke],
    repeats: int,
    hand: Hand | None,
    finger: int,
    pace: NotePace,
    lowest: int = LOWEST_PAD,
) -> tuple[BeatNote, ...]:
    """A row of strokes over and over. Where some have an accent, the others are asked more quietly."""
    loud = any(stroke.accent for stroke in row)
    return tuple(
        BeatNote(
            pace.beat(i),
            lowest + stroke.pad - 1,
            pace.length_beats,
            stroke.hand or hand,
            finger,
            (ACCENT if stroke.accent else PLAIN) if loud else None,
        )
        for i, stroke in enumerate(list(row) * repeats)
        if stroke.pad is not None
    )
