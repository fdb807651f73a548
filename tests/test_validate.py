"""The validation counts rightly, says where a bar is not reached, and writes only between its marks."""

from math import sqrt
from pathlib import Path
from random import Random

import pytest

from game.judge.recorded import judge_recording
from tests.players import KINDS, Kind, one_and_five, recording_of
from tests.playing import Player
from tests.truths import TRUTHS, late_ms, sd_ms
from tests.validate import (
    BEGIN,
    END,
    MEAN,
    SD,
    Held,
    Outcome,
    Validation,
    Worth,
    attributed_pct,
    by_chance,
    main,
    number,
    outcome,
    shortfalls,
    table,
    write,
)

ON_TIME = Kind("on time", Player(mean_s=0.0, sd_s=0.0, omit=0.0, wrong=0.0, stray=0.0), one_and_five(0.5))
STEADY = KINDS[0].name


def of_mean(mean: float, sd: float = 40.0, low: float = -1.0, high: float = 1.0) -> dict[str, Held]:
    """Measures of a run whose true mean is 0 and whose true SD is 40."""
    return {MEAN: Held(mean, (low, high), 0.0, 0.0), SD: Held(sd, None, 40.0, 40.0)}


def found(runs: list[Outcome], kind: str = STEADY) -> Validation:
    return Validation({kind: runs})


def test_a_judge_that_is_always_right_is_right_in_all_presses() -> None:
    played = ON_TIME.perform(Random(1))
    verdicts = judge_recording(ON_TIME.notes, recording_of(played), ON_TIME.conditions)
    assert attributed_pct(verdicts, played) == 100


