"""What the alignment and the measures are worth, on players of whom all is known: `python -m tests.validate`.

Each kind of player plays its material some forty times; the same seeds give the same figures on every
machine. A press is attributed rightly when the note it was given, or none, is the one it was meant for. A
measure is held against two truths: what the run came to, press by press (bias and RMSE: what attribution and
formula get wrong), and the player's own figures, of which a run is a sample (the difference with its standard
error, and how often the 95 % interval holds them).
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from random import Random
from statistics import fmean, stdev

from game.judge.clinical.record import clinical_verdicts
from game.judge.recorded import judge_recording
from game.judge.verdicts import Verdicts
from tests.players import KINDS, Kind, Played, recording_of
from tests.truths import TRUTHS, measured
from tests.validate_leaving import Following, leaving, leaving_rows, leaving_shortfalls

RUNS, QUICK_RUNS, WORKERS = 40, 8, 2
BEGIN, END = "<!-- validation -->", "<!-- /validation -->"

LEAST_MEAN_PCT, LEAST_KIND_PCT = 98.0, 95.0
MOST_MEAN_BIAS_MS, MOST_SD_BIAS_PCT = 2.0, 5.0
COVERAGE_PCT = (92.0, 98.0)
COARSE = frozenset({"fatigue_hit_rate_pct"})
"""Of two short parts of a run: so few outcomes that any interval holds high rates in 98 to 100 % of cases."""

LEAST_INTERVALS = 400
"""Fewer intervals than this miss 92 to 98 % by chance too often to be held to it."""

MEAN, SD = "asynchrony_mean_ms", "asynchrony_sd_ms"


@dataclass(frozen=True, slots=True)
class Held:
    """One measure of one run beside its truths."""

    value: float | None
    interval: tuple[float, float] | None
    of_run: float | None
    of_player: float | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One run: presses attributed rightly by each judge, in percent, and every measure by its name."""

    clinical_pct: float
    live_pct: float
    held: dict[str, Held]


def attributed_pct(verdicts: Verdicts, played: Played) -> float:
    """Presses whose note, or none, is the one they were meant for."""
    note_of = {j.press: j.note.index for j in verdicts.judgements if j.press is not None}
    right = sum(note_of.get(press) == meant for press, meant in enumerate(played.meant))
    return 100 * right / len(played.meant)


def outcome(job: tuple[int, int]) -> Outcome:
    """One run of one kind, by the kind's place and the run's number."""
    kind, run = KINDS[job[0]], job[1]
    played = kind.perform(Random(f"{kind.name} {run}"))
    recording = recording_of(played)
    clinical = clinical_verdicts(kind.notes, recording, kind.conditions)
    live = judge_recording(kind.notes, recording, kind.conditions)
    found = measured(kind, clinical)
    held = {
        truth.name: Held(*found[truth.name], truth.of_run(kind, played), truth.of_player(kind))
        for truth in TRUTHS
        if truth.name in found
    }
    return Outcome(attributed_pct(clinical, played), attributed_pct(live, played), held)


@dataclass(frozen=True, slots=True)
class Worth:
    """What a measure is worth over some runs. bias, rmse: against the run's truth, in the measure's unit.

    scale: mean of that truth. off, off_error: against the player, with its standard error. covered_pct: of
    `intervals` intervals. silent: runs for which there was no value.
    """

    runs: int
    silent: int
    bias: float | None
    rmse: float | None
    scale: float | None
    off: float | None
    off_error: float | None
    covered_pct: float | None
    intervals: int

    @classmethod
    def of(cls, held: Sequence[Held]) -> "Worth":
        """From a measure of several runs."""
        errors = [h.value - h.of_run for h in held if h.value is not None and h.of_run is not None]
        offs = [h.value - h.of_player for h in held if h.value is not None and h.of_player is not None]
        hits = [_holds(h) for h in held if h.interval is not None and h.of_player is not None]
        truths = [h.of_run for h in held if h.of_run is not None]
        return cls(
            runs=len(held),
            silent=sum(h.value is None for h in held),
            bias=_mean(errors),
            rmse=sqrt(fmean(e * e for e in errors)) if errors else None,
            scale=_mean(truths),
            off=_mean(offs),
            off_error=stdev(offs) / sqrt(len(offs)) if len(offs) > 1 else None,
            covered_pct=100 * fmean(hits) if hits else None,
            intervals=len(hits),
        )

    @property
    def bias_pct(self) -> float | None:
        """Bias in percent of the truth."""
        return 100 * self.bias / self.scale if self.bias is not None and self.scale else None


def _holds(held: Held) -> bool:
    if held.interval is None or held.of_player is None:
        raise ValueError("there is no interval or no truth")
    low, high = held.interval
    return low - 1e-9 <= held.of_player <= high + 1e-9


def _mean(values: Sequence[float]) -> float | None:
    return fmean(values) if values else None


