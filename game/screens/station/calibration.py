"""What a calibration is called in words, and what of it is kept. Paints nothing."""

from game.metrics.station.calibrating import CueKind
from game.metrics.station.delay import Delay, DelayReason, Unknown
from game.settings import Calibration
from game.words import N_, _

WHY: dict[DelayReason, str] = {
    DelayReason.FEW: N_("There were few taps on the beat: tap once with every beat"),
    DelayReason.SPREAD: N_("The taps follow no beat: tap once with every beat"),
    DelayReason.TWO_GROUPS: N_("The taps lie in two places: tap once with every beat, with one finger"),
    DelayReason.ONE_RUN: N_("Runs are missing: two at each of two tempi are needed"),
    DelayReason.RUNS_DIFFER: N_("Two runs at {bpm} beats a minute do not agree"),
    DelayReason.TEMPI_DIFFER: N_("The two tempi do not agree on one delay"),
    DelayReason.UNSTEADY: N_("The taps spread widely: let somebody steadier tap"),
}

ANTICIPATION = N_(
    "People tap a little ahead of a beat, mostly by 10 to 50 ms, and each of us by our own amount. "
    "That is part of the sound value and of the picture value, since taps alone cannot tell it from a delay."
)
DIFFERENCE = N_(
    "The difference of the two, by which the picture is moved, is free of it "
    "as far as ear and eye share the same habit."
)
WHO = N_(
    "So let somebody steady calibrate, never the patient: what is taken off here is missing later in "
    "everybody's mean asynchrony. Steadiness (the SD) is not touched by any of this."
)
HOW = N_(
    "Turn the instrument’s own sound down while you calibrate, and tap with one finger as players press."
)


def why(unknown: Unknown) -> str:
    """Why a delay cannot be told, as a sentence."""
    return _(WHY[unknown.why], bpm=round(unknown.bpm))


def signed(delay: Delay) -> str:
    """A delay with its standard error."""
    return _("{delay:+.0f} ± {error:.1f} ms", delay=delay.delay_s * 1000 + 0.0, error=delay.error_s * 1000)


def agreement(delay: Delay) -> str:
    """How well its runs agree, tempi included, and how steady the taps were (SD)."""
    return _(
        "Runs agree within {apart:.0f} ms, SD of taps {sd:.0f} ms",
        apart=max(delay.apart_s, abs(delay.tempi_s)) * 1000,
        sd=delay.sd_s * 1000,
    )


def calibration_of(delays: dict[CueKind, Delay], day: str = "") -> Calibration:
    """What is kept of delays that are known. day: ISO date."""
    sound, picture = delays.get(CueKind.SOUND), delays[CueKind.PICTURE]
    both = [one for one in (sound, picture) if one]
    return Calibration(
        day=day,
        heard=sound is not None,
        sound_ms=_ms(sound.delay_s) if sound else 0.0,
        sound_error_ms=_ms(sound.error_s) if sound else 0.0,
        picture_ms=_ms(picture.delay_s),
        picture_error_ms=_ms(picture.error_s),
        sd_ms=_ms(max(one.sd_s for one in both)),
        taps=sum(one.taps for one in both),
    )


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1) + 0.0
