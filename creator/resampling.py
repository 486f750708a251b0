"""Sizes and alpha of pictures: what stands between the generator's pixels and a file.

Resizing happens in linear light on colours premultiplied by alpha, with weights that are never negative when reducing
and a limit at the neighbours when enlarging: no dark or light fringe can appear that was not in the picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creator.errors import AttributeValueError

MINIMUM_SIZE = 16
MAXIMUM_SIZE = 2048

_BLEED_SIDE = 8  # pixels: more than any texture filter reaches, and little enough to compress well
_EIGHT_TRUE = np.uint64(0x0101010101010101)
_BLOCK = 32  # new pixels a side that are resampled together: few enough for a processor's cache


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
    result = np.zeros((size, size, 4), np.uint8)
    for rows, columns, planes in _resampled(_linear_planes(pixels), size, frame):
        _put_codes(planes, result[rows, columns].swapaxes(0, 1))
    return result


def framed_planes(planes: NDArray[np.float32], size: int, frame: Frame = WHOLE) -> NDArray[np.float32]:
    """Resample the part ``frame`` of float32 (C, S, S) to (C, size, size); beyond the picture all is 0."""
    result = np.zeros((len(planes), size, size), np.float32)
    for rows, columns, part in _resampled(planes, size, frame):
        result[:, rows, columns] = part.swapaxes(1, 2)
    return result


def _put_codes(planes: NDArray[np.float32], result: NDArray[np.uint8]) -> None:
    """Write premultiplied linear light and alpha (float32 (4, H, W), 0..1; changed) as premultiplied sRGB (H, W, 4)."""
    colour, alpha = planes[:3], planes[3]
    np.minimum(colour, alpha, out=colour)
    result[..., 3] = alpha * 255.0 + 0.5
    codes = _CODES.take((colour * _FINEST + 0.5).astype(np.uint16))  # right where it is opaque or clear
    for channel in range(3):
        result[..., channel] = codes[channel]
    soft = np.flatnonzero((alpha < 1.0) & (alpha > 0.0))
    share = np.maximum(alpha.ravel()[soft], 1e-6)
    straight = np.minimum(colour.reshape(3, -1)[:, soft] / share, 1.0)
    rows, columns = np.divmod(soft, alpha.shape[1])
    result[rows, columns, :3] = (to_display(straight) * result[rows, columns, 3] + 0.5).T


def straight_rgba(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Turn premultiplied sRGB ``pixels`` (uint8, (H, W, 4)) into straight RGBA of the same shape.

    Transparent pixels close to the edge carry their neighbours' colour, so that an engine that filters the texture
    blends with that and not with black.
    """
    alpha = np.ascontiguousarray(pixels[..., 3])
    whole = np.ascontiguousarray(pixels).view(np.uint32)[..., 0]  # a pixel in one piece
    straight = (whole * (alpha > 0)).view(np.uint8).reshape(pixels.shape)
    # Opaque pixels are straight already; most pixels are opaque or clear.
    soft = np.flatnonzero((alpha > 0) & (alpha < 255))
    share = whole.ravel()[soft].view(np.uint8).reshape(-1, 4).astype(np.float32)
    colour = np.minimum(share[:, :3], share[:, 3:]) * (255.0 / share[:, 3:])
    straight.reshape(-1, 4)[soft, :3] = np.rint(colour).astype(np.uint8)
    _bleed(straight, whole, alpha > 0)
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


@dataclass(frozen=True)
class _Block:
    """``target``: a run of new pixels along one axis. ``source``: all old ones that they are made of. ``weights``:
    float32 (new, old). ``pairs``: for each new pixel the first of the two old ones nearest to its centre."""

    target: slice
    source: slice
    weights: NDArray[np.float32]
    pairs: NDArray[np.intp]


