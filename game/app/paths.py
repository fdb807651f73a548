"""Builds a player's path from the allowed levels and earlier runs: ladder, songs, recommendations."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from game.app.run_summaries import of_wholes
from game.coach.adaptation import mastered, went_well
from game.coach.ladder import kind, ladder
from game.coach.next_step import next_step, where_next
from game.coach.songs import by_song
from game.metrics.run_summary import RunSummary
from game.music.level import SONG, HandChoice, Instrument
from game.music.level_entry import AnyLevel
from game.screens.ui.services import LevelCard, Path, Recommendation, Rung, SongCard
from game.settings import Plan

HANDS = (HandChoice.RIGHT, HandChoice.LEFT, HandChoice.BOTH)


def allowed(plan: Plan, cards: Iterable[LevelCard]) -> list[LevelCard]:
    """The levels that may be played under a plan."""
    return [c for c in cards if plan.allows(c.level.id, c.difficulty, c.level.hand.value, c.demand)]


def path_of(
    cards: Sequence[LevelCard],
    past: Sequence[RunSummary],
    plan: Plan,
    wanted: str = "",
    *,
    pads: bool = False,
    today: str = "",
) -> Path:
    """The path of a player who may play `cards`, in ramp order.

    wanted: whose ladder; "" for the hand that played last. pads: whether the instrument has pads; without
    them, levels for pads are only for whom a therapist ticked them. today: ISO date, "" for the last played.
    """
    cards = [
        c for c in cards if pads or c.level.instrument is not Instrument.PADS or c.level.id in plan.levels
    ]
    past = of_wholes(past)
    levels = [c.level for c in cards]
    own = _as_they_went(cards, past, today or max((one.day for one in past), default=""))
    hands = [h for h in HANDS if any(one.hand is h and not one.probe for one in levels)]
    if not hands:
        return Path(checkups=tuple(c for c in own.values() if c.level.probe))
    hand = _hand(wanted, hands, past, own, plan)
    instrument = _instrument(levels, hand, pads)
    steps = where_next(past, levels, hand, instrument)
    following = tuple(Recommendation(own[s.level_id].level, s.speed, s.why) for s in steps)
    exercises = [own[one.id] for one in levels if one.hand is hand and one.family != SONG and not one.probe]
    climb = next((one.level for one in following if one.level.family != SONG), None)
    return Path(
        hand=hand.value,
        hands=tuple(h.value for h in hands),
        following=following,
        here=climb.step if climb else 0,
        rungs=_rungs(own, ladder(levels, hand, instrument)),
        families=_families(exercises),
        songs=_songs(own, levels, hand),
        checkups=_checkups(own.values(), hand),
    )


def _as_they_went(cards: Iterable[LevelCard], past: Sequence[RunSummary], today: str) -> dict[str, LevelCard]:
    """The cards by id, each as its last run left it."""
    known, last = mastered(past), {one.level_id: one for one in past}
    return {c.level.id: _as_it_went(c, last.get(c.level.id), known, today) for c in cards}


def _as_it_went(card: LevelCard, last: RunSummary | None, known: frozenset[str], today: str) -> LevelCard:
    """A card at the speed at which this player goes on with it: as written, once it went well."""
    level = card.level
    if last is None:
        return card
    well = went_well(last.speed, last.hits, last.notes)
    speed = 1.0 if well else next_step(level, last.speed, last.hits, last.notes, ()).speed
    days_ago = max(0, (date.fromisoformat(today) - date.fromisoformat(last.day)).days)
    return replace(card, days_ago=days_ago, speed=speed, mastered=level.id in known)


def _hand(
    wanted: str,
    hands: Sequence[HandChoice],
    past: Sequence[RunSummary],
    own: dict[str, LevelCard],
    plan: Plan,
) -> HandChoice:
    """The hand that was asked for, else the one that played last, else the plan's, else the first."""
    levels = [own[one.level_id].level for one in past if one.level_id in own]
    # A song for both hands does not change the hand, since it is the last of a song's levels.
    played = [o.hand.value for o in levels if o.family != SONG or o.hand is not HandChoice.BOTH]
    found = [h for name in (wanted, *played[-1:], plan.hand) for h in hands if h.value == name]
    if plan.hand == "both" and not wanted and not played:
        return hands[0]
    return found[0] if found else hands[0]


def _instrument(levels: Sequence[AnyLevel], hand: HandChoice, pads: bool) -> Instrument:
    """Pads if connected and there are levels for them, else keys; else whatever has levels."""
    order = (Instrument.PADS, Instrument.KEYBOARD) if pads else (Instrument.KEYBOARD, Instrument.PADS)
    return next((one for one in order if ladder(levels, hand, one)), order[0])


def _rungs(own: dict[str, LevelCard], steps: Sequence[AnyLevel]) -> tuple[Rung, ...]:
    rungs = []
    for step, levels in groupby(steps, key=lambda one: one.step):
        cards = tuple(own[one.id] for one in levels)
        kinds = {kind(c.level) for c in cards}
        done = {kind(c.level) for c in cards if c.mastered}
        rungs.append(Rung(step, cards, len(kinds), len(done)))
    return tuple(rungs)


def _families(cards: Sequence[LevelCard]) -> tuple[tuple[str, tuple[LevelCard, ...]], ...]:
    """Exercises by family, in the order in which the ramp first comes to each."""
    own: dict[str, list[LevelCard]] = {}
    for card in cards:
        own.setdefault(card.level.family, []).append(card)
    return tuple((family, tuple(of_it)) for family, of_it in own.items())


def _songs(own: dict[str, LevelCard], levels: Sequence[AnyLevel], hand: HandChoice) -> tuple[SongCard, ...]:
    """Every song with its levels for a hand and for both, the easiest song first."""
    fits = [one for one in levels if one.family == SONG and one.hand in (hand, HandChoice.BOTH)]
    songs = [
        SongCard(_song_title(of_it[0]), tuple(own[one.id] for one in of_it))
        for of_it in by_song(fits).values()
    ]
    return tuple(sorted(songs, key=lambda song: (song.cards[0].difficulty, song.title)))


def _song_title(level: AnyLevel) -> str:
    return level.song.title if level.song else level.title


def _checkups(cards: Iterable[LevelCard], hand: HandChoice) -> tuple[LevelCard, ...]:
    every = [c for c in cards if c.level.probe]
    return tuple(c for c in every if hand in (HandChoice.BOTH, c.level.hand))
