"""Exporting the present character from the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from creator import paths
from creator.export.cast import CastMember, member_of
from creator.export.job import ExportReport
from creator.export.plan import ExportJob
from creator.export.presets import load_presets
from creator.ui.export_dialog import report_text
from creator.ui.export_form import ExportChoice
from creator.ui.export_progress import ExportProgress
from creator.ui.export_runner import ExportRunner
from creator.ui.language import tr
from creator.ui.last_export import keep_last_export, load_last_export
from creator.ui.preview_renderer import PreviewRenderer
from creator.ui.questions import Questions
from creator.ui.session import Session

FIRST_PRESET = "png"


class PortraitExport(QObject):
    """``began`` and ``said`` carry what is shown in the status bar; ``done`` ends each export, well or not.

    ``follow_wanted``: the choice of an export that the user wants to be kept up to date.
    """

    began = Signal(str)
    said = Signal(str)
    done = Signal()
    follow_wanted = Signal(object)

    def __init__(
        self, session: Session, renderer: PreviewRenderer, questions: Questions, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._renderer, self._questions = session, renderer, questions
        self._choice = load_last_export()
        self._progress: ExportProgress | None = None
        self.runner = ExportRunner(renderer, self)
        self.runner.finished.connect(self._on_finished)
        self.runner.failed.connect(self._on_failed)
        self.runner.ended.connect(self.done)

    def export(self) -> None:
        """Ask which preset, how and where to, then write the files."""
        shelf = load_presets()
        suggestion = self._choice or ExportChoice(shelf.presets[FIRST_PRESET], paths.user_documents_folder())
        choice = self._questions.export(shelf, suggestion, self._member(), self._renderer)
        if choice is not None:
            self._choice = choice
            keep_last_export(choice)
            self._begin(choice)

    @property
    def last_folder(self) -> Path | None:
        """Where the last export went, also that of an earlier start."""
        return self._choice.folder if self._choice is not None else None

    @property
    def obstacle(self) -> str:
        """Why the last export cannot be repeated; empty when it can."""
        if self._choice is None:
            return tr("nothing has been exported yet")
        if not self._choice.folder.is_dir():
            return tr("the folder {folder} is gone").format(folder=self._choice.folder)
        return ""

    def repeat(self) -> None:
        """Write the present character as the last one: exactly the bytes that the command line writes."""
        if self._choice is not None and not self.obstacle:
            self._begin(self._choice)
        else:
            self.done.emit()

    def _begin(self, choice: ExportChoice) -> None:
        member = self._member()
        self.began.emit(tr("Exporting {name}…").format(name=member.name))
        job = ExportJob((member,), choice.preset, choice.folder, choice.existing)
        if choice.preset.expressions != ("own",):  # a single picture is there before a dialog could be read
            self._show_progress(choice)
        self.runner.start(job)

    def _show_progress(self, choice: ExportChoice) -> None:
        if self._progress is not None:
            self._progress.reject()
            self._progress.deleteLater()
        parent = self.parent()
        window = parent.parent() if parent is not None else None
        self._progress = ExportProgress(self.runner, choice.folder, window if isinstance(window, QWidget) else None)
        self._progress.show()

    def _member(self) -> CastMember:
        return member_of(self._session.character, self._session.path)

    def _on_finished(self, report: ExportReport) -> None:
        self.said.emit(tr("Exported into {folder}. {report}").format(folder=report.folder, report=report_text(report)))
        if self._choice is not None and self._choice.follows:
            self.follow_wanted.emit(self._choice)

    def _on_failed(self, error: str) -> None:
        self.said.emit("")
        if self._progress is None or not self._progress.isVisible():
            self._questions.tell(tr("The portrait was not exported"), error)
