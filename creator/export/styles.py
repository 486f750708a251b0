"""Styles: painterly, ink and cel shading. They redraw the colours and keep the alpha as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from creator.export.oklab import Floats, from_oklab, to_oklab
from creator.resampling import premultiplied

Pixels = NDArray[np.uint8]

_USUAL_SIDE = 512.0  # lengths below are pixels of a picture of this side
_DIRECTIONS = 8
_CEL_STEPS = 7.0


def painterly(pixels: Pixels) -> Pixels:
    """Brush strokes that follow the forms: premultiplied uint8 (S, S, 4) to the same shape, alpha untouched."""
    lab, alpha, scale = _opened(pixels)
    fine = _abstracted(lab, alpha, 1.8 * scale, 9.0)
    broad = _abstracted(_abstracted(lab, alpha, 5.0 * scale, 6.0), alpha, 3.0 * scale, 9.0)
    # A painter takes the small brush where there is something to see.
    detail = _rising(np.abs(lab[..., 0] - _blurred(lab[..., 0], 4.0 * scale)), 0.025, 0.09)
    detail = _blurred(detail, 1.5 * scale)[..., None]
    painted = broad + (fine - broad) * detail
    strokes = _strokes(broad[..., 0], scale) * (1.0 - 0.7 * detail[..., 0])
    painted[..., 0] += 0.014 * strokes * _rising(painted[..., 0], 0.05, 0.4)
    painted[..., 1:] *= 1.14
    return _closed(painted, alpha)


def ink(pixels: Pixels) -> Pixels:
    """Pen and brush on white paper: lines, two layers of hatching, black where it is darkest; alpha untouched."""
    lab, alpha, scale = _opened(pixels)
    light = _abstracted(lab, alpha, 1.6 * scale, 8.0)[..., 0]
    tone = _evened(light, alpha[..., 0])
    lines = _lines(tone, alpha[..., 0], 1.1 * scale, 12.0)
    # Hatching follows the large shadows; eyes and mouth belong to the lines.
    shadow = _abstracted(np.repeat(tone[..., None], 3, axis=2), alpha, 9.0 * scale, 6.0)[..., 0]
    rows, columns = np.indices(tone.shape, dtype=np.float32)
    period = max(4.0, 7.0 * scale) * np.sqrt(2.0)
    paper = np.ones_like(tone)
    for slope, begin in ((1.0, 0.44), (-1.0, 0.24)):
        wave = np.abs(((rows + slope * columns) / period) % 1.0 - 0.5) * 2.0
        depth = np.clip((begin - shadow) / begin, 0.0, 1.0)  # darker tones get broader strokes
        paper = np.minimum(paper, 1.0 - _rising(0.62 * np.sqrt(depth) - wave, -0.14, 0.14) * (depth > 0))
    paper = np.minimum(paper, _rising(tone, 0.06, 0.15))
    paper = np.minimum(paper, lines)
    drawn = np.stack([0.09 + 0.89 * paper, 0.004 * paper, 0.012 * paper], axis=2).astype(np.float32)
    return _closed(drawn, alpha)


def cel(pixels: Pixels) -> Pixels:
    """Flat tones with clear steps and dark lines, as in an animation: alpha untouched."""
    lab, alpha, scale = _opened(pixels)
    fine = _abstracted(lab, alpha, 1.5 * scale, 8.0)
    lines = _lines(_evened(fine[..., 0], alpha[..., 0]), alpha[..., 0], 1.1 * scale, 9.0)
    flat = _abstracted(_abstracted(lab, alpha, 3.2 * scale, 9.0), alpha, 2.2 * scale, 9.0)
    position = flat[..., 0] * _CEL_STEPS
    below = np.floor(position)
    flat[..., 0] = (below + _rising(position - below, 0.42, 0.58)) / _CEL_STEPS
    # Whites of eyes and lights on them stay, small as they are.
    small = _rising(fine[..., 0] - _blurred(fine[..., 0], 5.0 * scale), 0.05, 0.12)
    flat += (fine - flat) * small[..., None]
    flat[..., 1:] *= 1.18
    flat[..., 0] *= 0.22 + 0.78 * lines
    return _closed(flat, alpha)


STYLES: Mapping[str, Callable[[Pixels], Pixels]] = {"painterly": painterly, "ink": ink, "cel": cel}


def _opened(pixels: Pixels) -> tuple[Floats, Floats, float]:
    """OKLab (S, S, 3) of the straight colours, alpha (S, S, 1) in 0..1, and the picture's scale."""
    alpha = pixels[..., 3:].astype(np.float32) / 255.0
    nothing = np.zeros((*pixels.shape[:2], 3), np.float32)
    straight = np.divide(pixels[..., :3] / np.float32(255.0), alpha, out=nothing, where=alpha > 0)
    return to_oklab(np.minimum(straight, 1.0)), alpha, pixels.shape[0] / _USUAL_SIDE


def _closed(lab: Floats, alpha: Floats) -> Pixels:
    lab[..., 0] = np.clip(lab[..., 0], 0.0, 1.0)
    return premultiplied(from_oklab(lab), alpha)


