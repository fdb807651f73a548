"""The instrument of the game in its window: a MIDI keyboard when one is there, else the computer's keys."""

import re
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

from game.clock import Clock
from game.errors import UserError
from game.metrics.station.instrument_tests import octaves_shifted
from game.midi.driver import Driver, RtMidi
from game.midi.usb import UsbPort
from game.music.note import Press, Touch
from game.music.recording import Device
from game.screens.playing.typing_keys import LOWEST_PITCH, TypingPort
from game.settings import DeviceSetup
from game.words import _, many

PADS = re.compile(r"pad|mpd|lpd|mpc|drum|maschine|launchpad|spd|dtx", re.IGNORECASE)
"""Names of instruments that have pads and no keys."""

LOOK_S = 1.0
"""Keyboards that came are looked for this often, in menus only."""

RECENT = 24
"""Presses looked back on for an octave button that was touched."""


class GameInstrument:
    """A port for runs and menus that changes over to a MIDI keyboard as soon as one is plugged in.

    wanted: `auto`, `keyboard` for the computer's keys, or the name of a port. echo: where the driver's thread
    puts messages to be sounded at once. sound: called with each touch of a computer key.
    """

    def __init__(
        self, clock: Clock, wanted: str, api: str, echo: SimpleQueue[Any], sound: Callable[[Touch], None]
    ) -> None:
        self._clock, self._wanted, self._api = clock, wanted, api
        self._echo, self._sound = echo, sound
        self._typing = TypingPort()
        self._driver: Driver | None = None
        self._usb: UsbPort | None = None
        self._next_look_s = float("-inf")
        self._lowest: dict[str, int] = {}
        self._asked: set[str] = set()
        self._setup: Callable[[], DeviceSetup] = DeviceSetup
        self._recent: deque[int] = deque(maxlen=RECENT)
        self.error: UserError | None = None

    @property
    def device(self) -> Device:
        return self._usb.device if self._usb else self._typing.device

    @property
    def alive(self) -> bool:
        return self._usb.alive if self._usb else True

    @property
    def seen_s(self) -> float:
        return self._usb.seen_s if self._usb else self._typing.seen_s

    @property
    def lowest(self) -> int | None:
        return self._lowest.get(self._usb.device.name) if self._usb else LOWEST_PITCH

    @property
    def pads(self) -> bool:
        if self._usb is None:
            return False
        setup = self._setup()
        return bool(PADS.search(self._usb.device.name)) or bool(setup.pad_pitches and not setup.keys)

    @property
    def shown_pads(self) -> tuple[int, ...]:
        return self._setup().pad_pitches if self.pads else ()

    @property
    def stranger(self) -> str:
        if self._usb is None or self.lowest is not None or self._usb.device.name in self._asked:
            return ""
        return self._usb.device.name

    def know(self, lowest: dict[str, int], setup: Callable[[], DeviceSetup] = DeviceSetup) -> None:
        """Take the lowest keys of known keyboards, by device name.

        setup: tells what else is known of the keyboard that is there.
        """
        self._lowest = {**lowest, **self._lowest}
        self._setup = setup

    def learn(self, pitch: int | None) -> dict[str, int]:
        """Remember the lowest key of the keyboard that is there; returns all that are known."""
        name = self.device.name
        if pitch is None:
            self._asked.add(name)
        else:
            self._lowest[name] = pitch
        return dict(self._lowest)

    def forget(self) -> dict[str, int]:
        """Ask for the lowest key of the keyboard that is there anew; returns all that are still known."""
        self._lowest.pop(self.device.name, None)
        self._asked.discard(self.device.name)
        return dict(self._lowest)

    def look(self) -> None:
        now_s = self._clock.now_s()
        if self._wanted == "keyboard" or now_s < self._next_look_s:
            return
        self._next_look_s = now_s + LOOK_S
        if not self.alive:
            self._recent.clear()
        if self._usb is not None and not self._usb.alive and self._wanted == "auto":
            self._usb.close()
            self._usb = None
        if self._usb is None:
            self._open()

    def _open(self) -> None:
        try:
            self._driver = self._driver or RtMidi(self._clock, self._api)
            self._usb = UsbPort(self._driver, self._clock, self._wanted, self._echo)
        except UserError as error:
            self.error = error
        else:
            self.error = None

    def touches(self) -> list[Touch]:
        typed = self._typing.touches()
        touches = self._usb.touches() if self._usb else typed
        self._recent.extend(touch.pitch for touch in touches if isinstance(touch, Press))
        return touches

    def key(self, scancode: int, down: bool, time_s: float) -> bool:
        if self._usb is not None:
            return False
        touch = self._typing.key(scancode, down, time_s)
        if touch:
            self._sound(touch)
        return touch is not None

    def let_go(self, time_s: float) -> None:
        for touch in self._typing.let_go(time_s):
            self._sound(touch)

    def notice(self) -> str:
        """What to say about the keyboard; empty when a MIDI keyboard is there and plays what was learned."""
        if self._usb is not None:
            return self._shift_notice()
        if self._wanted == "keyboard":
            return ""
        return _("No keyboard yet. Letter keys play too.")

    def _shift_notice(self) -> str:
        setup = self._setup()
        if setup.highest < 0:
            return ""
        octaves = octaves_shifted(tuple(self._recent), setup.lowest, setup.highest)
        if octaves > 0:
            return many(
                "Keys sound {n} octave up: press the octave button.",
                "Keys sound {n} octaves up: press the octave button.",
                octaves,
            )
        if octaves < 0:
            return many(
                "Keys sound {n} octave down: press the octave button.",
                "Keys sound {n} octaves down: press the octave button.",
                -octaves,
            )
        return ""

    def close(self) -> None:
        """Let the port and the driver go."""
        if self._usb:
            self._usb.close()
        if self._driver:
            self._driver.close()


def sounded(press: Callable[[int, int], None], release: Callable[[int], None]) -> Callable[[Touch], None]:
    """What sounds a touch through a speaker."""

    def sound(touch: Touch) -> None:
        if isinstance(touch, Press):
            press(touch.pitch, touch.velocity)
        else:
            release(touch.pitch)

    return sound
