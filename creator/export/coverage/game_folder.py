"""Walks a game's folder: which portraits its scripts ask for, and which it has."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from creator.errors import ScriptError, UsageError
from creator.export.coverage import dialogic_timeline, renpy_script, yarn_script
from creator.export.coverage.portrait_use import (
    DefinedImage,
    Engine,
    PortraitUse,
    SpeakerTag,
    SpokenLine,
    Statement,
)
from creator.export.formats import dialogic, dialogue_map
from creator.export.formats.renpy import SCRIPT_HEADER
from creator.wording import one_line

MAXIMUM_SCRIPT_BYTES = 4 << 20
MAXIMUM_STATEMENTS = 2_000_000
MAXIMUM_FILES = 1_000_000

_PICTURE_ENDINGS = frozenset((".png", ".webp", ".jpg", ".jpeg", ".avif", ".svg"))
# Caches of engines, and other people's add-ons with scripts of their own.
_PASSED_OVER = frozenset(("addons", "library", "temp", "node_modules", "__pycache__", "cache", "saves", "logs"))
_SCRIPTS: dict[str, tuple[Engine, Callable[[str], Iterable[Statement]]]] = {
    renpy_script.ENDING: ("renpy", renpy_script.read_statements),
    dialogic_timeline.ENDING: ("dialogic", dialogic_timeline.read_statements),
    yarn_script.ENDING: ("yarn", yarn_script.read_statements),
}


@dataclass(frozen=True)
class PlacedUse:
    """A use of a portrait and the script it stands in (relative to the game's folder, "/" between folders)."""

    engine: Engine
    script: str
    use: PortraitUse


@dataclass(frozen=True)
class Game:
    """What was found. ``images``: pictures that the engines would find. ``notices``: files that could not be read."""

    scripts: int
    uses: tuple[PlacedUse, ...]
    images: frozenset[DefinedImage]
    notices: tuple[str, ...] = ()


def read_game(folder: Path) -> Game:
    """Read all Ren'Py scripts, Dialogic timelines and Yarn files below ``folder``, by name.

    Links to folders are not followed. A script that cannot be read becomes a notice. Raises :class:`UsageError` when
    ``folder`` is no folder, and :class:`ScriptError` when there is too much in it.
    """
    if not folder.is_dir():
        raise UsageError(f"'{folder}' is not a folder; give the folder of a game")
    statements: list[tuple[Engine, str, Statement]] = []
    images: set[DefinedImage] = set()
    notices: list[str] = []
    scripts = 0
    for path in _files(folder):
        name, ending = path.relative_to(folder).as_posix(), path.suffix.lower()
        try:
            if ending in _SCRIPTS:
                text = _text(path)
                if text.startswith(SCRIPT_HEADER):
                    continue  # our own: the pictures beside it say the same
                scripts += 1
                engine, read = _SCRIPTS[ending]
                statements += [(engine, name, statement) for statement in read(text)]
            elif ending == dialogic.ENDING:
                images.update(_dialogic_images(path))
            elif ending == ".json":
                images.update(_mapped_images(path))
            elif ending in _PICTURE_ENDINGS:
                images.update(_renpy_image(PurePosixPath(name)))
        except ScriptError as error:
            notices.append(f"cannot read '{name}': {error}")
        if len(statements) > MAXIMUM_STATEMENTS:
            raise ScriptError(f"the scripts in '{folder}' show more than anybody can read; give a smaller folder")
    images.update(statement for _, _, statement in statements if isinstance(statement, DefinedImage))
    return Game(scripts, tuple(_resolved(statements)), frozenset(images), tuple(notices))


def _files(folder: Path) -> Iterator[Path]:
    seen = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name[0] != "." and name.lower() not in _PASSED_OVER)
        for name in sorted(names):
            seen += 1
            if seen > MAXIMUM_FILES:
                raise ScriptError(f"'{folder}' holds more than {MAXIMUM_FILES} files; give a smaller folder")
            yield Path(place, name)


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise ScriptError("it is not a file")
        with path.open("rb") as stream:
            data = stream.read(MAXIMUM_SCRIPT_BYTES + 1)
    except OSError as error:
        raise ScriptError(error.strerror or str(error)) from error
    if len(data) > MAXIMUM_SCRIPT_BYTES:
        raise ScriptError(f"it is larger than {MAXIMUM_SCRIPT_BYTES >> 20} MiB, too large for a script")
    return data


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        raise ScriptError("it is not a text file in UTF-8") from None


def _dialogic_images(path: Path) -> Iterator[DefinedImage]:
    portraits = dialogic.read_character(_bytes(path)).get("portraits")
    for name in portraits if isinstance(portraits, dict) else ():
        yield DefinedImage(path.name.removesuffix(path.suffix), name)


def _mapped_images(path: Path) -> Iterator[DefinedImage]:
    """The portraits of a JSON map that Facewright wrote; other JSON files are none of our business."""
    try:
        with path.open("rb") as stream:
            beginning = stream.read(200)
        if dialogue_map.KIND.encode() not in beginning:
            return
        data = json.loads(_bytes(path))
        for character, entry in data["characters"].items():
            for look in entry["portraits"]:
                yield DefinedImage(character, str(look))
    except OSError:
        return
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ScriptError(f"it is a damaged map of portraits ({one_line(error, 60)})") from None


def _renpy_image(path: PurePosixPath) -> Iterator[DefinedImage]:
    """Ren'Py defines an image for every picture below ``game/images``, named as the file is."""
    if "images" not in path.parts[:-1]:
        return
    words = path.stem.lower().partition("@")[0].split()
    if words:
        yield from renpy_script.defined_images(tuple(words))


def _resolved(statements: list[tuple[Engine, str, Statement]]) -> Iterator[PlacedUse]:
    """Uses in the order of files and lines; who a speaker's images belong to may be told in any file."""
    tags = {item.speaker: item.tag for _, _, item in statements if isinstance(item, SpeakerTag)}
    for engine, script, item in statements:
        if isinstance(item, PortraitUse):
            yield PlacedUse(engine, script, item)
        elif isinstance(item, SpokenLine) and item.speaker in tags:
            for use in renpy_script.uses_of(tags[item.speaker], item.attributes, item.line):
                yield PlacedUse(engine, script, use)
