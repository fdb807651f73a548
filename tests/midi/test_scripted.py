"""Stand-ins for an instrument."""

from hypothesis import given
from hypothesis import strategies as st

from game.clock import ManualClock
from game.midi.scripted import ScriptedPort, SilentPort
from game.music.note import Press
from game.run.ports import InputPort
from tests.midi.fakes import there

PRESSES = [Press(1.0, 60), Press(2.0, 62), Press(3.0, 64)]


@given(st.lists(st.floats(0.0, 1.5), max_size=20))
def test_every_touch_is_handed_over_once_in_order_and_not_before_its_time(steps_s: list[float]) -> None:
    clock = ManualClock()
    port: InputPort = ScriptedPort(clock, reversed(PRESSES))
    heard = []
    for step_s in steps_s:
        clock.advance(step_s)
        heard += port.touches()
        assert heard == [press for press in PRESSES if press.time_s <= clock.now_s()]


def test_what_is_played_while_unplugged_is_lost() -> None:
    clock = ManualClock(1.5)
    port = ScriptedPort(clock, PRESSES)
    port.unplug()
    assert not there(port)
    clock.advance(1.0)
    port.plug()
    clock.advance(1.0)
    assert there(port)
    assert port.touches() == [PRESSES[0], PRESSES[2]]


def test_silence_is_always_there() -> None:
    port: InputPort = SilentPort()
    assert there(port)
    assert port.touches() == []
