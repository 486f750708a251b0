"""Conditions on people, such as ``age>60 and hair_style=bob|afro``, and drawing people until they hold."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from creator.attributes import AttributeSchema, Value
from creator.character import Character
from creator.errors import UsageError
from creator.random_character import person_seed, random_values
from creator.wording import one_line

MAXIMUM_CONDITIONS = 64
MAXIMUM_DRAWS = 3000

_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip
_CONDITION = re.compile(r"\s*(?P<name>[A-Za-z_]\w*)\s*(?P<sign><=|>=|!=|<|>|==?)\s*(?P<value>[^<>=!]+?)\s*")


@dataclass(frozen=True)
class Condition:
    """One comparison. ``values``: one number, or the choices of which one must (or with "!=" must not) be met."""

    name: str
    sign: str
    values: tuple[Value, ...]

    def holds(self, value: Value) -> bool:
        if isinstance(value, str):
            return (value in self.values) is (self.sign == "=")
        return _COMPARISONS[self.sign](value, float(self.values[0]))


@dataclass(frozen=True)
class Constraints:
    """Conditions that must all hold."""

    conditions: tuple[Condition, ...] = ()

    @staticmethod
    def parse(text: str, schema: AttributeSchema) -> Constraints:
        """Read conditions joined by "and" or commas; an empty text has none.

        Raises :class:`UsageError` for anything else, for unknown names and for values that nobody can have.
        """
        parts = [part for part in re.split(r"(?i)\s+and\s+|,", text.strip()) if part.strip()] if text.strip() else []
        if len(parts) > MAXIMUM_CONDITIONS:
            raise UsageError(f"there may be at most {MAXIMUM_CONDITIONS} conditions")
        return Constraints(tuple(_parsed(part, schema) for part in parts))

    def hold(self, values: Mapping[str, Value]) -> bool:
        return all(condition.holds(values[condition.name]) for condition in self.conditions)


def draw_person(
    schema: AttributeSchema, seed: int, index: int, where: Constraints, fixed: Mapping[str, Value]
) -> Character:
    """Person ``index`` of the batch ``seed``: drawn anew until ``where`` holds, then given the ``fixed`` values.

    The same for any length of the batch. Raises :class:`UsageError` when nobody of 3000 was found.
    """
    first = person_seed(seed, index)
    for attempt in range(MAXIMUM_DRAWS):
        person = first if attempt == 0 else person_seed(first, attempt)
        values = {**random_values(schema, person), **fixed}
        if where.hold(values):
            return Character("", person, values)
    raise UsageError(f"none of {MAXIMUM_DRAWS} people met all conditions of --where; "
                     "ask for less, or fix an attribute with --set")  # fmt: skip


def _parsed(text: str, schema: AttributeSchema) -> Condition:
    found = _CONDITION.fullmatch(text)
    if found is None:
        raise UsageError(f"a condition is written like age>60 or hair_style=bob|afro, not '{one_line(text, 60)}'")
    name, sign = found["name"], found["sign"].replace("==", "=")
    attribute = schema[name]
    if attribute.kind == "choice":
        if sign not in ("=", "!="):
            raise UsageError(f"'{name}' is a choice: compare it with = or !=, not with {sign}")
        return Condition(name, sign, tuple(attribute.validated(choice.strip()) for choice in found["value"].split("|")))
    return Condition(name, sign, (attribute.validated(found["value"]),))
