"""Export presets: what an engine wants, as data. Shipped ones are in ``resources/presets``, users add their own.

A preset is a TOML or JSON file of at most 64 KiB; its file name, without the ending, is its name.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from creator import paths
from creator.attributes import nearest_name
from creator.errors import PresetError, UsageError
from creator.export.crops import Crop
from creator.export.formats import FORMATS
from creator.export.looks import ALL, OWN
from creator.export.names import NAME_RULES, SET_FIELDS, NameRules, NameTemplate
from creator.resampling import MAXIMUM_SIZE, MINIMUM_SIZE
from creator.wording import one_line

ENDINGS = (".toml", ".json")
MAXIMUM_PRESET_BYTES = 64 << 10
MAXIMUM_PRESETS = 500

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_Word = Annotated[str, Field(pattern=re.compile(r"^[a-z0-9][a-z0-9_-]{0,39}\Z"))]
_Words = Annotated[tuple[_Word, ...], Field(min_length=1, max_length=64)]
_Text = Annotated[str, Field(max_length=400)]


class PixelArt(BaseModel):
    """Few colours and hard edges. ``side``: pixels of the drawing, which is then enlarged by a whole factor."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    side: Annotated[int, Field(strict=True, ge=16, le=256)] = 64
    colours: Annotated[int, Field(strict=True, ge=8, le=64)] = 24
    outline: bool = True
    dither: bool = False


class Preset(BaseModel):
    """One way to export. ``size`` None: as the model makes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    name: str = "custom"
    label: Annotated[str, Field(min_length=1, max_length=60)]
    about: _Text = ""
    writer: _Word = "pictures"
    options: dict[str, Any] = {}
    gather: Literal["character", "cast"] = "character"
    crop: Crop = "bust"
    size: Annotated[int, Field(strict=True, ge=MINIMUM_SIZE, le=MAXIMUM_SIZE)] | None = None
    expressions: _Words = (OWN,)
    poses: _Words = (OWN,)
    lights: _Words = (OWN,)
    names: Literal["any", "plain", "lower", "renpy"] = "any"
    picture_name: str = "{character} {expression}"
    set_name: str = "{character}"
    style: Literal["none", "painterly", "ink", "cel"] = "none"
    pixel_art: PixelArt | None = None
    maps: bool = False
    metadata: bool = True
    credits: bool = True

    @field_validator("picture_name")
    @classmethod
    def _picture_name_is_template(cls, text: str) -> str:
        return _checked_template(text, NameTemplate)

    @field_validator("set_name")
    @classmethod
    def _set_name_is_template(cls, text: str) -> str:
        return _checked_template(text, lambda text: NameTemplate(text, SET_FIELDS))

    @field_validator("writer")
    @classmethod
    def _writer_exists(cls, writer: str) -> str:
        if writer not in FORMATS:
            raise ValueError(f"there is no format '{writer}'{nearest_name(writer, tuple(FORMATS))}; "
                             f"there are {', '.join(sorted(FORMATS))}")  # fmt: skip
        return writer

    @model_validator(mode="after")
    def _fits_together(self) -> Preset:
        if self.pixel_art is not None and self.size is not None and self.size % self.pixel_art.side:
            side = self.pixel_art.side
            near = side * (self.size // side or 1)
            raise ValueError(f"the size of pixel art is a multiple of its side {side}: {near} instead of {self.size}")
        return self

    @property
    def picture_template(self) -> NameTemplate:
        return NameTemplate(self.picture_name)

    @property
    def set_template(self) -> NameTemplate:
        return NameTemplate(self.set_name, SET_FIELDS)

    @property
    def name_rules(self) -> NameRules:
        return NAME_RULES[self.names]

    def adjusted(self, **changes: object) -> Preset:
        """A checked copy with some fields changed. Raises :class:`UsageError`."""
        try:
            return Preset.model_validate({**self.model_dump(), **changes})
        except ValidationError as error:
            raise UsageError(f"the preset '{self.name}' cannot be changed so: {_reason(error)}") from None


@dataclass(frozen=True)
class PresetShelf:
    """All presets that were found, and one line for each file that is none.

    A user's preset stands before a shipped one of the same name.
    """

    presets: Mapping[str, Preset]
    problems: tuple[str, ...] = ()

    def find(self, name: str) -> Preset:
        """The preset called ``name``, or the one in the file ``name``. Raises :class:`UsageError` or PresetError."""
        if name in self.presets:
            return self.presets[name]
        if name.lower().endswith(ENDINGS):
            return read_preset(Path(name))
        raise UsageError(f"there is no preset '{one_line(name, 60)}'{nearest_name(name, tuple(self.presets))}; "
                         f"there are {', '.join(self.presets)}")  # fmt: skip


def load_presets() -> PresetShelf:
    """The shipped presets and those of the user's settings folder, by name. Raises nothing for a user's mistakes."""
    found = {preset.name: preset for preset in map(read_preset, _files(paths.resource_folder() / "presets"))}
    problems = []
    for path in _files(paths.user_settings_folder() / "presets"):
        try:
            preset = read_preset(path)
            found[preset.name] = preset
        except PresetError as error:
            problems.append(str(error))
    return PresetShelf(dict(sorted(found.items(), key=lambda item: item[1].label.casefold())), tuple(problems))


def read_preset(path: Path) -> Preset:
    """Read and check one preset. Raises :class:`PresetError`, naming file, field and remedy."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAXIMUM_PRESET_BYTES + 1)
    except OSError as error:
        raise PresetError(f"cannot read the preset '{path}': {error.strerror or error}") from error
    if len(raw) > MAXIMUM_PRESET_BYTES:
        raise PresetError(f"the preset '{path}' is larger than {MAXIMUM_PRESET_BYTES >> 10} KiB")
    return parse_preset(raw, path)


def parse_preset(raw: bytes, path: Path) -> Preset:
    """The preset in ``raw``; ``path`` tells its kind and name, and is named in errors (:class:`PresetError`)."""
    name = path.stem.lower()
    if not _NAME.fullmatch(name):
        raise PresetError(f"the preset '{path}' needs a file name of small letters, digits, '-' and '_'")
    try:
        text = raw.decode("utf-8-sig")
        data = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # both parsers' errors are ValueErrors, and so is wrong UTF-8
        kind = "JSON" if path.suffix.lower() == ".json" else "TOML"
        raise PresetError(f"the preset '{path}' is not {kind} in UTF-8: {one_line(error, 120)}") from None
    if not isinstance(data, dict):
        raise PresetError(f"the preset '{path}' must be a table of settings such as size = 512")
    try:
        return Preset.model_validate({**data, "name": name})
    except ValidationError as error:
        raise PresetError(f"the preset '{path}': {_reason(error)}") from None


def sizes_and_expressions(preset: Preset) -> str:
    """A few words about the preset for lists, such as "144 px, 8 expressions"."""
    size = f"{preset.size} px" if preset.size else "the model's size"
    if preset.expressions == (ALL,):
        return f"{size}, all expressions"
    return size if preset.expressions == (OWN,) else f"{size}, {len(preset.expressions)} expressions"


def _files(folder: Path) -> Iterator[Path]:
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS)
    except OSError:
        return
    yield from found[:MAXIMUM_PRESETS]


def _checked_template(text: str, make: Any) -> str:
    try:
        make(text)
    except UsageError as error:
        raise ValueError(str(error)) from None
    return text


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        message = f"there is no such setting{nearest_name(where, tuple(Preset.model_fields))}"
    return one_line(f"'{where}': {message}" if where else message, 240)
