"""One key that moves the focus from pane to pane, past all the controls between."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def focus_next_pane(panes: Sequence[QWidget]) -> None:
    """Give the focus to the first control of the pane after the one that has it; hidden panes are passed over."""
    shown = [pane for pane in panes if pane.isVisible()]
    focused = QApplication.focusWidget()
    at = next((i for i, pane in enumerate(shown) if focused is not None and pane.isAncestorOf(focused)), -1)
    for step in range(1, len(shown) + 1):
        control = _first_control(shown[(at + step) % len(shown)])
        if control is not None:
            control.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _first_control(pane: QWidget) -> QWidget | None:
    widget = pane.nextInFocusChain()
    while widget is not None and widget is not pane:
        reachable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
        if reachable and pane.isAncestorOf(widget):
            return widget
        widget = widget.nextInFocusChain()
    return None
