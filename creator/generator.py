"""The generator: one character in, one picture out."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from creator import devices, paths
from creator.attributes import AttributeSchema
from creator.character import Character
from creator.errors import ModelError, RenderError
from creator.manifest import REMEDY, Manifest, ModelStamp, Variant, load_manifest, read_graph
from creator.random_character import identity_vector
from creator.wording import one_line

DRAFT = "draft"
FULL = "full"


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
        character = request.character
        feeds = {
            "attributes": self.schema.encode(character.values)[None],
            "identity": identity_vector(character.seed, self.manifest.identity_size)[None],
        }
        try:
            pixels = np.ascontiguousarray(opened.session.run(["portrait"], feeds)[0][0])
        except Exception as error:  # ONNX Runtime's errors share no base of their own
            raise RenderError(f"the picture could not be made on {opened.device_name}: {one_line(error)}") from error
        pixels.flags.writeable = False
        milliseconds = (time.perf_counter() - start) * 1000.0
        stamp = self.manifest.stamp(request.variant)
        return RenderResult(request, pixels, milliseconds, opened.device_name, stamp)

    def _session(self, variant: str) -> devices.OpenedSession:
        with self._lock:
            opened = self._sessions.get(variant)
            if opened is None:
                entry = self.manifest.variant(variant)
                opened = devices.open_session(read_graph(self.manifest, variant), self._device)
                _check_signature(opened.session, self.manifest, entry)
                self._sessions[variant] = opened
                self._first = self._first or opened
            return opened


def _check_signature(session: Any, manifest: Manifest, variant: Variant) -> None:
    """Raise :class:`ModelError` unless the graph takes and gives exactly what the manifest says."""
    found = (
        {(node.name, node.type, tuple(node.shape)) for node in session.get_inputs()},
        {(node.name, node.type, tuple(node.shape)) for node in session.get_outputs()},
    )
    expected = (
        {
            ("attributes", "tensor(float)", (1, manifest.schema.encoded_size)),
            ("identity", "tensor(float)", (1, manifest.identity_size)),
        },
        {("portrait", "tensor(uint8)", (1, variant.size, variant.size, 4))},
    )
    if found != expected:
        raise ModelError(
            f"the model is damaged: '{manifest.folder / variant.file}' does not take and give "
            f"what its manifest says; {REMEDY}"
        )
