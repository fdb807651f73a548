"""The tables of patterns that ask for more than a row of fingers, and the list of every kind."""

from dataclasses import replace
from random import Random
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from game.library.levels.fields import Finger, Pitch, WhitePitch
from game.library.levels.patterns import (
    TWO_HANDS,
    Alternation,
    Chord,
    Chords,
    FiveFinger,
    PacedTable,
    PatternTable,
    PlacedTable,
    RowTable,
    SingleFinger,
    place,
)
from game.library.levels.scales import Arpeggio, Scale
from game.music import patterns, patterns_hands, patterns_rhythm, patterns_tasks
from game.music.level import BeatNote, HandChoice
from game.music.note import Hand
from game.music.patterns import HOME, FiveKeys
from game.music.patterns_hands import HandsMotion

BESIDE_THE_LEFT = 57
"""A3: where the right hand lies so that its keys follow those of the left hand on C3 to G3."""

Seed = Annotated[int, Field(ge=0, le=2**31, description="chooses by chance, the same for the same seed")]
Row = Annotated[list[Finger], Field(min_length=1, max_length=64)]


def _readable(value: str) -> str:
    patterns_rhythm.rhythm(value)
    return value


def _playable(value: str) -> str:
    patterns_rhythm.strokes(value)
    return value


class Hold(PlacedTable):
    """Some fingers hold their keys while others tap; then the hand rests."""

    UNUSED: ClassVar[frozenset[str]] = frozenset({"group", "loudness"})

    kind: Literal["hold"]
    held: Chord = Field(description="the fingers that keep their keys down")
    taps: Row = Field(description="the fingers that tap, in turn")
    each: int = Field(4, ge=1, le=64, description="taps of one hold")

    def notes(self, hand: Hand | None) -> tuple[BeatNote, ...]:
        if hand is None:
            return ()
        return patterns_tasks.holding(
            self.held, self.taps, self.each, self.repeats, self.keys(hand), self.pace
        )


class Echo(PlacedTable):
    """Phrases that the program shows and sounds first, and the player then plays from memory."""

    UNUSED: ClassVar[frozenset[str]] = frozenset({"group", "loudness"})

    kind: Literal["echo"]
    sizes: list[Annotated[int, Field(ge=1, le=12)]] = Field(
        min_length=1, max_length=64, description="notes of each phrase, as in [2, 2, 3]"
    )
    fingers: Row = Field(default=[1, 2, 3, 4, 5], description="the fingers that may come")
    wait_beats: float = Field(2.0, ge=0, le=32, description="from the end of a phrase to its answer")
    grid_beats: float = Field(
        0.0, ge=0, le=32, description="phrases and answers wait for a multiple of so many beats; 0 for none"
    )
    seed: Seed = 1

    @model_validator(mode="after")
    def _chooses(self) -> "Echo":
        if len(set(self.fingers)) < 2:
            raise ValueError("an echo needs two fingers or more to choose from; add fingers")
        return self

    def notes(self, hand: Hand | None) -> tuple[BeatNote, ...]:
        if hand is None:
            return ()
        sizes, rng = self.sizes * self.repeats, Random(self.seed)
        timing = patterns_tasks.EchoTiming(self.pace, self.wait_beats, self.grid_beats)
        return patterns_tasks.echo(sizes, self.fingers, timing, self.keys(hand), rng)


class GoNoGo(RowTable):
    """Fingers in a mixed order, of which some notes are not to be played."""

    kind: Literal["go-no-go"]
    fingers: Row = Field(description="the fingers that come, one of them or several")
    share: float = Field(0.25, ge=0, le=0.5, description="how many of the notes are not to be played")
    seed: Seed = 1

    def row(self) -> tuple[int, ...]:
        if len(set(self.fingers)) == 1:
            return patterns.single_finger(self.fingers[0], self.repeats)
        return patterns.mixed(sorted(set(self.fingers)), self.repeats, Random(self.seed))

    def notes(self, hand: Hand | None) -> tuple[BeatNote, ...]:
        notes = super().notes(hand)
        parts = patterns_tasks.go_no_go(len(notes), self.share, Random(self.seed))
        return tuple(replace(note, part=part) for note, part in zip(notes, parts, strict=True))


