"""What a graph is tried with: three people whom every machine draws alike, and how close two pictures are.

The export writes into the manifest how close a graph of lower precision comes to the precise one on these people; the
application repeats the trial on the user's machine.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from creator.attributes import AttributeSchema
from creator.character import Character
from creator.random_character import identity_vector, person_seed, random_values

PEOPLE = 3
IDENTICAL = 99.0
"""Decibels given to pictures without any difference."""


def trial_people(schema: AttributeSchema) -> tuple[Character, ...]:
    """The people of the trial: far apart, as the random ones are."""
    seeds = [person_seed(0, index) for index in range(PEOPLE)]
    return tuple(Character("", seed, random_values(schema, seed)) for seed in seeds)


def generator_inputs(
    schema: AttributeSchema, identity_size: int, characters: Sequence[Character]
) -> dict[str, NDArray[np.float32]]:
    """What the graphs take: "attributes" float32 (B, D) as the schema encodes them, "identity" float32 (B, N)."""
    return {
        "attributes": np.stack([schema.encode(character.values) for character in characters]),
        "identity": np.stack([identity_vector(character.seed, identity_size) for character in characters]),
    }


def psnr(picture: NDArray[np.uint8], reference: NDArray[np.uint8]) -> float:
    """Peak signal to noise ratio in decibels of uint8 RGBA (..., 4), over the pixels that are not clear in both.

    Equal pictures give :data:`IDENTICAL`, and pictures that are clear throughout too.
    """
    seen = (picture[..., 3] > 0) | (reference[..., 3] > 0)
    apart = picture[seen].astype(np.float64) - reference[seen].astype(np.float64)
    error = float(np.mean(apart * apart)) if apart.size else 0.0
    return min(IDENTICAL, 10.0 * math.log10(255.0**2 / error)) if error else IDENTICAL
