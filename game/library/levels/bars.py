"""The bars of a stored level that is a part of another one."""

from pydantic import Field, model_validator

from game.library.levels.fields import LevelTable
from game.music.bars import MOST_TIMES, Bars


class BarsTable(LevelTable):
    """Which bars of a level a run practised, and how often in a row."""

    first: int = Field(ge=1)
    last: int = Field(ge=1)
    times: int = Field(ge=1, le=MOST_TIMES)

    @model_validator(mode="after")
    def _forward(self) -> "BarsTable":
        if self.last < self.first:
            raise ValueError(f"bar {self.last} is before bar {self.first}; put the lower number first")
        return self

    def bars(self) -> Bars:
        return Bars(self.first, self.last, self.times)
