"""Dialogic 2 for Godot: pictures, and for each character a ``.dch`` file that names its portraits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import Field

from creator.export.formats.godot_text import Color, NodePath, Variant, Vector2, string_text, variant_text
from creator.export.formats.looks import default_index, look_words
from creator.export.formats.options import FormatOptions, checked_options
from creator.export.portrait_set import ExportFile, Portrait, PortraitSet
from creator.portrait_file import picture_bytes

ENDING = ".dch"
CLASS_SCRIPT = "res://addons/dialogic/Resources/character.gd"


class _Options(FormatOptions):
    kind: Literal["png", "webp"] = "png"
    root: Annotated[str, Field(pattern=re.compile(r"^res://(?:[^\s\\/\"]+/)*\Z"), max_length=200)] = "res://"


class Dialogic:
    """``CHARACTER.dch`` beside the pictures, each look one portrait of the character.

    Options: ``kind`` of the pictures, "png" or "webp"; ``root``: where the exported folder lies in the Godot project,
    such as "res://art/" ("res://": the export goes into the project's own folder).
    """

    label = "Dialogic 2"

    def files(self, portraits: PortraitSet, options: Mapping[str, Any]) -> Iterator[ExportFile]:
        chosen = checked_options(_Options, self.label, options)
        for portrait in portraits.portraits:
            content = partial(picture_bytes, portrait.pixels, chosen.kind, portrait.origin)
            yield ExportFile(f"{portrait.name}.{chosen.kind}", content)
        folder, slash, _ = portraits.name.rpartition("/")
        for character in portraits.characters:
            of_character = portraits.of(character)
            names = ["_".join(words) for words in look_words(of_character)]
            paths = [f"{chosen.root}{portrait.name}.{chosen.kind}" for portrait in of_character]
            content = partial(character_bytes, of_character, names, paths)
            yield ExportFile(f"{folder}{slash}{character}{ENDING}", content)


def character_bytes(portraits: Sequence[Portrait], names: Sequence[str], paths: Sequence[str]) -> bytes:
    """A ``DialogicCharacter`` whose portraits ``names`` show the pictures at ``paths`` (``res://...``).

    Its form is Godot's ``var_to_str(inst_to_dict(character))``, which Dialogic turns back with ``str_to_var``.
    Values of a portrait's scene are themselves written as Godot's text, hence the doubled quotes of ``image``.
    """
    listed: dict[str, Variant] = {
        name: {
            "export_overrides": {"image": string_text(path)},
            "mirror": False,
            "offset": Vector2(0.0, 0.0),
            "scale": 1.0,
            "scene": "",
        }
        for name, path in zip(names, paths, strict=True)
    }
    tags = portraits[0].tags
    character: dict[str, Variant] = {
        "@path": CLASS_SCRIPT,
        "@subpath": NodePath(""),
        "_translation_id": "",
        "color": Color(1.0, 1.0, 1.0),
        "custom_info": {},
        "default_portrait": names[default_index(portraits)],
        "description": "",
        "display_name": tags.display_name or tags.character,
        "mirror": False,
        "nicknames": [],
        "offset": Vector2(0.0, 0.0),
        "portraits": listed,
        "scale": 1.0,
    }
    return (variant_text(character) + "\n").encode()
