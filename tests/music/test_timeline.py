"""From the clock to song time: moving, standing still, wound back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.music.timeline import Anchor, Timeline
from tests.strategies import LAW

# Plays from song −4, pauses at song 6 for five seconds, goes on from song 2.
PAUSED = Timeline((Anchor(100.0, -4.0), Anchor(110.0, 6.0, 0.0), Anchor(115.0, 2.0)))

SECONDS = st.integers(-1_000_000, 1_000_000).map(lambda n: n / 1000)


@pytest.mark.parametrize(
    ("clock_s", "song_s", "playing"),
    [
        (99.0, -5.0, True),  # before the first anchor its rate holds backwards
        (100.0, -4.0, True),
        (104.5, 0.5, True),
        (110.0, 6.0, True),  # up to here it moved
        (110.1, 6.0, False),
        (114.9, 6.0, False),
        (115.1, 2.1, True),
        (200.0, 87.0, True),
    ],
)
def test_song_time_follows_the_anchor_under_way(clock_s: float, song_s: float, playing: bool) -> None:
    assert PAUSED.song_s(clock_s) == pytest.approx(song_s)
    assert PAUSED.playing(clock_s) == playing


def test_where_song_time_is_wound_back_the_clock_is_ahead_and_a_touch_is_still_before() -> None:
    assert PAUSED.song_s(115.0) == 2.0
    assert PAUSED.touch_s(115.0) == 6.0
    assert not PAUSED.playing(115.0)


def test_a_pause_of_no_length_leaves_a_touch_of_that_instant_where_it_was_played() -> None:
    timeline = Timeline((Anchor(0.0, 0.0), Anchor(5.0, 5.0, 0.0), Anchor(5.0, 1.0)))
    assert timeline.song_s(5.0) == 1.0
    assert timeline.touch_s(5.0) == 5.0
    assert timeline.playing(5.0)


@LAW
@given(SECONDS)
def test_away_from_the_seams_a_touch_has_the_song_time_of_the_clock(clock_s: float) -> None:
    if clock_s not in {a.clock_s for a in PAUSED.anchors}:
        assert PAUSED.touch_s(clock_s) == PAUSED.song_s(clock_s)


@LAW
@given(SECONDS)
def test_identity_leaves_time_as_it_is(clock_s: float) -> None:
    timeline = Timeline.identity()
    assert timeline.song_s(clock_s) == timeline.touch_s(clock_s) == timeline.clock_s(clock_s) == clock_s
    assert timeline.playing(clock_s)


@LAW
@given(SECONDS, SECONDS, st.floats(0.5, 2.0), st.integers(0, 10_000_000).map(lambda n: n / 1000))
def test_clock_to_song_to_clock_is_the_identity_on_the_last_stretch(
    start_s: float, song_s: float, rate: float, passed_s: float
) -> None:
    timeline = Timeline((Anchor(start_s, song_s, rate),))
    assert timeline.clock_s(timeline.song_s(start_s + passed_s)) == pytest.approx(start_s + passed_s)


def test_the_clock_of_a_song_time_is_that_of_the_last_time_it_plays() -> None:
    assert PAUSED.clock_s(4.0) == 117.0
    assert PAUSED.then(Anchor(116.0, 3.0, 0.0)).clock_s(2.5) == 115.5


def test_a_timeline_that_never_moves_has_no_clock_for_a_song_time() -> None:
    with pytest.raises(ValueError, match="never moves"):
        Timeline((Anchor(0.0, 0.0, 0.0),)).clock_s(1.0)


@pytest.mark.parametrize("anchors", [(), (Anchor(1.0, 0.0), Anchor(0.5, 0.0))])
def test_a_timeline_without_order_is_refused(anchors: tuple[Anchor, ...]) -> None:
    with pytest.raises(ValueError, match="clock order"):
        Timeline(anchors)


def test_one_anchor_more_leaves_the_past_as_it_was() -> None:
    longer = PAUSED.then(Anchor(120.0, 50.0, 0.5))
    assert longer.anchors[:-1] == PAUSED.anchors
    assert longer.song_s(119.0) == PAUSED.song_s(119.0)
    assert longer.song_s(122.0) == 51.0
    assert len(PAUSED.anchors) == 3
