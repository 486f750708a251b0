"""A long session in the real window: frames in their order, the last one right, and nothing piles up."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from .conftest import PATIENCE, MakeWindow, load_from, settle


@pytest.mark.slow
@pytest.mark.usefixtures("no_trials")
def test_a_long_session_in_the_window_keeps_its_order(
    whole_model_folder: Path, make_window: MakeWindow, qtbot: QtBot, qapp: QApplication,
    footprint: Callable[[], Any], soak_renders: int,
) -> None:  # fmt: skip
    """Drags, changes of the device and of its session, changes that are cancelled, pictures that nobody waits for."""
    window = make_window(load_from(whole_model_folder))
    settle(window, qtbot)
    session, chance = window.session, random.Random(0)
    assert session is not None
    shown: list[tuple[int, str]] = []
    late: list[tuple[int, int]] = []

    def on_frame(_number: int) -> None:
        frame = window.renderer.frame
        assert frame is not None
        if shown and frame.sequence < shown[-1][0]:
            late.append((shown[-1][0], frame.sequence))
        shown[-1:] = [(frame.sequence, frame.result.request.variant)]
        count[0] += 1

    count = [0]
    window.renderer.frame_ready.connect(on_frame)
    before, move, measured = footprint(), 0, False
    while count[0] < soak_renders:
        move += 1
        if not measured and count[0] >= soak_renders // 4:  # by then everything has happened once
            settle(window, qtbot)
            qtbot.waitUntil(lambda: not window.device_switch.is_busy, timeout=PATIENCE)
            before, measured = footprint(), True
        seen = count[0]
        session.set_attribute("age", chance.uniform(18.0, 80.0), live=True)
        if move % 5:
            qtbot.waitUntil(lambda seen=seen: count[0] > seen, timeout=PATIENCE)
        else:
            qapp.processEvents()  # the next move replaces it
        if move % 13 == 0:
            window.device_switch.use("auto" if move % 2 else "cpu")
        if move % 31 == 0:
            window.device_switch.cancel()
        if move % 37 == 0:
            session.end_edit()
            settle(window, qtbot)
            assert window.view.shown is not None
            assert window.view.shown.request.character == session.character
    session.end_edit()
    settle(window, qtbot)
    qtbot.waitUntil(lambda: not window.device_switch.is_busy, timeout=PATIENCE)
    assert late == []
    footprint().assert_flat(before)
