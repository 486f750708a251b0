"""Unsaved changes come back as they were, and strange files are refused."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator import recovery
from creator.attributes import AttributeSchema
from creator.character import new_character
from creator.errors import CharacterFileError
from creator.recovery import Unsaved


@pytest.mark.parametrize("path", [None, Path("/cast/Ada.face.json")])
def test_what_is_kept_comes_back(path: Path | None, schema: AttributeSchema, tmp_path: Path) -> None:
    unsaved = Unsaved(new_character(schema, 7, "Ada", {"age": 50}), path, datetime(2026, 3, 1, 12, 30))
    recovery.keep(unsaved, tmp_path / "state" / "one.recovery.json")
    assert recovery.read(tmp_path / "state" / "one.recovery.json", schema) == unsaved


@given(raw=st.binary(max_size=200) | st.sampled_from([b"{}", b'{"kind": "facewright recovery"}', b"[]", b"null"]))
def test_strange_files_are_refused(raw: bytes, schema: AttributeSchema, tmp_path: Path) -> None:
    file = tmp_path / "one.recovery.json"
    file.write_bytes(raw)
    with pytest.raises(CharacterFileError, match="one.recovery.json"):
        recovery.read(file, schema)
