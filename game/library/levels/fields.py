"""Field types of level files: values are not converted, unknown names are refused."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from game.music.keyboard import is_black
from game.music.pitch_names import pitch_named


class LevelTable(BaseModel):
    """A table of a level file: values are not converted, unknown names are refused."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, frozen=True)


def _pitch(value: object) -> object:
    return pitch_named(value) if isinstance(value, str) else value


def _on_white(value: int) -> int:
    if is_black(value):
        raise ValueError('the position starts on a black key; start it on a white one, such as "C4"')
    return value


def different(value: list[int]) -> list[int]:
    if len(set(value)) != len(value):
        raise ValueError("a finger is there twice; write each finger once")
    return value


_PITCH_SCHEMA = (
    Annotated[int, Field(ge=0, le=127)] | Annotated[str, Field(pattern="^[A-Ga-g][#♯b♭]?-?[0-9]$")]
)
Pitch = Annotated[int, Field(ge=0, le=127), BeforeValidator(_pitch, json_schema_input_type=_PITCH_SCHEMA)]
WhitePitch = Annotated[Pitch, AfterValidator(_on_white)]
Finger = Annotated[int, Field(ge=1, le=5)]
Velocity = Annotated[int, Field(ge=1, le=127)]
Beat = Annotated[float, Field(ge=0, le=100_000)]
Length = Annotated[float, Field(gt=0, le=10_000)]
Fingers = Annotated[list[Finger], Field(min_length=2, max_length=5), AfterValidator(different)]
