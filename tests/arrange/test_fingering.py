"""Laws of fingering: what holds for any music and any hand."""

from dataclasses import replace
from itertools import pairwise, product
from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.arrange.fingering.costs import ALL_FINGERS, HandReach
from game.arrange.fingering.events import events
from game.arrange.fingering.fingering import fingered
from game.arrange.fingering.hand import Ergonomics
from game.arrange.fingering.positions import FingeringSearch
from game.arrange.fingering.tables import Tables
from game.music.keyboard import white_pitch
from game.music.note import Hand, Note
from tests.arrange.fingering_music import FIGURES, chord, line
from tests.strategies import LAW

hands = st.sampled_from(Hand)
some_fingers = st.frozensets(st.sampled_from(sorted(ALL_FINGERS)), min_size=1)


@st.composite
def music(draw: st.DrawFn) -> list[Note]:
    """Anything: single notes and chords, bound, held and short, with rests and leaps."""
    notes: list[Note] = []
    onset_s, middle = 0.0, draw(st.integers(40, 80))
    for _ in range(draw(st.integers(1, 14))):
        middle = min(100, max(24, middle + draw(st.integers(-9, 9))))
        steps = draw(st.lists(st.integers(-7, 7), min_size=1, max_size=6))
        length_s = draw(st.sampled_from([0.05, 0.2, 0.5, 1.5]))
        notes += [Note(len(notes), onset_s, length_s, middle + step) for step in steps]
        onset_s += draw(st.sampled_from([0.1, 0.25, 0.5, 2.0]))
    return notes


@LAW
@given(music(), hands, some_fingers)
def test_only_allowed_fingers_are_used_and_a_note_has_none_only_where_keys_outnumber_fingers(
    notes: list[Note], hand: Hand, allowed: frozenset[int]
) -> None:
    fingers = fingered(notes, hand, allowed=allowed)
    assert len(fingers) == len(notes)
    assert set(fingers) - {None} <= allowed
    for note, finger in zip(notes, fingers, strict=True):
        together = {n.pitch for n in notes if abs(n.onset_s - note.onset_s) < 0.07}
        assert finger is not None or len(together) > len(allowed)


@st.composite
def lines(draw: st.DrawFn) -> list[Note]:
    """Single notes, bound and short, with repeated keys, leaps and rests."""
    notes: list[Note] = []
    onset_s, pitch = 0.0, draw(st.integers(40, 80))
    for _ in range(draw(st.integers(2, 30))):
        pitch = min(100, max(24, pitch + draw(st.integers(-12, 12))))
        every_s = draw(st.sampled_from([0.1, 0.25, 0.5, 2.0]))
        notes.append(Note(len(notes), onset_s, every_s * draw(st.sampled_from([0.3, 0.95])), pitch))
        onset_s += every_s
    return notes


@LAW
@given(lines(), hands, some_fingers)
def test_no_finger_plays_two_keys_in_a_row_where_there_is_another(
    notes: list[Note], hand: Hand, allowed: frozenset[int]
) -> None:
    fingers = fingered(notes, hand, allowed=allowed)
    for (a, f), (b, g) in pairwise(zip(notes, fingers, strict=True)):
        assert f != g or a.pitch == b.pitch or len(allowed) == 1


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("hand", Hand)
def test_of_a_thousand_bound_notes_no_two_fingers_cross_without_the_thumb(seed: int, hand: Hand) -> None:
    """Over a fourth or less; beyond that the hand leaps."""
    rng, pitches = Random(seed), [60]
    for _ in range(999):
        pitches.append(min(84, max(40, pitches[-1] + rng.randint(-9, 9))))
    fingers = fingered(line(pitches), hand)
    for (a, f), (b, g) in pairwise(zip(pitches, fingers, strict=True)):
        assert f is not None
        assert g is not None
        crossed = (b > a) is (g < f) if hand is Hand.RIGHT else (b > a) is (g > f)
        assert a == b or not crossed or 1 in (f, g) or abs(a - b) > 5


