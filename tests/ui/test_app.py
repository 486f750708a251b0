"""Start, end, and errors that nobody expected; the real dialogs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from creator import paths
from creator.ui import app as app_module
from creator.ui.app import UnexpectedErrors
from creator.ui.questions import Answer, Questions, show_text

ROOT = Path(__file__).resolve().parents[2]

_START_AND_CLOSE = """
import sys
from PySide6.QtCore import QTimer
from creator.ui import app, main_window
class Window(main_window.MainWindow):
    def _on_frame(self, number):
        super()._on_frame(number)
        print("picture", self.view.shown.request.variant, flush=True)
        QTimer.singleShot(0, self.close)
app.MainWindow = Window
sys.exit(app.run())
"""


def test_the_program_starts_draws_and_ends_cleanly(own_model: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _START_AND_CLOSE], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, paths.MODELS_VARIABLE: str(own_model), "XDG_STATE_HOME": str(tmp_path)},
    )  # fmt: skip
    complaints = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
    assert (done.returncode, complaints) == (0, [])
    assert "picture" in done.stdout


def test_unexpected_errors_are_shown_once_with_their_text(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    told: list[tuple[str, ...]] = []
    monkeypatch.setattr(app_module, "show_text", lambda _parent, *texts: told.append(texts))
    errors = UnexpectedErrors()
    try:
        raise ZeroDivisionError("by accident")
    except ZeroDivisionError as error:
        errors.catch(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: bool(told))
    title, _, details = told[0]
    assert title == "Something unexpected happened"
    assert "ZeroDivisionError: by accident" in details


def in_dialog(act: Callable[[QWidget], None]) -> None:
    """Let ``act`` use the next modal dialog."""

    def use() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(10, use)
        else:
            act(dialog)

    QTimer.singleShot(0, use)


def press(kind: QMessageBox.StandardButton) -> Callable[[QWidget], None]:
    def act(dialog: QWidget) -> None:
        assert isinstance(dialog, QMessageBox)
        dialog.button(kind).click()

    return act


@pytest.mark.parametrize(
    ("button", "answer"),
    [
        (QMessageBox.StandardButton.Save, Answer.SAVE),
        (QMessageBox.StandardButton.Discard, Answer.DISCARD),
        (QMessageBox.StandardButton.Cancel, Answer.CANCEL),
    ],
)
def test_the_unsaved_question(button: QMessageBox.StandardButton, answer: Answer, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    in_dialog(press(button))
    assert Questions(parent).unsaved_changes() is answer


def test_copying_an_error_does_not_close_its_dialog(qtbot: QtBot) -> None:
    def act(dialog: QWidget) -> None:
        assert isinstance(dialog, QMessageBox)
        next(button for button in dialog.buttons() if button.text() == "Copy").click()
        assert dialog.isVisible()
        press(QMessageBox.StandardButton.Ok)(dialog)

    in_dialog(act)
    show_text(None, "Title", "What happened", "all the details")
    assert QGuiApplication.clipboard().text() == "What happened\n\nall the details"


def test_a_saved_character_gets_its_ending(qtbot: QtBot, tmp_path: Path) -> None:
    def act(dialog: QWidget) -> None:
        assert isinstance(dialog, QFileDialog)
        line = dialog.findChild(QLineEdit)
        assert line is not None
        line.setText("anna")
        dialog.accept()

    parent = QWidget()
    qtbot.addWidget(parent)
    in_dialog(act)
    assert Questions(parent).save_path(tmp_path / "character.face.json") == tmp_path / "anna.face.json"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None has no reference count to lose since Python 3.12")
def test_the_binding_keeps_count_of_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 drops references to None on Python 3.11 at each repaint, until the program dies."""

    class Painted(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            event.accept()

    widget = Painted()
    qtbot.addWidget(widget)
    widget.show()
    widget.repaint()
    before = sys.getrefcount(None)
    for _ in range(300):
        widget.repaint()
    assert abs(sys.getrefcount(None) - before) < 100
