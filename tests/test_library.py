"""The folder of characters: what is listed, found and renamed, and that no file is ever lost or replaced."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator.attributes import AttributeSchema
from creator.character import FILE_ENDING, load_character, new_character
from creator.errors import CharacterFileError, SaveError
from creator.library import Library, file_stem, found, natural_key


@pytest.fixture
def library(tmp_path: Path, schema: AttributeSchema) -> Library:
    return Library(tmp_path / "library", schema)


def stems(library: Library) -> list[str]:
    return [entry.stem for entry in library.entries()]


def test_a_missing_folder_is_an_empty_library_and_is_made_when_needed(
    library: Library, schema: AttributeSchema
) -> None:
    assert library.entries() == ()
    path = library.add(new_character(schema, 7, "Ada"))
    assert path == library.folder / "Ada.face.json"
    assert stems(library) == ["Ada"]


def test_names_are_sorted_as_people_do(library: Library, schema: AttributeSchema) -> None:
    for name in ("Guard 10", "guard 9", "Ada", "Guard 1"):
        library.add(new_character(schema, 1, name))
    assert stems(library) == ["Ada", "Guard 1", "guard 9", "Guard 10"]


def test_folders_are_listed_but_not_hidden_ones_or_links(library: Library, schema: AttributeSchema) -> None:
    for folder in ("act 1/town", ".git", "elsewhere"):
        (library.folder / folder).mkdir(parents=True)
        Library(library.folder / folder, schema).add(new_character(schema, 1, folder.replace("/", "-")))
    (library.folder / "loop").symlink_to(library.folder)
    (library.folder / "notes.txt").write_text("not a character")
    assert stems(library) == ["act 1-town", "elsewhere"]


def test_nothing_is_replaced(library: Library, schema: AttributeSchema) -> None:
    first = library.add(new_character(schema, 1, "Ada"))
    second = library.add(new_character(schema, 2, "Ada"))
    assert (first.name, second.name) == ("Ada.face.json", "Ada 2.face.json")
    assert load_character(first, schema).character.seed == 1


def test_renaming_changes_name_and_file(library: Library, schema: AttributeSchema) -> None:
    taken = library.add(new_character(schema, 2, "Eva"))
    path = library.add(new_character(schema, 1, "Ada"))
    renamed = library.rename(path, " Eva ")
    assert renamed.name == "Eva 2.face.json"
    assert not path.exists()
    assert load_character(renamed, schema).character.name == "Eva"
    assert load_character(taken, schema).character.seed == 2
    assert library.rename(taken, "Eva") == taken


def test_a_rename_that_fails_leaves_the_character(
    library: Library, schema: AttributeSchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = library.add(new_character(schema, 1, "Ada"))

    def fail(_path: Path, _target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(SaveError, match=r"cannot rename .*Permission denied"):
        library.rename(path, "Eva")
    assert load_character(path, schema).character.name == "Eva"


def test_duplicates_are_numbered(library: Library, schema: AttributeSchema) -> None:
    path = library.add(new_character(schema, 1, "Ada"))
    copy = library.duplicate(path)
    assert copy.name == "Ada 2.face.json"
    assert load_character(copy, schema).character == load_character(path, schema).character.with_name("Ada 2")


def test_tags_are_kept_in_the_file(library: Library, schema: AttributeSchema) -> None:
    path = library.add(new_character(schema, 1, "Ada"))
    library.set_tags(path, ["villain", " act 2 ", "villain"])
    assert load_character(path, schema).character.tags == ("villain", "act 2")
    library.set_tags(path, [])
    assert b"tags" not in path.read_bytes()


def test_details_tell_what_is_wrong_with_a_file(library: Library, schema: AttributeSchema) -> None:
    library.add(new_character(schema, 1, "Ada").with_tags(["town"]))
    (library.folder / f"broken{FILE_ENDING}").write_text("{")
    ada, broken = (library.details(entry) for entry in library.entries())
    assert (ada.name, ada.tags, ada.problem) == ("Ada", ("town",), "")
    assert broken.name == "broken"
    assert "broken.face.json" in broken.problem


def test_search(library: Library, schema: AttributeSchema) -> None:
    (library.folder / "act 1").mkdir(parents=True)
    Library(library.folder / "act 1", schema).add(new_character(schema, 1, "Ada Morgenstern").with_tags(["Villain"]))
    details = library.details(library.entries()[0])
    entry = library.entries()[0]
    for search in ("", "ada", "MORGEN", "act", "villain", "#vill ada", "person", "ada neutral"):
        assert found(search, [(entry, details)]) == [entry], search
    for search in ("#ada", "eva", "ada eva", "#neutral"):
        assert found(search, [(entry, details)]) == [], search


def test_names_are_found_before_descriptions(library: Library, schema: AttributeSchema) -> None:
    for name, values in (("Adam", {"expression": "sad"}), ("Eva", {}), ("Sadie", {})):
        library.add(new_character(schema, 1, name, values))
    entries = [(entry, library.details(entry)) for entry in library.entries()]
    assert [entry.stem for entry in found("sad", entries)] == ["Sadie", "Adam"]


def test_what_was_taken_away_can_be_put_back_once(library: Library, schema: AttributeSchema) -> None:
    path = library.add(new_character(schema, 1, "Ada"))
    content = path.read_bytes()
    path.unlink()
    library.put_back(path, content)
    assert path.read_bytes() == content
    with pytest.raises(SaveError, match="another file has its name"):
        library.put_back(path, content)


def test_a_damaged_file_cannot_be_renamed(library: Library) -> None:
    library.folder.mkdir()
    path = library.folder / f"broken{FILE_ENDING}"
    path.write_text("{")
    with pytest.raises(CharacterFileError, match="broken"):
        library.rename(path, "Eva")
    assert path.read_text() == "{"


@given(st.text(max_size=300))
def test_every_name_gives_a_file_name(name: str) -> None:
    stem = file_stem(name)
    assert stem
    assert len(os.fsencode(stem + FILE_ENDING)) < 250
    assert not set(stem) & set('/\\:*?"<>|\0\n')
    assert not stem.startswith(".")
    assert stem.upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}
    assert file_stem(stem) == stem


@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    keys = [natural_key(name) for name in sorted(names, key=natural_key)]
    assert all(first <= second for first, second in itertools.pairwise(keys))
