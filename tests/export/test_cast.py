"""Characters from recipes, portraits, lists, tables and folders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator.attributes import AttributeSchema
from creator.character import new_character, save_character, to_json
from creator.errors import CharacterFileError, CreatorError, UsageError
from creator.export.cast import load_cast

from .conftest import DrawnRenderer, member, plain, run


def test_all_kinds_of_sources_are_read_in_order(schema: AttributeSchema, drawn: DrawnRenderer, tmp_path: Path) -> None:
    save_character(new_character(schema, 1, "Anna"), tmp_path / "first.face.json")
    save_character(new_character(schema, 2), tmp_path / "second.face.json")
    run(drawn, tmp_path / "pictures", [member(schema, "Cleo", 3)], plain(options={"kind": "webp"}))
    (tmp_path / "list.json").write_text(json.dumps([to_json(new_character(schema, 4)), {"name": "Eve", "values": {}}]))
    (tmp_path / "table.csv").write_text("name,seed,age,expression\nFay,6,40,happy\n\n,7,,sad\n")
    sources = ["first.face.json", "second.face.json", "pictures/Cleo neutral.webp", "list.json", "table.csv"]
    cast = load_cast([tmp_path / source for source in sources], schema)
    assert [each.name for each in cast.members] == ["Anna", "second", "Cleo", "list 1", "Eve", "Fay", "table 3"]
    assert [each.character.seed for each in cast.members] == [1, 2, 3, 4, 0, 6, 7]
    assert cast.members[5].character == new_character(schema, 6, "Fay", {"age": 40, "expression": "happy"})
    folder = load_cast([tmp_path], schema)
    assert [each.name for each in folder.members] == ["Anna", "second"]
    portraits = load_cast([tmp_path / "pictures"], schema)
    assert [(each.name, each.character.seed) for each in portraits.members] == [("Cleo", 3)]


def test_a_table_of_a_german_spreadsheet_is_read(schema: AttributeSchema, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes('\ufeffname;age\r\n"Zoë; die Große";40\r\n'.encode())
    (only,) = load_cast([tmp_path / "t.csv"], schema).members
    assert (only.name, only.character.values["age"]) == ("Zoë; die Große", 40.0)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "name,agee\nx,3", "no attribute is called 'agee' .did you mean 'age'"),
        ("a.csv", "age,age\n3,3", "two columns 'age'"),
        ("a.csv", "age\n400", "line 2: .*nearest valid value is 80"),
        ("a.csv", "seed\n-1", "line 2: the seed must be"),
        ("a.csv", "seed\n²", "line 2: the seed must be"),
        ("a.csv", "age\n40,50", "line 2: it has 2 cells"),
        ("a.csv", 'age\n"40', "line 2"),
        ("a.json", "[3]", "character 1"),
        ("a.json", '{"characters": 3}', "must hold a list"),
        ("a.json", '[{"values": {"age": 400}}]', "nearest valid value is 80"),
        ("a.json", "[", "not JSON"),
    ],
)
def test_a_mistake_is_named_with_its_place(
    schema: AttributeSchema, tmp_path: Path, name: str, text: str, message: str
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(CharacterFileError, match=message) as caught:
        load_cast([tmp_path / name], schema)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_nobody_is_an_error(schema: AttributeSchema, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no character in"):
        load_cast([tmp_path], schema)
    with pytest.raises(UsageError, match="is no source of characters"):
        load_cast([Path("cast.xlsx")], schema)
    with pytest.raises(CharacterFileError, match="no such file"):
        load_cast([tmp_path / "none.csv"], schema)


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.json"]))
def test_any_bytes_are_a_cast_or_one_clear_error(
    schema: AttributeSchema, tmp_path: Path, raw: bytes, name: str
) -> None:
    (tmp_path / name).write_bytes(raw)
    try:
        assert load_cast([tmp_path / name], schema).members
    except CreatorError as error:
        assert "\n" not in str(error)
