"""Summaries of earlier runs, and the trends of probes among them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from game.app.derived import summary_of
from game.metrics.run_summary import RunSummary
from game.metrics.trends.probes import Probed, Progress, progress
from game.music.recording import Ended

if TYPE_CHECKING:
    from game.store.store import Store


def pasts(store: "Store", profile_id: str) -> list[RunSummary]:
    """A profile's runs in which something was asked, oldest first."""
    return [past for past in reversed(summaries(store, profile_id)) if past.notes]


def summaries(store: "Store", profile_id: str) -> list[RunSummary]:
    """All runs of a profile, the newest first."""
    return [summary_of(store, header) for header in store.runs(profile_id).result()]


def trends_of(every: Sequence[RunSummary]) -> tuple[Progress, ...]:
    """The trends of the finished probes among some runs."""
    ordered = sorted(every, key=lambda past: past.run_id)
    return progress(Probed.of(past) for past in ordered if past.probe and past.ended is Ended.FINISHED)


def of_wholes(every: Sequence[RunSummary]) -> list[RunSummary]:
    """Runs of whole levels in which a key was heard; parts say little about their level."""
    return [past for past in every if past.bars is None and past.heard]


def minutes_on(day: str, every: Sequence[RunSummary]) -> float:
    """Minutes played on an ISO date."""
    return sum(past.minutes for past in every if past.day == day)
