"""Rendered people on disk: shards that a renderer writes and a trainer reads at the same time.

A shard is arrays ``shard_00000.<name>.npy`` and the empty file ``shard_00000.done``, which is written last; a shard
without it is ignored. All shards of a folder have pictures of one size S (a multiple of 64) and the same arrays. Arrays
(N people each):

========== ========= ================== ==========================================================
images     uint8     (N, S, S, 4)       RGBA, colour premultiplied by alpha, display-encoded
attributes float32   (N, D)             as encoded by the schema
identity   float32   (N, 64)            identity code
weights    uint8     (N, 64, 64)        how much each place counts in the loss, times 16
mirrorable bool      (N,)               whether the mirrored picture fits the mirrored attributes
========== ========= ================== ==========================================================

With maps also (see :class:`~creator.training.renderer.people_renderer.Maps`):

========== ========= ================== ==========================================================
albedo     uint8     (N, S, S, 3)       sRGB, premultiplied by alpha
normals    uint8     (N, S, S, 3)       camera space, 128 + 127 n rounded; 128 where nothing is
depth      float16   (N, S, S)          camera z in units of eye line to chin, 0 where nothing is
masks      uint8     (N, S, S, 8)       share of each of ``people_renderer.MASK_NAMES``
========== ========= ================== ==========================================================
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Mapping, Sequence
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
MAP_ARRAYS: dict[str, tuple[str, int]] = {
    "albedo": ("uint8", 4),
    "normals": ("uint8", 4),
    "depth": ("float16", 3),
    "masks": ("uint8", 4),
}
MAP_CHANNELS = {"albedo": slice(0, 3), "normals": slice(3, 6), "depth": slice(6, 7), "masks": slice(7, 15)}
"""Channels of each map in a :class:`Batch` and in the generator's map head."""

HELD_OUT_ONE_IN = 16
_LABELS = ("attributes", "identity", "mirrorable")  # small: read whole, kept on the CPU


class DatasetError(CreatorError):
    """A folder of rendered people that cannot be used."""


class Batch(NamedTuple):
    """People as tensors: ``attributes`` (B, D), ``identity`` (B, 64), ``images`` float32 (B, 4, S, S), 0..1 and
    premultiplied, ``weights`` uint8 (B, 64, 64); ``maps`` float32 (B, 15, S, S), in the order of ``MAP_CHANNELS``:
    albedo and masks 0..1, normals -1..1 times the share of the pixel that is covered, depth as stored."""

    attributes: Tensor
    identity: Tensor
    images: Tensor
    weights: Tensor
    maps: Tensor | None = None


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
    arrays: dict[str, Tensor]


def shard_path(folder: Path, index: int, ending: str) -> Path:
    """The file of shard ``index`` with ``ending`` ("done", "images.npy", ...)."""
    return folder / f"shard_{index:05d}.{ending}"


