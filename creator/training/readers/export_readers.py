"""The trained readers as ONNX graphs beside a model, named in its manifest as companions.

Batch normalisation is folded into the convolutions; weights are stored as float16 and cast inside the graph.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import helper
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from creator.manifest import MANIFEST_NAME, load_manifest
from creator.onnx_graph import check_graph
from creator.readings import Readings
from creator.training.generator.checkpoint import TrainingError
from creator.training.generator.export_onnx import LICENCE, ExportError, store_as_half, traced
from creator.training.generator.people_dataset import reduced
from creator.training.generator.quantise import session_of
from creator.training.model_folder import graph_name, write_model
from creator.training.people_schema import SCHEMA
from creator.training.readers.edited_pictures import EDITS, edited_name
from creator.training.readers.evaluator import EMBEDDING
from creator.training.readers.picture_network import SIZE, PictureNetwork
from creator.training.readers.reader_run import Run, load_run
from creator.training.readers.reader_targets import MIXTURES, SHOWN, ReaderTargets
from creator.training.readers.stored_views import StoredViews
from creator.training.readers.train_reader import ATTRIBUTES

READER, IDENTITY = "attribute_reader", "identity"
MAXIMUM_WEIGHTS = 5 << 18  # 2.5 MiB as float16
_TOLERANCE = 2e-3
_STORED_AS_HALF = 1024  # numbers; smaller tensors stay float32
_NOISE_SHARE = 0.95  # of the readings that should have stayed and changed by less than an attribute's noise
_GAINS = (0.25, 2.0)
_LEAST_MOVE = 0.2  # sigma, that tells of a gain


class SingleOutput(nn.Module):
    """What is exported: one head of a network, for ``picture`` (N, 4, 128, 128) float32, 0..1, premultiplied."""

    def __init__(self, network: PictureNetwork, head: str) -> None:
        super().__init__()
        self.network = network
        self.head = head

    def forward(self, picture: Tensor) -> Tensor:
        found: Tensor = self.network.heads[self.head](self.network.features(picture))
        return found


def shipped_network(network: PictureNetwork) -> PictureNetwork:
    """A copy in evaluation mode without batch normalisation, large weights rounded to float16. Raises
    :class:`ExportError`."""
    folded = copy.deepcopy(network).float().cpu().eval().requires_grad_(False)
    for part in folded.modules():
        if isinstance(part, nn.Sequential):
            _fold(part)
    for name, tensor in folded.named_parameters():
        if tensor.numel() >= _STORED_AS_HALF:
            half = tensor.data.half()
            if not bool(torch.isfinite(half).all()):
                raise ExportError(f"the weights '{name}' do not fit float16")
            tensor.data = half.float()
    return folded


def _fold(layers: nn.Sequential) -> None:
    """Make each convolution take over the batch normalisation behind it."""
    for index in range(len(layers) - 1):
        convolution, normalisation = layers[index], layers[index + 1]
        if isinstance(convolution, nn.Conv2d) and isinstance(normalisation, nn.BatchNorm2d):
            layers[index] = fuse_conv_bn_eval(convolution, normalisation)
            layers[index + 1] = nn.Identity()


def reading_graph(network: PictureNetwork, head: str) -> bytes:
    """One head of ``network`` (see :func:`shipped_network`) as an ONNX file, proven to give torch's numbers.

    Raises :class:`ExportError`.
    """
    module = SingleOutput(network, head).eval()
    parts = (network.trunk, network.join, network.heads[head])
    weights = sum(parameter.numel() for part in parts for parameter in part.parameters())
    if weights > MAXIMUM_WEIGHTS:
        raise ExportError(f"the network has {weights} weights, more than {MAXIMUM_WEIGHTS}; train a narrower one")
    model = traced(module, (torch.zeros(2, 4, SIZE, SIZE),), ("picture",), (head,))
    model.graph.name = f"facewright_{head}"
    large = {name for name, value in module.named_parameters() if value.numel() >= _STORED_AS_HALF}
    store_as_half(model, large)
    helper.set_model_props(model, {"licence": LICENCE})
    onnx.checker.check_model(model, full_check=True)
    graph = model.SerializeToString(deterministic=True)
    check_graph(graph, head)
    difference = _difference(module, graph)
    if difference > _TOLERANCE:
        raise ExportError(f"the graph differs from the network by {difference:.4f}")
    return graph


def _difference(module: SingleOutput, graph: bytes, count: int = 4) -> float:
    """Largest difference between torch and the graph in ONNX Runtime, over the largest output."""
    session = session_of(graph)
    random = np.random.default_rng(0)
    largest = 0.0
    for _ in range(count):
        picture = random.random((1, 4, SIZE, SIZE), np.float32)
        picture[:, :3] *= picture[:, 3:]
        (found,) = session.run(None, {"picture": picture})
        with torch.no_grad():
            wanted = module(torch.from_numpy(picture)).numpy()
        largest = max(largest, float(np.abs(found - wanted).max()) / max(1.0, float(np.abs(wanted).max())))
    return largest


def reader_facts(run: Run) -> dict[str, Any]:
    """What the application has to know of a reader's output, not yet how far readings stray."""
    targets = ReaderTargets(SCHEMA)
    scores = run.facts.get("scores", {}).get("attributes", {})
    entries = []
    for name, at in targets.columns.items():
        attribute, kind = SCHEMA[name], targets.kinds[name]
        score = scores.get(name, {})
        entry: dict[str, Any] = {"name": name, "kind": kind}
        if kind == "choice":
            entry |= {"choices": list(attribute.choices)}
        elif kind == "slider":
            span = 0.5 * (attribute.maximum - attribute.minimum)
            mean, spread = float(run.tensors["mean"][at.start]), float(run.tensors["spread"][at.start])
            entry |= {
                "mean": round(attribute.minimum + (mean + 1.0) * span, 5), "spread": round(spread * span, 6),
            }  # fmt: skip
        entry["score"] = max(0.0, float(score.get("accuracy" if kind == "choice" else "r2", 0.0)))
        if name in SHOWN:
            entry["shown"] = [condition.to_json() for condition in SHOWN[name]]
        entries.append(entry)
    return {"attributes": entries, "mixtures": [list(names) for names in MIXTURES]}


