"""All that works on the session beside attributes and picture: files, library, autosave, history, cast sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QWidget

from creator import paths
from creator.errors import CreatorError
from creator.library import LibraryEntry
from creator.ui.autosave import Autosave
from creator.ui.cast_report import CastReport
from creator.ui.cast_sheet import CastSheet
from creator.ui.character_files import CharacterFiles
from creator.ui.coverage_window import CoverageWindow
from creator.ui.error_text import error_text
from creator.ui.history_panel import HistoryPanel
from creator.ui.language import tr
from creator.ui.library_panel import LibraryPanel
from creator.ui.library_store import LibraryStore
from creator.ui.linked_game_sync import LinkedGameSync
from creator.ui.portrait_export import PortraitExport
from creator.ui.recovery_offer import offer_lost_changes
from creator.ui.session import Session
from creator.ui.thumbnails import Thumbnails

if TYPE_CHECKING:
    from creator.ui.main_window import MainWindow


_LONG_IMPORT = 20  # files: more take longer than a blink


class Workspace(QObject):
    """Made once, when the model is known. Its parts know the session and each other, not the window."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window = window
        renderer, questions = window.renderer, window.questions
        self.session = session
        self.store = LibraryStore(session, window.settings.library_folder, session.schema, self)
        self.thumbnails = Thumbnails(renderer, session.schema, paths.user_cache_folder() / "thumbnails", self)
        self.files = CharacterFiles(session, self.store, renderer, questions, self)
        self.linked = LinkedGameSync(renderer, self)
        self.export = PortraitExport(session, renderer, questions, self)
        self.autosave = Autosave(session, parent=self)
        self.library = LibraryPanel(self.store, self.thumbnails)
        self.history = HistoryPanel(session)
        self._cast: CastSheet | None = None
        self._report: CastReport | None = None
        self._coverage: CoverageWindow | None = None
        self._importing = False
        self._connect()
        self._add_page("library", tr("Library"), "Ctrl+L", self.library)
        self._add_page("history", tr("History"), "Ctrl+H", self.history)

    def _connect(self) -> None:
        window, view = self._window, self._window.view
        self.files.said.connect(window.say)
        self.files.noticed.connect(view.show_message)
        self.files.saved.connect(self.linked.follow)
        self.export.follow_wanted.connect(
            lambda choice: self.linked.link(choice.folder, choice.preset, self.session.path)
        )
        self.linked.said.connect(window.say)
        self.linked.noticed.connect(view.show_message)
        self.export.began.connect(lambda text: window.statusBar().showMessage(text))
        self.export.said.connect(window.say)
        self.export.done.connect(self._show_repeatable)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.applicationStateChanged.connect(self._show_repeatable)  # folders come and go
        self.autosave.failed.connect(
            lambda reason: self._complain(
                tr("Unsaved changes are not safe from a crash: {reason}").format(reason=reason)
            )
        )
        self.library.open_requested.connect(self.files.open)
        self.library.failed.connect(self._complain)
        self.library.folder_requested.connect(self._choose_folder)
        self.library.cast_requested.connect(self.show_cast)
        self.library.report_requested.connect(self.show_report)
        self.store.taken_away.connect(self._on_taken_away)
        self.store.importing.connect(self._on_importing)
        self.store.imported.connect(lambda _added, _failed: self._on_imported())
        actions, session = window.actions_, self.session
        wired: tuple[tuple[QAction, Callable[[], object]], ...] = (
            (actions.new_person, lambda: session.new_person(keep=window.panel.marks.locked)),
            (actions.new_seed, session.set_seed),
            (actions.undo, session.undo),
            (actions.redo, session.redo),
            (actions.open, self.files.open_other),
            (actions.save, self.files.save),
            (actions.save_as, self.files.save_as),
            (actions.export, self.export.export),
            (actions.export_again, self.export.repeat),
            (actions.coverage, self.show_coverage),
            (actions.cast_report, self.show_report),
            (actions.cast_sheet, self.show_cast),
        )
        for action, act in wired:
            action.triggered.connect(window.finish_typing)
            action.triggered.connect(lambda _checked=False, do=act: do())

    def _add_page(self, name: str, title: str, keys: str, page: QWidget) -> None:
        side = self._window.side
        side.add_page(name, title, page)
        action = self._window.actions_.add_page(name, title, keys)
        action.triggered.connect(lambda shown: side.show_page(name if shown else ""))
        side.page_changed.connect(lambda shown: action.setChecked(shown == name))

    def _show_repeatable(self) -> None:
        self._window.actions_.show_repeatable(self.export.last_folder, self.export.obstacle)

    def begin(self) -> None:
        """List the library and offer what an earlier window could not save."""
        self._show_repeatable()
        self.store.refresh()
        self.thumbnails.tidy()
        offer_lost_changes(self.session, self.autosave, self._window.view.message, self.files.may_leave)

    def use_library(self, folder: Path) -> None:
        if folder != self.store.folder:
            self._window.settings.change(library_folder=str(folder))
            self.store.use_folder(folder)

    def close(self) -> None:
        """The session ended as it should."""
        if self._cast is not None:
            self._cast.close()
        if self._report is not None:
            self._report.close()
        if self._coverage is not None:
            self._coverage.close()
        self.autosave.close()
        self.store.close()

    def show_cast(self) -> CastSheet:
        """The cast sheet, in a window of its own."""
        if self._cast is None:
            self._cast = CastSheet(self.store, self.thumbnails, self._window.renderer, self._window)
            self._cast.open_requested.connect(self.files.open)
            self._cast.report_requested.connect(self.show_report)
        self._cast.show()
        self._cast.raise_()
        self._cast.activateWindow()
        return self._cast

    def show_report(self, entries: Sequence[LibraryEntry] | None = None) -> CastReport:
        """Who is among ``entries`` (None: in the whole library), in a window of its own."""
        if self._report is None:
            self._report = CastReport(self.store, self._window.questions, self._window)
        self._report.begin(entries)
        self._report.show()
        self._report.raise_()
        self._report.activateWindow()
        return self._report

    def show_coverage(self) -> CoverageWindow:
        """Which portraits a game's scripts use, in a window of its own."""
        if self._coverage is None:
            self._coverage = CoverageWindow(self._window.renderer, lambda: self.store.folder, self._window)
        self._coverage.show()
        self._coverage.raise_()
        self._coverage.activateWindow()
        self._coverage.begin()
        return self._coverage

    def _choose_folder(self) -> None:
        folder = self._window.questions.library_folder(self.store.folder)
        if folder is not None:
            self.use_library(folder)

    def _on_taken_away(self, name: str) -> None:
        text = tr("{name} is in the trash.").format(name=name)
        self._window.view.message.ask(text, {tr("Put back"): self._put_back})

    def _on_importing(self, number: int, count: int) -> None:
        if count < _LONG_IMPORT:
            return
        bar, text = self._window.view.message, tr("Importing… {number} of {count}").format(number=number, count=count)
        if self._importing and bar.isVisible():
            bar.go_on_saying(text)
        else:
            bar.ask(text, {tr("Stop"): self.store.stop_importing})
        self._importing = True

    def _on_imported(self) -> None:
        if self._importing:
            self._window.view.message.hide()
        self._importing = False

    def _put_back(self) -> None:
        try:
            self.store.put_back()
        except CreatorError as error:
            self._complain(error_text(error))

    def _complain(self, text: str) -> None:
        self._window.view.show_message(text, is_error=True)
