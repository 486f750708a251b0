"""The window: wires session, renderer, panel and picture together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRegularExpression, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QRegularExpressionValidator,
)
from PySide6.QtWidgets import QLabel, QLineEdit, QMainWindow, QMenu, QSplitter

from creator import __version__, paths
from creator.character import FILE_ENDING, MAXIMUM_SEED
from creator.errors import CreatorError
from creator.generator import FULL, Generator, PortraitRenderer, RenderRequest
from creator.portrait_file import PORTRAIT_ENDING, save_portrait
from creator.ui.actions import Actions
from creator.ui.attribute_panel import AttributePanel
from creator.ui.export_dialog import ExportChoice
from creator.ui.preview_renderer import Frame, PreviewRenderer
from creator.ui.preview_view import PreviewView
from creator.ui.questions import Answer, Questions
from creator.ui.session import Session
from creator.ui.studio import Studio

_STATUS_MILLISECONDS = 6000


class MainWindow(QMainWindow):
    """Shows itself at once; ``load`` runs in the renderer's thread after :meth:`start`. ``ready``: it can be used."""

    ready = Signal()

    def __init__(
        self, load: Callable[[], PortraitRenderer], questions: Questions | None = None, seed: int | None = None
    ) -> None:
        super().__init__()
        self._seed = seed
        self._questions = questions or Questions(self)
        self._export = ExportChoice(paths.user_documents_folder() / f"portrait{PORTRAIT_ENDING}", None)
        self.session: Session | None = None
        self._shown_frame: Frame | None = None
        self.renderer = PreviewRenderer(load, self)
        self.panel = AttributePanel()
        self.view = PreviewView()
        self.studio = Studio(self.renderer, self.panel, self.view)
        self.actions_ = Actions(self)
        self._build()
        self._connect()
        self._show_state()
        self.view.show_placeholder("Loading the model…")

    def start(self) -> None:
        """Begin to load the model."""
        self.renderer.start()

    def _build(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.panel)
        splitter.addWidget(self.studio)
        splitter.setCollapsible(1, False)
        splitter.setStretchFactor(1, 1)
        splitter.setHandleWidth(3)
        splitter.setSizes([420, 860])
        self.setCentralWidget(splitter)
        explore = QMenu("E&xplore", self)
        explore.addActions(self.studio.actions_)
        self.menuBar().insertMenu(self.menuBar().actions()[2], explore)
        self.seed_line = QLineEdit()
        self.seed_line.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{1,10}"), self.seed_line))
        self.seed_line.setFixedWidth(108)
        self.seed_line.setToolTip(f"Chooses all that the attributes do not say: a whole number, 0 to {MAXIMUM_SEED}")
        self.seed_line.setAccessibleName("Seed")
        self.actions_.fill_tool_bar(self.seed_line)
        self._device, self._model = QLabel(), QLabel()
        self._device.setObjectName("device")
        self._model.setContentsMargins(12, 0, 8, 0)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addPermanentWidget(self._device)
        self.statusBar().addPermanentWidget(self._model)
        self.setAcceptDrops(True)
        self.resize(1280, 860)

    def _connect(self) -> None:
        self.renderer.loaded.connect(self._on_loaded)
        self.renderer.load_failed.connect(self._on_load_failed)
        self.renderer.frame_ready.connect(self._on_frame)
        self.renderer.render_failed.connect(self._on_render_failed)
        self.view.side_changed.connect(self.renderer.show_at)
        self.panel.edited.connect(self._on_edited)
        self.panel.finished.connect(self._on_edit_finished)
        self.seed_line.editingFinished.connect(self._on_seed_typed)
        actions = self.actions_
        actions.new_person.triggered.connect(self._new_person)
        actions.new_seed.triggered.connect(self._new_seed)
        actions.undo.triggered.connect(self._undo)
        actions.redo.triggered.connect(self._redo)
        actions.open.triggered.connect(self._open_other)
        actions.save.triggered.connect(self.save)
        actions.save_as.triggered.connect(self.save_as)
        actions.export.triggered.connect(self.export)
        actions.controls.toggled.connect(self.panel.setVisible)
        actions.about.triggered.connect(self._about)

    @property
    def _session(self) -> Session:
        assert self.session is not None  # actions and panel are disabled before
        return self.session

    # The model

    def _on_loaded(self) -> None:
        renderer = self.renderer.renderer
        manifest = renderer.manifest
        self.session = Session(manifest.schema, self._seed, self)
        self._model.setText(f"{manifest.name} {manifest.version}")
        self._model.setToolTip(f"Model and pictures: {manifest.licence}")
        if isinstance(renderer, Generator) and renderer.device_reason:
            self._device.setToolTip(f"Running on the CPU: {renderer.device_reason}")
        self.view.show_placeholder("")
        self.studio.begin(self.session)
        self.session.character_changed.connect(self._on_character_changed)
        self.session.edit_ended.connect(self._request)
        self.session.state_changed.connect(self._show_state)
        self._on_character_changed()
        self._show_state()
        self.ready.emit()

    def _on_load_failed(self, text: str) -> None:
        self.view.show_placeholder("No model")
        self.view.show_message(text, is_error=True)

    # One slider move: row, session, renderer, view

    def _on_edited(self, name: str, value: object, live: bool) -> None:
        assert isinstance(value, (float, int, str))
        self._session.set_attribute(name, value, live)

    def _on_edit_finished(self) -> None:
        self._session.end_edit()

    def _on_character_changed(self) -> None:
        character = self._session.character
        self._request()
        self.panel.show_values(character.values)
        self.seed_line.setText(str(character.seed))

    def _request(self) -> None:
        self.renderer.request(self._session.character, self._session.is_editing)

    def _on_frame(self, sequence: int) -> None:
        frame = self.renderer.frame
        if frame is None or frame is self._shown_frame:
            return
        self._shown_frame = frame
        self.view.show_frame(frame)
        result = frame.result
        self._device.setText(f"{result.device}  ·  {result.pixels.shape[0]} px  ·  {result.milliseconds:.0f} ms")

    def _on_render_failed(self, sequence: int, text: str) -> None:
        self.view.show_render_error(text)

    def _on_seed_typed(self) -> None:
        if self.session is None or self.seed_line.text() == str(self.session.character.seed):
            return
        try:
            self.session.set_seed(int(self.seed_line.text()))
        except CreatorError as error:
            self.seed_line.setText(str(self.session.character.seed))
            self.view.show_message(str(error))

    def _new_person(self) -> None:
        self._session.new_person()

    def _new_seed(self) -> None:
        self._session.set_seed()

    def _undo(self) -> None:
        self._session.undo()

    def _redo(self) -> None:
        self._session.redo()

    # Files

    def _open_other(self) -> None:
        self.open()

    def open(self, path: Path | None = None) -> None:
        """Open a character or the one in a portrait; ask first about unsaved changes and, without ``path``, where."""
        if not self._may_leave():
            return
        path = path or self._questions.open_path(self._folder())
        if path is None:
            return
        try:
            notices = self._session.open(path)
        except CreatorError as error:
            self._questions.tell("The character could not be opened", str(error))
            return
        if notices:
            self.view.show_message("\n".join(notices))
        self._say(f"Opened {path.name}")

    def save(self) -> bool:
        """Save to the character's file, or ask for one; return whether it is saved."""
        return self._save_to(self._session.path) if self._session.path else self.save_as()

    def save_as(self) -> bool:
        suggestion = self._session.path or self._folder() / f"character{FILE_ENDING}"
        path = self._questions.save_path(suggestion)
        return path is not None and self._save_to(path)

    def _save_to(self, path: Path) -> bool:
        try:
            self._session.save(path)
        except CreatorError as error:
            self._questions.tell("The character was not saved", str(error))
            return False
        self._say(f"Saved {path.name}")
        return True

    def export(self) -> None:
        """Write the portrait as PNG, in the renderer's thread, exactly as the command line does."""
        character = self._session.character
        choice = self._questions.export(self._export, self.renderer.renderer.manifest.variant(FULL).size)
        if choice is None:
            return
        self._export = choice
        self.statusBar().showMessage(f"Exporting {choice.path.name}…")

        def work(renderer: PortraitRenderer) -> None:
            save_portrait(renderer.render(RenderRequest(character, FULL)), choice.path, choice.size)

        def done(error: str) -> None:
            self.statusBar().clearMessage()
            if error:
                self._questions.tell("The portrait was not exported", error)
            else:
                self._say(f"Exported {choice.path}")

        self.renderer.submit(work, done)

    def _may_leave(self) -> bool:
        """Whether the present character may be given up; asks when it has unsaved changes."""
        if self.session is None or self.session.is_saved:
            return True
        answer = self._questions.unsaved_changes()
        return self.save() if answer is Answer.SAVE else answer is Answer.DISCARD

    def _folder(self) -> Path:
        path = self._session.path
        return path.parent if path else paths.user_documents_folder()

    # State

    def _show_state(self) -> None:
        session = self.session
        name = session.path.name.removesuffix(FILE_ENDING) if session and session.path else "Unnamed"
        self.setWindowTitle(f"{name}[*] – Facewright" if session else "Facewright")
        self.setWindowModified(session is not None and not session.is_saved)
        self.actions_.show_state(session)
        self.seed_line.setEnabled(session is not None)

    def _say(self, text: str) -> None:
        self.statusBar().showMessage(text, _STATUS_MILLISECONDS)

    def _about(self) -> None:
        manifest = self.renderer.renderer.manifest
        self.view.show_message(
            f"Facewright {__version__}. Portraits for games, made on this machine.\n"
            f"Model {manifest.name} {manifest.version}: {manifest.licence}. "
            "Every picture made with it is CC0 1.0: use it as you like."
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.session is not None and event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = Path(event.mimeData().urls()[0].toLocalFile())
        event.acceptProposedAction()
        QTimer.singleShot(0, self, lambda: self.open(path))  # a dialog must not open inside the drop

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_leave():
            event.ignore()
            return
        self.hide()  # at once, though a picture may still be under way
        self.renderer.close()
        event.accept()
