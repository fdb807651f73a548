"""What each measure truly is: of one performance, and of the player whom the performance is a sample of.

Of one performance it is what somebody would compute who knows what every press was meant for. Of a player it
follows from the player's figures; None where it does not, as for a hit rate when a place is lost once a run.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import erf, exp, inf, pi, sqrt
from statistics import fmean, median, stdev

from game.judge.verdicts import Verdicts
from game.metrics.catalogue import measures
from game.metrics.kit.measure import Interval
from game.metrics.kit.table import RunContext, RunTable
from game.music.note import Press
from tests.players import Kind, Played, Player

P90 = 1.2815515655446
"""The 90 % point of the normal distribution."""

OfRun = Callable[[Kind, Played], float | None]
OfRunValues = Callable[[Kind, Played], list[float]]
OfPlayer = Callable[[Kind], float | None]


def unknown(_: Kind) -> float | None:
    """No truth of a player."""
    return None


@dataclass(frozen=True)
class Truth:
    """The truth about one measure, in its own unit."""

    name: str
    of_run: OfRun
    of_player: OfPlayer = unknown


def measured(kind: Kind, verdicts: Verdicts) -> dict[str, tuple[float | None, Interval | None]]:
    """Every measure of a run by its name, with its interval."""
    table = RunTable.of(verdicts, RunContext(cue_until_s=kind.cue_until_s, calibrated=True))
    return {measure.name: (measure.value, measure.interval) for measure in measures(table)}


def late_ms(kind: Kind, played: Played) -> list[float]:
    """True asynchronies of the cued notes that were played on their own keys."""
    return [1000 * s for i, s in played.late_s.items() if kind.notes[i].onset_s < kind.cue_until_s]


def cued(kind: Kind) -> int:
    return sum(n.onset_s < kind.cue_until_s for n in kind.notes)


def spread_variance(kind: Kind) -> float:
    """Variance that the spread of chords adds (s²), over the notes of a run."""
    sizes: dict[float, int] = defaultdict(int)
    for note in kind.notes:
        sizes[note.onset_s] += 1
    around = [_uniform_variance(sizes[n.onset_s]) for n in kind.notes]
    return kind.player.chord_spread_s**2 * fmean(around)


def _uniform_variance(count: int) -> float:
    """Of `count` places evenly from −½ to ½."""
    return 0.0 if count == 1 else fmean([(i / (count - 1) - 0.5) ** 2 for i in range(count)])


def progress(kind: Kind) -> list[tuple[float, float]]:
    """How far each note lies into the run, and how often it is played."""
    player, last = kind.player, len(kind.notes) - 1
    share = [i / last for i in range(last + 1)]
    return [(p, 1 - player.wrong - player.omit - player.fatigue.omit * p) for p in share]


def expected(values: Iterable[tuple[float, float]]) -> float:
    """A mean of values with weights."""
    pairs = list(values)
    return sum(v * w for v, w in pairs) / sum(w for _, w in pairs)


def sd_ms(kind: Kind) -> float:
    player = kind.player
    own = expected(((player.sd_s * (1 + player.fatigue.sd * p)) ** 2, w) for p, w in progress(kind))
    return 1000 * sqrt(own + spread_variance(kind))


def is_normal(kind: Kind) -> bool:
    """Whether asynchronies are normally distributed, all with one SD."""
    return spread_variance(kind) == 0 and kind.player.fatigue.sd == 0


def normal_sd_ms(kind: Kind) -> float | None:
    return sd_ms(kind) if is_normal(kind) else None


def mean_absolute_ms(kind: Kind) -> float | None:
    """Mean of a folded normal distribution."""
    m, s = 1000 * kind.player.mean_s, sd_ms(kind)
    folded = s * sqrt(2 / pi) * exp(-(m * m) / (2 * s * s)) + m * erf(m / (s * sqrt(2)))
    return folded if is_normal(kind) else None


def is_regular(player: Player) -> bool:
    """Whether each note has the same fate throughout, so that counts are binomial."""
    return not player.lost and not player.shift and player.fatigue.omit == 0


def share_of(count: Callable[[Kind, Played], float]) -> OfRun:
    """A count as a share of the cued notes, in percent."""
    return lambda kind, played: 100 * count(kind, played) / cued(kind) if kind.barred else None


def mean_of(values: OfRunValues) -> OfRun:
    return lambda kind, played: _of(fmean, values(kind, played), 3)


def median_of(values: OfRunValues) -> OfRun:
    return lambda kind, played: _of(median, values(kind, played), 3)


def sd_of(values: OfRunValues) -> OfRun:
    return lambda kind, played: _of(stdev, values(kind, played), 3)


def _of(statistic: Callable[[list[float]], float], values: list[float], least: int) -> float | None:
    return statistic(values) if len(values) >= least else None


def velocities(_: Kind, played: Played) -> list[float]:
    return [float(v) for v in played.velocities.values()]


def dwell_ms(_: Kind, played: Played) -> list[float]:
    return [1000 * s for s in played.dwell_s.values()]


def release_ms(kind: Kind, played: Played) -> list[float]:
    """Of cued notes; of those made alone no end is asked."""
    return [1000 * s for i, s in played.release_s.items() if kind.notes[i].onset_s < kind.cue_until_s]


def chord_spans_ms(kind: Kind, played: Played) -> list[float]:
    """First to last key of each chord of which all was played on its own keys."""
    chords: dict[float, list[int]] = defaultdict(list)
    for note in kind.notes:
        chords[note.onset_s].append(note.index)
    times = [[played.late_s[i] for i in c if i in played.late_s] for c in chords.values() if len(c) > 1]
    whole = [len(c) for c in chords.values() if len(c) > 1]
    return [
        1000 * (max(late) - min(late)) for late, size in zip(times, whole, strict=True) if len(late) == size
    ]


def mean_velocity(kind: Kind) -> float | None:
    player = kind.player
    return expected((player.velocity + player.fatigue.velocity * p, w) for p, w in progress(kind))


def presses(played: Played) -> list[tuple[Press, int | None]]:
    """Every press with the note it was meant for."""
    return list(zip((t for t in played.touches if isinstance(t, Press)), played.meant, strict=True))


def aside(kind: Kind) -> range:
    """The notes during which the hand lies to the side, which are a slip of the hand and no finger's."""
    shift = kind.player.shift
    first = int(shift.begins * len(kind.notes)) if shift else 0
    return range(first, first + shift.notes) if shift else range(0)


