"""Small pictures: drawn once, in idle moments, only where they are seen."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from creator.character import Character
from creator.random_character import random_values
from creator.ui import face_pictures
from creator.ui.face_pictures import FACE, WHOLE, Face, FacePictures, Region, part
from creator.ui.face_tiles import FaceTiles, Tile
from creator.ui.preview_renderer import PreviewRenderer

from .conftest import PATIENCE, ScriptedRenderer


@pytest.fixture
def worker(renderer: ScriptedRenderer, qtbot: QtBot) -> Iterator[PreviewRenderer]:
    made = PreviewRenderer(lambda: renderer)
    with qtbot.waitSignal(made.loaded, timeout=PATIENCE):
        made.start()
    yield made
    renderer.unblock()
    assert made.close(PATIENCE / 1000)


@pytest.fixture
def pictures(worker: PreviewRenderer) -> FacePictures:
    return FacePictures(worker)


@pytest.fixture
def ada(renderer: ScriptedRenderer) -> Character:
    return Character("Ada", 3, random_values(renderer.schema, 3))


def test_a_picture_is_drawn_once_whatever_the_name(
    pictures: FacePictures, renderer: ScriptedRenderer, ada: Character, qtbot: QtBot
) -> None:
    face = pictures.face(ada, 16)
    assert pictures.image(face) is None
    pictures.want("a", (face, face))
    qtbot.waitUntil(lambda: pictures.image(face) is not None, timeout=PATIENCE)
    assert pictures.face(ada.with_name("Bea"), 16) == face
    pictures.want("b", (pictures.face(ada.with_name("Bea"), 16),))
    other = pictures.face(ada.with_seed(4), 16)
    pictures.want("c", (other,))
    qtbot.waitUntil(lambda: pictures.image(other) is not None, timeout=PATIENCE)
    assert len(renderer.requests) == 2


def test_small_pictures_are_drafts_and_large_ones_are_not(pictures: FacePictures, ada: Character) -> None:
    assert pictures.face(ada, 20).variant == "draft"
    assert pictures.face(ada, 40).variant == "full"
    assert pictures.face(ada, 20, Region(0.4, 0.4, 0.2)).variant == "full", "a small part needs more pixels"


def test_old_pictures_are_forgotten(
    pictures: FacePictures, ada: Character, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(face_pictures, "_MAXIMUM_BYTES", 3 * 16 * 16 * 4)
    faces = [pictures.face(ada.with_seed(seed), 16) for seed in range(5)]
    pictures.want("a", faces)
    qtbot.waitUntil(lambda: pictures.image(faces[4]) is not None, timeout=PATIENCE)
    assert [pictures.image(face) is not None for face in faces] == [False, False, True, True, True]


def test_a_part_is_cut_out() -> None:
    pixels = np.arange(16 * 16 * 4, dtype=np.uint16).astype(np.uint8).reshape(16, 16, 4)
    assert part(pixels, WHOLE) is pixels
    assert (part(pixels, Region(0.25, 0.5, 0.25)) == pixels[8:12, 4:8]).all()
    assert part(pixels, FACE).flags.c_contiguous


def make_tiles(pictures: FacePictures, count: int) -> FaceTiles:
    tiles = tuple(Tile(f"Age {20 + n}", {"age": 20.0 + n}) for n in range(count))
    return FaceTiles(tiles, pictures, "ages", side=16)


def test_tiles_show_this_person_with_each_choice(
    pictures: FacePictures, renderer: ScriptedRenderer, ada: Character, qtbot: QtBot
) -> None:
    tiles = make_tiles(pictures, 4)
    qtbot.addWidget(tiles)
    tiles.show_character(ada.with_value("age", 22.0))
    assert renderer.requests == [], "nothing is drawn for what nobody sees"
    tiles.show()
    qtbot.waitUntil(lambda: all(not button.image.isNull() for button in tiles.buttons), timeout=PATIENCE)
    assert [request.character.values["age"] for request in renderer.requests] == [20.0, 21.0, 22.0, 23.0]
    assert [button.isChecked() for button in tiles.buttons] == [False, False, True, False]
    chosen: list[int] = []
    tiles.chosen.connect(chosen.append)
    qtbot.mouseClick(tiles.buttons[3], Qt.MouseButton.LeftButton)
    assert chosen == [3]
    before = tiles.buttons[0].image
    renderer.block()
    tiles.show_character(ada.with_value("gender", 0.123))
    assert tiles.buttons[0].image == before, "the old picture stays until the new one is there"
    assert not any(button.isChecked() for button in tiles.buttons)


def test_a_long_list_begins_with_two_lines(pictures: FacePictures, ada: Character, qtbot: QtBot) -> None:
    tiles = make_tiles(pictures, 30)
    qtbot.addWidget(tiles)
    tiles.resize(5 * 25, 100)
    tiles.show_character(ada.with_value("age", 45.0))
    tiles.show()

    def seen() -> int:
        return sum(button.isVisible() for button in tiles.buttons)

    qtbot.waitUntil(lambda: 8 <= seen() <= 13)
    assert tiles.buttons[25].isVisible(), "the present choice is always there"
    tiles.show_all_button.click()
    assert seen() == 30


def test_a_failing_picture_leaves_the_dots(
    pictures: FacePictures, renderer: ScriptedRenderer, ada: Character, qtbot: QtBot
) -> None:
    renderer.failure = ValueError("by accident")
    face = Face(ada.with_name(""), 16)
    pictures.want("a", (face,))
    qtbot.waitUntil(lambda: len(renderer.requests) == 1, timeout=PATIENCE)
    renderer.failure = None
    other = Face(ada.with_name("").with_seed(9), 16)
    pictures.want("a", (other,))
    qtbot.waitUntil(lambda: pictures.image(other) is not None, timeout=PATIENCE)
    assert pictures.image(face) is None
