"""The trained generator as ONNX graphs with a manifest.

Learned weights and the large tables of the head's geometry are stored as float16 and cast to float32 inside the graph
(engines fold the casts when they load it). Initialisers keep the parameters' names, so that :func:`read_network` finds
them.
"""

from __future__ import annotations

import copy
import datetime
import hashlib
import json
import logging
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from creator.atomic_write import write_atomically
from creator.attributes import AttributeSchema
from creator.errors import CreatorError, ModelError
from creator.manifest import MANIFEST_FORMAT
from creator.training.generator.network import DRAFT_SIZE, NetworkConfig, PortraitNetwork, PortraitVariant

OPSET = 18
TOLERANCE = 2
LARGE_TABLE = 10_000
LICENCE = "CC0-1.0"
CONFIG_KEY = "facewright.network"
PREFIX = "network."
_LARGE_PARTS = {"stage128", "head256", "detail_texture", "stage256", "head512", "head_maps"}
MAP_OUTPUTS = ("albedo", "normals", "depth", "masks")
MAXIMUM_GRAPH_BYTES = 14 << 20


class ExportError(CreatorError):
    """A network that could not be exported, or whose graph gives other pictures."""


def rounded_network(network: PortraitNetwork) -> PortraitNetwork:
    """A copy in evaluation mode with what is stored as float16 rounded to it. Raises :class:`ExportError`."""
    rounded = copy.deepcopy(network).float().cpu().eval().requires_grad_(False)
    for name, tensor in stored_as_half(rounded).items():
        half = tensor.data.half()
        if not bool(torch.isfinite(half).all()):
            raise ExportError(f"the weights '{name}' do not fit float16")
        tensor.data = half.float()
    return rounded


def stored_as_half(network: PortraitNetwork) -> dict[str, torch.Tensor]:
    """Learned parameters and tables of at least 10,000 numbers (morph targets, in decimetres), by name."""
    tables = {
        name: table
        for name, table in network.named_buffers()
        if table.is_floating_point() and table.numel() >= LARGE_TABLE
    }
    return dict(network.named_parameters()) | tables


def variants(config: NetworkConfig) -> dict[str, tuple[int, bool]]:
    """The graphs by name: side of the picture in pixels, and whether the maps come with it."""
    return {"draft": (DRAFT_SIZE, False), "full": (config.size, False), "maps": (config.size, True)}


def export_variant(network: PortraitNetwork, name: str) -> onnx.ModelProto:
    """The graph of one variant. ``network`` must hold rounded weights (see :func:`rounded_network`)."""
    variant = PortraitVariant(network, *variants(network.config)[name]).eval()
    example = (torch.zeros(1, network.config.attribute_size), torch.zeros(1, network.config.identity_size))
    exporter_log = logging.getLogger("torch.onnx")
    level = exporter_log.level
    exporter_log.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            program = torch.onnx.export(
                variant, example, dynamo=True, opset_version=OPSET, verbose=False, external_data=False,
                input_names=["attributes", "identity"], output_names=list(_outputs(name)),
            )  # fmt: skip
    finally:
        exporter_log.setLevel(level)
    if program is None:
        raise ExportError("the exporter gave no graph")
    model = program.model_proto
    _strip(model)
    model.graph.name = f"facewright_{name}"
    _halve(model, {PREFIX + name for name in stored_as_half(network)})
    helper.set_model_props(model, {CONFIG_KEY: network.config.to_json(), "licence": LICENCE})
    onnx.checker.check_model(model, full_check=True)
    return model


def _outputs(name: str) -> tuple[str, ...]:
    return ("portrait", *MAP_OUTPUTS) if name == "maps" else ("portrait",)


def _strip(model: onnx.ModelProto) -> None:
    """Remove what tells of the exporting machine: source paths, doc strings, exporter metadata."""
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.initializer, *graph.input, *graph.output, *graph.value_info):
        part.doc_string = ""
        del part.metadata_props[:]
    for node in graph.node:
        node.name = ""
    del graph.value_info[:]
    model.producer_name, model.producer_version, model.domain = "facewright", "", ""


def _halve(model: onnx.ModelProto, names: set[str]) -> None:
    """Store the float32 initialisers ``names`` as float16, each followed by a cast."""
    casts = []
    for initializer in model.graph.initializer:
        if initializer.name not in names:
            continue
        values = numpy_helper.to_array(initializer)
        stored = f"{initializer.name}.half"
        casts.append(helper.make_node("Cast", [stored], [initializer.name], to=TensorProto.FLOAT))
        initializer.CopyFrom(numpy_helper.from_array(values.astype(np.float16), stored))
    for index, cast in enumerate(casts):
        model.graph.node.insert(index, cast)


def random_inputs(schema: AttributeSchema, count: int, seed: int = 0) -> list[tuple[NDArray[Any], NDArray[Any]]]:
    """``count`` valid inputs (attributes (1, D), identity (1, 64)), uniform over every range and choice."""
    random = np.random.default_rng(seed)
    inputs = []
    for _ in range(count):
        values = {
            a.name: str(random.choice(a.choices)) if a.kind == "choice" else float(random.uniform(a.minimum, a.maximum))
            for a in schema.attributes
        }
        identity = random.standard_normal((1, 64)).astype(np.float32)
        inputs.append((schema.encode(values)[None], identity))
    return inputs


