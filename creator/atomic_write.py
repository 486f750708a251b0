"""Writing files so that a reader never meets half of one."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from creator.errors import SaveError

_PREFIX, _ENDING = ".facewright-", ".part"
_TEMPORARY = re.compile(f"(?s){re.escape(_PREFIX)}.*[a-z0-9_]{{8}}{re.escape(_ENDING)}")


def is_temporary(name: str) -> bool:
    """Whether a file of this ``name`` is one of ours that was, or will be, renamed when it is whole."""
    return _TEMPORARY.fullmatch(name) is not None


def write_atomically(path: Path, data: bytes) -> None:
    """Make ``path`` hold exactly ``data``; on any failure what stood there before is untouched.

    The bytes go to a temporary file in the same folder, are flushed to the disk, and take the place of ``path`` in
    one step. A symbolic link is followed, so that the link stays. Ctrl+C takes effect when the file is whole.
    Raises :class:`SaveError`.
    """
    with _interruption_deferred():
        _write(path, data)


@contextlib.contextmanager
def _interruption_deferred() -> Iterator[None]:
    """Let Ctrl+C wait for the end of the block: it may strike where a file exists whose name nobody knows yet."""
    previous = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(previous):
        yield  # Python interrupts no other thread, and handlers that are not its own stay
        return
    received: list[FrameType | None] = []
    signal.signal(signal.SIGINT, lambda _number, frame: received.append(frame))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)
        if received:
            previous(signal.SIGINT, received[0])


def _write(path: Path, data: bytes) -> None:
    target = path
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise SaveError(f"cannot write '{path}': it is a folder, not a file")
        handle, name = tempfile.mkstemp(_ENDING, f"{_PREFIX}{target.name[:40]}.", target.parent)
    except (OSError, ValueError) as error:
        raise SaveError(f"cannot write '{path}': {_reason(error, target)}") from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode_for(target))
        os.replace(temporary, target)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise SaveError(f"cannot write '{path}': {_reason(error, target)}") from error
        raise
    _flush_folder(target.parent)


def _mode_for(target: Path) -> int:
    """The permissions ``target`` should get: its own when it exists, else what a plain ``open`` would give."""
    with contextlib.suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0o022)
    os.umask(mask)
    return 0o666 & ~mask


def _flush_folder(folder: Path) -> None:
    """Make the replacement itself survive a power cut, where folders can be flushed (not on Windows)."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _reason(error: Exception, target: Path) -> str:
    if isinstance(error, FileNotFoundError) and not target.parent.is_dir():
        return f"the folder '{target.parent}' does not exist"
    if isinstance(error, PermissionError):
        return f"the folder '{target.parent}' may not be written by you"
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
