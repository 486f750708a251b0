"""What lies behind the portrait in the preview. It is never part of an exported picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPalette, QPixmap

from creator.errors import UsageError
from creator.wording import one_line

_TILE = 12  # side of a checkerboard square in logical pixels
_MAXIMUM_PICTURE_MIB = 128  # of memory, decoded
_MAXIMUM_PICTURE_SIDE = 2048  # larger pictures are reduced when they are read


@dataclass(frozen=True, eq=False)
class Backdrop:
    """A checkerboard, or ``colour``, or ``picture`` (which fills the portrait's square and is cut to it).

    ``source``: the checkerboard's is empty, a colour's is its name as in "#00b140", a picture's is its path.
    """

    colour: QColor | None = None
    picture: QImage = field(default_factory=QImage)
    source: str = ""

    @classmethod
    def of_colour(cls, colour: QColor) -> Backdrop:
        return cls(colour, source=colour.name())

    def paint(self, painter: QPainter, square: QRectF, palette: QPalette) -> None:
        if not self.picture.isNull():
            size = self.picture.size()
            side = min(size.width(), size.height())
            cut = QRectF((size.width() - side) / 2, (size.height() - side) / 2, side, side)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(square, self.picture, cut)
        elif self.colour is not None:
            painter.fillRect(square, self.colour)
        else:
            painter.drawTiledPixmap(square, _checkerboard(palette, painter.device().devicePixelRatioF()))


def picture_backdrop(path: Path) -> Backdrop:
    """The picture in the file ``path``. Raises :class:`UsageError` for one that is none, or is too large to be held."""
    QImageReader.setAllocationLimit(_MAXIMUM_PICTURE_MIB)
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _MAXIMUM_PICTURE_SIDE:
        share = _MAXIMUM_PICTURE_SIDE / max(size.width(), size.height())
        reader.setScaledSize(QSize(max(round(size.width() * share), 1), max(round(size.height() * share), 1)))
    image = reader.read()
    if image.isNull():
        raise UsageError(f"cannot show '{path}' as a background: {one_line(reader.errorString())}")
    return Backdrop(picture=image, source=str(path))


def _checkerboard(palette: QPalette, ratio: float) -> QPixmap:
    key = (palette.cacheKey(), ratio)
    if key not in _tiles:
        tiles = QPixmap(round(2 * _TILE * ratio), round(2 * _TILE * ratio))
        tiles.setDevicePixelRatio(ratio)
        tiles.fill(palette.color(QPalette.ColorRole.Base))
        light = palette.color(QPalette.ColorRole.Midlight)
        painter = QPainter(tiles)
        painter.fillRect(0, 0, _TILE, _TILE, light)
        painter.fillRect(_TILE, _TILE, _TILE, _TILE, light)
        painter.end()
        _tiles.clear()
        _tiles[key] = tiles
    return _tiles[key]


_tiles: dict[tuple[int, float], QPixmap] = {}  # the one in use
