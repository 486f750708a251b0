"""Drawing points into a map: the weighted mean of the features of the points near each pixel.

Two ways to the same numbers. :func:`dense_splat` is made of matrix products only, which any inference engine runs well.
:func:`sparse_splat` multiplies with a sparse matrix of the few pixels that each point touches: on a CPU about ten times
faster, forward and backward, so training uses it. Positions and weights carry no gradient; features do.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import scipy.sparse
import torch
from torch import Tensor
from torch.nn import functional

RADIUS = 2.5
"""Reach of a point in pixels; ``(1 - (d / RADIUS)^2)^2`` is close to a Gaussian with a sigma of 0.94 pixels."""

TAPS = 5
FLOOR = 0.05
"""Added to the summed weight, so that maps fade to 0 where no point is near."""


def profile(distance: Tensor) -> Tensor:
    """Weight of a point at ``distance`` pixels along one axis: smooth, 1 at 0, exactly 0 beyond ``RADIUS``."""
    scaled = distance * (1.0 / RADIUS)
    inside = functional.relu(1.0 - scaled * scaled)
    return inside * inside


def dense_splat(xy: Tensor, weight: Tensor, features: Tensor, size: int) -> Tensor:
    """Draw ``features`` ``(B, K, C)`` of points at ``xy`` ``(B, K, 2)``, 0..1, with ``weight`` ``(B, K)`` >= 0.

    Returns ``(B, C + 1, size, size)``; the last channel is the coverage, 0..1. Where no point is near all are 0.
    """
    batch, points, channels = features.shape
    pixels = torch.arange(size, dtype=xy.dtype, device=xy.device) + 0.5
    across = profile(xy[..., :1] * size - pixels)
    down = profile(xy[..., 1:] * size - pixels)
    weighted = torch.cat([features, torch.ones_like(features[..., :1])], -1) * weight.unsqueeze(-1)
    spread = (weighted.unsqueeze(-1) * across.unsqueeze(2)).view(batch, points, (channels + 1) * size)
    drawn = torch.matmul(down.transpose(1, 2), spread).view(batch, size, channels + 1, size).transpose(1, 2)
    return drawn / (drawn[:, channels:] + FLOOR)


class _Product(torch.autograd.Function):
    """``matrix @ features`` with a fixed sparse matrix and its transpose."""

    @staticmethod
    def forward(ctx: Any, features: Tensor, matrix: Tensor, transposed: Tensor) -> Tensor:
        ctx.transposed = transposed
        return matrix @ features

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None]:
        return ctx.transposed @ gradients[0].contiguous(), None, None


def splat_matrices(xy: Tensor, weight: Tensor, size: int) -> tuple[Tensor, Tensor]:
    """The sparse matrix ``(B size^2, B K)`` of normalised weights, and its transpose, both as float32 CSR."""
    batch, points = weight.shape
    with torch.no_grad():
        place = (xy.float() * size).reshape(-1, 2)
        first = torch.floor(place - RADIUS + 0.5).clamp(-2 * TAPS, size + TAPS)
        taps = torch.arange(TAPS, dtype=torch.float32)
        pixels = first.unsqueeze(-1) + taps
        reach = profile(place.unsqueeze(-1) - pixels - 0.5)
        reach = reach * ((pixels >= 0) & (pixels < size))
        values = reach[:, 1].unsqueeze(2) * reach[:, 0].unsqueeze(1) * weight.reshape(-1, 1, 1)
        nearest = pixels.clamp(0, size - 1).to(torch.int32)
        picture = torch.arange(batch, dtype=torch.int32).repeat_interleave(points) * (size * size)
        rows = nearest[:, 1].unsqueeze(2) * size + nearest[:, 0].unsqueeze(1) + picture.view(-1, 1, 1)
        seen = weight.reshape(-1) > 0
        starts = np.concatenate([[0], np.cumsum(seen.numpy() * (TAPS * TAPS))]).astype(np.int32)
        shape = (batch * points, batch * size * size)
        entries = (values[seen].reshape(-1).numpy(), rows[seen].reshape(-1).numpy(), starts)
        by_point = scipy.sparse.csr_matrix(entries, shape)
        by_pixel = by_point.tocsc()
        total = np.add.reduceat(np.append(by_pixel.data, np.float32(0)), by_pixel.indptr[:-1])
        total[np.diff(by_pixel.indptr) == 0] = 0.0
        scale = (1.0 / (total + FLOOR)).astype(np.float32)
        by_pixel.data *= np.repeat(scale, np.diff(by_pixel.indptr))
        by_point.data *= scale[by_point.indices]
    return _tensor(by_pixel, (shape[1], shape[0])), _tensor(by_point, shape)


def _tensor(compressed: Any, shape: tuple[int, int]) -> Tensor:
    """The three arrays of a scipy matrix, compressed along the rows of ``shape``, as a torch matrix."""
    starts, places = torch.from_numpy(compressed.indptr), torch.from_numpy(compressed.indices)
    values = torch.from_numpy(compressed.data)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Sparse CSR tensor support")
        return torch.sparse_csr_tensor(starts, places, values, size=shape, check_invariants=False)


def sparse_splat(xy: Tensor, weight: Tensor, features: Tensor, size: int) -> Tensor:
    """The same as :func:`dense_splat`, on the CPU, in float32, with gradients for ``features`` only."""
    batch, points, channels = features.shape
    matrix, transposed = splat_matrices(xy, weight, size)
    columns = torch.cat([features.float(), torch.ones_like(features[..., :1], dtype=torch.float32)], -1)
    flat = columns.reshape(batch * points, channels + 1)
    drawn: Tensor = _Product.apply(flat, matrix, transposed)  # type: ignore[no-untyped-call]
    return drawn.view(batch, size, size, channels + 1).permute(0, 3, 1, 2)
