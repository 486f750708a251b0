"""The change to another device, as the status bar shows it: what is being started, for how long, and a way out."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from creator.device_start import DeviceStart
from creator.devices import KINDS
from creator.errors import CreatorError, DeviceError
from creator.generator import DRAFT, Generator, PortraitRenderer
from creator.ui.language import tr
from creator.ui.preview_renderer import PreviewRenderer

_TICK_MILLISECONDS = 250
_SHOWN_AFTER_SECONDS = 0.5  # what is over sooner needs no words
_CLOSING_SECONDS = 1.0

_log = logging.getLogger(__name__)


class DeviceSwitch(QWidget):
    """Starts a device in a thread of its own; until it is ready, and if it fails, the present one goes on drawing.

    Hidden while nothing is being started. Of several wishes the last one counts.
    """

    switched = Signal(str)
    """The device that draws from now on, in words."""
    failed = Signal(str, str)
    """The device that was wanted, and why it cannot draw."""
    cancelled = Signal(str)
    """The device that goes on drawing, such as "cpu"."""
    _ended = Signal(object, object, str)

    def __init__(self, renderer: PreviewRenderer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._renderer = renderer
        self._start: DeviceStart | None = None
        self._thread: threading.Thread | None = None
        self._began = 0.0
        self._text = QLabel()
        self._text.setObjectName("quiet")
        self.cancel_button = QToolButton()
        self.cancel_button.setObjectName("quiet_button")
        self.cancel_button.setText(tr("Cancel"))
        self.cancel_button.setAccessibleName(tr("Stay with the present device"))
        self.cancel_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cancel_button.clicked.connect(self.cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(self._text)
        layout.addWidget(self.cancel_button)
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MILLISECONDS)
        self._clock.timeout.connect(self._tell)
        self._ended.connect(self._on_ended)
        self.hide()

    @property
    def text(self) -> str:
        """What is being done; only while it is."""
        return self._text.text()

    @property
    def is_busy(self) -> bool:
        """Whether a thread is still at work, be it for a result that nobody waits for any more."""
        return self._thread is not None and self._thread.is_alive()

    def use(self, device: str) -> None:
        """Go over to ``device``, or try the same again. Only after the model was loaded."""
        self._give_up()
        generator = self._renderer.renderer
        if not isinstance(generator, Generator):
            return
        start = DeviceStart(generator, device)
        self._start, self._began = start, time.monotonic()
        self.cancel_button.setEnabled(True)
        self._thread = threading.Thread(target=self._run, args=(start,), name=f"start of {device}", daemon=True)
        self._thread.start()
        self._clock.start()

    def cancel(self) -> None:
        """Stay with the present device."""
        if self._start is None:
            return
        self._give_up()
        generator = self._renderer.renderer
        assert isinstance(generator, Generator)
        self.cancelled.emit(generator.device)

    def close_down(self) -> None:
        """The window closes: end what runs elsewhere, wait a little for the rest."""
        self._give_up()
        if self._thread is not None:
            self._thread.join(_CLOSING_SECONDS)

    def _give_up(self) -> None:
        if self._start is not None:
            self._start.stop()
        self._finish()

    def _finish(self) -> None:
        self._start = None
        self._clock.stop()
        self.hide()

    def _tell(self) -> None:
        start, seconds = self._start, time.monotonic() - self._began
        if start is None or seconds < _SHOWN_AFTER_SECONDS:
            return
        device, picture = start.doing
        words = {"seconds": int(seconds), "picture": tr("draft") if picture == DRAFT else tr("full picture")}
        if not device:
            text = tr("Changing the device, {seconds} s")
        elif not picture:
            text = tr("Starting {device}, {seconds} s")
        elif KINDS[device].automatic:
            text = tr("Trying {device}: {picture}, {seconds} s")
        else:
            text = tr("Building for {device}: {picture}, {seconds} s")
        self._text.setText(text.format(device=KINDS[device].label if device else "", **words))
        self.show()

    def _run(self, start: DeviceStart) -> None:
        """In the thread."""
        generator, reason = None, ""
        try:
            generator = start.run()
        except CreatorError as error:
            reason = str(error)
        except Exception as error:
            _log.error("unexpected error while a device starts", exc_info=error)
            reason = f"unexpected {type(error).__name__}: {error}"
        if not start.is_stopped:
            with contextlib.suppress(RuntimeError):  # the window was closed and deleted this very moment
                self._ended.emit(start, generator, reason)

    def _on_ended(self, start: DeviceStart, generator: Generator | None, reason: str) -> None:
        if start is not self._start:
            return  # cancelled, or something else is wanted by now
        if generator is None:
            self._finish()
            self.failed.emit(start.device, reason)
            return
        ready = generator
        self.cancel_button.setEnabled(False)  # only its first runs are left

        def work(renderer: PortraitRenderer) -> None:
            if start.is_stopped:
                raise DeviceError("")
            assert isinstance(renderer, Generator)
            renderer.adopt(ready)

        self._renderer.submit(work, self._done(start))

    def _done(self, start: DeviceStart) -> Callable[[str], None]:
        def done(error: str) -> None:
            if start is not self._start:
                return
            self._finish()
            if error:
                self.failed.emit(start.device, error)
            else:
                self.switched.emit(self._renderer.renderer.device_name)

        return done
