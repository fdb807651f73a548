"""Which port a name means."""

import pytest

from game.errors import UserError
from game.midi.names import chosen, stable_name

THROUGH = "Midi Through:Midi Through Port-0 14:0"
ALESIS = "Q49:Q49 MIDI 1 20:0"
PADS = "LPD8:LPD8 MIDI 1 24:0"
NAMES = [THROUGH, ALESIS, PADS]


def test_the_kernels_numbers_are_no_part_of_a_name() -> None:
    assert stable_name("Q49:Q49 MIDI 1 20:0", "alsa") == stable_name("Q49:Q49 MIDI 1 128:15", "alsa")


def test_windows_position_is_no_part_of_a_name() -> None:
    assert stable_name("Keystation 49 0", "winmm") == stable_name("Keystation 49 3", "winmm")


@pytest.mark.parametrize("api", ["jack", "core"])
def test_elsewhere_a_number_belongs_to_the_name(api: str) -> None:
    assert stable_name("Keystation 49", api) == "Keystation 49"


def test_auto_is_the_first_instrument_and_not_the_kernels_own_port() -> None:
    assert chosen("auto", NAMES) == ALESIS


@pytest.mark.parametrize("names", [[], [THROUGH], [THROUGH, "Fingerfall:in 128:0"]])
def test_auto_without_an_instrument_says_what_to_do(names: list[str]) -> None:
    with pytest.raises(UserError, match="plug it in") as error:
        chosen("auto", names)
    assert error.value.failed


@pytest.mark.parametrize("wanted", [ALESIS, "Q49:Q49 MIDI 1", "Q49:Q49 MIDI 1 99:0", "q49", "MIDI 1 20"])
def test_a_name_fits_whole_without_numbers_or_in_part(wanted: str) -> None:
    assert chosen(wanted, NAMES) == ALESIS


def test_an_equal_name_wins_over_longer_ones() -> None:
    assert chosen("Port 1", ["Port 10", "Port 1"], "core") == "Port 1"


def test_a_beginning_wins_over_a_middle() -> None:
    assert chosen("pads", ["My pads", "Pads of mine"], "core") == "Pads of mine"


def test_a_name_that_fits_several_lists_them() -> None:
    with pytest.raises(UserError) as error:
        chosen("MIDI 1", NAMES)
    assert ALESIS in str(error.value)
    assert PADS in str(error.value)
    assert THROUGH not in str(error.value)


def test_two_equal_devices_are_told_apart_by_the_whole_name() -> None:
    twins = ["Q49:Q49 20:0", "Q49:Q49 24:0"]
    assert chosen(twins[1], twins) == twins[1]
    with pytest.raises(UserError, match="more of the name"):
        chosen("Q49:Q49", twins)


@pytest.mark.parametrize("wanted", ["piano", ""])
def test_an_unknown_name_lists_what_there_is(wanted: str) -> None:
    with pytest.raises(UserError) as error:
        chosen(wanted, NAMES)
    assert all(name in str(error.value) for name in NAMES)


def test_a_name_with_braces_is_said_as_it_is() -> None:
    with pytest.raises(UserError, match=r"\{x\}: "):
        chosen("{x}", NAMES)
