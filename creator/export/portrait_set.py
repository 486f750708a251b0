"""What a format writer gets and gives: portraits of one size and frame in, files of bytes out, no disk in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from creator.provenance import Origin


@dataclass(frozen=True)
class Tags:
    """What tells one portrait from the others.

    ``character``: the character's name made fit for the engine, unique in the export. ``display_name``: as the user
    wrote it, may be empty. ``expression``, ``pose``, ``light``: names such as "happy", "front", "studio"; already fit
    for file names. ``index``: 1 for the first portrait of the character. ``cast_index``: 1 for the first character.
    """

    character: str
    display_name: str = ""
    expression: str = "neutral"
    pose: str = "front"
    light: str = "own"
    index: int = 1
    cast_index: int = 1


@dataclass(frozen=True, eq=False)
class PictureMaps:
    """What lies under the picture, pixel by pixel, in the portrait's own frame and size S.

    ``albedo`` uint8 (S, S, 3), sRGB premultiplied by alpha; ``normals`` uint8 (S, S, 3), 128 + 127 n in camera space, x
    right, y up, z to the viewer; ``depth`` float16 (S, S), 0 at the eyes, in units of eye line to chin, larger is
    nearer; ``masks`` uint8 (S, S, 8) in the order of ``creator.generator.MASK_NAMES``.
    """

    albedo: NDArray[np.uint8]
    normals: NDArray[np.uint8]
    depth: NDArray[np.float16]
    masks: NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Portrait:
    """One picture, cropped, resized and styled.

    ``name``: its path in the export without an ending, "/" between folders, from the preset's template and fit for the
    engine. ``pixels``: uint8 (S, S, 4), sRGB premultiplied by alpha, read-only. ``maps``: where the preset asks for
    them and the model gives them. ``origin``: for the encoder; None where metadata is switched off.
    """

    tags: Tags
    name: str
    pixels: NDArray[np.uint8]
    maps: PictureMaps | None = None
    origin: Origin | None = None
    alt_text: str = ""


@dataclass(frozen=True, eq=False)
class PortraitSet:
    """Portraits that are written together: all of one character, or of the whole cast, as the preset gathers them.

    ``name``: path without an ending for what the set shares (a sheet, a script). ``size``: side S of every portrait.
    ``crop``: "bust", "face", "eyes" or "token". ``origin``: for pictures that hold the whole set. The order is that of
    the characters, then of the looks.
    """

    name: str
    portraits: tuple[Portrait, ...]
    size: int
    crop: str
    preset: str
    origin: Origin | None = None

    @property
    def characters(self) -> tuple[str, ...]:
        """The characters' tags, each once, in order."""
        return tuple(dict.fromkeys(portrait.tags.character for portrait in self.portraits))

    def of(self, character: str) -> tuple[Portrait, ...]:
        """The portraits of one character."""
        return tuple(portrait for portrait in self.portraits if portrait.tags.character == character)


@dataclass(frozen=True)
class ExportFile:
    """A file to be written. ``path``: relative, "/" between folders, with its ending.

    ``content``: makes the bytes; called at most once, perhaps in another thread, and not at all in a dry run.
    ``merged``: for a file that its engine's editor writes too: joins what is there (first) with the content. It raises
    :class:`ScriptError` where that is something else.
    """

    path: str
    content: Callable[[], bytes]
    merged: Callable[[bytes, bytes], bytes] | None = None


class Format(Protocol):
    """A writer of one kind of engine files.

    ``files`` is pure and lists names without making bytes: the export calls it with empty pictures first, to plan names
    and to find wrong options before anything is rendered. The names must follow from the set's names alone. Raises
    :class:`UsageError` for options that it does not know. ``label``: a word for the user, such as "Godot 4".
    """

    @property
    def label(self) -> str: ...

    def files(self, portraits: PortraitSet, options: Mapping[str, Any]) -> Iterator[ExportFile]: ...
