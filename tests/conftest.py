"""A tiny model with the real contract, and the switches for what a machine may lack."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is loaded: tests need no screen

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from onnxruntime import OrtValue

from creator import device_start, devices, paths
from creator import generator as generator_module
from creator.attributes import Attribute, AttributeSchema
from creator.devices import Candidates, DeviceReport
from creator.generator import Generator, _trial_key
from creator.graph_runner import BoundRunner
from creator.manifest import DRAFT, FULL, MANIFEST_NAME, Graph, Manifest, load_manifest
from creator.trial_results import Trial

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


LANDMARK_NAMES = ("eye_left", "eye_right", "chin")


def graph_bytes(
    size: int, attribute_count: int, outputs: tuple[str, ...] = ("portrait",), batch: int | str = 1, seed: int = 1
) -> bytes:
    """An ONNX graph with the real signature: a soft disc whose colour follows attributes and identity.

    ``outputs`` may hold "portrait", "albedo", "normals", "depth", "masks" and "landmarks".
    """
    from onnx import TensorProto, helper, numpy_helper

    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[:size, :size] + 0.5
    radius = np.hypot(rows - size / 2, columns - size / 2)
    alpha = np.clip((0.45 * size - radius) / 2 + 0.5, 0, 1)[None, :, :, None]
    slope = np.stack([(columns - size / 2) / size, (size / 2 - rows) / size, np.full((size, size), 0.7)], -1)[None]
    constants = {
        "from_attributes": rng.normal(0, 0.8, (attribute_count, 3)),
        "from_identity": rng.normal(0, 0.1, (IDENTITY_SIZE, 3)),
        "to_points": rng.normal(0, 0.01, (attribute_count, 3 * len(LANDMARK_NAMES))),
        "rest": np.full((1, 3 * len(LANDMARK_NAMES)), 0.5),
        "shade": (0.6 + 0.4 * columns / size)[None, :, :, None] * alpha,
        "alpha": alpha, "slope": 128 + 127 * slope, "none": np.zeros((1, 1, 1, 1)),
        "eight": np.linspace(0, 1, 8)[None, None, None] * alpha, "top": np.array(255.0),
    }  # fmt: skip
    node = helper.make_node
    nodes = {
        "colour": [
            node("MatMul", ["attributes", "from_attributes"], ["a"]),
            node("MatMul", ["identity", "from_identity"], ["i"]),
            node("Add", ["a", "i"], ["sum"]),
            node("Sigmoid", ["sum"], ["flat_colour"]),
            node("Reshape", ["flat_colour", "as_pixel"], ["colour"]),
            node("Mul", ["colour", "none"], ["nothing_thrice"]),
            node("ReduceMax", ["nothing_thrice"], ["nothing"], axes=[3], keepdims=1),
            node("Mul", ["colour", "shade"], ["premultiplied"]),
            node("Add", ["alpha", "nothing"], ["alphas"]),
        ],
        "portrait": [
            node("Concat", ["premultiplied", "alphas"], ["rgba"], axis=3),
            node("Mul", ["rgba", "top"], ["scaled"]),
            node("Round", ["scaled"], ["rounded"]),
            node("Cast", ["rounded"], ["portrait"], to=TensorProto.UINT8),
        ],
        "albedo": [
            node("Mul", ["premultiplied", "top"], ["bright"]),
            node("Cast", ["bright"], ["albedo"], to=TensorProto.UINT8),
        ],
        "normals": [
            node("Add", ["slope", "nothing"], ["slopes"]),
            node("Cast", ["slopes"], ["normals"], to=TensorProto.UINT8),
        ],
        "depth": [node("Cast", ["alphas"], ["depth"], to=TensorProto.FLOAT16)],
        "masks": [
            node("Add", ["eight", "nothing"], ["shares"]),
            node("Mul", ["shares", "top"], ["masses"]),
            node("Cast", ["masses"], ["masks"], to=TensorProto.UINT8),
        ],
        "landmarks": [
            node("MatMul", ["attributes", "to_points"], ["moved"]),
            node("Add", ["moved", "rest"], ["flat_points"]),
            node("Reshape", ["flat_points", "as_points"], ["landmarks"]),
        ],
    }
    form = {
        "portrait": (TensorProto.UINT8, 4), "albedo": (TensorProto.UINT8, 3), "normals": (TensorProto.UINT8, 3),
        "depth": (TensorProto.FLOAT16, 1), "masks": (TensorProto.UINT8, 8),
    }  # fmt: skip

    def output(name: str) -> Any:
        if name == "landmarks":
            return helper.make_tensor_value_info(name, TensorProto.FLOAT, [batch, len(LANDMARK_NAMES), 3])
        kind, channels = form[name]
        return helper.make_tensor_value_info(name, kind, [batch, size, size, channels])

    shapes = {"as_pixel": np.array([-1, 1, 1, 3]), "as_points": np.array([-1, len(LANDMARK_NAMES), 3])}
    graph = helper.make_graph(
        [each for part in ("colour", *outputs) for each in nodes[part]],
        "tiny",
        [
            helper.make_tensor_value_info("attributes", TensorProto.FLOAT, [batch, attribute_count]),
            helper.make_tensor_value_info("identity", TensorProto.FLOAT, [batch, IDENTITY_SIZE]),
        ],
        [output(name) for name in outputs],
        [numpy_helper.from_array(value.astype(np.float32), name) for name, value in constants.items()]
        + [numpy_helper.from_array(value, name) for name, value in shapes.items()],
    )
    opset = [helper.make_opsetid("", 17)]  # the axes of ReduceMax are an attribute there
    return helper.make_model(graph, opset_imports=opset, ir_version=9).SerializeToString()


def write_graph(folder: Path, data: bytes, picture: str, file: str, **more: Any) -> dict[str, Any]:
    """Write the graph ``data`` into ``folder``; return its entry in the manifest."""
    (folder / file).write_bytes(data)
    size = DRAFT_SIZE if picture == "draft" else FULL_SIZE
    return {
        "picture": picture, "precision": "fp32", "batch": 1, "size": size, "outputs": ["portrait"], "file": file,
        "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), **more,
    }  # fmt: skip


def plain_graphs(folder: Path, schema: AttributeSchema) -> list[dict[str, Any]]:
    """A draft and a full picture for one person at a time, and no more, as in an older model."""
    return [
        write_graph(folder, graph_bytes(size, schema.encoded_size), name, f"tiny_{name}.onnx")
        for name, size in (("draft", DRAFT_SIZE), ("full", FULL_SIZE))
    ]


def whole_graphs(folder: Path, schema: AttributeSchema) -> list[dict[str, Any]]:
    """A draft; and full picture, maps and landmarks from one file, for any number of people."""
    outputs = ("portrait", "albedo", "normals", "depth", "masks", "landmarks")
    data = graph_bytes(FULL_SIZE, schema.encoded_size, outputs, "batch")
    entries = [write_graph(folder, graph_bytes(DRAFT_SIZE, schema.encoded_size), "draft", "tiny_draft.onnx")]
    for picture, taken in (("full", outputs[:1]), ("maps", outputs[1:5]), ("landmarks", outputs[5:])):
        entries.append(write_graph(folder, data, picture, "tiny.onnx", batch="dynamic", outputs=list(taken)))
    return entries


def write_model(folder: Path, schema: AttributeSchema, graphs: list[dict[str, Any]]) -> Path:
    """Write the manifest of a model with ``graphs`` into ``folder``; return ``folder``."""
    manifest = {
        "format": 2,
        "name": "tiny",
        "version": "0.0.1",
        "licence": "CC0-1.0",
        "created": "2026-01-01",
        "inputs": {"attributes": schema.encoded_size, "identity": IDENTITY_SIZE},
        "portrait": {
            "dtype": "uint8",
            "layout": "NHWC",
            "channels": "RGBA",
            "alpha": "premultiplied",
            "encoding": "sRGB",
        },
        "graphs": graphs,
        "landmark_names": list(LANDMARK_NAMES) if any(graph["picture"] == "landmarks" for graph in graphs) else [],
        "schema": schema.to_json(),
        "training": {},
        "metrics": {},
    }
    (folder / MANIFEST_NAME).write_text(json.dumps(manifest))
    return folder


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The user's own cache stays out of the tests."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory, schema: AttributeSchema) -> Path:
    """The tiny model on disk. Shared by all tests: copy it to damage it."""
    folder = tmp_path_factory.mktemp("model")
    return write_model(folder, schema, plain_graphs(folder, schema))


@pytest.fixture(scope="session")
def whole_model_folder(tmp_path_factory: pytest.TempPathFactory, schema: AttributeSchema) -> Path:
    """The tiny model with maps, landmarks and batches. Shared by all tests."""
    folder = tmp_path_factory.mktemp("whole_model")
    return write_model(folder, schema, whole_graphs(folder, schema))


@pytest.fixture(scope="session")
def make_graph() -> Callable[..., bytes]:
    """Makes the bytes of a tiny graph."""
    return graph_bytes


@pytest.fixture(scope="session")
def manifest(model_folder: Path) -> Manifest:
    return load_manifest(model_folder)


@pytest.fixture
def own_model(tmp_path: Path, schema: AttributeSchema, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tiny model for one test, which FACEWRIGHT_MODELS names."""
    folder = tmp_path / "own_model"
    folder.mkdir()
    monkeypatch.setenv(paths.MODELS_VARIABLE, str(folder))
    return write_model(folder, schema, plain_graphs(folder, schema))


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


