"""The whole cast at a glance, and who in it could be mistaken for whom."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from creator.library import LibraryEntry
from creator.ui.character_grid import CharacterGrid
from creator.ui.language import tr
from creator.ui.library_model import LibraryModel
from creator.ui.library_store import AlikePair, LibraryStore
from creator.ui.look_alike_search import LookAlikeSearch
from creator.ui.preview_renderer import PreviewRenderer
from creator.ui.thumbnails import Thumbnails

_THUMBNAIL_SIDE = 168
_PAIR = Qt.ItemDataRole.UserRole


class CastSheet(QWidget):
    """A window of its own. ``open_requested`` carries the file of a character to go on with, ``report_requested`` the
    entries to tell about: the selected ones, where there are several, or else all that are shown."""

    open_requested = Signal(object)
    report_requested = Signal(object)

    def __init__(
        self,
        store: LibraryStore,
        thumbnails: Thumbnails,
        renderer: PreviewRenderer,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._store = store
        self._look_alikes = LookAlikeSearch(store, thumbnails, renderer, self)
        self.setWindowTitle(tr("Cast sheet"))
        self.model = LibraryModel(store, thumbnails, self)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search names and #tags"))
        self.search.setAccessibleName(tr("Search the cast"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.model.filter)
        self._count = QLabel()
        self._count.setObjectName("quiet")
        self.grid = CharacterGrid(self.model, "cast", _THUMBNAIL_SIDE)
        self.grid.setAccessibleName(tr("Cast"))
        self.grid.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.grid.opened.connect(lambda entry: self.open_requested.emit(entry.path))
        title = QLabel(tr("Look-alikes"))
        title.setObjectName("title")
        self.verdict = QLabel()
        self.verdict.setObjectName("quiet")
        self.verdict.setWordWrap(True)
        self.pairs = QListWidget()
        self.pairs.setObjectName("steps")
        self.pairs.setAccessibleName(tr("Look-alikes"))
        self.pairs.setFrameShape(QFrame.Shape.NoFrame)
        self.pairs.setWordWrap(True)
        self.pairs.currentItemChanged.connect(self._show_pair)
        top = QHBoxLayout()
        top.setContentsMargins(12, 12, 12, 8)
        top.setSpacing(12)
        top.addWidget(self.search)
        top.addWidget(self._count)
        top.addStretch(1)
        self.report_button = QPushButton(tr("Who is in this cast…"))
        self.report_button.setToolTip(tr("Counts the selected characters, or all that are shown"))
        self.report_button.clicked.connect(self._ask_for_report)
        top.addWidget(self.report_button)
        self.search.setMinimumWidth(260)
        sheet = QVBoxLayout()
        sheet.setSpacing(0)
        sheet.addLayout(top)
        sheet.addWidget(self.grid, 1)
        warnings = QVBoxLayout()
        warnings.setContentsMargins(12, 14, 14, 12)
        warnings.setSpacing(8)
        warnings.addWidget(title)
        warnings.addWidget(self.verdict)
        warnings.addWidget(self.pairs, 1)
        side = QWidget()
        side.setFixedWidth(280)
        side.setLayout(warnings)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(sheet, 1)
        layout.addWidget(side)
        self.resize(1120, 760)
        self.model.modelReset.connect(self._show_state)
        store.listed.connect(self._search_again)
        self._look_alikes.found.connect(self._on_look_alikes)
        self._look_alikes.progressed.connect(self._on_progress)
        self._show_state()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._search_again()

    def _show_state(self) -> None:
        self._count.setText(tr("%n character(s)", "", self.model.rowCount()))

    def _search_again(self) -> None:
        if not self.isVisible():
            return
        self.verdict.setText(tr("Comparing…"))
        self._look_alikes.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look_alikes.stop()

    def _on_progress(self, looked_at: int, count: int) -> None:
        self.verdict.setText(tr("Comparing… {number} of {count}").format(number=looked_at, count=count))

    def _on_look_alikes(self, pairs: list[AlikePair], by_pictures: bool) -> None:
        self.pairs.clear()
        if pairs:
            text = tr("%n pair(s) could be mistaken for each other. Choose one to see both.", "", len(pairs))
        elif by_pictures:
            text = tr("Everybody differs clearly from everybody else, as far as the pictures tell.")
        else:
            text = tr("Everybody differs clearly from everybody else, as far as the attributes tell.")
        self.verdict.setText(text)
        for pair in pairs:
            first, second = (self._store.details(entry).name for entry in (pair.first, pair.second))
            item = QListWidgetItem(tr("{first} and {second}").format(first=first, second=second))
            item.setData(_PAIR, pair)
            item.setToolTip(tr("Distance {distance}; 0 is the same").format(distance=f"{pair.distance:.2f}"))
            self.pairs.addItem(item)

    def _show_pair(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        pair: AlikePair = item.data(_PAIR)
        self.search.clear()
        selection = self.grid.selectionModel()
        selection.clearSelection()
        for entry in (pair.second, pair.first):
            index = self.model.index_of(entry.path)
            if index.isValid():
                selection.select(index, QItemSelectionModel.SelectionFlag.Select)
                self.grid.scrollTo(index)

    def _ask_for_report(self) -> None:
        shown = [self.model.entry(self.model.index(row)) for row in range(self.model.rowCount())]
        self.report_requested.emit(self.selected if len(self.selected) > 1 else shown)

    @property
    def selected(self) -> list[LibraryEntry]:
        return [self.model.entry(index) for index in self.grid.selectionModel().selectedIndexes()]
