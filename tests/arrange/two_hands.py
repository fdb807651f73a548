"""Music for two hands, made up by chance and loosely played, with the hand of every note known."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from game.music.note import Hand, Note

SCALE = (0, 2, 4, 5, 7, 9, 11)
Line = Iterator[tuple[float, float, list[int]]]
"""Onset and length in beats, and degrees of the scale."""


def pitch(degree: int) -> int:
    octave, step = divmod(degree, 7)
    return 60 + 12 * octave + SCALE[step]


def tune(low: int, high: int, beats: int, rng: Random) -> Line:
    """A melody in steps and small leaps, of quarters and eighths."""
    at, beat = rng.randint(low, high), 0.0
    while beat < beats:
        length = rng.choice((0.5, 0.5, 1.0, 1.0, 2.0))
        yield beat, length, [at]
        at = max(low, min(high, at + rng.choice((-3, -2, -1, -1, 0, 1, 1, 2, 3))))
        beat += length


def run(low: int, high: int, beats: int, rng: Random) -> Line:
    """Scales in sixteenths, turning at the ends."""
    at, way = rng.randint(low, high), rng.choice((-1, 1))
    for i in range(beats * 4):
        yield i / 4, 0.25, [at]
        way = -way if not low <= at + way <= high or rng.random() < 0.04 else way
        at += way


def thirds(low: int, high: int, beats: int, rng: Random) -> Line:
    """A melody in thirds and sixths."""
    for beat, length, (at,) in tune(low, high - 5, beats, rng):
        yield beat, length, [at, at + rng.choice((2, 2, 5))]


def broken(low: int, beats: int, rng: Random, order: tuple[int, ...] = (0, 4, 2, 4)) -> Line:
    """Broken chords in eighths."""
    for bar in range(beats // 4):
        root = low + rng.choice((0, 3, 4, 1))
        for i in range(8):
            yield bar * 4 + i / 2, 0.5, [root + order[i % len(order)]]


def blocks(low: int, beats: int, rng: Random) -> Line:
    """Triads, one every other beat."""
    for beat in range(0, beats, 2):
        root = low + rng.choice((0, 1, 3, 4))
        yield float(beat), 2.0, [root, root + 2, root + 4]


def stride(low: int, beats: int, rng: Random) -> Line:
    """A low bass note, then a chord an octave and more above it."""
    for beat in range(0, beats, 2):
        root = low + rng.choice((0, 3, 4))
        yield float(beat), 0.8, [root]
        yield beat + 1.0, 0.8, [root + 7, root + 9, root + 11]


def octaves(low: int, beats: int, rng: Random) -> Line:
    """A bass in octaves."""
    for beat in range(beats):
        root = low + rng.choice((0, 1, 2, 3, 4))
        yield float(beat), 0.9, [root, root + 7]


Style = Callable[[int, Random], tuple[Line, Line]]

TEACHING: dict[str, Style] = {
    "tune over chords": lambda beats, rng: (tune(2, 9, beats, rng), blocks(-9, beats, rng)),
    "tune over broken chords": lambda beats, rng: (tune(2, 10, beats, rng), broken(-8, beats, rng)),
    "two tunes": lambda beats, rng: (tune(0, 7, beats, rng), tune(-9, -3, beats, rng)),
    "both hands high": lambda beats, rng: (tune(16, 22, beats, rng), broken(5, beats, rng)),
    "both hands low": lambda beats, rng: (tune(-7, -1, beats, rng), blocks(-18, beats, rng)),
}

CONCERT: dict[str, Style] = {
    "run over broken chords": lambda beats, rng: (run(3, 15, beats, rng), broken(-8, beats, rng)),
    "thirds over a stride bass": lambda beats, rng: (thirds(5, 16, beats, rng), stride(-16, beats, rng)),
    "runs in both hands": lambda beats, rng: (run(4, 12, beats, rng), run(-10, -1, beats, rng)),
    "tune over octaves": lambda beats, rng: (thirds(2, 14, beats, rng), octaves(-14, beats, rng)),
    "the middle shared": lambda beats, rng: (tune(1, 8, beats, rng), run(-9, 0, beats, rng)),
}


@dataclass(frozen=True)
class Piece:
    """What was played, and by which hand."""

    notes: tuple[Note, ...]
    hands: tuple[Hand, ...]


def piece(style: Style, rng: Random, beats: int = 48, spread_s: float = 0.012, bpm: float = 96.0) -> Piece:
    """A piece with chords spread and keys held a little longer or shorter than written."""
    right, left = style(beats, rng)
    made = [(*n, Hand.RIGHT) for n in right] + [(*n, Hand.LEFT) for n in left]
    beat_s, listed = 60.0 / bpm, []
    for beat, length, degrees, hand in made:
        for degree in degrees:
            onset_s = max(0.0, beat * beat_s + rng.gauss(0.0, spread_s))
            listed.append((onset_s, pitch(degree), length * beat_s * rng.uniform(0.6, 1.05), hand))
    listed.sort(key=lambda n: n[:2])
    notes = tuple(Note(i, onset_s, length_s, key) for i, (onset_s, key, length_s, _) in enumerate(listed))
    return Piece(notes, tuple(hand for *_, hand in listed))


def right_share(found: tuple[Hand, ...], hands: tuple[Hand, ...]) -> float:
    """The share of notes given to the hand that played them."""
    return sum(a is b for a, b in zip(found, hands, strict=True)) / len(hands)


def at_middle_c(notes: tuple[Note, ...]) -> tuple[Hand, ...]:
    """The plainest rule there is."""
    return tuple(Hand.RIGHT if n.pitch >= 60 else Hand.LEFT for n in notes)


def greedy(notes: tuple[Note, ...]) -> tuple[Hand, ...]:
    """Each note to the hand whose running place is nearer."""
    place, found = {Hand.LEFT: 48.0, Hand.RIGHT: 72.0}, []
    for n in notes:
        hand = min(Hand, key=lambda h: abs(place[h] - n.pitch))
        place[hand] += 0.3 * (n.pitch - place[hand])
        found.append(hand)
    return tuple(found)