def largest_difference(
    network: PortraitNetwork, name: str, graph: bytes, inputs: list[tuple[NDArray[Any], NDArray[Any]]]
) -> int:
    """Largest difference in any channel of any pixel, in 1/255, between torch and the graph in ONNX Runtime.

    Depth counts as a picture does whose 255 is one unit (eye line to chin). Normals count only where something is:
    elsewhere their direction is a matter of chance.
    """
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    variant = PortraitVariant(network, *variants(network.config)[name])
    largest = 0
    for attributes, identity in inputs:
        found = session.run(list(_outputs(name)), {"attributes": attributes, "identity": identity})
        with torch.no_grad():
            wanted = variant(torch.from_numpy(attributes), torch.from_numpy(identity))
        solid = wanted[0][..., 3:].numpy() > 127
        for output, one, other in zip(_outputs(name), found, wanted, strict=True):
            apart = np.abs(np.asarray(one).astype(np.float32) - other.numpy().astype(np.float32))
            if output == "depth":
                apart = apart * 255.0
            elif output == "normals":
                apart = apart * solid
            largest = max(largest, round(float(apart.max())))
    return largest


def export_model(
    network: PortraitNetwork,
    schema: AttributeSchema,
    folder: Path,
    training: Mapping[str, Any],
    metrics: Mapping[str, Any],
    version: str = "0.1.0",
    lights: Mapping[str, tuple[str, Mapping[str, float]]] = MappingProxyType({}),
    checked_inputs: int = 16,
) -> dict[str, Any]:
    """Write the graphs and ``facewright.json`` into ``folder`` and return the manifest.

    Raises :class:`ExportError` if a graph and the torch network differ by more than 2/255 anywhere; nothing is
    written then.
    """
    rounded = rounded_network(network)
    inputs = random_inputs(schema, checked_inputs)
    graphs: dict[str, bytes] = {}
    differences = {}
    for name in variants(network.config):
        graph = export_variant(rounded, name).SerializeToString(deterministic=True)
        if len(graph) > MAXIMUM_GRAPH_BYTES:
            raise ExportError(f"the {name} graph has {len(graph)} bytes, more than {MAXIMUM_GRAPH_BYTES}")
        differences[name] = largest_difference(rounded, name, graph, inputs)
        if differences[name] > TOLERANCE:
            raise ExportError(f"the {name} graph differs from the network by {differences[name]}/255")
        graphs[name] = graph
    manifest = {
        "format": MANIFEST_FORMAT,
        "name": "facewright",
        "version": version,
        "licence": LICENCE,
        "created": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "inputs": {"attributes": schema.encoded_size, "identity": network.config.identity_size},
        "portrait": {
            "dtype": "uint8", "layout": "NHWC", "channels": "RGBA", "alpha": "premultiplied", "encoding": "sRGB",
        },
        "graphs": [
            {
                "picture": name,
                "precision": "fp32",
                "batch": 1,
                "size": variants(network.config)[name][0],
                "outputs": list(MAP_OUTPUTS if name == "maps" else ("portrait",)),
                "file": f"facewright_{name}.onnx",
                "sha256": hashlib.sha256(graph).hexdigest(),
                "bytes": len(graph),
            }
            for name, graph in graphs.items()
        ],
        "light_presets": {name: {"label": label, "values": values} for name, (label, values) in lights.items()},
        "schema": schema.to_json(),
        "training": dict(training),
        "metrics": {**metrics, "largest_difference_torch_onnx": differences},
    }  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    for name, graph in graphs.items():
        write_atomically(folder / f"facewright_{name}.onnx", graph)
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    write_atomically(folder / "facewright.json", text.encode())
    return manifest


def read_network(
    path: Path,
    make_network: Callable[[NetworkConfig], PortraitNetwork],
    expected: Callable[[int], NetworkConfig] | None = None,
) -> PortraitNetwork:
    """The network whose weights an exported graph holds; what a variant does not need stays untrained.

    Raises :class:`ModelError` if the graph was not exported from this network, or not with the ``expected`` config
    of its picture size.
    """
    try:
        model = onnx.load(path)
        config = NetworkConfig.from_json({p.key: p.value for p in model.metadata_props}[CONFIG_KEY])
    except Exception as error:
        raise ModelError(f"{path} holds no generator of this version: {error!r}") from error
    if expected is not None and config != expected(config.size):
        raise ModelError(f"{path} holds no generator of this version: its network has other sizes than the one in code")
    network = make_network(config)
    held = {}
    for initializer in model.graph.initializer:
        name = initializer.name.removeprefix(PREFIX).removesuffix(".half")
        held[name] = torch.from_numpy(numpy_helper.to_array(initializer).astype(np.float32))
    wanted: dict[str, torch.Tensor] = dict(network.named_parameters())
    wanted |= {name: buffer for name, buffer in network.named_buffers() if buffer.is_floating_point()}
    # The exporter folds small constants of the geometry into the graph; they are no weights. A part of the network
    # that a variant does not need is missing as a whole.
    parts = {name.split(".")[0] for name in held}
    optional = {"geometry", *_LARGE_PARTS - parts}
    with torch.no_grad():
        for name, target in wanted.items():
            if name in held and held[name].shape == target.shape:
                target.copy_(held[name])
            elif name.split(".")[0] not in optional:
                raise ModelError(f"{path} holds no weights '{name}'")
    return network.eval().requires_grad_(False)
