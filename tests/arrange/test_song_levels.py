"""Songs arranged: the tune stays the tune, and no reduction asks more of a hand than it may."""

from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.arrange.other_hand import in_position
from game.arrange.reduction.limits import LIMITS, Reduction
from game.arrange.songs.fingers import line_fingers, phrase_fingers
from game.arrange.songs.levels import PHRASES, song_levels
from game.arrange.songs.reduction import WIDEST, asked_of
from game.music.keyboard import is_black, white_index
from game.music.level import HandChoice, Level
from game.music.note import Hand
from game.music.song import AccompanimentStyle, KeySignature, Song
from game.music.tune import read_chords, read_tune
from game.words import SONG_LEVELS

LAW = settings(deadline=None, max_examples=30)


@st.composite
def songs(draw: st.DrawFn) -> Song:
    """A song by chance: any metre, key, tempo and figure."""
    metre = draw(st.sampled_from([(4, 4), (3, 4), (2, 4), (6, 8), (9, 8), (3, 8), (2, 2)]))
    key = KeySignature.named(draw(st.sampled_from(["C", "G", "F", "Am", "Dm", "D", "Bb", "Ddor"])))
    counts = metre[0]
    letters = st.lists(st.sampled_from("CDEFGABcdefgab"), min_size=counts, max_size=counts)
    rows = draw(st.lists(letters, min_size=2, max_size=8))
    bar = counts * 4.0 / metre[1]
    tune = read_tune(" | ".join(" ".join(row) for row in rows), key, 4.0 / metre[1], bar)
    chords, _ = read_chords(" | ".join(draw(st.sampled_from(["C", "G7 C", ". Am", "F"])) for _ in rows), bar)
    bpm, figure = draw(st.sampled_from([50, 72, 100, 140])), draw(st.sampled_from(AccompanimentStyle))
    return Song("a-song", "A song", "Nobody", key, metre, bpm, tune.notes, chords, (), figure)


@LAW
@given(songs(), st.sampled_from(list(LIMITS)))
def test_what_one_hand_is_asked_is_the_tune_s_and_within_its_limits(song: Song, reduction: Reduction) -> None:
    limits, asked = LIMITS[reduction], asked_of(song, reduction)
    assert asked
    assert {(n.beat, n.pitch) for n in asked} <= {(n.beat, n.pitch) for n in song.tune}
    assert len({n.pitch for n in asked}) <= limits.keys
    assert limits.finger is None or {n.finger for n in asked} == {limits.finger}
    assert max(n.pitch for n in asked) - min(n.pitch for n in asked) <= WIDEST
    for before, n in pairwise(asked):
        assert (n.beat - before.beat) * 60 / song.bpm >= limits.gap_s - 1e-6
        assert before.beat + before.length_beats <= n.beat + 1e-9
    assert reduction is Reduction.ONE_FINGER or in_position(asked, Hand.RIGHT)


@LAW
@given(songs(), st.sampled_from(list(LIMITS)))
def test_the_hand_ends_the_song_where_its_scale_has_the_last_note(song: Song, reduction: Reduction) -> None:
    last = song.tune[-1]
    asked = asked_of(song, reduction)
    assert asked[-1].beat == last.beat or last.pitch not in song.scale_pitches


@LAW
@given(songs())
def test_a_phrase_that_comes_again_has_the_same_fingers_unless_one_would_have_to_jump(song: Song) -> None:
    phrases = [song.tune[i : i + 4] for i in range(0, len(song.tune), 4)] * 2
    for hand in Hand:
        fingers = iter(phrase_fingers(phrases, hand))
        known: dict[tuple[int, ...], tuple[int, ...]] = {}
        last = None
        for phrase in phrases:
            own = tuple(islice(fingers, len(phrase)))
            first = known.setdefault(tuple(n.pitch for n in phrase), own)
            assert own == first or (last and last[0] != phrase[0].pitch and last[1] == first[0])
            last = phrase[-1].pitch, own[-1]
        assert next(fingers, None) is None


