"""Small pictures of the present character, each with some attributes changed: choices, expressions, lights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from creator.attributes import Value
from creator.character import Character
from creator.ui.face_button import FaceButton
from creator.ui.face_pictures import WHOLE, Face, FacePictures, Region
from creator.ui.language import tr

_GAP = 3
_FEW_LINES = 2


@dataclass(frozen=True)
class Tile:
    """What one picture stands for: the attributes that choosing it changes."""

    label: str
    values: Mapping[str, Value]


class FaceTiles(QWidget):
    """A grid of :class:`FaceButton`; long lists begin with two lines. ``chosen`` carries the index of a tile.

    ``one_line``: all in one line, however long. ``ringed``: another tile than before may fit the character.
    Pictures are made only while it is visible. The old ones stay until the new ones are there.
    """

    chosen = Signal(int)
    ringed = Signal()

    def __init__(
        self,
        tiles: tuple[Tile, ...],
        pictures: FacePictures,
        client: str,
        region: Region = WHOLE,
        side: int = 62,
        *,
        one_line: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.tiles = tiles
        self._pictures, self._client, self._region, self._side = pictures, client, region, side
        self._character: Character | None = None
        self._faces: dict[Face, int] = {}
        self._columns = 0
        self._one_line = self._all_shown = one_line
        self.buttons = [FaceButton(tile.label, side) for tile in tiles]
        group = QButtonGroup(self)
        for index, button in enumerate(self.buttons):
            button.setCheckable(True)
            group.addButton(button, index)
        group.idClicked.connect(self.chosen)
        self.show_all_button = QToolButton()
        self.show_all_button.setObjectName("reset")
        self.show_all_button.setText(tr("Show all {count}").format(count=len(tiles)))
        self.show_all_button.clicked.connect(self._show_all)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 4)
        layout.setSpacing(2)
        layout.addLayout(self._grid)
        layout.addWidget(self.show_all_button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._arrange(len(tiles) if one_line else 5)
        pictures.ready.connect(self._on_ready)

    def show_character(self, character: Character) -> None:
        """Ring the tile that fits ``character``, and make the pictures of it when they can be seen."""
        if character == self._character:
            return
        self._character = character
        for button, tile in zip(self.buttons, self.tiles, strict=True):
            is_it = all(character.values.get(name) == value for name, value in tile.values.items())
            if is_it != button.isChecked():
                button.group().setExclusive(False)
                button.setChecked(is_it)
                button.group().setExclusive(True)
        self._want()
        self.ringed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._want()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._one_line:
            self._arrange(max((self.width() + _GAP) // (self._side + 6 + _GAP), 1))

    def minimumSizeHint(self) -> QSize:
        if self._one_line:
            return self.sizeHint()
        return QSize(self._side, super().minimumSizeHint().height())

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        while self._grid.count():
            self._grid.takeAt(0)
        for index, button in enumerate(self.buttons):
            self._grid.addWidget(button, index // columns, index % columns)
        self._grid.setColumnStretch(columns, 1)
        self._show_some()

    def _show_all(self) -> None:
        self._all_shown = True
        self._show_some()
        self._want()

    def _show_some(self) -> None:
        few = len(self.buttons) if self._all_shown else self._columns * _FEW_LINES
        # One line more is no longer than the button that would show it.
        few = len(self.buttons) if len(self.buttons) <= few + self._columns else few
        for index, button in enumerate(self.buttons):
            button.setVisible(index < few or button.isChecked())
        self.show_all_button.setVisible(few < len(self.buttons))

    def _want(self) -> None:
        if self._character is None or not self.isVisible():
            return
        self._show_some()
        person = self._character
        self._faces = {}
        for index, (button, tile) in enumerate(zip(self.buttons, self.tiles, strict=True)):
            if button.isVisibleTo(self):
                face = self._pictures.face(person.with_values(tile.values), button.device_side, self._region)
                self._faces[face] = index
        for face, index in self._faces.items():
            if (image := self._pictures.image(face)) is not None:
                self.buttons[index].show_image(image)
        self._pictures.want(self._client, self._faces)

    def _on_ready(self, face: Face) -> None:
        index = self._faces.get(face)
        image = self._pictures.image(face)
        if index is not None and image is not None:
            self.buttons[index].show_image(image)
