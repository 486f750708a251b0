"""Everything done since the character was opened, as a list to go back and forth in."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPalette, QShowEvent
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from creator.ui.language import tr
from creator.ui.session import Session

_Index = QModelIndex | QPersistentModelIndex


class _StepsModel(QAbstractListModel):
    """The session's steps, newest at the bottom."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._steps = session.steps
        self._position = session.position
        self._saved = session.saved_positions

    def refresh(self) -> None:
        """Show what the session says now; as little as possible is told to the view, since this runs in every drag."""
        steps, count = self._session.steps, len(self._steps)
        position, saved = self._session.position, self._session.saved_positions
        if len(steps) == count + 1 and steps[:count] == self._steps:
            self.beginInsertRows(QModelIndex(), count, count)
            self._steps = steps
            self.endInsertRows()
        elif len(steps) != count:
            self.beginResetModel()
            self._steps, self._position, self._saved = steps, position, saved
            self.endResetModel()
            return
        if (steps, position, saved) != (self._steps, self._position, self._saved):
            self._steps, self._position, self._saved = steps, position, saved
            self.dataChanged.emit(self.index(0), self.index(len(steps) - 1))
        self._position, self._saved = position, saved

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._steps)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            text = self._steps[row] or tr("Beginning")
            return tr("{step}  · saved").format(step=text) if row in self._saved else text
        if role == Qt.ItemDataRole.ForegroundRole and row > self._position:
            return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        if role == Qt.ItemDataRole.FontRole and row == self._position:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._steps[row] or None
        return None


class HistoryPanel(QWidget):
    """One click, or an arrow key, goes to a step; later steps stay until something else is done."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._model = _StepsModel(session, self)
        self.list = QListView()
        self.list.setObjectName("steps")
        self.list.setAccessibleName(tr("History"))
        self.list.setModel(self._model)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.list)
        session.state_changed.connect(self._refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        if not self.isVisible():
            return
        selection = self.list.selectionModel()
        blocked = selection.blockSignals(True)
        self._model.refresh()
        index = self._model.index(self._session.position)
        if self.list.currentIndex() != index:
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        selection.blockSignals(blocked)
        self.list.viewport().update()

    def _on_chosen(self, index: QModelIndex) -> None:
        if index.isValid() and index.row() != self._session.position:
            self._session.go_to(index.row())
