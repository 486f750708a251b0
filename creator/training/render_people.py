"""Rendering a data set of people, with exact labels, into shards; any number of processes side by side."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from creator.attributes import AttributeSchema, Value
from creator.random_character import identity_vector, person_seed, random_values
from creator.training.people_dataset import shard_path, write_shard
from creator.training.people_renderer import PeopleRenderer
from creator.training.people_schema import IDENTITY_SIZE, SCHEMA, mirrorable

SHARD_SIZE = 128
STRANDS = {128: 4000, 256: 8000, 384: 16000, 512: 24000}  # of a head of hair, by picture size
_BATCH = 8
_WHOLE_RANGE_SHARE = 0.10  # of the sliders of a person, drawn from their whole range
_WHOLE_RANGE_UNIT_SHARE = 0.05  # of the action units: many at once are nobody's expression
_GROWN_UP = 16.0  # years; children have neither beards nor make-up
_EVEN_CHOICE_SHARE = 0.5  # of the choices, drawn evenly


def training_values(schema: AttributeSchema, seed: int) -> dict[str, Value]:
    """A plausible person, some of whose attributes are drawn from their whole range, so that every end is learned."""
    values = random_values(schema, seed)
    random = np.random.RandomState(person_seed(seed, 1))
    for attribute in schema.attributes:
        if attribute.kind == "choice":
            if random.uniform() < _EVEN_CHOICE_SHARE:
                values[attribute.name] = attribute.choices[random.randint(len(attribute.choices))]
            continue
        share = _WHOLE_RANGE_UNIT_SHARE if attribute.group == "Action units" else _WHOLE_RANGE_SHARE
        if random.uniform() < share:
            values[attribute.name] = float(random.uniform(attribute.minimum, attribute.maximum))
    if float(values["age"]) < _GROWN_UP:
        values |= {"beard_style": "none", "eye_makeup": 0.0, "lip_colour": min(float(values["lip_colour"]), 0.3)}
    return values


def render_shard(renderer: PeopleRenderer, index: int, seed: int) -> dict[str, np.ndarray]:
    """The people of shard ``index``: images, attributes, identity, weights, mirrorable (see ``people_dataset``)."""
    schema = renderer.schema
    people = [person_seed(seed, index * SHARD_SIZE + i) for i in range(SHARD_SIZE)]
    values = [training_values(schema, each) for each in people]
    attributes = np.stack([schema.encode(each) for each in values])
    identity = np.stack([identity_vector(each, IDENTITY_SIZE) for each in people])
    rendered = [
        picture
        for start in range(0, SHARD_SIZE, _BATCH)
        for picture in renderer.render(attributes[start : start + _BATCH], identity[start : start + _BATCH])
    ]
    return {
        "images": np.stack([each.pixels for each in rendered]),
        "attributes": attributes,
        "identity": identity,
        "weights": np.stack([each.region_weights for each in rendered]),
        "mirrorable": np.array([mirrorable(each) for each in values]),
    }


def render_people(folder: Path, first: int, last: int, step: int, seed: int) -> None:
    """Render shards ``first``, ``first + step`` ... below ``last`` into ``folder``; existing ones are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    renderer = PeopleRenderer(SCHEMA)
    for index in range(first, last, step):
        if shard_path(folder, index, "done").exists():
            continue
        start = time.perf_counter()
        write_shard(folder, index, render_shard(renderer, index, seed))
        rate = SHARD_SIZE / (time.perf_counter() - start)
        print(f"shard {index}: {SHARD_SIZE} people, {rate:.1f} a second", flush=True)
