from __future__ import annotations

import copy
import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator.attributes import AttributeSchema
from creator.character import (
    MAXIMUM_FILE_BYTES,
    MAXIMUM_SEED,
    Character,
    character_bytes,
    from_json,
    load_character,
    new_character,
    parse_json,
    save_character,
    to_json,
)
from creator.errors import AttributeValueError, CharacterFileError, SaveError, UnknownAttributeError

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


def test_a_character_is_a_value(schema: AttributeSchema) -> None:
    one, two = new_character(schema, seed=3), new_character(schema, seed=3)
    assert one == two
    assert hash(one) == hash(two)
    older = one.with_value("age", 70)
    assert older != one
    assert older.values["age"] == 70.0
    assert one.values["age"] == 35.0
    assert older.with_value("age", 35) == one
    assert one.with_seed(4).seed == 4
    assert one.with_name("Ada").name == "Ada"
    assert copy.deepcopy(one) == one
    assert pickle.loads(pickle.dumps(one)) == one
    with pytest.raises(TypeError):
        one.values["age"] = 1.0  # type: ignore[index]


def test_changing_the_given_dictionary_changes_nothing(schema: AttributeSchema) -> None:
    values = schema.defaults()
    character = Character(values=values)
    values["age"] = 80.0
    assert character.values["age"] == 35.0


@pytest.mark.parametrize("seed", [-1, MAXIMUM_SEED + 1, True, 1.5, "7"])
def test_a_bad_seed_is_refused(seed: Any) -> None:
    with pytest.raises(AttributeValueError, match="seed"):
        Character(seed=seed)


@pytest.mark.parametrize("name", ["x" * 201, "two\nlines", "\ud800"])
def test_a_bad_name_is_refused(name: str) -> None:
    with pytest.raises(AttributeValueError, match="name"):
        Character(name=name)


def test_new_character_checks_values(schema: AttributeSchema) -> None:
    assert new_character(schema, values={"age": "40"}).values["age"] == 40.0
    with pytest.raises(UnknownAttributeError, match="did you mean 'age'"):
        new_character(schema, values={"agee": 40})
    with pytest.raises(AttributeValueError, match="nearest valid value is 80"):
        new_character(schema, values={"age": 400})


def test_the_file_comes_back(schema: AttributeSchema, tmp_path: Path) -> None:
    character = new_character(schema, 9, "Zoë", {"age": 61.5, "expression": "sad"})
    path = tmp_path / "zoe.face.json"
    save_character(character, path)
    loaded = load_character(path, schema)
    assert loaded.character == character
    assert loaded.notices == ()
    assert path.read_bytes() == character_bytes(character)


def test_equal_characters_are_written_alike(schema: AttributeSchema) -> None:
    character = new_character(schema)
    turned = Character(values=dict(reversed(character.values.items())))
    assert turned == character
    assert character_bytes(turned) == character_bytes(character)


def test_missing_values_take_their_default(schema: AttributeSchema) -> None:
    loaded = from_json({"format": 1, "values": {"age": 20}}, schema)
    assert loaded.character == new_character(schema, values={"age": 20})


def test_a_newer_models_attributes_are_kept(schema: AttributeSchema) -> None:
    data = {"format": 1, "seed": 2, "values": {"age": 20, "horns": 0.5, "wings": "bat"}}
    loaded = from_json(data, schema)
    assert "horns" not in loaded.character.values
    assert len(loaded.notices) == 2
    assert "'horns'" in loaded.notices[0]
    written = to_json(loaded.character.with_value("age", 30))
    assert written["values"]["horns"] == 0.5
    assert written["values"]["wings"] == "bat"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "not a character"),
        ({}, "not a character"),
        ({"kind": "other", "format": 1, "values": {}}, "not a character"),
        ({"format": 2, "values": {}}, "newer Facewright"),
        ({"format": True, "values": {}}, "'format' must be 1"),
        ({"format": "1", "values": {}}, "'format' must be 1"),
        ({"format": 1, "values": []}, "'values' must be an object"),
        ({"format": 1, "values": {}, "name": 3}, "'name' must be a text"),
        ({"format": 1, "values": {}, "name": "a\nb"}, "printable"),
        ({"format": 1, "values": {}, "seed": -1}, "the seed must be"),
        ({"format": 1, "values": {}, "seed": 1.0}, "the seed must be"),
        ({"format": 1, "values": {"age": "35"}}, "'age' needs a number, not the text '35'"),
        ({"format": 1, "values": {"age": None}}, "'age' needs a number"),
        ({"format": 1, "values": {"age": 17}}, "nearest valid value is 18"),
        ({"format": 1, "values": {"age": 10**400}}, "'age' needs a number"),
        ({"format": 1, "values": {"expression": "hapy"}}, "did you mean 'happy'"),
        ({"format": 1, "values": {"expression": 1}}, "not a choice of 'expression'"),
        ({"format": 1, "values": {"horns": [1]}}, "'horns' must be a number or a choice"),
        ({"format": 1, "values": {"horns": 10**400}}, "'horns' is too large"),
        ({"format": 1, "values": {f"a{i}": 1 for i in range(600)}}, "600 attributes"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(schema: AttributeSchema, data: object, message: str) -> None:
    with pytest.raises(CharacterFileError, match=message):
        from_json(data, schema)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff\xfe", "UTF-8"),
        (b'{"format": 1, "values": {"age": NaN}}', "NaN is not a number"),
        (b'{"format": 1, "values": {"age": -Infinity}}', "-Infinity is not a number"),
        (b'{"format": 1, "values": {"age": 1e999}}', "finite"),
        (b'{"format": 1, "values": {"horns": 1e999}}', "must be finite"),
        (b'{"format": 1, "values": {"age": 20, "age": 30}}', "'age' twice"),
        (b'{"format": 1, "seed": ' + b"9" * 10000 + b', "values": {}}', "not JSON"),
        (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
        (b" " * (MAXIMUM_FILE_BYTES + 1), "larger than 1024 KiB"),
    ],
)
def test_damaged_files_are_refused_in_one_line(
    schema: AttributeSchema, tmp_path: Path, raw: bytes, message: str
) -> None:
    path = tmp_path / "bad.face.json"
    path.write_bytes(raw)
    with pytest.raises(CharacterFileError, match=message) as caught:
        load_character(path, schema)
    assert "bad.face.json" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 1000


