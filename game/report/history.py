"""A run in a history: as plain data for JSON, and as one line."""

from typing import Any

from game.metrics.run_summary import RunSummary
from game.report.kept import metrics_data
from game.report.result import bars_data
from game.words import _


def history_data(run: RunSummary) -> dict[str, Any]:
    """A run for JSON; `metrics` is null where its level can no longer be read."""
    return {
        "run": run.run_id,
        "level": run.level_id,
        "bars": bars_data(run.bars),
        "title": run.level_title,
        "started_at": run.started_at,
        "ended": run.ended.value,
        "speed": run.speed,
        "device": run.device.name,
        "calibrated": run.conditions.calibrated or None,
        "metrics": metrics_data(run.numbers) if run.numbers else None,
    }


def history_line(run: RunSummary) -> str:
    """When, what, how it ended, notes played and timing, in one line."""
    mean, sd = run.asynchrony_mean_ms, run.asynchrony_sd_ms
    timing = "" if mean is None or sd is None else f"  {mean:+.0f} ± {sd:.0f} ms"
    hits = f"{run.hits}/{run.notes}" if run.heard else _("nothing was heard")
    when = run.started_at.replace("T", " ")[:16]
    bars = f"  {run.bars} ×{run.bars.times}" if run.bars else ""
    return f"{run.run_id[:13]}  {when}  {run.level_id:<28} {run.ended:<10} {hits:>7}{timing}{bars}"
