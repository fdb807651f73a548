"""All that the files of some folders hold, whichever of them cannot be read."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from game.errors import UserError
from game.library.levels.raw import SONGS, level_paths, same_id
from game.library.places import data_folder


class Listed(Protocol):
    """What is gathered."""

    @property
    def id(self) -> str: ...

    @property
    def step(self) -> int: ...


T = TypeVar("T", bound=Listed)
Read = Callable[[Path, bool], Iterable[T]]
"""What a file holds; the flag says whether to look as well whether a hand can play it."""

Tell = Callable[[UserError], object]


def gather(folders: Iterable[Path], read: Read[T], tell: Tell) -> tuple[T, ...]:
    """What is in the level and song files of some folders, by step, then id.

    Of two with the same id the one in the earlier folder counts. A folder that is not there is empty. Of a
    file, or a folder, that cannot be read `tell` is told, and the others are there all the same.
    """
    known: dict[str, T] = {}
    for folder in folders:
        here: dict[str, Path] = {}
        checks = folder != _own_folder()  # what comes with the program was looked at when it was made
        for path in (*_paths(folder, tell), *_paths(folder / SONGS, tell)):
            try:
                found = tuple(read(path, checks))
                twin = next((one for one in found if one.id in here), None)
                if twin is not None:
                    raise same_id(path, twin.id, here[twin.id])
            except UserError as error:
                tell(error)
                continue
            for one in found:
                here[one.id] = path
                known.setdefault(one.id, one)
    return tuple(sorted(known.values(), key=lambda one: (one.step, one.id)))


def _paths(folder: Path, tell: Tell) -> Sequence[Path]:
    try:
        return level_paths(folder)
    except UserError as error:
        tell(error)
        return ()


def _own_folder() -> Path | None:
    """Where the levels are that come with the program."""
    try:
        return data_folder("levels")
    except UserError:
        return None
