"""Asset folders: arrays and pictures as bytes, and the folder written whole or not at all."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from creator.errors import AssetError, SaveError, UsageError

LARGEST_TEXTURE = 2048
MAXIMUM_PIXELS = 8192 * 8192
_EIGHT_BIT_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA")

Arrays = dict[str, NDArray[Any]]


def encode_arrays(arrays: Arrays) -> bytes:
    """A compressed ``.npz``; the same arrays give the same bytes."""
    stream = io.BytesIO()
    np.savez_compressed(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def encode_picture(name: str, data: bytes, quality: int) -> tuple[bytes, tuple[int, int]]:
    """A PNG, JPEG or WebP file as lossy WebP (``quality`` 0 to 100), with its width and height.

    Alpha is kept; what is larger than :data:`LARGEST_TEXTURE` is reduced. Raises :class:`AssetError` with ``name``
    for pictures that are damaged, have over :data:`MAXIMUM_PIXELS` pixels, or more than 8 bits a channel.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP"))
        with picture:
            if picture.width * picture.height > MAXIMUM_PIXELS:
                raise AssetError(f"'{name}' has {picture.width} x {picture.height} pixels, more than 8192 x 8192")
            if picture.mode not in _EIGHT_BIT_MODES:
                raise AssetError(f"'{name}' has pixels of kind '{picture.mode}'; save it with 8 bits a channel")
            alpha = picture.mode in ("LA", "PA", "RGBA") or "transparency" in picture.info
            converted = picture.convert("RGBA" if alpha else "RGB")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise AssetError(f"'{name}' has more than 8192 x 8192 pixels") from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise AssetError(f"'{name}' is not a PNG, JPEG or WebP picture that can be read") from error
    if max(converted.size) > LARGEST_TEXTURE:
        converted.thumbnail((LARGEST_TEXTURE, LARGEST_TEXTURE), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    converted.save(stream, "WEBP", quality=quality, method=4)
    return stream.getvalue(), converted.size


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
