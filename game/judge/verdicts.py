"""Verdicts on notes and presses."""

from dataclasses import dataclass, field
from enum import StrEnum

from game.judge.windows import Grade
from game.music.note import Note


class Verdict(StrEnum):
    """The verdict on a note."""

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
    """How a held note ended, if releases are asked.

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


class Keys(StrEnum):
    """Unit of a hand's shift: white keys, semitones, or the keys that the run asks for."""

    WHITE = "white keys"
    SEMITONES = "semitones"
    ASKED = "asked keys"


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch in which the whole hand lay to the side: one slip, however many notes it made wrong.

    first, last: indexes of its first and last note. begins_s, ends_s: their onsets. keys: how far the hand
    lay to the side, in `unit`; to the right (higher) is positive. notes: how many were played so.
    """

    first: int
    last: int
    begins_s: float
    ends_s: float
    keys: int
    unit: Keys
    notes: int


@dataclass(frozen=True, slots=True)
class Lost:
    """A stretch in which the player was somewhere else in the music, and its notes came so much late.

    first, last, begins_s, ends_s: as in `Shift`. late_s: the median of what its hits came after their time,
    beyond the run's own lateness; ahead is negative.
    """

    first: int
    last: int
    begins_s: float
    ends_s: float
    late_s: float


class Began(StrEnum):
    """How a leg of the way through the music began."""

    START = "start"
    PAUSE = "pause"
    STEP = "step"
    RESTART = "restart"
    BACK = "back"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Leg:
    """What was played at one tempo and one lateness, in one go.

    first, last, begins_s, ends_s: as in `Shift`. wait_s: what came between the leg before and this one,
    beyond the asked interval; of a step, later is positive. beats: onsets that were played. late_s: median
    lateness against the asked beat. tempo: as a ratio of the asked one, quicker is above 1, with its 95 %
    interval; None for fewer than four beats. on_beat: whether it was played to the asked beat, as late as
    the run's own habit. own_tempo: whether it surely ran away from the asked beat.
    """

    first: int
    last: int
    begins_s: float
    ends_s: float
    began: Began
    wait_s: float
    beats: int
    late_s: float
    tempo: float | None = None
    tempo_interval: tuple[float, float] | None = None
    on_beat: bool = False
    own_tempo: bool = False


@dataclass(frozen=True, slots=True)
class Verdicts:
    """A whole run, judged: every note that was asked by index, every press by index.

    let_go: by note index, where releases are judged.
    Only the clinical record says these. confidence: by note index, from 0, where another reading is as
    likely, to 1. shifts, lost: see there. bias_s: median asynchrony of the hits on the beat; 0 without any.
    journey: the legs of the run in the order in which they were played, none where nothing was hit. leg_of:
    by note index, the place of its leg in the journey, and its asynchrony (s) against that leg's own beat,
    None where that is not known.
    """

    judgements: tuple[Judgement, ...]
    presses: tuple[JudgedPress, ...]
    let_go: dict[int, LetGo]
    confidence: dict[int, float] = field(default_factory=dict)
    shifts: tuple[Shift, ...] = ()
    lost: tuple[Lost, ...] = ()
    bias_s: float = 0.0
    journey: tuple[Leg, ...] = ()
    leg_of: dict[int, tuple[int, float | None]] = field(default_factory=dict)

    def on_beat(self, judgement: Judgement) -> bool:
        """Whether a hit was played to the asked beat, as far as that is known."""
        leg = self.leg_of.get(judgement.note.index)
        return leg is None or self.journey[leg[0]].on_beat

    def press_of(self, judgement: Judgement) -> JudgedPress | None:
        """The press that a judgement used."""
        return None if judgement.press is None else self.presses[judgement.press]
