"""What a screen reader and a keyboard find: names, values, and no place that cannot be reached or left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from creator.attributes import AttributeSchema
from creator.character import Character, LoadedCharacter
from creator.description import describe
from creator.inspection import Inspection
from creator.random_character import random_values
from creator.ui.about_dialog import AboutDialog
from creator.ui.cast_report import CastReport
from creator.ui.cast_sheet import CastSheet
from creator.ui.inspect_dialog import InspectDialog
from creator.ui.main_window import MainWindow
from creator.ui.settings_dialog import SettingsDialog

from .conftest import PATIENCE


def controls(root: QWidget) -> Iterator[QWidget]:
    """What can be operated and is seen. The inner parts of compound controls speak through these."""
    for widget in root.findChildren(QWidget):
        if (
            widget.isVisibleTo(root)
            and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            and widget.focusProxy() is None
            and not isinstance(widget, (QScrollBar, QScrollArea))
            and not widget.objectName().startswith("qt_")
        ):
            yield widget


def spoken_name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface.text(QAccessible.Text.Name)


def nameless(root: QWidget) -> list[str]:
    return [f"{type(w).__name__} {w.objectName()}" for w in controls(root) if not spoken_name(w).strip()]


@pytest.mark.parametrize("page", ["", "library", "history"])
def test_every_control_of_the_window_has_a_name(window: MainWindow, page: str) -> None:
    window.side.show_page(page)
    window.view.show_message("something", is_error=True)
    assert len(list(controls(window))) > 10
    assert nameless(window) == []


def test_every_control_of_the_dialogs_has_a_name(window: MainWindow, schema: AttributeSchema, qtbot: QtBot) -> None:
    assert window.session is not None
    found = Inspection(Path("x.face.json"), LoadedCharacter(Character("", 1, random_values(schema, 1))), None, None)
    dialogs: list[QWidget] = [
        AboutDialog(window.renderer.renderer, "CPU", window),
        SettingsDialog(window.settings, window.actions_, window),
        InspectDialog(found, window.session.character, schema, window.renderer, window),
        CastReport(window.workspace.store, window.questions, window),
        CastSheet(window.workspace.store, window.workspace.thumbnails, window.renderer, window),
    ]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        dialog.show()
        assert nameless(dialog) == [], type(dialog).__name__
        dialog.close()


def test_the_picture_is_spoken(window: MainWindow) -> None:
    interface = QAccessible.queryAccessibleInterface(window.view)
    assert interface is not None
    assert interface.text(QAccessible.Text.Name) == "Portrait"
    assert window.session is not None
    words = describe(window.session.character, window.session.schema)
    assert interface.text(QAccessible.Text.Description) == words


def test_tab_goes_round_the_whole_window(window: MainWindow, qtbot: QtBot) -> None:
    """Nothing that takes the focus keeps it, and the tool bar, the panel and the page at the side are all reached."""
    window.side.show_page("library")
    window.activateWindow()
    window.name_line.setFocus()
    reached: list[QWidget] = []
    for _ in range(400):
        widget = QApplication.focusWidget()
        assert widget is not None
        if reached and widget is reached[0]:
            break
        assert widget not in reached, "the focus runs in a circle that leaves something out"
        reached.append(widget)
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    for wanted in (window.seed_line, window.panel.search, window.workspace.library.search):
        assert wanted in reached
    tool_buttons = {w.defaultAction() for w in reached if hasattr(w, "defaultAction")}
    for action in (window.actions_.new_person, window.actions_.export, window.actions_.named["library"]):
        assert action in tool_buttons


def test_one_key_goes_from_pane_to_pane(window: MainWindow, qtbot: QtBot) -> None:
    window.side.show_page("library")
    window.activateWindow()
    window.panel.search.setFocus()
    visited = []
    for _ in range(4):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        panes = (window.panel, window.studio, window.side, window.tools)
        visited.append(next(pane for pane in panes if focused is not None and pane.isAncestorOf(focused)))
    assert visited == [window.studio, window.side, window.tools, window.panel]


def test_library_rows_speak_name_and_tags(window: MainWindow, schema: AttributeSchema, qtbot: QtBot) -> None:
    store = window.workspace.store
    store.add(Character("Ada", 1, random_values(schema, 1), tags=("villain",)))
    qtbot.waitUntil(lambda: bool(store.entries) and store.is_read(), timeout=PATIENCE)
    model = window.workspace.library.model
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Ada, tags villain"


def test_menus_offer_everything_by_name(window: MainWindow) -> None:
    offered = {action for menu in window.menuBar().actions() for action in menu.menu().actions()}
    missing = [name for name, action in window.actions_.named.items() if action not in offered]
    assert missing == []


def test_no_two_actions_share_their_keys(window: MainWindow) -> None:
    keys = [action.shortcut().toString() for action in window.actions_.named.values() if action.shortcut().toString()]
    assert sorted(keys) == sorted(set(keys))


def test_the_interface_of_a_dialog_has_its_title(window: MainWindow, qtbot: QtBot) -> None:
    dialog = AboutDialog(window.renderer.renderer, "CPU", window)
    qtbot.addWidget(dialog)
    dialog.show()
    assert isinstance(dialog, QDialog)
    assert spoken_name(dialog) == "About Facewright"
