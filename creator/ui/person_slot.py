"""A place for another person: a picture, and where the person comes from."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from creator import paths
from creator.character import FILE_ENDING, Character
from creator.errors import CreatorError
from creator.portrait_file import PORTRAIT_ENDING, load_recipe
from creator.random_character import random_values
from creator.ui.error_text import error_text
from creator.ui.exploration import drawn_seed
from creator.ui.face_button import FaceButton
from creator.ui.face_pictures import Face, FacePictures
from creator.ui.language import tr
from creator.ui.session import Session

_MOST_STEPS = 12


class PersonSlot(QWidget):
    """Shows ``person``; its menu offers somebody random, an earlier step, or a file (a recipe or a portrait).

    ``changed``: :attr:`person` is another one. ``failed`` carries why a file could not be used.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(
        self,
        session: Session,
        pictures: FacePictures,
        client: str,
        side: int,
        *,
        may_be_empty: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._pictures, self._client = session, pictures, client
        self._may_be_empty = may_be_empty
        self._person: Character | None = None
        self._face: Face | None = None
        self.button = FaceButton("", side)
        self.button.setAccessibleName(tr("Choose a person"))
        self.button.clicked.connect(self._open_menu)
        self.choose = QToolButton()
        self.choose.setObjectName("quiet_button")
        self.choose.setText(tr("Choose…"))
        self.choose.setStyleSheet("padding: 4px 2px;")  # fits below a small picture
        self.choose.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.choose.clicked.connect(self._open_menu)
        self.caption = QLabel()
        self.caption.setObjectName("quiet")
        self.caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words = ""
        self.set_side(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.caption, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignHCenter)
        pictures.ready.connect(self._on_ready)
        self._show()

    @property
    def person(self) -> Character | None:
        return self._person

    def set_person(self, person: Character | None, caption: str = "") -> None:
        if person == self._person:
            return
        self._person, self._words = person, caption
        self._show_caption()
        self._show()
        self.changed.emit()

    def set_side(self, side: int) -> None:
        """Make the picture ``side`` logical pixels wide."""
        self.button.set_side(side)
        self.caption.setFixedWidth(side + 6)
        self._show_caption()

    def _show_caption(self) -> None:
        self.caption.setText(
            self.caption.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.caption.width())
        )
        self.caption.setToolTip(self._words)

    def make_random(self) -> None:
        seed = drawn_seed()
        person = Character("", seed, random_values(self._session.schema, seed))
        self.set_person(person, tr("Random"))

    def open(self, path: Path) -> None:
        """Take the person from a recipe or a portrait."""
        try:
            loaded = load_recipe(path, self._session.schema)
        except CreatorError as error:
            self.failed.emit(error_text(error))
            return
        name = loaded.character.name or path.name.removesuffix(FILE_ENDING)
        self.set_person(loaded.character, name)

    def refresh(self) -> None:
        """Ask again for a picture that was given up while the page was hidden."""
        self._show()

    def _show(self) -> None:
        if self._person is None:
            self._face = None
            self.button.show_image(QImage())
            self._pictures.want(self._client, ())
            return
        self._face = self._pictures.face(self._person, self.button.device_side)
        image = self._pictures.image(self._face)
        if image is not None:
            self.button.show_image(image)
        self._pictures.want(self._client, (self._face,))

    def _on_ready(self, face: Face) -> None:
        image = self._pictures.image(face)
        if face == self._face and image is not None:
            self.button.show_image(image)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Somebody random")).triggered.connect(self.make_random)
        steps, people = self._session.steps, self._session.step_characters
        earlier = menu.addMenu(tr("An earlier step"))
        for step, person in list(zip(steps, people, strict=True))[-_MOST_STEPS:]:
            words = step or tr("Beginning")
            earlier.addAction(words).triggered.connect(partial(self._take, person, words))
        menu.addAction(tr("From a file…")).triggered.connect(self._ask_file)
        if self._may_be_empty and self._person is not None:
            menu.addSeparator()
            menu.addAction(tr("Nobody")).triggered.connect(lambda: self.set_person(None))
        menu.popup(self.choose.mapToGlobal(self.choose.rect().bottomLeft()))

    def _take(self, person: Character, words: str, checked: bool = False) -> None:
        self.set_person(person, words)

    def _ask_file(self) -> None:
        folder = self._session.path.parent if self._session.path else paths.user_documents_folder()
        kinds = tr("Characters and portraits ({patterns})").format(patterns=f"*{FILE_ENDING} *{PORTRAIT_ENDING}")
        path, _ = QFileDialog.getOpenFileName(self, tr("Choose a person"), str(folder), kinds)
        if path:
            self.open(Path(path))
