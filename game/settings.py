"""Choices a person made. Frozen; a choice changes by making new settings."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, Self

LANGUAGES = ("en", "de", "ar")
THEMES = ("night", "paper", "night-contrast", "paper-contrast")
TEXT_SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)
SPEED_RANGE = (0.25, 1.5)
_NEAR = 1e-9


class Band(StrEnum):
    """How much the hand is impaired, as rated by the therapist; sets a new player's starting values."""

    SEVERE = "severe"
    MODERATE = "moderate"
    MILD = "mild"
    NEAR_HEALTHY = "near_healthy"


@dataclass(frozen=True, slots=True)
class BandStart:
    """Starting values of a band. Proposals for a clinician to sign off, kept in this one table.

    windows_s: hit windows (perfect, great, good), half-widths. preview_s: how long a note is seen.
    """

    windows_s: tuple[float, float, float]
    preview_s: float


BAND_STARTS = {
    Band.SEVERE: BandStart((0.200, 0.350, 0.600), 4.0),
    Band.MODERATE: BandStart((0.120, 0.220, 0.350), 3.0),
    Band.MILD: BandStart((0.080, 0.150, 0.250), 2.5),
    Band.NEAR_HEALTHY: BandStart((0.050, 0.100, 0.175), 2.0),
}


class _Choices:
    """Base of all settings: conversion from and to plain data; unknown entries are ignored."""

    __slots__ = ()

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Settings from stored data; unknown names and values of another type are left at their defaults."""
        made = cls()
        for choice in fields(cls):  # type: ignore[arg-type]
            value, default = data.get(choice.name), getattr(made, choice.name)
            if isinstance(default, bool) or isinstance(value, bool):
                fits = isinstance(default, bool) and isinstance(value, bool)
            elif isinstance(default, tuple):
                fits = isinstance(value, list | tuple)
                value = tuple(value) if isinstance(value, list | tuple) else default
            elif isinstance(default, dict):
                fits = isinstance(value, Mapping)
                value = _figures(value) if isinstance(value, Mapping) else default
            elif isinstance(default, float):
                fits = isinstance(value, int | float)
            else:
                fits = isinstance(value, type(default))
            if fits:
                made = replace(made, **{choice.name: value})  # type: ignore[type-var]
        return made

    def to_dict(self) -> dict[str, Any]:
        """Plain data for storing."""
        return asdict(self)  # type: ignore[call-overload,no-any-return]


def _figures(data: Mapping[Any, Any]) -> dict[str, float]:
    """The named numbers in stored data; anything else is ignored."""
    found = ((k, v) for k, v in data.items() if isinstance(k, str) and not isinstance(v, bool))
    return {name: float(value) for name, value in found if isinstance(value, int | float) and value == value}


@dataclass(frozen=True, slots=True)
class Settings(_Choices):
    """One player's choices.

    language: one of `LANGUAGES`, or "" for the system's. click_volume, music_volume, keys_volume: 0–1.
    text_scale: times the normal size, 1–2. bounce_ms: 0–250, a re-press of a key that soon is a bounce. band:
    a name of `Band`. accept_delay_s: seconds for which a screen ignores input after a choice, so that a shaky
    hand does not choose twice. lyrics: whether a song's words are shown while it is played.
    """

    language: str = ""
    theme: str = "night"
    text_scale: float = 1.0
    reduced_motion: bool = False
    click_volume: float = 0.6
    music_volume: float = 0.6
    keys_volume: float = 0.8
    bounce_ms: int = 0
    band: str = Band.MODERATE.value
    accept_delay_s: float = 0.5
    lyrics: bool = True

    @property
    def start(self) -> BandStart:
        """Starting values of this player's band."""
        known = self.band if self.band in set(Band) else Band.MODERATE.value
        return BAND_STARTS[Band(known)]


