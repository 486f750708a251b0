"""The library at the side of the window: search, the grid, and what can be done to the chosen character."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from creator.errors import CreatorError
from creator.library import LibraryEntry
from creator.ui.character_grid import CharacterGrid
from creator.ui.error_text import error_text
from creator.ui.language import tr
from creator.ui.library_model import LibraryModel
from creator.ui.library_store import LibraryStore
from creator.ui.thumbnails import Thumbnails

_THUMBNAIL_SIDE = 128


class LibraryPanel(QWidget):
    """``open_requested`` carries a file to go on with, ``failed`` what went wrong, ``folder_requested`` asks for
    another folder, ``cast_requested`` for the cast sheet, ``report_requested`` for who is in the library."""

    open_requested = Signal(object)
    folder_requested = Signal()
    cast_requested = Signal()
    report_requested = Signal()
    failed = Signal(str)

    def __init__(self, store: LibraryStore, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.model = LibraryModel(store, thumbnails, self)
        self.model.failed.connect(self.failed)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search names and #tags"))
        self.search.setAccessibleName(tr("Search the library"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)
        self.grid = CharacterGrid(self.model, "library", _THUMBNAIL_SIDE)
        self.grid.setAccessibleName(tr("Characters"))
        self.grid.opened.connect(lambda entry: self.open_requested.emit(entry.path))
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._show_menu)
        self.grid.selectionModel().currentChanged.connect(self._show_chosen)
        self.tags = QLineEdit()
        self.tags.setPlaceholderText(tr("Tags, separated by commas"))
        self.tags.setAccessibleName(tr("Tags of the chosen character"))
        self.tags.editingFinished.connect(self._on_tags)
        self._add_actions()
        self._build()
        store.listed.connect(self._show_state)
        store.detailed.connect(self._show_chosen)
        self.model.modelReset.connect(self._show_state)
        self._show_state()

    def _add_actions(self) -> None:
        self.open_action = self._action(tr("Open"), None, self._open)
        self.rename_action = self._action(tr("Rename"), "F2", self._rename)
        self.duplicate_action = self._action(tr("Duplicate"), "Ctrl+D", self._duplicate)
        self.trash_action = self._action(tr("Move to trash"), QKeySequence.StandardKey.Delete, self._trash)
        self.reveal_action = self._action(tr("Show in file manager"), None, self._reveal)

    def _action(self, text: str, keys: str | QKeySequence.StandardKey | None, act: Callable[[], None]) -> QAction:
        action = QAction(text, self.grid)
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(act)
        self.grid.addAction(action)
        return action

    def _build(self) -> None:
        more = QToolButton()
        more.setObjectName("quiet_button")
        more.setText("⋯")
        more.setToolTip(tr("More about the library"))
        more.setAccessibleName(tr("More about the library"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        menu.addAction(tr("Cast sheet"), self.cast_requested.emit)
        menu.addAction(tr("Who is in this cast…"), self.report_requested.emit)
        menu.addAction(tr("Another folder…"), self.folder_requested.emit)
        menu.addAction(tr("Show the folder"), self._show_folder)
        more.setMenu(menu)
        top = QHBoxLayout()
        top.setContentsMargins(12, 10, 12, 8)
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        top.addWidget(more)
        self.nothing = QLabel()
        self.nothing.setObjectName("quiet")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.nothing.setContentsMargins(24, 32, 24, 0)
        middle = QWidget()
        self._middle = QStackedLayout(middle)
        self._middle.addWidget(self.grid)
        self._middle.addWidget(self.nothing)
        self._chosen = QWidget()
        below = QHBoxLayout(self._chosen)
        below.setContentsMargins(12, 6, 12, 10)
        label = QLabel(tr("Tags"))
        label.setObjectName("quiet")
        label.setBuddy(self.tags)
        below.addWidget(label)
        below.addWidget(self.tags, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(middle, 1)
        layout.addWidget(self._chosen)

    @property
    def chosen(self) -> LibraryEntry | None:
        index = self.grid.currentIndex()
        return self.model.entry(index) if index.isValid() else None

    def choose(self, path: Path) -> None:
        """Select the character of ``path``, if it is shown, and bring it into sight."""
        index = self.model.index_of(path)
        if index.isValid():
            self.grid.setCurrentIndex(index)
            self.grid.scrollTo(index)

    # What is shown

    def _on_search(self, text: str) -> None:
        self.model.filter(text)

    def _show_state(self) -> None:
        if self.model.rowCount():
            self._middle.setCurrentIndex(0)
        else:
            self._middle.setCurrentIndex(1)
            self.nothing.setText(
                tr("No character fits the search.")
                if self._store.entries
                else tr(
                    "No characters yet.\n\nSave the present one with Ctrl+S, "
                    "or drop recipes and exported portraits here."
                )
            )
        self._show_chosen()

    def _show_chosen(self, _index: object = None) -> None:
        entry = self.chosen
        usable = entry is not None and not self._store.details(entry).problem
        self._chosen.setVisible(usable)
        self.open_action.setEnabled(usable)
        self.rename_action.setEnabled(usable)
        self.duplicate_action.setEnabled(usable)
        self.trash_action.setEnabled(entry is not None)
        self.reveal_action.setEnabled(entry is not None)
        if entry is not None and not self.tags.hasFocus():
            self.tags.setText(", ".join(self._store.details(entry).tags))
            completer = QCompleter(self._store.tags(), self.tags)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.tags.setCompleter(completer)

    def _show_menu(self, at: QPoint) -> None:
        index = self.grid.indexAt(at)
        if not index.isValid():
            return
        self.grid.setCurrentIndex(index)
        menu = QMenu(self)
        menu.addAction(self.open_action)
        menu.addSeparator()
        menu.addActions([self.rename_action, self.duplicate_action, self.reveal_action])
        menu.addSeparator()
        menu.addAction(self.trash_action)
        menu.exec(self.grid.viewport().mapToGlobal(at))

    # What the user does

    def _open(self) -> None:
        if self.chosen is not None:
            self.open_requested.emit(self.chosen.path)

    def _rename(self) -> None:
        index: QModelIndex = self.grid.currentIndex()
        if index.isValid():
            self.grid.edit(index)

    def _duplicate(self) -> None:
        self._do(lambda entry: self._store.duplicate(entry))

    def _trash(self) -> None:
        self._do(self._store.trash)

    def _on_tags(self) -> None:
        entry = self.chosen
        tags = tuple(tag.strip() for tag in self.tags.text().split(",") if tag.strip())
        if entry is not None and tags != self._store.details(entry).tags:
            self._do(lambda chosen: self._store.set_tags(chosen, tags))

    def _do(self, act: Callable[[LibraryEntry], object]) -> None:
        entry = self.chosen
        if entry is None:
            return
        try:
            act(entry)
        except CreatorError as error:
            self.failed.emit(error_text(error))

    def _reveal(self) -> None:
        if self.chosen is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.chosen.path.parent)))

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._store.folder)))