@lru_cache(maxsize=32)
def _blocks_along(size: int, length: int, start: float, extent: float) -> tuple[_Block, ...]:
    """How ``size`` new pixels come from those of ``length`` old ones that lie from ``start`` to ``start + extent``.

    When reducing with a Hamming window of one new pixel to each side, otherwise with Catmull and Rom's cubic.
    """
    scale = extent / size
    window, reach = (_hamming, scale) if scale > 1.0 else (_cubic, 2.0)
    centres = start + (np.arange(size) + 0.5) * scale
    first = np.clip(np.floor(centres - reach), 0, length - 1).astype(np.intp)
    last = np.clip(np.ceil(centres + reach), 1, length).astype(np.intp)
    pairs = np.clip(np.floor(centres - 0.5), 0, length - 2).astype(np.intp)
    blocks = []
    for begin in range(0, size, _BLOCK):
        target = slice(begin, min(begin + _BLOCK, size))
        source = slice(int(first[target][0]), int(last[target][-1]))
        places = np.arange(source.start, source.stop) + 0.5
        weights = window((places - centres[target, None]) / max(scale, 1.0))
        weights /= weights.sum(axis=1, keepdims=True)
        blocks.append(_Block(target, source, weights.astype(np.float32), pairs[target]))
    return tuple(blocks)


def _hamming(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.abs(x) < 1.0, np.sinc(x) * (0.54 + 0.46 * np.cos(np.pi * x)), 0.0)


def _cubic(x: NDArray[np.float64]) -> NDArray[np.float64]:
    x = np.abs(x)
    near, far = (1.5 * x - 2.5) * x * x + 1.0, ((2.5 - 0.5 * x) * x - 4.0) * x + 2.0
    return np.where(x < 1.0, near, np.where(x < 2.0, far, 0.0))


def _resampled(
    planes: NDArray[np.float32], size: int, frame: Frame
) -> Iterator[tuple[slice, slice, NDArray[np.float32]]]:
    """Resample float32 (C, S, S); gives rows, columns and planes (C, columns, rows). All else of (C, size, size) is 0.

    In bands that a processor's cache holds, and only where something shows.
    """
    side = planes.shape[1]
    left, top, extent = frame.left * side, frame.top * side, frame.side * side
    # Only where the frame reaches beyond: the picture's own edge must stay as opaque as it is.
    (before_x, after_x), (before_y, after_y) = (
        (_margin(-start), _margin(start + extent - side)) for start in (left, top)
    )
    if before_x or after_x or before_y or after_y:
        planes = np.pad(planes, ((0, 0), (before_y, after_y), (before_x, after_x)))
    shows = np.logical_or.reduce(planes, axis=0)
    is_larger = size >= extent
    across = _blocks_along(size, planes.shape[2], left + before_x, extent)
    for down in _blocks_along(size, planes.shape[1], top + before_y, extent):
        columns = np.flatnonzero(shows[down.source].any(axis=0))
        touched = [
            block
            for block in across
            if columns.size and block.source.start <= columns[-1] and block.source.stop > columns[0]
        ]
        if touched:
            whole = slice(touched[0].source.start, touched[-1].source.stop)
            tall = _along(planes[:, down.source, whole], (down,), is_larger)
            wide = _along(np.ascontiguousarray(tall.swapaxes(1, 2)), touched, is_larger)
            yield down.target, slice(touched[0].target.start, touched[-1].target.stop), wide


def _margin(beyond: float) -> int:
    """Clear pixels that are needed at a side that the frame leaves by ``beyond`` pixels."""
    return int(np.ceil(beyond)) + 2 if beyond > 1e-3 else 0


def _along(planes: NDArray[np.float32], blocks: Sequence[_Block], is_larger: bool) -> NDArray[np.float32]:
    """Resample (C, old, W), which begins where the first block's sources do, to (C, new, W).

    When enlarging, each pixel is limited to what its two nearest sources hold: the cubic filter is sharp, but would
    put dark rims beside light skin.
    """
    begin, first = blocks[0].source.start, blocks[0].target.start
    made = np.empty((len(planes), blocks[-1].target.stop - first, planes.shape[2]), np.float32)
    for block in blocks:
        source = planes[:, block.source.start - begin : block.source.stop - begin]
        np.matmul(block.weights, source, out=made[:, block.target.start - first : block.target.stop - first])
    if is_larger:
        low, high = np.minimum(planes[:, :-1], planes[:, 1:]), np.maximum(planes[:, :-1], planes[:, 1:])
        pair = np.concatenate([block.pairs for block in blocks]) - begin
        np.maximum(made, low.take(pair, axis=1), out=made)
        np.minimum(made, high.take(pair, axis=1), out=made)
    return made


