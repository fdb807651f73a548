"""Three minutes of probes follow a person in six measures: made-up people whose days differ as published.

How alike two days of one person are (ICC) is published for quick tapping; the lowest figures are taken:
0.787 for the number of taps (42 healthy people, one week apart, doi 10.3390/brainsci14040407), and 0.707 for
all else (32 people with Parkinson's disease at home, PMC10237522). How far people differ from each other is
assumed, in percent of the mean. A day's value lies about the person's own with SD = spread · √(1 − ICC), and
what chance makes of so few presses comes on top, as each day's probes are played, judged and measured.
"""

from collections import defaultdict
from dataclasses import replace
from functools import cache
from math import sqrt
from random import Random

import pytest

from game.judge.clinical.record import clinical_verdicts
from game.metrics.catalogue import BY_NAME
from game.metrics.kit.table import RunContext, RunTable
from game.metrics.trends.probes import Probed, Progress, progress
from game.metrics.trends.trend import COARSE_PCT, MDC95_PER_SEM, PRACTICE_DAYS
from game.music.level import Level
from game.music.note import Note
from tests.levels import LIBRARY
from tests.players import CONDITIONS, LEAKY, Player, recording_of
from tests.playing import Alone

LEVELS = {level.id: level for level in LIBRARY}
PROBES = ("probe-tap-right", "probe-alternate-right", "probe-five-right")
BEGIN_S = 7.0
"""Preview and four clicks before each."""

PEOPLE, DAYS = 12, 3
ICC_TAPS, ICC = 0.787, 0.707
SPREAD_PCT = {"rate": 20.0, "velocity": 15.0, "dwell": 15.0, "omit": 40.0, "overflow": 40.0, "sd": 30.0}
"""Between people, in percent of the mean; assumed."""

USUAL = {"rate": 4.5, "velocity": 70.0, "dwell": 0.12, "omit": 0.08, "overflow": 0.5, "sd": 0.06}
"""Taps a second, MIDI units, seconds, share of notes, share of the leaky hand, seconds."""

FINE = {
    ("probe-tap-right", "tap_rate_best_10s_hz"),
    ("probe-alternate-right", "tap_rate_best_10s_hz"),
    ("probe-tap-right", "velocity_mean"),
    ("probe-tap-right", "dwell_median_ms"),
    ("probe-five-right", "hit_rate_pct"),
    ("probe-five-right", "independence_index"),
}
"""The six; strength and dwell of the other probes are no more measures."""

WATCHED = {
    probe: [measure for of, measure in (*FINE, ("probe-five-right", "asynchrony_sd_ms")) if of == probe]
    for probe in PROBES
}

Traits = dict[str, float]

pytestmark = pytest.mark.xdist_group("day to day")


def varied(traits: Traits, rng: Random, share: dict[str, float]) -> Traits:
    """Traits moved by chance, each by its share of what is usual."""
    moved = {name: value + rng.gauss(0, share[name] * USUAL[name]) for name, value in traits.items()}
    return {name: max(0.2 * USUAL[name], value) for name, value in moved.items()}


def person(rng: Random) -> Traits:
    return varied(USUAL, rng, {name: pct / 100 for name, pct in SPREAD_PCT.items()})


def on_a_day(who: Traits, rng: Random) -> Traits:
    alike = {name: ICC_TAPS if name == "rate" else ICC for name in USUAL}
    return varied(who, rng, {name: pct / 100 * sqrt(1 - alike[name]) for name, pct in SPREAD_PCT.items()})


def player(today: Traits) -> Player:
    leaky = tuple(tuple(share * today["overflow"] for share in row) for row in LEAKY)
    interval_s = 1 / today["rate"]
    return Player(
        sd_s=today["sd"],
        omit=today["omit"],
        velocity=today["velocity"],
        overflow=leaky,
        alone=Alone(1.0, 0.08 * interval_s, 0.03 * interval_s),
    )


def taps_of(level: Level, today: Traits) -> tuple[Note, ...]:
    """As many taps in turn as this person makes in the time of the level, each held as usual."""
    notes, interval_s = level.notes_at(1.0), 1 / today["rate"]
    turns = [notes[0], notes[1]]
    count = int((notes[-1].end_s - notes[0].onset_s) / interval_s)
    return tuple(
        replace(turns[i % 2], index=i, onset_s=notes[0].onset_s + i * interval_s, duration_s=today["dwell"])
        for i in range(count)
    )


def probed(level: Level, today: Traits, day: int, rng: Random) -> Probed:
    """One probe of a day, played and measured as a run is."""
    free = level.cue_until_beat == 0
    cue_until_s = 0.0 if free else float("inf")
    who = replace(player(today), omit=0.0, wrong=0.0, stray=0.0, overflow=None) if free else player(today)
    notes = taps_of(level, today) if free else level.notes_at(1.0)
    verdicts = clinical_verdicts(notes, recording_of(who.perform(notes, rng, cue_until_s)), CONDITIONS)
    table = RunTable.of(verdicts, RunContext(cue_until_s=cue_until_s, calibrated=True))
    values = {name: BY_NAME[name].measure(table, "").value for name in WATCHED[level.id]}
    return Probed(level.id, level.title, f"2030-05-{day:02d}", "piano", (0.0, 0.0), values)


def trends_of_one(seed: int) -> tuple[Progress, ...]:
    """The baseline of one person; on days of practice nothing is played, as it would not count."""
    rng = Random(f"day to day {seed}")
    who = person(rng)
    practice = [
        Probed(name, "", f"2030-04-{day:02d}", "piano", (0.0, 0.0), {})
        for name in PROBES
        for day in range(1, PRACTICE_DAYS + 1)
    ]
    days = [(day, on_a_day(who, rng)) for day in range(1, DAYS + 1)]
    return progress(
        [*practice, *(probed(LEVELS[name], today, day, rng) for day, today in days for name in PROBES)]
    )


@cache
def shares_pct() -> dict[tuple[str, str], float]:
    """MDC95 in percent of the mean for each probe and measure: root mean square over the people."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for seed in range(PEOPLE):
        for one in trends_of_one(seed):
            if one.mdc95_pct is not None:
                found[one.level_id, one.measure].append(one.mdc95_pct)
    return {key: sqrt(sum(pct**2 for pct in of) / len(of)) for key, of in found.items()}


def test_the_probes_of_the_six_take_three_minutes_with_their_count_ins() -> None:
    lasts = [LEVELS[name].length_s() - LEVELS[name].notes_at()[0].onset_s + BEGIN_S for name in PROBES]
    assert sum(lasts) <= 180


def test_six_measures_are_fine_enough_to_follow_one_person_by() -> None:
    assert {key: pct for key, pct in shares_pct().items() if key in FINE and pct > COARSE_PCT} == {}
    assert shares_pct().keys() >= FINE


def test_measures_that_differ_much_from_day_to_day_are_coarse() -> None:
    assert shares_pct()["probe-five-right", "asynchrony_sd_ms"] > COARSE_PCT


def test_the_share_is_at_least_what_the_published_figures_alone_make_of_it() -> None:
    least = MDC95_PER_SEM * SPREAD_PCT["rate"] * sqrt(1 - ICC_TAPS)
    assert shares_pct()["probe-tap-right", "tap_rate_best_10s_hz"] == pytest.approx(least, rel=0.35)
