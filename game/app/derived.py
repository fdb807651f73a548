"""Numbers derived from stored runs, cached so that lists of runs load fast."""

from typing import TYPE_CHECKING

from game.errors import UserError
from game.library.files import parse_level
from game.metrics.run_summary import RunNumbers, RunSummary
from game.music.level import Level
from game.music.note import Hand
from game.music.recording import Recording
from game.report.kept import kept_data, numbers_of, read_kept
from game.report.record import Record, record_of
from game.settings import Plan
from game.store.records.kept import RunHeader, StoredRun

if TYPE_CHECKING:
    from game.store.store import Store


def summary_of(store: "Store", header: RunHeader) -> RunSummary:
    """A stored run in numbers: those kept beside it, else derived and kept anew.

    Recomputed if cached by another version of the program or edition of the record; without numbers if the
    run's level can no longer be read.
    """
    return RunSummary(
        run_id=header.id,
        level_id=header.level_id,
        level_title=header.level_title,
        started_at=header.started_at.isoformat(timespec="seconds"),
        ended=header.ended,
        device=header.device,
        conditions=header.conditions,
        numbers=read_kept(header.summary) or _derived(store, header),
    )


def _derived(store: "Store", header: RunHeader) -> RunNumbers | None:
    run = store.run(header.id).result()
    try:
        record = record_of(run_level(run), run.recording, run.conditions, affected=affected(store, header))
    except UserError:
        return None
    return keep_numbers(store, header.id, record, run.recording)


def run_level(run: StoredRun) -> Level:
    """The level of a stored run as it was played. Raises `UserError` if it cannot be read."""
    return parse_level(run.level_text, run.header.level_id, json=True, checks=False)


def affected(store: "Store", header: RunHeader) -> Hand | None:
    """The hand that the plan of a run's player trains."""
    return affected_hand(store.profile(header.profile_id).result().plan)


def affected_hand(plan: Plan) -> Hand | None:
    """The hand that a plan trains, where it is one."""
    return Hand(plan.hand) if plan.hand in tuple(Hand) else None


def keep_numbers(store: "Store", run_id: str, record: Record, recording: Recording) -> RunNumbers | None:
    """Keep the numbers of a run beside it; they are as they will be read."""
    kept = kept_data(numbers_of(record, recording))
    store.keep_summary(run_id, kept)
    return read_kept(kept)
