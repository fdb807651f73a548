"""What a player played before, as the screens see it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from game.arrange.difficulty import difficulty
from game.coach import next_step
from game.commands.derived import summary_of
from game.music.level import Level
from game.screens.house import LevelCard, Past
from game.store.kept import RunHeader

if TYPE_CHECKING:
    from game.store.store import Store


def pasts(store: "Store", profile_id: str) -> list[Past]:
    """A profile's runs in which something was asked, oldest first."""
    headers = store.runs(profile_id).result()
    every = [_past(store, header) for header in reversed(headers)]
    return [past for past in every if past.notes]


def _past(store: "Store", header: RunHeader) -> Past:
    summary = summary_of(store, header)
    metrics: dict[str, Any] = summary.get("metrics") or {}
    return Past(
        level_id=header.level_id,
        level_title=header.level_title,
        day=header.started_at.date().isoformat(),
        hit_rate_pct=metrics.get("hit_rate_pct"),
        asynchrony_sd_ms=metrics.get("asynchrony_sd_ms"),
        speed=header.conditions.speed,
        hits=metrics.get("hits", 0),
        notes=metrics.get("notes", 0),
        minutes=summary.get("played_s", 0.0) / 60,
    )


def level_card(level: Level, last: Past | None, ramp: Sequence[Level]) -> LevelCard:
    """A level for the list: at the speed at which this player goes on with it."""
    if last is None:
        return LevelCard(level, difficulty(level))
    step = next_step(level, last.speed, last.hits, last.notes, ramp)
    speed = step.speed if step.level_id == level.id else 1.0
    return LevelCard(level, difficulty(level), last.hit_rate_pct, speed)


def minutes_on(day: str, every: Sequence[Past]) -> float:
    """Minutes played on an ISO date."""
    return sum(past.minutes for past in every if past.day == day)
