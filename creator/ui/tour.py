"""Three steps for the first start: a small card beside what it speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from creator.ui.language import tr

_CARD_WIDTH = 320
_GAP = 16


@dataclass(frozen=True)
class TourStep:
    target: QWidget
    title: str
    text: str


class _Veil(QWidget):
    """Darkens all but the target; clicks go through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hole = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        veil = QPainterPath()
        veil.addRect(QRectF(self.rect()))
        hole = QPainterPath()
        hole.addRoundedRect(QRectF(self.hole), 8, 8)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade = self.palette().color(QPalette.ColorRole.Shadow)
        shade.setAlpha(150)
        painter.fillPath(veil - hole, shade)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
        painter.drawRoundedRect(QRectF(self.hole).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()


class Tour(QFrame):
    """``ended``: the user has seen it, or skipped it. The window can be used meanwhile."""

    ended = Signal()

    def __init__(self, window: QWidget, steps: tuple[TourStep, ...]) -> None:
        super().__init__(window)
        self.setObjectName("tour")
        self._steps = steps
        self._at = 0
        self._veil = _Veil(window)
        self._count = QLabel()
        self._count.setObjectName("quiet")
        self._title = QLabel()
        self._title.setObjectName("title")
        self._title.setWordWrap(True)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self.skip_button = QPushButton(tr("Skip"))
        self.skip_button.clicked.connect(self.end)
        self.next_button = QPushButton()
        self.next_button.setObjectName("primary_button")
        self.next_button.clicked.connect(self._next)
        below = QHBoxLayout()
        below.addWidget(self._count, 1)
        below.addWidget(self.skip_button)
        below.addWidget(self.next_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addLayout(below)
        self.setFixedWidth(_CARD_WIDTH)
        self._window = window
        self._layout = layout
        window.installEventFilter(self)
        self._show_step()
        self._veil.show()
        self.show()
        self.raise_()
        self.next_button.setFocus()

    def _show_step(self) -> None:
        step = self._steps[self._at]
        self._title.setText(step.title)
        self._text.setText(step.text)
        self._count.setText(tr("{step} of {count}").format(step=self._at + 1, count=len(self._steps)))
        last = self._at == len(self._steps) - 1
        self.next_button.setText(tr("Begin") if last else tr("Next"))
        self.skip_button.setVisible(not last)
        self.setAccessibleName(f"{step.title}. {step.text}")
        self._place()

    def _place(self) -> None:
        window = self._window
        target = self._steps[self._at].target
        hole = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
        self._veil.setGeometry(window.rect())
        self._veil.hole = hole
        self._veil.update()
        self.setFixedHeight(self._layout.totalHeightForWidth(_CARD_WIDTH))
        card = QRect(QPoint(0, 0), self.size())
        if hole.right() + _GAP + card.width() <= window.width():
            card.moveTopLeft(QPoint(hole.right() + _GAP, hole.center().y() - card.height() // 2))
        elif hole.left() - _GAP - card.width() >= 0:
            card.moveTopLeft(QPoint(hole.left() - _GAP - card.width(), hole.center().y() - card.height() // 2))
        elif hole.bottom() + _GAP + card.height() <= window.height():
            card.moveTopLeft(QPoint(hole.right() - card.width(), hole.bottom() + _GAP))
        else:
            card.moveBottomRight(hole.bottomRight() - QPoint(_GAP, _GAP))
        card.moveLeft(min(max(card.left(), _GAP), window.width() - card.width() - _GAP))
        card.moveTop(min(max(card.top(), _GAP), window.height() - card.height() - _GAP))
        self.move(card.topLeft())

    def _next(self) -> None:
        if self._at == len(self._steps) - 1:
            self.end()
        else:
            self._at += 1
            self._show_step()

    def end(self) -> None:
        self._window.removeEventFilter(self)
        self._veil.deleteLater()
        self._veil.hide()
        self.hide()
        self.deleteLater()
        self.ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False
