"""What is offered beside the work: settings, tour, about, diagnostics, the portrait in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication

from creator import paths
from creator.description import alt_text
from creator.generator import Generator
from creator.ui.about_dialog import AboutDialog
from creator.ui.diagnostics import diagnostics
from creator.ui.language import tr
from creator.ui.theme import use_theme
from creator.ui.tour import Tour, TourStep

if TYPE_CHECKING:
    from creator.ui.main_window import MainWindow


class Help(QObject):
    """Connects the actions that need no session, or only look at it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.tour: Tour | None = None
        window.device_switch.switched.connect(
            lambda device: window.say(tr("Drawing on {device} from now on").format(device=device))
        )
        window.device_switch.failed.connect(self._on_device_failed)
        window.device_switch.cancelled.connect(self._on_device_cancelled)
        actions = window.actions_
        actions.settings.triggered.connect(self.change_settings)
        actions.tour.triggered.connect(self.show_tour)
        actions.about.triggered.connect(self.show_about)
        actions.copy_description.triggered.connect(self.copy_description)
        actions.copy_diagnostics.triggered.connect(self.copy_diagnostics)
        actions.show_log.triggered.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.user_log_folder())))
        )

    def change_settings(self) -> None:
        """Ask, and use at once what can be used at once."""
        window = self._window
        if not window.questions.settings(window.settings, window.actions_):
            return
        if window.session is not None:  # else the next try to load the model uses it
            self.use_chosen_device()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        use_theme(application, window.settings.values.theme)
        window.actions_.use_keys(window.settings.values.shortcuts)
        if window.session is not None:
            window.workspace.use_library(window.settings.library_folder)

    def use_chosen_device(self) -> None:
        """Go over to the device of the settings, if another one draws."""
        window = self._window
        generator = window.renderer.renderer
        if isinstance(generator, Generator) and generator.device != window.settings.values.device:
            window.device_switch.use(window.settings.values.device)

    def _on_device_failed(self, device: str, reason: str) -> None:
        """The present device goes on drawing; the user may mend what is wrong and try again."""
        view, switch = self._window.view, self._window.device_switch
        view.message.ask(reason, {tr("Try again"): lambda: switch.use(device)}, is_error=True)

    def _on_device_cancelled(self, present: str) -> None:
        self._window.settings.change(device=present)
        self._window.say(tr("{device} goes on drawing").format(device=self._window.renderer.renderer.device_name))

    def show_about(self) -> None:
        AboutDialog(self._window.renderer.renderer, self._window.device_text, self._window).exec()

    def copy_description(self) -> None:
        """The portrait in words, as the alt text of its picture."""
        session = self._window.session
        if session is not None:
            QGuiApplication.clipboard().setText(alt_text(session.character, session.schema, tr))
            self._window.say(tr("Copied the description"))

    def copy_diagnostics(self) -> None:
        window = self._window
        renderer = window.renderer.renderer if window.session is not None else None
        QGuiApplication.clipboard().setText(diagnostics(renderer, window.device_text))
        window.say(tr("Copied the diagnostics"))

    def show_tour(self) -> None:
        """The three steps of the first start."""
        if self.tour is not None:
            return
        window = self._window
        window.actions_.controls.setChecked(True)
        steps = (
            TourStep(
                window.panel,
                tr("Shape a person"),
                tr("Drag a slider and watch the face; a double click resets it. R draws somebody new, and Ctrl+Z takes "
                   "anything back."),
            ),
            TourStep(
                window.view,
                tr("Watch the portrait"),
                tr("A quick draft follows every move, the full picture comes at rest. Drop an exported portrait here "
                   "to see how it was made."),
            ),
            TourStep(
                window.tools,
                tr("Keep it and take it along"),
                tr("Give it a name, save it to your library with Ctrl+S, and export it for your game with Ctrl+E."),
            ),
        )  # fmt: skip
        self.tour = Tour(window, steps)
        self.tour.ended.connect(self._on_tour_ended)

    def _on_tour_ended(self) -> None:
        self.tour = None
        self._window.settings.change(tour_seen=True)
