"""The generator: attributes and identity in, a portrait with transparency out.

A mapping network turns attributes and identity into a style vector. The head's geometry is computed exactly from the
same two inputs; its points are drawn as small spots with learned features into maps of 64 x 64 (skin and eyes), 128 x
128 (eyes, brows, nose, mouth) and 32 x 32 (hair). A decoder from 8 x 8 up, modulated by the style, reads the maps. Its
heads are sub-pixel ones: each stage's picture has twice the stage's side, from 128 (the draft) to the config's size.
Further heads give the maps of the largest size: albedo, normals, depth and masks.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from creator.manifest import load_manifest
from creator.training import appearance
from creator.training.generator.fixed_noise import BANDS, FixedNoise, roughened
from creator.training.generator.people_dataset import MAP_CHANNELS
from creator.training.generator.splat import dense_splat, sparse_splat
from creator.training.people_schema import IDENTITY_SIZE

if TYPE_CHECKING:
    from creator.training.head.head_geometry import HeadGeometry

DRAFT_SIZE = 128
SIZES = (128, 256, 512)
MAP_COUNT = sum(at.stop - at.start for at in MAP_CHANNELS.values())
OUTPUTS = ("draft", "portrait", "albedo", "normals", "depth", "masks", "landmarks")
POINT_MAP_SIZE = 64
DETAIL_MAP_SIZE = 128
HAIR_MAP_SIZE = 32
NOISE_SIZE = 256
NOISE_PARTS = ("head_noise",)
MAPS_PARTS = ("head_maps",)
SLOPE = 0.2
CLAMP = 256.0
"""Bound of the decoder's activations: a sum over the widest layer stays within half precision."""

ALPHA_MARGIN = 0.016  # 4/255: the network's uncertainty about empty and solid places
SHADING_FEATURES = 4
"""Normal and cosine to the key light."""
HAIR_SHADING_FEATURES = 8
"""Tangent, direction outward, and their cosines to the key light."""


