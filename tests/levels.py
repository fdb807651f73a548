"""The program's own levels, read once for all tests: there are hundreds, and reading them takes a second."""

import shutil
from pathlib import Path

from game.coach import in_ramp_order
from game.store.level_files import library
from game.store.places import data_folder

LIBRARY = library(data_folder("levels"))
RAMP = in_ramp_order(LIBRARY)


def some(folder: Path, *ids: str) -> Path:
    """A new folder with some of the program's own level files, for what does not need hundreds."""
    folder.mkdir()
    for level_id in ids:
        shutil.copy(data_folder("levels") / f"{level_id}.toml", folder)
    return folder
