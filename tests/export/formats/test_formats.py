"""What holds for every format, and the sheets that several share."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from creator.errors import UsageError
from creator.export.formats import FORMATS
from creator.export.formats.sheets import Grid, grids, laid_out
from creator.export.portrait_set import ExportFile, PortraitSet

_SIZES = {"rpg_maker": 144}
_ENDINGS = {".png": "PNG", ".webp": "WEBP", ".jpg": "JPEG"}


@pytest.mark.parametrize("maps", [False, True], ids=["plain", "maps"])
@pytest.mark.parametrize("writer", FORMATS)
def test_twice_the_same_bytes_and_every_picture_opens(
    writer: str, maps: bool, make_set: Callable[..., PortraitSet], written: Callable[..., dict[str, bytes]]
) -> None:
    portraits = make_set(size=_SIZES.get(writer, 32), maps=maps)
    files = written(writer, portraits)
    assert files
    assert files == written(writer, make_set(size=_SIZES.get(writer, 32), maps=maps))
    for path, data in files.items():
        ending = path[path.rindex(".") :]
        if ending in _ENDINGS:
            with Image.open(io.BytesIO(data)) as image:
                assert image.format == _ENDINGS[ending]
                image.load()
                assert b"trainedAlgorithmicMedia" in (image.info.get("xmp") or image.info["XML:com.adobe.xmp"].encode())
        elif ending != ".pdf":
            text = data.decode()
            assert "\r" not in text
            assert text.endswith("\n")
        assert not path.endswith((".import", ".meta", ".uid")), "those are the engines' own"


@pytest.mark.parametrize("writer", FORMATS)
def test_names_need_no_pixels_and_no_bytes(writer: str, make_set: Callable[..., PortraitSet]) -> None:
    portraits = make_set(size=_SIZES.get(writer, 32))
    listed = [file.path for file in FORMATS[writer].files(portraits, {})]
    for portrait in portraits.portraits:
        portrait.pixels.flags.writeable = True
        portrait.pixels[:] = 0
    assert listed == [file.path for file in FORMATS[writer].files(portraits, {})]


@pytest.mark.parametrize("writer", FORMATS)
def test_an_unknown_option_is_named(writer: str, make_set: Callable[..., PortraitSet]) -> None:
    with pytest.raises(UsageError, match="has no option 'colour'") as error:
        list(FORMATS[writer].files(make_set(size=_SIZES.get(writer, 32)), {"colour": 1}))
    assert FORMATS[writer].label in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("writer", "option", "value"),
    [
        ("pictures", "kind", "gif"),
        ("renpy", "side", 9),
        ("renpy", "script", "yes"),
        ("dialogic", "root", "res://../secret/"),
        ("dialogic", "root", "C:/game/"),
        ("dialogic", "root", 'res://a"b/'),
        ("unity", "padding", -1),
        ("unity", "pixels_per_unit", float("nan")),
        ("atlas", "form", "xml"),
        ("atlas", "maximum_side", 100_000),
        ("foundry", "ring_colour", "red"),
        ("foundry", "ring", 0.9),
        ("contact_sheet", "columns", 0),
    ],
)
def test_a_wrong_option_is_named(writer: str, option: str, value: object, make_set: Callable[..., PortraitSet]) -> None:
    with pytest.raises(UsageError, match=f"the option '{option}'"):
        list(FORMATS[writer].files(make_set(size=_SIZES.get(writer, 32)), {option: value}))


def test_two_portraits_of_one_look_are_refused(make_set: Callable[..., PortraitSet]) -> None:
    for writer in ("renpy", "dialogic", "dialogue_map"):
        files = FORMATS[writer].files(make_set(expressions=("happy", "happy")), {})
        with pytest.raises(UsageError, match="two portraits of the look 'happy'"):
            [file.content() for file in files]


@given(count=st.integers(1, 300), cell=st.integers(16, 512), padding=st.integers(0, 9), maximum=st.integers(512, 8192))
def test_grids_hold_everything_without_overlap(count: int, cell: int, padding: int, maximum: int) -> None:
    pages = list(grids(count, cell, padding, maximum))
    assert sum(grid.count for grid in pages) == count
    for grid in pages:
        assert max(grid.width, grid.height) <= maximum
        corners = [grid.corner(index) for index in range(grid.count)]
        for x, y in corners:
            assert 0 <= x <= grid.width - cell
            assert 0 <= y <= grid.height - cell
        assert all(
            abs(x - u) >= cell + padding or abs(y - v) >= cell + padding
            for i, (x, y) in enumerate(corners[:40])
            for u, v in corners[:i]
        )
        assert grid.columns * (grid.rows - 1) < grid.count, "no row is empty"


def test_pictures_lie_where_the_grid_says() -> None:
    grid = Grid(3, 2, 4, 1)
    pictures = [np.full((4, 4, 4), number + 1, np.uint8) for number in range(3)]
    sheet = laid_out(grid, pictures, (9, 9, 9, 9))
    assert sheet.shape == (9, 9, 4)
    for index, picture in enumerate(pictures):
        x, y = grid.corner(index)
        assert np.array_equal(sheet[y : y + 4, x : x + 4], picture)
    assert (sheet[4] == 9).all()
    assert (sheet[5:, 5:] == 9).all()


def test_content_is_made_only_when_it_is_wanted(make_set: Callable[..., PortraitSet]) -> None:
    for writer in FORMATS:
        for file in FORMATS[writer].files(make_set(size=_SIZES.get(writer, 32)), {}):
            assert isinstance(file, ExportFile)
            assert callable(file.content)
