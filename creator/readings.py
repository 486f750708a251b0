"""What the output of an attribute-reading network says, and what changed between two of its outputs.

The output has a block for each attribute, in the order of the network's facts: one number for a slider (in spreads from
its mean), cosine and sine for a hue, a logit for each choice.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field, ValidationError

from creator.attributes import Attribute, AttributeSchema, Value
from creator.errors import ModelError
from creator.manifest import REMEDY
from creator.visibility import Condition, shows
from creator.wording import one_line

LEAST_SCORE = 0.3
"""R2 (choices: accuracy beyond chance) from which on a reading counts."""
_LEAST_CHANGE = 0.25  # sigma, below which nothing is worth telling
_HUE_SIGMA = 104.0  # degrees: the spread of hues that are all alike likely
_CHOICE_SIGMA = 0.5  # the spread of a fair coin

_Finite = Annotated[float, Field(allow_inf_nan=False)]


class _ReadingEntry(BaseModel):
    name: Annotated[str, Field(min_length=1, max_length=200)]
    kind: Literal["slider", "hue", "choice"]
    mean: _Finite = 0.0
    spread: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] = 1.0
    choices: Annotated[tuple[str, ...], Field(max_length=128)] = ()
    score: _Finite = 0.0
    gain: Annotated[float, Field(gt=0.0, le=4.0)] = 1.0
    noise: Annotated[float, Field(ge=0.0, allow_inf_nan=False)] = 0.0
    shown: Annotated[list[dict[str, Any]], Field(max_length=16)] = []

    @property
    def width(self) -> int:
        return {"slider": 1, "hue": 2, "choice": len(self.choices)}[self.kind]


class _Facts(BaseModel):
    attributes: Annotated[list[_ReadingEntry], Field(min_length=1, max_length=512)]
    mixtures: Annotated[list[list[str]], Field(max_length=16)] = []


@dataclass(frozen=True)
class SideEffect:
    """An attribute that changed in the picture though nobody edited it. ``change_in_sigma``: in spreads of that
    attribute among people, positive upwards (of a hue: around the circle; of a choice: always positive)."""

    name: str
    change_in_sigma: float
    before: Value
    after: Value


@dataclass(frozen=True)
class _Reading:
    """One attribute's block of the output, and how it is understood."""

    entry: _ReadingEntry
    attribute: Attribute
    columns: slice
    shown: tuple[Condition, ...]

    def value(self, block: NDArray[np.float32]) -> Value:
        """The attribute's value, within its range."""
        entry, attribute = self.entry, self.attribute
        if entry.kind == "choice":
            offered = [i for i, choice in enumerate(entry.choices) if choice in attribute.choices]
            return entry.choices[max(offered, key=lambda i: float(block[i]))]
        span = attribute.maximum - attribute.minimum
        if entry.kind == "hue":
            return attribute.minimum + _turn(block) / 360.0 * span
        return min(max(entry.mean + entry.spread * float(block[0]), attribute.minimum), attribute.maximum)

    def change(self, before: NDArray[np.float32], after: NDArray[np.float32]) -> float:
        """From one block to another, in sigma."""
        if self.entry.kind == "slider":
            change = float(after[0] - before[0])
        elif self.entry.kind == "hue":
            change = ((_turn(after) - _turn(before) + 180.0) % 360.0 - 180.0) / _HUE_SIGMA
        else:
            change = 0.5 * float(np.abs(_probabilities(after) - _probabilities(before)).sum()) / _CHOICE_SIGMA
        return change / self.entry.gain


class Readings:
    """Understands outputs ``row`` float32 (width,): those attributes that both the facts and ``schema`` know."""

    def __init__(self, facts: Mapping[str, Any], width: int, schema: AttributeSchema) -> None:
        try:
            checked = _Facts.model_validate(dict(facts))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise _damaged(f"{where}: {first['msg']}") from None
        if sum(entry.width for entry in checked.attributes) != width:
            raise _damaged("its attributes do not fit its output")
        if len({entry.name for entry in checked.attributes}) != len(checked.attributes):
            raise _damaged("it names an attribute twice")
        self._mixtures = [frozenset(names) for names in checked.mixtures]
        self._readings = _readings(checked.attributes, schema)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(reading.entry.name for reading in self._readings)

    @property
    def scores(self) -> dict[str, float]:
        """How well each attribute is read on people never seen: R2, or accuracy of a choice."""
        return {reading.entry.name: reading.entry.score for reading in self._readings}

    def values(self, row: NDArray[np.float32]) -> dict[str, Value]:
        """The attributes, each within its range. What does not show in a picture is a guess."""
        return {reading.entry.name: reading.value(row[reading.columns]) for reading in self._readings}

    def changes(self, before: NDArray[np.float32], after: NDArray[np.float32]) -> dict[str, float]:
        """How far each attribute moved that shows before and after, in sigma (see :class:`SideEffect`)."""
        values, later = self.values(before), self.values(after)
        return {
            reading.entry.name: reading.change(before[reading.columns], after[reading.columns])
            for reading in self._readings
            if shows(reading.shown, values) and shows(reading.shown, later)
        }

    def meant(self, edited: Collection[str]) -> set[str]:
        """``edited`` and what an edit of these means to change: a share of a mixture changes the others."""
        return set(edited).union(*(names for names in self._mixtures if names & set(edited)))

    def side_effects(
        self, before: NDArray[np.float32], after: NDArray[np.float32], edited: Collection[str]
    ) -> list[SideEffect]:
        """What is read well and changed by more than the readings of renders do when something else is edited,
        without what was ``edited``; the strongest change first."""
        changes, meant = self.changes(before, after), self.meant(edited)
        values, later = self.values(before), self.values(after)
        found = [
            SideEffect(entry.name, changes[entry.name], values[entry.name], later[entry.name])
            for entry in (reading.entry for reading in self._readings)
            if entry.name in changes
            and entry.name not in meant
            and _beyond_chance(entry) >= LEAST_SCORE
            and abs(changes[entry.name]) > max(_LEAST_CHANGE, entry.noise)
        ]
        return sorted(found, key=lambda effect: -abs(effect.change_in_sigma))


def _readings(entries: list[_ReadingEntry], schema: AttributeSchema) -> tuple[_Reading, ...]:
    """Those of the attributes that the schema has, too, and with a choice in common."""
    found = []
    start = 0
    for entry in entries:
        columns = slice(start, start + entry.width)
        start = columns.stop
        attribute = schema.by_name.get(entry.name)
        if attribute is None or (attribute.kind == "choice") != (entry.kind == "choice"):
            continue
        if entry.kind == "choice" and not set(entry.choices) & set(attribute.choices):
            continue
        found.append(_Reading(entry, attribute, columns, tuple(Condition.from_json(each) for each in entry.shown)))
    return tuple(found)


def _beyond_chance(entry: _ReadingEntry) -> float:
    if entry.kind != "choice":
        return entry.score
    chance = 1.0 / max(2, len(entry.choices))
    return (entry.score - chance) / (1.0 - chance)


def _turn(block: NDArray[np.float32]) -> float:
    return math.degrees(math.atan2(float(block[1]), float(block[0]))) % 360.0


def _probabilities(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    power = np.exp(logits.astype(np.float64) - float(logits.max()))
    return power / power.sum()


def _damaged(reason: str) -> ModelError:
    return ModelError(f"the model is damaged: its attribute reader: {one_line(reason, 200)}; {REMEDY}")
