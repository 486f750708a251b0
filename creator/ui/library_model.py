"""The library's characters as rows for Qt's views. Nothing is made before a view asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, QUrl, Signal

from creator.errors import CreatorError
from creator.library import LibraryDetails, LibraryEntry
from creator.ui.error_text import error_text
from creator.ui.language import tr
from creator.ui.library_store import LibraryStore
from creator.ui.thumbnails import Thumbnails

ENTRY = Qt.ItemDataRole.UserRole
DETAILS = ENTRY + 1
IS_OPEN = ENTRY + 2

_Index = QModelIndex | QPersistentModelIndex


class LibraryModel(QAbstractListModel):
    """Rows of the entries that fit :attr:`search`. Editing a row renames the character; ``failed`` says why not."""

    failed = Signal(str)

    def __init__(self, store: LibraryStore, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.thumbnails = thumbnails
        self.search = ""
        self._entries = store.found("")
        self._rows: dict[LibraryEntry, int] = {}
        self._number()
        store.listed.connect(self._refresh)
        store.detailed.connect(self._on_detailed)
        store.session.state_changed.connect(self._mark_open)
        thumbnails.ready.connect(self._on_thumbnail)
        self._open_path = store.session.path

    def filter(self, search: str) -> None:
        self.search = search.strip()
        self._refresh()

    def entry(self, index: _Index) -> LibraryEntry:
        return self._entries[index.row()]

    def index_of(self, path: Path) -> QModelIndex:
        """The row of a file, invalid when it is not shown."""
        row = next((row for row, entry in enumerate(self._entries) if entry.path == path), None)
        return QModelIndex() if row is None else self.index(row)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DecorationRole:
            return self.thumbnails.image(entry)
        if role == IS_OPEN:
            return self.store.is_open(entry)
        if role not in _TEXT_ROLES and role != DETAILS:
            return None
        details = self.store.details(entry)
        if role == DETAILS:
            return details
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (details.name, str(entry.path), error_text(details.problem)) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(details)
        return details.name

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        entry, name = self._entries[index.row()], str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not name or name == self.store.details(entry).name:
            return False
        try:
            self.store.rename(entry, name)
        except CreatorError as error:
            self.failed.emit(error_text(error))
            return False
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        more = Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled
        return super().flags(index) | more if index.isValid() else super().flags(index)

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self.entry(index).path)) for index in indexes])
        return data

    def _refresh(self) -> None:
        entries = self.store.found(self.search)
        if entries == self._entries:
            return
        self.beginResetModel()
        self._entries = entries
        self._number()
        self.endResetModel()

    def _number(self) -> None:
        self._rows = {entry: row for row, entry in enumerate(self._entries)}

    def _on_detailed(self, entries: list[LibraryEntry]) -> None:
        if self.search:
            self._refresh()
        rows = [self._rows[entry] for entry in entries if entry in self._rows]
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))

    def _on_thumbnail(self, entry: LibraryEntry) -> None:
        row = self._rows.get(entry)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])

    def _mark_open(self) -> None:
        if self.store.session.path != self._open_path and self._entries:
            self._open_path = self.store.session.path
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1), [IS_OPEN])


_TEXT_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


def _spoken(details: LibraryDetails) -> str:
    text = details.name
    if details.tags:
        text = tr("{name}, tags {tags}").format(name=text, tags=", ".join(details.tags))
    return tr("{name}, cannot be read").format(name=text) if details.problem else text
