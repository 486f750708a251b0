"""Noise that never changes, of which the generator makes what no label tells: strands of hair.

Where each strand lies is not in the inputs, so a network taught by differences alone paints their mean, a smooth mass
(Karras et al. 2019, "A Style-Based Generator Architecture for Generative Adversarial Networks", adds noise for this).
Here the noise is a constant: the same inputs give the same picture. Streaks along the hair are sums of noise drawn out
in a few fixed orientations, weighted by the hair's own (steerable as in Freeman and Adelson 1991): what line integral
convolution gives (Cabral and Leedom 1993), by multiplications alone.
"""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

ORIENTATIONS = 8
STREAK_LENGTH = 7.0  # pixels of the picture, standard deviation
BANDS = ((0.18, 0.7), (0.05, 0.18))
"""Cycles a pixel across the streaks: single strands, and locks of them."""


def streak_noise(size: int, orientation: float, band: tuple[float, float], seed: int) -> NDArray[np.float32]:
    """Periodic noise ``(size, size)`` of mean 0 and variance 1 in ``band``, drawn out along ``orientation``, in radians
    from right to down."""
    white = np.random.RandomState(seed).standard_normal((size, size))
    down, right = np.meshgrid(np.fft.fftfreq(size), np.fft.fftfreq(size), indexing="ij")
    along = right * math.cos(orientation) + down * math.sin(orientation)
    across = down * math.cos(orientation) - right * math.sin(orientation)
    length = STREAK_LENGTH * (BANDS[0][0] / band[0]) ** 0.5  # wider streaks are longer
    wanted = np.exp(-0.5 * (2.0 * math.pi * length * along) ** 2)
    wanted *= (1.0 - np.exp(-((across / band[0]) ** 4))) * np.exp(-((across / band[1]) ** 4))
    noise = np.fft.ifft2(np.fft.fft2(white) * wanted).real
    return np.asarray((noise - noise.mean()) / noise.std(), np.float32)


def _sub_pixels(pictures: NDArray[np.float32]) -> Tensor:
    """``(N, 2 S, 2 S)`` to ``(N, 4, S, S)``."""
    return functional.pixel_unshuffle(torch.from_numpy(pictures).unsqueeze(1), 2)


class FixedNoise(nn.Module):
    """Streaks in each of ``BANDS`` for a picture of twice ``side`` pixels."""

    def __init__(self, side: int) -> None:
        super().__init__()
        angles = [math.pi * k / ORIENTATIONS for k in range(ORIENTATIONS)]
        streaks = [
            np.stack([streak_noise(2 * side, angle, band, 1 + ORIENTATIONS * b + k) for k, angle in enumerate(angles)])
            for b, band in enumerate(BANDS)
        ]
        # Streaks turned by half a turn are the same, so directions are compared at twice the angle.
        double = torch.tensor([[math.cos(2.0 * angle), math.sin(2.0 * angle)] for angle in angles])
        self.register_buffer("streaks", torch.cat([_sub_pixels(each) for each in streaks], 1), persistent=False)
        self.register_buffer("directions", double.view(ORIENTATIONS, 2, 1, 1), persistent=False)

    def forward(self, tangent: Tensor) -> Tensor:
        """Noise ``(B, 2, 2 side, 2 side)`` along ``tangent`` ``(B, 2, side, side)``, right and up, of any length;
        downward where it is 0, as beards grow."""
        right, up = tangent.chunk(2, 1)
        up = up - 0.05
        length = right * right + up * up + 1e-4
        cosine, sine = (right * right - up * up) / length, -2.0 * right * up / length
        directions = self.get_buffer("directions")
        near = functional.relu(cosine * directions[:, 0] + sine * directions[:, 1])
        near = near * near
        near = near * near
        near = near * torch.rsqrt((near * near).sum(1, keepdim=True) + 1e-3)
        return functional.pixel_shuffle((near.unsqueeze(2) * self.get_buffer("streaks")).sum(1), 2)


def roughened(picture: Tensor, strength: Tensor, noise: Tensor, hair: Tensor) -> Tensor:
    """Premultiplied ``picture`` ``(B, 4, S, S)`` with ``noise`` ``(B, 2, S, S)`` in brightness and cover.

    ``strength`` ``(B, 4, S / 2, S / 2)``: of each noise, relative, in brightness, then in cover. ``hair``
    ``(B, 1, S, S)``: how much of a pixel is hair, about 0..1.
    """
    each = functional.interpolate(strength, scale_factor=2.0, mode="bilinear", align_corners=False)
    # Little hair is a brow, a shadow or an error: only from a third on does it show strands.
    noise = noise * (1.5 * hair - 0.5).clamp(0.0, 1.0)
    brighter, denser = (1.0 + (part * noise).sum(1, keepdim=True) for part in each.chunk(2, 1))
    cover = picture * denser
    return torch.cat([cover[:, :3] * brighter, cover[:, 3:]], 1)
