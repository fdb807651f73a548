"""Families of exercises and dimensions of the demand, in words."""

from collections.abc import Mapping

from game.words import N_, _

FAMILY_NAMES: dict[str, str] = {
    "explore": N_("Getting to know the keys"),
    "single-finger": N_("One finger"),
    "press-release": N_("Hold and let go"),
    "two-finger-alternation": N_("Two fingers in turn"),
    "five-finger-pattern": N_("Five fingers"),
    "thumb-with-finger": N_("Thumb and finger"),
    "chords": N_("Keys together"),
    "independence": N_("Some hold, others tap"),
    "dynamics": N_("Soft and loud"),
    "two-hands": N_("Both hands"),
    "two-rhythms": N_("Two rhythms"),
    "crossing": N_("Hand over hand"),
    "scales": N_("Scales"),
    "arpeggios": N_("Broken chords"),
    "rhythm": N_("Rhythm"),
    "speed-ramp": N_("Faster round by round"),
    "pads": N_("Pads"),
    "entrainment": N_("With the beat"),
    "continuation": N_("Keep the beat alone"),
    "memory": N_("Listen and play back"),
    "go-no-go": N_("Play or leave out"),
    "song": N_("Songs"),
    "probe": N_("Progress checks"),
}

DIMENSION_NAMES: dict[str, str] = {
    "rate": N_("speed"),
    "finger_speed": N_("same finger, repeated"),
    "independence": N_("fingers on their own"),
    "reach": N_("how far to reach"),
    "chords": N_("keys at once"),
    "hands": N_("both hands"),
    "rhythm": N_("rhythm"),
    "thumb_under": N_("thumb under"),
    "dynamics": N_("soft and loud"),
    "reading": N_("finding keys"),
}
"""The dimensions of `game.arrange.difficulty.demand`, in its order."""

DIMENSION_MEANINGS: dict[str, str] = {
    "rate": N_("Notes a second"),
    "finger_speed": N_("How soon the same finger must press again"),
    "independence": N_("How many fingers, next to each other, some holding"),
    "reach": N_("How far apart keys lie, how wide the hand"),
    "chords": N_("How many keys at once in a hand"),
    "hands": N_("Both hands, at once, each its own way"),
    "rhythm": N_("Different lengths, and off the beat"),
    "thumb_under": N_("How often the thumb passes under"),
    "dynamics": N_("From the softest to the loudest note"),
    "reading": N_("How many keys, and how many black ones"),
}


def family_name(family: str) -> str:
    """A family's name, translated; an unknown family as written."""
    return _(FAMILY_NAMES.get(family, family))


def strongest(demand: Mapping[str, float], most: int) -> list[tuple[str, float]]:
    """The strongest dimensions, at most `most`, in their usual order."""
    order = sorted(DIMENSION_NAMES, key=lambda name: -demand.get(name, 0.0))[:most]
    return [(name, demand.get(name, 0.0)) for name in DIMENSION_NAMES if name in order]
