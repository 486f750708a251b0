from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from creator.attributes import AttributeSchema
from creator.character import new_character, save_character
from creator.errors import AttributeValueError, CharacterFileError, SaveError, UsageError
from creator.generator import RenderRequest, RenderResult
from creator.manifest import ModelStamp
from creator.portrait_file import load_recipe, portrait_bytes, save_portrait, straight_rgba


def disc(size: int, colour: tuple[int, int, int]) -> NDArray[np.uint8]:
    """A soft disc of one colour: uint8, (size, size, 4), premultiplied."""
    rows, columns = np.mgrid[:size, :size] + 0.5
    alpha = np.clip((0.4 * size - np.hypot(rows - size / 2, columns - size / 2)) / 2 + 0.5, 0, 1)[..., None]
    return np.rint(np.concatenate([alpha * colour, alpha * 255], axis=2)).astype(np.uint8)


@pytest.fixture
def result(schema: AttributeSchema) -> RenderResult:
    character = new_character(schema, 11, "Zoë & <Co>", {"age": 50})
    stamp = ModelStamp("tiny", "0.0.1", "ab" * 32)
    return RenderResult(RenderRequest(character), disc(32, (200, 120, 90)), 1.0, "CPU", stamp)


@pytest.mark.parametrize("size", [None, 16, 17, 48, 64, 100, 144, 256])
def test_one_colour_stays_one_colour_at_every_edge(size: int | None) -> None:
    picture = straight_rgba(disc(64, (200, 120, 90)), size).astype(int)
    side = size or 64
    assert picture.shape == (side, side, 4)
    visible = picture[..., 3] > 0
    assert visible.any()
    # An 8-bit premultiplied pixel of alpha a knows its colour only to 128 / a.
    error = np.abs(picture[..., :3] - [200, 120, 90]).max(axis=2) * picture[..., 3] / 255
    assert error[visible].max() <= 2.5
    assert np.abs(picture[picture[..., 3] > 250][:, :3] - [200, 120, 90]).max() <= 1


@pytest.mark.parametrize("size", [None, 48, 128])
def test_transparent_pixels_beside_the_edge_carry_its_colour(size: int | None) -> None:
    picture = straight_rgba(disc(64, (200, 120, 90)), size).astype(int)
    clear = picture[..., 3] == 0
    beside = np.zeros_like(clear)
    for axis in (0, 1):
        for step in (-1, 1):
            beside |= np.roll(picture[..., 3] > 0, step, axis)
    assert np.abs(picture[clear & beside][:, :3] - [200, 120, 90]).max() < 60
    assert not picture[0, 0].any(), "far from the edge it stays empty, which compresses well"


def test_reducing_averages_light_and_not_codes() -> None:
    board = np.zeros((64, 64, 4), np.uint8)
    board[..., 3] = 255
    board[(np.indices((64, 64)).sum(0) % 2) == 0, :3] = 255
    grey = straight_rgba(board, 16)[4:12, 4:12, :3]
    assert abs(float(grey.mean()) - 188) < 2, "half of the light is sRGB 188"


@pytest.mark.parametrize("size", [100, 256])
def test_enlarging_makes_no_rims(size: int) -> None:
    step = np.full((64, 64, 4), 255, np.uint8)
    step[:, :32, :3] = 40
    step[:, 32:, :3] = 200
    picture = straight_rgba(step, size)[..., :3]
    assert picture.min() >= 39
    assert picture.max() <= 201


def test_without_resizing_the_picture_is_exact() -> None:
    rng = np.random.default_rng(0)
    alpha = rng.integers(0, 256, (16, 16, 1))
    colour = np.rint(rng.random((16, 16, 3)) * alpha)
    pixels = np.concatenate([colour, alpha], axis=2).astype(np.uint8)
    picture = straight_rgba(pixels).astype(float)
    again = np.rint(picture[..., :3] * picture[..., 3:] / 255)
    assert np.array_equal(picture[..., 3], pixels[..., 3])
    assert np.abs(again - pixels[..., :3]).max() <= 1


@given(seed=st.integers(0, 2**32 - 1), size=st.sampled_from([None, 16, 23, 40]))
def test_any_pixels_give_a_picture(seed: int, size: int | None) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (24, 24, 4), dtype=np.uint8)
    picture = straight_rgba(pixels, size)
    assert picture.dtype == np.uint8
    assert picture.shape[0] == (size or 24)


