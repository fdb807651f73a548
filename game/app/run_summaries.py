"""Summaries of earlier runs for the screens."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from game.app.derived import summary_of
from game.metrics.trends.probes import Probed, Progress, progress
from game.music.bars import Bars
from game.music.recording import Ended
from game.screens.ui.services import RunSummary
from game.store.records.kept import RunHeader

if TYPE_CHECKING:
    from game.store.store import Store


def pasts(store: "Store", profile_id: str) -> list[RunSummary]:
    """A profile's runs in which something was asked, oldest first."""
    headers = store.runs(profile_id).result()
    every = [_past(header, summary_of(store, header)) for header in reversed(headers)]
    return [past for past in every if past.notes]


def progress_of(store: "Store", profile_id: str) -> tuple[Progress, ...]:
    """The trends of a profile's finished probes."""
    headers = reversed(store.runs(profile_id).result())
    whole = [header for header in headers if header.ended is Ended.FINISHED]
    kept = [(header, summary_of(store, header)) for header in whole]
    return progress(_probed(header, summary) for header, summary in kept if summary.get("probe"))


def _probed(header: RunHeader, summary: dict[str, Any]) -> Probed:
    conditions = header.conditions
    offsets_ms = (round(1000 * conditions.input_offset_s, 1), round(1000 * conditions.audio_offset_s, 1))
    day = header.started_at.date().isoformat()
    level = (header.level_id, header.level_title)
    return Probed.of(level, day, header.device.name, offsets_ms, summary["metrics"]["measures"])


def _past(header: RunHeader, summary: dict[str, Any]) -> RunSummary:
    metrics: dict[str, Any] = summary.get("metrics") or {}
    return RunSummary(
        level_id=header.level_id,
        level_title=header.level_title,
        day=header.started_at.date().isoformat(),
        hit_rate_pct=metrics.get("hit_rate_pct"),
        asynchrony_sd_ms=metrics.get("asynchrony_sd_ms"),
        speed=header.conditions.speed,
        hits=metrics.get("hits", 0),
        notes=metrics.get("notes", 0),
        minutes=summary.get("played_s", 0.0) / 60,
        bars=Bars(**summary["bars"]) if summary.get("bars") else None,
        ended=header.ended,
        heard=heard(metrics),
    )


PRESSED = ("hits", "wrong_keys", "extra_presses", "bounces")


def heard(metrics: Mapping[str, Any]) -> bool:
    """Whether any key was pressed in a run, by its metrics."""
    return any(metrics.get(name) for name in PRESSED)


def of_wholes(every: Sequence[RunSummary]) -> list[RunSummary]:
    """Runs of whole levels in which a key was heard; parts say little about their level."""
    return [past for past in every if past.bars is None and past.heard]


def minutes_on(day: str, every: Sequence[RunSummary]) -> float:
    """Minutes played on an ISO date."""
    return sum(past.minutes for past in every if past.day == day)
