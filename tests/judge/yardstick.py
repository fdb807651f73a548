"""How well presses are attributed, in figures: `python -m tests.judge.yardstick [runs]`.

For each kind of player the share of presses attributed to the note they were meant for, or rightly to none,
by the alignment and by the live judge; then F-scores on made-up piano performances, and what a note costs.
"""

import sys
from collections.abc import Iterator, Mapping
from random import Random
from statistics import fmean, pstdev
from time import process_time

from game.judge.clinical.alignment import align
from game.judge.recorded import judge_recording
from tests.judge.expressive import Pianist, perform
from tests.judge.patients import PATIENTS, Performance
from tests.pictures import recorded
from tests.players import CONDITIONS

SURE = 0.5

PIANISTS = {
    "as most play": Pianist(),
    "free time": Pianist(drift_s=0.1, linger=0.08),
    "many ornaments": Pianist(ornament=0.04, wide_share=0.1),
    "a bar skipped or played twice": Pianist(leap=1.0),
    "scores as they are written": Pianist(grace=0.02, double=0.01, bar_off_s=0.04, roll_s=0.3),
    "chords rolled": Pianist(wide_share=0.3, roll_s=0.5),
    "bars misplaced": Pianist(bar_off_s=0.1),
    "late by 550 ms": Pianist(late_s=0.55),
}


def performances(runs: int) -> Iterator[tuple[str, list[Performance]]]:
    """Every kind of player with its runs."""
    for name, kind in PATIENTS.items():
        yield name, [kind(Random(f"{name} {run}")) for run in range(runs)]


def attributed_pct(played: Performance, note_of: Mapping[int, int]) -> float:
    """Presses whose note, or none, is the one they were meant for."""
    return 100 * fmean(note_of.get(press) == meant for press, meant in enumerate(played.meant))


def live(played: Performance) -> dict[int, int]:
    """The live judge's note of each press that has one."""
    verdicts = judge_recording(played.notes, recorded(played.presses), CONDITIONS)
    return {j.press: j.note.index for j in verdicts.judgements if j.press is not None}


def f_score(played: Performance, pairs: Mapping[int, int]) -> tuple[float, float, float]:
    """F-score of the pairs, with precision and recall."""
    true = {(press, note) for press, note in enumerate(played.meant) if note is not None}
    right = len(true & set(pairs.items()))
    return 2 * right / max(1, len(true) + len(pairs)), right / max(1, len(pairs)), right / max(1, len(true))


def hits_s(
    played: Performance, note_of: Mapping[int, int], sure: Mapping[int, float] | None = None
) -> list[float]:
    """Asynchronies of presses on the key of the note they are given to."""
    return [
        played.presses[press].time_s - played.notes[note].onset_s
        for press, note in note_of.items()
        if played.presses[press].pitch == played.notes[note].pitch and (sure is None or sure[note] >= SURE)
    ]


def print_players(runs: int) -> None:
    averages = []
    for name, played in performances(runs):
        right, lives, mean_off, sd_off, doubtful = [], [], [], [], []
        for p in played:
            alignment = align(p.notes, p.presses)
            note_of = {press: note for note, press in alignment.pairs}
            right.append(attributed_pct(p, note_of))
            lives.append(attributed_pct(p, live(p)))
            true = hits_s(p, {press: note for press, note in enumerate(p.meant) if note is not None})
            found = hits_s(p, note_of, alignment.confidence)
            mean_off.append((fmean(found) - fmean(true)) * 1000)
            sd_off.append(pstdev(found) / pstdev(true) - 1)
            doubtful.append(fmean(c < SURE for c in alignment.confidence.values()))
        averages.append(fmean(right))
        print(
            f"{name:26} {fmean(right):6.2f} %  worst {min(right):6.2f}  live {fmean(lives):6.2f}"
            f"   mean {fmean(mean_off):+5.1f} ms  SD {100 * fmean(sd_off):+5.1f} %"
            f"  doubtful {100 * fmean(doubtful):4.1f} %"
        )
    print(f"{'average':26} {fmean(averages):6.2f} %  lowest {min(averages):.2f} %\n")


def print_pianists(runs: int) -> None:
    for name, pianist in PIANISTS.items():
        for length, bars, count in (("short", 16, runs), ("long", 90, max(2, runs // 5))):
            played = [perform(bars, Random(f"{name} {run}"), pianist) for run in range(count)]
            before_s = process_time()
            found = [align(p.notes, p.presses).pairs for p in played]
            note_us = (process_time() - before_s) * 1e6 / sum(len(p.notes) for p in played)
            scores = [
                f_score(p, {press: note for note, press in pairs})
                for p, pairs in zip(played, found, strict=True)
            ]
            f, precision, recall = (fmean(score[i] for score in scores) for i in range(3))
            print(
                f"{name}, {length}: F {f:.4f} (lowest {min(scores)[0]:.4f}) precision {precision:.4f}"
                f" recall {recall:.4f}, {note_us:.0f} µs a note"
            )


if __name__ == "__main__":
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    print_players(runs)
    print_pianists(runs)
