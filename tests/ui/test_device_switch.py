"""Going over to another device: the window stays alive and says what is done, the present device goes on drawing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from creator import device_start
from creator.generator import Generator
from creator.ui.main_window import MainWindow
from creator.ui.settings import Settings

from .conftest import PATIENCE, MakeWindow, ScriptedQuestions, load_from, settle

ON_CUDA = "CUDA (NVIDIA Test)"


@pytest.fixture
def drawing(
    whole_model_folder: Path, no_trials: None, fake_gpu: Any, make_window: MakeWindow, qtbot: QtBot
) -> MainWindow:
    """A window that draws on the CPU of a machine whose CUDA was never tried."""
    fake_gpu(milliseconds=1.0)
    window = make_window(load_from(whole_model_folder))
    settle(window, qtbot)
    return window


def choose(window: MainWindow, questions: ScriptedQuestions, device: str) -> None:
    questions.new_settings = {"device": device}
    window.actions_.settings.trigger()


def draw_another(window: MainWindow, qtbot: QtBot) -> str:
    """Let a picture be drawn; return the device that drew it."""
    assert window.session is not None
    window.session.new_person()
    settle(window, qtbot)
    assert window.view.shown is not None
    return window.view.shown.device


def generator_of(window: MainWindow) -> Generator:
    renderer = window.renderer.renderer
    assert isinstance(renderer, Generator)
    return renderer


def test_the_present_device_draws_until_the_other_is_ready(
    drawing: MainWindow, questions: ScriptedQuestions, qtbot: QtBot, other_process: Any, tmp_path: Path
) -> None:
    ready = tmp_path / "ready"
    wait = f"import pathlib\nwhile not pathlib.Path({str(ready)!r}).exists(): time.sleep(0.01)\n"
    other_process.script = other_process.TRYING + wait + other_process.outcome(generator_of(drawing))
    choose(drawing, questions, "cuda")
    switch = drawing.device_switch
    qtbot.waitUntil(lambda: switch.isVisible() and switch.text.startswith("Trying CUDA: draft, "), timeout=PATIENCE)
    assert draw_another(drawing, qtbot) == "CPU"
    assert drawing.device_text.startswith("CPU")
    ready.touch()
    qtbot.waitUntil(lambda: drawing.statusBar().currentMessage().startswith("Drawing on CUDA"), timeout=PATIENCE)
    assert not switch.isVisible()
    assert draw_another(drawing, qtbot) == ON_CUDA
    assert drawing.device_text.startswith(ON_CUDA)
    choose(drawing, questions, "cpu")
    qtbot.waitUntil(lambda: generator_of(drawing).device == "cpu", timeout=PATIENCE)
    assert draw_another(drawing, qtbot) == "CPU"


def test_a_start_that_takes_too_long_can_be_cancelled(
    drawing: MainWindow, questions: ScriptedQuestions, qtbot: QtBot, other_process: Any
) -> None:
    other_process.script = other_process.SLOW
    shown = drawing.view.shown
    choose(drawing, questions, "cuda")
    switch = drawing.device_switch
    qtbot.waitUntil(lambda: switch.text.startswith("Trying CUDA"), timeout=PATIENCE)
    qtbot.mouseClick(switch.cancel_button, Qt.MouseButton.LeftButton)
    assert not switch.isVisible()
    assert drawing.statusBar().currentMessage() == "CPU goes on drawing"
    assert Settings().values.device == "cpu", "it can be chosen again"
    assert drawing.view.shown is shown
    qtbot.waitUntil(lambda: not switch.is_busy, timeout=PATIENCE)
    assert draw_another(drawing, qtbot) == "CPU"
    assert not drawing.view.message.isVisible(), "what was cancelled is no failure"


def test_a_device_that_cannot_run_is_told_and_can_be_tried_again(
    drawing: MainWindow, questions: ScriptedQuestions, qtbot: QtBot, other_process: Any
) -> None:
    other_process.script = "import os\nos.abort()"
    choose(drawing, questions, "cuda")
    message = drawing.view.message
    qtbot.waitUntil(lambda: message.isVisible() and "its trial ended with" in message.text, timeout=PATIENCE)
    assert draw_another(drawing, qtbot) == "CPU"
    other_process.script = other_process.outcome(generator_of(drawing))
    message.answers[0].click()
    qtbot.waitUntil(lambda: generator_of(drawing).device == "cuda", timeout=PATIENCE)
    assert draw_another(drawing, qtbot) == ON_CUDA


def test_the_last_of_several_wishes_counts(
    drawing: MainWindow, questions: ScriptedQuestions, qtbot: QtBot, other_process: Any
) -> None:
    other_process.script = other_process.SLOW
    choose(drawing, questions, "cuda")
    qtbot.waitUntil(lambda: drawing.device_switch.text.startswith("Trying CUDA"), timeout=PATIENCE)
    other_process.script = other_process.outcome(generator_of(drawing))
    choose(drawing, questions, "auto")
    qtbot.waitUntil(lambda: generator_of(drawing).device == "auto", timeout=PATIENCE)
    assert draw_another(drawing, qtbot) == ON_CUDA
    assert not drawing.view.message.isVisible()


def test_closing_the_window_ends_a_start(
    drawing: MainWindow, questions: ScriptedQuestions, qtbot: QtBot, other_process: Any
) -> None:
    other_process.script = other_process.SLOW
    choose(drawing, questions, "cuda")
    qtbot.waitUntil(lambda: drawing.device_switch.text.startswith("Trying CUDA"), timeout=PATIENCE)
    start = drawing.device_switch._start
    assert start is not None
    process = start._process
    assert process is not None
    assert drawing.close()
    assert process.wait(PATIENCE / 1000) != 0
    qtbot.waitUntil(lambda: not drawing.device_switch.is_busy, timeout=PATIENCE)


def test_the_first_picture_does_not_wait_for_the_chosen_device(
    whole_model_folder: Path, no_trials: None, fake_gpu: Any, make_window: MakeWindow, qtbot: QtBot,
    other_process: Any,
) -> None:  # fmt: skip
    fake_gpu(milliseconds=1.0)
    other_process.script = other_process.SLOW
    Settings().change(device="cuda")
    window = make_window(lambda: device_start.load_at_once(whole_model_folder, "cuda"))
    settle(window, qtbot)
    assert window.device_text.startswith("CPU")
    qtbot.waitUntil(lambda: window.device_switch.text.startswith("Trying CUDA"), timeout=PATIENCE)
    window.device_switch.cancel()
    assert draw_another(window, qtbot) == "CPU"
