"""One attribute in the panel: favourite, label, control, number, reset, lock."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from creator.attributes import Attribute, Value
from creator.ui.attribute_text import FINE_STEPS, number_text, step_decimals, tooltip, unit_suffix
from creator.ui.icon_button import IconButton
from creator.ui.language import tr
from creator.ui.typed_letters import keeps_letter
from creator.ui.value_slider import ValueSlider

_LABEL_WIDTH = 124
_NUMBER_WIDTH = 70
_NUMBER_HEIGHT = 23
_BUTTON = QSize(20, 24)
_INDENT = 20  # of what stands below the line: as wide as the star
_NUMBER_BEGINS = tuple("0123456789-.,")
_SETTLE_MILLISECONDS = 500  # steps of the number box or wheel that follow each other so soon are one edit


class _NumberLine(QLineEdit):
    """The text inside a number box. Undo belongs to the character here, not to the typed text."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            for standard in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo):
                if event.matches(standard):
                    event.ignore()
                    return False
        return super().event(event)


class NumberBox(QDoubleSpinBox):
    """The exact value. The wheel turns it only when it has the focus."""

    def __init__(self, attribute: Attribute, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step_decimals = step_decimals(attribute)
        self.setLineEdit(_NumberLine(self))
        self.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.setKeyboardTracking(False)
        self.setDecimals(self._step_decimals + 1)
        self.setRange(attribute.minimum, attribute.maximum)
        self.setSingleStep(attribute.step)
        self.setSuffix(unit_suffix(attribute))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedSize(_NUMBER_WIDTH, _NUMBER_HEIGHT)
        self.setFrame(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def textFromValue(self, value: float) -> str:
        return number_text(value, self._step_decimals)

    def valueFromText(self, text: str) -> float:
        number = text.removesuffix(self.suffix()).strip().replace(",", ".")
        try:
            return float(number)
        except ValueError:
            return self.value()

    def stepBy(self, steps: int) -> None:
        """One arrow key is one step; Qt multiplies by ten for Ctrl, and Shift divides here."""
        if QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.setValue(self.value() + steps * self.singleStep() / FINE_STEPS)
        else:
            super().stepBy(steps)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceBox(QComboBox):
    """The wheel turns it only when it has the focus. Typing the beginning of an entry chooses it."""

    def event(self, event: QEvent) -> bool:
        return keeps_letter(event) or super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)  # the style sheet takes away the style's own arrow
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1.6))
        tip = QPointF(self.width() - 14, self.height() / 2 + 2)
        painter.drawPolyline([tip + QPointF(-4, -4), tip, tip + QPointF(4, -4)])
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class _RowLabel(QLabel):
    double_clicked = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.double_clicked.emit()
        event.accept()