def calibrated(facts: Mapping[str, Any], network: PictureNetwork, edits: Path) -> dict[str, Any]:
    """``facts`` with each attribute's ``gain`` and ``noise``, measured on the renders of ``render_edits``.

    ``gain``: how far a slider's reading moves, over how far the slider was moved (a reader that is unsure moves too
    little). ``noise``: what 95 % of the readings of an attribute stay below, in sigma, when another one is edited.
    """
    views = StoredViews.read(edits)
    targets = ReaderTargets(SCHEMA)
    rows = network_rows(network, ATTRIBUTES, views.images)
    moved: dict[str, list[float]] = {}
    strayed: dict[str, list[float]] = {}
    readings = Readings(facts, targets.size, SCHEMA)
    entries = {entry["name"]: dict(entry) for entry in facts["attributes"]}
    wanted = targets.wanted(views.attributes)
    for first in range(0, len(rows), EDITS + 1):
        for row in range(first + 1, first + EDITS + 1):
            name = edited_name(SCHEMA, views.attributes[first].numpy(), views.attributes[row].numpy())
            changes = readings.changes(rows[first], rows[row])
            for other in changes.keys() - readings.meant([name]):
                strayed.setdefault(other, []).append(abs(changes[other]))
            if targets.kinds[name] == "slider" and name in changes:
                at = targets.columns[name].start
                span = 0.5 * (SCHEMA[name].maximum - SCHEMA[name].minimum)
                true = float(wanted[row, at] - wanted[first, at]) * span / entries[name]["spread"]
                if abs(true) > _LEAST_MOVE:
                    moved.setdefault(name, []).append(changes[name] / true)
    for name, entry in entries.items():
        if name in moved:
            entry["gain"] = round(float(np.clip(np.median(moved[name]), *_GAINS)), 3)
        if name in strayed:
            noise = float(np.quantile(strayed[name], _NOISE_SHARE)) / entry.get("gain", 1.0)
            entry["noise"] = round(noise, 3)
    return {**facts, "attributes": list(entries.values())}


def network_rows(network: PictureNetwork, head: str, images: Tensor) -> NDArray[np.float32]:
    """A head's output (N, C) for pictures uint8 (N, S, S, 4)."""
    found = []
    with torch.no_grad():
        for start in range(0, len(images), 32):
            found.append(network(reduced(images[start : start + 32], SIZE))[head].numpy())
    return np.concatenate(found)


def add_companions(
    folder: Path, reader: Path | None = None, identity: Path | None = None, edits: Path | None = None
) -> dict[str, Any]:
    """Export the runs ``reader`` and ``identity`` into ``folder``, which holds a model, and enter them in its manifest.

    What the manifest says of other companions, and of the model, stays. Returns the new entries. Raises
    :class:`ExportError`, :class:`TrainingError` or :class:`~creator.errors.ModelError`; the manifest is then as before.
    """
    load_manifest(folder)
    entries: dict[str, Any] = {}
    graphs: dict[str, bytes] = {}
    for name, head, path in ((READER, ATTRIBUTES, reader), (IDENTITY, EMBEDDING, identity)):
        if path is None:
            continue
        run = load_run(path)
        if head not in dict(run.network.config.heads):
            raise TrainingError(f"{path} holds no {name.replace('_', ' ')}")
        network = shipped_network(run.network)
        graph = reading_graph(network, head)
        facts = reader_facts(run) if name == READER else dict(run.facts.get("scores", {}))
        if name == READER and edits is not None:
            facts = calibrated(facts, network, edits)
        facts["training"] = {"views": run.facts["views"], "parameters": _parameters(network)}
        file = graph_name(f"facewright_{name}", graph)
        graphs[file] = graph
        entries[name] = {
            "file": file, "sha256": hashlib.sha256(graph).hexdigest(), "bytes": len(graph), "facts": facts,
        }  # fmt: skip
    manifest = json.loads((folder / MANIFEST_NAME).read_bytes())
    before = manifest.get("companions", {})
    manifest["companions"] = before | entries
    write_model(folder, manifest, graphs, {before[name]["file"] for name in entries if name in before})
    return entries


def _parameters(network: PictureNetwork) -> int:
    return sum(parameter.numel() for parameter in network.parameters())
