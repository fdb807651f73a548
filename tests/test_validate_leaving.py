"""Players who leave the beat are held to their bars, and a bar that is not reached is named."""

from dataclasses import replace

import pytest

from tests.judge.wanderers import KINDS
from tests.validate import leaving_report
from tests.validate_leaving import Following, Left, leaving_shortfalls, left

FINE = Left(hits_off_pct=0.0, sd_ms=35.0, sd_true_ms=35.0, tempo_off_pct=0.1)


def shortfalls(*runs: Left, kind: str = "restarts") -> list[str]:
    return leaving_shortfalls({kind: Following.of(runs)})


def test_what_is_right_reaches_every_bar() -> None:
    assert shortfalls(FINE, FINE) == []


@pytest.mark.parametrize(
    ("run", "named"),
    [
        (replace(FINE, hits_off_pct=-2.1), "notes played are off by -2.1 %"),
        (replace(FINE, sd_ms=38.6), "own beat is off by +10.3 %"),
        (replace(FINE, tempo_off_pct=-1.2), "tempo is off by 1.2 %"),
        (replace(FINE, sd_ms=None), "own beat is off by"),
    ],
)
def test_what_is_off_or_missing_is_named(run: Left, named: str) -> None:
    (said,) = shortfalls(run, run, run)
    assert named in said


def test_a_bent_tempo_is_held_to_the_notes_alone() -> None:
    bent = replace(FINE, sd_ms=90.0, tempo_off_pct=5.0)
    assert shortfalls(bent, kind="drifts") == []
    assert len(shortfalls(replace(bent, hits_off_pct=3.0), kind="drifts")) == 1


def test_a_run_that_is_far_off_is_counted_though_the_median_is_right() -> None:
    found = {"restarts": Following.of([FINE, FINE, replace(FINE, sd_ms=350.0)])}
    assert leaving_shortfalls(found) == []
    assert "| restarts | 3 of 3 | +0.0 | +0.0 | 1 | 0.10 |" in " ".join(leaving_report(found).split())


@pytest.mark.parametrize("kind", ["own tempo", "restarts", "begins late"])
def test_a_few_runs_of_a_kind_reach_the_bars(kind: str) -> None:
    assert kind in KINDS
    assert shortfalls(*(left((kind, run)) for run in range(3)), kind=kind) == []


def test_a_run_comes_out_the_same_every_time() -> None:
    assert left(("own tempo", 1)) == left(("own tempo", 1))
