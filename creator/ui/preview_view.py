"""The picture, as large as the space allows or as large as the user likes, and what can be done on it."""

from __future__ import annotations

from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from creator.generator import FULL, RenderResult
from creator.ui.backdrop import Backdrop
from creator.ui.language import tr
from creator.ui.message_bar import MessageBar
from creator.ui.mock_scenes import Scene, paint_scene
from creator.ui.preview_renderer import Frame

_MARGIN = 16
_GAP = 12  # between two pictures side by side
_MAXIMUM_ZOOM = 16.0  # device pixels per pixel of the picture
_PIXELS_SHOW = 4.0  # from this zoom on, pixels are squares
_WHEEL_FACTOR = 1.2
_KEY_STEP = 0.02  # of the picture's side per arrow key
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class Tool(Enum):
    """What dragging on the picture does."""

    TURN = "turn"
    GAZE = "gaze"
    LIGHT = "light"
    MOVE = "move"


class PreviewView(QWidget):
    """Shows the newest picture over a backdrop; a message lies above it and never replaces it.

    ``side_changed``: the picture's side in device pixels. Pictures of that size are painted as they are, which costs
    the window's thread next to nothing. ``dragged`` carries tool, the way since the last one (shares of the picture's
    side, right and up) and whether Shift is held; ``drag_ended`` ends a movement. The arrow keys drag, too.
    ``zoom_changed``: :attr:`zoom` is another one.
    """

    side_changed = Signal(int)
    dragged = Signal(object, float, float, bool)
    drag_ended = Signal()
    zoom_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: RenderResult | None = None
        self.tool = Tool.TURN
        self._image = QImage()  # scaled to fit
        self._whole = QImage()  # the picture's own pixels
        self._pixels: tuple[NDArray[np.uint8], ...] = ()
        self._picture_side = 0  # of the full picture, which a draft stands for
        self._side = 0
        self._zoom: float | None = None  # None: fit
        self._pan = QPointF()  # from the middle, in logical pixels
        self._placeholder = ""
        self._render_failed = False
        self.backdrop = Backdrop()
        self._reference = QImage()
        self._shows_reference = False
        self._beside = False
        self.inset = 0  # side of the true-size picture in the corner, in device pixels
        self.scene: Scene | None = None
        self._name = ""
        self._held: QPointF | None = None
        self._pans = False
        self._held_keys: set[int] = set()
        self._focus_by_keys = False
        self.message = MessageBar(self)
        self.setObjectName("preview")
        self.setAccessibleName("Portrait")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(280, 280)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.addWidget(self.message)
        layout.addStretch(1)

    def sizeHint(self) -> QSize:
        return QSize(760, 760)

    # What is shown

    def show_placeholder(self, text: str) -> None:
        """What stands here before the first picture."""
        self._placeholder = text
        self.update()

    def show_frame(self, frame: Frame) -> None:
        """Show a picture; a complaint about an earlier one goes away."""
        self._image, self._whole = _borrowed(frame.scaled), _borrowed(frame.result.pixels)
        self._pixels = frame.scaled, frame.result.pixels  # the images borrow this memory
        if frame.result.request.variant == FULL or not self._picture_side:
            self._picture_side = self._whole.width()
        self.shown = frame.result
        self._name = frame.result.request.character.name
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

    def set_backdrop(self, backdrop: Backdrop) -> None:
        self.backdrop = backdrop
        self.update()

    def set_reference(self, image: QImage) -> None:
        """What the portrait is compared with; a null image is nothing."""
        self._reference = image
        self.update()

    def show_reference(self, on: bool) -> None:
        """Show the reference in the portrait's place: before and after, as long as a key or button is held."""
        if on != self._shows_reference:
            self._shows_reference = on
            self.update()

    def set_beside(self, on: bool) -> None:
        """Show the reference to the left of the portrait."""
        if on != self._beside:
            self._beside = on
            self._announce_side()
            self.update()

    def set_inset(self, side: int) -> None:
        """Show the portrait in a corner, too, at a side of ``side`` device pixels; 0 takes it away."""
        self.inset = side
        self.update()

    def set_scene(self, scene: Scene | None) -> None:
        """Show the portrait in a mock of a game instead of alone."""
        self.scene = scene
        self.update()

    # Zoom

    @property
    def zoom(self) -> float:
        """Device pixels per pixel of the picture."""
        return self._zoom or self._fitting_zoom()

    @property
    def fits(self) -> bool:
        """Whether the picture follows the size of the view."""
        return self._zoom is None

    def fit(self) -> None:
        self._zoom, self._pan = None, QPointF()
        self.zoom_changed.emit()
        self.update()

    def zoom_to(self, zoom: float, around: QPointF | None = None) -> None:
        """Make a pixel of the picture ``zoom`` device pixels wide; the point ``around`` stays where it is."""
        if not self._picture_side:  # the first picture will be shown so
            self._zoom = min(zoom, _MAXIMUM_ZOOM)
            self.zoom_changed.emit()
            return
        lowest = min(self._fitting_zoom(), 1.0)
        zoom = min(max(zoom, lowest), _MAXIMUM_ZOOM)
        centre = QRectF(self.rect()).center() + self._pan
        point = around if around is not None else QRectF(self.rect()).center()
        self._pan += (point - centre) * (1 - zoom / self.zoom)
        self._zoom = zoom
        self._hold_pan()
        self.zoom_changed.emit()
        self.update()

    def zoom_by(self, steps: float, around: QPointF | None = None) -> None:
        self.zoom_to(self.zoom * _WHEEL_FACTOR**steps, around)

    def _fitting_zoom(self) -> float:
        return self._square().width() * self.devicePixelRatioF() / max(self._picture_side, 1)

    def _hold_pan(self) -> None:
        """The picture never leaves the view."""
        side = self._target().width()
        x, y = (max((side - length) / 2, 0.0) + side / 4 for length in (self.width(), self.height()))
        self._pan = QPointF(min(max(self._pan.x(), -x), x), min(max(self._pan.y(), -y), y))

    # Geometry

    def _square(self) -> QRectF:
        """The square of the fitting picture, on whole device pixels."""
        ratio = self.devicePixelRatioF()
        width = (self.width() - 2 * _MARGIN - _GAP) / 2 if self._beside else self.width() - 2 * _MARGIN
        side = round(max(min(width, self.height() - 2 * _MARGIN), 1) * ratio) / ratio
        middle = self.width() / 2 + ((side + _GAP) / 2 if self._beside else 0.0)
        left = round((middle - side / 2) * ratio) / ratio
        top = round((self.height() - side) / 2 * ratio) / ratio
        return QRectF(left, top, side, side)

    def _target(self) -> QRectF:
        """Where the picture is."""
        if self._zoom is None:
            return self._square()
        ratio = self.devicePixelRatioF()
        side = self._picture_side * self._zoom / ratio
        centre = self._square().center() + self._pan
        left, top = (round((at - side / 2) * ratio) / ratio for at in (centre.x(), centre.y()))
        return QRectF(left, top, side, side)

    def _announce_side(self) -> None:
        side = round(self._square().width() * self.devicePixelRatioF())
        if side != self._side:
            self._side = side
            self.side_changed.emit(side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._announce_side()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Dark))
        if self._image.isNull():
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._placeholder)
        elif self.scene is not None:
            self._paint_scene(painter, self.scene)
        else:
            self._paint_portrait(painter)
        if self.hasFocus() and self._focus_by_keys:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 1.5))
            painter.drawRect(QRectF(self.rect()).adjusted(2, 2, -2, -2))
        painter.end()

    def _paint_portrait(self, painter: QPainter) -> None:
        target = self._target()
        has_reference = not self._reference.isNull()
        if self._beside:
            left = target.translated(-(self._square().width() + _GAP), 0)
            painter.save()
            painter.setClipRect(QRectF(0, 0, (self.width() - _GAP) / 2, self.height()))
            self._paint_one(painter, left, self._reference)
            painter.restore()
            painter.setClipRect(QRectF((self.width() + _GAP) / 2, 0, self.width(), self.height()))
        if self._shows_reference and has_reference:
            self._paint_one(painter, target, self._reference)
            self._paint_caption(painter, tr("Before"))
        else:
            self._paint_one(painter, target, self._whole)
        painter.setClipping(False)
        if self.inset:
            self._paint_inset(painter)

    def _paint_one(self, painter: QPainter, target: QRectF, image: QImage) -> None:
        self.backdrop.paint(painter, target, self.palette())
        if image.isNull():
            return
        if image is self._whole and self._zoom is None and self._image.width() == self._side:
            self._image.setDevicePixelRatio(self.devicePixelRatioF())
            painter.drawImage(target.topLeft(), self._image)
            return
        # Until the renderer has scaled the picture to a new size, and for every other size than the fitting one.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom < _PIXELS_SHOW)
        painter.drawImage(target, image)

    def _paint_inset(self, painter: QPainter) -> None:
        side = self.inset / self.devicePixelRatioF()
        box = QRectF(self.width() - side - _MARGIN, self.height() - side - _MARGIN, side, side)
        self.backdrop.paint(painter, box, self.palette())
        smooth = Qt.TransformationMode.SmoothTransformation
        small = self._whole.scaled(self.inset, self.inset, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        painter.drawImage(box, small)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.drawRect(box.adjusted(-1, -1, 0, 0))

    def _paint_caption(self, painter: QPainter, text: str) -> None:
        width = painter.fontMetrics().horizontalAdvance(text) + 24
        box = QRectF((self.width() - width) / 2, self.height() - _MARGIN - 36, width, 26)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
        painter.drawRoundedRect(box, 13, 13)
        painter.setPen(self.palette().color(QPalette.ColorRole.HighlightedText))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_scene(self, painter: QPainter, scene: Scene) -> None:
        area = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN - 20)
        scale = paint_scene(scene, painter, area, self._whole, self._name)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        words = tr("true size") if scale > 0.999 else tr("shown at {scale:.0%}").format(scale=scale)
        below = QRectF(0, self.height() - _MARGIN - 16, self.width(), 20)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"{scene.label}: {words}")

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        if self._image.isNull() or not (left or event.button() == Qt.MouseButton.MiddleButton):
            super().mousePressEvent(event)
            return
        self._held = event.position()
        self._pans = not left or self.tool is Tool.MOVE
        self.setCursor(Qt.CursorShape.ClosedHandCursor if self._pans else Qt.CursorShape.SizeAllCursor)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            super().mouseMoveEvent(event)
            return
        way = event.position() - self._held
        self._held = event.position()
        self._drag(way, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._held = None
            self.unsetCursor()
            if not self._pans:
                self.drag_ended.emit()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Between fitting and true pixels."""
        if self.fits:
            self.zoom_to(1.0, event.position())
        else:
            self.fit()
        event.accept()

    def _drag(self, way: QPointF, shift: bool) -> None:
        if self._pans:
            if self._zoom is not None:
                self._pan += way
                self._hold_pan()
                self.update()
            return
        side = self._target().width()
        self.dragged.emit(self.tool, way.x() / side, -way.y() / side, shift)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(event.angleDelta().y() / 120, event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS and not self._image.isNull():
            self._held_keys.add(event.key())
            self._pans = self.tool is Tool.MOVE
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._drag(_ARROWS[key] * _KEY_STEP * self._target().width(), shift)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(-1)
        elif key == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() or event.key() not in self._held_keys:
            super().keyReleaseEvent(event)
            return
        self._release_keys()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        reason = Qt.FocusReason
        self._focus_by_keys = event.reason() in (
            reason.TabFocusReason, reason.BacktabFocusReason, reason.ShortcutFocusReason
        )  # fmt: skip
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._release_keys()
        self.update()

    def _release_keys(self) -> None:
        if self._held_keys:
            self._held_keys.clear()
            if not self._pans:
                self.drag_ended.emit()


def _borrowed(pixels: NDArray[np.uint8]) -> QImage:
    """An image over the memory of ``pixels``, which must outlive it."""
    side = pixels.shape[0]
    return QImage(pixels.data, side, side, side * 4, QImage.Format.Format_RGBA8888_Premultiplied)
