"""All attribute rows in groups, built from the model's schema."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QToolButton, QVBoxLayout, QWidget

from creator.attributes import AttributeSchema, Value
from creator.ui.attribute_row import AttributeRow

_OPEN_AT_START = 2  # groups; the headers of the others stay in sight


class AttributeGroup(QWidget):
    """A header that opens and closes the rows below it."""

    def __init__(self, title: str, rows: list[AttributeRow], is_open: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = rows
        self._open = is_open
        self._filtered = False
        self.header = QToolButton()
        self.header.setObjectName("group")
        self.header.setText(title)
        self.header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.header.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)
        self.header.setAccessibleName(f"{title}, group")
        self.header.clicked.connect(self.toggle)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(10, 0, 6, 8)
        body.setSpacing(0)
        for row in rows:
            body.addWidget(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._body)
        self._show()

    @property
    def is_open(self) -> bool:
        return self._body.isVisibleTo(self)

    def toggle(self) -> None:
        self._open = not self._open
        self._show()

    def filter(self, words: str, only_changed: bool) -> bool:
        """Show the rows that fit, all open while a filter is on; return whether there are any."""
        self._filtered = bool(words) or only_changed
        found = False
        for row in self.rows:
            text = f"{row.attribute.label} {row.attribute.group} {row.attribute.help}".lower()
            fits = all(word in text for word in words.split()) and (row.is_changed or not only_changed)
            row.setVisible(fits)
            found = found or fits
        self.setVisible(found)
        self._show()
        return found

    def _show(self) -> None:
        is_open = self._open or self._filtered
        self.header.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self._body.setVisible(is_open)


class AttributePanel(QWidget):
    """Search, filter and the rows. Reports edits; shows what it is given (:meth:`show_values`)."""

    edited = Signal(str, object, bool)
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, AttributeRow] = {}
        self.groups: list[AttributeGroup] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search attributes")
        self.search.setAccessibleName("Search attributes")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.only_changed = QToolButton()
        self.only_changed.setText("Changed")
        self.only_changed.setObjectName("quiet_button")
        self.only_changed.setCheckable(True)
        self.only_changed.setToolTip("Show only what differs from its default")
        self.only_changed.toggled.connect(self._filter)
        top = QHBoxLayout()
        top.setContentsMargins(12, 10, 12, 8)
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        top.addWidget(self.only_changed)

        self._nothing = QLabel("No attribute fits.")
        self._nothing.setObjectName("quiet")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._nothing.setContentsMargins(0, 24, 0, 0)
        self._nothing.hide()
        content = QWidget()
        content.setObjectName("rows")
        self._rows_layout = QVBoxLayout(content)
        self._rows_layout.setContentsMargins(8, 0, 8, 12)
        self._rows_layout.setSpacing(2)
        self._rows_layout.addWidget(self._nothing)
        self._rows_layout.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._scroll, 1)
        self.setMinimumWidth(390)
        self.setEnabled(False)

    def build(self, schema: AttributeSchema) -> None:
        """Make the rows. Called once, when the model is known."""
        for index, title in enumerate(schema.groups):
            rows = [AttributeRow(attribute) for attribute in schema.attributes if attribute.group == title]
            for row in rows:
                row.edited.connect(self.edited)
                row.finished.connect(self.finished)
                self.rows[row.attribute.name] = row
            group = AttributeGroup(title, rows, index < _OPEN_AT_START)
            self.groups.append(group)
            self._rows_layout.insertWidget(self._rows_layout.count() - 1, group)
        self.setEnabled(True)

    def show_values(self, values: Mapping[str, Value]) -> None:
        """Show a character. Rows whose value stays are left alone."""
        for name, row in self.rows.items():
            row.show_value(values[name])

    def _filter(self) -> None:
        words = self.search.text().lower()
        found = [group.filter(words, self.only_changed.isChecked()) for group in self.groups]
        self._nothing.setVisible(not any(found))
