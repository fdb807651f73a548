"""The window, and its first picture, shown before slow imports."""

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

FRAME = (16, 96)
"""Pixels that a title bar, borders and a task bar may take of a desktop's width and height."""

NAME = "Fingerfall"


def usual_size(desktop: tuple[int, int]) -> tuple[int, int]:
    """The size of a window in a frame: 1280 × 720, two thirds of a larger desktop, less on a small one."""
    wanted = (max(least, whole * 2 // 3) for least, whole in zip(WINDOW, desktop, strict=True))
    width, height = (min(one, most) for one, most in zip(wanted, _room(desktop), strict=True))
    return width, height


def needs_all(size: tuple[int, int], desktop: tuple[int, int]) -> bool:
    """Whether a window of that size with its frame would not fit its desktop."""
    return any(one > most for one, most in zip(size, _room(desktop), strict=True))


def _room(desktop: tuple[int, int]) -> tuple[int, int]:
    return desktop[0] - FRAME[0], desktop[1] - FRAME[1]


class GameWindow:
    """The window: in a frame, maximised where the desktop is small, or the whole screen.

    Only the system's window manager knows how much its frames and bars take. So on a small desktop it is
    asked to maximise the window, and nothing is cut off.
    """

    def __init__(self, *, fullscreen: bool = False) -> None:
        """Open it. Raises UserError where there is no screen."""
        if sys.platform.startswith("linux"):
            # SDL would put every frame on an OpenGL texture, which costs a machine without a GPU 4 to 11 ms.
            os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
        try:
            pygame.display.init()
            desktop = pygame.display.get_desktop_sizes()[0]
            self._maximised = needs_all(WINDOW, desktop)
            self._window = pygame.Window(
                NAME,
                usual_size(desktop),
                resizable=True,
                maximized=self._maximised,
                fullscreen_desktop=fullscreen,
            )
            self._window.get_surface()
        except pygame.error as error:
            raise UserError(
                N_("There is no screen to open the game on ({reason}); `fingerfall demo` plays without one."),
                reason=error,
            ) from error
        self.fullscreen = fullscreen
        pygame.key.set_repeat()

    @property
    def surface(self) -> pygame.Surface:
        """What to paint on; it has the size of the window."""
        return self._window.get_surface()

    @property
    def refresh_hz(self) -> int:
        """Pictures that the screen shows a second; 0 where it does not say."""
        return max(pygame.display.get_desktop_refresh_rates(), default=0)

    def show(self) -> None:
        """Show the painted frame."""
        self._window.flip()

    def toggle_fullscreen(self) -> None:
        """Between the window, as it was, and the whole screen."""
        self.fullscreen = not self.fullscreen
        if self.fullscreen:
            desktop = pygame.display.get_desktop_sizes()[0]
            self._maximised = needs_all(self._window.size, desktop)
            self._window.set_fullscreen(desktop=True)
            return
        self._window.set_windowed()
        if self._maximised:
            self._window.maximize()


def has_screen() -> bool:
    """Whether there is a real display."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in named):
        return False
    try:
        pygame.display.init()
    except pygame.error:
        return False
    return pygame.display.get_driver() not in ("dummy", "offscreen")


def greet(window: GameWindow) -> None:
    """Show the first picture while the rest of the program loads."""
    surface = window.surface
    view = View(surface.get_size(), NIGHT, mirrored=right_to_left())
    brush = Brush(surface, view, TextRenderer())
    brush.ground()
    half = view.px(30)
    for finger in range(1, 6):
        x = view.width / 2 + (finger - 3) * 100
        brush.mark(finger, view.plain_rect(x, 300, 0, 0).center, half)
    place = view.rect(56, 380, view.width - 112, 80)
    brush.text(_("Welcome"), place, Style(40, bold=True, align="middle"))
    window.show()
