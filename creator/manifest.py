"""A model's manifest: what the graphs are, what goes in and out, and the attribute schema.

A manifest is ``facewright.json`` beside its graphs. One file may serve several entries, each of which names the outputs
that it takes. :class:`Graph` tells which picture an entry makes, in which precision, and for how many people at once.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from creator.attributes import AttributeSchema, Value, nearest_name
from creator.errors import ModelError, UsageError
from creator.wording import one_line

MANIFEST_NAME = "facewright.json"
MANIFEST_FORMAT = 2
MAXIMUM_MANIFEST_BYTES = 4 << 20
MAXIMUM_GRAPH_BYTES = 64 << 20
REMEDY = "install Facewright again, or let FACEWRIGHT_MODELS name a folder with a sound model"

DRAFT, FULL, MAPS, LANDMARKS = "draft", "full", "maps", "landmarks"
Picture = Literal["draft", "full", "maps", "landmarks"]
Precision = Literal["fp32", "fp16", "int8"]
OUTPUT_COUNTS = {DRAFT: 1, FULL: 1, MAPS: 4, LANDMARKS: 1}
"""Outputs of each picture: RGBA; RGBA; albedo, normals, depth and masks; the points."""

_Text = Annotated[str, Field(min_length=1, max_length=200)]
_Name = Annotated[str, Field(pattern=re.compile(r"^[A-Za-z_][A-Za-z0-9_]{0,63}\Z"))]
_GraphFile = Annotated[str, Field(pattern=re.compile(r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,95}\.onnx\Z"))]
_Sha256 = Annotated[str, Field(pattern=re.compile(r"^[0-9a-f]{64}\Z"))]
_Bytes = Annotated[int, Field(strict=True, ge=1, le=MAXIMUM_GRAPH_BYTES)]
_Count = Annotated[int, Field(strict=True, ge=1)]


class _GraphEntry(BaseModel):
    picture: Picture
    precision: Precision
    batch: Literal[1, "dynamic"]
    size: Annotated[int, Field(strict=True, ge=8, le=2048)]
    outputs: Annotated[tuple[_Name, ...], Field(min_length=1, max_length=8)]
    file: _GraphFile
    sha256: _Sha256
    bytes: _Bytes
    psnr: Annotated[float, Field(gt=0, lt=100)] | None = None


class _CompanionEntry(BaseModel):
    file: _GraphFile
    sha256: _Sha256
    bytes: _Bytes
    facts: dict[str, Any] = {}


class _InputsEntry(BaseModel):
    attributes: _Count
    identity: Annotated[int, Field(strict=True, ge=1, le=4096)]


class _PortraitEntry(BaseModel):
    dtype: Literal["uint8"]
    layout: Literal["NHWC"]
    channels: Literal["RGBA"]
    alpha: Literal["premultiplied"]
    encoding: Literal["sRGB"]


class _LightPresetEntry(BaseModel):
    label: _Text
    values: dict[_Name, float | str]


class _ManifestEntry(BaseModel):
    model_config = ConfigDict(extra="ignore")

    format: Literal[2]
    name: _Text
    version: _Text
    licence: _Text
    created: str = ""
    inputs: _InputsEntry
    portrait: _PortraitEntry
    graphs: Annotated[list[_GraphEntry], Field(max_length=32)]
    landmark_names: Annotated[tuple[_Name, ...], Field(max_length=512)] = ()
    companions: Annotated[dict[_Name, _CompanionEntry], Field(max_length=16)] = {}
    light_presets: Annotated[dict[_Name, _LightPresetEntry], Field(max_length=64)] = {}
    attribute_entries: Annotated[list[Any], Field(alias="schema")]
    training: dict[str, Any] = {}
    metrics: dict[str, Any] = {}


@dataclass(frozen=True)
class Graph:
    """One way to make one kind of picture.

    ``picture``: "draft", "full", "maps" or "landmarks". ``precision``: "fp32" (weights may be stored as float16),
    "fp16" or "int8". ``batch``: 1, or None for any number of people at once. ``size``: side of the square picture in
    pixels. ``outputs``: the graph's outputs that are meant, in the order of :data:`OUTPUT_COUNTS`. ``file`` may serve
    other entries too. ``psnr``: decibels, the least of the self-test's people against the reference graph, where it was
    exported; None for the reference itself.
    """

    picture: Picture
    precision: Precision
    batch: int | None
    size: int
    outputs: tuple[str, ...]
    file: str
    sha256: str
    bytes: int
    psnr: float | None = None


@dataclass(frozen=True)
class Companion:
    """Another network that comes with the model, such as "identity". ``facts``: what its user has to know, as JSON."""

    file: str
    sha256: str
    bytes: int
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class ModelStamp:
    """Which weights made a picture."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """A checked manifest.

    ``graphs`` has at least a draft and a full picture, and each picture in fp32. ``schema`` orders the generator's
    input. ``light_presets``: name to values of the light's attributes, all of them valid in ``schema``;
    ``light_labels``: name to label.
    ``landmark_names``: the landmarks in the order of the graph's output.
    """

    folder: Path
    name: str
    version: str
    licence: str
    created: str
    identity_size: int
    schema: AttributeSchema
    graphs: tuple[Graph, ...]
    landmark_names: tuple[str, ...] = ()
    companions: Mapping[str, Companion] = field(default_factory=dict)
    light_presets: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    light_labels: Mapping[str, str] = field(default_factory=dict)
    training: Mapping[str, Any] = field(default_factory=dict)
    metrics: Mapping[str, Any] = field(default_factory=dict)

    @property
    def pictures(self) -> tuple[str, ...]:
        """The kinds of picture that this model makes."""
        return tuple(dict.fromkeys(graph.picture for graph in self.graphs))

    def graphs_of(self, picture: str) -> tuple[Graph, ...]:
        """All graphs that make ``picture``; raise :class:`UsageError` if the model has none."""
        found = tuple(graph for graph in self.graphs if graph.picture == picture)
        if not found:
            names = self.pictures
            raise UsageError(
                f"the model has no '{picture}' picture{nearest_name(picture, names)}; it has {', '.join(names)}"
            )
        return found

    def variant(self, picture: str) -> Graph:
        """The reference graph of ``picture``, in fp32. Raises :class:`UsageError` if the model has none."""
        return next(graph for graph in self.graphs_of(picture) if graph.precision == "fp32")

    def stamp(self, picture: str) -> ModelStamp:
        """The weights behind ``picture``, by the file of its reference graph."""
        return ModelStamp(self.name, self.version, self.variant(picture).sha256)


def load_manifest(folder: Path) -> Manifest:
    """Read and check ``folder/facewright.json`` (not the graphs: see :func:`read_graph`).

    Raises :class:`ModelError`, which names the file and a remedy.
    """
    path = folder / MANIFEST_NAME
    raw = _read(path, MAXIMUM_MANIFEST_BYTES)
    try:
        data = json.loads(raw)
        found = data.get("format") if isinstance(data, dict) else None
        if isinstance(found, int) and found != MANIFEST_FORMAT:
            raise ModelError(
                f"the model '{path}' has format {found}, and this Facewright reads format {MANIFEST_FORMAT}; {REMEDY}"
            )
        entry = _ManifestEntry.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "manifest"
        raise _damaged(path, f"{where}: {first['msg']}") from None
    except (ValueError, RecursionError) as error:
        raise _damaged(path, "it is not JSON") from error
    try:
        schema = AttributeSchema.from_json(entry.attribute_entries)
        lights = {
            name: MappingProxyType({key: schema.validated(key, value) for key, value in preset.values.items()})
            for name, preset in entry.light_presets.items()
        }
    except (ModelError, UsageError) as error:
        raise _damaged(path, str(error)) from error
    if reason := _inconsistency(entry, schema):
        raise _damaged(path, reason)
    return Manifest(
        folder=folder,
        name=entry.name,
        version=entry.version,
        licence=entry.licence,
        created=entry.created,
        identity_size=entry.inputs.identity,
        schema=schema,
        graphs=tuple(_graph(each) for each in entry.graphs),
        landmark_names=entry.landmark_names,
        companions=MappingProxyType(
            {name: Companion(c.file, c.sha256, c.bytes, MappingProxyType(c.facts))
             for name, c in entry.companions.items()}
        ),
        light_presets=MappingProxyType(lights),
        light_labels=MappingProxyType({name: preset.label for name, preset in entry.light_presets.items()}),
        training=MappingProxyType(entry.training),
        metrics=MappingProxyType(entry.metrics),
    )  # fmt: skip


def _graph(entry: _GraphEntry) -> Graph:
    batch = 1 if entry.batch == 1 else None
    return Graph(
        entry.picture, entry.precision, batch, entry.size, entry.outputs, entry.file, entry.sha256, entry.bytes,
        entry.psnr,
    )  # fmt: skip


def _inconsistency(entry: _ManifestEntry, schema: AttributeSchema) -> str:
    """What does not fit together in a manifest whose parts are sound; empty when all does."""
    missing = {DRAFT, FULL} - {graph.picture for graph in entry.graphs}
    if missing:
        return f"it has no {' and no '.join(sorted(missing))} graph"
    if entry.inputs.attributes != schema.encoded_size:
        return "its inputs do not fit its attributes"
    contents: dict[str, tuple[str, int]] = {}
    sizes: dict[str, int] = {}
    for graph in entry.graphs:
        if contents.setdefault(graph.file, (graph.sha256, graph.bytes)) != (graph.sha256, graph.bytes):
            return f"it describes '{graph.file}' in two ways"
        if sizes.setdefault(graph.picture, graph.size) != graph.size:
            return f"its {graph.picture} pictures have two sizes"
        if len(graph.outputs) != OUTPUT_COUNTS[graph.picture]:
            return f"its {graph.picture} graph has {len(graph.outputs)} outputs, not {OUTPUT_COUNTS[graph.picture]}"
    if imprecise := sizes.keys() - {graph.picture for graph in entry.graphs if graph.precision == "fp32"}:
        return f"its {min(imprecise)} picture has no fp32 graph"
    if (LANDMARKS in sizes) != bool(entry.landmark_names):
        return "its landmarks do not fit its graphs"
    return ""


def read_graph(manifest: Manifest, entry: Graph | Companion) -> bytes:
    """The bytes of one graph, proven to be those the manifest was written for. Raises :class:`ModelError`.

    The caller runs these very bytes, so that the file cannot change between the check and the use.
    """
    path = manifest.folder / entry.file
    data = _read(path, MAXIMUM_GRAPH_BYTES)
    if len(data) != entry.bytes or hashlib.sha256(data).hexdigest() != entry.sha256:
        raise _damaged(path, "its content is not what the manifest says")
    return data


def _read(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError:
        raise ModelError(f"the model is missing: there is no '{path}'; {REMEDY}") from None
    except OSError as error:
        raise ModelError(f"the model cannot be read: '{path}': {error.strerror or error}; {REMEDY}") from error
    if len(data) > limit:
        raise _damaged(path, f"it is larger than {limit >> 20} MiB")
    return data


def _damaged(path: Path, reason: str) -> ModelError:
    return ModelError(f"the model is damaged: '{path}': {one_line(reason, 200)}; {REMEDY}")
