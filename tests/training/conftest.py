"""A tiny generator on a stand-in head, and a tiny schema with the attributes the generator needs."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.attributes import Attribute, AttributeSchema  # noqa: E402
from creator.training.generator.network import NetworkConfig, PortraitNetwork  # noqa: E402
from creator.training.generator.people_dataset import write_shard  # noqa: E402


class Points(NamedTuple):
    xy: torch.Tensor
    normal: torch.Tensor
    depth: torch.Tensor


class Strands(NamedTuple):
    xy: torch.Tensor
    tangent: torch.Tensor
    outward: torch.Tensor
    present: torch.Tensor


class StandInHead(torch.nn.Module):
    """A ball of points that moves linearly with the inputs, in place of the real head's geometry."""

    def __init__(self, attribute_size: int, point_count: int = 60) -> None:
        super().__init__()
        source = torch.Generator().manual_seed(5)
        ball = torch.nn.functional.normalize(torch.randn(point_count, 3, generator=source), dim=1)
        self.point_count = point_count
        self.register_buffer("canonical", ball)
        self.register_buffer("moves", 0.01 * torch.randn(attribute_size + 64, point_count * 3, generator=source))
        self.register_buffer("hair_canonical", ball[None, :9])
        self.register_buffer("detail_points", torch.arange(12))

        self.landmark_names = ("crown", "nose_tip", "chin")

    def landmarks(self, attributes: torch.Tensor, identity: torch.Tensor) -> torch.Tensor:
        points = self.forward(attributes, identity)
        return torch.cat([points.xy[:, :3], points.normal[:, :3, 2:]], -1)

    def appearance(self, attributes: torch.Tensor) -> torch.Tensor:
        """Two colours and the direction to the light."""
        angle = attributes[:, 1:2]
        colours = [attributes[:, :3] ** 2, attributes[:, 1:4] ** 2]
        return torch.cat([*colours, torch.sin(angle), torch.zeros_like(angle), torch.cos(angle)], 1)

    def hair(self, attributes: torch.Tensor, identity: torch.Tensor) -> Strands:
        points = self.forward(attributes, identity)
        return Strands(points.xy[:, :9], points.normal[:, :9].flip(-1), points.normal[:, :9], attributes[:, 4:5])

    def forward(self, attributes: torch.Tensor, identity: torch.Tensor) -> Points:
        moved = torch.matmul(torch.cat([attributes, identity], 1), self.moves)
        place = self.canonical + moved.view(-1, self.point_count, 3)
        xy = torch.stack([0.5 + 0.3 * place[..., 0], 0.5 - 0.3 * place[..., 1]], -1)
        return Points(xy, torch.nn.functional.normalize(place, dim=-1), 3.0 - place[..., 2])


def _slider(name: str, minimum: float, maximum: float) -> Attribute:
    default = (minimum + maximum) / 2
    return Attribute(name, name, "All", "continuous", name, default, minimum=minimum, maximum=maximum)


@pytest.fixture(scope="session")
def small_schema() -> AttributeSchema:
    hair = Attribute(
        "hair", "Hair", "All", "choice", "Hair", "long", choices=("short", "long"), choice_labels=("Short", "Long")
    )
    angles = (_slider("light_azimuth", -80.0, 80.0), _slider("light_elevation", -20.0, 70.0))
    return AttributeSchema((_slider("yaw", -40.0, 40.0), *angles, hair))


@pytest.fixture(scope="session")
def small_config(small_schema: AttributeSchema) -> NetworkConfig:
    return NetworkConfig(
        attribute_size=small_schema.encoded_size, appearance_size=9, style_size=16,
        size=256, widths=(16, 16, 16, 16, 16, 16), depths=(1, 1, 1, 1, 1, 1), start_channels=4,
        point_features=4, detail_features=4, texture_rank=2,
    )  # fmt: skip


@pytest.fixture(scope="session")
def mapped_folder(tmp_path_factory: pytest.TempPathFactory, small_schema: AttributeSchema) -> Path:
    """A shard of 40 such people with maps."""
    folder = tmp_path_factory.mktemp("mapped")
    write_shard(folder, 0, make_people(small_schema.encoded_size, 40, 0, maps=True))
    return folder


def make_small_network(config: NetworkConfig) -> PortraitNetwork:
    return PortraitNetwork(config, StandInHead(config.attribute_size))


@pytest.fixture
def make_network():
    return make_small_network


@pytest.fixture(scope="session")
def small_network(small_config: NetworkConfig) -> PortraitNetwork:
    """No two weights alike, as in a trained network."""
    torch.manual_seed(3)
    network = make_small_network(small_config)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(0.02 * torch.randn_like(parameter))
    return network.eval().requires_grad_(False)


@pytest.fixture(scope="session")
def people_folder(tmp_path_factory: pytest.TempPathFactory, small_schema: AttributeSchema) -> Path:
    """Two shards of 40 people: a disc whose colour and place follow the attributes."""
    folder = tmp_path_factory.mktemp("people")
    for index in range(2):
        write_shard(folder, index, make_people(small_schema.encoded_size, 40, index))
    return folder


def make_people(attribute_size: int, count: int, seed: int, maps: bool = False) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)
    attributes = random.uniform(-1, 1, (count, attribute_size)).astype(np.float32)
    y, x = np.mgrid[0:256, 0:256]
    images = np.zeros((count, 256, 256, 4), np.uint8)
    attributes[:, 3:] = np.eye(2, dtype=np.float32)[random.integers(0, 2, count)]
    for image, values in zip(images, attributes, strict=True):
        inside = (x - 128 - 40 * values[0]) ** 2 + (y - 128) ** 2 < 80**2
        image[inside] = (128 + 100 * values[1], 128 + 100 * values[2], 90, 255)
    weights = np.full((count, 64, 64), 16, np.uint8)
    weights[:, :, 10:20] = 128
    solid = images[..., 3]
    found = {
        "albedo": images[..., :3], "normals": np.full((count, 256, 256, 3), 128, np.uint8),
        "depth": (solid / 255).astype(np.float16), "masks": np.zeros((count, 256, 256, 8), np.uint8),
    }  # fmt: skip
    found["masks"][..., 0] = solid
    found["normals"][..., 2] += (solid > 0).astype(np.uint8) * 127
    return (found if maps else {}) | {
        "images": images, "attributes": attributes, "weights": weights,
        "identity": random.standard_normal((count, 64)).astype(np.float32),
        "mirrorable": np.arange(count) % 2 == 0,
    }  # fmt: skip
