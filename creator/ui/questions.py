"""Everything the window asks the user in a dialog, in one place that tests can answer for."""

from __future__ import annotations

import enum
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from creator.character import FILE_ENDING
from creator.portrait_file import PORTRAIT_ENDING
from creator.ui.export_dialog import ExportChoice, ExportDialog


class Answer(enum.Enum):
    SAVE = enum.auto()
    DISCARD = enum.auto()
    CANCEL = enum.auto()


class Questions:
    """Asks with modal dialogs over ``parent``."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

    def unsaved_changes(self) -> Answer:
        button = QMessageBox.StandardButton
        box = QMessageBox(QMessageBox.Icon.Warning, "Unsaved changes", "Save the changes to this character?",
                          button.Save | button.Discard | button.Cancel, self._parent)  # fmt: skip
        box.setInformativeText("Otherwise they are lost.")
        box.setDefaultButton(button.Save)
        return {button.Save: Answer.SAVE, button.Discard: Answer.DISCARD}.get(button(box.exec()), Answer.CANCEL)

    def open_path(self, folder: Path) -> Path | None:
        kinds = f"Characters and portraits (*{FILE_ENDING} *{PORTRAIT_ENDING})"
        name, _ = QFileDialog.getOpenFileName(self._parent, "Open character", str(folder), kinds)
        return Path(name) if name else None

    def save_path(self, suggestion: Path) -> Path | None:
        dialog = QFileDialog(self._parent, "Save character", str(suggestion), f"Characters (*{FILE_ENDING})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(FILE_ENDING.removeprefix("."))
        dialog.selectFile(suggestion.name)
        return Path(dialog.selectedFiles()[0]) if dialog.exec() else None

    def export(self, suggestion: ExportChoice, own_size: int) -> ExportChoice | None:
        dialog = ExportDialog(suggestion, own_size, self._parent)
        return dialog.choice() if dialog.exec() == QDialog.DialogCode.Accepted else None

    def tell(self, title: str, text: str) -> None:
        """Something the user must know about, such as a failed save."""
        show_text(self._parent, title, text)


def show_text(parent: QWidget | None, title: str, text: str, details: str = "") -> None:
    """A dialog with a button that copies all of its text."""
    box = QMessageBox(QMessageBox.Icon.Critical, title, text, QMessageBox.StandardButton.Ok, parent)
    copy = box.addButton("Copy", QMessageBox.ButtonRole.ActionRole)
    copy.clicked.disconnect()  # copying does not close the dialog
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(f"{text}\n\n{details}".strip()))
    if details:
        box.setDetailedText(details)
    box.exec()