@dataclass(frozen=True, slots=True)
class Plan(_Choices):
    """What a therapist prescribed for one profile.

    hand: `left`, `right` or `both` (no limit). difficulty_min, difficulty_max: 1–10, both included. levels:
    ids that may be played, whatever else is set; empty means all that fit. minutes_a_day: the daily dose; 0
    means none is set. caps: the most that a level may ask of a dimension of the demand, 0–10, by its name; a
    dimension that is not there has no limit.
    """

    hand: str = "both"
    difficulty_min: int = 1
    difficulty_max: int = 10
    levels: tuple[str, ...] = ()
    minutes_a_day: int = 0
    caps: Mapping[str, float] = field(default_factory=dict)

    def allows(
        self, level_id: str, difficulty: float, hand: str, demand: Mapping[str, float] | None = None
    ) -> bool:
        """Whether a level may be played under this plan. Levels that were ticked one by one always may.

        demand: what it asks, 0–10, by the names of the dimensions.
        """
        if self.levels:
            return level_id in self.levels
        in_range = self.difficulty_min <= round(difficulty) <= self.difficulty_max
        return in_range and self.hand in ("both", hand) and self.within(demand or {})

    def within(self, demand: Mapping[str, float]) -> bool:
        """Whether no dimension asks more than its cap."""
        return all(demand.get(name, 0.0) <= most + _NEAR for name, most in self.caps.items())


@dataclass(frozen=True, slots=True)
class Station(_Choices):
    """Settings of this machine and the connected instrument, not of a player.

    input_offset_ms, audio_offset_ms, video_offset_ms: constant delays from calibration; 0 and
    `calibrated` "" where it was never done (else an ISO date). bounce_ms: what this instrument does
    of itself.
    """

    input_offset_ms: float = 0.0
    audio_offset_ms: float = 0.0
    video_offset_ms: float = 0.0
    calibrated: str = ""
    bounce_ms: int = 0
    fullscreen: bool = False

    def measured(self, calibration: "Calibration") -> "Station":
        """The same station with what a calibration found."""
        return replace(
            self,
            input_offset_ms=calibration.input_offset_ms,
            audio_offset_ms=calibration.audio_offset_ms,
            video_offset_ms=calibration.video_offset_ms,
            calibrated=calibration.day,
        )


@dataclass(frozen=True, slots=True)
class Calibration(_Choices):
    """Delays of one instrument at this station, measured from the taps of one steady person.

    day: ISO date. heard: whether clicks were heard; without sound only the picture was measured, and that
    holds for playing without sound. sound_ms, picture_ms: how long after a click, and after a note reached
    the strike line, taps were stamped, with their standard errors. sd_ms: how steady the person was.
    taps: all that were made.

    Both delays hold the way from key to stamp, which taps cannot tell from the way to ear or eye, and how far
    that person tapped ahead of the beat (mostly 10 to 50 ms). Their difference holds neither, as far as both
    are the same for ear and eye.
    """

    day: str = ""
    heard: bool = True
    sound_ms: float = 0.0
    sound_error_ms: float = 0.0
    picture_ms: float = 0.0
    picture_error_ms: float = 0.0
    sd_ms: float = 0.0
    taps: int = 0
    includes_anticipation: bool = True

    @property
    def input_offset_ms(self) -> float:
        """Offset taken off a press. Without sound, a press is compared with the note as it was seen."""
        return 0.0 if self.heard else self.picture_ms

    @property
    def audio_offset_ms(self) -> float:
        """A press is compared with the beat as it was heard; holds the way from key to stamp too."""
        return self.sound_ms if self.heard else 0.0

    @property
    def video_offset_ms(self) -> float:
        """How much ahead the picture is drawn, so that it is seen when its sound is heard."""
        return self.picture_ms - self.sound_ms if self.heard else 0.0


@dataclass(frozen=True, slots=True)
class DeviceSetup(_Choices):
    """What was learned of one instrument.

    lowest: pitch of its lowest key or pad, -1 while unknown. keys: how many it has, 0 while unknown.
    pads: pitches of its pads in the order in which they were shown. bounce_ms: a second press of a key that
    soon is the instrument's own doing; 0 for none.
    """

    lowest: int = -1
    keys: int = 0
    pads: tuple[int, ...] = ()
    bounce_ms: int = 0

    @property
    def highest(self) -> int:
        """Pitch of its highest key, -1 while unknown."""
        return self.lowest + self.keys - 1 if self.lowest >= 0 and self.keys > 0 else -1

    @property
    def pads_alone(self) -> bool:
        """Whether it was shown to have pads, and no keys."""
        return bool(self.pad_pitches and not self.keys)

    @property
    def pad_pitches(self) -> tuple[int, ...]:
        """Pitches of its pads; values that cannot be a pitch are dropped."""
        return tuple(p for p in self.pads if type(p) is int and 0 <= p <= 127)
