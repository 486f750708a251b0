"""Undo, files and random people, with a window only where one is needed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from creator.attributes import AttributeSchema
from creator.errors import CharacterFileError, SaveError, UsageError
from creator.ui.session import Session


@pytest.fixture
def session(schema: AttributeSchema) -> Session:
    session = Session(schema, seed=7)
    session.set_attribute("age", 34.0)
    return session


def test_a_drag_is_one_named_undo_step(session: Session) -> None:
    for age in range(35, 62):
        session.set_attribute("age", float(age), live=True)
    session.end_edit()
    assert session.undo_label == "Age 34 to 61"
    session.undo()
    assert session.character.values["age"] == 34.0
    session.redo()
    assert session.character.values["age"] == 61.0


def test_two_drags_are_two_steps(session: Session) -> None:
    for first, last in ((40, 45), (45, 50)):
        for age in range(first, last):
            session.set_attribute("age", float(age), live=True)
        session.end_edit()
    session.undo()
    assert session.character.values["age"] == 44.0
    session.undo()
    assert session.character.values["age"] == 34.0


def test_a_drag_that_returns_is_no_step(session: Session) -> None:
    label = session.undo_label
    for age in (35.0, 40.0, 34.0):
        session.set_attribute("age", age, live=True)
    session.end_edit()
    assert session.undo_label == label


def test_moving_another_slider_ends_the_first_movement(session: Session) -> None:
    session.set_attribute("age", 50.0, live=True)
    session.set_attribute("gender", 0.25, live=True)
    session.end_edit()
    session.undo()
    assert session.character.values["age"] == 50.0
    assert session.undo_label == "Age 34 to 50"


def test_an_equal_value_changes_nothing(session: Session) -> None:
    told: list[str] = []
    session.character_changed.connect(lambda: told.append("changed"))
    session.set_attribute("age", 34)
    assert told == []


def test_choices_are_named_by_their_labels(session: Session) -> None:
    session.set_attribute("garment", "shirt")
    session.set_attribute("garment", "armour")
    assert session.undo_label == "Garment Shirt to Armour"


def test_invalid_values_are_refused(session: Session) -> None:
    before = session.character
    with pytest.raises(UsageError):
        session.set_attribute("age", 1000.0)
    with pytest.raises(UsageError):
        session.set_seed(2**32)
    assert session.character == before


def test_a_new_seed_keeps_the_attributes(session: Session) -> None:
    before = session.character
    session.set_seed(99)
    assert session.character.values == before.values
    assert session.character.seed == 99
    session.undo()
    assert session.character == before


def test_a_new_person_is_undone_in_one_step_and_lets_the_file_go(session: Session, tmp_path: Path) -> None:
    session.save(tmp_path / "anna.face.json")
    before = session.character
    session.new_person(5)
    assert session.character.seed == 5
    assert session.path is None
    session.undo()
    assert session.character == before
    assert session.is_saved


def test_save_and_open_give_the_same_character(session: Session, tmp_path: Path, schema: AttributeSchema) -> None:
    path = tmp_path / "anna.face.json"
    assert not session.is_saved
    session.save(path)
    assert session.is_saved
    other = Session(schema, seed=1)
    assert other.open(path) == ()
    assert other.character == session.character
    assert other.is_saved
    assert other.undo_label == ""


def test_unknown_attributes_of_a_newer_file_survive(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "newer.face.json"
    session.save(path)
    data = json.loads(path.read_text())
    data["values"]["aura"] = 0.5
    path.write_text(json.dumps(data))
    assert "aura" in session.open(path)[0]
    session.set_attribute("age", 20.0)
    session.save(path)
    assert json.loads(path.read_text())["values"]["aura"] == 0.5


def test_a_failed_save_or_open_changes_nothing(session: Session, tmp_path: Path) -> None:
    before = session.character
    with pytest.raises(SaveError):
        session.save(tmp_path / "nowhere" / "anna.face.json")
    assert session.path is None
    assert not session.is_saved
    (tmp_path / "bad.face.json").write_text("{")
    with pytest.raises(CharacterFileError):
        session.open(tmp_path / "bad.face.json")
    assert session.character == before
