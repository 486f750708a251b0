"""The window's middle in a real window: exploring, comparing, dragging on the picture, copying between characters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QSlider, QWidget
from pytestqt.qtbot import QtBot

from creator.attributes import AttributeSchema
from creator.character import Character, save_character
from creator.random_character import random_values
from creator.training.people_schema import SCHEMA
from creator.ui import studio as studio_module
from creator.ui.attribute_marks import AttributeMarks
from creator.ui.blend_page import BlendPage
from creator.ui.exploration import Exploration
from creator.ui.explore_page import ExplorePage
from creator.ui.face_pictures import FacePictures
from creator.ui.face_strip import FaceStrip
from creator.ui.family_page import FamilyPage
from creator.ui.language import use_language
from creator.ui.main_window import MainWindow
from creator.ui.people_grid import PeopleGrid
from creator.ui.preview_view import Tool
from creator.ui.session import Session
from creator.ui.studio import Studio
from creator.ui.theme import apply_theme

from .conftest import PATIENCE, MakeWindow, ScriptedRenderer, settle

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def studio(window: MainWindow) -> Studio:
    """The studio of a window that makes small pictures, too."""
    pictures = window.studio.pictures
    pictures.want = lambda client, faces: FacePictures.want(pictures, client, faces)  # type: ignore[method-assign]
    return window.studio


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def exploration_of(studio: Studio) -> Exploration:
    assert studio.exploration is not None
    return studio.exploration


def page(studio: Studio, kind: type) -> object:
    return next(studio.pages.widget(i) for i in range(studio.pages.count()) if isinstance(studio.pages.widget(i), kind))


# Random


def test_ctrl_r_rolls_within_scope_and_locks_and_ctrl_b_goes_back(window: MainWindow, qtbot: QtBot) -> None:
    session, studio = session_of(window), window.studio
    studio.panel.marks.lock(("age",))
    before = session.character
    exploration_of(studio).set_groups(frozenset({"Person"}))
    qtbot.keyClick(window, Qt.Key.Key_R, CONTROL)
    rolled = session.character
    assert rolled.values["gender"] != before.values["gender"]
    assert rolled.values["age"] == before.values["age"], "locked"
    assert rolled.values["skin_tone"] == before.values["skin_tone"], "not in the scope"
    assert session.undo_label.startswith("Random ")
    qtbot.keyClick(window, Qt.Key.Key_R, CONTROL)
    assert session.character not in (before, rolled)
    qtbot.keyClick(window, Qt.Key.Key_B, CONTROL)
    assert session.character == before, "to before all the rolls"
    session.undo()
    session.undo()
    assert session.character == rolled


def test_rolls_in_a_row_start_from_the_same_person(schema: AttributeSchema) -> None:
    session = Session(schema, seed=7)
    start = session.character
    exploration = Exploration(session, AttributeMarks())
    exploration.set_seed(5)
    exploration.roll()
    first = session.character
    exploration.roll()
    assert session.character != first
    exploration.set_strength(0.05)
    for _ in range(20):
        exploration.roll()
    assert abs(float(session.character.values["age"]) - float(start.values["age"])) <= 0.05 * 62 + 1
    session.set_attribute("age", 40.0)
    assert not exploration.can_go_back, "another edit is a new start"


def test_a_new_person_keeps_what_is_locked(window: MainWindow, qtbot: QtBot) -> None:
    session = session_of(window)
    before = session.character
    window.panel.marks.lock(("age", "garment"))
    qtbot.keyClick(window, Qt.Key.Key_R)
    after = session.character
    assert after.seed != before.seed
    assert (after.values["age"], after.values["garment"]) == (before.values["age"], before.values["garment"])
    assert after.values["gender"] != before.values["gender"]


def test_a_group_alone_can_be_rolled(window: MainWindow) -> None:
    session = session_of(window)
    before = session.character
    window.panel.groups[0].command.emit("Person", "roll")
    changed = {name for name in before.values if session.character.values[name] != before.values[name]}
    assert changed
    assert changed <= {"age", "gender"}
    assert session.undo_label.endswith(": Person")


# The grid of neighbours


def test_a_click_in_the_grid_goes_on_from_a_neighbour(studio: Studio, window: MainWindow, qtbot: QtBot) -> None:
    session = session_of(window)
    qtbot.mouseClick(studio.tools.pages[1], LEFT)
    explore = page(studio, ExplorePage)
    assert isinstance(explore, ExplorePage)
    qtbot.waitUntil(lambda: len(explore.grid.people) == 9, timeout=PATIENCE)
    qtbot.waitUntil(lambda: all(not b.image.isNull() for b in explore.grid.buttons), timeout=PATIENCE)
    wanted = explore.grid.people[4]
    qtbot.mouseClick(explore.grid.buttons[4], LEFT)
    assert session.character == wanted
    assert session.undo_label == "Variation"
    qtbot.waitUntil(lambda: explore.grid.people[4] != wanted, timeout=PATIENCE)
    explore.counts[1].click()
    qtbot.waitUntil(lambda: len(explore.grid.people) == 16, timeout=PATIENCE)
    session.undo()
    qtbot.mouseClick(studio.tools.pages[0], LEFT)
    settle(window, qtbot)


def test_the_grid_shows_the_people_it_offers(
    studio: Studio, renderer: ScriptedRenderer, window: MainWindow, qtbot: QtBot
) -> None:
    studio.show_page(1)
    explore = page(studio, ExplorePage)
    assert isinstance(explore, ExplorePage)
    exploration_of(studio).set_strength(1.0)
    qtbot.waitUntil(lambda: len(explore.grid.people) == 9, timeout=PATIENCE)

    def shown_right() -> bool:
        for person, button in zip(explore.grid.people, explore.grid.buttons, strict=True):
            colour = button.image.pixelColor(5, 5) if not button.image.isNull() else None
            bare = Character("", person.seed, person.values)
            if colour is None or colour.red() != hash(bare) % 251:
                return False
        return True

    qtbot.waitUntil(shown_right, timeout=PATIENCE)


def test_a_hidden_page_draws_nothing(studio: Studio, window: MainWindow, renderer: ScriptedRenderer) -> None:
    studio.show_page(1)
    renderer.block()
    exploration_of(studio).set_seed(77)
    explore = page(studio, ExplorePage)
    assert isinstance(explore, ExplorePage)
    explore.counts[1].click()
    studio.show_page(0)
    with window.renderer._changed:
        waiting = set(window.renderer._background)
    renderer.unblock()
    assert "neighbours" not in waiting


# Blend and family


def test_a_blend_of_two_by_group_is_one_undo_step(
    studio: Studio, window: MainWindow, schema: AttributeSchema, tmp_path: Path
) -> None:
    session = session_of(window)
    session.set_attribute("age", 20.0)
    own = session.character
    other = Character("Bea", 5, {**random_values(schema, 5), "age": 60.0, "garment": "cloak", "skin_tone": 9.0})
    save_character(other, tmp_path / "bea.face.json")
    studio.show_page(2)
    blend = page(studio, BlendPage)
    assert isinstance(blend, BlendPage)
    blend.slots[1].open(tmp_path / "bea.face.json")
    assert blend.slots[1].caption.text() == "Bea"
    blend.sliders[""][1].setFocus()
    for column, weight in ((0, 0.0), (1, 1.0)):
        blend._on_weight("Clothes", column, weight)
    blend._on_weight("Skin", 1, 0.0)
    blend.use_button.click()
    mixed = session.character
    assert mixed.values["age"] == 40.0
    assert mixed.values["garment"] == "cloak"
    assert mixed.values["skin_tone"] == own.values["skin_tone"]
    assert session.undo_label == "Blend"
    session.undo()
    assert session.character == own


def test_a_damaged_file_in_a_blend_is_told(studio: Studio, window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "x.face.json").write_text("{")
    studio.show_page(2)
    blend = page(studio, BlendPage)
    assert isinstance(blend, BlendPage)
    blend.slots[1].open(tmp_path / "x.face.json")
    assert "x.face.json" in window.view.message.text
    assert studio.pages.currentIndex() == 0


def test_a_child_and_an_age_become_the_character(studio: Studio, window: MainWindow, qtbot: QtBot) -> None:
    session = session_of(window)
    studio.show_page(3)
    family = page(studio, FamilyPage)
    assert isinstance(family, FamilyPage)
    qtbot.waitUntil(lambda: len(family.ages.people) == 5, timeout=PATIENCE)
    child = family.offspring.people[1]
    qtbot.mouseClick(family.offspring.buttons[1], LEFT)
    assert session.character == child
    assert session.undo_label == "Child"
    qtbot.waitUntil(lambda: family.ages.people[0].seed == child.seed, timeout=PATIENCE)
    qtbot.mouseClick(family.ages.buttons[3], LEFT)
    assert session.character.values["age"] == 60.0
    assert session.character.seed == child.seed


# History


def test_the_strip_goes_back_to_a_step(studio: Studio, window: MainWindow, qtbot: QtBot) -> None:
    session = session_of(window)
    first = session.character
    session.set_attribute("age", 66.0)
    session.set_attribute("gender", 0.9)
    qtbot.waitUntil(lambda: len(studio.history.buttons) == 3, timeout=PATIENCE)
    qtbot.waitUntil(lambda: all(not b.image.isNull() for b in studio.history.buttons), timeout=PATIENCE)
    assert studio.history.buttons[1].toolTip().startswith("Age ")
    qtbot.mouseClick(studio.history.buttons[0], LEFT)
    assert session.character == first
    assert session.redo_label
    qtbot.waitUntil(lambda: studio.history.buttons[0].isChecked(), timeout=PATIENCE)
    assert len(studio.history.buttons) == 3, "what can be redone stays"


# Before and after


def colour_in_the_middle(window: MainWindow) -> tuple[int, ...]:
    image = window.view.grab().toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2).getRgb()[:3]


def colour_of(person: Character) -> int:
    return hash(person) % 251


def test_holding_b_shows_what_was_before(studio: Studio, window: MainWindow, qtbot: QtBot) -> None:
    session = session_of(window)
    first = session.character
    studio.compare_with(first)
    qtbot.waitUntil(lambda: not window.view._reference.isNull(), timeout=PATIENCE)
    session.set_attribute("age", 66.0)
    settle(window, qtbot)
    assert colour_in_the_middle(window)[0] == colour_of(session.character)
    window.setFocus()
    qtbot.keyPress(window, Qt.Key.Key_B)
    assert colour_in_the_middle(window)[0] == colour_of(first)
    qtbot.keyRelease(window, Qt.Key.Key_B)
    assert colour_in_the_middle(window)[0] == colour_of(session.character)


def test_a_b_typed_into_the_search_is_a_letter(studio: Studio, window: MainWindow, qtbot: QtBot) -> None:
    window.panel.search.setFocus()
    qtbot.keyPress(window.panel.search, Qt.Key.Key_B)
    assert window.panel.search.text() == "b"
    assert not window.view._shows_reference


def test_side_by_side_with_another_character(studio: Studio, window: MainWindow, qtbot: QtBot) -> None:
    session = session_of(window)
    other = session.character
    studio.tools.beside.menu().actions()[2].trigger()  # beside this moment
    session.set_attribute("age", 79.0)
    qtbot.waitUntil(lambda: not window.view._reference.isNull(), timeout=PATIENCE)
    settle(window, qtbot)
    image = window.view.grab().toImage()
    y = image.height() // 2
    left, right = (image.pixelColor(round(image.width() * at), y).red() for at in (0.25, 0.75))
    assert (left, right) == (colour_of(other), colour_of(session.character))


# Dragging on the picture


def test_a_drag_on_the_picture_is_one_undo_step(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drags = {
        (Tool.TURN, False): (("nose_length", 2.0, 0.0), ("age", 0.0, 62.0)),
        (Tool.TURN, True): (("gender", 1.0, 0.0),),
    }  # the tiny model has no pose: these stand for it
    monkeypatch.setattr(studio_module, "_DRAGS", drags)
    session, view = session_of(window), window.view
    session.apply(session.character.with_values({"nose_length": 0.0, "age": 40.0}), "Start")
    settle(window, qtbot)
    start, side = session.character, round(view._target().width())
    middle = view.rect().center()
    qtbot.mousePress(view, LEFT, pos=middle)
    for step in range(1, 6):
        qtbot.mouseMove(view, middle + QPoint(step * side // 20, -step * side // 50))
    assert session.is_editing
    qtbot.mouseRelease(view, LEFT, pos=middle)
    assert not session.is_editing
    assert session.character.values["nose_length"] == pytest.approx(0.5, abs=0.03)
    assert session.character.values["age"] == pytest.approx(46, abs=1.1)
    assert session.undo_label == "Head turned"
    session.undo()
    assert session.character == start


def test_arrow_keys_on_the_picture_drag_too(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studio_module, "_DRAGS", {(Tool.TURN, False): (("nose_length", 2.0, 0.0),)})
    session = session_of(window)
    session.set_attribute("nose_length", 0.0)
    window.view.setFocus()
    for _ in range(3):
        qtbot.keyPress(window.view, Qt.Key.Key_Right)
    qtbot.keyRelease(window.view, Qt.Key.Key_Right)
    assert session.character.values["nose_length"] == pytest.approx(0.12)
    session.undo()
    assert session.character.values["nose_length"] == 0.0


# Copy and paste


def test_a_group_is_copied_to_another_character(window: MainWindow) -> None:
    session, panel = session_of(window), window.panel
    session.apply(session.character.with_values({"age": 71.0, "gender": 0.9, "skin_tone": 8.0}), "First")
    panel.groups[0].command.emit("Person", "copy")
    session.new_person(99)
    second = session.character
    panel.marks.lock(("gender",))
    panel.groups[0].command.emit("Person", "paste")
    assert session.character == second.with_value("age", 71.0), "gender is locked, the skin was not copied"
    assert session.undo_label == "Paste Person"


def test_a_strange_clipboard_is_told_and_changes_nothing(window: MainWindow) -> None:
    session = session_of(window)
    before = session.character
    QGuiApplication.clipboard().setText("a poem")
    window.panel.groups[0].command.emit("Person", "paste")
    assert session.character == before
    assert window.view.message.isVisible()


def test_reset_of_a_group_leaves_locks_alone(window: MainWindow) -> None:
    session = session_of(window)
    session.apply(session.character.with_values({"age": 71.0, "gender": 0.9}), "First")
    window.panel.marks.lock(("age",))
    window.panel.groups[0].command.emit("Person", "reset")
    assert (session.character.values["age"], session.character.values["gender"]) == (71.0, 0.5)
    assert session.undo_label == "Reset Person"


# The strip of expressions


def test_expressions_are_a_strip_of_this_person_at_the_head_of_their_group(
    studio: Studio, window: MainWindow, renderer: ScriptedRenderer, qtbot: QtBot
) -> None:
    session, panel = session_of(window), studio.panel
    assert panel.findChild(FaceStrip) is None, "nothing is made before it is seen"
    drawn = len(renderer.requests)
    group = next(group for group in panel.groups if group.title == "Expression")
    group.set_open(True)
    strip = panel.findChild(FaceStrip)
    assert strip is not None
    buttons = strip.tiles.buttons
    assert [button.text() for button in buttons] == ["Neutral", "Happy", "Sad"]
    assert len({button.y() for button in buttons}) == 1
    qtbot.waitUntil(lambda: all(not button.image.isNull() for button in buttons), timeout=PATIENCE)
    faces = [request.character for request in renderer.requests[drawn:]]
    assert {face.values["expression"] for face in faces} >= {"happy", "sad"}
    assert {face.seed for face in faces} == {session.character.seed}
    assert group._rows_layout.indexOf(strip) == 0
    qtbot.mouseClick(buttons[2], LEFT)
    assert session.character.values["expression"] == "sad"
    assert buttons[2].isChecked()
    qtbot.keyClick(buttons[2], Qt.Key.Key_Left)
    qtbot.keyClick(QApplication.focusWidget() or buttons[1], Qt.Key.Key_Space)
    assert session.character.values["expression"] == "happy"
    panel.search.setText("expression")
    assert strip.isVisible()
    panel.search.setText("age")
    assert not strip.isVisible()


def test_the_strip_keeps_the_present_expression_in_sight(whole_window: MainWindow, qtbot: QtBot) -> None:
    session, panel = session_of(whole_window), whole_window.panel
    panel.open_only(["Expression"])
    strip = panel.findChild(FaceStrip)
    assert strip is not None

    def in_sight(index: int) -> bool:
        button = strip.tiles.buttons[index]
        left = button.mapTo(strip.viewport(), QPoint(0, 0)).x()
        return 0 <= left <= strip.viewport().width() - button.width()

    for name in ("winking", "neutral", "tired"):
        session.set_attribute("expression", name)
        index = session.schema["expression"].choices.index(name)
        qtbot.waitUntil(lambda index=index: in_sight(index), timeout=PATIENCE)  # type: ignore[misc]


# Room


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_page_fits_beside_both_panes(
    make_window: MakeWindow, renderer: ScriptedRenderer, qtbot: QtBot, qapp: QApplication, language: str
) -> None:
    """At 1280 x 800 with the library open, nothing is cut at the side and nothing scrolls sideways."""
    use_language(qapp, language)
    apply_theme(qapp)
    try:
        renderer.manifest = replace(renderer.manifest, schema=SCHEMA)
        window = make_window(lambda: renderer)
        settle(window, qtbot)
        window.resize(1280, 800)
        window.side.show_page("library")
        for index in range(1, window.studio.pages.count()):
            window.studio.show_page(index)
            shown = window.studio.pages.currentWidget()
            grids = shown.findChildren(PeopleGrid)
            qtbot.waitUntil(lambda grids=grids: all(grid.buttons for grid in grids), timeout=PATIENCE)  # type: ignore[misc]
            qtbot.waitUntil(lambda shown=shown: not cut(shown), timeout=PATIENCE)  # type: ignore[misc]
        assert window.width() == 1280
    finally:
        use_language(qapp, "en")


def cut(page: QWidget) -> list[QWidget]:
    """The controls of ``page`` that stick out at its sides, and what is wider than the area that it scrolls in."""
    controls = [*page.findChildren(QAbstractButton), *page.findChildren(QSlider)]
    outside = [
        control
        for control in controls
        if control.isVisible() and not 0 <= control.mapTo(page, QPoint(0, 0)).x() <= page.width() - control.width()
    ]
    areas = page.findChildren(QScrollArea)
    return outside + [area for area in areas if area.widget().width() > area.viewport().width()]
