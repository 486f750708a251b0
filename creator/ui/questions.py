"""Everything the window asks the user in a dialog, in one place that tests can answer for."""

from __future__ import annotations

import enum
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from creator.attributes import AttributeSchema
from creator.character import FILE_ENDING, Character
from creator.export.cast import CastMember
from creator.export.presets import PresetShelf
from creator.inspection import Inspection
from creator.portrait_file import PORTRAIT_ENDING
from creator.ui.actions import Actions
from creator.ui.export_dialog import ExportDialog
from creator.ui.export_form import ExportChoice
from creator.ui.inspect_dialog import InspectChoice, InspectDialog
from creator.ui.language import tr
from creator.ui.preview_renderer import PreviewRenderer
from creator.ui.settings import Settings
from creator.ui.settings_dialog import SettingsDialog


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
        box = QMessageBox(QMessageBox.Icon.Warning, tr("Unsaved changes"), tr("Save the changes to this character?"),
                          button.Save | button.Discard | button.Cancel, self._parent)  # fmt: skip
        box.setInformativeText(tr("Otherwise they are lost."))
        box.setDefaultButton(button.Save)
        return {button.Save: Answer.SAVE, button.Discard: Answer.DISCARD}.get(button(box.exec()), Answer.CANCEL)

    def open_path(self, folder: Path) -> Path | None:
        kinds = tr("Characters and portraits") + f" (*{FILE_ENDING} *{PORTRAIT_ENDING})"
        name, _ = QFileDialog.getOpenFileName(self._parent, tr("Open character"), str(folder), kinds)
        return Path(name) if name else None

    def save_path(self, suggestion: Path) -> Path | None:
        dialog = QFileDialog(
            self._parent, tr("Save character"), str(suggestion), tr("Characters") + f" (*{FILE_ENDING})"
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(FILE_ENDING.removeprefix("."))
        dialog.selectFile(suggestion.name)
        return Path(dialog.selectedFiles()[0]) if dialog.exec() else None

    def library_folder(self, present: Path) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self._parent, tr("Library folder"), str(present))
        return Path(chosen) if chosen else None

    def report_path(self, suggestion: Path) -> Path | None:
        """Where to save who is in a cast: a file that ends in .html or .png."""
        kinds = tr("Page") + " (*.html);;" + tr("Picture") + " (*.png)"
        dialog = QFileDialog(self._parent, tr("Save the report"), str(suggestion.parent), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("html")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix("png" if "*.png" in chosen else "html"))
        dialog.selectFile(suggestion.stem)
        return Path(dialog.selectedFiles()[0]) if dialog.exec() else None

    def inspect(
        self, found: Inspection, present: Character, schema: AttributeSchema, renderer: PreviewRenderer
    ) -> InspectChoice | None:
        """What to do with a recipe or portrait that was looked into; None for nothing."""
        dialog = InspectDialog(found, present, schema, renderer, self._parent)
        dialog.exec()
        return dialog.choice

    def export(
        self, shelf: PresetShelf, suggestion: ExportChoice, member: CastMember, renderer: PreviewRenderer
    ) -> ExportChoice | None:
        """How and where to export ``member``; None for not at all."""
        dialog = ExportDialog(shelf, suggestion, member, renderer, self._parent)
        return dialog.choice() if dialog.exec() == QDialog.DialogCode.Accepted else None

    def settings(self, settings: Settings, actions: Actions) -> bool:
        """Let the user change ``settings``; return whether something may have changed."""
        return SettingsDialog(settings, actions, self._parent).exec() == QDialog.DialogCode.Accepted

    def tell(self, title: str, text: str) -> None:
        """Something the user must know about, such as a failed save."""
        show_text(self._parent, title, text)


def show_text(parent: QWidget | None, title: str, text: str, details: str = "") -> None:
    """A dialog with a button that copies all of its text."""
    box = QMessageBox(QMessageBox.Icon.Critical, title, text, QMessageBox.StandardButton.Ok, parent)
    copy = box.addButton(tr("Copy"), QMessageBox.ButtonRole.ActionRole)
    copy.clicked.disconnect()  # copying does not close the dialog
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(f"{text}\n\n{details}".strip()))
    if details:
        box.setDetailedText(details)
    box.exec()
