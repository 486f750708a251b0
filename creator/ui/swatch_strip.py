"""The ten tones of the Monk scale, to be picked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from creator.ui.accessible_value import SpokenValue, tell_value
from creator.ui.language import tr

MONK_TONES = ("#f6ede4", "#f3e7db", "#f7ead0", "#eadaba", "#d7bd96",
              "#a07e56", "#825c43", "#604134", "#3a312a", "#292420")  # fmt: skip
"""Ellis Monk's Skin Tone Scale (2022), lightest to darkest."""


class SwatchStrip(QWidget):
    """One swatch per whole number from 1; a click or an arrow key picks it. ``picked`` carries that number."""

    picked = Signal(float)

    def __init__(self, colours: tuple[str, ...], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = tuple(QColor(colour) for colour in colours)
        self._value = 1.0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(160, 24)

    def show_value(self, value: float) -> None:
        if value != self._value:
            self._value = value
            tell_value(self)
            self.update()

    def spoken_value(self) -> SpokenValue:
        number, count = round(self._value), len(self._colours)
        return SpokenValue(tr("Tone {number} of {count}").format(number=number, count=count), number, 1, count)

    def take_spoken_value(self, number: float) -> None:
        self.picked.emit(float(min(max(round(number), 1), len(self._colours))))

    def swatch(self, number: int) -> QRectF:
        """Where swatch ``number`` (from 1) lies."""
        width = (self.width() - 2) / len(self._colours)
        return QRectF(1 + (number - 1) * width, 3, width, self.height() - 6)

    def _at(self, x: float) -> int:
        return min(max(int((x - 1) / (self.width() - 2) * len(self._colours)) + 1, 1), len(self._colours))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(float(self._at(event.position().x())))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}
        key = Qt.Key(event.key())
        if key not in steps:
            super().keyPressEvent(event)
            return
        self.picked.emit(float(min(max(round(self._value) + steps[key], 1), len(self._colours))))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self._at(event.pos().x())
            QToolTip.showText(event.globalPos(), tr("Monk tone {number}").format(number=number), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = QApplication.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = round(self._value)
        for number, colour in enumerate(self._colours, 1):
            box = self.swatch(number).adjusted(1, 0, -1, 0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(box, 3, 3)
            if number == chosen:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
                painter.drawRoundedRect(box.adjusted(-1, -1.5, 1, 1.5), 4, 4)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.WindowText), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()
