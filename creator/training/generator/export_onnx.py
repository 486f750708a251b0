"""The trained generator as ONNX graphs with a manifest.

One set of weights becomes three files, each for any number of people at once: single precision (the reference, for
CPUs and any other device), half precision for GPUs, and 8 bits for CPUs. A file holds all pictures; whoever runs it
takes the outputs that the manifest names for a picture (``creator.onnx_graph.select_outputs``). Learned weights and the
large tables of the head's geometry are stored as float16 and cast to float32 inside the graph (engines fold the casts
when they load it). Initialisers keep the parameters' names, so that :func:`read_network` finds them.
"""

from __future__ import annotations

import copy
import datetime
import hashlib
import json
import logging
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from creator.attributes import AttributeSchema
from creator.character import Character
from creator.errors import CreatorError, ModelError
from creator.manifest import MANIFEST_FORMAT, MANIFEST_NAME, load_manifest
from creator.onnx_graph import check_graph, select_outputs
from creator.random_character import person_seed, random_values
from creator.self_test import generator_inputs, psnr, trial_people
from creator.training.generator.half_precision import half_precision
from creator.training.generator.network import DRAFT_SIZE, OUTPUTS, NetworkConfig, PortraitNetwork, PortraitOutputs
from creator.training.generator.quantise import Feeds, by_harm, calibrate, layers_of, quantised_model, session_of
from creator.training.model_folder import graph_name, write_model

OPSET = 18
TOLERANCE = 2
LARGE_TABLE = 10_000
LICENCE = "CC0-1.0"
CONFIG_KEY = "facewright.network"
PREFIX = "network."
MAXIMUM_FILE_BYTES = 30 << 20
MAXIMUM_BYTES = 60 << 20
LEAST_PSNR = {"fp16": 45.0, "int8": 38.0}
"""Decibels that pictures of lower precision must reach against the single-precision ones."""

MARGIN = 1.0
"""Decibels above the least that quantisation aims at."""

CALIBRATION_PEOPLE = 12
PICTURES = {"draft": ("draft",), "full": ("portrait",), "maps": OUTPUTS[2:6], "landmarks": ("landmarks",)}
_COMPARED = {"draft": "draft", "full": "portrait"}  # picture and output
STEMS = {"fp32": "facewright", "fp16": "facewright_fp16", "int8": "facewright_int8"}
"""How the names of the files begin: see ``creator.training.model_folder``."""

OFFERED = {"fp32": tuple(PICTURES), "fp16": ("draft", "full", "maps"), "int8": ("draft", "full")}


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


def export_graph(network: PortraitNetwork) -> onnx.ModelProto:
    """The graph with all of ``OUTPUTS``, in float32. ``network`` must hold rounded weights: :func:`rounded_network`."""
    config = network.config
    example = (torch.zeros(2, config.attribute_size), torch.zeros(2, config.identity_size))
    return traced(PortraitOutputs(network), example, ("attributes", "identity"), OUTPUTS)


def traced(
    module: torch.nn.Module, example: tuple[torch.Tensor, ...], inputs: Sequence[str], outputs: Sequence[str]
) -> onnx.ModelProto:
    """``module`` in evaluation mode as a graph for any number of rows, without a trace of the exporting machine."""
    batch = torch.export.Dim("batch", min=1, max=1024)
    exporter_log = logging.getLogger("torch.onnx")
    level = exporter_log.level
    exporter_log.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            program = torch.onnx.export(
                module.eval(), example, dynamo=True, opset_version=OPSET, verbose=False, external_data=False,
                input_names=list(inputs), output_names=list(outputs), dynamic_shapes=({0: batch},) * len(inputs),
            )  # fmt: skip
    finally:
        exporter_log.setLevel(level)
    if program is None:
        raise ExportError("the exporter gave no graph")
    model = program.model_proto
    _strip(model)
    return model