@LAW
@given(music(), hands)
def test_in_a_chord_the_fingers_lie_in_the_order_of_the_keys(notes: list[Note], hand: Hand) -> None:
    fingers = fingered(notes, hand)
    outwards = 1 if hand is Hand.RIGHT else -1
    for onset_s in {n.onset_s for n in notes}:
        held = sorted(
            {(n.pitch, f) for n, f in zip(notes, fingers, strict=True) if f and n.onset_s == onset_s}
        )
        assert all((g - f) * outwards > 0 for (_, f), (_, g) in pairwise(held))


@LAW
@given(music(), hands)
def test_the_left_hand_on_mirrored_keys_plays_as_the_right_hand(notes: list[Note], hand: Hand) -> None:
    mirrored = [replace(n, pitch=2 * 62 - n.pitch) for n in notes]
    assert fingered(mirrored, hand.other) == fingered(notes, hand)


@LAW
@given(music(), hands, st.sampled_from([-24, -12, 12]))
def test_an_octave_higher_or_lower_the_fingers_are_the_same(notes: list[Note], hand: Hand, by: int) -> None:
    moved = [replace(n, pitch=n.pitch + by) for n in notes]
    assert fingered(moved, hand) == fingered(notes, hand)


@LAW
@given(music(), hands, st.floats(0, 100))
def test_when_the_music_begins_does_not_matter(notes: list[Note], hand: Hand, by_s: float) -> None:
    later = [replace(n, onset_s=n.onset_s + round(by_s)) for n in notes]
    assert fingered(later, hand) == fingered(notes, hand)


@LAW
@given(music(), hands)
def test_the_same_music_always_gets_the_same_fingers_whoever_it_names(notes: list[Note], hand: Hand) -> None:
    named = [replace(n, hand=hand.other, finger=3, velocity=1) for n in notes]
    assert fingered(named, hand) == fingered(notes, hand)


@pytest.mark.parametrize("hand", Hand)
@pytest.mark.parametrize(("fingers", "figure"), FIGURES.items())
def test_a_figure_of_five_keys_has_a_finger_to_each_and_keeps_them_as_it_climbs(
    fingers: str, figure: tuple[int, ...], hand: Hand
) -> None:
    rounds = 14
    notes = line([white_pitch(35 + step + key) for step in range(rounds) for key in figure], 0.14)
    own = [int(f) if hand is Hand.RIGHT else 6 - int(f) for f in fingers] * rounds
    right = sum(a == b for a, b in zip(fingered(notes, hand), own, strict=True))
    assert right >= 0.95 * len(own)


@LAW
@given(st.lists(st.sampled_from([60, 62, 64, 65, 67]), min_size=5, max_size=60), hands)
def test_music_on_five_neighbouring_keys_lies_under_the_hand_finger_by_finger(
    row: list[int], hand: Hand
) -> None:
    pitches = [60, 62, 64, 65, 67, *row]
    ranks = {p: i + 1 if hand is Hand.RIGHT else 5 - i for i, p in enumerate(pitches[:5])}
    assert fingered(line(pitches), hand) == tuple(ranks[p] for p in pitches)


@pytest.mark.parametrize("keys", [(60, 64, 67), (60, 62, 64, 67), (62, 66, 67, 69), (61, 64, 66, 68)])
@pytest.mark.parametrize("hand", Hand)
def test_a_tune_within_a_fifth_lies_in_the_five_finger_position_of_its_key(
    keys: tuple[int, ...], hand: Hand
) -> None:
    """Each finger stands on its degree of the scale, so keys that are not played leave fingers out."""
    degrees = {0: 1, 2: 2, 3: 3, 4: 3, 5: 4, 7: 5}
    tune = [*keys, *keys[::-1], keys[1], keys[0]]
    own = [degrees[p - keys[0]] for p in tune]
    wanted = own if hand is Hand.RIGHT else [6 - f for f in own]
    assert list(fingered(line(tune), hand)) == wanted


