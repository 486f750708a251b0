"""Pictures as the measures take them.

Pictures are kept as uint8 ``(N, S, S, 4)``, display-encoded, colour premultiplied by alpha: as the generator shows them
and as the renderer stores them. Measures work on floats 0..1, channels first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from creator.training.gaussian_blur import gaussian_blur
from creator.training.generator.network import PortraitNetwork, quantised
from creator.training.generator.people_dataset import reduced
from creator.training.generator.train import over_grey

Pixels = NDArray[np.uint8]
"""Pictures ``(N, S, S, 4)``, premultiplied RGBA."""
Floats = NDArray[np.floating[Any]]

BLUR_SIGMA = 1.5
"""Of the control, in pixels of the generator's largest picture."""
READING_SIZE = 128
"""Side in pixels of the pictures that the readers look at."""
BATCH = 8
LUMA = (0.299, 0.587, 0.114)


def batches(count: int, size: int = BATCH) -> Iterator[slice]:
    """Slices of at most ``size`` that together cover ``range(count)``."""
    return (slice(start, min(start + size, count)) for start in range(0, count, size))


def floats(pixels: Pixels, size: int | None = None) -> Tensor:
    """Pictures as float32 ``(N, 4, size, size)``, 0..1; smaller ones by means of square blocks."""
    return reduced(torch.from_numpy(pixels), size or pixels.shape[1])


def pixels_of(pictures: Tensor) -> Pixels:
    """Float pictures ``(N, 4, S, S)``, 0..1, as uint8 ``(N, S, S, 4)``."""
    shown = torch.floor(pictures.clamp(0.0, 1.0) * 255.0 + 0.5).to(torch.uint8)
    return np.ascontiguousarray(shown.permute(0, 2, 3, 1).numpy())


def colours(pixels: Pixels) -> Tensor:
    """Over mid grey, float32 ``(N, 3, S, S)``, 0..1."""
    return over_grey(floats(pixels))


def luma(pixels: Pixels) -> Tensor:
    """Luma over mid grey (ITU-R BT.601 weights), float32 ``(N, 1, S, S)``, 0..1."""
    weights = torch.tensor(LUMA).view(1, 3, 1, 1)
    return (colours(pixels) * weights).sum(1, keepdim=True)


def smaller(pixels: Pixels, size: int) -> Pixels:
    """Pictures of ``size`` pixels a side, by means of square blocks, rounded."""
    if pixels.shape[1] == size:
        return pixels
    return np.concatenate([pixels_of(floats(pixels[rows], size)) for rows in batches(len(pixels), 32)])


def blurred(pixels: Pixels, size: int) -> Pixels:
    """The control: ``pixels`` as soft as a picture of ``size`` pixels blurred by ``BLUR_SIGMA`` of its own."""
    sigma = BLUR_SIGMA * pixels.shape[1] / size
    return np.concatenate([pixels_of(gaussian_blur(floats(pixels[rows]), sigma)) for rows in batches(len(pixels), 32)])


class Portraitist:
    """The generator as the measures see it: labels in, shown pictures out."""

    def __init__(self, network: PortraitNetwork, size: int | None = None) -> None:
        self.network = network
        self.size = size or network.config.size

    def __call__(
        self, attributes: NDArray[np.float32], identity: NDArray[np.float32], size: int | None = None
    ) -> Pixels:
        """Pictures of encoded ``attributes`` (N, D) and identity codes (N, 64), ``size`` pixels a side: those of the
        full size (by default the network's largest), or reduced from them."""
        device = next(self.network.parameters()).device
        made = []
        with torch.no_grad():
            for rows in batches(len(attributes)):
                inputs = [torch.from_numpy(part[rows]).to(device) for part in (attributes, identity)]
                made.append(quantised(self.network(*inputs, size=self.size).pictures[-1]).cpu().numpy())
        return smaller(np.concatenate(made), size or self.size)
