"""Changes that were not saved, kept on the disk until they are: what a crash or a power cut must not take."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from creator.atomic_write import write_atomically
from creator.attributes import AttributeSchema
from creator.character import Character, from_json, parse_json, read_limited, to_json
from creator.errors import CharacterFileError, SaveError

KIND = "facewright recovery"
ENDING = ".recovery.json"


@dataclass(frozen=True)
class Unsaved:
    """A character with changes that its file does not have. ``path``: None without a file. ``when``: local time."""

    character: Character
    path: Path | None
    when: datetime


def keep(unsaved: Unsaved, file: Path) -> None:
    """Write ``unsaved`` to ``file`` in one step, through to the disk. Raises :class:`SaveError`."""
    data = {
        "kind": KIND,
        "format": 1,
        "path": None if unsaved.path is None else str(unsaved.path),
        "when": unsaved.when.isoformat(timespec="seconds"),
        "character": to_json(unsaved.character),
    }
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveError(f"cannot make the folder '{file.parent}': {error.strerror or error}") from error
    write_atomically(file, json.dumps(data, ensure_ascii=False, allow_nan=False).encode())


def read(file: Path, schema: AttributeSchema) -> Unsaved:
    """What :func:`keep` wrote. Raises :class:`CharacterFileError`."""
    try:
        data = parse_json(read_limited(file))
        if not isinstance(data, dict) or data.get("kind") != KIND:
            raise CharacterFileError("it holds no unsaved changes")
        path, when = data.get("path"), data.get("when")
        if not (path is None or isinstance(path, str)) or not isinstance(when, str):
            raise CharacterFileError("it does not say where its character belongs")
        character = from_json(data.get("character"), schema).character
        return Unsaved(character, None if path is None else Path(path), datetime.fromisoformat(when))
    except (CharacterFileError, ValueError) as error:
        raise CharacterFileError(f"cannot recover '{file}': {error}") from error
