"""Coverage of a game whose cast is known: by its link, or as given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from creator.export import files
from creator.export.cast import load_cast
from creator.export.coverage.coverage_report import Coverage, coverage_of, plain
from creator.export.coverage.game_folder import read_game
from creator.export.link_file import Link, load_link
from creator.export.linked_folder import linked_preset, plan_target
from creator.export.looks import ALL, expressions_of
from creator.export.names import NAME_RULES, unique_names
from creator.export.presets import PresetShelf
from creator.manifest import Manifest


def cast_coverage(folder: Path, cast: Sequence[Path], manifest: Manifest) -> Coverage:
    """What the game in ``folder`` shows of the characters in ``cast``; only pictures in the game itself count.

    Raises :class:`UsageError`, :class:`ScriptError` or :class:`CharacterFileError`.
    """
    members = load_cast(cast, manifest.schema).members
    tags = unique_names((member.name for member in members), NAME_RULES["renpy"])
    names = {tag: member.name for tag, member in zip(tags, members, strict=True)}
    return coverage_of(read_game(folder), {}, names, expressions_of(manifest.schema))


def link_coverage(folder: Path, manifest: Manifest, shelf: PresetShelf) -> Coverage:
    """What the linked game in ``folder`` shows of its cast; what the link has exported counts where its files are.

    Raises :class:`LinkError` where there is no link, and what :func:`cast_coverage` raises.
    """
    looks: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for target in load_link(folder).targets:
        job, plan, _ = plan_target(folder, target, manifest, shelf)
        for planned in plan.sets:
            is_there = all(files.exists(files.place_in(job.folder, path)) for path in planned.paths)
            for shot in planned.shots:
                names[shot.tags.character] = shot.tags.display_name or shot.tags.character
                looks.setdefault(shot.tags.character, set()).update({shot.tags.expression} if is_there else ())
    return coverage_of(read_game(folder), looks, names, expressions_of(manifest.schema))


def covering_link(folder: Path, coverage: Coverage, manifest: Manifest, shelf: PresetShelf) -> Link:
    """The folder's link, asked for all expressions that ``coverage`` misses.

    Each goes to the first target that has the character. Raises :class:`LinkError` and what presets raise.
    """
    known = {plain(name): name for name in expressions_of(manifest.schema)}
    missing = {(plain(use.character), known[plain(use.expression)]) for use in coverage.of_state("missing")
               if plain(use.expression) in known}  # fmt: skip
    targets = []
    for target in load_link(folder).targets:
        _, plan, _ = plan_target(folder, target, manifest, shelf)
        here = {plain(shot.tags.character) for planned in plan.sets for shot in planned.shots}
        wanted = sorted({expression for character, expression in missing if character in here})
        missing = {(character, expression) for character, expression in missing if character not in here}
        asked = linked_preset(folder, target, shelf).expressions
        added = [expression for expression in wanted if expression not in asked]
        if added and ALL not in asked:
            target = target.model_copy(update={"changes": {**target.changes, "expressions": [*asked, *added]}})
        targets.append(target)
    return Link(targets=tuple(targets))
