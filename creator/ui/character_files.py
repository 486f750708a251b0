"""Opening, looking into, saving and importing characters, with the questions that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from creator.character import FILE_ENDING
from creator.errors import CreatorError
from creator.inspection import inspect
from creator.library import file_stem
from creator.portrait_file import PORTRAIT_ENDING
from creator.ui.error_text import error_text
from creator.ui.inspect_dialog import InspectChoice
from creator.ui.language import tr
from creator.ui.library_store import LibraryStore
from creator.ui.preview_renderer import PreviewRenderer
from creator.ui.questions import Answer, Questions
from creator.ui.session import Session

_SHOWN_FAILURES = 8


class CharacterFiles(QObject):
    """``said`` carries what was done, ``noticed`` what the user should know and may copy, ``saved`` a file's path."""

    said = Signal(str)
    saved = Signal(object)
    noticed = Signal(str)

    def __init__(
        self,
        session: Session,
        store: LibraryStore,
        renderer: PreviewRenderer,
        questions: Questions,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._store = store
        self._renderer = renderer
        self._questions = questions
        store.imported.connect(self._on_imported)

    def may_leave(self) -> bool:
        """Whether the present character may be given up; asks when it has unsaved changes."""
        if self._session.is_saved:
            return True
        answer = self._questions.unsaved_changes()
        return self.save() if answer is Answer.SAVE else answer is Answer.DISCARD

    def open_other(self) -> None:
        """Ask about unsaved changes, then for a file; a portrait is looked into first."""
        if not self.may_leave():
            return
        path = self._questions.open_path(self._folder())
        if path is None:
            return
        if path.suffix.lower() == PORTRAIT_ENDING:
            self.look_into(path)
        else:
            self._open(path)

    def open(self, path: Path) -> None:
        """Go on with the character of a file; ask first about unsaved changes."""
        if self.may_leave():
            self._open(path)

    def _open(self, path: Path) -> None:
        try:
            notices = self._session.open(path)
        except CreatorError as error:
            self._questions.tell(tr("The character could not be opened"), error_text(error))
            return
        if notices:
            self.noticed.emit("\n".join(map(error_text, notices)))
        self.said.emit(tr("Opened {file}").format(file=path.name))

    def look_into(self, path: Path) -> None:
        """Show what a recipe or portrait holds, then do what the user wants with it."""
        session = self._session
        try:
            found = inspect(path, session.schema)
        except CreatorError as error:
            self._questions.tell(tr("The character could not be opened"), error_text(error))
            return
        choice = self._questions.inspect(found, session.character, session.schema, self._renderer)
        character = found.loaded.character
        if choice is InspectChoice.OPEN and self.may_leave():
            session.begin(found.loaded, None if found.picture is not None else path)
            self.said.emit(tr("Opened {file}").format(file=path.name))
        elif choice is InspectChoice.APPLY:
            same_person = character.with_name(session.character.name).with_tags(session.character.tags)
            session.apply(same_person, tr("Attributes of {file}").format(file=path.name))
        elif choice is InspectChoice.ADD:
            self.import_files([path])

    def import_files(self, paths: Sequence[Path]) -> None:
        """Copy recipes and the characters in portraits into the library, in the background."""
        self._store.import_files(paths)

    def _on_imported(self, added: list[Path], failed: list[str]) -> None:
        if failed:
            more = [f"… {len(failed) - _SHOWN_FAILURES}"] if len(failed) > _SHOWN_FAILURES else []
            self.noticed.emit("\n".join(failed[:_SHOWN_FAILURES] + more))
        if added:
            self.said.emit(tr("%n character(s) added to the library", "", len(added)))

    def drop(self, paths: Sequence[Path]) -> None:
        """Files were dropped on the window: one is looked into, several go into the library."""
        if len(paths) == 1:
            self.look_into(paths[0])
        else:
            self.import_files(paths)

    def save(self) -> bool:
        """Save to the character's file, or ask for one; return whether it is saved."""
        return self._save_to(self._session.path) if self._session.path else self.save_as()

    def save_as(self) -> bool:
        suggestion = self._session.path
        if suggestion is None:
            name = file_stem(self._session.character.name)
            suggestion = self._store.library.free_path(name) if self._made_library() else Path(name + FILE_ENDING)
        path = self._questions.save_path(suggestion)
        return path is not None and self._save_to(path)

    def _save_to(self, path: Path) -> bool:
        try:
            self._session.save(path)
        except CreatorError as error:
            self._questions.tell(tr("The character was not saved"), error_text(error))
            return False
        self.said.emit(tr("Saved {file}").format(file=path.name))
        self.saved.emit(path)
        return True

    def _made_library(self) -> bool:
        """Make the library's folder, where the first character is to be saved."""
        try:
            self._store.folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return False
        return True

    def _folder(self) -> Path:
        path = self._session.path
        return path.parent if path else self._store.folder
