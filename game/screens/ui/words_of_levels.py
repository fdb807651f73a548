"""Text about a level: name, hand, tempo, length, and when it was last played."""

from game.music.bars import Bars
from game.music.level_entry import AnyLevel
from game.screens.ui.services import LevelCard
from game.words import HAND_NAMES, _, dotted, many, titled


def named(level: AnyLevel) -> str:
    """A level's title; for a part, followed by its bars."""
    return dotted((titled(level.title), bars_words(level.bars) if level.bars else ""))


def bars_words(bars: Bars) -> str:
    """Which bars they are."""
    if bars.first == bars.last:
        return _("bar {n}", n=bars.first)
    return _("bars {first}–{last}", first=bars.first, last=bars.last)


def about(level: AnyLevel, speed: float = 1.0) -> str:
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
    """When it was last played, or that it was not."""
    return _("new") if card.days_ago is None else ago(card.days_ago)


def ago(days: int) -> str:
    """How long ago a day is, to the day at first, then to the week and the month."""
    if days < 2:
        return _("yesterday") if days else _("today")
    if days < 14:
        return many("{n} day ago", "{n} days ago", days)
    if days < 60:
        return many("{n} week ago", "{n} weeks ago", days // 7)
    return many("{n} month ago", "{n} months ago", days // 30)
