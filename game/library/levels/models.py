"""The content of a level file: types, bounds and defaults. Faults are worded in `faults`."""

from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from game.arrange.song_names import with_song
from game.library.levels.bars import BarsTable
from game.library.levels.exercises import KINDS, Pattern
from game.library.levels.fields import Beat, Finger, Length, LevelTable, Pitch, Velocity
from game.library.levels.nearest import did_you_mean
from game.library.levels.tempo import ClickChange, Fade, Tempo, TempoChange, TempoRamp
from game.music.chords import ChordFigure, ChordLoop, backing_notes, chord_row
from game.music.harmony import KeyArea, fitting
from game.music.level import BeatNote, HandChoice, Instrument, KeyChoice, Level, Lyric, NoteRole, in_order
from game.music.note import Hand
from game.music.tempo import TempoMap

FORMAT = 1
"""The newest format that this version reads."""

ABOUT_FAMILIES = {
    "explore": "any finger meets its key, without hurry",
    "single-finger": "one finger on one key",
    "press-release": "hold and let go with the beat, or press briefly; releases are judged",
    "two-finger-alternation": "two fingers in turn, neighbours or across a gap",
    "five-finger-pattern": "all five fingers: steps, skips, studies, mixed",
    "thumb-with-finger": "the thumb together or in turn with each finger",
    "chords": "two to five fingers press together",
    "independence": "some fingers hold while others tap",
    "dynamics": "soft and loud, growing and accents",
    "two-hands": "mirror, side by side, in turn",
    "two-rhythms": "two against one, three against two",
    "crossing": "a line from hand to hand; hands crossed",
    "scales": "the thumb passes under, in every key",
    "arpeggios": "broken chords with the thumb passing under, in every key",
    "rhythm": "long and short, rests, dots, triplets, off the beat",
    "speed-ramp": "the tempo rises round by round",
    "pads": "single and double taps, right and left mixed, reaches, accents",
    "entrainment": "one tap a beat; the tempo rises a little, or the clicks fade",
    "continuation": "with the clicks, then alone",
    "memory": "watch and listen, then play it back",
    "go-no-go": "some notes are not to be played",
    "song": "tunes",
    "probe": "fixed measurements, which never adapt",
}
"""Known families of exercises in the order of the ramp; probes come last."""

FAMILIES = tuple(ABOUT_FAMILIES)


class NoteTable(LevelTable):
    """One note that is asked."""

    beat: Beat = Field(description="when it is due, in quarter notes from the start; 0 is the first")
    pitch: Pitch = Field(description="the key, as a name such as C4 or F#3, or as a MIDI number")
    length: Length = Field(description="how long it is held, in quarter notes")
    hand: Literal["left", "right"] | None = Field(None, description="the level's hand, where that is one")
    finger: Finger | None = Field(None, description="1 thumb to 5 little finger")
    velocity: Velocity | None = Field(None, description="how loud it is asked, 1 to 127")
    part: Literal["play", "unseen", "shown", "no-go"] = Field(
        "play",
        description="unseen: asked, not shown; shown: sounded first, not asked; no-go: to be left out",
    )

    def note(self, hand: Hand | None) -> BeatNote:
        """The note, for `hand` where it says nothing of hands."""
        own = Hand(self.hand) if self.hand else None if "hand" in self.model_fields_set else hand
        part = NoteRole(self.part)
        return BeatNote(self.beat, self.pitch, self.length, own, self.finger, self.velocity, part)


class AccompanimentTable(LevelTable):
    """One note that the program plays."""

    beat: Beat
    pitch: Pitch
    length: Length
    velocity: Velocity | None = None
    hand: Literal["left", "right"] | None = Field(
        None, description="of a player's hand that does not play here"
    )
    finger: Finger | None = None

    def note(self) -> BeatNote:
        hand = Hand(self.hand) if self.hand else None
        return BeatNote(self.beat, self.pitch, self.length, hand, self.finger, self.velocity)


class LyricTable(LevelTable):
    """A line of a song's words."""

    beat: Beat = Field(description="from when on it is sung, until the next line")
    text: str = Field(max_length=120)


AUTO = "auto"
"""Chords that fit what is asked, chosen by the program."""


