"""Earlier runs in numbers, made up."""

from math import nan

from game.judge.conditions import Conditions
from game.judge.windows import HitWindows
from game.metrics.run_summary import RunNumbers, RunSummary
from game.metrics.summary import Summary
from game.music.bars import Bars
from game.music.device import Device, DeviceKind
from game.music.recording import Ended


def past(
    level_id: str,
    day: str,
    hits: int,
    notes: int = 40,
    *,
    title: str = "",
    sd_ms: float = 80.0,
    heard: bool = True,
    ended: Ended = Ended.FINISHED,
    bars: Bars | None = None,
) -> RunSummary:
    """A run five minutes long at noon of an ISO date; of somebody heard without a hit, one key was wrong."""
    wrong = 1 if heard and not hits else 0
    whole = Summary(
        notes=notes,
        hits=hits,
        omissions=max(0, notes - hits - wrong),
        wrong_keys=wrong,
        extra_presses=0,
        bounces=0,
        hit_rate_pct=100 * hits / notes if notes else nan,
        asynchrony_mean_ms=20.0,
        asynchrony_median_ms=20.0,
        asynchrony_sd_ms=sd_ms,
        asynchrony_mean_absolute_ms=60.0,
        velocity_mean=64.0,
        dwell_median_ms=200.0,
    )
    return RunSummary(
        run_id=f"{day} {level_id}",
        level_id=level_id,
        level_title=title or level_id,
        started_at=f"{day}T12:00:00+00:00",
        ended=ended,
        device=Device(DeviceKind.MIDI, "USB keyboard"),
        conditions=Conditions(HitWindows(0.12, 0.22, 0.35)),
        numbers=RunNumbers(whole, {}, {}, 300.0, bars=bars),
    )
