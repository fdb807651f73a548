"""Where a hand lies that does not move but between phrases, and which of its fingers is on which key.

The hand rests on keys of the scale. For each phrase it takes the place that holds most of the outer voice;
it moves only where that gains more than the move costs, and what is too near to a move to be played is left.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from game.arrange.reduction.fitting import with_finger
from game.arrange.reduction.texture import GAP_S, Texture
from game.music.keyboard import is_black
from game.music.level import BeatNote
from game.music.note import Hand

BLACK_COST = 0.4
"""What a black key takes from the worth of a place, in notes."""
MOVE_S = 1.6
"""From the last stroke in a place to the first in another."""
BREATH_S, BREATH_GAPS = 0.9, 1.75
"""A phrase ends where the next stroke comes so late, and so many times as late as usual."""
PHRASE_S = 10.0
"""A phrase lasts so long at most."""
MOVE_COST, SILENT_COST = 3.0, 4.0
"""What a move and a phrase with nothing to play take from the worth of a way through the song, in notes."""

Stroke = list[BeatNote]
"""What a hand begins at once, the outer voice first."""
Place = dict[int, int]
"""The keys of a place, each with its finger."""


def laid(
    every: Sequence[Stroke], at_s: Sequence[float], hand: Hand, texture: Texture
) -> list[tuple[int, int, Stroke]]:
    """What lies under the hand, with fingers: of which stroke, in which of the hand's places, and notes.

    at_s: when each stroke is.
    """
    places = list(_places([n for stroke in every for n in stroke], texture.offsets(hand)))
    if not places:
        return []
    spans = _phrases(at_s)
    worths = [_worths(every[a:b], at_s[b - 1] - at_s[a], places, texture) for a, b in spans]
    found: list[tuple[int, int, Stroke]] = []
    for (a, b), at in zip(spans, _way(worths), strict=True):
        place = places[at]
        for i in range(a, b):
            kept = [with_finger(n, place[n.pitch]) for n in every[i] if n.pitch in place]
            if kept:
                found.append((i, at, kept))
    return found


def _phrases(at_s: Sequence[float]) -> list[tuple[int, int]]:
    """The music between its breaths, long stretches parted at their longest gaps."""
    gaps_s = [b - a for a, b in pairwise(at_s)]
    breath_s = max(BREATH_S, BREATH_GAPS * sorted(gaps_s)[len(gaps_s) // 2]) if gaps_s else BREATH_S
    cuts = [i for i, gap_s in enumerate(gaps_s, start=1) if gap_s >= min(breath_s, MOVE_S)]
    spans = list(zip([0, *cuts], [*cuts, len(at_s)], strict=True))
    found: list[tuple[int, int]] = []
    while spans:
        a, b = spans.pop()
        if at_s[b - 1] - at_s[a] <= PHRASE_S or b - a < 4:
            found.append((a, b))
            continue
        inner = range(a + (b - a) // 4 + 1, b - (b - a) // 4)
        cut = max(inner, key=lambda i: (round(at_s[i] - at_s[i - 1], 3), -abs(2 * i - a - b)))
        spans += [(a, cut), (cut, b)]
    return sorted(found)


def _worths(
    phrase: Sequence[Stroke], length_s: float, places: Sequence[Place], texture: Texture
) -> list[float]:
    """How much of a phrase each place has: its outer voice as far as there is time for it, white keys and all
    keys in use being better."""
    outer: dict[int, int] = {}
    for stroke in phrase:
        outer[stroke[0].pitch] = outer.get(stroke[0].pitch, 0) + 1
    most = 1 + length_s / GAP_S[len(texture.fingers)]
    worths = []
    for place in places:
        notes = sum(outer.get(p, 0) * (1 - BLACK_COST * is_black(p)) for p in place)
        used = sum(p in outer for p in place)
        worths.append(min(notes, most) + 0.05 * notes + 0.2 * used if used else -SILENT_COST)
    return worths


def _way(worths: Sequence[Sequence[float]]) -> list[int]:
    """The place of each phrase on the way that is worth most."""
    total = list(worths[0])
    came: list[list[int]] = []
    for own in worths[1:]:
        best = max(range(len(total)), key=total.__getitem__)
        moved = total[best] - MOVE_COST
        came.append([at if stays >= moved else best for at, stays in enumerate(total)])
        total = [max(stays, moved) + worth for stays, worth in zip(total, own, strict=True)]
    at = max(range(len(total)), key=total.__getitem__)
    way = [at]
    for step in reversed(came):
        at = step[at]
        way.append(at)
    return way[::-1]


def _places(notes: Sequence[BeatNote], offsets: Mapping[int, int]) -> Iterable[Place]:
    """Where a hand may lie on the keys of the scale."""
    scale = scale_of(notes)
    pitches = [p for p in range(21, 109) if p % 12 in scale]
    low, high = min(n.pitch for n in notes), max(n.pitch for n in notes)
    for i in range(len(pitches) - max(offsets)):
        place = {pitches[i + at]: finger for at, finger in offsets.items()}
        if max(place) >= low and min(place) <= high:
            yield place


def scale_of(notes: Iterable[BeatNote]) -> frozenset[int]:
    """The seven tones, as semitones above C, of the major scale that holds most of the notes' time."""
    time = [0.0] * 12
    for note in notes:
        time[note.pitch % 12] += note.length_beats
    major = (0, 2, 4, 5, 7, 9, 11)
    scales = [
        frozenset((tonic + step) % 12 for step in major) for tonic in (0, 7, 5, 2, 10, 9, 3, 4, 8, 11, 1, 6)
    ]
    return max(scales, key=lambda scale: sum(time[tone] for tone in scale))
