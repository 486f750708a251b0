"""Which games are linked on this machine: a list in the settings folder, so that saving a character can find them."""

from __future__ import annotations

import json
import logging
from pathlib import Path

from creator import paths
from creator.atomic_write import write_atomically
from creator.errors import CreatorError, LinkError, SaveError
from creator.export.link_file import LINK_FILE, load_link

FILE_NAME = "linked-games.json"
MAXIMUM_GAMES = 200
_MAXIMUM_BYTES = 1 << 20

_log = logging.getLogger(__name__)


def linked_games() -> tuple[Path, ...]:
    """The folders of games that were linked here and still are, the latest first. Raises nothing."""
    return tuple(folder for folder in _listed() if (folder / LINK_FILE).is_file())


def remember_game(folder: Path) -> None:
    """Put the linked game in ``folder`` on the list. Raises :class:`SaveError`."""
    place = folder.resolve()
    kept = [place, *(other for other in linked_games() if other != place)][:MAXIMUM_GAMES]
    file = paths.user_settings_folder() / FILE_NAME
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveError(f"cannot make the folder '{file.parent}': {error.strerror or error}") from error
    write_atomically(file, (json.dumps([str(path) for path in kept], indent=2, ensure_ascii=False) + "\n").encode())


def games_of(character: Path) -> tuple[Path, ...]:
    """The linked games whose casts have the character file, or its folder. Games with a damaged link are left out."""
    found = []
    place = character.resolve()
    for folder in linked_games():
        try:
            sources = [(folder / source).resolve() for target in load_link(folder).targets for source in target.cast]
        except (LinkError, OSError) as error:
            _log.warning("the link in '%s' is left out: %s", folder, error)
            continue
        if place in sources or place.parent in sources:
            found.append(folder)
    return tuple(found)


def _listed() -> tuple[Path, ...]:
    file = paths.user_settings_folder() / FILE_NAME
    try:
        with file.open("rb") as stream:
            raw = stream.read(_MAXIMUM_BYTES + 1)
        entries = json.loads(raw) if len(raw) <= _MAXIMUM_BYTES else []
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, RecursionError, CreatorError) as error:
        _log.warning("the list of linked games in '%s' cannot be used: %s", file, error)
        return ()
    texts = [entry for entry in entries if isinstance(entry, str)] if isinstance(entries, list) else []
    return tuple(Path(text) for text in dict.fromkeys(texts) if "\0" not in text)[:MAXIMUM_GAMES]
