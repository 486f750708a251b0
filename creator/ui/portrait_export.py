"""Exporting the present portrait from the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from creator import paths
from creator.generator import FULL, PortraitRenderer, RenderRequest
from creator.portrait_file import PORTRAIT_ENDING, save_portrait
from creator.ui.export_dialog import ExportChoice
from creator.ui.language import tr
from creator.ui.preview_renderer import PreviewRenderer
from creator.ui.questions import Questions
from creator.ui.session import Session


class PortraitExport(QObject):
    """``began`` and ``said`` carry what is shown in the status bar; ``done`` ends each export, well or not."""

    began = Signal(str)
    said = Signal(str)
    done = Signal()

    def __init__(
        self, session: Session, renderer: PreviewRenderer, questions: Questions, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._renderer = renderer
        self._questions = questions
        self._choice = ExportChoice(paths.user_documents_folder() / f"portrait{PORTRAIT_ENDING}", None)
        self.can_repeat = False

    def export(self) -> None:
        """Ask where to and how large, then write the portrait as PNG."""
        own_size = self._renderer.renderer.manifest.variant(FULL).size
        choice = self._questions.export(self._choice, own_size)
        if choice is not None:
            self._choice = choice
            self.repeat()

    def repeat(self) -> None:
        """Write the portrait as last time: in the renderer's thread, exactly as the command line does."""
        character, choice = self._session.character, self._choice
        self.began.emit(tr("Exporting {file}…").format(file=choice.path.name))

        def work(renderer: PortraitRenderer) -> None:
            save_portrait(renderer.render(RenderRequest(character, FULL)), choice.path, choice.size)

        self._renderer.submit(work, lambda error: self._on_done(choice, error))

    def _on_done(self, choice: ExportChoice, error: str) -> None:
        if error:
            self._questions.tell(tr("The portrait was not exported"), error)
        else:
            self.can_repeat = True
        self.done.emit()
        self.said.emit("" if error else tr("Exported {file}").format(file=choice.path))
