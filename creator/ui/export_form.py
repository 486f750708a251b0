"""What an export shall be like: preset, looks, frame, size, style, names and folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QWidget,
)

from creator.errors import CreatorError
from creator.export.crops import CROPS, Crop
from creator.export.looks import ALL, OWN, POSES, expressions_of
from creator.export.names import FIELDS
from creator.export.plan import Existing
from creator.export.presets import Preset
from creator.manifest import Manifest
from creator.resampling import MAXIMUM_SIZE, MINIMUM_SIZE
from creator.ui.language import tr

_ROLE = Qt.ItemDataRole.UserRole
_LIST_HEIGHT = 116


@dataclass(frozen=True)
class ExportChoice:
    """A preset with the user's changes, the folder, and what happens to files that are there.

    ``follows``: saving the character shall write it there again.
    """

    preset: Preset
    folder: Path
    existing: Existing = Existing.REPLACE
    follows: bool = False


class CheckList(QListWidget):
    """Names with check marks; at least one stays checked. ``toggled``: the user changed one."""

    toggled = Signal()

    def __init__(self, entries: Mapping[str, str], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedHeight(_LIST_HEIGHT)
        self.setUniformItemSizes(True)
        for key, text in entries.items():
            item = QListWidgetItem(text, self)
            item.setData(_ROLE, key)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.itemChanged.connect(self._on_changed)

    def checked(self) -> tuple[str, ...]:
        return tuple(str(item.data(_ROLE)) for item in self._items() if item.checkState() == Qt.CheckState.Checked)

    def check(self, keys: Sequence[str]) -> None:
        """Check exactly those of ``keys`` that are in the list, or else the first entry."""
        known = [item for item in self._items() if item.data(_ROLE) in keys] or self._items()[:1]
        with QSignalBlocker(self):
            for item in self._items():
                item.setCheckState(Qt.CheckState.Checked if item in known else Qt.CheckState.Unchecked)

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]

    def _on_changed(self, item: QListWidgetItem) -> None:
        if not self.checked():
            with QSignalBlocker(self):
                item.setCheckState(Qt.CheckState.Checked)
            return
        self.toggled.emit()


class ExportForm(QWidget):
    """The settings of one export. ``changed``: :meth:`choice` gives something else. Knows no files and no pictures."""

    changed = Signal()

    def __init__(self, manifest: Manifest, suggestion: ExportChoice) -> None:
        super().__init__()
        self._preset = suggestion.preset
        expressions = manifest.schema.by_name.get("expression")
        labels = expressions.choice_labels if expressions is not None else ()
        own = {OWN: tr("As it is now")}
        self.expressions = CheckList(
            own | dict(zip(expressions_of(manifest.schema), labels, strict=False)), tr("Expressions")
        )
        self.poses = CheckList(own | _pose_labels(), tr("Poses"))
        self.lights = CheckList(own | dict(manifest.light_labels), tr("Lights"))
        self.crop_box = _combo(_crop_labels(), tr("Crop"))
        self.size_box = QSpinBox()
        self.size_box.setRange(MINIMUM_SIZE - 1, MAXIMUM_SIZE)
        self.size_box.setSpecialValueText(tr("as the model makes it"))
        self.size_box.setSuffix(tr(" px"))
        self.size_box.setKeyboardTracking(False)
        self.size_box.setAccessibleName(tr("Size"))
        self.style_box = _combo(_style_labels(), tr("Style"))
        self.name_line = QLineEdit()
        self.name_line.setAccessibleName(tr("File names"))
        self.name_line.setToolTip(tr("May have {fields}").format(fields=", ".join(f"{{{name}}}" for name in FIELDS)))
        self.folder_line = QLineEdit(str(suggestion.folder))
        self.folder_line.setAccessibleName(tr("Folder"))
        self.existing_box = _combo(_existing_labels(), tr("Files that are there"))
        self.follow_box = QCheckBox(tr("Keep the files up to date when I save the character"))
        self.metadata_box = QCheckBox(tr("Recipe and origin inside the pictures"))
        self._build()
        self.show_preset(suggestion.preset)
        self.existing_box.setCurrentIndex(self.existing_box.findData(suggestion.existing))
        self._connect()

    def choice(self) -> ExportChoice:
        """What the user wants. Raises :class:`CreatorError` for what cannot be."""
        size = self.size_box.value()
        preset = self._preset.adjusted(
            expressions=self._chosen(self.expressions, self._preset.expressions),
            poses=self._chosen(self.poses, self._preset.poses),
            lights=self._chosen(self.lights, self._preset.lights),
            crop=self.crop_box.currentData(),
            size=size if size >= MINIMUM_SIZE else None,
            style=self.style_box.currentData(),
            picture_name=self.name_line.text().strip(),
            metadata=self.metadata_box.isChecked(),
        )
        folder = self.folder_line.text().strip()
        if not folder:
            raise CreatorError(tr("Choose a folder for the files."))
        return ExportChoice(preset, Path(folder).expanduser(), Existing(self.existing_box.currentData()))

    def show_preset(self, preset: Preset) -> None:
        """Begin with the settings of ``preset``; the folder and the rule for files stay."""
        self._preset = preset
        with QSignalBlocker(self):
            for box, names in (
                (self.expressions, preset.expressions), (self.poses, preset.poses), (self.lights, preset.lights),
            ):  # fmt: skip
                box.check(_every(box) if names == (ALL,) else names)
            self.crop_box.setCurrentIndex(self.crop_box.findData(preset.crop))
            self.size_box.setValue(preset.size or MINIMUM_SIZE - 1)
            self.style_box.setCurrentIndex(self.style_box.findData(preset.style))
            self.name_line.setText(preset.picture_name)
            self.metadata_box.setChecked(preset.metadata)
        self.changed.emit()

    def _chosen(self, box: CheckList, from_preset: tuple[str, ...]) -> tuple[str, ...]:
        """The checked names; the preset's own when they are all of those the model has."""
        checked, known = box.checked(), _every(box)
        wanted = known if from_preset == (ALL,) else tuple(name for name in from_preset if name in (OWN, *known))
        return from_preset if set(checked) == set(wanted) else checked

    def _build(self) -> None:
        browse = QPushButton(tr("Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        folder = QHBoxLayout()
        folder.addWidget(self.folder_line, 1)
        folder.addWidget(browse)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setVerticalSpacing(8)
        form.addRow(tr("Folder"), folder)
        form.addRow(tr("File names"), self.name_line)
        form.addRow(tr("Files that are there"), self.existing_box)
        form.addRow("", self.follow_box)
        form.addRow(tr("Expressions"), self.expressions)
        others = QHBoxLayout()
        others.addWidget(self.poses)
        others.addWidget(self.lights)
        self.lights.setVisible(self.lights.count() > 1)
        for box in (self.poses, self.lights):
            box.setFixedHeight(_LIST_HEIGHT - 30)
        form.addRow(tr("Poses, lights") if self.lights.count() > 1 else tr("Poses"), others)
        form.addRow(tr("Crop"), self.crop_box)
        form.addRow(tr("Size"), self.size_box)
        form.addRow(tr("Style"), self.style_box)
        form.addRow("", self.metadata_box)

    def _connect(self) -> None:
        for box in (self.expressions, self.poses, self.lights):
            box.toggled.connect(self.changed)
        for combo in (self.crop_box, self.style_box, self.existing_box):
            combo.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.size_box.valueChanged.connect(lambda _size: self.changed.emit())
        for line in (self.name_line, self.folder_line):
            line.textChanged.connect(lambda _text: self.changed.emit())
        self.metadata_box.toggled.connect(lambda _on: self.changed.emit())

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder of the game"), self.folder_line.text())
        if chosen:
            self.folder_line.setText(chosen)


def _every(box: CheckList) -> tuple[str, ...]:
    return tuple(str(box.item(row).data(_ROLE)) for row in range(1, box.count()))


def _combo(entries: Mapping[str, str], name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for key, text in entries.items():
        box.addItem(text, key)
    return box


def _crop_labels() -> dict[str, str]:
    labels: dict[Crop, str] = {
        "bust": tr("Bust"), "face": tr("Face"), "eyes": tr("Eyes to chin"), "token": tr("Round token"),
    }  # fmt: skip
    return {crop: labels[crop] for crop in CROPS}


def _pose_labels() -> dict[str, str]:
    labels = {"front": tr("Front"), "left": tr("Left"), "right": tr("Right"), "up": tr("Up"), "down": tr("Down")}
    return {pose: labels[pose] for pose in POSES}


def _style_labels() -> dict[str, str]:
    return {
        "none": tr("None"), "painterly": tr("Painterly"), "ink": tr("Ink"), "cel": tr("Cel shading"),
    }  # fmt: skip


def _existing_labels() -> dict[str, str]:
    return {
        Existing.REPLACE: tr("Replace what has changed"),
        Existing.SKIP: tr("Keep them"),
        Existing.NUMBER: tr("Keep them and number the new ones"),
    }
