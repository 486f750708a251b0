"""Training of a network that reads the attributes off a portrait."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from creator.training.generator.people_dataset import Batch, MirroredLabels, PeopleDataset
from creator.training.people_schema import SCHEMA
from creator.training.readers.picture_network import SIZE, PictureNetwork, PictureNetworkConfig
from creator.training.readers.reader_run import Run, RunPlan, train_network
from creator.training.readers.reader_targets import ReaderTargets, mean_score, reading_loss, reading_scores
from creator.training.readers.shape_targets import SHAPE_SIZE, UNITS_SIZE, ShapeTargets
from creator.training.readers.softened_pictures import softened

ATTRIBUTES, SHAPE, UNITS = "attributes", "shape", "units"
_SHAPE_WEIGHT, _UNITS_WEIGHT = 0.5, 0.5
_SCORED = 1024


def in_part(part: int, parts: int) -> Callable[[NDArray[np.float32]], bool]:
    """Whether a person belongs to share ``part`` of ``parts``, by the identity code: readers trained apart see
    different people."""
    return lambda identity: zlib.crc32(b"part" + identity.tobytes()) % parts == part


def standard(values: Tensor, mean: Tensor, spread: Tensor) -> Tensor:
    """Values in spreads from their mean."""
    return (values - mean.to(values.device)) / spread.to(values.device)


def mean_and_spread(values: Tensor) -> tuple[Tensor, Tensor]:
    """Of each column of (N, C); spreads of at least 0.02."""
    return values.mean(0), values.std(0, unbiased=False).clamp_min(0.02)


def train_reader(plan: RunPlan, report: Callable[[str], None] = print) -> Run:
    """Train a reader on the rendered people in ``plan.data``; its scores on held-out people are kept with it.

    Raises :class:`~creator.training.generator.checkpoint.TrainingError` or
    :class:`~creator.training.generator.people_dataset.DatasetError`.
    """
    targets, shapes = ReaderTargets(SCHEMA), ShapeTargets(SCHEMA)
    people = PeopleDataset(plan.data, MirroredLabels.of(SCHEMA), part=in_part(plan.part, plan.parts))
    torch.manual_seed(plan.seed)
    heads = ((ATTRIBUTES, targets.size), (SHAPE, SHAPE_SIZE), (UNITS, UNITS_SIZE))
    network = PictureNetwork(PictureNetworkConfig(plan.width, plan.features, heads))
    sample = people.attribute_sample()
    mean, spread = targets.spread(sample)
    codes = torch.randn(len(sample), people.batch(np.random.default_rng(0), 1, SIZE).identity.shape[1])
    shape_mean, shape_spread = mean_and_spread(shapes.shape(sample, codes))
    units_mean, units_spread = mean_and_spread(shapes.units(sample))
    tensors = {
        "mean": mean, "spread": spread, "shape_mean": shape_mean, "shape_spread": shape_spread,
        "units_mean": units_mean, "units_spread": units_spread,
    }  # fmt: skip
    run = Run(network, tensors, {"kind": "attribute reader"})

    def losses(step: int, look: Callable[[Tensor], dict[str, Tensor]]) -> dict[str, Tensor]:
        random = np.random.default_rng((plan.seed, step))
        batch = people.batch(random, plan.batch, SIZE)
        found = look(softened(batch.images, random))
        device = found[ATTRIBUTES].device
        wanted = standard(targets.wanted(batch.attributes), mean, spread).to(device)
        shape = standard(shapes.shape(batch.attributes, batch.identity), shape_mean, shape_spread).to(device)
        units = standard(shapes.units(batch.attributes), units_mean, units_spread).to(device)
        parts = {
            "reading": reading_loss(targets, found[ATTRIBUTES], wanted, targets.shown(batch.attributes).to(device)),
            "shape": functional.huber_loss(found[SHAPE], shape, delta=2.0),
            "units": functional.huber_loss(found[UNITS], units, delta=2.0),
        }
        parts["total"] = parts["reading"] + _SHAPE_WEIGHT * parts["shape"] + _UNITS_WEIGHT * parts["units"]
        return parts

    def scores() -> dict[str, Any]:
        by_name = reader_scores(run, targets, people)
        r2, accuracy = mean_score(by_name, "r2"), mean_score(by_name, "accuracy")
        report(f"held-out people: mean R2 {r2:.3f}, mean accuracy {accuracy:.3f}")
        return {"people": people.train_count, "mean_r2": r2, "mean_accuracy": accuracy, "attributes": by_name}

    def between() -> None:
        people.refresh()

    trained = train_network(plan, run, losses, scores, between, report)
    return trained


def held_out_batches(people: PeopleDataset, count: int, size: int = 64) -> Iterator[Batch]:
    """Up to ``count`` held-out people at 128 pixels, in batches."""
    for start in range(0, min(count, people.held_out_count), size):
        yield people.held_out(min(size, count - start), SIZE, start)


def reader_scores(
    run: Run, targets: ReaderTargets, people: PeopleDataset, count: int = _SCORED
) -> dict[str, dict[str, Any]]:
    """Scores by attribute (see :func:`reading_scores`) on up to ``count`` held-out people."""
    mean, spread = run.tensors["mean"], run.tensors["spread"]
    network = run.network.eval()
    device = next(network.parameters()).device
    parts = []
    for batch in held_out_batches(people, count):
        with torch.no_grad():
            read = network(batch.images.to(device))[ATTRIBUTES].cpu()
        parts.append((read, standard(targets.wanted(batch.attributes), mean, spread), targets.shown(batch.attributes)))
    return reading_scores(targets, *(torch.cat(column) for column in zip(*parts, strict=True)))
