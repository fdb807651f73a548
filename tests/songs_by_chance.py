"""Standard MIDI Files made by chance: sound, odd and broken ones, as they are met."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

NAMES = (
    b"Piano",
    "Flöte".encode(),
    "Flöte".encode("latin-1"),
    "ピアノ".encode("cp932"),
    b"Melody",
    b"\xff\x00",
)
METRES = ((4, 2), (3, 2), (2, 1), (6, 3), (7, 3), (5, 4), (3, 5), (33, 2), (12, 3), (5, 2), (1, 0), (4, 9))


@dataclass
class Writing:
    """A file on its way: tracks of (tick, message), put in order at the end."""

    rng: Random
    kind: int = 1
    division: int = 480
    tracks: list[list[tuple[int, bytes]]] = field(default_factory=list)
    ends: bool = True

    def track(
        self, name: bytes = b"", program: int | None = None, channel: int = 0
    ) -> list[tuple[int, bytes]]:
        made: list[tuple[int, bytes]] = [(0, meta(3, name))] if name else []
        if program is not None:
            made.append((0, bytes((0xC0 | channel, program))))
        self.tracks.append(made)
        return made

    def data(self) -> bytes:
        head = b"MThd" + number(6, 4) + number(self.kind, 2) + number(len(self.tracks), 2)
        return head + number(self.division, 2) + b"".join(self._chunk(track) for track in self.tracks)

    def _chunk(self, track: list[tuple[int, bytes]]) -> bytes:
        body, at = b"", 0
        for tick, message in sorted(track, key=lambda one: one[0]):
            body += length(tick - at) + message
            at = tick
        body += b"\x00\xff\x2f\x00" if self.ends else b""
        return b"MTrk" + number(len(body), 4) + body


def number(value: int, size: int) -> bytes:
    return value.to_bytes(size)


def length(value: int) -> bytes:
    """A number of variable length."""
    parts = [value & 0x7F]
    while value := value >> 7:
        parts.append(value & 0x7F | 0x80)
    return bytes(reversed(parts))


def meta(kind: int, data: bytes) -> bytes:
    return bytes((0xFF, kind)) + length(len(data)) + data


def tempo(bpm: float) -> bytes:
    return meta(0x51, number(min(0xFFFFFF, round(60e6 / bpm)), 3))


def note(track: list[tuple[int, bytes]], start: float, end: float, pitch: int, channel: int = 0) -> None:
    track.append((max(0, round(start)), bytes((0x90 | channel, pitch, 40 + pitch % 60))))
    track.append((max(0, round(end)), bytes((0x80 | channel, pitch, 64))))


def line(
    writing: Writing, track: list[tuple[int, bytes]], middle: int, channel: int = 0, count: int = 40
) -> None:
    """A tune that walks about, in halves, quarters and eighths."""
    rng, unit = writing.rng, writing.division / 2
    at, pitch = 0.0, middle
    for _ in range(count):
        pitch = min(127, max(0, pitch + rng.choice((-5, -2, -2, -1, 0, 1, 2, 2, 4))))
        size = rng.choice((1, 1, 2, 2, 4)) * unit
        note(track, at, at + size * rng.choice((0.5, 0.9, 1.0)), pitch, channel)
        at += size


def chords(writing: Writing, track: list[tuple[int, bytes]], low: int, most: int, channel: int = 0) -> None:
    rng, unit = writing.rng, writing.division
    for i in range(24):
        for pitch in rng.sample(range(low, min(128, low + 26)), rng.randint(1, most)):
            note(track, i * unit, (i + rng.choice((0.5, 1, 1.5))) * unit, pitch, channel)


def tune(w: Writing) -> None:
    w.kind = w.rng.choice((0, 1))
    track = w.track(w.rng.choice(NAMES))
    track.append((0, tempo(w.rng.uniform(40, 200))))
    line(w, track, w.rng.choice((45, 60, 72)))


def two_hands(w: Writing) -> None:
    w.track(b"A Piece")
    line(w, w.track(b"Right" if w.rng.random() < 0.5 else b""), 72)
    chords(w, w.track(b"Left" if w.rng.random() < 0.5 else b""), 40, 3)


def one_track(w: Writing) -> None:
    w.kind = 0
    track = w.track(b"both")
    line(w, track, 74, 0)
    chords(w, track, 38, 2, w.rng.choice((0, 1)))


def band(w: Writing) -> None:
    for i in range(9):
        channel = i if i < 9 else i + 1
        line(
            w,
            w.track(w.rng.choice(NAMES), w.rng.choice((0, 24, 33, 48, 73, 120)), channel),
            40 + 4 * i,
            channel,
        )
    drums(w)


def drums(w: Writing) -> None:
    track = w.track(b"Drums")
    for i in range(60):
        note(track, i * w.division / 2, i * w.division / 2, w.rng.choice((36, 38, 42)), 9)


def free(w: Writing) -> None:
    track, at = w.track(), 0.3
    for _ in range(60):
        beat_s = 60 / w.rng.gauss(85, 6)
        for pitch in w.rng.sample(range(40, 84), w.rng.randint(1, 4)):
            start = at + w.rng.gauss(0, 0.02)
            note(track, start * 2 * w.division, (start + beat_s * 0.8) * 2 * w.division, pitch)
        at += beat_s * w.rng.choice((0.5, 1, 1))


def anywhere(w: Writing) -> None:
    track = w.track()
    for _ in range(50):
        start = w.rng.uniform(0, 60)
        note(track, start * w.division, (start + w.rng.uniform(0, 3)) * w.division, w.rng.randrange(128))


def dense(w: Writing) -> None:
    chords(w, w.track(), w.rng.choice((0, 30, 60, 101)), 12)


def odd_bars(w: Writing) -> None:
    track = w.track()
    for i in range(w.rng.randint(1, 4)):
        count, power = w.rng.choice(METRES)
        track.append((i * 7 * w.division, meta(0x58, bytes((count, power, 24, 8)))))
        track.append((i * 5 * w.division, tempo(w.rng.choice((4, 15, 90, 500, 3000)))))
    line(w, track, 64)


def frames(w: Writing) -> None:
    w.division = (256 - w.rng.choice((24, 25, 29, 30))) << 8 | w.rng.choice((4, 40, 80))
    track, at = w.track(), 0
    for _ in range(40):
        at += w.rng.randint(1, 2000)
        note(track, at, at + 500, w.rng.randint(48, 80))


def never_ending(w: Writing) -> None:
    track = w.track()
    for i in range(30):
        track.append((i * w.division, bytes((0x90, w.rng.randint(50, 70), 80))))
    w.ends = False


def far_apart(w: Writing) -> None:
    track = w.track()
    for i in range(12):
        start = i * w.rng.choice((1, 200, 4000)) * w.division
        note(track, start, start + w.division * w.rng.choice((1, 300)), w.rng.randint(20, 110))


def nothing(w: Writing) -> None:
    w.track(b"Silence")


def one_note(w: Writing) -> None:
    note(w.track(), 0, w.rng.choice((0, w.division)), w.rng.randrange(128))


KINDS: tuple[Callable[[Writing], None], ...] = (
    tune, two_hands, one_track, band, drums, free, anywhere, dense, odd_bars, frames, never_ending, far_apart,
    nothing, one_note,
)  # fmt: skip


def song(rng: Random) -> bytes:
    """A file of any kind; one in five with bytes changed or cut off."""
    w = Writing(rng, division=rng.choice((1, 24, 96, 480, 960, 32767)))
    kind = rng.choice(KINDS)
    kind(w)
    if len(w.tracks) > 1 and rng.random() < 0.1:
        w.kind = 2
    data = bytearray(w.data())
    if rng.random() < 0.2:
        for _ in range(rng.randint(1, 6)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        del data[rng.randint(len(data) // 3, len(data)) :]
    return bytes(data)
