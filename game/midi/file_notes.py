"""Converts the events of a Standard MIDI File to notes, tempo and metres, in beats."""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from game.errors import UserError
from game.midi.events import META, SET_TEMPO, TIME_SIGNATURE, Events, MidiEvent, parse
from game.midi.message import NOTE_OFF, NOTE_ON
from game.music.note import HIGHEST_PITCH
from game.music.tempo import TempoMap

SIZE_LIMIT = 10_000_000
DRUM_CHANNEL = 9
"""Channel 10 as people count; General MIDI keeps it for drums."""
DEFAULT_BPM = 120.0
DEFAULT_METRE = (4, 4)

Merged = Sequence[tuple[int, int, MidiEvent]]
"""Tick, track and event of several tracks in time order."""
Metres = tuple[tuple[float, tuple[int, int]], ...]


class FileNote(NamedTuple):
    """A note of a file: beats are quarter notes from the start; track from 0, channel 0–15.

    order: where its press and its release stand among all events. made: the file never lets it go.
    """

    beat: float
    end_beat: float
    pitch: int
    velocity: int
    track: int
    channel: int
    order: tuple[int, int]
    made: bool

    @property
    def drum(self) -> bool:
        return self.channel == DRUM_CHANNEL


@dataclass(frozen=True)
class FileMusic:
    """What some tracks of a file hold, in beats. A file that counts film frames reads as 120 beats a minute.

    metre: the first that is told; metres: all, by the beat from which each holds, the first from 0.
    """

    events: Events
    merged: Merged
    ticks_a_beat: float
    tempo: TempoMap
    metre: tuple[int, int]
    metres: Metres
    notes: tuple[FileNote, ...]

    @property
    def damage(self) -> tuple[str, ...]:
        return self.events.damage


def read_events(path: Path) -> Events:
    """The events of a file. `UserError` that names the file and the cure where it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except OSError as fault:
        raise UserError(
            "{file}: cannot be read ({fault}); check the name and that you may open it.",
            file=path,
            fault=fault.strerror or fault,
        ) from None
    if len(data) > SIZE_LIMIT:
        raise UserError("{file}: is larger than 10 MB, too large for a MIDI file to play.", file=path.name)
    return parse(data, path.name)


def music_of(events: Events, track: int | None = None) -> FileMusic:
    """The music of all tracks, those of a format 2 file one after the other; or of one track alone.

    Equal notes that overlap end in the order they began; notes never let go end with the file.
    """
    merged = _merged(events, track)
    ticks_a_beat = events.ticks_per_s * 60 / DEFAULT_BPM if events.ticks_per_s else float(events.division)
    metres = _metres(merged, ticks_a_beat)
    return FileMusic(
        events=events,
        merged=merged,
        ticks_a_beat=ticks_a_beat,
        tempo=TempoMap.steady(DEFAULT_BPM) if events.ticks_per_s else _tempo(merged, ticks_a_beat),
        metre=next((metre for _, metre in metres), DEFAULT_METRE),
        metres=metres if metres and metres[0][0] == 0 else ((0.0, DEFAULT_METRE), *metres),
        notes=tuple(sorted(_notes(merged, ticks_a_beat), key=lambda n: n.order)),
    )


def no_notes(path: Path, damage: Sequence[str]) -> UserError:
    """A file in which nothing sounds."""
    if damage:
        return UserError(
            "{file}: is damaged and holds no notes ({damage}); export or copy it again.",
            file=path.name,
            damage="; ".join(damage),
        )
    return UserError("{file}: holds no notes; choose a file with a melody in it.", file=path.name)


def _merged(events: Events, only: int | None) -> Merged:
    """All tracks in time order; at one tick in the order of the file."""
    merged: list[tuple[int, int, MidiEvent]] = []
    start = 0
    for index, track in enumerate(events.tracks):
        if only not in (None, index):
            continue
        merged += [(start + event.tick, index, event) for event in track]
        if events.format == 2 and track:
            start += track[-1].tick
    return sorted(merged, key=lambda e: e[0])


def _tempo(merged: Merged, ticks_a_beat: float) -> TempoMap:
    changes = {0.0: DEFAULT_BPM}
    for tick, _, event in merged:
        beat_us = int.from_bytes(event.data[1:4])
        if event.status == META and event.data[0] == SET_TEMPO and len(event.data) == 4 and beat_us:
            changes[tick / ticks_a_beat] = 60e6 / beat_us
    return TempoMap(tuple(changes.items()))


def _metres(merged: Merged, ticks_a_beat: float) -> Metres:
    """Metres by beat that make sense: 1 to 64 notes to a bar, from whole notes to sixty-fourths."""
    found: dict[float, tuple[int, int]] = {}
    for tick, _, event in merged:
        if event.status == META and event.data[0] == TIME_SIGNATURE and len(event.data) >= 3:
            count, power = event.data[1], event.data[2]
            if 1 <= count <= 64 and power <= 6:
                found.setdefault(tick / ticks_a_beat, (count, 2**power))
    return tuple(found.items())


def _notes(merged: Merged, ticks_a_beat: float) -> Iterator[FileNote]:
    """Notes as their ends are found; those that never end last, at the last tick."""
    held: dict[tuple[int, int, int], deque[tuple[int, float, int]]] = defaultdict(deque)
    for order, (tick, track, event) in enumerate(merged):
        kind, channel = event.status & 0xF0, event.status & 0x0F
        if kind not in (NOTE_ON, NOTE_OFF) or event.data[0] > HIGHEST_PITCH:
            continue
        pitch, velocity = event.data[0], min(event.data[1], 127)
        began = held[track, channel, pitch]
        if kind == NOTE_ON and velocity > 0:
            began.append((order, tick / ticks_a_beat, velocity))
        elif began:
            start, beat, struck = began.popleft()
            yield FileNote(beat, tick / ticks_a_beat, pitch, struck, track, channel, (start, order), False)
    order = len(merged)
    end_beat = merged[-1][0] / ticks_a_beat if merged else 0.0
    for (track, channel, pitch), began in held.items():
        for start, beat, struck in began:
            yield FileNote(beat, end_beat, pitch, struck, track, channel, (start, order), True)
            order += 1
