"""The mixture of three ancestries as a point in a triangle."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QWidget

from creator.attributes import Attribute, AttributeSchema, Value
from creator.ui.accessible_value import SpokenValue, tell_value
from creator.ui.drag_pad import DragPad
from creator.ui.language import tr

_SIDE = 132.0
_STEP = 0.05
_HANDLE = 7.0


def ancestry_attributes(schema: AttributeSchema) -> tuple[Attribute, ...]:
    """The three shares that make a triangle, or nothing if the model has not exactly three."""
    found = tuple(a for a in schema.attributes if a.name.startswith("ancestry_") and a.kind == "continuous")
    return found if len(found) == 3 else ()


class AncestryTriangle(DragPad):
    """Each corner is all of one ancestry. Drag the point, or step it with the arrow keys (Shift: finely).

    ``edited`` carries the three shares (they sum to 1) and whether more of the same movement may follow.
    """

    def __init__(self, attributes: tuple[Attribute, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attributes = attributes
        self._shares = (0.0, 0.0, 1.0)
        self.setAccessibleName(tr("Ancestry"))
        self.setToolTip(tr("Drag the point between the three ancestries; arrow keys step it"))

    def sizeHint(self) -> QSize:
        return QSize(240, round(_SIDE * math.sqrt(3) / 2) + 26)

    @property
    def shares(self) -> tuple[float, float, float]:
        return self._shares

    def show_values(self, values: Mapping[str, Value]) -> None:
        given = [max(float(values[a.name]), 0.0) for a in self._attributes]
        total = sum(given)
        shares = tuple(share / total for share in given) if total > 0 else (1 / 3, 1 / 3, 1 / 3)
        if shares != self._shares:
            self._shares = (shares[0], shares[1], shares[2])
            tell_value(self)
            self.update()

    def spoken_value(self) -> SpokenValue:
        shares = zip(self._attributes, self._shares, strict=True)
        return SpokenValue(", ".join(f"{a.label} {share:.0%}" for a, share in shares))

    # Geometry: the last attribute's corner is on top.

    def corners(self) -> tuple[QPointF, QPointF, QPointF]:
        middle, top = self.width() / 2, 14.0
        bottom = top + _SIDE * math.sqrt(3) / 2
        return QPointF(middle - _SIDE / 2, bottom), QPointF(middle + _SIDE / 2, bottom), QPointF(middle, top)

    def point_of(self, shares: tuple[float, float, float]) -> QPointF:
        corners = self.corners()
        x = sum(share * corner.x() for share, corner in zip(shares, corners, strict=True))
        return QPointF(x, sum(share * corner.y() for share, corner in zip(shares, corners, strict=True)))

    def shares_at(self, point: QPointF) -> tuple[float, float, float]:
        """Barycentric coordinates of ``point``, drawn into the triangle, to two digits."""
        a, b, c = self.corners()
        area = (b.y() - c.y()) * (a.x() - c.x()) + (c.x() - b.x()) * (a.y() - c.y())
        first = ((b.y() - c.y()) * (point.x() - c.x()) + (c.x() - b.x()) * (point.y() - c.y())) / area
        second = ((c.y() - a.y()) * (point.x() - c.x()) + (a.x() - c.x()) * (point.y() - c.y())) / area
        raw = [max(share, 0.0) for share in (first, second, 1 - first - second)]
        shares = [round(share / sum(raw), 2) for share in raw]
        return shares[0], shares[1], round(1 - shares[0] - shares[1], 2) + 0.0

    def move_to(self, point: QPointF) -> None:
        shares = self.shares_at(point)
        if shares != self._shares:
            self.edited.emit(
                {a.name: min(max(s, 0.0), 1.0) for a, s in zip(self._attributes, shares, strict=True)}, True
            )

    def step(self, right: int, up: int, fine: bool) -> None:
        size = _SIDE * (_STEP / 5 if fine else _STEP)
        self.move_to(self.point_of(self._shares) + QPointF(right, -up) * size)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = QApplication.palette()
        accent = palette.color(QPalette.ColorRole.Highlight)
        corners = self.corners()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(accent if self.hasFocus() else palette.color(QPalette.ColorRole.Mid), 1.5))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawPolygon(QPolygonF(list(corners)))
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1, Qt.PenStyle.DotLine))
        middle = self.point_of((1 / 3, 1 / 3, 1 / 3))
        for corner in corners:
            painter.drawLine(corner, middle)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        words = [a.label.removesuffix(" ancestry") for a in self._attributes]
        left, right, top = corners
        half = painter.fontMetrics().height() / 2
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            QRectF(0, left.y() - 2 * half, left.x() - 8, 2 * half), flags | Qt.AlignmentFlag.AlignRight, words[0]
        )
        painter.drawText(QRectF(right.x() + 8, right.y() - 2 * half, self.width(), 2 * half), flags, words[1])
        painter.drawText(QRectF(top.x() + 12, top.y() - half, self.width(), 2 * half), flags, words[2])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(self.point_of(self._shares), _HANDLE, _HANDLE)
        painter.setBrush(palette.color(QPalette.ColorRole.HighlightedText))
        painter.drawEllipse(self.point_of(self._shares), 2.5, 2.5)
        painter.end()
