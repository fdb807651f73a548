"""What a measurement came to, and all of them as a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from statistics import mean, median, stdev


@dataclass(frozen=True)
class Row:
    """One number, or a few beside each other. holds: whether a promise was kept, None where none was made."""

    group: str
    what: str
    value: str
    meaning: str = ""
    holds: bool | None = None


def promise(group: str, what: str, value: float, most: float, unit: str, meaning: str = "") -> Row:
    """A number that is to stay under a limit."""
    return Row(
        group, what, f"{value:.2f} {unit} (promised ≤ {most:g})".replace("  ", " "), meaning, value <= most
    )


def spread(values: Sequence[float], unit: str = "ms", scale: float = 1000.0) -> str:
    """Median, mean, SD, p99 and maximum."""
    if len(values) < 2:
        return "nothing came"
    numbers = (median(values), mean(values), stdev(values), p99(values), max(values))
    names = ("median", "mean", "SD", "p99", "max")
    return ", ".join(f"{n} {v * scale:.2f}" for n, v in zip(names, numbers, strict=True)) + f" {unit}"


def p99(values: Sequence[float]) -> float:
    """The value that one in a hundred passes."""
    return sorted(values)[ceil(0.99 * len(values)) - 1]


def as_markdown(rows: Iterable[Row]) -> str:
    """All rows, group by group."""
    lines: list[str] = []
    for group, some in groupby(rows, key=lambda row: row.group):
        lines += [f"## {group}", "", "| what | measured | what it means |", "|---|---|---|"]
        lines += [f"| {row.what} | {_marked(row)} | {row.meaning} |" for row in some]
        lines.append("")
    return "\n".join(lines)


def _marked(row: Row) -> str:
    return row.value if row.holds is None else f"{row.value} {'✓' if row.holds else '**missed**'}"
