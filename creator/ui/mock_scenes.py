"""The portrait as a game would show it: a text box, a face window, a round token, at true size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QConicalGradient,
    QFont,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QRadialGradient,
)

from creator.ui.language import tr

_BUST = QRectF(0.0, 0.0, 1.0, 1.0)
_HEAD = QRectF(0.15, 0.10, 0.70, 0.70)


@dataclass(frozen=True)
class Scene:
    """A stage of ``width`` by ``height`` pixels of the game; ``paint`` draws it, given the portrait and a name."""

    key: str
    width: int
    height: int
    paint: Callable[[QPainter, QImage, str], None]

    @property
    def label(self) -> str:
        return {
            "visual_novel": tr("Visual novel, 1280 x 720"),
            "face_window": tr("RPG Maker face, 816 x 624"),
            "token": tr("Round tokens on a map"),
        }[self.key]


def paint_scene(scene: Scene, painter: QPainter, area: QRectF, portrait: QImage, name: str) -> float:
    """Draw ``scene`` in the middle of ``area``, no larger than true size; return the scale (1 is true size)."""
    ratio = painter.device().devicePixelRatioF()
    scale = min(area.width() * ratio / scene.width, area.height() * ratio / scene.height, 1.0) / ratio
    painter.save()
    painter.translate(area.center() - QPointF(scene.width, scene.height) * scale / 2)
    painter.scale(scale, scale)
    painter.setClipRect(QRectF(0, 0, scene.width, scene.height))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    scene.paint(painter, portrait, name or tr("Nameless"))
    painter.restore()
    return scale * ratio


def _draw(painter: QPainter, portrait: QImage, part: QRectF, target: QRectF) -> None:
    """``part`` (shares of the portrait) in ``target``; reduced with all pixels counted, as a game's export would."""
    size = portrait.width()
    cut = portrait.copy(
        round(part.x() * size), round(part.y() * size), round(part.width() * size), round(part.height() * size)
    )
    transform = painter.transform()
    side = max(round(target.width() * transform.m11() * painter.device().devicePixelRatioF()), 1)
    if cut.width() > side:
        cut = cut.scaled(side, side, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    painter.drawImage(target, cut)


def _write(painter: QPainter, box: QRectF, text: str, size: int, colour: str, bold: bool = False) -> None:
    font = QFont(painter.font())
    font.setPixelSize(size)
    font.setBold(bold)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(box, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop, text)


def _visual_novel(painter: QPainter, portrait: QImage, name: str) -> None:
    sky = QLinearGradient(0, 0, 0, 720)
    for at, colour in ((0.0, "#3d5a80"), (0.45, "#98a9bf"), (0.62, "#e0b7a0"), (0.63, "#4b5d52"), (1.0, "#2f3b36")):
        sky.setColorAt(at, QColor(colour))
    painter.fillRect(0, 0, 1280, 720, sky)
    _draw(painter, portrait, _BUST, QRectF(340, 120, 600, 600))
    box = QRectF(60, 520, 1160, 180)
    painter.setPen(QPen(QColor(255, 255, 255, 60), 2))
    painter.setBrush(QColor(18, 20, 28, 220))
    painter.drawRoundedRect(box, 12, 12)
    plate = QRectF(84, 496, 260, 46)
    painter.setBrush(QColor("#2f4a6b"))
    painter.drawRoundedRect(plate, 8, 8)
    _write(painter, plate.adjusted(18, 9, -10, 0), name, 24, "#ffffff", bold=True)
    _write(painter, box.adjusted(34, 44, -34, -20),
           tr("You came back. I was not sure that you would, after all that the storm has taken from us."), 27,
           "#f0f0f0")  # fmt: skip


def _face_window(painter: QPainter, portrait: QImage, name: str) -> None:
    painter.fillRect(0, 0, 816, 624, QColor("#46603f"))
    painter.setPen(Qt.PenStyle.NoPen)
    for row in range(13):
        for column in range(17):
            painter.setBrush(QColor("#4c6844" if (row * 7 + column * 3) % 5 else "#56744b"))
            painter.drawRect(column * 48, row * 48, 48, 48)
    window = QRectF(4, 440, 808, 180)
    painter.setPen(QPen(QColor("#e8e8f4"), 3))
    painter.setBrush(QColor(12, 20, 58, 225))
    painter.drawRoundedRect(window, 5, 5)
    _draw(painter, portrait, _HEAD, QRectF(20, 458, 144, 144))
    _write(painter, QRectF(184, 456, 600, 34), name, 26, "#8fb8ff")
    _write(painter, QRectF(184, 494, 606, 110),
           tr("The bridge is gone, but the ferry still runs at night. Have you got the fare?"), 26,
           "#ffffff")  # fmt: skip


def _token(painter: QPainter, portrait: QImage, name: str) -> None:
    painter.fillRect(0, 0, 700, 500, QColor("#6b5b48"))
    painter.setPen(QPen(QColor(30, 24, 18, 110), 1))
    for at in range(0, 701, 100):
        painter.drawLine(at, 0, at, 500)
    for at in range(0, 501, 100):
        painter.drawLine(0, at, 700, at)
    for left, top, side in ((100, 100, 300), (500, 200, 100), (500, 350, 50)):
        _one_token(painter, portrait, QRectF(left, top, side, side))
    _write(painter, QRectF(100, 410, 300, 40), name, 24, "#f3ead9", bold=True)


def _one_token(painter: QPainter, portrait: QImage, box: QRectF) -> None:
    ring = box.width() * 0.05
    inner = box.adjusted(ring, ring, -ring, -ring)
    shape = QPainterPath()
    shape.addEllipse(inner)
    back = QRadialGradient(inner.center(), inner.width() / 2)
    back.setColorAt(0, QColor("#8d9aa8"))
    back.setColorAt(1, QColor("#3b4450"))
    painter.fillPath(shape, back)
    painter.save()
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    _draw(painter, portrait, _HEAD, inner)
    painter.restore()
    metal = QConicalGradient(box.center(), 60)
    for step in range(9):
        metal.setColorAt(step / 8, QColor("#f3dca0" if step % 2 else "#9a7430"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(metal, ring * 1.3))
    painter.drawEllipse(box.adjusted(ring * 0.7, ring * 0.7, -ring * 0.7, -ring * 0.7))


SCENES = (
    Scene("visual_novel", 1280, 720, _visual_novel),
    Scene("face_window", 816, 624, _face_window),
    Scene("token", 700, 500, _token),
)
