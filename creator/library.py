"""A folder of characters. Its ``.face.json`` files are the only truth: nothing else has to be kept or mended."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from creator.atomic_write import write_atomically
from creator.attributes import AttributeSchema
from creator.character import FILE_ENDING, Character, LoadedCharacter, load_character, save_character
from creator.description import Translate, describe
from creator.errors import CreatorError, SaveError
from creator.wording import one_line

MAXIMUM_ENTRIES = 20_000
"""More files than this are not listed: somebody has chosen a folder that is no library."""

_MAXIMUM_DEPTH = 6
_MAXIMUM_STEM = 80
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # no file names on Windows


@dataclass(frozen=True)
class LibraryEntry:
    """One file of the library, as the folder lists it. Equal when the file has not been written since."""

    path: Path
    modified_ns: int
    size: int

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return self.path.name.removesuffix(FILE_ENDING)


@dataclass(frozen=True)
class LibraryDetails:
    """What the list shows of one character. ``problem``: why its file cannot be used, or empty.

    ``searched``: the texts that a search looks into, in lower case: name, tags and path; ``described``: the portrait in
    words, which a search falls back on.
    """

    name: str
    tags: tuple[str, ...] = ()
    problem: str = ""
    searched: str = ""
    described: str = ""


class Library:
    """Lists, adds, renames and duplicates the characters below ``folder``. Every file is written in one step.

    ``tr`` translates the descriptions that are searched, see :func:`creator.description.describe`.
    """

    def __init__(self, folder: Path, schema: AttributeSchema, tr: Translate = str) -> None:
        self.folder = folder
        self.schema = schema
        self._tr = tr

    def entries(self) -> tuple[LibraryEntry, ...]:
        """The files, sorted as people sort names ("Guard 9" before "Guard 10"). A missing folder has none.

        Hidden folders and links to folders are left out.
        """
        found: list[LibraryEntry] = []
        self._list(self.folder, 0, found)
        return tuple(sorted(found, key=lambda entry: (natural_key(entry.stem), str(entry.path))))

    def _list(self, folder: Path, depth: int, found: list[LibraryEntry]) -> None:
        try:
            with os.scandir(folder) as items:
                for item in items:
                    if len(found) >= MAXIMUM_ENTRIES:
                        return
                    if item.name.startswith("."):
                        continue
                    if item.is_dir(follow_symlinks=False) and depth < _MAXIMUM_DEPTH:
                        self._list(Path(item.path), depth + 1, found)
                    elif item.name.endswith(FILE_ENDING) and item.is_file():
                        facts = item.stat()
                        found.append(LibraryEntry(Path(item.path), facts.st_mtime_ns, facts.st_size))
        except OSError:
            return  # a folder that goes away meanwhile has no files

    def read(self, path: Path) -> LoadedCharacter:
        """Raises :class:`CharacterFileError`."""
        return load_character(path, self.schema)

    def details(self, entry: LibraryEntry) -> LibraryDetails:
        """Read what the list shows; a file that cannot be used is told, not raised."""
        unread = self.unread_details(entry)
        try:
            character = self.read(entry.path).character
        except CreatorError as error:
            return replace(unread, problem=str(error))
        name = character.name or entry.stem
        words = [unread.searched, name.casefold(), *(f"#{tag.casefold()}" for tag in character.tags)]
        described = describe(character, self.schema, self._tr).casefold()
        return LibraryDetails(name, character.tags, "", "\n".join(words), described)

    def unread_details(self, entry: LibraryEntry) -> LibraryDetails:
        """What the path alone tells."""
        below = str(entry.path).removeprefix(str(self.folder)).removesuffix(FILE_ENDING)
        return LibraryDetails(entry.stem, searched=below.casefold())

    def add(self, character: Character, name: str = "") -> Path:
        """Write a new file named after ``name`` (or the character) and return its path; no file is ever replaced.

        Raises :class:`SaveError`.
        """
        self._make_folder()
        path = self.free_path(name or character.name)
        save_character(character, path)
        return path

    def free_path(self, name: str, folder: Path | None = None) -> Path:
        """A path in ``folder`` (by default the library's own) that no file has, as close to ``name`` as it may be."""
        folder = folder or self.folder
        stem = file_stem(name)
        path, number = folder / f"{stem}{FILE_ENDING}", 2
        while path.exists() or path.is_symlink():
            path, number = folder / f"{stem} {number}{FILE_ENDING}", number + 1
        return path

    def rename(self, path: Path, name: str) -> Path:
        """Give the character another name, and its file a name to match; return the new path.

        Raises :class:`CharacterFileError` or :class:`SaveError`; the character is then whole under its old file name.
        """
        character = self.read(path).character.with_name(name.strip())
        save_character(character, path)
        if file_stem(name) == path.name.removesuffix(FILE_ENDING):
            return path
        target = self.free_path(name, path.parent)
        try:
            path.rename(target)
        except OSError as error:
            raise SaveError(f"cannot rename '{path}' to '{target.name}': {error.strerror or error}") from error
        return target

    def duplicate(self, path: Path) -> Path:
        """Write a copy beside ``path``, named with the next free number; return its path.

        Raises :class:`CharacterFileError` or :class:`SaveError`.
        """
        character = self.read(path).character
        target = self.free_path(character.name or path.name.removesuffix(FILE_ENDING), path.parent)
        if character.name:
            character = character.with_name(target.name.removesuffix(FILE_ENDING))
        save_character(character, target)
        return target

    def set_tags(self, path: Path, tags: Iterable[str]) -> None:
        """Raises :class:`CharacterFileError`, :class:`SaveError` or :class:`AttributeValueError`."""
        save_character(self.read(path).character.with_tags(tags), path)

    def put_back(self, path: Path, content: bytes) -> None:
        """Write a file again that was taken away; raises :class:`SaveError` if another one stands there now."""
        if path.exists():
            raise SaveError(f"cannot put '{path}' back: another file has its name now")
        self._make_folder()
        write_atomically(path, content)

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SaveError(f"cannot make the library's folder '{self.folder}': {error.strerror or error}") from error


def found(search: str, entries: Iterable[tuple[LibraryEntry, LibraryDetails]]) -> list[LibraryEntry]:
    """The entries in which every word of ``search`` occurs, in any case and in their order.

    Those with all words in the name, a tag or the path below the library's folder come first, then those where the
    portrait's description has the rest: "guard bob" finds guards with a bob. A word that begins with ``#`` finds tags.
    """
    words = search.casefold().split()
    named, described = [], []
    for entry, details in entries:
        missing = [word for word in words if word not in details.searched]
        if not missing:
            named.append(entry)
        elif all(word in details.described for word in missing):
            described.append(entry)
    return named + described


def file_stem(name: str) -> str:
    """``name`` as a file name that every system takes, without an ending; "character" when nothing is left."""
    kept = "".join(letter if letter.isalnum() or letter in " -_()'" else "-" for letter in one_line(name, 400))
    stem = re.sub(r"-{2,}", "-", kept).strip(" -")[:_MAXIMUM_STEM].strip(" -")
    while len(stem.encode()) > 2 * _MAXIMUM_STEM:  # file names are limited in bytes
        stem = stem[:-1]
    if _RESERVED.fullmatch(stem):
        stem = f"{stem}_"
    return stem or "character"


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts texts by their numbers' values and without regard to case."""
    parts = re.findall(r"[0-9]+|[^0-9]+", text)
    return tuple((0, int(p[:18]), "") if p[0].isascii() and p[0].isdigit() else (1, 0, p.casefold()) for p in parts)
