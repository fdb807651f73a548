"""Bars of a level, practised in a loop."""

from dataclasses import dataclass

from game.errors import Phrase, UserError

MOST_TIMES = 32


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars `first` to `last`, played `times` in a row. The first bar of a level is 1, a pick-up's too."""

    first: int
    last: int
    times: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.first <= self.last:
            raise UserError(
                "{first}–{last} are no bars; give bars from 1 on, the first one first, as in 5–8",
                first=self.first,
                last=self.last,
            )
        if not 1 <= self.times <= MOST_TIMES:
            raise UserError(
                "a part is played 1 to {most} times in a row, not {times} times",
                most=MOST_TIMES,
                times=self.times,
            )

    def phrase(self) -> Phrase:
        """Which bars they are."""
        if self.first == self.last:
            return Phrase("bar {n}", n=self.first)
        return Phrase("bars {first}–{last}", first=self.first, last=self.last)

    def __str__(self) -> str:
        return str(self.phrase())
