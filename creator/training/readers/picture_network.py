"""A small convolutional network that looks at a portrait of 128 pixels.

Portraits are framed alike, so the last maps are not averaged over the picture: where something is tells what it is.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from creator.training.generator.train import GREY

SIZE = 128


@dataclass(frozen=True)
class PictureNetworkConfig:
    """``width`` of the first layer, ``features`` before the heads, and each head's name and size."""

    width: int
    features: int
    heads: tuple[tuple[str, int], ...]

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str) -> PictureNetworkConfig:
        """Read what :meth:`to_json` wrote. Raises ValueError, KeyError or TypeError for anything else."""
        found = json.loads(text)
        heads = tuple((str(name), int(size)) for name, size in found["heads"])
        return PictureNetworkConfig(int(found["width"]), int(found["features"]), heads)


def _layer(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    """Convolution (3x3, no bias), batch normalisation, ReLU."""
    convolution = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(outputs), nn.ReLU())


class _Residual(nn.Module):
    """Two layers beside a plain shortcut."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = _layer(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(x + self.second(self.first(x)))


class PictureNetwork(nn.Module):
    """Pictures (B, 4, 128, 128), float 0..1, premultiplied, to features (B, features) and one output for each head."""

    def __init__(self, config: PictureNetworkConfig) -> None:
        super().__init__()
        self.config = config
        w = config.width
        self.trunk = nn.Sequential(
            nn.PixelUnshuffle(2), _layer(16, w),
            _layer(w, 2 * w, 2), _Residual(2 * w),
            _layer(2 * w, 4 * w, 2), _Residual(4 * w),
            _layer(4 * w, 6 * w, 2), _Residual(6 * w),
            nn.Conv2d(6 * w, w, 1), nn.BatchNorm2d(w), nn.ReLU(), nn.Flatten(),
        )  # fmt: skip
        self.join = nn.Linear(64 * w, config.features)
        self.heads = nn.ModuleDict({name: nn.Linear(config.features, size) for name, size in config.heads})
        for part in self.modules():
            if isinstance(part, nn.Conv2d):
                part.weight.data = part.weight.data.to(memory_format=torch.channels_last)

    def features(self, pictures: Tensor) -> Tensor:
        """What the heads look at, (B, features), not negative."""
        alpha = pictures[:, 3:]
        over = pictures[:, :3] + GREY * (1.0 - alpha)
        seen = torch.cat([4.0 * (over - GREY), 2.0 * alpha - 1.0], 1)
        return functional.relu(self.join(self.trunk(seen)))

    def forward(self, pictures: Tensor) -> dict[str, Tensor]:
        """The heads' outputs by name, and ``features``."""
        features = self.features(pictures)
        return {"features": features} | {name: head(features) for name, head in self.heads.items()}
