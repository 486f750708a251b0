"""Which portraits a game's scripts use, which of them are missing, and their export in one step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from creator.character import FILE_ENDING
from creator.export.coverage.cast_coverage import cast_coverage, covering_link, first_link, link_coverage
from creator.export.coverage.coverage_report import Coverage, CoveredPortrait
from creator.export.job import ExportEvent, FileDone, PictureRendered
from creator.export.link_file import LINK_FILE, LinkTarget, save_link
from creator.export.linked_folder import check_link, sync_link
from creator.export.linked_games import linked_games, remember_game
from creator.export.presets import load_presets
from creator.generator import PortraitRenderer
from creator.ui.language import tr
from creator.ui.preview_renderer import PreviewRenderer

_SHOWN_PLACES = 3
_SHOWN_OTHERS = 12


class CoverageWindow(QWidget):
    """A window of its own. Scripts are read and portraits drawn in the renderer's thread, one picture at a time.

    In a game without a link, the characters are those of the library's folder, which ``library`` tells; exporting links
    the game with the ones that are missing. ``covered`` ends a reading or an export, well or not.
    """

    covered = Signal()

    def __init__(self, renderer: PreviewRenderer, library: Callable[[], Path], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._renderer, self._library = renderer, library
        self._work: _Covering | None = None
        self.setWindowTitle(tr("Portraits that scripts use"))
        self.folder_line = QLineEdit()
        self.folder_line.setAccessibleName(tr("Folder of the game"))
        self.folder_line.setPlaceholderText(tr("A game with Ren'Py, Dialogic or Yarn scripts"))
        self.browse_button = QPushButton(tr("Browse…"))
        self.read_button = QPushButton(tr("Read the scripts"))
        self.summary = QLabel()
        self.summary.setObjectName("title")
        self.summary.setWordWrap(True)
        self.table = _table()
        self.notes = QLabel()
        self.notes.setObjectName("quiet")
        self.notes.setWordWrap(True)
        self.notes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.progress = QProgressBar()
        self.progress.hide()
        self.export_button = QPushButton()
        self.export_button.setObjectName("primary")
        self.stop_button = QPushButton(tr("Cancel"))
        self._build()
        self.browse_button.clicked.connect(self._browse)
        self.read_button.clicked.connect(self.read)
        self.folder_line.returnPressed.connect(self.read)
        self.export_button.clicked.connect(self.export_missing)
        self.stop_button.clicked.connect(self.cancel)
        self._show(None)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.folder_line, 1)
        top.addWidget(self.browse_button)
        top.addWidget(self.read_button)
        foot = QHBoxLayout()
        foot.addWidget(self.progress, 1)
        foot.addStretch(0)
        foot.addWidget(self.stop_button)
        foot.addWidget(self.export_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.notes)
        layout.addLayout(foot)
        self.resize(820, 560)

    def begin(self) -> None:
        """Read the game that was linked last, where nothing has been read yet."""
        known = linked_games()
        if not self.folder_line.text() and known:
            self.folder_line.setText(str(known[0]))
            self.read()

    def read(self) -> None:
        """Read the scripts in the chosen folder."""
        folder = self.folder_line.text().strip()
        if folder:
            self._start(_Covering(Path(folder).expanduser(), self._library()))

    def export_missing(self) -> None:
        """Export what the scripts use and the model can make, then read again."""
        folder = Path(self.folder_line.text().strip()).expanduser()
        self._start(_Covering(folder, self._library(), exports=True))

    def cancel(self) -> None:
        """Stop after the picture under way; what is written is whole, and remembered."""
        if self._work is not None:
            self._work.is_stopped = True
            self.stop_button.setEnabled(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.cancel()
        super().closeEvent(event)

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder of the game"), self.folder_line.text())
        if chosen:
            self.folder_line.setText(chosen)
            self.read()

    def _start(self, work: _Covering) -> None:
        if self._work is not None:
            return
        self._work = work
        self.summary.setText(tr("Exporting…") if work.exports else tr("Reading the scripts…"))
        self.progress.setRange(0, 0)
        self._show_busy(True)
        self._go_on(work)

    def _go_on(self, work: _Covering) -> None:
        self._renderer.submit(work.step, lambda error: self._on_step(work, error))

    def _on_step(self, work: _Covering, error: str) -> None:
        if not error and not work.is_done:
            self.progress.setRange(0, max(1, work.total))
            self.progress.setValue(work.rendered)
            self._go_on(work)
            return
        self._work = None
        self._show_busy(False)
        self._show(work.coverage)
        if error:
            self.summary.setText(error)
        elif work.exports:
            written = sum(file.state in ("new", "changed") for file in work.files)
            self.notes.setText("\n".join((tr("%n file(s) written.", "", written), self.notes.text())))
        elif not work.is_linked and self.export_button.isEnabled():
            told = tr("Exporting links these characters with the game: saving one of them updates it from then on.")
            self.notes.setText("\n".join((self.notes.text(), told)))
        self.covered.emit()

    def _show_busy(self, is_busy: bool) -> None:
        self.progress.setVisible(is_busy)
        self.stop_button.setVisible(is_busy)
        self.stop_button.setEnabled(is_busy)
        for widget in (self.folder_line, self.browse_button, self.read_button, self.export_button):
            widget.setEnabled(not is_busy)

    def _show(self, found: Coverage | None) -> None:
        self.stop_button.setVisible(self._work is not None)
        self.table.clear()
        missing = found.of_state("missing") if found is not None else ()
        self.export_button.setEnabled(bool(missing))
        self.export_button.setText(tr("Export %n missing portrait(s)", "", len(missing)))
        if found is None:
            self.summary.setText(tr("Choose the folder of a game."))
            self.notes.clear()
            return
        for portrait in (*missing, *found.of_state("unknown"), *found.of_state("exported")):
            self.table.addTopLevelItem(_item(portrait))
        exported = len(found.of_state("exported"))
        told = (
            tr("{exported} of the {count} portraits that the scripts use are exported.")
            if found.portraits
            else tr("The scripts use no portrait of these characters.")
        )
        self.summary.setText(told.format(exported=exported, count=len(found.portraits)))
        self.notes.setText("\n".join(_notes(found)))


def _notes(found: Coverage) -> list[str]:
    lines = [tr("%n script(s) read.", "", found.scripts)]
    if found.others:
        names = ", ".join(found.others[:_SHOWN_OTHERS]) + ("…" if len(found.others) > _SHOWN_OTHERS else "")
        lines.append(tr("Shown too, but not among these characters: {names}").format(names=names))
    return lines + list(found.notices)


def _table() -> QTreeWidget:
    table = QTreeWidget()
    table.setAccessibleName(tr("Portraits that scripts use"))
    table.setHeaderLabels([tr("State"), tr("Character"), tr("Expression"), tr("Where")])
    table.setRootIsDecorated(False)
    table.setUniformRowHeights(True)
    for column in range(3):
        table.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    return table


def _item(portrait: CoveredPortrait) -> QTreeWidgetItem:
    states = {"exported": tr("exported"), "missing": tr("missing"), "unknown": tr("unknown")}
    expression = portrait.expression or tr("any")
    if portrait.side:
        expression = tr("{expression} (side image)").format(expression=expression)
    places = ", ".join(portrait.places[:_SHOWN_PLACES]) + ("…" if len(portrait.places) > _SHOWN_PLACES else "")
    where = f"{places}: {portrait.remedy}" if portrait.remedy else places
    item = QTreeWidgetItem([states[portrait.state], portrait.character, expression, where])
    item.setToolTip(3, "\n".join((*portrait.places, *((portrait.remedy,) * bool(portrait.remedy)))))
    return item


class _Covering:
    """A reading, or an export with a reading after it. :meth:`step` is done in the worker; no two run at once."""

    def __init__(self, game: Path, library: Path, exports: bool = False) -> None:
        self.exports = exports
        self.coverage: Coverage | None = None
        self.files: list[FileDone] = []
        self.rendered = self.total = 0
        self.is_done = self.is_stopped = False
        self._game, self._library = game, library
        self._events: Iterator[tuple[LinkTarget, ExportEvent]] | None = None

    @property
    def is_linked(self) -> bool:
        return (self._game / LINK_FILE).exists()

    def step(self, renderer: PortraitRenderer) -> None:
        """Go on until a picture has been rendered, or to the end. Raises :class:`CreatorError`."""
        if self.exports and not self.is_stopped and self._goes_on(renderer):
            return
        close = getattr(self._events, "close", None)
        if close is not None:
            close()
        self.coverage = self._read(renderer)
        self.is_done = True

    def _goes_on(self, renderer: PortraitRenderer) -> bool:
        """Export to the next picture; False when all is exported."""
        if self._events is None:
            self._events = self._begun(renderer)
        for _, event in self._events:
            if isinstance(event, FileDone):
                self.files.append(event)
            elif isinstance(event, PictureRendered):
                self.rendered += 1
                return True
        return False

    def _begun(self, renderer: PortraitRenderer) -> Iterator[tuple[LinkTarget, ExportEvent]]:
        manifest, shelf = renderer.manifest, load_presets()
        found = self._read(renderer)
        if self.is_linked:
            link = covering_link(self._game, found, manifest, shelf)
        else:
            link = first_link(self._game, found, self._cast(), manifest, shelf)
        save_link(self._game, link)
        remember_game(self._game)
        check = check_link(self._game, manifest, shelf)
        self.total = check.picture_count
        return sync_link(check, renderer)

    def _read(self, renderer: PortraitRenderer) -> Coverage:
        if self.is_linked:
            return link_coverage(self._game, renderer.manifest, load_presets())
        return cast_coverage(self._game, self._cast(), renderer.manifest)

    def _cast(self) -> list[Path]:
        """The files of the library, or its folder, so that an error can name it."""
        files = sorted(self._library.glob(f"*{FILE_ENDING}")) if self._library.is_dir() else []
        return files or [self._library]
