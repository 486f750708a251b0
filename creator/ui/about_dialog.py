"""About: version, device, the model's card and the licences of all parts."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from creator import __version__, paths
from creator.generator import Generator, PortraitRenderer
from creator.ui.diagnostics import PACKAGES, diagnostics
from creator.ui.error_text import error_text
from creator.ui.language import tr, translated_word

# Where a package's own metadata says it badly or not at all.
_LICENCES = {
    "PySide6-Essentials": "LGPL-3.0-only (Qt for Python and Qt)",
    "onnxruntime": "MIT",
    "onnxruntime-gpu": "MIT",
    "numpy": "BSD-3-Clause",
    "pillow": "MIT-CMU",
    "pydantic": "MIT",
    "platformdirs": "MIT",
    "typer": "MIT",
    "rich": "MIT",
}

_TRAINING = ("data", "people", "views", "parameters", "machine")  # of a manifest's facts, those that tell something


class AboutDialog(QDialog):
    """Everything in it can be copied."""

    def __init__(self, renderer: PortraitRenderer, device: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._renderer, self._device = renderer, device
        self.setWindowTitle(tr("About Facewright"))
        icon = QLabel()
        picture = QPixmap(str(paths.resource_folder() / "facewright.png"))
        picture = picture.scaledToHeight(round(56 * self.devicePixelRatioF()))
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        icon.setPixmap(picture)
        title = QLabel(f"Facewright {__version__}")
        title.setObjectName("title")
        words = QLabel(tr("Portraits for games, made on this machine. Every picture is CC0: use it as you like."))
        words.setObjectName("quiet")
        words.setWordWrap(True)
        beside = QVBoxLayout()
        beside.addWidget(title)
        beside.addWidget(words)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(icon)
        top.addLayout(beside, 1)
        self.tabs = QTabWidget()
        for name, text in (
            (tr("Model"), model_card(renderer)),
            (tr("Device"), device_text(renderer, device)),
            (tr("Licences"), licences_text(renderer)),
        ):
            page = QPlainTextEdit(text)
            page.setReadOnly(True)
            page.setAccessibleName(name)
            page.setTabChangesFocus(True)
            self.tabs.addTab(page, name)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton(tr("Copy diagnostics"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(14)
        layout.addLayout(top)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(buttons)
        self.resize(620, 520)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(diagnostics(self._renderer, self._device))


def model_card(renderer: PortraitRenderer) -> str:
    """What the manifest tells of the model: purpose, licence, training and measured quality."""
    manifest = renderer.manifest
    lines = [
        f"{manifest.name} {manifest.version}, {manifest.created}",
        tr("Licence: {licence}").format(licence=manifest.licence),
        tr("%n attribute(s)", "", len(manifest.schema.attributes)),
        "",
        tr("It draws game portraits from attributes. It learned from computer-drawn people alone: no photograph and no "
           "pretrained network was used. It is not made to show real people, and it knows none."),
    ]  # fmt: skip
    training = [line for name in _TRAINING if (line := _fact(name, manifest.training.get(name)))]
    evaluation = manifest.metrics.get("evaluation")
    gates = evaluation.get("gates", ()) if isinstance(evaluation, Mapping) else ()
    measured = [line for gate in gates if isinstance(gate, Mapping) and (line := _gate(gate))]
    for title, facts in ((tr("Training"), training), (tr("Measured, and what was aimed at"), measured)):
        if facts:
            lines += ["", title, *facts]
    return "\n".join(lines)


def device_text(renderer: PortraitRenderer, device: str) -> str:
    """What really made the last picture, and why it was not something faster."""
    lines = [device or renderer.device_name]
    if isinstance(renderer, Generator) and renderer.device_reason:
        lines += ["", tr("Running on the CPU: {reason}").format(reason=error_text(renderer.device_reason))]
    return "\n".join([*lines, "", tr("'facewright devices' tells what else this machine has.")])


def licences_text(renderer: PortraitRenderer) -> str:
    lines = [
        "Facewright: Apache-2.0",
        tr("The model and all pictures made with it: {licence}").format(licence=renderer.manifest.licence),
        tr("The head assets that the training pictures were drawn from: CC0-1.0 (MakeHuman project)"),
        "",
        tr("Parts by others:"),
    ]
    for name in PACKAGES:
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        lines.append(f"  {name} {version}: {_LICENCES[name]}")
    return "\n".join(lines)


def _fact(name: str, value: object) -> str:
    """One line on the training; empty for what is not there or is no plain fact."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return ""
    text = translated_word(value) if isinstance(value, str) else QLocale().toString(value)
    return f"  {translated_word(name)}: {text}"


def _gate(gate: Mapping[str, Any]) -> str:
    """One line on a measure: whether it reached its target; empty for one that no number decides."""
    name, target, value = gate.get("name"), gate.get("target"), gate.get("value")
    if not isinstance(name, str) or not isinstance(target, str) or not isinstance(value, (int, float)):
        return ""
    mark = "✓" if gate.get("met") else "✗"
    wanted = " ".join(translated_word(word) if word else "" for word in _aim(target))
    return f"  {mark} {translated_word(name)}: {value:.4g} ({wanted})"


def _aim(target: str) -> tuple[str, str]:
    """ "at least 28 dB" as "at least" and "28 dB"."""
    for words in ("at least", "at most"):
        if target.startswith(f"{words} "):
            return words, target.removeprefix(f"{words} ")
    return "", target
