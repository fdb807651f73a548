"""Taps to a metronome, matched and measured by code of others too: repp-tapping (MIT), where it is installed.

It is no dependency: it needs matplotlib and what that brings, for pictures that are not drawn here. The suite
leaves these tests alone; after `.venv/bin/pip install --no-deps repp-tapping` they are run by
`make test ARGS=tests/judge/second_witness.py`.
"""

from math import isnan
from random import Random
from statistics import fmean, stdev
from typing import Any

import pytest

from game.judge.clinical.record import clinical_verdicts
from game.metrics.catalogue import BY_NAME
from game.metrics.kit.table import RunContext, RunTable
from game.music.note import Note, Press
from tests.players import CONDITIONS, Played, Player, recording_of

np = pytest.importorskip("numpy")
other: Any = pytest.importorskip("repp.signal_processing", reason="the other code is not installed")

CLICKS = tuple(Note(i, 2.0 + 0.6 * i, 0.3, 60) for i in range(60))
PHASE = [-0.4, 0.4]
NO_LIMIT_MS = 1999.0
"""Its own settings: 0.4 of an interval to either side, and no other limit."""

TAPPERS = {
    "steady": Player(mean_s=-0.03, sd_s=0.02, omit=0.0, wrong=0.0, stray=0.0),
    "usual": Player(mean_s=-0.03, sd_s=0.03, omit=0.03, wrong=0.0, stray=0.0),
    "late": Player(mean_s=0.08, sd_s=0.03, omit=0.03, wrong=0.0, stray=0.0),
    "unsteady": Player(mean_s=0.02, sd_s=0.05, omit=0.05, wrong=0.0, stray=0.0),
}
RUNS = 5


def theirs(played: Played) -> dict[int, float]:
    """Asynchrony in milliseconds of each click that the other code finds a tap for."""
    stim = np.array([1000 * note.onset_s for note in CLICKS])
    taps = np.array([1000 * touch.time_s for touch in played.touches if isinstance(touch, Press)])
    found = other.compute_matched_onsets(stim, taps, NO_LIMIT_MS, PHASE)["asynchrony"]
    return {i: float(ms) for i, ms in enumerate(found) if not isnan(ms)}


def ours(played: Played) -> tuple[dict[int, float], RunTable]:
    """The same of the clinical record, and the table that its measures are taken from."""
    verdicts = clinical_verdicts(CLICKS, recording_of(played), CONDITIONS)
    late = {j.note.index: 1000 * j.asynchrony_s for j in verdicts.judgements if j.asynchrony_s is not None}
    return late, RunTable.of(verdicts, RunContext(calibrated=True))


def runs(tapper: str) -> list[Played]:
    return [TAPPERS[tapper].perform(CLICKS, Random(f"{tapper} {run}")) for run in range(RUNS)]


@pytest.mark.parametrize("tapper", TAPPERS)
def test_another_program_finds_the_same_tap_for_each_click(tapper: str) -> None:
    same = 0
    for played in runs(tapper):
        (here, _), there = ours(played), theirs(played)
        same += sum(here.get(i) == pytest.approx(there.get(i), abs=0.2) for i in range(len(CLICKS)))
        assert fmean(here.values()) == pytest.approx(fmean(there.values()), abs=1.0)
        assert stdev(here.values()) == pytest.approx(stdev(there.values()), rel=0.02)
    assert same >= 0.99 * RUNS * len(CLICKS)


@pytest.mark.parametrize("tapper", ["steady", "usual"])
def test_another_program_measures_the_same_where_the_record_doubts_no_pair(tapper: str) -> None:
    compared = 0
    for played in runs(tapper):
        (here, table), there = ours(played), theirs(played)
        mean, sd = (BY_NAME[name].measure(table, "") for name in ("asynchrony_mean_ms", "asynchrony_sd_ms"))
        if mean.n == len(here):
            compared += 1
            assert mean.value == pytest.approx(fmean(there.values()), abs=1.0)
            assert sd.value == pytest.approx(stdev(there.values()), rel=0.02)
    assert compared >= RUNS // 2
