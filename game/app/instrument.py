"""The instrument of the game in its window: every MIDI keyboard that is there, and the computer's keys."""

from collections import deque
from collections.abc import Callable, Collection, Mapping
from queue import SimpleQueue
from typing import Any

from game.clock import Clock
from game.errors import UserError
from game.metrics.station.instrument_tests import octaves_shifted
from game.midi.driver import Driver
from game.midi.every import EveryPort
from game.music.device import Device, DeviceKind
from game.music.note import Press, Touch
from game.screens.playing.typing_keys import LOWEST_PITCH, TypingPort, cap_of
from game.settings import DeviceSetup
from game.words import _, many

RECENT = 24
"""Presses looked back on for an octave button that was touched."""


class GameInstrument:
    """A port for runs and menus; what was pressed last is the instrument.

    wanted: `auto` for every MIDI input and the computer's keys; `keyboard` for the computer's keys alone; or
    the name of the only port, in whose place the computer's keys play while it is not there. connect: how to
    reach the driver of MIDI. echo: where the
    driver's thread puts messages to be sounded at once. sound: called with each touch of a computer key.
    """

    def __init__(
        self,
        clock: Clock,
        wanted: str,
        connect: Callable[[], Driver],
        echo: SimpleQueue[Any],
        sound: Callable[[Touch], None],
    ) -> None:
        self._wanted, self._sound = wanted, sound
        self._typing = TypingPort()
        midi = None if wanted == "keyboard" else connect
        self._port = EveryPort(midi, clock, wanted, echo, (self._typing,))
        self._lowest: dict[str, int] = {}
        self._asked: set[str] | None = None
        self._setup: Callable[[], DeviceSetup] = DeviceSetup
        self._recent: deque[int] = deque(maxlen=RECENT)
        self._recent_on: Device | None = None

    @property
    def device(self) -> Device:
        return self._port.device

    @property
    def alive(self) -> bool:
        return self._port.alive

    @property
    def seen_s(self) -> float:
        return self._port.seen_s

    @property
    def error(self) -> UserError | None:
        """Why there is no MIDI instrument; None where there is one, or none is wanted."""
        return self._port.error

    @property
    def lowest(self) -> int | None:
        return self.lowest_of(self.device)

    @property
    def pads(self) -> bool:
        return self.device.called_pads or self._setup().pads_alone

    @property
    def shown_pads(self) -> tuple[int, ...]:
        return self._setup().pad_pitches if self.pads else ()

    @property
    def stranger(self) -> str:
        """A keyboard that nobody was asked about: the one that plays; before that any, if none is known."""
        if self._asked is None:  # not before it is known what was asked at an earlier start
            return ""
        unknown = [d.name for d in self._midi() if d.name not in self._asked and d.name not in self._lowest]
        if self._port.played:
            return self.device.name if self.device.name in unknown else ""
        return unknown[0] if unknown and len(unknown) == len(self._midi()) else ""

    def listening(self) -> tuple[Device, ...]:
        heard = self._port.devices()
        return self._midi() if self._named_is_there() else heard

    def lowest_of(self, device: Device) -> int | None:
        """The lowest key of an instrument; None where it is not known."""
        return LOWEST_PITCH if device.kind is DeviceKind.COMPUTER else self._lowest.get(device.name)

    def know(
        self,
        lowest: Mapping[str, int],
        asked: Collection[str] = (),
        setup: Callable[[], DeviceSetup] = DeviceSetup,
    ) -> None:
        """Take the lowest keys of known keyboards by device name, and which ones somebody was asked about.

        setup: tells what else is known of the keyboard that is played.
        """
        self._lowest = {**lowest, **self._lowest}
        self._asked = {*asked, *(self._asked or ())}
        self._setup = setup

    def learn(self, pitch: int | None, name: str = "") -> dict[str, int]:
        """Remember the lowest key of a keyboard, "" for the one that is played; returns all that are known.

        pitch: None where nobody answered; it was asked, and is not again.
        """
        name = name or self.device.name
        self._asked = {*(self._asked or ()), name}
        if pitch is not None:
            self._lowest[name] = pitch
        return dict(self._lowest)

    def asked(self) -> list[str]:
        """Names of the keyboards that somebody was asked about."""
        return sorted(self._asked or ())

    def forget(self) -> dict[str, int]:
        """Ask for the lowest key of the keyboard that is played anew; returns all that are still known."""
        self._lowest.pop(self.device.name, None)
        self._asked = {name for name in self._asked or () if name != self.device.name}
        return dict(self._lowest)

    def look(self) -> None:
        self._port.look()

    def touches(self) -> list[Touch]:
        touches = self._port.touches()
        if self.device != self._recent_on:
            self._recent.clear()
            self._recent_on = self.device
        self._recent.extend(t.pitch for t in touches if isinstance(t, Press) and t.device == self.device)
        return touches

    def key(self, scancode: int, down: bool, time_s: float) -> bool:
        if self._named_is_there():
            return False
        touch = self._typing.key(scancode, down, time_s)
        if touch:
            self._sound(touch)
        return touch is not None

    def cap(self, pitch: int) -> str:
        return cap_of(pitch) if self.device.kind == self._typing.device.kind else ""

    def let_go(self, time_s: float) -> None:
        for touch in self._typing.let_go(time_s):
            self._sound(touch)

    def notice(self) -> str:
        """What to say about the keyboard; empty when a MIDI keyboard is there and plays what was learned."""
        if self._midi():
            return self._shift_notice() if self.device.kind is DeviceKind.MIDI else ""
        if self._wanted == "keyboard":
            return ""
        return _("No keyboard yet. Letter keys play too.")

    def _midi(self) -> tuple[Device, ...]:
        return tuple(device for device in self._port.devices() if device.kind is DeviceKind.MIDI)

    def _named_is_there(self) -> bool:
        """Whether only one MIDI input shall be heard, and it is there."""
        return self._wanted not in ("auto", "keyboard") and bool(self._midi())

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
        """Let the ports and the driver go."""
        self._port.close()


def sounded(press: Callable[[int, int], None], release: Callable[[int], None]) -> Callable[[Touch], None]:
    """What sounds a touch through a speaker."""

    def sound(touch: Touch) -> None:
        if isinstance(touch, Press):
            press(touch.pitch, touch.velocity)
        else:
            release(touch.pitch)

    return sound
