"""Rolls, neighbours and ages: pure, repeatable, and within what the scope allows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creator.attributes import AttributeSchema
from creator.character import Character
from creator.random_character import random_values
from creator.training.people_schema import SCHEMA
from creator.variations import Scope, at_ages, between, circular_span, neighbour, roll

EVERYTHING = Scope(frozenset(SCHEMA.groups), seed=True)
seeds = st.integers(0, 2**32 - 1)


def person(seed: int, schema: AttributeSchema = SCHEMA) -> Character:
    return Character("Ada", seed, random_values(schema, seed))


@settings(max_examples=25)
@given(seeds, seeds, st.floats(0, 1))
def test_a_roll_is_a_valid_person_and_the_same_again(own: int, seed: int, strength: float) -> None:
    rolled = roll(SCHEMA, person(own), seed, strength, EVERYTHING)
    assert rolled == roll(SCHEMA, person(own), seed, strength, EVERYTHING)
    assert rolled.name == "Ada"
    for name, value in rolled.values.items():
        assert SCHEMA.validated(name, value) == value


@settings(max_examples=25)
@given(seeds, seeds)
def test_strength_goes_from_nothing_to_somebody_else(own: int, seed: int) -> None:
    assert roll(SCHEMA, person(own), seed, 0.0, EVERYTHING) == person(own)
    arrived = roll(SCHEMA, person(own), seed, 1.0, EVERYTHING)
    assert arrived.seed == seed
    target = random_values(SCHEMA, seed)
    for attribute in SCHEMA.attributes:
        found = arrived.values[attribute.name]
        if attribute.kind == "choice":
            assert found == target[attribute.name]
        else:
            distance = abs(float(found) - float(target[attribute.name]))
            assert min(distance, circular_span(attribute) or distance) % 360 == pytest.approx(0, abs=1e-3)


@settings(max_examples=25)
@given(seeds, seeds, st.sets(st.sampled_from(SCHEMA.groups)), st.sets(st.sampled_from(SCHEMA.names)))
def test_only_the_scope_changes_and_locks_hold(own: int, seed: int, groups: set[str], locked: set[str]) -> None:
    scope = Scope(frozenset(groups), frozenset(locked))
    rolled = roll(SCHEMA, person(own), seed, 1.0, scope)
    assert rolled.seed == own
    for name, value in person(own).values.items():
        if SCHEMA[name].group not in groups or name in locked:
            assert rolled.values[name] == value


def test_a_lock_changes_nothing_else() -> None:
    free = roll(SCHEMA, person(1), 2, 0.5, EVERYTHING)
    kept = roll(SCHEMA, person(1), 2, 0.5, Scope(EVERYTHING.groups, frozenset({"age"}), seed=True))
    assert kept.with_value("age", free.values["age"]) == free


def crowd(count: int, seed: int, strength: float) -> list[Character]:
    return [neighbour(SCHEMA, person(1), seed, index, strength, EVERYTHING) for index in range(count)]


def test_neighbours_differ_from_each_other_and_by_seed() -> None:
    assert len(set(crowd(16, 5, 0.3))) == 16
    assert crowd(9, 5, 0.3) == crowd(9, 5, 0.3)
    assert not set(crowd(9, 5, 0.3)) & set(crowd(9, 6, 0.3))


def test_near_neighbours_mostly_keep_their_haircut() -> None:
    kept = sum(one.values["hair_style"] == person(1).values["hair_style"] for one in crowd(60, 5, 0.25))
    assert kept > 50


@settings(max_examples=25)
@given(st.floats(0, 360), st.floats(0, 360), st.floats(0, 1))
def test_a_hue_goes_the_shorter_way(first: float, second: float, share: float) -> None:
    hue = SCHEMA["garment_hue"]
    found = between(hue, first, second, share)
    assert 0 <= found <= 360
    way = abs((found - first + 180) % 360 - 180)
    whole = abs((second - first + 180) % 360 - 180)
    assert way <= whole * share + hue.step / 2 + 1e-3


def test_one_person_at_five_ages() -> None:
    ada = person(3).with_values({"age": 30.0, "hair_grey": 0.0})
    series = at_ages(SCHEMA, ada, (4, 20, 40, 60, 85))
    assert [one.values["age"] for one in series] == [8.0, 20.0, 40.0, 60.0, 85.0]
    greys = [float(one.values["hair_grey"]) for one in series]
    assert greys == sorted(greys)
    assert (greys[0], greys[-1]) == (0, 1)
    changed = {name for one in series for name in one.values if one.values[name] != ada.values[name]}
    assert changed == {"age", "hair_grey"}
    assert at_ages(SCHEMA, series[-1], (30,))[0].values["hair_grey"] == 0, "younger again"


def test_a_model_without_such_attributes(schema: AttributeSchema) -> None:
    ada = person(1, schema)
    assert [one.values["age"] for one in at_ages(schema, ada, (10, 50))] == [18.0, 50.0]
    assert roll(schema, ada, 9, 1.0, Scope(frozenset({"Skin"}))).values["age"] == ada.values["age"]
    assert at_ages(AttributeSchema((schema["gender"],)), Character("", 0, {"gender": 0.5}), (30,)) == ()
