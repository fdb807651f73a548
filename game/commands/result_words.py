"""Output of a result: JSON, or a few plain lines and a table of its measures."""

from game.commands.context import Context, say, say_json
from game.judge.conditions import Conditions
from game.judge.verdicts import Keys, Shift
from game.metrics.inhibition import HeldBack
from game.metrics.summary import Summary, by_finger, summary
from game.report.conditions import rests_on_data, rests_on_lines
from game.report.journey import journey_lines
from game.report.record import Judged, Record
from game.screens.ui.words_of_levels import named
from game.words import FINGER_NAMES, HAND_NAMES, N_, _, listed, many

JUDGED_WORDS = {Judged.CLINICAL: N_("clinical record"), Judged.LIVE: N_("verdicts of the game")}
KEYS_WORDS = {
    Keys.WHITE: N_("white keys"),
    Keys.SEMITONES: N_("semitones"),
    Keys.ASKED: N_("asked keys"),
}


def show(
    context: Context, record: Record, explain: bool = False, conditions: Conditions | None = None
) -> None:
    """Print a result, as JSON or in words; explain: with a table of all measures.

    conditions: of a real run, to say what it rests on.
    """
    if context.as_json:
        from game.report.result import result_data

        rests_on = rests_on_data(conditions) if conditions else {}
        say_json({**result_data(record), **rests_on})
        return
    for line in result_lines(record):
        say(line)
    if conditions:
        for line in rests_on_lines(conditions):
            say(line)
    if explain:
        from game.report.measures import explained

        say("")
        for line in explained(record.measures.run):
            say(line)


def result_lines(record: Record) -> list[str]:
    """A result in a few plain lines."""
    level, verdicts = record.level, record.verdicts
    whole = summary(verdicts)
    shifted = [f"  {_shift_line(shift)}" for shift in verdicts.shifts]
    way = [f"  {line}" for line in journey_lines(level, verdicts)]
    fingers = [_finger_line(name, one) for name, one in by_finger(verdicts).items()]
    head = f"{named(level)} · {_(HAND_NAMES[level.hand.value])} · {_(JUDGED_WORDS[record.judged])}"
    back = record.held_back
    kept = [f"  {_held_words(back)}"] if back.of else []
    if not verdicts.presses:
        return [head, f"  {_counts(whole)}", f"  {_('Nothing was heard')}"]
    return [head, f"  {_counts(whole)}", *kept, f"  {_timing(whole)}", *shifted, *way, *fingers]


def _counts(whole: Summary) -> str:
    hits = many("{hits} of {n} note played", "{hits} of {n} notes played", whole.notes, hits=whole.hits)
    counts = listed(
        (
            many("{n} omission", "{n} omissions", whole.omissions),
            many("{n} wrong key", "{n} wrong keys", whole.wrong_keys),
            many("{n} extra press", "{n} extra presses", whole.extra_presses),
            many("{n} bounce", "{n} bounces", whole.bounces),
        )
    )
    return _("{hits}; {counts}", hits=hits, counts=counts)


def _shift_line(shift: Shift) -> str:
    side = N_("{n} {unit} to the right") if shift.keys > 0 else N_("{n} {unit} to the left")
    return _(
        "{begins:.1f}–{ends:.1f} s: hand position shifted by {side}, {notes} notes",
        begins=shift.begins_s,
        ends=shift.ends_s,
        side=_(side, n=abs(shift.keys), unit=_(KEYS_WORDS[shift.unit])),
        notes=shift.notes,
    )


def _held_words(back: HeldBack) -> str:
    return _("left out {n} of {all} notes that were not to be played", n=back.of - back.played, all=back.of)


def _timing(whole: Summary) -> str:
    if whole.asynchrony_mean_ms != whole.asynchrony_mean_ms:
        return _("timing: too few hits to say")
    return _(
        "asynchrony: mean {mean:+.0f} ms, SD {sd:.0f} ms (press − onset, early is negative)",
        mean=whole.asynchrony_mean_ms,
        sd=whole.asynchrony_sd_ms,
    )


def _finger_line(name: str, one: Summary) -> str:
    hand, finger = name.split("-")
    return f"  {_(HAND_NAMES[hand])}, {_(FINGER_NAMES[int(finger)])}: {one.hits}/{one.notes}"


def judged_by(live: bool) -> Judged:
    """Whose verdicts are asked for."""
    return Judged.LIVE if live else Judged.CLINICAL