def wrong(kind: Kind, played: Played) -> float:
    """Notes played on a wrong key while the hand lay where it should."""
    return float(len(played.wrong - set(aside(kind))))


def wrong_finger(kind: Kind, played: Played) -> float:
    """Those on a key that the run asks for elsewhere."""
    asked, mine = {n.pitch for n in kind.notes}, played.wrong - set(aside(kind))
    return float(sum(meant in mine and press.pitch in asked for press, meant in presses(played)))


def extra_per_min(_: Kind, played: Played) -> float | None:
    """Presses meant for no note, for each minute without silences of over 5 s."""
    times = [press.time_s for press, _ in presses(played)]
    active_s = sum(b - a for a, b in pairwise(times) if b - a <= 5)
    return 60 * played.meant.count(None) / active_s if active_s else None


def extras_of(kind: Kind) -> float | None:
    """Stray presses come at the player's rate where nothing else is unasked."""
    player = kind.player
    plain = not player.tremor and not player.overflow and not player.lost and is_regular(player)
    return player.stray if plain and kind.barred else None


def gap_s(kind: Kind) -> float | None:
    """The interval asked, where it is one and no chord is in it."""
    gaps = [b.onset_s - a.onset_s for a, b in pairwise(kind.notes)]
    return min(gaps) if min(gaps) > 0 else None


def iti_share(kind: Kind) -> float | None:
    """SD of the cued intervals, as a share of the one asked."""
    ioi_s, player = gap_s(kind), kind.player
    if ioi_s is None or not is_normal(kind) or kind.cue_until_s == 0:
        return None
    return player.sd_s * sqrt(2 * (1 - player.lag1)) / ioi_s


def iti_cv_pct(kind: Kind) -> float | None:
    share = iti_share(kind)
    return None if share is None else 100 * share


def hastening_pct(kind: Kind) -> float | None:
    share = iti_share(kind)
    return None if share is None else 50 * (1 + erf(-0.15 / share / sqrt(2)))


def lets_go_freely(kind: Kind) -> bool:
    """Whether keys come up when the player wants, all asked equally long, and none is struck again before."""
    gap, lengths = gap_s(kind), {round(n.duration_s, 6) for n in kind.notes}
    return kind.barred and gap is not None and gap >= 0.3 and len(lengths) == 1