def _blurred(planes: Floats, sigma: float) -> Floats:
    """Gaussian blur of (S, S, C) or (S, S); beyond the edge the last row goes on."""
    reach = max(1, int(np.ceil(2.6 * sigma)))
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / max(sigma, 1e-3)) ** 2)
    weights = (weights / weights.sum()).astype(np.float32)
    for axis in (0, 1):
        padding = [(0, 0)] * planes.ndim
        padding[axis] = (reach, reach)
        padded = np.pad(planes, padding, mode="edge")
        blurred = np.zeros_like(planes)
        for shift, weight in enumerate(weights):
            window = [slice(None)] * planes.ndim
            window[axis] = slice(shift, shift + planes.shape[axis])
            blurred += weight * padded[tuple(window)]
        planes = blurred
    return planes


def _shifted(planes: Floats, down: int, right: int) -> Floats:
    """``planes`` as seen ``down`` and ``right`` from each pixel."""
    reach = max(abs(down), abs(right))
    padding = [(reach, reach), (reach, reach)] + [(0, 0)] * (planes.ndim - 2)
    height, width = planes.shape[:2]
    padded = np.pad(planes, padding, mode="edge")
    return padded[reach + down : reach + down + height, reach + right : reach + right + width]


def _abstracted(lab: Floats, alpha: Floats, radius: float, sharpness: float) -> Floats:
    """Kuwahara's filter with eight round neighbourhoods: each pixel becomes the mean of those that vary least.

    Hard edges stay, what lies between becomes even. Only what is visible counts.
    """
    sigma = max(0.5, radius * 0.5)
    weight = np.maximum(_blurred(alpha, sigma), 1e-4)
    mean = _blurred(lab * alpha, sigma) / weight
    square = _blurred((lab * lab).sum(2, keepdims=True) * alpha, sigma) / weight
    spread = np.sqrt(np.maximum(square - (mean * mean).sum(2, keepdims=True), 0.0))
    planes = np.concatenate([mean, spread, weight], axis=2)
    total = np.zeros_like(lab)
    count = np.zeros_like(alpha)
    for direction in range(_DIRECTIONS):
        angle = 2.0 * np.pi * direction / _DIRECTIONS
        near = _shifted(planes, round(radius * np.sin(angle)), round(radius * np.cos(angle)))
        share = near[..., 4:] / (1e-4 + (12.0 * near[..., 3:4]) ** sharpness)
        total += near[..., :3] * share
        count += share
    return np.where(alpha > 0, total / np.maximum(count, 1e-12), lab).astype(np.float32)


def _lines(light: Floats, alpha: Floats, sigma: float, strength: float) -> Floats:
    """Dark lines, 1 where there is none, as differences of two blurs (after Winnemoeller's XDoG, 2012).

    The figure's edge is a line too.
    """
    ground = light * alpha + (1.0 - alpha) * 0.75
    fine, broad = _blurred(ground, sigma), _blurred(ground, 1.6 * sigma)
    edges = fine - broad + 0.006
    return np.where(edges > 0, 1.0, 1.0 + np.tanh(strength * 6.0 * edges)).astype(np.float32)


def _evened(light: Floats, alpha: Floats) -> Floats:
    """Lightness stretched over 0..1, so that dark skin is drawn as clearly as light skin."""
    visible = light[alpha > 0.5]
    if not visible.size:
        return light
    low, high = np.percentile(visible, (3.0, 92.0))
    return np.clip((light - low) / max(float(high - low), 0.05), 0.0, 1.0).astype(np.float32)


def _rising(values: Floats, low: float, high: float) -> Floats:
    """0 below ``low``, 1 above ``high``, smooth between."""
    share = np.clip((values - low) / (high - low), 0.0, 1.0)
    return (share * share * (3.0 - 2.0 * share)).astype(np.float32)


def _strokes(light: Floats, scale: float) -> Floats:
    """Noise drawn out along the forms, mean 0 and spread 1: the hairs of a brush."""
    side = light.shape[0]
    noise = np.random.RandomState(0).standard_normal((side, side)).astype(np.float32)
    noise = _blurred(noise, max(0.6, 0.9 * scale))
    smooth = _blurred(light, 1.5 * scale)
    down, right = np.gradient(smooth)
    tensor = _blurred(np.stack([right * right, right * down, down * down], axis=2), 5.0 * scale)
    angle = 0.5 * np.arctan2(2.0 * tensor[..., 1], tensor[..., 0] - tensor[..., 2]) + np.pi / 2.0
    step_right, step_down = np.cos(angle), np.sin(angle)
    rows, columns = np.indices((side, side), dtype=np.float32)
    total = noise.copy()
    length = max(3, round(9 * scale))
    for sign in (-1.0, 1.0):
        y, x = rows, columns
        for _ in range(length):
            at = (np.clip(np.rint(y), 0, side - 1).astype(np.intp), np.clip(np.rint(x), 0, side - 1).astype(np.intp))
            y, x = y + sign * step_down[at], x + sign * step_right[at]
            at = (np.clip(np.rint(y), 0, side - 1).astype(np.intp), np.clip(np.rint(x), 0, side - 1).astype(np.intp))
            total += noise[at]
    return (total / max(float(total.std()), 1e-6)).astype(np.float32)
