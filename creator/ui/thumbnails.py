"""Small pictures of characters: drawn once by the one worker while it is idle, then kept on the disk."""

from __future__ import annotations

import hashlib
import io
import json
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from creator.atomic_write import write_atomically
from creator.attributes import AttributeSchema
from creator.character import Character
from creator.errors import CreatorError
from creator.generator import DRAFT, PortraitRenderer, RenderRequest
from creator.library import LibraryEntry
from creator.portrait_file import load_recipe
from creator.ui.preview_renderer import BackgroundResult, BackgroundTask, PreviewRenderer

SIDE = 128
"""Side of a thumbnail in pixels."""

_MAXIMUM_IN_MEMORY = 600  # of 64 KiB each
_MAXIMUM_ON_DISK = 6000  # of some 20 KiB each
_MAXIMUM_FILE_BYTES = 1 << 18

_log = logging.getLogger(__name__)


class Thumbnails(QObject):
    """Pictures of library entries. ``ready``: one arrived (or could not be made); ask for it again.

    The key of a file in ``cache_folder`` is a hash of all that decides the picture, the model's too, so that nothing
    has to be invalidated. A missing or damaged file is made again.
    """

    ready = Signal(object)

    def __init__(
        self, renderer: PreviewRenderer, schema: AttributeSchema, cache_folder: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._renderer = renderer
        self._schema = schema
        self._folder = cache_folder
        self._images: OrderedDict[LibraryEntry, QImage | None] = OrderedDict()
        self._clients: set[str] = set()
        renderer.background_done.connect(self._on_done)

    def image(self, entry: LibraryEntry) -> QImage | None:
        """The thumbnail, if it is at hand."""
        if entry not in self._images:
            return None
        self._images.move_to_end(entry)
        return self._images[entry]

    def is_known(self, entry: LibraryEntry) -> bool:
        """Whether the thumbnail is at hand, or it is known that there can be none."""
        return entry in self._images

    def want(self, client: str, entries: Iterable[LibraryEntry]) -> None:
        """Make those of ``entries`` that are not at hand, in their order, and nothing else that ``client`` wanted."""
        tasks = [BackgroundTask(entry, self._work(entry)) for entry in entries if entry not in self._images]
        if tasks or client in self._clients:
            self._clients.add(client)
            self._renderer.set_background(client, tasks)

    def tidy(self) -> None:
        """Delete what is too much on the disk, when nothing else is to be done."""
        self._renderer.set_background("tidy", [BackgroundTask("tidy", lambda _model: _prune(self._folder))])

    def picture(self, entry: LibraryEntry, renderer: PortraitRenderer) -> NDArray[np.uint8]:
        """The thumbnail as uint8 (SIDE, SIDE, 4), premultiplied sRGB. For the renderer's thread alone.

        Raises :class:`CreatorError`.
        """
        return _thumbnail(load_recipe(entry.path, self._schema).character, renderer, self._folder)

    def _work(self, entry: LibraryEntry) -> Callable[[PortraitRenderer], object]:
        return lambda renderer: self.picture(entry, renderer)

    def _on_done(self, result: BackgroundResult) -> None:
        if result.client not in self._clients or not isinstance(result.key, LibraryEntry):
            return
        image: QImage | None = None
        if isinstance(result.value, np.ndarray):
            pixels = np.ascontiguousarray(result.value)
            side = pixels.shape[0]
            image = QImage(pixels.data, side, side, side * 4, QImage.Format.Format_RGBA8888_Premultiplied).copy()
        self._images[result.key] = image
        while len(self._images) > _MAXIMUM_IN_MEMORY:
            self._images.popitem(last=False)
        self.ready.emit(result.key)


def picture_key(character: Character, model_hash: str) -> str:
    """A hash of all that decides the draft picture: seed, attributes and weights; not the name or the tags."""
    decisive = json.dumps([model_hash, character.seed, sorted(character.values.items())])
    return hashlib.sha256(decisive.encode()).hexdigest()


def _thumbnail(character: Character, renderer: PortraitRenderer, folder: Path) -> NDArray[np.uint8]:
    """uint8 (SIDE, SIDE, 4), premultiplied sRGB: from the disk, or drawn and put there."""
    key = picture_key(character, renderer.manifest.stamp(DRAFT).sha256)
    file = folder / f"{key}.png"
    kept = _kept(file)
    if kept is not None:
        return kept
    pixels = renderer.render(RenderRequest(character, DRAFT)).pixels
    if pixels.shape[0] != SIDE:
        image = Image.frombuffer("RGBX", pixels.shape[1::-1], np.ascontiguousarray(pixels), "raw", "RGBX", 0, 1)
        pixels = np.asarray(image.resize((SIDE, SIDE), Image.Resampling.BOX), np.uint8)
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG", compress_level=1)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(file, stream.getvalue())
    except (OSError, CreatorError) as error:
        _log.info("the thumbnail was not kept: %s", error)
    return pixels


def _kept(file: Path) -> NDArray[np.uint8] | None:
    try:
        if file.stat().st_size > _MAXIMUM_FILE_BYTES:
            return None
        with Image.open(file, formats=("PNG",)) as image:
            if image.size != (SIDE, SIDE) or image.mode != "RGBA":
                return None
            return np.asarray(image, np.uint8)
    except Exception:  # a damaged PNG fails in many ways inside Pillow; it is drawn again
        return None


def _prune(folder: Path, maximum: int = _MAXIMUM_ON_DISK) -> None:
    """Delete the oldest thumbnails beyond ``maximum``."""
    try:
        files = sorted(folder.glob("*.png"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in files[maximum:]:
            file.unlink(missing_ok=True)
    except OSError as error:
        _log.info("old thumbnails stay: %s", error)