class AttributeRow(QWidget):
    """Shows one attribute and reports what the user does with it.

    ``edited`` carries name, value and whether more of the same movement may follow; ``finished`` ends a movement.
    ``locked`` and ``favoured`` carry name and state. ``pointed`` carries the name when mouse or focus come to the row.
    With the focus in the row, L locks, F makes a favourite and Delete resets; a digit begins to type the value.
    """

    edited = Signal(str, object, bool)
    finished = Signal()
    locked = Signal(str, bool)
    favoured = Signal(str, bool)
    pointed = Signal(str)

    def __init__(self, attribute: Attribute, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.attribute = attribute
        self._value: Value = attribute.default
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MILLISECONDS)
        self._settle.timeout.connect(self.finished)
        self.setToolTip(tooltip(attribute))

        self._below = QVBoxLayout(self)
        self._below.setContentsMargins(0, 1, 0, 1)
        self._below.setSpacing(0)
        layout = QHBoxLayout()
        layout.setSpacing(4)
        self._below.addLayout(layout)
        self.star = self._button("star", tr("Favourite"), "star_filled", "F")
        self.star.toggled.connect(lambda on: self.favoured.emit(attribute.name, on))
        layout.addWidget(self.star)
        label = _RowLabel(attribute.label)
        label.setFixedWidth(_LABEL_WIDTH)
        label.double_clicked.connect(self.reset)
        layout.addWidget(label)

        self.slider: ValueSlider | None = None
        self.number: NumberBox | None = None
        self.choice: ChoiceBox | None = None
        add = self._add_number if attribute.kind == "continuous" else self._add_choice
        label.setBuddy(add(layout, attribute))

        self.reset_button = self._button("reset", tr("Reset"), keys=tr("Delete"))
        self.reset_button.setEnabled(False)
        self.reset_button.clicked.connect(self.reset)
        layout.addWidget(self.reset_button)
        self.lock = self._button("unlock", tr("Lock"), "lock", "L")
        self.lock.toggled.connect(lambda on: self.locked.emit(attribute.name, on))
        layout.addWidget(self.lock)

    def _button(self, icon_name: str, word: str, checked_icon: str = "", keys: str = "") -> IconButton:
        button = IconButton(icon_name, f"{word} {self.attribute.label}", checked_icon=checked_icon, side=14)
        button.setToolTip(f"{button.toolTip()} ({keys})")
        button.setFixedSize(_BUTTON)
        return button

    def add_below(self, widget: QWidget) -> None:
        """Put ``widget`` below the line, such as pictures of the choices."""
        line = QHBoxLayout()
        line.setContentsMargins(_INDENT, 0, 0, 4)
        line.addWidget(widget)
        self._below.addLayout(line)

    def show_marks(self, is_locked: bool, is_favourite: bool) -> None:
        """Show lock and star without reporting them."""
        for button, on in ((self.lock, is_locked), (self.star, is_favourite)):
            if button.isChecked() != on:
                button.setChecked(on)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.pointed.emit(self.attribute.name)
        super().enterEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_L:
            self.lock.toggle()
        elif event.key() == Qt.Key.Key_F:
            self.star.toggle()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.reset()
        elif self.slider is not None and self.slider.hasFocus() and event.text() in _NUMBER_BEGINS:
            assert self.number is not None
            self.number.setFocus(Qt.FocusReason.OtherFocusReason)
            self.number.selectAll()
            QApplication.sendEvent(self.number, event)
        else:
            super().keyPressEvent(event)

    def _add_number(self, layout: QHBoxLayout, attribute: Attribute) -> QWidget:
        self.slider = ValueSlider(attribute)
        self.slider.setAccessibleName(attribute.label)
        self.slider.setAccessibleDescription(tooltip(attribute))
        self.slider.edited.connect(self._on_slider)
        self.slider.finished.connect(self.finished)
        self.slider.reset_requested.connect(self.reset)
        self.number = NumberBox(attribute)
        self.number.setAccessibleName(tr("{attribute}, number").format(attribute=attribute.label))
        self.number.setAccessibleDescription(tooltip(attribute))
        self.number.setValue(float(attribute.default))
        self.number.valueChanged.connect(self._on_number)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.number)
        return self.slider

    def _add_choice(self, layout: QHBoxLayout, attribute: Attribute) -> QWidget:
        self.choice = ChoiceBox()
        self.choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.choice.addItems(attribute.choice_labels)
        self.choice.setCurrentIndex(attribute.choices.index(str(attribute.default)))
        self.choice.setAccessibleName(attribute.label)
        self.choice.setAccessibleDescription(attribute.help)
        self.choice.activated.connect(self._on_choice)
        layout.addWidget(self.choice, 1)
        return self.choice

    @property
    def is_changed(self) -> bool:
        return self._value != self.attribute.default

    def show_value(self, value: Value) -> None:
        """Show ``value`` without reporting it as an edit."""
        if value == self._value:
            return
        self._value = value
        self.reset_button.setEnabled(self.is_changed)
        if self.slider is not None and self.number is not None:
            self.slider.show_value(float(value))
            blocked = self.number.blockSignals(True)
            self.number.setValue(float(value))
            self.number.blockSignals(blocked)
        if self.choice is not None:
            self.choice.setCurrentIndex(self.attribute.choices.index(str(value)))

    def reset(self) -> None:
        self.edited.emit(self.attribute.name, self.attribute.default, False)

    # What the controls report

    def _on_slider(self, value: float) -> None:
        self.edited.emit(self.attribute.name, value, True)

    def _on_number(self, value: float) -> None:
        self.edited.emit(self.attribute.name, value, True)
        self._settle.start()

    def _on_choice(self, index: int) -> None:
        self.edited.emit(self.attribute.name, self.attribute.choices[index], False)
