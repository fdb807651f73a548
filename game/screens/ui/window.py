"""The window itself, and its very first picture, which waits for nothing that is slow to import."""

import os
import sys

import pygame

from game.errors import UserError
from game.screens.ui.paint import Brush, Style
from game.screens.ui.text_renderer import TextRenderer
from game.screens.ui.theme import NIGHT
from game.screens.ui.view import View
from game.words import N_, _, right_to_left

WINDOW = (1280, 720)


def usual_size(desktop: tuple[int, int]) -> tuple[int, int]:
    """How large a window is at first: 1280 × 720, or two thirds of a larger desktop; never larger than it."""
    width, height = (max(least, whole * 2 // 3) for least, whole in zip(WINDOW, desktop, strict=True))
    return min(width, desktop[0]), min(height, desktop[1])


def open_window(fullscreen: bool, size: tuple[int, int] | None = None) -> pygame.Surface:
    """The window, or the whole screen. Raises UserError where there is no screen."""
    if sys.platform.startswith("linux"):
        # SDL would put every frame on an OpenGL texture, which costs a machine without a GPU 4 to 11 ms.
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
    try:
        pygame.display.init()
        if fullscreen:
            surface = pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
        else:
            size = size or usual_size(pygame.display.get_desktop_sizes()[0])
            surface = pygame.display.set_mode(size, pygame.RESIZABLE)
    except pygame.error as error:
        raise UserError(
            N_("There is no screen to open the game on ({reason}); `fingerfall demo` plays without one."),
            reason=error,
        ) from error
    pygame.display.set_caption("Fingerfall")
    pygame.key.set_repeat()
    return surface


def has_screen() -> bool:
    """Whether a window could be seen: a display that is neither missing nor a stand-in."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in named):
        return False
    try:
        pygame.display.init()
    except pygame.error:
        return False
    return pygame.display.get_driver() not in ("dummy", "offscreen")


def greet(surface: pygame.Surface) -> None:
    """Show the first picture, while everything else is being fetched."""
    view = View(surface.get_size(), NIGHT, mirrored=right_to_left())
    brush = Brush(surface, view, TextRenderer())
    brush.ground()
    half = view.px(30)
    for finger in range(1, 6):
        x = view.width / 2 + (finger - 3) * 100
        brush.mark(finger, view.plain_rect(x, 300, 0, 0).center, half)
    place = view.rect(56, 380, view.width - 112, 80)
    brush.text(_("Welcome"), place, Style(40, bold=True, align="middle"))
    pygame.display.flip()
