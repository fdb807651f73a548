"""A sound device that goes or comes while somebody plays is said, marked, and changes nothing else."""

import pygame
import pytest

from game.screens.playing.play import PlayScreen
from game.screens.ui.loop import Loop
from tests.scenes import new_stack, playing


def test_the_loss_is_said_at_once_for_a_while_and_marked_in_the_run() -> None:
    stack, services, clock = new_stack()
    screen = playing(stack, services, clock, "five-steps-right", 2.0)
    run = screen.run
    assert isinstance(screen, PlayScreen)
    assert run
    services.sound_device_went()
    screen.update(clock.now_s())
    assert "sound is gone" in screen.sound.words(clock.now_s())
    assert screen.sound.words(clock.now_s() + 10.0) == ""
    assert [mark.kind for mark in run.recording().marks] == ["sound gone"]
    assert run.paused is None
    assert run.ended is None


@pytest.mark.parametrize(("which", "iscapture", "heard"), [(2, 0, False), (0, 0, True), (2, 1, True)])
def test_only_the_device_that_is_open_is_missed(which: int, iscapture: int, heard: bool) -> None:
    stack, services, clock = new_stack()
    playing(stack, services, clock, "five-steps-right", 2.0)
    gone = pygame.event.Event(pygame.AUDIODEVICEREMOVED, which=which, iscapture=iscapture)
    Loop(stack, clock).frame([gone])
    assert services.heard() == heard
