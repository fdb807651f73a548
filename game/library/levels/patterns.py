"""Tables from which notes are generated: rows of fingers of one hand on five keys."""

from random import Random
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from game.library.levels.fields import Finger, Fingers, LevelTable, Velocity, WhitePitch, different
from game.music import patterns
from game.music.harmony import KeyArea
from game.music.level import BeatNote, HandChoice
from game.music.note import Hand
from game.music.patterns import HOME, FiveKeys, NotePace

ONE_HAND = frozenset({HandChoice.LEFT, HandChoice.RIGHT})
TWO_HANDS = frozenset({HandChoice.BOTH})

Chord = Annotated[list[Finger], Field(min_length=1, max_length=5), AfterValidator(different)]


class PatternTable(LevelTable):
    """What every kind of pattern has."""

    FOR: ClassVar[frozenset[HandChoice]] = ONE_HAND
    """The hands that a level with this kind of pattern may be for."""

    UNUSED: ClassVar[frozenset[str]] = frozenset()
    """Names used by other kinds that have no meaning here."""

    repeats: int = Field(8, ge=1, le=500, description="how often it is played")
    loudness: list[Velocity] = Field(
        default=[], max_length=64, description="how loud the notes are asked, in turn; 1 to 127"
    )

    @model_validator(mode="after")
    def _uses_all(self) -> "PatternTable":
        for name in sorted(self.UNUSED & self.model_fields_set):
            raise ValueError(f"{name} means nothing in this kind of pattern; leave it out")
        return self

    def notes(self, hand: Hand | None) -> tuple[BeatNote, ...]:
        """What is asked; hand: None in a level for both hands."""
        raise NotImplementedError

    def count(self, hand: Hand | None) -> int:
        """About how many notes there will be, told by the first rounds without writing out the rest."""
        rounds = min(self.repeats, _ROUNDS_COUNTED)
        return len(self.model_copy(update={"repeats": rounds}).notes(hand)) * self.repeats // rounds

    def keys_of(self, hand: Hand | None) -> tuple[KeyArea, ...]:
        """The keys that it goes through, where its notes alone do not tell them."""
        return ()


_ROUNDS_COUNTED = 6
"""Two notes against three come out even in so many."""


class PacedTable(PatternTable):
    """A pattern whose notes come at even distances, with rests between groups."""

    every_beats: float = Field(1.0, ge=0.125, le=32, description="from one onset to the next")
    length_beats: float | None = Field(
        None, gt=0, le=32, description="how long a key is held; half of every_beats"
    )
    group: int = Field(0, ge=0, le=500, description="after so many notes the hand rests; 0 is never")
    rest_beats: float = Field(0.0, ge=0, le=64, description="how long that rest is")

    @property
    def pace(self) -> NotePace:
        length = self.every_beats / 2 if self.length_beats is None else self.length_beats
        return NotePace(self.every_beats, length, self.group, self.rest_beats)


class PlacedTable(PacedTable):
    """A pattern of one hand that lies on five white keys."""

    position: WhitePitch | None = Field(
        None, description="lowest of the five keys; C4 for the right hand, C3 left"
    )

    def keys(self, hand: Hand) -> FiveKeys:
        """Where the hand lies."""
        return place(hand, self.position)


def place(hand: Hand, position: int | None) -> FiveKeys:
    """A hand on the five keys from `position` up, or where it usually lies."""
    return FiveKeys(hand, HOME[hand] if position is None else position)


class RowTable(PlacedTable):
    """A pattern that is a row of fingers, or of chords."""

    def row(self) -> tuple[patterns.Fingers, ...]:
        """The fingers, one stroke after the other."""
        raise NotImplementedError

    def notes(self, hand: Hand | None) -> tuple[BeatNote, ...]:
        return patterns.played(self.row(), self.keys(hand), self.pace, self.loudness) if hand else ()


class SingleFinger(RowTable):
    """One finger on one key."""

    kind: Literal["single-finger"]
    finger: Finger = Field(description="1 thumb to 5 little finger")

    def row(self) -> tuple[int, ...]:
        return patterns.single_finger(self.finger, self.repeats)


class Alternation(RowTable):
    """Two fingers or more in turn, each of them `each` times."""

    kind: Literal["alternation"]
    fingers: Fingers = Field(description="in the order in which they play")
    each: int = Field(1, ge=1, le=16, description="2 is 2-2-3-3")

    def row(self) -> tuple[int, ...]:
        return patterns.alternation(self.fingers, self.repeats, self.each)


class FiveFinger(RowTable):
    """All five fingers, or some of them, in an order.

    steps: up and back. skips: up in thirds. mixed: by chance, the same for the same seed.
    as-written: the order in which `fingers` stands, repeats allowed.
    """

    kind: Literal["five-finger"]
    order: Literal["steps", "skips", "mixed", "as-written"] = Field(
        "steps", description="steps 1-2-3-4-5-4-3-2, skips 1-3-2-4-3-5, mixed by chance, as-written"
    )
    fingers: list[Finger] = Field(
        default=[1, 2, 3, 4, 5], min_length=2, max_length=64, description="the fingers that play"
    )
    seed: int = Field(1, ge=0, le=2**31, description="chooses the order where it is mixed")
    home: bool = Field(False, description="whether one more note brings it back to its first finger")

    @model_validator(mode="after")
    def _fits(self) -> "FiveFinger":
        if self.order != "as-written":
            different(self.fingers)
        if self.order == "skips" and len(self.fingers) < 3:
            raise ValueError("skips need three fingers or more; add fingers, or use the kind alternation")
        return self

    def row(self) -> tuple[int, ...]:
        row = self._rounds()
        return patterns.coming_home(row) if self.home else row

    def _rounds(self) -> tuple[int, ...]:
        if self.order == "mixed":
            return patterns.mixed(self.fingers, self.repeats, Random(self.seed))
        if self.order == "as-written":
            return tuple(self.fingers) * self.repeats
        make = patterns.steps if self.order == "steps" else patterns.skips
        return make(self.fingers, self.repeats)


class Chords(RowTable):
    """Fingers that go down together, one chord after the other."""

    kind: Literal["chords"]
    chords: list[Chord] = Field(
        min_length=1, max_length=32, description="as in [[1, 3], [2, 4]]; a single finger is [1]"
    )

    def row(self) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(sorted(chord)) for chord in self.chords) * self.repeats
