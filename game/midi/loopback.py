"""Measures the timing of MIDI sent to a virtual port of our own."""

from collections.abc import Callable
from random import Random

from game.clock import Clock
from game.errors import UserError
from game.midi.driver import RtMidi
from game.midi.names import CLIENT
from game.midi.usb import UsbPort
from game.music.note import Touch

SENT = 200
LEAST_GAP_S, MOST_GAP_S = 0.004, 0.016
WAIT_S = 2.0


def lateness_s(driver: RtMidi, clock: Clock, rng: Random, count: int = SENT) -> list[float]:
    """Seconds from just before each of `count` notes is sent to its stamp, the way there included.

    Notes that do not come back are missing from the list. Raises `UserError` where the driver has no ports of
    its own to send through.
    """
    sender = driver.sender()
    try:
        port = UsbPort(driver, clock, _own_port(driver, clock))
        try:
            return _sent_and_heard(sender.send, port, clock, rng, count)
        finally:
            port.close()
    finally:
        sender.close()


def _own_port(driver: RtMidi, clock: Clock) -> str:
    """The name under which our own port is among the inputs; it may take a moment to come up."""
    until_s = clock.now_s() + WAIT_S
    while clock.now_s() < until_s:
        own = next((name for name in driver.names() if f"{CLIENT} loop" in name), None)
        if own is not None:
            return own
        clock.sleep(0.02)
    raise UserError("The virtual MIDI port did not appear, so timing cannot be measured.", failed=True)


def _sent_and_heard(
    send: Callable[..., None], port: UsbPort, clock: Clock, rng: Random, count: int
) -> list[float]:
    sent_s: list[float] = []
    touches: list[Touch] = []
    for index in range(count):
        clock.sleep(rng.uniform(LEAST_GAP_S, MOST_GAP_S))
        sent_s.append(clock.now_s())
        send(0x90, index % 128, 64)
        touches += port.touches()
    until_s = clock.now_s() + WAIT_S / 4
    while len(touches) < count and clock.now_s() < until_s:
        clock.sleep(0.01)
        touches += port.touches()
    return _paired(sent_s, touches)


def _paired(sent_s: list[float], touches: list[Touch]) -> list[float]:
    """Each touch beside the sending of its pitch; a note that was lost is passed over."""
    late_s, index = [], 0
    for touch in touches:
        while index < len(sent_s) and index % 128 != touch.pitch:
            index += 1
        if index < len(sent_s):
            late_s.append(touch.time_s - sent_s[index])
            index += 1
    return late_s
