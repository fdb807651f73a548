"""A part of a screen that is painted once and shown in every frame, until what it shows changes."""

from collections.abc import Callable, Hashable

import pygame
from pygame import Rect, Surface

from game.screens.ui.paint import Brush


class KeptPicture:
    """One painted rectangle of the window, see-through where nothing is painted."""

    def __init__(self) -> None:
        self._of: Hashable = None
        self._picture: Surface | None = None

    def draw(self, brush: Brush, place: Rect, of: Hashable, paint: Callable[[Brush, Rect], None]) -> None:
        """Show it at a place. of: what it shows; where that, the view or the size changed, paint it anew."""
        key = (of, brush.view, place.size)
        if self._picture is None or self._of != key:
            self._of, self._picture = key, Surface(place.size, pygame.SRCALPHA)
            paint(Brush(self._picture, brush.view, brush.lettering), Rect((0, 0), place.size))
        brush.surface.blit(self._picture, place)
