"""A character: everything that decides a portrait, as one immutable value, and its file."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from creator.atomic_write import write_atomically
from creator.attributes import AttributeSchema, Value
from creator.errors import AttributeValueError, CharacterFileError, CreatorError, SaveError
from creator.wording import one_line

FILE_ENDING = ".face.json"
FILE_KIND = "facewright character"
FILE_FORMAT = 1
MAXIMUM_FILE_BYTES = 1 << 20
MAXIMUM_SEED = 2**32 - 1
MAXIMUM_NAME = 200
MAXIMUM_UNKNOWN = 512
MAXIMUM_TAG = 40
MAXIMUM_TAGS = 32


def _frozen(values: Mapping[str, Value]) -> Mapping[str, Value]:
    return MappingProxyType({name: v if isinstance(v, str) else float(v) for name, v in values.items()})


def _checked_tags(tags: Iterable[str]) -> tuple[str, ...]:
    checked = tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))
    for tag in checked:
        if len(tag) > MAXIMUM_TAG or "," in tag or not tag.isprintable():
            raise AttributeValueError(
                f"a tag is at most {MAXIMUM_TAG} printable characters without a comma, not '{one_line(tag, 60)}'"
            )
    if len(checked) > MAXIMUM_TAGS:
        raise AttributeValueError(f"a character has at most {MAXIMUM_TAGS} tags, not {len(checked)}")
    return checked


@dataclass(frozen=True)
class Character:
    """One person, as a value: equal when everything that decides the picture (and the name) is equal.

    ``seed`` (0 to 2**32 - 1) draws all that the attributes do not say. ``values`` holds a canonical value for every
    attribute of the schema it was made with (see :func:`new_character`); it is read-only. ``unknown_values`` keeps what
    a file of a newer model said about attributes this model does not have, so that saving does not lose it. ``tags``
    are words of the user's own (at most 32 of 40 printable characters, without commas); each is kept once, in order.

    Raises :class:`AttributeValueError` for a seed, a name or a tag that cannot be kept.
    """

    name: str = ""
    seed: int = 0
    values: Mapping[str, Value] = field(default_factory=dict)
    unknown_values: Mapping[str, Value] = field(default_factory=dict)
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.seed, bool) or not isinstance(self.seed, int) or not 0 <= self.seed <= MAXIMUM_SEED:
            raise AttributeValueError(f"the seed must be a whole number from 0 to {MAXIMUM_SEED}, not {self.seed!r}")
        if len(self.name) > MAXIMUM_NAME or not self.name.isprintable():
            raise AttributeValueError(
                f"a character's name is at most {MAXIMUM_NAME} printable characters in one line, "
                f"not '{one_line(self.name, 60)}'"
            )
        object.__setattr__(self, "tags", _checked_tags(self.tags))
        object.__setattr__(self, "values", _frozen(self.values))
        object.__setattr__(self, "unknown_values", _frozen(self.unknown_values))

    def __hash__(self) -> int:
        return hash((self.name, self.seed, frozenset(self.values.items())))

    def __reduce__(self) -> tuple[Any, ...]:
        return Character, (self.name, self.seed, dict(self.values), dict(self.unknown_values), self.tags)

    def with_value(self, name: str, value: Value) -> Character:
        """A copy in which attribute ``name`` has ``value`` (canonical: see ``AttributeSchema.validated``)."""
        return self.with_values({name: value})

    def with_values(self, values: Mapping[str, Value]) -> Character:
        """A copy with several attributes changed at once."""
        return replace(self, values={**self.values, **values})

    def with_seed(self, seed: int) -> Character:
        return replace(self, seed=seed)

    def with_name(self, name: str) -> Character:
        return replace(self, name=name)

    def with_tags(self, tags: Iterable[str]) -> Character:
        return replace(self, tags=tuple(tags))


@dataclass(frozen=True)
class LoadedCharacter:
    """A character from a file, and one line for each thing in the file that could not be used."""

    character: Character
    notices: tuple[str, ...] = ()


def new_character(
    schema: AttributeSchema, seed: int = 0, name: str = "", values: Mapping[str, object] | None = None
) -> Character:
    """A character with every attribute of ``schema``: ``values`` (checked) over the defaults.

    Raises :class:`UsageError` for an unknown attribute or an invalid value, naming the nearest valid choice.
    """
    checked = {key: schema.validated(key, value) for key, value in (values or {}).items()}
    return Character(name=name, seed=seed, values={**schema.defaults(), **checked})


def to_json(character: Character) -> dict[str, Any]:
    """A plain dictionary for :func:`from_json`; equal characters give equal dictionaries in equal order."""
    values = {**character.unknown_values, **character.values}
    data: dict[str, Any] = {
        "kind": FILE_KIND,
        "format": FILE_FORMAT,
        "name": character.name,
        "seed": character.seed,
    }
    if character.tags:
        data["tags"] = list(character.tags)
    return data | {"values": {name: values[name] for name in sorted(values)}}


def from_json(data: object, schema: AttributeSchema) -> LoadedCharacter:
    """Read what :func:`to_json` wrote. Missing attributes take their default; unknown ones are kept with a notice.

    Raises :class:`CharacterFileError` for anything that is not a character or has an invalid value.
    """
    if not isinstance(data, dict) or data.get("kind", FILE_KIND) != FILE_KIND or "values" not in data:
        raise CharacterFileError(
            f"this is not a character: it needs a JSON object with 'format': {FILE_FORMAT}, 'seed' and 'values'"
        )
    version = data.get("format")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise CharacterFileError(f"its 'format' must be {FILE_FORMAT}, not {one_line(repr(version), 60)}")
    if version > FILE_FORMAT:
        raise CharacterFileError(
            f"it is of format {one_line(version, 20)}, and this Facewright knows only format {FILE_FORMAT}; "
            "install a newer Facewright"
        )
    given, name, seed = data["values"], data.get("name", ""), data.get("seed", 0)
    if not isinstance(given, dict):
        raise CharacterFileError("its 'values' must be an object of attribute names and values")
    if not isinstance(name, str):
        raise CharacterFileError(f"its 'name' must be a text, not {one_line(repr(name), 60)}")
    tags = data.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise CharacterFileError(f"its 'tags' must be a list of texts, not {one_line(repr(tags), 60)}")
    known: dict[str, Value] = {}
    unknown: dict[str, Value] = {}
    try:
        for key, value in given.items():
            if key in schema.by_name:
                known[key] = _checked(schema, key, value)
            else:
                unknown[key] = _unknown(key, value)
        if len(unknown) > MAXIMUM_UNKNOWN:
            raise CharacterFileError(f"it names {len(unknown)} attributes that this model does not have")
        character = Character(name, seed, {**schema.defaults(), **known}, unknown, tuple(tags))
    except CreatorError as error:
        raise CharacterFileError(one_line(error)) from error
    notices = tuple(f"this model has no attribute '{one_line(key, 60)}'; its value was kept but not used"
                    for key in unknown)  # fmt: skip
    return LoadedCharacter(character, notices)


def _checked(schema: AttributeSchema, name: str, value: object) -> Value:
    """Like ``schema.validated``, but a number written as a text is refused: in a file it is a mistake."""
    if isinstance(value, str) and schema[name].kind == "continuous":
        raise AttributeValueError(f"'{name}' needs a number, not the text '{one_line(value, 60)}'")
    return schema.validated(name, value)


def _unknown(name: str, value: object) -> Value:
    """A value of an attribute that the schema does not have: only its kind can be checked."""
    if isinstance(value, str) and value.isprintable() and name.isprintable():
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not name.isprintable():
        raise CharacterFileError(f"the value of '{one_line(name, 60)}' must be a number or a choice")
    try:
        number = float(value)
    except OverflowError:
        raise CharacterFileError(f"the value of '{one_line(name, 60)}' is too large") from None
    if not math.isfinite(number):
        raise CharacterFileError(f"the value of '{one_line(name, 60)}' must be finite")
    return number


def character_bytes(character: Character) -> bytes:
    """The content of a ``.face.json`` file: UTF-8 JSON, the same bytes for equal characters."""
    return (json.dumps(to_json(character), ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def parse_json(raw: bytes, limit: int = MAXIMUM_FILE_BYTES) -> object:
    """Read JSON from a stranger. Raises :class:`CharacterFileError` for everything that is not plain, sound JSON."""
    if len(raw) > limit:
        raise CharacterFileError(f"it is larger than {limit >> 10} KiB, too large for a character")
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant, object_pairs_hook=_unique)
    except UnicodeDecodeError:
        raise CharacterFileError("it is not a text file in UTF-8") from None
    except RecursionError:
        raise CharacterFileError("it is nested too deeply for a character") from None
    except json.JSONDecodeError as error:
        raise CharacterFileError(f"it is not JSON (line {error.lineno}: {error.msg})") from None
    except ValueError as error:
        raise CharacterFileError(f"it is not JSON ({one_line(error, 120)})") from None


def _refuse_constant(text: str) -> None:
    raise CharacterFileError(f"{text} is not a number that a character can have")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise CharacterFileError(f"it says '{one_line(twice, 60)}' twice")
    return found


def load_character(path: Path, schema: AttributeSchema) -> LoadedCharacter:
    """Read a ``.face.json`` file; raise :class:`CharacterFileError`, naming the file, if that cannot be done."""
    return from_json_bytes(read_limited(path), schema, path)


def from_json_bytes(raw: bytes, schema: AttributeSchema, path: Path) -> LoadedCharacter:
    """The character in ``raw``; ``path`` is only named in errors."""
    try:
        return from_json(parse_json(raw), schema)
    except CharacterFileError as error:
        raise CharacterFileError(f"cannot use the character '{path}': {error}") from error


def read_limited(path: Path, limit: int = MAXIMUM_FILE_BYTES) -> bytes:
    """At most ``limit`` + 1 bytes of a plain file; raise :class:`CharacterFileError` if it cannot be read."""
    try:
        if path.exists() and not path.is_file():
            raise CharacterFileError(f"cannot read the character '{path}': it is not a file")
        with path.open("rb") as stream:
            return stream.read(limit + 1)
    except FileNotFoundError:
        raise CharacterFileError(f"cannot read the character '{path}': there is no such file") from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise CharacterFileError(f"cannot read the character '{path}': {reason}") from error


def save_character(character: Character, path: Path) -> None:
    """Write a ``.face.json`` file in one step. Raises :class:`SaveError`; an older file is then untouched."""
    try:
        data = character_bytes(character)
    except ValueError as error:
        raise SaveError(f"cannot write '{path}': {one_line(error)}") from error
    if len(data) > MAXIMUM_FILE_BYTES:
        raise SaveError(f"cannot write '{path}': the character is larger than {MAXIMUM_FILE_BYTES >> 10} KiB")
    write_atomically(path, data)
