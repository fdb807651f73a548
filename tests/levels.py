"""The program's own levels, read once for all tests: there are hundreds, and reading them takes a second."""

import shutil
from pathlib import Path

from game.coach.ladder import in_ramp_order
from game.library.files import library
from game.library.places import data_folder

FOLDER = data_folder("levels")
LIBRARY = library(FOLDER)
RAMP = in_ramp_order(LIBRARY)


def a_few(folder: Path, *ids: str) -> Path:
    """A folder with some of them, for whoever has to read them again."""
    folder.mkdir()
    for level_id in ids:
        shutil.copy(FOLDER / f"{level_id}.toml", folder)
    return folder
