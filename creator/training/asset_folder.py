"""Writing a folder of assets: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from creator.errors import SaveError, UsageError


def check_folder(folder: Path, sources: Sequence[Path], *, replace: bool) -> None:
    """Refuse, before any work, a folder that stands already or that lies in a source or holds one.

    With ``replace`` an empty folder and one that holds head assets may give way, nothing else. Raises
    :class:`UsageError`.
    """
    target = folder.resolve()
    for source in (path.resolve() for path in sources):
        if target.is_relative_to(source) or source.is_relative_to(target):
            raise UsageError(f"'{folder}' cannot be written: it holds the source '{source}', or lies inside it")
    if not (folder.exists() or folder.is_symlink()):
        return
    if not replace:
        raise UsageError(f"'{folder}' exists already; choose another folder, or use --replace")
    if not folder.is_dir() or folder.is_symlink():
        raise UsageError(f"'{folder}' is not a folder; choose another")
    if any(folder.iterdir()) and not (folder / "base.npz").is_file():
        raise UsageError(f"'{folder}' holds something other than head assets; --replace will not remove it")


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Make ``folder`` hold exactly ``files`` (relative path -> content); an older folder gives way at the very end.

    Everything is written beside it first. On any failure what stood there before still stands. Raises
    :class:`SaveError`.
    """
    target = folder.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent))
    except OSError as error:
        raise SaveError(f"cannot write beside '{folder}': {error.strerror or error}") from error
    fresh, old = work / "fresh", work / "old"
    try:
        for name, content in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        if target.exists():
            os.replace(target, old)
        try:
            os.replace(fresh, target)
        except BaseException:
            if old.exists():
                os.replace(old, target)
            raise
    except OSError as error:
        raise SaveError(f"cannot write '{folder}': {error.strerror or error}") from error
    finally:
        if target.exists() or not old.exists():
            with contextlib.suppress(OSError):
                shutil.rmtree(work)