def write_shard(folder: Path, index: int, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write shard ``index`` of ``folder``; a reader sees it whole or not at all.

    ``arrays`` holds the five arrays named in this module's text, or those and the four maps. Raises
    :class:`DatasetError` for other names, types or unequal lengths.
    """
    kinds = ARRAYS | MAP_ARRAYS if set(arrays) & set(MAP_ARRAYS) else ARRAYS
    if set(arrays) != set(kinds):
        raise DatasetError(f"a shard holds {', '.join(kinds)}, not {', '.join(sorted(arrays))}")
    for name, (kind, dimensions) in kinds.items():
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


def remove_shard(folder: Path, index: int) -> None:
    """Remove shard ``index`` of ``folder``, its marker first; who has opened it keeps it until the next refresh."""
    shard_path(folder, index, "done").unlink(missing_ok=True)
    for path in folder.glob(f"shard_{index:05d}.*"):
        path.unlink(missing_ok=True)


def is_held_out(identity: NDArray[np.float32]) -> bool:
    """Whether a person is kept for evaluation: fixed by the identity code, so all pictures of a person go together."""
    return zlib.crc32(np.ascontiguousarray(identity, np.float32).tobytes()) % HELD_OUT_ONE_IN == 0


class PeopleDataset:
    """All finished shards of a folder. Pictures are uint8 and memory-mapped.

    ``mirror`` says how the labels of a mirrored picture change; by default they do not. Batches are on ``device``;
    unless that is the CPU, shards are kept there as long as they take no more than ``resident_bytes`` together.
    ``part`` chooses by the identity code who of those that are not held out is trained on; by default all are.
    """

    def __init__(
        self,
        folder: Path,
        mirror: MirroredLabels | None = None,
        device: str = "cpu",
        resident_bytes: int = 0,
        part: Callable[[NDArray[np.float32]], bool] | None = None,
    ) -> None:
        self.folder = folder
        self._part = part
        self.device = torch.device(device)
        self._free_bytes = resident_bytes if self.device.type != "cpu" else 0
        self._mirror_labels = mirror or MirroredLabels()
        self._shards: dict[str, _Shard] = {}
        self._rows: dict[bool, list[tuple[str, int]]] = {False: [], True: []}
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
        return int(self._first().arrays["attributes"].shape[1])

    @property
    def size(self) -> int:
        """Side of the pictures in pixels; raises :class:`DatasetError` while there is no shard."""
        return int(self._first().arrays["images"].shape[1])

    @property
    def has_maps(self) -> bool:
        """Whether the shards hold maps; raises :class:`DatasetError` while there is no shard."""
        return "masks" in self._first().arrays

    def attribute_sample(self, count: int = 4096) -> Tensor:
        """Encoded attributes ``(N, D)`` of the first ``count`` people."""
        self._first()
        return torch.cat([shard.arrays["attributes"] for shard in self._shards.values()])[:count]

    def _first(self) -> _Shard:
        if not self._shards:
            raise DatasetError(f"there are no finished shards in {self.folder}")
        return next(iter(self._shards.values()))

    def refresh(self) -> int:
        """Take up shards finished since the last look and drop removed ones; return how many people were added."""
        markers = [marker.stem for marker in sorted(self.folder.glob("shard_*.done"))]
        for name in self._shards.keys() - set(markers):
            self._drop(name)
        added = 0
        for name in markers:
            if name not in self._shards:
                added += self._take_up(name)
        return added

    def _drop(self, name: str) -> None:
        shard = self._shards.pop(name)
        if self.device.type != "cpu" and shard.arrays["images"].device.type == self.device.type:
            self._free_bytes += _picture_bytes(shard.arrays)
        for rows in self._rows.values():
            rows[:] = [row for row in rows if row[0] != name]

    def _take_up(self, name: str) -> int:
        with_maps = (self.folder / f"{name}.masks.npy").exists()
        arrays = {}
        for array in ARRAYS | MAP_ARRAYS if with_maps else ARRAYS:
            path = self.folder / f"{name}.{array}.npy"
            # Copy on write: torch takes no read-only memory. Labels are read whole: every batch touches them.
            try:
                arrays[array] = torch.from_numpy(np.load(path, mmap_mode=None if array in _LABELS else "c"))
            except (OSError, ValueError) as error:
                raise DatasetError(f"{path} cannot be read: {error}") from error
        if self._shards:
            if arrays["attributes"].shape[1] != self.attribute_size:
                raise DatasetError(f"{name} was rendered with another attribute schema than the first shard")
            if arrays["images"].shape[1] != self.size or with_maps != self.has_maps:
                raise DatasetError(f"{name} has another size or other maps than the first shard")
        needed = _picture_bytes(arrays)
        if needed <= self._free_bytes:
            self._free_bytes -= needed
            arrays = {k: v if k in _LABELS else v.to(self.device) for k, v in arrays.items()}
        self._shards[name] = _Shard(arrays)
        for row, identity in enumerate(arrays["identity"].numpy()):
            held_out = is_held_out(identity)
            if held_out or self._part is None or self._part(identity):
                self._rows[held_out].append((name, row))
        return len(arrays["identity"])

    def batch(self, random: np.random.Generator, count: int, size: int, maps: bool = False) -> Batch:
        """``count`` random training people at ``size`` pixels, half of the mirrorable ones mirrored."""
        if not self.train_count:
            raise DatasetError(f"there are no people to train on in {self.folder}")
        rows = [self._rows[False][i] for i in random.integers(0, self.train_count, count)]
        flips = random.random(count) < 0.5
        flips &= np.array([bool(self._shards[s].arrays["mirrorable"][r]) for s, r in rows])
        return self._mirror(self._gather(rows, size, maps), torch.from_numpy(flips))

    def held_out(self, count: int, size: int, start: int = 0, maps: bool = False) -> Batch:
        """Up to ``count`` held-out people from number ``start`` on, in the order of the shards, never mirrored."""
        rows = self._rows[True][start : start + count]
        if not rows:
            raise DatasetError(f"there are no held-out people in {self.folder}")
        return self._gather(rows, size, maps)

    def _gather(self, rows: Sequence[tuple[str, int]], size: int, maps: bool) -> Batch:
        if size > self.size:
            raise DatasetError(f"the pictures in {self.folder} have {self.size} pixels a side, fewer than {size}")
        if maps and not self.has_maps:
            raise DatasetError(f"the people in {self.folder} were rendered without maps")

        def stack(name: str) -> Tensor:
            return self._stacked([self._shards[s].arrays[name][r] for s, r in rows])

        labels = [stack(name) for name in ("attributes", "identity")]
        found = None
        if maps:
            parts = [reduced(stack(name), size) for name in ("albedo", "masks")]
            # 128 is 0, so that the normal is 0 where nothing is.
            normals = means((stack("normals").permute(0, 3, 1, 2).float() - 128.0).div_(127.0), size)
            depth = means(stack("depth").unsqueeze(1).float(), size)
            found = torch.cat([parts[0], normals, depth, parts[1]], 1)
        return Batch(labels[0], labels[1], reduced(stack("images"), size), stack("weights"), found)

    def _stacked(self, found: list[Tensor]) -> Tensor:
        """One tensor on the device of tensors that lie there or in the CPU's memory; these go over in one piece."""
        away = [index for index, each in enumerate(found) if each.device.type != self.device.type]
        if away:
            together = torch.stack([found[index] for index in away])
            if self.device.type == "cuda":
                together = together.pin_memory()
            together = together.to(self.device, non_blocking=True)
            if len(away) == len(found):
                return together
            for index, each in zip(away, together, strict=True):
                found[index] = each
        return torch.stack(found)

    def _mirror(self, batch: Batch, flips: Tensor) -> Batch:
        if not bool(flips.any()):
            return batch
        chosen = torch.nonzero(flips).squeeze(1).to(self.device)
        attributes, identity = batch.attributes.clone(), batch.identity.clone()
        attributes[chosen] = self._mirror_labels.attributes(attributes[chosen])
        identity[chosen] = self._mirror_labels.identity(identity[chosen])
        pictures = [each if each is None else each.index_copy(0, chosen, each[chosen].flip(-1))
                    for each in (batch.images, batch.weights, batch.maps)]  # fmt: skip
        images, weights, maps = pictures
        assert images is not None
        assert weights is not None
        if maps is not None:
            sideways = MAP_CHANNELS["normals"].start
            maps[chosen, sideways] = -maps[chosen, sideways]
        return Batch(attributes, identity, images, weights, maps)


def _picture_bytes(arrays: Mapping[str, Tensor]) -> int:
    return sum(array.numel() * array.element_size() for name, array in arrays.items() if name not in _LABELS)


def quantised_normals(normals: NDArray[Any]) -> NDArray[np.uint8]:
    """Unit vectors or zeros (..., 3) as stored: uint8, 128 for 0."""
    return np.rint(128.0 + 127.0 * normals.astype(np.float32)).astype(np.uint8)


def reduced(images: Tensor, size: int) -> Tensor:
    """uint8 ``(B, S, S, C)`` to float32 ``(B, C, size, size)``, 0..1, by exact means of square blocks."""
    return means(images.permute(0, 3, 1, 2).float().div_(255.0), size)


def means(pictures: Tensor, size: int) -> Tensor:
    """``(B, C, S, S)`` to ``(B, C, size, size)`` by means of square blocks."""
    factor = pictures.shape[-1] // size
    return functional.avg_pool2d(pictures, factor) if factor > 1 else pictures.contiguous()