def offered(precision: str, pictures: Sequence[str]) -> list[str]:
    """Those of ``pictures`` that the file of a precision holds."""
    return [picture for picture in OFFERED[precision] if picture in pictures]


def shipped(
    model: onnx.ModelProto, network: PortraitNetwork, precision: str, pictures: Sequence[str] = tuple(PICTURES)
) -> bytes:
    """The file of ``model``: what may be stored as float16 is, and nothing is left that ``pictures`` do not need."""
    wanted = [name for picture in offered(precision, pictures) for name in PICTURES[picture]]
    stored = onnx.ModelProto()
    stored.CopyFrom(model)
    stored.graph.name = f"facewright_{precision}"
    store_as_half(stored, {PREFIX + name for name in stored_as_half(network)})
    helper.set_model_props(stored, {CONFIG_KEY: network.config.to_json(), "licence": LICENCE})
    data = select_outputs(stored.SerializeToString(deterministic=True), wanted)
    onnx.checker.check_model(onnx.load_from_string(data), full_check=True)
    check_graph(data, STEMS[precision])
    if len(data) > MAXIMUM_FILE_BYTES:
        raise ExportError(f"the {precision} graph has {len(data)} bytes, more than {MAXIMUM_FILE_BYTES}")
    return data


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


def store_as_half(model: onnx.ModelProto, names: set[str]) -> None:
    """Store the float32 initialisers ``names`` as float16, each followed by a cast."""
    casts = []
    for initializer in model.graph.initializer:
        if initializer.name not in names or initializer.data_type != TensorProto.FLOAT:
            continue
        values = numpy_helper.to_array(initializer)
        stored = f"{initializer.name}.half"
        casts.append(helper.make_node("Cast", [stored], [initializer.name], to=TensorProto.FLOAT))
        initializer.CopyFrom(numpy_helper.from_array(values.astype(np.float16), stored))
    for index, cast in enumerate(casts):
        model.graph.node.insert(index, cast)


def extreme_people(schema: AttributeSchema, identity_size: int, count: int, seed: int = 0) -> list[Feeds]:
    """``count`` valid inputs, one person each, drawn evenly from every range and choice: farther out than most are."""
    random = np.random.default_rng(seed)
    people: list[Feeds] = []
    for number in range(count):
        values = {
            a.name: str(random.choice(a.choices)) if a.kind == "choice" else float(random.uniform(a.minimum, a.maximum))
            for a in schema.attributes
        }
        people.append(generator_inputs(schema, identity_size, (Character("", number, values),)))
    return people


def random_people(schema: AttributeSchema, identity_size: int, count: int, seed: int) -> list[Feeds]:
    """``count`` inputs, one random person each."""
    seeds = [person_seed(seed, index) for index in range(count)]
    drawn = [Character("", each, random_values(schema, each)) for each in seeds]
    return [generator_inputs(schema, identity_size, (person,)) for person in drawn]


def largest_difference(
    network: PortraitNetwork, graph: bytes, people: Sequence[Feeds], pictures: Sequence[str] = tuple(PICTURES)
) -> dict[str, int]:
    """For each of ``pictures`` the largest difference between torch and the graph anywhere, in 1/255.

    Depth counts as a picture does whose 255 is one unit (eye line to chin), landmarks as one whose 255 is the side.
    Normals count only where something is: elsewhere their direction is a matter of chance.
    """
    session = session_of(graph)
    outputs = PortraitOutputs(network)
    largest = dict.fromkeys(pictures, 0)
    for person in people:
        with torch.no_grad():
            wanted = dict(zip(OUTPUTS, outputs(*map(torch.from_numpy, person.values())), strict=True))
        solid = wanted["portrait"][..., 3:].numpy() > 127
        for picture in pictures:
            names = PICTURES[picture]
            for name, found in zip(names, session.run(list(names), dict(person)), strict=True):
                apart = np.abs(np.asarray(found).astype(np.float32) - wanted[name].numpy().astype(np.float32))
                if name in ("depth", "landmarks"):
                    apart = apart * 255.0
                elif name == "normals":
                    apart = apart * solid
                largest[picture] = max(largest[picture], round(float(apart.max())))
    return largest