def test_a_small_hand_stretches_less() -> None:
    """What a large hand may take with any two fingers, a small one takes with the outermost."""
    octave = chord([60, 72])
    assert fingered(octave, Hand.RIGHT) == (1, 5)
    wide = line([60, 67, 60, 67, 60, 67, 60, 67])
    small = fingered(wide, Hand.RIGHT, HandReach(spans=0.6))
    assert set(small) <= {1, 5}


def test_a_held_key_keeps_its_finger_out_of_the_others_way() -> None:
    held = Note(0, 0.0, 3.0, 60)
    moving = [Note(i + 1, 0.5 + 0.4 * i, 0.38, p) for i, p in enumerate((64, 65, 67, 65, 64))]
    first, *others = fingered([held, *moving], Hand.RIGHT)
    assert first is not None
    assert all(f is not None and f > first for f in others)


def test_with_two_fingers_the_outer_keys_of_a_chord_are_played() -> None:
    triad = chord([60, 64, 67])
    two = frozenset({2, 3})
    assert fingered(triad, Hand.RIGHT, allowed=two) == (2, None, 3)
    assert fingered(triad, Hand.LEFT, allowed=two) == (3, None, 2)
    assert fingered(triad, Hand.RIGHT, allowed=frozenset({4})) == (None, None, 4)


def test_a_key_that_two_voices_share_has_one_finger() -> None:
    fingers = fingered([*chord([60, 64]), Note(2, 0.0, 1.0, 64)], Hand.RIGHT)
    assert fingers[1] == fingers[2]
    assert fingers[1] is not None


def test_a_thousand_notes_take_seconds_at_most() -> None:
    rng = Random(1)
    notes = line([rng.randrange(48, 84) for _ in range(1000)])
    start_s = process_time()
    fingered(notes, Hand.RIGHT)
    assert process_time() - start_s < 5  # about 0.2 are needed


def test_what_was_played_before_changes_no_finger() -> None:
    """Costs are kept from one piece to the next."""
    rng = Random(5)
    pieces = [line([rng.randrange(40, 90) for _ in range(60)]) for _ in range(6)]
    once = [fingered(piece, Hand.RIGHT) for piece in pieces]
    assert [fingered(piece, Hand.RIGHT) for piece in reversed(pieces)] == once[::-1]


def test_no_music_has_no_fingers() -> None:
    assert fingered([], Hand.LEFT) == ()


@pytest.mark.parametrize("allowed", [frozenset(), frozenset({0, 1}), frozenset({6})])
def test_fingers_that_no_hand_has_are_refused(allowed: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="fingers 1 to 5"):
        fingered([], Hand.LEFT, allowed=allowed)


@pytest.mark.parametrize("spans", [0.0, -1.0])
def test_a_hand_without_spans_is_refused(spans: float) -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        HandReach(spans=spans)


@LAW
@given(music(), hands, some_fingers)
def test_the_fingers_that_are_found_cost_what_the_search_says(
    notes: list[Note], hand: Hand, allowed: frozenset[int]
) -> None:
    own = events(notes, hand, len(allowed))
    tables = Tables(Ergonomics(HandReach(), allowed))
    free = FingeringSearch(own, tables)
    found = {
        at: f
        for event, down in zip(own, free.fingers(), strict=True)
        for at, f in zip(event.places, down, strict=True)
    }
    forced = FingeringSearch(own, tables, found)
    assert forced.fingers() == free.fingers()
    assert forced.cost() == pytest.approx(free.cost(), abs=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_no_other_fingers_of_a_line_are_cheaper(seed: int) -> None:
    rng = Random(seed)
    own = events(line([rng.randint(55, 75) for _ in range(4)], 0.2), Hand.RIGHT)
    tables = Tables(Ergonomics(HandReach(), ALL_FINGERS))
    every = (
        FingeringSearch(own, tables, dict(enumerate(way))).cost() for way in product(ALL_FINGERS, repeat=4)
    )
    assert FingeringSearch(own, tables).cost() == pytest.approx(min(every), abs=1e-6)