def test_a_byte_order_mark_is_no_damage(schema: AttributeSchema, tmp_path: Path) -> None:
    path = tmp_path / "a.face.json"
    path.write_bytes(b"\xef\xbb\xbf" + character_bytes(new_character(schema, 5)))
    assert load_character(path, schema).character.seed == 5


def test_a_missing_file_and_a_folder_are_named(schema: AttributeSchema, tmp_path: Path) -> None:
    with pytest.raises(CharacterFileError, match="there is no such file"):
        load_character(tmp_path / "none.face.json", schema)
    with pytest.raises(CharacterFileError, match="it is not a file"):
        load_character(tmp_path, schema)
    with pytest.raises(CharacterFileError):
        load_character(tmp_path / "a\0b", schema)


def test_saving_into_a_missing_folder_says_so(schema: AttributeSchema, tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="does not exist"):
        save_character(new_character(schema), tmp_path / "none" / "a.face.json")


@given(data=json_values)
def test_any_json_is_read_or_refused(schema: AttributeSchema, data: object) -> None:
    with_frame = {"format": 1, "values": data, "seed": data, "name": data}
    for document in (data, with_frame, {"format": 1, "values": data}):
        try:
            from_json(document, schema)
        except CharacterFileError as error:
            assert "\n" not in str(error)


@given(raw=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode(errors="replace")))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        parse_json(raw)
    except CharacterFileError as error:
        assert "\n" not in str(error)


@given(cut=st.integers(0, 400), at=st.integers(0, 400), byte=st.integers(0, 255))
def test_a_damaged_recipe_is_read_or_refused(
    schema: AttributeSchema, tmp_path: Path, cut: int, at: int, byte: int
) -> None:
    raw = bytearray(character_bytes(new_character(schema, 77, "Bo", {"age": 44.25})))
    raw[at % len(raw)] = byte
    path = tmp_path / "damaged.face.json"
    for damaged in (bytes(raw), bytes(raw[:cut])):
        path.write_bytes(damaged)
        try:
            loaded = load_character(path, schema)
        except CharacterFileError as error:
            assert "damaged.face.json" in str(error)
        else:
            schema.encode(loaded.character.values)
            assert from_json(parse_json(character_bytes(loaded.character)), schema).character == loaded.character


@given(
    seed=st.integers(0, MAXIMUM_SEED),
    age=st.floats(18, 80),
    nose=st.floats(-1, 1),
    mood=st.sampled_from(["neutral", "happy", "sad"]),
    name=st.text(max_size=30).filter(str.isprintable),
)
def test_every_character_comes_back(
    schema: AttributeSchema, seed: int, age: float, nose: float, mood: str, name: str
) -> None:
    character = new_character(schema, seed, name, {"age": age, "nose_length": nose, "expression": mood})
    assert from_json(json.loads(character_bytes(character)), schema).character == character


def test_tags_are_kept_once_and_in_order(schema: AttributeSchema, tmp_path: Path) -> None:
    character = new_character(schema).with_tags([" villain ", "act 2", "villain", ""])
    assert character.tags == ("villain", "act 2")
    save_character(character, tmp_path / "ada.face.json")
    assert load_character(tmp_path / "ada.face.json", schema).character == character
    assert pickle.loads(pickle.dumps(character)) == character
    assert character.with_tags(()) != character
    assert b"tags" not in character_bytes(character.with_tags(()))


@pytest.mark.parametrize("tag", ["a, b", "x" * 41, "two\nlines"])
def test_bad_tags_are_refused(tag: str, schema: AttributeSchema) -> None:
    with pytest.raises(AttributeValueError, match="a tag is at most"):
        new_character(schema).with_tags([tag])


def test_too_many_tags_are_refused(schema: AttributeSchema) -> None:
    with pytest.raises(AttributeValueError, match="at most 32 tags"):
        new_character(schema).with_tags(map(str, range(33)))


@pytest.mark.parametrize("tags", ["town", [1], {"a": 1}, None, ["a,b"]])
def test_tags_in_a_file_must_be_a_list_of_tags(tags: object, schema: AttributeSchema) -> None:
    with pytest.raises(CharacterFileError):
        from_json({"format": 1, "values": {}, "tags": tags}, schema)
