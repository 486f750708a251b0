"""A session of random use of the whole window: how long its thread is ever busy, and whether memory grows."""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from creator import paths
from creator.attributes import AttributeSchema
from creator.character import Character, character_bytes
from creator.generator import DRAFT, Generator, RenderRequest
from creator.library import Library
from creator.random_character import random_values
from creator.ui.attribute_row import AttributeRow
from creator.ui.explore_page import ExplorePage
from creator.ui.main_window import MainWindow

STEP_MILLISECONDS = 8  # a mouse of 125 Hz
BEAT_MILLISECONDS = 1
LIBRARY_FILES = 2000
FEW, MANY = 200, 2000  # renders between which memory may not grow


@contextmanager
def own_folders() -> Iterator[Path]:
    """Settings, library, cache and state in a temporary folder instead of the user's."""
    kinds = ("settings", "state", "cache", "library", "log")
    before = {kind: getattr(paths, f"user_{kind}_folder") for kind in kinds}
    with tempfile.TemporaryDirectory(prefix="facewright_") as name:
        for kind in kinds:
            setattr(paths, f"user_{kind}_folder", lambda kind=kind: Path(name) / kind)
        try:
            yield Path(name)
        finally:
            for kind, function in before.items():
                setattr(paths, f"user_{kind}_folder", function)


def fill_library(schema: AttributeSchema, count: int = LIBRARY_FILES) -> None:
    """Write ``count`` characters; a hundred different people, so that it takes seconds and not minutes."""
    library = Library(paths.user_library_folder(), schema)
    people = [random_values(schema, seed) for seed in range(100)]
    library.folder.mkdir(parents=True)
    for number in range(count):
        person = Character(f"Person {number}", number, people[number % 100], tags=(f"act {number % 5}",))
        (library.folder / f"Person {number}.face.json").write_bytes(character_bytes(person))


def measure(app: QApplication, window: MainWindow, seconds: float, seed: int = 1) -> dict[str, Any]:
    """Use the window for ``seconds``. Milliseconds: "stall" by the clock, which counts what other programs take, and
    "busy" by the CPU time of the window's own thread between two beats of its event loop."""
    clock: list[float] = []
    busy: list[float] = []
    during: list[str] = []
    done: dict[str, int] = {}

    def beat() -> None:
        clock.append(time.perf_counter())
        busy.append(time.thread_time())
        during.append(next(reversed(done), ""))

    deeds = play(window, random.Random(seed), done)
    heart, hand = QTimer(), QTimer()
    for timer, interval, slot in ((heart, BEAT_MILLISECONDS, beat), (hand, STEP_MILLISECONDS, lambda: next(deeds))):
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(interval)
        timer.timeout.connect(slot)
        timer.start()
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        app.processEvents()
        time.sleep(0.0002)
    heart.stop()
    hand.stop()
    stalls, work = np.diff(clock) * 1000, np.diff(busy) * 1000
    return {
        "seconds": seconds,
        "deeds": done,
        "longest_stall": float(stalls.max()),
        "stall_p999": float(np.percentile(stalls, 99.9)),
        "longest_busy": float(work.max()),
        "busy_p999": float(np.percentile(work, 99.9)),
        "busy_over_33_ms": int((work > 33).sum()),
        "busiest_during": [(during[at + 1], round(float(work[at]), 1)) for at in np.argsort(work)[:-6:-1]],
    }


