"""The picture, as large as the space allows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from creator.generator import RenderResult
from creator.ui.message_bar import MessageBar
from creator.ui.preview_renderer import Frame

_MARGIN = 16
_TILE = 12  # side of a checkerboard square in logical pixels


class PreviewView(QWidget):
    """Shows the newest picture over a checkerboard; a message lies above it and never replaces it.

    ``side_changed``: the picture's side in device pixels. Pictures of that size are painted as they are, which costs
    the window's thread next to nothing.
    """

    side_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: RenderResult | None = None
        self._image = QImage()
        self._pixels: NDArray[np.uint8] | None = None
        self._side = 0
        self._tiles = QPixmap()
        self._placeholder = ""
        self._render_failed = False
        self.message = MessageBar(self)
        self.setObjectName("preview")
        self.setAccessibleName("Portrait")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(280, 280)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.addWidget(self.message)
        layout.addStretch(1)

    def sizeHint(self) -> QSize:
        return QSize(760, 760)

    def show_placeholder(self, text: str) -> None:
        """What stands here before the first picture."""
        self._placeholder = text
        self.update()

    def show_frame(self, frame: Frame) -> None:
        """Show a picture; a complaint about an earlier one goes away."""
        side = frame.scaled.shape[0]
        self._image = QImage(frame.scaled.data, side, side, side * 4, QImage.Format.Format_RGBA8888_Premultiplied)
        self._pixels = frame.scaled  # the image borrows this memory
        self.shown = frame.result
        if self._render_failed:
            self._render_failed = False
            self.message.hide()
        self.update()

    def show_render_error(self, text: str) -> None:
        """Say why there is no new picture, until there is one."""
        self._render_failed = True
        self.message.say(text, is_error=True)

    def show_message(self, text: str, is_error: bool = False) -> None:
        """Say something that stays until the user closes it."""
        self._render_failed = False
        self.message.say(text, is_error)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Dark))
        if self._image.isNull():
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._placeholder)
        else:
            frame = self._square()
            painter.drawTiledPixmap(frame, self._checkerboard())
            if self._image.width() == self._side:
                self._image.setDevicePixelRatio(self.devicePixelRatioF())
                painter.drawImage(frame.topLeft(), self._image)
            else:  # until the renderer has scaled the picture to a new size
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(frame, self._image)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = round(self._square().width() * self.devicePixelRatioF())
        if side != self._side:
            self._side = side
            self.side_changed.emit(side)

    def _square(self) -> QRectF:
        """The centred square of the picture, on whole device pixels."""
        ratio = self.devicePixelRatioF()
        side = round(max(min(self.width(), self.height()) - 2 * _MARGIN, 1) * ratio) / ratio
        left = round((self.width() - side) / 2 * ratio) / ratio
        top = round((self.height() - side) / 2 * ratio) / ratio
        return QRectF(left, top, side, side)

    def _checkerboard(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        if self._tiles.isNull() or self._tiles.devicePixelRatioF() != ratio:
            self._tiles = QPixmap(round(2 * _TILE * ratio), round(2 * _TILE * ratio))
            self._tiles.setDevicePixelRatio(ratio)
            light = self.palette().color(QPalette.ColorRole.Midlight)
            self._tiles.fill(self.palette().color(QPalette.ColorRole.Base))
            painter = QPainter(self._tiles)
            painter.fillRect(0, 0, _TILE, _TILE, light)
            painter.fillRect(_TILE, _TILE, _TILE, _TILE, light)
            painter.end()
        return self._tiles
