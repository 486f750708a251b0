"""The scripted renderer at the inference boundary, scripted answers for dialogs, and windows that close themselves."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from creator import paths
from creator.attributes import AttributeSchema
from creator.character import Character
from creator.errors import RenderError
from creator.export.cast import CastMember
from creator.export.presets import PresetShelf
from creator.generator import Generator, PortraitRenderer, RenderRequest, RenderResult
from creator.inspection import Inspection
from creator.manifest import Manifest
from creator.training.people_schema import SCHEMA
from creator.ui.actions import Actions
from creator.ui.export_form import ExportChoice
from creator.ui.inspect_dialog import InspectChoice
from creator.ui.main_window import MainWindow
from creator.ui.preview_renderer import PreviewRenderer
from creator.ui.questions import Answer, Questions
from creator.ui.settings import Settings

PATIENCE = 60_000  # milliseconds: the machine may be busy


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A warning of Qt that nobody expects is a failing test."""
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(
                pytest.mark.qt_log_ignore("^This plugin does not support (propagateSizeHints|raise|grabbing)")
            )


class ScriptedRenderer:
    """Records requests, and blocks or fails when told to. Its pictures are of one colour, drawn from the request."""

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest
        self.requests: list[RenderRequest] = []
        self.threads: set[int] = set()
        self.failure: Exception | None = None
        self.entered = threading.Event()
        self._open = threading.Event()
        self._open.set()

    @property
    def schema(self) -> AttributeSchema:
        return self.manifest.schema

    @property
    def device_name(self) -> str:
        return "Scripted"

    def block(self) -> None:
        self._open.clear()
        self.entered.clear()

    def unblock(self) -> None:
        self._open.set()

    def render(self, request: RenderRequest) -> RenderResult:
        self.requests.append(request)
        self.threads.add(threading.get_ident())
        self.entered.set()
        assert self._open.wait(PATIENCE / 1000), "the test forgot to unblock the renderer"
        if self.failure is not None:
            raise self.failure
        side = self.manifest.variant(request.variant).size
        pixels = np.full((side, side, 4), 255, np.uint8)
        pixels[..., :3] = hash(request.character) % 251
        return RenderResult(request, pixels, 1.5, self.device_name, self.manifest.stamp(request.variant))


class ScriptedQuestions(Questions):
    """Answers instead of a user, and remembers what was asked and told."""

    def __init__(self) -> None:
        self.answer = Answer.CANCEL
        self.path: Path | None = None
        self.takes_suggestion = False
        self.export_choice: ExportChoice | None = None
        self.inspect_choice: InspectChoice | None = None
        self.inspected: list[Inspection] = []
        self.new_settings: dict[str, object] | None = None
        self.asked: list[str] = []
        self.told: list[str] = []

    def unsaved_changes(self) -> Answer:
        self.asked.append("unsaved changes")
        return self.answer

    def open_path(self, folder: Path) -> Path | None:
        self.asked.append("open")
        return self.path

    def save_path(self, suggestion: Path) -> Path | None:
        self.asked.append("save")
        return suggestion if self.takes_suggestion else self.path

    def export(
        self, shelf: PresetShelf, suggestion: ExportChoice, member: CastMember, renderer: PreviewRenderer
    ) -> ExportChoice | None:
        self.asked.append("export")
        return self.export_choice

    def report_path(self, suggestion: Path) -> Path | None:
        self.asked.append("report")
        return self.path

    def library_folder(self, present: Path) -> Path | None:
        self.asked.append("library folder")
        return self.path

    def inspect(
        self, found: Inspection, present: Character, schema: AttributeSchema, renderer: PreviewRenderer
    ) -> InspectChoice | None:
        self.asked.append("inspect")
        self.inspected.append(found)
        return self.inspect_choice

    def settings(self, settings: Settings, actions: Actions) -> bool:
        self.asked.append("settings")
        if self.new_settings is not None:
            settings.change(**self.new_settings)
        return self.new_settings is not None

    def tell(self, title: str, text: str) -> None:
        self.told.append(f"{title}: {text}")


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the user's own settings, library, cache or recovered changes."""
    folder = tmp_path / "user"
    for name in ("settings", "state", "cache", "library", "log"):
        monkeypatch.setattr(paths, f"user_{name}_folder", lambda kind=name: folder / kind)
    return folder


@pytest.fixture
def renderer(manifest: Manifest) -> Iterator[ScriptedRenderer]:
    scripted = ScriptedRenderer(manifest)
    yield scripted
    scripted.unblock()


@pytest.fixture
def questions() -> ScriptedQuestions:
    return ScriptedQuestions()


MakeWindow = Callable[[Callable[[], PortraitRenderer]], MainWindow]


@pytest.fixture
def make_window(qtbot: QtBot, questions: ScriptedQuestions) -> Iterator[MakeWindow]:
    """Shows a window whose model comes from a function, and closes it without a question in the end.

    It makes no small pictures, so that a renderer records the requests of the portrait alone.
    """
    windows = []

    def make(load: Callable[[], PortraitRenderer]) -> MainWindow:
        settings = Settings()
        if not settings.file.exists():
            settings.change(device="cpu")  # as the loads of tests; another one would be started at once
        window = MainWindow(load, questions, seed=7, settings=settings)
        window.studio.pictures.want = lambda client, faces: None  # type: ignore[method-assign]
        windows.append(window)
        qtbot.addWidget(window)
        window.show()
        window.start()
        return window

    yield make
    questions.answer = Answer.DISCARD
    for window in windows:
        window.close()
        assert window.renderer.wait(PATIENCE)


@pytest.fixture
def window(make_window: MakeWindow, renderer: ScriptedRenderer, qtbot: QtBot) -> MainWindow:
    """A window on the scripted renderer that shows its first full picture."""
    shown = make_window(lambda: renderer)
    settle(shown, qtbot)
    return shown


@pytest.fixture
def whole_window(make_window: MakeWindow, renderer: ScriptedRenderer, qtbot: QtBot) -> MainWindow:
    """A window with all attributes of the training people, and so with triangle, swatches and light ball."""
    renderer.manifest = replace(renderer.manifest, schema=SCHEMA)
    shown = make_window(lambda: renderer)
    settle(shown, qtbot)
    return shown


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until the full picture of the present character is shown."""

    def at_rest() -> bool:
        shown = window.view.shown
        return (
            window.session is not None
            and shown is not None
            and shown.request == RenderRequest(window.session.character, "full")
        )

    qtbot.waitUntil(at_rest, timeout=PATIENCE)


def broken_load() -> PortraitRenderer:
    raise RenderError("the model went away")


def load_from(folder: Path) -> Callable[[], PortraitRenderer]:
    return lambda: Generator.load(folder, "cpu")
