"""Folders of levels, sounds and user data."""

import os
from collections.abc import Mapping
from pathlib import Path

from game.errors import UserError

GAME = Path(__file__).resolve().parents[1]


def data_folder(name: str, game: Path = GAME) -> Path:
    """The folder `levels` or `sounds`: inside the installed package, or beside it in a checkout.

    game: the folder of the package `game`. UserError where there is neither.
    """
    for folder in (game / "_data" / name, game.parent / name):
        if folder.is_dir():
            return folder
    template = "{folder}: the {name} that belong to Fingerfall are not there; install Fingerfall again"
    raise UserError(template, failed=True, folder=game / "_data" / name, name=name)


def user_folder(override: Path | None = None, environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of this user's profiles and runs; it may not exist yet.

    In order of preference: the given folder, FINGERFALL_DATA, the system's data folder.
    """
    chosen = override or environment.get("FINGERFALL_DATA")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("fingerfall", appauthor=False)
