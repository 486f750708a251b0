"""What the person looked like at each step, in one line of small pictures."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QWidget

from creator.ui.face_button import FaceButton
from creator.ui.face_pictures import FACE, Face, FacePictures
from creator.ui.language import tr
from creator.ui.session import Session

_SIDE = 52
_MOST = 60  # newest steps


class HistoryStrip(QScrollArea):
    """One picture per undo step, the present one ringed. A click goes there; later steps stay until something else is
    done. ``compare_wanted`` carries the step that the portrait should be compared with."""

    compare_wanted = Signal(int)

    def __init__(self, session: Session, pictures: FacePictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._pictures = session, pictures
        self._first = 0  # the step of the first button
        self._steps: tuple[str, ...] = ()
        self._faces: dict[Face, list[int]] = {}
        self.buttons: list[FaceButton] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFixedHeight(_SIDE + 24)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("History"))
        content = QWidget()
        content.setObjectName("rows")
        self._line = QHBoxLayout(content)
        self._line.setContentsMargins(14, 6, 14, 6)
        self._line.setSpacing(2)
        self._line.addStretch(1)
        self.setWidget(content)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self._show)
        pictures.ready.connect(self._on_ready)
        session.state_changed.connect(self._on_state)
        self._show()

    def _on_state(self) -> None:
        if not self._session.is_editing:
            self._settle.start()

    def _show(self) -> None:
        steps, people = self._session.steps, self._session.step_characters
        self._first = max(len(steps) - _MOST, 0)
        shown = list(zip(steps, people, strict=True))[self._first :]
        while len(self.buttons) > len(shown):
            button = self.buttons.pop()
            self._line.removeWidget(button)
            button.deleteLater()
        while len(self.buttons) < len(shown):
            self._add()
        self._faces = {}
        for index, (button, (step, person)) in enumerate(zip(self.buttons, shown, strict=True)):
            words = step or tr("Beginning")
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.setChecked(index + self._first == self._session.position)
            face = self._pictures.face(person, button.device_side, FACE)
            self._faces.setdefault(face, []).append(index)
            if (image := self._pictures.image(face)) is not None:
                button.show_image(image)
        self._pictures.want("history", reversed(list(self._faces)))
        if self.buttons:
            current = self.buttons[min(max(self._session.position - self._first, 0), len(self.buttons) - 1)]
            QTimer.singleShot(0, current, lambda: self.ensureWidgetVisible(current, _SIDE, 0))

    def _add(self) -> None:
        index = len(self.buttons)
        button = FaceButton("", _SIDE)
        button.setCheckable(True)
        button.clicked.connect(lambda: self._go_to(index))
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.customContextMenuRequested.connect(lambda at: self._menu(index, at))
        self.buttons.append(button)
        self._line.insertWidget(index, button)

    def _go_to(self, index: int) -> None:
        self.buttons[index].setChecked(index + self._first == self._session.position)
        self._session.go_to(index + self._first)

    def _menu(self, index: int, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Go to this step")).triggered.connect(lambda: self._go_to(index))
        menu.addAction(tr("Compare with this")).triggered.connect(lambda: self.compare_wanted.emit(index + self._first))
        menu.popup(self.buttons[index].mapToGlobal(at))

    def _on_ready(self, face: Face) -> None:
        image = self._pictures.image(face)
        for index in self._faces.get(face, ()):
            if image is not None and index < len(self.buttons):
                self.buttons[index].show_image(image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._on_state()
