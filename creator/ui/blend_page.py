"""Two or three people mixed, group by group."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from creator.blending import MAXIMUM_PARENTS, SEED, blend
from creator.character import Character
from creator.ui.face_pictures import FacePictures
from creator.ui.icon_button import IconButton
from creator.ui.language import tr, translated_word
from creator.ui.people_grid import PeopleGrid
from creator.ui.person_slot import PersonSlot
from creator.ui.session import Session
from creator.ui.value_slider import ValueSlider, share_attribute

_SMALLEST_SIDE, _LARGEST_SIDE = 72, 108  # of the people's pictures
_LABEL_WIDTH = 104
_GAP = 4  # between columns
_SETTLE_MILLISECONDS = 60
_EVEN = 0.5


class BlendPage(QWidget):
    """The present person and one or two more; a weight for each person and group. The mixture is shown beside, and
    becomes the character with a button. ``failed`` carries why a file could not be used."""

    failed = Signal(str)

    def __init__(self, session: Session, pictures: FacePictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._own: Character | None = None
        self.slots = [
            PersonSlot(session, pictures, f"blend {index}", _LARGEST_SIDE, may_be_empty=index == 2)
            for index in range(MAXIMUM_PARENTS)
        ]
        self.slots[0].choose.setVisible(False)
        self.slots[0].button.setEnabled(False)
        self.sliders: dict[str, list[ValueSlider]] = {}
        self._weights: dict[str, list[float]] = {}
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MILLISECONDS)
        self._settle.timeout.connect(self._show_mixture)
        self.mixture = PeopleGrid(pictures, "blend", 1)
        self.mixture.chosen.connect(lambda index: self.use())
        self.use_button = IconButton("blend", tr("Use this mixture"), framed=True)
        self.use_button.setText(tr("Use this mixture"))
        self.use_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.use_button.clicked.connect(self.use)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(14)
        layout.addWidget(self._mixer(), 3)
        right = QVBoxLayout()
        right.addWidget(self.mixture, 1)
        right.addWidget(self.use_button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(right, 2)
        for slot in self.slots:
            slot.changed.connect(self._on_people)
            slot.failed.connect(self.failed)
        session.character_changed.connect(self._settle.start)

    def _mixer(self) -> QWidget:
        content = QWidget()
        content.setObjectName("rows")
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(_GAP)
        grid.setVerticalSpacing(6)
        for column in range(MAXIMUM_PARENTS):
            grid.setColumnStretch(column + 1, 1)
        groups = ("", SEED, *self._session.schema.groups)
        names = {"": tr("Everything"), SEED: tr("Identity")}
        for row, group in enumerate(groups):
            name = names.get(group) or translated_word(group)
            label = QLabel()
            label.setFixedWidth(_LABEL_WIDTH)
            label.setText(label.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _LABEL_WIDTH))
            label.setToolTip(name)
            if group == "":
                label.setStyleSheet("font-weight: 600;")
            grid.addWidget(label, row, 0)
            self.sliders[group] = []
            self._weights[group] = [_EVEN] * MAXIMUM_PARENTS
            for column in range(MAXIMUM_PARENTS):
                slider = ValueSlider(share_attribute("weight"))
                slider.show_value(_EVEN)
                slider.setMinimumWidth(_SMALLEST_SIDE)
                slider.setAccessibleName(tr("{group}, weight of person {number}").format(group=name, number=column + 1))
                slider.edited.connect(partial(self._on_weight, group, column))
                slider.reset_requested.connect(partial(self._on_weight, group, column, _EVEN))
                grid.addWidget(slider, row, column + 1)
                self.sliders[group].append(slider)
        grid.setRowStretch(len(groups), 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        area.setWidget(content)
        people = QHBoxLayout()
        people.setSpacing(_GAP)
        people.addSpacing(_LABEL_WIDTH + _GAP)
        for slot in self.slots:
            slot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            people.addWidget(slot, 1, Qt.AlignmentFlag.AlignTop)
        beside = area.verticalScrollBar().sizeHint().width() + 8
        people.addSpacing(beside)  # each person stands above the sliders
        mixer = QWidget()
        column_width = _SMALLEST_SIDE + 6 + _GAP
        mixer.setMinimumWidth(_LABEL_WIDTH + MAXIMUM_PARENTS * column_width + beside)
        layout = QVBoxLayout(mixer)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(people)
        layout.addWidget(area, 1)
        return mixer

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.slots[1].person is None:
            self.slots[1].make_random()
        for slot in self.slots:
            slot.refresh()
        self._show_mixture()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit_people)  # when the columns have their widths

    def _fit_people(self) -> None:
        side = min(max(self.slots[0].width() - 6, _SMALLEST_SIDE), _LARGEST_SIDE)
        if side != self.slots[0].button.side:
            for slot in self.slots:
                slot.set_side(side)
                slot.refresh()

    @property
    def people(self) -> list[Character]:
        return [slot.person for slot in self.slots if slot.person is not None]

    def mixed(self) -> Character:
        """The mixture as the sliders say. A group whose weights are all zero is the present person's."""
        columns = [index for index, slot in enumerate(self.slots) if slot.person is not None]
        weights = {}
        for group, given in self._weights.items():
            shares = [given[column] for column in columns]
            if group and any(shares):
                weights[group] = shares
        return blend(self._session.schema, self.people, weights)

    def use(self) -> None:
        """The mixture becomes the character, one undo step."""
        self._session.apply(self.mixed(), tr("Blend"))

    def _on_people(self) -> None:
        for column, slot in enumerate(self.slots):
            for sliders in self.sliders.values():
                sliders[column].setEnabled(slot.person is not None)
        self._settle.start()

    def _on_weight(self, group: str, column: int, weight: float) -> None:
        for name in (group,) if group else self.sliders:
            self._weights[name][column] = weight
            self.sliders[name][column].show_value(weight)
        self._settle.start()

    def _show_mixture(self) -> None:
        if not self.isVisible() or self._session.is_editing:
            return
        self.slots[0].set_person(self._session.character, tr("This person"))
        self.mixture.show_people((self.mixed(),))
