"""Blends by group, children and siblings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creator.attributes import AttributeSchema
from creator.blending import SEED, blend, child, children, siblings
from creator.character import Character
from creator.errors import UsageError
from creator.random_character import random_values
from creator.training.people_schema import SCHEMA

ALL = (*SCHEMA.groups, SEED)
seeds = st.integers(0, 2**32 - 1)
PARENTS_DIFFER = ("nose_length", "jaw_width", "eye_size", "chin_width", "mouth_width", "brow_height", "ear_size")


def person(seed: int, **values: float | str) -> Character:
    return Character(f"Person {seed}", seed, random_values(SCHEMA, seed)).with_values(values)


@settings(max_examples=25)
@given(st.lists(seeds, min_size=2, max_size=3, unique=True), st.data())
def test_a_blend_lies_between_its_people(own: list[int], data: st.DataObject) -> None:
    people = [person(seed) for seed in own]
    weights = st.lists(st.floats(0.01, 1), min_size=len(own), max_size=len(own))
    mixed = blend(SCHEMA, people, {group: data.draw(weights) for group in ALL})
    assert mixed.seed in own
    for attribute in SCHEMA.attributes:
        values = [one.values[attribute.name] for one in people]
        found = mixed.values[attribute.name]
        assert SCHEMA.validated(attribute.name, found) == found
        if attribute.kind == "choice":
            assert found in values
        elif "hue" not in attribute.name:
            step = attribute.step
            assert min(map(float, values)) - step <= float(found) <= max(map(float, values)) + step


def test_all_the_weight_on_one_person_gives_that_person() -> None:
    people = [person(seed) for seed in (1, 2, 3)]
    for index in range(3):
        weights = [float(at == index) for at in range(3)]
        found = blend(SCHEMA, people, dict.fromkeys(ALL, weights))
        assert found.seed == people[index].seed
        assert found.values == people[index].values
        assert found.name == "Person 1", "the first person is the one that is being edited"


def test_each_group_has_its_own_weights() -> None:
    one, other = person(1, nose_length=-0.4, eye_size=-0.4), person(2, nose_length=0.4, eye_size=0.4)
    found = blend(SCHEMA, [one, other], {"Nose": (1.0, 3.0)})
    assert found.values["nose_length"] == pytest.approx(0.2)
    assert found.values["eye_size"] == -0.4
    assert found.seed == 1
    assert found.values["hair_style"] == one.values["hair_style"]


def test_hues_blend_around_the_circle() -> None:
    found = blend(SCHEMA, [person(1, garment_hue=350.0), person(2, garment_hue=30.0)], {"Clothes": (1, 1)})
    assert found.values["garment_hue"] == pytest.approx(10.0)


@pytest.mark.parametrize("weights", [(1.0,), (0.0, 0.0), (1.0, -1.0), (1.0, float("nan")), (1.0, float("inf"))])
def test_impossible_weights_are_refused(weights: tuple[float, ...]) -> None:
    with pytest.raises(UsageError, match="Nose"):
        blend(SCHEMA, [person(1), person(2)], {"Nose": weights})


def test_four_people_are_too_many() -> None:
    with pytest.raises(UsageError, match="1 to 3"):
        blend(SCHEMA, [person(seed) for seed in range(4)], {})


@settings(max_examples=25)
@given(seeds, seeds, seeds)
def test_a_child_is_valid_young_and_repeatable(first: int, second: int, seed: int) -> None:
    parents = person(first), person(second)
    found = child(SCHEMA, parents, seed)
    assert found == child(SCHEMA, parents, seed)
    assert (found.seed, found.values["age"], found.values["beard_style"]) == (seed, 10.0, "none")
    assert found.values["hair_style"] != "bald" or "bald" in [parent.values["hair_style"] for parent in parents]
    assert found.values["garment"] == parents[0].values["garment"]
    for name, value in found.values.items():
        assert SCHEMA.validated(name, value) == value


def test_children_look_like_their_parents() -> None:
    """Each feature lies near the parents' range, and children differ from each other."""
    mother = person(1, **dict.fromkeys(PARENTS_DIFFER, 0.5), skin_tone=3.0)
    father = person(2, **dict.fromkeys(PARENTS_DIFFER, 0.7), skin_tone=7.0)
    family = children(SCHEMA, (mother, father), 9, 12)
    assert len(set(family)) == 12
    assert children(SCHEMA, (mother, father), 9, 3) == family[:3]
    for one in family:
        assert one.values["skin_tone"] == pytest.approx(5.0)
        assert all(float(one.values[name]) > 0.25 for name in PARENTS_DIFFER)
    assert {one.values["gender"] < 0.5 for one in family} == {True, False}


def test_siblings_share_ancestry_and_about_the_age() -> None:
    ada = person(4, age=30.0)
    family = siblings(SCHEMA, ada, 7, 4)
    assert len({one.seed for one in family}) == 4
    for one in family:
        for name in ("ancestry_african", "ancestry_east_asian", "ancestry_european", "skin_tone"):
            assert one.values[name] == pytest.approx(ada.values[name], abs=SCHEMA[name].step)
        assert abs(float(one.values["age"]) - 30) <= 6
        assert one.values["expression"] == ada.values["expression"]


def test_a_small_schema(schema: AttributeSchema) -> None:
    ada, ben = (Character("", seed, random_values(schema, seed)) for seed in (1, 2))
    found = child(schema, (ada, ben), 3)
    assert found.values["age"] == 18.0, "the model knows nobody younger"
    assert set(found.values) == set(schema.names)
