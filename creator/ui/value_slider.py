"""A slider over a continuous attribute."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QWheelEvent,
)
from PySide6.QtWidgets import QSlider, QWidget

from creator.attributes import Attribute
from creator.ui.accessible_value import SpokenValue
from creator.ui.attribute_text import FINE_STEPS, step_decimals, unit_suffix, value_text
from creator.variations import circular_span

_HANDLE = 7.0  # radius of the knob in logical pixels
_GROOVE = 4.0
_PAGE_STEPS = 10
_KEY_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -_PAGE_STEPS,
    Qt.Key.Key_PageUp: _PAGE_STEPS,
}


def share_attribute(name: str) -> Attribute:
    """What a :class:`ValueSlider` needs for a share of 0 to 1 in steps of a twentieth, filled from 0."""
    return Attribute(name, name.capitalize(), "", "continuous", "", 0.0, step=0.05)


class ValueSlider(QSlider):
    """Click in the groove jumps, dragging moves in steps (with Shift in fine ones), arrow keys step likewise, double
    click asks for a reset. The wheel turns the slider only when it has the focus; otherwise the pane scrolls.

    ``edited`` carries each new value while the user moves, ``finished`` ends one movement.
    """

    edited = Signal(float)
    finished = Signal()
    reset_requested = Signal()

    def __init__(self, attribute: Attribute, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._attribute = attribute
        self._decimals = step_decimals(attribute) + 1
        self._grip = 0.0  # where on the knob the mouse holds it
        self._held_keys: set[int] = set()
        self.setRange(0, round((attribute.maximum - attribute.minimum) / attribute.step * FINE_STEPS))
        self.setSingleStep(FINE_STEPS)
        self.setPageStep(FINE_STEPS * _PAGE_STEPS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(80)
        self.show_value(float(attribute.default))

    def sizeHint(self) -> QSize:
        return QSize(150, 24)

    minimumSizeHint = sizeHint  # noqa: N815

    def show_value(self, value: float) -> None:
        """Move the knob without telling anyone."""
        position = self._position(value)
        if position != self.value():
            blocked = self.blockSignals(True)
            self.setValue(position)
            self.blockSignals(blocked)

    def _position(self, value: float) -> int:
        return round((value - self._attribute.minimum) / self._attribute.step * FINE_STEPS)

    def _move_to(self, position: int) -> None:
        position = min(max(position, 0), self.maximum())
        if position == self.value():
            return
        self.setValue(position)
        self.edited.emit(self._present)

    @property
    def _present(self) -> float:
        """The value under the knob."""
        value = self._attribute.minimum + self.value() * self._attribute.step / FINE_STEPS
        return min(max(round(value, self._decimals), self._attribute.minimum), self._attribute.maximum)

    def spoken_value(self) -> SpokenValue:
        attribute, value = self._attribute, self._present
        text = value_text(attribute, value) + unit_suffix(attribute)
        return SpokenValue(text, value, attribute.minimum, attribute.maximum, attribute.step)

    def take_spoken_value(self, number: float) -> None:
        self._move_to(self._position(number))
        self.finished.emit()

    # Geometry: the knob's centre runs from _HANDLE + 1 to width - _HANDLE - 1.

    def _x(self, position: int) -> float:
        return _HANDLE + 1 + (self.width() - 2 * _HANDLE - 2) * position / max(self.maximum(), 1)

    def point_of(self, value: float) -> QPointF:
        """Where the knob's centre lies for ``value``."""
        return QPointF(self._x(self._position(value)), self.height() / 2)

    def _position_at(self, x: float, fine: bool) -> int:
        share = (x - _HANDLE - 1) / max(self.width() - 2 * _HANDLE - 2, 1)
        grid = 1 if fine else FINE_STEPS
        return round(share * self.maximum() / grid) * grid

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setSliderDown(True)
        offset = event.position().x() - self._x(self.value())
        on_knob = abs(offset) <= _HANDLE + 1
        self._grip = offset if on_knob else 0.0
        if not on_knob:
            self._drag_to(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._drag_to(event)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.isSliderDown():
            self.setSliderDown(False)
            self.update()
            self.finished.emit()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.reset_requested.emit()
        event.accept()

    def _drag_to(self, event: QMouseEvent) -> None:
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._move_to(self._position_at(event.position().x() - self._grip, fine))

    # Keys: all repeats of a held key are one movement.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        size = 1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else FINE_STEPS
        key = Qt.Key(event.key())
        if key in _KEY_STEPS:
            target = self.value() + _KEY_STEPS[key] * size
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            target = 0 if key == Qt.Key.Key_Home else self.maximum()
        else:
            super().keyPressEvent(event)
            return
        self._held_keys.add(event.key())
        self._move_to(target)
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() or event.key() not in self._held_keys:
            super().keyReleaseEvent(event)
            return
        self._held_keys.discard(event.key())
        self._finish_keys()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._held_keys:
            self._held_keys.clear()
            self._finish_keys()
        super().focusOutEvent(event)

    def _finish_keys(self) -> None:
        if not self._held_keys:
            self.finished.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():
            event.ignore()
            return
        notches = event.angleDelta().y() / 120
        size = 1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else FINE_STEPS
        self._move_to(self.value() + round(notches * size))
        self.finished.emit()
        event.accept()

    # Look: a thin groove, filled from the default value to the knob; a hue's groove shows the hues.

    def paintEvent(self, event: QPaintEvent) -> None:
        palette, middle, x = self.palette(), self.height() / 2, self._x(self.value())
        origin = self._x(self._position(float(self._attribute.default)))
        groove = QRectF(_HANDLE + 1, middle - _GROOVE / 2, self.width() - 2 * _HANDLE - 2, _GROOVE)
        accent = palette.color(QPalette.ColorRole.Highlight)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Mid))
        if circular_span(self._attribute):
            painter.drawRect(QRectF(origin - 1, middle - 6, 2, 12))
            painter.setBrush(_hues(groove))
            painter.drawRoundedRect(groove.adjusted(0, -1, 0, 1), _GROOVE / 2 + 1, _GROOVE / 2 + 1)
        else:
            painter.drawRoundedRect(groove, _GROOVE / 2, _GROOVE / 2)
            painter.drawRect(QRectF(origin - 1, middle - 5, 2, 10))
            painter.setBrush(accent)
            painter.drawRoundedRect(
                QRectF(min(origin, x), groove.top(), abs(x - origin), _GROOVE), _GROOVE / 2, _GROOVE / 2
            )
        if self.hasFocus():
            ring = QColor(accent)
            ring.setAlpha(110)
            painter.setBrush(ring)
            painter.drawEllipse(QPointF(x, middle), _HANDLE + 3, _HANDLE + 3)
        active = self.isSliderDown() or self.underMouse()
        painter.setBrush(palette.color(QPalette.ColorRole.BrightText if active else QPalette.ColorRole.ButtonText))
        painter.drawEllipse(QPointF(x, middle), _HANDLE, _HANDLE)
        painter.end()


def _hues(groove: QRectF) -> QLinearGradient:
    gradient = QLinearGradient(groove.topLeft(), groove.topRight())
    for sixth in range(7):
        gradient.setColorAt(sixth / 6, QColor.fromHsv(sixth * 60 % 360, 165, 215))
    return gradient
