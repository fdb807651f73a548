"""How exactly presses are stamped: another process plays over JACK while the real play screen runs.

The same presses are read both ways: by our stamp, and by the time of the frame that read them, which is what
a game that polls once a frame knows. "Polled" is therefore measured on the very same presses.
"""

import gc
import time
from collections.abc import Callable, Iterator
from random import Random
from statistics import median, stdev

import pygame

from game.clock import SystemClock
from game.midi.driver import RtMidi
from game.midi.usb import UsbPort
from game.music.jitter import stamp_lateness_s
from game.music.note import Press, Touch
from game.screens.playing.play import PlayScreen
from game.screens.routes import ScreenRoutes
from game.screens.ui.loop import Loop
from game.screens.ui.screen_stack import ScreenStack
from tests import jack
from tests.bench.scene import dense_level
from tests.bench.table import Row, p99, promise, spread
from tests.scenes import CannedHouse, CannedInstrument

ROUNDS, CALM = 4, 2
PRESSES = 200
BLOCK = 100
BARE = "without the sender's transport"
HEAVY_S = 0.012
GARBAGE = 300_000


class WatchedPort(UsbPort):
    """Remembers with each touch when it was read."""

    def touches(self) -> list[Touch]:
        read_s = time.perf_counter()
        touches = super().touches()
        self.read = [*getattr(self, "read", []), *((touch, read_s) for touch in touches)]
        return touches


class HeavyLoop(Loop):
    """A loop that does something else for a while in every frame, and ends with its presses."""

    heavy_s = 0.0
    until_s = 0.0

    def frame(self, events: list[pygame.event.Event]) -> None:
        super().frame(events)
        end_s = time.perf_counter() + self.heavy_s
        total = 0
        while time.perf_counter() < end_s:
            total += sum(i * i for i in range(50))
        self.stack.done = self.stack.done or time.perf_counter() > self.until_s


def played(server: jack.JackServer, heavy_s: float, garbage: bool = False) -> dict[str, list[float]]:
    """Errors of one run of presses: ours, polled, and both without the sender's transport."""
    with jack.joined(server), jack.KeyboardProcess(server) as keyboard:
        clock = SystemClock()
        driver = RtMidi(clock, "jack")
        port = WatchedPort(driver, clock, "kbd")
        litter = [[i, [i]] for i in range(GARBAGE)] if garbage else []
        services = CannedHouse(clock)  # type: ignore[arg-type]
        services.port = port
        stack = ScreenStack(services, clock, CannedInstrument(clock), ScreenRoutes)  # type: ignore[arg-type]
        stack.push(PlayScreen(stack, dense_level(200)))
        loop = HeavyLoop(stack, clock)
        loop.heavy_s = heavy_s
        rng, at_s, plan = Random(9), time.perf_counter() + 1.0, []
        for i in range(PRESSES):
            at_s += rng.uniform(0.012, 0.036)
            plan.append((at_s, [0x90, i % 128, 64]))
        keyboard.play(plan)
        loop.until_s = at_s + 0.3
        loop.run()
        sent_s = keyboard.sent_s()
        read: list[tuple[Touch, float]] = getattr(port, "read", [])
        port.close()
        driver.close()
        del litter
        gc.collect()
    found = _errors(sent_s, read)
    found["sender"] = [sent - planned for sent, (planned, _) in zip(sent_s, plan, strict=True)]
    return found


def _errors(sent_s: list[float], read: list[tuple[Touch, float]]) -> dict[str, list[float]]:
    kept = [(touch, read_s) for touch, read_s in read if isinstance(touch, Press)]
    found: dict[str, list[float]] = {"ours": [], "polled": [], "polled_bare": []}
    late_s = stamp_lateness_s([touch for touch, _ in kept])
    index = 0
    for (touch, read_s), bare_s in zip(kept, late_s, strict=True):
        while index < len(sent_s) and index % 128 != touch.pitch:
            index += 1
        if index == len(sent_s):
            break
        found["ours"].append(touch.time_s - sent_s[index])
        found["polled"].append(read_s - sent_s[index])
        found["polled_bare"].append(read_s - touch.time_s + bare_s)
        index += 1
    found["ours_bare"] = late_s
    found["lost"] = [float(len(sent_s) - len(found["ours"]))]
    return found


