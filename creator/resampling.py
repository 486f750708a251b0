"""Sizes and alpha of pictures: what stands between the generator's pixels and a file.

Resizing happens in linear light on colours premultiplied by alpha, with weights that are never negative when reducing
and a limit at the neighbours when enlarging: no dark or light fringe can appear that was not in the picture.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from creator.errors import AttributeValueError

MINIMUM_SIZE = 16
MAXIMUM_SIZE = 2048

_BLEED_LEVELS = 3  # 2**3 pixels: more than any texture filter reaches, and little enough to compress well


@dataclass(frozen=True)
class Frame:
    """A square part of a picture, in fractions of the picture's side; it may reach beyond the picture.

    ``left`` and ``top``: its left upper corner, x right and y down. ``side``: its side.
    """

    left: float = 0.0
    top: float = 0.0
    side: float = 1.0


WHOLE = Frame()


def check_size(size: int) -> None:
    """Raise :class:`AttributeValueError` for a side that no portrait can have."""
    if not MINIMUM_SIZE <= size <= MAXIMUM_SIZE:
        nearest = min(max(size, MINIMUM_SIZE), MAXIMUM_SIZE)
        raise AttributeValueError(
            f"the size is {size}, outside {MINIMUM_SIZE} to {MAXIMUM_SIZE} pixels; the nearest valid value is {nearest}"
        )


def framed(pixels: NDArray[np.uint8], size: int, frame: Frame = WHOLE) -> NDArray[np.uint8]:
    """The part ``frame`` of premultiplied sRGB ``pixels`` (uint8, (S, S, 4)) as uint8 (size, size, 4), premultiplied.

    What lies beyond the picture is transparent. Nothing is resampled when the frame's pixels are the picture's own.
    """
    check_size(size)
    side = pixels.shape[0]
    left, top, extent = frame.left * side, frame.top * side, frame.side * side
    if extent == size and left == int(left) and top == int(top):
        return _cut(pixels, int(left), int(top), size)
    straight, alpha = _straight(pixels)
    planes = framed_planes(np.concatenate([to_linear(straight) * alpha, alpha], axis=2), size, frame)
    alpha = np.clip(planes[..., 3:], 0.0, 1.0)
    colour = np.clip(planes[..., :3], 0.0, alpha)
    display = to_display(np.divide(colour, alpha, out=np.zeros_like(colour), where=alpha > 1e-6))
    return premultiplied(display, alpha)


def framed_planes(planes: NDArray[np.float32], size: int, frame: Frame = WHOLE) -> NDArray[np.float32]:
    """Resample the part ``frame`` of float32 (S, S, C) to (size, size, C); beyond the picture all is 0."""
    side = planes.shape[0]
    margin = int(np.ceil(max(0.0, -frame.left, -frame.top, frame.left + frame.side - 1, frame.top + frame.side - 1)
                         * side))  # fmt: skip
    margin += 2 if margin else 0
    if margin:
        planes = np.pad(planes, ((margin, margin), (margin, margin), (0, 0)))
    extent = frame.side * side
    rows = _resized_rows(planes, size, frame.top * side + margin, extent)
    return _resized_rows(rows.swapaxes(0, 1), size, frame.left * side + margin, extent).swapaxes(0, 1)


def straight_rgba(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Turn premultiplied sRGB ``pixels`` (uint8, (H, W, 4)) into straight RGBA of the same shape.

    Transparent pixels close to the edge carry their neighbours' colour, so that an engine that filters the texture
    blends with that and not with black.
    """
    straight, alpha = _straight(pixels)
    straight = _bled(straight, alpha)
    return np.concatenate([np.rint(straight * 255.0), pixels[..., 3:]], axis=2).astype(np.uint8)


def premultiplied(display: NDArray[np.float32], alpha: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Join straight sRGB ``display`` (H, W, 3) and ``alpha`` (H, W, 1), 0..1, to premultiplied uint8 (H, W, 4)."""
    alpha8 = np.rint(alpha * 255.0)
    colour = np.rint(display * alpha8)
    return np.concatenate([colour, alpha8], axis=2).astype(np.uint8)


def over(pixels: NDArray[np.uint8], background: tuple[int, int, int]) -> NDArray[np.uint8]:
    """Composite premultiplied ``pixels`` (uint8, (H, W, 4)) over one sRGB colour: uint8 (H, W, 3)."""
    clear = 1.0 - pixels[..., 3:].astype(np.float32) / 255.0
    shown = pixels[..., :3] + clear * np.asarray(background, np.float32)
    return np.clip(np.rint(shown), 0, 255).astype(np.uint8)


def to_linear(display: NDArray[np.float32]) -> NDArray[np.float32]:
    """sRGB's decoding, 0..1 to 0..1."""
    return np.where(display <= 0.04045, display / 12.92, ((display + 0.055) / 1.055) ** 2.4).astype(np.float32)


def to_display(linear: NDArray[np.float32]) -> NDArray[np.float32]:
    """sRGB's encoding, 0..1 to 0..1."""
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055).astype(np.float32)


