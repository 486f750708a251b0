"""The window that tells who is in a cast; with real files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from creator import paths
from creator.attributes import AttributeSchema
from creator.character import new_character
from creator.library import Library
from creator.ui.cast_report import CastReport
from creator.ui.main_window import MainWindow

from .conftest import PATIENCE, ScriptedQuestions

PEOPLE = {"Ada": 20.0, "Brom": 65.0, "Eva": 70.0}


@pytest.fixture
def library(schema: AttributeSchema, own_folders: Path) -> Library:
    library = Library(paths.user_library_folder(), schema)
    for name, age in PEOPLE.items():
        library.add(new_character(schema, 1, name, {"age": age}))
    return library


@pytest.fixture
def report(library: Library, window: MainWindow, qtbot: QtBot) -> CastReport:
    """The report of the whole library."""
    window.actions_.cast_report.trigger()
    report = window.workspace._report
    assert report is not None
    settle_report(report, qtbot)
    return report


def settle_report(report: CastReport, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not report.progress.isVisible(), timeout=PATIENCE)


def test_the_library_is_counted_in_words_and_bars(report: CastReport) -> None:
    assert report.isVisible()
    assert "Ages run from 20 to 70" in report.summary.text()
    older = report.bars["age", "older"]
    assert (older.value(), older.maximum()) == (2, 3)
    assert report.bars["age", "middle_aged"].value() == 0
    spoken = QAccessible.queryAccessibleInterface(older)
    assert spoken.text(QAccessible.Text.Name) == "Age, 60 and older"
    assert spoken.text(QAccessible.Text.Description) == "2 (67 %)"
    assert "60 and older 2 (67 %)" in report.charts.accessibleDescription()


@pytest.mark.parametrize(("name", "start"), [("cast.html", b"<!DOCTYPE html>"), ("cast.png", b"\x89PNG")])
def test_it_is_saved_as_a_page_or_a_picture(
    report: CastReport, questions: ScriptedQuestions, tmp_path: Path, qtbot: QtBot, name: str, start: bytes
) -> None:
    questions.path = tmp_path / name
    qtbot.mouseClick(report.save_button, Qt.MouseButton.LeftButton)
    assert questions.path.read_bytes().startswith(start)
    assert name in report.notes.text()


def test_a_report_that_cannot_be_saved_is_told(
    report: CastReport, questions: ScriptedQuestions, tmp_path: Path, qtbot: QtBot
) -> None:
    questions.path = tmp_path / "gone" / "cast.html"
    qtbot.mouseClick(report.save_button, Qt.MouseButton.LeftButton)
    assert "The report was not saved" in questions.told[0]
    questions.path = None
    qtbot.mouseClick(report.save_button, Qt.MouseButton.LeftButton)
    assert len(questions.told) == 1


def test_a_file_that_cannot_be_read_is_left_out_and_told(
    report: CastReport, library: Library, window: MainWindow, qtbot: QtBot
) -> None:
    (library.folder / "broken.face.json").write_text("{")
    window.workspace.show_report()
    settle_report(report, qtbot)
    assert report.report is not None
    assert report.report.total == 3
    assert "cannot be read: 1" in report.notes.text()


def test_an_empty_library_has_nobody_to_count(window: MainWindow, qtbot: QtBot) -> None:
    report = window.workspace.show_report()
    settle_report(report, qtbot)
    assert "nobody" in report.summary.text()
    assert not report.save_button.isEnabled()
    assert report.bars == {}


def test_the_cast_sheet_asks_about_the_selected_or_the_shown(
    report: CastReport, window: MainWindow, qtbot: QtBot
) -> None:
    cast = window.workspace.show_cast()
    qtbot.waitUntil(lambda: cast.model.rowCount() == 3, timeout=PATIENCE)

    def total_after_asking() -> int:
        qtbot.mouseClick(cast.report_button, Qt.MouseButton.LeftButton)
        settle_report(report, qtbot)
        assert report.report is not None
        return report.report.total

    assert total_after_asking() == 3
    for row in (1, 2):
        cast.grid.selectionModel().select(cast.model.index(row), QItemSelectionModel.SelectionFlag.Select)
    assert total_after_asking() == 2
    assert report.scope.text().startswith("2 chosen")
    assert report.bars["age", "older"].value() == 2
    cast.search.setText("ada")
    assert total_after_asking() == 1


def test_the_librarys_menu_offers_it(report: CastReport, window: MainWindow, qtbot: QtBot) -> None:
    report.close()
    (more,) = window.workspace.library.findChildren(QToolButton, "quiet_button")
    (action,) = [action for action in more.menu().actions() if action.text() == "Who is in this cast…"]
    action.trigger()
    settle_report(report, qtbot)
    assert report.isVisible()
    assert report.report is not None


def test_the_newest_request_is_answered(report: CastReport, window: MainWindow, qtbot: QtBot) -> None:
    store = window.workspace.store
    qtbot.waitUntil(lambda: len(store.entries) == 3, timeout=PATIENCE)
    totals: list[int] = []
    store.counted.connect(lambda found, _unread: totals.append(found.total))
    store.count_people(store.entries[:1])
    report.begin(store.entries[:2])
    settle_report(report, qtbot)
    assert totals == [2]


def test_closing_stops_the_counting(report: CastReport, window: MainWindow, qtbot: QtBot) -> None:
    answered: list[object] = []
    window.workspace.store.counted.connect(lambda *found: answered.append(found))
    report.begin(None)
    report.close()
    window.workspace.store._worker.submit(lambda: None).result(PATIENCE / 1000)
    qtbot.wait(0)
    assert answered == []