class TwoHands(PacedTable):
    """Both hands at once or in turn, led by one of them."""

    FOR: ClassVar[frozenset[HandChoice]] = TWO_HANDS

    kind: Literal["two-hands"]
    motion: Literal["mirror", "parallel", "in-turn", "2:1", "3:2"] = Field(
        "mirror", description="how the other hand goes along"
    )
    fingers: Row = Field(description="the leading hand's fingers, in the order in which they play")
    lead: Literal["left", "right"] = Field("right", description="the hand with the fingers, and more notes")
    position: WhitePitch | None = Field(None, description="lowest of the right hand's five keys; C4")
    left_position: WhitePitch | None = Field(None, description="lowest of the left hand's five keys; C3")

    @model_validator(mode="after")
    def _divides(self) -> "TwoHands":
        ours, _ = patterns_hands.RATIOS.get(HandsMotion(self.motion), (1, 1))
        if (self.group or len(self.fingers) * self.repeats) % ours:
            name = "group" if self.group else "repeats"
            raise ValueError(f"{self.motion} goes by {ours} notes; make {name} a multiple of {ours}")
        return self

    @property
    def places(self) -> dict[Hand, FiveKeys]:
        left, right = place(Hand.LEFT, self.left_position), place(Hand.RIGHT, self.position)
        return {Hand.LEFT: left, Hand.RIGHT: right}

    def notes(self, hand: Hand | None) -> tuple[BeatNote, ...]:
        row = tuple(self.fingers) * self.repeats
        motion, lead = HandsMotion(self.motion), Hand(self.lead)
        return patterns_hands.both_hands(row, motion, self.places, self.pace, lead, self.loudness)


class HandOver(PacedTable):
    """A line up through one hand and on through the other, and back."""

    FOR: ClassVar[frozenset[HandChoice]] = TWO_HANDS

    kind: Literal["hand-over"]
    fingers: Chord = Field(default=[1, 2, 3, 4, 5], description="the fingers of each hand")
    crossed: bool = Field(False, description="whether the hands lie crossed, the right one lower")

    def notes(self, hand: Hand | None) -> tuple[BeatNote, ...]:
        low, high = HOME[Hand.LEFT], BESIDE_THE_LEFT
        left, right = (high, low) if self.crossed else (low, high)
        places = {Hand.LEFT: FiveKeys(Hand.LEFT, left), Hand.RIGHT: FiveKeys(Hand.RIGHT, right)}
        return patterns_hands.handed_over(self.fingers, self.repeats, places, self.pace, self.loudness)


class Rhythm(PatternTable):
    """A rhythm, over and over, played by fingers in turn."""

    kind: Literal["rhythm"]
    rhythm: Annotated[str, Field(max_length=1000), AfterValidator(_readable)] = Field(
        description='lengths in beats, as in "1 1 2 | r1 1/2 1/2"; r is a rest, | is ignored'
    )
    fingers: Row = Field(default=[2], description="the fingers that play, in turn")
    position: WhitePitch | None = Field(
        None, description="lowest of the five keys; C4 for the right hand, C3 left"
    )

    def notes(self, hand: Hand | None) -> tuple[BeatNote, ...]:
        if hand is None:
            return ()
        beats, keys = patterns_rhythm.rhythm(self.rhythm), place(hand, self.position)
        return patterns_rhythm.in_rhythm(beats, self.fingers, self.repeats, keys, self.loudness)


class Pads(PacedTable):
    """Strokes on pads, by hands, pads or both."""

    FOR: ClassVar[frozenset[HandChoice]] = frozenset(HandChoice)
    UNUSED: ClassVar[frozenset[str]] = frozenset({"loudness"})

    kind: Literal["pads"]
    strokes: Annotated[str, Field(max_length=1000), AfterValidator(_playable)] = Field(
        description='as in "R L R R" or "1 2 3 4" or "R3 L1"; > before a stroke is louder, . is a rest'
    )
    finger: Finger = Field(2, description="the finger that strikes, where no stick does")
    lowest: Pitch = Field(36, description="the key of pad 1; the others follow upwards")

    def notes(self, hand: Hand | None) -> tuple[BeatNote, ...]:
        row = patterns_rhythm.strokes(self.strokes)
        return patterns_rhythm.on_pads(row, self.repeats, hand, self.finger, self.pace, self.lowest)


KINDS: dict[str, type[PatternTable]] = {
    "single-finger": SingleFinger,
    "alternation": Alternation,
    "five-finger": FiveFinger,
    "chords": Chords,
    "hold": Hold,
    "echo": Echo,
    "go-no-go": GoNoGo,
    "two-hands": TwoHands,
    "hand-over": HandOver,
    "rhythm": Rhythm,
    "pads": Pads,
    "scale": Scale,
    "arpeggio": Arpeggio,
}
"""Every kind of pattern by its name; a new one is added here and to `Pattern`."""

Pattern = Annotated[
    SingleFinger
    | Alternation
    | FiveFinger
    | Chords
    | Hold
    | Echo
    | GoNoGo
    | TwoHands
    | HandOver
    | Rhythm
    | Pads
    | Scale
    | Arpeggio,
    Field(discriminator="kind"),
]
