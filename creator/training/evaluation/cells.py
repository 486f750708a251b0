"""Groups of people by age, gender, ancestry and skin tone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from creator.attributes import AttributeSchema

SMALLEST = 8
"""People that a cell needs to be reported."""
# Attribute -> the names of its cells with their upper ends.
_BANDS: dict[str, tuple[tuple[str, float], ...]] = {
    "age": (("under 16", 16.0), ("16 to 30", 30.0), ("30 to 45", 45.0), ("45 to 65", 65.0), ("over 65", np.inf)),
    "gender": (("feminine", 0.35), ("between", 0.65), ("masculine", np.inf)),
    "skin_tone": (("1 to 3", 3.0), ("3 to 5", 5.0), ("5 to 7", 7.0), ("7 to 10", np.inf)),
}
_ANCESTRY = {"ancestry_african": "African", "ancestry_east_asian": "East Asian", "ancestry_european": "European"}
_LABELS = {"age": "age", "gender": "gender", "skin_tone": "tone"}


def decoded(schema: AttributeSchema, attributes: NDArray[np.float32], name: str) -> NDArray[np.float32]:
    """Values ``(N,)`` of a continuous attribute in its own unit, from encoded attributes ``(N, D)``."""
    attribute = schema[name]
    encoded = attributes[:, schema.encoded_slices[name].start]
    return attribute.minimum + (encoded + 1.0) / 2.0 * (attribute.maximum - attribute.minimum)


def cells(schema: AttributeSchema, attributes: NDArray[np.float32]) -> dict[str, NDArray[np.bool_]]:
    """Who belongs to a cell ``(N,)``, by name ("age: under 16"); cells of fewer than 8 people are left out.

    People belong to the ancestry with the largest share. Attributes that the schema lacks give no cells.
    """
    found: dict[str, NDArray[np.bool_]] = {}
    for name, bands in _BANDS.items():
        if name not in schema.names:
            continue
        value, low = decoded(schema, attributes, name), -np.inf
        for label, high in bands:
            found[f"{_LABELS[name]}: {label}"] = (value >= low) & (value < high)
            low = high
    if all(name in schema.names for name in _ANCESTRY):
        shares = np.stack([decoded(schema, attributes, name) for name in _ANCESTRY], 1)
        for index, label in enumerate(_ANCESTRY.values()):
            found[f"ancestry: {label}"] = shares.argmax(1) == index
    return {name: inside for name, inside in found.items() if inside.sum() >= SMALLEST}
