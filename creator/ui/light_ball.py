"""The direction of the main light as a bright spot on a ball."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QRadialGradient
from PySide6.QtWidgets import QApplication, QWidget

from creator.attributes import Attribute, AttributeSchema, Value
from creator.ui.accessible_value import SpokenValue, tell_value
from creator.ui.drag_pad import DragPad
from creator.ui.language import tr

AZIMUTH, ELEVATION = "light_azimuth", "light_elevation"
_RADIUS = 46.0  # of the ball; lights from behind lie in the ring around it
_RING = 16.0
_STEP = 5.0  # degrees per arrow key


def light_attributes(schema: AttributeSchema) -> tuple[Attribute, ...]:
    """Direction and height of the main light, or nothing if the model lacks one of them."""
    return tuple(schema.by_name[name] for name in (AZIMUTH, ELEVATION) if name in schema.by_name)


def spot(azimuth: float, elevation: float) -> tuple[float, float]:
    """Where a light (degrees) stands in the unit disc: the middle is the camera's side, the rim is right behind.

    The distance from the middle is the angle between light and camera over 180 degrees (azimuthal equidistant).
    """
    a, e = math.radians(azimuth), math.radians(elevation)
    x, y, z = math.sin(a) * math.cos(e), math.sin(e), math.cos(a) * math.cos(e)
    across = math.hypot(x, y)
    if across < 1e-9:
        return 0.0, 0.0 if z > 0 else 1.0
    radius = math.acos(min(max(z, -1.0), 1.0)) / math.pi
    return radius * x / across, radius * y / across


def direction(x: float, y: float) -> tuple[float, float]:
    """Azimuth and elevation (degrees) of a point in the unit disc: the inverse of :func:`spot`."""
    radius = min(math.hypot(x, y), 1.0)
    if radius < 1e-9:
        return 0.0, 0.0
    angle, across = radius * math.pi, math.hypot(x, y)
    dx, dy, dz = math.sin(angle) * x / across, math.sin(angle) * y / across, math.cos(angle)
    return math.degrees(math.atan2(dx, dz)), math.degrees(math.asin(min(max(dy, -1.0), 1.0)))


class LightBall(DragPad):
    """Drag the light around the ball, or step it with the arrow keys; in the ring it shines from behind.

    ``edited`` carries the two angles by name and whether more of the same movement may follow.
    """

    def __init__(self, attributes: tuple[Attribute, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._azimuth, self._elevation = attributes
        self._angles = (0.0, 0.0)
        self.setAccessibleName(tr("Light direction"))
        self.setToolTip(tr("Drag the light; arrow keys step it. In the ring it shines from behind."))

    def sizeHint(self) -> QSize:
        return QSize(180, round(2 * (_RADIUS + _RING)) + 12)

    def show_values(self, values: Mapping[str, Value]) -> None:
        angles = float(values[AZIMUTH]), float(values[ELEVATION])
        if angles != self._angles:
            self._angles = angles
            tell_value(self)
            self.update()

    def spoken_value(self) -> SpokenValue:
        across, up = self._angles
        return SpokenValue(tr("{across:.0f}° sideways, {up:.0f}° up").format(across=across, up=up))

    def point_of(self, azimuth: float, elevation: float) -> QPointF:
        x, y = spot(azimuth, elevation)
        radius = math.hypot(x, y)
        # Half of the disc is the ball, the other half is squeezed into the ring.
        scale = _RADIUS * 2 if radius <= 0.5 else (_RADIUS + (radius - 0.5) * 2 * _RING) / radius
        return self._middle() + QPointF(x, -y) * scale

    def angles_at(self, point: QPointF) -> tuple[float, float]:
        """Azimuth and elevation at ``point``, whole degrees within the attributes' ranges."""
        offset = point - self._middle()
        distance = math.hypot(offset.x(), offset.y())
        radius = distance / (2 * _RADIUS) if distance <= _RADIUS else min(0.5 + (distance - _RADIUS) / (2 * _RING), 1.0)
        unit = offset / distance if distance > 0 else QPointF()
        azimuth, elevation = direction(unit.x() * radius, -unit.y() * radius)
        return _within(self._azimuth, azimuth), _within(self._elevation, elevation)

    def _middle(self) -> QPointF:
        return QPointF(self.width() / 2, self.height() / 2)

    def _turn_to(self, azimuth: float, elevation: float) -> None:
        if (azimuth, elevation) != self._angles:
            self.edited.emit({AZIMUTH: azimuth, ELEVATION: elevation}, True)

    def move_to(self, point: QPointF) -> None:
        self._turn_to(*self.angles_at(point))

    def step(self, right: int, up: int, fine: bool) -> None:
        size = 1.0 if fine else _STEP
        azimuth, elevation = self._angles
        self._turn_to(_within(self._azimuth, azimuth + right * size), _within(self._elevation, elevation + up * size))

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = QApplication.palette()
        accent = palette.color(QPalette.ColorRole.Highlight)
        middle, point = self._middle(), self.point_of(*self._angles)
        x, y = spot(*self._angles)
        behind = math.hypot(x, y) > 0.5
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(accent if self.hasFocus() else palette.color(QPalette.ColorRole.Mid), 1.2))
        painter.setBrush(palette.color(QPalette.ColorRole.Dark))
        painter.drawEllipse(middle, _RADIUS + _RING, _RADIUS + _RING)
        # A lamp seen from the camera: where a ball would be brightest.
        edge = middle + (point - middle) * (_RADIUS / max(math.hypot(*(point - middle).toTuple()), 1e-6))
        shade = QRadialGradient(edge if behind else point, _RADIUS * (1.2 if behind else 1.9))
        shade.setColorAt(0.0, QColor("#b9a98f") if behind else QColor("#fff4de"))
        shade.setColorAt(0.25 if behind else 0.45, QColor("#3c3a3b") if behind else QColor("#a39a8f"))
        shade.setColorAt(1.0, QColor("#1c1c20"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawEllipse(middle, _RADIUS, _RADIUS)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.HighlightedText), 1.5))
        painter.setBrush(accent)
        painter.drawEllipse(point, 6.5, 6.5)
        painter.end()


def _within(attribute: Attribute, value: float) -> float:
    return min(max(float(round(value)), attribute.minimum), attribute.maximum)
