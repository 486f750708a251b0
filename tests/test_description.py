"""The portrait in words, with the people's own schema and with a small one."""

from __future__ import annotations

import pytest

from creator.attributes import AttributeSchema, Value
from creator.character import Character, new_character
from creator.description import alt_text, describe
from creator.random_character import random_values
from creator.training.people_schema import SCHEMA


def said(**values: Value) -> str:
    return describe(new_character(SCHEMA, values=values), SCHEMA)


def test_a_whole_description() -> None:
    words = said(
        age=61, gender=0.1, ancestry_african=1, ancestry_european=0.6, skin_tone=7.5, freckles=0.6, iris_colour=0.5,
        hair_style="bob", hair_grey=0.9, expression="happy", yaw=-20, garment="suit", garment_hue=215,
        garment_saturation=0.6, nose_width=0.8, jaw_width=-0.7,
    )  # fmt: skip
    assert words == (
        "A woman of 61, African and European ancestry. Dark brown skin, freckles, green eyes. "
        "Hair: Bob with fringe, grey. Striking – Jaw width: narrow; Nose width: wide. "
        "Expression: Happy, turned to the left. Wears: Suit and tie, blue."
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"age": 10, "gender": 0.0}, "A girl of 10"),
        ({"age": 10, "gender": 0.5}, "A child of 10"),
        ({"age": 15, "gender": 1.0}, "A boy of 15"),
        ({"age": 15, "gender": 0.5}, "A teenager of 15"),
        ({"age": 40, "gender": 0.5}, "A person of 40"),
        ({"hair_style": "bald"}, "Hair: Bald."),
        ({"hair_dye": 1.0, "hair_dye_hue": 120}, "dyed green"),
        ({"hair_lightness": 0.5, "hair_red": 1.0}, ", red."),
        ({"beard_style": "goatee"}, "Beard: Goatee."),
        ({"garment": "t_shirt", "garment_saturation": 0, "garment_lightness": 0.05}, "Wears: T-shirt, black."),
        ({"ancestry_african": 0, "ancestry_east_asian": 1, "ancestry_european": 0}, ", East Asian ancestry"),
    ],
)
def test_words(values: dict[str, Value], words: str) -> None:
    assert words in said(**values)


def test_beards_are_named_only_where_there_is_one() -> None:
    assert "Beard" not in said(beard_style="none")


def test_any_model_can_be_described(schema: AttributeSchema) -> None:
    for seed in range(40):
        for known in (schema, SCHEMA):
            words = describe(Character("", seed, random_values(known, seed)), known)
            assert words.endswith(".")
            assert "{" not in words


def test_the_alt_text_begins_with_the_name(schema: AttributeSchema) -> None:
    character = new_character(schema, 7)
    assert alt_text(character.with_name("Ada"), schema).startswith("Portrait of Ada. A person of 35")
    assert alt_text(character, schema) == describe(character, schema)


def test_the_words_can_be_translated(schema: AttributeSchema) -> None:
    assert describe(
        new_character(schema), schema, lambda text: text.replace("A person of", "Eine Person von")
    ).startswith("Eine Person von 35")
