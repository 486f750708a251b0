"""Reading the CC0 head assets: base mesh, morph targets, fitted items, textures.

The assets are found in the folder named by ``FACEWRIGHT_ASSETS``, by default ``../shared/assets/makehuman-cc0`` beside
the checkout. Units are decimetres, y up, the face looks along +z.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


def assets_folder() -> Path:
    """The folder with the head assets; raises :class:`FileNotFoundError` naming the setting when it has none."""
    default = Path(__file__).resolve().parents[3].parent / "shared" / "assets" / "makehuman-cc0"
    folder = Path(os.environ.get("FACEWRIGHT_ASSETS", default))
    if not (folder / "base.npz").is_file():
        raise FileNotFoundError(f"no head assets in {folder}; set FACEWRIGHT_ASSETS to the folder with base.npz")
    return folder


@dataclass(frozen=True)
class Mesh:
    """Quads with corners into positions and into texture coordinates (v from the bottom)."""

    faces: Ints  # (F, 4)
    face_uv: Ints  # (F, 4)
    uv: Floats  # (M, 2)


@dataclass(frozen=True)
class FittedItem:
    """An item that follows the body: ``position = sum_j weights * base[refs] + scale * offsets``."""

    mesh: Mesh
    refs: Ints  # (N, 3)
    weights: Floats  # (N, 3)
    offsets: Floats  # (N, 3)
    scale_refs: Floats  # (3, 3): r0, r1, d for each axis
    hidden_base_vertices: Ints


@lru_cache
def load_base() -> tuple[Floats, Mesh, NDArray[np.int16], tuple[str, ...]]:
    """Base vertices (19158, 3), all faces, the group of each face, group names."""
    with np.load(assets_folder() / "base.npz") as data:
        mesh = Mesh(data["faces"], data["face_uv"], data["uv"])
        return data["vertices"], mesh, data["face_group"], tuple(str(name) for name in data["group_names"])


@lru_cache
def load_targets() -> dict[str, tuple[Ints, Floats]]:
    """Morph targets by name: vertex indices and displacements (n, 3) in decimetres at weight 1."""
    with np.load(assets_folder() / "targets.npz") as data:
        offsets, indices, deltas = data["offsets"], data["indices"], data["deltas"].astype(np.float32)
        return {
            str(name): (indices[a:b].astype(np.int32), deltas[a:b])
            for name, a, b in zip(data["names"], offsets[:-1], offsets[1:], strict=True)
        }


@lru_cache
def load_fitted(name: str) -> FittedItem:
    with np.load(assets_folder() / "fitted" / f"{name}.npz") as data:
        return FittedItem(
            Mesh(data["faces"], data["face_uv"], data["uv"]),
            data["refs"], data["weights"], data["offsets"], data["scale_refs"], data["hidden_base_vertices"],
        )  # fmt: skip


@lru_cache
def load_texture(name: str, size: int) -> NDArray[np.uint8]:
    """A texture as (size, size, 4) RGBA uint8, first row at the top; colour is bled under transparent texels."""
    with Image.open(assets_folder() / "textures" / f"{name}.webp") as picture:
        rgba = picture.convert("RGBA")
    if rgba.size != (size, size):
        rgba = rgba.resize((size, size), Image.Resampling.LANCZOS)
    pixels = np.asarray(rgba).copy()
    if (pixels[..., 3] < 255).any():
        pixels[..., :3] = _bleed_colour(pixels)
    return pixels


def _bleed_colour(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Fill the colour of transparent texels from opaque ones (push-pull), so that mipmaps show no dark rims."""
    colour = pixels[..., :3].astype(np.float32)
    weight = (pixels[..., 3:] > 128).astype(np.float32)
    levels = [(colour * weight, weight)]
    while levels[-1][1].shape[0] > 1:
        premultiplied, coverage = levels[-1]
        size = coverage.shape[0] // 2
        levels.append(
            (
                premultiplied.reshape(size, 2, size, 2, 3).mean((1, 3)),
                coverage.reshape(size, 2, size, 2, 1).mean((1, 3)),
            )
        )
    filled = levels[-1][0] / np.maximum(levels[-1][1], 1e-6)
    for premultiplied, coverage in reversed(levels[:-1]):
        up = filled.repeat(2, 0).repeat(2, 1)
        own = premultiplied / np.maximum(coverage, 1e-6)
        filled = np.where(coverage > 1e-3, own, up)
    return np.clip(filled, 0, 255).astype(np.uint8)