def play(window: MainWindow, chance: random.Random, done: dict[str, int]) -> Iterator[None]:
    """One event at each ``next``: whole deeds, one after the other, for ever."""
    session = window.session
    assert session is not None
    deeds: dict[str, Callable[[], Iterator[None]]] = {
        "drag": lambda: _drag(window, chance),
        "undo": lambda: _some(session.undo, chance.randint(1, 4)),
        "redo": lambda: _some(session.redo, chance.randint(1, 3)),
        "new person": lambda: _some(session.new_person, 1),
        "roll": lambda: _some(window.studio.roll, 1),
        "variation": lambda: _choose_variation(window, chance),
        "page": lambda: _some(lambda: window.studio.show_page(chance.randrange(window.studio.pages.count())), 1),
        "library": lambda: _scroll_library(window, chance),
        "search the library": lambda: _type(window.workspace.library.search, chance.choice(["", "12", "#act 3"])),
        "history": lambda: _some(lambda: window.side.show_page("history"), 1),
        "search attributes": lambda: _type(window.panel.search, chance.choice(["", "eye", "colour"])),
    }
    weights = [8, 4, 2, 1, 1, 2, 2, 3, 1, 1, 1]
    while True:
        name = chance.choices(list(deeds), weights)[0]
        done[name] = done.pop(name, 0) + 1  # the present one comes last
        yield from deeds[name]()
        for _ in range(chance.randint(2, 30)):  # the hand rests
            yield


def _some(act: Callable[[], None], times: int) -> Iterator[None]:
    for _ in range(times):
        act()
        yield


def _type(line: Any, text: str) -> Iterator[None]:
    line.clear()
    yield
    for end in range(1, len(text) + 1):
        line.setText(text[:end])
        yield


def _drag(window: MainWindow, chance: random.Random) -> Iterator[None]:
    rows = [row for row in window.panel.findChildren(AttributeRow) if row.isVisible() and row.slider is not None]
    if not rows:
        return
    row = chance.choice(rows)
    slider, attribute = row.slider, row.attribute
    assert slider is not None
    assert window.session is not None
    value = float(window.session.character.values[attribute.name])
    target = chance.uniform(attribute.minimum, attribute.maximum)
    mouse(slider, QEvent.Type.MouseButtonPress, slider.point_of(value))
    steps = chance.randint(10, 80)
    for step in range(1, steps + 1):
        yield
        mouse(slider, QEvent.Type.MouseMove, slider.point_of(value + (target - value) * step / steps))
    mouse(slider, QEvent.Type.MouseButtonRelease, slider.point_of(target))
    yield


def _choose_variation(window: MainWindow, chance: random.Random) -> Iterator[None]:
    """Look at the grid for a while, then go on with one of it."""
    window.studio.show_page(1)
    page = window.studio.pages.currentWidget()
    assert isinstance(page, ExplorePage)
    for _ in range(chance.randint(20, 60)):
        yield
    if page.grid.buttons:
        chance.choice(page.grid.buttons).click()
    yield


def _scroll_library(window: MainWindow, chance: random.Random) -> Iterator[None]:
    window.side.show_page("library")
    yield
    viewport = window.workspace.library.grid.viewport()
    turn = chance.choice((-1, 1)) * chance.choice((120, 480, 2400))
    for _ in range(chance.randint(5, 25)):
        at = QPointF(viewport.rect().center())
        event = QWheelEvent(
            at, viewport.mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(viewport, event)
        yield


def mouse(widget: QWidget, kind: QEvent.Type, at: QPointF) -> None:
    """Send a mouse event of the left button, as if a hand did it."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if kind == QEvent.Type.MouseMove else left
    held = none if kind == QEvent.Type.MouseButtonRelease else left
    event = QMouseEvent(kind, at, widget.mapToGlobal(at), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)


def measure_memory(generator: Generator, few: int = FEW, many: int = MANY) -> dict[str, float]:
    """MiB in use after ``few`` and after ``many`` drafts, and their ratio. Linux only; elsewhere empty."""
    if not sys.platform.startswith("linux"):
        return {}
    people = [Character("", seed, random_values(generator.schema, seed)) for seed in range(50)]
    used: dict[int, float] = {}
    for number in range(1, many + 1):
        generator.render(RenderRequest(people[number % len(people)], DRAFT))
        if number in (few, many):
            used[number] = resident_megabytes()
    return {f"after_{few}": used[few], f"after_{many}": used[many], "ratio": used[many] / used[few]}


def resident_megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
