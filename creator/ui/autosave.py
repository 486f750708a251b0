"""Keeps unsaved changes on the disk while the window lives, and finds those of a window that died."""

from __future__ import annotations

import logging
import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from creator import paths, recovery
from creator.attributes import AttributeSchema
from creator.errors import CreatorError
from creator.recovery import Unsaved
from creator.ui.error_text import error_text
from creator.ui.session import Session

AUTOSAVE_SECONDS = 4.0
"""A change is on the disk at most so long after it was made, plus the time of one small write."""

_log = logging.getLogger(__name__)


def recovery_folder() -> Path:
    return paths.user_state_folder() / "recovery"


class Autosave(QObject):
    """Writes ``session``'s unsaved character in a thread of its own; forgets it when it is saved or given up.

    A lock file beside it lives as long as the process, so that nobody takes a living window's changes for lost ones.
    ``failed``: the disk does not take it (told once).
    """

    failed = Signal(str)

    def __init__(self, session: Session, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        folder = folder or recovery_folder()
        self.file = folder / f"{os.getpid()}-{secrets.token_hex(4)}{recovery.ENDING}"
        self._lock: QLockFile | None = None
        self._kept: Unsaved | None = None
        self._told = False
        self._writer = ThreadPoolExecutor(1, "autosave")
        # Not restarted by later changes: a slider that never rests is kept all the same.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(int(AUTOSAVE_SECONDS * 1000))
        self._timer.timeout.connect(self.keep)
        session.state_changed.connect(self._on_state_changed)

    def _on_state_changed(self) -> None:
        if self._session.is_saved:
            self._timer.stop()
            if self._kept is not None:
                self._kept = None
                self._writer.submit(self._forget)
        elif not self._timer.isActive():
            self._timer.start()

    def keep(self) -> None:
        """Write now, if there is anything that the disk does not have."""
        session = self._session
        if session.is_saved:
            return
        if self._kept is not None and (self._kept.character, self._kept.path) == (session.character, session.path):
            return
        self._kept = Unsaved(session.character, session.path, datetime.now())
        self._writer.submit(self._write, self._kept)

    def close(self) -> None:
        """The session ended as it should: its changes are saved or given up."""
        self._timer.stop()
        self._session.state_changed.disconnect(self._on_state_changed)
        self._writer.submit(self._forget)
        self._writer.shutdown(wait=True)

    # In the writer's thread

    def _write(self, unsaved: Unsaved) -> None:
        try:
            if self._lock is None:
                self.file.parent.mkdir(parents=True, exist_ok=True)
                self._lock = _lock_of(self.file)
                self._lock.tryLock(0)
            recovery.keep(unsaved, self.file)
        except (CreatorError, OSError) as error:
            _log.warning("unsaved changes were not kept: %s", error)
            if not self._told:
                self._told = True
                self.failed.emit(error_text(error))

    def _forget(self) -> None:
        try:
            self.file.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("'%s' stays: %s", self.file, error)
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None


class LostChanges:
    """What one dead window left behind. Holds its lock, so that only one living window offers it."""

    def __init__(self, file: Path, unsaved: Unsaved, lock: QLockFile) -> None:
        self.file = file
        self.unsaved = unsaved
        self._lock = lock

    def discard(self) -> None:
        """Delete it: it was taken over or is not wanted."""
        self.file.unlink(missing_ok=True)
        self._lock.unlock()


def find_lost_changes(schema: AttributeSchema, folder: Path | None = None) -> LostChanges | None:
    """The newest changes whose window is gone; None when there are none. Damaged files are deleted and logged."""
    found: list[LostChanges] = []
    folder = folder or recovery_folder()
    for file in folder.glob(f"*{recovery.ENDING}") if folder.is_dir() else ():
        lock = _lock_of(file)
        if not lock.tryLock(0):
            continue  # its window lives
        try:
            found.append(LostChanges(file, recovery.read(file, schema), lock))
        except CreatorError as error:
            _log.warning("%s", error)
            file.unlink(missing_ok=True)
            lock.unlock()
    found.sort(key=lambda lost: lost.unsaved.when)
    for older in found[:-1]:
        older._lock.unlock()  # the next start offers it
    return found[-1] if found else None


def _lock_of(file: Path) -> QLockFile:
    lock = QLockFile(str(file.with_suffix(".lock")))
    lock.setStaleLockTime(0)  # stale only when its process is gone
    return lock
