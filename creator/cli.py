"""The command line. Exit codes: 0 done, 1 failure, 2 a wrong request, 130 interrupted."""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from creator import __version__, devices, paths
from creator.attributes import Attribute, AttributeSchema
from creator.character import MAXIMUM_SEED, Character, new_character
from creator.errors import CreatorError, SaveError, UsageError
from creator.generator import FULL, Generator, RenderRequest
from creator.manifest import load_manifest
from creator.portrait_file import MAXIMUM_SIZE, MINIMUM_SIZE, check_path, check_size, load_recipe, save_portrait
from creator.random_character import person_seed, random_values
from creator.wording import one_line

PROGRAM = "facewright"
MAXIMUM_COUNT = 100_000
EXIT_FAILURE, EXIT_USAGE, EXIT_INTERRUPTED = 1, 2, 130

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

_Seed = Annotated[int | None, typer.Option("--seed", metavar="N", help=f"Whole number from 0 to {MAXIMUM_SEED}.")]
_Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Set an attribute; may be given many times, the last one wins."),
]
_Size = Annotated[
    int | None,
    typer.Option(
        "--size",
        metavar="S",
        help=f"Side of the square picture in pixels, {MINIMUM_SIZE} to {MAXIMUM_SIZE}. Without it: as the model makes.",
    ),
]
_Device = Annotated[
    str,
    typer.Option(
        "--device",
        metavar="|".join(devices.DEVICE_CHOICES),
        help="'auto' takes the quickest that draws what the CPU draws; any other fails rather than use the CPU.",
    ),
]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


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
def list_attributes(as_json: _Json = False) -> None:
    """List everything that --set can say about a person."""
    manifest = load_manifest(paths.model_folder())
    if as_json:
        model = {"name": manifest.name, "version": manifest.version, "licence": manifest.licence}
        _print_json({"model": model, "attributes": manifest.schema.to_json()})
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
    seed: _Seed = None,
    settings: _Set = None,
    recipe: Annotated[
        Path | None,
        typer.Option(
            "--recipe", metavar="FILE", help="Begin with a saved character (.face.json) or a portrait of Facewright."
        ),
    ] = None,
    size: _Size = None,
    device: _Device = devices.AUTO,
) -> None:
    """Make one portrait.

    The person starts from the recipe, or else from the default of every attribute. --seed chooses who it is: all
    that the attributes do not say (0 when neither it nor a recipe is given; it replaces a recipe's own). --set comes
    last. The same request gives the same bytes. To invent people, see the command 'random'.
    """
    check_path(output)
    _check_size(size)
    _check_seed(seed)
    if not output.parent.is_dir():
        missing = not output.parent.exists()
        reason = f"the folder '{output.parent}' does not exist" if missing else f"'{output.parent}' is not a folder"
        raise SaveError(f"cannot write '{output}': {reason}")
    renderer = _renderer(device)
    character = new_character(renderer.schema)
    if recipe is not None:
        loaded = load_recipe(recipe, renderer.schema)
        character = loaded.character
        for notice in loaded.notices:
            _say(f"note: {notice}")
    if seed is not None:
        character = character.with_seed(seed)
    character = character.with_values(_parsed_settings(settings, renderer.schema))
    result = renderer.render(RenderRequest(character, FULL))
    save_portrait(result, output, size)
    side = size or result.pixels.shape[0]
    print(f"{output}: {side} x {side} pixels, {result.device}, {result.milliseconds:.0f} ms")


