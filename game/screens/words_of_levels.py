"""What a list says of a level: hand, tempo, length, and how it went last time."""

from game.music.level import Level
from game.screens.house import LevelCard
from game.words import HAND_NAMES, _, many


def about(level: Level, speed: float = 1.0) -> str:
    """Hand, tempo and length of a level in a line."""
    minutes = max(1, round(level.length_s(speed) / 60))
    hand = _(HAND_NAMES[level.hand.value])
    return " · ".join(
        (
            hand[:1].upper() + hand[1:],
            _("{bpm} bpm", bpm=round(level.tempo.bpm(0) * speed)),
            many("{n} min", "{n} min", minutes),
        )
    )


def last_time(card: LevelCard) -> str:
    """How the last run went, or that there was none."""
    last = card.last_hit_pct
    return _("new") if last is None else _("last time {pct} %", pct=round(last))
