from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from creator import __version__
from creator.attributes import AttributeSchema
from creator.character import new_character, save_character
from creator.errors import AttributeValueError, CharacterFileError, SaveError, UsageError
from creator.generator import RenderRequest, RenderResult
from creator.manifest import ModelStamp
from creator.portrait_file import PictureKind, load_recipe, picture_bytes, portrait_bytes, save_portrait
from creator.provenance import Origin, recipe


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


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed (libimage-exiftool-perl)")
@pytest.mark.parametrize(("kind", "ending"), [("png", "png"), ("webp", "webp"), ("jpeg", "jpg")])
def test_exiftool_reads_the_origin(
    result: RenderResult, schema: AttributeSchema, tmp_path: Path, kind: PictureKind, ending: str
) -> None:
    path = tmp_path / f"zoe.{ending}"
    stamp = ModelStamp("tiny", "0.0.1", "ab" * 32)
    words = 'Portrait of Zoë & <Co>. A person of 50 with "red" hair'
    path.write_bytes(picture_bytes(result.pixels, kind, Origin(recipe(result.request.character, stamp), stamp, words)))
    command = ["exiftool", "-json", "-G1", "-struct", "-n", "-validate", "-warning", "-a", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    (told,) = json.loads(done.stdout)
    assert not [value for key, value in told.items() if "Warning" in key or "Error" in key]
    command = ["exiftool", "-json", "-G1", "-struct", "-n", str(path)]
    (told,) = json.loads(subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout)
    assert told["XMP-iptcExt:DigitalSourceType"].endswith("/trainedAlgorithmicMedia")
    assert told["XMP-dc:Description"] == words
    assert told["XMP-cc:License"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert told["XMP-xmp:CreatorTool"] == f"Facewright {__version__}"
    ours = " ".join(f"{key}={value}" for key, value in told.items() if key.startswith("XMP-iptc"))
    assert "AISystemUsed=Facewright" in ours
    assert "AISystemVersionUsed=" in ours
    assert f"AltTextAccessibility={words}" in ours
    assert load_recipe(path, schema).character == result.request.character
