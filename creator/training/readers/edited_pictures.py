"""Pictures of people before and after one edit: how far a reading moves with the edit, and what moves by mistake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from creator.attributes import AttributeSchema, Value
from creator.random_character import identity_vector, person_seed, random_values
from creator.training.generator.people_dataset import shard_is_complete, write_shard
from creator.training.generator.render_people import STRANDS
from creator.training.people_schema import IDENTITY_SIZE, SCHEMA
from creator.training.readers.identity_pictures import rendered_shard
from creator.training.readers.reader_targets import MIXTURES, SHOWN, kind_of
from creator.training.renderer.people_renderer import PeopleRenderer
from creator.visibility import shows

EDITS = 15  # of one person; with the picture before, 16 in a row of a shard
_SPREADS_OF = 400  # people that tell how far an edit of one spread is
_LEAST_SHARE = 0.08  # of its range that a slider is moved by at least: action units mostly rest
_HUE_TURN = 60.0


@dataclass(frozen=True)
class EditPlan:
    """Shards ``first`` to before ``last`` of ``people`` persons with a picture before and 15 after an edit each."""

    first: int = 0
    last: int = 4
    people: int = 8
    seed: int = 78
    size: int = 128


def slider_spreads(schema: AttributeSchema) -> dict[str, float]:
    """Spread of each slider among random people, in its own unit."""
    people = [random_values(schema, person_seed(0, index)) for index in range(_SPREADS_OF)]
    return {
        a.name: max(float(np.std([float(person[a.name]) for person in people])), _LEAST_SHARE * (a.maximum - a.minimum))
        for a in schema.attributes
        if a.kind == "continuous"
    }


def edits_of(
    schema: AttributeSchema, values: dict[str, Value], spreads: dict[str, float], names: list[str], seed: int
) -> list[dict[str, Value]]:
    """The person ``values`` with each of ``names`` edited: a slider by its spread towards where there is room, a hue by
    a sixth of a turn, a choice to another one."""
    random = np.random.RandomState(seed)
    found = []
    for name in names:
        attribute, value = schema[name], values[name]
        if kind_of(attribute) == "choice":
            edited: Value = str(random.choice([choice for choice in attribute.choices if choice != value]))
        elif kind_of(attribute) == "hue":
            edited = (float(value) + _HUE_TURN) % 360.0
        else:
            step = spreads[name] * (1.0 if random.uniform() < 0.5 else -1.0)
            if not attribute.minimum <= float(value) + step <= attribute.maximum:
                step = -step
            edited = min(max(float(value) + step, attribute.minimum), attribute.maximum)
        found.append(values | {name: edited})
    return found


def edited_name(schema: AttributeSchema, before: NDArray[np.float32], after: NDArray[np.float32]) -> str:
    """Which attribute differs most between two encoded persons (E,)."""
    changes = {name: float(np.abs(after[at] - before[at]).max()) for name, at in schema.encoded_slices.items()}
    return max(changes, key=lambda name: changes[name])


def before_and_after(
    schema: AttributeSchema, seed: int, number: int, spreads: dict[str, float]
) -> tuple[NDArray[np.float32], list[dict[str, Value]]]:
    """Identity code of person ``number``, and its values before and after each of 15 edits.

    From person to person the edits go on through all attributes; those are left out that do not show in the person.
    """
    shares = {name for names in MIXTURES for name in names[1:]}  # they move with the first
    order = [name for name in schema.names if name not in shares]
    own = person_seed(seed, number)
    values = random_values(schema, own)
    turn = number * EDITS % len(order)
    showing = [name for name in order[turn:] + order[:turn] if shows(SHOWN.get(name, ()), values)]
    return identity_vector(own, IDENTITY_SIZE), [values, *edits_of(schema, values, spreads, showing[:EDITS], own)]


def render_edits(folder: Path, plan: EditPlan, report: Callable[[str], None] = print) -> None:
    """Render the shards of ``plan`` into ``folder`` (see ``people_dataset``); existing ones are kept.

    Rows come in groups of 16: see :func:`before_and_after`.
    """
    renderer = PeopleRenderer(SCHEMA, plan.size, strands=STRANDS[plan.size])
    spreads = slider_spreads(SCHEMA)
    for index in range(plan.first, plan.last):
        if shard_is_complete(folder, index):
            continue
        numbers = range(index * plan.people, (index + 1) * plan.people)
        groups = [before_and_after(SCHEMA, plan.seed, number, spreads) for number in numbers]
        people = [(code, values) for code, group in groups for values in group]
        write_shard(folder, index, rendered_shard(renderer, people))
        report(f"shard {index}: {plan.people} people, {EDITS} edits each")
