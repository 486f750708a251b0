"""Sizes and alpha of pictures: what stands between the generator's pixels and a file.

Resizing happens in linear light on colours premultiplied by alpha, with weights that are never negative when reducing
and a limit at the neighbours when enlarging: no dark or light fringe can appear that was not in the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
    if frame == WHOLE and side == size:
        return pixels
    if extent == size and left == int(left) and top == int(top):
        return _cut(pixels, int(left), int(top), size)
    planes = framed_planes(_linear_planes(pixels), size, frame)
    alpha = np.clip(planes[3], 0.0, 1.0)
    colour = np.clip(planes[:3], 0.0, alpha)
    result = np.empty((size, size, 4), np.uint8)
    result[..., 3] = alpha * 255.0 + 0.5
    for channel, plane in enumerate(colour):
        result[..., channel] = _CODES[(plane * _FINEST + 0.5).astype(np.uint16)]  # right where it is opaque or clear
    rows, columns = np.nonzero((alpha < 1.0) & (alpha > 0.0))
    share = np.maximum(alpha[rows, columns], 1e-6)
    straight = np.minimum(colour[:, rows, columns] / share, 1.0)
    result[rows, columns, :3] = (to_display(straight) * result[rows, columns, 3] + 0.5).T
    return result


def framed_planes(planes: NDArray[np.float32], size: int, frame: Frame = WHOLE) -> NDArray[np.float32]:
    """Resample the part ``frame`` of float32 (C, S, S) to (C, size, size); beyond the picture all is 0."""
    side = planes.shape[1]
    left, top = frame.left * side, frame.top * side
    extent = frame.side * side
    # Only where the frame reaches beyond: the picture's own edge must stay as opaque as it is.
    (before_x, after_x), (before_y, after_y) = (
        (_margin(-start), _margin(start + extent - side)) for start in (left, top)
    )
    planes = np.pad(planes, ((0, 0), (before_y, after_y), (before_x, after_x)))
    return np.stack([_resampled(plane, size, left + before_x, top + before_y, extent) for plane in planes])


def _margin(beyond: float) -> int:
    """Clear pixels that are needed at a side that the frame leaves by ``beyond`` pixels."""
    return int(np.ceil(beyond)) + 2 if beyond > 1e-3 else 0


def straight_rgba(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Turn premultiplied sRGB ``pixels`` (uint8, (H, W, 4)) into straight RGBA of the same shape.

    Transparent pixels close to the edge carry their neighbours' colour, so that an engine that filters the texture
    blends with that and not with black.
    """
    alpha = pixels[..., 3]
    straight = pixels * (alpha > 0)[..., None]
    # Opaque pixels are straight already; most pixels are opaque or clear.
    rows, columns = np.nonzero((alpha > 0) & (alpha < 255))
    share = pixels[rows, columns].astype(np.float32)
    colour = np.minimum(share[:, :3], share[:, 3:]) * (255.0 / share[:, 3:])
    straight[rows, columns, :3] = np.rint(colour).astype(np.uint8)
    _bleed(straight, pixels)
    return straight


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


_LINEAR = to_linear(np.arange(256, dtype=np.float32) / 255.0)
_FINEST = 65535.0  # steps of linear light, so fine that no code of 255 is off by more than a twentieth
_CODES = np.rint(255.0 * to_display(np.arange(1 << 16, dtype=np.float32) / _FINEST)).astype(np.uint8)