def rows() -> Iterator[Row]:
    """Idle frames, heavy frames, and a heap that would take long to collect; in turn, a few times."""
    if not jack.installed():
        yield Row("Stamps", "over JACK", "not tried: jackd is not installed")
        return
    pygame.display.init()
    modes = {"idle frames": (0.0, False), "12 ms of Python a frame": (HEAVY_S, False), "garbage": (0.0, True)}
    found: dict[str, list[dict[str, list[float]]]] = {mode: [] for mode in modes}
    with jack.JackServer() as server:
        for _ in range(ROUNDS):
            for mode, (heavy_s, garbage) in modes.items():
                found[mode].append(played(server, heavy_s, garbage))
    for mode, rounds in found.items():
        lost = round(sum(r["lost"][0] for r in rounds))
        for name, meaning in (
            ("ours", f"from sending to stamp; {lost} of {ROUNDS * PRESSES} lost on JACK's way"),
            ("polled", "the same presses, by the time of the frame that reads them"),
            ("ours_bare", f"ours {BARE}: against the driver's own times"),
            ("polled_bare", f"polled {BARE}"),
        ):
            pooled = [value for r in rounds for value in r[name]]
            yield Row("Stamps", f"{mode}: {name.replace('_', ', ')}", spread(pooled), meaning)
    calm = {mode: sorted(rounds, key=lambda r: p99(r["sender"]))[:CALM] for mode, rounds in found.items()}
    yield from _promises(calm["idle frames"], calm["12 ms of Python a frame"], calm["garbage"])


Rounds = list[dict[str, list[float]]]


def typical(rounds: Rounds, name: str, number: Callable[[list[float]], float]) -> float:
    """A number of each hundred presses or so, and of these the median: a burst of other work drops out."""
    blocks = [r[name][i : i + BLOCK] for r in rounds for i in range(0, len(r[name]) - BLOCK + 1, BLOCK)]
    return median(number(block) for block in blocks)


def _promises(idle: Rounds, heavy: Rounds, littered: Rounds) -> Iterator[Row]:
    def beside(rounds: Rounds, number: Callable[[list[float]], float], suffix: str = "") -> float:
        return typical(rounds, f"ours{suffix}", number) / typical(rounds, f"polled{suffix}", number)

    said = f"ours / polled, in the {CALM} of {ROUNDS} rounds in which the sender itself was the least late"
    yield promise("Stamps", "idle: SD beside polling's", beside(idle, stdev), 0.2, "", said)
    yield promise("Stamps", "idle: p99 beside polling's", beside(idle, p99), 0.2, "", said)
    yield promise("Stamps", "idle, bare: SD beside polling's", beside(idle, stdev, "_bare"), 0.1, "", said)
    yield promise("Stamps", "idle, bare: p99 beside polling's", beside(idle, p99, "_bare"), 0.1, "", said)
    yield promise("Stamps", "heavy: median", typical(heavy, "ours", median) * 1000, 1.0, "ms", "with the way")
    bare_ms = typical(heavy, "ours_bare", median) * 1000
    yield promise("Stamps", "heavy, bare: median", bare_ms, 1.0, "ms", BARE)
    yield promise("Stamps", "heavy: SD beside polling's", beside(heavy, stdev), 0.4, "", said)
    later_s = typical(littered, "ours_bare", p99) - typical(idle, "ours_bare", p99)
    meaning = "p99 with 300,000 objects more, less p99 without; one collection of them takes 30 ms and more"
    yield promise("Stamps", "garbage, bare: later by", later_s * 1000, 1.0, "ms", meaning)
