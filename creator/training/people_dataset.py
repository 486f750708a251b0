"""Rendered people on disk: shards that a renderer writes and a trainer reads at the same time.

A shard is five arrays ``shard_00000.<name>.npy`` and the empty file ``shard_00000.done``, which is written last; a
shard without it is ignored. Arrays (N people each):

========== ========= ================== ==========================================================
images     uint8     (N, 256, 256, 4)   RGBA, colour premultiplied by alpha, display-encoded
attributes float32   (N, D)             as encoded by the schema
identity   float32   (N, 64)            identity code
weights    uint8     (N, 64, 64)        how much each place counts in the loss, times 16
mirrorable bool      (N,)               whether the mirrored picture fits the mirrored attributes
========== ========= ================== ==========================================================
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from creator.attributes import AttributeSchema
from creator.errors import CreatorError
from creator.training.people_schema import IDENTITY_SIZE, MIRRORED_ATTRIBUTES, MIRRORED_IDENTITY, MIRRORED_PAIRS

ARRAYS: dict[str, tuple[str, int]] = {
    "images": ("uint8", 4),
    "attributes": ("float32", 2),
    "identity": ("float32", 2),
    "weights": ("uint8", 3),
    "mirrorable": ("bool", 1),
}
HELD_OUT_ONE_IN = 16


class DatasetError(CreatorError):
    """A folder of rendered people that cannot be used."""


class Batch(NamedTuple):
    """People as tensors: ``attributes`` (B, D), ``identity`` (B, 64), ``images`` float32 (B, 4, S, S), 0..1 and
    premultiplied, ``weights`` uint8 (B, 64, 64)."""

    attributes: Tensor
    identity: Tensor
    images: Tensor
    weights: Tensor


@dataclass(frozen=True)
class MirroredLabels:
    """Columns that change in a mirrored picture: ``signed`` and ``pairs`` of the encoded attributes (D), and those of
    the identity code that change sign."""

    signed: tuple[int, ...] = ()
    pairs: tuple[tuple[int, int], ...] = ()
    identity_columns: tuple[int, ...] = ()

    @classmethod
    def of(cls, schema: AttributeSchema) -> MirroredLabels:
        """Those of people as the renderer draws them."""
        column = {name: at.start for name, at in schema.encoded_slices.items()}
        return cls(
            tuple(column[name] for name in MIRRORED_ATTRIBUTES),
            tuple((column[left], column[right]) for left, right in MIRRORED_PAIRS),
            tuple(range(IDENTITY_SIZE)[MIRRORED_IDENTITY]),
        )

    def attributes(self, encoded: Tensor) -> Tensor:
        """Encoded attributes (B, D) of the mirrored pictures."""
        mirrored = encoded.clone()
        mirrored[:, list(self.signed)] *= -1.0
        for left, right in self.pairs:
            mirrored[:, [left, right]] = encoded[:, [right, left]]
        return mirrored

    def identity(self, code: Tensor) -> Tensor:
        """Identity codes (B, 64) of the mirrored people."""
        mirrored = code.clone()
        mirrored[:, list(self.identity_columns)] *= -1.0
        return mirrored


@dataclass(frozen=True)
class _Shard:
    arrays: dict[str, NDArray[Any]]


def shard_path(folder: Path, index: int, ending: str) -> Path:
    """The file of shard ``index`` with ``ending`` ("done", "images.npy", ...)."""
    return folder / f"shard_{index:05d}.{ending}"


def write_shard(folder: Path, index: int, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write shard ``index`` of ``folder``; a reader sees it whole or not at all.

    ``arrays`` holds the five arrays named in this module's text. Raises :class:`DatasetError` for other names, types or
    unequal lengths.
    """
    if set(arrays) != set(ARRAYS):
        raise DatasetError(f"a shard holds {', '.join(ARRAYS)}, not {', '.join(sorted(arrays))}")
    for name, (kind, dimensions) in ARRAYS.items():
        array = arrays[name]
        if array.dtype != kind or array.ndim != dimensions or len(array) != len(arrays["images"]):
            raise DatasetError(f"'{name}' must be {kind} with {dimensions} dimensions, one row for each person")
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in arrays.items():
        unfinished = shard_path(folder, index, f"{name}.npy.part")
        with open(unfinished, "wb") as file:
            np.save(file, array)
        os.replace(unfinished, shard_path(folder, index, f"{name}.npy"))
    shard_path(folder, index, "done").touch()


def shard_is_complete(folder: Path, index: int) -> bool:
    """Whether shard ``index`` of ``folder`` has been written whole."""
    return (folder / f"shard_{index:05d}.done").exists()