def _linear_planes(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Premultiplied sRGB uint8 (H, W, 4) as premultiplied linear light and alpha, float32 (4, H, W), 0..1."""
    planes = np.empty((4, *pixels.shape[:2]), np.float32)
    planes[3] = pixels[..., 3] / np.float32(255.0)
    for channel in range(3):
        planes[channel] = _LINEAR[pixels[..., channel]]  # right where the picture is opaque or clear
    rows, columns = np.nonzero((pixels[..., 3] > 0) & (pixels[..., 3] < 255))
    share = pixels[rows, columns].astype(np.float32)
    straight = np.minimum(share[:, :3] / share[:, 3:], 1.0)
    planes[:3, rows, columns] = (to_linear(straight) * (share[:, 3:] / 255.0)).T
    return planes


def _cut(pixels: NDArray[np.uint8], left: int, top: int, size: int) -> NDArray[np.uint8]:
    side = pixels.shape[0]
    rows, columns = np.arange(top, top + size), np.arange(left, left + size)
    cut = pixels[np.clip(rows, 0, side - 1)[:, None], np.clip(columns, 0, side - 1)]
    inside = ((rows >= 0) & (rows < side))[:, None] & ((columns >= 0) & (columns < side))
    return np.where(inside[..., None], cut, 0).astype(np.uint8)


def _resampled(plane: NDArray[np.float32], size: int, left: float, top: float, extent: float) -> NDArray[np.float32]:
    """Resample the square at ``left``, ``top`` of side ``extent`` of one plane to (size, size).

    When enlarging, each pixel is limited to what its two nearest sources along each axis hold: the cubic filter is
    sharp, but would put dark rims beside light skin.
    """
    right, bottom = left + extent, top + extent
    image = Image.fromarray(np.ascontiguousarray(plane))
    if size < extent:
        return np.asarray(image.resize((size, size), Image.Resampling.HAMMING, (left, top, right, bottom)))
    height, width = plane.shape
    tall = np.asarray(image.resize((width, size), Image.Resampling.BICUBIC, (0.0, top, float(width), bottom)))
    above, below = _neighbours(size, top, extent, height)
    tall = np.clip(tall, np.minimum(plane[above], plane[below]), np.maximum(plane[above], plane[below]))
    image = Image.fromarray(tall)
    whole = np.asarray(image.resize((size, size), Image.Resampling.BICUBIC, (left, 0.0, right, float(size))))
    before, after = _neighbours(size, left, extent, width)
    near, far = tall.take(before, axis=1), tall.take(after, axis=1)
    return np.clip(whole, np.minimum(near, far), np.maximum(near, far))


def _neighbours(size: int, start: float, extent: float, length: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """For each of ``size`` new pixels the old ones on both sides of its centre."""
    lower = np.floor(start + (np.arange(size) + 0.5) * extent / size - 0.5).astype(np.intp)
    return np.clip(lower, 0, length - 1), np.clip(lower + 1, 0, length - 1)


def _bleed(straight: NDArray[np.uint8], pixels: NDArray[np.uint8]) -> None:
    """Give transparent pixels of ``straight`` the mean colour of the visible ones within 2 pixels, then of their block.

    The first keeps every texture filter from black at the edge, the second serves smaller mipmaps. Only the pixels
    near the edge are looked at.
    """
    visible = pixels[..., 3] > 0
    near = _widened(_widened(visible).T).T & ~visible
    rows, columns = np.nonzero(near)
    whole = np.pad(pixels, ((2, 2), (2, 2), (0, 0))).view(np.uint32)[..., 0]  # a pixel in one piece
    total = np.zeros((len(rows), 4), np.int32)
    for down in range(5):
        for right in range(5):
            total += whole[rows + down, columns + right].view(np.uint8).reshape(-1, 4)
    straight[rows, columns, :3] = _means(total)
    _bleed_blocks(straight, pixels, visible | near)


def _bleed_blocks(straight: NDArray[np.uint8], pixels: NDArray[np.uint8], known: NDArray[np.bool_]) -> None:
    """Give unknown pixels the mean of their block of 2, then 4, then 8 pixels a side, where something shows in it."""
    side = 2**_BLEED_LEVELS
    height, width = known.shape
    down, right = -height % side, -width % side
    sources = _blocks(np.pad(pixels, ((0, down), (0, right), (0, 0))), side)
    knowns = _blocks(np.pad(known, ((0, down), (0, right)), constant_values=True), side)
    rows, columns = np.nonzero(sources[..., 3].any(axis=(2, 3)) & ~knowns.all(axis=(2, 3)))
    source, known_there = sources[rows, columns].astype(np.int32), knowns[rows, columns]
    filled = np.zeros((*known_there.shape, 3), np.uint8)
    unknown = ~known_there
    for level in range(1, _BLEED_LEVELS + 1):
        block = 2**level
        count = side // block
        total = source.reshape(-1, count, block, count, block, 4).sum(axis=(2, 4))
        shown = (total[..., 3] > 0).repeat(block, 1).repeat(block, 2)
        mean = _means(total.reshape(-1, 4)).reshape(-1, count, count, 3).repeat(block, 1).repeat(block, 2)
        filled[unknown & shown] = mean[unknown & shown]
        unknown &= ~shown
    which, y, x = np.nonzero(~known_there & ~unknown)
    straight[rows[which] * side + y, columns[which] * side + x, :3] = filled[which, y, x]


def _blocks(array: NDArray[Any], side: int) -> NDArray[Any]:
    """(H, W, ...) as (H / side, W / side, side, side, ...)."""
    height, width = array.shape[:2]
    return array.reshape(height // side, side, width // side, side, *array.shape[2:]).swapaxes(1, 2)


def _widened(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """True also in the two rows before and after each true one."""
    wide = mask.copy()
    for shift in (1, 2):
        wide[shift:] |= mask[:-shift]
        wide[:-shift] |= mask[shift:]
    return wide


def _means(totals: NDArray[np.int32]) -> NDArray[np.uint8]:
    """The straight colours (N, 3) of sums (N, 4) of premultiplied pixels."""
    alpha = np.maximum(totals[:, 3:], 1)
    return np.minimum((totals[:, :3] * 255 + alpha // 2) // alpha, 255).astype(np.uint8)
