"""A folder of files from elsewhere, read with care: limits, no way out of the folder, errors with file and line."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from creator.errors import AssetError

MAXIMUM_FILE_BYTES = 64 * 2**20
MAXIMUM_FILES = 20_000
# Far beyond any body in decimetres, and still finite as float16.
LARGEST_NUMBER = 1e4
_POINTER_START = b"version https://git-lfs"


@dataclass(frozen=True)
class SourceText:
    """The lines of a text file, for parsers that name file and line when something is wrong."""

    name: str
    lines: Sequence[str]

    def error(self, line: int, problem: str) -> AssetError:
        """The error to raise for ``line``, counted from 1."""
        return AssetError(f"'{self.name}', line {line}: {problem}")


@dataclass(frozen=True)
class SourceFolder:
    """A folder that may be read. ``given`` is how the user wrote it, ``root`` where it really is."""

    given: Path
    root: Path

    @classmethod
    def open(cls, path: Path) -> SourceFolder:
        """Raises :class:`AssetError` where there is no such folder."""
        if not path.is_dir():
            raise AssetError(f"'{path}' is not a folder; give the folder of a MakeHuman checkout or of its assets")
        return cls(path, path.resolve())

    def relative(self, path: Path) -> str:
        """``path`` below the root, with slashes on every system."""
        return path.relative_to(self.root).as_posix()

    def shown(self, path: Path) -> str:
        """``path`` as the user would write it, fit for one line."""
        written = str(self.given / path.relative_to(self.root))
        return "".join(letter if letter.isprintable() else "?" for letter in written)

    def inside(self, folder: Path, written: str, said_by: str) -> Path:
        """The file that the text ``said_by`` calls ``written``, relative to ``folder``; never one outside the root."""
        try:
            found = Path(os.path.normpath(folder / written.replace("\\", "/")))
            escapes = not found.is_relative_to(self.root) or not found.resolve().is_relative_to(self.root)
        except (OSError, ValueError) as error:
            raise AssetError(f"'{said_by}' names {written!r}, which is not a file name") from error
        if escapes:
            raise AssetError(f"'{said_by}' names {written!r}, which is outside of '{self.given}'; it is not read")
        return found

    def files(self, folder: Path, ending: str, *, below: bool) -> list[Path]:
        """Files with that ending in ``folder``, and with ``below`` in its subfolders too, sorted by path."""
        found: list[Path] = []
        if not folder.is_dir():
            return found

        def refuse(error: OSError) -> None:
            raise AssetError(f"'{error.filename}' cannot be read: {error.strerror or error}") from error

        for place, folders, names in os.walk(folder, onerror=refuse):
            if not below:
                folders.clear()
            found += [Path(place, name) for name in names if name.lower().endswith(ending)]
            if len(found) > MAXIMUM_FILES:
                raise AssetError(f"'{self.shown(folder)}' holds more than {MAXIMUM_FILES} '{ending}' files")
        return sorted(found)

    def read_bytes(self, path: Path) -> bytes:
        """A file of at most :data:`MAXIMUM_FILE_BYTES`; git-lfs pointers and links that lead outside are refused."""
        name = self.shown(path)
        try:
            if not path.resolve(strict=True).is_relative_to(self.root):
                raise AssetError(f"'{name}' is a link that leads out of '{self.given}'; it is not read")
            if not path.is_file():
                raise AssetError(f"'{name}' is not a file")
            with path.open("rb") as stream:
                data = stream.read(MAXIMUM_FILE_BYTES + 1)
        except FileNotFoundError as error:
            raise AssetError(f"'{name}' is missing") from error
        except OSError as error:
            raise AssetError(f"'{name}' cannot be read: {error.strerror or error}") from error
        if len(data) > MAXIMUM_FILE_BYTES:
            raise AssetError(f"'{name}' is larger than {MAXIMUM_FILE_BYTES // 2**20} MiB")
        if data.startswith(_POINTER_START):
            raise AssetError(
                f"'{name}' is only a git-lfs pointer; run 'git lfs pull' in '{self.given}' to get the file"
            )
        return data

    def read_text(self, path: Path) -> SourceText:
        """The lines of a UTF-8 file."""
        data = self.read_bytes(path)
        try:
            return SourceText(self.shown(path), data.decode("utf-8-sig").splitlines())
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise AssetError(f"'{self.shown(path)}', line {line}: not UTF-8 text") from error


def words_of(text: SourceText) -> Iterator[tuple[int, list[str]]]:
    """Line number from 1 and words of each line that is neither empty nor a comment."""
    for number, line in enumerate(text.lines, 1):
        words = line.split()
        if words and not words[0].startswith("#"):
            yield number, words


def number_table(
    text: SourceText, lines: Sequence[int], rows: Sequence[Sequence[str]], columns: int
) -> NDArray[np.float64]:
    """Rows of words as (len(rows), columns) float64; ``lines`` holds the line number of each row.

    Raises :class:`AssetError` for a row of another length and for words that are no finite number of a sane size.
    """
    if any(len(row) != columns for row in rows):
        line, row = next((line, row) for line, row in zip(lines, rows, strict=True) if len(row) != columns)
        raise text.error(line, f"{len(row)} numbers where {columns} are expected")
    words = list(chain.from_iterable(rows))
    try:
        # float() would take the underscores of Python's own number literals.
        if "_" in "".join(words):
            raise ValueError
        table = np.fromiter(map(float, words), np.float64, len(words)).reshape(len(rows), columns)
        if (np.abs(table) <= LARGEST_NUMBER * 100).all():  # also false for nan
            return table
    except ValueError:
        pass
    wrong = next(index for index, word in enumerate(words) if not _is_number(word))
    raise text.error(lines[wrong // columns], f"{words[wrong][:40]!r} is not a number in range")


def _is_number(word: str) -> bool:
    try:
        return "_" not in word and abs(float(word)) <= LARGEST_NUMBER * 100
    except ValueError:
        return False


def coordinates(text: SourceText, lines: Sequence[int], table: NDArray[np.float64]) -> NDArray[np.float32]:
    """Lengths or weights (n, k) as float32, at most :data:`LARGEST_NUMBER` in size."""
    wrong = np.flatnonzero((np.abs(table) > LARGEST_NUMBER).any(1))
    if len(wrong):
        raise text.error(lines[wrong[0]], f"a number above {LARGEST_NUMBER:g} in size")
    return table.astype(np.float32)


def vertex_indices(text: SourceText, lines: Sequence[int], table: NDArray[np.float64], count: int) -> NDArray[np.int32]:
    """Indices below ``count`` as int32, in the shape of the 2-D ``table``, whose rows stand on ``lines``."""
    bad = (table < 0) | (table >= count) | (table != np.floor(table))
    wrong = np.flatnonzero(bad.any(1))
    if len(wrong):
        value = table[wrong[0]][bad[wrong[0]]][0]
        raise text.error(lines[wrong[0]], f"index {value:g}, but there are {count} vertices (0 to {count - 1})")
    return table.astype(np.int32)
