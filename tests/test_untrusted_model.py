from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper, numpy_helper

from creator import untrusted_model
from creator.attributes import AttributeSchema
from creator.errors import ModelError
from creator.manifest import MANIFEST_NAME, load_manifest
from creator.untrusted_model import try_apart


def replace_graph(folder: Path, data: bytes) -> None:
    """Put ``data`` in the place of the full picture's graph and make the manifest vouch for it."""
    path = folder / MANIFEST_NAME
    manifest = json.loads(path.read_text())
    manifest["graphs"][1] |= {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    (folder / manifest["graphs"][1]["file"]).write_bytes(data)
    path.write_text(json.dumps(manifest))


def greedy_graph(attributes: int, side: int) -> bytes:
    """Small on the disk; asks for ``side`` x ``side`` numbers when it runs."""
    nodes = [
        helper.make_node("Expand", ["one", "shape"], ["wide"]),
        helper.make_node("Cast", ["wide"], ["portrait"], to=2),
    ]
    inputs = [
        helper.make_tensor_value_info("attributes", TensorProto.FLOAT, [1, attributes]),
        helper.make_tensor_value_info("identity", TensorProto.FLOAT, [1, 64]),
    ]
    output = helper.make_tensor_value_info("portrait", TensorProto.UINT8, None)
    constants = [
        numpy_helper.from_array(np.ones((1, 1), np.float32), "one"),
        numpy_helper.from_array(np.array([side, side]), "shape"),
    ]
    graph = helper.make_graph(nodes, "greedy", inputs, [output], constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9).SerializeToString()


def test_a_sound_model_passes(model_folder: Path) -> None:
    try_apart(load_manifest(model_folder))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_a_model_that_asks_for_too_much_ends_there_and_not_here(own_model: Path, schema: AttributeSchema) -> None:
    replace_graph(own_model, greedy_graph(schema.encoded_size, 100_000))
    with pytest.raises(ModelError, match="cannot be used: ") as caught:
        try_apart(load_manifest(own_model))
    assert "\n" not in str(caught.value)


def test_a_hostile_graph_is_named(own_model: Path) -> None:
    replace_graph(own_model, b"\x3a\x00")
    with pytest.raises(ModelError, match="cannot be used: the model may not be run"):
        try_apart(load_manifest(own_model))


def test_a_model_that_takes_too_long_is_given_up(own_model: Path) -> None:
    with pytest.raises(ModelError, match=r"took more than 0\.01 seconds"):
        try_apart(load_manifest(own_model), patience=0.01)


def test_a_crash_is_told(model_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(untrusted_model.sys, "executable", "/nowhere/python")
    with pytest.raises(ModelError, match="could not be started"):
        try_apart(load_manifest(model_folder))
