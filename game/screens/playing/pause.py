"""What a pause says: why the run stands still, and what makes it go on."""

from collections.abc import Iterable

from game.music.device import Device
from game.music.recording import Mark
from game.run import NOBODY
from game.words import _, listed


def pause_words(mark: Mark | None, heard: Iterable[Device]) -> tuple[str, str]:
    """The title of a pause and the line under it. heard: the instruments that are listened to."""
    kind, name = (mark.kind, mark.text) if mark else ("pause", "")
    if kind == NOBODY:
        names = listed(_("letter keys") if one.kind == "computer" else one.name for one in heard)
        said = _("Press any key to start again. Listening to: {names}", names=names)
        return _("Are you there?"), said
    if kind == "unplugged":
        return _("Your keyboard is not there"), _("Plug {name} in again to continue.", name=name)
    title = _("Welcome back") if kind in ("suspended", "away") else _("A little rest")
    return title, _("Continue when you are ready.")
