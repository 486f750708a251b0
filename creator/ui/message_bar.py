"""A message above the picture, with a button that copies it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget


class MessageBar(QFrame):
    """Hidden until it has something to say. Never takes the focus from the sliders."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.copy_button = QToolButton()
        self.copy_button.setText("Copy")
        self.copy_button.setObjectName("quiet_button")
        self.copy_button.setAccessibleName("Copy the message")
        self.copy_button.clicked.connect(self._copy)
        close = QToolButton()
        close.setText("✕")
        close.setAutoRaise(True)
        close.setAccessibleName("Close the message")
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 8)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.copy_button)
        layout.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def say(self, text: str, is_error: bool) -> None:
        self._text.setText(text[:1].upper() + text[1:])
        if self.property("error") != is_error:
            self.setProperty("error", is_error)
            self.style().unpolish(self)
            self.style().polish(self)
        self.show()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
