"""People of the real schema as coloured discs, and tiny networks that look at them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")
pytest.importorskip("moderngl", reason="needs the extra 'training'")

from creator.random_character import identity_vector, person_seed  # noqa: E402
from creator.training.generator.people_dataset import write_shard  # noqa: E402
from creator.training.generator.render_people import training_values  # noqa: E402
from creator.training.people_schema import IDENTITY_SIZE, SCHEMA  # noqa: E402
from creator.training.readers.edited_pictures import before_and_after, slider_spreads  # noqa: E402
from creator.training.readers.identity_pictures import views_of  # noqa: E402
from creator.training.readers.picture_network import PictureNetwork, PictureNetworkConfig  # noqa: E402
from creator.training.readers.reader_run import Run, RunPlan  # noqa: E402
from creator.training.readers.reader_targets import ReaderTargets  # noqa: E402
from creator.training.readers.shape_targets import SHAPE_SIZE, UNITS_SIZE  # noqa: E402


def discs(attributes: np.ndarray, side: int = 128) -> np.ndarray:
    """Pictures (N, S, S, 4): a disc whose colour and place follow the first attributes."""
    y, x = np.mgrid[0:side, 0:side] / side
    images = np.zeros((len(attributes), side, side, 4), np.uint8)
    for image, values in zip(images, attributes, strict=True):
        inside = (x - 0.5 - 0.1 * values[0]) ** 2 + (y - 0.5) ** 2 < 0.12
        image[inside] = (*(128 + 100 * values[1:4]).astype(np.uint8), 255)
    return images


def write_people(folder: Path, index: int, values: list[dict], codes: list[np.ndarray]) -> None:
    attributes = np.stack([SCHEMA.encode(each) for each in values])
    count = len(values)
    arrays = {
        "attributes": attributes, "identity": np.stack(codes), "images": discs(attributes),
        "weights": np.full((count, 64, 64), 16, np.uint8), "mirrorable": np.zeros(count, bool),
    }  # fmt: skip
    write_shard(folder, index, arrays)


@pytest.fixture(scope="session")
def seen_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """64 people, one picture each."""
    folder = tmp_path_factory.mktemp("seen_once")
    seeds = [person_seed(5, index) for index in range(64)]
    codes = [identity_vector(seed, IDENTITY_SIZE) for seed in seeds]
    write_people(folder, 0, [training_values(SCHEMA, seed) for seed in seeds], codes)
    return folder


@pytest.fixture(scope="session")
def seen_often(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """24 people, three pictures each, in two shards."""
    folder = tmp_path_factory.mktemp("seen_often")
    for shard in range(2):
        seeds = [person_seed(6, 12 * shard + index) for index in range(12)]
        values = [each for seed in seeds for each in views_of(SCHEMA, seed, 3)]
        write_people(folder, shard, values, [identity_vector(seed, IDENTITY_SIZE) for seed in seeds for _ in range(3)])
    return folder


@pytest.fixture(scope="session")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two people, each before and after 15 edits."""
    folder = tmp_path_factory.mktemp("edited")
    spreads = slider_spreads(SCHEMA)
    groups = [before_and_after(SCHEMA, 8, number, spreads) for number in range(2)]
    people = [(code, values) for code, group in groups for values in group]
    write_people(folder, 0, [values for _, values in people], [code for code, _ in people])
    return folder


@pytest.fixture
def plan(seen_once: Path, tmp_path: Path) -> RunPlan:
    """Two small steps."""
    return RunPlan(seen_once, tmp_path / "run", views=96, batch=48, width=8, features=16)


def untrained_reader(seed: int = 0) -> Run:
    """No two weights alike, and batch normalisation as after training."""
    targets = ReaderTargets(SCHEMA)
    torch.manual_seed(seed)
    heads = (("attributes", targets.size), ("shape", SHAPE_SIZE), ("units", UNITS_SIZE))
    network = PictureNetwork(PictureNetworkConfig(8, 16, heads))
    for name, buffer in network.named_buffers():
        if name.endswith("running_mean"):
            buffer.uniform_(-0.2, 0.2)
        elif name.endswith("running_var"):
            buffer.uniform_(0.5, 1.5)
    mean, spread = torch.zeros(targets.size), torch.ones(targets.size)
    scores = {name: {"r2": 0.5} if kind != "choice" else {"accuracy": 0.6} for name, kind in targets.kinds.items()}
    return Run(network.eval(), {"mean": mean, "spread": spread}, {"views": 0, "scores": {"attributes": scores}})


@pytest.fixture(scope="session")
def reader() -> Run:
    return untrained_reader()
