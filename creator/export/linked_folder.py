"""A live game folder: which linked portraits are stale, and their export. Nothing is rendered to find out."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from creator.character import Character, to_json
from creator.errors import LinkError, SaveError
from creator.export import files
from creator.export.cast import load_cast
from creator.export.formats.dialogic import ENDING as DIALOGIC_ENDING
from creator.export.job import ExportEvent, FileDone, export_portraits
from creator.export.link_file import LinkState, LinkTarget, SetState, load_link, load_state, save_state
from creator.export.plan import ExportJob, ExportPlan, PlannedSet, plan_export
from creator.export.presets import ENDINGS as PRESET_ENDINGS
from creator.export.presets import Preset, PresetShelf, read_preset
from creator.generator import PortraitRenderer
from creator.manifest import DRAFT, Manifest
from creator.wording import one_line

_TEXT_ENDINGS = (".rpy", ".json", ".tres", ".paper2dsprites", ".txt", ".md")
_EDITED_ENDINGS = (DIALOGIC_ENDING,)  # also written by the engine's editor: only their presence is checked
_BLOCK = 1 << 20


@dataclass(frozen=True)
class StaleSet:
    """A set of portraits that is not what it would be today, and why, in a few words."""

    planned: PlannedSet
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class TargetCheck:
    """One target of a link. ``leftovers``: files that were made once and that no set gives any more."""

    target: LinkTarget
    job: ExportJob
    plan: ExportPlan
    stale: tuple[StaleSet, ...]
    leftovers: tuple[str, ...] = ()


@dataclass(frozen=True)
class LinkCheck:
    """What a linked folder holds, compared with what it should. ``notices``: one line each."""

    folder: Path
    targets: tuple[TargetCheck, ...]
    notices: tuple[str, ...] = ()

    @property
    def is_fresh(self) -> bool:
        return not any(target.stale for target in self.targets)

    @property
    def picture_count(self) -> int:
        """Pictures that a sync renders."""
        return sum(len(stale.planned.shots) for target in self.targets for stale in target.stale)

    def lines(self) -> list[str]:
        """What is stale and what is left over, one line each."""
        told = [
            f"{_shown(target.target, stale.planned.name)}: {', '.join(stale.reasons)}"
            for target in self.targets
            for stale in target.stale
        ]
        return told + [
            f"{_shown(target.target, path)}: left over, delete it if it is not wanted"
            for target in self.targets
            for path in target.leftovers
        ]

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": "facewright link check",
            "format": 1,
            "fresh": self.is_fresh,
            "targets": [
                {
                    "preset": target.target.preset,
                    "folder": target.target.folder,
                    "stale": [
                        {"set": stale.planned.name, "reasons": list(stale.reasons), "files": list(stale.planned.paths)}
                        for stale in target.stale
                    ],
                    "leftovers": list(target.leftovers),
                }
                for target in self.targets
            ],
            "notices": list(self.notices),
        }


def check_link(folder: Path, manifest: Manifest, shelf: PresetShelf, everything: bool = False) -> LinkCheck:
    """Compare the linked ``folder`` with its characters, presets and the model.

    ``everything``: take all sets for stale. Raises :class:`LinkError` for a folder without a sound link,
    :class:`CharacterFileError`, :class:`PresetError` or :class:`UsageError` for what the link names.
    """
    link, state = load_link(folder), load_state(folder)
    notices: list[str] = []
    targets: list[TargetCheck] = []
    claimed: set[Path] = set()
    for target in link.targets:
        job, plan, told = plan_target(folder, target, manifest, shelf)
        notices += told
        _claim(job, plan, claimed)
        known = state.targets.get(target.key, {})
        stale = []
        for planned in plan.sets:
            reasons = ("asked for",) if everything else _reasons(job, plan, planned, manifest, known.get(_key(planned)))
            if reasons:
                stale.append(StaleSet(planned, reasons))
        made = {path for kept in known.values() for path in kept.files}
        leftovers = sorted(path for path in made - {*plan.paths} if files.exists(files.place_in(job.folder, path)))
        targets.append(TargetCheck(target, job, plan, tuple(stale), tuple(leftovers)))
    return LinkCheck(folder, tuple(targets), tuple(dict.fromkeys(notices)))


def _claim(job: ExportJob, plan: ExportPlan, claimed: set[Path]) -> None:
    for path in plan.paths:
        place = job.folder / path.casefold()
        if place in claimed:
            raise LinkError(
                f"two targets of the link would write '{one_line(path, 120)}': give one of them another folder"
            )
        claimed.add(place)


def plan_target(
    folder: Path, target: LinkTarget, manifest: Manifest, shelf: PresetShelf
) -> tuple[ExportJob, ExportPlan, tuple[str, ...]]:
    """The export that ``target`` of the link in ``folder`` stands for, and notices on its characters and preset."""
    cast = load_cast([folder / source for source in target.cast], manifest.schema)
    preset = linked_preset(folder, target, shelf)
    try:
        place = folder if target.folder == "." else files.place_in(folder, target.folder)
    except SaveError as error:
        raise LinkError(f"the link of '{folder}' leads outside it: {error}") from error
    job = ExportJob(cast.members, preset, place)
    plan = plan_export(job, manifest)
    return job, plan, (*cast.notices, *plan.notices)


def target_of(folder: Path, cast: Sequence[Path], preset: Preset, base: Preset, file: Path | None = None) -> LinkTarget:
    """The target that exports ``cast`` with ``preset`` into ``folder``, as the link of that folder should say it.

    ``base``: the preset as it is on the shelf, or in ``file``; what differs from it becomes the target's changes.
    """
    own, given = base.model_dump(mode="json"), preset.model_dump(mode="json")
    changes = {name: value for name, value in given.items() if value != own[name]}
    named = base.name if file is None else _seen_from(folder, file)
    return LinkTarget(cast=tuple(_seen_from(folder, source) for source in cast), preset=named, changes=changes)


def _seen_from(folder: Path, path: Path) -> str:
    """``path`` relative to ``folder`` where that is possible, so that the project can move as a whole."""
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive of Windows
        return path.resolve().as_posix()


def linked_preset(folder: Path, target: LinkTarget, shelf: PresetShelf) -> Preset:
    """The target's preset with the target's changes. Raises :class:`UsageError` or :class:`PresetError`."""
    named = target.preset
    preset = read_preset(folder / named) if named.lower().endswith(PRESET_ENDINGS) else shelf.find(named)
    return preset.adjusted(**target.changes) if target.changes else preset


def sync_link(check: LinkCheck, renderer: PortraitRenderer) -> Iterator[tuple[LinkTarget, ExportEvent]]:
    """Export what ``check`` found stale and remember it; tell each target with its events.

    To stop iterating is to cancel: what was finished is remembered. Raises :class:`CreatorError`.
    """
    for target in check.targets:
        plan = replace(target.plan, sets=tuple(stale.planned for stale in target.stale))
        open_paths = {path: planned for planned in plan.sets for path in planned.paths}
        waiting = {_key(planned): len(planned.paths) for planned in plan.sets}
        done: list[PlannedSet] = []
        try:
            if plan.sets:
                for event in export_portraits(target.job, renderer, plan):
                    if isinstance(event, FileDone) and event.path in open_paths:
                        planned = open_paths[event.path]
                        waiting[_key(planned)] -= 1
                        if not waiting[_key(planned)]:
                            done.append(planned)
                    yield target.target, event
        finally:
            _remember(check.folder, target, done, renderer.manifest)


def _remember(folder: Path, target: TargetCheck, done: list[PlannedSet], manifest: Manifest) -> None:
    state = load_state(folder)
    wanted = {_key(planned) for planned in target.plan.sets}
    kept = {name: made for name, made in state.targets.get(target.target.key, {}).items() if name in wanted}
    for planned in done:
        kept[_key(planned)] = SetState(
            **_origins(target.job, target.plan, planned, manifest),
            files={path: _content_hash(files.place_in(target.job.folder, path)) for path in planned.paths},
        )
    linked = {other.key for other in load_link(folder).targets}
    targets = {key: sets for key, sets in state.targets.items() if key in linked} | {target.target.key: kept}
    if targets != state.targets:
        save_state(folder, LinkState(targets=targets))


def _key(planned: PlannedSet) -> str:
    """Tells the set from others of its export: no two have a file in common."""
    return planned.paths[0]


def _reasons(
    job: ExportJob, plan: ExportPlan, planned: PlannedSet, manifest: Manifest, made: SetState | None
) -> tuple[str, ...]:
    if made is None:
        return ("new",)
    now = _origins(job, plan, planned, manifest)
    told = {
        "model": "made with another model",
        "preset": "the preset has changed",
        "recipes": "the character has changed",
    }
    reasons = [words for part, words in told.items() if getattr(made, part) != now[part]]
    for path in planned.paths:
        place = files.place_in(job.folder, path)
        if path not in made.files:
            reasons.append(f"'{path}' is new")
        elif not place.is_file():
            reasons.append(f"'{path}' is missing")
        elif made.files[path] not in ("", _content_hash(place)):
            reasons.append(f"'{path}' is not as it was exported")
    if "the preset has changed" in reasons:  # its expressions and names are part of the recipes
        reasons = [reason for reason in reasons if reason != "the character has changed"]
    return tuple(reasons)


def _origins(job: ExportJob, plan: ExportPlan, planned: PlannedSet, manifest: Manifest) -> dict[str, str]:
    pictures = [picture for picture in manifest.pictures if picture != DRAFT]
    preset = job.preset.model_dump(mode="json", exclude={"name", "label", "about"})
    shots = [[shot.name, asdict(shot.tags), _drawn_from(shot.character)] for shot in planned.shots]
    return {
        "model": _hash_of([[picture, manifest.stamp(picture).sha256] for picture in sorted(pictures)]),
        "preset": _hash_of([preset, plan.size]),
        "recipes": _hash_of(shots),
    }


def _drawn_from(character: Character) -> dict[str, Any]:
    """The recipe without what the library alone knows."""
    return {name: value for name, value in to_json(character).items() if name != "tags"}


def _hash_of(data: object) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _content_hash(path: Path) -> str:
    """The file's hash; of a text with plain line ends, as version control may change them. "" if others edit it."""
    ending = path.suffix.lower()
    if ending in _EDITED_ENDINGS:
        return ""
    found = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            if ending in _TEXT_ENDINGS:
                found.update(stream.read().replace(b"\r\n", b"\n"))
            else:
                while block := stream.read(_BLOCK):
                    found.update(block)
    except OSError as error:
        raise LinkError(f"cannot read '{path}': {error.strerror or error}") from error
    return found.hexdigest()


def _shown(target: LinkTarget, path: str) -> str:
    return path if target.folder == "." else f"{target.folder}/{path}"