Pictures = dict[str, list[NDArray[Any]]]


def pictures_of(graph: bytes, names: Sequence[str], people: Sequence[Feeds]) -> Pictures:
    """The outputs ``names`` of a graph for each of ``people``, by name."""
    session = session_of(graph)
    runs = [session.run(list(names), dict(person)) for person in people]
    return {name: [run[index][0] for run in runs] for index, name in enumerate(names)}


def export_model(
    network: PortraitNetwork,
    schema: AttributeSchema,
    folder: Path,
    training: Mapping[str, Any],
    metrics: Mapping[str, Any],
    version: str = "0.1.0",
    lights: Mapping[str, tuple[str, Mapping[str, float]]] = MappingProxyType({}),
    checked: int = 8,
    maps: bool = True,
    report: Callable[[str], None] = lambda line: None,
) -> dict[str, Any]:
    """Write the graphs and ``facewright.json`` into ``folder`` and return the manifest.

    Companions of a model that stands there stay, its other graphs go. Without ``maps`` their head, perhaps untrained,
    is left out.

    ``checked`` people far out are drawn by torch and by the single-precision graph. Raises :class:`ExportError` if they
    differ by more than 2/255 anywhere, if a graph of lower precision is farther from it than ``LEAST_PSNR``, or if
    the files are too large; nothing is written then.
    """
    rounded = rounded_network(network)
    config = network.config
    pictures = [picture for picture in PICTURES if maps or picture != "maps"]
    report("exporting")
    model = export_graph(rounded)
    graphs = {"fp32": shipped(model, rounded, "fp32", pictures)}
    report("comparing with torch")
    far_out = extreme_people(schema, config.identity_size, checked)
    differences = largest_difference(rounded, graphs["fp32"], far_out, pictures)
    for picture, difference in differences.items():
        if difference > TOLERANCE:
            raise ExportError(f"the {picture} picture differs from the network by {difference}/255")
    report("half precision")
    graphs["fp16"] = shipped(half_precision(model), rounded, "fp16", pictures)
    people = [generator_inputs(schema, config.identity_size, (person,)) for person in trial_people(schema)]
    compare = _Comparison(graphs["fp32"], people)
    report("calibrating")
    quantised, kept = _quantised(model, rounded, schema, compare, report)
    graphs["int8"] = quantised
    report("comparing precisions")
    reached = {}
    for precision in ("fp16", "int8"):
        for picture, found in compare(graphs[precision]).items():
            if np.mean(found) < LEAST_PSNR[precision]:
                raise ExportError(
                    f"the {picture} picture in {precision} is {np.mean(found):.1f} dB from the single-precision one, "
                    f"less than {LEAST_PSNR[precision]:g}"
                )
            reached[precision, picture] = round(min(found), 2)
    if (total := sum(map(len, graphs.values()))) > MAXIMUM_BYTES:
        raise ExportError(f"the graphs have {total} bytes, more than {MAXIMUM_BYTES}")
    sizes = {"draft": DRAFT_SIZE}
    files = {precision: graph_name(STEMS[precision], graph) for precision, graph in graphs.items()}
    entries = [
        {
            "picture": picture,
            "precision": precision,
            "batch": "dynamic",
            "size": sizes.get(picture, config.size),
            "outputs": list(PICTURES[picture]),
            "file": files[precision],
            "sha256": hashlib.sha256(graph).hexdigest(),
            "bytes": len(graph),
        }
        | ({"psnr": reached[precision, picture]} if (precision, picture) in reached else {})
        for precision, graph in graphs.items()
        for picture in offered(precision, pictures)
    ]
    manifest = {
        "format": MANIFEST_FORMAT,
        "name": "facewright",
        "version": version,
        "licence": LICENCE,
        "created": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "inputs": {"attributes": schema.encoded_size, "identity": config.identity_size},
        "portrait": {
            "dtype": "uint8", "layout": "NHWC", "channels": "RGBA", "alpha": "premultiplied", "encoding": "sRGB",
        },
        "graphs": entries,
        "landmark_names": list(network.geometry.landmark_names),
        "light_presets": {name: {"label": label, "values": dict(values)} for name, (label, values) in lights.items()},
        "schema": schema.to_json(),
        "training": dict(training),
        "metrics": {**metrics, "largest_difference_torch_onnx": differences, "layers_kept_in_float": kept},
    }  # fmt: skip
    before = _replaced_manifest(folder)
    manifest["companions"] = before.get("companions", {})
    contents = {files[precision]: graph for precision, graph in graphs.items()}
    write_model(folder, manifest, contents, {graph["file"] for graph in before.get("graphs", ())})
    return manifest


