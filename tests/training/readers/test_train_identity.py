from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")
pytest.importorskip("moderngl", reason="needs the extra 'training'")

from creator.training.generator.checkpoint import TrainingError  # noqa: E402
from creator.training.readers.evaluator import Evaluator  # noqa: E402
from creator.training.readers.reader_run import RunPlan, load_run, save_run  # noqa: E402
from creator.training.readers.train_identity import (  # noqa: E402
    contrastive_loss,
    discriminant,
    train_identity,
    verification,
)


def _clouds(persons: int, views: int, spread: float, seed: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    random = torch.Generator().manual_seed(seed)
    centres = torch.randn(persons, 64, generator=random)
    person = torch.arange(persons).repeat_interleave(views)
    cloud = centres[person] + spread * torch.randn(persons * views, 64, generator=random)
    return torch.nn.functional.normalize(cloud, dim=1), person


def test_tight_clouds_are_told_apart_and_loose_ones_are_not() -> None:
    tight, loose = verification(*_clouds(40, 4, 0.2)), verification(*_clouds(40, 4, 20.0))
    assert tight["auc"] == 1.0
    assert tight["eer"] == 0.0
    assert tight["refused"] == 0.0
    assert (tight["persons"], tight["pairs_of_one"]) == (40.0, 240.0)
    assert loose["auc"] == pytest.approx(0.5, abs=0.06)
    assert loose["eer"] == pytest.approx(0.5, abs=0.06)
    assert loose["refused"] > 0.9


def test_the_threshold_takes_one_pair_of_strangers_in_a_hundred() -> None:
    embedded, person = _clouds(60, 4, 1.0)
    threshold = verification(embedded, person)["same_person_below"]
    distance = 1.0 - embedded @ embedded.T
    strangers = distance[person[:, None] != person[None]]
    assert float((strangers < threshold).float().mean()) == pytest.approx(0.01, abs=0.002)


def test_the_contrastive_loss_wants_one_person_together_and_strangers_apart() -> None:
    tight, loose = _clouds(8, 3, 0.1), _clouds(8, 3, 2.0)
    assert contrastive_loss(*tight) < contrastive_loss(*loose)
    embedded, person = loose
    strangers = torch.nn.functional.normalize(torch.randn(8, 64, generator=torch.Generator().manual_seed(1)), dim=1)
    near = embedded[:8] + 0.01 * strangers
    unknown = torch.full((8,), -1)
    apart = contrastive_loss(torch.cat([embedded, strangers]), torch.cat([person, unknown]))
    close = contrastive_loss(torch.cat([embedded, near]), torch.cat([person, unknown]))
    assert close > apart


def test_the_loss_has_finite_gradients() -> None:
    embedded, person = _clouds(4, 2, 0.5)
    embedded.requires_grad_()
    contrastive_loss(embedded, person).backward()
    assert bool(torch.isfinite(embedded.grad).all())
    assert float(embedded.grad.abs().sum()) > 0.0


def test_an_embedding_is_trained_kept_and_gone_on_with(plan: RunPlan, seen_often: Path, reader) -> None:
    lines: list[str] = []
    run = train_identity(plan, seen_often, report=lines.append)
    assert run.facts["views"] == 96
    assert {"auc", "eer", "same_person_below", "refused"} <= set(run.facts["scores"])
    assert "AUC" in lines[-1]
    kept = load_run(plan.run)
    assert kept.facts["scores"] == run.facts["scores"]
    longer = train_identity(replace(plan, views=144), seen_often, report=lines.append)
    assert "going on after 96 views" in lines
    assert longer.facts["views"] == 144
    evaluator = Evaluator(reader, longer)
    embedded = evaluator.embed(torch.rand(3, 4, 256, 256))
    np.testing.assert_allclose(embedded.norm(dim=1).numpy(), 1.0, atol=1e-5)
    assert evaluator.same_person_below == longer.facts["scores"]["same_person_below"]
    with pytest.raises(TrainingError, match="another network"):
        train_identity(replace(plan, width=12), seen_often, report=lines.append)


def test_an_embedding_can_begin_with_what_a_reader_has_learned(plan: RunPlan, seen_often: Path, reader) -> None:
    start = plan.run / "reader"
    save_run(start, reader)
    run = train_identity(replace(plan, limit_seconds=0.0), seen_often, start)
    assert run.facts["views"] == 0
    pictures = torch.rand(2, 4, 128, 128)
    assert torch.equal(run.network.features(pictures), reader.network.features(pictures))
    with pytest.raises(TrainingError, match="same --width"):
        train_identity(replace(plan, run=plan.run / "other", width=12), seen_often, start)


def test_the_discriminant_finds_what_differs_between_persons_and_not_between_pictures() -> None:
    random = np.random.default_rng(0)
    person = np.repeat(np.arange(40), 5)
    own = random.standard_normal((40, 3))[person] + 0.1 * random.standard_normal((200, 3))
    passing = 4.0 * random.standard_normal((200, 5))
    mixed = np.linalg.qr(random.standard_normal((8, 8)))[0]
    features = (np.concatenate([own, passing], 1) @ mixed + 4.0).astype(np.float32)
    plain = torch.nn.functional.normalize(torch.from_numpy(features - features.mean(0)), dim=1)
    weight, bias = discriminant(features, person, 4)
    assert weight.shape == (4, 8)
    found = torch.nn.functional.normalize(torch.from_numpy(features @ weight.T + bias), dim=1)
    numbers = torch.from_numpy(person)
    assert verification(plain, numbers)["auc"] < 0.7
    assert verification(found, numbers)["auc"] > 0.95
    assert discriminant(features, person, 12)[0].shape == (12, 8)