def _bleed(straight: NDArray[np.uint8], whole: NDArray[np.uint32], visible: NDArray[np.bool_]) -> None:
    """Give transparent pixels of ``straight`` the mean colour of the visible ones within 2 pixels, then of their block.

    ``whole``: the premultiplied pixels, (H, W). The first keeps every texture filter from black at the edge, the second
    serves smaller mipmaps. Only the pixels near the edge are looked at.
    """
    height, width = whole.shape
    known = _widened(visible)
    rows, columns = np.nonzero(known & ~visible)
    padded = np.zeros((height + 4, width + 4), np.uint32)
    padded[2:-2, 2:-2] = whole
    flat, corner = padded.ravel(), rows * padded.shape[1] + columns
    total = np.zeros((len(corner), 4), np.int32)
    for down in range(5):
        for right in range(5):
            total += flat[corner + (down * padded.shape[1] + right)].view(np.uint8).reshape(-1, 4)
    straight[rows, columns, :3] = _means(total)
    _bleed_blocks(straight, whole, visible, known)


def _bleed_blocks(
    straight: NDArray[np.uint8], whole: NDArray[np.uint32], visible: NDArray[np.bool_], known: NDArray[np.bool_]
) -> None:
    """Give unknown pixels the mean of their block of 2, then 4, then 8 pixels a side, where something shows in it."""
    side = _BLEED_SIDE
    height, width = known.shape
    down, right = -height % side, -width % side
    if down or right:
        whole, visible = np.pad(whole, ((0, down), (0, right))), np.pad(visible, ((0, down), (0, right)))
        known = np.pad(known, ((0, down), (0, right)), constant_values=True)
    shows, is_full = (_eights(mask) for mask in (visible, known))
    rows, columns = np.nonzero(
        (np.bitwise_or.reduce(shows, axis=1) > 0) & (np.bitwise_and.reduce(is_full, axis=1) != _EIGHT_TRUE)
    )
    source = _blocks(whole)[rows, columns].view(np.uint8).reshape(-1, side, side, 4).astype(np.int32)
    known_there = _blocks(known)[rows, columns]
    filled = np.zeros((*known_there.shape, 3), np.uint8)
    unknown = ~known_there
    block = 1
    while block < side:
        block *= 2
        count = side // block
        total = source.reshape(-1, count, block, count, block, 4).sum(axis=(2, 4))
        shown = (total[..., 3] > 0).repeat(block, 1).repeat(block, 2)
        mean = _means(total.reshape(-1, 4)).reshape(-1, count, count, 3).repeat(block, 1).repeat(block, 2)
        filled[unknown & shown] = mean[unknown & shown]
        unknown &= ~shown
    which, y, x = np.nonzero(~known_there & ~unknown)
    straight[rows[which] * side + y, columns[which] * side + x, :3] = filled[which, y, x]


def _blocks(array: NDArray[Any]) -> NDArray[Any]:
    """(H, W) as (H / 8, W / 8, 8, 8)."""
    height, width = array.shape
    return array.reshape(height // _BLEED_SIDE, _BLEED_SIDE, width // _BLEED_SIDE, _BLEED_SIDE).swapaxes(1, 2)


def _eights(mask: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """(H, W) as (H / 8, 8, W / 8), eight truths in a number."""
    height, width = mask.shape
    return np.ascontiguousarray(mask).view(np.uint64).reshape(height // 8, 8, width // 8)


def _widened(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """True also within two pixels of each true one, along both axes."""
    tall = mask.copy()
    for shift in (1, 2):
        tall[shift:] |= mask[:-shift]
        tall[:-shift] |= mask[shift:]
    wide = tall.copy()
    for shift in (1, 2):
        wide[:, shift:] |= tall[:, :-shift]
        wide[:, :-shift] |= tall[:, shift:]
    return wide


def _means(totals: NDArray[np.int32]) -> NDArray[np.uint8]:
    """The straight colours (N, 3) of sums (N, 4) of premultiplied pixels."""
    alpha = np.maximum(totals[:, 3:], 1)
    return np.minimum((totals[:, :3] * 255 + alpha // 2) // alpha, 255).astype(np.uint8)