@dataclass(frozen=True)
class NetworkConfig:
    """Sizes of the generator, whose largest picture has ``size`` pixels a side (128, 256 or 512).

    ``widths``: channels at 8, 16, 32, 64, 128 and 256, of which the last ones are used for large pictures only;
    ``depths``: 3 x 3 convolutions there.
    """

    attribute_size: int
    appearance_size: int
    size: int = 512
    identity_size: int = IDENTITY_SIZE
    style_size: int = 256
    widths: tuple[int, ...] = (256, 192, 160, 128, 80, 48)
    depths: tuple[int, ...] = (1, 1, 1, 2, 2, 2)
    start_channels: int = 16
    point_features: int = 14
    detail_features: int = 12
    hair_features: int = 8
    texture_rank: int = 16
    maps_width: int = 64

    def to_json(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)

    @staticmethod
    def from_json(text: str) -> NetworkConfig:
        """Read what :meth:`to_json` wrote. Raises :class:`TypeError` or :class:`ValueError` for anything else."""
        entries = json.loads(text)
        if set(entries) != {each.name for each in fields(NetworkConfig)}:
            raise ValueError("the network is of an older version")
        entries["widths"] = tuple(entries["widths"])
        entries["depths"] = tuple(entries["depths"])
        return NetworkConfig(**entries)

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sides of the pictures, in pixels."""
        return tuple(size for size in SIZES if size <= self.size)


def canonical_features(canonical: Tensor, count: int) -> Tensor:
    """``count`` smooth functions of the canonical position: ``(K, 3)`` to ``(K, count)``, about -1..1.

    The position itself, then sines and cosines of rising frequency along the axes.
    """
    centred = canonical - canonical.mean(0)
    position = centred / centred.abs().amax(0).clamp_min(1e-6)
    columns = [position[:, axis] for axis in range(3)]
    octave = 1.0
    while len(columns) < count:
        for wave in (torch.sin, torch.cos):
            columns.extend(wave(math.pi * octave * position[:, axis]) for axis in range(3))
        octave *= 2.0
    return torch.stack(columns[:count], 1)


def modulate(x: Tensor, style: Tensor) -> Tensor:
    """Scale and shift each channel: ``x`` ``(B, C, H, W)``, ``style`` ``(B, 2 C)`` with scales about 0."""
    scale, shift = style.to(x.dtype).unsqueeze(-1).unsqueeze(-1).chunk(2, 1)
    return torch.addcmul(shift, x, 1.0 + scale)


def convolution(inputs: int, outputs: int, kernel: int = 3, gain: float = 1.0, bias: bool = True) -> nn.Conv2d:
    layer = nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, bias=bias)
    nn.init.normal_(layer.weight, std=gain * math.sqrt(2.0 / (inputs * kernel * kernel)))
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)
    return layer


def sub_pixel_head(inputs: int, outputs: int, gain: float) -> nn.Conv2d:
    """A convolution to ``outputs`` layers of four sub-pixels each, which start alike: no checkerboard to unlearn."""
    layer = convolution(inputs, 4 * outputs, gain=gain)
    layer.weight.data = layer.weight.data[::4].repeat_interleave(4, 0)
    return layer


def activated(x: Tensor) -> Tensor:
    """Leaky ReLU within half precision."""
    # hardtanh is a clamp whose gradient takes one pass over the memory instead of four.
    return functional.hardtanh(functional.leaky_relu(x, SLOPE, inplace=True), -CLAMP, CLAMP)


class Stage(nn.Module):
    """One resolution: convolve at the lower resolution, enlarge, add the geometry map, modulate, convolve.

    With ``map_channels`` 0 there is no map.
    """

    def __init__(self, inputs: int, width: int, depth: int, style_size: int, map_channels: int, enlarge: bool) -> None:
        super().__init__()
        self.enlarge = enlarge
        self.enter = convolution(inputs, width)
        if map_channels:
            self.read_map = convolution(map_channels, width, kernel=1, bias=False)
        self.style = nn.Linear(style_size, 2 * width)
        nn.init.normal_(self.style.weight, std=0.25 / math.sqrt(style_size))
        nn.init.zeros_(self.style.bias)
        self.layers = nn.ModuleList(convolution(width, width) for _ in range(depth))

    def forward(self, x: Tensor, style: Tensor, point_map: Tensor | None = None) -> Tensor:
        x = self.enter(x)
        if point_map is None:  # enlarging commutes with the modulation, which is a quarter of the work before it
            x = modulate(x, self.style(style))
        if self.enlarge:
            x = functional.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)
        if point_map is not None:
            x = modulate(x + self.read_map(point_map), self.style(style))
        x = activated(x)
        for layer in self.layers:
            x = activated(layer(x))
        return x


class PointTexture(nn.Module):
    """Learned features of points, a mean plus directions mixed by the style: ``(B, style)`` to ``(B, K, C)``."""

    def __init__(self, canonical: Tensor, channels: int, rank: int, style_size: int) -> None:
        super().__init__()
        points = canonical.shape[0]
        self.mean = nn.Parameter(canonical_features(canonical, channels))
        self.directions = nn.Parameter(0.05 * torch.randn(rank, points * channels))
        self.mix = nn.Linear(style_size, rank)

    def forward(self, style: Tensor) -> Tensor:
        mixed = torch.matmul(self.mix(style), self.directions)
        return self.mean + mixed.view(-1, *self.mean.shape)


class MapsHead(nn.Module):
    """Layers of twice the side, of a decoder's features: a head that can be trained after them."""

    def __init__(self, inputs: int, width: int, outputs: int) -> None:
        super().__init__()
        self.enter = convolution(inputs, width)
        # Nothing at first, so that a network whose maps were never trained is the same each time it is loaded.
        self.leave = sub_pixel_head(width, outputs, gain=0.0)

    def forward(self, x: Tensor) -> Tensor:
        found: Tensor = self.leave(activated(self.enter(x)))
        return found


class _Inputs(NamedTuple):
    attributes: Tensor
    identity: Tensor
    appearance: Tensor

    def palette(self) -> Tensor:
        """The colours of skin, hair, iris, cloth and lips ``(B, N, 3)``, display-encoded, 0..1."""
        return 0.5 * (self.appearance[:, :-3] + 1.0).view(self.appearance.shape[0], -1, 3)

    def lit(self, directions: Tensor) -> Tensor:
        """Cosines ``(B, K, 1)`` of unit vectors ``(B, K, 3)`` to the key light."""
        return (directions * self.appearance[:, -3:].unsqueeze(1)).sum(-1, keepdim=True)


