"""People made of other people: blends by group, children, siblings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from creator.attributes import Attribute, AttributeSchema, Value
from creator.character import Character
from creator.errors import UsageError
from creator.random_character import person_seed, random_values
from creator.variations import between

SEED = "identity seed"
"""Stands for the identity seed among the groups of :func:`blend`; no group of a schema is called so."""

MAXIMUM_PARENTS = 3

# What a person is born with; the rest (feeling, pose, light, clothes, hair cut) comes from the first parent.
_INHERITED_GROUPS = frozenset({"Head", "Face", "Eyes", "Brows", "Nose", "Mouth", "Ears", "Skin"})
_INHERITED = frozenset({"hair_lightness", "hair_red", "ancestry_african", "ancestry_east_asian", "ancestry_european"})
_ACQUIRED = frozenset({"gaze_x", "gaze_y", "pupil_size", "eye_opening", "eye_bags", "wrinkles", "lip_colour",
                       "eye_makeup", "blush", "oiliness", "brow_style"})  # fmt: skip
_AVERAGED = frozenset({"skin_tone", "undertone", "hair_lightness", "ancestry_african", "ancestry_east_asian",
                       "ancestry_european"})  # fmt: skip
# Drawn anew for each child, so that brothers and sisters differ in what parents do not pass on.
_OWN = frozenset({"gender", "hair_style", "beard_style"})
_NOVELTY = 0.18  # how far a child goes from its parents towards somebody new
_CHILD_AGE, _GROWN = 10.0, 18.0


def blend(schema: AttributeSchema, people: Sequence[Character], weights: Mapping[str, Sequence[float]]) -> Character:
    """One to three people mixed: each group of attributes with its own weights, one per person, not all zero.

    A group that ``weights`` does not name is the first person's. A continuous value is the weighted mean (a hue's on
    its circle); a choice is that of the greatest weight, the earlier person's among equals; so is the identity seed,
    whose weights are those of :data:`SEED`. Name and unknown values are the first person's.

    Raises :class:`UsageError` for a wrong number of people or weights, or weights that cannot be.
    """
    if not 1 <= len(people) <= MAXIMUM_PARENTS:
        raise UsageError(f"a blend needs 1 to {MAXIMUM_PARENTS} people, not {len(people)}")
    shares = {group: _shares(group, given, len(people)) for group, given in weights.items()}
    values: dict[str, Value] = {}
    for attribute in schema.attributes:
        if attribute.group in shares:
            values[attribute.name] = _mixed(attribute, people, shares[attribute.group])
    blended = people[0].with_values(values)
    if SEED in shares:
        blended = blended.with_seed(people[int(np.argmax(shares[SEED]))].seed)
    return blended


def _shares(group: str, weights: Sequence[float], count: int) -> tuple[float, ...]:
    if len(weights) != count or min(weights) < 0 or not 0 < sum(weights) < float("inf"):
        raise UsageError(f"the blend of '{group}' needs {count} weights of 0 or more, not all 0")
    return tuple(weight / sum(weights) for weight in weights)


def _mixed(attribute: Attribute, people: Sequence[Character], shares: Sequence[float]) -> Value:
    values = [person.values[attribute.name] for person in people]
    if attribute.kind == "choice":
        return values[int(np.argmax(shares))]
    mixed, total = float(values[0]), shares[0]
    for value, share in zip(values[1:], shares[1:], strict=True):
        total += share
        mixed = between(attribute, mixed, float(value), share / total) if share > 0 else mixed
    return mixed


def child(
    schema: AttributeSchema, parents: tuple[Character, Character], seed: int, age: float = _CHILD_AGE
) -> Character:
    """The child of two people that ``seed`` (0..2**32-1) names; the same seed is the same child.

    Tones and ancestry are the parents' mean. Each other inborn feature leans to one parent, by chance, and a little to
    somebody new, so that children of the same parents look like a family and are told apart. Gender, hair cut and beard
    are drawn; clothes, pose, light and expression are the first parent's.
    """
    first, second = parents
    somebody = random_values(schema, seed)
    chance = np.random.RandomState(seed)
    values: dict[str, Value] = {}
    for attribute in schema.attributes:
        name = attribute.name
        leaning = float(chance.beta(0.7, 0.7))
        ours = (first.values[name], second.values[name])
        if name in _OWN:
            values[name] = somebody[name]
        elif not _is_inherited(attribute):
            continue
        elif attribute.kind == "choice":
            values[name] = ours[int(leaning > 0.5)]
        elif name in _AVERAGED:
            values[name] = between(attribute, float(ours[0]), float(ours[1]), 0.5)
        else:
            mixed = between(attribute, float(ours[0]), float(ours[1]), leaning)
            values[name] = between(attribute, mixed, float(somebody[name]), _NOVELTY)
    if "age" in schema.by_name:
        attribute = schema["age"]
        values["age"] = min(max(age, attribute.minimum), attribute.maximum)
    if values.get("hair_style") == "bald":  # it was drawn with the age of somebody else
        hair = [parent.values["hair_style"] for parent in parents if parent.values["hair_style"] != "bald"]
        values["hair_style"] = hair[seed % len(hair)] if hair else schema["hair_style"].default
    grown = float(values.get("age", age)) >= _GROWN
    for name, at_rest in (("hair_grey", 0.0), ("hair_dye", 0.0), ("eye_makeup", 0.0), ("wrinkles", 0.0)):
        if name in schema.by_name and not grown:
            values[name] = at_rest
    if "beard_style" in schema.by_name and not grown:
        values["beard_style"] = schema["beard_style"].choices[0]
    return first.with_values(values).with_seed(seed)


def children(
    schema: AttributeSchema, parents: tuple[Character, Character], seed: int, count: int, age: float = _CHILD_AGE
) -> tuple[Character, ...]:
    """``count`` brothers and sisters; the first ones are the same for any ``count``."""
    return tuple(child(schema, parents, person_seed(seed, index), age) for index in range(count))


def siblings(schema: AttributeSchema, person: Character, seed: int, count: int) -> tuple[Character, ...]:
    """``count`` brothers and sisters of ``person``, of about the same age: what nature gave them is half the person's
    and half drawn, within the same ancestry and tones."""
    family = []
    for index in range(count):
        own = person_seed(seed, index)
        drawn = random_values(schema, own)
        kept = {name: person.values[name] for name in _AVERAGED if name in schema.by_name}
        other_parent = person.with_values({**drawn, **kept}).with_seed(own)
        age = float(person.values.get("age", _CHILD_AGE)) + (index + 1) // 2 * (3 if index % 2 else -3)
        family.append(child(schema, (person, other_parent), own, age))
    return tuple(family)


def _is_inherited(attribute: Attribute) -> bool:
    if attribute.name in _ACQUIRED:
        return False
    return attribute.group in _INHERITED_GROUPS or attribute.name in _INHERITED
