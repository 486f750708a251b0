"""Undo and redo over immutable values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

MAXIMUM_STEPS = 500

T = TypeVar("T")


@dataclass(frozen=True)
class _Step(Generic[T]):
    value: T
    label: str  # what the user did to arrive at ``value``


class History(Generic[T]):
    """A line of values with a position. Values are compared by equality and never changed.

    Edits that share a ``merge_key`` become one step until :meth:`close_merge`, an undo, a redo or a save: one drag of
    a slider is one undo. At most ``maximum_steps`` steps can be undone; the oldest are forgotten.
    """

    def __init__(self, current: T, maximum_steps: int = MAXIMUM_STEPS) -> None:
        self._steps: list[_Step[T]] = [_Step(current, "")]
        self._at = 0
        self._maximum_steps = maximum_steps
        self._merge_key: object | None = None
        self._saved: T | None = current

    @property
    def current(self) -> T:
        return self._steps[self._at].value

    def push(self, value: T, label: str, merge_key: object | None = None) -> bool:
        """Make ``value`` current, as a step called ``label``; return whether anything changed.

        What could be redone is forgotten. A value equal to the current one is no step.
        """
        if merge_key is None or merge_key != self._merge_key:
            self.close_merge()
        if value == self.current:
            return False
        del self._steps[self._at + 1 :]
        if merge_key is not None and merge_key == self._merge_key:
            self._steps[self._at] = _Step(value, label)
            return True
        self._steps.append(_Step(value, label))
        del self._steps[: -self._maximum_steps - 1]
        self._at = len(self._steps) - 1
        self._merge_key = merge_key
        return True

    def close_merge(self) -> None:
        """End the present run of merged edits. If it came back to where it began, it is no step at all."""
        if self._merge_key is None:
            return
        self._merge_key = None
        if self._at > 0 and self.current == self._steps[self._at - 1].value:
            del self._steps[self._at :]
            self._at -= 1

    @property
    def can_undo(self) -> bool:
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        return self._at < len(self._steps) - 1

    @property
    def undo_label(self) -> str:
        """The label of the step that :meth:`undo` takes back, or an empty string."""
        return self._steps[self._at].label if self.can_undo else ""

    @property
    def redo_label(self) -> str:
        """The label of the step that :meth:`redo` does again, or an empty string."""
        return self._steps[self._at + 1].label if self.can_redo else ""

    @property
    def labels(self) -> tuple[str, ...]:
        """What was done to arrive at each value that can be gone to, oldest first; the first one is empty."""
        return tuple(step.label for step in self._steps)

    @property
    def values(self) -> tuple[T, ...]:
        """The values that belong to :attr:`labels`."""
        return tuple(step.value for step in self._steps)

    @property
    def position(self) -> int:
        """Where :attr:`current` stands in :attr:`labels`."""
        return self._at

    def go_to(self, position: int) -> T:
        """Undo or redo as many steps as lead to ``position`` (the nearest there is); return the current value."""
        self.close_merge()
        self._at = min(max(position, 0), len(self._steps) - 1)
        return self.current

    def undo(self) -> T:
        """Go one step back, if there is one; return the value that is then current."""
        self.close_merge()
        self._at = max(self._at - 1, 0)
        return self.current

    def redo(self) -> T:
        """Go one step forward, if there is one; return the value that is then current."""
        self.close_merge()
        self._at = min(self._at + 1, len(self._steps) - 1)
        return self.current

    def mark_saved(self) -> None:
        """The current value is what the file holds."""
        self.close_merge()
        self._saved = self.current

    @property
    def is_saved(self) -> bool:
        """Whether the current value equals the one last marked as saved, however it was reached."""
        return self.current == self._saved

    @property
    def saved(self) -> T | None:
        """The value last marked as saved; None when no file holds any."""
        return self._saved

    def forget_saved(self) -> None:
        """No file holds any of these values any more."""
        self._saved = None

    def change_all(self, change: Callable[[T], T]) -> None:
        """Apply ``change`` to every value, the saved one too: something that no undo shall take back."""
        self.close_merge()
        self._steps = [_Step(change(step.value), step.label) for step in self._steps]
        self._saved = None if self._saved is None else change(self._saved)

    def reset(self, current: T) -> None:
        """Begin anew with ``current``, saved and with nothing to undo."""
        self._steps, self._at, self._merge_key, self._saved = [_Step(current, "")], 0, None, current
