"""Pictures of the same people in memory, as ``render-identities`` and ``render-edits`` leave them in shards."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from creator.training.generator.people_dataset import Batch, DatasetError, reduced, shard_is_complete, shard_path
from creator.training.readers.picture_network import SIZE

_NEEDED = ("images", "attributes", "identity")


@dataclass(frozen=True)
class StoredViews:
    """Pictures of persons seen several times: ``images`` uint8 (N, 128, 128, 4), labels (N, E) and (N, 64), and the
    number of each picture's person (N,)."""

    images: Tensor
    attributes: Tensor
    identity: Tensor
    person: Tensor

    @staticmethod
    def read(folder: Path, wanted: Callable[[NDArray[np.float32]], bool] | None = None) -> StoredViews:
        """The pictures in ``folder`` of all persons, or of those whose identity code (64,) is ``wanted``, in their
        order. Raises :class:`DatasetError`."""
        found: list[dict[str, NDArray[Any]]] = []
        for index in itertools.takewhile(lambda index: shard_is_complete(folder, index), itertools.count()):
            try:
                shard = {name: np.load(shard_path(folder, index, f"{name}.npy")) for name in _NEEDED}
            except (OSError, ValueError) as error:
                raise DatasetError(f"shard {index} of {folder} cannot be read: {error}") from error
            keep = np.array([wanted is None or wanted(code) for code in shard["identity"]])
            found.append({name: array[keep] for name, array in shard.items()})
        if not any(len(shard["images"]) for shard in found):
            raise DatasetError(f"there are no pictures of such people in {folder}")
        arrays = {name: np.concatenate([shard[name] for shard in found]) for name in found[0]}
        _, person = np.unique(arrays["identity"], axis=0, return_inverse=True)
        tensors = {name: torch.from_numpy(array) for name, array in arrays.items()}
        return StoredViews(
            tensors["images"], tensors["attributes"], tensors["identity"], torch.from_numpy(person).flatten()
        )

    def __len__(self) -> int:
        return len(self.images)

    def batch(self, random: np.random.Generator, persons: int, views: int) -> tuple[Batch, Tensor]:
        """``views`` pictures each of ``persons`` random persons, and their numbers (B,)."""
        chosen = random.choice(int(self.person.max()) + 1, persons, replace=False)
        rows = []
        for number in chosen:
            own = np.flatnonzero(self.person.numpy() == number)
            rows += list(random.choice(own, views, replace=len(own) < views))
        at = torch.tensor(rows)
        images = reduced(self.images[at], SIZE)
        return Batch(self.attributes[at], self.identity[at], images, torch.empty(0)), self.person[at]
