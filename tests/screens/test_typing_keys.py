"""The computer's keyboard as an instrument."""

import pygame

from game.music.note import Press, Release
from game.screens.playing.typing_keys import LOWEST_PITCH, PITCH_BY_SCANCODE, TypingPort
from game.screens.ui.verbs import BY_SCANCODE


def test_two_octaves_and_more_without_a_gap_and_without_a_verb() -> None:
    pitches = sorted(PITCH_BY_SCANCODE.values())
    assert pitches == list(range(LOWEST_PITCH, LOWEST_PITCH + len(pitches)))
    assert len(pitches) >= 25
    assert not set(PITCH_BY_SCANCODE) & set(BY_SCANCODE)


def test_the_five_fingers_of_each_hand_lie_on_neighbouring_letters() -> None:
    right = [PITCH_BY_SCANCODE[getattr(pygame, f"KSCAN_{k}")] for k in "QWERT"]
    left = [PITCH_BY_SCANCODE[getattr(pygame, f"KSCAN_{k}")] for k in "ZXCVB"]
    assert right == [60, 62, 64, 65, 67]
    assert left == [48, 50, 52, 53, 55]


def test_a_repeated_key_event_is_one_press() -> None:
    port = TypingPort()
    for at_s in (1.0, 1.1):
        port.key(pygame.KSCAN_Q, True, at_s)
    port.key(pygame.KSCAN_Q, False, 1.5)
    assert [type(t) for t in port.touches()] == [Press, Release]


def test_letting_go_releases_what_is_down_and_says_that_it_was_made() -> None:
    port = TypingPort()
    port.key(pygame.KSCAN_Q, True, 1.0)
    port.let_go(2.0)
    assert port.touches()[-1] == Release(2.0, 60, synthetic=True, device=port.device)
    port.let_go(3.0)
    assert port.touches() == []
