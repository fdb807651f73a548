"""How much a level asks of a hand, from its notes alone: a plain sum of plain terms.

It orders exercises; it was not measured on patients, and says nothing of how hard a level is for one person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import log2

from game.music.keyboard import white_index
from game.music.level import BeatNote, Level
from game.music.note import Hand

EASIEST, HARDEST = 1.0, 10.0


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each term counts; they add up to 1. Proposals for a clinician to sign off, in this one table.

    rate counts most with fingers: note rate and the number of fingers are what the ramp moves. The shares of
    weaker fingers weigh less than one finger more does, so that a finger more is never easier.
    """

    rate: float = 0.30
    fingers: float = 0.28
    weaker: float = 0.06
    neighbours: float = 0.05
    skips: float = 0.11
    together: float = 0.10
    hands: float = 0.05
    rhythm: float = 0.05


WEIGHTS = Weights()

SLOWEST_RATE, FASTEST_RATE = 0.25, 4.0
"""Onsets a second from which on a level cannot be easier, or harder, by its rate."""


def difficulty(level: Level, weights: Weights = WEIGHTS) -> float:
    """How much a level asks at its written tempo, 1 to 10."""
    terms = (
        weights.rate * rate_term(level),
        weights.fingers * fingers_term(level.notes),
        weights.weaker * weaker_term(level.notes),
        weights.neighbours * neighbours_term(level.notes),
        weights.skips * skips_term(level.notes),
        weights.together * together_term(level.notes),
        weights.hands * hands_term(level.notes),
        weights.rhythm * rhythm_term(level.notes),
    )
    return EASIEST + (HARDEST - EASIEST) * sum(terms)


def rate_term(level: Level) -> float:
    """Onsets a second over the level: each doubling from 0.25 to 4 adds a quarter."""
    notes = level.notes_at()
    length_s = max(n.end_s for n in notes) - notes[0].onset_s
    rate = len(_onsets(level.notes)) / length_s
    return _within(log2(rate / SLOWEST_RATE) / log2(FASTEST_RATE / SLOWEST_RATE))


def fingers_term(notes: Iterable[BeatNote]) -> float:
    """How many fingers: 0 for one, 1 for five or more. Where no finger is named, each key counts as one."""
    return _within((len({_finger(n) for n in notes}) - 1) / 4)


def weaker_term(notes: tuple[BeatNote, ...]) -> float:
    """Share of the notes that the ring or the little finger plays."""
    return sum(n.finger in (4, 5) for n in notes) / len(notes)


def neighbours_term(notes: tuple[BeatNote, ...]) -> float:
    """Share of the steps in a hand that go to the finger next door, which is the hardest to keep still."""
    fingers = [(a.finger, b.finger) for a, b in _steps(notes) if a.finger and b.finger]
    return _share(abs(a - b) == 1 for a, b in fingers if a is not None and b is not None)


def skips_term(notes: tuple[BeatNote, ...]) -> float:
    """How far a hand goes from note to note: the mean number of white keys, 0 for none, 1 for a seventh."""
    sizes = [abs(white_index(a.pitch) - white_index(b.pitch)) for a, b in _steps(notes)]
    return _within(sum(sizes) / len(sizes) / 7) if sizes else 0.0


def together_term(notes: tuple[BeatNote, ...]) -> float:
    """How many keys a hand goes down on at once, beyond one: 0 for single notes, 1 for three and more."""
    onsets: dict[tuple[Hand | None, float], int] = {}
    for n in notes:
        onsets[n.hand, n.beat] = onsets.get((n.hand, n.beat), 0) + 1
    return _within((sum(onsets.values()) / len(onsets) - 1) / 2)


def hands_term(notes: tuple[BeatNote, ...]) -> float:
    """Whether both hands play: a half, and up to one by the share of onsets at which they play at once."""
    if len({n.hand for n in notes}) < 2:
        return 0.0
    hands: dict[float, set[Hand | None]] = {}
    for n in notes:
        hands.setdefault(n.beat, set()).add(n.hand)
    return 0.5 + 0.5 * _share(len(at) > 1 for at in hands.values())


def rhythm_term(notes: tuple[BeatNote, ...]) -> float:
    """How many different times between onsets there are: 0 for one, 1 for five and more."""
    gaps = {round(b - a, 3) for a, b in pairwise(_onsets(notes))}
    return _within((len(gaps) - 1) / 4)


def _onsets(notes: Iterable[BeatNote]) -> list[float]:
    return sorted({n.beat for n in notes})


def _finger(note: BeatNote) -> tuple[Hand | None, int, bool]:
    return (note.hand, note.finger or note.pitch, note.finger is None)


def _steps(notes: tuple[BeatNote, ...]) -> list[tuple[BeatNote, BeatNote]]:
    """Each hand's notes with the ones that follow; notes at one instant are no step."""
    steps = []
    for hand in {n.hand for n in notes}:
        own = [n for n in notes if n.hand is hand]
        steps += [(a, b) for a, b in pairwise(own) if b.beat > a.beat]
    return steps


def _share(facts: Iterable[bool]) -> float:
    known = list(facts)
    return sum(known) / len(known) if known else 0.0


def _within(value: float) -> float:
    return min(1.0, max(0.0, value))
