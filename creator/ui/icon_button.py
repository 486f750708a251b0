"""A small button with one of our icons, which follows the theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from creator.ui.icons import icon


class IconButton(QToolButton):
    """``text`` is tool tip and accessible name. A checkable one shows ``checked_icon`` in the accent when it is on.

    ``framed``: looks like a button at rest, too, and is filled with the accent when it is on.
    """

    def __init__(
        self,
        icon_name: str,
        text: str,
        *,
        checked_icon: str = "",
        framed: bool = False,
        side: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name, self._checked_icon, self._framed = icon_name, checked_icon, framed
        self.setObjectName("quiet_button" if framed else "reset")
        self.setIconSize(QSize(side, side))
        if framed:
            self.setStyleSheet("padding: 4px 6px;")
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.setCheckable(bool(checked_icon))
        self.toggled.connect(self._show_icon)
        self._show_icon()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_icon()

    def _show_icon(self) -> None:
        palette = QApplication.palette()
        if self._framed:
            self.setIcon(icon(self._icon_name))
            return
        # What can be switched on is fainter than what can be pressed, so that what is on stands out.
        role = QPalette.ColorRole.Mid if self._checked_icon else QPalette.ColorRole.PlaceholderText
        accent = palette.color(QPalette.ColorRole.Highlight)
        name, colour = (self._checked_icon, accent) if self.isChecked() else (self._icon_name, palette.color(role))
        self.setIcon(icon(name, colour))
