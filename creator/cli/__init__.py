"""The command line. Exit codes: 0 done, 1 failure, 2 a wrong request, 130 interrupted."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from creator import __version__, devices, paths
from creator.attributes import Attribute
from creator.character import MAXIMUM_SEED, new_character
from creator.cli import export, linked
from creator.cli.arguments import (
    EXIT_FAILURE,
    EXIT_INTERRUPTED,
    EXIT_USAGE,
    MAXIMUM_COUNT,
    PROGRAM,
    DeviceOption,
    JsonOption,
    SeedOption,
    SettingsOption,
    SizeOption,
    WhereOption,
    check_count,
    check_folder,
    check_seed,
    check_size_option,
    load_renderer,
    parsed_settings,
    print_json,
    progress_bar,
    say,
)
from creator.cli.inspect import inspect_file
from creator.cli.represent import represent_cast
from creator.constraints import Constraints, draw_person
from creator.errors import CreatorError, SaveError, UsageError
from creator.export.files import make_folder
from creator.generator import FULL, Generator, RenderRequest
from creator.inspection import inspect, is_drawn_again
from creator.manifest import load_manifest
from creator.portrait_file import check_path, save_portrait

# typer carries its own copy of click in some releases, so the base of its errors is found by name.
_ParserError: Any = next(base for base in typer.BadParameter.__mro__ if base.__name__ == "ClickException")

app = typer.Typer(
    name=PROGRAM,
    epilog="The model and every picture made with it are CC0 1.0: use them as you like.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"{PROGRAM} {__version__}")
        raise typer.Exit()


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Print the version and stop.")
    ] = False,
) -> None:
    """Make portraits for games, offline. Without arguments the window opens."""


@app.command("attributes")
def list_attributes(as_json: JsonOption = False) -> None:
    """List everything that --set can say about a person."""
    manifest = load_manifest(paths.model_folder())
    if as_json:
        model = {"name": manifest.name, "version": manifest.version, "licence": manifest.licence}
        print_json({"model": model, "attributes": manifest.schema.to_json()})
        return
    width = max(len(name) for name in manifest.schema.names)
    for group in manifest.schema.groups:
        print(group)
        for attribute in manifest.schema.attributes:
            if attribute.group == group:
                print(f"  {attribute.name:<{width}}  {_range_text(attribute)}")
                print(f"  {'':<{width}}  {attribute.help}")


def _range_text(attribute: Attribute) -> str:
    if attribute.kind == "choice":
        return f"{' | '.join(attribute.choices)} (default {attribute.default})"
    low = f"{attribute.minimum:g}" + (f" ({attribute.low_word})" if attribute.low_word else "")
    high = f"{attribute.maximum:g}" + (f" ({attribute.high_word})" if attribute.high_word else "")
    unit = f" {attribute.unit}" if attribute.unit else ""
    return f"{low} to {high}{unit}, default {attribute.default:g}"


@app.command()
def render(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT.png", help="The file to write or replace.")],
    seed: SeedOption = None,
    settings: SettingsOption = None,
    recipe: Annotated[
        Path | None,
        typer.Option(
            "--recipe", metavar="FILE", help="Begin with a saved character (.face.json) or a portrait of Facewright."
        ),
    ] = None,
    size: SizeOption = None,
    device: DeviceOption = devices.AUTO,
) -> None:
    """Make one portrait.

    The person starts from the recipe, or else from the default of every attribute. --seed chooses who it is: all
    that the attributes do not say (0 when neither it nor a recipe is given; it replaces a recipe's own). --set comes
    last. A portrait that is the recipe, with nothing changed, is compared pixel by pixel. The same request gives the
    same bytes. To invent people, see the command 'random'.
    """
    check_path(output)
    check_size_option(size)
    check_seed(seed)
    if not output.parent.is_dir():
        missing = not output.parent.exists()
        reason = f"the folder '{output.parent}' does not exist" if missing else f"'{output.parent}' is not a folder"
        raise SaveError(f"cannot write '{output}': {reason}")
    renderer = load_renderer(device)
    character, kept = new_character(renderer.schema), None
    if recipe is not None:
        found = inspect(recipe, renderer.schema)
        character, kept = found.loaded.character, found.exact_picture
        for notice in found.loaded.notices:
            say(f"note: {notice}")
    if seed is not None:
        character = character.with_seed(seed)
    character = character.with_values(parsed_settings(settings, renderer.schema))
    result = renderer.render(RenderRequest(character, FULL))
    save_portrait(result, output, size)
    if kept is not None and result.request.character == found.loaded.character:
        told = (
            "the same pixels"
            if is_drawn_again(kept, result.pixels)
            else "not the same pixels (a crop or a style changes them too)"
        )
        say(f"note: drawn again, '{recipe}' has {told}")
    side = size or result.pixels.shape[0]
    print(f"{output}: {side} x {side} pixels, {result.device}, {result.milliseconds:.0f} ms")


@app.command("random", short_help="Invent people and write their portraits into a folder.")
def make_random(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Made when it does not exist.")],
    count: Annotated[int, typer.Option("--count", metavar="N", help=f"How many people, 1 to {MAXIMUM_COUNT}.")] = 1,
    seed: SeedOption = None,
    settings: SettingsOption = None,
    where: WhereOption = "",
    size: SizeOption = None,
    device: DeviceOption = devices.AUTO,
) -> None:
    """Invent people: portrait_0001.png, portrait_0002.png, ... in a folder; older files of these names are replaced.

    With the same --seed, person N is the same for any count. Without one, a seed is drawn and named. --set fixes
    attributes for all of them; --where draws each until the conditions hold: NAME, one of < <= > >= = !=, a value (or
    several choices with '|' between them), joined by 'and'. Each picture holds its recipe: 'facewright render --recipe
    portrait_0007.png --set ...' goes on from it.
    """
    check_count(count)
    check_size_option(size)
    check_seed(seed)
    check_folder(output)
    renderer = load_renderer(device)
    fixed = parsed_settings(settings, renderer.schema)
    conditions = Constraints.parse(where, renderer.schema)
    if seed is None:
        seed = secrets.randbelow(MAXIMUM_SEED + 1)
        say(f"note: the seed is {seed}; --seed {seed} gives the same people again")
    make_folder(output)
    written = 0
    try:
        with progress_bar() as progress:
            task = progress.add_task("Portraits", total=count)
            for index in range(count):
                character = draw_person(renderer.schema, seed, index, conditions, fixed)
                result = renderer.render(RenderRequest(character, FULL))
                save_portrait(result, output / f"portrait_{index + 1:04d}.png", size)
                written += 1
                progress.advance(task)
    except KeyboardInterrupt:
        say(f"stopped: {written} of {count} portraits are in '{output}', all of them whole")
        raise typer.Exit(EXIT_INTERRUPTED) from None
    print(f"{output}: {count} portrait{'s' if count > 1 else ''}, {renderer.device_name}")


@app.command("devices", short_help="Show which devices can run the model here.")
def show_devices(as_json: JsonOption = False) -> None:
    """Show which devices can run the model here: each is tried with a small computation, the best with the model."""
    reports = devices.list_devices()
    renderer = Generator.load(first=FULL)
    if as_json:
        taken = {
            "device": renderer.device_name, "precision": renderer.precision, "reason": renderer.device_reason,
        }  # fmt: skip
        print_json({"auto": taken, "devices": [asdict(report) for report in reports]})
        return
    width = max(len(report.name) for report in reports)
    for report in reports:
        state = "works" if report.available else f"does not run: {report.reason}; {report.remedy}"
        print(f"{report.name:<{width}}  {report.detail + ': ' if report.detail else ''}{state}")
    print(f"{'auto':<{width}}  takes {renderer.device_name} ({renderer.precision})")
    if renderer.device_reason:
        print(f"{'':<{width}}  because {renderer.device_reason}")


app.command("inspect", short_help="Tell who is in a recipe or portrait, and what made it.")(inspect_file)
app.command("represent", short_help="Tell who is in a cast, with bars.")(represent_cast)
app.command("presets")(export.list_presets)
app.command("export", short_help="Write characters into a game's folder, as a preset says.")(export.export_cast)
app.command("link", short_help="Link characters with a game's folder.")(linked.link_game)
app.command("sync", short_help="Export again what has changed in a linked game.")(linked.sync_game)
app.command("coverage", short_help="List portraits that a game's scripts use and that are missing.")(linked.cover_game)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code. Every expected failure is one line on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a path may hold what the terminal cannot show
    try:
        code = app(args=list(sys.argv[1:] if arguments is None else arguments), prog_name=PROGRAM,
                   standalone_mode=False)  # fmt: skip
        sys.stdout.flush()
        return code or 0
    except UsageError as error:
        say(str(error))
        return EXIT_USAGE
    except CreatorError as error:
        say(str(error))
        return EXIT_FAILURE
    except _ParserError as error:
        say(f"{error.format_message()} (see '{PROGRAM} --help')")
        return EXIT_USAGE
    except (KeyboardInterrupt, typer.Abort):
        say("stopped")
        return EXIT_INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone, as in '| head'
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python would complain while ending
        return EXIT_FAILURE
