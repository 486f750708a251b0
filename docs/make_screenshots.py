"""Makes the screenshots of the README with the bundled model: ``python docs/make_screenshots.py [NAME ...]``.

Each is made by a process of its own, without a screen: 1280 x 800 logical pixels, and twice as many device pixels where
the scaling is 200 %. The library in them is the cast of ``facewright random --seed 1``, in a temporary folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from creator import paths
from creator.character import Character
from creator.generator import FULL, Generator, RenderRequest
from creator.random_character import person_seed, random_values
from creator.ui.character_grid import CharacterGrid
from creator.ui.language import use_language
from creator.ui.main_window import MainWindow
from creator.ui.settings import Settings
from creator.ui.theme import apply_theme

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
PATIENCE_SECONDS = 180.0
QUIET_SECONDS = 4.0  # longer than one picture takes on a busy machine
CAST = ("Ada Morgenstern", "Brom", "Captain Ilse", "Dorian", "Eira", "Fenwick", "Guard 1", "Guard 2", "Guard 10",
        "Halla", "Ingrid", "Jorun", "Kael", "Lysander", "Mirela", "Nadia", "Oskar", "Petra")  # fmt: skip


@dataclass(frozen=True)
class Shot:
    """``page``: what stands at the side, or "cast" for the cast sheet alone. ``studio``: index of the studio's page."""

    file: str
    theme: str = "dark"
    language: str = "en"
    scale: int = 1
    page: str = "library"
    studio: int = 0


SHOTS = {
    "window": Shot("window.png", page=""),
    "library": Shot("window_library.webp"),
    "light": Shot("window_light.webp", theme="light", page="history"),
    "scaled": Shot("window_200_percent.webp", scale=2),
    "german": Shot("window_german.webp", theme="light", language="de"),
    "explore": Shot("window_explore.webp", page="", studio=1),
    "cast": Shot("cast_sheet.webp", theme="light", page="cast"),
}


def main() -> None:
    """Make the named screenshots, or all."""
    for name in sys.argv[1:] or SHOTS:
        scale = str(SHOTS[name].scale)
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", f"import make_screenshots; make_screenshots.make({name!r})"]
        subprocess.run(command, cwd=ROOT / "docs", env=environment, check=True)
        print(FOLDER / SHOTS[name].file)


def make(name: str) -> None:
    """Open the window as ``SHOTS[name]`` says, wait until all is drawn, and save its picture."""
    shot = SHOTS[name]
    app = QApplication([])
    use_language(app, shot.language)
    apply_theme(app, shot.theme)
    with tempfile.TemporaryDirectory(prefix="facewright_") as folder:
        for kind in ("settings", "state", "cache", "library", "log"):
            setattr(paths, f"user_{kind}_folder", lambda kind=kind: Path(folder) / kind)
        window = MainWindow(Generator.load, seed=5, settings=Settings())
        window.show()
        window.start()
        _wait(app, lambda: window.session is not None)
        _fill_library(window)
        _wait(app, lambda: len(window.workspace.store.entries) > len(CAST) and window.workspace.store.is_read())
        picture = _arranged(app, window, shot).grab()
        picture.setDevicePixelRatio(1.0)
        target = FOLDER / shot.file
        if not picture.save(str(target), quality=100 if target.suffix == ".webp" else -1):
            raise SystemExit(f"docs/make_screenshots.py: cannot write '{target}'")
        window.session.lose_file()
        os._exit(0)  # nothing to save, and nobody to ask


def _fill_library(window: MainWindow) -> None:
    library = window.workspace.store.library
    for number, name in enumerate(CAST):
        seed = person_seed(1, number)
        tags = ("guard", "act 2") if "Guard" in name else ("town",) if number % 3 == 0 else ()
        last = Character(name, seed, random_values(library.schema, seed), tags=tags)
        library.add(last)
    library.add(last.with_name("Petra's sister").with_seed(3))
    window.workspace.store.refresh()


def _arranged(app: QApplication, window: MainWindow, shot: Shot) -> QWidget:
    """Bring the window into the state of ``shot``; return the widget to take a picture of."""

    def rests() -> bool:
        shown = window.view.shown
        return shown is not None and shown.request == RenderRequest(window.session.character, FULL)

    def all_seen(grid: CharacterGrid) -> bool:
        return all(grid.has_thumbnail(row) for row in grid.visible_rows())

    store = window.workspace.store
    window.workspace.files.open(store.folder / "Ada Morgenstern.face.json")
    for name, value in (("age", 46.0), ("expression", "happy"), ("skin_tone", 7.0)):
        window.session.set_attribute(name, value)
        _wait(app, rests)
    window.session.save(window.session.path)
    window.session.set_attribute("yaw", -12.0)
    window.session.undo()
    window.studio.show_page(shot.studio)
    _wait(app, rests)
    if shot.page == "cast":
        cast = window.workspace.show_cast()
        _wait(app, lambda: cast.pairs.count() > 0 and all_seen(cast.grid))
        cast.pairs.setCurrentRow(0)
        _settle(app, window)
        return cast
    if shot.page:
        window.side.show_page(shot.page)
        _wait(app, lambda: shot.page != "library" or all_seen(window.workspace.library.grid))
        window.workspace.library.choose(store.folder / "Guard 1.face.json")
    _settle(app, window)
    return window


def _wait(app: QApplication, is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > end:
            raise SystemExit("docs/make_screenshots.py: the window did not get ready in time")
        app.processEvents()
        time.sleep(0.005)


def _settle(app: QApplication, window: MainWindow) -> None:
    """Let the small pictures arrive: until none came for a while."""
    last = time.monotonic()

    def note(_result: object) -> None:
        nonlocal last
        last = time.monotonic()

    window.renderer.background_done.connect(note)
    _wait(app, lambda: time.monotonic() - last > QUIET_SECONDS)


if __name__ == "__main__":
    main()