class FakeGpu:
    """Stands in for CUDA: the same sessions as the CPU's, whose time and pictures can be told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, milliseconds: float, offset: int = 0) -> None:
        self.opened: list[tuple[int | None, bool]] = []
        cuda = DeviceReport("cuda", "CUDAExecutionProvider", True, "NVIDIA Test")
        known, open_session, run = devices.device_report, devices.open_session, BoundRunner.run
        names = {"auto": ("cuda", "cpu")}
        monkeypatch.setattr(devices, "candidates", lambda device: Candidates(names.get(device, (device,))))
        monkeypatch.setattr(devices, "device_report", lambda name: cuda if name == "cuda" else known(name))
        monkeypatch.setattr(devices, "device_array", lambda array, device: OrtValue.ortvalue_from_numpy(array))
        self_test = Generator._self_test

        def opening(
            graph: bytes, device: str, batch: int | None = None, captured: bool = False
        ) -> devices.OpenedSession:
            session = open_session(graph, "cpu", batch).session
            if device == "cpu":
                return devices.OpenedSession(session, "cpu", "CPU")
            self.opened.append((batch, captured))
            return devices.OpenedSession(session, "cuda", "CUDA (NVIDIA Test)")

        def shifted(runner: BoundRunner, feeds: Any) -> list[np.ndarray]:
            return [found + np.uint8(offset) for found in run(runner, feeds)]

        def timed(generator: Generator, graph: Graph, opened: Any) -> Trial:
            trial = self_test(generator, graph, opened)
            return replace(trial, milliseconds=milliseconds if opened.device == "cuda" else 10.0)

        monkeypatch.setattr(devices, "open_session", opening)
        monkeypatch.setattr(BoundRunner, "run", shifted)
        monkeypatch.setattr(Generator, "_self_test", timed)


MakeGpu = Callable[..., FakeGpu]


@pytest.fixture
def fake_gpu(monkeypatch: pytest.MonkeyPatch) -> MakeGpu:
    """Puts a :class:`FakeGpu` into the machine."""
    return lambda **told: FakeGpu(monkeypatch, **told)


@pytest.fixture
def no_trials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine on which nothing was tried yet, except that strange models were met."""
    monkeypatch.setattr(paths, "user_cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(generator_module, "try_apart", lambda manifest: None)


class OtherProcess:
    """Lets scripts stand for the process that tries a device. ``asked``: the folders it was asked about."""

    TRYING = "import json, sys, time\nprint(json.dumps({'trying': 'draft'}), flush=True)\n"
    SLOW = TRYING + "time.sleep(600)"

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[Path] = []
        self.script = ""
        monkeypatch.setattr(device_start, "_command", self._command)

    def _command(self, folder: Path, device: str) -> list[str]:
        self.asked.append(folder)
        return [sys.executable, "-c", self.script]

    def outcome(self, generator: Generator, psnr: float = 99.0, failed: str = "") -> str:
        """A script that says how the trials of CUDA went, among a library's own remarks."""
        trials = {
            _trial_key(generator.manifest.variant(picture), "cuda"): {"psnr": psnr, "milliseconds": 1.0, "error": ""}
            for picture in (DRAFT, FULL)
        }
        said = json.dumps({"trials": trials, "failed": failed})
        return f"{self.TRYING}print('a library: 3')\nprint('[1]')\nprint({said!r})\n"


@pytest.fixture
def other_process(monkeypatch: pytest.MonkeyPatch) -> OtherProcess:
    return OtherProcess(monkeypatch)


@pytest.fixture
def soak_renders() -> int:
    """Pictures of each soak test; FACEWRIGHT_SOAK_RENDERS=20000 makes it the long run."""
    return int(os.environ.get("FACEWRIGHT_SOAK_RENDERS", "400"))


@dataclass(frozen=True)
class Footprint:
    """What this process holds: MiB of memory in use, open handles, threads."""

    megabytes: float
    handles: int
    threads: int

    def assert_flat(self, before: Footprint) -> None:
        assert self.megabytes - before.megabytes < 48
        assert self.handles <= before.handles + 2
        assert self.threads <= before.threads + 2


@pytest.fixture
def footprint() -> Callable[[], Footprint]:
    """Measures, on Linux; elsewhere the test is skipped."""
    process = Path("/proc/self")
    if not (process / "statm").exists():
        pytest.skip("reads memory and handles from /proc")

    def measured() -> Footprint:
        gc.collect()
        pages = int((process / "statm").read_text().split()[1])
        handles, threads = (len(list((process / kind).iterdir())) for kind in ("fd", "task"))
        return Footprint(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, handles, threads)

    return measured
