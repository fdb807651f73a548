"""The five verbs and back, from computer keys and from the instrument itself.

Scancodes, not letters: a key means the same on every keyboard layout.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import pygame

from game.music.keyboard import is_black, white_index, white_pitch


class Verb(StrEnum):
    """What a person can do on every screen."""

    PREVIOUS = "previous"
    NEXT = "next"
    LESS = "less"
    MORE = "more"
    CHOOSE = "choose"
    BACK = "back"


BY_SCANCODE: Mapping[int, Verb] = MappingProxyType(
    {
        pygame.KSCAN_UP: Verb.PREVIOUS,
        pygame.KSCAN_DOWN: Verb.NEXT,
        pygame.KSCAN_LEFT: Verb.LESS,
        pygame.KSCAN_RIGHT: Verb.MORE,
        pygame.KSCAN_RETURN: Verb.CHOOSE,
        pygame.KSCAN_KP_ENTER: Verb.CHOOSE,
        pygame.KSCAN_SPACE: Verb.CHOOSE,
        pygame.KSCAN_TAB: Verb.NEXT,
        pygame.KSCAN_ESCAPE: Verb.BACK,
        pygame.KSCAN_BACKSPACE: Verb.BACK,
    }
)

BY_FINGER: Mapping[int, Verb] = MappingProxyType(
    {1: Verb.BACK, 2: Verb.PREVIOUS, 3: Verb.CHOOSE, 4: Verb.NEXT, 5: Verb.MORE}
)
"""The verbs of the five lowest white keys or pads; `more` goes round, so that `less` needs no key."""


@dataclass(frozen=True, slots=True)
class MenuKeys:
    """Which keys of the instrument stand for the verbs. lowest: pitch of its lowest key or pad.

    shown: pads in the order in which they were shown to the game; the first five, where there are so many.
    """

    lowest: int
    pads: bool = False
    shown: tuple[int, ...] = ()

    def pitches(self) -> tuple[int, ...]:
        """The five pitches, lowest first."""
        if self.pads and len(self.shown) >= 5:
            return self.shown[:5]
        if self.pads:
            return tuple(range(self.lowest, self.lowest + 5))
        first = white_index(self.lowest) + (1 if is_black(self.lowest) else 0)
        return tuple(white_pitch(first + i) for i in range(5))

    def verb(self, pitch: int) -> Verb | None:
        """The verb of a key, or None for any other key."""
        pitches = self.pitches()
        return BY_FINGER[pitches.index(pitch) + 1] if pitch in pitches else None


def mirrored(verb: Verb, right_to_left: bool) -> Verb:
    """Less and more change places where the screen is laid out from right to left."""
    if right_to_left and verb in (Verb.LESS, Verb.MORE):
        return Verb.MORE if verb is Verb.LESS else Verb.LESS
    return verb
