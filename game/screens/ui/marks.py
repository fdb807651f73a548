"""The marks of the fingers: 1 circle, 2 triangle, 3 square, 4 diamond, 5 pentagon. The same everywhere.

Shapes are drawn four times as large and scaled down, so that their edges are smooth.
"""

from functools import lru_cache
from math import cos, pi, sin

import pygame
from pygame import Surface

from game.screens.ui.text_renderer import font
from game.screens.ui.theme import Colour

SMOOTH = 4
NAMES = {1: "circle", 2: "triangle", 3: "square", 4: "diamond", 5: "pentagon"}

# Where the number sits in the shape, as shares of the shape's half size below the middle.
_NUMBER_DROP = {1: 0.0, 2: 0.3, 3: 0.0, 4: 0.0, 5: 0.06}
_NUMBER_SIZE = {1: 1.25, 2: 1.08, 3: 1.25, 4: 1.16, 5: 1.2}


def outline(finger: int, half: float) -> list[tuple[float, float]]:
    """Corners of a finger's mark around (0, 0), y downwards; all marks look equally large at one `half`."""
    if finger == 2:
        return [(0, -1.12 * half), (1.16 * half, 0.86 * half), (-1.16 * half, 0.86 * half)]
    if finger == 3:
        side = 0.9 * half
        return [(-side, -side), (side, -side), (side, side), (-side, side)]
    if finger == 4:
        return [(0, -1.24 * half), (1.24 * half, 0), (0, 1.24 * half), (-1.24 * half, 0)]
    if finger == 5:
        angles = [-pi / 2 + i * 2 * pi / 5 for i in range(5)]
        return [(1.12 * half * cos(a), 1.12 * half * sin(a)) for a in angles]
    angles = [i * 2 * pi / 64 for i in range(64)]
    return [(half * cos(a), half * sin(a)) for a in angles]


@lru_cache(maxsize=400)
def shape(finger: int, half: int, colour: Colour) -> Surface:
    """A finger's mark without its number, on a transparent square of side 2.6 × half."""
    side = round(2.6 * half)
    large = Surface((side * SMOOTH, side * SMOOTH), pygame.SRCALPHA)
    large.fill((*colour, 0))
    middle = side * SMOOTH / 2
    corners = [(middle + x * SMOOTH, middle + y * SMOOTH) for x, y in outline(finger, half)]
    pygame.draw.polygon(large, colour, corners)
    return pygame.transform.smoothscale(large, (side, side))


@lru_cache(maxsize=64)
def frame(half: int, colour: Colour) -> Surface:
    """The square around a mark of the left hand, where both hands play."""
    side = round(2.9 * half)
    picture = Surface((side, side), pygame.SRCALPHA)
    picture.fill((*colour, 0))
    pygame.draw.rect(picture, colour, picture.get_rect(), max(2, round(half * 0.16)))
    return picture


@lru_cache(maxsize=400)
def mark(finger: int, half: int, colour: Colour, number: Colour) -> Surface:
    """A finger's mark with its number, on a transparent square of side 2.6 × half; half in pixels."""
    picture = shape(finger, half, colour).copy()
    size = max(9, round(half * _NUMBER_SIZE[finger]))
    digit = font("latin", size, True).render(str(finger), True, number)
    ink = digit.get_bounding_rect()
    middle = picture.get_width() / 2
    left = round(middle - ink.centerx)
    top = round(middle + _NUMBER_DROP[finger] * half - ink.centery)
    picture.blit(digit, (left, top))
    return picture
