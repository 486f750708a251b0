"""What the window remembers between two starts, in one small JSON file."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from creator import paths
from creator.atomic_write import write_atomically
from creator.errors import CreatorError

FILE_NAME = "settings.json"

_MAXIMUM_BYTES = 1 << 18
_Short = Annotated[str, Field(max_length=4096)]

_log = logging.getLogger(__name__)

Theme = Literal["system", "light", "dark"]


class SettingsValues(BaseModel):
    """``language``: empty follows the system. ``device``: one of :data:`creator.devices.DEVICE_CHOICES`.

    ``open_groups``: titles of the panel's open groups; None: as at the first start. ``backdrop``, ``scene``, ``inset``
    and ``zoom``: see :class:`~creator.ui.preview_tools.PreviewState`. ``shortcuts``: key sequences in portable text by
    the action's name, only those the user changed. ``geometry``: Qt's own form in base 64.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    language: _Short = ""
    device: _Short = "auto"
    theme: Theme = "system"
    library_folder: _Short = ""
    shortcuts: Annotated[dict[_Short, _Short], Field(max_length=200)] = {}
    geometry: _Short = ""
    pane_sizes: Annotated[tuple[int, ...], Field(max_length=8)] = ()
    controls_shown: bool = True
    side_page: _Short = ""
    studio_page: Annotated[int, Field(ge=0)] = 0
    open_groups: Annotated[tuple[_Short, ...], Field(max_length=200)] | None = None
    backdrop: _Short = ""
    scene: _Short = ""
    inset: Annotated[int, Field(ge=0, le=4096)] = 0
    zoom: Annotated[float, Field(ge=0.0, allow_inf_nan=False)] = 0.0
    tour_seen: bool = False


class Settings:
    """``values`` is immutable; :meth:`change` replaces and writes it. A damaged file counts as none."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or paths.user_settings_folder() / FILE_NAME
        self.values = self._read()

    def _read(self) -> SettingsValues:
        try:
            with self.file.open("rb") as stream:
                raw = stream.read(_MAXIMUM_BYTES + 1)
            return SettingsValues.model_validate_json(raw) if len(raw) <= _MAXIMUM_BYTES else SettingsValues()
        except FileNotFoundError:
            return SettingsValues()
        except (OSError, ValidationError, ValueError) as error:
            _log.warning("the settings in '%s' cannot be used: %s", self.file, error)
            return SettingsValues()

    def change(self, **values: Any) -> None:
        """Remember ``values`` (fields of :class:`SettingsValues`). That the disk takes them not is only logged."""
        changed = SettingsValues.model_validate(self.values.model_dump() | values)
        if changed == self.values:
            return
        self.values = changed
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self.file, changed.model_dump_json(indent=2).encode())
        except (OSError, CreatorError) as error:
            _log.warning("the settings were not kept: %s", error)

    @property
    def library_folder(self) -> Path:
        chosen = self.values.library_folder
        return Path(chosen) if chosen else paths.user_library_folder()
