"""Standard MIDI Files as events: reads what notes, tempo and metre need, and steps over what is damaged.

From the Standard MIDI File specification (RP-001). A strict reader loses every note of a file for one bad
key signature; this one skips what it does not need and says how the file was damaged.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from game.errors import UserError
from game.midi.chunks import track_bodies
from game.midi.message import LENGTHS, NOTE_ON

EVENT_LIMIT = 250_000
DAMAGE_LIMIT = 1000
"""A track with more broken places than this is no music."""

META, SYSEX, ESCAPE = 0xFF, 0xF0, 0xF7
END_OF_TRACK, SET_TEMPO, TIME_SIGNATURE = 0x2F, 0x51, 0x58
_SYSTEM_DATA_BYTES = {0xF1: 1, 0xF2: 2, 0xF3: 1}


class MidiEvent(NamedTuple):
    """A channel message, or a meta event with `status` `META` and its type as first byte of `data`."""

    tick: int
    status: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Events:
    """A file's tracks.

    division: ticks to a quarter note; or, where `ticks_per_s` is not None, without meaning.
    damage: what was stepped over, in words; empty for a sound file.
    """

    format: int
    division: int
    ticks_per_s: float | None
    tracks: tuple[tuple[MidiEvent, ...], ...]
    damage: tuple[str, ...]


def parse(data: bytes, file: str) -> Events:
    """The events of a Standard MIDI File, plain or wrapped in RIFF.

    file: what to call it. Raises `UserError` when it is something else, has no time, or is too large.
    """
    start = _start(data, file)
    header = data[start + 8 : start + 14]
    if len(header) < 6:
        raise UserError("{file}: is cut off in its first bytes; export or copy it again.", file=file)
    kind, division = int.from_bytes(header[:2]), int.from_bytes(header[4:])
    if division == 0:
        raise UserError("{file}: gives no time for its notes (0 ticks per beat); export it again.", file=file)
    damage: list[str] = []
    tracks: list[tuple[MidiEvent, ...]] = []
    room = EVENT_LIMIT
    for body in track_bodies(data, start, damage):
        tracks.append(_track(body, room, damage))
        room -= len(tracks[-1])
        if room <= 0:
            raise UserError(
                "{file}: has more than {limit} events; cut it into shorter pieces.",
                file=file,
                limit=EVENT_LIMIT,
            )
    return Events(kind, division, _ticks_per_s(division), tuple(tracks), tuple(dict.fromkeys(damage)))


def _start(data: bytes, file: str) -> int:
    """Where the header stands; some programs put a wrapper in front of it."""
    if data[:8] == b"SMF2CLIP":
        raise UserError("{file}: is a MIDI 2 clip; export it as a Standard MIDI File (.mid).", file=file)
    if not data:
        raise UserError("{file}: is empty; export or copy it again.", file=file)
    start = data[:1024].find(b"MThd")
    if start < 0:
        raise UserError("{file}: is not a MIDI file; export it as a Standard MIDI File (.mid).", file=file)
    return start


def _ticks_per_s(division: int) -> float | None:
    """Ticks a second of a file that counts film frames, or None of one that counts beats."""
    if division < 0x8000:
        return None
    frames = 256 - (division >> 8)
    return (30000 / 1001 if frames == 29 else float(frames)) * max(1, division & 0xFF)


def _track(body: bytes, room: int, damage: list[str]) -> tuple[MidiEvent, ...]:
    """The events of a track, those behind an end that came too early too."""
    events, at = _read(body, 0, room, damage)
    while at < len(body) and any(body[at:]) and len(events) < room:
        odd: list[str] = []
        more, end = _read(body, at, room - len(events), odd)
        if odd or not any(_begins_note(event) for event in more):
            damage.append("bytes behind the end of a track make no sense")
            break
        damage.append("a track goes on behind its end")
        last = events[-1].tick
        events += [event._replace(tick=last + event.tick) for event in more]
        at = end
    return tuple(events)


def _begins_note(event: MidiEvent) -> bool:
    return event.status & 0xF0 == NOTE_ON and event.data[1] > 0


def _read(body: bytes, at: int, room: int, damage: list[str]) -> tuple[list[MidiEvent], int]:
    """Events from a place in a track up to its end of track, and the place behind that."""
    events: list[MidiEvent] = []
    try:
        for event, behind in _events(body, at, damage):
            events.append(event)
            at = behind
            if len(events) >= room:
                break
    except IndexError:
        damage.append("a track ends in the middle of an event")
        return events, len(body)
    ended = events and events[-1].status == META and events[-1].data[0] == END_OF_TRACK
    return events, at if ended else len(body)


def _events(body: bytes, at: int, damage: list[str]) -> Iterator[tuple[MidiEvent, int]]:
    """Events of one track, each with the place behind it; IndexError where the bytes end within one."""
    tick = running = 0
    while at < len(body) and len(damage) < DAMAGE_LIMIT:
        delta, at = _number(body, at)
        tick += delta
        status = body[at]
        if status < 0x80:
            status = running
        else:
            at += 1
        if status == META:
            kind = body[at]
            length, at = _number(body, at + 1)
            data = bytes((kind,)) + _cut(body, at, length)
            at += length
            yield MidiEvent(tick, META, data), at
            if kind == END_OF_TRACK:
                return
        elif status in (SYSEX, ESCAPE):
            length, at = _number(body, at)
            at += length
        elif status >= 0xF0 or status == 0:
            damage.append("a byte stands where no message can begin")
            at += _SYSTEM_DATA_BYTES.get(status, int(status == 0))
        else:
            running, length = status, LENGTHS[status & 0xF0] - 1
            message = _cut(body, at, length)
            if not message.isascii():
                damage.append("a value is over 127")
            at += length
            yield MidiEvent(tick, status, message), at


def _cut(body: bytes, at: int, length: int) -> bytes:
    if at + length > len(body):
        raise IndexError
    return body[at : at + length]


def _number(body: bytes, at: int) -> tuple[int, int]:
    """A number of variable length, seven bits to a byte and at most four bytes, and where it ends."""
    value = 0
    for _ in range(4):
        byte = body[at]
        at += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value, at