@app.command("random", short_help="Invent people and write their portraits into a folder.")
def make_random(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Made when it does not exist.")],
    count: Annotated[int, typer.Option("--count", metavar="N", help=f"How many people, 1 to {MAXIMUM_COUNT}.")] = 1,
    seed: _Seed = None,
    settings: _Set = None,
    size: _Size = None,
    device: _Device = devices.AUTO,
) -> None:
    """Invent people: portrait_0001.png, portrait_0002.png, ... in a folder; older files of these names are replaced.

    With the same --seed, person N is the same for any count. Without one, a seed is drawn and named. --set fixes
    attributes for all of them. Each picture holds its recipe: 'facewright render --recipe portrait_0007.png --set ...'
    goes on from it.
    """
    if not 1 <= count <= MAXIMUM_COUNT:
        nearest = min(max(count, 1), MAXIMUM_COUNT)
        raise UsageError(
            f"the count is {count}, outside 1 to {MAXIMUM_COUNT}; the nearest valid value is {nearest}"
        )  # fmt: skip
    _check_size(size)
    _check_seed(seed)
    _check_folder(output)
    renderer = _renderer(device)
    fixed = _parsed_settings(settings, renderer.schema)
    if seed is None:
        seed = secrets.randbelow(MAXIMUM_SEED + 1)
        _say(f"note: the seed is {seed}; --seed {seed} gives the same people again")
    _make_folder(output)
    written = 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with Progress(*columns, console=Console(stderr=True)) as progress:
            task = progress.add_task("Portraits", total=count)
            for index in range(count):
                person = person_seed(seed, index)
                character = Character("", person, {**random_values(renderer.schema, person), **fixed})
                result = renderer.render(RenderRequest(character, FULL))
                save_portrait(result, output / f"portrait_{index + 1:04d}.png", size)
                written += 1
                progress.advance(task)
    except KeyboardInterrupt:
        _say(f"stopped: {written} of {count} portraits are in '{output}', all of them whole")
        raise typer.Exit(EXIT_INTERRUPTED) from None
    print(f"{output}: {count} portrait{'s' if count > 1 else ''}, {renderer.device_name}")


@app.command("devices", short_help="Show which devices can run the model here.")
def show_devices(as_json: _Json = False) -> None:
    """Show which devices can run the model here: each is tried with a small computation, the best with the model."""
    reports = devices.list_devices()
    renderer = Generator.load(first=FULL)
    if as_json:
        taken = {
            "device": renderer.device_name, "precision": renderer.precision, "reason": renderer.device_reason,
        }  # fmt: skip
        _print_json({"auto": taken, "devices": [asdict(report) for report in reports]})
        return
    width = max(len(report.name) for report in reports)
    for report in reports:
        state = "works" if report.available else f"does not run: {report.reason}; {report.remedy}"
        print(f"{report.name:<{width}}  {report.detail + ': ' if report.detail else ''}{state}")
    print(f"{'auto':<{width}}  takes {renderer.device_name} ({renderer.precision})")
    if renderer.device_reason:
        print(f"{'':<{width}}  because {renderer.device_reason}")


def _renderer(device: str) -> Generator:
    renderer = Generator.load(device=device, first=FULL)
    if renderer.device_reason:
        _say(f"note: running on the CPU, because {renderer.device_reason}")
    return renderer


def _parsed_settings(settings: Sequence[str] | None, schema: AttributeSchema) -> dict[str, float | str]:
    values = {}
    for setting in settings or ():
        name, equals, value = setting.partition("=")
        if not equals:
            raise UsageError(f"--set needs NAME=VALUE, not '{one_line(setting, 60)}'")
        values[name.strip()] = schema.validated(name.strip(), value.strip())
    return values


def _check_seed(seed: int | None) -> None:
    if seed is not None and not 0 <= seed <= MAXIMUM_SEED:
        nearest = min(max(seed, 0), MAXIMUM_SEED)
        raise UsageError(f"the seed is {seed}, outside 0 to {MAXIMUM_SEED}; the nearest valid value is {nearest}")


def _check_size(size: int | None) -> None:
    if size is not None:
        check_size(size)


def _check_folder(folder: Path) -> None:
    """Raise :class:`SaveError` where no folder can be, before time goes into pictures. Makes nothing."""
    nearest = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    if nearest.exists() and not nearest.is_dir():
        raise SaveError(f"cannot write into '{folder}': '{nearest}' is not a folder")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise SaveError(f"cannot make the folder '{folder}': {reason}") from error


def _print_json(data: object) -> None:
    print(json.dumps(data, indent=2))


def _say(text: str) -> None:
    """One line on stderr, so that stdout stays fit for a pipe."""
    print(f"{PROGRAM}: {one_line(text)}", file=sys.stderr)


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
        _say(str(error))
        return EXIT_USAGE
    except CreatorError as error:
        _say(str(error))
        return EXIT_FAILURE
    except _ParserError as error:
        _say(f"{error.format_message()} (see '{PROGRAM} --help')")
        return EXIT_USAGE
    except (KeyboardInterrupt, typer.Abort):
        _say("stopped")
        return EXIT_INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone, as in '| head'
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python would complain while ending
        return EXIT_FAILURE
