from __future__ import annotations

import json
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
    assert {name: variant.size for name, variant in manifest.variants.items()} == {"draft": 16, "full": 32}
    assert manifest.stamp("full").sha256 == manifest.variants["full"].sha256
    assert len(read_graph(manifest, "draft")) == manifest.variants["draft"].bytes
    with pytest.raises(UsageError, match="did you mean 'full'"):
        manifest.variant("ful")


def test_a_missing_model_has_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="the model is missing.*FACEWRIGHT_MODELS"):
        load_manifest(tmp_path)


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: d.update(format=2),
        lambda d: d.pop("name"),
        lambda d: d["variants"].pop("draft"),
        lambda d: d["variants"]["full"].update(file="../outside.onnx"),
        lambda d: d["variants"]["full"].update(file="/etc/passwd.onnx"),
        lambda d: d["variants"]["full"].update(file="sub\\graph.onnx"),
        lambda d: d["variants"]["full"].update(file=".onnx"),
        lambda d: d["variants"]["full"].update(file="graph.onnx\n"),
        lambda d: d["variants"]["full"].update(file="graph.txt"),
        lambda d: d["variants"]["full"].update(sha256="0" * 63),
        lambda d: d["variants"]["full"].update(bytes=10**12),
        lambda d: d["variants"]["full"].update(size=1.5),
        lambda d: d["variants"]["full"].update(size=100_000),
        lambda d: d["inputs"].update(attributes=[1, 3]),
        lambda d: d["inputs"].update(identity=[2, 64]),
        lambda d: d.update(identity_size=True),
        lambda d: d["output"].update(alpha="straight"),
        lambda d: d.update(schema=[]),
        lambda d: d["schema"].append(d["schema"][0]),
        lambda d: d["schema"][0].update(default=1e9),
        lambda d: d.update(variants=[]),
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
    path = own_model / manifest.variants["full"].file
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(ModelError, match="not what the manifest says"):
        read_graph(manifest, "full")
    path.unlink()
    with pytest.raises(ModelError, match="the model is missing"):
        read_graph(manifest, "full")


def test_the_bundled_model_is_sound(bundled_model: Path) -> None:
    manifest = load_manifest(bundled_model)
    assert manifest.licence == "CC0-1.0"
    for variant in manifest.variants:
        read_graph(manifest, variant)
