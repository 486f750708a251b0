"""A message above the picture, with a button that copies it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from creator.ui.language import tr


class MessageBar(QFrame):
    """Hidden until it has something to say. Never takes the focus from the sliders."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.answers: list[QToolButton] = []
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.copy_button = _button(tr("Copy"), tr("Copy the message"))
        self.copy_button.clicked.connect(self._copy)
        close = _button("✕", tr("Close the message"))
        close.clicked.connect(self.hide)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(14, 8, 8, 8)
        self._layout.addWidget(self._text, 1)
        self._layout.addWidget(self.copy_button)
        self._layout.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def say(self, text: str, is_error: bool) -> None:
        """Show ``text`` until it is closed or something else is said."""
        self._show(text, is_error, {})

    def ask(self, text: str, answers: dict[str, Callable[[], None]], is_error: bool = False) -> None:
        """Show ``text`` with a button for each answer; pressing one closes the message. It may also be left open."""
        self._show(text, is_error, answers)

    def go_on_saying(self, text: str) -> None:
        """Change the text of what is being said, and leave its buttons."""
        self._text.setText(text)
        self._text.setAccessibleName(text)

    def _show(self, text: str, is_error: bool, answers: dict[str, Callable[[], None]]) -> None:
        for button in self.answers:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.answers = []
        for label, act in answers.items():
            button = _button(label, label)
            button.clicked.connect(self.hide)
            button.clicked.connect(act)
            self._layout.insertWidget(1 + len(self.answers), button)
            self.answers.append(button)
        self.copy_button.setVisible(is_error or not answers)
        self._text.setText(text[:1].upper() + text[1:])
        self._text.setAccessibleName(self._text.text())
        if self.property("error") != is_error:
            self.setProperty("error", is_error)
            self.style().unpolish(self)
            self.style().polish(self)
        self.show()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)


def _button(text: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setObjectName("quiet_button")
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
