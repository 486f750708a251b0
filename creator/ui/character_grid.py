"""A grid of characters with their thumbnails: the library's list and the cast sheet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QHideEvent,
    QImage,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from creator.library import LibraryDetails
from creator.ui.error_text import error_text
from creator.ui.library_model import DETAILS, IS_OPEN, LibraryModel
from creator.ui.typed_letters import keeps_letter

_PADDING = 6
_RADIUS = 6.0
_TEXT_GAP = 4
_HEAD_LEFT, _HEAD_TOP, _HEAD_SIDE = 0.07, 0.01, 0.86  # of the picture's side; a mohawk reaches up to 0.05
_LOOK_AHEAD = 1.0  # of the visible height: thumbnails just out of sight come after those in sight

_Index = QModelIndex | QPersistentModelIndex


class CharacterGrid(QListView):
    """As many columns of about ``side`` logical pixels as fit. Only thumbnails in sight, and then near it, are made."""

    opened = Signal(object)

    def __init__(self, model: LibraryModel, client: str, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._client = client
        self._side = self._width = side
        self.setObjectName("characters")
        self.setModel(model)
        self.setItemDelegate(_CharacterDelegate(self))
        # Icon mode would keep a search tree of every item; a wrapped list needs none.
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.EditKeyPressed)
        self.setDragEnabled(True)
        self.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.activated.connect(self._on_activated)
        self._kept: tuple[Path | None, list[Path], int] = (None, [], 0)
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(0)
        self._ask.timeout.connect(self._want_thumbnails)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._ask.start())
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        self._fit()

    def event(self, event: QEvent) -> bool:
        return keeps_letter(event) or super().event(event)

    def _remember(self) -> None:
        """The list is about to change: keep the place and what is selected."""
        model, selected = self._model, self.selectionModel().selectedIndexes()
        current = self.currentIndex()
        self._kept = (
            model.entry(current).path if current.isValid() else None,
            [model.entry(index).path for index in selected],
            self.verticalScrollBar().value(),
        )

    def _restore(self) -> None:
        current, selected, scrolled = self._kept
        flag = QItemSelectionModel.SelectionFlag
        if current is not None:
            self.selectionModel().setCurrentIndex(self._present_index(current), flag.NoUpdate)
        for path in selected:
            self.selectionModel().select(self._present_index(path), flag.Select)
        self.verticalScrollBar().setValue(scrolled)
        self._ask.start()

    def _present_index(self, path: Path) -> QModelIndex:
        return self._model.index_of(self._model.store.present_path(path))

    def cell(self) -> QSize:
        """The size of one character with its name and tags."""
        lines = QFontMetrics(self.font()).height() * 2 + _TEXT_GAP
        return QSize(self._width, self._width + lines + _PADDING)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)
        self._ask.start()

    def _fit(self) -> None:
        width = max(self.viewport().width(), self._side)
        self._width = width // max(width // self._side, 1) - 1
        self.setGridSize(self.cell())

    def visible_rows(self, ahead: float = 0.0) -> list[int]:
        """Rows in sight, in order; with ``ahead``, also those within so many heights of the view below and above."""
        count = self._model.rowCount()
        if not count:
            return []
        columns = max(self.viewport().width() // self.gridSize().width(), 1)
        height, top = self.viewport().height(), self.verticalScrollBar().value()
        first = int((top - ahead * height) // self.gridSize().height()) * columns
        last = int((top + (1 + ahead) * height - 1) // self.gridSize().height() + 1) * columns
        return list(range(max(first, 0), min(last, count)))

    def has_thumbnail(self, row: int) -> bool:
        return self._model.thumbnails.is_known(self._model.entry(self._model.index(row)))

    def _want_thumbnails(self) -> None:
        seen = self.visible_rows() if self.isVisible() else []
        near = [row for row in self.visible_rows(_LOOK_AHEAD) if row not in seen] if seen else []
        entries = [self._model.entry(self._model.index(row)) for row in seen + near]
        self._model.thumbnails.want(self._client, entries)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._ask.start()

    def _on_activated(self, index: QModelIndex) -> None:
        self.opened.emit(self._model.entry(index))


def _head_of(image: QImage) -> QRectF:
    """The part that tells people apart: the head with room for tall hair, less of the shoulders."""
    side = float(image.width())
    return QRectF(_HEAD_LEFT * side, _HEAD_TOP * side, _HEAD_SIDE * side, _HEAD_SIDE * side)


_FILLED = "filled"


class _CharacterDelegate(QStyledItemDelegate):
    """Paints thumbnail, name and tags; the open character has a bar in the accent's colour."""

    def __init__(self, grid: CharacterGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return self._grid.cell()

    def _picture(self, cell: QRect) -> QRectF:
        side = cell.width() - 2 * _PADDING
        return QRectF(cell.x() + _PADDING, cell.y() + _PADDING, side, side)

    def _name(self, cell: QRect, metrics: QFontMetrics) -> QRect:
        top = round(self._picture(cell).bottom()) + _TEXT_GAP
        return QRect(cell.x() + _PADDING, top, cell.width() - 2 * _PADDING, metrics.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        palette, metrics = self._grid.palette(), QFontMetrics(self._grid.font())
        cell = option.rect.adjusted(2, 2, -2, -2)
        state = option.state
        selected, hovered = (
            bool(state & QStyle.StateFlag.State_Selected),
            bool(state & QStyle.StateFlag.State_MouseOver),
        )
        details = index.data(DETAILS)
        assert isinstance(details, LibraryDetails)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        if selected or hovered:
            painter.setBrush(palette.color(QPalette.ColorRole.Button if selected else QPalette.ColorRole.Base))
            painter.drawRoundedRect(cell, _RADIUS, _RADIUS)
        picture = self._picture(cell)
        frame = QPainterPath()
        frame.addRoundedRect(picture, _RADIUS - 2, _RADIUS - 2)
        painter.fillPath(frame, palette.color(QPalette.ColorRole.Midlight))
        image = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(image, QImage):
            painter.setClipPath(frame)
            painter.drawImage(picture, image, _head_of(image))
            painter.setClipping(False)
        elif details.problem:
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(picture, Qt.AlignmentFlag.AlignCenter, "!")
        self._paint_text(painter, cell, metrics, details, bool(index.data(IS_OPEN)))
        if selected and self._grid.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
            painter.drawRoundedRect(QRectF(cell).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        painter.restore()

    def _paint_text(
        self, painter: QPainter, cell: QRect, metrics: QFontMetrics, details: LibraryDetails, is_open: bool
    ) -> None:
        palette, line = self._grid.palette(), self._name(cell, metrics)
        if is_open:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
            painter.drawEllipse(QPointF(line.x() + 4, line.center().y() + 1), 4, 4)
            line.setLeft(line.x() + 13)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        name = metrics.elidedText(details.name, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        below = error_text(details.problem) or " ".join(f"#{tag}" for tag in details.tags)
        if below:
            line = self._name(cell, metrics).translated(0, metrics.height())
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            tags = metrics.elidedText(below, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tags)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        # Called again when a thumbnail arrives: what is being typed must stay.
        if not editor.property(_FILLED):
            editor.setProperty(_FILLED, True)
            super().setEditorData(editor, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        cell = option.rect.adjusted(2, 2, -2, -2)
        line = self._name(cell, QFontMetrics(self._grid.font()))
        editor.setGeometry(line.adjusted(-4, -3, 4, 5))
