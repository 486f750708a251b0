"""Small faces in one line that is moved sideways, the present one in sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from creator.ui.face_button import FaceButton
from creator.ui.face_tiles import FaceTiles


class FaceStrip(QScrollArea):
    """Shows ``tiles`` (made with ``one_line``). The wheel scrolls the pane around it, unless it turns sideways."""

    def __init__(self, tiles: FaceTiles, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles = tiles
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tiles.setObjectName("rows")
        self.setWidget(tiles)
        tiles.ringed.connect(self._follow)
        for button in tiles.buttons:
            button.installEventFilter(self)

    def sizeHint(self) -> QSize:
        return QSize(240, self.tiles.sizeHint().height() + self.horizontalScrollBar().sizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def _follow(self) -> None:
        button = next((button for button in self.tiles.buttons if button.isChecked()), None)
        if button is not None:
            QTimer.singleShot(0, button, lambda: self._bring(button))  # once the line has its layout

    def _bring(self, button: FaceButton) -> None:
        """Scroll until ``button`` and a part of its neighbours are in sight."""
        self.ensureWidgetVisible(button, button.width() // 2, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, FaceButton):
            self._bring(watched)
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if abs(event.angleDelta().x()) > abs(event.angleDelta().y()):
            super().wheelEvent(event)
        else:
            event.ignore()
