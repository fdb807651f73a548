"""Summary of a run: counts, timing, velocity and dwell, for the whole run and for each finger.

Conventions: every measure is named with its unit; nan means that there is too little to say. Omissions, wrong
keys, extra presses and bounces are four counts, and none of them is ever turned into a time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.judge.verdicts import JudgedPress, Judgement, Use, Verdict, Verdicts
from game.metrics import timing
from game.metrics.kit.table import SURE

MIN_RATE = 1
"""Minimum number of notes for a hit rate."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Measures of a run or of one finger in it.

    notes: asked. hits, omissions, wrong_keys: of notes. extra_presses, bounces: of presses (0 for a single
    finger, since no finger is known to have made them). hit_rate_pct: hits in percent of notes.
    asynchrony_*: hits only, without the ambiguous ones (see `SURE`); early is negative. velocity_mean: MIDI
    units, hits. dwell_median_ms: hits.
    """

    notes: int
    hits: int
    omissions: int
    wrong_keys: int
    extra_presses: int
    bounces: int
    hit_rate_pct: float
    asynchrony_mean_ms: float
    asynchrony_median_ms: float
    asynchrony_sd_ms: float
    asynchrony_mean_absolute_ms: float
    velocity_mean: float
    dwell_median_ms: float


def summary(verdicts: Verdicts) -> Summary:
    """The measures of a whole run."""
    return _of(verdicts.judgements, verdicts.presses, verdicts)


def by_finger(verdicts: Verdicts) -> dict[str, Summary]:
    """The measures of each finger that was asked, by `left-1` … `right-5`."""
    groups: dict[str, list[Judgement]] = {}
    for judgement in verdicts.judgements:
        note = judgement.note
        if note.hand is not None and note.finger is not None:
            groups.setdefault(f"{note.hand}-{note.finger}", []).append(judgement)
    return {name: _of(groups[name], (), verdicts) for name in sorted(groups)}


def _of(judgements: Sequence[Judgement], unasked: Iterable[JudgedPress], verdicts: Verdicts) -> Summary:
    hits = [j for j in judgements if j.verdict is Verdict.HIT]
    sure = [j for j in hits if verdicts.confidence.get(j.note.index, 1.0) >= SURE]
    late_s = np.array([j.asynchrony_s for j in sure if verdicts.on_beat(j)], dtype=np.float64)
    used = [verdicts.presses[j.press] for j in hits if j.press is not None]
    dwell_s = np.array([p.dwell_s for p in used if p.dwell_s is not None], dtype=np.float64)
    velocity = np.array([p.velocity for p in used], dtype=np.float64)
    uses = [p.use for p in unasked]
    enough = len(judgements) >= MIN_RATE
    return Summary(
        notes=len(judgements),
        hits=len(hits),
        omissions=sum(j.verdict is Verdict.OMISSION for j in judgements),
        wrong_keys=sum(j.verdict is Verdict.WRONG_KEY for j in judgements),
        extra_presses=uses.count(Use.EXTRA),
        bounces=uses.count(Use.BOUNCE),
        hit_rate_pct=100.0 * len(hits) / len(judgements) if enough else float("nan"),
        asynchrony_mean_ms=timing.mean_ms(late_s),
        asynchrony_median_ms=timing.median_ms(late_s),
        asynchrony_sd_ms=timing.sd_ms(late_s),
        asynchrony_mean_absolute_ms=timing.mean_absolute_ms(late_s),
        velocity_mean=_mean(velocity),
        dwell_median_ms=timing.median_ms(dwell_s),
    )


def _mean(values: NDArray[np.float64]) -> float:
    return float(np.mean(values)) if values.size >= timing.MIN_MEAN else float("nan")
