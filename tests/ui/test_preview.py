"""From a slider to the picture: the newest request wins, the last good picture stays, closing is always clean."""

from __future__ import annotations

import threading
import time

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from creator.character import Character
from creator.errors import RenderError
from creator.generator import PortraitRenderer, RenderRequest, RenderResult
from creator.ui.main_window import MainWindow
from creator.ui.preview_renderer import BackgroundResult, BackgroundTask, enlarged
from creator.ui.questions import Answer

from .conftest import PATIENCE, MakeWindow, ScriptedQuestions, ScriptedRenderer, broken_load, settle


def test_last_shown_is_last_sent_after_200_fast_moves(
    window: MainWindow, renderer: ScriptedRenderer, qtbot: QtBot
) -> None:
    assert window.session is not None
    before = len(renderer.requests)
    renderer.block()
    for step in range(200):
        window.session.set_attribute("nose_length", step / 200, live=True)
        if step == 0:
            assert renderer.entered.wait(PATIENCE / 1000)
        QGuiApplication.processEvents()
    window.session.end_edit()
    renderer.unblock()
    settle(window, qtbot)

    assert window.view.shown is not None
    assert window.view.shown.request.character.values["nose_length"] == 199 / 200
    sent = renderer.requests[before:]
    assert [request.variant for request in sent] == ["draft", "draft", "full"]
    assert [request.character.values["nose_length"] for request in sent] == [0.0, 199 / 200, 199 / 200][-len(sent) :]


def test_many_frames_make_no_queue(window: MainWindow, renderer: ScriptedRenderer, qtbot: QtBot) -> None:
    """While the window is busy the worker goes on; then only the newest picture is painted."""
    assert window.session is not None
    painted: list[object] = []
    show = window.view.show_frame
    window.view.show_frame = lambda frame: (painted.append(frame), show(frame))[1]  # type: ignore[method-assign]
    for step in range(1, 21):
        window.session.set_attribute("gender", step / 40, live=True)
        deadline = time.monotonic() + PATIENCE / 1000
        while renderer.requests[-1].character != window.session.character:
            assert time.monotonic() < deadline
            time.sleep(0.001)  # no events are handled here
    window.session.end_edit()
    settle(window, qtbot)
    assert len(painted) <= 4


def test_drawing_happens_in_one_other_thread(window: MainWindow, renderer: ScriptedRenderer, qtbot: QtBot) -> None:
    assert window.session is not None
    window.session.new_person(3)
    settle(window, qtbot)
    assert len(renderer.threads) == 1
    assert threading.get_ident() not in renderer.threads


def test_drafts_while_dragging_and_full_when_held_still(
    window: MainWindow, renderer: ScriptedRenderer, qtbot: QtBot
) -> None:
    assert window.session is not None
    before = len(renderer.requests)
    window.session.set_attribute("age", 44.0, live=True)
    qtbot.waitUntil(lambda: len(renderer.requests) == before + 1, timeout=PATIENCE)
    assert renderer.requests[-1].variant == "draft"
    settle(window, qtbot)
    assert [request.variant for request in renderer.requests[before:]] == ["draft", "full"]
    window.session.end_edit()
    qtbot.wait(50)
    assert len(renderer.requests) == before + 2, "releasing an unmoved slider draws nothing again"


def test_a_failing_picture_keeps_the_last_good_one(
    window: MainWindow, renderer: ScriptedRenderer, qtbot: QtBot
) -> None:
    assert window.session is not None
    good = window.view.shown
    renderer.failure = RenderError("the device is out of memory; close other programs")
    window.session.set_attribute("age", 70.0)
    qtbot.waitUntil(window.view.message.isVisible, timeout=PATIENCE)
    assert window.view.shown is good
    assert "out of memory" in window.view.message.text
    qtbot.mouseClick(window.view.message.copy_button, Qt.MouseButton.LeftButton)
    assert "close other programs" in QGuiApplication.clipboard().text()

    renderer.failure = None
    window.session.set_attribute("age", 71.0)
    settle(window, qtbot)
    assert not window.view.message.isVisible()


