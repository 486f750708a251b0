"""How sharp a picture is: the power of its fine detail, in skin and in hair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from creator.training.evaluation.pictures import Floats, Pixels, batches, luma

PATCH = 32
_STEP = 16
_COVERED = 0.95  # share of a patch that must belong to the region


@dataclass(frozen=True)
class Spectrum:
    """``power`` (F,): mean power of luma in rings of equal width; ``frequency`` (F,) in cycles a pixel, up to 0.5."""

    frequency: Floats
    power: Floats
    patches: int

    def octave(self, number: int) -> float:
        """Power of the octave ``number`` from the top (0: a quarter to half a cycle a pixel)."""
        high = 0.5 / 2**number
        inside = (self.frequency > high / 2) & (self.frequency <= high)
        return float(self.power[inside].mean())


def region_spectrum(pixels: Pixels, region: Floats) -> Spectrum | None:
    """Radial power spectrum of luma in patches of 32 pixels inside ``region`` (N, S, S), 0..1; None if there are none.

    Each patch loses its mean and is faded out by a Hann window.
    """
    window = np.hanning(PATCH + 2)[1:-1].astype(np.float32)
    window2 = torch.from_numpy(np.outer(window, window))
    wave = np.fft.fftfreq(PATCH)
    ring = np.rint(np.hypot(wave[:, None], wave[None]) * PATCH).astype(int)
    rings = PATCH // 2
    total, count = np.zeros(rings + 1), 0
    for rows in batches(len(pixels)):
        patches = luma(pixels[rows]).unfold(2, PATCH, _STEP).unfold(3, PATCH, _STEP)[:, 0]
        shares = torch.from_numpy(region[rows]).unfold(1, PATCH, _STEP).unfold(2, PATCH, _STEP)
        patches = patches[shares.mean((-2, -1)) >= _COVERED]
        if not len(patches):
            continue
        flat = (patches - patches.mean((1, 2), keepdim=True)) * window2
        power = torch.fft.fft2(flat).abs().square().sum(0).double().numpy()
        total += np.bincount(ring[ring <= rings], power[ring <= rings], rings + 1)
        count += len(patches)
    if not count:
        return None
    cells = np.bincount(ring[ring <= rings], minlength=rings + 1)
    power = total / cells / count / float((window2**2).sum())
    return Spectrum(np.arange(1, rings + 1) / PATCH, power[1:], count)


def decibels(spectrum: Spectrum, against: Spectrum, octave: int) -> float:
    """How much more power an octave from the top has than in ``against``, in dB; negative is softer."""
    return float(10.0 * np.log10(max(spectrum.octave(octave), 1e-20) / max(against.octave(octave), 1e-20)))