def dwells_freely(kind: Kind) -> bool:
    """The same, and no trembling finger lets go too early."""
    return lets_go_freely(kind) and kind.player.tremor == 0 and is_normal(kind)


def dwell_mean_ms(kind: Kind) -> float:
    return 1000 * (kind.notes[0].duration_s + kind.player.release_s - kind.player.mean_s)


def dwell_cv_pct(kind: Kind) -> float:
    player = kind.player
    return 100_000 * sqrt(player.sd_s**2 + player.release_sd_s**2) / dwell_mean_ms(kind)


def is_even(kind: Kind) -> bool:
    """Whether one interval is asked throughout."""
    return gap_s(kind) is not None


def is_unchanging(kind: Kind) -> bool:
    """Whether the strength stays as it is."""
    return kind.player.fatigue.velocity == 0


def complete_pct(kind: Kind) -> float:
    """How often all keys of a chord are played."""
    sizes: dict[float, int] = defaultdict(int)
    for note in kind.notes:
        sizes[note.onset_s] += 1
    share = 1 - kind.player.omit - kind.player.wrong
    return 100 * fmean(share**size for size in sizes.values())


def only(kinds: Callable[[Kind], bool], value: Callable[[Kind], float]) -> OfPlayer:
    """A truth that holds for some kinds."""
    return lambda kind: value(kind) if kinds(kind) else None


def is_cued(kind: Kind) -> bool:
    return kind.cue_until_s > 0


def is_continued(kind: Kind) -> bool:
    return 0 < kind.cue_until_s < inf


def is_free(kind: Kind) -> bool:
    return kind.cue_until_s == 0


def alone_sd_ms(kind: Kind) -> float:
    """SD of the intervals made alone: the clock's and twice the hand's."""
    alone = kind.player.alone
    return 1000 * sqrt(alone.clock_sd_s**2 + 2 * alone.motor_sd_s**2)


def alone_mean_ms(kind: Kind) -> float:
    return 1000 * kind.player.alone.pace * (gap_s(kind) or 0.0)


def no_run(_: Kind, __: Played) -> float | None:
    """Nothing more is known of a run than the measure says."""
    return None


def fatigue_pct(first: float, last: float) -> float:
    """How much less the last fifth of a run is than the first."""
    return 100 * (1 - last / first)


def at(kind: Kind, share: float) -> tuple[float, float, float]:
    """Velocity, hit rate and SD (ms) of a player at a share of the run."""
    player, fatigue = kind.player, kind.player.fatigue
    return (
        player.velocity + fatigue.velocity * share,
        1 - player.wrong - player.omit - fatigue.omit * share,
        1000 * player.sd_s * (1 + fatigue.sd * share),
    )


def fatigue_of(which: int) -> OfPlayer:
    """Fatigue of velocity (0), hit rate (1) or SD (2): the middle of the last fifth against the first's."""

    def throughout(kind: Kind) -> bool:
        return kind.barred and not kind.player.lost and not kind.player.shift

    return only(throughout, lambda kind: fatigue_pct(at(kind, 0.1)[which], at(kind, 0.9)[which]))


def independence(kind: Kind) -> float | None:
    """1 − how often another finger goes down with the one asked, over the targets that are pressed."""
    player = kind.player
    if player.overflow is None:
        return None
    rows = [sum(player.overflow[(n.finger or 1) - 1]) / 4 for n in kind.notes]
    return 1 - (1 - player.omit) * fmean(rows)


def of_cued(share: Callable[[Player], float]) -> OfPlayer:
    """A share of notes in percent, where each cued note has the same fate."""
    return only(lambda kind: is_regular(kind.player) and kind.barred, lambda kind: 100 * share(kind.player))


