"""Coverage of a game whose cast is known: by its link, or as given."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from creator.errors import UsageError
from creator.export import files
from creator.export.cast import load_cast
from creator.export.coverage.coverage_report import Coverage, coverage_of, plain
from creator.export.coverage.game_folder import read_game
from creator.export.coverage.portrait_use import Engine
from creator.export.formats.looks import NEUTRAL
from creator.export.link_file import Link, load_link
from creator.export.linked_folder import plan_target, target_of
from creator.export.looks import ALL, OWN, expressions_of
from creator.export.names import NAME_RULES, unique_names
from creator.export.presets import PresetShelf
from creator.manifest import Manifest

# The formats whose files a script of the engine can show.
_WRITERS: Mapping[Engine, Collection[str]] = {
    "renpy": ("renpy", "pictures"),
    "dialogic": ("dialogic",),
    "yarn": ("dialogue_map", "pictures", "godot", "unity", "atlas"),
}
_USUAL_PRESETS: Mapping[Engine, str] = {"renpy": "renpy", "dialogic": "dialogic", "yarn": "yarn-ink"}


def cast_coverage(folder: Path, cast: Sequence[Path], manifest: Manifest) -> Coverage:
    """What the game in ``folder`` shows of the characters in ``cast``; only pictures in the game itself count.

    Raises :class:`UsageError`, :class:`ScriptError` or :class:`CharacterFileError`.
    """
    members = load_cast(cast, manifest.schema).members
    tags = unique_names((member.name for member in members), NAME_RULES["renpy"])
    names = {tag: member.name for tag, member in zip(tags, members, strict=True)}
    return coverage_of(read_game(folder), {}, names, expressions_of(manifest.schema))


def link_coverage(folder: Path, manifest: Manifest, shelf: PresetShelf) -> Coverage:
    """What the linked game in ``folder`` shows of its cast; what the link exports counts where its files are there.

    Raises :class:`LinkError` where there is no link, and what :func:`cast_coverage` raises.
    """
    looks: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for target in load_link(folder).targets:
        job, plan, _ = plan_target(folder, target, manifest, shelf)
        for planned in plan.sets:
            is_there = job.preset.writer != "contact_sheet" and all(
                files.exists(files.place_in(job.folder, path)) for path in planned.paths
            )
            for shot in planned.shots:
                names[shot.tags.character] = shot.tags.display_name or shot.tags.character
                looks.setdefault(shot.tags.character, set()).update({shot.tags.expression} if is_there else ())
    return coverage_of(read_game(folder), looks, names, expressions_of(manifest.schema))


def covering_link(folder: Path, coverage: Coverage, manifest: Manifest, shelf: PresetShelf) -> Link:
    """The folder's link, asked for all expressions that ``coverage`` misses.

    Each goes to the first target that writes for the script's engine and has the character. Raises :class:`LinkError`
    and what presets raise.
    """
    known = {plain(name): name for name in expressions_of(manifest.schema)}
    missing = {(use.engine, plain(use.character), known[plain(use.expression)]) for use in coverage.of_state("missing")
               if plain(use.expression) in known}  # fmt: skip
    targets = []
    for target in load_link(folder).targets:
        job, plan, _ = plan_target(folder, target, manifest, shelf)
        here = {plain(shot.tags.character) for planned in plan.sets for shot in planned.shots}
        wanted = {use for use in missing if use[1] in here and job.preset.writer in _WRITERS[use[0]]}
        missing -= wanted
        asked = job.preset.expressions
        added = sorted({expression for _, _, expression in wanted if expression not in asked})
        if added and ALL not in asked:
            target = target.model_copy(update={"changes": {**target.changes, "expressions": [*asked, *added]}})
        targets.append(target)
    return Link(targets=tuple(targets))


def first_link(folder: Path, coverage: Coverage, cast: Sequence[Path], manifest: Manifest, shelf: PresetShelf) -> Link:
    """A link for a game that has none: those of ``cast`` whom ``coverage`` misses, with each engine's usual preset.

    ``cast``: what :func:`cast_coverage` was given, one character in each file. Raises :class:`UsageError` where nothing
    is missing, and what characters and presets raise.
    """
    known = {plain(name): name for name in expressions_of(manifest.schema)}
    members = [(member.name, source) for source in cast for member in load_cast([source], manifest.schema).members]
    tags = unique_names((name for name, _ in members), NAME_RULES["renpy"])
    sources = {tag: source for tag, (_, source) in zip(tags, members, strict=True)}
    targets = []
    for engine, preset in _USUAL_PRESETS.items():
        missing = [use for use in coverage.of_state("missing") if use.engine == engine]
        who = [sources[tag] for tag in dict.fromkeys(use.character for use in missing)]
        # Where a script names no expression, any picture will do.
        wanted = {known.get(plain(use.expression), NEUTRAL if NEUTRAL in known else OWN) for use in missing}
        if who:
            base = shelf.find(preset)
            targets.append(target_of(folder, who, base.adjusted(expressions=sorted(wanted)), base))
    if not targets:
        raise UsageError(f"no portrait is missing in '{folder}'")
    return Link(targets=tuple(targets))
