"""Bars of a level that are practised by themselves, over and over."""

from dataclasses import dataclass

MOST_TIMES = 32


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars `first` to `last`, played `times` in a row. The first bar of a level is 1, a pick-up's too."""

    first: int
    last: int
    times: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.first <= self.last:
            raise ValueError(f"bars {self.first}–{self.last} are none; they go forward from 1, as in 5–8")
        if not 1 <= self.times <= MOST_TIMES:
            raise ValueError(f"a part is played 1 to {MOST_TIMES} times in a row, not {self.times}")

    def __str__(self) -> str:
        return f"bar {self.first}" if self.first == self.last else f"bars {self.first}–{self.last}"
