"""The library as the window knows it: a folder that is listed in a thread of its own, and what can be done to it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFile, QFileSystemWatcher, QObject, QTimer, Signal

from creator.attributes import AttributeSchema
from creator.character import MAXIMUM_FILE_BYTES, Character, read_limited
from creator.errors import CreatorError, SaveError
from creator.library import Library, LibraryDetails, LibraryEntry, found
from creator.look_alikes import look_alikes
from creator.portrait_file import load_recipe
from creator.representation import Representation, represent
from creator.ui.error_text import error_text
from creator.ui.language import tr
from creator.ui.session import Session

_CHUNK = 40  # files read between two signals: about 10 ms
_MAXIMUM_COMPARED = 2000
_QUIET_MILLISECONDS = 300  # a folder that changes is listed when it has been quiet for so long

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class AlikePair:
    """Two characters that could be mistaken for each other."""

    first: LibraryEntry
    second: LibraryEntry
    distance: float


@dataclass(frozen=True, eq=False)
class _Count:
    """One request to count people; its identity tells it from later ones."""

    library: Library
    entries: tuple[LibraryEntry, ...] | None


class LibraryStore(QObject):
    """Lists ``library`` and does what the user wants with its files.

    ``listed``: :attr:`entries` are others. ``detailed``: names and tags of a list of entries became known.
    ``taken_away``: a file went to the trash, and :meth:`put_back` can undo it. ``look_alikes_found`` answers
    :meth:`find_look_alikes` with a list of :class:`AlikePair`. ``counting`` tells how many :meth:`count_people` has
    read, ``counted`` its :class:`Representation` (or why there is none) and how many files could not be read. Methods
    raise :class:`CreatorError`.
    """

    listed = Signal()
    detailed = Signal(object)
    taken_away = Signal(str)
    look_alikes_found = Signal(object)
    counting = Signal(int)
    counted = Signal(object, int)
    importing = Signal(int, int)
    imported = Signal(object, object)
    _found = Signal(object, object)
    _read = Signal(object, object)
    _count_done = Signal(object, object, int)

    def __init__(self, session: Session, folder: Path, schema: AttributeSchema, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.library = Library(folder, schema, tr)
        self.entries: tuple[LibraryEntry, ...] = ()
        self._details: dict[LibraryEntry, LibraryDetails] = {}
        self._trashed: tuple[Path, bytes] | None = None
        self._moved: dict[Path, Path] = {}
        self._closing = self._stop_importing = False
        self._count: _Count | None = None
        self._worker = ThreadPoolExecutor(1, "library")
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_folder_changed)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MILLISECONDS)
        self._quiet.timeout.connect(self.refresh)
        self._found.connect(self._on_found)
        self._read.connect(self._on_read)
        self._count_done.connect(self._on_counted)
        session.state_changed.connect(self._on_session_state)
        self._session_path = session.path

    # What is there

    @property
    def folder(self) -> Path:
        return self.library.folder

    def details(self, entry: LibraryEntry) -> LibraryDetails:
        """Name and tags; until the file has been read, the file's name."""
        return self._details.get(entry) or self.library.unread_details(entry)

    def is_read(self) -> bool:
        """Whether every file has been read, so that a search sees all names and tags."""
        return all(entry in self._details for entry in self.entries)

    def found(self, search: str) -> list[LibraryEntry]:
        """The entries that ``search`` fits (see :func:`creator.library.found`)."""
        if not search:
            return list(self.entries)
        return found(search, ((entry, self.details(entry)) for entry in self.entries))

    def tags(self) -> list[str]:
        """All tags in use, sorted."""
        return sorted({tag for details in self._details.values() for tag in details.tags}, key=str.casefold)

    def present_path(self, path: Path) -> Path:
        """Where a file of the library is now, if it was renamed here."""
        while path in self._moved and not path.exists():
            path = self._moved[path]
        return path

    def is_open(self, entry: LibraryEntry) -> bool:
        return self.session.path is not None and _same(self.session.path, entry.path)

    # Listing

    def refresh(self) -> None:
        """List the folder again, in the background."""
        if not self._closing:
            self._worker.submit(self._list, self.library, dict(self._details))

    def use_folder(self, folder: Path) -> None:
        """Show another folder."""
        self.library = Library(folder, self.library.schema, tr)
        self.entries, self._details = (), {}
        self.listed.emit()
        self.refresh()

    def close(self) -> None:
        self._closing = True
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _list(self, library: Library, known: dict[LibraryEntry, LibraryDetails]) -> None:
        entries = library.entries()
        self._found.emit(library, entries)
        unread = [entry for entry in entries if entry not in known]
        for start in range(0, len(unread), _CHUNK):
            if self._closing or library is not self.library:
                return
            chunk = unread[start : start + _CHUNK]
            self._read.emit(library, {entry: library.details(entry) for entry in chunk})

    def find_look_alikes(self) -> None:
        """Compare all characters with each other, in the background."""
        if not self._closing:
            self._worker.submit(self._compare, self.library, self.entries)

    def _compare(self, library: Library, entries: tuple[LibraryEntry, ...]) -> None:
        characters, known = [], []
        for entry in entries[:_MAXIMUM_COMPARED]:
            if self._closing:
                return
            try:
                characters.append(library.read(entry.path).character)
                known.append(entry)
            except CreatorError:
                continue  # the list says what is wrong with it
        pairs = look_alikes(characters, library.schema)
        self.look_alikes_found.emit([AlikePair(known[p.first], known[p.second], p.distance) for p in pairs])

    def count_people(self, entries: Sequence[LibraryEntry] | None = None) -> None:
        """Count who is in ``entries`` (None: in the whole library, listed anew), in the background; the newest wins."""
        if not self._closing:
            self._count = _Count(self.library, None if entries is None else tuple(entries))
            self._worker.submit(self._read_and_count, self._count)

    def stop_counting(self) -> None:
        self._count = None

    def _read_and_count(self, count: _Count) -> None:
        library, unread = count.library, 0

        def people() -> Iterator[Character]:
            nonlocal unread
            for number, entry in enumerate(library.entries() if count.entries is None else count.entries):
                if self._closing or self._count is not count:
                    return
                if number % _CHUNK == 0:
                    self.counting.emit(number)
                try:
                    yield library.read(entry.path).character
                except CreatorError:
                    unread += 1

        try:
            found: Representation | str = represent(people(), library.schema, tr)
        except CreatorError as error:
            found = error_text(error)
        self._count_done.emit(count, found, unread)

    def _on_counted(self, count: _Count, found: Representation | str, unread: int) -> None:
        if count is self._count:  # nobody waits for another one's
            self._count = None
            self.counted.emit(found, unread)

    def _on_found(self, library: Library, entries: tuple[LibraryEntry, ...]) -> None:
        if library is not self.library:
            return
        folders = {str(entry.path.parent) for entry in entries} | {str(library.folder)}
        watched = set(self._watcher.directories())
        if watched - folders:
            self._watcher.removePaths(list(watched - folders))
        new = [folder for folder in folders - watched if Path(folder).is_dir()]
        if new:
            self._watcher.addPaths(new)
        if entries == self.entries:
            return
        self.entries = entries
        present = set(entries)
        self._details = {entry: details for entry, details in self._details.items() if entry in present}
        self.listed.emit()

    def _on_read(self, library: Library, details: dict[LibraryEntry, LibraryDetails]) -> None:
        if library is self.library:
            self._details.update(details)
            self.detailed.emit(list(details))

    def _on_folder_changed(self, folder: str) -> None:
        self._quiet.start()

    def _on_session_state(self) -> None:
        if self.session.path != self._session_path or (self.session.path and self.session.is_saved):
            self._session_path = self.session.path
            self._quiet.start()

    # Changing

    def add(self, character: Character, name: str = "") -> Path:
        """A new file for ``character``."""
        return self._changed(self.library.add(character, name))

    def import_files(self, paths: Sequence[Path]) -> None:
        """Copy the characters in recipes and portraits into the library, in the background.

        ``importing`` tells how many of how many are done, ``imported`` in the end the new files, and what failed.
        """
        self._stop_importing = False
        self._worker.submit(self._import, self.library, tuple(paths))

    def stop_importing(self) -> None:
        """What was imported until now stays."""
        self._stop_importing = True

    def _import(self, library: Library, paths: tuple[Path, ...]) -> None:
        added, failed = [], []
        for number, path in enumerate(paths):
            if self._closing or self._stop_importing:
                break
            self.importing.emit(number, len(paths))
            try:
                character = load_recipe(path, library.schema).character
                added.append(library.add(character, character.name or path.name.partition(".")[0]))
            except CreatorError as error:
                failed.append(error_text(error))
        self.imported.emit(added, failed)
        self._list(library, dict(self._details))

    def rename(self, entry: LibraryEntry, name: str) -> Path:
        is_open = self.is_open(entry)
        path = self.library.rename(entry.path, name)
        self._moved[entry.path] = path
        if is_open:
            self.session.follow_file(path, name.strip(), self.details(entry).tags)
        return self._changed(path)

    def duplicate(self, entry: LibraryEntry) -> Path:
        return self._changed(self.library.duplicate(entry.path))

    def set_tags(self, entry: LibraryEntry, tags: Iterable[str]) -> None:
        kept = tuple(tags)
        self.library.set_tags(entry.path, kept)
        if self.is_open(entry):
            self.session.follow_file(entry.path, self.session.character.name, kept)
        self._changed(entry.path)

    def trash(self, entry: LibraryEntry) -> None:
        """Move the file to the system's trash. Raises :class:`SaveError`; the file is then where it was."""
        content = read_limited(entry.path)
        if len(content) > MAXIMUM_FILE_BYTES or not QFile.moveToTrash(str(entry.path)):
            raise SaveError(
                f"cannot move '{entry.path}' to the trash: this system has none for that folder; delete it by hand"
            )
        self._trashed = (entry.path, content)
        if self.is_open(entry):
            self.session.lose_file()
        self._changed(entry.path)
        self.taken_away.emit(self.details(entry).name)

    def put_back(self) -> Path | None:
        """Undo the last :meth:`trash`."""
        if self._trashed is None:
            return None
        path, content = self._trashed
        self.library.put_back(path, content)
        self._trashed = None
        return self._changed(path)

    def _changed(self, path: Path) -> Path:
        self.refresh()
        return path


def _same(first: Path, second: Path) -> bool:
    return first == second or first.resolve() == second.resolve()
