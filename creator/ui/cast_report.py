"""Who is in a cast: words and bars for the library or for chosen characters, to read and to save."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from creator.errors import CreatorError
from creator.export.representation_page import bar_text, save_representation
from creator.library import LibraryEntry
from creator.representation import Representation, Spread
from creator.ui.error_text import error_text
from creator.ui.language import tr
from creator.ui.library_store import LibraryStore
from creator.ui.questions import Questions

_BAR_HEIGHT = 12


class CastReport(QDialog):
    """A window of its own. ``shown`` ends each counting that was not stopped."""

    shown = Signal()

    def __init__(self, store: LibraryStore, questions: Questions, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._store, self._questions = store, questions
        self.report: Representation | None = None
        self.setWindowTitle(tr("Who is in this cast"))
        self.scope = QLabel()
        self.scope.setObjectName("title")
        self.summary = QLabel(tr("Counting…"))
        self.summary.setWordWrap(True)
        self.summary.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.notes = QLabel()
        self.notes.setObjectName("quiet")
        self.notes.setWordWrap(True)
        self.bars: dict[tuple[str, str], QProgressBar] = {}
        self.charts = QScrollArea()
        self.charts.setAccessibleName(tr("Groups and how many are in each"))
        self.charts.setFrameShape(QFrame.Shape.NoFrame)
        self.charts.setWidgetResizable(True)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(tr("Counting…"))
        self.save_button = QPushButton(tr("Save…"))
        self.save_button.setToolTip(tr("As a page (HTML) or a picture (PNG)"))
        self.save_button.clicked.connect(self.save)
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.progress, 1)
        foot.addStretch(0)
        foot.addWidget(self.save_button)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(10)
        layout.addWidget(self.scope)
        layout.addWidget(self.summary)
        layout.addWidget(self.charts, 1)
        layout.addWidget(self.notes)
        layout.addLayout(foot)
        self.resize(620, 820)
        store.counting.connect(self._on_counting)
        store.counted.connect(self._on_counted)

    def begin(self, entries: Sequence[LibraryEntry] | None) -> None:
        """Count ``entries``, or the whole library for None, in the background."""
        self.report = None
        count = len(self._store.entries if entries is None else entries)
        folder = tr("The library {folder}").format(folder=self._store.folder.name)
        self.scope.setText(folder if entries is None else tr("%n chosen character(s)", "", count))
        self.summary.setText(tr("Counting…"))
        self.notes.clear()
        self._show_charts(())
        self.save_button.setEnabled(False)
        self.progress.setRange(0, max(count, 1))
        self.progress.setValue(0)
        self.progress.show()
        self._store.count_people(entries)

    def save(self) -> None:
        """Ask for a file and write the report; where that fails, say so."""
        if self.report is None:
            return
        path = self._questions.report_path(self._store.folder.parent / f"{self._store.folder.name}.html")
        if path is None:
            return
        try:
            save_representation(self.report, path, QLocale().name().partition("_")[0])
        except CreatorError as error:
            self._questions.tell(tr("The report was not saved"), error_text(error))
        else:
            self.notes.setText(tr("Saved as {path}").format(path=path))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._store.stop_counting()

    def _on_counting(self, number: int) -> None:
        self.progress.setValue(number)

    def _on_counted(self, found: Representation | str, unread: int) -> None:
        self.progress.hide()
        if isinstance(found, str):
            self.summary.setText(found)
        else:
            self.report = found
            self.summary.setText("\n".join(found.summary))
            left_out = (tr("Not counted, because their files cannot be read: {number}").format(number=unread),)
            self.notes.setText("\n".join((found.reading, *left_out * bool(unread))))
            self._show_charts(found.spreads)
            self.save_button.setEnabled(True)
        self.shown.emit()

    def _show_charts(self, spreads: Sequence[Spread]) -> None:
        self.bars.clear()
        page = QWidget()
        page.setObjectName("rows")
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for spread in spreads:
            self._add_spread(grid, spread)
        grid.setRowStretch(grid.rowCount(), 1)
        self.charts.setWidget(page)
        told = (f"{s.title}: " + ", ".join(f"{g.label} {bar_text(g)}" for g in s.groups) for s in spreads)
        self.charts.setAccessibleDescription("; ".join(told))

    def _add_spread(self, grid: QGridLayout, spread: Spread) -> None:
        title, even = QLabel(spread.title), QLabel()
        title.setObjectName("title")
        even.setObjectName("quiet")
        even.setText(self.report.evenness_text(spread) if self.report is not None else "")
        row = grid.rowCount()
        grid.setRowMinimumHeight(row, 30)
        grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(even, row, 1, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight)
        for below, group in enumerate(spread.groups, start=row + 1):
            bar = QProgressBar()
            bar.setTextVisible(False)
            bar.setFixedHeight(_BAR_HEIGHT)
            bar.setRange(0, self.report.total if self.report is not None else 1)
            bar.setValue(group.count)
            bar.setAccessibleName(f"{spread.title}, {group.label}")
            bar.setAccessibleDescription(bar_text(group))
            self.bars[spread.name, group.name] = bar
            grid.addWidget(QLabel(group.label), below, 0)
            grid.addWidget(bar, below, 1)
            grid.addWidget(QLabel(bar_text(group)), below, 2, Qt.AlignmentFlag.AlignRight)
