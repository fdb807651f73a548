"""Collects the faults of one file while it is read in a single pass, and says them all at its end."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn

from game.errors import UserError
from game.library.levels.faults import Fault, LevelFault, LevelFileError, place_of
from game.library.levels.lines import line_of, lines_of


class FaultCollector:
    """What is wrong in the file called `name`, each fault with its line. text: what stands in the file."""

    def __init__(self, name: str, text: str = "", *, json: bool = False) -> None:
        self.name, self.text, self.json = name, text, json
        self.found: list[LevelFault] = []

    def add(self, faults: Iterable[LevelFault]) -> None:
        """Take note of faults and go on."""
        self.found += faults

    def stop(self, what: str, line: int | None = None, *, failed: bool = False) -> NoReturn:
        """Nothing after this fault can be read: raise its LevelFileError."""
        raise LevelFileError(self.name, (Fault(self.name, line, "", what),), failed=failed)

    def raise_any(self) -> None:
        """Raise the LevelFileError of all that was found, in the order of lines, if anything was."""
        if not self.found:
            return
        lines = lines_of(self.text, json=self.json)
        faults = [Fault(self.name, line_of(lines, f.path), place_of(f.path), f.text) for f in self.found]
        raise LevelFileError(self.name, tuple(sorted(faults, key=lambda fault: fault.line or 0)))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Whatever goes wrong meanwhile is a fault of this file, so that it takes no other file along."""
        try:
            yield
        except UserError:
            raise
        except Exception as fault:
            kind = type(fault).__name__
            what = f"this cannot be read as a level ({kind}: {str(fault)[:80]}); write it anew, part by part"
            raise LevelFileError(self.name, (Fault(self.name, None, "", what),)) from fault
