"""People near a person: random rolls with a scope and a strength, neighbours, and one person at several ages.

Everything here is a pure function of its arguments; equal seeds give equal people for good, because the draws are those
of :mod:`creator.random_character`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from creator.attributes import Attribute, AttributeSchema, Value
from creator.character import Character
from creator.random_character import person_seed, random_values

AGE = "age"
_GREY = "hair_grey"
# A head is grey by this much per year after the first grey hair: the random people's own rule, without its chance.
_GREY_BEGINS, _GREY_YEARS = 45.0, 26.0
_CHOICE_SHARE = 0.6  # of the strength: a neighbour should seldom have another haircut


@dataclass(frozen=True)
class Scope:
    """What may change: attributes of ``groups`` that are not ``locked``, and the identity seed if ``seed``."""

    groups: frozenset[str]
    locked: frozenset[str] = frozenset()
    seed: bool = False

    def allows(self, attribute: Attribute) -> bool:
        return attribute.group in self.groups and attribute.name not in self.locked


def circular_span(attribute: Attribute) -> float:
    """The length of the circle on which a hue lies (360), or 0 for an attribute with two ends."""
    span = attribute.maximum - attribute.minimum
    return span if attribute.kind == "continuous" and attribute.unit == "°" and span == 360.0 else 0.0


def between(attribute: Attribute, first: float, second: float, share: float) -> float:
    """``share`` (0..1) of the way from ``first`` to ``second``, on a hue's circle the shorter way, in whole steps."""
    if share in (0.0, 1.0):
        return second if share else first
    distance = second - first
    if circle := circular_span(attribute):
        distance = (distance + circle / 2) % circle - circle / 2
        value = attribute.minimum + (first + share * distance - attribute.minimum) % circle
    else:
        value = first + share * distance
    stepped = round(round(value / attribute.step) * attribute.step, 6)
    return min(max(stepped, attribute.minimum), attribute.maximum)


def roll(schema: AttributeSchema, person: Character, seed: int, strength: float, scope: Scope) -> Character:
    """``person`` on the way to the random person of ``seed``: ``strength`` 0 is no change, 1 arrives.

    A continuous value goes ``strength`` of the way. A choice changes with that probability, as does the identity seed,
    which has nothing in between. What ``scope`` does not allow stays as it is.
    """
    return _moved(schema, person, seed, strength, scope, strength)


def neighbour(
    schema: AttributeSchema, person: Character, seed: int, index: int, strength: float, scope: Scope
) -> Character:
    """Number ``index`` of the different people around ``person`` that ``seed`` stands for.

    Choices change less often than in :func:`roll`, so that a grid shows one person and not a crowd.
    """
    return _moved(schema, person, person_seed(seed, index), strength, scope, strength**2 * _CHOICE_SHARE)


def _moved(
    schema: AttributeSchema, person: Character, seed: int, strength: float, scope: Scope, choice_chance: float
) -> Character:
    target = random_values(schema, seed)
    chance = np.random.RandomState(seed)
    values: dict[str, Value] = {}
    for attribute in schema.attributes:
        draw = chance.uniform()  # for each attribute, so that locks do not change what happens to the others
        if not scope.allows(attribute):
            continue
        name = attribute.name
        if attribute.kind == "choice":
            if draw < choice_chance:
                values[name] = target[name]
        else:
            values[name] = between(attribute, float(person.values[name]), float(target[name]), strength)
    moved = person.with_values(values)
    return moved.with_seed(seed) if scope.seed and chance.uniform() < choice_chance else moved


def at_ages(schema: AttributeSchema, person: Character, ages: Collection[float]) -> tuple[Character, ...]:
    """The same person at each of ``ages`` (clipped to the model's range), all else equal, and greying with the years.

    Greying goes on from what the person has: it is never less than at the present age if that age is lower.
    """
    if AGE not in schema.by_name:
        return ()
    attribute = schema[AGE]
    present = float(person.values[AGE])
    series = []
    for wanted in ages:
        age = min(max(wanted, attribute.minimum), attribute.maximum)
        values: dict[str, Value] = {AGE: age}
        if _GREY in schema.by_name:
            grey = schema[_GREY]
            change = _greyness(age) - _greyness(present)
            values[_GREY] = min(max(round(float(person.values[_GREY]) + change, 3), grey.minimum), grey.maximum)
        series.append(person.with_values(values))
    return tuple(series)


def _greyness(age: float) -> float:
    return min(max((age - _GREY_BEGINS) / _GREY_YEARS, 0.0), 1.0)
