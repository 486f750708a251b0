from __future__ import annotations

import io
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from creator.errors import ScriptError
from creator.export.formats.dialogic import merged_character, read_character
from creator.export.formats.godot_text import Color, NodePath, StringName, Vector2, parse_variant, variant_text
from creator.export.portrait_set import PortraitSet

Written = Callable[..., dict[str, bytes]]
MakeSet = Callable[..., PortraitSet]
_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
    max_leaves=12,
)


def test_a_canvas_texture_joins_picture_and_normals(
    make_set: MakeSet, written: Written, godot_grammar: ModuleType
) -> None:
    files = written("godot", make_set(maps=True))
    resource = godot_grammar.parse_resource(files["art/ada/ada_happy.tres"].decode())
    assert resource.type == "CanvasTexture"
    diffuse, normal = (
        resource.external[resource.values[key].arguments[0]] for key in ("diffuse_texture", "normal_texture")
    )
    assert diffuse == ("Texture2D", "ada_happy.png")
    assert normal == ("Texture2D", "ada_happy_normal.png")
    assert {f"art/ada/{path}" for _, path in (diffuse, normal)} <= files.keys()


def test_normals_keep_their_numbers_and_are_flat_outside(make_set: MakeSet, written: Written) -> None:
    with Image.open(io.BytesIO(written("godot", make_set(maps=True))["art/ada/ada_happy_normal.png"])) as image:
        normals = np.asarray(image)
        assert "srgb" not in image.info
        assert "gamma" not in image.info
    assert normals[12, 12].tolist() == [200, 60, 220]
    assert normals[0, 0].tolist() == [128, 128, 255]


def test_without_maps_there_are_only_pictures(make_set: MakeSet, written: Written) -> None:
    assert all(path.endswith(".png") for path in written("godot", make_set()))


def test_quotes_in_paths_are_escaped(make_set: MakeSet, written: Written, godot_grammar: ModuleType) -> None:
    files = written("godot", make_set(maps=True, template='{character} "{expression}" [1]'))
    resource = godot_grammar.parse_resource(files['ada "happy" [1].tres'].decode())
    assert [path for _, path in resource.external.values()] == ['ada "happy" [1].png', 'ada "happy" [1]_normal.png']


def test_dialogic_reads_a_character(make_set: MakeSet, written: Written, godot_grammar: ModuleType) -> None:
    shown = {"ada": 'Ada "the \\ Great"'}
    files = written("dialogic", make_set(display_names=shown), {"root": "res://game/"})
    character = godot_grammar.parse_value(files["art/ada.dch"].decode())
    assert character["@path"] == "res://addons/dialogic/Resources/character.gd"
    assert character["display_name"] == 'Ada "the \\ Great"'
    assert character["default_portrait"] == "neutral"
    assert list(character["portraits"]) == ["neutral", "happy", "angry"]
    happy = character["portraits"]["happy"]
    assert godot_grammar.parse_value(happy["export_overrides"]["image"]) == "res://game/art/ada/ada_happy.png"
    assert "art/ada/ada_happy.png" in files
    assert (happy["scale"], happy["mirror"], happy["scene"]) == (1.0, False, "")
    assert happy["offset"] == godot_grammar.Call("Vector2", [0, 0])


NEW = b'{"portraits": {"happy": {"export_overrides": {"image": "\\"res://a.png\\""}}}, "default_portrait": "happy"}'
EDITED = b"""{
"@path": "res://addons/dialogic/Resources/character.gd",
"@subpath": NodePath(""),
&"_translation_id": "3f",
&"color": Color(0.8, 0.1, 0.1, 1),
&"custom_info": {
"sound_moods": {},
"style": "", "extra": PackedStringArray("a, }", "b")
},
&"default_portrait": "sleepy",
&"display_name": "Countess Ada",
&"nicknames": Array[String](["Addie"]),
&"portraits": {
"happy": {
"export_overrides": {
"image": "\\"res://old.png\\"", "glow": "true"
},
"mirror": true,
"offset": Vector2(3, -4.5),
"scale": 0.75,
"scene": "res://mine.tscn"
},
"sleepy": { "scene": "res://sleepy.tscn" }
},
&"scale": 1.0
}"""


