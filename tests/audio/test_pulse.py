"""The real speaker over a real PulseAudio server, whose library crashes whoever asks it without a sink."""

import os
import subprocess
import sys

import pytest

from tests.bench.pulse import SINK, PulseServer, installed

pytestmark = [
    pytest.mark.skipif(not installed(), reason="PulseAudio is not installed (apt install pulseaudio)"),
    pytest.mark.xdist_group("pulse"),
]

LOST_AND_FOUND = """
import os, subprocess, sys, time
os.environ["SDL_VIDEODRIVER"] = "dummy"
import pygame
pygame.display.init()
from game.audio.live import LiveSpeaker

def pactl(*words):
    subprocess.run(["pactl", *words], check=True, stdout=subprocess.DEVNULL)

speaker = LiveSpeaker()
speaker.open(1024)
assert speaker.error is None, speaker.error
pactl("unload-module", "module-null-sink")
removed = pygame.event.Event(pygame.NOEVENT)
while removed.type != pygame.AUDIODEVICEREMOVED or removed.iscapture or removed.which < 2:
    removed = pygame.event.wait(30_000)
speaker.device_went()
speaker.press(60, 80)
assert speaker.error and speaker.buffer == 0
speaker.open()
assert speaker.error and speaker.buffer == 0
pactl("load-module", "module-null-sink", "sink_name=another")
speaker.open()
assert speaker.error is None, speaker.error
speaker.press(60, 80)
speaker.close()
print("survived", flush=True)
"""


def run(server: PulseServer, *command: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, **server.environment}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_a_sink_that_goes_and_comes_does_not_take_the_game_along() -> None:
    with PulseServer() as server:
        done = run(server, sys.executable, "-c", LOST_AND_FOUND)
    assert (done.returncode, done.stdout.split()[-1:]) == (0, ["survived"]), done.stderr


def test_the_doctor_survives_a_server_without_a_sink(tmp_path: object) -> None:
    with PulseServer() as server:
        assert run(server, "pactl", "unload-module", "module-null-sink").returncode == 0
        assert SINK not in run(server, "pactl", "list", "short", "sinks").stdout
        done = run(server, sys.executable, "-m", "game", "--data", str(tmp_path), "doctor")
    assert "The sound system of this computer crashed" in done.stdout, done.stderr