def _replaced_manifest(folder: Path) -> dict[str, Any]:
    """The manifest that stands in ``folder``; empty if none is sound."""
    try:
        load_manifest(folder)
    except ModelError:
        return {}
    found: dict[str, Any] = json.loads((folder / MANIFEST_NAME).read_bytes())
    return found


class _Comparison:
    """How close graphs come to the single-precision one, in decibels for each of ``people``."""

    def __init__(self, precise: bytes, people: Sequence[Feeds]) -> None:
        self._people = people
        self._precise = pictures_of(precise, list(_COMPARED.values()), people)

    def __call__(self, graph: bytes) -> dict[str, list[float]]:
        drawn = pictures_of(graph, list(_COMPARED.values()), self._people)
        return {
            picture: [psnr(one, other) for one, other in zip(drawn[name], self._precise[name], strict=True)]
            for picture, name in _COMPARED.items()
        }

    def worst(self, graph: bytes) -> float:
        """The mean over people, of the picture that suffers most."""
        return float(min(np.mean(found) for found in self(graph).values()))


def _quantised(
    model: onnx.ModelProto,
    network: PortraitNetwork,
    schema: AttributeSchema,
    compare: _Comparison,
    report: Callable[[str], None],
) -> tuple[bytes, list[str]]:
    """The file in 8 bits, and the layers that stay in float so that it comes close enough, the most harmful first."""
    layers = list(layers_of(model, PREFIX))
    tensors = {name for layer in layers for name in (layer.taken, layer.given)}
    people = random_people(schema, network.config.identity_size, CALIBRATION_PEOPLE, seed=1)
    steps = calibrate(model, tensors, people)

    def file_of(quantised: onnx.ModelProto) -> bytes:
        return shipped(quantised, network, "int8")

    graph = file_of(quantised_model(model, layers, steps))
    if compare.worst(graph) >= LEAST_PSNR["int8"] + MARGIN:
        return graph, []
    report("measuring the harm of each layer")
    harmful = by_harm(model, layers, steps, lambda quantised: compare.worst(file_of(quantised)))
    kept: list[str] = []
    while harmful and compare.worst(graph) < LEAST_PSNR["int8"] + MARGIN:
        kept.append(harmful.pop(0).name)
        graph = file_of(quantised_model(model, harmful, steps))
    return graph, kept


def read_network(
    path: Path,
    make_network: Callable[[NetworkConfig], PortraitNetwork],
    expected: Callable[[int], NetworkConfig] | None = None,
) -> PortraitNetwork:
    """The network whose weights an exported single-precision graph holds.

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
    with torch.no_grad():
        for name, target in wanted.items():
            if name in held and held[name].shape == target.shape:
                target.copy_(held[name])
            elif name.startswith("head_maps.") and not any(each.startswith("head_maps.") for each in held):
                continue  # exported without maps
            elif not name.startswith(("geometry.", "noise256.")):  # constants of the code, which the exporter may fold
                raise ModelError(f"{path} holds no weights '{name}'")
    return network.eval().requires_grad_(False)
