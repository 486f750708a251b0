"""The command that looks into a recipe or a portrait."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from creator import paths
from creator.character import new_character
from creator.cli.arguments import JsonOption, print_json, say
from creator.description import describe
from creator.inspection import differences, inspect
from creator.manifest import load_manifest


def inspect_file(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="A character (.face.json) or a portrait of Facewright (PNG, WebP, JPEG)."),
    ],
    as_json: JsonOption = False,
) -> None:
    """Tell who is in a file, which model made it, and what differs from a person of defaults.

    'facewright render --recipe FILE' makes the picture again and says whether the pixels are the same.
    """
    manifest = load_manifest(paths.model_folder())
    schema = manifest.schema
    found = inspect(file, schema)
    character, stamp, same = found.loaded.character, found.model, found.same_model(manifest)
    changed = {d.name: d.after for d in differences(new_character(schema), character, schema) if d.name != "seed"}
    for notice in found.loaded.notices:
        say(f"note: {notice}")
    if as_json:
        model: dict[str, Any] | None = None
        if stamp is not None:
            model = {"name": stamp.name, "version": stamp.version, "sha256": stamp.sha256, "in_use": bool(same)}
        print_json({"name": character.name, "seed": character.seed, "model": model, "values": dict(changed),
                    "description": describe(character, schema)})  # fmt: skip
        return
    print(f"{character.name or 'a character without a name'}, seed {character.seed}")
    print(describe(character, schema))
    if stamp is not None:
        told = "in use" if same else "not the one in use: it will draw another picture"
        print(f"model: {stamp.name} {stamp.version} ({told})")
    width = max((len(name) for name in changed), default=0)
    for name, value in changed.items():
        print(f"  {name:<{width}}  {value if isinstance(value, str) else f'{value:g}'}")
