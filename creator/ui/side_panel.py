"""The pages at the right side of the window: one at a time, or none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from creator.ui.language import tr


class SidePanel(QWidget):
    """A title, a button that closes, and the page. ``page_changed`` carries the page's name, or an empty string."""

    page_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles: dict[str, str] = {}
        self._pages: dict[str, QWidget] = {}
        self._title = QLabel()
        self._title.setObjectName("title")
        close = QToolButton()
        close.setObjectName("quiet_button")
        close.setText("✕")
        close.setToolTip(tr("Close"))
        close.setAccessibleName(tr("Close this page"))
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(lambda: self.show_page(""))
        top = QHBoxLayout()
        top.setContentsMargins(14, 10, 12, 0)
        top.addWidget(self._title, 1)
        top.addWidget(close)
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        self.setMinimumWidth(284)
        self.hide()

    def add_page(self, name: str, title: str, page: QWidget) -> None:
        self._titles[name], self._pages[name] = title, page
        self._stack.addWidget(page)

    @property
    def page(self) -> str:
        """The name of the page that is shown, or an empty string."""
        if self.isHidden():
            return ""
        return next((name for name, page in self._pages.items() if page is self._stack.currentWidget()), "")

    def show_page(self, name: str) -> None:
        """Show a page and give it the focus; an empty or unknown name closes the panel."""
        if name == self.page:
            return
        page = self._pages.get(name)
        self.setVisible(page is not None)
        if page is not None:
            self._stack.setCurrentWidget(page)
            self._title.setText(self._titles[name])
        self.page_changed.emit(self.page)
