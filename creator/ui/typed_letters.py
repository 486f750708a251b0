"""Letters with which a control looks for an entry of its own, and which are shortcuts of the window elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def keeps_letter(event: QEvent) -> bool:
    """Whether ``event`` asks a control if it wants a plain letter or digit for itself; then it is told so.

    For a control's ``event``, which returns True then.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.modifiers() & ~_PLAIN or not event.text().strip() or not event.text().isprintable():
        return False
    event.accept()
    return True
