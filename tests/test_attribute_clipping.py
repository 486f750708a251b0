"""Copying attributes from one person and giving them to another; the clipboard may hold anything."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creator.attribute_clipping import clipping_text, read_clipping
from creator.attributes import AttributeSchema
from creator.character import Character, character_bytes
from creator.errors import CharacterFileError
from creator.random_character import random_values
from creator.training.people_schema import SCHEMA


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.sets(st.sampled_from(SCHEMA.groups), min_size=1))
def test_what_was_copied_is_read(seed: int, groups: set[str]) -> None:
    ada = Character("Ada", seed, random_values(SCHEMA, seed))
    clipping = read_clipping(clipping_text(SCHEMA, ada, groups), SCHEMA)
    assert set(clipping.groups(SCHEMA)) == groups
    assert all(ada.values[name] == value for name, value in clipping.values.items())
    assert {SCHEMA[name].group for name in clipping.values} == groups


def test_a_whole_recipe_can_be_pasted(schema: AttributeSchema) -> None:
    ada = Character("Ada", 3, random_values(schema, 3))
    assert read_clipping(character_bytes(ada).decode(), schema).values == dict(ada.values)


def test_attributes_of_another_model_are_left_out_and_counted(schema: AttributeSchema) -> None:
    clipping = read_clipping(json.dumps({"values": {"age": 30, "tail_length": 1}}), schema)
    assert (dict(clipping.values), clipping.left_out) == ({"age": 30.0}, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "[]",
        "{}",
        '{"values": []}',
        '{"values": {}}',
        '{"values": {"tail": 1}}',
        '{"values": {"age": 1e99}}',
        '{"values": {"age": "old"}}',
        '{"values": {"age": null}}',
        '{"values": {"expression": "furious"}}',
        '{"values": {"age": NaN}}',
        "[" * 100_000,
    ],
)
def test_other_texts_are_refused_in_one_line(text: str, schema: AttributeSchema) -> None:
    with pytest.raises(CharacterFileError) as caught:
        read_clipping(text, schema)
    assert "\n" not in str(caught.value)


@settings(max_examples=25)
@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(CharacterFileError):
        read_clipping(text, SCHEMA)
