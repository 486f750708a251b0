"""A look into a recipe or an exported portrait before anything is done with it."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from creator.attributes import AttributeSchema
from creator.character import Character, LoadedCharacter, parse_json, read_limited
from creator.errors import CharacterFileError
from creator.manifest import Manifest, ModelStamp
from creator.portrait_file import PICTURE_ENDINGS, RECIPE_KEYWORD, load_recipe
from creator.provenance import recipe_in_xmp
from creator.resampling import MINIMUM_SIZE, framed, straight_rgba
from creator.wording import one_line

_MAXIMUM_BYTES = 64 << 20
_MAXIMUM_SIDE = 4096
_FORMATS = ("PNG", "WEBP", "JPEG")
_LOSSY = (".jpg", ".jpeg")


@dataclass(frozen=True, eq=False)
class Inspection:
    """What a file holds. ``picture``: straight RGBA, uint8 (H, W, 4), None for a recipe. ``model``: the weights it was
    made with, None where the file does not say."""

    path: Path
    loaded: LoadedCharacter
    picture: NDArray[np.uint8] | None
    model: ModelStamp | None

    @property
    def exact_picture(self) -> NDArray[np.uint8] | None:
        """The picture, where its file keeps every pixel as it was drawn."""
        return None if self.path.suffix.lower() in _LOSSY else self.picture

    def same_model(self, manifest: Manifest) -> bool | None:
        """Whether ``manifest`` has the weights that made the picture; None when that is not known."""
        if self.model is None:
            return None
        return any(graph.sha256 == self.model.sha256 for graph in manifest.graphs)


@dataclass(frozen=True)
class Difference:
    """One thing in which two characters differ; texts of the seed have the attribute's name "seed"."""

    name: str
    before: float | str
    after: float | str


def inspect(path: Path, schema: AttributeSchema) -> Inspection:
    """Read ``path`` without doing anything with it. Raises :class:`CharacterFileError`."""
    loaded = load_recipe(path, schema)
    if path.suffix.lower() not in PICTURE_ENDINGS:
        return Inspection(path, loaded, None, _stamp(parse_json(read_limited(path))))
    try:
        with Image.open(io.BytesIO(read_limited(path, _MAXIMUM_BYTES)), formats=_FORMATS) as image:
            recipe = image.info.get(RECIPE_KEYWORD) or recipe_in_xmp(image.info.get("xmp", b""))
            small_enough = max(image.size) <= _MAXIMUM_SIDE
            picture = np.asarray(image.convert("RGBA"), np.uint8) if small_enough else None
    except Exception as error:  # a damaged picture fails in many ways inside Pillow
        raise CharacterFileError(f"cannot read the portrait '{path}': {one_line(error, 120)}") from error
    return Inspection(path, loaded, picture, _stamp(json.loads(str(recipe))))


def is_drawn_again(picture: NDArray[np.uint8], pixels: NDArray[np.uint8]) -> bool:
    """Whether a generator's whole ``pixels`` (premultiplied, (S, S, 4)) give exactly ``picture`` (straight RGBA)."""
    height, width = picture.shape[:2]
    return height == width >= MINIMUM_SIZE and np.array_equal(straight_rgba(framed(pixels, width)), picture)


def differences(before: Character, after: Character, schema: AttributeSchema) -> tuple[Difference, ...]:
    """Seed and attributes in which two characters differ, in the schema's order."""
    found = [
        Difference(name, before.values[name], after.values[name])
        for name in schema.names
        if before.values[name] != after.values[name]
    ]
    if before.seed != after.seed:
        found.insert(0, Difference("seed", float(before.seed), float(after.seed)))
    return tuple(found)


def _stamp(recipe: object) -> ModelStamp | None:
    model = recipe.get("model") if isinstance(recipe, dict) else None
    if not isinstance(model, dict):
        return None
    name, version, sha256 = (one_line(model.get(key, ""), 80) for key in ("name", "version", "sha256"))
    return ModelStamp(name, version, sha256) if sha256 else None
