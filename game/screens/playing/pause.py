"""What a pause is called, by what made it."""

from game.music.recording import Mark, MarkKind
from game.words import _


def pause_words(paused: Mark | None) -> tuple[str, str]:
    """The head of the screen and the line under it, in the reader's language."""
    kind = paused.kind if paused else MarkKind.PAUSE
    if paused and kind is MarkKind.UNPLUGGED:
        return _("Your keyboard is not there"), _("Plug {name} in again to continue.", name=paused.text)
    head = _("Welcome back") if kind in (MarkKind.SUSPENDED, MarkKind.AWAY) else _("A little rest")
    return head, _("Continue when you are ready.")
