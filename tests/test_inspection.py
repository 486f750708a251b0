"""Looking into recipes and portraits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from creator.character import new_character, save_character
from creator.errors import CharacterFileError
from creator.generator import Generator, RenderRequest
from creator.inspection import Difference, differences, inspect
from creator.portrait_file import save_portrait


def test_a_portrait_tells_recipe_picture_and_model(model_folder: Path, tmp_path: Path) -> None:
    generator = Generator.load(model_folder, "cpu")
    character = new_character(generator.schema, 7, "Ada", {"age": 50})
    save_portrait(generator.render(RenderRequest(character)), tmp_path / "ada.png", 64)
    found = inspect(tmp_path / "ada.png", generator.schema)
    assert found.loaded.character == character
    assert found.picture is not None
    assert found.picture.shape == (64, 64, 4)
    assert found.same_model(generator.manifest)
    assert found.model is not None
    assert not replace(found, model=replace(found.model, sha256="0" * 64)).same_model(generator.manifest)


def test_a_recipe_has_no_picture(model_folder: Path, tmp_path: Path) -> None:
    generator = Generator.load(model_folder, "cpu")
    save_character(new_character(generator.schema, 7), tmp_path / "ada.face.json")
    found = inspect(tmp_path / "ada.face.json", generator.schema)
    assert found.picture is None
    assert found.same_model(generator.manifest) is None


def test_what_differs(model_folder: Path) -> None:
    schema = Generator.load(model_folder, "cpu").schema
    before = new_character(schema, 7)
    after = new_character(schema, 8, values={"age": 50, "expression": "sad"})
    assert differences(before, after, schema) == (
        Difference("seed", 7.0, 8.0),
        Difference("age", 35.0, 50.0),
        Difference("expression", "neutral", "sad"),
    )
    assert differences(before, before, schema) == ()


def test_pictures_without_a_recipe_are_refused(model_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n and then nothing")
    with pytest.raises(CharacterFileError, match="photo.png"):
        inspect(path, Generator.load(model_folder, "cpu").schema)
