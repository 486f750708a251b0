"""What stands beside the plain sliders: swatches, triangle, light ball, pictures of choices, marks, and laziness."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from creator.attributes import Attribute, Value
from creator.training.people_schema import SCHEMA
from creator.ui.ancestry_triangle import AncestryTriangle
from creator.ui.attribute_marks import AttributeMarks
from creator.ui.attribute_panel import AttributePanel
from creator.ui.icons import group_icon_name
from creator.ui.light_ball import LightBall, direction, spot
from creator.ui.swatch_strip import SwatchStrip

LEFT = Qt.MouseButton.LeftButton
SHARES = ("ancestry_african", "ancestry_east_asian", "ancestry_european")


class BigPanel:
    """A panel with the training people's 118 attributes that keeps what is edited, as a session does."""

    def __init__(self, file: Path | None = None) -> None:
        self.marks = AttributeMarks(file)
        self.widget = AttributePanel(self.marks)
        self.values: dict[str, Value] = SCHEMA.defaults()
        self.finished = 0
        self.what = ""
        self.widget.edited.connect(lambda name, value, live: self._take({name: value}))
        self.widget.values_edited.connect(lambda values, what, live: self._take(values, what))
        self.widget.finished.connect(self._finish)
        self.widget.build(SCHEMA)

    def _take(self, values: dict[str, Value], what: str = "") -> None:
        self.values |= values
        self.what = what
        self.widget.show_values(self.values)

    def _finish(self) -> None:
        self.finished += 1

    def open(self, title: str) -> None:
        next(group for group in self.widget.groups if group.title == title).set_open(True)


@pytest.fixture
def panel(qtbot: QtBot) -> BigPanel:
    made = BigPanel()
    qtbot.addWidget(made.widget)
    made.widget.resize(440, 700)
    made.widget.show()
    qtbot.waitExposed(made.widget)
    made.widget.activateWindow()
    return made


def test_rows_are_made_when_they_are_first_seen(panel: BigPanel, qtbot: QtBot) -> None:
    people = {a.name for a in SCHEMA.attributes if a.group == "Person"}
    qtbot.waitUntil(lambda: set(panel.widget.rows) == people)
    panel.values["smile"] = 0.4
    panel.widget.show_values(panel.values)
    panel.open("Action units")
    units = [a.name for a in SCHEMA.attributes if a.group == "Action units"]
    qtbot.waitUntil(lambda: all(name in panel.widget.rows for name in units))
    number = panel.widget.row("smile").number
    assert number is not None
    assert number.value() == 0.4, "a row that is made later shows the present value"
    layout = panel.widget.groups[SCHEMA.groups.index("Action units")]._rows_layout
    found = [layout.itemAt(i).widget() for i in range(layout.count())]
    assert found == [panel.widget.row(name) for name in units], "in the schema's order"


def test_searching_makes_the_rows_that_are_found(panel: BigPanel, qtbot: QtBot) -> None:
    panel.widget.search.setText("freck")
    assert panel.widget.rows["freckles"].isVisible()
    assert not any(row.isVisible() for name, row in panel.widget.rows.items() if name != "freckles")
    panel.widget.search.setText("moustache")
    assert panel.widget.rows["beard_style"].isVisible(), "choices are searched, too"


def test_each_group_has_an_icon_of_its_own() -> None:
    names = [group_icon_name(group) for group in SCHEMA.groups]
    assert len(set(names)) == len(SCHEMA.groups)
    assert "other" not in names
    assert group_icon_name("Wings") == group_icon_name("../lock") == "other"


def test_headers_count_what_is_changed(panel: BigPanel) -> None:
    panel.values |= {"age": 50.0, "gender": 1.0}
    panel.widget.show_values(panel.values)
    assert panel.widget.groups[0].header.accessibleDescription() == "2 changed"


def test_the_line_of_help_follows_the_focus(panel: BigPanel, qtbot: QtBot) -> None:
    slider = panel.widget.row("body_weight").slider
    assert slider is not None
    slider.setFocus()
    assert "Weight as seen in face and neck." in panel.widget.help.text()
    assert "thin" in panel.widget.help.text()