@dataclass(frozen=True)
class Validation:
    """All outcomes, by kind."""

    outcomes: dict[str, list[Outcome]]

    @classmethod
    def of(cls, kinds: Sequence[Kind], runs: int, workers: int = WORKERS) -> "Validation":
        """Let some kinds play."""
        jobs = [(KINDS.index(kind), run) for kind in kinds for run in range(runs)]
        with ProcessPoolExecutor(workers) as pool:
            done = list(pool.map(outcome, jobs, chunksize=4))
        return cls({kind.name: done[i * runs : (i + 1) * runs] for i, kind in enumerate(kinds)})

    def worth(self, name: str, kind: str | None = None) -> Worth:
        """What a measure is worth, over one kind or all."""
        of = self.outcomes[kind] if kind else [o for runs in self.outcomes.values() for o in runs]
        return Worth.of([o.held[name] for o in of if name in o.held])

    def attribution(self, kind: str) -> tuple[float, float, float, float]:
        """Mean and worst of the clinical record, then of the live judge, in percent."""
        clinical = [o.clinical_pct for o in self.outcomes[kind]]
        live = [o.live_pct for o in self.outcomes[kind]]
        return fmean(clinical), min(clinical), fmean(live), min(live)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table in Markdown, its columns in line."""
    body = [list(head), *map(list, rows)]
    wide = [max(len(row[i]) for row in body) for i in range(len(head))]
    lines = [f"| {' | '.join(_padded(row, wide))} |" for row in body]
    rule = "|".join("-" * (w + 1) + ("-" if i == 0 else ":") for i, w in enumerate(wide))
    return [lines[0], f"|{rule}|", *lines[1:]]


def _padded(row: Sequence[str], wide: Sequence[int]) -> list[str]:
    """The cells of a row: words to the left, numbers to the right."""
    return [row[0].ljust(wide[0]), *(text.rjust(w) for text, w in zip(row[1:], wide[1:], strict=True))]


def number(value: float | None, digits: int = 1, sign: bool = False) -> str:
    if value is None:
        return "–"
    text = f"{value:+.{digits}f}" if sign else f"{value:.{digits}f}"
    return text.replace("-", "−")


def attribution_table(found: Validation) -> list[str]:
    """Without those who play alone: their presses belong to no note."""
    rows = []
    for kind in _barred(found):
        mean, worst, live_mean, live_worst = found.attribution(kind)
        rows.append((kind, *(number(v, 1) for v in (mean, worst, live_mean, live_worst))))
    return table(("kind of player", "record", "worst run", "live judge", "worst run"), rows)


def timing_table(found: Validation) -> list[str]:
    rows = []
    for kind in found.outcomes:
        mean, sd = found.worth(MEAN, kind), found.worth(SD, kind)
        if mean.bias is None:
            continue
        rows.append(
            (
                kind,
                number(mean.bias, 2, sign=True),
                number(mean.rmse, 2),
                _off(mean),
                number(mean.covered_pct, 0),
                number(sd.bias_pct, 1, sign=True),
                number(sd.rmse, 2),
                _off(sd),
                number(sd.covered_pct, 0),
            )
        )
    head = (
        "kind of player",
        "mean: bias ms",
        "RMSE",
        "off the player",
        "held %",
        "SD: bias %",
        "RMSE ms",
        "off the player",
        "held %",
    )
    return table(head, rows)


def measures_table(found: Validation) -> list[str]:
    rows = []
    for truth in TRUTHS:
        worth = found.worth(truth.name)
        if worth.runs:
            rows.append(
                (
                    f"`{truth.name}`",
                    str(worth.runs - worth.silent),
                    number(worth.scale, 1),
                    number(worth.bias, 2, sign=True),
                    number(worth.rmse, 2),
                    _off(worth),
                    number(worth.covered_pct, 1),
                    str(worth.intervals),
                )
            )
    head = ("measure", "runs", "truth", "bias", "RMSE", "off the player", "held %", "of")
    return table(head, rows)


def _off(worth: Worth) -> str:
    if worth.off is None or worth.off_error is None:
        return "–"
    return f"{number(worth.off, 2, sign=True)} ± {number(worth.off_error, 2)}"


def shortfalls(found: Validation) -> list[str]:
    """Every bar that is not reached, in words."""
    return [*_attribution_shortfalls(found), *_bias_shortfalls(found), *_coverage_shortfalls(found)]


def _barred(found: Validation) -> list[str]:
    return [kind.name for kind in KINDS if kind.barred and kind.name in found.outcomes]


def _attribution_shortfalls(found: Validation) -> list[str]:
    means = {kind: found.attribution(kind)[0] for kind in _barred(found)}
    said = [f"{kind}: {pct:.1f} % of presses" for kind, pct in means.items() if pct < LEAST_KIND_PCT]
    if means and fmean(means.values()) < LEAST_MEAN_PCT:
        said.append(f"all kinds: {fmean(means.values()):.2f} % of presses")
    return said


def _bias_shortfalls(found: Validation) -> list[str]:
    said = []
    for kind in found.outcomes:
        mean, sd = found.worth(MEAN, kind), found.worth(SD, kind)
        if mean.bias is not None and abs(mean.bias) >= MOST_MEAN_BIAS_MS:
            said.append(f"{kind}: the mean asynchrony is off by {mean.bias:+.2f} ms")
        if sd.bias_pct is not None and abs(sd.bias_pct) >= MOST_SD_BIAS_PCT:
            said.append(f"{kind}: the SD is off by {sd.bias_pct:+.1f} %")
    return said


def _coverage_shortfalls(found: Validation) -> list[str]:
    return [*_measures_uncovered(found), *_kinds_uncovered(found)]


def _kinds_uncovered(found: Validation) -> list[str]:
    """Kinds in which the mean or SD of asynchrony is held less or more often than chance allows."""
    said = []
    for kind in found.outcomes:
        for name in (MEAN, SD):
            worth = found.worth(name, kind)
            if worth.covered_pct is None:
                continue
            least, most = by_chance(worth.intervals)
            if not least <= worth.covered_pct <= most:
                said.append(f"{kind}: the interval of {name} holds the truth in {worth.covered_pct:.1f} %")
    return said


def by_chance(intervals: int) -> tuple[float, float]:
    """What 92 to 98 % may come to in so many intervals, in percent: 2.6 standard errors beyond each end.

    That is passed by chance once in 200 cases, where the truth lies at the end itself.
    """
    low, high = COVERAGE_PCT
    below, above = (260 * sqrt(p / 100 * (1 - p / 100) / max(1, intervals)) for p in (low, high))
    return low - below, min(100.0, high + above)


def _measures_uncovered(found: Validation) -> list[str]:
    low, high = COVERAGE_PCT
    said = []
    for truth in TRUTHS:
        worth = found.worth(truth.name)
        covered = worth.covered_pct
        most = 100.0 if truth.name in COARSE else high
        if covered is not None and worth.intervals >= LEAST_INTERVALS and not low <= covered <= most:
            said.append(f"{truth.name}: its interval holds the truth in {covered:.1f} % of runs")
    return said


def report(found: Validation, runs: int) -> str:
    """All tables as they stand on the page."""
    means = [found.attribution(kind)[0] for kind in _barred(found)]
    live = [found.attribution(kind)[2] for kind in _barred(found)]
    average = f"On average {fmean(means):.1f} %, the live judge {fmean(live):.1f} %." if means else ""
    parts = [
        f"{len(found.outcomes)} kinds of simulated player, {runs} runs each (`python -m tests.validate`).",
        "**Presses attributed rightly**, in percent: to the note they were meant for, or rightly to none.",
        "\n".join(attribution_table(found)),
        average,
        "**Asynchrony, kind by kind.** Bias and RMSE: against what was truly played in the run. Off the"
        " player: mean difference from the player's own figure, of which a run is a sample, ± its standard"
        " error (ms). Held: how often the 95 % interval holds the player's figure.",
        "\n".join(timing_table(found)),
        "**Every measure with a known truth**, over all kinds, in its own unit; the columns are the same.",
        "\n".join(measures_table(found)),
    ]
    return "\n\n".join(part for part in parts if part)


def leaving_report(left: dict[str, Following]) -> str:
    """The table of players who leave the beat."""
    head = (
        "player",
        "runs with a spread",
        "notes played: off %",
        "own spread: off %",
        "astray",
        "tempo: off %",
    )
    return (
        "**Players who leave the beat**, on tunes of the library. Notes played: mean error in percent of the"
        " notes. Own spread (`own_beat_sd_ms`): median error in percent, and how many runs are off by over a"
        " quarter. Tempo of the longest leg: median distance in percent.\n\n"
        + "\n".join(table(head, leaving_rows(left)))
    )


def write(path: Path, text: str) -> None:
    """Put a text between the marks of a page; ValueError where it has none."""
    page = path.read_text(encoding="utf-8")
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path}: write {BEGIN} and {END} where the tables belong")
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = ArgumentParser(
        prog="python -m tests.validate", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("--runs", type=int, default=RUNS, help=f"of each kind ({RUNS})")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_RUNS} runs of each kind")
    parser.add_argument("--kind", action="append", default=[], help="only kinds whose name contains this")
    parser.add_argument(
        "--write", type=Path, metavar="PAGE", help="put the tables between the marks of a page"
    )
    options = parser.parse_args(arguments)
    words = [word.lower() for word in options.kind] or [""]
    kinds = [kind for kind in KINDS if any(word in kind.name.lower() for word in words)]
    if not kinds:
        parser.error(f"no such kind; there are: {', '.join(kind.name for kind in KINDS)}")
    runs = QUICK_RUNS if options.quick else options.runs
    found = Validation.of(kinds, runs)
    left = {} if options.kind else leaving(runs, WORKERS)
    text = "\n\n".join([report(found, runs), *([leaving_report(left)] if left else [])])
    print(text)
    missed = [*shortfalls(found), *leaving_shortfalls(left)]
    print("\n" + ("\n".join(f"NOT REACHED  {line}" for line in missed) or "Every bar is reached."))
    if options.write:
        write(options.write, text)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
