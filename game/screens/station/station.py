"""Set-up of this station and the connected instrument."""

from game.music.keyboard import name
from game.screens.station.calibrate import CalibrateScreen
from game.screens.station.device_keys import KeysScreen, PadsScreen
from game.screens.station.device_tests import BounceScreen, ConnectionScreen, LoudnessScreen
from game.screens.ui.listing import ListScreen
from game.screens.ui.rows import Row
from game.screens.ui.screen import Screen
from game.screens.ui.services import StationCard
from game.words import _, many


class StationScreen(ListScreen):
    """The therapist's list of what can be set and tried here."""

    def title(self) -> str:
        return _("This station")

    def subtitle(self) -> str:
        card = self.stack.services.station()
        return _("With {name}", name=card.device.name)

    def rows(self) -> list[Row]:
        card = self.stack.services.station()
        return [
            Row(_("Calibrate"), _("How far sound and picture lag"), value=_day(card), choose=self._calibrate),
            Row(
                _("Keys of the instrument"),
                _("Which is the lowest, which the highest"),
                value=_keys(card),
                choose=self._keys,
            ),
            Row(_("Loudness"), _("Press keys and see how hard"), choose=self._loudness),
            Row(_("Bounces"), _("Does one press count twice?"), value=_bounce(card), choose=self._bounces),
            Row(
                _("Pads of the instrument"),
                _("Show them by pressing them"),
                value=_pads(card),
                choose=self._pads,
            ),
            Row(_("Connection"), _("How evenly presses arrive"), choose=self._connection),
        ]

    def _push(self, screen: Screen) -> None:
        self.stack.push(screen)

    def _calibrate(self) -> None:
        self._push(CalibrateScreen(self.stack))

    def _keys(self) -> None:
        self._push(KeysScreen(self.stack))

    def _loudness(self) -> None:
        self._push(LoudnessScreen(self.stack))

    def _bounces(self) -> None:
        self._push(BounceScreen(self.stack))

    def _pads(self) -> None:
        self._push(PadsScreen(self.stack))

    def _connection(self) -> None:
        self._push(ConnectionScreen(self.stack))


def _day(card: StationCard) -> str:
    return card.calibration.day if card.calibration else _("never")


def _keys(card: StationCard) -> str:
    setup = card.setup
    if setup.highest < 0:
        return _("not known")
    return many("{n} key from {lowest}", "{n} keys from {lowest}", setup.keys, lowest=name(setup.lowest))


def _bounce(card: StationCard) -> str:
    return _("{ms} ms", ms=card.setup.bounce_ms) if card.setup.bounce_ms else _("no filter")


def _pads(card: StationCard) -> str:
    pads = card.setup.pad_pitches
    return many("{n} pad", "{n} pads", len(pads)) if pads else _("none shown")
