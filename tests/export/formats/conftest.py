"""Small sets of portraits with known pixels, and the strict readers beside this file."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import numpy as np
import pytest

from creator import paths
from creator.export.formats import FORMATS
from creator.export.portrait_set import PictureMaps, Portrait, PortraitSet, Tags
from creator.manifest import ModelStamp
from creator.provenance import Origin

Files = dict[str, bytes]
STAMP = ModelStamp("tiny", "0.0.1", "ab" * 32)


def _beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)

    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def godot_grammar() -> ModuleType:
    return _beside("godot_grammar")


@pytest.fixture(scope="session")
def renpy_grammar() -> ModuleType:
    return _beside("renpy_grammar")


def colour_of(number: int) -> tuple[int, int, int]:
    """The colour of portrait ``number`` of a set: no two of a hundred are alike."""
    return 40 + number * 53 % 200, 40 + number * 91 % 200, 40 + number * 17 % 200


def portrait(tags: Tags, name: str, number: int, size: int, with_maps: bool = False) -> Portrait:
    """A disc of one colour; its normals look right, its skin mask is full, all other masks are empty."""
    rows, columns = np.mgrid[:size, :size] + 0.5
    alpha = np.clip(0.45 * size - np.hypot(rows - size / 2, columns - size / 2) + 0.5, 0, 1)[..., None]
    pixels = np.rint(np.concatenate([alpha * colour_of(number), alpha * 255], axis=2)).astype(np.uint8)
    maps = None
    if with_maps:
        masks = np.zeros((size, size, 8), np.uint8)
        masks[..., 0] = 255
        normals = np.zeros((size, size, 3), np.uint8) + np.array((200, 60, 220), np.uint8)
        maps = PictureMaps(pixels[..., :3], normals, np.zeros((size, size), np.float16), masks)
    origin = Origin({"kind": "facewright character", "format": 1, "values": {}, "seed": number}, STAMP, tags.expression)
    return Portrait(tags, name, pixels, maps, origin, f"{tags.display_name or tags.character}, {tags.expression}")


MakeSet = Callable[..., PortraitSet]


@pytest.fixture
def make_set() -> MakeSet:
    """Make a set: characters x expressions (x poses), names by ``template``."""

    def make(
        characters: Sequence[str] = ("ada", "bo"),
        expressions: Sequence[str] = ("neutral", "happy", "angry"),
        poses: Sequence[str] = ("front",),
        size: int = 24,
        template: str = "art/{character}/{character}_{expression}",
        name: str = "art/cast",
        maps: bool = False,
        display_names: Mapping[str, str] | None = None,
    ) -> PortraitSet:
        portraits = []
        for cast_index, character in enumerate(characters, 1):
            looks = [(expression, pose) for pose in poses for expression in expressions]
            for index, (expression, pose) in enumerate(looks, 1):
                shown = (display_names or {}).get(character, character.capitalize())
                tags = Tags(character, shown, expression, pose, "own", index, cast_index)
                path = template.format(character=character, expression=expression, pose=pose)
                portraits.append(portrait(tags, path, len(portraits), size, maps))
        return PortraitSet(name, tuple(portraits), size, "bust", "test", Origin(model=STAMP))

    return make


@pytest.fixture
def written() -> Callable[..., Files]:
    """All files of a format, with their bytes. No path may be there twice, or leave the folder."""

    def write(writer: str, portraits: PortraitSet, options: Mapping[str, Any] | None = None) -> Files:
        files: Files = {}
        for file in FORMATS[writer].files(portraits, options or {}):
            assert file.path.casefold() not in {path.casefold() for path in files}
            assert not {"", ".", ".."} & {*file.path.split("/")}
            assert "\\" not in file.path
            files[file.path] = file.content()
        return files

    return write


@pytest.fixture
def fits_schema() -> Callable[[str, bytes], Any]:
    """Check JSON against a shipped schema and return it."""

    def check(name: str, data: bytes) -> Any:
        schema = json.loads((paths.resource_folder() / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        parsed = json.loads(data)
        jsonschema.Draft202012Validator(schema).validate(parsed)
        return parsed

    return check
