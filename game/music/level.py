"""A level: what one run asks for, in beats."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import ceil, floor

from game.music.bars import Bars
from game.music.note import Hand, Note
from game.music.tempo import TempoMap

SONG = "song"
"""The family of all levels of songs; the other families are exercises."""


class Instrument(StrEnum):
    """What a level is played on."""

    KEYBOARD = "keyboard"
    PADS = "pads"


class HandChoice(StrEnum):
    """The hands that a level asks for."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class NoteRole(StrEnum):
    """Role of a note in a level.

    PLAY: seen to fall, asked. UNSEEN: asked, and not shown: from memory, or with no picture to follow.
    SHOWN: seen to fall and sounded by the program, not asked. NO_GO: seen to fall, and not to be played.
    """

    PLAY = "play"
    UNSEEN = "unseen"
    SHOWN = "shown"
    NO_GO = "no-go"

    @property
    def asked(self) -> bool:
        """Whether the player should play it."""
        return self in (NoteRole.PLAY, NoteRole.UNSEEN)


@dataclass(frozen=True, slots=True)
class BeatNote:
    """A note as the level writes it: beat and length in beats; the rest as in `Note`."""

    beat: float
    pitch: int
    length_beats: float
    hand: Hand | None = None
    finger: int | None = None
    velocity: int | None = None
    part: NoteRole = NoteRole.PLAY


@dataclass(frozen=True, slots=True)
class Lyric:
    """A line of words, sung from a beat on until the next line."""

    beat: float
    text: str


@dataclass(frozen=True, slots=True)
class SongName:
    """Which song a level is of: an id that all levels of the song share, and the song's own title.

    Names with one id are equal, however the title is written.
    """

    id: str
    title: str = field(compare=False)


class KeyChoice(StrEnum):
    """Which keys count for a note."""

    OWN = "own"
    NEAREST = "nearest"


