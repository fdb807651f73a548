"""Measures everything that is promised about time: `python -m tests.bench [--only GROUP] [--write FILE]`."""

import argparse
import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

from tests.bench.table import Row, as_markdown

GROUPS = ("stamps", "frames", "sound", "start", "work")


def rows_of(group: str) -> Iterator[Row]:
    """One group's measurements, as they are made."""
    rows: Callable[[], Iterator[Row]] = import_module(f"tests.bench.{group}").rows
    yield from rows()


def machine() -> str:
    """What it was measured on."""
    cpu = next((line.split(":")[1].strip() for line in _cpuinfo() if line.startswith("model name")), "")
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "?"
    import pygame

    return (
        f"{os.cpu_count()} × {cpu or platform.processor()}, {platform.platform()}, "
        f"Python {platform.python_version()}, pygame-ce {pygame.version.ver}; "
        f"load average when it ended {load}."
    )


def _cpuinfo() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []


PREFACE = """# Performance

Written by `make bench`; do not edit. Medians of variants that were measured in turn in one run, so that
ratios hold even where the machine's speed drifts. Tails on a machine that others use too contain their work.
CPU times are of this process alone. A tick is a promise that was kept in this run. Where the system allows
it, the bench runs before other work (nice -19). Promises about stamps are read from the rounds in which the
sending process was the least late, while the distributions above them hold every round.

Measured on: {machine}

"""


def main() -> None:
    """Measure, print, and write where that was asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=GROUPS, action="append")
    parser.add_argument("--write", type=Path, metavar="FILE")
    chosen = parser.parse_args()
    found: list[Row] = []
    begun_s = time.perf_counter()
    with suppress(OSError, AttributeError):
        os.nice(-19)  # in front of whoever else uses the machine, where that is allowed
    for group in chosen.only or GROUPS:
        for row in rows_of(group):
            found.append(row)
            mark = {None: " ", True: "+", False: "!"}[row.holds]
            print(f"{mark} {row.group:<8} {row.what:<48} {row.value}", flush=True)
    print(f"{time.perf_counter() - begun_s:.0f} s on {machine()}")
    if chosen.write:
        chosen.write.write_text(PREFACE.format(machine=machine()) + as_markdown(found), encoding="utf-8")


if __name__ == "__main__":
    main()
