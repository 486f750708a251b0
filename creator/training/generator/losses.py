"""Supervised losses between premultiplied RGBA pictures, as pure functions.

Pictures are float ``(B, 4, S, S)``, about 0..1. ``region`` is a float ``(B, 1, 64, 64)`` map of how much each place
counts (eyes more than hair), with a mean of 1. Every loss is a scalar tensor >= 0, and 0 for equal pictures. Planar
memory (contiguous, not channels last) is about 1.5 times as fast here.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from creator.training.generator.people_dataset import MAP_CHANNELS

COARSEST = 16
STRUCTURE_SIZE = 128
TEXTURE_FLOOR = 0.01


@dataclass(frozen=True)
class LossWeights:
    pyramid: float = 1.0
    gradient: float = 0.2
    alpha: float = 0.5
    structure: float = 0.1
    maps: float = 0.5
    adversarial: float = 0.5
    matching: float = 0.5


def region_map(weights: Tensor) -> Tensor:
    """The stored map ``weights`` uint8 ``(B, 64, 64)`` (16 means 1) as float ``(B, 1, 64, 64)`` with a mean of 1."""
    region = weights.float().unsqueeze(1) / 16.0
    return region / region.mean().clamp_min(1e-3)


def region_at(region: Tensor, size: int) -> Tensor:
    """``region`` at another size (a power of two), by repeating or by averaging."""
    if size >= region.shape[-1]:
        return region.repeat_interleave(size // region.shape[-1], 2).repeat_interleave(size // region.shape[-1], 3)
    return functional.avg_pool2d(region, region.shape[-1] // size)


def pyramid_loss(difference: Tensor, region: Tensor) -> Tensor:
    """L1 of the Laplacian pyramid of ``difference``, weighted by region; each level counts the same.

    The pyramid is linear, so the pyramid of the difference of two pictures is the difference of their pyramids.
    """
    total = difference.new_zeros((), dtype=torch.float32)
    while difference.shape[-1] > COARSEST:
        smaller = functional.avg_pool2d(difference, 2)
        enlarged = functional.interpolate(smaller, scale_factor=2.0, mode="nearest")
        total = total + _weighted_l1(difference - enlarged, region)
        difference = smaller
    return total + _weighted_l1(difference, region)


def gradient_loss(difference: Tensor, region: Tensor) -> Tensor:
    """L1 of horizontal and vertical neighbour differences, weighted by region."""
    wide = difference[..., :, 1:] - difference[..., :, :-1]
    high = difference[..., 1:, :] - difference[..., :-1, :]
    weight = region_at(region, difference.shape[-1]).to(difference.dtype)
    across = (wide.abs() * weight[..., :, 1:]).mean(dtype=torch.float32)
    return across + (high.abs() * weight[..., 1:, :]).mean(dtype=torch.float32)


def structure_loss(picture: Tensor, truth: Tensor, scales: int = 3) -> Tensor:
    """1 - SSIM of brightness over mid grey: the mean of ``scales`` octaves, 128 pixels and less, in blocks of 8."""
    while picture.shape[-1] > STRUCTURE_SIZE:
        picture, truth = functional.avg_pool2d(picture, 2), functional.avg_pool2d(truth, 2)
    first, second = brightness(picture), brightness(truth)
    total = picture.new_zeros((), dtype=torch.float32)
    for scale in range(scales):
        if scale:
            first, second = functional.avg_pool2d(first, 2), functional.avg_pool2d(second, 2)
        total = total + (1.0 - block_similarity(first, second))
    return total / scales


def block_similarity(first: Tensor, second: Tensor) -> Tensor:
    """Mean SSIM of two ``(B, C, S, S)`` pictures in blocks of 8 pixels, 4 apart."""
    stacked = torch.cat([first, second, first * first, second * second, first * second], 1)
    mean_a, mean_b, square_a, square_b, product = functional.avg_pool2d(stacked, 8, 4).chunk(5, 1)
    variance_a, variance_b = square_a - mean_a * mean_a, square_b - mean_b * mean_b
    covariance = product - mean_a * mean_b
    likeness = (2 * mean_a * mean_b + 1e-4) * (2 * covariance + 9e-4)
    return (likeness / ((mean_a * mean_a + mean_b * mean_b + 1e-4) * (variance_a + variance_b + 9e-4))).mean()


def brightness(picture: Tensor) -> Tensor:
    """Luma over mid grey: ``(B, 4, S, S)`` premultiplied to float32 ``(B, 1, S, S)``."""
    red, green, blue, alpha = picture.float().chunk(4, 1)
    return 0.299 * red + 0.587 * green + 0.114 * blue + 0.5 * (1.0 - alpha)


def texture_statistics(picture: Tensor) -> Tensor:
    """Local strength of edges and lines in luma and alpha of ``(B, 4, S, S)``: ``(B, 32, S / 8 - 1, S / 8 - 1)``, >= 0.

    In each of four directions the mean size of the first difference, of light and of dark lines (second differences)
    and the latter's root mean square, in blocks of 16 pixels, 8 apart: few of the numbers by which Heeger and Bergen
    1995 and Portilla and Simoncelli 2000 tell textures apart, chosen for their price.
    """
    seen = torch.cat([brightness(picture), picture[:, 3:].float()], 1)
    centre = seen[..., 1:-1, 1:-1]
    parts = []
    for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
        side = seen.shape[-1]
        after = seen[..., 1 + down : side - 1 + down, 1 + right : side - 1 + right] - centre
        before = seen[..., 1 - down : side - 1 - down, 1 - right : side - 1 - right] - centre
        line = after + before
        parts += [after.abs(), functional.relu(line), functional.relu(-line), line * line]
    found = functional.avg_pool2d(functional.pad(torch.cat(parts, 1), (1, 1, 1, 1)), 16, 8)
    strengths = found.view(len(picture), 4, 4, 2, *found.shape[2:])
    return torch.cat([strengths[:, :, :3], (strengths[:, :, 3:] + 1e-5).sqrt()], 2).flatten(1, 3)


def texture_loss(picture: Tensor, truth: Tensor, octaves: int = 2) -> Tensor:
    """Relative difference of the pictures' :func:`texture_statistics` in the finest ``octaves``: alike for strands and
    pores that lie elsewhere but are as many and as strong."""
    total = picture.new_zeros((), dtype=torch.float32)
    for octave in range(octaves):
        if octave:
            picture, truth = functional.avg_pool2d(picture, 2), functional.avg_pool2d(truth, 2)
        wanted = texture_statistics(truth)
        total = total + ((texture_statistics(picture) - wanted).abs() / (wanted + TEXTURE_FLOOR)).mean()
    return total / octaves


def portrait_loss(picture: Tensor, truth: Tensor, region: Tensor, weights: LossWeights) -> dict[str, Tensor]:
    """All losses by name, and their weighted sum as ``total``."""
    difference = picture - truth
    parts = {
        "pyramid": pyramid_loss(difference, region),
        "gradient": gradient_loss(difference, region),
        "alpha": difference[:, 3].abs().mean(dtype=torch.float32),
        "structure": structure_loss(picture, truth),
    }
    parts["total"] = sum((getattr(weights, name) * part for name, part in parts.items()), start=torch.zeros(()))
    return parts


def maps_loss(maps: Tensor, truth: Tensor, region: Tensor) -> Tensor:
    """Mean absolute error of the maps (B, 15, S, S), weighted by region; each of the four kinds counts the same."""
    difference = maps - truth
    parts = [_weighted_l1(difference[:, at], region) for at in MAP_CHANNELS.values()]
    return torch.stack(parts).mean()


def _weighted_l1(difference: Tensor, region: Tensor) -> Tensor:
    weight = region_at(region, difference.shape[-1]).to(difference.dtype)
    return (difference.abs() * weight).mean(dtype=torch.float32)
