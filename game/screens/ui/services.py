"""What the screens need from the application.

Calls that use the disk return a future, so that no frame waits for them.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from game.judge.verdicts import Verdicts
from game.metrics.run_summary import RunSummary
from game.metrics.summary import Summary
from game.music.device import Device
from game.music.level import HandChoice, Level
from game.music.level_entry import AnyLevel
from game.music.step_reason import StepReason
from game.run.run import Run
from game.settings import Calibration, DeviceSetup, Plan, Settings

if TYPE_CHECKING:
    from game.metrics.catalogue import Measures
    from game.metrics.trends.probes import Progress


@dataclass(frozen=True, slots=True)
class ProfileCard:
    """A person in the list of who plays."""

    id: str
    name: str
    guest: bool = False
    runs: int = 0


@dataclass(frozen=True, slots=True)
class Player:
    """Who plays now, with their choices, what was prescribed for them, and how long they played today."""

    card: ProfileCard
    settings: Settings = field(default_factory=Settings)
    plan: Plan = field(default_factory=Plan)
    minutes_today: float = 0.0


@dataclass(frozen=True, slots=True)
class LevelCard:
    """A level in the list. difficulty: 1–10. days_ago: days since it was last played, None if it was not.

    speed: times the written tempo at which this player goes on with it. demand: what it asks, 0–10, by the
    names of the dimensions. mastered: whether it went well once.
    """

    level: AnyLevel
    difficulty: float
    days_ago: int | None = None
    speed: float = 1.0
    demand: Mapping[str, float] = field(default_factory=dict)
    mastered: bool = False


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder of exercises. cards: its levels, easiest first.

    kinds: how many kinds of exercise it has, by family and fingers; done: of how many of them one went well.
    """

    step: int
    cards: tuple[LevelCard, ...]
    kinds: int
    done: int

    @property
    def climbed(self) -> bool:
        """Whether at least one level of every kind went well."""
        return self.done >= self.kinds


@dataclass(frozen=True, slots=True)
class SongCard:
    """A song with the levels of it that may be played, fewest fingers first."""

    title: str
    cards: tuple[LevelCard, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What to play next. speed: times the written tempo."""

    level: AnyLevel
    speed: float
    why: StepReason


@dataclass(frozen=True, slots=True)
class Path:
    """Everything a player may play with one hand, as a path.

    hand: whose ladder it is, of `hands`, those with anything to play. following: at most two, best first.
    here: the step at which the ladder goes on; 0 where there is no ladder. families: exercises by family.
    """

    hand: str = "right"
    hands: tuple[str, ...] = ()
    following: tuple[Recommendation, ...] = ()
    here: int = 0
    rungs: tuple[Rung, ...] = ()
    families: tuple[tuple[str, tuple[LevelCard, ...]], ...] = ()
    songs: tuple[SongCard, ...] = ()
    checkups: tuple[LevelCard, ...] = ()

    def by_id(self) -> dict[str, LevelCard]:
        """Every level on it."""
        groups = (
            *(rung.cards for rung in self.rungs),
            *(cards for _, cards in self.families),
            *(song.cards for song in self.songs),
            self.checkups,
        )
        return {card.level.id: card for cards in groups for card in cards}

    def card_of(self, one: Recommendation) -> LevelCard:
        """The card of a level on it that is recommended, at that speed."""
        return replace(self.by_id()[one.level.id], speed=one.speed)


@dataclass(frozen=True, slots=True)
class Result:
    """A judged run: as the game judged it, and what its clinical record measures.

    past: earlier runs of this player at this level, oldest first. practice: a part of it that is worth
    practising, None where there is none.
    """

    level: Level
    speed: float
    verdicts: Verdicts
    whole: Summary
    fingers: dict[str, Summary]
    offer: Recommendation
    past: tuple[RunSummary, ...] = ()
    measures: "Measures | None" = None
    practice: Recommendation | None = None


@dataclass(frozen=True, slots=True)
class StationCard:
    """What is known here of the instrument that is played now.

    pads: whether it has pads and no keys. heard: whether there is sound. calibration: None where it was never
    done, with sound or without as it is now.
    """

    device: Device
    pads: bool = False
    heard: bool = True
    calibration: Calibration | None = None
    setup: DeviceSetup = field(default_factory=DeviceSetup)


class PinAnswer(Protocol):
    """The result of a PIN attempt."""

    @property
    def right(self) -> bool: ...

    @property
    def wait_s(self) -> float:
        """Seconds until the next attempt is allowed; 0 if allowed now."""


class Services(Protocol):
    """All services available to screens."""

    def profiles(self) -> Future[Sequence[ProfileCard]]: ...

    def add_profile(self, name: str, hand: str) -> Future[ProfileCard]: ...

    def choose(self, card: ProfileCard) -> Future[Player]: ...

    def save_settings(self, player: Player, settings: Settings) -> Player: ...

    def save_plan(self, player: Player, plan: Plan) -> Player: ...

    def path(self, player: Player, hand: str = "") -> Future[Path]:
        """What this player may play. hand: whose ladder; "" for the hand that played last."""

    def all_levels(self, hand: HandChoice | None = None) -> Future[Sequence[LevelCard]]:
        """Every level there is, in ramp order, whoever may play it."""

    def prepare(self, player: Player, level: AnyLevel, speed: float) -> Future[Run]:
        """A run, its sounds rendered, ready to start."""

    def preview(self, player: Player, level: AnyLevel, speed: float) -> Future[Run]:
        """A run that the program plays by itself, seen and heard, judged for nobody and kept nowhere."""

    def result(self, player: Player, run: Run) -> Future[Result]: ...

    def practice(self, run: Run) -> Recommendation | None:
        """A part to practise, around the place where a run stands; None where its level is played whole."""

    def history(self, player: Player) -> Future[Sequence[RunSummary]]: ...

    def progress(self, player: Player) -> "Future[Sequence[Progress]]":
        """The trends of a player's probes."""

    def has_pin(self) -> Future[bool]: ...

    def set_pin(self, pin: str) -> Future[None]: ...

    def check_pin(self, pin: str) -> Future[PinAnswer]: ...

    def learn_lowest(self, pitch: int | None, name: str = "") -> None:
        """Remember the lowest key of an instrument; None: nobody answered, and it is not asked again.

        name: of the instrument; "" for the one that is played.
        """

    def forget_lowest(self) -> None:
        """Ask anew for the lowest key of the instrument that is plugged in."""

    def station(self) -> StationCard:
        """What is known here of the instrument that is played now."""

    def heard(self) -> bool:
        """Whether there is sound now."""

    def sound_device_went(self) -> None:
        """The system said that the sound device which is open went."""

    def tapping_run(self, bpm: float, heard: bool) -> Future[Run]:
        """A run of a steady beat to tap to, with clicks or without, judged and kept by nobody."""

    def mute_keys(self, muted: bool) -> None:
        """Whether keys sound nothing for now, so that a click is all that is heard."""

    def save_calibration(self, found: Calibration, taps: Mapping[str, Any]) -> None:
        """Keep it for the instrument that is played now, with today's date and the taps it rests on."""

    def save_setup(self, setup: DeviceSetup) -> None:
        """Keep what was learned of the instrument that is played now."""

    def notices(self) -> Sequence[str]:
        """Sentences about the surroundings that are true now: no sound, no keyboard, a full disk."""
