"""Looks for look-alikes in the library: in the pictures where the model has an eye for identity, else by attributes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from creator.generator import PortraitRenderer
from creator.identity import COMPANION, IdentityEmbedding
from creator.library import LibraryEntry
from creator.look_alikes import look_alikes_by_identity
from creator.ui.library_store import AlikePair, LibraryStore
from creator.ui.preview_renderer import BackgroundResult, BackgroundTask, PreviewRenderer
from creator.ui.thumbnails import Thumbnails

MAXIMUM_LOOKED_AT = 400
"""A larger cast is compared by attributes: to look at every picture would take too long."""

_CLIENT = "look-alikes"


class LookAlikeSearch(QObject):
    """``found`` carries a list of :class:`AlikePair` and whether pictures were compared; ``progressed`` how many
    pictures of how many have been looked at. They are made and looked at by the one worker, while it is idle."""

    found = Signal(object, bool)
    progressed = Signal(int, int)

    def __init__(
        self, store: LibraryStore, thumbnails: Thumbnails, renderer: PreviewRenderer, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._thumbnails = thumbnails
        self._renderer = renderer
        self._identity: IdentityEmbedding | None = None  # made and used by the worker alone
        self._vectors: dict[LibraryEntry, NDArray[np.float32] | None] = {}
        self._wanted: tuple[LibraryEntry, ...] = ()
        renderer.background_done.connect(self._on_looked)
        store.look_alikes_found.connect(lambda pairs: self.found.emit(pairs, False))

    def start(self) -> None:
        """Compare the library as it is now, instead of what was under way."""
        entries = self._store.entries
        if COMPANION not in self._renderer.renderer.manifest.companions or len(entries) > MAXIMUM_LOOKED_AT:
            self._store.find_look_alikes()
            return
        self._vectors = {entry: vector for entry, vector in self._vectors.items() if entry in entries}
        self._wanted = entries
        unseen = [entry for entry in entries if entry not in self._vectors]
        self._renderer.set_background(_CLIENT, [BackgroundTask(entry, self._look_at(entry)) for entry in unseen])
        self._finish()

    def stop(self) -> None:
        """Nobody waits for it any more."""
        self._wanted = ()
        self._renderer.set_background(_CLIENT, [])

    def _look_at(self, entry: LibraryEntry) -> Callable[[PortraitRenderer], object]:
        def work(renderer: PortraitRenderer) -> NDArray[np.float32]:
            if self._identity is None:
                self._identity = IdentityEmbedding.load(renderer.manifest)
            assert self._identity is not None  # the manifest names it
            return self._identity.embed(self._thumbnails.picture(entry, renderer))

        return work

    def _on_looked(self, result: BackgroundResult) -> None:
        if result.client != _CLIENT or not isinstance(result.key, LibraryEntry):
            return
        self._vectors[result.key] = result.value if isinstance(result.value, np.ndarray) else None
        self._finish()

    def _finish(self) -> None:
        looked = [entry for entry in self._wanted if entry in self._vectors]
        if len(looked) < len(self._wanted):
            self.progressed.emit(len(looked), len(self._wanted))
            return
        known = [entry for entry in looked if self._vectors[entry] is not None]
        if self._identity is None or len(known) < 2:
            self._store.find_look_alikes()  # the network could not be read
            return
        vectors = np.stack([vector for entry in known if (vector := self._vectors[entry]) is not None])
        pairs = look_alikes_by_identity(vectors, self._identity.same_person_below)
        self.found.emit([AlikePair(known[p.first], known[p.second], p.distance) for p in pairs], True)
