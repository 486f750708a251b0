"""Small networks that come with a model and look at its portraits."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creator import devices
from creator.errors import ModelError, RenderError
from creator.manifest import REMEDY, Manifest, read_graph
from creator.onnx_graph import check_graph
from creator.wording import one_line

PICTURE_SIZE = 128
LARGEST_SIDE = 4096


class CompanionNetwork:
    """A network that takes one portrait of 128 pixels and gives a row of numbers. Runs on the CPU: it takes little."""

    def __init__(self, session: Any, facts: Mapping[str, Any], width: int) -> None:
        self._session = session
        self.facts = facts
        self.width = width

    @staticmethod
    def load(manifest: Manifest, name: str) -> CompanionNetwork | None:
        """Open the companion ``name`` of a model; None if it has none. Raises :class:`ModelError` for a damaged one."""
        entry = manifest.companions.get(name)
        if entry is None:
            return None
        graph = read_graph(manifest, entry)
        check_graph(graph, str(manifest.folder / entry.file))
        session = devices.open_session(graph, devices.CPU).session
        inputs = [(node.name, node.type, node.shape[1:]) for node in session.get_inputs()]
        outputs = [(node.name, node.type, node.shape[1:]) for node in session.get_outputs()]
        fits = inputs == [("picture", "tensor(float)", [4, PICTURE_SIZE, PICTURE_SIZE])] and len(outputs) == 1
        if not fits or outputs[0][1] != "tensor(float)" or not _is_width(outputs[0][2]):
            raise ModelError(
                f"the model is damaged: '{manifest.folder / entry.file}' does not take a portrait and give numbers; "
                f"{REMEDY}"
            )
        return CompanionNetwork(session, entry.facts, outputs[0][2][0])

    def look(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """What the network tells of a portrait ``pixels`` (S, S, 4), premultiplied RGBA: float32 (width,).

        Raises :class:`RenderError`.
        """
        try:
            (found,) = self._session.run(None, {"picture": as_input(pixels)})
        except Exception as error:  # ONNX Runtime's errors share no base of their own
            raise RenderError(f"the portrait could not be read: {one_line(error)}") from error
        row: NDArray[np.float32] = np.asarray(found, np.float32)[0]
        if not np.isfinite(row).all():
            raise RenderError("the portrait could not be read: the network gave no finite numbers")
        return row


def _is_width(shape: Any) -> bool:
    return len(shape) == 1 and isinstance(shape[0], int) and shape[0] > 0


def as_input(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """A portrait (S, S, 4) uint8, premultiplied, of any size up to 4096 as (1, 4, 128, 128) float32, 0..1: each pixel
    the mean of the area that it covers. Raises ValueError for another shape or type."""
    if pixels.ndim != 3 or pixels.shape[0] != pixels.shape[1] or pixels.shape[2] != 4 or pixels.dtype != np.uint8:
        raise ValueError(f"a portrait is uint8 (S, S, 4), not {pixels.dtype} {pixels.shape}")
    if not 0 < len(pixels) <= LARGEST_SIDE:
        raise ValueError(f"a portrait has 1 to {LARGEST_SIDE} pixels a side, not {len(pixels)}")
    planes = pixels.transpose(2, 0, 1).astype(np.float32) * np.float32(1.0 / 255.0)
    if len(pixels) != PICTURE_SIZE:
        shares = _area_shares(len(pixels))
        planes = shares @ planes @ shares.T
    return np.ascontiguousarray(planes[None])


@functools.lru_cache(maxsize=8)
def _area_shares(side: int) -> NDArray[np.float32]:
    """(128, side): how much of each of 128 equal parts each of ``side`` equal parts covers; rows sum to one."""
    scale = side / PICTURE_SIZE
    starts = np.arange(PICTURE_SIZE)[:, None] * scale
    cells = np.arange(side)[None]
    overlap = np.minimum(starts + scale, cells + 1) - np.maximum(starts, cells)
    return (np.clip(overlap, 0.0, None) / scale).astype(np.float32)
