"""Ten characters designed by keyboard alone, and ten by mouse alone; the files that are saved hold what was set."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from creator.character import Character, load_character
from creator.ui.face_button import FaceButton
from creator.ui.light_ball import LightBall
from creator.ui.main_window import MainWindow
from creator.ui.session import Session
from creator.ui.swatch_strip import SwatchStrip

from .conftest import ScriptedQuestions

LEFT, NOTHING = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@dataclass(frozen=True)
class Design:
    name: str
    age: int
    hair_style: str
    expression: str
    light_azimuth: int
    skin_tone: float


DESIGNS = (
    Design("Ada", 34, "bob", "happy", 40, 3.0),
    Design("Brom", 71, "bald", "angry", -35, 6.0),
    Design("Captain Ilse", 45, "ponytail", "determined", 10, 2.0),
    Design("Dorian", 22, "mohawk", "smirking", -90, 9.0),
    Design("Eira", 9, "braids", "surprised", 0, 1.0),
    Design("Fenwick", 58, "side_part", "tired", 75, 4.0),
    Design("Guard", 29, "buzz", "neutral", -20, 10.0),
    Design("Halla", 83, "bun", "laughing", 25, 5.0),
    Design("Jorun", 38, "undercut", "contemptuous", -60, 7.0),
    Design("Mirela", 18, "afro", "afraid", 55, 8.0),
)


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def saved(window: MainWindow) -> Character:
    """What the present character's file holds, and that the window shows the same."""
    session = session_of(window)
    assert session.path is not None
    assert session.is_saved
    found = load_character(session.path, session.schema).character
    assert found == session.character
    return found


# By keyboard


class Keyboard:
    """Keys go to what has the focus, as they do from a real keyboard."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self._window, self._qtbot = window, qtbot
        self.count = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NOTHING, times: int = 1) -> None:
        for _ in range(times):
            self.count += 1
            self._qtbot.keyClick(QApplication.focusWidget() or self._window, key, modifiers)

    def write(self, text: str) -> None:
        for letter in text:
            self.count += 1
            self._qtbot.keyClicks(QApplication.focusWidget() or self._window, letter)

    def find(self, words: str) -> None:
        self.press(Qt.Key.Key_F, CONTROL)
        self.write(words)
        self.press(Qt.Key.Key_Return)

    def number(self, text: str) -> None:
        self.write(text)
        self.press(Qt.Key.Key_Return)


def design_by_keyboard(keys: Keyboard, session: Session, design: Design) -> None:
    keys.press(Qt.Key.Key_R)
    keys.find("age")
    keys.number(str(design.age))
    for name in ("hair_style", "expression"):
        attribute = session.schema[name]
        keys.find(attribute.label.lower())
        keys.press(Qt.Key.Key_Home)
        keys.press(Qt.Key.Key_Down, times=attribute.choices.index(getattr(design, name)))
    keys.find("light dir")
    keys.number(str(design.light_azimuth))
    keys.find("skin tone")
    keys.number(str(round(design.skin_tone)))
    keys.press(Qt.Key.Key_N, CONTROL | SHIFT)
    keys.write(design.name)
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_S, CONTROL)


@pytest.mark.slow
def test_ten_characters_by_keyboard(whole_window: MainWindow, questions: ScriptedQuestions, qtbot: QtBot) -> None:
    window, session = whole_window, session_of(whole_window)
    questions.takes_suggestion = True
    window.activateWindow()
    keys, seeds = Keyboard(window, qtbot), set()
    for design in DESIGNS:
        design_by_keyboard(keys, session, design)
        person = saved(window)
        assert session.path is not None
        assert session.path.name == f"{design.name}.face.json"
        assert person.name == design.name
        assert {name: person.values[name] for name in ("age", "hair_style", "expression", "light_azimuth")} == {
            "age": design.age, "hair_style": design.hair_style, "expression": design.expression,
            "light_azimuth": design.light_azimuth,
        }  # fmt: skip
        assert person.values["skin_tone"] == design.skin_tone
        seeds.add(person.seed)
    assert len(seeds) == len(DESIGNS)
    assert len(list(window.workspace.store.folder.glob("*.face.json"))) == len(DESIGNS)
    assert keys.count / len(DESIGNS) < 100, "as many keys as the words and steps need"
    assert window.panel.search.text() == "skin tone"


def test_typing_a_choice_is_no_shortcut(whole_window: MainWindow, qtbot: QtBot) -> None:
    """R is a new person elsewhere."""
    window, session = whole_window, session_of(whole_window)
    window.activateWindow()
    session.set_attribute("garment", "shirt")
    before = session.character
    keys = Keyboard(window, qtbot)
    keys.find("garment")
    keys.write("d")
    assert session.character.values["garment"] == "uniform", "the first one that begins so"
    keys.find("hair style")
    keys.write("r")
    assert session.character.seed == before.seed


def test_saving_takes_what_is_still_being_typed(
    whole_window: MainWindow, questions: ScriptedQuestions, qtbot: QtBot
) -> None:
    window, keys = whole_window, Keyboard(whole_window, qtbot)
    questions.takes_suggestion = True
    window.activateWindow()
    keys.press(Qt.Key.Key_N, CONTROL | SHIFT)
    keys.write("Petra")
    keys.press(Qt.Key.Key_S, CONTROL)
    assert saved(window).name == "Petra"
    keys.find("age")
    keys.write("52")
    keys.press(Qt.Key.Key_S, CONTROL)
    assert saved(window).values["age"] == 52.0


def test_keys_go_from_row_to_row_and_the_search_is_left(whole_window: MainWindow, qtbot: QtBot) -> None:
    window, keys = whole_window, Keyboard(whole_window, qtbot)
    window.activateWindow()
    keys.press(Qt.Key.Key_F, CONTROL)
    keys.write("jaw")
    keys.press(Qt.Key.Key_Down, CONTROL)
    slider = window.panel.row("jaw_width").slider
    assert QApplication.focusWidget() is slider
    keys.press(Qt.Key.Key_Down, CONTROL)
    assert QApplication.focusWidget() is window.panel.row("jaw_angle").slider
    keys.press(Qt.Key.Key_Up, CONTROL)
    assert QApplication.focusWidget() is slider
    keys.press(Qt.Key.Key_F, CONTROL)
    keys.press(Qt.Key.Key_Escape)
    assert window.panel.search.text() == ""
    assert window.panel.row("age").isVisible()


# By mouse


class Mouse:
    """Clicks, drags and the wheel on what can be seen."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self._window, self._qtbot = window, qtbot

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        assert widget.isVisible()
        self._qtbot.mouseClick(widget, LEFT, pos=at if at is not None else widget.rect().center())

    def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        self._qtbot.mousePress(widget, LEFT, pos=start)
        for step in range(1, 6):
            self._qtbot.mouseMove(widget, start + (end - start) * step / 5)
        self._qtbot.mouseRelease(widget, LEFT, pos=end)

    def scroll_to(self, widget: QWidget) -> None:
        """Turn the wheel over the panel until ``widget`` is in the middle of what is seen, or the end is reached."""
        viewport = self._window.panel.scroll_viewport
        QApplication.processEvents()
        for _ in range(200):
            y = widget.mapTo(viewport, widget.rect().center()).y()
            if 40 < y < viewport.height() - 40:
                return
            before = y
            at = QPointF(viewport.rect().center())
            notch = -120 if y > 0 else 120
            QApplication.sendEvent(
                viewport, QWheelEvent(at, QPointF(viewport.mapToGlobal(at)), QPoint(), QPoint(0, notch),
                                      Qt.MouseButton.NoButton, NOTHING, Qt.ScrollPhase.NoScrollPhase, False)
            )  # fmt: skip
            if widget.mapTo(viewport, widget.rect().center()).y() == before:
                return

    def choose_in_menu(self, title: str, text: str) -> None:
        bar = self._window.menuBar()
        entry = next(action for action in bar.actions() if action.text().replace("&", "") == title)
        self.click(bar, bar.actionGeometry(entry).center())
        menu = entry.menu()
        wanted = next(action for action in menu.actions() if action.text() == text)
        self.click(menu, menu.actionGeometry(wanted).center())

    def open_group(self, title: str) -> None:
        group = next(group for group in self._window.panel.groups if group.title == title)
        if not group.is_open:
            self.scroll_to(group.header)
            self.click(group.header)
        self._qtbot.waitUntil(lambda: all(a.name in group.rows for a in group.attributes), timeout=30_000)

    def tile(self, name: str, choice: str) -> FaceButton:
        return next(
            button
            for tiles in self._window.panel.tiles
            for button, tile in zip(tiles.buttons, tiles.tiles, strict=True)
            if dict(tile.values) == {name: choice}
        )


