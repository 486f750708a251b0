"""Head assets from MakeHuman's own files."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image
from typer.testing import CliRunner

from creator.errors import AssetError, CreatorError, SaveError, UsageError
from creator.training.__main__ import app
from creator.training.assets.asset_folder import check_folder, encode_picture, write_folder
from creator.training.assets.licence_statements import licence_of, repository_statement, statements_of
from creator.training.assets.makehuman_import import QUALITY, import_makehuman
from creator.training.assets.mhclo import parse_mhclo, parse_mhmat
from creator.training.assets.morph_targets import CompiledTargets, parse_target
from creator.training.assets.source_folder import SourceFolder, SourceText
from creator.training.assets.wavefront import parse_wavefront

_spec = importlib.util.spec_from_file_location("makehuman_export", Path(__file__).with_name("makehuman_export.py"))
assert _spec
assert _spec.loader
export = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(export)

CUBE = np.array([[x, y, z] for x in (-1, 1) for y in (5, 7) for z in (-1, 1)], np.float32)
FACES = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, -1]], np.int32)
UV = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
FACE_UV = np.array([[0, 1, 2, 3], [0, 1, 2, 3], [0, 1, 2, -1]], np.int32)
SCALE = np.array([[0, 4, 2], [0, 2, 2], [0, 1, 2]], np.float32)
REFS = np.array([[0, 0, 0], [0, 1, 3], [4, 5, 6]], np.int32)
WEIGHTS = np.array([[1, 0, 0], [0.5, 0.25, 0.25], [1.5, -0.25, -0.25]], np.float32)
OFFSETS = np.array([[0, 0, 0], [0.1, 0, -0.2], [0, 0, 0.5]], np.float32)
AGPL = "# This file is licensed AGPLv3\n"
MATERIAL = "# a material\nname m\ndiffuseTexture {}\n"


def text(content: str) -> SourceText:
    return SourceText("a/file", content.splitlines())


def png(size: tuple[int, int] = (8, 8), mode: str = "RGBA", colour: object = None) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size, colour or tuple([90] * len(Image.new(mode, (1, 1)).getbands()))).save(stream, "PNG")
    return stream.getvalue()


def hair(name: str = "curls", header: str = export.RELEASED, hidden: tuple[int, ...] = (1, 2, 3, 7)) -> str:
    return export.mhclo_text(name, REFS, WEIGHTS, OFFSETS, SCALE, hidden, header)


HAIR_OBJ = export.obj_text(CUBE[:3], UV, np.array([[0, 1, 2, -1]]), np.array([[0, 1, 2, -1]]))


def checkout_files() -> dict[str, str | bytes]:
    return {
        "makehuman/data/3dobjs/base.obj": export.obj_text(CUBE, UV, FACES, FACE_UV, ["body", "helper-x", "body"]),
        "makehuman/data/targets/chin/chin-cleft-incr.target": export.target_text([0, 5], [[0, 0.5, 0], [-0.002, 0, 1]]),
        "makehuman/data/targets/expression/units/asian/mouth-open.target": export.target_text([], []),
        "makehuman/data/targets/expression/units/asian/mouth-open-wide.target": export.target_text([7], [[1, 2, 3]]),
        "makehuman/data/targets/armslegs/l-foot-scale-decr.target": export.target_text([7], [[1, 2, 3]]),
        "makehuman/data/hair/curls/curls.mhclo": hair(),
        "makehuman/data/hair/curls/curls.obj": HAIR_OBJ,
        "makehuman/data/hair/curls/curls.mhmat": MATERIAL.format("curls_diffuse.png"),
        "makehuman/data/hair/curls/curls_diffuse.png": png(),
        "makehuman/data/eyes/materials/brown.mhmat": MATERIAL.format("brown_eye.png"),
        "makehuman/data/eyes/materials/brown_eye.png": png(mode="RGB"),
        "LICENSE.md": "Code is AGPL. These assets have been\nreleased under CC0 1.0 Universal. In summary, use it.",
    }


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return export.write_files(tmp_path / "checkout", checkout_files())


def run_import(*sources: Path, allowed: tuple[str, ...] = ()) -> dict[str, bytes]:
    return import_makehuman(sources, allowed, lambda line: None)


def arrays(files: dict[str, bytes], name: str) -> dict[str, np.ndarray]:
    with np.load(io.BytesIO(files[name]), allow_pickle=False) as data:
        return {key: data[key] for key in data.files}


def fails(*sources: Path, allowed: tuple[str, ...] = ()) -> str:
    with pytest.raises(AssetError) as caught:
        run_import(*sources, allowed=allowed)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# The whole import


def test_a_checkout_becomes_our_arrays(checkout):
    files = run_import(checkout)
    base = arrays(files, "base.npz")
    assert np.array_equal(base["vertices"], CUBE)
    assert np.array_equal(base["faces"], FACES)
    assert np.array_equal(base["face_uv"], FACE_UV)
    assert base["face_group"].tolist() == [0, 1, 0]
    assert base["group_names"].tolist() == ["body", "helper-x"]
    targets = arrays(files, "targets.npz")
    assert targets["names"].tolist() == [
        "chin/chin-cleft-incr", "expression/units/asian/mouth-open-wide", "expression/units/asian/mouth-open",
    ]  # fmt: skip
    assert targets["offsets"].tolist() == [0, 2, 3, 3]
    assert targets["indices"].tolist() == [0, 5, 7]
    assert targets["deltas"].dtype == np.float16
    item = arrays(files, "fitted/curls.npz")
    assert np.array_equal(item["refs"], REFS)
    assert np.array_equal(item["weights"], WEIGHTS)
    assert np.array_equal(item["offsets"], OFFSETS)
    assert np.array_equal(item["scale_refs"], SCALE)
    assert item["hidden_base_vertices"].tolist() == [1, 2, 3, 7]
    manifest = json.loads(files["manifest.json"])
    assert manifest["fitted"]["curls"] == {
        "kind": "hair", "vertices": 3, "faces": 1, "licence": "CC0-1.0",
        "materials": [{"diffuseTexture": "curls_diffuse.png"}],
    }  # fmt: skip
    assert manifest["textures"] == {"brown_eye": [8, 8], "curls_diffuse": [8, 8]}
    assert manifest["texture_licences"]["brown_eye"] == "CC0-1.0"
    with Image.open(io.BytesIO(files["textures/curls_diffuse.webp"])) as picture:
        assert picture.mode == "RGBA"


def test_licences_are_kept_as_written(checkout):
    credits_ = run_import(checkout)["LICENSES.txt"].decode()
    assert "makehuman/data/hair/curls/curls.mhclo" in credits_
    assert "uuid 11111111-2222-3333-4444-555555555555" in credits_
    assert "Copyright (C) 2020 Somebody" in credits_
    assert "These assets have been released under CC0 1.0 Universal" in credits_


def test_the_same_sources_give_the_same_bytes_wherever_they_lie(checkout, tmp_path):
    copy = shutil.copytree(checkout, tmp_path / "elsewhere")
    assert run_import(checkout) == run_import(copy)


def test_later_sources_add_and_do_not_replace(checkout, tmp_path):
    pack = {
        "hair/curls/curls.mhclo": hair().replace("0 - 3", "0"),
        "hair/curls/curls.obj": HAIR_OBJ,
        "hair/braids/braids.mhclo": hair("braids", hidden=()),
        "hair/braids/braids.obj": HAIR_OBJ,
    }
    files = run_import(checkout, export.write_files(tmp_path / "pack", pack))
    assert arrays(files, "fitted/braids.npz")["hidden_base_vertices"].shape == (0,)
    assert arrays(files, "fitted/curls.npz")["hidden_base_vertices"].tolist() == [1, 2, 3, 7]


def test_a_source_may_be_given_twice(checkout):
    assert run_import(checkout, checkout)["base.npz"] == run_import(checkout)["base.npz"]


def test_compiled_targets_fill_in_for_text(checkout, tmp_path):
    stream = io.BytesIO()
    members = {
        "data/targets/chin/chin-cleft-incr.index": np.array([1], np.uint16),
        "data/targets/chin/chin-cleft-incr.vector": np.array([[9, 9, 9]], np.int16),
        "data/targets/chin/chin-cleft-decr.index": np.array([6], np.uint16),
        "data/targets/chin/chin-cleft-decr.vector": np.array([[500, 0, -2]], np.int16),
        "data/targets/hands/thumb.index": np.array([6], np.uint16),
        "data/targets/hands/thumb.vector": np.array([[500, 0, -2]], np.int16),
    }
    np.savez_compressed(stream, **members)
    export.write_files(checkout, {"makehuman/data/targets.npz": stream.getvalue()})
    targets = arrays(run_import(checkout), "targets.npz")
    assert targets["names"].tolist()[:2] == ["chin/chin-cleft-decr", "chin/chin-cleft-incr"]
    assert targets["indices"].tolist()[:3] == [6, 0, 5]
    assert targets["deltas"][0].tolist() == np.array([0.5, 0, -0.002], np.float16).tolist()


def test_shoes_are_left_out_and_hats_taken(checkout):
    low = np.array([[0, 0, 0]] * 3, np.int32)
    files = checkout_files()
    obj = files["makehuman/data/3dobjs/base.obj"].replace("v -1.0 5.0 -1.0", "v -1.0 -8.0 -1.0")
    for name, refs in (("shoes", low), ("hat", REFS)):
        files[f"makehuman/data/clothes/{name}/{name}.mhclo"] = export.mhclo_text(
            name, refs, WEIGHTS, OFFSETS, SCALE, ()
        )
        files[f"makehuman/data/clothes/{name}/{name}.obj"] = HAIR_OBJ
    export.write_files(checkout, files | {"makehuman/data/3dobjs/base.obj": obj})
    imported = run_import(checkout)
    assert "fitted/hat.npz" in imported
    assert "fitted/shoes.npz" not in imported


def test_skins_are_taken_and_painted_suits_are_not(checkout):
    export.write_files(
        checkout,
        {
            "makehuman/data/skins/a/a.mhmat": MATERIAL.format("../textures/young_diffuse2.png"),
            "makehuman/data/skins/b/b.mhmat": MATERIAL.format("../textures/young_special_suit.png"),
            "makehuman/data/skins/textures/young_diffuse2.png": png((3000, 1500), "RGB"),
        },
    )
    textures = json.loads(run_import(checkout)["manifest.json"])["textures"]
    assert textures["young_diffuse2"] == [2048, 1024]
    assert "young_special_suit" not in textures


# Licences


@pytest.mark.parametrize(
    ("header", "names"),
    [
        (
            "# This asset was explicitly released as CC0 in september 2020. The license\n# text for CC0 is in",
            {"CC0-1.0"},
        ),
        ("# license CC0", {"CC0-1.0"}),
        ("# License: CC-0", {"CC0-1.0"}),
        ("# This file is licensed AGPLv3\n#  License, or (at your option) any later version.", {"AGPL-3.0"}),
        ("# license AGPL3 (see also http://www.makehuman.org/)", {"AGPL-3.0"}),
        ("license CC-BY-SA 4.0", {"CC-BY-SA-4.0"}),
        ("# License CC BY", {"CC-BY"}),
        ("# license Free for friends", {"Free for friends"}),
        ("# license CC0\n# This file is licensed AGPLv3", {"CC0-1.0", "AGPL-3.0"}),
        ("# Copyright (C) 2020 Somebody", set()),
        ("v 1 2 3", set()),
    ],
)
def test_headers_name_their_licence(header, names):
    assert licence_of(statements_of(text(header))) == names


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("The code is AGPL.\n\nThese assets have been released under CC0 1.0\nUniversal. Enjoy.", True),
        ("These assets have been per September 2020 been released under Creative Commons CC0 universal.", True),
        ("Some assets are CC0. The code has been released under AGPL.", False),
        ("This program is free software.", False),
    ],
)
def test_a_repository_may_speak_for_all_its_assets(said, found):
    assert (repository_statement(text(said)) is not None) == found


def test_another_licence_is_refused_by_name_unless_allowed(checkout):
    export.write_files(checkout, {"makehuman/data/hair/curls/curls.mhclo": hair(header=AGPL)})
    message = fails(checkout)
    assert "hair/curls (AGPL-3.0, see" in message
    assert "curls.mhclo" in message
    assert "LICENSE.md releases all assets under CC0" in message
    assert "--allow-licence" in message
    manifest = json.loads(run_import(checkout, allowed=("AGPL-3.0",))["manifest.json"])
    assert manifest["fitted"]["curls"]["licence"] == "AGPL-3.0 AND CC0-1.0"
    assert manifest["texture_licences"]["curls_diffuse"] == "AGPL-3.0 AND CC0-1.0"
    assert manifest["licences"] == ["AGPL-3.0", "CC0-1.0"]


def test_silence_is_refused_where_the_repository_says_nothing_either(checkout):
    (checkout / "LICENSE.md").unlink()
    assert "material makehuman/data/eyes/materials/brown.mhmat (unstated" in fails(checkout)
    assert run_import(checkout, allowed=("unstated",))


def test_a_material_does_not_speak_for_the_mesh(checkout):
    (checkout / "LICENSE.md").unlink()
    silent = {
        CLO: hair(header="# mine"),
        "makehuman/data/hair/curls/curls.obj": HAIR_OBJ.replace(export.RELEASED, ""),
        MAT: export.RELEASED + MATERIAL.format("curls_diffuse.png"),
    }
    export.write_files(checkout, silent)
    assert "hair/curls (unstated, see" in fails(checkout)


def test_many_refusals_are_counted(checkout):
    for index in range(7):
        name = f"makehuman/data/targets/nose/nose-{index}.target"
        export.write_files(checkout, {name: export.target_text([1], [[1, 0, 0]], AGPL)})
    assert "and 2 more" in fails(checkout)


# Errors: file and line


BASE = "makehuman/data/3dobjs/base.obj"
CLO = "makehuman/data/hair/curls/curls.mhclo"
TARGET = "makehuman/data/targets/chin/chin-cleft-incr.target"
MAT = "makehuman/data/hair/curls/curls.mhmat"
PNG = "makehuman/data/hair/curls/curls_diffuse.png"


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (BASE, "v -1.0 5.0 -1.0", "v -1.0 five -1.0", "line 3: 'five' is not a number"),
        (BASE, "v -1.0 5.0 -1.0", "v -1.0 nan -1.0", "line 3: 'nan' is not a number"),
        (BASE, "v -1.0 5.0 -1.0", "v -1.0 1_0 -1.0", "line 3: '1_0' is not a number"),
        (BASE, "v -1.0 5.0 -1.0", "v -1.0 5e5 -1.0", "line 3: a number above 10000"),
        (BASE, "v -1.0 5.0 -1.0", "v -1.0 5.0", "line 3: 2 numbers where 3 are expected"),
        (BASE, "f 1/1 2/2", "f 9/1 2/2", "line 16: vertex 9, but there are 8"),
        (BASE, "f 1/1 2/2", "f 0/1 2/2", "line 16: vertex 0, but there are 8"),
        (BASE, "f 1/1 2/2", "f -9/1 2/2", "line 16: vertex -9, but there are 8"),
        (BASE, "f 1/1 2/2", "f 1/5 2/2", "line 16: texture coordinate 5, but there are 4"),
        (BASE, "f 1/1 2/2", "f 1 2/2", "line 16: face corner '1' has no texture coordinate"),
        (BASE, "f 1/1 2/2", "f 1//1 2/2", "line 16: face corner '1' has no texture coordinate"),
        (BASE, "f 1/1 2/2", "f 1/1 1/1 2/2", "line 16: a face with 5 corners"),
        (TARGET, "5 -0.002", "8 -0.002", "line 5: index 8, but there are 8 vertices"),
        (TARGET, "5 -0.002", "-1 -0.002", "line 5: index -1"),
        (TARGET, "5 -0.002", "0.5 -0.002", "line 5: index 0.5"),
        (TARGET, "5 -0.002", "0 -0.002", "line 5: vertex 0 is moved twice"),
        (TARGET, "5 -0.002", "5 1 -0.002", "line 5: 5 numbers where 4 are expected"),
        (CLO, "x_scale 0 4 2.0", "x_scale 0 40 2.0", "line 7: index 40"),
        (CLO, "x_scale 0 4 2.0", "x_scale 0 4 -2.0", "line 7: a negative distance"),
        (CLO, "z_depth 50", "shear_x 1 2 3 4", "line 10: 'shear_x' is not supported"),
        (CLO, "0 1 3 0.5", "0 1 8 0.5", "line 13: index 8"),
        (CLO, "0 1 3 0.5", "0 1 0.5", "line 13: 8 numbers in a vertex line"),
        (CLO, "1 - 3 7", "3 - 1 7", "line 17: the range 3 - 1 runs backwards"),
        (CLO, "1 - 3 7", "1 - - 3 7", "line 17: a '-' without a number before it"),
        (CLO, "1 - 3 7", "1 - 3 7 -", "line 17: a '-' without a number after it"),
        (CLO, "1 - 3 7", "1 - 8 7", "line 17: index 8"),
        (CLO, "obj_file curls.obj", "obj_file other.obj", "names 'other.obj', which is missing"),
        (CLO, "obj_file curls.obj", "", "ends without 'obj_file'"),
        (CLO, "obj_file curls.obj", "obj_file ../../../../../secret.obj", "is outside of"),
        (CLO, "verts 0\n0\n", "verts 0\n", "has 3 vertices, "),
        (MAT, "curls_diffuse.png", "../../../../../curls_diffuse.png", "is outside of"),
        (MAT, "curls_diffuse.png", "/etc/passwd", "is outside of"),
        (MAT, "curls_diffuse.png", "missing.png", "names 'missing.png', which is missing"),
        (MAT, "diffuseTexture curls_diffuse.png", "diffuseTexture", "line 3: 'diffuseTexture' names no file"),
    ],
)
def test_errors_name_file_and_line(checkout, tmp_path, file, old, new, says):
    (tmp_path / "secret.obj").write_text(HAIR_OBJ)
    path = checkout / file
    content = path.read_text()
    assert old in content
    path.write_text(content.replace(old, new, 1))
    message = fails(checkout)
    assert says in message
    assert path.name in message


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        (BASE, b"v 1 2 3\nv \xff\xfe 1\n", "line 2: not UTF-8"),
        (BASE, b"# nothing\n", "without vertices"),
        (CLO, b"obj_file curls.obj\n", "without vertex lines"),
        (PNG, b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 3\n", "git lfs pull"),
        (BASE, b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 3\n", "git lfs pull"),
        (PNG, b"no picture at all", "not a PNG, JPEG or WebP"),
        (PNG, png()[:45], "not a PNG, JPEG or WebP"),
        (PNG, png((9000, 9000), "1"), "more than 8192 x 8192"),
        (PNG, png((12000, 12000), "1"), "more than 8192 x 8192"),
        (PNG, png((4, 4), "I;16", 900), "8 bits a channel"),
        ("makehuman/data/hair/other/curls.mhclo", hair(), "two items of one name"),
        ("makehuman/data/hair/a b/a b.mhclo", hair(), "the name 'a b' has characters"),
        ("makehuman/data/targets.npz", b"PK no archive", "not a NumPy archive"),
    ],
)
def test_damaged_files_are_named(checkout, file, content, says):
    export.write_files(checkout, {file: content})
    message = fails(checkout)
    assert says in message
    assert Path(file).name in message


def test_pictures_of_one_name_must_be_alike(checkout):
    other = {
        "makehuman/data/eyes/more/x.mhmat": MATERIAL.format("brown_eye.png"),
        "makehuman/data/eyes/more/brown_eye.png": png(mode="RGB"),
    }
    export.write_files(checkout, other)
    assert run_import(checkout)
    export.write_files(checkout, {"makehuman/data/eyes/more/brown_eye.png": png((9, 9))})
    assert "share a name, but differ" in fails(checkout)


def test_pictures_of_a_later_source_give_way_unless_an_item_needs_them(checkout, tmp_path):
    eyes = {
        "LICENSE.md": "These assets have been released under CC0.",
        "eyes/materials/brown.mhmat": MATERIAL.format("brown_eye.png"),
        "eyes/materials/brown_eye.png": png((9, 9)),
    }
    pack = export.write_files(tmp_path / "pack", eyes)
    assert json.loads(run_import(checkout, pack)["manifest.json"])["textures"]["brown_eye"] == [8, 8]
    braids = {
        "hair/braids/braids.mhclo": hair("braids"),
        "hair/braids/braids.obj": HAIR_OBJ,
        "hair/braids/braids.mhmat": MATERIAL.format("curls_diffuse.png"),
        "hair/braids/curls_diffuse.png": png((9, 9)),
    }
    export.write_files(pack, braids)
    assert "share a name, but differ" in fails(checkout, pack)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_that_lead_outside_are_not_followed(checkout, tmp_path):
    outside = tmp_path / "outside.target"
    outside.write_text(export.target_text([1], [[1, 1, 1]]))
    (checkout / "makehuman/data/targets/chin/zz.target").symlink_to(outside)
    assert "leads out of" in fails(checkout)


def test_folders_that_are_no_sources(checkout, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "has no MakeHuman data" in fails(empty)
    assert "is not a folder" in fails(tmp_path / "nowhere")
    pack = export.write_files(tmp_path / "pack", {"hair/braids/braids.mhclo": hair("braids")})
    assert "no 3dobjs/base.obj" in fails(pack)
    for target in checkout.rglob("*.target"):
        target.unlink()
    assert "no morph targets" in fails(checkout)


def test_files_that_are_too_large(checkout, monkeypatch):
    monkeypatch.setattr("creator.training.assets.source_folder.MAXIMUM_FILE_BYTES", 100)
    assert "larger than" in fails(checkout)


@pytest.mark.parametrize(
    ("index", "vector", "says"),
    [
        (np.array([8]), np.zeros((1, 3), np.int16), "vertices up to 8"),
        (np.array([1, 1]), np.zeros((2, 3), np.int16), "moved twice"),
        (np.array([1, 2]), np.zeros((1, 3), np.int16), "2 vertices, but"),
        (np.array([1]), np.array([[np.nan, 0, 0]]), "not finite"),
        (np.array([1.5]), np.zeros((1, 3), np.int16), "kind 'f'"),
        (np.array([{}], object), np.zeros((1, 3), np.int16), "kind 'O'"),
    ],
)
def test_compiled_targets_are_checked(index, vector, says):
    stream = io.BytesIO()
    np.savez(stream, **{"targets/nose/a.index": index, "targets/nose/a.vector": vector})
    with pytest.raises(AssetError, match=says):
        CompiledTargets("targets.npz", stream.getvalue()).read("nose/a", 8)


def test_damaged_archives_are_refused():
    stream = io.BytesIO()
    np.savez_compressed(stream, **{"targets/a/b.index": np.arange(500), "targets/a/b.vector": np.zeros((500, 3))})
    whole = stream.getvalue()
    for place in range(0, len(whole), 13):
        damaged = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        try:
            archive = CompiledTargets("targets.npz", damaged)
            for name in archive.names_in("a"):
                archive.read(name, 500)
        except AssetError as error:
            assert "targets.npz" in str(error)


# Writing


def test_the_folder_is_whole_or_not_there(tmp_path, monkeypatch):
    folder = tmp_path / "assets"
    write_folder({"base.npz": b"1", "fitted/a.npz": b"2"}, folder)
    assert (folder / "fitted/a.npz").read_bytes() == b"2"
    write_folder({"base.npz": b"3"}, folder)
    assert [path.name for path in folder.rglob("*")] == ["base.npz"]
    replace = os.replace

    def failing(source: Path, target: Path) -> None:
        if Path(source).name == "fresh":
            raise OSError(28, "no space")
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(SaveError, match="no space"):
        write_folder({"base.npz": b"4"}, folder)
    assert (folder / "base.npz").read_bytes() == b"3"
    assert [path.name for path in tmp_path.iterdir()] == ["assets"]


def test_what_may_give_way(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    check_folder(tmp_path / "new", [source], replace=False)
    for folder in (source, source / "inside", tmp_path):
        with pytest.raises(UsageError, match="holds the source"):
            check_folder(folder, [source], replace=True)
    old = tmp_path / "old"
    old.mkdir()
    with pytest.raises(UsageError, match="exists already"):
        check_folder(old, [source], replace=False)
    check_folder(old, [source], replace=True)
    (old / "letters.txt").write_text("dear")
    with pytest.raises(UsageError, match="something other"):
        check_folder(old, [source], replace=True)
    (old / "base.npz").touch()
    check_folder(old, [source], replace=True)


def test_the_command(checkout, tmp_path):
    target = tmp_path / "assets"
    done = CliRunner().invoke(app, ["assets", "--from", str(checkout), "--to", str(target)])
    assert done.exit_code == 0
    assert "morph targets: 3" in done.output
    assert (target / "manifest.json").is_file()
    again = CliRunner().invoke(app, ["assets", "--from", str(checkout), "--to", str(target)])
    assert isinstance(again.exception, CreatorError)
    export.write_files(checkout, {CLO: hair(header=AGPL)})
    before = (target / "manifest.json").read_bytes()
    command = ["assets", "--from", str(checkout), "--to", str(target), "--replace"]
    assert isinstance(CliRunner().invoke(app, command).exception, AssetError)
    assert (target / "manifest.json").read_bytes() == before
    assert CliRunner().invoke(app, [*command, "--allow-licence", "AGPL-3.0"]).exit_code == 0


def test_importing_needs_neither_torch_nor_moderngl():
    module = "creator.training.assets.makehuman_import"
    code = f"import sys, {module}; print({{'torch', 'moderngl', 'scipy'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


# Round trips of the parsers

_numbers = st.floats(-1000, 1000, width=32)


@given(st.data())
def test_any_mesh_comes_back(data):
    count = data.draw(st.integers(3, 9))
    uv_count = data.draw(st.integers(1, 5))
    vertices = data.draw(hnp.arrays(np.float32, (count, 3), elements=_numbers))
    uv = data.draw(hnp.arrays(np.float32, (uv_count, 2), elements=_numbers))
    face_count = data.draw(st.integers(1, 6))
    faces = data.draw(hnp.arrays(np.int32, (face_count, 4), elements=st.integers(0, count - 1)))
    face_uv = data.draw(hnp.arrays(np.int32, (face_count, 4), elements=st.integers(0, uv_count - 1)))
    triangle = data.draw(hnp.arrays(bool, face_count))
    faces[triangle, 3] = face_uv[triangle, 3] = -1
    groups = data.draw(st.lists(st.sampled_from(["body", "b", "joint-1"]), min_size=face_count, max_size=face_count))
    mesh = parse_wavefront(text(export.obj_text(vertices, uv, faces, face_uv, groups)))
    assert np.array_equal(mesh.vertices, vertices)
    assert np.array_equal(mesh.uv, uv)
    assert np.array_equal(mesh.faces, faces)
    assert np.array_equal(mesh.face_uv, face_uv)
    assert [mesh.group_names[index] for index in mesh.face_group] == groups
    assert list(mesh.group_names) == sorted(set(groups))


@given(st.data())
def test_any_target_comes_back(data):
    indices = data.draw(st.lists(st.integers(0, 99), unique=True, max_size=20))
    deltas = data.draw(hnp.arrays(np.float16, (len(indices), 3), elements=st.floats(-100, 100, width=16)))
    target = parse_target(text(export.target_text(indices, deltas)), 100)
    assert target.indices.tolist() == indices
    assert np.array_equal(target.deltas, deltas)


@given(st.data())
def test_any_fit_comes_back(data):
    count = data.draw(st.integers(1, 9))
    refs = data.draw(hnp.arrays(np.int32, (count, 3), elements=st.integers(0, 49)))
    weights = data.draw(hnp.arrays(np.float32, (count, 3), elements=st.floats(-5, 5, width=32)))
    offsets = data.draw(hnp.arrays(np.float32, (count, 3), elements=st.floats(-5, 5, width=32)))
    single = data.draw(hnp.arrays(bool, count))
    refs[single] = refs[single][:, :1]
    weights[single], offsets[single] = (1, 0, 0), 0
    scale = np.array([[1, 2, 0.5], [0, 0, 0], [3, 4, 1.25]], np.float32)
    hidden = sorted(data.draw(st.sets(st.integers(0, 49))))
    clothes = parse_mhclo(text(export.mhclo_text("n", refs, weights, offsets, scale, hidden)), 50)
    assert np.array_equal(clothes.refs, refs)
    assert np.array_equal(clothes.weights, weights)
    assert np.array_equal(clothes.offsets, offsets)
    assert np.array_equal(clothes.scale_refs, scale)
    assert clothes.hidden_base_vertices.tolist() == hidden


@given(st.text(max_size=300))
def test_any_text_is_parsed_or_refused(content):
    for parse in (parse_wavefront, lambda said: parse_mhclo(said, 9), lambda said: parse_target(said, 9), parse_mhmat):
        try:
            parse(text(content))
        except AssetError as error:
            assert "a/file" in str(error)


def test_six_numbers_leave_the_offset_out_and_negative_corners_count_back():
    clothes = parse_mhclo(text("obj_file a.obj\nverts 0\n0 1 2 0.5 0.25 0.25\n"), 3)
    assert not clothes.offsets.any()
    mesh = parse_wavefront(text("v 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nf -3/-1 -2/-1 -1/-1\nv 9 9 9\n"))
    assert mesh.faces.tolist() == [[0, 1, 2, -1]]
    assert mesh.group_names == ("default",)


def test_texture_paths_may_hold_blanks_and_backslashes(tmp_path):
    assert parse_mhmat(text("diffuseTexture  my hair.png \nnormalmapTexture maps\\n.png\n")) == {
        "diffuseTexture": "my hair.png", "normalmapTexture": "maps\\n.png",
    }  # fmt: skip
    folder = SourceFolder.open(tmp_path)
    assert folder.inside(folder.root, "maps\\n.png", "x") == folder.root / "maps" / "n.png"


# The real assets, out and in again


@pytest.mark.needs_assets
def test_the_real_assets_survive_the_round_trip(head_assets, tmp_path):
    with np.load(head_assets / "base.npz") as data:
        base = {key: data[key] for key in data.files}
    with np.load(head_assets / "targets.npz") as data:
        targets = {key: data[key] for key in data.files}
    files: dict[str, str | bytes] = {}
    groups = [str(base["group_names"][index]) for index in base["face_group"]]
    files["makehuman/data/3dobjs/base.obj"] = export.obj_text(
        base["vertices"], base["uv"], base["faces"], base["face_uv"], groups
    )
    chosen = [
        index
        for index, name in enumerate(targets["names"])
        if str(name).startswith(
            ("chin/", "expression/units/asian/mouth", "macrodetails/african-female", "asym/asym-ear")
        )
    ]
    spans = list(zip(targets["offsets"][:-1], targets["offsets"][1:], strict=True))
    for index in chosen:
        first, last = spans[index]
        files[f"makehuman/data/targets/{targets['names'][index]}.target"] = export.target_text(
            targets["indices"][first:last], targets["deltas"][first:last]
        )
    items = {"female_casualsuit02": "clothes", "eyelashes02": "eyelashes"}
    originals = {}
    for name, kind in items.items():
        with np.load(head_assets / "fitted" / f"{name}.npz") as data:
            item = originals[name] = {key: data[key] for key in data.files}
        folder = f"makehuman/data/{kind}/{name}"
        files[f"{folder}/{name}.mhclo"] = export.mhclo_text(
            name, item["refs"], item["weights"], item["offsets"], item["scale_refs"], item["hidden_base_vertices"]
        )
        vertices = np.zeros((len(item["refs"]), 3), np.float32)
        files[f"{folder}/{name}.obj"] = export.obj_text(vertices, item["uv"], item["faces"], item["face_uv"])
    started = time.process_time()
    imported = run_import(export.write_files(tmp_path, files))
    assert time.process_time() - started < 10

    for key, value in arrays(imported, "base.npz").items():
        assert value.dtype == base[key].dtype
        assert np.array_equal(value, base[key])
    read = arrays(imported, "targets.npz")
    assert read["names"].tolist() == [str(targets["names"][index]) for index in chosen]
    for key, value in read.items():
        assert value.dtype.kind == targets[key].dtype.kind
    assert np.array_equal(read["indices"], np.concatenate([targets["indices"][slice(*spans[i])] for i in chosen]))
    assert np.array_equal(read["deltas"], np.concatenate([targets["deltas"][slice(*spans[i])] for i in chosen]))
    for name, original in originals.items():
        item = arrays(imported, f"fitted/{name}.npz")
        assert list(item) == list(original)
        for key, value in item.items():
            assert value.dtype == original[key].dtype
            assert np.array_equal(value, original[key])


@pytest.mark.needs_assets
def test_textures_are_about_as_large_as_the_real_ones(head_assets):
    original = head_assets / "textures" / "eyebrow001.webp"
    encoded, size = encode_picture(original.name, original.read_bytes(), QUALITY)
    assert size == (512, 512)
    assert 0.8 < len(encoded) / original.stat().st_size < 1.25
