"""Several people side by side, as large as the space allows; a click chooses one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from creator.character import Character
from creator.generator import DRAFT
from creator.ui.face_button import FaceButton
from creator.ui.face_pictures import WHOLE, Face, FacePictures, Region
from creator.ui.language import tr

_GAP = 6
_FRAME = 6  # what a face button adds around its picture


class PeopleGrid(QWidget):
    """``columns`` faces in a line. Quick pictures come first, sharp ones replace them where they are better.

    Pictures are made only while it is visible. ``chosen`` carries an index.
    """

    chosen = Signal(int)

    def __init__(
        self,
        pictures: FacePictures,
        client: str,
        columns: int,
        side: int = 0,
        region: Region = WHOLE,
        parent: QWidget | None = None,
    ) -> None:
        """``side``: of a picture in logical pixels; 0 fits the space."""
        super().__init__(parent)
        self._pictures, self._client, self._columns = pictures, client, columns
        self._fixed_side, self._region = side, region
        self._people: tuple[Character, ...] = ()
        self._labels: tuple[str, ...] = ()
        self._faces: dict[Face, list[int]] = {}
        self.buttons: list[FaceButton] = []
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(_GAP)
        policy = QSizePolicy.Policy.Fixed if side else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, policy)
        pictures.ready.connect(self._on_ready)

    @property
    def people(self) -> tuple[Character, ...]:
        return self._people

    def set_side(self, side: int) -> None:
        """Make the pictures of a grid of fixed size ``side`` logical pixels wide."""
        if side != self._fixed_side:
            self._fixed_side = side
            for button in self.buttons:
                button.set_side(side)
            self._want()

    def sizeHint(self) -> QSize:
        return super().sizeHint() if self._fixed_side else QSize(400, 400)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() if self._fixed_side else QSize(160, 160)

    def show_people(self, people: Sequence[Character], labels: Sequence[str] = (), columns: int = 0) -> None:
        """Show ``people``; whoever stays in its place keeps the picture."""
        if columns and columns != self._columns:
            self._columns = columns
            while self.buttons:
                self._drop()
        while len(self.buttons) > len(people):
            self._drop()
        while len(self.buttons) < len(people):
            self._add()
        self._people, self._labels = tuple(people), tuple(labels)
        for index, button in enumerate(self.buttons):
            label = labels[index] if labels else ""
            if button.text() != label:
                button.setText(label)
                button.updateGeometry()
            number = tr("Person {number} of {count}").format(number=index + 1, count=len(people))
            button.setAccessibleName(f"{number}, {label}" if label else number)
        self._fit()
        self._want()

    def _add(self) -> None:
        index = len(self.buttons)
        button = FaceButton("", self._fixed_side or 64)
        button.clicked.connect(lambda: self.chosen.emit(index))
        self.buttons.append(button)
        self._layout.addWidget(button, index // self._columns, index % self._columns)
        if self._fixed_side:
            self._layout.setColumnStretch(self._columns, 1)  # to the left, not spread
        button.show()

    def _drop(self) -> None:
        button = self.buttons.pop()
        self._layout.removeWidget(button)
        button.deleteLater()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self._want()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pictures.want(self._client, ())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fit():
            self._want()

    def _fit(self) -> bool:
        if self._fixed_side or not self.buttons:
            return False
        lines = -(-len(self.buttons) // self._columns)
        label = self.buttons[0].sizeHint().height() - self.buttons[0].side - _FRAME
        width = (self.width() - (self._columns - 1) * _GAP) // self._columns - _FRAME
        height = (self.height() - (lines - 1) * _GAP) // lines - _FRAME - label
        side = max(min(width, height), 32)
        changed = side != self.buttons[0].side
        for button in self.buttons:
            button.set_side(side)
        return changed

    def _want(self) -> None:
        if not self.isVisible():
            return
        quick: dict[Face, list[int]] = {}
        sharp: dict[Face, list[int]] = {}
        for index, (button, person) in enumerate(zip(self.buttons, self._people, strict=True)):
            face = self._pictures.face(person, button.device_side, self._region)
            quick.setdefault(replace(face, variant=DRAFT), []).append(index)
            sharp.setdefault(face, []).append(index)
        self._faces = {**quick, **sharp}
        for faces in (quick, sharp):
            for face in faces:
                self._on_ready(face)
        finished = [face for face in sharp if self._pictures.image(face) is not None]
        done = {index for face in finished for index in sharp[face]}
        wanted = [face for face, indices in quick.items() if not done.issuperset(indices)]
        self._pictures.want(self._client, [*wanted, *sharp])

    def _on_ready(self, face: Face) -> None:
        image = self._pictures.image(face)
        if image is not None:
            for index in self._faces.get(face, ()):
                self.buttons[index].show_image(image)
