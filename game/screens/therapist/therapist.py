"""The therapist area, behind a PIN: levels, hand and difficulty for each person."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from game.screens.therapist.allowed import WantedScreen
from game.screens.therapist.limits import LimitsScreen
from game.screens.therapist.pin import PinScreen
from game.screens.ui.listing import ListScreen
from game.screens.ui.rows import Row, stepped
from game.screens.ui.screen import Screen
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.services import LevelCard, PinAnswer, Player, ProfileCard
from game.settings import Band, Plan
from game.words import HAND_NAMES, N_, _, many

HANDS = ("both", "right", "left")
BOUNCES_MS = (0, 30, 50, 80, 120, 160, 200, 250)
MINUTES = (0, 5, 10, 15, 20, 30, 45)
BAND_NAMES = {
    Band.SEVERE.value: N_("severe"),
    Band.MODERATE.value: N_("moderate"),
    Band.MILD.value: N_("slight"),
    Band.NEAR_HEALTHY.value: N_("hardly any"),
}


def door(stack: ScreenStack, *further: Callable[[ScreenStack], Screen]) -> None:
    """Ask for the PIN, or for a new one, and open the area; further: screens to open inside it."""

    def enter() -> None:
        stack.replace(PatientsScreen(stack))
        for screen in further:
            stack.push(screen(stack))

    def ask(known: bool) -> None:
        stack.push(_asking(stack, enter) if known else _setting(stack, enter))

    stack.when(stack.services.has_pin(), ask)


def _asking(stack: ScreenStack, enter: Callable[[], None]) -> PinScreen:
    screen = PinScreen(stack, _("Therapist's PIN"), "")

    def answered(answer: PinAnswer) -> None:
        if answer.right:
            enter()
        elif answer.wait_s > 0:
            minutes = max(1, round(answer.wait_s / 60))
            screen.start_again(many("Open again in {n} minute", "Open again in {n} minutes", minutes))
        else:
            screen.start_again(_("PIN not accepted. Please try again."))

    screen.entered = lambda pin: stack.when(stack.services.check_pin(pin), answered)
    return screen


def _setting(stack: ScreenStack, enter: Callable[[], None]) -> PinScreen:
    """The first PIN, entered twice."""
    screen = PinScreen(stack, _("Choose a PIN"), _("Six digits that the players do not know"))
    first: list[str] = []

    def entered(pin: str) -> None:
        if not first:
            first.append(pin)
            screen.start_again(_("Once more, to be sure"))
        elif first[0] == pin:
            stack.when(stack.services.set_pin(pin), lambda _done: enter())
        else:
            first.clear()
            screen.start_again(_("The two differ. Choose again."))

    screen.entered = entered
    return screen


class PatientsScreen(ListScreen):
    """Everyone who has a profile here."""

    def __init__(self, stack: ScreenStack) -> None:
        super().__init__(stack)
        self._cards: Sequence[ProfileCard] = ()
        stack.when(stack.services.profiles(), self._show)

    def title(self) -> str:
        return _("Whose plan?")

    def _show(self, cards: Sequence[ProfileCard]) -> None:
        self._cards = cards

    def rows(self) -> list[Row]:
        return [
            Row(
                _("Guest") if card.guest else card.name,
                many("played once", "played {n} times", card.runs) if card.runs else _("new here"),
                choose=lambda card=card: self._open(card),  # type: ignore[misc]
            )
            for card in self._cards
        ] + [
            Row(_("This station"), _("Calibration, and the instrument"), choose=self._station),
            Row(_("Learn the keyboard again"), _("Asks for the first key on the left"), choose=self._learn),
            Row(_("Change the PIN"), choose=lambda: self.stack.push(_setting(self.stack, self.stack.back))),
        ]

    def _station(self) -> None:
        self.stack.push(self.stack.routes.station())

    def _learn(self) -> None:
        self.stack.services.forget_lowest()
        self.stack.back_to_first()

    def _open(self, card: ProfileCard) -> None:
        self.stack.when(
            self.stack.services.choose(card), lambda p: self.stack.push(PlanScreen(self.stack, p))
        )


class PlanScreen(ListScreen):
    """One person's plan; every change is saved at once."""

    def __init__(self, stack: ScreenStack, player: Player) -> None:
        super().__init__(stack)
        self.player = player
        self._cards: Sequence[LevelCard] = ()
        self._open_count = 0
        stack.when(stack.services.all_levels(), self._show)

    def _show(self, cards: Sequence[LevelCard]) -> None:
        self._cards = cards
        self._count()

    def _count(self) -> None:
        """Recounted only when the plan changes, since there are many levels."""
        allows = self.player.plan.allows
        fits = (allows(c.level.id, c.difficulty, c.level.hand.value, c.demand) for c in self._cards)
        self._open_count = sum(fits)

    def subtitle(self) -> str:
        if self._cards and not self._open_count:
            return _("Nothing can be played with this plan: allow an exercise, or widen the difficulty")
        return many("{n} exercise can be played", "{n} exercises can be played", self._open_count)

    def title(self) -> str:
        name = _("Guest") if self.player.card.guest else self.player.card.name
        return _("Plan for {name}", name=name)

    def rows(self) -> list[Row]:
        plan, settings = self.player.plan, self.player.settings
        chosen = (
            many("{n} exercise", "{n} exercises", len(plan.levels)) if plan.levels else _("all exercises")
        )
        return [
            Row(_("Hand"), value=_(HAND_NAMES[plan.hand]), step=self._step_hand),
            Row(_("Difficulty from"), value=str(plan.difficulty_min), step=self._step_min),
            Row(_("Difficulty to"), value=str(plan.difficulty_max), step=self._step_max),
            Row(_("Exercises"), _("Which ones may be played"), value=chosen, choose=self._levels),
            Row(
                _("Limits"),
                _("The most an exercise may ask, one limit per dimension"),
                value=many("{n} limit", "{n} limits", len(plan.caps)) if plan.caps else _("none"),
                choose=self._limits,
            ),
            Row(_("Minutes a day"), value=str(plan.minutes_a_day or "–"), step=self._step_minutes),
            Row(
                _("Hand limitation"),
                _("Sets how early or late a press may be at first"),
                value=_(BAND_NAMES.get(settings.band, settings.band)),
                step=self._step_band,
            ),
            Row(
                _("Bounce filter"),
                _("Quick repeats of a key count once"),
                value=_("off") if not settings.bounce_ms else _("{ms} ms", ms=settings.bounce_ms),
                step=self._step_bounce,
            ),
            Row(_("Progress"), _("What this person played"), choose=self._history),
        ]

    def change(self, plan: Plan) -> None:
        """Show and save a changed plan."""
        self.player = self.stack.services.save_plan(self.player, plan)
        self._count()

    def _step_hand(self, by: int) -> None:
        self.change(replace(self.player.plan, hand=stepped(HANDS, self.player.plan.hand, by)))

    def _step_min(self, by: int) -> None:
        plan = self.player.plan
        least = stepped(range(1, plan.difficulty_max + 1), plan.difficulty_min, by)
        self.change(replace(plan, difficulty_min=least))

    def _step_max(self, by: int) -> None:
        plan = self.player.plan
        most = stepped(range(plan.difficulty_min, 11), plan.difficulty_max, by)
        self.change(replace(plan, difficulty_max=most))

    def _step_minutes(self, by: int) -> None:
        plan = self.player.plan
        self.change(replace(plan, minutes_a_day=stepped(MINUTES, plan.minutes_a_day, by)))

    def _step_band(self, by: int) -> None:
        settings = self.player.settings
        band = stepped(tuple(BAND_NAMES), settings.band, by)
        self.player = self.stack.services.save_settings(self.player, replace(settings, band=band))

    def _step_bounce(self, by: int) -> None:
        settings = self.player.settings
        bounce_ms = stepped(BOUNCES_MS, settings.bounce_ms, by)
        self.player = self.stack.services.save_settings(self.player, replace(settings, bounce_ms=bounce_ms))

    def _history(self) -> None:
        self.stack.push(self.stack.routes.history(self.player, figures=True))

    def _levels(self) -> None:
        self.stack.push(WantedScreen(self.stack, lambda: self.player.plan, self.change))

    def _limits(self) -> None:
        self.stack.push(LimitsScreen(self.stack, lambda: self.player.plan, self.change, self.subtitle))