def test_an_unexpected_failure_is_shown_too(window: MainWindow, renderer: ScriptedRenderer, qtbot: QtBot) -> None:
    assert window.session is not None
    renderer.failure = ZeroDivisionError("by accident")
    window.session.set_attribute("age", 70.0)
    qtbot.waitUntil(window.view.message.isVisible, timeout=PATIENCE)
    assert "ZeroDivisionError" in window.view.message.text


def test_the_same_picture_is_tried_again_after_a_failure(
    window: MainWindow, renderer: ScriptedRenderer, qtbot: QtBot
) -> None:
    assert window.session is not None
    renderer.failure = RenderError("once")
    window.session.set_attribute("age", 70.0)
    qtbot.waitUntil(window.view.message.isVisible, timeout=PATIENCE)
    renderer.failure = None
    window.renderer.request(window.session.character, live=False)
    settle(window, qtbot)


def test_closing_in_the_middle_of_a_picture(
    window: MainWindow, renderer: ScriptedRenderer, questions: ScriptedQuestions
) -> None:
    assert window.session is not None
    renderer.block()
    window.session.set_attribute("age", 60.0, live=True)
    assert renderer.entered.wait(PATIENCE / 1000)
    window.session.set_attribute("age", 61.0, live=True)
    threading.Timer(0.2, renderer.unblock).start()
    began = time.monotonic()
    questions.answer = Answer.DISCARD
    assert window.close()
    assert not window.isVisible()
    assert window.renderer.isFinished()
    assert time.monotonic() - began < 3
    assert [request.character.values["age"] for request in renderer.requests].count(61.0) == 0, "pending is dropped"


def test_closing_while_the_model_loads(make_window: MakeWindow, renderer: ScriptedRenderer, qtbot: QtBot) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> ScriptedRenderer:
        begun.set()
        assert go_on.wait(PATIENCE / 1000)
        return renderer

    window = make_window(slow)
    assert begun.wait(PATIENCE / 1000)
    assert window.isVisible()
    assert not window.panel.isEnabled()
    threading.Timer(0.1, go_on.set).start()
    assert window.close()
    assert window.renderer.isFinished()
    assert renderer.requests == []


