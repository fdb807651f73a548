"""Standard MIDI Files as music: a performance to judge, a level to play, and a performance written down."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from game.errors import UserError
from game.midi.events import META, SET_TEMPO, TIME_SIGNATURE, Events, MidiEvent, parse
from game.midi.message import NOTE_OFF, NOTE_ON
from game.midi.smf_names import programs, title_of, track_names
from game.music.level import BeatNote, HandChoice, Instrument, Level, in_order
from game.music.note import HIGHEST_PITCH, Press, Release, Touch
from game.music.recording import Device, DeviceKind, Mark, MarkKind, Recording
from game.music.tempo import TempoMap
from game.music.timeline import Timeline

SIZE_LIMIT = 10_000_000
DRUM_CHANNEL = 9
"""Channel 10 as people count; General MIDI keeps it for drums."""

DEFAULT_BPM = 120.0
DEFAULT_METRE = (4, 4)
WRITTEN_TICKS, WRITTEN_TEMPO_US = 10_000, 500_000
"""Ticks and microseconds of a beat in files written here: 50 µs a tick."""


class SongNote(NamedTuple):
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
class MidiSong:
    """All that is read of a file. damage: what had to be stepped over, in words; empty for a sound one.

    metre: the first; metres: all, by the beat from which each holds, the first from 0.
    title: "" where the file has none. names: of tracks, by number from 0. programs: the General MIDI
    instrument (0–127) of each track and channel, and by `(None, channel)` of a channel on any track.
    frames: the file counts film frames and knows no beats; its own here are half seconds.
    """

    tempo: TempoMap
    metre: tuple[int, int]
    notes: tuple[SongNote, ...]
    damage: tuple[str, ...]
    metres: tuple[tuple[float, tuple[int, int]], ...] = ((0.0, DEFAULT_METRE),)
    title: str = ""
    names: Mapping[int, str] = field(default_factory=dict)
    programs: Mapping[tuple[int | None, int], int] = field(default_factory=dict)
    frames: bool = False


def read_song(path: Path) -> MidiSong:
    """The notes of a Standard MIDI File of any format, with its tempo and first metre.

    Equal notes that overlap end in the order they began; notes never let go end with the file. Tracks of a
    format 2 file follow each other. A file that counts film frames reads as 120 beats a minute. Raises
    `UserError` that names the file and the cure.
    """
    events = parse(_bytes(path), path.name)
    merged = _merged(events)
    ticks_a_beat = events.ticks_per_s * 60 / DEFAULT_BPM if events.ticks_per_s else float(events.division)
    tempo = TempoMap.steady(DEFAULT_BPM) if events.ticks_per_s else _tempo(merged, ticks_a_beat)
    notes = tuple(sorted(_notes(merged, ticks_a_beat), key=lambda n: n.order))
    metres = _metres(merged, ticks_a_beat)
    return MidiSong(
        tempo=tempo,
        metre=next((metre for _, metre in metres), DEFAULT_METRE),
        notes=notes,
        damage=events.damage,
        metres=metres if metres and metres[0][0] == 0 else ((0.0, DEFAULT_METRE), *metres),
        title=title_of(events, {n.track for n in notes}),
        names=track_names(events),
        programs=programs(merged),
        frames=events.ticks_per_s is not None,
    )


def read_recording(path: Path, start_s: float = 0.0) -> Recording:
    """A performance: every note on any channel as a press and a release.

    Times are seconds from the file's start by its own tempo, plus `start_s`; they are song time. Where the
    file was damaged, a mark says how. Raises `UserError` for a file that cannot be read.
    """
    song = read_song(path)
    if song.damage and not song.notes:
        raise _broken(path, song)
    timed: list[tuple[int, Touch]] = []
    for note in song.notes:
        press_s, release_s = song.tempo.seconds(note.beat), song.tempo.seconds(note.end_beat)
        timed.append((note.order[0], Press(start_s + press_s, note.pitch, note.velocity)))
        timed.append((note.order[1], Release(start_s + release_s, note.pitch, synthetic=note.made)))
    touches = tuple(touch for _, touch in sorted(timed, key=lambda t: t[0]))
    marks = (Mark(start_s, MarkKind.DAMAGED, "; ".join(song.damage)),) if song.damage else ()
    return Recording(touches, Timeline.identity(), Device(DeviceKind.FILE, path.name), marks=marks)


def read_level(path: Path) -> Level:
    """A plain file as a level, taken as it is: its notes, tempo and metre; hands and fingers unknown.

    Drums (channel 10) are left out beside other notes; a file of drums alone is a level for pads. Raises
    `UserError` for a file that cannot be read or has no notes.
    """
    song = read_song(path)
    pitched = [note for note in song.notes if not note.drum]
    asked = pitched or song.notes
    if not asked:
        raise _broken(path, song)
    return Level(
        id=path.stem,
        title=path.stem,
        family="song",
        step=1,
        instrument=Instrument.KEYBOARD if pitched else Instrument.PADS,
        hand=HandChoice.BOTH,
        tempo=song.tempo,
        metre=song.metre,
        notes=in_order(BeatNote(n.beat, n.pitch, n.end_beat - n.beat, velocity=n.velocity) for n in asked),
        preview_s=3.0,
    )


def write_recording(touches: Iterable[Touch], path: Path) -> None:
    """Write presses and releases as a Standard MIDI File; times (0 or later) are rounded to 50 µs."""
    import mido

    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=WRITTEN_TEMPO_US)])
    written = 0
    for touch in sorted(touches, key=lambda t: t.time_s):
        tick = round(touch.time_s * 1e6 * WRITTEN_TICKS / WRITTEN_TEMPO_US)
        if tick < 0:
            raise ValueError("a MIDI file begins at time 0")
        kind, velocity = ("note_on", touch.velocity) if isinstance(touch, Press) else ("note_off", 64)
        track.append(mido.Message(kind, note=touch.pitch, velocity=velocity, time=tick - written))
        written = tick
    mido.MidiFile(type=0, ticks_per_beat=WRITTEN_TICKS, tracks=[track]).save(path)


def _bytes(path: Path) -> bytes:
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
    return data


def _merged(events: Events) -> list[tuple[int, int, MidiEvent]]:
    """Tick, track and event of all tracks in time order; at one tick in the order of the file."""
    merged: list[tuple[int, int, MidiEvent]] = []
    start = 0
    for index, track in enumerate(events.tracks):
        merged += [(start + event.tick, index, event) for event in track]
        if events.format == 2 and track:
            start += track[-1].tick
    return sorted(merged, key=lambda e: e[0])


def _tempo(merged: list[tuple[int, int, MidiEvent]], ticks_a_beat: float) -> TempoMap:
    changes = {0.0: DEFAULT_BPM}
    for tick, _, event in merged:
        beat_us = int.from_bytes(event.data[1:4])
        if event.status == META and event.data[0] == SET_TEMPO and len(event.data) == 4 and beat_us:
            changes[tick / ticks_a_beat] = 60e6 / beat_us
    return TempoMap(tuple(changes.items()))


def _metres(
    merged: list[tuple[int, int, MidiEvent]], ticks_a_beat: float
) -> tuple[tuple[float, tuple[int, int]], ...]:
    """Metres by beat that make sense: 1 to 64 notes to a bar, from whole notes to sixty-fourths."""
    found: dict[float, tuple[int, int]] = {}
    for tick, _, event in merged:
        if event.status == META and event.data[0] == TIME_SIGNATURE and len(event.data) >= 3:
            count, power = event.data[1], event.data[2]
            if 1 <= count <= 64 and power <= 6:
                found.setdefault(tick / ticks_a_beat, (count, 2**power))
    return tuple(found.items())


def _notes(merged: list[tuple[int, int, MidiEvent]], ticks_a_beat: float) -> Iterator[SongNote]:
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
            yield SongNote(beat, tick / ticks_a_beat, pitch, struck, track, channel, (start, order), False)
    order = len(merged)
    end_beat = merged[-1][0] / ticks_a_beat if merged else 0.0
    for (track, channel, pitch), began in held.items():
        for start, beat, struck in began:
            yield SongNote(beat, end_beat, pitch, struck, track, channel, (start, order), True)
            order += 1


def _broken(path: Path, song: MidiSong) -> UserError:
    if song.damage:
        return UserError(
            "{file}: is damaged and holds no notes ({damage}); export or copy it again.",
            file=path.name,
            damage="; ".join(song.damage),
        )
    return UserError("{file}: holds no notes; choose a file with a melody in it.", file=path.name)
