"""The middle of the window: the portrait with its tools, the pages to explore in, and the history below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from creator import paths
from creator.attribute_clipping import clipping_text, read_clipping
from creator.attributes import AttributeSchema, Value
from creator.character import FILE_ENDING, Character
from creator.errors import CreatorError
from creator.generator import FULL, PortraitMaps, PortraitRenderer, RenderRequest
from creator.manifest import MAPS, Manifest
from creator.portrait_file import PORTRAIT_ENDING, load_recipe
from creator.relighting import Relighter
from creator.ui.attribute_panel import AttributePanel
from creator.ui.blend_page import BlendPage
from creator.ui.error_text import error_text
from creator.ui.exploration import Exploration
from creator.ui.explore_page import ExplorePage
from creator.ui.face_pictures import WHOLE, Face, FacePictures
from creator.ui.face_tiles import Tile
from creator.ui.family_page import FamilyPage
from creator.ui.history_strip import HistoryStrip
from creator.ui.language import in_window_language, tr, translated_word
from creator.ui.light_ball import AZIMUTH, ELEVATION
from creator.ui.preview_renderer import BackgroundTask, PreviewRenderer
from creator.ui.preview_tools import PreviewTools
from creator.ui.preview_view import PreviewView, Tool
from creator.ui.session import Session
from creator.ui.watch_bar import WatchBar

_REFERENCE, _RELIGHT = "reference", "relight"
# What a drag over the whole side of the picture adds: (attribute, sideways, upwards) for plain and Shift drags.
_DRAGS: Mapping[tuple[Tool, bool], tuple[tuple[str, float, float], ...]] = {
    (Tool.TURN, False): (("yaw", 90.0, 0.0), ("pitch", 0.0, 60.0)),
    (Tool.TURN, True): (("roll", 80.0, 0.0),),
    (Tool.GAZE, False): (("gaze_x", 4.0, 0.0), ("gaze_y", 0.0, 4.0)),
    (Tool.LIGHT, False): ((AZIMUTH, 240.0, 0.0), (ELEVATION, 0.0, 160.0)),
}


@runtime_checkable
class MapsRenderer(Protocol):
    """A renderer that may make maps; see :class:`~creator.generator.Generator`."""

    def render_maps(self, character: Character) -> PortraitMaps | None: ...


class Studio(QWidget):
    """Composes panel, view and pages around a :class:`Session`; what the user does goes to the session.

    Nothing works before :meth:`begin`. ``page_changed`` carries the index of the page that is shown.
    """

    page_changed = Signal(int)

    def __init__(
        self, renderer: PreviewRenderer, panel: AttributePanel, view: PreviewView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.panel, self.view = panel, view
        self.pictures = FacePictures(renderer, self)
        self._relighter = Relighter()
        renderer.stand_in = self._relighter.relit
        self.exploration: Exploration | None = None
        self._renderer = renderer
        self._session: Session | None = None
        self._beginning: Character | None = None
        self._reference: Face | None = None
        self._dragged: tuple[Character, float, float] | None = None  # where a drag began, and how far it went
        titles = tr("Portrait"), tr("Explore"), tr("Blend"), tr("Family")
        self.tools = PreviewTools(view, tuple(zip(("portrait", "grid", "blend", "family"), titles, strict=True)))
        self.pages = QStackedWidget()
        self.pages.addWidget(view)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.tools)
        self._layout.addWidget(self.pages, 1)
        self.tools.setEnabled(False)
        self.tools.page_wanted.connect(self.show_page)
        self.tools.compare_held.connect(self._compare)
        self.tools.beside_wanted.connect(self._put_beside)
        self.actions_ = self._make_actions()

    def _make_actions(self) -> tuple[QAction, ...]:
        """What a menu "Explore" offers."""
        actions = []
        for text, keys, work in (
            (tr("Random nearby"), "Ctrl+R", self.roll),
            (tr("Back to before"), "Ctrl+B", self.go_back),
            (tr("Portrait"), "F2", partial(self.show_page, 0)),
            (tr("Explore"), "F3", partial(self.show_page, 1)),
            (tr("Blend"), "F4", partial(self.show_page, 2)),
            (tr("Family"), "F5", partial(self.show_page, 3)),
        ):
            action = QAction(text, self)
            action.setShortcut(QKeySequence(keys))
            action.setEnabled(False)
            action.triggered.connect(lambda _=False, work=work: work())
            actions.append(action)
        return tuple(actions)

    def begin(self, session: Session) -> None:
        """The model is there: make panel, pages and history for ``session``."""
        self._session = session
        manifest = self._renderer.renderer.manifest
        self.panel.build(in_window_language(session.schema), self.pictures, _light_tiles(manifest, session.schema))
        self.exploration = Exploration(session, self.panel.marks, self)
        blend, family = BlendPage(session, self.pictures), FamilyPage(session, self.pictures)
        for page in (ExplorePage(self.exploration, self.pictures), blend, family):
            self.pages.addWidget(page)
        for signal in (blend.failed, family.failed):
            signal.connect(self._on_failed)
        self.history = HistoryStrip(session, self.pictures)
        self.watch = WatchBar(session, self._renderer)
        self._layout.addWidget(self.watch)
        self.history.compare_wanted.connect(self._compare_with_step)
        self._layout.addWidget(self.history)
        self.panel.values_edited.connect(self._on_values)
        self.panel.group_command.connect(self._on_group_command)
        self.view.dragged.connect(self._on_dragged)
        self.view.drag_ended.connect(self._on_drag_ended)
        self.pictures.ready.connect(self._on_picture)
        self._renderer.frame_ready.connect(self._take_reference)
        session.character_changed.connect(self._on_character)
        session.edit_ended.connect(self._on_character)
        self.exploration.changed.connect(self._show_state)
        self._on_character()
        self.tools.setEnabled(True)
        for action in self.actions_:
            action.setEnabled(True)
        self._show_state()
        self.window().installEventFilter(self)

    def show_page(self, index: int) -> None:
        if index != self.page and index < self.pages.count():
            self.pages.setCurrentIndex(index)
            self.tools.show_page(index)
            self.page_changed.emit(index)

    @property
    def page(self) -> int:
        return self.pages.currentIndex()

    def roll(self) -> None:
        if self.exploration is not None:
            self.exploration.roll()

    def go_back(self) -> None:
        if self.exploration is not None:
            self.exploration.go_back()

    @property
    def _present(self) -> Session:
        assert self._session is not None  # nothing is enabled before
        return self._session

    def _on_character(self) -> None:
        session = self._present
        if len(session.steps) == 1 and self._beginning is not session.character:  # another character was opened
            self._beginning = session.character
            self._compare_with_step(0)
        if not session.is_editing:
            self.panel.show_faces(session.character)
            self._want_reference()
            self._prepare_light()

    def _show_state(self) -> None:
        self.actions_[1].setEnabled(self.exploration is not None and self.exploration.can_go_back)

    def _on_failed(self, text: str) -> None:
        self.show_page(0)
        self.view.show_message(text, is_error=True)

    # Several attributes at once

    def _on_values(self, values: Mapping[str, Value], what: str, live: bool) -> None:
        session = self._present
        session.apply(session.character.with_values(values), what, live)

    def _on_group_command(self, groups: tuple[str, ...], command: str) -> None:
        session = self._present
        if command == "copy":
            QGuiApplication.clipboard().setText(clipping_text(session.schema, session.character, groups))
        elif command == "paste":
            self._paste(groups)
        elif command == "roll" and self.exploration is not None:
            self.exploration.roll(frozenset(groups))

    def _paste(self, groups: tuple[str, ...]) -> None:
        """Give the person what was copied of ``groups``; if nothing of them was, all that was copied."""
        session, locked = self._present, self.panel.marks.locked
        try:
            clipping = read_clipping(QGuiApplication.clipboard().text(), session.schema)
        except CreatorError as error:
            self.view.show_message(error_text(error))
            return
        found = {n: v for n, v in clipping.values.items() if session.schema[n].group in groups}
        values = {name: value for name, value in (found or clipping.values).items() if name not in locked}
        names = dict.fromkeys(translated_word(session.schema[name].group) for name in values)
        what = tr("Paste {groups}").format(groups=", ".join(names) if len(names) <= 3 else tr("attributes"))
        session.apply(session.character.with_values(values), what)

    # Dragging on the picture

    def _on_dragged(self, tool: Tool, right: float, up: float, shift: bool) -> None:
        session = self._present
        start, across, upwards = self._dragged or (session.character, 0.0, 0.0)
        self._dragged = start, across + right, upwards + up
        values: dict[str, Value] = {}
        for name, per_right, per_up in _DRAGS.get((tool, shift)) or _DRAGS[tool, False]:
            attribute = session.schema.by_name.get(name)
            if attribute is not None:
                way = per_right * self._dragged[1] + per_up * self._dragged[2]
                stepped = round((float(start.values[name]) + way) / attribute.step) * attribute.step
                values[name] = min(max(round(stepped, 4), attribute.minimum), attribute.maximum)
        words = {Tool.TURN: tr("Head turned"), Tool.GAZE: tr("Gaze"), Tool.LIGHT: tr("Light direction")}
        session.apply(session.character.with_values(values), words[tool], live=True)

    def _on_drag_ended(self) -> None:
        self._dragged = None
        self._present.end_edit()

    def _prepare_light(self) -> None:
        """Where the model makes maps and the light is at hand, get ready to move it without drawing."""
        wanted = MAPS in self._renderer.renderer.manifest.pictures and (
            self.view.tool is Tool.LIGHT or self.panel.shows_light
        )
        person = self._present.character
        tasks = [BackgroundTask(person, partial(self._ready_to_relight, person))] if wanted else []
        self._renderer.set_background(_RELIGHT, tasks)

    def _ready_to_relight(self, person: Character, renderer: PortraitRenderer) -> None:
        """In the renderer's thread: keep picture and normals of ``person``."""
        maps = renderer.render_maps(person) if isinstance(renderer, MapsRenderer) else None
        if maps is not None:
            self._relighter.prepare(person, renderer.render(RenderRequest(person)).pixels, maps.normals)

    # Before and after

    def _compare_with_step(self, step: int) -> None:
        self.compare_with(self._present.step_characters[step])

    def compare_with(self, person: Character) -> None:
        """From now on, before and after and side by side show ``person`` beside the present one."""
        self.watch.compare_with(person)
        side = self._renderer.renderer.manifest.variant(FULL).size
        self._reference = Face(_bare(person), side, WHOLE, FULL)
        self.view.set_reference(self.pictures.image(self._reference) or QImage())
        self._take_reference()
        self._want_reference()

    def _take_reference(self) -> None:
        """The portrait's own picture is the reference, if it shows that person: nothing has to be drawn."""
        frame, face = self._renderer.frame, self._reference
        if frame is not None and face is not None and frame.result.request.variant == FULL:
            same = _bare(frame.result.request.character) == face.character
            if same and frame.result.pixels.shape[0] == face.side:
                self.pictures.put(face, frame.result.pixels)

    def _want_reference(self) -> None:
        """Draw the reference, unless the portrait itself will be it."""
        face = self._reference
        if face is not None and self.pictures.image(face) is None and face.character != _bare(self._present.character):
            self.pictures.want(_REFERENCE, (face,))

    def _put_beside(self, what: str) -> None:
        if what == "beginning":
            self._compare_with_step(0)
        elif what == "present":
            self.compare_with(self._present.character)
        elif what == "file" and not self._ask_reference():
            return
        self.view.set_beside(bool(what))

    def _ask_reference(self) -> bool:
        """Compare with a character that the user chooses; return whether there is one."""
        folder = self._present.path.parent if self._present.path else paths.user_documents_folder()
        kinds = tr("Characters and portraits ({patterns})").format(patterns=f"*{FILE_ENDING} *{PORTRAIT_ENDING}")
        path, _ = QFileDialog.getOpenFileName(self, tr("Beside a character from a file…"), str(folder), kinds)
        if not path:
            return False
        try:
            self.compare_with(load_recipe(Path(path), self._present.schema).character)
        except CreatorError as error:
            self._on_failed(error_text(error))
            return False
        return True

    def _on_picture(self, face: Face) -> None:
        if face == self._reference:
            self.view.set_reference(self.pictures.image(face) or QImage())

    def _compare(self, on: bool) -> None:
        self.view.show_reference(on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The key B shows what was before for as long as it is held, unless something else takes the key."""
        if (
            event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_B
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            if not event.isAutoRepeat():
                self._compare(event.type() == QEvent.Type.KeyPress)
            return True
        return super().eventFilter(watched, event)


def _bare(person: Character) -> Character:
    """Only what decides the picture."""
    return replace(person, name="", unknown_values={}, tags=())


def _light_tiles(manifest: Manifest, schema: AttributeSchema) -> tuple[Tile, ...]:
    """The model's light presets whose attributes its schema has."""
    return tuple(
        Tile(translated_word(manifest.light_labels.get(name, name)), values)
        for name, values in manifest.light_presets.items()
        if all(known in schema.by_name for known in values)
    )