@dataclass(frozen=True)
class Level:
    """What one run asks for.

    id: its name in commands and records. title, aim, caution (what to watch for): text for people.
    family: the kind of exercise (`single-finger`, …, `song`). step: place in the ramp, 1 upwards.
    metre: notes to a bar and the note value that counts, (3, 4).
    notes: asked of the player. unasked: seen to fall and not asked, shown first or not to be played.
    accompaniment: played by the program; all ordered by beat and pitch.
    click: whether a metronome sounds. fade: from a beat on, only one click in this many sounds, ((16, 2),
    (32, 0)); 0: none and no falling note. preview_s: how long a note is seen before it is due.
    windows_s: fixed half-widths of the hit windows (perfect, great, good), or None for the player's own.
    release: whether release times are asked and judged.
    keys: whether a note asks for its own key, or a press counts for the nearest of the keys asked: any
    key where one is asked, wide bands of keys where they lie apart.
    probe: a fixed measurement: never played faster, slower or under other windows; only probes make
    trends.
    cue_until_beat: from this beat on the player goes on alone: no click sounds and no falling note is
    shown. None: the whole level is cued.
    origin: composer or origin of a song. lyrics: its words line by line, in the order of beats.
    song: the song it is of, None for an exercise. arrangement: how much of the song it asks, as written
    in the title after the song's own (`one finger`), or "".
    bars: its bars of the level with this id, and their repeats, if it is a part.
    """

    id: str
    title: str
    family: str
    step: int
    instrument: Instrument
    hand: HandChoice
    tempo: TempoMap
    metre: tuple[int, int]
    notes: tuple[BeatNote, ...]
    accompaniment: tuple[BeatNote, ...] = ()
    click: bool = True
    preview_s: float = 3.0
    windows_s: tuple[float, float, float] | None = None
    release: bool = False
    keys: KeyChoice = KeyChoice.OWN
    aim: str = ""
    caution: str = ""
    unasked: tuple[BeatNote, ...] = ()
    fade: tuple[tuple[float, int], ...] = ()
    probe: bool = False
    cue_until_beat: float | None = None
    origin: str = ""
    lyrics: tuple[Lyric, ...] = ()
    bars: Bars | None = None
    song: SongName | None = None
    arrangement: str = ""

    def __hash__(self) -> int:
        """Hashes the id only, since hashing all notes would be slow."""
        return hash(self.id)

    @property
    def bar_beats(self) -> float:
        """Beats (quarter notes) in a bar."""
        return self.metre[0] * 4.0 / self.metre[1]

    @property
    def click_beats(self) -> float:
        """Beats between clicks: the note value that the metre counts, three of them where it is compound."""
        counts, value = self.metre
        compound = value == 8 and counts % 3 == 0 and counts > 3
        return 1.5 if compound else 4.0 / value

    @property
    def end_beat(self) -> float:
        """Beat at which the last note ends, asked or not."""
        every = (*self.notes, *self.unasked, *self.accompaniment)
        return max(n.beat + n.length_beats for n in every)

    @property
    def nearest_of(self) -> tuple[int, ...]:
        """The pitches asked, where a press counts for the nearest of them; () where keys are their own."""
        if self.keys is KeyChoice.OWN:
            return ()
        return tuple(sorted({note.pitch for note in self.notes}))

    @property
    def bar_count(self) -> int:
        """How many bars have begun when the last note ends."""
        return max(1, ceil(self.end_beat / self.bar_beats - _NEAR))

    def bar_of(self, beat: float) -> int:
        """The bar in which a beat lies; the first is 1."""
        return floor(beat / self.bar_beats + _NEAR) + 1

    def cued(self, beat: float) -> bool:
        """Whether something paces the player at a beat."""
        if self.cue_until_beat is not None and beat >= self.cue_until_beat:
            return False
        return self._clicks_from(beat)[1] > 0

    def clicks(self, beat: float) -> bool:
        """Whether a click sounds at a beat on which the metre counts."""
        if not self.click or not self.cued(beat):
            return False
        since, every = self._clicks_from(beat)
        return round((beat - since) / self.click_beats) % every == 0

    def _clicks_from(self, beat: float) -> tuple[float, int]:
        """Beat from which the present click division holds, and the division."""
        begun = [change for change in self.fade if change[0] <= beat + _NEAR]
        return begun[-1] if begun else (0.0, 1)

    def understood_from(self, index: int) -> float:
        """The beat from which a note can be played: of one asked from memory, where it is first shown."""
        note = self.notes[index]
        shown = [n.beat for n in self.unasked if n.part is NoteRole.SHOWN and n.beat < note.beat]
        if note.part is not NoteRole.UNSEEN or not shown:
            return note.beat
        before = max((n.beat for n in self.notes if n.beat < shown[-1]), default=-1.0)
        return min(beat for beat in shown if beat > before)

    @property
    def unseen(self) -> frozenset[int]:
        """Places of notes asked that no falling note shows: from memory, or where nothing paces."""
        return frozenset(
            i for i, n in enumerate(self.notes) if n.part is NoteRole.UNSEEN or not self.cued(n.beat)
        )

    @property
    def notes_per_s(self) -> float:
        """Onsets a second at the written tempo, rests between groups included."""
        onsets = sorted({n.beat for n in self.notes})
        return len(onsets) / (self.length_s() - self.tempo.seconds(onsets[0]))

    @property
    def fingers(self) -> tuple[int, ...]:
        """The fingers it asks for, thumb first."""
        return tuple(sorted({n.finger for n in self.notes if n.finger is not None}))

    @property
    def pitch_range(self) -> tuple[int, int]:
        """Lowest and highest pitch that is asked or seen."""
        pitches = [n.pitch for n in (*self.notes, *self.unasked)]
        return min(pitches), max(pitches)

    def tempo_at(self, speed: float) -> TempoMap:
        """The tempo map of a run at `speed` times the written tempo."""
        return self.tempo.faster(speed)

    def notes_at(self, speed: float = 1.0) -> tuple[Note, ...]:
        """The notes of a run in song time, ordered by onset and pitch."""
        return timed(self.notes, self.tempo_at(speed))

    def unasked_at(self, speed: float = 1.0) -> tuple[Note, ...]:
        """Notes shown but not asked, in song time; their indices are places in `unasked`."""
        return timed(self.unasked, self.tempo_at(speed))

    def length_s(self, speed: float = 1.0) -> float:
        """Song time at which the last note ends."""
        return self.tempo_at(speed).seconds(self.end_beat)

    def lyric_at(self, beat: float) -> str:
        """The words that are sung at a beat; empty before the first line."""
        sung = [lyric.text for lyric in self.lyrics if lyric.beat <= beat]
        return sung[-1] if sung else ""

    def with_notes(self, notes: Iterable[BeatNote], accompaniment: Iterable[BeatNote]) -> "Level":
        """The same level with other notes, put in order."""
        return replace(self, notes=in_order(notes), accompaniment=in_order(accompaniment))


_NEAR = 1e-6


def in_order(notes: Iterable[BeatNote]) -> tuple[BeatNote, ...]:
    """Notes by beat, then pitch."""
    return tuple(sorted(notes, key=lambda n: (n.beat, n.pitch)))


def timed(notes: Iterable[BeatNote], tempo: TempoMap) -> tuple[Note, ...]:
    """Notes in song time, indexed in their order."""
    return tuple(
        Note(
            index=index,
            onset_s=tempo.seconds(n.beat),
            duration_s=tempo.seconds(n.beat + n.length_beats) - tempo.seconds(n.beat),
            pitch=n.pitch,
            hand=n.hand,
            finger=n.finger,
            velocity=n.velocity,
        )
        for index, n in enumerate(in_order(notes))
    )