@pytest.mark.slow
def test_ten_characters_by_mouse(whole_window: MainWindow, questions: ScriptedQuestions, qtbot: QtBot) -> None:
    window, session = whole_window, session_of(whole_window)
    questions.takes_suggestion = True
    mouse, panel, view = Mouse(window, qtbot), window.panel, window.view
    for design in DESIGNS:
        mouse.click(window.tools.widgetForAction(window.actions_.new_person))
        mouse.open_group("Person")
        slider = panel.row("age").slider
        assert slider is not None
        mouse.scroll_to(slider)
        start = slider.point_of(float(session.character.values["age"])).toPoint()
        mouse.drag(slider, start, slider.point_of(design.age).toPoint())
        for group, name in (("Hair", "hair_style"), ("Expression", "expression")):
            mouse.open_group(group)
            button = mouse.tile(name, getattr(design, name))
            if not button.isVisible():  # a long list begins with two lines
                more = button.parentWidget().show_all_button  # type: ignore[attr-defined]
                mouse.scroll_to(more)
                mouse.click(more)
            mouse.scroll_to(button)
            mouse.click(button)
        mouse.open_group("Skin")
        strip = panel.row("skin_tone").findChild(SwatchStrip)
        assert strip is not None
        mouse.scroll_to(strip)
        mouse.click(strip, strip.swatch(round(design.skin_tone)).center().toPoint())
        mouse.open_group("Light")
        ball = panel.findChild(LightBall)
        assert ball is not None
        mouse.scroll_to(ball)
        now = ball.point_of(float(session.character.values["light_azimuth"]),
                            float(session.character.values["light_elevation"])).toPoint()  # fmt: skip
        mouse.drag(ball, now, ball.point_of(design.light_azimuth, 0).toPoint())
        yaw = float(session.character.values["yaw"])
        middle = view.rect().center()
        mouse.drag(view, middle, middle + QPoint(-60 if yaw > 0 else 60, 0))
        mouse.choose_in_menu("File", "Save")
        person = saved(window)
        assert abs(float(person.values["age"]) - design.age) <= 1
        assert (person.values["hair_style"], person.values["expression"]) == (design.hair_style, design.expression)
        assert person.values["skin_tone"] == design.skin_tone
        assert abs(float(person.values["light_azimuth"]) - design.light_azimuth) <= 6
        assert person.values["yaw"] != yaw
        assert session.steps[-1] == "Head turned", "each deed is one step"
    assert len(list(window.workspace.store.folder.glob("*.face.json"))) == len(DESIGNS)
