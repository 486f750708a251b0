"""What a screen reader and a keyboard find: names, values, and no place that cannot be reached or left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QScrollArea, QScrollBar, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from creator.attributes import AttributeSchema
from creator.character import Character, LoadedCharacter
from creator.description import describe
from creator.export.cast import CastMember
from creator.export.presets import load_presets
from creator.inspection import Inspection
from creator.random_character import random_values
from creator.ui.about_dialog import AboutDialog
from creator.ui.ancestry_triangle import AncestryTriangle
from creator.ui.attribute_row import ChoiceBox, NumberBox
from creator.ui.cast_report import CastReport
from creator.ui.cast_sheet import CastSheet
from creator.ui.drag_pad import DragPad
from creator.ui.export_dialog import ExportDialog
from creator.ui.export_form import ExportChoice
from creator.ui.inspect_dialog import InspectDialog
from creator.ui.light_ball import LightBall
from creator.ui.main_window import MainWindow
from creator.ui.people_grid import PeopleGrid
from creator.ui.settings_dialog import SettingsDialog
from creator.ui.swatch_strip import SwatchStrip
from creator.ui.value_slider import ValueSlider

from .conftest import PATIENCE


def controls(root: QWidget) -> Iterator[QWidget]:
    """What can be operated and is seen; the inner parts of compound controls speak through these."""
    for widget in root.findChildren(QWidget):
        if (
            widget.isVisibleTo(root)
            and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            and widget.focusProxy() is None
            and not isinstance(widget, (QScrollBar, QScrollArea, QLabel))
            and not widget.objectName().startswith("qt_")
        ):
            yield widget


def spoken_name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface.text(QAccessible.Text.Name)


def nameless(root: QWidget) -> list[str]:
    return [f"{type(w).__name__} {w.objectName()}" for w in controls(root) if not spoken_name(w).strip()]


def make_all_rows(window: MainWindow) -> None:
    for group in window.panel.groups:
        group.set_open(True)
    assert window.session is not None
    for name in window.session.schema.names:
        window.panel.row(name)


def test_every_control_of_every_page_has_a_name(whole_window: MainWindow, qtbot: QtBot) -> None:
    window = whole_window
    make_all_rows(window)
    window.view.show_message("something", is_error=True)
    for index in range(window.studio.pages.count()):
        window.studio.show_page(index)
        window.side.show_page(("", "library", "history")[index % 3])
        grids = window.studio.pages.currentWidget().findChildren(PeopleGrid)
        qtbot.waitUntil(lambda grids=grids: all(grid.buttons for grid in grids), timeout=PATIENCE)  # type: ignore[misc]
        assert len(list(controls(window))) > 100
        assert nameless(window) == []


def interface_of(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def test_everything_that_stands_at_a_value_tells_it(whole_window: MainWindow, qtbot: QtBot) -> None:
    """The whole walk: no slider, number, swatch or pad is without its present value."""
    make_all_rows(whole_window)
    kinds = (ValueSlider, NumberBox, SwatchStrip, DragPad, ChoiceBox, QSpinBox)
    for index in range(whole_window.studio.pages.count()):
        whole_window.studio.show_page(index)
        silent = [w for w in controls(whole_window) if isinstance(w, kinds)
                  and not interface_of(w).text(QAccessible.Text.Value)]  # fmt: skip
        assert silent == []


def test_a_slider_speaks_its_own_unit_and_follows(whole_window: MainWindow) -> None:
    session, row = whole_window.session, whole_window.panel.row("age")
    assert session is not None
    assert row.slider is not None
    assert row.number is not None
    for age in (41.0, 67.5):
        session.set_attribute("age", age)
        slider, number = interface_of(row.slider), interface_of(row.number)
        assert slider.text(QAccessible.Text.Value) == f"{age:g} years"
        values = slider.valueInterface()
        assert (values.currentValue(), values.minimumValue(), values.maximumValue()) == (age, 8.0, 90.0)
        assert values.minimumStepSize() == 1.0
        assert number.valueInterface().currentValue() == age
    interface_of(row.slider).valueInterface().setCurrentValue(20.0)
    assert session.character.values["age"] == 20.0
    assert session.undo_label == "Age 67.5 to 20"
    assert not session.is_editing


def test_swatches_and_pads_follow(whole_window: MainWindow) -> None:
    session, panel = whole_window.session, whole_window.panel
    make_all_rows(whole_window)
    assert session is not None
    strip = panel.findChild(SwatchStrip)
    triangle, ball = panel.findChild(AncestryTriangle), panel.findChild(LightBall)
    assert strip is not None
    assert triangle is not None
    assert ball is not None
    session.apply(session.character.with_values({"skin_tone": 7.2, "light_azimuth": 30.0, "light_elevation": -10.0,
                                                 "ancestry_african": 0.25, "ancestry_east_asian": 0.25,
                                                 "ancestry_european": 0.5}), "test")  # fmt: skip
    assert interface_of(strip).text(QAccessible.Text.Value) == "Tone 7 of 10"
    assert interface_of(ball).text(QAccessible.Text.Value) == "30° sideways, -10° up"
    words = interface_of(triangle).text(QAccessible.Text.Value)
    assert words == interface_of(triangle).text(QAccessible.Text.Description)
    assert words.count("25%") == 2
    assert "50%" in words
    interface_of(strip).valueInterface().setCurrentValue(3)
    assert session.character.values["skin_tone"] == 3.0
    assert interface_of(strip).valueInterface().currentValue() == 3


def test_choices_and_groups_follow(whole_window: MainWindow) -> None:
    session, panel = whole_window.session, whole_window.panel
    assert session is not None
    choice = panel.row("hair_style").choice
    assert choice is not None
    session.set_attribute("hair_style", "mohawk")
    assert interface_of(choice).text(QAccessible.Text.Value) == "Mohawk"
    assert spoken_name(panel.groups[0].header) == "Person, group, open"
    panel.groups[0].toggle()
    assert spoken_name(panel.groups[0].header) == "Person, group, closed"


def test_every_control_of_the_dialogs_has_a_name(
    window: MainWindow, schema: AttributeSchema, qtbot: QtBot, tmp_path: Path
) -> None:
    assert window.session is not None
    found = Inspection(Path("x.face.json"), LoadedCharacter(Character("", 1, random_values(schema, 1))), None, None)
    shelf = load_presets()
    choice = ExportChoice(shelf.presets["png"], tmp_path)
    member = CastMember("anna", window.session.character)
    dialogs: list[QWidget] = [
        ExportDialog(shelf, choice, member, window.renderer, window),
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