def _chords(value: str) -> str:
    if value != AUTO:
        chord_row(value)
    return value


class BackingTable(LevelTable):
    """Chords that the program plays softly, repeated until the level ends."""

    chords: Annotated[str, Field(max_length=5000), AfterValidator(_chords)] = Field(
        description='such as "C - | F G7": - holds a chord, . is silent, | is a bar; "auto" fits the notes'
    )
    every_beats: float = Field(4.0, ge=0.5, le=64, description="how long each of them lasts")
    figure: Literal["held", "broken"] = "held"
    velocity: Velocity = 44

    def notes(self, asked: tuple[BeatNote, ...], keys: tuple[KeyArea, ...]) -> tuple[BeatNote, ...]:
        row = fitting(asked, self.every_beats, keys) if self.chords == AUTO else chord_row(self.chords)
        backing = ChordLoop(row, self.every_beats, ChordFigure(self.figure), self.velocity)
        return backing_notes(backing, asked)


class PersonalWindows(LevelTable):
    """Hit windows of the player who plays."""

    mode: Literal["personal"]


class FixedWindows(LevelTable):
    """Hit windows that are the same for everyone: half-widths in milliseconds."""

    mode: Literal["fixed"]
    perfect_ms: float = Field(gt=0, le=2000)
    great_ms: float = Field(gt=0, le=2000)
    good_ms: float = Field(gt=0, le=2000)

    @model_validator(mode="after")
    def _grow(self) -> "FixedWindows":
        if not self.perfect_ms <= self.great_ms <= self.good_ms:
            raise ValueError(
                "perfect_ms, great_ms and good_ms do not grow in this order; make each one wider"
            )
        return self

    @property
    def widths_s(self) -> tuple[float, float, float]:
        """The half-widths in seconds, to a whole microsecond."""
        perfect_s, great_s, good_s = (
            round(w / 1000, 6) for w in (self.perfect_ms, self.great_ms, self.good_ms)
        )
        return perfect_s, great_s, good_s


def _known_family(value: str) -> str:
    if value not in FAMILIES:
        raise ValueError(f'"{value[:40]}" is not a family known here; {did_you_mean(value, FAMILIES)}')
    return value


def _counts(value: list[int]) -> list[int]:
    if value[1] not in (1, 2, 4, 8, 16):
        raise ValueError(f"a metre does not count in {value[1]}ths; the second number is 1, 2, 4, 8 or 16")
    return value


Windows = Annotated[PersonalWindows | FixedWindows, Field(discriminator="mode")]
Metre = Annotated[
    list[Annotated[int, Field(ge=1, le=32)]], Field(min_length=2, max_length=2), AfterValidator(_counts)
]
Family = Annotated[str, AfterValidator(_known_family), Field(json_schema_extra={"enum": list(FAMILIES)})]


