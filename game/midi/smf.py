"""Standard MIDI Files as performances and plain levels, and a performance written down."""

from collections.abc import Iterable
from pathlib import Path

from game.midi.file_notes import music_of, no_notes, read_events
from game.music.device import Device, DeviceKind
from game.music.level import BeatNote, HandChoice, Instrument, Level, in_order
from game.music.note import Press, Release, Touch
from game.music.recording import Mark, MarkKind, Recording
from game.music.timeline import Timeline

WRITTEN_TICKS, WRITTEN_TEMPO_US = 10_000, 500_000
"""Ticks and microseconds of a beat in files written here: 50 µs a tick."""


def read_recording(path: Path, start_s: float = 0.0) -> Recording:
    """A performance: every note on any channel as a press and a release.

    Times are seconds from the file's start by its own tempo, plus `start_s`; they are song time. Where the
    file was damaged, a mark says how. Raises `UserError` for a file that cannot be read.
    """
    song = music_of(read_events(path))
    if song.damage and not song.notes:
        raise no_notes(path, song.damage)
    timed: list[tuple[int, Touch]] = []
    for note in song.notes:
        press_s, release_s = song.tempo.seconds(note.beat), song.tempo.seconds(note.end_beat)
        press = Press(start_s + press_s, note.pitch, note.velocity, channel=note.channel)
        release = Release(start_s + release_s, note.pitch, synthetic=note.made, channel=note.channel)
        timed += [(note.order[0], press), (note.order[1], release)]
    touches = tuple(touch for _, touch in sorted(timed, key=lambda t: t[0]))
    marks = (Mark(start_s, MarkKind.DAMAGED, "; ".join(song.damage)),) if song.damage else ()
    return Recording(touches, Timeline.identity(), Device(DeviceKind.FILE, path.name), marks=marks)


def read_level(path: Path) -> Level:
    """A plain file as a level, taken as it is: its notes, tempo and metre; hands and fingers unknown.

    Drums (channel 10) are left out beside other notes; a file of drums alone is a level for pads. Raises
    `UserError` for a file that cannot be read or has no notes.
    """
    song = music_of(read_events(path))
    pitched = [note for note in song.notes if not note.drum]
    asked = pitched or song.notes
    if not asked:
        raise no_notes(path, song.damage)
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
        on = {"note": touch.pitch, "velocity": velocity, "channel": touch.channel or 0}
        track.append(mido.Message(kind, time=tick - written, **on))
        written = tick
    mido.MidiFile(type=0, ticks_per_beat=WRITTEN_TICKS, tracks=[track]).save(path)
