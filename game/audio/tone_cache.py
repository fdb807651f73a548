"""Cache of tones rendered in advance for keys."""

import threading
from collections.abc import Callable, Iterable
from queue import SimpleQueue
from typing import Generic, TypeVar

LAYERS = (32, 64, 96, 127)
"""Velocities that tones are made at: a press takes the next above it, at less volume."""

_FIRST_MADE = (127, 64, 96, 32)

KEPT = 96
"""Maximum number of tones kept, about 60 MB: a whole keyboard in one layer."""

PREPARED = 24
"""Number of tones rendered in advance, about 15 MB; more only if that many keys need one each."""

Made = TypeVar("Made")


class ToneCache(Generic[Made]):
    """Tones by pitch and layer, made on a thread of its own.

    make: given a pitch, a layer and whether a brief tone will do (it is wanted this instant).
    """

    def __init__(self, make: Callable[[int, int, bool], Made]) -> None:
        self._make = make
        self._made: dict[tuple[int, int], Made] = {}
        self._lock = threading.Lock()
        self._wanted: SimpleQueue[tuple[int, int] | None] = SimpleQueue()
        self._closed = False
        self._worker = threading.Thread(target=self._work, name="tones", daemon=True)
        self._worker.start()

    def prepare(self, pitches: Iterable[int]) -> None:
        """Make the tones of these pitches, all pitches in one layer first; returns at once."""
        wanted = list(dict.fromkeys(pitches))
        most = min(KEPT, max(PREPARED, len(wanted)))
        for place in [(pitch, layer) for layer in _FIRST_MADE for pitch in wanted][:most]:
            self._wanted.put(place)

    def take(self, pitch: int, velocity: int) -> tuple[Made, int]:
        """A tone for a press and the layer it was made at.

        Where the right layer is missing, a louder one of the same pitch; where there is none, a brief tone
        made now. The right one is then made for the next press.
        """
        layer = next((v for v in LAYERS if v >= velocity), LAYERS[-1])
        with self._lock:
            found = next((v for v in LAYERS if v >= layer and (pitch, v) in self._made), None)
            if found:
                made = self._made[pitch, found] = self._made.pop((pitch, found))
        if found != layer:
            self._wanted.put((pitch, layer))
        return (made, found) if found else (self._make(pitch, layer, True), layer)

    def has(self, pitch: int, layer: int) -> bool:
        """Whether that tone lies ready."""
        with self._lock:
            return (pitch, layer) in self._made

    def close(self) -> None:
        """Make nothing more."""
        self._closed = True
        self._wanted.put(None)
        self._worker.join()

    def _work(self) -> None:
        while (place := self._wanted.get()) is not None and not self._closed:
            if not self.has(*place):
                self._keep(place, self._make(*place, False))

    def _keep(self, place: tuple[int, int], made: Made) -> None:
        with self._lock:
            self._made[place] = made
            while len(self._made) > KEPT:
                self._made.pop(next(iter(self._made)))
