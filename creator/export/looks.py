"""Looks: one person in several expressions, poses and lights."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from creator.attributes import AttributeSchema, Value, nearest_name
from creator.character import Character
from creator.errors import UsageError
from creator.wording import one_line

OWN = "own"
ALL = "all"
POSES: Mapping[str, Mapping[str, float]] = {
    "front": {"yaw": 0.0, "pitch": 0.0, "roll": 0.0},
    "left": {"yaw": -25.0, "pitch": 0.0, "roll": 0.0},
    "right": {"yaw": 25.0, "pitch": 0.0, "roll": 0.0},
    "up": {"yaw": 0.0, "pitch": 12.0, "roll": 0.0},
    "down": {"yaw": 0.0, "pitch": -12.0, "roll": 0.0},
}


class ModelFacts(Protocol):
    """What a manifest tells about the looks that its model can make."""

    @property
    def schema(self) -> AttributeSchema: ...


@dataclass(frozen=True)
class Look:
    """Names of an expression, a pose and a light; "own" leaves the character's as it is."""

    expression: str = OWN
    pose: str = OWN
    light: str = OWN


def expressions_of(schema: AttributeSchema) -> tuple[str, ...]:
    """The expressions that the model knows, or none."""
    attribute = schema.by_name.get("expression")
    return attribute.choices if attribute is not None and attribute.kind == "choice" else ()


def lights_of(manifest: ModelFacts) -> Mapping[str, Mapping[str, Value]]:
    """The model's light presets; a model without them has none."""
    presets: Mapping[str, Mapping[str, Value]] = getattr(manifest, "light_presets", {})
    return presets


def available_looks(
    expressions: Sequence[str], poses: Sequence[str], lights: Sequence[str], manifest: ModelFacts
) -> tuple[tuple[Look, ...], tuple[str, ...]]:
    """Every combination that the model can make, expressions fastest; and one notice for each name it cannot.

    "all" among the expressions stands for all of them. Raises :class:`UsageError` when nothing is left, and for names
    that no pose has.
    """
    notices: list[str] = []
    known = expressions_of(manifest.schema)
    wanted = tuple(itertools.chain.from_iterable(known or (OWN,) if name == ALL else (name,) for name in expressions))
    kept = _kept(wanted, known, "expression", notices)
    kept_lights = _kept(lights, tuple(lights_of(manifest)), "light", notices)
    for pose in poses:
        if pose != OWN and pose not in POSES:
            raise UsageError(f"there is no pose '{one_line(pose, 40)}'{nearest_name(pose, tuple(POSES))}; "
                             f"there are {', '.join((OWN, *POSES))}")  # fmt: skip
    if not kept:
        raise UsageError(f"this model has none of the expressions {', '.join(wanted[:8])}; it has {', '.join(known)}")
    looks = [Look(e, p, light) for light, p, e in itertools.product(kept_lights or (OWN,), poses or (OWN,), kept)]
    return tuple(dict.fromkeys(looks)), tuple(notices)


def with_look(
    character: Character, look: Look, schema: AttributeSchema, lights: Mapping[str, Mapping[str, Value]]
) -> Character:
    """The same person with another expression, pose and light. What the model does not have stays away."""
    values: dict[str, Value] = {}
    if look.expression != OWN:
        values["expression"] = look.expression
        if character.values.get("expression_strength") == 0.0 and "expression_strength" in schema.by_name:
            values["expression_strength"] = schema["expression_strength"].default  # at 0 all would look alike
    if look.pose != OWN:
        values |= POSES[look.pose]
    if look.light != OWN:
        values |= lights[look.light]
    known = {name: schema.validated(name, value) for name, value in values.items() if name in schema.by_name}
    return character.with_values(known) if known else character


def shown_expression(character: Character) -> str:
    """The expression that the character has, as a name for files."""
    expression = character.values.get("expression", "neutral")
    return "neutral" if character.values.get("expression_strength") == 0.0 else str(expression)


def _kept(wanted: Sequence[str], known: Sequence[str], kind: str, notices: list[str]) -> tuple[str, ...]:
    for name in wanted:
        if name != OWN and name not in known:
            has = f"; it has {', '.join(known)}" if known else ""
            notices.append(f"this model has no {kind} '{one_line(name, 40)}'{nearest_name(name, tuple(known))}{has}")
    return tuple(name for name in wanted if name == OWN or name in known)
