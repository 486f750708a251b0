"""The last export of the window, kept in the settings folder so that it can be repeated after a restart."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from creator import paths
from creator.atomic_write import write_atomically
from creator.errors import CreatorError
from creator.export.plan import Existing
from creator.export.presets import Preset
from creator.ui.export_form import ExportChoice

FILE_NAME = "last-export.json"
_MAXIMUM_BYTES = 256 << 10

_log = logging.getLogger(__name__)


def load_last_export() -> ExportChoice | None:
    """What :func:`keep_last_export` kept; None where there is nothing, or nothing sound. Raises nothing."""
    file = paths.user_settings_folder() / FILE_NAME
    try:
        with file.open("rb") as stream:
            raw = stream.read(_MAXIMUM_BYTES + 1)
        if len(raw) > _MAXIMUM_BYTES:
            raise ValueError("it is too large")
        return _choice(json.loads(raw))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:  # pydantic's errors are ValueErrors
        _log.warning("the last export in '%s' cannot be used: %s", file, error)
        return None


def keep_last_export(choice: ExportChoice) -> None:
    """Keep ``choice``. That the disk does not take it is only logged."""
    file = paths.user_settings_folder() / FILE_NAME
    data = {
        "preset": choice.preset.model_dump(mode="json"),
        "folder": str(choice.folder.absolute()),
        "existing": choice.existing,
        "follows": choice.follows,
    }
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(file, (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode(errors="replace"))
    except (OSError, CreatorError) as error:
        _log.warning("the last export was not kept: %s", error)


def _choice(data: dict[str, Any]) -> ExportChoice:
    folder = data["folder"]
    if not isinstance(folder, str) or not folder or "\0" in folder:
        raise ValueError("it names no folder")
    preset = Preset.model_validate(data["preset"])
    return ExportChoice(preset, Path(folder), Existing(data["existing"]), data["follows"] is True)
