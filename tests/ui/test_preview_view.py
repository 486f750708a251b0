"""The picture's own view: zoom and pan, what lies behind, the true-size corner, scenes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from creator.character import Character
from creator.errors import UsageError
from creator.generator import RenderRequest, RenderResult
from creator.ui.backdrop import Backdrop, picture_backdrop
from creator.ui.mock_scenes import SCENES
from creator.ui.preview_renderer import Frame
from creator.ui.preview_tools import PreviewTools
from creator.ui.preview_view import PreviewView, Tool

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
SIDE = 64
RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def frame() -> Frame:
    """Left half red, right half green, the upper quarter transparent."""
    pixels = np.zeros((SIDE, SIDE, 4), np.uint8)
    pixels[SIDE // 4 :, : SIDE // 2] = (*RED, 255)
    pixels[SIDE // 4 :, SIDE // 2 :] = (*GREEN, 255)
    result = RenderResult(RenderRequest(Character("Ada", 1), "full"), pixels, 1.0, "Scripted")
    return Frame(1, result, pixels)


@pytest.fixture
def view(qtbot: QtBot) -> PreviewView:
    made = PreviewView()
    qtbot.addWidget(made)
    made.resize(400, 332)  # the fitting picture has 300 pixels
    made.show()
    qtbot.waitExposed(made)
    made.show_frame(frame())
    made.set_backdrop(Backdrop(QColor(*BLUE)))
    return made


def pixel(view: PreviewView, x: float, y: float) -> tuple[int, ...]:
    """The colour at a share of the view's width and height."""
    image = view.grab().toImage()
    return image.pixelColor(round(x * (image.width() - 1)), round(y * (image.height() - 1))).getRgb()[:3]


def turn_wheel(view: PreviewView, at: QPointF, notches: int) -> None:
    event = QWheelEvent(
        at, QPointF(view.mapToGlobal(at)), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def test_the_fitting_picture_lies_over_its_backdrop(view: PreviewView) -> None:
    assert pixel(view, 0.3, 0.6) == RED
    assert pixel(view, 0.7, 0.6) == GREEN
    assert pixel(view, 0.3, 0.2) == BLUE
    assert view.fits
    assert view.zoom == pytest.approx(300 / SIDE)


def test_a_double_click_changes_between_fit_and_true_pixels(view: PreviewView, qtbot: QtBot) -> None:
    qtbot.mouseDClick(view, LEFT, pos=view.rect().center())
    assert view.zoom == 1.0
    assert view._target().width() == SIDE
    assert pixel(view, 0.3, 0.6) not in (RED, GREEN, BLUE), "the small picture ends before"
    qtbot.mouseDClick(view, LEFT, pos=view.rect().center())
    assert view.fits


def test_the_wheel_zooms_around_the_mouse(view: PreviewView) -> None:
    at = QPointF(150, 200)
    before = (at - view._target().topLeft()) / view._target().width()
    turn_wheel(view, at, 4)
    after = (at - view._target().topLeft()) / view._target().width()
    assert view.zoom > 300 / SIDE
    assert (after - before).manhattanLength() < 0.02
    for _ in range(60):
        turn_wheel(view, at, 2)
    assert view.zoom == 16.0
    for _ in range(60):
        turn_wheel(view, at, -2)
    assert view.zoom == 1.0, "never smaller than true pixels or the fitting picture"


def test_the_middle_button_pans_and_the_picture_never_leaves(view: PreviewView, qtbot: QtBot) -> None:
    view.zoom_to(8.0)
    start = view._target().topLeft()
    middle = view.rect().center()
    qtbot.mousePress(view, MIDDLE, pos=middle)
    qtbot.mouseMove(view, middle + QPoint(30, -20))
    assert view._target().topLeft() - start == QPointF(30, -20)
    qtbot.mouseMove(view, middle + QPoint(9000, 9000))
    qtbot.mouseRelease(view, MIDDLE)
    assert view._target().intersects(view.rect())


def test_the_move_tool_drags_the_picture_and_no_attribute(view: PreviewView, qtbot: QtBot) -> None:
    dragged: list[object] = []
    view.dragged.connect(lambda *what: dragged.append(what))
    view.zoom_to(8.0)
    view.tool = Tool.MOVE
    start = view._target().topLeft()
    middle = view.rect().center()
    qtbot.mousePress(view, LEFT, pos=middle)
    qtbot.mouseMove(view, middle + QPoint(10, 0))
    qtbot.mouseRelease(view, LEFT)
    assert view._target().topLeft().x() == start.x() + 10
    assert dragged == []


def test_keys_zoom(view: PreviewView, qtbot: QtBot) -> None:
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom == pytest.approx(300 / SIDE * 1.2)
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.fits


def test_the_corner_shows_the_true_size(view: PreviewView) -> None:
    view.set_inset(48)
    image = view.grab().toImage()
    right, bottom = image.width() - 16, image.height() - 16
    assert image.pixelColor(right - 2, bottom - 2).getRgb()[:3] == GREEN
    assert image.pixelColor(right - 46, bottom - 2).getRgb()[:3] == RED
    assert image.pixelColor(right - 46, bottom - 46).getRgb()[:3] == BLUE


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.key)
def test_each_scene_shows_the_portrait_and_its_name(view: PreviewView, scene: object) -> None:
    view.set_scene(scene)  # type: ignore[arg-type]
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    colours = {image.pixelColor(x, y).getRgb()[:3] for x in range(0, image.width(), 2) for y in range(image.height())}
    assert RED in colours
    assert GREEN in colours
    view.set_scene(None)
    assert pixel(view, 0.3, 0.6) == RED


