"""Copied attributes: some of a person's values as text, to be given to another person."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from creator.attributes import AttributeSchema, Value
from creator.character import Character, parse_json
from creator.errors import CharacterFileError, CreatorError
from creator.wording import one_line

KIND = "facewright attributes"
FORMAT = 1


@dataclass(frozen=True)
class Clipping:
    """Values that this model's schema has, and how many more the text held."""

    values: Mapping[str, Value]
    left_out: int = 0

    def groups(self, schema: AttributeSchema) -> tuple[str, ...]:
        return tuple(dict.fromkeys(schema[name].group for name in schema.names if name in self.values))


def clipping_text(schema: AttributeSchema, person: Character, groups: Iterable[str]) -> str:
    """The values of ``groups`` as JSON that :func:`read_clipping` reads."""
    wanted = frozenset(groups)
    values = {a.name: person.values[a.name] for a in schema.attributes if a.group in wanted}
    return json.dumps({"kind": KIND, "format": FORMAT, "values": values}, ensure_ascii=False, indent=2)


def read_clipping(text: str, schema: AttributeSchema) -> Clipping:
    """What can be used of a copied text, which may also be a whole character's.

    Attributes that the schema does not have are left out and counted. Raises :class:`CharacterFileError` for anything
    that is no such text, holds nothing of use, or has a value that its attribute cannot have.
    """
    try:
        data = parse_json(text.encode("utf-8", "replace"))
    except CharacterFileError:
        data = None  # something else was copied
    given = data.get("values") if isinstance(data, dict) else None
    if not isinstance(given, dict):
        raise CharacterFileError("the clipboard holds no attributes; copy a group of a character first")
    values: dict[str, Value] = {}
    for name, value in given.items():
        if name not in schema.by_name:
            continue
        if isinstance(value, str) and schema[name].kind == "continuous":
            raise CharacterFileError(f"'{name}' needs a number, not the text '{one_line(value, 60)}'")
        try:
            values[name] = schema.validated(name, value)
        except CreatorError as error:
            raise CharacterFileError(f"the copied attributes cannot be used: {one_line(error)}") from error
    if not values:
        raise CharacterFileError("the clipboard holds no attribute that this model has")
    return Clipping(values, len(given) - len(values))
