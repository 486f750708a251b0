"""Who a portrait shows, as a point on a sphere: pictures of one person lie near together.

The embedding was trained on rendered people, each seen in several moods, lights, hair styles and years. It tells how
far an edited face has drifted from the person it was, and which two characters look alike; of real people it knows
nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from creator.companion import CompanionNetwork
from creator.errors import ModelError
from creator.manifest import REMEDY, Manifest

COMPANION = "identity"


class IdentityEmbedding:
    """``same_person_below``: the distance below which two portraits pass for one person (one pair of strangers in a
    hundred does too); ``facts``: how well it tells people apart."""

    def __init__(self, network: CompanionNetwork) -> None:
        self._network = network
        self.facts = network.facts
        self.same_person_below = _threshold(network.facts.get("same_person_below"))

    @staticmethod
    def load(manifest: Manifest) -> IdentityEmbedding | None:
        """The model's embedding; None if it has none. Raises :class:`ModelError` for a damaged one."""
        network = CompanionNetwork.load(manifest, COMPANION)
        return None if network is None else IdentityEmbedding(network)

    def embed(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """A portrait (S, S, 4), premultiplied RGBA, as a unit vector float32 (E,).

        Raises :class:`~creator.errors.RenderError`.
        """
        row = self._network.look(pixels)
        return row / max(float(np.linalg.norm(row)), 1e-12)


def distance(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """How unlike two embeddings are: 1 - cosine, 0 (the same) to 2."""
    return float(min(max(1.0 - float(one @ other), 0.0), 2.0))


def _threshold(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0.0 < value < 2.0:
        raise ModelError(f"the model is damaged: its identity network names no sound threshold; {REMEDY}")
    return float(value)
