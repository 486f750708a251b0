"""Our own line icons, in the colours of the palette."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from creator import paths

_SIDES = (16, 20, 24, 32, 40, 48)  # of the pixmaps, so that every scaling of the screen finds a sharp one


def icon(name: str, colour: QColor | None = None, checked: QColor | None = None) -> QIcon:
    """The icon ``resources/icons/NAME.svg`` in the palette's text colour, or in ``colour``; greyed when disabled.

    ``checked`` is its colour on a button that is on; without it, the colour that stands on the accent.
    """
    palette = QApplication.palette()
    normal = colour or palette.color(QPalette.ColorRole.WindowText)
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
    on = checked or (colour if colour is not None else palette.color(QPalette.ColorRole.HighlightedText))
    return _icon(name, normal.name(), disabled.name(), on.name())


@lru_cache(maxsize=512)
def _icon(name: str, normal: str, disabled: str, checked: str) -> QIcon:
    made = QIcon()
    for mode, state, colour in (
        (QIcon.Mode.Normal, QIcon.State.Off, normal),
        (QIcon.Mode.Normal, QIcon.State.On, checked),
        (QIcon.Mode.Disabled, QIcon.State.Off, disabled),
        (QIcon.Mode.Disabled, QIcon.State.On, disabled),
    ):
        renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
        for side in _SIDES:
            pixmap = QPixmap(side, side)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter, QRectF(0, 0, side, side))
            painter.end()
            made.addPixmap(pixmap, mode, state)
    return made


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (paths.resource_folder() / "icons" / f"{name}.svg").read_text()


def group_icon_name(group: str) -> str:
    """The icon of a group of attributes; a group that we have not met gets a plain one."""
    name = group.lower().replace(" ", "_")
    name = {"face": "head", "beard": "facial_hair"}.get(name, name)
    return name if (paths.resource_folder() / "icons" / f"{name}.svg").is_file() and name in _GROUPS else "other"


_GROUPS = frozenset({"person", "head", "eyes", "brows", "nose", "mouth", "ears", "skin", "hair", "facial_hair",
                     "expression", "action_units", "view", "light", "clothes"})  # fmt: skip
