"""One group of attributes in the panel: a header that opens and closes the rows below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from creator.attributes import Attribute, Value
from creator.ui.attribute_row import AttributeRow
from creator.ui.icon_button import IconButton
from creator.ui.icons import group_icon_name, icon
from creator.ui.language import tr, translated_word


class GroupHeader(QToolButton):
    """Icon, title, how many attributes are changed, and an arrow. Left and right arrow keys close and open it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._changed = 0
        self._is_open = False
        self.setObjectName("group")
        self.setText(translated_word(title))
        self.setIconSize(QSize(18, 18))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._show_icon()

    def show_state(self, is_open: bool, changed: int) -> None:
        if (is_open, changed) == (self._is_open, self._changed) and self.accessibleName():
            return
        self._is_open, self._changed = is_open, changed
        words = tr("{group}, group, open") if is_open else tr("{group}, group, closed")
        self.setAccessibleName(words.format(group=self.text()))
        self.setAccessibleDescription(tr("{count} changed").format(count=changed) if changed else "")
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_icon()

    def _show_icon(self) -> None:
        quiet = QApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        self.setIcon(icon(group_icon_name(self._title), quiet))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == (Qt.Key.Key_Left if self._is_open else Qt.Key.Key_Right):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        palette = QApplication.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() - 14, self.height() / 2)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.PlaceholderText), 1.6))
        if self._is_open:
            painter.drawPolyline([middle + QPointF(-4, -2), middle + QPointF(0, 2), middle + QPointF(4, -2)])
        else:
            painter.drawPolyline([middle + QPointF(-2, -4), middle + QPointF(2, 0), middle + QPointF(-2, 4)])
        if self._changed:
            text = str(self._changed)
            width = max(painter.fontMetrics().horizontalAdvance(text) + 12, 20)
            pill = QRectF(middle.x() - 18 - width, middle.y() - 9, width, 18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Button))
            painter.drawRoundedRect(pill, 9, 9)
            painter.setPen(palette.color(QPalette.ColorRole.Highlight))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()


@dataclass(frozen=True, eq=False)
class GroupHead:
    """A control above a group's rows, and the names of the attributes that it sets."""

    widget: QWidget
    names: frozenset[str]


class AttributeGroup(QWidget):
    """Rows are made when they are first seen, by ``make_row``. ``needs_rows``: some that should be seen are missing;
    whoever listens calls :meth:`make_some` until nothing is missing.

    ``command`` carries the group's title and one of "copy", "paste", "reset", "lock", "unlock", "roll".
    """

    needs_rows = Signal()
    opened = Signal()
    command = Signal(str, str)

    def __init__(
        self,
        title: str,
        attributes: tuple[Attribute, ...],
        make_row: Callable[[Attribute], AttributeRow],
        make_head: Callable[[], GroupHead | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.attributes = attributes
        self.rows: dict[str, AttributeRow] = {}
        self._make_row, self._make_head = make_row, make_head
        self._head: GroupHead | None = None
        self._has_head = False
        self._is_open = False
        self._fitting: frozenset[str] | None = None  # None: no filter is on
        self.header = GroupHeader(title)
        self.header.clicked.connect(self.toggle)
        self.menu_button = IconButton("more", tr("More for {group}").format(group=translated_word(title)))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.menu_button.setMenu(self._menu())
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self.header, 1)
        top.addWidget(self.menu_button)
        self._body = QWidget()
        self._rows_layout = QVBoxLayout(self._body)
        self._rows_layout.setContentsMargins(2, 0, 2, 10)
        self._rows_layout.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._body)
        self._body.hide()

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for text, command in (
            (tr("Copy"), "copy"),
            (tr("Paste"), "paste"),
            (tr("Random"), "roll"),
            (tr("Reset"), "reset"),
            (tr("Lock all"), "lock"),
            (tr("Unlock all"), "unlock"),
        ):
            if command in ("roll", "lock"):
                menu.addSeparator()
            action = QAction(text, menu)
            action.setData(command)
            menu.addAction(action)
        menu.triggered.connect(lambda action: self.command.emit(self.title, action.data()))
        return menu

    @property
    def is_open(self) -> bool:
        return self._body.isVisibleTo(self)

    @property
    def was_opened(self) -> bool:
        """Whether it is open, or will be when no filter is on."""
        return self._is_open

    def set_open(self, is_open: bool) -> None:
        self._is_open = is_open
        self._show()

    def toggle(self) -> None:
        self.set_open(not self._is_open)

    def filter(self, fits: Callable[[Attribute], bool] | None) -> bool:
        """Show only what fits, open while a filter is on; None ends it. Return whether anything is shown."""
        self._fitting = None if fits is None else frozenset(a.name for a in self.attributes if fits(a))
        found = self._fitting is None or bool(self._fitting)
        self.setVisible(found)
        self._show()
        return found

    def show_changed(self, values: Mapping[str, Value]) -> None:
        """Tell in the header how many of ``values`` are not the default."""
        changed = sum(values[a.name] != a.default for a in self.attributes)
        self.header.show_state(self.is_open, changed)
        self._changed = changed

    _changed = 0

    def row(self, name: str) -> AttributeRow:
        """The row of attribute ``name``, made now if it is not there yet."""
        if name not in self.rows:
            made = self._make_row(next(a for a in self.attributes if a.name == name))
            before = sum(a.name in self.rows for a in self.attributes[: self._index(name)])
            self.rows[name] = made
            self._rows_layout.insertWidget(before + (self._head is not None), made)
            made.setVisible(self._is_wanted(name))
        return self.rows[name]

    def make_some(self, count: int) -> int:
        """Make up to ``count`` rows of those that should be seen; return how many were made."""
        missing = [a.name for a in self.attributes if self._is_wanted(a.name) and a.name not in self.rows]
        for name in missing[:count]:
            self.row(name)
        return min(count, len(missing))

    def _index(self, name: str) -> int:
        return next(index for index, a in enumerate(self.attributes) if a.name == name)

    def _is_wanted(self, name: str) -> bool:
        return self._fitting is None or name in self._fitting

    def _show(self) -> None:
        is_open = self._is_open or self._fitting is not None
        if is_open and not self._has_head:
            self._has_head = True
            self._head = self._make_head()
            if self._head is not None:
                self._rows_layout.insertWidget(0, self._head.widget)
        if self._head is not None:
            self._head.widget.setVisible(self._fitting is None or not self._fitting.isdisjoint(self._head.names))
        for name, row in self.rows.items():
            row.setVisible(self._is_wanted(name))
        self._body.setVisible(is_open)
        self.header.show_state(is_open, self._changed)
        if is_open:
            self.opened.emit()
            self.needs_rows.emit()
