"""The identity embedding and the attribute reader, run on tiny graphs in the real format."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from creator.attribute_reader import AttributeReader
from creator.companion import as_input
from creator.errors import ModelError, RenderError
from creator.identity import IdentityEmbedding, distance
from creator.manifest import MANIFEST_NAME, load_manifest

READER_FACTS: dict[str, Any] = {
    "attributes": [
        {"name": "age", "kind": "slider", "mean": 40.0, "spread": 20.0, "score": 0.9},
        {"name": "skin_tone", "kind": "slider", "mean": 5.0, "spread": 2.0, "score": 0.9},
        {"name": "expression", "kind": "choice", "choices": ["neutral", "happy"], "score": 0.9},
    ]
}


def colour_graph(columns: list[list[float]], side: int = 128, factor: float = 1.0) -> bytes:
    """Mean red, green, blue and alpha of the picture, times ``columns`` (4, C), times ``factor``."""
    from onnx import TensorProto, helper, numpy_helper

    nodes = [
        helper.make_node("ReduceMean", ["picture", "axes"], ["means"], keepdims=0),
        helper.make_node("MatMul", ["means", "columns"], ["row"]),
        helper.make_node("Mul", ["row", "factor"], ["numbers"]),
    ]
    constants = {
        "axes": np.array([2, 3]), "columns": np.array(columns, np.float32), "factor": np.array(factor, np.float32),
    }  # fmt: skip
    graph = helper.make_graph(
        nodes,
        "colours",
        [helper.make_tensor_value_info("picture", TensorProto.FLOAT, [1, 4, side, side])],
        [helper.make_tensor_value_info("numbers", TensorProto.FLOAT, [1, len(columns[0])])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    return bytes(model.SerializeToString())


def add_companion(folder: Path, name: str, graph: bytes, facts: dict[str, Any]) -> None:
    (folder / f"{name}.onnx").write_bytes(graph)
    path = folder / MANIFEST_NAME
    data = json.loads(path.read_text())
    data.setdefault("companions", {})[name] = {
        "file": f"{name}.onnx", "sha256": hashlib.sha256(graph).hexdigest(), "bytes": len(graph), "facts": facts,
    }  # fmt: skip
    path.write_text(json.dumps(data))


def portrait(colour: tuple[int, int, int], size: int = 128) -> NDArray[np.uint8]:
    pixels = np.zeros((size, size, 4), np.uint8)
    half = size // 2
    pixels[:, half:] = (*colour, 255)
    return pixels


IDENTITY = np.eye(4)[:, :3].tolist()
READING = [[0.0, 2.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [40.0, 0.0, 0.0, 0.0]]


def test_a_model_without_companions_has_neither(own_model: Path) -> None:
    manifest = load_manifest(own_model)
    assert IdentityEmbedding.load(manifest) is None
    assert AttributeReader.load(manifest) is None


def test_pictures_of_any_size_of_one_person_lie_together(own_model: Path) -> None:
    add_companion(own_model, "identity", colour_graph(IDENTITY), {"same_person_below": 0.3, "auc": 0.99})
    embedding = IdentityEmbedding.load(load_manifest(own_model))
    assert embedding is not None
    assert (embedding.same_person_below, embedding.facts["auc"]) == (0.3, 0.99)
    red = embedding.embed(portrait((200, 20, 20)))
    assert red.dtype == np.float32
    assert np.linalg.norm(red) == pytest.approx(1.0, abs=1e-5)
    assert distance(red, red) == pytest.approx(0.0, abs=1e-6)
    assert distance(red, embedding.embed(portrait((100, 10, 10), 512))) < 0.01
    assert distance(red, embedding.embed(portrait((200, 20, 20), 144))) < 0.01
    assert distance(red, embedding.embed(portrait((20, 20, 200)))) > embedding.same_person_below
    assert distance(red, -red) == pytest.approx(2.0, abs=1e-6)


def test_attributes_are_read_and_side_effects_told(own_model: Path) -> None:
    add_companion(own_model, "attribute_reader", colour_graph(READING), READER_FACTS)
    reader = AttributeReader.load(load_manifest(own_model))
    assert reader is not None
    dull, bright = portrait((0, 0, 0)), portrait((255, 255, 0))
    values = reader.read(dull)
    assert values["age"] == 80.0  # alpha alone, and no more than the schema's oldest
    assert values["skin_tone"] == 5.0
    assert set(values) == {"age", "skin_tone", "expression"}
    assert reader.scores["age"] == 0.9
    effects = reader.side_effects(dull, bright, ["age"])
    assert [(effect.name, effect.change_in_sigma) for effect in effects] == [("skin_tone", pytest.approx(1.0))]
    assert reader.side_effects(dull, bright, ["age", "skin_tone"]) == []


def test_another_file_than_the_manifest_says_is_refused(own_model: Path) -> None:
    add_companion(own_model, "identity", colour_graph(IDENTITY), {"same_person_below": 0.3})
    (own_model / "identity.onnx").write_bytes(colour_graph(IDENTITY, factor=2.0))
    with pytest.raises(ModelError, match="damaged"):
        IdentityEmbedding.load(load_manifest(own_model))


def test_a_graph_that_takes_something_else_is_refused(own_model: Path) -> None:
    add_companion(own_model, "identity", colour_graph(IDENTITY, side=64), {"same_person_below": 0.3})
    with pytest.raises(ModelError, match="does not take a portrait"):
        IdentityEmbedding.load(load_manifest(own_model))


@pytest.mark.parametrize("threshold", [None, "0.3", True, 0.0, 2.5, -0.1])
def test_an_embedding_without_a_sound_threshold_is_refused(own_model: Path, threshold: object) -> None:
    add_companion(own_model, "identity", colour_graph(IDENTITY), {"same_person_below": threshold})
    with pytest.raises(ModelError, match="threshold"):
        IdentityEmbedding.load(load_manifest(own_model))


def test_a_reader_whose_facts_do_not_fit_its_output_is_refused(own_model: Path) -> None:
    add_companion(own_model, "attribute_reader", colour_graph(IDENTITY), READER_FACTS)
    with pytest.raises(ModelError, match="do not fit its output"):
        AttributeReader.load(load_manifest(own_model))


def test_numbers_that_are_none_are_an_error(own_model: Path) -> None:
    add_companion(own_model, "identity", colour_graph(IDENTITY, factor=float("nan")), {"same_person_below": 0.3})
    embedding = IdentityEmbedding.load(load_manifest(own_model))
    assert embedding is not None
    with pytest.raises(RenderError, match="finite"):
        embedding.embed(portrait((1, 2, 3)))


@given(st.integers(1, 300), st.integers(0, 2**32 - 1))
def test_reduction_keeps_the_mean_of_every_channel(side: int, seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (side, side, 4), np.uint8)
    found = as_input(pixels)
    assert found.shape == (1, 4, 128, 128)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found[0].mean((1, 2)), pixels.mean((0, 1)) / 255.0, atol=1e-4)
    assert found.min() >= 0.0
    assert found.max() <= 1.0 + 1e-5


def test_reduction_is_the_mean_of_blocks_and_128_pixels_stay() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (256, 256, 4), np.uint8)
    blocks = pixels.reshape(128, 2, 128, 2, 4).mean((1, 3)) / 255.0
    np.testing.assert_allclose(as_input(pixels)[0].transpose(1, 2, 0), blocks, atol=1e-5)
    same = as_input(pixels[:128, :128])[0].transpose(1, 2, 0)
    np.testing.assert_allclose(same, pixels[:128, :128] / 255.0, atol=1e-6)


@pytest.mark.parametrize(
    "pixels",
    [np.zeros((8, 9, 4), np.uint8), np.zeros((8, 8, 3), np.uint8), np.zeros((8, 8, 4), np.float32),
     np.zeros((0, 0, 4), np.uint8), np.zeros((8, 8), np.uint8)],
)  # fmt: skip
def test_what_is_no_portrait_is_refused(pixels: Any) -> None:
    with pytest.raises(ValueError, match="portrait"):
        as_input(pixels)
