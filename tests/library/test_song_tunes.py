"""The tunes against a second writing-down: as scale degrees, as they are sung, without rhythm.

1 to 7 are the degrees of the major key (a minor tune is sung from 6), `#` raises the one before it. Both were
written down apart from each other, so a slip in one of them is found.
"""

import re
from fractions import Fraction

import pytest

from game.library.levels.collector import FaultCollector
from game.library.levels.data import read_data
from game.library.places import data_folder
from game.library.songs.models import SongFile
from game.music.pitch_names import pitch_class
from game.music.song import KeySignature
from game.music.tune import read_tune

FOLDER = data_folder("levels") / "songs"

SUNG = {
    "arirang": "5656 1212 323216 5656 1212 321656 121 1 5 532 32316 5656 1212 321656 121 1",
    "furusato": "111 232 334 5 456 343 227 1 2125 1233 4346 543 555 123 442 1",
    "happy-birthday": "55 651 7 55 652 1 55 531 76 44 312 1",
    "la-cucaracha": "555 13 555 13 117766 5 555 72 555 72 565432 1",
    "shchedryk": "1716 1716 1716 1716 3231 3231 66654 33321 22232 6666 34#5#671 2321 1716 1716 1716 1716",
    "vem-kan-segla": "66176 333 44654 33 22432 116 77735# 66",
    "wlazl-kotek": "533 422 135 533 422 131",
    "adeste-fideles": "1 1512 5 3234 321 176 7123 7655 543 43 2312 7651 1712 153 3234 323 4321 714 321 1",
    "alle-vogel": "1351 6165 4531 21 5544 3532 5544 3532 1351 6165 4531 21",
    "amazing-grace": "5 131 32 16 55 131 32 5 3 531 32 16 55 131 32 1",
    "au-clair-de-la-lune": "1112 32 1322 1 1112 32 1322 1 2222 66 2176 5 1112 32 1322 1",
    "auld-lang-syne": "5 1113 2123 1135 66 5331 2123 1665 1 6 5331 2126 5335 66 5331 2123 1665 1",
    "brahms-lullaby": "33 533 535 1766 523 422 3424 76571 11 164 531 4565 11 164 531 4321",
    "bridal-chorus": "511 1 527 1 5144 32 1712 511 1 527 1 513 531 6231",
    "can-can": "1 2432 55 5634 22 2432 1176 5432 1 2432 55 5634 22 2432 1176 5432 1",
    "clementine": "111 5333 1135 5432 2344 3231 1325 721",
    "deck-the-halls": "5432 1231 234232 171 5432 1231 234232 171 2342 3452 34#5671 765 5432 1231 666654 321",
    "frere-jacques": "1231 1231 345 345 565431 565431 151 151",
    "fur-elise": "32#32#3721 6 136 7 35#7 1 3 32#32#3721 6 136 7 317 6",
    "god-rest-you-merry": (
        "6 6332 1765 6712 36 6332 1765 6712 33 4234 5632 1671 212 343 3217 6176 212 3456 3217 6"
    ),
    "good-king-wenceslas": "1112 115 6567 11 1112 115 6567 11 5432 321 6567 11 5567 112 5432 14 1",
    "greensleeves": (
        "6 12343 2756 7 1665#6 75#3 6 12343 27567 1765#4#5# 66 55432 7567 1665#6 75#3 55432 7567 1765#4#5# 66"
    ),
    "hanschen-klein": "533 422 1234 555 533 422 1355 1 2222 234 3333 345 533 422 1355 1",
    "jasmine-flower": "3356116 5565 3356116 5565 55535 665 323532 1121 3213 23 5615 2352316 561 2312165",
    "jesu-joy": "123 544 655 171 531 23 456 543 231 712 572 432 3 123 544 655 171 531 23 654 321 517 1",
    "jingle-bells": "333 333 35123 4444 43333 32232 5 333 333 35123 4444 43333 554 21",
    "joy-to-the-world": "17654321 566 77 11 1765 5431 1765 5433 33334 543 22223 432 1165 434 321",
    "korobeiniki": "3712 17 6613 21 7123 166 2465 4 31321 77123 166",
    "lieber-augustin": "56543 11 255 311 56543 11 255 1 255 311 255 311 56543 11 255 1",
    "london-bridge": "5654 345 234 345 5654 345 25 31",
    "mary-had-a-little-lamb": "3212 333 222 355 3212 3333 2232 1",
    "minuet-in-g": "51234 511 64567 111 45432 34321 71231 2 51234 511 64567 111 45432 34321 23217 1",
    "morning-mood": "532123 53212323 535636 5321",
    "new-world-largo": "355 321 23532 355 321 23211",
    "o-tannenbaum": "51112 3333 234721 5 5365 544 4 4254 433 5 1112 3333 234721",
    "ode-to-joy": "3345 5432 1123 322 3345 5432 1123 211 2231 23431 23432 125 3345 5432 1123 211",
    "oh-susanna": "12 3556 5312 3321 2 12 3556 5312 3322 1 44 666 5531 2 12 3556 5312 3322 1",
    "pachelbel-canon": "32 17 65 67 17 65 43 42 1354 3132 1615 4654 3",
    "row-your-boat": "11 123 3234 5 111555333111 54321",
    "sakura": "667 667 6717 6764 3134 3317 6717 6764 3134 3317 667 667 34764 3",
    "silent-night": "5653 5653 227 115 66176 5653 66176 5653 22427 13 153542 1",
    "sur-le-pont-d-avignon": "111 222 3451 7125 111 222 3451 271",
    "surprise-symphony": "1133 553 4422 775 1133 553 114#4# 5",
    "swan-lake": "36712 3131 361641 6217 36712 3131 361641 6",
    "the-first-noel": (
        "321234567 1765 67 1765 671 5433 21234567 1765 67 1765 671 5433 212345 17 665 1765 671 543"
    ),
    "twinkle": "1155 665 4433 221 5544 332 5544 332 1155 665 4433 221",
    "when-the-saints": "1345 1345 134531 32 332 1135 554 345 3121",
    "yankee-doodle": "1123 1325 1123 17 1123 4321 7567 11 6765 671 5654 35 6765 6716 5172 11",
}


DEGREES = ("1", "1#", "2", "2#", "3", "4", "4#", "5", "5#", "6", "6#", "7")


def test_every_song_is_written_down_twice() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(SUNG)


@pytest.mark.parametrize("name", SUNG)
def test_a_tune_is_as_it_is_sung(name: str) -> None:
    path = FOLDER / f"{name}.toml"
    file = SongFile.model_validate(read_data(FaultCollector(name, path.read_text(encoding="utf-8"))))
    key = KeySignature.named(file.key)
    bar_beats = file.metre[0] * 4 / file.metre[1]
    tune = read_tune(file.tune, key, float(Fraction(file.unit) * 4), bar_beats)
    tonic = (pitch_class("C") + 7 * key.sharps) % 12
    assert [DEGREES[(n.pitch - tonic) % 12] for n in tune.notes] == re.findall(r"\d#?", SUNG[name])
