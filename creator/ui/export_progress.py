"""An export under way, and what it wrote."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from creator.export.job import ExportReport
from creator.ui.export_dialog import report_text
from creator.ui.export_runner import ExportRunner
from creator.ui.export_sheet import FileList
from creator.ui.language import tr


class ExportProgress(QDialog):
    """Not modal: the window can be used meanwhile. Cancel stops after the picture under way; closing cancels too."""

    def __init__(self, runner: ExportRunner, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Export"))
        self._runner, self._folder = runner, folder
        self.heading = QLabel(tr("Exporting into {folder}").format(folder=folder))
        self.heading.setWordWrap(True)
        self.progress = QProgressBar()
        self.files = FileList()
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open_button = QPushButton(tr("Open folder"))
        self.copy_button = QPushButton(tr("Copy"))
        self.close_button = QPushButton(tr("Cancel"))
        self.open_button.clicked.connect(self._open_folder)
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        for widget in (self.heading, self.progress, self.files, self.message):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self.resize(520, 420)
        self.open_button.setEnabled(False)
        runner.rendered.connect(self._on_rendered)
        runner.written.connect(self._on_written)
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_failed)

    def reject(self) -> None:
        self._runner.cancel()
        super().reject()

    def _on_rendered(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _on_written(self, path: str, state: str) -> None:
        words = {"new": tr("new"), "changed": tr("changed"), "unchanged": tr("unchanged"), "skipped": tr("kept")}
        self.files.show_state(path, words[state])
        self.files.scrollToBottom()

    def _on_finished(self, report: ExportReport) -> None:
        self.progress.setRange(0, 1)
        self.progress.setValue(1)
        self._end(tr("Exported into {folder}").format(folder=self._folder), report_text(report))

    def _on_failed(self, text: str) -> None:
        self._end(tr("The export stopped; the files above are whole."), text)

    def _end(self, heading: str, text: str) -> None:
        self.heading.setText(heading)
        self.message.setText(text)
        self.open_button.setEnabled(True)
        self.close_button.setText(tr("Close"))
        self.close_button.setFocus()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _copy(self) -> None:
        lines = [f"{path}\t{word}" for path, word in self.files.states.items()]
        QGuiApplication.clipboard().setText("\n".join([self.heading.text(), *lines, self.message.text()]))
