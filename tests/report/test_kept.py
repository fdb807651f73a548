"""What is kept of a run beside it comes back as it was, and what cannot be read is derived anew."""

from dataclasses import fields, replace
from json import dumps, loads
from math import nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.metrics.kit.measure import Measure
from game.metrics.run_summary import RunNumbers
from game.metrics.summary import Summary
from game.music.bars import Bars
from game.report.kept import kept_data, read_kept
from tests.pasts import past
from tests.strategies import LAW

COUNTS = st.integers(0, 10_000)
TENTHS = st.integers(-100_000, 100_000).map(lambda n: n / 10) | st.just(nan)
SUMMARIES = st.builds(
    Summary, **{field.name: COUNTS if field.type in (int, "int") else TENTHS for field in fields(Summary)}
)
MEASURES = st.lists(
    st.builds(
        Measure,
        name=st.sampled_from(["hit_rate_pct", "asynchrony_sd_ms", "iti_cv_pct"]),
        unit=st.sampled_from(["%", "ms"]),
        value=st.none() | st.integers(-10_000, 10_000).map(lambda n: n / 100),
        n=COUNTS,
        interval=st.none() | st.just((-1.5, 2.25)),
        reason=st.just("12 hits are needed, there is 1"),
        limits=st.lists(st.text(), max_size=2).map(tuple),
    ),
    unique_by=lambda measure: measure.name,
)
NUMBERS = st.builds(
    RunNumbers,
    whole=SUMMARIES,
    by_finger=st.dictionaries(st.sampled_from(["left-1", "right-2"]), SUMMARIES),
    measures=MEASURES.map(lambda every: {measure.name: measure for measure in every}),
    played_s=st.integers(0, 36_000).map(lambda n: n / 10),
    probe=st.booleans(),
    bars=st.none() | st.just(Bars(2, 5, 4)),
)


def plain(numbers: RunNumbers) -> Any:
    """Without nan, which equals nothing."""
    return loads(dumps(kept_data(numbers), allow_nan=False))


@LAW
@given(NUMBERS)
def test_what_is_kept_comes_back_as_it_was(numbers: RunNumbers) -> None:
    again = read_kept(plain(numbers))
    assert again is not None
    assert plain(again) == plain(numbers)
    assert dict(again.measures) == dict(numbers.measures)
    assert (again.played_s, again.probe, again.bars) == (numbers.played_s, numbers.probe, numbers.bars)


def kept() -> dict[str, Any]:
    numbers = past("any", "2026-01-31", 36).numbers
    assert numbers
    return kept_data(numbers)


@pytest.mark.parametrize(
    "changed",
    [
        {"version": "0.0.1"},
        {"edition": 0},
        {"metrics": None},
        {"metrics": {}},
        {"metrics": {"hits": 1}},
        {"metrics": {**kept()["metrics"], "hits": None}},
        {"metrics": {**kept()["metrics"], "hits": True}},
        {"metrics": {**kept()["metrics"], "hits": 1.5}},
        {"metrics": {**kept()["metrics"], "velocity_mean": "loud"}},
        {"metrics": {**kept()["metrics"], "by_finger": [1]}},
        {"metrics": {**kept()["metrics"], "measures": {"hit_rate_pct": 5}}},
        {"metrics": {**kept()["metrics"], "measures": 5}},
        {"played_s": "long"},
        {"bars": {"first": 1}},
    ],
)
def test_what_another_version_kept_or_what_cannot_be_read_is_nothing(changed: dict[str, Any]) -> None:
    assert read_kept(kept()) is not None
    assert read_kept({**kept(), **changed}) is None


def test_nothing_kept_is_nothing() -> None:
    assert read_kept(None) is None
    assert read_kept({}) is None


def test_a_run_whose_level_cannot_be_read_has_no_numbers_and_says_so() -> None:
    run = replace(past("any", "2026-01-31", 36), numbers=None)
    assert (run.hits, run.notes, run.minutes, run.bars, run.probe) == (0, 0, 0.0, None, False)
    assert (run.hit_rate_pct, run.asynchrony_mean_ms, run.asynchrony_sd_ms) == (None, None, None)
