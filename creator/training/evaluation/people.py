"""Whom the measures look at, and which edits: fixed by seeds, so that every model is measured on the same people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creator.attributes import Attribute, AttributeSchema, Value
from creator.random_character import identity_vector, person_seed, random_values
from creator.training.evaluation.cells import decoded
from creator.training.evaluation.pictures import Pixels, pixels_of
from creator.training.generator.people_dataset import PeopleDataset
from creator.training.people_schema import IDENTITY_SIZE, LIGHT_PRESETS

# Seeds of people whom no training shard holds: the trainer's people come from other seeds of the same long list.
_COMBINATION_SEED, _EDIT_SEED, _VIEW_SEED = 9001, 9002, 9003
_COMBINED = ("hair_style", "garment", "expression")
_HALF_RANGE_SHARE = 0.25  # of the sliders of shape, skin and colours, drawn from their whole range
_EVEN_GROUPS = ("Head", "Eyes", "Brows", "Nose", "Mouth", "Ears", "Skin", "Hair", "Clothes")
_GROWN_UP = 16.0
SMALLEST_MOVE = 0.1
"""Share of a slider's range that a move takes at least: action units rest, so their spread is small."""
HUE_MOVE = 60.0
STILL: dict[str, Value] = {
    "yaw": 0.0, "pitch": 0.0, "roll": 0.0, "gaze_x": 0.0, "gaze_y": 0.0, "expression": "neutral",
}  # fmt: skip
VIEW_KINDS = ("expression", "age", "light", "pose")


@dataclass(frozen=True)
class People:
    """``attributes`` float32 (N, D) as encoded by the schema, ``identity`` float32 (N, 64)."""

    attributes: NDArray[np.float32]
    identity: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.attributes)

    def __getitem__(self, rows: slice | NDArray[np.int_]) -> People:
        return People(self.attributes[rows], self.identity[rows])

    def distinct(self) -> tuple[People, NDArray[np.int_]]:
        """Everybody once, and where each of these people is found there ``(N,)``."""
        both = np.concatenate([self.attributes, self.identity], 1)
        _, first, place = np.unique(both, axis=0, return_index=True, return_inverse=True)
        return self[first], place.reshape(-1)


@dataclass(frozen=True)
class Moves:
    """Edits of one attribute: row i of ``after`` is row i of ``before`` with ``names[i]`` moved by about a sigma of the
    training people (a sixth of a turn for a hue), or with another choice."""

    names: tuple[str, ...]
    before: People
    after: People


@dataclass(frozen=True)
class Views:
    """Pictures of the same people: ``person`` (N,) their numbers; ``kinds`` what was edited ("" for the first)."""

    people: People
    person: NDArray[np.int_]
    kinds: tuple[str, ...]


def _encoded(schema: AttributeSchema, values: Sequence[Mapping[str, Value]], seeds: Sequence[int]) -> People:
    return People(
        np.stack([schema.encode(each) for each in values]),
        np.stack([identity_vector(seed, IDENTITY_SIZE) for seed in seeds]),
    )


def held_out_people(dataset: PeopleDataset, count: int) -> tuple[People, Pixels]:
    """The first ``count`` held-out people and their renders, at the data set's size."""
    attributes, identity, pixels = [], [], []
    for start in range(0, min(count, dataset.held_out_count), 32):
        batch = dataset.held_out(min(32, count - start), dataset.size, start)
        attributes.append(batch.attributes.numpy())
        identity.append(batch.identity.numpy())
        pixels.append(pixels_of(batch.images))
    return People(np.concatenate(attributes), np.concatenate(identity)), np.concatenate(pixels)


def held_out_combinations(
    schema: AttributeSchema, training: NDArray[np.float32], count: int, seed: int = _COMBINATION_SEED
) -> People:
    """People as nobody in ``training`` (N, D) is: no training person has their hair style, garment and expression.

    Choices are drawn evenly, age and skin tone evenly over their ranges whatever the ancestry, and a quarter of the
    sliders of shape, skin and colour over their whole range; children still have neither beard nor make-up.
    """
    combined = [name for name in _COMBINED if name in schema.names]
    seen = set(zip(*(_chosen(schema, training, name) for name in combined), strict=True))
    values: list[dict[str, Value]] = []
    seeds: list[int] = []
    for index in range(200 * count):
        number = person_seed(seed, index)
        person = _combination(schema, number)
        if tuple(schema[name].choices.index(str(person[name])) for name in combined) not in seen:
            values.append(person)
            seeds.append(number)
        if len(values) == count:
            break
    return _encoded(schema, values, seeds)


def _chosen(schema: AttributeSchema, attributes: NDArray[np.float32], name: str) -> list[int]:
    return [int(index) for index in attributes[:, schema.encoded_slices[name]].argmax(1)]


def _combination(schema: AttributeSchema, number: int) -> dict[str, Value]:
    values = random_values(schema, number)
    random = np.random.RandomState(person_seed(number, 1))
    for attribute in schema.attributes:
        share, draw = random.uniform(), random.uniform()
        if attribute.kind == "choice":
            values[attribute.name] = attribute.choices[int(draw * len(attribute.choices))]
        elif attribute.name in ("age", "skin_tone") or (
            attribute.group in _EVEN_GROUPS and share < _HALF_RANGE_SHARE
        ):  # fmt: skip
            values[attribute.name] = attribute.minimum + draw * (attribute.maximum - attribute.minimum)
    if float(values.get("age", _GROWN_UP)) < _GROWN_UP:
        childlike: dict[str, Value] = {"beard_style": "none", "eye_makeup": 0.0, "lip_colour": 0.2}
        values |= {name: value for name, value in childlike.items() if name in values}
    return values