class Portraits(NamedTuple):
    """``pictures``: unclamped premultiplied RGBA, about 0..1, ``(B, 4, S, S)`` from 128 pixels up; ``maps``
    ``(B, 15, S, S)`` at the largest size, in the order and ranges of ``people_dataset.Batch``,
    unclamped."""

    pictures: list[Tensor]
    maps: Tensor | None


class PortraitNetwork(nn.Module):
    """The trainable generator with all heads.

    ``geometry`` is a :class:`~creator.training.head.head_geometry.HeadGeometry`; it has no trainable parameter.
    Its ``appearance`` gives the colours of a person in closed form, and last the unit vector to the key light.
    The heads give RGBA and, for each of these colours, how much of it shows: so a colour need not be learned, only
    where it goes and how it is shaded.
    """

    def __init__(self, config: NetworkConfig, geometry: HeadGeometry) -> None:
        super().__init__()
        self.config = config
        self.geometry = geometry
        style, widths, depths = config.style_size, config.widths, config.depths
        self.colours = (config.appearance_size - 3) // 3
        inputs = 3 * config.attribute_size + config.appearance_size + config.identity_size
        self.register_buffer("attribute_mean", torch.zeros(config.attribute_size))
        self.register_buffer("attribute_scale", torch.ones(config.attribute_size))
        self.mapping = nn.ModuleList(nn.Linear(size, style) for size in (inputs, style, style))
        canonical = geometry.canonical.detach().float()
        self.texture = PointTexture(canonical, config.point_features, config.texture_rank, style)
        hair = geometry.hair_canonical.detach().float().mean(0)
        self.hair_texture = PointTexture(hair, config.hair_features, config.texture_rank, style)
        map_channels = config.point_features + SHADING_FEATURES + config.hair_features + HAIR_SHADING_FEATURES + 2
        detail_channels = config.detail_features + SHADING_FEATURES + 1
        self.start = nn.Linear(style, 64 * config.start_channels)
        self.stage8 = Stage(config.start_channels, widths[0], depths[0], style, map_channels, enlarge=False)
        self.stage16 = Stage(widths[0], widths[1], depths[1], style, map_channels, enlarge=True)
        self.stage32 = Stage(widths[1], widths[2], depths[2], style, map_channels, enlarge=True)
        self.stage64 = Stage(widths[2], widths[3], depths[3], style, map_channels, enlarge=True)
        layers = 4 + self.colours
        self.head128 = sub_pixel_head(widths[3], layers, gain=0.3)
        if config.size >= 256:
            detail = canonical[geometry.detail_points]
            self.detail_texture = PointTexture(detail, config.detail_features, config.texture_rank, style)
            self.stage128 = Stage(widths[3], widths[4], depths[4], style, detail_channels, enlarge=True)
            self.head256 = sub_pixel_head(widths[4], layers, gain=0.1)
            self.noise256 = FixedNoise(DETAIL_MAP_SIZE)
            self.head_noise = convolution(widths[4], 2 * len(BANDS), gain=0.0)
        if config.size >= 512:
            self.stage256 = Stage(widths[4], widths[5], depths[5], style, 0, enlarge=True)
            self.head512 = sub_pixel_head(widths[5], layers, gain=0.1)
        read = {128: widths[3] + map_channels, 256: widths[4] + detail_channels, 512: widths[5]}
        self.head_maps = nn.ModuleDict(
            {str(side): MapsHead(read[side], config.maps_width, MAP_COUNT + self.colours) for side in config.sizes}
        )
        for part in self.modules():
            if isinstance(part, nn.Conv2d):
                part.weight.data = part.weight.data.to(memory_format=torch.channels_last)

    def top_parts(self, size: int) -> tuple[str, ...]:
        """Names of the parts that pictures of ``size`` pixels (and maps, if that is the largest) need beyond those of
        the smaller pictures, but for the strength of the noise."""
        parts = {256: ("detail_texture", "stage128", "head256"), 512: ("stage256", "head512")}[size]
        return (*parts, *MAPS_PARTS) if size == self.config.size else parts

    def standardise(self, attributes: Tensor) -> None:
        """Take mean and spread of each encoded attribute from a sample of people ``(N, attribute_size)``."""
        mean, spread = attributes.float().mean(0), attributes.float().std(0, unbiased=False)
        self.get_buffer("attribute_mean").copy_(mean)
        self.get_buffer("attribute_scale").copy_(1.0 / spread.clamp_min(0.2))

    def skin_maps(self, inputs: _Inputs, style: Tensor, detail: bool, dense: bool) -> list[Tensor]:
        """Skin and eyes: 64 x 64 of all points and, if ``detail``, 128 x 128 of the detail points."""
        points = self.geometry(inputs.attributes, inputs.identity)
        weight = point_weight(points.normal[..., 2], points.depth)
        shading = torch.cat([points.normal, inputs.lit(points.normal)], -1)
        draw = dense_splat if dense else sparse_splat
        maps = [draw(points.xy, weight, torch.cat([self.texture(style), shading], -1), POINT_MAP_SIZE)]
        if detail:
            chosen = self.geometry.detail_points
            xy, weight, shading = (part.index_select(1, chosen) for part in (points.xy, weight, shading))
            maps.append(draw(xy, weight, torch.cat([self.detail_texture(style), shading], -1), DETAIL_MAP_SIZE))
        return maps

    def hair_map(self, inputs: _Inputs, style: Tensor, dense: bool) -> Tensor:
        """The strands' points at 32 x 32: they are few, and lie far apart."""
        hair = self.geometry.hair(inputs.attributes, inputs.identity)
        weight = hair.present * torch.exp(2.0 * hair.outward[..., 2])
        shading = [hair.tangent, hair.outward, inputs.lit(hair.tangent), inputs.lit(hair.outward)]
        features = torch.cat([self.hair_texture(style), *shading], -1)
        return (dense_splat if dense else sparse_splat)(hair.xy, weight, features, HAIR_MAP_SIZE)

    def style_of(self, inputs: _Inputs) -> Tensor:
        """The style vector ``(B, style_size)``."""
        attributes = inputs.attributes
        standard = (attributes - self.get_buffer("attribute_mean")) * self.get_buffer("attribute_scale")
        # Waves let mid-range optima show; -1..1 is one turn, so that a hue can run in a circle.
        turns = math.pi * attributes
        style = torch.cat([standard, torch.sin(turns), torch.cos(turns), inputs.appearance, inputs.identity], 1)
        for index, layer in enumerate(self.mapping):
            changed = functional.leaky_relu(layer(style), SLOPE)
            style = style + changed if index else changed
        return style

    def forward(
        self, attributes: Tensor, identity: Tensor, size: int | None = None, maps: bool = False, dense: bool = False
    ) -> Portraits:
        """Portraits from 128 pixels up to ``size`` (by default the config's), and ``maps`` at the config's size.

        ``attributes`` float32 ``(B, attribute_size)`` as encoded by the schema, ``identity`` float32 ``(B, 64)``.
        ``dense`` draws the points by matrix products (any device, exportable), else by sparse ones (CPU, fast).
        """
        size = self.config.size if size is None or maps else size
        # Geometry and mapping are cheap and need the precision; the decoder may run in bfloat16.
        with torch.autocast(attributes.device.type, enabled=False):
            inputs = _Inputs(attributes, identity, self.geometry.appearance(attributes))
            style = self.style_of(inputs)
            drawn = self.skin_maps(inputs, style, detail=size > DRAFT_SIZE, dense=dense)
            hair32 = self.hair_map(inputs, style, dense=dense)
            hair64 = functional.interpolate(hair32, scale_factor=2.0, mode="bilinear", align_corners=False)
            map64 = torch.cat([drawn[0], hair64], 1)
            map32 = torch.cat([functional.avg_pool2d(drawn[0], 2), hair32], 1)
            map16 = functional.avg_pool2d(map32, 2)
            map8 = functional.avg_pool2d(map16, 2)
            palette = inputs.palette()
            if size > DRAFT_SIZE:
                tangent = hair64[:, self.config.hair_features : self.config.hair_features + 2]
                noise = self.noise256(enlarged(tangent))
        x = self.start(style).view(-1, 8, 8, self.config.start_channels).permute(0, 3, 1, 2)
        x = self.stage8(x, style, map8)
        x = self.stage16(x, style, map16)
        x = self.stage32(x, style, map32)
        x = self.stage64(x, style, map64)
        layers = self.head128(x)
        pictures = [painted(layers, palette)]
        heads, found = self.head_maps, None
        if maps:
            found = painted(heads["128"](torch.cat([x, map64.to(x.dtype)], 1)), palette)
        if size > 128:
            x = self.stage128(x, style, drawn[1])
            finer = self.head256(x)
            smooth = enlarged(pictures[-1]) + painted(finer, palette)
            hair = enlarged(hair_share(layers)) + hair_share(finer)
            pictures.append(roughened(smooth, self.head_noise(x), noise, hair))
            if found is not None:
                found = enlarged(found) + painted(heads["256"](torch.cat([x, drawn[1].to(x.dtype)], 1)), palette)
        if size > 256:
            x = self.stage256(x, style)
            pictures.append(enlarged(pictures[-1]) + painted(self.head512(x), palette))
            if found is not None:
                found = enlarged(found) + painted(heads["512"](x), palette)
        return Portraits(pictures, found)


