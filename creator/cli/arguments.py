"""What several commands share: options, their checks, and how they speak to the user."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from creator import devices
from creator.attributes import AttributeSchema, Value
from creator.character import MAXIMUM_SEED
from creator.errors import SaveError, UsageError
from creator.generator import FULL, Generator
from creator.resampling import MAXIMUM_SIZE, MINIMUM_SIZE, check_size
from creator.wording import one_line

PROGRAM = "facewright"
EXIT_FAILURE, EXIT_USAGE, EXIT_INTERRUPTED = 1, 2, 130
MAXIMUM_COUNT = 100_000

SeedOption = Annotated[int | None, typer.Option("--seed", metavar="N", help=f"Whole number from 0 to {MAXIMUM_SEED}.")]
SettingsOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Set an attribute; may be given many times, the last one wins."),
]
WhereOption = Annotated[
    str, typer.Option("--where", metavar="CONDITIONS", help="Only such people: 'age>60 and hair_style=bob|afro'.")
]
SizeOption = Annotated[
    int | None,
    typer.Option(
        "--size",
        metavar="S",
        help=f"Side of the square picture in pixels, {MINIMUM_SIZE} to {MAXIMUM_SIZE}. Without it: as the model makes.",
    ),
]
DeviceOption = Annotated[
    str,
    typer.Option(
        "--device",
        metavar="|".join(devices.DEVICE_CHOICES),
        help="'auto' takes the quickest that draws what the CPU draws; any other fails rather than use the CPU.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


def load_renderer(device: str) -> Generator:
    """The bundled model on ``device``; says so where "auto" had to take the CPU."""
    renderer = Generator.load(device=device, first=FULL)
    if renderer.device_reason:
        say(f"note: running on the CPU, because {renderer.device_reason}")
    return renderer


def parsed_settings(settings: Sequence[str] | None, schema: AttributeSchema) -> dict[str, Value]:
    """The values of ``--set NAME=VALUE``. Raises :class:`UsageError`."""
    values = {}
    for setting in settings or ():
        name, equals, value = setting.partition("=")
        if not equals:
            raise UsageError(f"--set needs NAME=VALUE, not '{one_line(setting, 60)}'")
        values[name.strip()] = schema.validated(name.strip(), value.strip())
    return values


def check_seed(seed: int | None) -> None:
    """Raise :class:`UsageError` for a seed that nobody can have."""
    if seed is not None and not 0 <= seed <= MAXIMUM_SEED:
        nearest = min(max(seed, 0), MAXIMUM_SEED)
        raise UsageError(f"the seed is {seed}, outside 0 to {MAXIMUM_SEED}; the nearest valid value is {nearest}")


def check_count(count: int) -> None:
    """Raise :class:`UsageError` for a number of people that is not drawn."""
    if not 1 <= count <= MAXIMUM_COUNT:
        nearest = min(max(count, 1), MAXIMUM_COUNT)
        raise UsageError(f"the count is {count}, outside 1 to {MAXIMUM_COUNT}; the nearest valid value is {nearest}")


def check_size_option(size: int | None) -> None:
    """Raise :class:`UsageError` for a size that no portrait can have."""
    if size is not None:
        check_size(size)


def check_folder(folder: Path) -> None:
    """Raise :class:`SaveError` where no folder can be, before time goes into pictures. Makes nothing."""
    nearest = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    if nearest.exists() and not nearest.is_dir():
        raise SaveError(f"cannot write into '{folder}': '{nearest}' is not a folder")


def progress_bar() -> Progress:
    """Counts on stderr, with the time that is left."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))


def print_json(data: object) -> None:
    print(json.dumps(data, indent=2))


def say(text: str) -> None:
    """One line on stderr, so that stdout stays fit for a pipe."""
    print(f"{PROGRAM}: {one_line(text)}", file=sys.stderr)
