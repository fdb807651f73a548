"""A picture of a hand, its back to the player, with one finger or more in their colours."""

from functools import cache, lru_cache
from math import cos, radians, sin

import pygame
from pygame import Surface

from game.music.note import Hand
from game.screens.ui.theme import Colour

SMOOTH = 4

# A right hand in a square of side 100: where each finger starts, how it points (degrees from upright,
# positive to the right), its length and its thickness.
_FINGERS = {
    1: (34.0, 66.0, -52.0, 33.0, 13.5),
    2: (38.5, 50.0, -9.0, 38.0, 12.0),
    3: (50.0, 47.5, 0.0, 42.0, 12.0),
    4: (61.0, 49.5, 8.0, 38.0, 11.5),
    5: (70.0, 55.5, 19.0, 30.0, 10.5),
}
_PALM = (34.0, 48.0, 41.0, 44.0, 19.0)


def tip(finger: int, hand: Hand, beyond: float = 0.0) -> tuple[float, float]:
    """Where a finger ends in a square of side 1, and further by `beyond` in its direction."""
    x, y, angle, length, _ = _FINGERS[finger]
    reach = length + 100 * beyond
    across = (x + sin(radians(angle)) * reach) / 100
    return (across if hand is Hand.RIGHT else 1 - across), (y - cos(radians(angle)) * reach) / 100


MARK, BEYOND = 0.085, 0.1
"""Half the size of a finger's mark, and how far beyond the tip its middle lies, in sides of the square."""


@cache
def extent(hand: Hand) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a hand with every mark it can wear, in sides of its square."""
    tips = [tip(finger, hand, BEYOND) for finger in _FINGERS]
    reach = 1.3 * MARK  # the widest mark
    left, right = min(x for x, _ in tips) - reach, max(x for x, _ in tips) + reach
    return left, min(y for _, y in tips) - reach, right, (_PALM[1] + _PALM[3]) / 100


@lru_cache(maxsize=64)
def hand_picture(side: int, hand: Hand, colours: tuple[Colour, ...], skin: Colour) -> Surface:
    """A hand on a transparent square; colours: of the five fingers, thumb first."""
    large = Surface((side * SMOOTH, side * SMOOTH), pygame.SRCALPHA)
    large.fill((*skin, 0))
    unit = side * SMOOTH / 100
    for finger in (1, 5, 4, 2, 3):
        _capsule(large, finger, unit, colours[finger - 1])
    x, y, width, height, radius = (value * unit for value in _PALM)
    pygame.draw.rect(large, skin, (x, y, width, height), border_radius=round(radius))
    if hand is Hand.LEFT:
        large = pygame.transform.flip(large, True, False)
    return pygame.transform.smoothscale(large, (side, side))


def _capsule(surface: Surface, finger: int, unit: float, colour: Colour) -> None:
    x, y, angle, length, thick = _FINGERS[finger]
    end = (x + sin(radians(angle)) * length, y - cos(radians(angle)) * length)
    across = (cos(radians(angle)) * thick / 2, sin(radians(angle)) * thick / 2)
    corners = [
        (x + across[0], y + across[1]),
        (end[0] + across[0], end[1] + across[1]),
        (end[0] - across[0], end[1] - across[1]),
        (x - across[0], y - across[1]),
    ]
    pygame.draw.polygon(surface, colour, [(a * unit, b * unit) for a, b in corners])
    for a, b in ((x, y), end):
        pygame.draw.circle(surface, colour, (a * unit, b * unit), thick / 2 * unit)
