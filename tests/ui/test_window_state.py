"""What the window shows is what it showed when it was closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from creator import paths
from creator.ui.main_window import MainWindow
from creator.ui.settings import FILE_NAME, Settings

from .conftest import MakeWindow, ScriptedRenderer, settle

NextWindow = Callable[[MainWindow], MainWindow]


@pytest.fixture
def next_window(make_window: MakeWindow, renderer: ScriptedRenderer, qtbot: QtBot) -> NextWindow:
    """Closes a window and starts the next one."""

    def start(window: MainWindow) -> MainWindow:
        assert window.close()
        shown = make_window(lambda: renderer)
        settle(shown, qtbot)
        return shown

    return start


def open_titles(window: MainWindow) -> list[str]:
    return [group.title for group in window.panel.groups if group.is_open]


def test_the_first_start_opens_one_group(window: MainWindow) -> None:
    assert open_titles(window) == ["Person"]
    assert window.studio.page == 0


def test_groups_page_scene_backdrop_inset_and_zoom_come_back(
    window: MainWindow, next_window: NextWindow, qtbot: QtBot
) -> None:
    for group in window.panel.groups:
        group.set_open(group.title in ("Face", "Expression"))
    window.panel.search.setText("age")  # opens another for as long as it is there
    tools = window.studio.tools
    for button, entry in ((tools.backdrop, "Grey"), (tools.scene, "Round tokens on a map"), (tools.inset, "96 pixels")):
        next(action for action in button.menu().actions() if action.text() == entry).trigger()
    window.view.zoom_to(2.0)
    window.studio.show_page(2)
    window.side.show_page("history")
    after = next_window(window)
    assert open_titles(after) == ["Face", "Expression"]
    assert (after.studio.page, after.side.page) == (2, "history")
    assert after.view.backdrop.colour == QColor("#808080")
    assert after.view.scene is not None
    assert after.view.scene.key == "token"
    assert (after.view.inset, after.view.zoom) == (96, 2.0)
    tools = after.studio.tools
    for button, entry in ((tools.backdrop, "Grey"), (tools.scene, "Round tokens on a map"), (tools.inset, "96 pixels")):
        assert [action.text() for action in button.menu().actions() if action.isChecked()] == [entry]


def test_a_picture_behind_comes_back_unless_it_is_gone(
    window: MainWindow, next_window: NextWindow, tmp_path: Path
) -> None:
    picture = tmp_path / "sky.png"
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    assert image.save(str(picture))
    window.studio.tools.show_picture(picture)
    second = next_window(window)
    assert second.view.backdrop.picture.pixelColor(3, 3) == QColor("blue")
    picture.unlink()
    third = next_window(second)
    assert third.view.backdrop.source == ""
    assert not third.view.message.isVisible(), "nothing to complain about at every start"


def test_damaged_settings_start_as_at_the_first_time(
    window: MainWindow, next_window: NextWindow, own_folders: Path
) -> None:
    assert window.close()
    file = paths.user_settings_folder() / FILE_NAME
    file.write_text(
        '{"open_groups": ["Nowhere", "Face"], "studio_page": 99, "scene": "opera", "inset": 7, "zoom": 1e300}'
    )
    assert Settings(file).values.studio_page == 99
    after = next_window(window)
    assert open_titles(after) == ["Face"]
    assert after.studio.page == 0
    assert after.view.scene is None
    assert after.view.inset == 0
    assert after.view.zoom == 16.0
