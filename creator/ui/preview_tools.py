"""The line above the portrait: pages, what dragging does, zoom, comparison, backdrop, scenes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QResizeEvent
from PySide6.QtWidgets import QColorDialog, QFileDialog, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from creator.errors import UsageError
from creator.ui.backdrop import Backdrop, picture_backdrop
from creator.ui.error_text import error_text
from creator.ui.icon_button import IconButton
from creator.ui.language import tr
from creator.ui.mock_scenes import SCENES
from creator.ui.preview_view import PreviewView, Tool

_ZOOMS = (0.5, 1.0, 2.0, 4.0, 8.0)
_INSET_SIDES = (48, 64, 96, 144, 256)
_COLOURS = {"black": "#000000", "grey": "#808080", "white": "#ffffff", "green": "#00b140"}
_OTHER_COLOUR, _PICTURE = "other colour", "picture"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PreviewState:
    """How the portrait is shown, as far as it is kept from one start to the next.

    ``backdrop``: see :attr:`Backdrop.source`. ``scene``: a scene's key, empty for none. ``inset``: the side of the
    true-size picture in the corner in device pixels, 0 for none. ``zoom``: device pixels per pixel, 0 to fit.
    """

    backdrop: str = ""
    scene: str = ""
    inset: int = 0
    zoom: float = 0.0


class PreviewTools(QWidget):
    """Acts on a :class:`PreviewView`.

    ``page_wanted`` carries the index of a page, ``compare_held`` whether the button for before and after is down, and
    ``beside_wanted`` what shall stand beside the portrait: "", "beginning", "present" or "file".
    """

    page_wanted = Signal(int)
    compare_held = Signal(bool)
    beside_wanted = Signal(str)

    def __init__(self, view: PreviewView, pages: tuple[tuple[str, str], ...], parent: QWidget | None = None) -> None:
        """``pages``: icon and title of each page; the first one is the portrait."""
        super().__init__(parent)
        self._view = view
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(12, 8, 12, 8)
        self._layout.setSpacing(4)
        self._layout.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self.pages = [self._page_button(index, *page) for index, page in enumerate(pages)]
        self._layout.addStretch(1)
        self._portrait_only: list[QWidget] = []
        tools = (
            (Tool.TURN, "turn", tr("Drag turns the head, with Shift tilts it")),
            (Tool.GAZE, "eyes", tr("Drag moves the gaze")),
            (Tool.LIGHT, "light", tr("Drag moves the light")),
            (Tool.MOVE, "hand", tr("Drag moves the picture (the middle mouse button always does)")),
        )
        self.tools = {tool: self._tool_button(tool, *words) for tool, *words in tools}
        self._gap()
        self.zoom_button = QToolButton()
        self.zoom_button.setObjectName("quiet_button")
        self.zoom_button.setMinimumWidth(58)
        self.zoom_button.setToolTip(tr("Zoom: the wheel, + and -; a double click changes between fit and 100 %"))
        self._with_menu(self.zoom_button, self._zoom_menu())
        self._gap()
        self.compare = self._icon("compare", tr("Hold to see the picture from before (B)"), None)
        self.compare.pressed.connect(lambda: self.compare_held.emit(True))
        self.compare.released.connect(lambda: self.compare_held.emit(False))
        self.beside = self._icon("side_by_side", tr("Side by side with another picture"), None)
        self._with_menu(self.beside, self._beside_menu())
        self._gap()
        self.backdrop = self._icon("background", tr("What lies behind the portrait here"), None)
        self._with_menu(self.backdrop, self._backdrop_menu())
        self.inset = self._icon("inset", tr("Show it in the corner at its true size"), None)
        self._with_menu(self.inset, self._inset_menu())
        self.scene = self._icon("scene", tr("See it in a game"), None)
        self._with_menu(self.scene, self._scene_menu())
        view.zoom_changed.connect(self._show_zoom)
        view.side_changed.connect(self._show_zoom)
        self._show_zoom()

    def show_page(self, index: int) -> None:
        self.pages[index].setChecked(True)
        for widget in self._portrait_only:
            widget.setVisible(index == 0)
        self._fit_titles()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_titles()

    def minimumSizeHint(self) -> QSize:
        return QSize(340, self._layout.sizeHint().height())

    def _fit_titles(self) -> None:
        """The titles of the pages give way to their icons where the space is short."""
        with_text, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self.pages:
            button.setToolButtonStyle(with_text)
        if self._layout.sizeHint().width() > self.width():
            for button in self.pages:
                button.setToolButtonStyle(alone)

    # Making the buttons

    def _page_button(self, index: int, icon_name: str, title: str) -> IconButton:
        button = IconButton(icon_name, title, framed=True)
        button.setText(title)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.setChecked(index == 0)
        button.clicked.connect(lambda: self.page_wanted.emit(index))
        self._layout.addWidget(button)
        return button

    def _icon(self, icon_name: str, text: str, work: Callable[[], None] | None) -> IconButton:
        button = IconButton(icon_name, text, framed=True)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if work is not None:
            button.clicked.connect(work)
        self._layout.addWidget(button)
        self._portrait_only.append(button)
        return button

    def _tool_button(self, tool: Tool, icon_name: str, text: str) -> IconButton:
        button = self._icon(icon_name, text, lambda: self._use(tool))
        button.setCheckable(True)
        button.setChecked(tool is self._view.tool)
        button.setAutoExclusive(True)
        return button

    def _use(self, tool: Tool) -> None:
        self._view.tool = tool

    def _gap(self) -> None:
        gap = QWidget()
        gap.setFixedWidth(4)
        self._layout.addWidget(gap)
        self._portrait_only.append(gap)

    def _with_menu(self, button: QToolButton, menu: QMenu) -> None:
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setStyleSheet("QToolButton { padding: 4px 6px; } QToolButton::menu-indicator { image: none; }")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMenu(menu)
        if button not in self._portrait_only:
            self._layout.addWidget(button)
            self._portrait_only.append(button)

    def _choices(self, menu: QMenu, entries: list[tuple[str, str, Callable[[], None]]]) -> dict[str, QAction]:
        """Entries of which one is on; the first one is at the start. Return their actions by the entries' keys."""
        group = QActionGroup(menu)
        actions: dict[str, QAction] = {}
        for key, text, work in entries:
            actions[key] = action = QAction(text, menu)
            action.setCheckable(True)
            action.setChecked(len(actions) == 1)
            action.triggered.connect(lambda _=False, work=work: work())
            group.addAction(action)
            menu.addAction(action)
        return actions

    # Menus

    def _zoom_menu(self) -> QMenu:
        menu = QMenu(self)
        fit = menu.addAction(tr("Fit"))
        fit.triggered.connect(self._view.fit)
        menu.addAction(tr("Larger")).triggered.connect(lambda: self._view.zoom_by(1))
        menu.addAction(tr("Smaller")).triggered.connect(lambda: self._view.zoom_by(-1))
        menu.addSeparator()
        for zoom in _ZOOMS:
            menu.addAction(f"{zoom:.0%}").triggered.connect(lambda _=False, zoom=zoom: self._view.zoom_to(zoom))
        return menu

    def _show_zoom(self) -> None:
        text = tr("Fit") if self._view.fits else f"{self._view.zoom:.0%}"
        self.zoom_button.setText(text)
        self.zoom_button.setAccessibleName(tr("Zoom, {zoom}").format(zoom=text))

    def _backdrop_menu(self) -> QMenu:
        menu = QMenu(self)
        names = {"black": tr("Black"), "grey": tr("Grey"), "white": tr("White"), "green": tr("Green screen")}
        fixed = [(colour, names[key], Backdrop.of_colour(QColor(colour))) for key, colour in _COLOURS.items()]
        entries: list[tuple[str, str, Callable[[], None]]] = [
            (key, text, partial(self._view.set_backdrop, backdrop))
            for key, text, backdrop in (("", tr("Checkerboard"), Backdrop()), *fixed)
        ]
        entries += [
            (_OTHER_COLOUR, tr("Other colour…"), self._ask_colour),
            (_PICTURE, tr("Picture…"), self._ask_picture),
        ]
        self._backdrops = self._choices(menu, entries)
        return menu

    def _ask_colour(self) -> None:
        colour = QColorDialog.getColor(parent=self, title=tr("Background"))
        if colour.isValid():
            self._view.set_backdrop(Backdrop.of_colour(colour))
        self._mark_backdrop()

    def _ask_picture(self) -> None:
        kinds = tr("Pictures ({patterns})").format(patterns="*.png *.jpg *.jpeg *.webp *.bmp")
        path, _ = QFileDialog.getOpenFileName(self, tr("Picture behind the portrait"), "", kinds)
        if path:
            self.show_picture(Path(path))
        self._mark_backdrop()

    def show_picture(self, path: Path) -> None:
        """Put the picture in ``path`` behind the portrait, or say why it cannot be shown."""
        try:
            self._view.set_backdrop(picture_backdrop(path))
        except UsageError as error:
            self._view.show_message(error_text(error), is_error=True)
        self._mark_backdrop()

    def _mark_backdrop(self) -> None:
        """Let the menu say what is shown."""
        backdrop = self._view.backdrop
        own = _OTHER_COLOUR if backdrop.colour is not None else _PICTURE
        self._backdrops.get(backdrop.source, self._backdrops[own]).setChecked(True)

    def _beside_menu(self) -> QMenu:
        menu = QMenu(self)
        choices = (
            (tr("The portrait alone"), ""),
            (tr("Beside the beginning"), "beginning"),
            (tr("Beside this moment"), "present"),
            (tr("Beside a character from a file…"), "file"),
        )
        self._choices(menu, [(what, text, partial(self.beside_wanted.emit, what)) for text, what in choices])
        return menu

    def _inset_menu(self) -> QMenu:
        menu = QMenu(self)
        words = {side: tr("{side} pixels").format(side=side) for side in _INSET_SIDES}
        self._insets = self._choices(
            menu,
            [
                (str(side), text, partial(self._view.set_inset, side))
                for side, text in ({0: tr("None")} | words).items()
            ],
        )
        return menu

    def _scene_menu(self) -> QMenu:
        menu = QMenu(self)
        alone = ("", tr("The portrait alone"), partial(self._view.set_scene, None))
        scenes = [(scene.key, scene.label, partial(self._view.set_scene, scene)) for scene in SCENES]
        self._scenes = self._choices(menu, [alone, *scenes])
        return menu

    # From one start to the next

    @property
    def state(self) -> PreviewState:
        view = self._view
        scene = view.scene.key if view.scene is not None else ""
        return PreviewState(view.backdrop.source, scene, view.inset, 0.0 if view.fits else view.zoom)

    def restore(self, state: PreviewState) -> None:
        """Show the portrait as it was. What is not there any more, such as a picture, is passed over."""
        view = self._view
        if QColor.isValidColorName(state.backdrop):
            view.set_backdrop(Backdrop.of_colour(QColor(state.backdrop)))
        elif state.backdrop:
            try:
                view.set_backdrop(picture_backdrop(Path(state.backdrop)))
            except UsageError as error:
                _log.info("the background was not restored: %s", error)
        self._mark_backdrop()
        for actions, key in ((self._scenes, state.scene), (self._insets, str(state.inset))):
            if key in actions:
                actions[key].trigger()
        if state.zoom:
            view.zoom_to(state.zoom)
