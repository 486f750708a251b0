"""Conditions on random people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator.attributes import AttributeSchema
from creator.constraints import Constraints, draw_person
from creator.errors import CreatorError, UsageError


def test_every_person_meets_the_conditions_and_is_the_same_for_any_count(schema: AttributeSchema) -> None:
    where = Constraints.parse("age>60 AND age <= 70, garment=robe|cloak and expression!=sad", schema)
    people = [draw_person(schema, 5, index, where, {}) for index in range(12)]
    for person in people:
        assert 60 < float(person.values["age"]) <= 70
        assert person.values["garment"] in ("robe", "cloak")
        assert person.values["expression"] != "sad"
    assert len(set(people)) == 12
    assert draw_person(schema, 5, 7, where, {}) == people[7]


def test_without_conditions_the_people_are_the_usual_ones(schema: AttributeSchema) -> None:
    nothing = Constraints.parse(" ", schema)
    assert nothing == Constraints()
    fixed = draw_person(schema, 5, 1, nothing, {"age": 20.0})
    assert fixed.values["age"] == 20.0
    assert fixed.seed == draw_person(schema, 5, 1, nothing, {}).seed


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("agee>60", "did you mean 'age'"),
        ("age", "is written like"),
        ("age>", "is written like"),
        ("age>old", "needs a number"),
        ("age>400", "nearest valid value is 80"),
        ("garment>robe", "compare it with = or !="),
        ("garment=rope", "did you mean 'robe'"),
        ("age>6O or age<3", "is written like"),
        (",".join(["age>20"] * 65), "at most 64"),
    ],
)
def test_a_wrong_condition_is_explained(schema: AttributeSchema, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Constraints.parse(text, schema)


def test_what_nobody_can_meet_ends(schema: AttributeSchema) -> None:
    with pytest.raises(UsageError, match="none of 3000 people"):
        draw_person(schema, 1, 0, Constraints.parse("age>70 and age<30", schema), {})


@given(st.text(max_size=60))
def test_any_text_is_conditions_or_one_clear_error(schema: AttributeSchema, text: str) -> None:
    try:
        Constraints.parse(text, schema)
    except CreatorError as error:
        assert "\n" not in str(error)
