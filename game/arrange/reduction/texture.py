"""How much of a song one hand is asked, from all that it can take down to one key now and then."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from game.arrange.difficulty.demand import WEAKER
from game.arrange.fingering.costs import ALL_FINGERS, SPANS
from game.arrange.reduction.limits import LIMITS
from game.music.note import LITTLE_FINGER, THUMB, Hand

FEW = 3
"""A hand of so few fingers lies still: it would have to jump from key to key otherwise."""

GAP_S = {limits.fingers: limits.gap_s for limits in LIMITS.values()} | {2: 0.9, 4: 0.5}
"""The shortest time from stroke to stroke of a hand that lies still, by its fingers: as for the songs."""

QUICKEST_S = 0.08
"""Nobody is asked more than twelve strokes a second."""


@dataclass(frozen=True, slots=True)
class Texture:
    """What is asked of one hand. Proposals for a clinician to sign off, in the tables below.

    fingers: those it has. keys: at most so many at once. span: white keys from outer key to outer key.
    gap_s: the shortest time between strokes. strength: how strong a place in the bar has to be, as in
    `metre.strength`. still: the hand moves between phrases only; in each, a finger keeps its key.
    """

    fingers: frozenset[int] = ALL_FINGERS
    keys: int = 5
    span: int = 9
    gap_s: float = QUICKEST_S
    strength: int = 0
    still: bool = False

    @property
    def widest(self) -> int:
        """White keys from outer to outer that these fingers take at once."""
        low, high = min(self.fingers), max(self.fingers)
        return min(self.span, 1 + int(SPANS[low, high].limit) if low != high else 1)

    def offsets(self, hand: Hand) -> dict[int, int]:
        """Of a hand that lies still: the finger on each key of the scale, counted from its lowest key.

        A single finger goes to every key of the place.
        """
        if len(self.fingers) == 1:
            return dict.fromkeys(range(min(LITTLE_FINGER, self.span)), min(self.fingers))
        low, high = min(self.fingers), max(self.fingers)
        lies = {(f - low if hand is Hand.RIGHT else high - f): f for f in self.fingers}
        return {at: finger for at, finger in lies.items() if at < self.span}


def textures(fingers: frozenset[int], span: int) -> list[Texture]:
    """All that may be asked of a hand with some fingers: what is offered to each set of them, the larger sets
    first, so that more fingers always have what fewer have. Sets that lie alike on the keys are one, that of
    the stronger fingers."""
    found: dict[tuple[object, ...], Texture] = {}
    sizes = range(len(fingers), 0, -1)
    for some in (frozenset(c) for size in sizes for c in combinations(sorted(fingers), size)):
        for texture in _offered(some, span):
            found.setdefault(_alike(texture), texture)
            if _weak(texture) < _weak(found[_alike(texture)]):
                found[_alike(texture)] = texture
    return list(found.values())


def _offered(fingers: frozenset[int], span: int) -> Iterator[Texture]:
    """What a hand with just these fingers may be asked, the richest first."""
    count = len(fingers)
    whole = Texture(fingers, count, span)
    if count <= FEW:
        yield replace(whole, gap_s=GAP_S[count], still=True)
    else:
        yield whole
        yield from (replace(whole, keys=keys, gap_s=gap_s, strength=s) for keys, gap_s, s in _MOVING)
    for gap_s, strength in _STILL[count]:
        yield replace(whole, keys=1, gap_s=gap_s, strength=strength, still=True)


def _alike(texture: Texture) -> tuple[object, ...]:
    """What tells textures apart but for which fingers do it: of a hand that moves, the fingers too."""
    low = min(texture.fingers)
    shape = frozenset(f - low for f in texture.fingers) if texture.still else texture.fingers
    return shape, texture.keys, texture.gap_s, texture.strength, texture.still


def _weak(texture: Texture) -> tuple[int, bool]:
    return sum(f in WEAKER for f in texture.fingers), texture.fingers == {THUMB}


_MOVING = ((3, 0.2, 0), (2, 0.3, 0), (1, 0.3, 0), (1, 0.4, 0), (1, 0.66, 0), (1, 0.66, 1))
"""Keys at once, seconds from stroke to stroke and strength of a hand that moves."""

_STILL = {
    5: ((0.4, 0), (0.66, 1)),
    4: ((0.66, 1),),
    3: ((0.66, 1), (1.0, 1)),
    2: ((0.9, 1), (1.5, 1)),
    1: ((1.25, 1), (1.8, 1), (2.5, 2), (4.0, 3), (8.0, 3)),
}
"""Seconds from stroke to stroke and strength of a hand that lies still, by its fingers."""
