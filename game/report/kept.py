"""The numbers of a run as they are kept beside it in the store, and read back: plain data for JSON.

What another version of the program, or another edition of the record, kept is not read: it is derived anew.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from math import nan
from typing import Any

from game import __version__
from game.metrics.kit.measure import Measure
from game.metrics.run_summary import RunNumbers
from game.metrics.summary import Summary, by_finger, summary
from game.music.bars import Bars
from game.music.recording import Recording
from game.report.measures import measures_data
from game.report.record import EDITION, Record
from game.report.result import bars_data, summary_data

Data = Mapping[str, Any]


def numbers_of(record: Record, recording: Recording) -> RunNumbers:
    """What a judged run comes to."""
    return RunNumbers(
        whole=summary(record.verdicts),
        by_finger=by_finger(record.verdicts),
        measures={measure.name: measure for measure in record.measures.run},
        played_s=recording.played_s,
        probe=record.level.probe,
        bars=record.level.bars,
    )


def kept_data(numbers: RunNumbers) -> dict[str, Any]:
    """As it is kept, with the version and the edition that it came from."""
    return {
        "version": __version__,
        "edition": EDITION,
        "metrics": metrics_data(numbers),
        "probe": numbers.probe,
        "bars": bars_data(numbers.bars),
        "played_s": round(numbers.played_s, 1),
    }


def metrics_data(numbers: RunNumbers) -> dict[str, Any]:
    """The metrics of a run in a history: those of its parts and blocks are derived when asked."""
    return {
        **summary_data(numbers.whole),
        "by_finger": {name: summary_data(one) for name, one in numbers.by_finger.items()},
        "measures": measures_data(numbers.measures.values()),
    }


def read_kept(data: Data | None) -> RunNumbers | None:
    """What `kept_data` wrote; None where nothing was kept, by another version, or what cannot be read."""
    if data is None or (data.get("version"), data.get("edition")) != (__version__, EDITION):
        return None
    try:
        metrics = data["metrics"]
        return RunNumbers(
            whole=_summary(metrics),
            by_finger={name: _summary(one) for name, one in metrics["by_finger"].items()},
            measures=KeptMeasures(metrics["measures"]),
            played_s=float(data["played_s"]),
            probe=bool(data["probe"]),
            bars=Bars(**data["bars"]) if data["bars"] else None,
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


class KeptMeasures(Mapping[str, Measure]):
    """Measures by name, each made from what is kept when it is asked for: most lists ask for none."""

    def __init__(self, data: Data) -> None:
        """ValueError where something in it is no measure."""
        if not all(one.keys() >= _PARTS for one in data.values()):
            raise ValueError("not measures")
        self._data = data

    def __getitem__(self, name: str) -> Measure:
        one = self._data[name]
        interval = tuple(one["interval"]) if one["interval"] else None
        return Measure(
            name, one["unit"], one["value"], one["n"], interval, one["reason"] or "", tuple(one["limits"])
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)


_PARTS = frozenset(("value", "unit", "n", "interval", "reason", "limits"))
_COUNTS = frozenset(field.name for field in fields(Summary) if field.type in (int, "int"))


def _summary(data: Data) -> Summary:
    """ValueError, KeyError or TypeError for what is none."""
    return Summary(**{field.name: _number(data[field.name], field.name) for field in fields(Summary)})


def _number(value: object, name: str) -> Any:
    if value is None and name not in _COUNTS:
        return nan
    if isinstance(value, bool) or not isinstance(value, int if name in _COUNTS else int | float):
        raise ValueError(f"`{name}` is not a number")
    return value
