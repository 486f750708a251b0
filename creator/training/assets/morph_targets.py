"""Reading MakeHuman's morph targets, as text (``.target``) and as the archive that its releases hold (``targets.npz``).

A text line holds a vertex and its displacement. The archive holds, for each target, ``NAME.index.npy`` (vertices) and
``NAME.vector.npy`` (thousandths of a decimetre), and sometimes ``NAME.license.npy`` (strings).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creator.errors import AssetError
from creator.training.assets.head_assets import Ints
from creator.training.assets.source_folder import (
    LARGEST_NUMBER,
    SourceText,
    coordinates,
    number_table,
    vertex_indices,
    words_of,
)

MAXIMUM_MEMBER_BYTES = 16 * 2**20
# What zipfile and NumPy raise for archives that are damaged, encrypted, or of a kind they do not know.
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class MorphTarget:
    """The vertices that move, each once, and their displacements in decimetres at weight 1."""

    indices: NDArray[np.uint16]  # (n,)
    deltas: NDArray[np.float16]  # (n, 3)


def parse_target(text: SourceText, vertices: int) -> MorphTarget:
    """A target of a mesh with so many ``vertices``. Raises :class:`AssetError` with the line."""
    numbered = list(words_of(text))
    lines = [line for line, _ in numbered]
    table = number_table(text, lines, [words for _, words in numbered], 4)
    indices = vertex_indices(text, lines, table[:, :1], vertices)[:, 0]
    repeated = _first_repeated(indices)
    if repeated is not None:
        raise text.error(lines[repeated], f"vertex {indices[repeated]} is moved twice")
    coordinates(text, lines, table[:, 1:])  # refuses what float16 would make infinite
    return MorphTarget(indices.astype(np.uint16), table[:, 1:].astype(np.float16))


def _first_repeated(indices: Ints) -> int | None:
    if len(np.unique(indices)) == len(indices):
        return None
    _, first = np.unique(indices, return_index=True)
    return int(np.setdiff1d(np.arange(len(indices)), first)[0])


class CompiledTargets:
    """The targets of a ``targets.npz``, read one at a time; nothing is unpickled."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_ERRORS as error:
            raise AssetError(f"'{name}' is not a NumPy archive") from error
        self._members = {info.filename: info for info in self._archive.infolist()}
        ending = ".index.npy"
        self._prefixes = {
            member.removesuffix(ending).rpartition("targets/")[2]: member.removesuffix(ending)
            for member in self._members
            if member.endswith(ending) and "targets/" in member
        }

    def names_in(self, group: str) -> list[str]:
        """Names such as ``chin/chin-triangle`` of the targets whose folder is ``group``."""
        return sorted(name for name in self._prefixes if name.rpartition("/")[0] == group)

    def read(self, target: str, vertices: int) -> MorphTarget:
        """Raises :class:`AssetError` for damaged members, indices out of range and vertices that move twice."""
        prefix = self._prefixes[target]
        indices = self._array(f"{prefix}.index.npy", "iu", 1)
        vectors = self._array(f"{prefix}.vector.npy", "iuf", 2)
        where = f"'{self._name}', target {target!r}"
        if vectors.shape != (len(indices), 3):
            raise AssetError(f"{where}: {len(indices)} vertices, but displacements of shape {vectors.shape}")
        if len(indices) and not 0 <= int(indices.min()) <= int(indices.max()) < vertices:
            raise AssetError(f"{where}: vertices up to {int(indices.max())}, but the base mesh has {vertices}")
        if len(np.unique(indices)) != len(indices):
            raise AssetError(f"{where}: a vertex is moved twice")
        deltas = vectors.astype(np.float64) / 1000
        if not (np.abs(deltas) <= LARGEST_NUMBER).all():
            raise AssetError(f"{where}: a displacement that is not finite or too large")
        return MorphTarget(indices.astype(np.uint16), deltas.astype(np.float16))

    def licence_lines(self, target: str) -> list[str]:
        """What the archive itself says of the target's licence; often nothing."""
        member = f"{self._prefixes[target]}.license.npy"
        return [str(line) for line in self._array(member, "U", 1)] if member in self._members else []

    def _array(self, member: str, kinds: str, dimensions: int) -> NDArray[np.generic]:
        info = self._members.get(member)
        if info is None:
            raise AssetError(f"'{self._name}' has no member {member!r}")
        if info.file_size > MAXIMUM_MEMBER_BYTES:
            raise AssetError(f"'{self._name}', member {member!r} is larger than {MAXIMUM_MEMBER_BYTES // 2**20} MiB")
        try:
            data = self._archive.read(info)
            stream = io.BytesIO(data)
            version = np.lib.format.read_magic(stream)
            header = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
            shape, _, dtype = header(stream)
            # Held against the header first: NumPy would reserve whatever memory a header claims.
            expected = int(np.prod(shape, dtype=np.float64)) * dtype.itemsize
            if dtype.kind not in kinds or len(shape) != dimensions or expected != len(data) - stream.tell():
                raise AssetError(f"'{self._name}', member {member!r} has kind '{dtype.kind}' and shape {shape}")
            return np.load(io.BytesIO(data), allow_pickle=False)
        except _ZIP_ERRORS as error:
            raise AssetError(f"'{self._name}', member {member!r} is damaged") from error