def _showing(attribute: Attribute) -> dict[str, Value]:
    """What must be set for an attribute to show at all: strength needs an expression, hue a saturation, and so on."""
    name, group = attribute.name, attribute.group
    if group == "Facial hair":
        return {"beard_style": "full_beard", "gender": 0.95, "age": 40.0}
    if group == "Ears":
        return {"hair_style": "buzz"}
    if name == "expression_strength":
        return {"expression": "happy", "expression_strength": 0.5}
    if name == "hair_dye_hue":
        return {"hair_style": "bob", "hair_dye": 0.9, "hair_lightness": 0.6}
    if group == "Hair" and name != "hair_style":
        return {"hair_style": "bob", "hair_grey": 0.2, "hair_dye": 0.0}
    if name.startswith("garment_"):
        return {"garment": "t_shirt", "garment_saturation": 0.5, "garment_lightness": 0.5}
    if name.startswith("accent_"):
        return {"garment": "uniform", "accent_saturation": 0.5, "accent_lightness": 0.5}
    if name.startswith("ancestry_"):  # the shares are scaled: one alone says nothing
        return {"ancestry_african": 0.3, "ancestry_east_asian": 0.3, "ancestry_european": 0.4}
    return {}


def _still_person(schema: AttributeSchema, number: int) -> dict[str, Value]:
    """A plausible person who looks into the camera, without an expression."""
    values = random_values(schema, number)
    resting = {a.name: a.default for a in schema.attributes if a.group == "Action units"}
    return values | {name: value for name, value in (STILL | resting).items() if name in values}


def _moved(attribute: Attribute, value: Value, sigma: float, random: np.random.RandomState) -> Value:
    if attribute.kind == "choice":
        index = attribute.choices.index(str(value))
        return attribute.choices[(index + 1 + random.randint(len(attribute.choices) - 1)) % len(attribute.choices)]
    span = attribute.maximum - attribute.minimum
    if attribute.name.endswith("_hue"):  # a circle
        return (float(value) + HUE_MOVE - attribute.minimum) % span + attribute.minimum
    step = min(max(sigma, SMALLEST_MOVE * span), span / 2)
    return float(value) + step if float(value) + step <= attribute.maximum else float(value) - step


def moves(schema: AttributeSchema, training: NDArray[np.float32], people: int, seed: int = _EDIT_SEED) -> Moves:
    """One move of every attribute for each of ``people`` random people; sigmas are those of ``training`` (N, D)."""
    before: list[dict[str, Value]] = []
    after: list[dict[str, Value]] = []
    names: list[str] = []
    seeds: list[int] = []
    for index in range(people):
        number = person_seed(seed, index)
        random = np.random.RandomState(number)
        plain = _still_person(schema, number)
        for attribute in schema.attributes:
            base = plain | {name: value for name, value in _showing(attribute).items() if name in plain}
            sigma = 0.0 if attribute.kind == "choice" else float(decoded(schema, training, attribute.name).std())
            before.append(base)
            after.append(base | {attribute.name: _moved(attribute, base[attribute.name], sigma, random)})
            names.append(attribute.name)
            seeds.append(number)
    return Moves(tuple(names), _encoded(schema, before, seeds), _encoded(schema, after, seeds))


def identity_views(schema: AttributeSchema, people: int, seed: int = _VIEW_SEED) -> Views:
    """Each of ``people`` random people as they are, in three expressions, 12 years younger and older, in two lights,
    and turned to both sides."""
    values: list[dict[str, Value]] = []
    seeds: list[int] = []
    person: list[int] = []
    kinds: list[str] = []
    for index in range(people):
        number = person_seed(seed, index)
        plain = _still_person(schema, number)
        age = float(plain.get("age", 30.0))
        edits: list[tuple[str, Mapping[str, Value]]] = [("", {})]
        edits += [("expression", {"expression": each, "expression_strength": 0.8}) for each in
                  ("happy", "angry", "surprised")]  # fmt: skip
        edits += [("age", {"age": min(max(age + years, 8.0), 90.0)}) for years in (-12.0, 12.0)]
        edits += [("light", LIGHT_PRESETS[each][1]) for each in ("dramatic", "sunset")]
        edits += [("pose", {"yaw": angle}) for angle in (-20.0, 20.0)]
        for kind, edit in edits:
            known = {name: value for name, value in edit.items() if name in plain}
            if known or not kind:
                values.append(plain | known)
                seeds.append(number)
                person.append(index)
                kinds.append(kind)
    return Views(_encoded(schema, values, seeds), np.array(person), tuple(kinds))


def sweeps(schema: AttributeSchema, steps: int, seed: int = _EDIT_SEED) -> dict[str, People]:
    """By continuous attribute: one person at ``steps`` even values from one end of the slider to the other."""
    number = person_seed(seed, 0)
    plain = _still_person(schema, number)
    found = {}
    for attribute in schema.attributes:
        if attribute.kind == "choice":
            continue
        base = plain | {name: value for name, value in _showing(attribute).items() if name in plain}
        places = np.linspace(attribute.minimum, attribute.maximum, steps)
        rows = [base | {attribute.name: float(place)} for place in places]
        found[attribute.name] = _encoded(schema, rows, [number] * steps)
    return found
