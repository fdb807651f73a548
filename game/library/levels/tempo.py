"""The tempo of a level file, and where its clicks thin out: numbers, changes in order, or a ramp."""

from itertools import pairwise
from math import ceil
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag

from game.library.levels.fields import Beat, LevelTable

Bpm = Annotated[float, Field(ge=10, le=400)]


class TempoChange(LevelTable):
    """From a beat on, so many beats (quarter notes) a minute."""

    beat: Beat
    bpm: Bpm


class TempoRamp(LevelTable):
    """A tempo that changes by the same step again and again, up or down."""

    start: Bpm = Field(description="the first tempo, in quarter notes a minute")
    end: Bpm = Field(description="the tempo that it comes to and keeps")
    add: float = Field(4, gt=0, le=100, description="by how much it changes each time, up or down")
    every_beats: float = Field(8, ge=0.5, le=1000, description="how long each tempo lasts")

    @property
    def changes(self) -> tuple[tuple[float, float], ...]:
        """Beats and tempi."""
        way = 1 if self.end >= self.start else -1
        steps = range(ceil(abs(self.end - self.start) / self.add - 1e-9))
        rising = [(i * self.every_beats, self.start + way * i * self.add) for i in steps]
        return (*rising, (len(rising) * self.every_beats, self.end))


class ClickChange(LevelTable):
    """From a beat on, only some of the clicks sound, or nothing paces the player."""

    beat: Beat
    every: int = Field(ge=0, le=64, description="2 is every second click; 0 is none, and no falling note")


def _number_or_changes(value: object) -> object:
    """A bare number is one tempo from the first beat on."""
    steady = isinstance(value, int | float) and not isinstance(value, bool)
    return [{"beat": 0, "bpm": value}] if steady else value


def _ramp_or_changes(value: object) -> str:
    return "ramp" if isinstance(value, dict | TempoRamp) else "changes"


def _going_forward(changes: list["TempoChange"]) -> list["TempoChange"]:
    if changes[0].beat != 0:
        raise ValueError("the first tempo is not at beat 0; give it beat = 0")
    for earlier, later in pairwise(changes):
        if later.beat <= earlier.beat:
            raise ValueError(
                f"the change at beat {later.beat:g} is not after beat {earlier.beat:g}; put them in order"
            )
    return changes


def _in_order_of_beats(changes: list["ClickChange"]) -> list["ClickChange"]:
    for earlier, later in pairwise(changes):
        if later.beat <= earlier.beat:
            raise ValueError(
                f"the change at beat {later.beat:g} is not after beat {earlier.beat:g}; put them in order"
            )
    return changes


TempoChanges = Annotated[
    list[TempoChange], Field(min_length=1, max_length=2000), AfterValidator(_going_forward)
]
Tempo = Annotated[
    Annotated[TempoChanges, Tag("changes")] | Annotated[TempoRamp, Tag("ramp")],
    Discriminator(_ramp_or_changes),
    BeforeValidator(_number_or_changes, json_schema_input_type=Bpm | list[TempoChange] | TempoRamp),
]
Fade = Annotated[list[ClickChange], Field(max_length=200), AfterValidator(_in_order_of_beats)]
