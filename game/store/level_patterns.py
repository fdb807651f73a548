"""The tables from which a level file's notes are made by rule; one for each kind of pattern."""

from random import Random
from typing import Annotated, Literal

from pydantic import Field, model_validator

from game.music import patterns
from game.music.level import BeatNote
from game.music.note import Hand
from game.music.patterns import HOME, FiveKeys, Pace
from game.store.level_fields import Finger, Fingers, Table, WhitePitch, different


class PatternTable(Table):
    """What every kind of pattern has: where the hand lies and when the notes come."""

    repeats: int = Field(8, ge=1, le=500, description="how often it is played")
    position: WhitePitch | None = Field(
        None, description="lowest of the five keys; C4 for the right hand, C3 left"
    )
    every_beats: float = Field(1.0, ge=0.125, le=32, description="from one onset to the next")
    length_beats: float | None = Field(
        None, gt=0, le=32, description="how long a key is held; half of every_beats"
    )
    group: int = Field(0, ge=0, le=500, description="after so many notes the hand rests; 0 is never")
    rest_beats: float = Field(0.0, ge=0, le=64, description="how long that rest is")

    def row(self) -> tuple[int, ...]:
        """The fingers, one after the other."""
        raise NotImplementedError

    def notes(self, hand: Hand) -> tuple[BeatNote, ...]:
        """What is asked of a hand."""
        length = self.every_beats / 2 if self.length_beats is None else self.length_beats
        pace = Pace(self.every_beats, length, self.group, self.rest_beats)
        keys = FiveKeys(hand, HOME[hand] if self.position is None else self.position)
        return patterns.played(self.row(), keys, pace)


class SingleFinger(PatternTable):
    """One finger on one key."""

    kind: Literal["single-finger"]
    finger: Finger

    def row(self) -> tuple[int, ...]:
        return patterns.single_finger(self.finger, self.repeats)


class Alternation(PatternTable):
    """Two fingers or more in turn, each of them `each` times."""

    kind: Literal["alternation"]
    fingers: Fingers
    each: int = Field(1, ge=1, le=16)

    def row(self) -> tuple[int, ...]:
        return patterns.alternation(self.fingers, self.repeats, self.each)


class FiveFinger(PatternTable):
    """All five fingers, or some of them, in an order.

    steps: up and back. skips: up in thirds. mixed: by chance, the same for the same seed.
    as-written: the order in which `fingers` stands, repeats allowed.
    """

    kind: Literal["five-finger"]
    order: Literal["steps", "skips", "mixed", "as-written"] = "steps"
    fingers: list[Finger] = Field(default=[1, 2, 3, 4, 5], min_length=2, max_length=64)
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


KINDS: dict[str, type[PatternTable]] = {
    "single-finger": SingleFinger,
    "alternation": Alternation,
    "five-finger": FiveFinger,
}
"""Every kind of pattern by its name; a new one is added here and to `Pattern`."""

Pattern = Annotated[SingleFinger | Alternation | FiveFinger, Field(discriminator="kind")]
