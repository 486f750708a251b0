"""What the user marked: locked attributes and favourites."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from creator.atomic_write import write_atomically
from creator.errors import SaveError

FILE_NAME = "favourites.json"

_MAXIMUM_BYTES = 1 << 16

_log = logging.getLogger(__name__)


class AttributeMarks(QObject):
    """Locks hold while the program runs; favourites are kept in ``file``, where one is given.

    A lock protects an attribute from everything that changes many at once (random, blends, pasting), not from its own
    slider. ``changed``: one of the two sets is another one.
    """

    changed = Signal()

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._locked: frozenset[str] = frozenset()
        self._favourites = frozenset(_read(file)) if file is not None else frozenset()

    @property
    def locked(self) -> frozenset[str]:
        return self._locked

    @property
    def favourites(self) -> frozenset[str]:
        return self._favourites

    def lock(self, names: Iterable[str], on: bool = True) -> None:
        locked = self._locked | set(names) if on else self._locked - set(names)
        if locked != self._locked:
            self._locked = locked
            self.changed.emit()

    def favour(self, name: str, on: bool = True) -> None:
        favourites = self._favourites | {name} if on else self._favourites - {name}
        if favourites == self._favourites:
            return
        self._favourites = favourites
        self._keep()
        self.changed.emit()

    def _keep(self) -> None:
        if self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._file, (json.dumps(sorted(self._favourites), indent=1) + "\n").encode())
        except (OSError, SaveError) as error:  # a read-only home is no reason to lose the mark now
            _log.warning("the favourites are not kept: %s", error)


def _read(file: Path) -> list[str]:
    """The names in ``file``; none if it is missing or no list of texts."""
    try:
        with file.open("rb") as stream:
            names = json.loads(stream.read(_MAXIMUM_BYTES))
    except FileNotFoundError:
        return []
    except (OSError, ValueError, RecursionError) as error:
        _log.warning("the favourites in '%s' cannot be read: %s", file, error)
        return []
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
