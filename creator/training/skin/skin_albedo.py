"""Relative albedo from the CC0 atlases: slow colour without light, tone or hair, and fine detail in luminance.

Logarithms of linear albedo over the mean of the face; so any skins blend and any tone can be laid under.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.ndimage as ndimage
from numpy.typing import NDArray

from creator.training.assets.head_assets import Floats, load_texture
from creator.training.skin.skin_layout import COARSE, COARSE_SIZE, HEAD_SIZE, MAP_SIZE, SkinLayout, packed, skin_layout
from creator.training.skin.skin_relief import ALBEDO_RANGE
from creator.training.skin.skin_zones import EYE, lip_mask, smooth_step

_LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)
_DETAIL_SIGMA = 7.0  # texels: finer is detail, coarser is colour
_LUMINANCE_KEPT = 0.45
_CHROMA_SPREAD = 0.036  # root mean square over the face that no skin exceeds
_DETAIL_SPREAD = 0.050
_MARGIN = 24  # blocks over which what the photographs give fades out
_MIRRORED = 0.6  # share of the slow colour that is the mean of both sides


def scalp_mask(size: int = 1024) -> Floats:
    """Where the skin atlas paints scalp hair: (size, size) float32 in 0..1, first row at the top."""
    atlas = load_texture("young_darkskinned_male_diffuse", size)[..., :3].astype(np.float32) / 255
    luminance = ndimage.gaussian_filter(atlas @ np.array([0.3, 0.6, 0.1], np.float32), size / 512)
    head = np.zeros((size, size), bool)
    head[int(0.17 * size) : int(0.86 * size), int(0.625 * size) :] = True
    labels, _ = ndimage.label((luminance < 0.125) & head)
    sizes = np.bincount(labels.ravel())
    large = np.isin(labels, [i for i in np.argsort(sizes)[::-1][:3] if i and sizes[i] > 0.005 * size * size])
    large = ndimage.binary_closing(large, iterations=3)
    return ndimage.gaussian_filter(large.astype(np.float32), size / 400)


@dataclass(frozen=True)
class Skins:
    """What is kept of several atlases: ``colour`` (K, h, w, 3) float32 at the coarse density, ``detail`` (D, H, W)
    int8.

    Detail is in counts: 127 stand for :data:`skin_relief.ALBEDO_RANGE`. ``names`` are the atlases of ``colour``,
    ``detailed`` those of ``detail`` (only atlases stored at 2048 px have any).
    """

    names: tuple[str, ...]
    detailed: tuple[str, ...]
    colour: Floats
    detail: NDArray[np.int8]


def painted_mask(layout: SkinLayout) -> Floats:
    """(H, W) 0..1: where the atlases show hair of scalp, brows, lashes, or eyes, lips and nostrils instead of skin."""
    scalp = np.clip(packed(scalp_mask(2048)[..., None])[..., 0], 0, 1)
    # Wider than the darkest hair line: light skins have their stubble further into the forehead and the temples.
    scalp = ndimage.uniform_filter(scalp, 61)
    scalp = np.clip(scalp * 3.0, 0, 1)
    x, y, z = np.abs(layout.across), layout.height, layout.position[..., 2]
    # Everything behind this line of hair, ears and jaw.
    line = np.interp(x, (0.0, 0.40, 0.62, 0.78, 0.92, 1.05, 1.15), (7.88, 7.84, 7.66, 7.40, 7.15, 6.95, 6.6))
    scalp = np.maximum(scalp, smooth_step(-0.05, 0.08, y - line))
    scalp = np.maximum.reduce([scalp, smooth_step(1.0, 1.15, x), smooth_step(0.5, 0.3, z)])
    scalp[HEAD_SIZE[0] :] = 1
    eyes = smooth_step(1.25, 0.85, np.hypot((x - EYE[0]) / 0.235, (y - EYE[1]) / 0.085)) * (z > 0.6)
    brows = smooth_step(1.3, 0.9, np.hypot((x - 0.36) / 0.30, (y - 7.44) / 0.065)) * (z > 0.6)
    lips = ndimage.maximum_filter(lip_mask(layout), 9)
    nostrils = smooth_step(1.3, 0.8, np.hypot((x - 0.085) / 0.055, (y - 6.865) / 0.045)) * (z > 1.2)
    mask = np.maximum.reduce([scalp, eyes, 0.85 * brows, lips, nostrils])
    return ndimage.gaussian_filter(mask, 2.0).astype(np.float32)


def _reduced(picture: Floats) -> Floats:
    """Mean over blocks of COARSE x COARSE texels."""
    h, w = picture.shape[0] // COARSE, picture.shape[1] // COARSE
    return picture.reshape(h, COARSE, w, COARSE, -1).mean((1, 3)).astype(np.float32)


def _filled(picture: np.ndarray, weight: Floats) -> Floats:
    """``picture`` (h, w, C) smoothed, and continued from near into where ``weight`` (h, w, 1) is low."""
    result = np.zeros_like(picture)
    for sigma in (40.0, 16.0, 6.0, 3.0):
        share = ndimage.gaussian_filter(weight, (sigma, sigma, 0))
        smooth = ndimage.gaussian_filter(picture * weight, (sigma, sigma, 0)) / np.maximum(share, 1e-4)
        trust = smooth_step(0.08, 0.5, share) if sigma < 40.0 else 1.0
        result = result + trust * (smooth - result)
    return result


def _light_basis(layout: SkinLayout) -> Floats:
    """Functions of the surface's direction and place (h, w, 12) that baked light can be told by."""
    x, y, z = np.moveaxis(layout.normal, -1, 0)
    height = (layout.height - 7.0) / 1.5
    return np.stack([np.ones_like(x), x, y, z, x * x - y * y, 3 * z * z - 1, x * y, x * z, y * z, height, height**2,
                     np.abs(layout.across) * height], -1)  # fmt: skip


