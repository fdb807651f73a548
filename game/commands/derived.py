"""Numbers derived from stored runs, kept beside them so that a list of runs is quick."""

from typing import TYPE_CHECKING, Any

from game import __version__
from game.judge.recorded import judge_recording
from game.report.result import metrics_data
from game.store.kept import RunHeader
from game.store.level_files import parse_level
from game.trouble import Trouble

if TYPE_CHECKING:
    from game.store.store import Store


def metrics_of(store: "Store", header: RunHeader) -> dict[str, Any] | None:
    """A run's metrics as in its result; derived again when another version of the program kept them.

    None where the run's level can no longer be read.
    """
    kept = header.summary or {}
    if kept.get("version") == __version__:
        metrics: dict[str, Any] = kept["metrics"]
        return metrics
    run = store.run(header.id).result()
    try:
        level = parse_level(run.level_text, header.level_id, json=True, checks=False)
    except Trouble:
        return None
    verdicts = judge_recording(level.notes_at(run.conditions.speed), run.recording, run.conditions)
    return keep_metrics(store, header.id, metrics_data(verdicts))


def keep_metrics(store: "Store", run_id: str, metrics: dict[str, Any]) -> dict[str, Any]:
    """Keep metrics beside their run."""
    store.keep_summary(run_id, {"version": __version__, "metrics": metrics})
    return metrics
