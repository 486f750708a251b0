"""Files into a folder: nothing outside it, nothing half written, nothing rewritten that has not changed."""

from __future__ import annotations

import contextlib
import io
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from PIL import Image, ImageChops

from creator.atomic_write import is_temporary, write_atomically
from creator.errors import SaveError, ScriptError
from creator.export.portrait_set import ExportFile
from creator.wording import one_line

FileState = Literal["new", "changed", "unchanged", "skipped"]

_PICTURES: Mapping[str, str] = {".png": "PNG", ".webp": "WEBP", ".jpg": "JPEG"}
_METADATA = ("facewright", "xmp", "XML:com.adobe.xmp", "exif", "icc_profile")
_OF_THE_ENGINES = (".import", ".meta", ".uid")
_MAXIMUM_COMPARED_BYTES = 256 << 20
_LEFT_BEHIND_SECONDS = 60.0
_MAXIMUM_SWEPT = 200_000  # files: a second


def make_folder(folder: Path) -> None:
    """Make the export's folder where there is none. Raises :class:`SaveError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise SaveError(f"cannot write into '{folder}': it is not a folder") from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise SaveError(f"cannot make the folder '{folder}': {reason}") from error


def checked_path(folder: Path, path: str) -> Path:
    """``folder`` and the relative ``path`` ("/" between folders) joined; the disk is not looked at.

    Raises :class:`SaveError` for a path that leaves the folder or that belongs to an engine.
    """
    parts = path.split("/")
    if any(part in ("", ".", "..") or "\\" in part or ":" in part or not part.isprintable() for part in parts):
        raise SaveError(f"'{one_line(path, 120)}' is no path for an export; it must stay inside '{folder}'")
    if parts[-1].lower().endswith(_OF_THE_ENGINES):
        raise SaveError(f"'{one_line(path, 120)}' belongs to the engine, which makes it; an export never writes it")
    return folder.joinpath(*parts)


def place_in(folder: Path, path: str) -> Path:
    """Like :func:`checked_path`, and links on the disk do not lead out of the folder either (:class:`SaveError`)."""
    target = checked_path(folder, path)
    try:
        inside = target.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError) as error:  # a ring of links
        raise SaveError(f"cannot write '{target}': {one_line(error, 120)}") from error
    if not inside:
        raise SaveError(f"cannot write '{target}': a link there leads out of '{folder}'")
    return target


def exists(path: Path) -> bool:
    """Whether something is there; a name that the file system cannot have is not."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def put(folder: Path, file: ExportFile, dry_run: bool = False, keep: bool = False) -> FileState:
    """Make ``file`` exist in ``folder`` and say what that meant; with ``dry_run`` only say it.

    A picture whose pixels are already there is not written again; with ``keep`` nothing that is there is. Raises
    :class:`SaveError`; then what stood there before is untouched.
    """
    target = place_in(folder, file.path)
    if keep and exists(target):
        return "skipped"
    data = file.content()
    try:
        known = target.is_file()
        if known and file.merged is not None:
            data = _merged(target, data, file.merged)
        state: FileState = ("unchanged" if _is_same(target, data) else "changed") if known else "new"
        if state == "unchanged" or dry_run:
            return state
        if not folder.is_dir():
            raise SaveError(f"cannot write '{target}': the folder '{folder}' is no longer there")
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveError(f"cannot write '{target}': {error.strerror or error}") from error
    write_atomically(target, data)
    return state


def _merged(path: Path, data: bytes, join: Callable[[bytes, bytes], bytes]) -> bytes:
    try:
        with path.open("rb") as stream:
            return join(stream.read(_MAXIMUM_COMPARED_BYTES), data)
    except ScriptError as error:
        raise SaveError(f"cannot add to '{path}': {error}; move it away, and it is made anew") from error


def sweep(folder: Path) -> None:
    """Remove what killed exports left below ``folder``, whatever they wrote: our temporary files older than a minute.

    Newer ones may belong to an export that is under way. Hidden folders are passed over, links not followed, and in a
    very large folder only a part is looked at. Nothing is said about what cannot be removed.
    """
    oldest, seen = time.time() - _LEFT_BEHIND_SECONDS, 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in filter(is_temporary, names):
            path = os.path.join(place, name)
            with contextlib.suppress(OSError):
                if os.lstat(path).st_mtime < oldest:
                    os.unlink(path)
        seen += len(names)
        if seen > _MAXIMUM_SWEPT:
            return


def _is_same(path: Path, data: bytes) -> bool:
    """Whether the file at ``path`` holds ``data`` or, for a picture, the same pixels with as much metadata."""
    if path.stat().st_size > _MAXIMUM_COMPARED_BYTES:
        return False
    present = path.read_bytes()
    if present == data:
        return True
    kind = _PICTURES.get(path.suffix.lower())
    if kind is None:
        return False
    try:
        with (
            Image.open(io.BytesIO(present), formats=(kind,)) as old,
            Image.open(io.BytesIO(data), formats=(kind,)) as new,
        ):
            alike = (old.size, old.mode) == (new.size, new.mode) and all(
                (key in old.info) == (key in new.info) for key in _METADATA
            )
            return alike and ImageChops.difference(old, new).getbbox(alpha_only=False) is None
    except Exception:  # a damaged picture fails in many ways inside Pillow, and is simply replaced
        return False
