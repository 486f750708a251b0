"""A model's manifest: what the graphs are, what goes in and out, and the attribute schema."""

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

from creator.attributes import AttributeSchema, nearest_name
from creator.errors import ModelError, UsageError
from creator.wording import one_line

MANIFEST_NAME = "facewright.json"
MAXIMUM_MANIFEST_BYTES = 4 << 20
MAXIMUM_GRAPH_BYTES = 64 << 20
REMEDY = "install Facewright again, or let FACEWRIGHT_MODELS name a folder with a sound model"

_Text = Annotated[str, Field(min_length=1, max_length=200)]
_GraphFile = Annotated[str, Field(pattern=re.compile(r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,95}\.onnx\Z"))]
_Count = Annotated[int, Field(strict=True, ge=1)]


class _VariantEntry(BaseModel):
    file: _GraphFile
    size: Annotated[int, Field(strict=True, ge=8, le=2048)]
    sha256: Annotated[str, Field(pattern=re.compile(r"^[0-9a-f]{64}\Z"))]
    bytes: Annotated[int, Field(strict=True, ge=1, le=MAXIMUM_GRAPH_BYTES)]


class _InputsEntry(BaseModel):
    attributes: tuple[Literal[1], _Count]
    identity: tuple[Literal[1], _Count]


class _OutputEntry(BaseModel):
    name: Literal["portrait"]
    dtype: Literal["uint8"]
    layout: Literal["NHWC"]
    channels: Literal["RGBA"]
    alpha: Literal["premultiplied"]
    encoding: Literal["sRGB"]


class _ManifestEntry(BaseModel):
    model_config = ConfigDict(extra="ignore")

    format: Literal[1]
    name: _Text
    version: _Text
    licence: _Text
    created: str = ""
    identity_size: Annotated[int, Field(strict=True, ge=1, le=4096)]
    inputs: _InputsEntry
    variants: Annotated[dict[_Text, _VariantEntry], Field(max_length=16)]
    output: _OutputEntry
    attribute_entries: Annotated[list[Any], Field(alias="schema")]
    training: dict[str, Any] = {}
    metrics: dict[str, Any] = {}


@dataclass(frozen=True)
class Variant:
    """One graph of a model. ``size`` is the side of its square picture in pixels."""

    name: str
    file: str
    size: int
    sha256: str
    bytes: int


@dataclass(frozen=True)
class ModelStamp:
    """Which weights made a picture."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """A checked manifest. ``variants`` has at least "draft" and "full"; ``schema`` orders the generator's input."""

    folder: Path
    name: str
    version: str
    licence: str
    created: str
    identity_size: int
    schema: AttributeSchema
    variants: Mapping[str, Variant]
    training: Mapping[str, Any] = field(default_factory=dict)
    metrics: Mapping[str, Any] = field(default_factory=dict)

    def variant(self, name: str) -> Variant:
        """The graph called ``name``; raise :class:`UsageError` if the model has none."""
        if name not in self.variants:
            names = tuple(self.variants)
            raise UsageError(f"the model has no '{name}' picture{nearest_name(name, names)}; it has {', '.join(names)}")
        return self.variants[name]

    def stamp(self, variant: str) -> ModelStamp:
        return ModelStamp(self.name, self.version, self.variant(variant).sha256)


def load_manifest(folder: Path) -> Manifest:
    """Read and check ``folder/facewright.json`` (not the graphs: see :func:`read_graph`).

    Raises :class:`ModelError`, which names the file and a remedy.
    """
    path = folder / MANIFEST_NAME
    raw = _read(path, MAXIMUM_MANIFEST_BYTES)
    try:
        entry = _ManifestEntry.model_validate(json.loads(raw))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "manifest"
        raise _damaged(path, f"{where}: {first['msg']}") from None
    except (ValueError, RecursionError) as error:
        raise _damaged(path, "it is not JSON") from error
    try:
        schema = AttributeSchema.from_json(entry.attribute_entries)
    except ModelError as error:
        raise _damaged(path, str(error)) from error
    missing = {"draft", "full"} - entry.variants.keys()
    if missing:
        raise _damaged(path, f"it has no {' and no '.join(sorted(missing))} graph")
    if entry.inputs.attributes[1] != schema.encoded_size or entry.inputs.identity[1] != entry.identity_size:
        raise _damaged(path, "its inputs do not fit its attributes")
    variants = {name: Variant(name, v.file, v.size, v.sha256, v.bytes) for name, v in entry.variants.items()}
    return Manifest(
        folder=folder,
        name=entry.name,
        version=entry.version,
        licence=entry.licence,
        created=entry.created,
        identity_size=entry.identity_size,
        schema=schema,
        variants=MappingProxyType(variants),
        training=MappingProxyType(entry.training),
        metrics=MappingProxyType(entry.metrics),
    )


def read_graph(manifest: Manifest, variant: str) -> bytes:
    """The bytes of one graph, proven to be those the manifest was written for. Raises :class:`ModelError`.

    The caller runs these very bytes, so that the file cannot change between the check and the use.
    """
    entry = manifest.variant(variant)
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
