"""Where to and how large: the question before a portrait is exported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from creator.portrait_file import PORTRAIT_ENDING

SIZES = (128, 256, 512, 1024)


@dataclass(frozen=True)
class ExportChoice:
    """``size``: side of the picture in pixels; None is the generator's own, untouched."""

    path: Path
    size: int | None


class ExportDialog(QDialog):
    """Asks for file and size. Asks again before it replaces a file."""

    def __init__(self, suggestion: ExportChoice, own_size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export portrait")
        self._confirmed: Path | None = None
        self.size_box = QComboBox()
        for size in sorted({*SIZES, own_size}):
            remark = "  (as the model makes it)" if size == own_size else ""
            self.size_box.addItem(f"{size} × {size}{remark}", None if size == own_size else size)
        self.size_box.setCurrentIndex(self.size_box.findData(suggestion.size))
        self.file_line = QLineEdit(str(suggestion.path))
        self.file_line.setMinimumWidth(360)
        browse = QPushButton("Browse…")
        browse.clicked.connect(self._browse)
        file_row = QHBoxLayout()
        file_row.addWidget(self.file_line, 1)
        file_row.addWidget(browse)
        form = QFormLayout()
        form.addRow("Size", self.size_box)
        form.addRow("File", file_row)
        note = QLabel("PNG with transparency. The recipe is stored inside: open the picture here to go on from it.")
        note.setObjectName("quiet")
        note.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton("Export", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(note)
        layout.addWidget(buttons)

    def choice(self) -> ExportChoice:
        return ExportChoice(self._path(), self.size_box.currentData())

    def accept(self) -> None:
        path = self._path()
        if not self.file_line.text().strip():
            self.file_line.setFocus()
            return
        if path.exists() and path != self._confirmed:
            answer = QMessageBox.question(self, "Replace the file?", f"'{path.name}' exists already. Replace it?")
            if answer != QMessageBox.StandardButton.Yes:
                return
        super().accept()

    def _path(self) -> Path:
        path = Path(self.file_line.text().strip()).expanduser()
        return path if path.suffix.lower() == PORTRAIT_ENDING else path.with_name(path.name + PORTRAIT_ENDING)

    def _browse(self) -> None:
        dialog = QFileDialog(self, "Export portrait", str(self._path()), f"Portraits (*{PORTRAIT_ENDING})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(PORTRAIT_ENDING.removeprefix("."))
        if dialog.exec():
            self._confirmed = Path(dialog.selectedFiles()[0])
            self.file_line.setText(str(self._confirmed))
