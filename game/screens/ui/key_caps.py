"""What stands on a key of the computer's keyboard, in the layout that is in use."""

import ctypes
import sys
from collections.abc import Callable
from functools import cache

import pygame


@cache
def _keycode() -> Callable[[int], int] | None:
    """SDL's way from a key's place to what it writes, which pygame does not offer; None where there is none.

    The extension module is linked with SDL, so its handle finds SDL's functions. Windows wants the library.
    """
    try:
        sdl = ctypes.CDLL("SDL2.dll" if sys.platform == "win32" else pygame.key.__file__)
        found = sdl.SDL_GetKeyFromScancode
    except (AttributeError, OSError, TypeError):
        return None
    found.restype, found.argtypes = ctypes.c_int32, (ctypes.c_int,)
    return found


def key_cap(scancode: int, usual: str) -> str:
    """What is written on a key, as a capital. usual: what it is where the layout is not known."""
    keycode = _keycode()
    name = pygame.key.name(keycode(scancode)) if keycode and pygame.display.get_init() else ""
    return name.upper() if len(name) == 1 and name.isprintable() else usual
