"""Several pictures of each person: the same face in other moods, lights, hair and clothes, and a little older."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creator.attributes import AttributeSchema, Value
from creator.random_character import identity_vector, person_seed
from creator.training.generator.people_dataset import shard_is_complete, write_shard
from creator.training.generator.render_people import STRANDS, training_values
from creator.training.people_schema import IDENTITY_SIZE, SCHEMA, mirrorable
from creator.training.renderer.people_renderer import PeopleRenderer

VERIFIED_ONE_IN = 4
_SETTING_GROUPS = ("Hair", "Facial hair", "Expression", "Action units", "View", "Light", "Clothes")
_SETTING_NAMES = ("gaze_x", "gaze_y", "pupil_size", "brow_colour", "oiliness", "blush", "lip_colour", "eye_makeup")
_YEARS = 12.0  # that the views of one person lie apart at most, to either side
_GROWN_UP = 16.0
_BATCH = 8


def is_setting(schema: AttributeSchema, name: str) -> bool:
    """Whether an attribute says how a person is shown (mood, light, hair, clothes, paint), not who it is.

    Age is neither: it changes a face slowly.
    """
    return schema[name].group in _SETTING_GROUPS or name in _SETTING_NAMES


def identity_names(schema: AttributeSchema) -> tuple[str, ...]:
    """The attributes that say who a person is: shape, skin, iris, brows."""
    return tuple(name for name in schema.names if name != "age" and not is_setting(schema, name))


def is_verified(identity: NDArray[np.float32]) -> bool:
    """Whether a person is kept for verification: fixed by the identity code, so all views go together."""
    return zlib.crc32(b"verified" + np.ascontiguousarray(identity, np.float32).tobytes()) % VERIFIED_ONE_IN == 0


def views_of(schema: AttributeSchema, seed: int, views: int) -> list[dict[str, Value]]:
    """``views`` settings of the person ``seed``, who may be up to 12 years younger or older in each."""
    person = training_values(schema, seed)
    found = []
    for view in range(views):
        number = person_seed(seed, 1000 + view)
        setting = training_values(schema, number)
        values = person | {name: setting[name] for name in schema.names if is_setting(schema, name)}
        years = float(np.random.RandomState(number).uniform(-_YEARS, _YEARS))
        age = schema["age"]
        values["age"] = min(max(float(person["age"]) + years, age.minimum), age.maximum)
        if float(values["age"]) < _GROWN_UP:
            values |= {"beard_style": "none", "eye_makeup": 0.0, "lip_colour": min(float(values["lip_colour"]), 0.3)}
        found.append(values)
    return found


@dataclass(frozen=True)
class IdentityPlan:
    """Shards ``first`` to before ``last`` of ``people`` persons with ``views`` pictures each, at ``size`` pixels."""

    first: int = 0
    last: int = 32
    people: int = 16
    views: int = 6
    seed: int = 77
    size: int = 128


def render_identities(folder: Path, plan: IdentityPlan, report: Callable[[str], None] = print) -> None:
    """Render the shards of ``plan`` into ``folder`` (see ``people_dataset``); existing ones are kept.

    The views of one person follow each other and share its identity code.
    """
    renderer = PeopleRenderer(SCHEMA, plan.size, strands=STRANDS[plan.size])
    for index in range(plan.first, plan.last):
        if shard_is_complete(folder, index):
            continue
        seeds = [person_seed(plan.seed, index * plan.people + number) for number in range(plan.people)]
        people = [
            (identity_vector(seed, IDENTITY_SIZE), values)
            for seed in seeds
            for values in views_of(SCHEMA, seed, plan.views)
        ]
        write_shard(folder, index, rendered_shard(renderer, people))
        report(f"shard {index}: {plan.people} people, {plan.views} pictures each")


def rendered_shard(
    renderer: PeopleRenderer, people: Sequence[tuple[NDArray[np.float32], Mapping[str, Value]]]
) -> dict[str, NDArray[Any]]:
    """The arrays of a shard with a picture of each of ``people``: identity code (64,) and values."""
    attributes = np.stack([renderer.schema.encode(values) for _, values in people])
    identity = np.stack([code for code, _ in people])
    rendered = []
    for start in range(0, len(people), _BATCH):
        rendered += renderer.render(attributes[start : start + _BATCH], identity[start : start + _BATCH])
    return {
        "attributes": attributes, "identity": identity,
        "mirrorable": np.array([mirrorable(values) for _, values in people]),
        "images": np.stack([each.pixels for each in rendered]),
        "weights": np.stack([each.region_weights for each in rendered]),
    }  # fmt: skip
