"""Saving a character brings its linked games up to date, picture by picture, while nothing else wants the renderer."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from creator.errors import CreatorError
from creator.export.job import ExportEvent, FileDone, PictureRendered
from creator.export.link_file import LinkTarget, save_link, with_target
from creator.export.linked_folder import check_link, sync_link, target_of
from creator.export.linked_games import games_of, remember_game
from creator.export.presets import Preset, load_presets
from creator.generator import PortraitRenderer
from creator.ui.error_text import error_text
from creator.ui.language import tr
from creator.ui.preview_renderer import BackgroundResult, BackgroundTask, PreviewRenderer

_CLIENT = "linked games"
_SHOWN_FILES = 3


@dataclass(eq=False)
class _Sync:
    """A game on its way; in the worker's hands between a task and its result."""

    game: Path
    events: Iterator[tuple[LinkTarget, ExportEvent]] | None = None
    files: list[FileDone] = field(default_factory=list)

    def step(self, renderer: PortraitRenderer) -> bool:
        """Go on to the next picture; return whether all is done."""
        if self.events is None:
            self.events = sync_link(check_link(self.game, renderer.manifest, load_presets()), renderer)
        for _, event in self.events:
            if isinstance(event, FileDone):
                self.files.append(event)
            elif isinstance(event, PictureRendered):
                return False
        return True


class LinkedGameSync(QObject):
    """``said`` carries what was written, ``noticed`` what went wrong."""

    said = Signal(str)
    noticed = Signal(str)

    def __init__(self, renderer: PreviewRenderer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._renderer = renderer
        self._waiting: deque[Path] = deque()
        self._present: _Sync | None = None
        renderer.background_done.connect(self._on_step)

    def follow(self, path: Path) -> None:
        """A character was saved at ``path``: bring the games that are linked with it up to date."""
        self._waiting.extend(game for game in games_of(path) if game not in self._waiting)
        if self._present is None:
            self._begin_next()

    def link(self, folder: Path, preset: Preset, path: Path | None) -> None:
        """From now on, saving the character in the file ``path`` writes it into ``folder`` with ``preset``."""
        if path is None:
            self.noticed.emit(tr("Only a saved character can be followed: save it, and export it again."))
            return
        try:
            target = target_of(folder, [path], preset, load_presets().find(preset.name))
            save_link(folder, with_target(folder, target))
            remember_game(folder)
        except CreatorError as error:
            self.noticed.emit(error_text(error))
            return
        self.said.emit(tr("{game} follows this character from now on").format(game=folder.name))
        self.follow(path)

    def _begin_next(self) -> None:
        self._present = _Sync(self._waiting.popleft()) if self._waiting else None
        self._ask()

    def _ask(self) -> None:
        if self._present is not None:
            self._renderer.set_background(_CLIENT, [BackgroundTask(self._present.game, self._present.step)])

    def _on_step(self, result: BackgroundResult) -> None:
        sync = self._present
        if result.client != _CLIENT or sync is None:
            return
        if result.error:
            self.noticed.emit(tr("{game} was not updated: {reason}").format(game=sync.game.name, reason=result.error))
        elif not result.value:
            self._ask()
            return
        else:
            self._tell(sync)
        self._begin_next()

    def _tell(self, sync: _Sync) -> None:
        written = [file.path.rpartition("/")[2] for file in sync.files if file.state in ("new", "changed")]
        if written:
            names = ", ".join(written[:_SHOWN_FILES]) + ("…" if len(written) > _SHOWN_FILES else "")
            told = tr("%n file(s) written in {game}: {names}", "", len(written))
            self.said.emit(told.format(game=sync.game.name, names=names))
