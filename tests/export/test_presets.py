"""Presets as data: the shipped ones are sound, a user's own are checked and explained."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator import paths
from creator.attributes import AttributeSchema
from creator.errors import PresetError, UsageError
from creator.export.plan import ExportJob, plan_export
from creator.export.presets import Preset, load_presets, parse_preset, read_preset

from .conftest import DrawnRenderer, content, member, run

SHIPPED = sorted(path.stem for path in (paths.resource_folder() / "presets").iterdir())


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_preset_exports(
    drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path, settings_folder: Path, name: str
) -> None:
    preset = load_presets().find(name)
    if preset.size in (256, 512) and preset.pixel_art is None:
        preset = preset.adjusted(size=64)  # the same files, sooner
    assert preset.about.endswith(".")
    cast = [member(schema, "Anna Lee"), member(schema, "Žofie", 2)]
    planned = plan_export(ExportJob(tuple(cast), preset, tmp_path / "game"), drawn.manifest)
    report = run(drawn, tmp_path / "game", cast, preset)
    assert report.summary() == f"{len(report.files)} new"
    assert set(content(tmp_path / "game")) == {*planned.paths, "facewright-credits.txt"}
    first = content(tmp_path / "game")
    assert run(drawn, tmp_path / "game", cast, preset).summary() == f"{len(report.files)} unchanged"
    assert content(tmp_path / "game") == first


def test_users_presets_are_found_and_stand_before_the_shipped(settings_folder: Path) -> None:
    folder = settings_folder / "presets"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text('label = "Mine"\nsize = 96\n')
    (folder / "png.json").write_text(json.dumps({"label": "My PNG", "size": 48}))
    (folder / "broken.toml").write_text("label = ")
    (folder / "notes.txt").write_text("not a preset")
    shelf = load_presets()
    assert shelf.find("mine").size == 96
    assert shelf.find("png").size == 48
    assert len(shelf.presets) == len(SHIPPED) + 1
    (problem,) = shelf.problems
    assert "broken.toml' is not TOML" in problem
    with pytest.raises(UsageError, match="did you mean 'mine'"):
        shelf.find("mime")
    assert shelf.find(str(folder / "mine.toml")) == shelf.find("mine")
    with pytest.raises(PresetError, match="cannot read the preset"):
        shelf.find("none.toml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("size = 32", "'label': Field required"),
        ('label = "A"\nsise = 32', "'sise': there is no such setting .did you mean 'size'"),
        ('label = "A"\nsize = 4096', "'size': Input should be less than or equal to 2048"),
        ('label = "A"\nsize = "big"', "'size'"),
        ('label = "A"\nwriter = "godott"', "no format 'godott' .did you mean 'godot'"),
        ('label = "A"\npicture_name = "../{character}"', "must stay inside the folder"),
        ('label = "A"\npicture_name = "{colour}"', "unknown field"),
        ('label = "A"\nset_name = "{expression}"', "unknown field"),
        ('label = "A"\ncrop = "feet"', "'crop'"),
        ('label = "A"\nexpressions = []', "'expressions'"),
        ('label = "A"\nformat = 2', "'format'"),
        ('label = "A"\nsize = 100\n[pixel_art]\nside = 64', "multiple of its side 64: 64 instead of 100"),
        ('label = "A"\n[pixel_art]\ncolours = 4', "pixel_art.colours"),
        ("[[[", "is not TOML"),
    ],
)
def test_a_wrong_preset_is_explained_in_one_line(text: str, message: str) -> None:
    with pytest.raises(PresetError, match=message) as caught:
        parse_preset(text.encode(), Path("settings/mine.toml"))
    assert "mine.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_files_that_are_no_presets_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PresetError, match="small letters"):
        parse_preset(b'label = "A"', Path("My Preset!.toml"))
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * 70_000)
    with pytest.raises(PresetError, match="larger than 64 KiB"):
        read_preset(large)


@given(st.binary(max_size=400), st.sampled_from(["a.toml", "a.json"]))
def test_any_bytes_are_a_preset_or_one_clear_error(raw: bytes, name: str) -> None:
    try:
        assert isinstance(parse_preset(raw, Path(name)), Preset)
    except PresetError as error:
        assert "\n" not in str(error)
        assert name in str(error)


def test_wrong_options_are_found_before_anything_is_rendered(
    drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path
) -> None:
    preset = Preset(label="A", name="a", options={"kind": "gif"})
    with pytest.raises(UsageError, match="kind"):
        run(drawn, tmp_path / "out", [member(schema, "Anna")], preset)
    assert drawn.requests == []
    assert not (tmp_path / "out").exists()
