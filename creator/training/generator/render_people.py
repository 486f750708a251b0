"""Rendering a data set of people, with exact labels, into shards; any number of processes side by side."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from creator.attributes import AttributeSchema, Value
from creator.random_character import identity_vector, person_seed, random_values
from creator.training.generator.people_dataset import quantised_normals, remove_shard, shard_is_complete, write_shard
from creator.training.people_schema import IDENTITY_SIZE, SCHEMA, mirrorable
from creator.training.renderer.people_renderer import PeopleRenderer

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


def render_shard(
    renderer: PeopleRenderer, index: int, seed: int, people: int = SHARD_SIZE, maps: bool = False
) -> dict[str, np.ndarray]:
    """The ``people`` of shard ``index``: the arrays of ``people_dataset``, with ``maps`` all nine."""
    schema = renderer.schema
    seeds = [person_seed(seed, index * people + i) for i in range(people)]
    values = [training_values(schema, each) for each in seeds]
    attributes = np.stack([schema.encode(each) for each in values])
    identity = np.stack([identity_vector(each, IDENTITY_SIZE) for each in seeds])
    arrays = {
        "attributes": attributes, "identity": identity, "mirrorable": np.array([mirrorable(each) for each in values]),
    }  # fmt: skip
    rows: dict[str, list[np.ndarray]] = {}
    for start in range(0, people, _BATCH):
        chosen = slice(start, start + _BATCH)
        for picture in renderer.render(attributes[chosen], identity[chosen], maps):
            found = {"images": picture.pixels, "weights": picture.region_weights}
            if picture.maps is not None:
                found |= {
                    "albedo": picture.maps.albedo[..., :3], "normals": quantised_normals(picture.maps.normals),
                    "depth": picture.maps.depth, "masks": picture.maps.masks,
                }  # fmt: skip
            for name, pixels in found.items():
                rows.setdefault(name, []).append(pixels)
    return arrays | {name: np.stack(pixels) for name, pixels in rows.items()}


@dataclass(frozen=True)
class RenderPlan:
    """Which shards one process renders: ``first``, ``first + step`` ... below ``last`` (endless without), of
    ``people`` each at ``size`` pixels. With ``ring`` it keeps only its newest so many shards."""

    first: int = 0
    last: int | None = 100
    step: int = 1
    seed: int = 1
    size: int = 256
    maps: bool = False
    people: int = SHARD_SIZE
    ring: int | None = None


def render_people(folder: Path, plan: RenderPlan, report: Callable[[str], None] = print) -> None:
    """Render the shards of ``plan`` into ``folder``; existing ones are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    renderer = PeopleRenderer(SCHEMA, plan.size, strands=STRANDS[plan.size])
    for index in itertools.count(_next_index(folder, plan), plan.step):
        if plan.last is not None and index >= plan.last:
            return
        if shard_is_complete(folder, index):
            continue
        start = time.perf_counter()
        write_shard(folder, index, render_shard(renderer, index, plan.seed, plan.people, plan.maps))
        rate = plan.people / (time.perf_counter() - start)
        report(f"shard {index}: {plan.people} people, {rate:.2f} a second")
        if plan.ring is not None and index - plan.ring * plan.step >= plan.first:
            remove_shard(folder, index - plan.ring * plan.step)


def _next_index(folder: Path, plan: RenderPlan) -> int:
    """Where a plan goes on: a ring after its newest shard, since older ones were removed on purpose."""
    if plan.ring is None:
        return plan.first
    present = (int(path.stem.removeprefix("shard_")) for path in folder.glob("shard_*.done"))
    own = [index for index in present if index >= plan.first and (index - plan.first) % plan.step == 0]
    return max(own, default=plan.first - plan.step) + plan.step
