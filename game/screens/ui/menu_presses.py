"""Presses in menus: what a shaking hand did twice is done once, and a key that is held asks who it is."""

from math import inf

from game.clock import Clock
from game.judge.presses import PressTracker
from game.music.device import Device, DeviceKind
from game.music.note import Press, Touch
from game.settings import Settings

BOUNCE_MS = 150
"""Presses of a key that soon after the last are no choice of their own, where the player has no time set."""

NEW_SCREEN_S = 0.4
"""A new screen takes no verb for so long."""

LONG_PRESS_S = 3.0
"""A key that is held for so long in a menu wants to be the first key anew."""


class MenuPresses:
    """Which presses are meant, from one screen to the next.

    After a new screen the instrument rests until every key is up and a moment has passed, and for
    `NEW_SCREEN_S` nothing chooses, the computer's keys and the pointer included.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tracker = PressTracker(BOUNCE_MS / 1000)
        self._bounce_s = BOUNCE_MS / 1000
        self._keys: dict[int, float] = {}
        self._down: dict[tuple[Device | None, int], Press] = {}
        self._resting = False
        self._shown_s, self._accepts_from_s = -inf, 0.0

    @property
    def too_soon(self) -> bool:
        """Whether the screen came just now."""
        return self._clock.now_s() < self._shown_s + NEW_SCREEN_S

    def rest(self, settings: Settings) -> None:
        """A new screen is there, for a player with these settings."""
        self._bounce_s = (settings.bounce_ms or BOUNCE_MS) / 1000
        self._tracker = PressTracker(self._bounce_s)
        self._resting = bool(self._down)
        self._shown_s = self._clock.now_s()
        self._accepts_from_s = self._shown_s + settings.accept_delay_s

    def meant(self, touch: Touch, taken: bool = False) -> bool:
        """Whether a touch is a press to be heeded; one that the screen has taken is no long press."""
        key = touch.device, touch.pitch
        if not isinstance(touch, Press):
            self._tracker.release(touch)
            self._down.pop(key, None)
            self._resting = self._resting and bool(self._down)
            return False
        press = self._tracker.press(touch)
        if not taken:
            self._down[key] = touch
        if press is None or press.after is not None:
            return False
        return not self._resting and touch.time_s >= self._accepts_from_s

    def key_meant(self, scancode: int) -> bool:
        """Whether a key of the computer that goes down now is heeded: not so soon after it last did."""
        now_s = self._clock.now_s()
        before_s, self._keys[scancode] = self._keys.get(scancode, -inf), now_s
        return round(now_s - before_s, 4) >= self._bounce_s

    def held_long(self) -> Device | None:
        """The MIDI instrument of a key that is held for long; told once."""
        since_s = self._clock.now_s() - LONG_PRESS_S
        for key, press in self._down.items():
            if press.device is not None and press.device.kind is DeviceKind.MIDI and press.time_s <= since_s:
                del self._down[key]
                return press.device
        return None

    def all_up(self) -> None:
        """No key is down any more."""
        self._down.clear()