def enlarged(picture: Tensor) -> Tensor:
    """Twice the side, bilinear."""
    return functional.interpolate(picture, scale_factor=2.0, mode="bilinear", align_corners=False)


def painted(layers: Tensor, palette: Tensor) -> Tensor:
    """A picture or maps ``(B, C, 2 S, 2 S)`` from a head's layers ``(B, 4 (C + N), S, S)``, four sub-pixels each.

    The layers are colour and C - 3 more, then the shares of the palette's colours ``(B, N, 3)``. Mixing before the
    sub-pixels are spread out leaves fewer layers to spread and to enlarge.
    """
    batch, channels, height, width = layers.shape
    kept = channels // 4 - palette.shape[1]
    flat = layers.reshape(batch, channels // 4, 4 * height * width)
    colour = torch.matmul(palette.to(layers.dtype).transpose(1, 2), flat[:, kept:])
    mixed = torch.cat([flat[:, :3] + colour, flat[:, 3:kept]], 1)
    return functional.pixel_shuffle(mixed.view(batch, 4 * kept, height, width), 2)


def hair_share(layers: Tensor) -> Tensor:
    """How much of each pixel has the colour of hair ``(B, 1, 2 S, 2 S)``, of a head's layers for a picture."""
    first = 4 * (4 + appearance.HAIR)
    return functional.pixel_shuffle(layers[:, first : first + 4], 2)


def point_weight(facing: Tensor, depth: Tensor) -> Tensor:
    """How much a point counts where points overlap: facing cosine ``(B, K)``, nearer points more."""
    nearest = depth.amin(1, keepdim=True)
    span = (depth.amax(1, keepdim=True) - nearest).clamp_min(1e-6)
    return functional.relu(facing) * torch.exp(-4.0 * (depth - nearest) / span)


class PortraitVariant(nn.Module):
    """The picture of one size as it is shipped: uint8 ``(B, S, S, 4)``, colour clamped to alpha."""

    def __init__(self, network: PortraitNetwork, size: int) -> None:
        super().__init__()
        self.network = network
        self.size = size

    def forward(self, attributes: Tensor, identity: Tensor) -> Tensor:
        return quantised(self.network(attributes, identity, self.size, dense=True).pictures[-1])


class PortraitOutputs(nn.Module):
    """What is exported, in the order of :data:`OUTPUTS`: the draft and the full picture as uint8 ``(B, S, S, 4)``, the
    maps of the full one (see :func:`quantised_maps`) and the landmarks (see ``HeadGeometry.landmarks``)."""

    def __init__(self, network: PortraitNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, attributes: Tensor, identity: Tensor) -> tuple[Tensor, ...]:
        found = self.network(attributes, identity, maps=True, dense=True)
        assert found.maps is not None
        pictures = (quantised(found.pictures[0]), quantised(found.pictures[-1]))
        return (*pictures, *quantised_maps(found.maps), self.network.geometry.landmarks(attributes, identity))


def quantised_maps(maps: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Float maps ``(B, 15, S, S)`` as stored in shards, channels last: albedo uint8 (3), normals uint8 (3, unit
    length, 128 + 127 n), depth float16 (1), masks uint8 (8)."""
    albedo, normals, depth, masks = (maps[:, at] for at in MAP_CHANNELS.values())
    # Squares of small numbers vanish in half precision: scale to the largest component first.
    largest = normals.abs().amax(1, keepdim=True).clamp_min(1e-3)
    normals = normals / largest
    normals = normals * torch.rsqrt((normals * normals).sum(1, keepdim=True).clamp_min(1e-3))

    def bytes_of(values: Tensor, scale: float, shift: float) -> Tensor:
        return torch.floor(values.permute(0, 2, 3, 1) * scale + (shift + 0.5)).to(torch.uint8)

    return (
        bytes_of(albedo.clamp(0.0, 1.0), 255.0, 0.0), bytes_of(normals.clamp(-1.0, 1.0), 127.0, 128.0),
        depth.permute(0, 2, 3, 1).to(torch.float16), bytes_of(masks.clamp(0.0, 1.0), 255.0, 0.0),
    )  # fmt: skip


def quantised(portrait: Tensor) -> Tensor:
    """Float ``(B, 4, S, S)`` to valid premultiplied uint8 ``(B, S, S, 4)``: alpha in 0..1, colour in 0..alpha.

    Alpha is stretched by ``ALPHA_MARGIN`` at both ends: what is nearly clear or nearly solid becomes so.
    """
    alpha = ((portrait[:, 3:] - ALPHA_MARGIN) * (1.0 / (1.0 - 2.0 * ALPHA_MARGIN))).clamp(0.0, 1.0)
    colour = torch.minimum(portrait[:, :3].clamp_min(0.0), alpha)
    picture = torch.cat([colour, alpha], 1).permute(0, 2, 3, 1)
    return torch.floor(picture * 255.0 + 0.5).to(torch.uint8)


def multiply_adds(network: PortraitNetwork, size: int, maps: bool = False) -> dict[str, float]:
    """Multiply-adds of one portrait of ``size`` pixels by part, in millions (convolutions, linear layers, splats)."""
    counts: dict[str, float] = {}
    handles = []

    def count_for(name: str) -> Any:
        def count(layer: nn.Module, _inputs: Any, output: Tensor) -> None:
            if isinstance(layer, nn.Conv2d):
                each = layer.in_channels * layer.kernel_size[0] * layer.kernel_size[1]
            else:
                each = cast(nn.Linear, layer).in_features
            part = name.split(".")[0]
            counts[part] = counts.get(part, 0.0) + each * output[0].numel() / 1e6

        return count

    for name, layer in network.named_modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            handles.append(layer.register_forward_hook(count_for(name)))
    device = next(network.parameters()).device
    config = network.config
    with torch.no_grad():
        attributes = torch.zeros(1, config.attribute_size, device=device)
        network(attributes, torch.zeros(1, config.identity_size, device=device), size, maps, dense=True)
    for handle in handles:
        handle.remove()
    splats = [
        (network.geometry.hair_canonical.shape[1], HAIR_MAP_SIZE, config.hair_features + HAIR_SHADING_FEATURES),
        (network.geometry.canonical.shape[0], POINT_MAP_SIZE, config.point_features + SHADING_FEATURES),
    ]
    if size > DRAFT_SIZE:
        detail = len(network.geometry.detail_points)
        splats.append((detail, DETAIL_MAP_SIZE, config.detail_features + SHADING_FEATURES))
    counts["splat"] = sum(points * side**2 * (channels + 1) for points, side, channels in splats) / 1e6
    return counts


def learned_parameters(network: PortraitNetwork) -> Sequence[nn.Parameter]:
    return [parameter for parameter in network.parameters() if parameter.requires_grad]


def people_config(size: int = 512) -> NetworkConfig:
    """The shipped generator's sizes up to pictures of ``size`` pixels, for the attribute schema in code."""
    from creator.training.people_schema import SCHEMA

    return NetworkConfig(SCHEMA.encoded_size, appearance_size=appearance.SIZE, size=size)


def people_network(config: NetworkConfig) -> PortraitNetwork:
    """The untrained generator with the real head's geometry (read from the head assets)."""
    from creator.training.head.head_geometry import HeadGeometry

    return PortraitNetwork(config, HeadGeometry())


def load_generator(folder: Path) -> PortraitNetwork:
    """The network with the weights of the model in ``folder``, read from its most precise graph.

    Raises :class:`~creator.errors.ModelError` if the graph was exported from another network than the one in code.
    """
    from creator.training.generator.export_onnx import read_network

    return read_network(folder / load_manifest(folder).variant("full").file, people_network, people_config)
