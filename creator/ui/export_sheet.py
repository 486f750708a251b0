"""The files of an export as they will be: their names, what becomes of them, and the pictures at true size."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QScrollArea,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from creator.ui.language import tr

_PICTURES = ("PNG", "WEBP", "JPEG")
_MAXIMUM_SIDE = 8192
_CHECK = 8


class TruePicture(QWidget):
    """One picture, pixel for pixel, over a checkerboard."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setAccessibleName(tr("Picture at true size"))

    def show_image(self, image: QImage) -> None:
        self._image = image
        ratio = self.devicePixelRatioF()
        self._image.setDevicePixelRatio(ratio)  # a picture's pixel is a pixel of the screen
        self.setFixedSize(max(1, round(image.width() / ratio)), max(1, round(image.height() / ratio)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(150, 152, 156))
        for y in range(0, self.height(), _CHECK):
            for x in range(_CHECK * (y // _CHECK % 2), self.width(), 2 * _CHECK):
                painter.fillRect(x, y, _CHECK, _CHECK, QColor(128, 130, 134))
        painter.drawImage(0, 0, self._image)


class FileList(QTreeWidget):
    """Paths and what becomes of them."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Files"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._items: dict[str, QTreeWidgetItem] = {}

    @property
    def current_path(self) -> str:
        item = self.currentItem()
        return item.text(0) if item is not None else ""

    @property
    def states(self) -> dict[str, str]:
        """What is shown for each path, in order."""
        return {path: item.text(1) for path, item in self._items.items()}

    def clear(self) -> None:
        self._items.clear()
        super().clear()

    def choose(self, path: str) -> None:
        self.setCurrentItem(self._items[path])

    def show_state(self, path: str, word: str) -> None:
        """Show ``word`` beside ``path``, which is added if it is not in the list."""
        item = self._items.get(path)
        if item is None:
            item = self._items[path] = QTreeWidgetItem(self, [path, ""])
            item.setToolTip(0, path)
        item.setText(1, word)


class ExportSheet(QWidget):
    """Above the picture, below the list of files; the one that is chosen in the list is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._data: dict[str, bytes] = {}
        self.picture = TruePicture()
        self.caption = QLabel()
        self.caption.setObjectName("quiet")
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.picture)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll.setMinimumSize(300, 240)
        self.files = FileList()
        self.files.setMinimumHeight(110)
        self.files.currentItemChanged.connect(self._on_chosen)
        above = QWidget()
        layout = QVBoxLayout(above)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.caption)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(above)
        splitter.addWidget(self.files)
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([440, 160])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)

    def show_plan(self, paths: tuple[str, ...], existing: frozenset[str]) -> None:
        """List the files to come; the one that was chosen stays chosen, if it is still among them."""
        chosen = self.files.current_path
        self._data.clear()
        with QSignalBlocker(self.files):
            self.files.clear()
            for path in paths:
                self.files.show_state(path, tr("is there") if path in existing else "")
            self.files.choose(chosen if chosen in paths else paths[0])

    def show_data(self, path: str, data: bytes) -> None:
        """The bytes of a file are known; its picture is shown if it is the chosen one."""
        self._data[path] = data
        if path == self.files.current_path:
            self._show(path)

    def show_state(self, path: str, state: str) -> None:
        """What an export would make of a file."""
        words = {"new": tr("new"), "changed": tr("will change"), "unchanged": tr("unchanged"), "skipped": tr("is kept")}
        self.files.show_state(path, words[state])

    def _on_chosen(self) -> None:
        if self.files.current_path:
            self._show(self.files.current_path)

    def _show(self, path: str) -> None:
        image = _decoded(self._data.get(path, b""))
        self.picture.show_image(image if image is not None else QImage())
        name = path.rpartition("/")[2]
        if image is not None:
            self.caption.setText(f"{name}: {image.width()} × {image.height()}")
        else:
            size = len(self._data.get(path, b""))
            self.caption.setText(tr("{name}: no picture, {size} bytes").format(name=name, size=size) if size else "")


def _decoded(data: bytes) -> QImage | None:
    """A picture that was just encoded, or None for another kind of file."""
    try:
        with Image.open(io.BytesIO(data), formats=_PICTURES) as picture:
            if max(picture.size) > _MAXIMUM_SIDE:
                return None
            pixels = np.ascontiguousarray(picture.convert("RGBA"))
    except Exception:  # text, PDF, data: nothing to look at
        return None
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
