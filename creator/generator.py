"""The generator: one character in, one picture out; its maps and landmarks where the model has them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from creator import devices, paths
from creator.attributes import AttributeSchema
from creator.character import Character
from creator.errors import ModelError, RenderError
from creator.manifest import (
    DRAFT,
    FULL,
    LANDMARKS,
    MAPS,
    REMEDY,
    Graph,
    Manifest,
    ModelStamp,
    load_manifest,
    read_graph,
)
from creator.random_character import identity_vector
from creator.wording import one_line

__all__ = [
    "DRAFT", "FULL", "MASK_NAMES", "Generator", "PortraitMaps", "PortraitRenderer", "RenderRequest", "RenderResult",
]  # fmt: skip

MASK_NAMES = ("skin", "lips", "eyes", "brows", "hair", "beard", "teeth", "clothes")
BATCH = 8
"""People in one run of a graph that takes several."""


@dataclass(frozen=True)
class RenderRequest:
    """All that a picture needs. Equal requests give equal pictures. ``variant`` is "draft" or "full"."""

    character: Character
    variant: str = FULL


@dataclass(frozen=True, eq=False)
class RenderResult:
    """A picture and what is true of it.

    ``pixels``: uint8, shape (S, S, 4), RGBA, sRGB values premultiplied by alpha, read-only. ``milliseconds``: from the
    request to the pixels. ``device``: what really ran, such as "CPU" or "CUDA (NVIDIA H100)". ``model``: the weights.
    """

    request: RenderRequest
    pixels: NDArray[np.uint8]
    milliseconds: float
    device: str
    model: ModelStamp | None = None


@dataclass(frozen=True, eq=False)
class PortraitMaps:
    """What a game needs to relight a picture, pixel by pixel for the full picture of the same character.

    ``albedo``: uint8 (S, S, 3), sRGB, premultiplied by alpha. ``normals``: uint8 (S, S, 3), 128 + 127 n in camera
    space, x right, y up, z to the viewer. ``depth``: float16 (S, S), 0 at the eyes, in units of eye line to chin, larger
    is nearer. ``masks``: uint8 (S, S, 8), in the order of :data:`MASK_NAMES`. All read-only.
    """

    albedo: NDArray[np.uint8]
    normals: NDArray[np.uint8]
    depth: NDArray[np.float16]
    masks: NDArray[np.uint8]


class PortraitRenderer(Protocol):
    """The inference boundary: what the window and the command line know of a generator."""

    @property
    def manifest(self) -> Manifest: ...

    @property
    def schema(self) -> AttributeSchema: ...

    @property
    def device_name(self) -> str: ...

    def render(self, request: RenderRequest) -> RenderResult: ...


class Generator:
    """Runs a model's graphs with ONNX Runtime. Made by :meth:`load`; one thread renders at a time."""

    def __init__(self, manifest: Manifest, device: str) -> None:
        self.manifest = manifest
        self._device = device
        self._sessions: dict[str, devices.OpenedSession] = {}
        self._first: devices.OpenedSession | None = None  # asked by other threads while the rest is made ready
        self._lock = threading.Lock()

    @staticmethod
    def load(folder: Path | None = None, device: str = "auto", first: str = DRAFT) -> Generator:
        """Open a model (by default the bundled one) on ``device`` ("auto", "cpu" or "cuda").

        The graph ``first`` is made ready now, the others when first used or by :meth:`prepare`.
        Raises :class:`ModelError` for a missing or damaged model and :class:`DeviceError` for a device that cannot run.
        """
        generator = Generator(load_manifest(paths.model_folder() if folder is None else folder), device)
        generator.prepare(first)
        return generator

    @property
    def schema(self) -> AttributeSchema:
        return self.manifest.schema

    @property
    def device_name(self) -> str:
        """What really runs, such as "CPU" or "CUDA (NVIDIA H100)"."""
        return self._first.device_name if self._first else ""

    @property
    def device_reason(self) -> str:
        """Why "auto" fell to the CPU, in one line; empty when nothing better was to be had or the device was chosen."""
        return self._first.reason if self._first else ""

    def prepare(self, variant: str) -> None:
        """Make the graph ``variant`` ready, so that its first picture comes without delay."""
        self._session(variant)

    def render(self, request: RenderRequest) -> RenderResult:
        """Make the picture. Raises :class:`RenderError` (or :class:`ModelError` when its graph is damaged)."""
        opened = self._session(request.variant)
        start = time.perf_counter()
        pixels = _frozen(self._run(opened, request.variant, (request.character,))[0][0])
        milliseconds = (time.perf_counter() - start) * 1000.0
        stamp = self.manifest.stamp(request.variant)
        return RenderResult(request, pixels, milliseconds, opened.device_name, stamp)

    def render_maps(self, character: Character) -> PortraitMaps | None:
        """The maps of the full picture, or None if the model makes none. Raises :class:`RenderError`."""
        if MAPS not in self.manifest.pictures:
            return None
        albedo, normals, depth, masks = self._run(self._session(MAPS), MAPS, (character,))
        return PortraitMaps(_frozen(albedo[0]), _frozen(normals[0]), _frozen(depth[0, ..., 0]), _frozen(masks[0]))

    def landmarks(self, character: Character) -> dict[str, tuple[float, float]] | None:
        """Named points (x, y) in 0..1 of the picture's side, x right, y down; a point outside the picture lies outside.

        None if the model gives none. Raises :class:`RenderError`.
        """
        if LANDMARKS not in self.manifest.pictures:
            return None
        points = self._run(self._session(LANDMARKS), LANDMARKS, (character,))[0][0]
        return {
            name: (float(x), float(y)) for name, (x, y) in zip(self.manifest.landmark_names, points[:, :2], strict=True)
        }

    def render_batch(self, characters: Iterable[Character]) -> Iterator[NDArray[np.uint8]]:
        """The full pictures of many characters, in order, several at a time where the model's graph allows it.

        Raises :class:`RenderError`. To stop iterating is to stop.
        """
        opened = self._session(FULL)
        waiting = iter(characters)
        while some := tuple(islice(waiting, BATCH if self.manifest.variant(FULL).batch is None else 1)):
            yield from map(_frozen, self._run(opened, FULL, some)[0])

    def _run(
        self, opened: devices.OpenedSession, picture: str, characters: tuple[Character, ...]
    ) -> list[NDArray[Any]]:
        feeds = {
            "attributes": np.stack([self.schema.encode(character.values) for character in characters]),
            "identity": np.stack([identity_vector(c.seed, self.manifest.identity_size) for c in characters]),
        }
        try:
            found: list[NDArray[Any]] = opened.session.run(list(self.manifest.variant(picture).outputs), feeds)
            return found
        except Exception as error:  # ONNX Runtime's errors share no base of their own
            raise RenderError(f"the picture could not be made on {opened.device_name}: {one_line(error)}") from error

    def _session(self, picture: str) -> devices.OpenedSession:
        with self._lock:
            opened = self._sessions.get(picture)
            if opened is None:
                graph = self.manifest.variant(picture)
                opened = devices.open_session(read_graph(self.manifest, graph), self._device)
                _check_signature(opened.session, self.manifest, graph)
                self._sessions[picture] = opened
                self._first = self._first or opened
            return opened


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    whole = np.ascontiguousarray(array)
    whole.flags.writeable = False
    return whole