# The tools above it


@pytest.fixture
def tools(view: PreviewView, qtbot: QtBot) -> PreviewTools:
    made = PreviewTools(view, (("portrait", "Portrait"), ("grid", "Explore")))
    qtbot.addWidget(made)
    made.resize(700, 44)
    made.show()
    return made


def test_the_zoom_button_says_how_large(tools: PreviewTools, view: PreviewView) -> None:
    assert tools.zoom_button.text() == "Fit"
    tools.zoom_button.menu().actions()[-3].trigger()
    assert tools.zoom_button.text() == f"{view.zoom:.0%}" == "200%"
    tools.zoom_button.menu().actions()[0].trigger()
    assert view.fits


def test_tools_and_backdrops_are_chosen_by_mouse(tools: PreviewTools, view: PreviewView, qtbot: QtBot) -> None:
    qtbot.mouseClick(tools.tools[Tool.GAZE], LEFT)
    assert view.tool is Tool.GAZE
    black = tools.backdrop.menu().actions()[1]
    black.trigger()
    assert black.isChecked()
    assert pixel(view, 0.3, 0.2) == (0, 0, 0)
    tools.scene.menu().actions()[3].trigger()
    assert view.scene is SCENES[2]
    tools.inset.menu().actions()[2].trigger()
    assert view.inset == 64


def test_titles_give_way_to_icons(tools: PreviewTools, qtbot: QtBot) -> None:
    assert tools.pages[0].toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    tools.resize(430, 44)
    qtbot.waitUntil(lambda: tools.pages[0].toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly)
    assert tools.pages[0].accessibleName() == "Portrait"


# Pictures behind


def test_a_picture_lies_behind(view: PreviewView, tools: PreviewTools, tmp_path: Path) -> None:
    Image.new("RGB", (50, 30), (200, 10, 220)).save(tmp_path / "wall.png")
    tools.show_picture(tmp_path / "wall.png")
    assert pixel(view, 0.3, 0.2) == (200, 10, 220)


def test_a_large_picture_is_reduced(tmp_path: Path) -> None:
    Image.new("L", (5000, 3000)).save(tmp_path / "wall.png")
    picture = picture_backdrop(tmp_path / "wall.png").picture
    assert (picture.width(), picture.height()) == (2048, 1229)


def test_what_is_no_picture_is_told(view: PreviewView, tools: PreviewTools, tmp_path: Path) -> None:
    (tmp_path / "wall.png").write_bytes(b"\x89PNG\r\n\x1a\nnot really")
    tools.show_picture(tmp_path / "wall.png")
    assert "wall.png" in view.message.text
    with pytest.raises(UsageError, match="missing.png"):
        picture_backdrop(tmp_path / "missing.png")
