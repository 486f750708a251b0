"""The question before an export: which preset, how, where to, and a rehearsal that shows what would be written."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from creator.errors import CreatorError
from creator.export.cast import CastMember
from creator.export.files import FileState
from creator.export.job import ExportReport
from creator.export.plan import ExportJob, plan_export
from creator.export.presets import PresetShelf, sizes_and_expressions
from creator.ui.error_text import error_text
from creator.ui.export_form import ExportChoice, ExportForm
from creator.ui.export_runner import ExportRunner
from creator.ui.export_sheet import ExportSheet
from creator.ui.language import tr
from creator.ui.preview_renderer import PreviewRenderer

REHEARSAL_MILLISECONDS = 350  # of rest, before what is shown is made anew

_ROLE = Qt.ItemDataRole.UserRole


class ExportDialog(QDialog):
    """Presets on the left, settings in the middle, the files as they will be on the right.

    Whatever is changed, a rehearsal (an export that writes nothing) shows the real pictures and says for each file
    whether it is new, will change or stays. :meth:`choice` is what the user accepted.
    """

    def __init__(
        self, shelf: PresetShelf, suggestion: ExportChoice, member: CastMember, renderer: PreviewRenderer,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(tr("Export {name}").format(name=member.name))
        self._shelf, self._member = shelf, member
        self._manifest = renderer.renderer.manifest
        self._choice = suggestion
        self.runner = ExportRunner(renderer, self)
        self.form = ExportForm(self._manifest, suggestion)
        self.sheet = ExportSheet()
        self.presets = _preset_list(shelf, suggestion.preset.name)
        self.about = QLabel(suggestion.preset.about)
        self.message = QLabel()
        self.progress = QProgressBar()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REHEARSAL_MILLISECONDS)
        self._build()
        self._connect()
        self._on_changed()

    def choice(self) -> ExportChoice:
        return replace(self._choice, follows=self.form.follow_box.isChecked())

    def done(self, result: int) -> None:
        self._rest.stop()
        self.runner.cancel()
        super().done(result)

    def _build(self) -> None:
        self.about.setObjectName("quiet")
        self.about.setWordWrap(True)
        self.about.setMinimumHeight(72)
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        left = QVBoxLayout()
        left.addWidget(_heading(tr("Preset")))
        left.addWidget(self.presets, 1)
        left.addWidget(self.about)
        if self._shelf.problems:
            problems = QLabel("\n".join(map(error_text, self._shelf.problems)))
            problems.setObjectName("warning")
            problems.setWordWrap(True)
            left.addWidget(problems)
        middle = QVBoxLayout()
        middle.addWidget(_heading(tr("Settings")))
        scroll = QScrollArea()
        scroll.setWidget(self.form)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(self.form.sizeHint().width() + 20)
        middle.addWidget(scroll, 1)
        right = QVBoxLayout()
        right.addWidget(_heading(tr("Files, at true size")))
        right.addWidget(self.sheet, 1)
        columns = QHBoxLayout()
        columns.setSpacing(18)
        columns.addLayout(left)
        columns.addLayout(middle)
        columns.addLayout(right, 1)
        self.message.setWordWrap(True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export_button = QPushButton(tr("Export"))
        self.export_button.setDefault(True)
        buttons.addButton(self.export_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.message, 1)
        foot.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.addLayout(columns, 1)
        layout.addWidget(self.progress)
        layout.addLayout(foot)
        self.resize(1260, 740)

    def _connect(self) -> None:
        self.presets.currentItemChanged.connect(self._on_preset)
        self.form.changed.connect(self._on_changed)
        self._rest.timeout.connect(self._rehearse)
        self.runner.rendered.connect(self._on_rendered)
        self.runner.made.connect(self.sheet.show_data)
        self.runner.written.connect(self.sheet.show_state)
        self.runner.finished.connect(self._on_rehearsed)
        self.runner.failed.connect(lambda text: self._say(text, is_error=True))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)

    def accept(self) -> None:
        if self.export_button.isEnabled():
            super().accept()

    def _on_preset(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            preset = self._shelf.presets[str(item.data(_ROLE))]
            self.about.setText(preset.about)
            self.form.show_preset(preset)

    def _on_changed(self) -> None:
        """Show the names at once; the pictures follow when the settings rest."""
        self.runner.cancel()
        self._rest.stop()
        try:
            self._choice = self.form.choice()
            plan = plan_export(self._job(), self._manifest)
        except CreatorError as error:
            self._say(error_text(error), is_error=True)
            self.export_button.setEnabled(False)
            return
        self.export_button.setEnabled(True)
        self.sheet.show_plan(plan.paths, plan.existing)
        self.progress.setRange(0, max(1, plan.picture_count))
        self.progress.setValue(0)
        self._say("\n".join(map(error_text, plan.notices)))
        self._rest.start()

    def _job(self) -> ExportJob:
        choice = self._choice
        return ExportJob((self._member,), choice.preset, choice.folder, choice.existing, dry_run=True)

    def _rehearse(self) -> None:
        self.runner.start(self._job(), with_data=True)

    def _on_rendered(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _on_rehearsed(self, report: ExportReport) -> None:
        self.progress.setValue(self.progress.maximum())
        self._say("\n".join([*map(error_text, report.notices), report_text(report)]))

    def _say(self, text: str, is_error: bool = False) -> None:
        self.message.setObjectName("warning" if is_error else "quiet")
        self.message.style().polish(self.message)
        self.message.setText(text)


def report_text(report: ExportReport) -> str:
    """What an export did or, in a rehearsal, would do, in a sentence or two."""
    words: dict[FileState, str] = {
        "new": tr("{count} new"), "changed": tr("{count} changed"), "unchanged": tr("{count} unchanged"),
        "skipped": tr("{count} kept"),
    }  # fmt: skip
    counts = Counter(file.state for file in report.files)
    told = [word.format(count=counts[state]) for state, word in words.items() if counts[state]]
    lines = [tr("Files: {counts}.").format(counts=", ".join(told)) if told else tr("Nothing to write.")]
    for steady in report.steadiness:
        lines.append(
            tr("Across the pictures the eyes move by at most {eyes} and the shoulders by {shoulders} pixels of 512.")
            .format(eyes=f"{steady.eyes:g}", shoulders=f"{steady.shoulders:g}")
        )  # fmt: skip
    return " ".join(lines)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("title")
    return label


def _preset_list(shelf: PresetShelf, chosen: str) -> QListWidget:
    box = QListWidget()
    box.setAccessibleName(tr("Presets"))
    box.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    box.setSpacing(2)
    box.setMinimumWidth(210)
    for name, preset in shelf.presets.items():
        item = QListWidgetItem(preset.label, box)
        item.setData(_ROLE, name)
        item.setToolTip(f"{preset.about}\n{sizes_and_expressions(preset)}")
        if name == chosen:
            box.setCurrentItem(item)
    return box
