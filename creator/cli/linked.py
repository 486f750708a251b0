"""The commands that keep a game's folder in step: link, sync, coverage."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from creator import devices, paths
from creator.cli.arguments import (
    EXIT_FAILURE,
    EXIT_INTERRUPTED,
    DeviceOption,
    JsonOption,
    SizeOption,
    load_renderer,
    print_json,
    progress_bar,
    say,
)
from creator.errors import UsageError
from creator.export.coverage.cast_coverage import cast_coverage, covering_link, link_coverage
from creator.export.job import FileDone, PictureRendered
from creator.export.link_file import LINK_FILE, save_link, with_target
from creator.export.linked_folder import LinkCheck, check_link, plan_target, sync_link, target_of
from creator.export.linked_games import remember_game
from creator.export.presets import ENDINGS, load_presets
from creator.manifest import load_manifest

GameArgument = Annotated[
    Path, typer.Argument(metavar="GAME", help=f"The folder that holds '{LINK_FILE}'; by default the current one.")
]


def link_game(
    cast: Annotated[
        list[Path], typer.Argument(metavar="CAST...", help="Characters (.face.json), lists, tables or folders of them.")
    ],
    preset: Annotated[str, typer.Option("--preset", "-p", metavar="P", help="A name of 'facewright presets'.")],
    to: Annotated[Path, typer.Option("--to", metavar="GAME", help="The game's folder; it must exist.")],
    folder: Annotated[str, typer.Option("--folder", metavar="SUB", help="Where in the game's folder.")] = ".",
    size: SizeOption = None,
    expressions: Annotated[
        list[str] | None, typer.Option("--expression", metavar="NAME", help="May be given many times; or 'all'.")
    ] = None,
) -> None:
    """Link characters with a game's folder, so that 'facewright sync' keeps their portraits there up to date.

    Writes 'facewright-link.json' into the folder, or adds to it. Nothing is exported yet; from then on, saving one of
    the characters in the window does it too. Linking them again with the same preset replaces what was said before.
    """
    if not to.is_dir():
        raise UsageError(f"'{to}' is not a folder; make the game first")
    for source in cast:
        if not source.exists():
            raise UsageError(f"there is no '{source}'")
    manifest, shelf = load_manifest(paths.model_folder()), load_presets()
    file = Path(preset) if preset.lower().endswith(ENDINGS) else None
    base = shelf.find(preset)
    given = {name: value for name, value in (("size", size), ("expressions", expressions)) if value is not None}
    target = target_of(to, cast, base.adjusted(**given) if given else base, base, file)
    target = target.model_copy(update={"folder": folder})
    _, plan, notices = plan_target(to, target, manifest, shelf)
    save_link(to, with_target(to, target))
    remember_game(to)
    for notice in notices:
        say(f"note: {notice}")
    print(f"{to / LINK_FILE}: {plan.picture_count} pictures; 'facewright sync {to}' makes them")


def sync_game(
    game: GameArgument = Path("."),
    check: Annotated[
        bool, typer.Option("--check", help="Only say what is stale; exit code 1 when anything is.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Export everything again, stale or not.")] = False,
    as_json: JsonOption = False,
    device: DeviceOption = devices.AUTO,
) -> None:
    """Export again what has changed: characters, presets, the model, or files that are gone.

    A file whose pixels are the same is not written again. --check renders nothing, for use in CI.
    """
    found = check_link(game, load_manifest(paths.model_folder()), load_presets(), everything)
    for notice in found.notices:
        say(f"note: {notice}")
    if check:
        if as_json:
            print_json(found.to_json())
        else:
            for line in found.lines():
                print(line)
            print(f"{game}: {_count(found)}")
        if not found.is_fresh:
            raise typer.Exit(EXIT_FAILURE)
        return
    written = _synced(found, device)
    if as_json:
        print_json({**found.to_json(), "files": [{"path": file.path, "state": file.state} for file in written]})
        return
    for line in found.lines():
        print(line)
    for file in written:
        if file.state != "unchanged":
            print(f"{file.state:<9}  {file.path}")
    changed = sum(file.state != "unchanged" for file in written)
    print(f"{game}: {changed} of {len(written)} files written" if written else f"{game}: nothing has changed")


def cover_game(
    game: GameArgument = Path("."),
    cast: Annotated[
        list[Path] | None,
        typer.Option(
            "--cast", metavar="CAST", help="Characters of a game that is not linked; may be given many times."
        ),
    ] = None,
    export: Annotated[bool, typer.Option("--export", help="Add what is missing to the link, and sync.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Exit code 1 when anything is missing or unknown.")] = False,
    as_json: JsonOption = False,
    device: DeviceOption = devices.AUTO,
) -> None:
    """Read the game's scripts and list the characters and expressions they use that are not exported.

    Understands Ren'Py (show, scene, say with attributes, side images), Dialogic 2 timelines, and in Yarn files
    '#expression:happy', '<<portrait Ada happy>>' and 'Ada (happy): ...'.
    """
    manifest, shelf = load_manifest(paths.model_folder()), load_presets()
    if export and cast:
        raise UsageError("--export needs a linked game; 'facewright link' links it")
    found = cast_coverage(game, cast, manifest) if cast else link_coverage(game, manifest, shelf)
    if export and found.of_state("missing"):
        save_link(game, covering_link(game, found, manifest, shelf))
        _synced(check_link(game, manifest, shelf), device)
        found = link_coverage(game, manifest, shelf)
    for notice in found.notices:
        say(f"note: {notice}")
    if as_json:
        print_json(found.to_json())
    else:
        for line in found.lines():
            print(line)
    if check and not found.is_complete:
        raise typer.Exit(EXIT_FAILURE)


def _count(found: LinkCheck) -> str:
    stale = sum(len(target.stale) for target in found.targets)
    return f"{stale} stale sets, {found.picture_count} pictures" if stale else "everything is up to date"


def _synced(found: LinkCheck, device: str) -> list[FileDone]:
    written: list[FileDone] = []
    if found.is_fresh:
        return written
    renderer = load_renderer(device)
    try:
        with progress_bar() as progress:
            task = progress.add_task("Portraits", total=found.picture_count)
            for _, event in sync_link(found, renderer):
                match event:
                    case PictureRendered():
                        progress.advance(task)
                    case FileDone():
                        written.append(event)
    except KeyboardInterrupt:
        say(f"stopped: {len(written)} files are done, all of them whole; the same command goes on")
        raise typer.Exit(EXIT_INTERRUPTED) from None
    return written
