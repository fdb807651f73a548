"""How well the model of fingering does, in figures: `python -m tests.arrange.fingering_yardstick`.

It measures what can be known without anybody's edition: the textbook's patterns at several tempi and with
unsteady onsets, figures of five keys climbing and falling as exercises have them, and the time it takes.
"""

from itertools import product
from random import Random
from time import process_time

from game.arrange.fingering.fingering import fingered
from game.music.keyboard import white_pitch
from game.music.note import Hand, Note
from game.music.scales import Way
from tests.arrange.chord_runs import DIMINISHED, DOMINANT, MAJOR, MINOR, from_the_root, run
from tests.arrange.fingering_music import FIGURES, fingers_of, line, pitches_of
from tests.arrange.test_fingering_textbook import TONICS, rows

MANNERS = {
    "steady": (0.25, 0.95, 0.0),
    "fast": (0.08, 0.95, 0.0),
    "slow and short": (1.2, 0.4, 0.0),
    "unsteady": (0.12, 0.95, 0.03),
    "overlapping": (0.2, 1.3, 0.0),
}
"""Onset interval in seconds, share of it that keys are held, jitter in seconds."""


def textbook(manner: tuple[float, float, float]) -> tuple[int, int]:
    """Patterns of one and two octaves that come out as one of the textbook's fingerings, and how many."""
    ioi_s, share, jitter_s = manner
    right = total = 0
    for hand in Hand:
        for tonic in TONICS:
            for choices in (c for octaves in (1, 2) for way in Way for c in rows(tonic, hand, octaves, way)):
                got = fingered(line(pitches_of(choices[0]), ioi_s, share, jitter_s), hand)
                right += got in {fingers_of(row) for row in choices}
                total += 1
    return right, total


def arpeggios() -> tuple[int, int]:
    """Arpeggios from a white root that have the fingers of every method; and how many."""
    found = []
    for root, chord, hand in product(range(60, 72), (MAJOR, MINOR, DOMINANT, DIMINISHED), Hand):
        up = from_the_root(root, chord, hand)
        if up:
            got = fingered(line(run(root, chord, 0)), hand)
            found.append("".join(map(str, got)) == up + up[-2::-1])
    return sum(found), len(found)


def exercises(rounds: int = 14) -> tuple[int, int]:
    """Notes of figures, up and down again as their mirror, that have a finger to each key; and how many."""
    right = total = 0
    for printed, figure in FIGURES.items():
        up = [35 + step + key for step in range(rounds) for key in figure]
        down = [35 + rounds + 5 - step - key for step in range(rounds) for key in figure]
        fingers = [int(f) for f in printed] * rounds
        mirrored = [6 - f for f in fingers]
        for hand in Hand:
            own = fingers + mirrored if hand is Hand.RIGHT else mirrored + fingers
            got = fingered(line([white_pitch(key) for key in up + down], 0.14), hand)
            right += sum(a == b for a, b in zip(got, own, strict=True))
            total += len(own)
    return right, total


def wandering(notes: int, voices: int, seed: int = 1) -> list[Note]:
    """Music made by chance, single notes or chords."""
    rng, middle, made = Random(seed), 60, list[Note]()
    for at in range(notes // voices):
        middle = min(90, max(40, middle + rng.randint(-5, 5)))
        for pitch in rng.sample(range(middle - 6, middle + 7), voices):
            made.append(Note(len(made), 0.2 * at, 0.19, pitch))
    return made


def main() -> None:
    for name, manner in MANNERS.items():
        right, total = textbook(manner)
        print(f"textbook, {name}: {right} of {total}")
    right, total = arpeggios()
    print(f"arpeggios from the root, as every method has them: {right} of {total}")
    right, total = exercises()
    print(f"figures of five keys: {100 * right / total:.1f} % of {total} notes")
    for voices in (1, 2, 4):
        start_s = process_time()
        fingered(wandering(1000, voices), Hand.RIGHT)
        print(f"1000 notes, {voices} at once: {process_time() - start_s:.2f} ms a note")


if __name__ == "__main__":
    main()
