"""A button that is a small picture of somebody, with a few words below it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

_RADIUS = 5.0
_LABEL_GAP = 2


class FaceButton(QAbstractButton):
    """Shows ``label`` at once and the picture when it is there. The chosen one has a ring; so has the focused one."""

    def __init__(self, label: str, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side  # of the picture, in logical pixels
        self._image = QImage()
        self.setText(label)
        self.setAccessibleName(label)
        self.setToolTip(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def image(self) -> QImage:
        return self._image

    @property
    def side(self) -> int:
        """The side of the picture in logical pixels."""
        return self._side

    @property
    def device_side(self) -> int:
        """The side of the picture that fits, in device pixels."""
        return round(self._side * self.devicePixelRatioF())

    def show_image(self, image: QImage) -> None:
        self._image = image
        self.update()

    def set_side(self, side: int) -> None:
        if side != self._side:
            self._side = side
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        label = round(QFontMetricsF(self._label_font()).height()) + _LABEL_GAP if self.text() else 0
        return QSize(self._side + 6, self._side + 6 + label)

    def _label_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(max(font.pointSizeF() * 0.82, 6.5))
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = QApplication.palette()
        accent = palette.color(QPalette.ColorRole.Highlight)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        picture = QRectF((self.width() - self._side) / 2, 3, self._side, self._side)
        shape = QPainterPath()
        shape.addRoundedRect(picture, _RADIUS, _RADIUS)
        painter.fillPath(shape, palette.color(QPalette.ColorRole.Midlight))
        if not self._image.isNull():
            painter.setClipPath(shape)
            painter.drawImage(picture, self._image)
            painter.setClipping(False)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Mid))
            for step in (-1, 0, 1):
                painter.drawEllipse(picture.center() + QPointF(8.0 * step, 0), 2, 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(QPen(accent, 2))
            painter.drawRoundedRect(picture.adjusted(-1, -1, 1, 1), _RADIUS + 1, _RADIUS + 1)
        if self.hasFocus():
            painter.setPen(QPen(palette.color(QPalette.ColorRole.WindowText), 1))
            painter.drawRoundedRect(picture.adjusted(-2.5, -2.5, 2.5, 2.5), _RADIUS + 2, _RADIUS + 2)
        elif self.underMouse() and not self.isChecked():
            soft = QColor(accent)
            soft.setAlpha(150)
            painter.setPen(QPen(soft, 1.5))
            painter.drawRoundedRect(picture, _RADIUS, _RADIUS)
        if self.text():
            painter.setFont(self._label_font())
            role = QPalette.ColorRole.WindowText if self.isChecked() else QPalette.ColorRole.PlaceholderText
            painter.setPen(palette.color(role))
            box = QRectF(0, picture.bottom() + _LABEL_GAP, self.width(), self.height() - picture.bottom())
            text = QFontMetricsF(painter.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)
        painter.end()

    def enterEvent(self, event: object) -> None:
        self.update()

    def leaveEvent(self, event: object) -> None:
        self.update()
