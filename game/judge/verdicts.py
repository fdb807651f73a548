"""Verdicts: what became of each note and of each press."""

from dataclasses import dataclass
from enum import StrEnum

from game.judge.windows import Grade
from game.music.note import Note


class Verdict(StrEnum):
    """What became of a note."""

    HIT = "hit"
    OMISSION = "omission"
    WRONG_KEY = "wrong_key"


class Use(StrEnum):
    """What a press was for."""

    HIT = "hit"
    WRONG_KEY = "wrong_key"
    EXTRA = "extra"
    BOUNCE = "bounce"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one note.

    press: index of the press it used (the right key for a hit, another for a wrong key), or None.
    asynchrony_s: of that press; early is negative. grade: hits only.
    """

    note: Note
    verdict: Verdict
    press: int | None = None
    asynchrony_s: float | None = None
    grade: Grade | None = None


@dataclass(frozen=True, slots=True)
class LetGo:
    """How a held note ended, where that is asked.

    asynchrony_s: release − (onset + duration); early is negative. grade: None outside every window.
    """

    note: Note
    asynchrony_s: float
    grade: Grade | None


@dataclass(frozen=True, slots=True)
class JudgedPress:
    """A press in song time, offsets taken off, with what it was for.

    release_s: when the key came up, or None when that was never seen.
    """

    index: int
    time_s: float
    pitch: int
    velocity: int
    release_s: float | None
    use: Use

    @property
    def dwell_s(self) -> float | None:
        """How long the key was down, or None."""
        return None if self.release_s is None else round(self.release_s - self.time_s, 4)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """A whole run, judged: every note that was asked by index, every press by index.

    let_go: by note index, where releases are judged.
    """

    judgements: tuple[Judgement, ...]
    presses: tuple[JudgedPress, ...]
    let_go: dict[int, LetGo]

    def press_of(self, judgement: Judgement) -> JudgedPress | None:
        """The press that a judgement used."""
        return None if judgement.press is None else self.presses[judgement.press]
