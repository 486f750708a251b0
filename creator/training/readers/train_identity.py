"""Training of an embedding of who a portrait shows: the same person stays near under any mood, light, hair and age.

It learns two things at once: the measures of a face (axes of shape, skin, iris) from people seen once, and from people
seen several times to put their pictures nearer together than anybody else's (supervised contrastive loss, Khosla et al.
2020).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import scipy.linalg
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from creator.training.generator.checkpoint import TrainingError
from creator.training.generator.people_dataset import MirroredLabels, PeopleDataset, reduced
from creator.training.people_schema import SCHEMA
from creator.training.readers.evaluator import EMBEDDING
from creator.training.readers.identity_pictures import identity_names, is_verified
from creator.training.readers.picture_network import SIZE, PictureNetwork, PictureNetworkConfig
from creator.training.readers.reader_run import Run, RunPlan, load_run, train_network
from creator.training.readers.reader_targets import ReaderTargets
from creator.training.readers.shape_targets import SHAPE_SIZE, ShapeTargets
from creator.training.readers.softened_pictures import softened
from creator.training.readers.stored_views import StoredViews
from creator.training.readers.train_reader import SHAPE, in_part, mean_and_spread, standard

EMBEDDING_SIZE = 64
TRAITS = "traits"
FALSE_ACCEPT_RATE = 0.01
_TEMPERATURE = 0.1
_RIDGE = 0.01  # of the mean variance, added to all directions: a few hundred people do not fill 256 of them
_SEEN_OFTEN = 10  # persons in a step, with _VIEWS pictures each
_VIEWS = 3
_CONTRASTIVE_WEIGHT = 0.5


def contrastive_loss(embedded: Tensor, person: Tensor, temperature: float = _TEMPERATURE) -> Tensor:
    """Supervised contrastive loss of unit vectors (B, E) with persons (B,); negative numbers are strangers to all."""
    likeness = embedded @ embedded.T / temperature
    itself = torch.eye(len(person), dtype=torch.bool, device=person.device)
    likeness = likeness.masked_fill(itself, -torch.inf)
    same = (person[:, None] == person[None]) & ~itself & (person[:, None] >= 0)
    log_share = likeness - likeness.logsumexp(1, keepdim=True)
    each = -log_share.masked_fill(~same, 0.0).sum(1) / same.sum(1).clamp_min(1)
    return each[same.any(1)].mean()


def verification(embedded: Tensor, person: Tensor) -> dict[str, float]:
    """How well distances (1 - cosine) of unit vectors (N, E) tell pairs of one person (N,) from pairs of two.

    ``auc``: chance that a pair of one person is nearer than one of two. ``eer``: where as many of the ones are refused
    as of the others accepted. ``same_person_below``: the distance that accepts one pair of strangers in a hundred, and
    ``refused`` the share of pairs of one person that it refuses.
    """
    distance = (1.0 - embedded.double() @ embedded.double().T).numpy()
    upper = np.triu(np.ones(distance.shape, bool), 1)
    alike = (person[:, None] == person[None]).numpy()
    same, other = np.sort(distance[upper & alike]), np.sort(distance[upper & ~alike])
    below = np.searchsorted(other, same, "left") + np.searchsorted(other, same, "right")
    thresholds = np.unique(np.concatenate([same, other[:: max(1, len(other) // 4096)]]))
    refused = 1.0 - np.searchsorted(same, thresholds, "right") / len(same)
    accepted = np.searchsorted(other, thresholds, "right") / len(other)
    at = int(np.argmin(np.abs(refused - accepted)))
    threshold = float(np.quantile(other, FALSE_ACCEPT_RATE))
    return {
        "persons": len(np.unique(person.numpy())),
        "pairs_of_one": len(same),
        "auc": round(float(1.0 - below.mean() / 2.0 / len(other)), 5),
        "eer": round(float(0.5 * (refused[at] + accepted[at])), 4),
        "same_person_below": round(threshold, 4),
        "refused": round(float((same > threshold).mean()), 4),
    }


def train_identity(
    plan: RunPlan, views_folder: Path, start: Path | None = None, report: Callable[[str], None] = print
) -> Run:
    """Train the embedding on the people in ``plan.data``, seen once, and those in ``views_folder``, seen several times.

    A new run begins with what the reader in the run folder ``start`` has learned to see, which saves most of the time,
    and with the linear discriminant of its features.
    The run's scores are those of :func:`verification` on persons it has never seen. Raises :class:`TrainingError` or
    :class:`~creator.training.generator.people_dataset.DatasetError`.
    """
    shapes = ShapeTargets(SCHEMA)
    traits = ReaderTargets(SCHEMA)
    columns = torch.cat([torch.arange(traits.size)[traits.columns[name]] for name in identity_names(SCHEMA)])
    people = PeopleDataset(plan.data, MirroredLabels.of(SCHEMA), part=in_part(plan.part, plan.parts))
    seen_often = StoredViews.read(views_folder, lambda code: not is_verified(code))
    torch.manual_seed(plan.seed)
    heads = ((EMBEDDING, EMBEDDING_SIZE), (SHAPE, SHAPE_SIZE), (TRAITS, len(columns)))
    network = PictureNetwork(PictureNetworkConfig(plan.width, plan.features, heads))
    if start is not None:
        _begin_with(network, start, seen_often)
    sample = people.attribute_sample()
    trait_mean, trait_spread = mean_and_spread(traits.wanted(sample)[:, columns])
    codes = torch.randn(len(sample), seen_often.identity.shape[1])
    shape_mean, shape_spread = mean_and_spread(shapes.shape(sample, codes))
    tensors = {
        "trait_mean": trait_mean, "trait_spread": trait_spread, "shape_mean": shape_mean, "shape_spread": shape_spread,
    }  # fmt: skip
    run = Run(network, tensors, {"kind": "identity embedding"})

    def losses(step: int, look: Callable[[Tensor], dict[str, Tensor]]) -> dict[str, Tensor]:
        random = np.random.default_rng((plan.seed, step))
        often, person = seen_often.batch(random, _SEEN_OFTEN, _VIEWS)
        once = people.batch(random, plan.batch - len(person), SIZE)
        attributes, identity, images = (torch.cat(pair) for pair in zip(often[:3], once[:3], strict=True))
        found = look(softened(images, random))
        device = found[EMBEDDING].device
        shape = standard(shapes.shape(attributes, identity), shape_mean, shape_spread).to(device)
        wanted = standard(traits.wanted(attributes)[:, columns], trait_mean, trait_spread).to(device)
        strangers = torch.full((len(once.images),), -1)
        embedded = functional.normalize(found[EMBEDDING], dim=1)
        parts = {
            "shape": functional.huber_loss(found[SHAPE], shape, delta=2.0),
            "traits": functional.huber_loss(found[TRAITS], wanted, delta=2.0),
            "contrastive": contrastive_loss(embedded, torch.cat([person, strangers]).to(device)),
        }
        parts["total"] = parts["shape"] + parts["traits"] + _CONTRASTIVE_WEIGHT * parts["contrastive"]
        return parts

    def scores() -> dict[str, Any]:
        figures = identity_scores(run.network, StoredViews.read(views_folder, is_verified))
        report(f"persons never seen: AUC {figures['auc']:.4f}, equal error {figures['eer']:.3f}")
        return figures | {"false_accept_rate": FALSE_ACCEPT_RATE}

    def between() -> None:
        people.refresh()

    return train_network(plan, run, losses, scores, between, report)


def _begin_with(network: PictureNetwork, start: Path, views: StoredViews) -> None:
    """Give ``network`` the layers below the heads of the reader in ``start``, and the embedding that suits these."""
    reader = load_run(start).network.eval()
    if (reader.config.width, reader.config.features) != (network.config.width, network.config.features):
        raise TrainingError(f"the reader in {start} has other sizes; give the same --width")
    network.trunk.load_state_dict(reader.trunk.state_dict())
    network.join.load_state_dict(reader.join.state_dict())
    with torch.no_grad():
        features = torch.cat([reader.features(pictures) for pictures in _pictures(views)])
    weight, bias = discriminant(features.numpy(), views.person.numpy(), EMBEDDING_SIZE)
    head = network.heads[EMBEDDING]
    head.weight.data, head.bias.data = torch.from_numpy(weight), torch.from_numpy(bias)


def discriminant(
    features: NDArray[np.float32], person: NDArray[np.int64], size: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The linear map (size, F), and what to add (size,), that tells persons apart best: linear discriminant analysis.

    Of ``features`` (N, F) of ``person`` (N,) it takes the directions in which persons vary most against the pictures
    of one person, each weighted by how much of a single picture's value is the person's own.
    """
    mean = features.mean(0)
    count = np.bincount(person)
    centres = np.stack([features[person == number].mean(0) for number in range(len(count))])
    apart = (features - centres[person]).astype(np.float64)
    within = apart.T @ apart / max(1, len(features) - len(count))
    between = np.cov(centres.T.astype(np.float64)) - within / count.mean()
    within += _RIDGE * max(float(np.trace(within)) / len(within), 1e-9) * np.eye(len(within))
    ratios, directions = scipy.linalg.eigh(between, within)
    best = np.argsort(-ratios)[:size]
    ratio = np.clip(ratios[best], 1e-3, None)
    weight = (directions[:, best] * (ratio / (ratio + 1.0))).T
    if len(weight) < size:
        weight = np.concatenate([weight, np.zeros((size - len(weight), features.shape[1]))])
    return weight.astype(np.float32), (-weight @ mean).astype(np.float32)


def _pictures(views: StoredViews) -> Iterator[Tensor]:
    """The pictures of ``views`` in batches (B, 4, 128, 128)."""
    for start in range(0, len(views), 32):
        yield reduced(views.images[start : start + 32], SIZE)


def identity_scores(network: PictureNetwork, views: StoredViews) -> dict[str, float]:
    """:func:`verification` on ``views``."""
    device = next(network.parameters()).device
    with torch.no_grad():
        parts = [network(pictures.to(device))[EMBEDDING].cpu() for pictures in _pictures(views)]
    return verification(functional.normalize(torch.cat(parts), dim=1), views.person)
