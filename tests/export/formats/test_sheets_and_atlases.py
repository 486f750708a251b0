"""RPG Maker, atlases, Unity: JSON that fits its schema and points at the right pixels."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from creator.errors import UsageError
from creator.export.portrait_set import PortraitSet

Written = Callable[..., dict[str, bytes]]
MakeSet = Callable[..., PortraitSet]
Fits = Callable[[str, bytes], Any]


def pixels(data: bytes) -> NDArray[np.uint8]:
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image)


def assert_shows(picture: NDArray[np.uint8], portraits: PortraitSet, number: int) -> None:
    """The middle pixel is the portrait's own colour."""
    side = portraits.size // 2
    assert picture.shape[:2] == (portraits.size, portraits.size)
    assert picture[side, side, :3].tolist() == portraits.portraits[number].pixels[side, side, :3].tolist()
    assert picture[0, 0, 3] == 0


def test_rpg_makers_faces_lie_four_in_a_row(make_set: MakeSet, written: Written, fits_schema: Fits) -> None:
    expressions = ("neutral", "happy", "sad", "angry", "afraid")
    portraits = make_set(expressions=expressions, size=144, name="img/faces/Cast")
    files = written("rpg_maker", portraits)
    assert set(files) == {"img/faces/Cast.png", "img/faces/Cast_2.png", "img/faces/Cast.faces.json"}
    sheets = {name: pixels(files[f"img/faces/{name}.png"]) for name in ("Cast", "Cast_2")}
    assert all(sheet.shape == (288, 576, 4) for sheet in sheets.values())
    faces = fits_schema("faces", files["img/faces/Cast.faces.json"])["faces"]
    assert len(faces) == 10
    for number, face in enumerate(faces):
        column, row = face["index"] % 4, face["index"] // 4
        cell = sheets[face["sheet"]][row * 144 : row * 144 + 144, column * 144 : column * 144 + 144]
        assert_shows(cell, portraits, number)
        tags = portraits.portraits[number].tags
        assert (face["character"], face["expression"]) == (tags.character, tags.expression)
    assert not sheets["Cast_2"][144:, :, 3].any(), "places without a face are clear"


def test_rpg_maker_takes_no_other_size(make_set: MakeSet, written: Written) -> None:
    with pytest.raises(UsageError, match="faces of RPG Maker are 144 pixels; the size is 24"):
        written("rpg_maker", make_set())


@pytest.mark.parametrize(("form", "ending"), [("hash", ".json"), ("array", ".json"), ("paper2d", ".paper2dsprites")])
def test_an_atlas_says_where_its_pictures_are(
    form: str, ending: str, make_set: MakeSet, written: Written, fits_schema: Fits
) -> None:
    portraits = make_set()
    files = written("atlas", portraits, {"form": form})
    assert set(files) == {"art/cast.png", f"art/cast{ending}"}
    data = fits_schema("atlas_array" if form == "array" else "atlas_hash", files[f"art/cast{ending}"])
    frames = {entry["filename"]: entry for entry in data["frames"]} if form == "array" else data["frames"]
    page = pixels(files["art/cast.png"])
    assert data["meta"]["image"] == "cast.png"
    assert (data["meta"]["size"]["h"], data["meta"]["size"]["w"]) == page.shape[:2]
    assert list(frames) == [portrait.name.rpartition("/")[2] for portrait in portraits.portraits]
    for number, frame in enumerate(frames.values()):
        x, y, w, h = (frame["frame"][key] for key in "xywh")
        assert_shows(page[y : y + h, x : x + w], portraits, number)
        assert frame["sourceSize"] == {"w": 24, "h": 24}


def test_a_full_page_goes_on_on_the_next(make_set: MakeSet, written: Written, fits_schema: Fits) -> None:
    portraits = make_set(characters=("a", "b", "c"), size=30)
    files = written("atlas", portraits, {"maximum_side": 64})
    names = ["cast", "cast_2", "cast_3"]
    assert set(files) == {f"art/{name}{ending}" for name in names for ending in (".png", ".json")}
    found = []
    for name in names:
        data = fits_schema("atlas_hash", files[f"art/{name}.json"])
        found += list(data["frames"])
        assert max(pixels(files[f"art/{name}.png"]).shape) <= 64
        assert data["meta"]["related_multi_packs"] == [f"{other}.json" for other in names if other != name]
    assert len(found) == 9
    with pytest.raises(UsageError, match="no room"):
        written("atlas", make_set(size=128), {"maximum_side": 64})


def test_unreals_normals_have_y_down(make_set: MakeSet, written: Written, fits_schema: Fits) -> None:
    up = written("atlas", make_set(maps=True))
    down = written("atlas", make_set(maps=True), {"form": "paper2d"})
    assert pixels(up["art/cast_n.png"])[12, 12].tolist() == [200, 60, 220]
    assert pixels(down["art/cast_N.png"])[12, 12].tolist() == [200, 196, 220]
    assert fits_schema("atlas_hash", up["art/cast.json"])["meta"]["normalMap"] == "cast_n.png"


def test_frames_that_only_folders_tell_apart_keep_them(make_set: MakeSet, written: Written, fits_schema: Fits) -> None:
    files = written("atlas", make_set(template="{character}/{expression}"))
    assert "ada/happy" in fits_schema("atlas_hash", files["art/cast.json"])["frames"]


def test_unity_counts_from_below(make_set: MakeSet, written: Written, fits_schema: Fits) -> None:
    portraits = make_set(characters=("a", "b", "c"), maps=True)
    files = written("unity", portraits)
    data = fits_schema("unity_sheet", files["art/cast.json"])
    sheet = pixels(files["art/cast.png"])
    height = data["size"]["height"]
    assert sheet.shape[:2] == (height, data["size"]["width"])
    for number, sprite in enumerate(data["sprites"]):
        rect = sprite["rect"]
        top = height - rect["y"] - rect["height"]
        assert_shows(sheet[top : top + rect["height"], rect["x"] : rect["x"] + rect["width"]], portraits, number)
        assert sprite["expression"] == portraits.portraits[number].tags.expression
    textures = {entry["name"]: pixels(files[f"art/{entry['texture']}"]) for entry in data["secondaryTextures"]}
    assert textures.keys() == {"_NormalMap", "_MaskTex"}
    assert textures["_NormalMap"][12, 12].tolist() == [200, 60, 220]
    assert textures["_MaskTex"][12, 12].tolist() == [255, 0, 0, 0], "the skin is red"
    assert data["maskChannels"]["r"].startswith("skin")
    assert math.isclose(data["pixelsPerUnit"], 100)


def test_unity_without_maps_has_no_secondary_textures(make_set: MakeSet, written: Written, fits_schema: Fits) -> None:
    files = written("unity", make_set())
    assert set(files) == {"art/cast.png", "art/cast.json"}
    assert fits_schema("unity_sheet", files["art/cast.json"])["secondaryTextures"] == []
