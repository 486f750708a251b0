"""Pictures as a generator might have made them: a little soft, noisy or bright; so no reader leans on sharpness."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from creator.training.gaussian_blur import gaussian_blur

LARGEST_SIGMA = 1.2
_GROUP = 4  # pictures that share a blur: a kernel of its own for each would cost as much as the network
_REACH = 3
_NOISE = 0.02
_BRIGHTNESS = 0.06
_COARSER = (112, 96, 80)  # sides that some groups are reduced to and enlarged from, instead of blurred


def softened(pictures: Tensor, random: np.random.Generator) -> Tensor:
    """Premultiplied RGBA (B, 4, S, S), 0..1, in groups of 4 left as they are, blurred by a sigma of up to 1.2 pixels,
    or enlarged from a coarser grid; some with noise, each a little brighter or darker. Stays premultiplied."""
    starts = range(0, len(pictures), _GROUP)
    return torch.cat([_softened_group(pictures[start : start + _GROUP], random) for start in starts])


def _softened_group(pictures: Tensor, random: np.random.Generator) -> Tensor:
    kind = random.random()
    if kind < 0.5:
        pictures = gaussian_blur(pictures, float(random.uniform(0.3, LARGEST_SIGMA)), _REACH)
    elif kind < 0.65:
        side = int(random.choice(_COARSER))
        smaller = functional.interpolate(pictures, size=(side, side), mode="area")
        pictures = functional.interpolate(smaller, size=pictures.shape[-2:], mode="bilinear", align_corners=False)
    alpha = pictures[:, 3:].clamp(0.0, 1.0)
    gain = 1.0 + _BRIGHTNESS * random.uniform(-1.0, 1.0, len(pictures)).astype(np.float32)
    colour = pictures[:, :3] * torch.from_numpy(gain).to(pictures.device)[:, None, None, None]
    if random.random() < 0.5:
        # One field for the group: what is alike in its pictures tells nothing of any of them.
        noise = torch.from_numpy(random.standard_normal(tuple(pictures.shape[-2:]), np.float32)).to(pictures.device)
        colour = colour + alpha * noise * float(random.uniform(0.0, _NOISE))
    return torch.cat([torch.minimum(colour.clamp_min(0.0), alpha), alpha], 1)
