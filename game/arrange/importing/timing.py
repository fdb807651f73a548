"""Where the beats of an imported song come from, and its times as they were played where it has none."""

from dataclasses import replace
from enum import StrEnum

from game.music.midi_song import MidiSong, SongNote
from game.music.tempo import TempoMap

STEADY_BPM = 120.0
SHORTEST_BEATS = 0.125


class Timing(StrEnum):
    """Where the beats of an import come from.

    WRITTEN: the file's. CLICK: the file's, onto which the played notes were moved. TRACKED: found in the
    playing, which was made even. PLAYED: none were found; times are as played, at a steady tempo.
    """

    WRITTEN = "written"
    CLICK = "click"
    TRACKED = "tracked"
    PLAYED = "played"

    @property
    def quantised(self) -> bool:
        return self in (Timing.CLICK, Timing.TRACKED)


def as_played(song: MidiSong, bpm: float = STEADY_BPM) -> MidiSong:
    """The same times to the millisecond, on beats of a steady tempo that mean nothing."""
    per_s = bpm / 60
    notes = []
    for n in song.notes:
        start, end, silent = (
            song.tempo.seconds(beat) * per_s for beat in (n.beat, n.end_beat, n.end_beat + n.pedal_beats)
        )
        notes.append(n._replace(beat=start, length_beats=end - start, pedal_beats=silent - end))
    steady = replace(song, tempo=TempoMap.steady(bpm), metres=((0.0, (4, 4)),))
    return steady.with_notes(notes)


def even(length_beats: float) -> float:
    """The length of a played note, in quarters of a beat."""
    return max(SHORTEST_BEATS, round(length_beats * 4) / 4 or 0.25)


def put_at(note: SongNote, beat: float, length_beats: float | None = None) -> SongNote:
    """A note at another beat, with another length where one is given; its sound ends where it did then."""
    if length_beats is None:
        return note if beat == note.beat else note._replace(beat=beat)
    silent = note.end_beat + note.pedal_beats
    pedal = max(0.0, silent - beat - length_beats) if note.pedal_beats else 0.0
    return note._replace(beat=beat, length_beats=length_beats, pedal_beats=pedal)