def _straight(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Straight colour (H, W, 3) and alpha (H, W, 1), float32 0..1, of premultiplied pixels."""
    alpha = pixels[..., 3:].astype(np.float32) / 255.0
    colour = np.minimum(pixels[..., :3].astype(np.float32) / 255.0, alpha)
    return np.divide(colour, alpha, out=np.zeros_like(colour), where=alpha > 0), alpha


def _cut(pixels: NDArray[np.uint8], left: int, top: int, size: int) -> NDArray[np.uint8]:
    side = pixels.shape[0]
    rows, columns = np.arange(top, top + size), np.arange(left, left + size)
    cut = pixels[np.clip(rows, 0, side - 1)[:, None], np.clip(columns, 0, side - 1)]
    inside = ((rows >= 0) & (rows < side))[:, None] & ((columns >= 0) & (columns < side))
    return np.where(inside[..., None], cut, 0).astype(np.uint8)


def _resized_rows(planes: NDArray[np.float32], size: int, start: float, extent: float) -> NDArray[np.float32]:
    """Resample rows ``start`` to ``start + extent`` of float32 (H, W, C) to (size, W, C).

    The result of a row is limited to what its two nearest source rows hold when enlarging: the cubic filter is sharp,
    but would put dark rims beside light skin.
    """
    height, width = planes.shape[:2]
    reducing = size < extent
    kind = Image.Resampling.HAMMING if reducing else Image.Resampling.BICUBIC
    box = (0.0, start, float(width), start + extent)
    resized = np.stack(
        [
            np.asarray(Image.fromarray(np.ascontiguousarray(planes[..., c])).resize((width, size), kind, box))
            for c in range(planes.shape[2])
        ],
        axis=2,
    )
    if reducing:
        return resized
    position = start + (np.arange(size) + 0.5) * extent / size - 0.5
    above = planes[np.clip(np.floor(position).astype(int), 0, height - 1)]
    below = planes[np.clip(np.floor(position).astype(int) + 1, 0, height - 1)]
    return np.clip(resized, np.minimum(above, below), np.maximum(above, below))


def _bled(straight: NDArray[np.float32], alpha: NDArray[np.float32]) -> NDArray[np.float32]:
    """Give transparent pixels of (H, W, 3) the mean colour of the visible ones within 2 pixels, then of their block.

    The first keeps every texture filter from black at the edge, the second serves smaller mipmaps.
    """
    height, width = alpha.shape[:2]
    planes = np.concatenate([straight * alpha, alpha], axis=2)
    known = alpha > 0
    filled = np.where(known, straight, 0.0)
    near = _neighbour_sums(_neighbour_sums(planes).swapaxes(0, 1)).swapaxes(0, 1)
    for level in range(_BLEED_LEVELS + 1):
        if level > 0:
            near = planes = _halved(planes)
        block = 2**level
        mean = np.divide(near[..., :3], near[..., 3:], out=np.zeros_like(near[..., :3]), where=near[..., 3:] > 0)
        filled = np.where(known, filled, mean.repeat(block, 0).repeat(block, 1)[:height, :width])
        known = known | (near[..., 3:] > 0).repeat(block, 0).repeat(block, 1)[:height, :width]
    return filled


def _neighbour_sums(planes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sum each row of (H, W, C) with the two before and the two after it."""
    padded = np.pad(planes, ((2, 2), (0, 0), (0, 0)))
    return sum((padded[shift : shift + len(planes)] for shift in range(1, 5)), padded[: len(planes)])


def _halved(planes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sum blocks of 2x2; an odd side is padded with zeros."""
    padded = np.pad(planes, ((0, planes.shape[0] % 2), (0, planes.shape[1] % 2), (0, 0)))
    return padded[0::2, 0::2] + padded[1::2, 0::2] + padded[0::2, 1::2] + padded[1::2, 1::2]
