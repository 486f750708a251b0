"""The list of steps: one line for each, a mark at the saved one, and a click or an arrow key that goes there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from creator.attributes import AttributeSchema
from creator.ui.history_panel import HistoryPanel
from creator.ui.session import Session


@pytest.fixture
def panel(schema: AttributeSchema, qtbot: QtBot) -> HistoryPanel:
    panel = HistoryPanel(Session(schema, seed=7))
    qtbot.addWidget(panel)
    panel.show()
    return panel


def lines(panel: HistoryPanel) -> list[str]:
    model = panel.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_every_step_has_a_line(panel: HistoryPanel, tmp_path: Path) -> None:
    session = panel._session
    session.set_attribute("age", 34.0)
    for age in range(35, 62):
        session.set_attribute("age", float(age), live=True)
    session.end_edit()
    session.save(tmp_path / "ada.face.json")
    session.set_attribute("expression", "sad")
    session.undo()
    told = lines(panel)
    assert told[0] == "Beginning"
    assert told[2] == "Age 34 to 61  · saved"
    assert told[3].endswith("to Sad")
    assert panel.list.currentIndex().row() == 2


def test_clicks_and_arrow_keys_go_to_a_step(panel: HistoryPanel, qtbot: QtBot) -> None:
    session = panel._session
    for age in (40.0, 50.0, 60.0):
        session.set_attribute("age", age)
    target = panel.list.visualRect(panel.list.model().index(1, 0)).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=target)
    assert session.character.values["age"] == 40.0
    assert session.redo_label.endswith("40 to 50")
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    assert session.character.values["age"] == 50.0
    session.set_attribute("age", 20.0)
    assert len(lines(panel)) == 4, "what could be redone is forgotten"


def test_a_hidden_list_costs_nothing_and_is_right_when_it_shows(panel: HistoryPanel) -> None:
    panel.hide()
    for age in (40.0, 50.0):
        panel._session.set_attribute("age", age)
    assert len(lines(panel)) == 1
    panel.show()
    assert len(lines(panel)) == 3
