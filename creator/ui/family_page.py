"""Relatives: children with somebody, brothers and sisters, and the person at other ages."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from creator.blending import children, siblings
from creator.ui.exploration import drawn_seed
from creator.ui.face_pictures import FacePictures
from creator.ui.icon_button import IconButton
from creator.ui.language import tr
from creator.ui.people_grid import PeopleGrid
from creator.ui.person_slot import PersonSlot
from creator.ui.session import Session
from creator.variations import AGE, at_ages

_COUNT = 4
_SMALLEST_SIDE, _LARGEST_SIDE = 84, 118  # of the pictures
_MARGIN, _GAP, _FRAME = 16, 6, 6
_AGES = (10.0, 20.0, 40.0, 60.0, 80.0)
_CHILD_AGE = 10


class FamilyPage(QWidget):
    """A click on somebody makes that person the character, one undo step. ``failed`` carries why a file could not be
    used."""

    failed = Signal(str)

    def __init__(self, session: Session, pictures: FacePictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._seeds = {"children": drawn_seed(), "siblings": drawn_seed()}
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(60)
        self._settle.timeout.connect(self._show_family)
        self.partner = PersonSlot(session, pictures, "partner", _LARGEST_SIDE)
        self.partner.changed.connect(self._settle.start)
        self.partner.failed.connect(self.failed)
        self.child_age = QSpinBox()
        self.child_age.setAccessibleName(tr("Age of the children"))
        self.child_age.setSuffix(tr(" years"))
        self.child_age.setFixedSize(96, 28)
        if AGE in session.schema.by_name:
            age = session.schema[AGE]
            self.child_age.setRange(round(age.minimum), round(age.maximum))
        self.child_age.setValue(_CHILD_AGE)
        self.child_age.valueChanged.connect(self._settle.start)
        self.offspring = PeopleGrid(pictures, "children", _COUNT, _LARGEST_SIDE)
        self.siblings = PeopleGrid(pictures, "siblings", _COUNT + 1, _LARGEST_SIDE)
        self.ages = PeopleGrid(pictures, "ages", len(_AGES), _LARGEST_SIDE)
        for grid, what in (
            (self.offspring, tr("Child")),
            (self.siblings, tr("Brother or sister")),
            (self.ages, tr("Another age")),
        ):
            grid.chosen.connect(lambda index, grid=grid, what=what: session.apply(grid.people[index], what))

        content = QWidget()
        content.setObjectName("rows")
        column = QVBoxLayout(content)
        column.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        column.setSpacing(6)
        column.addLayout(self._title(tr("Children with this person"), "children", self.child_age))
        line = QHBoxLayout()
        line.setSpacing(_GAP)
        line.addWidget(self.partner, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.offspring, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        column.addLayout(self._title(tr("Brothers and sisters"), "siblings"))
        column.addWidget(self.siblings)
        self._ages_title = self._title(tr("The same person at other ages"))
        column.addLayout(self._ages_title)
        column.addWidget(self.ages)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        self._scroll_bar = area.verticalScrollBar()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        session.character_changed.connect(self._settle.start)
        session.edit_ended.connect(self._settle.start)

    def _title(self, text: str, draws: str = "", *more: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 6, 0, 0)
        label = QLabel(text)
        label.setStyleSheet("font-weight: 600;")
        line.addWidget(label)
        line.addStretch(1)
        for widget in more:
            line.addWidget(widget)
        if draws:
            button = IconButton("dice", tr("Draw others: {what}").format(what=text), framed=True)
            button.clicked.connect(lambda: self._draw(draws))
            line.addWidget(button)
        return line

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.partner.person is None:
            self.partner.make_random()
        self.partner.refresh()
        self._settle.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = _COUNT + 1
        space = self.width() - 2 * _MARGIN - self._scroll_bar.sizeHint().width() - (columns - 1) * _GAP
        side = min(max(space // columns - _FRAME, _SMALLEST_SIDE), _LARGEST_SIDE)
        for people in (self.offspring, self.siblings, self.ages):
            people.set_side(side)
        self.partner.set_side(side)
        self.partner.refresh()

    def _draw(self, which: str) -> None:
        self._seeds[which] = drawn_seed()
        self._show_family()

    def _show_family(self) -> None:
        if not self.isVisible() or self._session.is_editing or self.partner.person is None:
            return
        schema, person = self._session.schema, self._session.character
        couple = (person, self.partner.person)
        age = float(self.child_age.value())
        self.offspring.show_people(children(schema, couple, self._seeds["children"], _COUNT, age))
        QTimer.singleShot(0, self, self._show_others)  # another turn, so that the window is never deaf for long

    def _show_others(self) -> None:
        schema, person = self._session.schema, self._session.character
        self.siblings.show_people(siblings(schema, person, self._seeds["siblings"], _COUNT + 1))
        series = at_ages(schema, person, _AGES)
        self.ages.show_people(series, [tr("{age:.0f} years").format(age=one.values[AGE]) for one in series])
