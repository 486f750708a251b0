"""Renders for the measures, kept on disk: a second model is measured against the same ones without rendering again.

Every render is one ``.npz`` file, named by a hash of labels and size. A *witness*, one person who is rendered again
whenever the folder is opened, tells whether the renderer still draws as it did.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from creator.atomic_write import write_atomically
from creator.attributes import AttributeSchema
from creator.errors import CreatorError
from creator.training.evaluation.people import People
from creator.training.evaluation.pictures import READING_SIZE, Floats, Pixels, batches, smaller
from creator.training.head.landmarks import LandmarkSet
from creator.training.people_schema import IDENTITY_SIZE
from creator.training.renderer.people_renderer import Rendered

WITNESS_TOLERANCE = 0.25
"""Mean difference in 1/255 that another machine's rasteriser may have."""


class RenderCacheError(CreatorError):
    """A folder of renders that cannot be used."""


class Renderer(Protocol):
    """What draws people: :class:`~creator.training.renderer.people_renderer.PeopleRenderer`."""

    landmarks: LandmarkSet

    def render(
        self, attributes: NDArray[np.float32], identity: NDArray[np.float32], maps: bool = False
    ) -> Sequence[Rendered]: ...


@dataclass(frozen=True)
class MappedRenders:
    """``pixels`` (N, S, S, 4); ``masks`` uint8 (N, S, S, 8); landmarks ``xy`` (N, K, 2) in pixels and ``cosine`` (N, K)
    as :class:`~creator.training.head.landmarks.Landmarks` has them."""

    pixels: Pixels
    masks: NDArray[np.uint8]
    xy: Floats
    cosine: Floats


class RenderCache:
    """Renders people, or finds them in ``folder``. Raises :class:`RenderCacheError` if the folder's renders are of
    another renderer."""

    def __init__(
        self, folder: Path, schema: AttributeSchema, make_renderer: Callable[[int], Renderer],
        report: Callable[[str], None] = print,
    ) -> None:  # fmt: skip
        self.folder = folder
        self._make_renderer = make_renderer
        self._report = report
        self._renderers: dict[int, Renderer] = {}
        folder.mkdir(parents=True, exist_ok=True)
        self._check_witness(schema)

    def pixels(self, people: People, size: int = READING_SIZE, what: str = "people") -> Pixels:
        """Renders (N, size, size, 4)."""
        distinct, place = people.distinct()
        return np.stack([entry["pixels"] for entry in self._entries(distinct, size, False, what)])[place]

    def mapped(self, people: People, size: int, what: str = "people") -> MappedRenders:
        """Renders of distinct people with masks and landmarks."""
        entries = self._entries(people, size, True, what)
        return MappedRenders(*(np.stack([entry[name] for entry in entries]) for name in
                               ("pixels", "masks", "xy", "cosine")))  # fmt: skip

    def again(self, people: People, size: int) -> Pixels:
        """A second render of the same people: drawn at twice the size, with more and finer strands, then reduced."""
        return smaller(self.pixels(people, 2 * size, "people drawn again"), size)

    @property
    def landmark_names(self) -> tuple[str, ...]:
        """The region of each landmark (K,)."""
        return self._renderer(READING_SIZE).landmarks.names

    def _path(self, people: People, row: int, size: int, maps: bool) -> Path:
        digest = hashlib.sha256(f"{size} {maps} ".encode())
        digest.update(np.ascontiguousarray(people.attributes[row], np.float32).tobytes())
        digest.update(np.ascontiguousarray(people.identity[row], np.float32).tobytes())
        return self.folder / f"{digest.hexdigest()[:32]}.npz"

    def _entries(self, people: People, size: int, maps: bool, what: str) -> list[dict[str, NDArray[np.generic]]]:
        paths = [self._path(people, row, size, maps) for row in range(len(people))]
        found = [_read(path) for path in paths]
        missing = np.array([row for row, entry in enumerate(found) if entry is None], int)
        for rows in batches(len(missing)):
            if rows.start % 64 == 0:
                self._report(f"rendering {what} at {size} pixels: {rows.start} of {len(missing)}")
            chosen = missing[rows]
            drawn = self._renderer(size).render(people.attributes[chosen], people.identity[chosen], maps)
            for row, each in zip(chosen.tolist(), drawn, strict=True):
                found[row] = entry = _entry(each)
                _write(paths[row], entry)
        return [entry for entry in found if entry is not None]

    def _renderer(self, size: int) -> Renderer:
        if size not in self._renderers:
            self._renderers[size] = self._make_renderer(size)
        return self._renderers[size]

    def _check_witness(self, schema: AttributeSchema) -> None:
        person = People(schema.encode({})[None], np.zeros((1, IDENTITY_SIZE), np.float32))
        (drawn,) = self._renderer(READING_SIZE).render(person.attributes, person.identity, False)
        path = self._path(person, 0, READING_SIZE, False)
        known = _read(path)
        if known is None:
            if any(self.folder.glob("*.npz")):
                raise RenderCacheError(f"{self.folder} holds renders without a witness; remove it to render again")
            _write(path, _entry(drawn))
            return
        difference = np.abs(known["pixels"].astype(float) - drawn.pixels.astype(float)).mean()
        if difference > WITNESS_TOLERANCE:
            raise RenderCacheError(f"the renders in {self.folder} are of another renderer; remove them to render again")


def _entry(drawn: Rendered) -> dict[str, NDArray[np.generic]]:
    entry: dict[str, NDArray[np.generic]] = {"pixels": drawn.pixels}
    if drawn.maps is not None and drawn.landmarks is not None:
        entry |= {"masks": drawn.maps.masks, "xy": drawn.landmarks.xy, "cosine": drawn.landmarks.cosine}
    return entry


def _write(path: Path, entry: dict[str, NDArray[np.generic]]) -> None:
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **entry)
    write_atomically(path, stream.getvalue())


def _read(path: Path) -> dict[str, NDArray[np.generic]] | None:
    """What a file holds; None if there is none, or if it is damaged."""
    try:
        with path.open("rb") as stream, np.load(stream) as file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, BadZipFile, EOFError):
        return None


def people_render_cache(folder: Path, report: Callable[[str], None] = print) -> RenderCache:
    """The cache over the people renderer."""
    from creator.training.generator.render_people import STRANDS
    from creator.training.people_schema import SCHEMA
    from creator.training.renderer.people_renderer import PeopleRenderer

    return RenderCache(folder, SCHEMA, lambda size: PeopleRenderer(SCHEMA, size, strands=STRANDS[size]), report)
