"""What a screen reader hears of the controls that we paint ourselves: where they stand, in their own unit and in words.

Qt knows the values of its own controls only: of a slider in steps of its inside, of a plain widget nothing at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleValueChangeEvent, QAccessibleValueInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget


@dataclass(frozen=True)
class SpokenValue:
    """``text`` is spoken. A control that stands at one number has it, its range and its step, too."""

    text: str
    number: float | None = None
    minimum: float = 0.0
    maximum: float = 1.0
    step: float = 1.0


class SpokenControl(Protocol):
    """A widget that tells its value."""

    def spoken_value(self) -> SpokenValue: ...


class NumberControl(SpokenControl, Protocol):
    """One that stands at a number. ``take_spoken_value`` sets it, as if the user did."""

    def take_spoken_value(self, number: float) -> None: ...


class _Number(QAccessibleValueInterface):
    """An object of its own: Qt's cast needs a pointer that is this interface and nothing else."""

    def __init__(self, control: NumberControl) -> None:
        super().__init__()
        self._control = control

    def currentValue(self) -> float:
        return cast(float, self._control.spoken_value().number)

    def setCurrentValue(self, value: Any) -> None:
        self._control.take_spoken_value(float(value))

    def minimumValue(self) -> float:
        return self._control.spoken_value().minimum

    def maximumValue(self) -> float:
        return self._control.spoken_value().maximum

    def minimumStepSize(self) -> float:
        return self._control.spoken_value().step


class _SpokenWidget(QAccessibleWidget):
    def __init__(self, widget: QWidget, control: SpokenControl) -> None:
        has_number = control.spoken_value().number is not None
        super().__init__(widget, QAccessible.Role.Slider if has_number else QAccessible.Role.Graphic)
        self._control = control
        self._number = _Number(cast(NumberControl, control)) if has_number else None

    def text(self, kind: QAccessible.Text) -> str:
        """Without a number, the value is the description, too: some readers ask for nothing else."""
        if kind == QAccessible.Text.Value or (kind == QAccessible.Text.Description and self._number is None):
            return self._control.spoken_value().text
        return super().text(kind)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        if kind == QAccessible.InterfaceType.ValueInterface and self._number is not None:
            return self._number
        return super().interface_cast(kind)


@cache
def speak_values() -> None:
    """From now on, screen readers find the values of all widgets that are a :class:`SpokenControl`."""
    QAccessible.installFactory(_interface_of)


def tell_value(widget: QWidget) -> None:
    """Say that the value of ``widget`` is another one."""
    if QAccessible.isActive():
        control = cast(SpokenControl, widget)
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(widget, control.spoken_value().number))


def _interface_of(_key: str, thing: QObject) -> QAccessibleInterface | None:
    if isinstance(thing, QWidget) and hasattr(thing, "spoken_value"):
        return _SpokenWidget(thing, cast(SpokenControl, thing))
    return None
