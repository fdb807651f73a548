"""Selects the instants that a hand has time for."""

from bisect import bisect_left
from collections.abc import Sequence


def spaced(times: Sequence[float], gap: float) -> list[int]:
    """The places in `times` of those that stay, when none is nearer than `gap` to one that came before it in
    the list: put what matters most first. Any unit of time will do."""
    taken: list[float] = []
    chosen: list[int] = []
    for place, time in enumerate(times):
        i = bisect_left(taken, time)
        if all(abs(time - other) >= gap for other in taken[max(0, i - 1) : i + 1]):
            taken.insert(i, time)
            chosen.append(place)
    return chosen
