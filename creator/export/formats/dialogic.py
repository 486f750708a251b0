"""Dialogic 2 for Godot: pictures, and for each character a ``.dch`` file that names its portraits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import Field

from creator.errors import ScriptError
from creator.export.formats.godot_text import (
    Color,
    NodePath,
    Variant,
    Vector2,
    parse_variant,
    string_text,
    variant_text,
)
from creator.export.formats.looks import default_index, look_words
from creator.export.formats.options import FormatOptions, checked_options
from creator.export.portrait_set import ExportFile, Portrait, PortraitSet
from creator.portrait_file import picture_bytes

ENDING = ".dch"
MAXIMUM_CHARACTER_BYTES = 4 << 20
CLASS_SCRIPT = "res://addons/dialogic/Resources/character.gd"


class _Options(FormatOptions):
    kind: Literal["png", "webp"] = "png"
    root: Annotated[str, Field(pattern=re.compile(r"^res://(?:(?!\.)[^\\/\"\x00-\x1f]+/)*\Z"), max_length=200)] = (
        "res://"
    )


class Dialogic:
    """``CHARACTER.dch`` beside the pictures, each look one portrait of the character; what is edited there stays.

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
            yield ExportFile(f"{folder}{slash}{character}{ENDING}", content, merged_character)


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


def merged_character(present: bytes, exported: bytes) -> bytes:
    """``exported`` on top of the ``.dch`` file that is there: what was edited in Dialogic stays.

    Portraits of other names, and of the exported ones scale, offset and the rest, are kept; only their pictures are
    set. Raises :class:`ScriptError` when ``present`` is no character of Dialogic.
    """
    old, new = read_character(present), read_character(exported)
    portraits = dict(_mapping(old.get("portraits")))
    for name, entry in _mapping(new["portraits"]).items():
        kept = dict(_mapping(portraits.get(name, entry)))
        overrides = {**_mapping(kept.get("export_overrides")), **_mapping(_mapping(entry)["export_overrides"])}
        portraits[name] = {**kept, "export_overrides": overrides}
    merged = {**old, "portraits": portraits}
    if not old.get("default_portrait"):
        merged["default_portrait"] = new["default_portrait"]
    # Keys keep the form that the file had, plain strings or string names.
    forms = {str(key): key for key in old}
    text = variant_text({forms.get(str(key), key): value for key, value in merged.items()})
    return text.encode() if not present.endswith(b"\n") else text.encode() + b"\n"


def read_character(data: bytes) -> Mapping[str, Variant]:
    """The values of a ``.dch`` file. Raises :class:`ScriptError` when it is none."""
    if len(data) > MAXIMUM_CHARACTER_BYTES:
        raise ScriptError(
            f"it is larger than {MAXIMUM_CHARACTER_BYTES >> 20} MiB, too large for a character of Dialogic"
        )
    try:
        value = parse_variant(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise ScriptError("it is not a text file in UTF-8") from None
    if not isinstance(value, Mapping) or not isinstance(value.get("portraits", {}), Mapping):
        raise ScriptError("it is no character of Dialogic 2")
    return value


def _mapping(value: Variant) -> Mapping[str, Variant]:
    return value if isinstance(value, Mapping) else {}
