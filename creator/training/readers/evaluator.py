"""The networks that measure the generator: an attribute reader and an identity embedding that never trained it."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from creator.training.generator.checkpoint import TrainingError
from creator.training.generator.people_dataset import means
from creator.training.people_schema import SCHEMA
from creator.training.readers.picture_network import SIZE, PictureNetwork
from creator.training.readers.reader_run import Run, load_run
from creator.training.readers.reader_targets import ReaderTargets
from creator.training.readers.train_reader import ATTRIBUTES, standard

EMBEDDING = "embedding"


class Evaluator:
    """Looks at pictures (B, 4, S, S), float 0..1, premultiplied, S a multiple of 128, on any device.

    ``targets`` tells what the columns of :meth:`read` mean, ``scores`` how well each attribute is read on held-out
    renders (the ceiling), ``same_person_below`` the distance of embeddings below which two pictures show one person.
    """

    def __init__(self, reader: Run, identity: Run | None = None, device: str = "cpu") -> None:
        self.targets = ReaderTargets(SCHEMA)
        if dict(reader.network.config.heads).get(ATTRIBUTES) != self.targets.size:
            raise TrainingError("the reader was trained with another attribute schema; train it anew")
        if identity is not None and EMBEDDING not in dict(identity.network.config.heads):
            raise TrainingError("the identity network has no embedding; train it with train-identity")
        self.device = torch.device(device)
        self._reader = _ready(reader.network, self.device)
        self._identity = None if identity is None else _ready(identity.network, self.device)
        self._mean, self._spread = reader.tensors["mean"], reader.tensors["spread"]
        self.scores = reader.facts.get("scores", {}).get("attributes", {})
        facts = {} if identity is None else identity.facts.get("scores", {})
        self.same_person_below = float(facts.get("same_person_below", float("nan")))

    @staticmethod
    def load(reader: Path, identity: Path | None = None, device: str = "cpu") -> Evaluator:
        """From the run folders of ``train-reader`` and ``train-identity``. Raises :class:`TrainingError`."""
        return Evaluator(load_run(reader), None if identity is None else load_run(identity), device)

    @torch.no_grad()
    def read(self, pictures: Tensor) -> Tensor:
        """(B, D) float32: sliders in spreads from their mean, hues as (cosine, sine), choices as logits."""
        found: Tensor = self._reader(self._seen(pictures))[ATTRIBUTES]
        return found

    @torch.no_grad()
    def features(self, pictures: Tensor) -> Tensor:
        """The reader's last hidden layer, (B, F) float32, not negative."""
        return self._reader.features(self._seen(pictures))

    @torch.no_grad()
    def embed(self, pictures: Tensor) -> Tensor:
        """Unit vectors (B, E) float32; the nearer, the more alike the persons. Raises :class:`TrainingError` without
        an identity network."""
        if self._identity is None:
            raise TrainingError("no identity network was loaded; name the run folder of train-identity")
        return torch.nn.functional.normalize(self._identity(self._seen(pictures))[EMBEDDING], dim=1)

    def standardised(self, attributes: Tensor) -> Tensor:
        """Encoded attributes (B, E) as :meth:`read` should read them: (B, D), choices one-hot."""
        return standard(self.targets.wanted(attributes), self._mean, self._spread)

    def shown(self, attributes: Tensor) -> Tensor:
        """Which attributes show in pictures of ``attributes`` (B, E): (B, attributes), bool."""
        return self.targets.shown(attributes)

    def _seen(self, pictures: Tensor) -> Tensor:
        return reduced_to_reading_size(pictures.to(self.device, torch.float32))


def reduced_to_reading_size(pictures: Tensor) -> Tensor:
    """(B, 4, S, S) to (B, 4, 128, 128) by means of square blocks. Raises :class:`TrainingError` for other sizes."""
    if pictures.shape[-1] % SIZE or pictures.shape[-1] != pictures.shape[-2]:
        raise TrainingError(f"pictures to read have a side that is a multiple of {SIZE}, not {pictures.shape[-1]}")
    return means(pictures, SIZE)


def _ready(network: PictureNetwork, device: torch.device) -> PictureNetwork:
    return network.to(device).eval().requires_grad_(False)
