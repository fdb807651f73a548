"""Pictures of notes that are not asked: an outline, with a cross if the note must not be played."""

from functools import lru_cache

import pygame
from pygame import Rect, Surface

from game.music.level import NoteRole
from game.screens.ui.marks import mark
from game.screens.ui.paint import rounded
from game.screens.ui.theme import Colour, Theme, mixed
from game.screens.ui.view import View

CROSS = 0.32
"""Half the size of the cross, as a share of the note's width or height, whichever is less."""


def unasked_sprite(size: tuple[int, int], finger: int, part: NoteRole, view: View) -> Surface:
    """A note that is shown first, in its finger's colour and with its mark, or one not to be played."""
    theme = view.theme
    inside = mixed(theme.ground_top, theme.ground_bottom, 0.5)
    if part is NoteRole.NO_GO:
        return _crossed(size, theme.dim, inside, view)
    colour = theme.finger(finger or None)
    picture = rounded(size, view.px(12), inside, (max(2, view.px(4)), colour)).copy()
    if finger:
        half = min(view.px(22), round(size[0] * 0.3), round(size[1] * 0.36))
        _set_in_middle(picture, mark(finger, max(6, half), colour, _readable_on(colour, theme)))
    return picture


@lru_cache(maxsize=64)
def _cross(half: int, width: int, colour: Colour) -> Surface:
    """Two thick strokes, smooth."""
    side = 2 * half
    large = Surface((4 * side, 4 * side), pygame.SRCALPHA)
    large.fill((*colour, 0))
    near, far = 4 * width, 4 * (side - width)
    for start, end in (((near, near), (far, far)), ((near, far), (far, near))):
        pygame.draw.line(large, colour, start, end, 4 * width)
    return pygame.transform.smoothscale(large, (side, side))


def _crossed(size: tuple[int, int], colour: Colour, inside: Colour, view: View) -> Surface:
    picture = rounded(size, view.px(12), inside, (max(2, view.px(4)), colour)).copy()
    half = max(8, round(min(size) * CROSS))
    _set_in_middle(picture, _cross(half, max(2, half // 4), colour))
    return picture


def _readable_on(colour: Colour, theme: Theme) -> Colour:
    """The number's colour on a mark of a colour: the one of the two that stands out more."""
    return max((theme.mark, theme.ink), key=lambda c: sum(abs(a - b) for a, b in zip(c, colour, strict=True)))


def _set_in_middle(picture: Surface, shape: Surface) -> None:
    picture.blit(shape, shape.get_rect(center=Rect((0, 0), picture.get_size()).center))
