"""The plan of an export: who is drawn how, which files that gives, and what is there already. Nothing is rendered."""

from __future__ import annotations

import enum
import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from creator.character import Character
from creator.errors import UsageError
from creator.export import files
from creator.export.cast import CastMember
from creator.export.credits import CREDITS_FILE
from creator.export.formats import FORMATS
from creator.export.looks import OWN, Look, available_looks, lights_of, shown_expression, with_look
from creator.export.names import unique_names
from creator.export.portrait_set import ExportFile, PictureMaps, Portrait, PortraitSet, Tags
from creator.export.presets import Preset
from creator.manifest import FULL, MAPS, Manifest
from creator.wording import one_line

MAXIMUM_PICTURES = 1_000_000
MAXIMUM_GATHERED_BYTES = 4 << 30
_MAXIMUM_NUMBER = 100_000


class Existing(enum.StrEnum):
    """What happens to files that are there already."""

    REPLACE = "replace"
    SKIP = "skip"
    NUMBER = "number"


@dataclass(frozen=True)
class ExportJob:
    """All that decides an export. ``folder`` is made when it does not exist; ``dry_run`` writes nothing."""

    cast: tuple[CastMember, ...]
    preset: Preset
    folder: Path
    existing: Existing = Existing.REPLACE
    dry_run: bool = False


@dataclass(frozen=True)
class Shot:
    """One picture to be made: ``character`` has its look; ``name`` is its path without an ending."""

    tags: Tags
    name: str
    character: Character
    look: Look


@dataclass(frozen=True)
class PlannedSet:
    """Shots that are written together. ``paths``: the files they give. ``is_skipped``: all are there and shall stay."""

    name: str
    shots: tuple[Shot, ...]
    paths: tuple[str, ...]
    is_skipped: bool = False


@dataclass(frozen=True)
class ExportPlan:
    """``size``: side of every portrait. ``with_maps``: the model gives the maps that the preset asks for. ``existing``:
    the files that are there already. ``notices``: what the model cannot do, one line each."""

    sets: tuple[PlannedSet, ...]
    size: int
    with_maps: bool
    existing: frozenset[str]
    notices: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """All files, in order."""
        return tuple(path for planned in self.sets for path in planned.paths)

    @property
    def picture_count(self) -> int:
        """Pictures to be rendered."""
        return sum(len(planned.shots) for planned in self.sets if not planned.is_skipped)


def plan_export(job: ExportJob, manifest: Manifest) -> ExportPlan:
    """Work out every file of ``job``. Raises :class:`UsageError` for what cannot be, before any time is spent."""
    preset = job.preset
    looks, notices = available_looks(preset.expressions, preset.poses, preset.lights, manifest)
    if len(looks) * len(job.cast) > MAXIMUM_PICTURES:
        raise UsageError(f"an export has at most {MAXIMUM_PICTURES} pictures; export a smaller cast")
    size = preset.size or _own_size(preset, manifest)
    with_maps = preset.maps and MAPS in manifest.pictures
    sets: list[PlannedSet] = []
    taken: dict[str, str] = {}
    existing: set[str] = set()
    for name, shots in _sets(job, manifest, looks, size):
        if len(shots) * size * size * 4 > MAXIMUM_GATHERED_BYTES:
            raise UsageError(
                f"{len(shots)} pictures of {size} px are too many for one set; choose a smaller size or cast"
            )
        planned = _placed(job, name, shots, size, taken, with_maps)
        for path in planned.paths:
            _claim(path, taken)
            if files.exists(files.checked_path(job.folder, path)):
                existing.add(path)
        skipped = job.existing is Existing.SKIP and existing.issuperset(planned.paths)
        sets.append(replace(planned, is_skipped=skipped))
    return ExportPlan(tuple(sets), size, with_maps, frozenset(existing), notices)


