"""Metrical strength of a position in the bar."""

_NEAR = 1e-6


def bar_beats(metre: tuple[int, int]) -> float:
    """Beats (quarter notes) in a bar."""
    return metre[0] * 4.0 / metre[1]


def strength(beat: float, metre: tuple[int, int]) -> int:
    """Metrical strength of a position in the bar:

    3 first beat, 2 middle, 1 another count, 0 between counts.
    """
    bar = bar_beats(metre)
    place = beat % bar
    compound = metre[1] == 8 and metre[0] % 3 == 0
    halves = metre[0] % 2 == 0 and metre[0] > 2
    count = 1.5 if compound and metre[0] > 3 else 4.0 / metre[1]
    if place < _NEAR or bar - place < _NEAR:
        return 3
    if halves and abs(place - bar / 2) < _NEAR:
        return 2
    return 1 if abs(place / count - round(place / count)) < _NEAR else 0
