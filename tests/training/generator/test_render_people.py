from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs the extra 'training'")
pytest.importorskip("moderngl", reason="needs the extra 'training'")

from creator.training.generator import render_people
from creator.training.generator.people_dataset import PeopleDataset, write_shard
from creator.training.generator.render_people import RenderPlan, render_shard
from creator.training.people_schema import SCHEMA
from creator.training.renderer.people_renderer import Maps

SIZE = 128


class Blank:
    """A renderer of empty pictures."""

    schema = SCHEMA

    def render(self, attributes: np.ndarray, identity: np.ndarray, maps: bool = False):
        def square(channels: int, kind: type = np.uint8) -> np.ndarray:
            return np.zeros((SIZE, SIZE, channels), kind)

        found = Maps(square(4), square(3, np.float16), square(1, np.float16)[..., 0], square(8)) if maps else None
        one = SimpleNamespace(pixels=square(4), region_weights=np.full((64, 64), 16, np.uint8), maps=found)
        return [one] * len(attributes)


def shards(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.done"))


@pytest.mark.parametrize("maps", [False, True])
def test_a_shard_has_the_people_of_its_number(tmp_path: Path, maps: bool) -> None:
    first, second = (render_shard(Blank(), index, 1, people=10, maps=maps) for index in (0, 1))
    assert len(first["images"]) == 10
    assert not (first["identity"] == second["identity"]).any()
    write_shard(tmp_path, 0, first)
    dataset = PeopleDataset(tmp_path)
    assert (dataset.size, dataset.has_maps) == (SIZE, maps)
    batch = dataset.batch(np.random.default_rng(0), 4, SIZE, maps)
    assert batch.maps is None or float(batch.maps.abs().max()) == 0.0


def test_finished_shards_are_kept(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(render_people, "PeopleRenderer", lambda *rest, **more: Blank())
    plan = RenderPlan(last=4, step=2, size=SIZE, people=2)
    render_people.render_people(tmp_path, plan, lambda line: None)
    assert shards(tmp_path) == ["shard_00000", "shard_00002"]
    lines: list[str] = []
    render_people.render_people(tmp_path, RenderPlan(last=4, size=SIZE, people=2), lines.append)
    assert [line.split(":")[0] for line in lines] == ["shard 1", "shard 3"]


def test_a_ring_keeps_the_newest_and_goes_on_after_them(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(render_people, "PeopleRenderer", lambda *rest, **more: Blank())
    plan = RenderPlan(first=1, last=10, step=2, size=SIZE, people=2, ring=2)
    render_people.render_people(tmp_path, plan, lambda line: None)
    assert shards(tmp_path) == ["shard_00007", "shard_00009"]
    lines: list[str] = []
    render_people.render_people(tmp_path, RenderPlan(1, 12, 2, size=SIZE, people=2, ring=2), lines.append)
    assert [line.split(":")[0] for line in lines] == ["shard 11"]
    assert shards(tmp_path) == ["shard_00009", "shard_00011"]
