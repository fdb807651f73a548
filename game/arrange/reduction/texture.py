"""How much of a song one hand is asked, from all that it can take down to one key now and then."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from game.arrange.fingering.costs import ALL_FINGERS, SPANS
from game.arrange.songs.reduction import LIMITS
from game.music.note import LITTLE_FINGER, Hand

FEW = 3
"""A hand of so few fingers lies still: it would have to jump from key to key otherwise."""

GAP_S = {limits.fingers: limits.gap_s for limits in LIMITS.values()} | {2: 0.9, 4: 0.5}
"""The shortest time from stroke to stroke of a hand that lies still, by its fingers: as for the songs."""

QUICKEST_S = 0.08
"""Nobody is asked more than twelve strokes a second."""


@dataclass(frozen=True, slots=True)
class Texture:
    """What is asked of one hand. Proposals for a clinician to sign off, in the one ladder below.

    fingers: those it has. keys: at most so many at once. span: white keys from outer key to outer key.
    gap_s: the shortest time between strokes. strength: how strong a place in the bar has to be, as in
    `metre.strength`. still: the hand does not move, and each finger keeps its key.
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


@dataclass(frozen=True, slots=True)
class TextureStep:
    """A step of the ladder: the texture, and whether both hands play or the tune alone."""

    texture: Texture
    both: bool = True


def ladder(fingers: frozenset[int], span: int, tune_alone: bool) -> Iterator[TextureStep]:
    """Textures for the fingers that there are, the richest first.

    tune_alone: whether a song for two hands may become its tune, for one.
    """
    few = len(fingers) <= FEW
    whole = Texture(fingers, len(fingers), span)
    if few:
        whole = replace(whole, gap_s=GAP_S[len(fingers)], still=True)
    moving = () if few else _MOVING
    textures = [whole, *(replace(whole, keys=min(k, whole.keys), gap_s=g, strength=s) for k, g, s in moving)]
    still = [
        replace(whole, fingers=some, keys=1, gap_s=max(gap_s, whole.gap_s), strength=strength, still=True)
        for count, gap_s, strength in _STILL
        if (some := _of(fingers, count)) is not None
    ]
    yield from (TextureStep(texture) for texture in textures)
    if not tune_alone:
        yield from (TextureStep(texture) for texture in still)
        return
    yield from (TextureStep(texture, both=False) for texture in (*textures[1:], *still))


_MOVING = ((3, 0.2, 0), (2, 0.3, 0), (1, 0.3, 0), (1, 0.4, 0), (1, 0.66, 0), (1, 0.66, 1))
"""Keys at once, seconds from stroke to stroke and strength of a hand that moves."""

_STILL = (
    (5, 0.4, 0),
    (5, 0.66, 1),
    (4, 0.66, 1),
    (3, 0.66, 1),
    (3, 1.0, 1),
    (2, 0.9, 1),
    (2, 1.5, 1),
    (1, 1.25, 1),
    (1, 1.8, 1),
    (1, 2.5, 2),
    (1, 4.0, 3),
    (1, 8.0, 3),
)
"""Fingers, seconds from stroke to stroke and strength of a hand that lies still."""

_FIRST = {4: ({1, 2, 3, 4}, {2, 3, 4, 5}), 3: ({1, 2, 3}, {2, 3, 4}), 2: ({2, 3}, {1, 2}), 1: ({2}, {3}, {1})}
"""Which fingers stay when there are to be fewer: strong ones next to each other."""


def _of(fingers: frozenset[int], count: int) -> frozenset[int] | None:
    """So many of the fingers; None where there are not so many."""
    if len(fingers) < count:
        return None
    liked = [frozenset(some) for some in _FIRST.get(count, ()) if some <= fingers]
    return liked[0] if liked else frozenset(sorted(fingers)[:count])
