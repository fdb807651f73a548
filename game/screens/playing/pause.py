"""What a pause says: why the run stands still, and what makes it go on."""

from collections.abc import Iterable

from game.music.device import Device, DeviceKind
from game.music.recording import Mark, MarkKind
from game.words import _, listed


def pause_words(mark: Mark | None, heard: Iterable[Device]) -> tuple[str, str]:
    """The title of a pause and the line under it. heard: the instruments that are listened to."""
    kind, name = (mark.kind, mark.text) if mark else (MarkKind.PAUSE, "")
    if kind is MarkKind.NOBODY:
        names = listed(_("letter keys") if one.kind is DeviceKind.COMPUTER else one.name for one in heard)
        said = _("Press any key to start again. Listening to: {names}", names=names)
        return _("Are you there?"), said
    if kind is MarkKind.UNPLUGGED:
        return _("Your keyboard is not there"), _("Plug {name} in again to continue.", name=name)
    title = _("Welcome back") if kind in (MarkKind.SUSPENDED, MarkKind.AWAY) else _("A little rest")
    return title, _("Continue when you are ready.")
