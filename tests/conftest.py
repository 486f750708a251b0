"""A tiny model with the real contract, and the switches for what a machine may lack."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is loaded: tests need no screen

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

from creator import paths
from creator.attributes import Attribute, AttributeSchema
from creator.manifest import MANIFEST_NAME, Manifest, load_manifest

ROOT = Path(__file__).resolve().parent.parent
DRAFT_SIZE, FULL_SIZE, IDENTITY_SIZE = 16, 32, 64

settings.register_profile(
    "facewright",
    deadline=None,  # the machine may be busy
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.load_profile("facewright")


def _continuous(name: str, group: str, default: float, low: float, high: float, **more: object) -> Attribute:
    prior = {"kind": "uniform", "low": low, "high": high}
    label = name.replace("_", " ").capitalize()
    return Attribute(
        name, label, group, "continuous", f"{label}.", default, minimum=low, maximum=high, prior=prior, **more
    )


def _choice(name: str, group: str, choices: tuple[str, ...]) -> Attribute:
    labels = tuple(choice.capitalize() for choice in choices)
    weights = [1.0] * len(choices)
    prior = {"kind": "choice", "feminine": weights, "masculine": weights}
    return Attribute(
        name, name.capitalize(), group, "choice", f"{name}.", choices[0],
        choices=choices, choice_labels=labels, prior=prior,
    )  # fmt: skip


@pytest.fixture(scope="session")
def schema() -> AttributeSchema:
    """Six attributes in four groups, with the kinds, units and end words that the real model uses."""
    return AttributeSchema(
        (
            _continuous("age", "Person", 35.0, 18.0, 80.0, step=1.0, unit="years"),
            _continuous("gender", "Person", 0.5, 0.0, 1.0, low_word="feminine", high_word="masculine"),
            _continuous("nose_length", "Face", 0.0, -1.0, 1.0, low_word="short", high_word="long"),
            _continuous("skin_tone", "Skin", 4.0, 1.0, 10.0, step=0.1),
            _choice("expression", "Expression", ("neutral", "happy", "sad")),
            _choice("garment", "Clothes", ("shirt", "robe", "armour", "cloak")),
        )
    )


def graph_bytes(size: int, attribute_count: int, identity_size: int = IDENTITY_SIZE, seed: int = 1) -> bytes:
    """An ONNX graph with the real signature: a soft disc whose colour follows attributes and identity."""
    from onnx import TensorProto, helper, numpy_helper

    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[:size, :size] + 0.5
    radius = np.hypot(rows - size / 2, columns - size / 2)
    alpha = np.clip((0.45 * size - radius) / 2 + 0.5, 0, 1)[None, :, :, None]
    shade = (0.6 + 0.4 * columns / size)[None, :, :, None] * alpha
    constants = {
        "from_attributes": rng.normal(0, 0.8, (attribute_count, 3)),
        "from_identity": rng.normal(0, 0.1, (identity_size, 3)),
        "shade": shade,
        "alpha": alpha,
        "top": np.array(255.0),
    }
    nodes = [
        helper.make_node("MatMul", ["attributes", "from_attributes"], ["a"]),
        helper.make_node("MatMul", ["identity", "from_identity"], ["i"]),
        helper.make_node("Add", ["a", "i"], ["sum"]),
        helper.make_node("Sigmoid", ["sum"], ["colour"]),
        helper.make_node("Mul", ["colour", "shade"], ["premultiplied"]),
        helper.make_node("Concat", ["premultiplied", "alpha"], ["rgba"], axis=3),
        helper.make_node("Mul", ["rgba", "top"], ["scaled"]),
        helper.make_node("Round", ["scaled"], ["rounded"]),
        helper.make_node("Cast", ["rounded"], ["portrait"], to=TensorProto.UINT8),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [
            helper.make_tensor_value_info("attributes", TensorProto.FLOAT, [1, attribute_count]),
            helper.make_tensor_value_info("identity", TensorProto.FLOAT, [1, identity_size]),
        ],
        [helper.make_tensor_value_info("portrait", TensorProto.UINT8, [1, size, size, 4])],
        [numpy_helper.from_array(value.astype(np.float32), name) for name, value in constants.items()],
    )
    opset = [helper.make_opsetid("", 18)]
    return helper.make_model(graph, opset_imports=opset, ir_version=9).SerializeToString()


def write_model(folder: Path, schema: AttributeSchema) -> Path:
    """Write a whole model, graphs and manifest, into ``folder``; return ``folder``."""
    variants = {}
    for name, size in (("draft", DRAFT_SIZE), ("full", FULL_SIZE)):
        data = graph_bytes(size, schema.encoded_size)
        (folder / f"tiny_{name}.onnx").write_bytes(data)
        variants[name] = {
            "file": f"tiny_{name}.onnx",
            "size": size,
            "sha256": hashlib.sha256(data).hexdigest(),
            "bytes": len(data),
        }
    manifest = {
        "format": 1,
        "name": "tiny",
        "version": "0.0.1",
        "licence": "CC0-1.0",
        "created": "2026-01-01",
        "identity_size": IDENTITY_SIZE,
        "inputs": {"attributes": [1, schema.encoded_size], "identity": [1, IDENTITY_SIZE]},
        "variants": variants,
        "output": {
            "name": "portrait",
            "dtype": "uint8",
            "layout": "NHWC",
            "channels": "RGBA",
            "alpha": "premultiplied",
            "encoding": "sRGB",
        },
        "schema": schema.to_json(),
        "training": {},
        "metrics": {},
    }
    (folder / MANIFEST_NAME).write_text(json.dumps(manifest))
    return folder


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory, schema: AttributeSchema) -> Path:
    """The tiny model on disk. Shared by all tests: copy it to damage it."""
    return write_model(tmp_path_factory.mktemp("model"), schema)


@pytest.fixture(scope="session")
def manifest(model_folder: Path) -> Manifest:
    return load_manifest(model_folder)


@pytest.fixture
def own_model(tmp_path: Path, schema: AttributeSchema, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tiny model for one test, which FACEWRIGHT_MODELS names."""
    folder = tmp_path / "own_model"
    folder.mkdir()
    monkeypatch.setenv(paths.MODELS_VARIABLE, str(folder))
    return write_model(folder, schema)


@pytest.fixture(scope="session")
def bundled_model() -> Path:
    """The folder of the model that is shipped."""
    return ROOT / "onnx_models"


@pytest.fixture(scope="session")
def head_assets() -> Path:
    """The folder of the CC0 head assets that training pictures are rendered from."""
    folder = Path(os.environ.get("FACEWRIGHT_ASSETS") or ROOT.parent / "shared" / "assets" / "makehuman-cc0")
    if not (folder / "base.npz").exists():
        pytest.skip(f"no head assets in '{folder}' (FACEWRIGHT_ASSETS names another folder)")
    return folder