def files_of(portraits: PortraitSet, preset: Preset) -> list[ExportFile]:
    """The files that the preset's format makes of a set."""
    return list(FORMATS[preset.writer].files(portraits, preset.options))


def _own_size(preset: Preset, manifest: Manifest) -> int:
    size = manifest.variant(FULL).size
    if preset.pixel_art is not None:
        return max(1, round(size / preset.pixel_art.side)) * preset.pixel_art.side
    return size


def _sets(
    job: ExportJob, manifest: Manifest, looks: Sequence[Look], size: int
) -> Iterator[tuple[str, tuple[Shot, ...]]]:
    preset, rules = job.preset, job.preset.name_rules
    picture_template, set_template = preset.picture_template, preset.set_template
    spelled = functools.cache(rules.field)  # the same few words for every character
    slugs = unique_names((member.name for member in job.cast), rules)
    common: dict[str, str | int] = {"crop": preset.crop, "preset": preset.name, "size": size}
    gathered: list[Shot] = []
    for number, (member, slug) in enumerate(zip(job.cast, slugs, strict=True), start=1):
        shots = []
        for index, look in enumerate(looks, start=1):
            character = with_look(member.character, look, manifest.schema, lights_of(manifest))
            expression = shown_expression(character) if look.expression == OWN else look.expression
            told = {"expression": expression, "pose": look.pose, "light": look.light}
            tags = Tags(slug, member.name, index=index, cast_index=number,
                        **{key: spelled(text) for key, text in told.items()})  # fmt: skip
            values = {**common, "character": slug, "index": index, "number": number, "seed": character.seed, **told}
            shots.append(Shot(tags, picture_template.filled(values, rules), character, look))
        if preset.gather == "character":
            yield set_template.filled({**common, "character": slug, "number": number}, rules), tuple(shots)
        gathered += shots if preset.gather == "cast" else ()
    if gathered:
        who = slugs[0] if len(slugs) == 1 else "cast"
        yield set_template.filled({**common, "character": who, "number": 1}, rules), tuple(gathered)


def _placed(
    job: ExportJob, name: str, shots: tuple[Shot, ...], size: int, taken: Mapping[str, str], with_maps: bool
) -> PlannedSet:
    """The set with its files' paths; where files shall be numbered, with the first number that is free."""
    for number in range(1, _MAXIMUM_NUMBER):
        ending = f"{job.preset.name_rules.blank}{number}" if number > 1 else ""
        numbered = shots if number == 1 else tuple(replace(shot, name=shot.name + ending) for shot in shots)
        planned = PlannedSet(name + ending, numbered, _paths(job.preset, name + ending, numbered, size, with_maps))
        if job.existing is not Existing.NUMBER or not any(
            path.casefold() in taken or files.exists(files.checked_path(job.folder, path)) for path in planned.paths
        ):
            return planned
    raise UsageError(f"there are too many files like '{one_line(name, 80)}' in '{job.folder}'")


def _blank(size: int, channels: int) -> NDArray[np.uint8]:
    return np.broadcast_to(np.uint8(0), (size, size, channels))


def _paths(preset: Preset, name: str, shots: tuple[Shot, ...], size: int, with_maps: bool) -> tuple[str, ...]:
    pixels, maps = _blank(size, 4), None
    if with_maps:
        maps = PictureMaps(
            _blank(size, 3), _blank(size, 3), np.broadcast_to(np.float16(0), (size, size)), _blank(size, 8)
        )
    portraits = tuple(Portrait(shot.tags, shot.name, pixels, maps) for shot in shots)
    return tuple(file.path for file in files_of(PortraitSet(name, portraits, size, preset.crop, preset.name), preset))


def _claim(path: str, taken: dict[str, str]) -> None:
    key = path.casefold()
    if key in taken or key == CREDITS_FILE.casefold():
        raise UsageError(
            f"two files would be called '{one_line(path, 120)}'; "
            "let the name template have what tells them apart, such as {character} and {expression}"
        )
    taken[key] = path
