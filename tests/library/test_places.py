"""Where data is found: installed, in a checkout, and the player's own."""

from pathlib import Path

import pytest

from game.errors import UserError
from game.library.places import data_folder, user_folder


def test_data_inside_the_package_comes_before_data_beside_it(tmp_path: Path) -> None:
    beside, inside = tmp_path / "levels", tmp_path / "game" / "_data" / "levels"
    beside.mkdir()
    assert data_folder("levels", tmp_path / "game") == beside
    inside.mkdir(parents=True)
    assert data_folder("levels", tmp_path / "game") == inside


def test_data_that_is_nowhere_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(
        UserError, match="the sounds that belong to Fingerfall are not there; install"
    ) as caught:
        data_folder("sounds", tmp_path / "game")
    assert caught.value.failed


def test_the_players_folder_is_the_one_asked_for_then_the_environments_then_the_systems() -> None:
    environment = {"FINGERFALL_DATA": "/somewhere/else"}
    assert user_folder(Path("/mine"), environment) == Path("/mine")
    assert user_folder(None, environment) == Path("/somewhere/else")
    assert user_folder(None, {}).name == "fingerfall"
    assert user_folder(None, {"FINGERFALL_DATA": ""}) == user_folder(None, {})


def test_a_tilde_is_the_users_home() -> None:
    assert user_folder(None, {"FINGERFALL_DATA": "~/taps"}) == Path.home() / "taps"
