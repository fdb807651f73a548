"""Small stand-ins for what a run is given: an instrument, a recorder and a backing that only take notes."""

from collections.abc import Callable, Iterable
from itertools import accumulate

from game.clock import ManualClock
from game.judge.conditions import Conditions
from game.music.device import Device, DeviceKind
from game.music.note import Touch
from game.music.recording import Ended, Mark
from game.music.timeline import Anchor

DEVICE = Device(DeviceKind.SCRIPTED, "Stand-in")


class Instrument:
    """Hands over each touch once its delay has passed since its stamp, in the order of the stamps."""

    def __init__(
        self, clock: ManualClock, touches: Iterable[Touch] = (), delays_s: Iterable[float] = ()
    ) -> None:
        self.device = DEVICE
        self.alive = True
        self._clock = clock
        self._seen_s = clock.now_s()
        inorder = sorted(touches, key=lambda touch: touch.time_s)
        given_s = [*delays_s][: len(inorder)]
        delays = [*given_s, *[0.0] * (len(inorder) - len(given_s))]
        arrivals = accumulate((t.time_s + d for t, d in zip(inorder, delays, strict=True)), max)
        self._coming = list(zip(arrivals, inorder, strict=True))

    @property
    def seen_s(self) -> float:
        """Now, or when it was last asked before it went."""
        if self.alive:
            self._seen_s = self._clock.now_s()
        return self._seen_s

    def play(self, *touches: Touch) -> None:
        """Add what is played from now on."""
        self._coming += [(touch.time_s, touch) for touch in touches]

    def touches(self) -> list[Touch]:
        now_s = self._clock.now_s()
        here = [touch for arrives_s, touch in self._coming if arrives_s <= now_s]
        self._coming = [coming for coming in self._coming if coming[0] > now_s]
        return here


class Notebook:
    """A recorder that writes down what it is told."""

    run_id = "noted"

    def __init__(self) -> None:
        self.touches: list[Touch] = []
        self.anchors: list[Anchor] = []
        self.marks: list[Mark] = []
        self.instruments: list[tuple[Device, Conditions]] = []
        self.ends: list[tuple[Ended, float | None]] = []

    def played_on(self, device: Device, conditions: Conditions) -> None:
        self.instruments.append((device, conditions))

    def again(self) -> None:
        for noted in (self.touches, self.anchors, self.marks):
            noted.clear()

    def touch(self, touch: Touch) -> None:
        self.touches.append(touch)

    def anchor(self, anchor: Anchor) -> None:
        self.anchors.append(anchor)

    def mark(self, mark: Mark) -> None:
        self.marks.append(mark)

    def end(self, ended: Ended, reached_s: float | None) -> None:
        self.ends.append((ended, reached_s))


class Band:
    """A backing that writes down when it was asked to play; `slow_s` is how long it needs to begin."""

    def __init__(self, clock: ManualClock, slow_s: float = 0.0) -> None:
        self.starts: list[tuple[float, float]] = []
        self.readied: list[tuple[float, float]] = []
        self.taken_up: list[float] = []
        self.sounding = False
        self._clock, self._slow_s = clock, slow_s

    def ready(self, from_beat: float, count_in_beats: float) -> None:
        self.readied.append((from_beat, count_in_beats))

    def start(self, from_beat: float, count_in_beats: float) -> None:
        self._clock.advance(self._slow_s)
        self.starts.append((from_beat, count_in_beats))
        self.sounding = True

    def take_up(self, elapsed_s: Callable[[], float]) -> None:
        self.taken_up.append(elapsed_s())
        self.sounding = True

    def stop(self) -> None:
        self.sounding = False

    def position_s(self) -> float | None:
        return None
