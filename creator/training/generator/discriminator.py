"""The critic of adversarial refinement: is a portrait a render or the generator's?

It sees the picture over a random background together with exact normals and masks where the data set has them, and at
64 x 64 pixels the head's geometry. Pairs share their person, so it cannot win by telling people apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from creator.training.generator.network import SLOPE, convolution, point_weight
from creator.training.generator.people_dataset import MAP_CHANNELS
from creator.training.generator.splat import dense_splat, sparse_splat

if TYPE_CHECKING:
    from creator.training.head.head_geometry import HeadGeometry

GEOMETRY_SIZE = 64
GEOMETRY_CHANNELS = 7  # normal, place on the head at rest, coverage
EXACT_CHANNELS = 11  # normals and masks
_SMALLEST = 16


@dataclass(frozen=True)
class DiscriminatorConfig:
    """Channels at each side of the features, in pixels; the largest side is that of the largest pictures."""

    widths: tuple[tuple[int, int], ...] = ((512, 24), (256, 48), (128, 96), (64, 192), (32, 288), (16, 384))


class Judgement(NamedTuple):
    """``logits`` (B, 1, 16, 16), higher for renders; ``features`` from large to small, (B, C, S, S)."""

    logits: Tensor
    features: list[Tensor]


class _Stage(nn.Module):
    """A convolution, half the side, another convolution, added to a plain shortcut.

    Halving between the two convolutions, not after them, saves half of the stage's multiply-adds.
    """

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.first = convolution(inputs, inputs)
        self.second = convolution(inputs, outputs, gain=0.7)
        self.shortcut = convolution(inputs, outputs, kernel=1, gain=0.5, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        y = functional.avg_pool2d(functional.leaky_relu(self.first(x), SLOPE), 2)
        y = functional.leaky_relu(self.second(y), SLOPE)
        return y + self.shortcut(functional.avg_pool2d(x, 2))


class Discriminator(nn.Module):
    """Judges pictures of every side in the config from 128 pixels up."""

    def __init__(self, config: DiscriminatorConfig, size: int) -> None:
        super().__init__()
        widths = {side: width for side, width in config.widths if side <= size}
        seen = 4 + EXACT_CHANNELS
        self.enter = nn.ModuleDict({str(s): convolution(seen, w, kernel=1) for s, w in widths.items() if s >= 128})
        self.stages = nn.ModuleDict({str(s): _Stage(w, widths[s // 2]) for s, w in widths.items() if s > _SMALLEST})
        self.read_geometry = convolution(GEOMETRY_CHANNELS, widths[GEOMETRY_SIZE], kernel=1)
        self.last = convolution(widths[_SMALLEST], widths[_SMALLEST])
        self.judge = convolution(widths[_SMALLEST], 1, kernel=1, gain=0.3)
        for part in self.modules():
            if isinstance(part, nn.Conv2d):
                part.weight.data = part.weight.data.to(memory_format=torch.channels_last)

    def forward(self, seen: Tensor, geometry: Tensor) -> Judgement:
        """``seen`` (B, 15, S, S) of :func:`shown`, ``geometry`` (B, 7, 64, 64) of :func:`geometry_map`."""
        side = seen.shape[-1]
        x = self.enter[str(side)](seen)
        features = []
        while side > _SMALLEST:
            if side == GEOMETRY_SIZE:
                x = x + self.read_geometry(geometry)
            x = self.stages[str(side)](x)
            features.append(x)
            side //= 2
        x = functional.leaky_relu(self.last(x), SLOPE)
        return Judgement(self.judge(x), features)


def shown(picture: Tensor, background: Tensor, maps: Tensor | None) -> Tensor:
    """What the discriminator sees, (B, 15, S, S), about -1..1.

    ``picture`` premultiplied RGBA (B, 4, S, S), ``background`` (B, 3) colours 0..1, ``maps`` those of the render.
    """
    alpha = picture[:, 3:]
    over = picture[:, :3] + background[:, :, None, None] * (1.0 - alpha)
    if maps is None:
        exact = picture.new_zeros(len(picture), EXACT_CHANNELS, *picture.shape[2:])
    else:
        exact = torch.cat([maps[:, MAP_CHANNELS["normals"]], maps[:, MAP_CHANNELS["masks"]]], 1)
    return torch.cat([2.0 * over - 1.0, 2.0 * alpha - 1.0, exact], 1)


@torch.no_grad()
def geometry_map(geometry: HeadGeometry, attributes: Tensor, identity: Tensor, dense: bool) -> Tensor:
    """The head's points drawn with normal and place at rest: (B, 7, 64, 64)."""
    points = geometry(attributes, identity)
    place = geometry.canonical.expand(len(attributes), -1, -1)
    weight = point_weight(points.normal[..., 2], points.depth)
    draw = dense_splat if dense else sparse_splat
    return draw(points.xy, weight, torch.cat([points.normal, place], -1), GEOMETRY_SIZE)


def discriminator_loss(render: Tensor, made: Tensor) -> Tensor:
    """Relativistic logistic loss: renders shall be judged higher than pictures made of the same people."""
    return functional.softplus(made - render).mean()


def generator_loss(render: Tensor, made: Tensor) -> Tensor:
    """The same pairs with the order turned round."""
    return functional.softplus(render - made).mean()


def gradient_penalty(judge: Discriminator, seen: Tensor, geometry: Tensor) -> Tensor:
    """Half the mean squared norm of the gradient of each picture's mean judgement (R1 on renders, R2 on made ones)."""
    seen = seen.detach().float().requires_grad_()
    with torch.autocast(seen.device.type, enabled=False):
        total = judge(seen, geometry).logits.mean((1, 2, 3)).sum()
    (gradient,) = torch.autograd.grad(total, seen, create_graph=True)
    return 0.5 * gradient[:, :4].square().sum((1, 2, 3)).mean()


def feature_matching(render: list[Tensor], made: list[Tensor]) -> Tensor:
    """Mean absolute difference of features, each level over the mean magnitude of the render's."""
    total = torch.zeros((), device=render[0].device)
    for one, other in zip(render, made, strict=True):
        one = one.detach().float()
        total = total + (one - other.float()).abs().mean() / one.abs().mean().clamp_min(1e-3)
    return total / len(render)
