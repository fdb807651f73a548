"""Seven readings of notes that separate hard piano pieces from easy ones. Tempo and length are ignored."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import inf, log2

from game.arrange.difficulty.strokes import HandStroke, Moment, MomentKind, Playing, playing, together
from game.music.keyboard import is_black
from game.music.level import BeatNote
from game.music.note import Hand

POSITION_KEYS = 8
"""Semitones that a hand covers without moving: any five-finger position."""

WIDTH_SHARE = 0.15
"""How much the width in which a hand works counts beside how far it moves."""

WIDTH_STROKES = 6
"""The width in which a hand works is that of so many strokes."""

LONGEST_GAP_BEATS = 4.0
"""From one note to the next; longer is a rest and counts as this long, so that pauses change little."""

BUSIEST_SHARE = 0.1
"""The share of quarters that count as the busiest."""

ALIKE_KEYS = 2
"""Hands whose steps differ by no more than this, in the same direction or as in a mirror, move alike."""


@dataclass(frozen=True, slots=True)
class Readings:
    """Of what each hand does the two hands' figures are added, so that a second hand never lessens one.

    entropy_bits: Shannon entropy of a hand's pitches. range_keys: semitones from its lowest to its highest.
    notes_a_quarter: mean of the average and of the busiest tenth of the quarters.
    black: share of a hand's strokes that touch a black key. displacement_keys: semitones a hand goes from
    stroke to stroke. polyphony: keys down in a hand at a stroke, held ones too.
    independence: 0 where the hands move alike or take turns, towards 1 where each goes its own way.
    """

    entropy_bits: float = 0.0
    range_keys: float = 0.0
    notes_a_quarter: float = 0.0
    black: float = 0.0
    displacement_keys: float = 0.0
    polyphony: float = 0.0
    independence: float = 0.0


def readings(notes: Iterable[BeatNote]) -> Readings:
    """The readings, all 0 for no notes. Where a note names no hand, its hand is found first."""
    hands = playing(notes)
    if not hands:
        return Readings()
    return Readings(
        entropy_bits=_added(hands, lambda own: entropy_bits(n.pitch for s in own for n in s.notes)),
        range_keys=_added(hands, range_keys),
        notes_a_quarter=max(notes_a_quarter(beats) for beats in _beats(hands)),
        black=_added(hands, black_share),
        displacement_keys=_added(hands, displacement_keys),
        polyphony=_added(hands, polyphony),
        independence=independence(hands),
    )


def _added(hands: Playing, reading: Callable[[Sequence[HandStroke]], float]) -> float:
    return sum(reading(own) for own in hands.values())


def _beats(hands: Playing) -> list[list[float]]:
    """When notes begin: each hand's, and both hands' together."""
    each = [[n.beat for s in own for n in s.notes] for own in hands.values()]
    return [sorted(chain(*each)), *map(sorted, each)]


def entropy_bits(values: Iterable[object]) -> float:
    """Shannon entropy of how often each value comes: 0 for one value, log2 k for k equally frequent ones."""
    counts = Counter(values)
    total = sum(counts.values())
    return abs(sum(n / total * log2(n / total) for n in counts.values()))


def range_keys(own: Sequence[HandStroke]) -> float:
    """Semitones from a hand's lowest key to its highest."""
    return float(max(s.highest for s in own) - min(s.lowest for s in own))


def notes_a_quarter(beats: Sequence[float]) -> float:
    """Notes in a quarter's time, from the beats of all notes in order."""
    gaps = [min(b - a, LONGEST_GAP_BEATS) for a, b in pairwise(beats) if b > a]
    last = sum(gaps) / len(gaps) if gaps else LONGEST_GAP_BEATS
    average = len(beats) / (sum(gaps) + last)
    quarters = sorted(Counter(int(beat - beats[0] + 1e-6) for beat in beats).values(), reverse=True)
    busiest = quarters[int(BUSIEST_SHARE * len(quarters))]
    return (average + max(average, float(busiest))) / 2


def black_share(own: Sequence[HandStroke]) -> float:
    """Share of a hand's strokes that touch a black key."""
    return sum(any(is_black(n.pitch) for n in s.notes) for s in own) / len(own)


def polyphony(own: Sequence[HandStroke]) -> float:
    """Keys down at a stroke, on average."""
    return sum(len(s.down) for s in own) / len(own)


def displacement_keys(own: Sequence[HandStroke]) -> float:
    """How far a hand goes from stroke to stroke, on average, in semitones.

    The hand covers a stretch of keys, which begins anywhere from `low` to `high`, and moves no more than a
    stroke outside it asks for. A share of the
    width in which its strokes lie is added, so that fingers far apart count where the hand need not move.
    """
    if len(own) < 2:
        return 0.0
    moved, low, high = 0.0, -inf, inf
    for stroke in own:
        cover = max(POSITION_KEYS, stroke.highest - stroke.lowest)
        least, most = stroke.highest - cover, stroke.lowest
        moved += max(0.0, least - high, low - most)
        low, high = min(max(low, least), most), max(min(high, most), least)
    centres = [s.centre for s in own]
    near = [centres[max(0, i + 1 - WIDTH_STROKES) : i + 1] for i in range(1, len(own))]
    widths = [max(some) - min(some) for some in near]
    return (moved + WIDTH_SHARE * sum(widths)) / (len(own) - 1)


def independence(hands: Playing) -> float:
    """How far the hands go separate ways: half by how mixed it is who begins (both, right over a held left,
    left over a held right), half by how often they do not do the same."""
    return apart_in(together(hands[Hand.LEFT], hands[Hand.RIGHT])) if len(hands) > 1 else 0.0


def apart_in(moments: Sequence[Moment]) -> float:
    """The same of moments of both hands that are known."""
    kinds = Counter(moment.kind for moment in moments)
    shared = [kind for kind in kinds.elements() if kind is not MomentKind.ALONE]
    if not shared:
        return 0.0
    mixed = entropy_bits(shared) / log2(3) * len(shared) / len(moments)
    apart = sum(
        _apart(m.steps) if m.kind is MomentKind.BOTH else 0.5
        for m in moments
        if m.kind is not MomentKind.ALONE
    )
    return (mixed + apart / len(moments)) / 2


def _apart(steps: tuple[float, float] | None) -> float:
    """1 where the two hands' steps into a moment differ."""
    if steps is None:
        return 0.0
    left, right = steps
    return float(min(abs(left - right), abs(left + right)) > ALIKE_KEYS)