_OUTPUT_FORMS: dict[str, tuple[tuple[str, int], ...]] = {
    DRAFT: (("tensor(uint8)", 4),),
    FULL: (("tensor(uint8)", 4),),
    MAPS: (("tensor(uint8)", 3), ("tensor(uint8)", 3), ("tensor(float16)", 1), ("tensor(uint8)", 8)),
}
"""Element type and channels of each picture's outputs, (B, S, S, channels)."""


def _check_signature(session: Any, manifest: Manifest, graph: Graph) -> None:
    """Raise :class:`ModelError` unless the graph takes and gives exactly what the manifest says."""

    def form(node: Any) -> tuple[Any, ...]:
        batch, *rest = node.shape
        return (node.name, node.type, batch if isinstance(batch, int) else None, *rest)

    taken = {
        ("attributes", "tensor(float)", graph.batch, manifest.schema.encoded_size),
        ("identity", "tensor(float)", graph.batch, manifest.identity_size),
    }
    given: set[tuple[Any, ...]]
    if graph.picture == LANDMARKS:
        given = {(graph.outputs[0], "tensor(float)", graph.batch, len(manifest.landmark_names), 3)}
    else:
        given = {
            (name, kind, graph.batch, graph.size, graph.size, channels)
            for name, (kind, channels) in zip(graph.outputs, _OUTPUT_FORMS[graph.picture], strict=True)
        }
    found = {form(node) for node in session.get_outputs()}
    if {form(node) for node in session.get_inputs()} != taken or not given <= found:
        raise ModelError(
            f"the model is damaged: '{manifest.folder / graph.file}' does not take and give "
            f"what its manifest says; {REMEDY}"
        )
