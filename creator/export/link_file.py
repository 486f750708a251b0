"""The two files that link a game's folder with characters: what shall be there, and what has been made of what.

``facewright-link.json`` is the user's: casts, presets, places. ``facewright-link.lock.json`` is ours: for each set of
portraits hashes of its origins and of its files. Both belong into the game's version control; their paths are relative
to them. See docs/decisions/0020-a-game-is-linked-by-two-files-in-its-folder.md.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from creator.atomic_write import write_atomically
from creator.errors import LinkError
from creator.wording import one_line

LINK_FILE = "facewright-link.json"
STATE_FILE = "facewright-link.lock.json"
MAXIMUM_TARGETS = 32
MAXIMUM_LINK_BYTES = 1 << 20
MAXIMUM_STATE_BYTES = 64 << 20

_Path = Annotated[str, Field(min_length=1, max_length=1000)]
_Hash = Annotated[str, Field(pattern=re.compile(r"^[0-9a-f]{64}\Z"))]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LinkTarget(_Part):
    """One export of the link.

    ``cast``: sources of characters, relative to the link's folder. ``preset``: a name, or a file relative to the
    link's folder. ``folder``: where the files go, inside the link's folder. ``changes``: settings of the preset that
    are different here, such as ``{"size": 512, "expressions": ["neutral", "happy"]}``.
    """

    cast: Annotated[tuple[_Path, ...], Field(min_length=1, max_length=64)]
    preset: _Path
    folder: _Path = "."
    changes: dict[str, Any] = {}

    @property
    def key(self) -> str:
        """Tells this target from others of the link, whatever its changes."""
        return hashlib.sha256(json.dumps([self.cast, self.preset, self.folder]).encode()).hexdigest()


class Link(_Part):
    """What shall be in the game's folder."""

    kind: Literal["facewright link"] = "facewright link"
    format: Literal[1] = 1
    targets: Annotated[tuple[LinkTarget, ...], Field(min_length=1, max_length=MAXIMUM_TARGETS)]


class SetState(_Part):
    """What a set was made of (hashes), and its files: the hash of their content, or "" for files others may edit."""

    model: _Hash
    preset: _Hash
    recipes: _Hash
    files: dict[_Path, _Hash | Literal[""]]


class LinkState(_Part):
    """What has been made: for each target (by its key) and each of its sets (by its first file)."""

    kind: Literal["facewright link state"] = "facewright link state"
    format: Literal[1] = 1
    targets: dict[_Hash, dict[_Path, SetState]] = {}


_Kind = TypeVar("_Kind", bound=BaseModel)


def load_link(folder: Path) -> Link:
    """Read ``folder/facewright-link.json``. Raises :class:`LinkError`, naming the file and the remedy."""
    path = folder / LINK_FILE
    raw = _read(path, MAXIMUM_LINK_BYTES)
    if raw is None:
        raise LinkError(f"'{folder}' is not linked: there is no '{LINK_FILE}'; 'facewright link' makes one")
    return _parsed(Link, raw, path, "correct it, or make it again with 'facewright link'")


def load_state(folder: Path) -> LinkState:
    """Read ``folder/facewright-link.lock.json``; where there is none, nothing has been made. Raises LinkError."""
    path = folder / STATE_FILE
    raw = _read(path, MAXIMUM_STATE_BYTES)
    return LinkState() if raw is None else _parsed(LinkState, raw, path, "delete it: the next sync makes it again")


def save_link(folder: Path, link: Link) -> None:
    """Write the link in one step. Raises :class:`SaveError`."""
    write_atomically(folder / LINK_FILE, _json_bytes(link.model_dump(mode="json")))


def save_state(folder: Path, state: LinkState) -> None:
    """Write the state in one step, in an order that does not change. Raises :class:`SaveError`."""
    write_atomically(folder / STATE_FILE, _json_bytes(state.model_dump(mode="json"), sort=True))


def with_target(folder: Path, target: LinkTarget) -> Link:
    """The folder's link with ``target`` added; a new one where there is none.

    Characters that are exported there with the same preset already leave their old target, and a target that differs
    in nothing but its cast takes the new characters in. Raises :class:`LinkError`.
    """
    targets: list[LinkTarget] = []
    for other in load_link(folder).targets if (folder / LINK_FILE).exists() else ():
        if (other.preset, other.folder) == (target.preset, target.folder):
            kept = tuple(source for source in other.cast if not {source, _folder_of(source)} & {*target.cast})
            if other.changes == target.changes:
                new = (source for source in target.cast if _folder_of(source) not in kept)
                target = target.model_copy(update={"cast": (*kept, *new)})
                continue
            if not kept:
                continue
            other = other.model_copy(update={"cast": kept})
        targets.append(other)
    if len(targets) >= MAXIMUM_TARGETS:
        raise LinkError(f"'{folder / LINK_FILE}' has {MAXIMUM_TARGETS} targets already: remove one")
    return Link(targets=(*targets, target))


def _folder_of(source: str) -> str:
    return str(PurePosixPath(source).parent)


def _json_bytes(data: Mapping[str, Any], sort: bool = False) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2, sort_keys=sort, allow_nan=False) + "\n").encode()


def _read(path: Path, limit: int) -> bytes | None:
    try:
        with path.open("rb") as stream:
            raw = stream.read(limit + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LinkError(f"cannot read '{path}': {error.strerror or error}") from error
    if len(raw) > limit:
        raise LinkError(f"'{path}' is larger than {limit >> 20} MiB")
    return raw


def _parsed(kind: type[_Kind], raw: bytes, path: Path, remedy: str) -> _Kind:
    try:
        return kind.model_validate(json.loads(raw.decode("utf-8-sig")))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        reason = f"{where}: {first['msg']}" if where else first["msg"]
    except (ValueError, RecursionError) as error:
        reason = f"it is not JSON in UTF-8 ({one_line(error, 80)})"
    raise LinkError(f"'{path}' is damaged: {one_line(reason, 160)}; {remedy}")
