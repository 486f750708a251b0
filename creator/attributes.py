"""The attribute schema: what can be said about a person, in one list.

The renderer's parameters, the generator's input, the sliders and the command line are all
built from an :class:`AttributeSchema`. The application reads it from the model's manifest.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from creator.errors import AttributeValueError, ModelError, UnknownAttributeError

Kind = Literal["continuous", "choice"]
Value = float | str

MAXIMUM_ATTRIBUTES = 512
MAXIMUM_CHOICES = 128


def nearest_name(name: str, names: list[str] | tuple[str, ...]) -> str:
    """Return `` (did you mean 'x'?)`` for the most similar of ``names``, or an empty string."""
    found = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return f" (did you mean '{found[0]}'?)" if found else ""


@dataclass(frozen=True)
class Attribute:
    """One controllable property of a portrait.

    Continuous attributes have ``minimum``, ``maximum``, ``step``, ``unit`` and two end words; choices have
    ``choices`` (identifiers) and ``choice_labels``. ``prior`` says how a random person draws it:
    ``{"kind": "normal", "mean", "sigma"}`` (clipped to ``low``/``high``, by default the range), ``{"kind": "uniform",
    "low", "high"}``, ``{"kind": "gamma", "shape"}`` or ``{"kind": "choice", "feminine": [...], "masculine": [...]}``
    (weights at the two ends of ``gender``, blended between).
    """

    name: str
    label: str
    group: str
    kind: Kind
    help: str
    default: Value
    minimum: float = 0.0
    maximum: float = 1.0
    step: float = 0.01
    unit: str = ""
    low_word: str = ""
    high_word: str = ""
    choices: tuple[str, ...] = ()
    choice_labels: tuple[str, ...] = ()
    prior: Mapping[str, Any] = field(default_factory=dict)

    def validated(self, value: object) -> Value:
        """Return ``value`` in canonical form (float, or one of ``choices``).

        Raises :class:`AttributeValueError` or :class:`UnknownAttributeError`, naming the nearest valid choice.
        """
        if self.kind == "choice":
            if isinstance(value, str) and value in self.choices:
                return value
            text = str(value)
            raise UnknownAttributeError(
                f"'{text}' is not a choice of '{self.name}'{nearest_name(text, self.choices)}; "
                f"it may be {', '.join(self.choices)}"
            )
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            raise AttributeValueError(f"'{self.name}' needs a number, not {value!r}")
        try:
            number = float(value)
        except (ValueError, OverflowError):
            raise AttributeValueError(f"'{self.name}' needs a number, not '{value}'") from None
        if not math.isfinite(number):
            raise AttributeValueError(f"'{self.name}' needs a finite number, not {value}")
        if not self.minimum <= number <= self.maximum:
            nearest = min(max(number, self.minimum), self.maximum)
            raise AttributeValueError(
                f"'{self.name}' is {number:g}, outside {self.minimum:g} to {self.maximum:g}; "
                f"the nearest valid value is {nearest:g}"
            )
        return number

    @property
    def encoded_size(self) -> int:
        """Numbers this attribute takes in the generator's input: 1, or one per choice."""
        return len(self.choices) if self.kind == "choice" else 1


@dataclass(frozen=True)
class AttributeSchema:
    """An ordered list of attributes with unique names."""

    attributes: tuple[Attribute, ...]

    @cached_property
    def by_name(self) -> dict[str, Attribute]:
        return {attribute.name: attribute for attribute in self.attributes}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.by_name)

    @property
    def groups(self) -> tuple[str, ...]:
        """Group names in the order of their first attribute."""
        return tuple(dict.fromkeys(attribute.group for attribute in self.attributes))

    def __getitem__(self, name: str) -> Attribute:
        try:
            return self.by_name[name]
        except KeyError:
            raise UnknownAttributeError(
                f"there is no attribute '{name}'{nearest_name(name, self.names)}; "
                "'facewright attributes' lists them all"
            ) from None

    def defaults(self) -> dict[str, Value]:
        return {attribute.name: attribute.default for attribute in self.attributes}

    def validated(self, name: str, value: object) -> Value:
        """Return the canonical form of ``value`` for attribute ``name``; raise a :class:`UsageError`."""
        return self[name].validated(value)

    @cached_property
    def encoded_slices(self) -> dict[str, slice]:
        """Where each attribute lies in the generator's input vector."""
        slices, start = {}, 0
        for attribute in self.attributes:
            slices[attribute.name] = slice(start, start + attribute.encoded_size)
            start += attribute.encoded_size
        return slices

    @property
    def encoded_size(self) -> int:
        return sum(attribute.encoded_size for attribute in self.attributes)

    def encode(self, values: Mapping[str, Value]) -> NDArray[np.float32]:
        """The generator's input: float32 of shape ``(encoded_size,)``.

        A continuous value is scaled from its range to -1..1; a choice becomes a one-hot block. Missing names take
        their default.
        """
        vector = np.zeros(self.encoded_size, np.float32)
        for attribute in self.attributes:
            value = values.get(attribute.name, attribute.default)
            at = self.encoded_slices[attribute.name]
            if attribute.kind == "choice":
                vector[at.start + attribute.choices.index(str(value))] = 1.0
            else:
                span = attribute.maximum - attribute.minimum
                vector[at.start] = 2.0 * (float(value) - attribute.minimum) / span - 1.0
        return vector

    def to_json(self) -> list[dict[str, Any]]:
        """A list of plain dictionaries, as the manifest stores it."""
        entries = []
        for a in self.attributes:
            entry: dict[str, Any] = {
                "name": a.name, "label": a.label, "group": a.group, "kind": a.kind, "help": a.help,
                "default": a.default,
            }  # fmt: skip
            if a.kind == "choice":
                entry |= {"choices": list(a.choices), "choice_labels": list(a.choice_labels)}
            else:
                entry |= {
                    "minimum": a.minimum, "maximum": a.maximum, "step": a.step, "unit": a.unit,
                    "low_word": a.low_word, "high_word": a.high_word,
                }  # fmt: skip
            entries.append(entry | {"prior": dict(a.prior)})
        return entries

    @staticmethod
    def from_json(entries: object) -> AttributeSchema:
        """Read what :meth:`to_json` wrote; raise :class:`ModelError` for anything else."""
        if not isinstance(entries, list) or not 0 < len(entries) <= MAXIMUM_ATTRIBUTES:
            raise ModelError("the model's manifest holds no usable list of attributes")
        attributes = []
        for entry in entries:
            try:
                known = {**entry, "choices": tuple(entry.get("choices", ()))}
                known["choice_labels"] = tuple(entry.get("choice_labels", ()))
                attribute = Attribute(**known)
                sound = (
                    0 < len(attribute.choices) <= MAXIMUM_CHOICES
                    and len(attribute.choices) == len(attribute.choice_labels)
                    if attribute.kind == "choice"
                    else attribute.kind == "continuous" and attribute.minimum < attribute.maximum
                )
                attribute.validated(attribute.default)
            except Exception as error:
                raise ModelError(f"the model's manifest holds a damaged attribute: {error}") from error
            if not sound:
                raise ModelError(f"the model's manifest holds a damaged attribute: '{attribute.name}'")
            attributes.append(attribute)
        schema = AttributeSchema(tuple(attributes))
        if len(schema.by_name) != len(attributes):
            raise ModelError("the model's manifest names an attribute twice")
        return schema
