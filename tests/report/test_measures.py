"""Measures as JSON and as text: null with a reason, units, and what each means."""

import json

import pytest

from game.metrics.catalogue import measured
from game.metrics.kit.measure import Measure
from game.report.measures import explained, measure_data, measured_data, rounded
from tests.metrics.runs import CALIBRATED, five_finger, table, varied


def test_a_measure_as_json() -> None:
    sd = Measure("asynchrony_sd_ms", "ms", 38.21456, 61, (31.93333, 47.0), "", ("a limit",))
    assert measure_data(sd) == {
        "value": 38.21,
        "unit": "ms",
        "n": 61,
        "interval": [31.93, 47.0],
        "reason": None,
        "limits": ["a limit"],
    }


def test_what_cannot_be_told_is_null_and_says_why() -> None:
    data = measured_data(measured(table(five_finger([0.01] * 5))))
    assert data["asynchrony_sd_ms"]["value"] is None
    assert data["asynchrony_sd_ms"]["interval"] is None
    assert data["asynchrony_sd_ms"]["reason"] == "12 hits are needed, there are 5"


@pytest.mark.parametrize(
    ("value", "unit", "to"),
    [(38.21456, "ms", 38.21), (-0.0001, "ms", 0.0), (3.14e-36, "", 3.14e-36), (0.987654, "", 0.9877)],
)
def test_numbers_have_the_resolution_of_their_unit(value: float, unit: str, to: float) -> None:
    assert str(rounded(value, unit)) == str(to)


def test_everything_of_a_run_is_json() -> None:
    data = measured_data(measured(table(*varied(80))))
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert list(data["by_finger"]) == [f"{hand}-{f}" for hand in ("left", "right") for f in range(1, 6)]
    assert set(data["by_hand"]) == {"left", "right"}
    assert set(data["overflow"]["right"]) == set("12345")


def test_the_table_says_name_value_interval_n_and_meaning_on_one_line() -> None:
    sd = Measure("asynchrony_sd_ms", "ms", 38.21456, 61, (31.93333, 47.0))
    (line,) = explained([sd])
    assert line.split("  ")[0] == "asynchrony_sd_ms"
    for part in ("38.2 ms", "[31.9, 47.0]", "n 61", "smaller is steadier"):
        assert part in line


def test_the_table_gives_the_reason_where_there_is_no_value() -> None:
    (line,) = explained([Measure("asynchrony_sd_ms", "ms", None, 5, None, "12 hits are needed, there are 5")])
    assert "12 hits are needed" in line
    assert " 0 " not in line


def test_each_limit_stands_once_below_the_table() -> None:
    shown = measured(table(five_finger([0.01, -0.01] * 20), (), CALIBRATED)).run
    lines = explained(shown)
    told = [line for line in lines if line.startswith("* velocity is not force")]
    assert len(told) == 1
    assert "velocity_mean" in told[0]
    assert len([line for line in lines if not line.startswith("*")]) == len(shown)
