"""Runs for tests: by hand, and any that can be (hypothesis)."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from game.judge.conditions import Conditions
from game.judge.windows import HitWindows
from game.music.device import Device, DeviceKind
from game.music.note import Press, Release, Touch
from game.music.recording import Ended, Mark, MarkKind, Recording
from game.music.timeline import Anchor, Timeline
from game.store.records.kept import GUEST_ID, NewRun, StoredRun
from game.store.store import Store

MORNING = datetime(2026, 3, 29, 9, 30, tzinfo=UTC)

times = st.floats(-1e6, 1e9, allow_nan=False)
sizes = st.floats(1e-4, 10)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
pitches = st.integers(0, 127)
moments = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
)
devices = st.builds(Device, texts, texts, texts)
made_on = (st.none() | st.integers(0, 15), st.none() | devices)
presses = st.builds(Press, times, pitches, st.integers(1, 127), st.none() | times, *made_on)
releases = st.builds(Release, times, pitches, st.none() | times, st.booleans(), *made_on)
conditions = st.builds(
    Conditions,
    st.tuples(sizes, sizes, sizes).map(lambda s: HitWindows(*sorted(s))),
    st.floats(0.25, 1.5),
    sizes,
    times,
    times,
    times,
    st.booleans(),
)
timelines = st.lists(st.builds(Anchor, times, times, st.floats(0, 2)), min_size=1, max_size=4).map(
    lambda anchors: Timeline(tuple(sorted(anchors, key=lambda a: a.clock_s)))
)
recordings = st.builds(
    Recording,
    st.lists(presses | releases, max_size=12).map(tuple),
    timelines,
    devices,
    st.sampled_from(Ended),
    st.none() | times,
    st.lists(st.builds(Mark, times, texts, texts), max_size=3).map(tuple),
)


@st.composite
def new_runs(draw: st.DrawFn, device: Device) -> NewRun:
    return NewRun(
        GUEST_ID, draw(texts), draw(texts), draw(texts), draw(conditions), device, draw(moments), draw(texts)
    )


def new_run(profile_id: str = GUEST_ID, minute: int = 0) -> NewRun:
    return NewRun(
        profile_id,
        "five-finger-01",
        "Five fingers",
        'title = "Five fingers"\n',
        Conditions(HitWindows(0.05, 0.1, 0.2), speed=0.75, input_offset_s=0.004),
        Device(DeviceKind.SCRIPTED, "a stand-in"),
        MORNING + timedelta(minutes=minute),
        "0.1.0",
        clock_s=12.5,
    )


def scale(count: int) -> tuple[Touch, ...]:
    """Presses and releases of a plain scale, ten a second."""
    played: list[Touch] = []
    for i in range(count):
        played += [Press(i * 0.1, 60 + i % 12, 64 + i % 30, 0.1), Release(i * 0.1 + 0.07, 60 + i % 12)]
    return tuple(played)


def recorded(count: int = 10) -> Recording:
    return Recording(
        scale(count),
        Timeline((Anchor(0.0, -2.0), Anchor(100.0, 98.0, 0.0))),
        Device(DeviceKind.SCRIPTED, "a stand-in"),
        Ended.FINISHED,
        None,
        (Mark(100.0, MarkKind.PAUSE, "the door bell"),),
    )


def play(store: Store, run: NewRun, recording: Recording) -> str:
    """Keep a recording as it would be played, to its end; says the run's id."""
    keeper = store.begin_run(run)
    for anchor in recording.timeline.anchors:
        keeper.anchor(anchor)
    for touch in recording.touches:
        keeper.touch(touch)
    for mark in recording.marks:
        keeper.mark(mark)
    keeper.end(recording.ended, recording.reached_s)
    keeper.saved.result(timeout=10)
    return keeper.run_id


def everything(store: Store, profile_id: str = GUEST_ID) -> list[StoredRun]:
    """All that is kept of somebody."""
    return [store.run(header.id).result() for header in store.runs(profile_id).result()]