# Marks


def test_keys_lock_favour_and_reset_a_row(panel: BigPanel, qtbot: QtBot) -> None:
    row = panel.widget.row("age")
    assert row.slider is not None
    row.slider.setFocus()
    for key in (Qt.Key.Key_L, Qt.Key.Key_F, Qt.Key.Key_Right):
        qtbot.keyClick(row.slider, key)
    assert panel.marks.locked == panel.marks.favourites == {"age"}
    assert row.lock.isChecked() and row.star.isChecked()  # noqa: PT018
    assert panel.values["age"] == 31.0, "a lock does not hold its own slider"
    qtbot.keyClick(row.slider, Qt.Key.Key_Delete)
    assert panel.values["age"] == 30.0
    panel.widget.only_favourites.click()
    assert [name for name, one in panel.widget.rows.items() if one.isVisible()] == ["age"]
    panel.widget.only_favourites.click()
    panel.widget.groups[0].command.emit("Person", "unlock")


def test_a_whole_group_is_locked(panel: BigPanel) -> None:
    group = panel.widget.groups[0]
    group.menu_button.menu().actions()[-2].trigger()
    assert panel.marks.locked == {a.name for a in group.attributes}
    assert all(row.lock.isChecked() for row in group.rows.values())
    group.menu_button.menu().actions()[-1].trigger()
    assert not panel.marks.locked


def test_favourites_are_kept_and_locks_are_not(tmp_path: Path) -> None:
    file = tmp_path / "new" / "favourites.json"
    marks = AttributeMarks(file)
    marks.favour("age")
    marks.favour("jaw_width")
    marks.favour("age", False)
    marks.lock(("gender",))
    again = AttributeMarks(file)
    assert again.favourites == {"jaw_width"}
    assert not again.locked


@pytest.mark.parametrize("content", ["", "{", "7", '{"a": 1}', "[" * 99_999, '["age", 3, null]'])
def test_a_damaged_file_of_favourites_is_no_reason_to_stop(tmp_path: Path, content: str) -> None:
    file = tmp_path / "favourites.json"
    file.write_text(content)
    assert AttributeMarks(file).favourites <= {"age"}


# Monk scale


def test_a_swatch_sets_the_tone(panel: BigPanel, qtbot: QtBot) -> None:
    panel.open("Skin")
    strip = panel.widget.row("skin_tone").findChild(SwatchStrip)
    assert strip is not None
    qtbot.waitUntil(lambda: strip.height() == strip.sizeHint().height())
    qtbot.mouseClick(strip, LEFT, pos=strip.swatch(8).center().toPoint())
    assert panel.values["skin_tone"] == 8.0
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert panel.values["skin_tone"] == 9.0
    assert strip.spoken_value().text == "Tone 9 of 10"
    colours = strip.grab().toImage()
    light, dark = (colours.pixelColor(strip.swatch(n).center().toPoint()).lightness() for n in (1, 10))
    assert light > 220
    assert dark < 60


# Ancestry


def triangle_of(panel: BigPanel) -> AncestryTriangle:
    triangle = panel.widget.findChild(AncestryTriangle)
    assert triangle is not None
    return triangle


def test_a_corner_of_the_triangle_is_one_ancestry(panel: BigPanel, qtbot: QtBot) -> None:
    triangle = triangle_of(panel)
    for corner, name in zip(triangle.corners(), SHARES, strict=True):
        qtbot.mouseClick(triangle, LEFT, pos=corner.toPoint())
        assert panel.values[name] == pytest.approx(1.0, abs=0.02)
        assert sum(float(panel.values[other]) for other in SHARES) == pytest.approx(1.0)
    assert panel.finished == 3


def test_dragging_outside_the_triangle_stays_inside(panel: BigPanel, qtbot: QtBot) -> None:
    triangle = triangle_of(panel)
    qtbot.mousePress(triangle, LEFT, pos=triangle.corners()[2].toPoint())
    for point in (QPoint(-900, 20), QPoint(900, 300), QPoint(5, -700)):
        qtbot.mouseMove(triangle, point)
        shares = [float(panel.values[name]) for name in SHARES]
        assert min(shares) >= 0
        assert sum(shares) == pytest.approx(1.0)
    assert panel.finished == 0
    qtbot.mouseRelease(triangle, LEFT)
    assert panel.finished == 1
    assert panel.what == "Ancestry"


