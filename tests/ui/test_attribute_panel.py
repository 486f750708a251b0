"""The rows: what mouse, wheel and keys do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from creator.attributes import AttributeSchema
from creator.ui.attribute_panel import AttributePanel
from creator.ui.attribute_row import AttributeRow
from creator.ui.attribute_text import number_text, tooltip
from creator.ui.main_window import MainWindow
from creator.ui.value_slider import ValueSlider

from .conftest import ScriptedRenderer, settle

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Panel:
    """A panel that keeps what is edited, as a session does."""

    def __init__(self, schema: AttributeSchema) -> None:
        self.widget = AttributePanel()
        self.widget.build(schema)
        self.values = schema.defaults()
        self.edits: list[tuple[str, object, bool]] = []
        self.finished = 0
        self.widget.edited.connect(self._edit)
        self.widget.finished.connect(self._finish)

    def _edit(self, name: str, value: float | str, live: bool) -> None:
        self.edits.append((name, value, live))
        self.values[name] = value
        self.widget.show_values(self.values)

    def _finish(self) -> None:
        self.finished += 1

    def row(self, name: str) -> AttributeRow:
        return self.widget.row(name)

    def slider(self, name: str) -> ValueSlider:
        slider = self.row(name).slider
        assert slider is not None
        return slider


@pytest.fixture
def panel(schema: AttributeSchema, qtbot: QtBot) -> Panel:
    panel = Panel(schema)
    qtbot.addWidget(panel.widget)
    panel.widget.resize(460, 700)
    panel.widget.show()
    qtbot.waitExposed(panel.widget)
    panel.widget.activateWindow()
    return panel


def at(slider: ValueSlider, value: float) -> QPoint:
    return slider.point_of(value).toPoint()


def turn_wheel(widget: QWidget, notches: int) -> QWheelEvent:
    centre = QPointF(widget.rect().center())
    event = QWheelEvent(
        centre, QPointF(widget.mapToGlobal(centre)), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
    return event


def test_there_is_a_row_for_each_attribute_in_its_group(panel: Panel, schema: AttributeSchema) -> None:
    panel.widget.groups[-1].toggle()
    for name in schema.names:
        panel.row(name)
    assert tuple(panel.widget.rows) == schema.names
    assert [group.header.text() for group in panel.widget.groups] == list(schema.groups)
    for attribute in schema.attributes:
        row = panel.row(attribute.name)
        assert (row.slider is None) == (attribute.kind == "choice")
        control = row.slider or row.choice
        assert control is not None
        assert control.accessibleName() == attribute.label


def test_a_click_in_the_groove_jumps(panel: Panel, qtbot: QtBot) -> None:
    slider = panel.slider("age")
    qtbot.mouseClick(slider, LEFT, pos=at(slider, 60.0))
    (name, value, live), = panel.edits  # fmt: skip
    assert name == "age"
    assert abs(float(str(value)) - 60.0) <= 1.0
    assert float(str(value)) == round(float(str(value))), "whole steps"
    assert live
    assert panel.finished == 1


def test_a_drag_goes_in_steps_and_a_press_on_the_knob_does_not_jump(panel: Panel, qtbot: QtBot) -> None:
    slider = panel.slider("age")
    start = at(slider, 35.0)
    qtbot.mousePress(slider, LEFT, pos=start + QPoint(3, 0))
    assert panel.edits == []
    for value in (40.0, 50.0, 61.0):
        qtbot.mouseMove(slider, at(slider, value) + QPoint(3, 0))
    assert panel.finished == 0
    qtbot.mouseRelease(slider, LEFT, pos=at(slider, 61.0) + QPoint(3, 0))
    assert panel.finished == 1
    assert abs(float(panel.values["age"]) - 61.0) <= 1.0
    assert all(float(str(value)) % 1 == 0 and live for _, value, live in panel.edits)


def test_dragging_beyond_the_ends_stops_there(panel: Panel, qtbot: QtBot) -> None:
    slider = panel.slider("age")
    qtbot.mousePress(slider, LEFT, pos=at(slider, 35.0))
    qtbot.mouseMove(slider, QPoint(5000, 0))
    assert panel.values["age"] == 80.0
    qtbot.mouseMove(slider, QPoint(-5000, 0))
    assert panel.values["age"] == 18.0
    qtbot.mouseRelease(slider, LEFT)


def test_arrow_keys_step_and_shift_steps_finely(panel: Panel, qtbot: QtBot) -> None:
    slider = panel.slider("age")
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert panel.values["age"] == 36.0
    qtbot.keyClick(slider, Qt.Key.Key_Down)
    qtbot.keyClick(slider, Qt.Key.Key_Left, SHIFT)
    assert panel.values["age"] == pytest.approx(34.9)
    qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    assert panel.values["age"] == pytest.approx(44.9)
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert panel.values["age"] == 80.0
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert panel.values["age"] == 18.0
    assert panel.finished == 6


def test_a_held_key_is_one_movement(panel: Panel, qtbot: QtBot) -> None:
    slider = panel.slider("age")
    for _ in range(5):
        qtbot.keyPress(slider, Qt.Key.Key_Right)
    assert panel.finished == 0
    qtbot.keyRelease(slider, Qt.Key.Key_Right)
    assert panel.finished == 1
    assert panel.values["age"] == 40.0


def test_double_click_and_the_button_reset(panel: Panel, qtbot: QtBot) -> None:
    row, slider = panel.row("age"), panel.slider("age")
    assert row.reset_button.isVisible()
    assert not row.reset_button.isEnabled()
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert row.reset_button.isEnabled()
    qtbot.mouseClick(row.reset_button, LEFT)
    assert panel.values["age"] == 35.0
    assert not row.reset_button.isEnabled()
    qtbot.keyClick(slider, Qt.Key.Key_End)
    qtbot.mouseDClick(slider, LEFT, pos=at(slider, 80.0))
    assert panel.values["age"] == 35.0
    assert panel.edits[-1] == ("age", 35.0, False)


def test_the_wheel_scrolls_the_pane_unless_the_row_has_the_focus(panel: Panel) -> None:
    row, slider = panel.row("age"), panel.slider("age")
    assert row.number is not None
    for widget in (slider, row.number, panel.row("expression").choice):
        assert widget is not None
        widget.clearFocus()
        assert not turn_wheel(widget, 1).isAccepted() or panel.edits == []
    assert panel.edits == []
    slider.setFocus()
    turn_wheel(slider, 1)
    assert panel.values["age"] == 36.0


def test_the_number_box_takes_a_typed_value(panel: Panel, qtbot: QtBot) -> None:
    number = panel.row("age").number
    assert number is not None
    assert number.text() == "35 years"
    number.setFocus()
    number.selectAll()
    qtbot.keyClicks(number, "52")
    assert panel.edits == [], "nothing happens before the number is complete"
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert panel.values["age"] == 52.0
    assert panel.slider("age").value() == ((52 - 18) * 10)
    qtbot.waitUntil(lambda: panel.finished == 1)


def test_a_choice_is_one_edit(panel: Panel, qtbot: QtBot) -> None:
    choice = panel.row("expression").choice
    assert choice is not None
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert panel.edits == [("expression", "happy", False)]


def test_showing_values_reports_no_edit(panel: Panel, schema: AttributeSchema) -> None:
    panel.widget.show_values({**schema.defaults(), "age": 50.0, "expression": "sad", "gender": 0.123456})
    assert panel.edits == []
    assert panel.row("expression").choice.currentText() == "Sad"  # type: ignore[union-attr]
    assert panel.row("gender").number.text() == "0.123"  # type: ignore[union-attr]


def test_search_and_the_changed_filter(panel: Panel, qtbot: QtBot) -> None:
    panel.widget.search.setText("skin")
    assert panel.row("skin_tone").isVisible(), "a closed group opens for what is found"
    assert not panel.row("age").isVisible()
    panel.widget.search.setText("nothing like this")
    assert not any(row.isVisible() for row in panel.widget.rows.values())
    panel.widget.search.clear()
    assert panel.row("age").isVisible()
    assert not panel.row("skin_tone").isVisible(), "closed again"
    qtbot.keyClick(panel.slider("gender"), Qt.Key.Key_Right)
    panel.widget.only_changed.click()
    assert [name for name, row in panel.widget.rows.items() if row.isVisible()] == ["gender"]


def test_a_group_opens_and_closes(panel: Panel, qtbot: QtBot) -> None:
    group = panel.widget.groups[0]
    assert group.is_open
    qtbot.mouseClick(group.header, LEFT)
    assert not group.is_open
    assert not panel.row("age").isVisible()


def test_texts(schema: AttributeSchema) -> None:
    assert tooltip(schema["gender"]) == "Gender.\nfeminine (0.00) to masculine (1.00)"
    assert tooltip(schema["age"]).endswith("18 years to 80 years")
    assert [number_text(v, 2) for v in (0.5, 0.505, -0.0001)] == ["0.50", "0.505", "0.00"]
    assert [number_text(v, 0) for v in (34.0, 34.5)] == ["34", "34.5"]


def test_dragging_in_the_window_is_one_undo_step(window: MainWindow, renderer: ScriptedRenderer, qtbot: QtBot) -> None:
    assert window.session is not None
    window.session.set_attribute("age", 34.0)
    settle(window, qtbot)
    slider = window.panel.rows["age"].slider
    assert slider is not None
    renderer.block()  # sliders work on while a picture is being made
    qtbot.mousePress(slider, LEFT, pos=at(slider, 34.0))
    for value in range(35, 62):
        qtbot.mouseMove(slider, at(slider, float(value)))
    qtbot.mouseRelease(slider, LEFT, pos=at(slider, 61.0))
    renderer.unblock()
    assert window.session.undo_label.startswith("Age 34 to 6")
    assert window.actions_.undo.text() == f"Undo {window.session.undo_label}"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.character.values["age"] == 34.0
    assert window.panel.rows["age"].number.value() == 34.0  # type: ignore[union-attr]
    settle(window, qtbot)