def test_a_missing_model_is_told_in_the_window(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(broken_load)
    qtbot.waitUntil(window.view.message.isVisible, timeout=PATIENCE)
    assert "model went away" in window.view.message.text
    assert not window.panel.isEnabled()
    assert not window.actions_.export.isEnabled()


def test_a_model_that_was_missing_can_be_tried_again(
    make_window: MakeWindow, renderer: ScriptedRenderer, qtbot: QtBot
) -> None:
    there: list[bool] = []
    window = make_window(lambda: renderer if there else broken_load())
    qtbot.waitUntil(window.view.message.isVisible, timeout=PATIENCE)
    there.append(True)
    window.view.message.answers[0].click()
    settle(window, qtbot)
    assert window.panel.isEnabled()


def test_status_names_what_really_ran(window: MainWindow) -> None:
    texts = [label.text() for label in window.statusBar().findChildren(QLabel)]
    assert any("Scripted" in text and "32 px" in text and "2 ms" in text for text in texts)
    assert "tiny 0.0.1" in texts


def test_the_view_paints_the_picture_over_a_checkerboard(window: MainWindow, qtbot: QtBot) -> None:
    image = window.view.grab().toImage()
    shown = window.view.shown
    assert shown is not None
    assert image.pixelColor(image.width() // 2, image.height() // 2).getRgb()[:3] == tuple(
        int(v) for v in shown.pixels[0, 0, :3]
    )


def test_a_new_size_scales_the_shown_picture_without_drawing_it_again(
    window: MainWindow, renderer: ScriptedRenderer, qtbot: QtBot
) -> None:
    def fits() -> bool:
        frame = window.renderer.frame
        return frame is not None and frame.scaled.shape[0] == min(window.view.width(), window.view.height()) - 32

    qtbot.waitUntil(fits, timeout=PATIENCE)
    count = len(renderer.requests)
    before = window.view.height()
    window.resize(1000, 600)
    assert window.view.height() < before
    qtbot.waitUntil(fits, timeout=PATIENCE)
    assert len(renderer.requests) == count


def test_enlarging_keeps_colours_below_alpha() -> None:
    pixels = np.zeros((16, 16, 4), np.uint8)
    pixels[4:12, 4:12] = 255
    scaled = enlarged(pixels, 100)
    assert scaled.shape == (100, 100, 4)
    assert (scaled[..., :3] <= scaled[..., 3:]).all()
    assert scaled[50, 50].tolist() == [255] * 4
    assert enlarged(pixels, 16) is pixels


def test_background_work_waits_until_the_picture_is_finished(
    window: MainWindow, renderer: ScriptedRenderer, qtbot: QtBot
) -> None:
    assert window.session is not None
    results: list[BackgroundResult] = []
    window.renderer.background_done.connect(results.append)
    before = len(renderer.requests)
    renderer.block()
    window.session.set_attribute("age", 50.0)
    assert renderer.entered.wait(PATIENCE / 1000)
    person = window.session.character
    others = [person.with_value("gender", share) for share in (0.1, 0.2, 0.3)]
    window.renderer.set_background("faces", [_draft_of(other) for other in others[:2]])
    window.renderer.set_background("faces", [_draft_of(other) for other in others[1:]])
    window.session.set_attribute("age", 51.0)
    renderer.unblock()
    qtbot.waitUntil(lambda: len(results) == 2, timeout=PATIENCE)

    shares = [(r.character.values["age"], r.character.values["gender"]) for r in renderer.requests[before:]]
    own = person.values["gender"]
    assert shares == [(50.0, own), (51.0, own), (51.0, own), (50.0, 0.2), (50.0, 0.3)], "what was replaced is not drawn"
    assert [result.key for result in results] == others[1:]
    assert all(isinstance(result.value, RenderResult) for result in results)


def test_background_work_that_fails_says_why_and_the_rest_goes_on(
    window: MainWindow, renderer: ScriptedRenderer, qtbot: QtBot
) -> None:
    results: list[BackgroundResult] = []
    window.renderer.background_done.connect(results.append)

    def fail(renderer: PortraitRenderer) -> object:
        raise RenderError("the device is gone")

    window.renderer.set_background("a", [BackgroundTask(1, fail), BackgroundTask(2, lambda renderer: "well")])
    qtbot.waitUntil(lambda: len(results) == 2, timeout=PATIENCE)
    assert [(result.value, result.error) for result in results] == [(None, "the device is gone"), ("well", "")]
    assert not window.view.message.isVisible()


def _draft_of(character: Character) -> BackgroundTask:
    return BackgroundTask(character, lambda renderer: renderer.render(RenderRequest(character, "draft")))


def test_a_stand_in_gives_the_drafts_of_a_movement_and_the_model_the_rest(
    window: MainWindow, renderer: ScriptedRenderer, qtbot: QtBot
) -> None:
    session = window.session
    assert session is not None
    asked: list[Character] = []
    red = np.zeros((40, 40, 4), np.uint8)
    red[..., 0::3] = 255

    def stand_in(person: Character) -> np.ndarray | None:
        asked.append(person)
        return red if person.values["age"] == 50.0 else None

    window.renderer.stand_in = stand_in
    before = len(renderer.requests)
    session.set_attribute("age", 50.0, live=True)
    qtbot.waitUntil(lambda: window.view.shown is not None and window.view.shown.pixels is red, timeout=PATIENCE)
    session.end_edit()
    settle(window, qtbot)
    assert [request.variant for request in renderer.requests[before:]] == ["full"]
    session.set_attribute("age", 51.0)
    settle(window, qtbot)
    assert [person.values["age"] for person in asked] == [50.0], "not asked when nothing moves"
