"""The identity meter and the chips of side effects, in the window."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from creator.readings import SideEffect
from creator.second_look import Onlooker
from creator.ui.main_window import MainWindow
from creator.ui.watch_bar import WatchBar

from .conftest import PATIENCE, settle


class Told:
    """Sees what it is told to see. The scripted pictures have one colour each."""

    same_person_below = 0.5

    def __init__(self) -> None:
        self.drifted = False
        self.effects = [
            SideEffect("nose_length", 0.9, 0.0, 0.4),
            SideEffect("garment", 1.0, "shirt", "robe"),
            SideEffect("tail", 3.0, 0.0, 1.0),
        ]

    def embed(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        first = not hasattr(self, "_first")
        self._first = True
        return np.array([1, 0] if first or not self.drifted else [0, 1], np.float32)

    def side_effects(
        self, before: NDArray[np.uint8], after: NDArray[np.uint8], edited: Collection[str]
    ) -> list[SideEffect]:
        return [effect for effect in self.effects if effect.name not in edited]


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def bar(window: MainWindow, told: Told) -> WatchBar:
    window.studio.watch.use(Onlooker(told, told))
    return window.studio.watch


def test_without_such_networks_there_is_no_bar(window: MainWindow) -> None:
    assert window.studio.watch.isHidden()


def test_the_meter_says_when_it_is_somebody_else(bar: WatchBar, told: Told, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(bar.isVisible, timeout=PATIENCE)
    assert bar.meter.spoken_value().text == "the same person"
    told.drifted = True
    assert window.session is not None
    window.session.set_attribute("age", 70.0)
    qtbot.waitUntil(lambda: bar.meter.spoken_value().text == "somebody else", timeout=PATIENCE)


def test_a_chip_takes_a_side_effect_back(bar: WatchBar, window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    assert session is not None
    session.set_attribute("nose_length", 0.5)
    session.set_attribute("age", 71.0)
    qtbot.waitUntil(lambda: [chip.text() for chip in bar.chips] == ["Nose length ▲", "Garment"], timeout=PATIENCE)
    assert not bar.chips[1].isEnabled(), "a choice cannot be moved back a little"
    qtbot.mouseClick(bar.chips[0], Qt.MouseButton.LeftButton)
    assert session.character.values["nose_length"] == pytest.approx(0.1)
    assert session.undo_label == "Compensate Nose length"
    settle(window, qtbot)