@LAW
@given(songs())
def test_the_whole_tune_is_heard_in_every_level(song: Song) -> None:
    """Asked or played, once each, and in the left hand's levels an octave lower."""
    for level in song_levels(song):
        shift = -12 if level.hand is HandChoice.LEFT else 0
        own = [
            n
            for n in (*level.notes, *level.accompaniment)
            if level.hand is not HandChoice.BOTH or n in level.notes
        ]
        tune = sorted((n.beat, n.pitch) for n in song.tune)
        heard = [(n.beat, n.pitch - shift) for n in own if n.hand and (shift or n.hand is Hand.RIGHT)]
        assert sorted(heard) == tune


@LAW
@given(songs())
def test_the_program_leaves_alone_the_keys_that_the_player_holds(song: Song) -> None:
    for level in song_levels(song):
        if level.hand is HandChoice.LEFT:
            continue
        for n in level.notes:
            for other in (a for a in level.accompaniment if a.pitch == n.pitch and a.hand is None):
                assert (
                    other.beat >= n.beat + n.length_beats - 1e-6
                    or other.beat + other.length_beats <= n.beat + 1e-6
                )


@LAW
@given(songs())
def test_every_note_asked_has_a_hand_and_a_finger(song: Song) -> None:
    for level in song_levels(song):
        assert all(n.hand and n.finger for n in level.notes)
        assert {n.hand for n in level.notes} <= set(Hand)
        assert level.hand is HandChoice.BOTH or {n.hand for n in level.notes} == {Hand(level.hand)}


@LAW
@given(songs())
def test_a_song_is_seven_levels_with_ids_of_their_own(song: Song) -> None:
    ids = [level.id for level in song_levels(song)]
    ends = ["1", "1-left", "3", "3-left", "5", "5-left", "both"]
    assert ids == [f"song-a-song-{end}" for end in ends]


@LAW
@given(songs())
def test_in_two_hands_the_left_stays_under_the_right_and_in_one_octave(song: Song) -> None:
    both: Level = song_levels(song)[-1]
    left = [n for n in both.notes if n.hand is Hand.LEFT]
    right = [n for n in both.notes if n.hand is Hand.RIGHT]
    assert [(n.beat, n.pitch) for n in right] == [(n.beat, n.pitch) for n in song.tune]
    assert all(48 <= n.pitch < 60 for n in left)
    assert all(a.beat + a.length_beats <= b.beat + 1e-9 for a, b in pairwise(left))


def test_what_a_level_of_a_song_is_called_can_be_translated() -> None:
    assert dict(PHRASES.values()) == SONG_LEVELS


@pytest.mark.parametrize(
    ("pitches", "hand", "fingers"),
    [
        ((60, 62, 64, 65, 67), Hand.RIGHT, (1, 2, 3, 4, 5)),
        ((67, 65, 64, 62, 60), Hand.RIGHT, (5, 4, 3, 2, 1)),
        ((48, 50, 52, 53, 55), Hand.LEFT, (5, 4, 3, 2, 1)),
        ((60, 64, 67, 64, 60), Hand.RIGHT, (1, 3, 5, 3, 1)),
    ],
)
def test_in_a_five_finger_place_each_key_has_its_own_finger(
    pitches: tuple[int, ...], hand: Hand, fingers: tuple[int, ...]
) -> None:
    assert line_fingers(pitches, [1.0] * len(pitches), hand) == fingers


@LAW
@given(st.lists(st.integers(48, 84), max_size=40), st.sampled_from(Hand))
def test_a_line_has_a_finger_for_each_note_and_no_finger_jumps_needlessly(row: list[int], hand: Hand) -> None:
    fingers = line_fingers(row, [1.0] * len(row), hand)
    assert len(fingers) == len(row)
    for (a, f), (b, g) in pairwise(zip(row, fingers, strict=True)):
        near = 0 < abs(white_index(a) - white_index(b)) <= 2 and not is_black(a) and not is_black(b)
        assert a != b or f == g or len(row) > 2
        assert not near or f != g