def test_what_was_edited_in_dialogic_stays(make_set: MakeSet, written: Written, godot_grammar: ModuleType) -> None:
    exported = written("dialogic", make_set(characters=("ada",)))["art/ada.dch"]
    merged = merged_character(EDITED, exported)
    character = read_character(merged)
    for kept in ("display_name", "color", "custom_info", "nicknames", "default_portrait", "_translation_id"):
        assert character[kept] == read_character(EDITED)[kept]
    assert b'PackedStringArray("a, }", "b")' in merged
    assert b'&"display_name": "Countess Ada"' in merged
    portraits: Any = character["portraits"]
    assert list(portraits) == ["happy", "sleepy", "neutral", "angry"]
    assert portraits["happy"]["export_overrides"] == {"image": '"res://art/ada/ada_happy.png"', "glow": "true"}
    assert portraits["happy"]["scale"] == 0.75
    assert portraits["happy"]["scene"] == "res://mine.tscn"
    assert merged_character(merged, exported) == merged, "a second time changes nothing"


def test_merging_a_fresh_file_changes_nothing(make_set: MakeSet, written: Written) -> None:
    exported = written("dialogic", make_set(characters=("ada",)))["art/ada.dch"]
    assert merged_character(exported, exported) == exported


@given(_VALUES)
def test_values_come_back(value: Any) -> None:
    assert parse_variant(variant_text(value)) == value


@given(value=_VALUES)
def test_values_are_godots_own_form(value: Any, godot_grammar: ModuleType) -> None:
    found = godot_grammar.parse_value(variant_text(value))
    assert found == value


def test_constructors_are_written_as_godot_does() -> None:
    value = {"v": Vector2(0.5, 2.0), "c": Color(1.0, 0.5, 0.0), "p": NodePath("a/b"), StringName("n"): 1}
    assert variant_text(value) == (
        '{\n"v": Vector2(0.5, 2),\n"c": Color(1, 0.5, 0, 1),\n"p": NodePath("a/b"),\n&"n": 1\n}'
    )
    with pytest.raises(ValueError, match="no place in a resource"):
        variant_text(float("inf"))


@given(st.text(alphabet='{}[]():,"&^\\ \nabcNodePathtrue01.-eE;_u', max_size=80) | _TEXT)
def test_any_text_is_a_value_or_one_clear_error(text: str) -> None:
    try:
        parse_variant(text)
    except ScriptError as error:
        assert str(error).startswith("line ")
        assert "\n" not in str(error)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_character_or_one_clear_error(data: bytes) -> None:
    try:
        read_character(data)
    except ScriptError as error:
        assert "\n" not in str(error)


_PIECES = st.sampled_from(
    [b'{"portraits": {', b'"happy": {', b'"export_overrides": ', b'"scale": ', b"1e999", b"-0.5", b'"a"', b"{", b"}",
     b", ", b"inf", b"Vector2(1, 2)", b"[", b"]", b"&", b"null", b"\n", b'"default_portrait": ""', b"Resource("]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=14).map(b"".join))
def test_whatever_is_there_is_merged_or_one_clear_error(present: bytes) -> None:
    try:
        merged = merged_character(present, NEW)
    except ScriptError as error:
        assert "\n" not in str(error)
        return
    assert "happy" in read_character(merged)["portraits"]  # type: ignore[operator]
    assert merged_character(merged, NEW) == merged


def test_deep_and_long_files_are_refused() -> None:
    with pytest.raises(ScriptError, match="too deeply"):
        parse_variant("[" * 100_000)
    with pytest.raises(ScriptError, match="too large"):
        read_character(b" " * (5 << 20))
    with pytest.raises(ScriptError, match="no character of Dialogic"):
        read_character(b"[1, 2]")