def is_held_out(identity: NDArray[np.float32]) -> bool:
    """Whether a person is kept for evaluation: fixed by the identity code, so all pictures of a person go together."""
    return zlib.crc32(np.ascontiguousarray(identity, np.float32).tobytes()) % HELD_OUT_ONE_IN == 0


class PeopleDataset:
    """All finished shards of a folder, memory-mapped.

    ``mirror`` says how the labels of a mirrored picture change; by default they do not.
    """

    def __init__(self, folder: Path, mirror: MirroredLabels | None = None) -> None:
        self.folder = folder
        self._mirror_labels = mirror or MirroredLabels()
        self._shards: list[_Shard] = []
        self._seen: set[str] = set()
        self._rows: dict[bool, list[tuple[int, int]]] = {False: [], True: []}
        self.refresh()

    @property
    def train_count(self) -> int:
        return len(self._rows[False])

    @property
    def held_out_count(self) -> int:
        return len(self._rows[True])

    @property
    def attribute_size(self) -> int:
        """Columns of the encoded attributes; raises :class:`DatasetError` while there is no shard."""
        return int(self._finished()[0].arrays["attributes"].shape[1])

    def attribute_sample(self, count: int = 4096) -> Tensor:
        """Encoded attributes ``(N, D)`` of the first ``count`` people."""
        return torch.from_numpy(np.concatenate([shard.arrays["attributes"] for shard in self._finished()])[:count])

    def _finished(self) -> list[_Shard]:
        if not self._shards:
            raise DatasetError(f"there are no finished shards in {self.folder}")
        return self._shards

    def refresh(self) -> int:
        """Take up shards finished since the last look; return how many people were added."""
        added = 0
        for marker in sorted(self.folder.glob("shard_*.done")):
            if marker.stem in self._seen:
                continue
            arrays = {}
            for name in ARRAYS:
                path = self.folder / f"{marker.stem}.{name}.npy"
                # Small arrays are read whole: every batch touches them.
                try:
                    arrays[name] = np.load(path, mmap_mode="r" if name in ("images", "weights") else None)
                except (OSError, ValueError) as error:
                    raise DatasetError(f"{path} cannot be read: {error}") from error
            number = len(self._shards)
            if number and arrays["attributes"].shape[1] != self.attribute_size:
                raise DatasetError(f"{marker.stem} was rendered with another attribute schema than the first shard")
            self._shards.append(_Shard(arrays))
            self._seen.add(marker.stem)
            for row, identity in enumerate(arrays["identity"]):
                self._rows[is_held_out(identity)].append((number, row))
            added += len(arrays["identity"])
        return added

    def batch(self, random: np.random.Generator, count: int, size: int) -> Batch:
        """``count`` random training people at ``size`` pixels, half of the mirrorable ones mirrored."""
        if not self.train_count:
            raise DatasetError(f"there are no people to train on in {self.folder}")
        rows = [self._rows[False][i] for i in random.integers(0, self.train_count, count)]
        flips = random.random(count) < 0.5
        flips &= np.array([bool(self._shards[s].arrays["mirrorable"][r]) for s, r in rows])
        return self._mirror(self._gather(rows, size), torch.from_numpy(flips))

    def held_out(self, count: int, size: int, start: int = 0) -> Batch:
        """Up to ``count`` held-out people from number ``start`` on, in the order of the shards, never mirrored."""
        rows = self._rows[True][start : start + count]
        if not rows:
            raise DatasetError(f"there are no held-out people in {self.folder}")
        return self._gather(rows, size)

    def _gather(self, rows: Sequence[tuple[int, int]], size: int) -> Batch:
        def stack(name: str) -> Tensor:
            return torch.from_numpy(np.stack([self._shards[s].arrays[name][r] for s, r in rows]))

        return Batch(stack("attributes"), stack("identity"), reduced(stack("images"), size), stack("weights"))

    def _mirror(self, batch: Batch, flips: Tensor) -> Batch:
        if not bool(flips.any()):
            return batch
        attributes, identity = batch.attributes.clone(), batch.identity.clone()
        images, weights = batch.images, batch.weights.clone()
        chosen = torch.nonzero(flips).squeeze(1)
        attributes[chosen] = self._mirror_labels.attributes(attributes[chosen])
        identity[chosen] = self._mirror_labels.identity(identity[chosen])
        for index in chosen.tolist():
            images[index] = images[index].flip(-1)
        weights[chosen] = weights[chosen].flip(-1)
        return Batch(attributes, identity, images, weights)


def reduced(images: Tensor, size: int) -> Tensor:
    """uint8 ``(B, S, S, 4)`` to float32 ``(B, 4, size, size)``, 0..1, by exact means of square blocks."""
    picture = images.permute(0, 3, 1, 2).float().div_(255.0)
    factor = picture.shape[-1] // size
    return functional.avg_pool2d(picture, factor) if factor > 1 else picture
