"""A renderer and a reader without a head and without training: enough for whole evaluations of a tiny generator."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.attributes import AttributeSchema  # noqa: E402
from creator.training.evaluation.pictures import Portraitist  # noqa: E402
from creator.training.generator.people_dataset import is_held_out, write_shard  # noqa: E402
from creator.training.head.landmarks import Landmarks  # noqa: E402
from creator.training.readers.reader_targets import ReaderTargets  # noqa: E402
from creator.training.renderer.people_renderer import Maps, Rendered  # noqa: E402


class NetworkRenderer:
    """Draws what the network draws at 256 pixels: against it, that network is a perfect generator."""

    def __init__(self, network, size: int, shade: int = 0) -> None:
        self.portraitist = Portraitist(network)
        self.size, self.shade = size, shade
        self.drawn = 0
        self.landmarks = SimpleNamespace(names=("eye_left", "eye_right", "mouth"))

    def render(self, attributes, identity, maps: bool = False) -> list[Rendered]:
        self.drawn += len(attributes)
        size = self.size
        pixels = self.portraitist(attributes, identity, min(size, 256))
        pixels = pixels.repeat(size // pixels.shape[1], 1).repeat(size // pixels.shape[1], 2) + np.uint8(self.shade)
        masks = np.zeros((size, size, 8), np.uint8)
        masks[: size // 2, :, 0] = masks[size // 2 :, :, 4] = 255
        found = Maps(pixels[0], np.zeros((size, size, 3), np.float16), np.zeros((size, size), np.float16), masks)
        places = np.array([[0.4, 0.4], [0.6, 0.4], [0.5, 0.6]], np.float32) * size
        points = Landmarks(places, np.ones(3, np.float32))
        weights = np.full((64, 64), 16, np.uint8)
        return [Rendered(each, weights, found if maps else None, points if maps else None) for each in pixels]


class LinearReader:
    """Looks at coarse colours, and was fitted to nothing."""

    def __init__(self, schema: AttributeSchema) -> None:
        self.targets = ReaderTargets(schema)
        source = torch.Generator().manual_seed(1)
        self.weights = torch.randn(4 * 64, self.targets.size, generator=source) * 0.1

    def features(self, pictures):
        return torch.nn.functional.avg_pool2d(pictures, 16).flatten(1)

    def read(self, pictures):
        return self.features(pictures) @ self.weights

    def embed(self, pictures):
        return torch.nn.functional.normalize(self.features(pictures) - 0.3, dim=1)

    def standardised(self, attributes):
        return self.targets.wanted(attributes)

    def shown(self, attributes):
        return self.targets.shown(attributes)


@pytest.fixture(scope="session")
def make_renderer(small_network):
    return lambda size, shade=0: NetworkRenderer(small_network, size, shade)


@pytest.fixture(scope="session")
def linear_reader(small_schema) -> LinearReader:
    return LinearReader(small_schema)


@pytest.fixture(scope="session")
def drawn_folder(tmp_path_factory: pytest.TempPathFactory, small_network, small_schema) -> Path:
    """A data set of 32 people, 24 of them held out, as the network draws them."""
    random = np.random.default_rng(7)
    codes: dict[bool, list[np.ndarray]] = {True: [], False: []}
    while len(codes[True]) < 24:
        code = random.standard_normal(64).astype(np.float32)
        codes[is_held_out(code)].append(code)
    identity = np.stack(codes[True] + codes[False][:8])
    attributes = random.uniform(-1, 1, (32, small_schema.encoded_size)).astype(np.float32)
    attributes[:, 3:] = np.eye(2, dtype=np.float32)[random.integers(0, 2, 32)]
    folder = tmp_path_factory.mktemp("drawn")
    write_shard(folder, 0, {
        "images": Portraitist(small_network)(attributes, identity), "attributes": attributes, "identity": identity,
        "weights": np.full((32, 64, 64), 16, np.uint8), "mirrorable": np.zeros(32, bool),
    })  # fmt: skip
    return folder
