from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from creator.attributes import AttributeSchema
from creator.errors import ModelError, UsageError
from creator.manifest import MANIFEST_NAME, MAXIMUM_MANIFEST_BYTES, load_manifest, read_graph


def change(folder: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    path = folder / MANIFEST_NAME
    data = json.loads(path.read_text())
    edit(data)
    path.write_text(json.dumps(data))


def test_a_sound_manifest_is_read(own_model: Path, schema: AttributeSchema) -> None:
    change(own_model, lambda data: data.update(added_by_a_newer_version=[1]))
    manifest = load_manifest(own_model)
    assert manifest.schema == schema
    assert manifest.licence == "CC0-1.0"
    assert {graph.picture: graph.size for graph in manifest.graphs} == {"draft": 16, "full": 32}
    assert manifest.pictures == ("draft", "full")
    assert manifest.stamp("full").sha256 == manifest.variant("full").sha256
    assert len(read_graph(manifest, manifest.variant("draft"))) == manifest.variant("draft").bytes
    with pytest.raises(UsageError, match="did you mean 'full'"):
        manifest.variant("ful")


def test_all_parts_of_a_whole_manifest_are_read(whole_model_folder: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole_model_folder, tmp_path / "model")
    companion = {"file": "reader.onnx", "sha256": "0" * 64, "bytes": 9, "facts": {"names": ["age"]}}
    light = {"label": "Late", "values": {"age": 40}}
    change(folder, lambda data: data.update(companions={"reader": companion}, light_presets={"late": light}))
    manifest = load_manifest(folder)
    assert manifest.pictures == ("draft", "full", "maps", "landmarks")
    assert manifest.variant("maps").outputs == ("albedo", "normals", "depth", "masks")
    assert (manifest.variant("draft").batch, manifest.variant("full").batch) == (1, None)
    assert manifest.landmark_names == ("eye_left", "eye_right", "chin")
    assert manifest.companions["reader"].facts["names"] == ["age"]
    assert manifest.light_presets["late"]["age"] == 40.0
    assert manifest.light_labels == {"late": "Late"}


def test_the_reference_is_the_most_precise_graph(own_model: Path) -> None:
    def add(data: dict[str, Any]) -> None:
        quick = {**data["graphs"][1], "precision": "int8", "file": "int8.onnx", "sha256": "1" * 64}
        data["graphs"].insert(0, quick)

    change(own_model, add)
    manifest = load_manifest(own_model)
    assert [graph.precision for graph in manifest.graphs_of("full")] == ["int8", "fp32"]
    assert manifest.variant("full").precision == "fp32"
    assert manifest.stamp("full").sha256 == manifest.variant("full").sha256


def test_a_model_of_another_format_is_named(own_model: Path) -> None:
    change(own_model, lambda data: data.update(format=1))
    with pytest.raises(ModelError, match=r"has format 1, and this Facewright reads format 2; install"):
        load_manifest(own_model)


def test_a_missing_model_has_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="the model is missing.*FACEWRIGHT_MODELS"):
        load_manifest(tmp_path)


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: d.update(format="2"),
        lambda d: d.pop("format"),
        lambda d: d.pop("name"),
        lambda d: d["graphs"].pop(0),
        lambda d: d["graphs"][1].update(file="../outside.onnx"),
        lambda d: d["graphs"][1].update(file="/etc/passwd.onnx"),
        lambda d: d["graphs"][1].update(file="sub\\graph.onnx"),
        lambda d: d["graphs"][1].update(file=".onnx"),
        lambda d: d["graphs"][1].update(file="graph.onnx\n"),
        lambda d: d["graphs"][1].update(file="graph.txt"),
        lambda d: d["graphs"][1].update(file="tiny_draft.onnx"),
        lambda d: d["graphs"][1].update(sha256="0" * 63),
        lambda d: d["graphs"][1].update(bytes=10**12),
        lambda d: d["graphs"][1].update(size=1.5),
        lambda d: d["graphs"][1].update(size=100_000),
        lambda d: d["graphs"][1].update(precision="fp8"),
        lambda d: d["graphs"][1].update(precision="int8"),
        lambda d: d["graphs"][1].update(psnr=-1),
        lambda d: d["graphs"][1].update(batch=2),
        lambda d: d["graphs"][1].update(outputs=["portrait", "alpha"]),
        lambda d: d["graphs"][1].update(outputs=["a b"]),
        lambda d: d["graphs"].append({**d["graphs"][1], "size": 64}),
        lambda d: d.update(landmark_names=["chin"]),
        lambda d: d.update(companions={"reader": {"file": "a/b.onnx", "sha256": "0" * 64, "bytes": 1}}),
        lambda d: d.update(light_presets={"late": {"label": "Late", "values": {"moonshine": 1}}}),
        lambda d: d.update(light_presets={"late": {"label": "Late", "values": {"age": 1000}}}),
        lambda d: d["inputs"].update(attributes=3),
        lambda d: d["inputs"].update(identity=True),
        lambda d: d["portrait"].update(alpha="straight"),
        lambda d: d.update(schema=[]),
        lambda d: d["schema"].append(d["schema"][0]),
        lambda d: d["schema"][0].update(default=1e9),
        lambda d: d.update(graphs=[]),
    ],
)
def test_a_damaged_manifest_is_refused(own_model: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    change(own_model, edit)
    with pytest.raises(ModelError, match=r"the model is damaged: '.*facewright\.json'") as caught:
        load_manifest(own_model)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff", b"[]", b"[" * 100_000, b" " * (MAXIMUM_MANIFEST_BYTES + 1)])
def test_what_is_no_manifest_is_refused(own_model: Path, raw: bytes) -> None:
    (own_model / MANIFEST_NAME).write_bytes(raw)
    with pytest.raises(ModelError, match="the model is damaged"):
        load_manifest(own_model)


def test_a_graph_must_be_the_one_that_was_described(own_model: Path) -> None:
    manifest = load_manifest(own_model)
    path = own_model / manifest.variant("full").file
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(ModelError, match="not what the manifest says"):
        read_graph(manifest, manifest.variant("full"))
    path.unlink()
    with pytest.raises(ModelError, match="the model is missing"):
        read_graph(manifest, manifest.variant("full"))


def test_the_bundled_model_is_sound(bundled_model: Path) -> None:
    manifest = load_manifest(bundled_model)
    assert manifest.licence == "CC0-1.0"
    for graph in manifest.graphs:
        read_graph(manifest, graph)
