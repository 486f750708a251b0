"""Below the picture: how far the person has drifted, and what an edit changed besides what it was to change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from creator.character import Character
from creator.generator import PortraitRenderer
from creator.readings import SideEffect
from creator.second_look import Onlooker, SecondLook, compensated
from creator.ui.accessible_value import SpokenValue, tell_value
from creator.ui.language import in_window_language, tr
from creator.ui.preview_renderer import BackgroundResult, BackgroundTask, PreviewRenderer
from creator.ui.session import Session

_CLIENT = "second look"
_MOST_CHIPS = 4
_METER_END = 2.0  # in borders of "still the same person"


class IdentityMeter(QWidget):
    """A bar that fills with the drift from the person compared with; the mark is where it stops being the same one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drift = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(tr("How far the face has drifted from the person it is compared with"))
        self.setAccessibleName(tr("Identity"))

    def sizeHint(self) -> QSize:
        return QSize(120, 16)

    def show_drift(self, drift: float) -> None:
        """``drift``: 1 is the border of "still the same person"."""
        self._drift = drift
        tell_value(self)
        self.update()

    def spoken_value(self) -> SpokenValue:
        return SpokenValue(verdict(self._drift))

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = QApplication.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        bar = QRectF(0, self.height() / 2 - 3, self.width(), 6)
        painter.setBrush(palette.color(QPalette.ColorRole.Mid))
        painter.drawRoundedRect(bar, 3, 3)
        share = min(self._drift / _METER_END, 1.0)
        painter.setBrush(palette.color(QPalette.ColorRole.Highlight) if self._drift < 1 else QColor("#d0884a"))
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(bar.width() * share, 6), bar.height()), 3, 3)
        painter.setBrush(palette.color(QPalette.ColorRole.WindowText))
        painter.drawRect(QRectF(bar.width() / _METER_END - 1, bar.top() - 4, 2, bar.height() + 8))
        painter.end()


def verdict(drift: float) -> str:
    if drift < 0.75:
        return tr("the same person")
    return tr("hardly the same person") if drift < 1 else tr("somebody else")


@dataclass(frozen=True)
class _Key:
    origin: Character
    before: Character
    after: Character


class WatchBar(QWidget):
    """Asks an :class:`Onlooker` in idle moments. Hidden when the model has no network that looks, or nothing to say.

    A click on a chip takes that side effect back, one undo step.
    """

    def __init__(self, session: Session, renderer: PreviewRenderer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._renderer = session, renderer
        self._schema = in_window_language(session.schema)
        self._origin = session.character
        self._key: _Key | None = None
        self._onlooker: Onlooker | None = None
        self.meter = IdentityMeter()
        self._words = QLabel()
        self._words.setObjectName("quiet")
        self._also = QLabel(tr("Also changed:"))
        self._also.setObjectName("quiet")
        self.chips: list[QToolButton] = []
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(16, 4, 16, 4)
        self._line.setSpacing(8)
        for widget in (self.meter, self._words, self._also):
            self._line.addWidget(widget)
        self._line.addStretch(1)
        self.hide()
        renderer.background_done.connect(self._on_done)
        session.state_changed.connect(self._ask)
        self._ask()

    def compare_with(self, origin: Character) -> None:
        """From now on the meter tells the drift from ``origin``."""
        self._origin = origin
        self._ask()

    def use(self, onlooker: Onlooker) -> None:
        """Ask ``onlooker`` instead of the one that the model's networks make."""
        self._onlooker = onlooker
        self._key = None
        self._ask()

    def _ask(self) -> None:
        session = self._session
        manifest = self._renderer.renderer.manifest
        if session.is_editing or (self._onlooker is None and not manifest.companions):
            return
        before = session.step_characters[max(session.position - 1, 0)]
        key = _Key(self._origin, before, session.character)
        if key != self._key:
            self._key = key
            self._renderer.set_background(_CLIENT, (BackgroundTask(key, partial(self._look, key)),))

    def _look(self, key: _Key, renderer: PortraitRenderer) -> SecondLook:
        """In the renderer's thread."""
        if self._onlooker is None:
            self._onlooker = Onlooker.load(renderer)
        return self._onlooker.look(renderer, key.origin, key.before, key.after)

    def _on_done(self, result: BackgroundResult) -> None:
        if result.client != _CLIENT or result.key != self._key:
            return
        look = result.value if isinstance(result.value, SecondLook) else SecondLook(None)
        self.setToolTip(result.error)
        self.meter.setVisible(look.drift is not None)
        self._words.setVisible(look.drift is not None)
        if look.drift is not None:
            self.meter.show_drift(look.drift)
            self._words.setText(verdict(look.drift))
        self._show_chips(look.side_effects)
        self.setVisible(look.drift is not None or bool(look.side_effects))

    def _show_chips(self, effects: tuple[SideEffect, ...]) -> None:
        for chip in self.chips:
            self._line.removeWidget(chip)
            chip.deleteLater()
        known = [effect for effect in effects if effect.name in self._schema.by_name][:_MOST_CHIPS]
        self.chips = [self._chip(effect) for effect in known]
        self._also.setVisible(bool(self.chips))
        for index, chip in enumerate(self.chips):
            self._line.insertWidget(3 + index, chip)

    def _chip(self, effect: SideEffect) -> QToolButton:
        attribute = self._schema[effect.name]
        chip = QToolButton()
        chip.setObjectName("quiet_button")
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        arrow = "" if attribute.kind == "choice" else " ▲" if effect.change_in_sigma > 0 else " ▼"
        chip.setText(f"{attribute.label}{arrow}")
        if attribute.kind == "choice":
            chip.setEnabled(False)
            chip.setToolTip(tr("This looks different now"))
        else:
            chip.setToolTip(
                tr("Changed by {change:+.1f} of its spread among people. A click takes it back.").format(
                    change=effect.change_in_sigma
                )
            )
            chip.clicked.connect(lambda: self._compensate(effect))
        chip.setAccessibleName(tr("Take back the change of {attribute}").format(attribute=attribute.label))
        return chip

    def _compensate(self, effect: SideEffect) -> None:
        session = self._session
        values = compensated(session.schema, session.character, effect)
        what = tr("Compensate {attribute}").format(attribute=self._schema[effect.name].label)
        session.apply(session.character.with_values(values), what)
