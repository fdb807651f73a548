"""From a key to its sound, on a thread that does nothing else."""

import threading
from collections.abc import Sequence
from queue import SimpleQueue
from typing import Protocol

from game.audio.output import Output

NOTE_OFF, NOTE_ON = 0x80, 0x90


class RawMessage(Protocol):
    """A MIDI message as the driver's callback queues it.

    stamp_s: clock seconds. data: its bytes. delta_s: the driver's interval since the message before.
    """

    @property
    def stamp_s(self) -> float: ...

    @property
    def data(self) -> Sequence[int]: ...

    @property
    def delta_s(self) -> float | None: ...


class KeySounder:
    """Sounds every press and release that comes through a queue, at once and whatever the screen is doing."""

    def __init__(self, messages: SimpleQueue[RawMessage | None], output: Output) -> None:
        self._messages, self._output = messages, output
        self.faults = 0
        self._thread = threading.Thread(target=self._listen, name="keys", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End, after what is already queued."""
        self._messages.put(None)
        self._thread.join()

    def _listen(self) -> None:
        while (message := self._messages.get()) is not None:
            try:
                sound_message(message.data, self._output)
            except Exception:  # a message that nobody foresaw must not silence the keys that follow
                self.faults += 1


def sound_message(data: Sequence[int], output: Output) -> None:
    """Press or release a key as a MIDI message says; other and incomplete messages sound nothing.

    The status byte decides. A note-on of velocity 0 is a release, as running status demands.
    """
    if len(data) < 3:
        return
    kind, pitch, velocity = data[0] & 0xF0, data[1] & 0x7F, data[2] & 0x7F
    if kind == NOTE_ON and velocity > 0:
        output.press(pitch, velocity)
    elif kind in (NOTE_ON, NOTE_OFF):
        output.release(pitch)
