"""Whether notes lie on written positions: fractions of the beat, including tuplets."""

from collections import defaultdict
from collections.abc import Sequence

FINEST = 24
"""Written music lies on 24ths of a beat: eighths of it, and thirds."""
EXACT_BEATS, WRITTEN_SHARE = 0.008, 0.75
"""Notes lie on the written grid within so much; of notes anywhere two in five would."""
TUPLETS = (5, 7, 9, 10, 14)
"""Parts of a beat that are written too: five, seven or nine to a beat, and to half of it or to two."""
TUPLET_BEATS, TUPLET_NOTES, TUPLET_SPAN_BEATS = 0.004, 3, 2
"""A tuplet has so many places beside the grid in so many beats, each exact to so much."""
NEAR_BEATS = 0.03
"""A note so near to a quarter or a third of a beat was meant there."""
_SAME = 1e-6


def are_written(beats: Sequence[float]) -> bool:
    """Whether onsets lie on the grid of written music or on tuplets."""
    tuplets = _tuplet_places(beats)
    near = sum(on_grid(beat) or beat in tuplets for beat in beats)
    return near >= WRITTEN_SHARE * len(beats)


def on_grid(beat: float) -> bool:
    """Whether a beat is one that is written without a tuplet other than thirds."""
    place = beat * FINEST
    return abs(place - round(place)) <= EXACT_BEATS * FINEST


def evened(beats: Sequence[float]) -> list[float]:
    """Written onsets exactly where they were meant: by a few ticks at most, and tuplets not at all."""
    tuplets = _tuplet_places(beats)
    return [beat if beat in tuplets else _meant(beat) for beat in beats]


def _meant(beat: float) -> float:
    if on_grid(beat):
        place = round(beat * FINEST) / FINEST
        return beat if abs(place - beat) < _SAME else place
    place = min((round(beat * n) / n for n in (4, 3)), key=lambda place: abs(place - beat))
    return place if abs(place - beat) <= NEAR_BEATS else beat


def _tuplet_places(beats: Sequence[float]) -> frozenset[float]:
    """The onsets beside the grid that make tuplets."""
    beside = {beat for beat in beats if not on_grid(beat)}
    if len(beside) < TUPLET_NOTES:
        return frozenset()
    found: set[float] = set()
    for parts in TUPLETS:
        spans: dict[int, list[float]] = defaultdict(list)
        for beat in beside:
            if abs(beat * parts - round(beat * parts)) <= TUPLET_BEATS * parts:
                spans[int(beat // TUPLET_SPAN_BEATS)].append(beat)
        for some in spans.values():
            if len({round(beat * parts) for beat in some}) >= TUPLET_NOTES:
                found.update(some)
    return frozenset(found)