def test_a_black_and_an_empty_picture_survive() -> None:
    empty = np.zeros((16, 16, 4), np.uint8)
    assert not straight_rgba(empty, 20).any()
    empty[..., 3] = 255
    assert straight_rgba(empty, 20)[..., :3].max() == 0


@pytest.mark.parametrize(("size", "nearest"), [(15, 16), (0, 16), (-3, 16), (2049, 2048)])
def test_an_impossible_size_names_the_nearest(result: RenderResult, size: int, nearest: int) -> None:
    with pytest.raises(AttributeValueError, match=f"nearest valid value is {nearest}"):
        portrait_bytes(result, size)


def test_the_same_picture_gives_the_same_bytes(result: RenderResult) -> None:
    assert portrait_bytes(result, 48) == portrait_bytes(result, 48)
    assert portrait_bytes(result) == portrait_bytes(result, 32)


def test_recipe_and_origin_are_inside(result: RenderResult, schema: AttributeSchema, tmp_path: Path) -> None:
    path = tmp_path / "zoe.png"
    save_portrait(result, path, 40)
    with Image.open(path) as image:
        assert image.size == (40, 40)
        assert image.mode == "RGBA"
        assert "srgb" in image.info
        assert '"sha256": "abab' in image.info["facewright"]
        xmp = image.info["XML:com.adobe.xmp"]
    assert "trainedAlgorithmicMedia" in xmp
    assert "publicdomain/zero" in xmp
    ElementTree.fromstring(xmp[xmp.index("<x:") : xmp.rindex("<?")])
    loaded = load_recipe(path, schema)
    assert loaded.character == result.request.character
    assert loaded.notices == ()


def test_a_recipe_may_be_a_character_file(result: RenderResult, schema: AttributeSchema, tmp_path: Path) -> None:
    path = tmp_path / "zoe.face.json"
    save_character(result.request.character, path)
    assert load_recipe(path, schema).character == result.request.character


def test_a_picture_without_a_recipe_is_refused(schema: AttributeSchema, tmp_path: Path) -> None:
    path = tmp_path / "other.png"
    Image.new("RGB", (4, 4)).save(path)
    with pytest.raises(CharacterFileError, match="holds no character"):
        load_recipe(path, schema)
    path.write_bytes(b"GIF89a")
    with pytest.raises(CharacterFileError, match="holds no character"):
        load_recipe(path, schema)


@given(cut=st.integers(0, 3000), at=st.integers(8, 3000), byte=st.integers(0, 255))
def test_a_damaged_portrait_is_read_or_refused(
    schema: AttributeSchema, tmp_path: Path, cut: int, at: int, byte: int
) -> None:
    character = new_character(schema, 1)
    whole = bytearray(portrait_bytes(RenderResult(RenderRequest(character), disc(16, (9, 9, 9)), 1.0, "CPU")))
    path = tmp_path / "damaged.png"
    changed = whole.copy()
    changed[at % len(changed)] = byte
    for damaged in (changed, whole[:cut]):
        path.write_bytes(damaged)
        try:
            load_recipe(path, schema)
        except CharacterFileError as error:
            assert "damaged.png" in str(error)
            assert "\n" not in str(error)


def test_a_text_bomb_in_a_portrait_is_refused(schema: AttributeSchema, tmp_path: Path) -> None:
    from PIL import PngImagePlugin

    info = PngImagePlugin.PngInfo()
    info.add_itxt("facewright", "[" * (30 << 20), zip=True)
    stream = io.BytesIO()
    Image.new("L", (1, 1)).save(stream, "PNG", pnginfo=info)
    path = tmp_path / "bomb.png"
    path.write_bytes(stream.getvalue())
    assert path.stat().st_size < 100_000
    with pytest.raises(CharacterFileError):
        load_recipe(path, schema)


def test_only_png_is_written(result: RenderResult, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"write '.*a\.png' instead"):
        save_portrait(result, tmp_path / "a.jpg")
    with pytest.raises(SaveError):
        save_portrait(result, tmp_path / "nowhere" / "a.png")
    assert list(tmp_path.iterdir()) == []