def test_arrow_keys_move_the_point(panel: BigPanel, qtbot: QtBot) -> None:
    triangle = triangle_of(panel)
    before = triangle.point_of(triangle.shares)
    for _ in range(3):
        qtbot.keyClick(triangle, Qt.Key.Key_Down)
    assert triangle.point_of(triangle.shares).y() > before.y() + 10
    assert "European ancestry" in triangle.spoken_value().text


def test_shares_that_do_not_sum_to_one_are_scaled(panel: BigPanel) -> None:
    panel.values |= dict.fromkeys(SHARES, 0.8)
    panel.widget.show_values(panel.values)
    assert triangle_of(panel).shares == pytest.approx((1 / 3, 1 / 3, 1 / 3))


# Light


@given(st.floats(-150, 150), st.floats(-45, 75))
def test_every_direction_has_its_place_on_the_ball(azimuth: float, elevation: float) -> None:
    x, y = spot(azimuth, elevation)
    assert math.hypot(x, y) <= 1
    found = direction(x, y)
    assert found[1] == pytest.approx(elevation, abs=1e-3)
    if abs(elevation) < 89:
        assert found[0] == pytest.approx(azimuth, abs=1e-3)


def test_the_ball_turns_the_light(panel: BigPanel, qtbot: QtBot) -> None:
    panel.open("Light")
    ball = panel.widget.findChild(LightBall)
    assert isinstance(ball, LightBall)
    QApplication.processEvents()
    for angles in ((0.0, 0.0), (-60.0, 30.0), (120.0, 40.0), (45.0, -30.0)):
        qtbot.mouseClick(ball, LEFT, pos=ball.point_of(*angles).toPoint())
        assert panel.values["light_azimuth"] == pytest.approx(angles[0], abs=9)
        assert panel.values["light_elevation"] == pytest.approx(angles[1], abs=9)
    qtbot.keyClick(ball, Qt.Key.Key_Up)
    assert panel.values["light_elevation"] == pytest.approx(-25, abs=9)
    assert panel.what == "Light direction"


def test_the_ball_stays_within_the_attributes_range(panel: BigPanel) -> None:
    panel.open("Light")
    ball = panel.widget.findChild(LightBall)
    assert isinstance(ball, LightBall)

    def limits(attribute: Attribute) -> tuple[float, float]:
        return attribute.minimum, attribute.maximum

    for x in range(-200, 400, 37):
        for y in range(-200, 400, 41):
            azimuth, elevation = ball.angles_at(QPointF(x, y))
            low, high = limits(SCHEMA["light_azimuth"])
            assert low <= azimuth <= high
            low, high = limits(SCHEMA["light_elevation"])
            assert low <= elevation <= high


# Keyboard


def test_ctrl_page_down_goes_from_group_to_group(panel: BigPanel, qtbot: QtBot) -> None:
    groups = panel.widget.groups
    groups[0].header.setFocus()
    qtbot.keyClick(groups[0].header, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert groups[1].header.hasFocus()
    qtbot.keyClick(groups[1].header, Qt.Key.Key_Right)
    assert groups[1].is_open
    qtbot.waitUntil(lambda: len(groups[1].rows) == len(groups[1].attributes))
    slider = panel.widget.row("jaw_width").slider
    assert slider is not None
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert groups[1].header.hasFocus()
    qtbot.keyClick(groups[1].header, Qt.Key.Key_Left)
    assert not groups[1].is_open


def test_an_attribute_can_be_revealed(panel: BigPanel, qtbot: QtBot) -> None:
    panel.widget.reveal("nose_hump")
    slider = panel.widget.row("nose_hump").slider
    assert slider is not None
    assert slider.hasFocus()
    qtbot.waitUntil(lambda: slider.visibleRegion().boundingRect().height() > 10)
