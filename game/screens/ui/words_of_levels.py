"""What is said of a level: its name, hand, tempo, length, and how it went last time."""

from game.music.bars import Bars
from game.music.level import Level
from game.screens.ui.services import LevelCard
from game.words import HAND_NAMES, _, dotted, many, percent, titled


def named(level: Level) -> str:
    """A level's title; of a part with its bars behind it."""
    return dotted((titled(level.title), bars_words(level.bars) if level.bars else ""))


def bars_words(bars: Bars) -> str:
    """Which bars they are."""
    if bars.first == bars.last:
        return _("bar {n}", n=bars.first)
    return _("bars {first}–{last}", first=bars.first, last=bars.last)


def about(level: Level, speed: float = 1.0) -> str:
    """Hand, tempo and length of a level in a line."""
    minutes = max(1, round(level.length_s(speed) / 60))
    hand = _(HAND_NAMES[level.hand.value])
    return dotted(
        (
            hand[:1].upper() + hand[1:],
            _("{bpm} bpm", bpm=round(level.tempo.bpm(0) * speed)),
            many("{n} min", "{n} min", minutes),
        )
    )


def last_time(card: LevelCard) -> str:
    """How the last run went, or that there was none."""
    last = card.last_hit_pct
    return _("new") if last is None else _("last time {value}", value=percent(last))
