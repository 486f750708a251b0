"""Gaussian blur of pictures, for measures and for training."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional


def gaussian_blur(pictures: Tensor, sigma: float, reach: int | None = None) -> Tensor:
    """Gaussian blur of ``(B, C, S, S)``, edges repeated; ``sigma`` in pixels, cut at ``reach`` pixels (three sigma)."""
    reach = max(1, int(3 * sigma + 0.5)) if reach is None else reach
    offsets = torch.arange(-reach, reach + 1, dtype=torch.float32, device=pictures.device)
    kernel = torch.exp(-0.5 * (offsets / sigma) ** 2)
    kernel = (kernel / kernel.sum()).repeat(pictures.shape[1], 1, 1, 1)
    padded = functional.pad(pictures, (reach, reach, reach, reach), mode="replicate")
    across = functional.conv2d(padded, kernel, groups=pictures.shape[1])
    return functional.conv2d(across, kernel.transpose(2, 3), groups=pictures.shape[1])
