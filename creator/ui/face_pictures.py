"""Small pictures of people, drawn in the background and remembered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from creator.character import Character
from creator.generator import DRAFT, FULL, PortraitRenderer, RenderRequest
from creator.ui.preview_renderer import BackgroundResult, BackgroundTask, PreviewRenderer, enlarged

_MAXIMUM_BYTES = 96 << 20
_ENOUGH = 0.7  # a picture enlarged by no more than 1 / 0.7 looks sharp enough for a small one


@dataclass(frozen=True)
class Region:
    """A square part of a portrait: its upper left corner and side, as shares of the portrait's side."""

    left: float = 0.0
    top: float = 0.0
    side: float = 1.0


# The camera is the same for everybody: eyes at 0.475 of the height, chin at 0.765.
WHOLE = Region()
HEAD = Region(0.11, 0.02, 0.78)
FACE = Region(0.19, 0.19, 0.62)
EYES = Region(0.27, 0.24, 0.46)


@dataclass(frozen=True)
class Face:
    """One small picture: who, how large (device pixels), and which part of the portrait."""

    character: Character
    side: int
    region: Region = WHOLE
    variant: str = DRAFT


class FacePictures(QObject):
    """Draws what its clients want, in idle moments, and keeps what was drawn. ``ready`` carries a :class:`Face`."""

    ready = Signal(object)

    def __init__(self, renderer: PreviewRenderer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._renderer = renderer
        self._images: OrderedDict[Face, QImage] = OrderedDict()
        self._bytes = 0
        renderer.background_done.connect(self._keep)

    def face(self, character: Character, side: int, region: Region = WHOLE) -> Face:
        """The picture that is good enough for ``side`` device pixels, and quick where it can be."""
        draft = self._renderer.renderer.manifest.variant(DRAFT).size
        good = draft * region.side >= _ENOUGH * side
        return Face(replace(character, name="", unknown_values={}, tags=()), side, region, DRAFT if good else FULL)

    def image(self, face: Face) -> QImage | None:
        """The finished picture, or None: then it can be wanted."""
        found = self._images.get(face)
        if found is not None:
            self._images.move_to_end(face)
        return found

    def want(self, client: str, faces: Iterable[Face]) -> None:
        """Draw those of ``faces`` that are not there yet, instead of what ``client`` wanted before."""
        missing = (face for face in dict.fromkeys(faces) if face not in self._images)
        self._renderer.set_background(client, [BackgroundTask(face, _Drawing(face)) for face in missing])

    def _keep(self, result: BackgroundResult) -> None:
        if isinstance(result.key, Face) and isinstance(result.value, np.ndarray):
            self.put(result.key, result.value)

    def put(self, face: Face, pixels: NDArray[np.uint8]) -> None:
        """Remember a picture: uint8 (side, side, 4), premultiplied RGBA."""
        if face in self._images:
            return
        side = pixels.shape[0]
        image = QImage(pixels.data, side, side, side * 4, QImage.Format.Format_RGBA8888_Premultiplied).copy()
        self._images[face] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > _MAXIMUM_BYTES:
            self._bytes -= self._images.popitem(last=False)[1].sizeInBytes()
        self.ready.emit(face)


@dataclass(frozen=True)
class _Drawing:
    face: Face

    def __call__(self, renderer: PortraitRenderer) -> NDArray[np.uint8]:
        pixels = renderer.render(RenderRequest(self.face.character, self.face.variant)).pixels
        return enlarged(part(pixels, self.face.region), self.face.side)


def part(pixels: NDArray[np.uint8], region: Region) -> NDArray[np.uint8]:
    """The square ``region`` of a picture (S, S, C), at least one pixel."""
    if region == WHOLE:
        return pixels
    size = pixels.shape[0]
    side = max(round(region.side * size), 1)
    top, left = round(region.top * size), round(region.left * size)
    return np.ascontiguousarray(pixels[top : top + side, left : left + side])
