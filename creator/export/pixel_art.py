"""Pixel art: few colours for a whole set, hard edges, an outline."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from creator.export.oklab import Floats, from_oklab, to_oklab

_BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32) / 16.0 - 15.0 / 32.0
_DITHER = 0.07  # of lightness, between the pattern's ends
_SHARPENING = 0.45  # small drawings lose their eyes without it
_ROUNDS = 12
_MAXIMUM_SAMPLES = 60_000
_OUTLINE_LIGHTNESS = 0.16


def pixel_art(
    pictures: Sequence[NDArray[np.uint8]], colours: int, outline: bool = True, dither: bool = False
) -> list[NDArray[np.uint8]]:
    """Draw small premultiplied ``pictures`` (uint8, (S, S, 4) each) with at most ``colours`` colours for all of them.

    Every pixel of the result is opaque or clear. ``outline``: one dark colour of the palette goes around the figure.
    ``dither``: an ordered pattern between neighbouring lightnesses. The same pictures give the same pixels.
    """
    shapes = [picture[..., 3] >= 128 for picture in pictures]
    drawings = [_sharpened(_straight_oklab(picture), shape) for picture, shape in zip(pictures, shapes, strict=True)]
    samples = np.concatenate([drawing[shape] for drawing, shape in zip(drawings, shapes, strict=True)])
    palette = _palette(samples, colours - 1 if outline else colours)
    line = _outline_colour(palette)
    drawn = []
    for drawing, shape in zip(drawings, shapes, strict=True):
        if dither:
            side = shape.shape[0]
            pattern = np.tile(_BAYER, (-(-side // 4), -(-side // 4)))[:side, :side]
            drawing = drawing + pattern[..., None] * np.array([_DITHER, 0.0, 0.0], np.float32)
        lab = palette[_nearest(drawing.reshape(-1, 3), palette)].reshape(drawing.shape)
        visible = shape
        if outline:
            rim = _beside(shape)
            lab = np.where(rim[..., None], line, lab)
            visible = shape | rim
        rgb = np.rint(from_oklab(lab) * 255.0)
        alpha = np.where(visible, 255.0, 0.0)[..., None]
        drawn.append(np.concatenate([np.where(alpha > 0, rgb, 0.0), alpha], axis=2).astype(np.uint8))
    return drawn


def _straight_oklab(picture: NDArray[np.uint8]) -> Floats:
    alpha = picture[..., 3:].astype(np.float32)
    nothing = np.zeros((*picture.shape[:2], 3), np.float32)
    straight = np.divide(picture[..., :3], alpha, out=nothing, where=alpha > 0)
    return to_oklab(np.minimum(straight, 1.0))


def _sharpened(lab: Floats, shape: NDArray[np.bool_]) -> Floats:
    """Lightness away from the mean of the visible neighbours."""
    weight = shape.astype(np.float32)
    total, count = _neighbours(lab[..., 0] * weight), _neighbours(weight)
    mean = np.divide(total, count, out=lab[..., 0].copy(), where=count > 0)
    light = np.clip(lab[..., 0] + _SHARPENING * (lab[..., 0] - mean), 0.0, 1.0)
    return np.concatenate([light[..., None], lab[..., 1:]], axis=2)


def _neighbours(plane: Floats) -> Floats:
    padded = np.pad(plane, 1)
    rows = padded[:-2] + padded[1:-1] + padded[2:]
    return rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]


def _beside(shape: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Clear pixels that touch the figure at a side."""
    padded = np.pad(shape, 1)
    touching = padded[:-2, 1:-1] | padded[2:, 1:-1] | padded[1:-1, :-2] | padded[1:-1, 2:]
    return touching & ~shape


def _palette(samples: Floats, count: int) -> Floats:
    """Colours (at most ``count``, 3) for ``samples`` (N, 3): boxes cut at their middle, then moved to their means."""
    samples = samples[:: max(1, -(-len(samples) // _MAXIMUM_SAMPLES))]
    if not len(samples):
        return np.zeros((1, 3), np.float32)
    palette = _median_cut(samples, count)
    for _ in range(_ROUNDS):
        nearest = _nearest(samples, palette)
        sizes = np.bincount(nearest, minlength=len(palette)).astype(np.float32)
        sums = np.stack([np.bincount(nearest, samples[:, axis], len(palette)) for axis in range(3)], axis=1)
        palette = np.divide(sums, sizes[:, None], out=palette.astype(np.float64), where=sizes[:, None] > 0)
        palette = palette.astype(np.float32)
    return palette[np.argsort(palette[:, 0], kind="stable")]


def _median_cut(samples: Floats, count: int) -> Floats:
    boxes = [samples]
    while len(boxes) < count:
        spreads = [float((np.ptp(box, axis=0).max() if len(box) > 1 else 0.0) * len(box) ** 0.33) for box in boxes]
        widest = int(np.argmax(spreads))
        if spreads[widest] <= 1e-6:
            break
        box = boxes.pop(widest)
        axis = int(np.argmax(np.ptp(box, axis=0)))
        box = box[np.argsort(box[:, axis], kind="stable")]
        middle = len(box) // 2
        boxes += [box[:middle], box[middle:]]
    return np.stack([box.mean(axis=0) for box in boxes]).astype(np.float32)


def _nearest(samples: Floats, palette: Floats) -> NDArray[np.intp]:
    # The squares of the samples are the same for all colours.
    return np.argmin((palette * palette).sum(1) - 2.0 * (samples @ palette.T), axis=1)


def _outline_colour(palette: Floats) -> Floats:
    """The darkest colour of the palette, darker still."""
    darkest = palette[np.argmin(palette[:, 0])]
    return np.array([min(_OUTLINE_LIGHTNESS, 0.7 * darkest[0]), *(0.6 * darkest[1:])], np.float32)
