"""The attributes as a network reads them off a portrait, and what an edit changed besides what it was to change."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from creator.attributes import AttributeSchema, Value
from creator.companion import CompanionNetwork
from creator.manifest import Manifest
from creator.readings import Readings, SideEffect

COMPANION = "attribute_reader"


class AttributeReader:
    """Reads those attributes off a portrait that both the network and the model's schema know."""

    def __init__(self, network: CompanionNetwork, schema: AttributeSchema) -> None:
        self._network = network
        self._readings = Readings(network.facts, network.width, schema)

    @staticmethod
    def load(manifest: Manifest) -> AttributeReader | None:
        """The model's reader; None if it has none. Raises :class:`~creator.errors.ModelError` for a damaged one."""
        network = CompanionNetwork.load(manifest, COMPANION)
        return None if network is None else AttributeReader(network, manifest.schema)

    @property
    def scores(self) -> Mapping[str, float]:
        """How well each attribute is read on people never seen: R2, or accuracy of a choice."""
        return self._readings.scores

    def read(self, pixels: NDArray[np.uint8]) -> dict[str, Value]:
        """The attributes of a portrait (S, S, 4), premultiplied RGBA, each within its range.

        What does not show in a picture (the hue of undyed hair) is a guess. Raises
        :class:`~creator.errors.RenderError`.
        """
        return self._readings.values(self._network.look(pixels))

    def side_effects(
        self, before: NDArray[np.uint8], after: NDArray[np.uint8], edited: Collection[str]
    ) -> list[SideEffect]:
        """What else changed between two portraits (S, S, 4), the strongest change first.

        ``edited`` names the attributes that were meant to change. Told is what is read well, shows in both portraits,
        and changed by more than the readings of renders do when something else is edited. Raises
        :class:`~creator.errors.RenderError`.
        """
        return self._readings.side_effects(self._network.look(before), self._network.look(after), edited)