TRUTHS: tuple[Truth, ...] = (
    Truth("asynchrony_mean_ms", mean_of(late_ms), only(is_cued, lambda k: 1000 * k.player.mean_s)),
    Truth("asynchrony_median_ms", median_of(late_ms), only(is_cued, lambda k: 1000 * k.player.mean_s)),
    Truth("asynchrony_sd_ms", sd_of(late_ms), only(is_cued, sd_ms)),
    Truth("asynchrony_mad_sd_ms", no_run, normal_sd_ms),
    Truth(
        "asynchrony_mean_absolute_ms", mean_of(lambda k, p: [abs(a) for a in late_ms(k, p)]), mean_absolute_ms
    ),
    Truth("drift_ms_per_s", no_run, only(is_cued, lambda k: 0.0)),
    Truth("hit_rate_pct", share_of(lambda k, p: len(late_ms(k, p))), of_cued(lambda p: 1 - p.omit - p.wrong)),
    Truth("omission_rate_pct", share_of(lambda k, p: len(p.omitted)), of_cued(lambda p: p.omit)),
    Truth("wrong_finger_rate_pct", share_of(wrong_finger)),
    Truth("wrong_key_rate_pct", share_of(lambda k, p: wrong(k, p) - wrong_finger(k, p))),
    Truth("shifted_notes", lambda k, p: float(len(p.wrong & set(aside(k)))) if k.barred else None),
    Truth("extra_presses_per_min", extra_per_min, extras_of),
    Truth("iti_cv_pct", no_run, iti_cv_pct),
    Truth("tempo_ratio", no_run, only(lambda k: is_cued(k) and gap_s(k) is not None, lambda k: 1.0)),
    Truth("hastening_pct", no_run, hastening_pct),
    Truth("velocity_mean", mean_of(velocities), mean_velocity),
    Truth(
        "velocity_sd",
        sd_of(velocities),
        only(lambda k: not k.player.fatigue.velocity, lambda k: k.player.velocity_sd),
    ),
    Truth(
        "velocity_cv_pct",
        no_run,
        only(is_unchanging, lambda k: 100 * k.player.velocity_sd / k.player.velocity),
    ),
    Truth("velocity_slope_per_100", no_run, only(is_unchanging, lambda k: 0.0)),
    Truth("velocity_thirds_ratio", no_run, only(is_unchanging, lambda k: 1.0)),
    Truth("iti_slope_ms_per_100", no_run, only(is_even, lambda k: 0.0)),
    Truth("iti_thirds_ratio", no_run, only(is_even, lambda k: 1.0)),
    Truth("fatigue_velocity_pct", no_run, fatigue_of(0)),
    Truth("fatigue_hit_rate_pct", no_run, fatigue_of(1)),
    Truth("fatigue_sd_pct", no_run, fatigue_of(2)),
    Truth("independence_index", no_run, independence),
    Truth("dwell_median_ms", median_of(dwell_ms), only(dwells_freely, dwell_mean_ms)),
    Truth("dwell_cv_pct", no_run, only(dwells_freely, dwell_cv_pct)),
    Truth(
        "release_latency_median_ms",
        median_of(release_ms),
        only(lets_go_freely, lambda k: 1000 * k.player.release_s),
    ),
    Truth(
        "release_latency_p90_ms",
        no_run,
        only(
            lambda k: lets_go_freely(k) and k.player.release_s == 0,  # else the next press ends the longest
            lambda k: 1000 * P90 * k.player.release_sd_s,
        ),
    ),
    Truth(
        "overlap_median_ms",
        no_run,
        only(
            lambda k: dwells_freely(k) and k.player.shift is None,
            lambda k: dwell_mean_ms(k) - 1000 * (gap_s(k) or 0.0),
        ),
    ),
    Truth("chord_span_median_ms", median_of(chord_spans_ms)),
    Truth("chords_complete_pct", no_run, only(lambda k: k.player.chord_spread_s > 0.1, complete_pct)),
    Truth(
        "continuation_iti_cv_pct",
        no_run,
        only(is_continued, lambda k: 100 * alone_sd_ms(k) / alone_mean_ms(k)),
    ),
    Truth(
        "continuation_tempo_change_pct", no_run, only(is_continued, lambda k: 100 * (k.player.alone.pace - 1))
    ),
    Truth("continuation_drift_pct", no_run, only(is_continued, lambda k: 0.0)),
    Truth("clock_sd_ms", no_run, only(is_continued, lambda k: 1000 * k.player.alone.clock_sd_s)),
    Truth("motor_sd_ms", no_run, only(is_continued, lambda k: 1000 * k.player.alone.motor_sd_s)),
    Truth("tap_count", lambda k, p: float(len(p.meant))),
    Truth("tap_dwell_mean_ms", mean_of(dwell_ms), only(is_free, lambda k: 1000 * k.notes[0].duration_s)),
    Truth("tap_iti_mean_ms", no_run, only(is_free, alone_mean_ms)),
    Truth("tap_iti_variance_ms2", no_run, only(is_free, lambda k: alone_sd_ms(k) ** 2)),
    Truth("tap_iti_cv_pct", no_run, only(is_free, lambda k: 100 * alone_sd_ms(k) / alone_mean_ms(k))),
)
"""Every measure about which the truth is known."""
