"""The verb `history`: a profile's runs, the newest first, and what changed from probe to probe."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from game.commands.argtypes import typed
from game.commands.context import Context, say, say_json
from game.commands.parser import verb_parser
from game.words import _

if TYPE_CHECKING:
    from game.commands.parser import Parser, Verbs


def add(verbs: "Verbs", shared: "Parser") -> None:
    """Its parser."""
    parser = verb_parser(verbs, shared, "history", "list a profile's runs, newest first")
    parser.add_argument("profile", type=typed, metavar="PROFILE")
    parser.set_defaults(act=history)


def history(options: Namespace) -> int:
    """A profile's runs, the newest first."""
    context = Context.of(options)
    from game.app.derived import summary_of
    from game.app.run_summaries import progress_of
    from game.report.progress import progress_data, progress_line

    with context.store() as store:
        profile = store.profile(options.profile).result()
        runs = [
            {
                "run": header.id,
                "level": header.level_id,
                "bars": summary.get("bars"),
                "title": header.level_title,
                "started_at": header.started_at.isoformat(timespec="seconds"),
                "ended": header.ended.value,
                "speed": header.conditions.speed,
                "device": header.device.name,
                "calibrated": header.conditions.calibrated or None,
                "metrics": summary.get("metrics"),
            }
            for header in store.runs(profile.id).result()
            for summary in (summary_of(store, header),)
        ]
        trends = progress_of(store, profile.id)
    if context.as_json:
        say_json({"profile": profile.name, "runs": runs, "trends": [progress_data(one) for one in trends]})
        return 0
    if not runs:
        say(_("{name} has not played yet.", name=profile.name))
    for run in runs:
        say(_history_line(run))
    for one in trends:
        say(progress_line(one))
    return 0


def _history_line(run: dict[str, Any]) -> str:
    from game.app.run_summaries import heard
    from game.music.bars import Bars

    metrics = run["metrics"] or {}
    mean, sd = metrics.get("asynchrony_mean_ms"), metrics.get("asynchrony_sd_ms")
    timing = "" if mean is None or sd is None else f"  {mean:+.0f} ± {sd:.0f} ms"
    hits = f"{metrics.get('hits', 0)}/{metrics.get('notes', 0)}" if heard(metrics) else _("nothing was heard")
    when = run["started_at"].replace("T", " ")[:16]
    bars = f"  {Bars(**run['bars'])} ×{run['bars']['times']}" if run["bars"] else ""
    return f"{run['run'][:13]}  {when}  {run['level']:<28} {run['ended']:<10} {hits:>7}{timing}{bars}"
