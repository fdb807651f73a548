"""Numbers derived from stored runs, kept beside them so that a list of runs is quick."""

from typing import TYPE_CHECKING, Any

from game import __version__
from game.judge.recorded import judge_recording
from game.music.recording import Recording
from game.report.result import metrics_data
from game.store.kept import RunHeader
from game.store.level_files import parse_level
from game.trouble import Trouble

if TYPE_CHECKING:
    from game.store.store import Store


def metrics_of(store: "Store", header: RunHeader) -> dict[str, Any] | None:
    """A run's metrics as in its result; None where the run's level can no longer be read."""
    metrics: dict[str, Any] | None = summary_of(store, header).get("metrics")
    return metrics


def summary_of(store: "Store", header: RunHeader) -> dict[str, Any]:
    """A run's metrics and how long it was played (seconds).

    Derived again when another version of the program kept them; empty where the run's level can no longer be
    read.
    """
    kept = header.summary or {}
    if kept.get("version") == __version__:
        return kept
    run = store.run(header.id).result()
    try:
        level = parse_level(run.level_text, header.level_id, json=True, checks=False)
    except Trouble:
        return {}
    verdicts = judge_recording(level.notes_at(run.conditions.speed), run.recording, run.conditions)
    return keep_summary(store, header.id, metrics_data(verdicts), run.recording)


def keep_summary(
    store: "Store", run_id: str, metrics: dict[str, Any], recording: Recording
) -> dict[str, Any]:
    """Keep the numbers of a run beside it."""
    summary = {"version": __version__, "metrics": metrics, "played_s": round(recording.played_s, 1)}
    store.keep_summary(run_id, summary)
    return summary
