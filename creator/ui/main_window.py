"""The window: wires session, renderer, panels and picture together."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QRegularExpression, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QAbstractSpinBox, QLabel, QLineEdit, QMainWindow, QSplitter

from creator import paths
from creator.character import FILE_ENDING, MAXIMUM_NAME, MAXIMUM_SEED
from creator.description import alt_text
from creator.errors import CreatorError
from creator.generator import Generator, PortraitRenderer
from creator.ui.accessible_value import speak_values
from creator.ui.actions import Actions
from creator.ui.attribute_marks import FILE_NAME as FAVOURITES
from creator.ui.attribute_marks import AttributeMarks
from creator.ui.attribute_panel import AttributePanel
from creator.ui.device_switch import DeviceSwitch
from creator.ui.error_text import error_text
from creator.ui.help import Help
from creator.ui.language import in_window_language, tr
from creator.ui.pane_focus import focus_next_pane
from creator.ui.preview_renderer import Frame, PreviewRenderer
from creator.ui.preview_tools import PreviewState
from creator.ui.preview_view import PreviewView
from creator.ui.questions import Questions
from creator.ui.session import Session
from creator.ui.settings import Settings
from creator.ui.side_panel import SidePanel
from creator.ui.studio import Studio
from creator.ui.workspace import Workspace

_STATUS_MILLISECONDS = 6000
_STUDIO_WIDTH = 580

_log = logging.getLogger(__name__)


class MainWindow(QMainWindow):
    """Shows itself at once; ``load`` runs in the renderer's thread after :meth:`start`. ``ready``: it can be used."""

    ready = Signal()

    def __init__(
        self,
        load: Callable[[], PortraitRenderer],
        questions: Questions | None = None,
        seed: int | None = None,
        settings: Settings | None = None,
    ) -> None:
        super().__init__()
        speak_values()
        self._seed = seed
        self._shown_frame: Frame | None = None
        self._device_reason = ""
        self.questions = questions or Questions(self)
        self.settings = settings or Settings()
        self.session: Session | None = None
        self.renderer = PreviewRenderer(load, self)
        self.device_switch = DeviceSwitch(self.renderer)
        self.panel = AttributePanel(AttributeMarks(paths.user_settings_folder() / FAVOURITES))
        self.view = PreviewView()
        self.studio = Studio(self.renderer, self.panel, self.view)
        self.side = SidePanel()
        self.actions_ = Actions(self)
        self.actions_.add_exploring(self.studio.actions_)
        self.help = Help(self)
        self._build()
        self._connect()
        self._restore_state()
        self._show_state()

    def start(self) -> None:
        """Begin to load the model; again, where it could not be loaded before."""
        self.view.show_placeholder(tr("Loading the model…"))
        self.renderer.wait()  # a thread whose model could not be loaded is at its end
        self.renderer.start()

    def _build(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        for pane in (self.panel, self.studio, self.side):
            self._splitter.addWidget(pane)
            self._splitter.setCollapsible(self._splitter.count() - 1, False)
        self._splitter.setStretchFactor(1, 1)
        self.studio.setMinimumWidth(_STUDIO_WIDTH)  # its widest page would be too wide beside both other panes
        self._splitter.setHandleWidth(3)
        self._splitter.setSizes([420, 860, 320])
        self.setCentralWidget(self._splitter)
        self.seed_line = QLineEdit()
        self.seed_line.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{1,10}"), self.seed_line))
        self.seed_line.setFixedWidth(96)
        self.seed_line.setToolTip(
            tr("Chooses all that the attributes do not say: a whole number, 0 to {maximum}").format(
                maximum=MAXIMUM_SEED
            )
        )
        self.seed_line.setAccessibleName(tr("Seed"))
        self.name_line = QLineEdit()
        self.name_line.setMaxLength(MAXIMUM_NAME)
        self.name_line.setFixedWidth(140)
        self.name_line.setPlaceholderText(tr("Unnamed"))
        self.name_line.setAccessibleName(tr("Name"))
        self.tools = self.actions_.fill_tool_bar(self.name_line, self.seed_line)
        self._device, self._model = QLabel(), QLabel()
        self._device.setObjectName("device")
        self._model.setContentsMargins(12, 0, 8, 0)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addPermanentWidget(self.device_switch)
        self.statusBar().addPermanentWidget(self._device)
        self.statusBar().addPermanentWidget(self._model)
        self.setAcceptDrops(True)
        self.resize(1280, 800)

    def _connect(self) -> None:
        self.renderer.loaded.connect(self._on_loaded)
        self.renderer.load_failed.connect(self._on_load_failed)
        self.renderer.frame_ready.connect(self._on_frame)
        self.renderer.render_failed.connect(self._on_render_failed)
        self.view.side_changed.connect(self.renderer.show_at)
        self.panel.edited.connect(self._on_edited)
        self.panel.finished.connect(self._on_edit_finished)
        self.seed_line.editingFinished.connect(self._on_seed_typed)
        self.name_line.editingFinished.connect(self._on_name_typed)
        for line in (self.seed_line, self.name_line):  # where single letters are shortcuts again
            line.returnPressed.connect(lambda: self.view.setFocus(Qt.FocusReason.OtherFocusReason))
        self.actions_.controls.toggled.connect(self.panel.setVisible)
        self.actions_.find.triggered.connect(self._find_attribute)
        self.actions_.name_person.triggered.connect(self._name_person)
        self.actions_.next_pane.triggered.connect(
            lambda: focus_next_pane((self.panel, self.studio, self.side, self.tools))
        )

    @property
    def device_text(self) -> str:
        """What made the present picture, its size and the time it took."""
        return self._device.text()

    @property
    def _session(self) -> Session:
        assert self.session is not None  # actions and panel are disabled before
        return self.session

    # The model

    def _on_loaded(self) -> None:
        renderer = self.renderer.renderer
        manifest = renderer.manifest
        schema = in_window_language(manifest.schema)
        self.session = Session(schema, self._seed, self)
        self._model.setText(f"{manifest.name} {manifest.version}")
        self._model.setToolTip(tr("Model and pictures: {licence}").format(licence=manifest.licence))
        self._tell_device()
        _log.info("model %s %s on %s", manifest.name, manifest.version, renderer.device_name)
        self.view.show_placeholder("")
        self.studio.begin(self.session)
        self.workspace = Workspace(self, self.session)
        self.session.character_changed.connect(self._on_character_changed)
        self.session.edit_ended.connect(self._request)
        self.session.edit_ended.connect(self._describe)
        self.session.state_changed.connect(self._show_state)
        self._on_character_changed()
        self._show_state()
        self.actions_.use_keys(self.settings.values.shortcuts)
        self._restore_views()
        self.workspace.begin()
        self.help.use_chosen_device()
        self.ready.emit()

    def _on_load_failed(self, text: str) -> None:
        self.view.show_placeholder(tr("No model"))
        self.view.message.ask(text, {tr("Try again"): self.start}, is_error=True)

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
        self.name_line.setText(character.name)
        if not self._session.is_editing:
            self._describe()

    def _request(self) -> None:
        self.renderer.request(self._session.character, self._session.is_editing)

    def _describe(self) -> None:
        session = self._session
        self.view.setAccessibleDescription(alt_text(session.character, session.schema, tr))

    def _on_frame(self, sequence: int) -> None:
        frame = self.renderer.frame
        if frame is None or frame is self._shown_frame:
            return
        self._shown_frame = frame
        self.view.show_frame(frame)
        result = frame.result
        self._device.setText(f"{result.device}  ·  {result.pixels.shape[0]} px  ·  {result.milliseconds:.0f} ms")
        self._tell_device()

    def _tell_device(self) -> None:
        """Say why it is not the fastest device that draws, once for each reason."""
        renderer = self.renderer.renderer
        reason = renderer.device_reason if isinstance(renderer, Generator) else ""
        if reason == self._device_reason:
            return
        self._device_reason = reason
        text = tr("Running on the CPU: {reason}").format(reason=error_text(reason)) if reason else ""
        self._device.setToolTip(text)
        if text:
            self.view.show_message(text)

    def _on_render_failed(self, sequence: int, text: str) -> None:
        self.view.show_render_error(text)

    def _on_seed_typed(self) -> None:
        if self.session is None or self.seed_line.text() == str(self.session.character.seed):
            return
        try:
            self.session.set_seed(int(self.seed_line.text()))
        except CreatorError as error:
            self.seed_line.setText(str(self.session.character.seed))
            self.view.show_message(error_text(error))

    def _on_name_typed(self) -> None:
        if self.session is None or self.name_line.text().strip() == self.session.character.name:
            return
        try:
            self.session.set_name(self.name_line.text())
        except CreatorError as error:
            self.name_line.setText(self.session.character.name)
            self.view.show_message(error_text(error))

    def _find_attribute(self) -> None:
        self.actions_.controls.setChecked(True)
        self.panel.begin_search()

    def _name_person(self) -> None:
        self.name_line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name_line.selectAll()

    def finish_typing(self) -> None:
        """Take over what is typed into a line or number box, as if the focus had left it."""
        self._on_name_typed()
        self._on_seed_typed()
        focused = self.focusWidget()
        if isinstance(focused, QAbstractSpinBox):
            focused.interpretText()

    # State

    def _show_state(self) -> None:
        session = self.session
        unnamed = session.character.name if session and session.character.name else tr("Unnamed")
        name = session.path.name.removesuffix(FILE_ENDING) if session and session.path else unnamed
        self.setWindowTitle(f"{name}[*] – Facewright" if session else "Facewright")
        self.setWindowModified(session is not None and not session.is_saved)
        self.actions_.show_state(session)
        self.seed_line.setEnabled(session is not None)
        self.name_line.setEnabled(session is not None)

    def say(self, text: str) -> None:
        """Show ``text`` in the status bar for a while."""
        self.statusBar().showMessage(text, _STATUS_MILLISECONDS)

    def _restore_state(self) -> None:
        values = self.settings.values
        if values.geometry:
            self.restoreGeometry(QByteArray.fromBase64(values.geometry.encode()))
        if len(values.pane_sizes) == self._splitter.count():
            self._splitter.setSizes(list(values.pane_sizes))
        self.actions_.controls.setChecked(values.controls_shown)
        self.panel.setVisible(values.controls_shown)

    def _restore_views(self) -> None:
        """What could be shown only when the model is known."""
        values = self.settings.values
        if values.open_groups is not None:
            self.panel.open_only(values.open_groups)
        self.side.show_page(values.side_page)
        self.studio.show_page(values.studio_page)
        self.studio.tools.restore(PreviewState(values.backdrop, values.scene, values.inset, values.zoom))

    def _keep_state(self) -> None:
        view = self.studio.tools.state
        self.settings.change(
            geometry=base64.b64encode(bytes(self.saveGeometry().data())).decode(),
            pane_sizes=tuple(self._splitter.sizes()),
            controls_shown=self.actions_.controls.isChecked(),
            side_page=self.side.page,
            studio_page=self.studio.page,
            open_groups=self.panel.open_groups,
            backdrop=view.backdrop,
            scene=view.scene,
            inset=view.inset,
            zoom=view.zoom,
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.actions_.show_icons()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if self.session is not None and urls and event.source() is None and all(url.isLocalFile() for url in urls):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        dropped = [Path(url.toLocalFile()) for url in event.mimeData().urls()]
        event.acceptProposedAction()
        QTimer.singleShot(0, self, lambda: self.workspace.files.drop(dropped))  # a dialog must not open inside the drop

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.session is not None:
            if not self.workspace.files.may_leave():
                event.ignore()
                return
            self._keep_state()
            self.workspace.close()
        self.hide()  # at once, though a picture may still be under way
        self.device_switch.close_down()
        self.renderer.close()
        event.accept()
