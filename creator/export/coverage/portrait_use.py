"""What a script says about portraits, in the same words for every engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class PortraitUse:
    """A script shows ``character`` with ``expression`` at ``line`` (from 1).

    Both are as the script writes them. ``expression`` is empty where the script names none: any picture will do.
    ``side`` marks Ren'Py's small pictures beside the text box.
    """

    character: str
    expression: str
    line: int
    side: bool = False


@dataclass(frozen=True)
class SpeakerTag:
    """Ren'Py: dialogue of the variable ``speaker`` shows images of ``tag``."""

    speaker: str
    tag: str


@dataclass(frozen=True)
class SpokenLine:
    """Ren'Py: the variable ``speaker`` says something with ``attributes``; whose images it shows is known later."""

    speaker: str
    attributes: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class DefinedImage:
    """A script or a resource itself provides the picture of ``character`` with ``expression``."""

    character: str
    expression: str
    side: bool = False


Statement = PortraitUse | SpeakerTag | SpokenLine | DefinedImage
Engine = Literal["renpy", "dialogic", "yarn"]
