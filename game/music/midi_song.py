"""A song as it stands in a MIDI file, before anything of it is asked of a hand: notes in parts."""

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from game.music.metre import bar_beats
from game.music.note import Note
from game.music.tempo import TempoMap

PIANOS = range(8)
GUITARS = range(24, 32)
BASSES = range(32, 40)
EFFECTS = range(112, 128)
"""General MIDI programs, from 0: pianos, guitars, basses, and percussive and sound effects, no music."""


@dataclass(frozen=True, slots=True)
class SongPart:
    """One voice or instrument of a file: what one channel plays on one track.

    name: "" where it has none. program: General MIDI instrument, 0–127, or None where the file does not say.
    track from 0, channel 0–15.
    """

    name: str = ""
    program: int | None = None
    drums: bool = False
    track: int = 0
    channel: int = 0

    @property
    def effects(self) -> bool:
        return not self.drums and self.program in EFFECTS


class SongNote(NamedTuple):
    """A note of a part; beats are quarter notes from the start. velocity: 1–127.

    length_beats: how long its key is held. pedal_beats: how much longer the sustain pedal lets it sound.
    """

    beat: float
    length_beats: float
    pitch: int
    velocity: int
    part: int = 0
    pedal_beats: float = 0.0

    @property
    def end_beat(self) -> float:
        """Where its key is let go."""
        return self.beat + self.length_beats


@dataclass(frozen=True)
class MidiSong:
    """A song's notes in the order of beats and pitches, with what is said of them.

    metres: by the beat from which each holds, the first from 0. parts: those that `SongNote.part` counts.
    counted: False where the file knows no beats at all, only time. words: the beats on which something is
    sung. damage: what had to be stepped over in the file, in words.
    number, songs: which of how many songs of the file it is, counted from 1.
    """

    notes: tuple[SongNote, ...]
    parts: tuple[SongPart, ...] = (SongPart(),)
    tempo: TempoMap = field(default_factory=lambda: TempoMap.steady(120.0))
    metres: tuple[tuple[float, tuple[int, int]], ...] = ((0.0, (4, 4)),)
    title: str = ""
    counted: bool = True
    words: tuple[float, ...] = ()
    damage: tuple[str, ...] = ()
    number: int = 1
    songs: int = 1

    def with_notes(self, notes: "list[SongNote]") -> "MidiSong":
        """The same song with other notes, put in order."""
        return replace(self, notes=tuple(sorted(notes)))

    def metre_at(self, beat: float) -> tuple[float, tuple[int, int]]:
        """The metre that holds at a beat, and from which beat on its bars are counted."""
        return self.metres[max(0, bisect_right(self.metres, beat, key=lambda m: m[0]) - 1)]

    def between(self, start_beat: float, end_beat: float) -> "MidiSong":
        """What begins in a stretch of the song, at its own beats; what reaches beyond it ends with it.

        What changes after its last note is left out.
        """
        kept = [_ended(n, end_beat) for n in self.notes if start_beat <= n.beat < end_beat]
        last = max((n.beat + n.length_beats + n.pedal_beats for n in kept), default=0.0)
        changes = tuple(change for change in self.tempo.changes if change[0] < last or change[0] == 0)
        metres = tuple(change for change in self.metres if change[0] < last or change[0] == 0)
        return replace(self, tempo=TempoMap(changes), metres=metres).with_notes(kept)

    def from_bar_of(self, beat: float) -> "MidiSong":
        """The song moved so that the bar in which a beat lies begins at 0."""
        since, metre = self.metre_at(beat)
        bar = bar_beats(metre)
        return self.moved(-(since + (beat - since + 1e-6) // bar * bar))

    def moved(self, by_beats: float) -> "MidiSong":
        """The same song so many beats later; what was said before its new beat 0 holds from there."""
        if by_beats == 0:
            return self
        first_bpm, first_metre = self.tempo.bpm(-by_beats), self.metre_at(-by_beats)[1]
        changes = tuple(
            (beat + by_beats, bpm) for beat, bpm in self.tempo.changes if beat + by_beats > 0 and beat > 0
        )
        metres = tuple((beat + by_beats, m) for beat, m in self.metres if beat + by_beats > 0 and beat > 0)
        return replace(
            self,
            notes=tuple(n._replace(beat=n.beat + by_beats) for n in self.notes),
            tempo=TempoMap(((0.0, first_bpm), *changes)),
            metres=((0.0, first_metre), *metres),
            words=tuple(beat + by_beats for beat in self.words),
        )

    @property
    def main_metre(self) -> tuple[float, tuple[int, int]]:
        """The metre that holds longest, and a beat on which one of its bars begins."""
        end_beat = max(n.end_beat for n in self.notes)
        ends = [*(beat for beat, _ in self.metres[1:]), end_beat]
        lasts: dict[tuple[int, int], float] = {}
        for (beat, metre), end in zip(self.metres, ends, strict=True):
            lasts[metre] = lasts.get(metre, 0.0) + max(0.0, end - beat)
        longest = max(lasts, key=lambda metre: lasts[metre])
        return next(beat for beat, metre in self.metres if metre == longest), longest


def timed_notes(notes: "list[SongNote] | tuple[SongNote, ...]", tempo: TempoMap) -> list[Note]:
    """The notes in song time, as long as their keys are held, in their order."""
    starts = [tempo.seconds(n.beat) for n in notes]
    ends = [tempo.seconds(n.end_beat) for n in notes]
    each = zip(notes, starts, ends, strict=True)
    return [Note(i, start, end - start, n.pitch) for i, (n, start, end) in enumerate(each)]


def _ended(note: SongNote, end_beat: float) -> SongNote:
    if note.beat + note.length_beats + note.pedal_beats <= end_beat:
        return note
    length = min(note.length_beats, end_beat - note.beat)
    return note._replace(length_beats=length, pedal_beats=end_beat - note.beat - length)
