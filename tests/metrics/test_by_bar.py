"""Bar by bar: every note that was due is counted once, in its bar."""

from hypothesis import given
from hypothesis import strategies as st

from game.judge.conditions import Conditions
from game.judge.recorded import judge_recording
from game.judge.windows import HitWindows
from game.metrics.by_bar import by_bar
from game.music.device import Device, DeviceKind
from game.music.note import Press
from game.music.recording import Ended, Recording
from game.music.timeline import Timeline
from tests.strategies import LAW, level_of

WALTZ = level_of(*((float(beat), 60, 0.5) for beat in range(1, 15)), metre=(3, 4))
CONDITIONS = Conditions(HitWindows(0.1, 0.2, 0.3))


@LAW
@given(st.sets(st.integers(1, 14)), st.floats(0, 20))
def test_each_bar_counts_what_was_due_in_it_and_what_was_played(played: set[int], reached_s: float) -> None:
    presses = tuple(Press(float(beat), 60) for beat in sorted(played) if beat <= reached_s)
    timeline, device = Timeline.identity(), Device(DeviceKind.SCRIPTED, "")
    recording = Recording(presses, timeline, device, Ended.STOPPED, reached_s)
    verdicts = judge_recording(WALTZ.notes_at(), recording, CONDITIONS)
    due = {one.note.index + 1 for one in verdicts.judgements}
    for bar, one in enumerate(by_bar(WALTZ, verdicts)):
        beats = set(range(3 * bar, 3 * bar + 3))
        assert one.notes == len(due & beats)
        assert one.hits == len(due & beats & {round(press.time_s) for press in presses})
        assert one.left == one.notes - one.hits
