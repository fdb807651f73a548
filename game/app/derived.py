"""Numbers derived from stored runs, cached so that lists of runs load fast."""

from typing import TYPE_CHECKING, Any

from game import __version__
from game.errors import UserError
from game.library.files import parse_level
from game.music.level import Level
from game.music.note import Hand
from game.music.recording import Recording
from game.report.record import EDITION, Record, record_of
from game.report.result import bars_data, kept_data
from game.settings import Plan
from game.store.records.kept import RunHeader, StoredRun

if TYPE_CHECKING:
    from game.store.store import Store


def summary_of(store: "Store", header: RunHeader) -> dict[str, Any]:
    """A run's metrics, whether it was a probe or a part, and how long it was played (seconds).

    Recomputed if cached by another version of the program or edition of the record; empty if the run's level
    can no longer be read.
    """
    kept = header.summary or {}
    if (kept.get("version"), kept.get("edition")) == (__version__, EDITION):
        return kept
    run = store.run(header.id).result()
    try:
        record = record_of(run_level(run), run.recording, run.conditions, affected=affected(store, header))
    except UserError:
        return {}
    return keep_summary(store, header.id, record, run.recording)


def run_level(run: StoredRun) -> Level:
    """The level of a stored run as it was played. Raises `UserError` if it cannot be read."""
    return parse_level(run.level_text, run.header.level_id, json=True, checks=False)


def affected(store: "Store", header: RunHeader) -> Hand | None:
    """The hand that the plan of a run's player trains."""
    return affected_hand(store.profile(header.profile_id).result().plan)


def affected_hand(plan: Plan) -> Hand | None:
    """The hand that a plan trains, where it is one."""
    return Hand(plan.hand) if plan.hand in tuple(Hand) else None


def keep_summary(store: "Store", run_id: str, record: Record, recording: Recording) -> dict[str, Any]:
    """Keep the numbers of a run beside it."""
    summary = {
        "version": __version__,
        "edition": EDITION,
        "metrics": kept_data(record),
        "probe": record.level.probe,
        "bars": bars_data(record.level.bars),
        "played_s": round(recording.played_s, 1),
    }
    store.keep_summary(run_id, summary)
    return summary
