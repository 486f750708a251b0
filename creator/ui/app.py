"""Starts the window."""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from creator import __version__, paths
from creator.device_start import load_at_once
from creator.ui.diagnostics import LOG_NAME, start_log
from creator.ui.language import tr, use_language
from creator.ui.main_window import MainWindow
from creator.ui.questions import show_text
from creator.ui.settings import Settings
from creator.ui.theme import apply_theme

_log = logging.getLogger(__name__)


class UnexpectedErrors(QObject):
    """The one place where errors arrive that nobody expected: logged, then offered to the user to copy."""

    _caught = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._showing = False
        self._caught.connect(self._show)  # a queued call when another thread failed

    def install(self) -> None:
        sys.excepthook = self.catch
        threading.excepthook = lambda told: self.catch(
            told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback
        )

    def catch(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(130)
            return
        _log.critical("unexpected error", exc_info=(kind, error, trace))
        self._caught.emit("".join(traceback.format_exception(kind, error, trace)))

    def _show(self, text: str) -> None:
        if self._showing:  # one dialog is enough when every repaint fails; the log has them all
            return
        self._showing = True
        try:
            show_text(
                QApplication.activeWindow(),
                tr("Something unexpected happened"),
                tr(
                    "Facewright met an error that it did not expect. You can go on; save your work under a new name. "
                    "The error is also in the log: {file}"
                ).format(file=paths.user_log_folder() / LOG_NAME),
                f"Facewright {__version__}, Python {sys.version.split()[0]}, {sys.platform}\n{text}",
            )
        finally:
            self._showing = False


def keep_for_good() -> None:
    """Take all that lives now, libraries and window, out of the collector's sight: walking through it again and again
    would stop the window for 25 to 50 ms each time."""
    gc.collect()
    gc.freeze()


def run() -> int:
    """Open the window and stay until it is closed; return the exit code."""
    start_log()
    settings = Settings()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Facewright")
    app.setApplicationVersion(__version__)
    app.setWindowIcon(QIcon(str(paths.resource_folder() / "facewright.png")))
    use_language(app, settings.values.language)
    apply_theme(app, settings.values.theme)
    _log.info("Facewright %s starts", __version__)
    errors = UnexpectedErrors(app)
    errors.install()
    window = MainWindow(lambda: load_at_once(None, settings.values.device), settings=settings)
    window.ready.connect(keep_for_good)
    window.show()
    if not settings.values.tour_seen:
        window.ready.connect(window.help.show_tour)
    QTimer.singleShot(0, window.start)  # the window is painted first
    code = app.exec()
    if window.renderer.isRunning() or window.device_switch.is_busy:
        # A picture, or the start of a device, that does not end must not keep the program alive; every file is written
        # in one step.
        logging.shutdown()
        os._exit(code)
    return code