def test_every_press_given_to_a_note_it_was_not_meant_for_counts_against_a_judge() -> None:
    kind = Kind("strays", Player(sd_s=0.0, omit=0.25, wrong=0.0, stray=0.0), one_and_five(0.5))
    played = kind.perform(Random(1))
    nobody = judge_recording((), recording_of(played), kind.conditions)
    assert attributed_pct(nobody, played) == 0
    half = judge_recording(kind.notes[: len(kind.notes) // 2], recording_of(played), kind.conditions)
    due = sum(index is not None and index < len(kind.notes) // 2 for index in played.meant)
    assert attributed_pct(half, played) == pytest.approx(100 * due / len(played.meant))


def test_a_measure_is_held_against_the_run_and_against_the_player() -> None:
    held = [
        Held(12.0, (9.0, 15.0), 10.0, 10.0),
        Held(8.0, (5.0, 9.0), 9.0, 10.0),
        Held(None, None, 5.0, 10.0),
    ]
    worth = Worth.of(held)
    assert (worth.runs, worth.silent, worth.intervals) == (3, 1, 2)
    assert worth.bias == pytest.approx((2 - 1) / 2)
    assert worth.rmse == pytest.approx(sqrt((4 + 1) / 2))
    assert worth.scale == pytest.approx(8.0)
    assert worth.off == pytest.approx(0.0)
    assert worth.off_error == pytest.approx(2.0)
    assert worth.covered_pct == pytest.approx(50.0)


def test_a_measure_without_any_truth_says_nothing() -> None:
    worth = Worth.of([Held(1.0, (0.0, 2.0), None, None)])
    assert (worth.bias, worth.off, worth.covered_pct, worth.intervals) == (None, None, None, 0)


def test_bars_that_are_reached_are_not_named() -> None:
    assert shortfalls(found([Outcome(99.0, 90.0, of_mean(1.9, 41.9))] * 4)) == []


@pytest.mark.parametrize(
    ("run", "named"),
    [
        (Outcome(94.0, 99.0, of_mean(0.0)), "94.0 % of presses"),
        (Outcome(97.0, 99.0, of_mean(0.0)), "all kinds: 97.00 %"),
        (Outcome(99.0, 99.0, of_mean(-2.1)), "mean asynchrony is off by -2.10 ms"),
        (Outcome(99.0, 99.0, of_mean(0.0, 42.1)), "SD is off by"),
    ],
)
def test_a_bar_that_is_not_reached_is_named(run: Outcome, named: str) -> None:
    said = shortfalls(found([run] * 4))
    assert any(named in line for line in said), said


def test_intervals_are_held_to_their_bar_where_there_are_enough_of_them() -> None:
    hit, off = Outcome(99, 99, of_mean(0.0)), Outcome(99, 99, of_mean(0.0, low=0.5))
    assert shortfalls(found([hit] * 380 + [off] * 20)) == []
    assert any("in 90.0 % of runs" in line for line in shortfalls(found([hit] * 360 + [off] * 40)))
    assert any("in 100.0 % of runs" in line for line in shortfalls(found([hit] * 400)))
    assert shortfalls(found([hit] * 36 + [off] * 4)) == []


def test_each_kind_is_held_to_what_chance_allows_in_so_many_runs() -> None:
    hit, off = Outcome(99, 99, of_mean(0.0)), Outcome(99, 99, of_mean(0.0, low=0.5))
    assert any(
        f"{STEADY}: the interval of {MEAN}" in line for line in shortfalls(found([hit] * 30 + [off] * 10))
    )
    assert by_chance(10_000) == pytest.approx((92, 98), abs=0.8)
    assert by_chance(40)[0] < 85
    assert by_chance(40)[1] == 100


def test_a_table_stands_in_line() -> None:
    lines = table(("name", "n"), [("a longer name", "5"), ("b", "−12.5")])
    assert lines == [
        "| name          |     n |",
        "|---------------|------:|",
        "| a longer name |     5 |",
        "| b             | −12.5 |",
    ]
    assert number(-0.049, 1, sign=True) == "−0.0"
    assert number(None) == "–"


def test_only_what_stands_between_the_marks_is_replaced(tmp_path: Path) -> None:
    page = tmp_path / "measures.md"
    page.write_text(f"# Before\n\n{BEGIN}\nold\n{END}\n\nafter\n", encoding="utf-8")
    write(page, "new")
    assert page.read_text(encoding="utf-8") == f"# Before\n\n{BEGIN}\n\nnew\n\n{END}\n\nafter\n"
    write(page, "newer")
    assert "newer" in page.read_text(encoding="utf-8")
    page.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="where the tables belong"):
        write(page, "new")
    assert page.read_text(encoding="utf-8") == "no marks"


def test_a_run_comes_out_the_same_every_time() -> None:
    assert outcome((0, 3)) == outcome((0, 3))


def test_every_measure_with_a_truth_is_one_that_some_kind_is_measured_for() -> None:
    measured = {name for i in range(len(KINDS)) for name in outcome((i, 0)).held}
    assert {truth.name for truth in TRUTHS} == measured


def test_the_truth_of_a_player_is_what_many_runs_come_to() -> None:
    """For each kind the figure told of the player is the mean over runs of what was truly played."""
    for kind in KINDS:
        if kind.cue_until_s > 0:
            late = [ms for run in range(30) for ms in late_ms(kind, kind.perform(Random(f"many {run}")))]
            mean = sum(late) / len(late)
            sd = sqrt(sum((ms - mean) ** 2 for ms in late) / len(late))
            assert mean == pytest.approx(1000 * kind.player.mean_s, abs=0.15 * sd_ms(kind)), kind.name
            assert sd == pytest.approx(sd_ms(kind), rel=0.06), kind.name


def test_the_command_prints_and_says_whether_the_bars_are_reached(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"{BEGIN}\n{END}\n", encoding="utf-8")
    assert main(["--runs", "2", "--kind", "chords", "--write", str(page)]) in (0, 1)
    out = capsys.readouterr().out
    assert "| chords over 120 ms |" in out
    assert "| chords over 120 ms |" in page.read_text(encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["--kind", "no such kind"])
