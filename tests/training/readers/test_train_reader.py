from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.random_character import identity_vector  # noqa: E402
from creator.training.generator.checkpoint import CHECKPOINT, TrainingError, write_checkpoint  # noqa: E402
from creator.training.generator.people_dataset import PeopleDataset, is_held_out  # noqa: E402
from creator.training.people_schema import IDENTITY_SIZE, SCHEMA  # noqa: E402
from creator.training.readers.evaluator import Evaluator  # noqa: E402
from creator.training.readers.picture_network import PictureNetwork, PictureNetworkConfig  # noqa: E402
from creator.training.readers.reader_run import (  # noqa: E402
    Run,
    RunPlan,
    load_run,
    rate_at,
    save_run,
    train_network,
)
from creator.training.readers.reader_targets import ReaderTargets  # noqa: E402
from creator.training.readers.train_reader import in_part, train_reader  # noqa: E402


def test_readers_trained_apart_see_different_people(seen_once: Path) -> None:
    codes = [identity_vector(seed, IDENTITY_SIZE) for seed in range(200)]
    first, second = in_part(0, 2), in_part(1, 2)
    assert all(first(code) != second(code) for code in codes)
    assert 0.35 < np.mean([first(code) for code in codes]) < 0.65
    one, other = PeopleDataset(seen_once, part=first), PeopleDataset(seen_once, part=second)
    assert one.train_count + other.train_count == PeopleDataset(seen_once).train_count
    assert one.held_out_count == other.held_out_count > 0
    drawn = one.batch(np.random.default_rng(0), 32, 128).identity.numpy()
    assert all(first(code) and not is_held_out(code) for code in drawn)


def test_a_reader_is_trained_scored_and_read_with(plan: RunPlan) -> None:
    lines: list[str] = []
    run = train_reader(plan, lines.append)
    assert run.facts["views"] == 96
    assert set(run.facts["scores"]["attributes"]) == set(SCHEMA.names)
    assert "mean R2" in lines[-1]
    evaluator = Evaluator.load(plan.run)
    pictures = torch.rand(2, 4, 256, 256)
    read = evaluator.read(pictures)
    assert tuple(read.shape) == (2, ReaderTargets(SCHEMA).size)
    torch.testing.assert_close(read, evaluator.read(torch.nn.functional.avg_pool2d(pictures, 2)))
    assert tuple(evaluator.features(pictures).shape) == (2, 16)
    assert float(evaluator.features(pictures).min()) >= 0.0
    assert not read.requires_grad
    assert evaluator.scores == run.facts["scores"]["attributes"]
    attributes = torch.from_numpy(SCHEMA.encode({"age": 70.0}))[None]
    at = evaluator.targets.columns["age"]
    assert float(evaluator.standardised(attributes)[0, at]) > 0.5
    assert evaluator.shown(attributes).shape == (1, len(SCHEMA.names))
    with pytest.raises(TrainingError, match="no identity network"):
        evaluator.embed(pictures)
    with pytest.raises(TrainingError, match="multiple of 128"):
        evaluator.read(torch.rand(1, 4, 100, 100))


def test_a_network_learns_what_a_picture_shows(plan: RunPlan) -> None:
    torch.manual_seed(0)
    network = PictureNetwork(PictureNetworkConfig(8, 16, (("colour", 3),)))
    found: list[float] = []

    def losses(step: int, look: Callable) -> dict[str, torch.Tensor]:
        colours = torch.rand(16, 3, generator=torch.Generator().manual_seed(step))
        pictures = torch.cat([colours, torch.ones(16, 1)], 1)[:, :, None, None].expand(-1, -1, 128, 128)
        loss = (look(pictures)["colour"] - colours).square().mean()
        found.append(float(loss.detach()))
        return {"total": loss}

    plan = replace(plan, views=16 * 30, batch=16, rate=3e-3)
    run = train_network(plan, Run(network, {}, {}), losses, lambda: {"people": 1}, lambda: None)
    assert len(found) == 30
    assert np.mean(found[-5:]) < 0.5 * np.mean(found[:5])
    assert run.facts["scores"] == {"people": 1}


def test_a_run_that_is_stopped_goes_on(plan: RunPlan) -> None:
    stopped = train_reader(replace(plan, limit_seconds=0.0))
    assert stopped.facts["views"] == 0
    lines: list[str] = []
    train_reader(plan, lines.append)
    assert lines[0] == "going on after 0 views"
    assert load_run(plan.run).facts["views"] == 96
    with pytest.raises(TrainingError, match="other people"):
        train_reader(replace(plan, part=1, parts=2))


def test_a_kept_run_gives_the_same_outputs(reader, tmp_path: Path) -> None:
    save_run(tmp_path, reader)
    kept = load_run(tmp_path)
    pictures = torch.rand(2, 4, 128, 128)
    with torch.no_grad():
        assert torch.equal(kept.network.eval()(pictures)["attributes"], reader.network(pictures)["attributes"])
    assert torch.equal(kept.tensors["mean"], reader.tensors["mean"])


def test_files_of_something_else_are_refused(tmp_path: Path, reader) -> None:
    write_checkpoint(tmp_path, {"x": torch.zeros(3)}, {"progress": 1}, 1 << 20)
    with pytest.raises(TrainingError, match="no network that looks at pictures"):
        load_run(tmp_path)
    (tmp_path / CHECKPOINT).write_text("{}")
    with pytest.raises(TrainingError, match="cannot be read"):
        load_run(tmp_path)
    save_run(tmp_path, reader)
    part = next(tmp_path.glob("*.part"))
    part.write_bytes(part.read_bytes()[:-1] + b"x")
    with pytest.raises(TrainingError, match="damaged"):
        load_run(tmp_path)


def test_the_rate_warms_up_and_falls() -> None:
    plan = RunPlan(Path(), Path(), views=1000, rate=1.0)
    rates = [rate_at(plan, views) for views in (0, 20, 40, 500, 1000)]
    assert rates[0] < 0.05 < rates[1] < rates[2] > rates[3] > rates[4]
    assert rates[4] == pytest.approx(0.01)
