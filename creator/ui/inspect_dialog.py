"""What a dropped recipe or portrait holds, before anything is done with it."""

from __future__ import annotations

import enum

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from creator.attributes import AttributeSchema, Value
from creator.character import Character
from creator.generator import DRAFT, RenderRequest
from creator.inspection import Difference, Inspection, differences
from creator.manifest import Manifest
from creator.ui.attribute_text import unit_suffix, value_text
from creator.ui.error_text import error_text
from creator.ui.language import tr
from creator.ui.preview_renderer import BackgroundResult, BackgroundTask, PreviewRenderer

_PICTURE_SIDE = 200
_CLIENT = "inspect"


class InspectChoice(enum.Enum):
    OPEN = enum.auto()
    APPLY = enum.auto()
    ADD = enum.auto()


class InspectDialog(QDialog):
    """Shows the picture in the file beside what the present model makes of its recipe, and all that differs from the
    present character. ``choice`` is what the user wants, None for nothing."""

    def __init__(
        self,
        found: Inspection,
        present: Character,
        schema: AttributeSchema,
        renderer: PreviewRenderer,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.choice: InspectChoice | None = None
        self._renderer = renderer
        self._schema = schema
        character = found.loaded.character
        self.setWindowTitle(tr("What is in {file}").format(file=found.path.name))
        heading = QLabel(character.name or tr("A character without a name"))
        heading.setObjectName("title")
        facts = QLabel("\n".join(_facts(found, renderer.renderer.manifest)))
        facts.setObjectName("quiet")
        facts.setWordWrap(True)
        facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        pictures = QHBoxLayout()
        pictures.setSpacing(12)
        if found.picture is not None:
            kept = QLabel()
            kept.setPixmap(_picture(found.picture, False, self.devicePixelRatioF()))
            pictures.addLayout(_captioned(kept, tr("In the file")))
        self.drawn = QLabel("…")
        pictures.addLayout(_captioned(self.drawn, tr("As this model draws it")))
        pictures.addStretch(1)
        self.table = _table(differences(present, character, schema), schema)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons: dict[InspectChoice, QWidget] = {}
        for choice, text, tip in (
            (InspectChoice.OPEN, tr("Open"), tr("Go on with this character instead of the present one")),
            (InspectChoice.APPLY, tr("Apply"), tr("Give the present character these attributes: one undo step")),
            (InspectChoice.ADD, tr("Add to library"), tr("Copy this character into the library")),
        ):
            button = buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
            button.setToolTip(tip)
            button.clicked.connect(lambda _checked=False, made=choice: self._choose(made))
            self.buttons[choice] = button
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(10)
        layout.addWidget(heading)
        layout.addWidget(facts)
        layout.addLayout(pictures)
        layout.addWidget(QLabel(self._summary()))
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        self.resize(560, 640)
        self.buttons[InspectChoice.OPEN].setFocus()
        renderer.background_done.connect(self._on_drawn)
        request = RenderRequest(character, DRAFT)
        renderer.set_background(_CLIENT, [BackgroundTask(request, lambda model: model.render(request).pixels)])
        self.finished.connect(lambda: renderer.set_background(_CLIENT, []))

    def _summary(self) -> str:
        count = self.table.rowCount()
        return (
            tr("Differs from the present character in %n place(s):", "", count)
            if count
            else tr("The present character is the same.")
        )

    def _choose(self, choice: InspectChoice) -> None:
        self.choice = choice
        self.accept()

    def _on_drawn(self, result: BackgroundResult) -> None:
        if result.client == _CLIENT and isinstance(result.value, np.ndarray):
            self.drawn.setPixmap(_picture(result.value, True, self.devicePixelRatioF()))


def _facts(found: Inspection, manifest: Manifest) -> list[str]:
    lines = [str(found.path)]
    same = found.same_model(manifest)
    if found.model is not None:
        named = f"{found.model.name} {found.model.version}"
        lines.append(
            tr("Made with the model in use, {model}.").format(model=named)
            if same
            else tr("Made with another model, {model}: the picture will differ.").format(model=named)
        )
    return lines + [error_text(notice) for notice in found.loaded.notices]


def _picture(pixels: np.ndarray, premultiplied: bool, ratio: float) -> QPixmap:
    kind = QImage.Format.Format_RGBA8888_Premultiplied if premultiplied else QImage.Format.Format_RGBA8888
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    side = round(_PICTURE_SIDE * ratio)
    image = QImage(pixels.data, width, height, width * 4, kind).scaled(
        side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)


def _captioned(label: QLabel, caption: str) -> QVBoxLayout:
    text = QLabel(caption)
    text.setObjectName("quiet")
    label.setObjectName("picture")
    label.setFixedSize(_PICTURE_SIDE, _PICTURE_SIDE)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setAccessibleName(caption)
    column = QVBoxLayout()
    column.addWidget(label)
    column.addWidget(text)
    return column


def _table(found: tuple[Difference, ...], schema: AttributeSchema) -> QTableWidget:
    table = QTableWidget(len(found), 3)
    table.setHorizontalHeaderLabels([tr("Attribute"), tr("Now"), tr("In the file")])
    table.verticalHeader().hide()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.setAccessibleName(tr("Differences"))
    table.setTabKeyNavigation(False)
    for row, difference in enumerate(found):
        texts = (_label(difference, schema), _text(difference, difference.before, schema),
                 _text(difference, difference.after, schema))  # fmt: skip
        for column, text in enumerate(texts):
            table.setItem(row, column, QTableWidgetItem(text))
    return table


def _label(difference: Difference, schema: AttributeSchema) -> str:
    return tr("Seed") if difference.name == "seed" else schema[difference.name].label


def _text(difference: Difference, value: Value, schema: AttributeSchema) -> str:
    if difference.name == "seed":
        return f"{float(value):.0f}"
    attribute = schema[difference.name]
    return value_text(attribute, value) + unit_suffix(attribute)