def make_skins(names: tuple[str, ...], detailed: tuple[str, ...]) -> Skins:
    layout, coarse = skin_layout(), skin_layout(COARSE)
    mask = painted_mask(layout)
    # The atlases' edges are bled with other colours.
    mask = np.maximum(mask, ndimage.gaussian_filter(1.0 - ndimage.binary_erosion(layout.used, iterations=8), 3.0))
    rows, columns, small = _box_of(mask < 0.98)
    weight = (1 - mask[rows, columns, None]) ** 2
    weight_coarse = _reduced(weight)
    across, height = coarse.across[small], coarse.height[small]
    face = (np.abs(across) < 0.9) & (height > 6.2) & (height < 7.8) & (weight_coarse[..., 0] > 0.5)
    basis = _light_basis(coarse)[small]
    fitted = weight_coarse[..., 0] > 0.6
    kept = ndimage.gaussian_filter(smooth_step(0.0, 0.5, ndimage.gaussian_filter(weight_coarse[..., 0], 6.0)), 7.0)
    across, height = np.abs(layout.across[rows, columns]), layout.height[rows, columns]
    centre = (across < 0.7) & (height > 6.3) & (height < 7.75) & (mask[rows, columns] < 0.1)
    table = np.log(np.maximum(np.arange(256, dtype=np.float32) / 255, 0.03) ** 2.2)
    colours = np.zeros((len(names), *COARSE_SIZE, 3), np.float32)
    details = np.zeros((len(detailed), *MAP_SIZE), np.int8)
    for k, name in enumerate(names):
        log = table[packed(load_texture(name, 2048)[..., :3])[rows, columns]]
        slow = _filled(_reduced(log * weight) / np.maximum(weight_coarse, 1e-3), weight_coarse)
        colours[k][small] = _without_light(slow, basis, fitted, face, kept[..., None])
        if name in detailed:
            details[detailed.index(name)][rows, columns] = _detail(log @ _LUMINANCE, weight[..., 0], centre)
    return Skins(names, detailed, colours, details)


def _box_of(chosen: np.ndarray) -> tuple[slice, slice, tuple[slice, slice]]:
    """Rows and columns well around what is chosen of the head, whole blocks and symmetric, and the same in blocks."""
    ys, xs = np.flatnonzero(chosen.any(1)), np.flatnonzero(chosen.any(0))
    top = min(ys[0], HEAD_SIZE[0] - 1 - ys[-1]) // COARSE - _MARGIN
    rows = slice(top, HEAD_SIZE[0] // COARSE - top)
    columns = slice(xs[0] // COARSE - _MARGIN, MAP_SIZE[1] // COARSE)
    full = [slice(s.start * COARSE, s.stop * COARSE) for s in (rows, columns)]
    return full[0], full[1], (rows, columns)


def _without_light(slow: Floats, basis: Floats, fitted: np.ndarray, face: np.ndarray, kept: Floats) -> Floats:
    """Slow log colour (h, w, 3) with baked light and lopsidedness taken out, mean 0 over the face, 0 far from it."""
    luminance = slow @ _LUMINANCE
    chroma = slow - luminance[..., None]
    weights, *_ = np.linalg.lstsq(basis[fitted], luminance[fitted], rcond=None)
    rest = np.clip(luminance - basis @ weights, -0.35, 0.35) * _LUMINANCE_KEPT
    chroma = chroma - chroma[face].mean(0)
    chroma = 0.16 * np.tanh(chroma * min(1.0, _CHROMA_SPREAD / float(chroma[face].std())) / 0.16)
    colour = (chroma + rest[..., None]) * kept
    colour = (1 - _MIRRORED) * colour + _MIRRORED * 0.5 * (colour + colour[::-1])
    return (colour - kept * colour[face].mean(0) / kept[face].mean()).astype(np.float32)


def _detail(luminance: Floats, weight: Floats, centre: np.ndarray) -> NDArray[np.int8]:
    """Fine log luminance (H, W) in counts; none where hair, eyes or lips are painted."""
    share = ndimage.gaussian_filter(weight, _DETAIL_SIGMA)
    base = ndimage.gaussian_filter(luminance * weight, _DETAIL_SIGMA) / np.maximum(share, 1e-3)
    fine = (luminance - base) * smooth_step(0.25, 0.9, weight)
    fine *= min(1.0, _DETAIL_SPREAD / float(fine[centre].std()))
    limit = 0.6 * ALBEDO_RANGE
    fine = limit * np.tanh(fine / limit)
    return np.round(fine * (127 / ALBEDO_RANGE)).astype(np.int8)
