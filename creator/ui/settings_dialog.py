"""Language, look, library folder and keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from creator.devices import AUTO, DEVICE_CHOICES, KINDS
from creator.ui.actions import Actions
from creator.ui.attribute_row import ChoiceBox
from creator.ui.language import LANGUAGES, tr
from creator.ui.settings import Settings


class SettingsDialog(QDialog):
    """Changes :class:`Settings` when accepted; whoever opened it applies them."""

    def __init__(self, settings: Settings, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._actions = actions
        self.setWindowTitle(tr("Settings"))
        tabs = QTabWidget()
        tabs.addTab(self._general(), tr("General"))
        tabs.addTab(self._keys(), tr("Keys"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(12)
        layout.addWidget(tabs, 1)
        layout.addWidget(buttons)
        self.resize(540, 560)

    def _general(self) -> QWidget:
        values = self._settings.values
        self.theme = ChoiceBox()
        for code, name in (("system", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark"))):
            self.theme.addItem(name, code)
        self.theme.setCurrentIndex(self.theme.findData(values.theme))
        self.language = ChoiceBox()
        self.language.addItem(tr("As the system"), "")
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(max(self.language.findData(values.language), 0))
        self.device = ChoiceBox()
        for code in DEVICE_CHOICES:
            name = KINDS[code].label if code in KINDS else "CPU"
            self.device.addItem(tr("The fastest that works") if code == AUTO else name, code)
        self.device.setCurrentIndex(max(self.device.findData(values.device), 0))
        self.folder = QLineEdit(str(self._settings.library_folder))
        browse = QPushButton(tr("Browse…"))
        browse.clicked.connect(self._browse)
        folder = QHBoxLayout()
        folder.setSpacing(8)
        folder.addWidget(self.folder, 1)
        folder.addWidget(browse)
        note = QLabel(tr("Another language shows at the next start."))
        note.setWordWrap(True)
        note.setObjectName("quiet")
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(16, 18, 16, 16)
        form.setVerticalSpacing(12)
        form.addRow(tr("Look"), self.theme)
        form.addRow(tr("Language"), self.language)
        form.addRow(tr("Device"), self.device)
        form.addRow("", note)
        form.addRow(tr("Library folder"), folder)
        for row, name in (
            (self.theme, tr("Look")),
            (self.language, tr("Language")),
            (self.device, tr("Device")),
            (self.folder, tr("Library folder")),
        ):
            row.setAccessibleName(name)
        return page

    def _keys(self) -> QWidget:
        self.edits: dict[str, QKeySequenceEdit] = {}
        rows = QWidget()
        form = QFormLayout(rows)
        form.setContentsMargins(16, 14, 16, 14)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, action in self._actions.named.items():
            text = action.iconText().rstrip("…")
            edit = QKeySequenceEdit(action.shortcut())
            edit.setMaximumSequenceLength(1)
            edit.setClearButtonEnabled(True)
            edit.setAccessibleName(tr("Keys for {action}").format(action=text))
            edit.keySequenceChanged.connect(self._show_clashes)
            reset = QToolButton()
            reset.setObjectName("reset")
            reset.setText("↺")
            reset.setAccessibleName(tr("Reset the keys for {action}").format(action=text))
            reset.setToolTip(tr("Reset"))
            reset.clicked.connect(lambda _c=False, e=edit, n=name: e.setKeySequence(self._actions.default_keys(n)))
            line = QHBoxLayout()
            line.addWidget(edit, 1)
            line.addWidget(reset)
            form.addRow(text, line)
            self.edits[name] = edit
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(rows)
        self.clash = QLabel()
        self.clash.setObjectName("warning")
        self.clash.setWordWrap(True)
        self.clash.setContentsMargins(16, 4, 16, 8)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area, 1)
        layout.addWidget(self.clash)
        self._show_clashes()
        return page

    def clashes(self) -> list[str]:
        """Key sequences that more than one action has."""
        texts = [edit.keySequence().toString(QKeySequence.SequenceFormat.NativeText) for edit in self.edits.values()]
        return sorted({text for text in texts if text and texts.count(text) > 1})

    def _show_clashes(self) -> None:
        found = self.clashes()
        self.clash.setText(tr("Used twice: {keys}").format(keys=", ".join(found)) if found else "")

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Library folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def accept(self) -> None:
        if self.clashes():
            return  # the line below the keys says why
        portable = QKeySequence.SequenceFormat.PortableText
        changed = {
            name: edit.keySequence().toString(portable)
            for name, edit in self.edits.items()
            if edit.keySequence() != self._actions.default_keys(name)
        }
        folder = self.folder.text().strip()
        keep_folder = not folder or Path(folder) == self._settings.library_folder
        self._settings.change(
            theme=self.theme.currentData(),
            language=self.language.currentData(),
            device=self.device.currentData(),
            library_folder=self._settings.values.library_folder if keep_folder else folder,
            shortcuts=changed,
        )
        super().accept()

    def keyPressEvent(self, event: object) -> None:
        # Enter in a key field is a key to record, not the dialog's OK.
        if not isinstance(self.focusWidget(), QKeySequenceEdit):
            super().keyPressEvent(event)  # type: ignore[arg-type]
