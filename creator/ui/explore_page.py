"""Random rolls and a grid of neighbours."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt, QTimer
from PySide6.QtGui import QRegularExpressionValidator, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from creator.character import MAXIMUM_SEED, Character
from creator.ui.exploration import DEFAULT_STRENGTH, Exploration
from creator.ui.face_pictures import FacePictures
from creator.ui.icon_button import IconButton
from creator.ui.language import tr, translated_word
from creator.ui.people_grid import PeopleGrid
from creator.ui.value_slider import ValueSlider, share_attribute

_COUNTS = (9, 16)
_AT_ONCE = 4
_SETTLE_MILLISECONDS = 120  # a strength that still moves makes no grid


class ExplorePage(QWidget):
    """To the left what may change and how much, to the right 9 or 16 neighbours; a click goes on from one."""

    def __init__(self, exploration: Exploration, pictures: FacePictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exploration = exploration
        self._count = _COUNTS[0]
        self.grid = PeopleGrid(pictures, "neighbours", 3)
        self.grid.chosen.connect(self._choose)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MILLISECONDS)
        self._settle.timeout.connect(self._show_grid)
        self._drawn: list[Character] = []
        self._draw = QTimer(self)
        self._draw.setInterval(0)
        self._draw.timeout.connect(self._draw_some)

        self.strength = ValueSlider(share_attribute("strength"))
        self.strength.setAccessibleName(tr("Strength"))
        self.strength.edited.connect(exploration.set_strength)
        self.strength.reset_requested.connect(lambda: exploration.set_strength(DEFAULT_STRENGTH))
        self._percent = QLabel()
        self._percent.setObjectName("quiet")
        self.seed = QLineEdit()
        self.seed.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{1,10}"), self.seed))
        self.seed.setAccessibleName(tr("Seed of the roll"))
        self.seed.setToolTip(tr("The same seed gives the same rolls and neighbours: a whole number"))
        self.seed.editingFinished.connect(self._on_seed)
        self.roll_button = self._button("dice", tr("Roll"), tr("Another random person nearby (Ctrl+R)"))
        self.roll_button.clicked.connect(lambda: exploration.roll())
        self.back_button = self._button("back", tr("Back to before"), tr("The person from before these rolls"))
        self.back_button.clicked.connect(exploration.go_back)
        self.more_button = self._button("grid", tr("Other neighbours"), tr("Draw the grid from another seed"))
        self.more_button.clicked.connect(lambda: exploration.set_seed())
        self.counts = [self._count_button(count) for count in _COUNTS]

        side = QWidget()
        side.setFixedWidth(252)
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 12, 8, 12)
        column.setSpacing(8)
        line = QHBoxLayout()
        line.addWidget(QLabel(tr("Strength")))
        line.addStretch(1)
        line.addWidget(self._percent)
        column.addLayout(line)
        column.addWidget(self.strength)
        line = QHBoxLayout()
        line.addWidget(QLabel(tr("Seed")))
        line.addWidget(self.seed, 1)
        column.addLayout(line)
        for button in (self.roll_button, self.back_button):
            column.addWidget(button)
        column.addSpacing(6)
        line = QHBoxLayout()
        line.addWidget(QLabel(tr("Neighbours")))
        line.addStretch(1)
        for count_button in self.counts:
            line.addWidget(count_button)
        column.addLayout(line)
        column.addWidget(self.more_button)
        column.addSpacing(6)
        column.addWidget(QLabel(tr("What may change")))
        column.addWidget(self._scope_boxes(), 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side)
        right = QVBoxLayout()
        right.setContentsMargins(8, 12, 16, 12)
        right.addWidget(self.grid, 1)
        layout.addLayout(right, 1)
        exploration.changed.connect(self._show_state)
        exploration.session.character_changed.connect(self._on_character)
        exploration.session.edit_ended.connect(self._on_character)
        self._show_state()

    def _button(self, icon_name: str, text: str, tip: str) -> IconButton:
        button = IconButton(icon_name, tip, framed=True)
        button.setText(text)
        button.setAccessibleName(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)
        return button

    def _count_button(self, count: int) -> QToolButton:
        button = QToolButton()
        button.setObjectName("quiet_button")
        button.setText(str(count))
        button.setAccessibleName(tr("{count} neighbours").format(count=count))
        button.setCheckable(True)
        button.setChecked(count == self._count)
        button.setAutoExclusive(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._set_count(count))
        return button

    def _scope_boxes(self) -> QScrollArea:
        content = QWidget()
        content.setObjectName("rows")
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(5)
        self.boxes: dict[str, QCheckBox] = {}
        for group in self._exploration.schema.groups:
            self.boxes[group] = QCheckBox(translated_word(group))
            self.boxes[group].toggled.connect(self._on_scope)
        self.seed_box = QCheckBox(tr("Identity"))
        self.seed_box.setToolTip(tr("The identity seed: all that the attributes do not say"))
        self.seed_box.toggled.connect(self._exploration.set_with_seed)
        boxes = (self.seed_box, *self.boxes.values())
        lines = -(-len(boxes) // 2)
        for index, box in enumerate(boxes):
            grid.addWidget(box, index % lines, index // lines)
        grid.setRowStretch(lines, 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        return area

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_grid()

    def _show_state(self) -> None:
        exploration = self._exploration
        for box, on in ((self.seed_box, exploration.with_seed), *((b, g in exploration.groups) for g, b in
                                                                  self.boxes.items())):  # fmt: skip
            blocked = box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(blocked)
        self.strength.show_value(exploration.strength)
        self._percent.setText(f"{exploration.strength:.0%}")
        self.seed.setText(str(exploration.seed))
        self.back_button.setEnabled(exploration.can_go_back)
        self._settle.start()

    def _show_grid(self) -> None:
        if self.isVisible() and not self._exploration.session.is_editing:
            self._drawn = []
            self._draw.start()

    def _draw_some(self) -> None:
        """A few people in one go, so that the window is never deaf; the others stay until it is their turn."""
        start = len(self._drawn)
        for index in range(start, min(start + _AT_ONCE, self._count)):
            self._drawn.append(self._exploration.neighbour(index))
        if len(self._drawn) == self._count:
            self._draw.stop()
        people = (*self._drawn, *self.grid.people[len(self._drawn) : self._count])
        self.grid.show_people(people, columns=3 if self._count == 9 else 4)

    def _on_character(self) -> None:
        self._settle.start()

    def _on_scope(self) -> None:
        self._exploration.set_groups(frozenset(group for group, box in self.boxes.items() if box.isChecked()))

    def _on_seed(self) -> None:
        if self.seed.text():
            self._exploration.set_seed(min(int(self.seed.text()), MAXIMUM_SEED))

    def _set_count(self, count: int) -> None:
        self._count = count
        self._show_grid()

    def _choose(self, index: int) -> None:
        self._exploration.go_on_with(self.grid.people[index])