class LevelFile(LevelTable):
    """A level of Fingerfall. Times are in beats (quarter notes)."""

    TABLES: ClassVar[dict[str, type[LevelTable]]] = {
        "notes": NoteTable,
        "accompaniment": AccompanimentTable,
        "backing": BackingTable,
        "lyrics": LyricTable,
        "bars": BarsTable,
        "tempo": TempoChange,
        "fade": ClickChange,
        "windows": FixedWindows,
    }
    """What the tables in it are, by their names; a pattern's is in `KINDS`."""

    format: Literal[1] = Field(description="the format of this file: 1")
    id: str = Field(
        pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64, description="its name in commands and records"
    )
    title: str = Field(min_length=1, max_length=80, description="what a player reads")
    aim: str = Field("", max_length=200, description="what it is for, in one plain sentence")
    caution: str = Field("", max_length=200, description="what to watch for, in one plain sentence")
    family: Family = Field(description="the kind of exercise")
    step: int = Field(ge=1, le=1000, description="place in the ramp, easiest first")
    instrument: Literal["keyboard", "pads"] = "keyboard"
    hand: Literal["left", "right", "both"] = Field(description="which hands it asks for")
    tempo: Tempo = Field(
        description="quarter notes a minute; [{ beat = 0, bpm = 60 }]; or a ramp { start = 40, end = 80 }"
    )
    metre: Metre = Field([4, 4], description="notes to a bar and the note value that counts")
    preview_s: float = Field(
        3.0, ge=0.5, le=10, description="how long a note is seen before it is due, in seconds"
    )
    click: bool = Field(True, description="whether a metronome sounds")
    fade: Fade = Field(
        default=[], description="[{ beat = 16, every = 2 }]: from there on only every second click; 0 none"
    )
    release: bool = Field(False, description="whether letting go on time is asked and judged")
    keys: Literal["own", "nearest"] = Field(
        "own", description="nearest: a press on any key counts for the nearest of those asked"
    )
    probe: bool = Field(False, description="a fixed measurement that never adapts; needs fixed windows")
    cue_until_beat: Beat | None = Field(
        None, description="from this beat on no click sounds and no falling note is shown"
    )
    windows: Windows = Field(PersonalWindows(mode="personal"), description="the player's own, or fixed")
    notes: list[NoteTable] = Field(default=[], description="the notes asked, in the order of their beats")
    pattern: Pattern | None = Field(None, description="a rule that makes the notes, in place of notes")
    accompaniment: list[AccompanimentTable] = Field(default=[], description="notes that the program plays")
    backing: BackingTable | None = Field(None, description="chords that the program plays")
    origin: str = Field("", max_length=120, description="whom a song is by, or where it is from")
    lyrics: list[LyricTable] = Field(default=[], description="a song's words, in the order of their beats")
    bars: BarsTable | None = Field(
        None, description="written by the program: of which bars of the level a run was a part"
    )

    @property
    def one_hand(self) -> Hand | None:
        """The hand, where the level asks for one."""
        return None if self.hand == "both" else Hand(self.hand)

    @property
    def tempo_changes(self) -> tuple[tuple[float, float], ...]:
        """Beats and tempi."""
        if isinstance(self.tempo, TempoRamp):
            return self.tempo.changes
        return tuple((change.beat, change.bpm) for change in self.tempo)

    @cached_property
    def written(self) -> tuple[BeatNote, ...]:
        """The player's notes, shown or asked, from the file or its pattern."""
        if self.pattern is not None:
            return self.pattern.notes(self.one_hand) if HandChoice(self.hand) in self.pattern.FOR else ()
        return tuple(note.note(self.one_hand) for note in self.notes)

    def level(self) -> Level:
        """The level that the file describes."""
        written = self.written
        keys = self.pattern.keys_of(self.one_hand) if self.pattern else ()
        backing = self.backing.notes(written, keys) if self.backing else ()
        fixed = self.windows if isinstance(self.windows, FixedWindows) else None
        return with_song(
            Level(
                id=self.id,
                title=self.title,
                aim=self.aim,
                caution=self.caution,
                fade=tuple((change.beat, change.every) for change in self.fade),
                family=self.family,
                step=self.step,
                instrument=Instrument(self.instrument),
                hand=HandChoice(self.hand),
                tempo=TempoMap(self.tempo_changes),
                metre=(self.metre[0], self.metre[1]),
                notes=in_order(n for n in written if n.part.asked),
                unasked=in_order(n for n in written if not n.part.asked),
                accompaniment=in_order((*backing, *(note.note() for note in self.accompaniment))),
                click=self.click,
                preview_s=self.preview_s,
                windows_s=fixed.widths_s if fixed else None,
                release=self.release,
                keys=KeyChoice(self.keys),
                probe=self.probe,
                cue_until_beat=self.cue_until_beat,
                origin=self.origin,
                lyrics=tuple(Lyric(line.beat, line.text) for line in self.lyrics),
                bars=self.bars.bars() if self.bars else None,
            )
        )


def known_names(path: tuple[str | int, ...]) -> tuple[str, ...]:
    """The names that may stand beside the one at a path of the model (which tells the kind of a pattern)."""
    if len(path) == 1:
        return tuple(LevelFile.model_fields)
    table = LevelFile.TABLES.get(str(path[0]), LevelTable)
    if path[0] == "pattern":
        table = KINDS.get(str(path[1]), table)
    elif path[:2] == ("tempo", "ramp"):
        table = TempoRamp
    return tuple(table.model_fields)


def schema() -> dict[str, Any]:
    """The JSON Schema of level files, from which editors complete and check."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **LevelFile.model_json_schema()}
