"""Yarn Spinner, ink and games of one's own: pictures, and one JSON file that finds them by character and expression."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from creator.export.formats.looks import default_index, look_words
from creator.export.formats.options import FormatOptions, checked_options
from creator.export.formats.pictures import ENDINGS
from creator.export.portrait_set import ExportFile, PortraitSet
from creator.portrait_file import PictureKind, picture_bytes

KIND = "facewright portraits"


class _Options(FormatOptions):
    kind: PictureKind = "png"


class DialogueMap:
    """``NAME.json`` maps characters and their looks to pictures, relative to itself.

    Options: ``kind`` of the pictures: "png", "webp" or "jpeg".
    """

    label = "Yarn Spinner and ink"

    def files(self, portraits: PortraitSet, options: Mapping[str, Any]) -> Iterator[ExportFile]:
        chosen = checked_options(_Options, self.label, options)
        for portrait in portraits.portraits:
            content = partial(picture_bytes, portrait.pixels, chosen.kind, portrait.origin)
            yield ExportFile(portrait.name + ENDINGS[chosen.kind], content)
        yield ExportFile(f"{portraits.name}.json", partial(_map_bytes, portraits, ENDINGS[chosen.kind]))


def _map_bytes(portraits: PortraitSet, ending: str) -> bytes:
    here = portraits.name.split("/")[:-1]
    characters = {}
    for character in portraits.characters:
        of_character = portraits.of(character)
        names = [" ".join(words) for words in look_words(of_character)]
        characters[character] = {
            "name": of_character[0].tags.display_name or character,
            "default": names[default_index(of_character)],
            "portraits": {
                name: {
                    "image": _relative(portrait.name + ending, here),
                    "expression": portrait.tags.expression,
                    "alt": portrait.alt_text,
                }
                for name, portrait in zip(names, of_character, strict=True)
            },
        }
    data = {"kind": KIND, "format": 1, "size": portraits.size, "characters": characters}
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _relative(path: str, folder: Sequence[str]) -> str:
    """``path`` as seen from ``folder``, both relative to the export."""
    parts = path.split("/")
    shared = 0
    while shared < min(len(folder), len(parts) - 1) and folder[shared] == parts[shared]:
        shared += 1
    return "/".join([*[".."] * (len(folder) - shared), *parts[shared:]])
