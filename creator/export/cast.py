"""Who is exported: characters from recipes, portraits, folders, JSON lists and CSV tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from creator.attributes import AttributeSchema, Value, nearest_name
from creator.character import FILE_ENDING, MAXIMUM_SEED, Character, from_json, new_character, parse_json, read_limited
from creator.errors import CharacterFileError, CreatorError, UsageError
from creator.portrait_file import PICTURE_ENDINGS, load_recipe
from creator.wording import one_line

MAXIMUM_CAST = 100_000
MAXIMUM_TABLE_BYTES = 64 << 20


@dataclass(frozen=True)
class CastMember:
    """A character and the name that its files get: its own, or else that of the file it came from."""

    name: str
    character: Character


@dataclass(frozen=True)
class Cast:
    """Characters in order, and one line for each thing in their files that could not be used."""

    members: tuple[CastMember, ...]
    notices: tuple[str, ...] = ()


def load_cast(sources: Sequence[Path], schema: AttributeSchema) -> Cast:
    """Read all characters of ``sources``.

    A source is a ``.face.json`` file, a portrait of Facewright, a ``.json`` file with a list of characters, a ``.csv``
    table (columns ``name``, ``seed`` and attributes; an empty cell is the default), or a folder, of which all
    ``.face.json`` files are taken by name, or all portraits if it has none. Raises :class:`CharacterFileError` naming
    file and place, and :class:`UsageError` when nobody is in them.
    """
    members: list[CastMember] = []
    notices: list[str] = []
    for source in sources:
        for member, told in _members(source, schema):
            members.append(member)
            notices.extend(f"'{source}': {notice}" for notice in told)
            if len(members) > MAXIMUM_CAST:
                raise UsageError(f"a cast has at most {MAXIMUM_CAST} characters")
    if not members:
        places = ", ".join(f"'{source}'" for source in sources[:4])
        raise UsageError(f"there is no character in {places}")
    return Cast(tuple(members), tuple(dict.fromkeys(notices)))


def member_of(character: Character, path: Path | None = None) -> CastMember:
    """A member for a single character; without a name of its own it takes that of its file."""
    from_file = path.name.removesuffix(FILE_ENDING).removesuffix(path.suffix) if path is not None else ""
    return CastMember(character.name.strip() or from_file or "portrait", character)


def _members(source: Path, schema: AttributeSchema) -> Iterator[tuple[CastMember, tuple[str, ...]]]:
    if source.is_dir():
        try:
            listed = sorted(source.iterdir())
        except OSError as error:
            raise CharacterFileError(f"cannot read the folder '{source}': {error.strerror or error}") from error
        recipes = [path for path in listed if path.name.lower().endswith(FILE_ENDING)]
        for path in recipes or [path for path in listed if path.suffix.lower() in PICTURE_ENDINGS]:
            yield from _members(path, schema)
    elif source.name.lower().endswith(FILE_ENDING) or source.suffix.lower() in PICTURE_ENDINGS:
        loaded = load_recipe(source, schema)
        yield member_of(loaded.character, source), loaded.notices
    elif source.suffix.lower() == ".csv":
        yield from _table(source, schema)
    elif source.suffix.lower() == ".json":
        yield from _list(source, schema)
    else:
        raise UsageError(f"'{source}' is no source of characters; give a {FILE_ENDING} file, a portrait of Facewright, "
                         "a .json list, a .csv table or a folder")  # fmt: skip


def _read(source: Path) -> bytes:
    raw = read_limited(source, MAXIMUM_TABLE_BYTES)
    if len(raw) > MAXIMUM_TABLE_BYTES:
        raise CharacterFileError(f"cannot use '{source}': it is larger than {MAXIMUM_TABLE_BYTES >> 20} MiB")
    return raw


def _list(source: Path, schema: AttributeSchema) -> Iterator[tuple[CastMember, tuple[str, ...]]]:
    """One character, a list of them, or ``{"characters": [...]}``."""
    try:
        data = parse_json(_read(source), MAXIMUM_TABLE_BYTES)
        entries = data.get("characters", [data]) if isinstance(data, dict) else data
        if not isinstance(entries, list):
            raise CharacterFileError("it must hold a list of characters")
    except CharacterFileError as error:
        raise CharacterFileError(f"cannot use the list '{source}': {error}") from error
    for number, entry in enumerate(entries, start=1):
        try:
            loaded = from_json({"format": 1, **entry} if isinstance(entry, dict) else entry, schema)
        except CharacterFileError as error:
            raise CharacterFileError(f"cannot use the list '{source}': character {number}: {error}") from error
        yield _named(loaded.character, source, number, len(entries)), loaded.notices


def _table(source: Path, schema: AttributeSchema) -> Iterator[tuple[CastMember, tuple[str, ...]]]:
    try:
        text = _read(source).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CharacterFileError(f"cannot use the table '{source}': it is not a text file in UTF-8") from None
    # A spreadsheet writes semicolons where the comma is the decimal sign.
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",",
                      strict=True)  # fmt: skip
    try:
        header = [cell.strip() for cell in next(rows, [])]
        _check_header(header, schema, source)
        for row in rows:
            if any(cell.strip() for cell in row):
                try:
                    character = _row(header, row, schema)
                except CreatorError as error:
                    raise CharacterFileError(
                        f"cannot use the table '{source}': line {rows.line_num}: {error}"
                    ) from error
                yield _named(character, source, rows.line_num - 1, 2), ()
    except csv.Error as error:
        raise CharacterFileError(f"cannot use the table '{source}': line {rows.line_num}: {error}") from None


def _check_header(header: list[str], schema: AttributeSchema, source: Path) -> None:
    known = ("name", "seed", *schema.names)
    for column in header:
        if column not in known:
            raise CharacterFileError(f"cannot use the table '{source}': no attribute is called '{one_line(column, 40)}'"
                                     f"{nearest_name(column, known)}")  # fmt: skip
        if header.count(column) > 1:
            raise CharacterFileError(f"cannot use the table '{source}': it has two columns '{column}'")


def _row(header: list[str], row: list[str], schema: AttributeSchema) -> Character:
    if len(row) > len(header):
        raise UsageError(f"it has {len(row)} cells, and the first line names only {len(header)}")
    cells = {name: cell.strip() for name, cell in zip(header, row, strict=False) if cell.strip()}
    seed = cells.pop("seed", "0")
    if not (seed.isascii() and seed.isdigit()) or len(seed) > 10 or int(seed) > MAXIMUM_SEED:
        raise UsageError(f"the seed must be a whole number from 0 to {MAXIMUM_SEED}, not '{one_line(seed, 40)}'")
    name = cells.pop("name", "")
    values: dict[str, Value] = {key: schema.validated(key, cell) for key, cell in cells.items()}
    return new_character(schema, int(seed), name, values)


def _named(character: Character, source: Path, number: int, count: int) -> CastMember:
    alone = count == 1
    return CastMember(character.name.strip() or (source.stem if alone else f"{source.stem} {number}"), character)
