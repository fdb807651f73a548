"""An earlier run in numbers, as lists, trends, the coach and the player's own windows go by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

from game.judge.conditions import Conditions
from game.metrics.kit.measure import Measure
from game.metrics.summary import Summary
from game.music.bars import Bars
from game.music.device import Device
from game.music.recording import Ended


@dataclass(frozen=True, slots=True)
class RunNumbers:
    """What a run comes to: derived from its recording, and kept beside it so that a list of runs is quick.

    whole, by_finger (`left-1` … `right-5`): counts and timing. measures: of the whole run, by name.
    played_s: how long song time moved. probe: whether its level was one. bars: of its level, for a part.
    """

    whole: Summary
    by_finger: Mapping[str, Summary]
    measures: Mapping[str, Measure]
    played_s: float
    probe: bool = False
    bars: Bars | None = None


@dataclass(frozen=True, slots=True)
class RunSummary:
    """An earlier run: what was played when, on what and how, and what it came to.

    started_at: ISO time with its offset from UTC. numbers: None where its level can no longer be read.
    """

    run_id: str
    level_id: str
    level_title: str
    started_at: str
    ended: Ended
    device: Device
    conditions: Conditions
    numbers: RunNumbers | None = None

    @property
    def day(self) -> str:
        """ISO date."""
        return self.started_at[:10]

    @property
    def speed(self) -> float:
        """Times the written tempo."""
        return self.conditions.speed

    @property
    def offsets_ms(self) -> tuple[float, float]:
        """The station's input and audio offsets."""
        conditions = self.conditions
        return round(1000 * conditions.input_offset_s, 1), round(1000 * conditions.audio_offset_s, 1)

    @property
    def hits(self) -> int:
        return self.numbers.whole.hits if self.numbers else 0

    @property
    def notes(self) -> int:
        """Notes asked."""
        return self.numbers.whole.notes if self.numbers else 0

    @property
    def hit_rate_pct(self) -> float | None:
        """None for too little to say, as below."""
        return _known(self.numbers.whole.hit_rate_pct) if self.numbers else None

    @property
    def asynchrony_mean_ms(self) -> float | None:
        return _known(self.numbers.whole.asynchrony_mean_ms) if self.numbers else None

    @property
    def asynchrony_sd_ms(self) -> float | None:
        return _known(self.numbers.whole.asynchrony_sd_ms) if self.numbers else None

    @property
    def minutes(self) -> float:
        """How long it was played."""
        return self.numbers.played_s / 60 if self.numbers else 0.0

    @property
    def bars(self) -> Bars | None:
        """Which bars of its level it was, where it was a part."""
        return self.numbers.bars if self.numbers else None

    @property
    def heard(self) -> bool:
        """Whether any key was pressed."""
        if self.numbers is None:
            return False
        whole = self.numbers.whole
        return whole.hits + whole.wrong_keys + whole.extra_presses + whole.bounces > 0

    @property
    def whole(self) -> bool:
        """Whether its level was played from the beginning to the end, by somebody."""
        return self.heard and self.bars is None and self.ended is Ended.FINISHED

    @property
    def probe(self) -> bool:
        return self.numbers is not None and self.numbers.probe


def _known(value: float) -> float | None:
    return None if isnan(value) else value
