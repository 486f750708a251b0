"""The command that tells who is in a cast."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from creator import paths
from creator.attributes import AttributeSchema, Value
from creator.character import MAXIMUM_SEED, Character
from creator.cli.arguments import (
    MAXIMUM_COUNT,
    JsonOption,
    SeedOption,
    SettingsOption,
    WhereOption,
    check_count,
    check_seed,
    parsed_settings,
    print_json,
    progress_bar,
    say,
)
from creator.constraints import Constraints, draw_person
from creator.errors import SaveError, UsageError
from creator.export.cast import load_cast
from creator.export.representation_page import check_page_path, save_representation
from creator.manifest import load_manifest
from creator.representation import represent

_FEW = 500  # people: drawn in less than a second


def represent_cast(
    cast: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="CAST...",
            help="Characters (.face.json), portraits of Facewright, lists (.json), tables (.csv) or folders.",
        ),
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write a page (.html) or a picture (.png) with bars.")
    ] = None,
    random: Annotated[
        int | None,
        typer.Option("--random", metavar="N", help=f"Count N random people instead, 1 to {MAXIMUM_COUNT}."),
    ] = None,
    seed: SeedOption = None,
    settings: SettingsOption = None,
    where: WhereOption = "",
    as_json: JsonOption = False,
) -> None:
    """Tell who is in a cast: how its people spread over age, gender presentation, ancestry and skin tone.

    Nothing is rendered: the characters' attributes are counted. With --random the people are those that 'facewright
    random' makes with the same --seed, --set and --where.
    """
    if bool(cast) is (random is not None):
        raise UsageError("give a cast, or else --random N for people to draw")
    if random is None and (seed is not None or settings or where):
        raise UsageError("--seed, --set and --where go with --random: they choose the people to draw")
    if to is not None:
        check_page_path(to)
        if not to.parent.is_dir():
            raise SaveError(f"cannot write '{to}': the folder '{to.parent}' does not exist")
    schema = load_manifest(paths.model_folder()).schema
    if random is None:
        found = load_cast(cast or (), schema)
        for notice in found.notices:
            say(f"note: {notice}")
        report = represent((member.character for member in found.members), schema)
    else:
        check_count(random)
        check_seed(seed)
        fixed, conditions = parsed_settings(settings, schema), Constraints.parse(where, schema)
        if seed is None:
            seed = secrets.randbelow(MAXIMUM_SEED + 1)
            say(f"note: the seed is {seed}; --seed {seed} gives the same people again")
        report = represent(_drawn(schema, seed, random, conditions, fixed), schema)
    if to is not None:
        save_representation(report, to)
    if as_json:
        print_json(report.to_json())
        return
    for sentence in report.summary:
        print(sentence)
    if to is not None:
        print(f"{to}: {report.total} characters counted")


def _drawn(
    schema: AttributeSchema, seed: int, count: int, where: Constraints, fixed: Mapping[str, Value]
) -> Iterator[Character]:
    if count < _FEW and not where.conditions:
        yield from (draw_person(schema, seed, index, where, fixed) for index in range(count))
        return
    with progress_bar() as progress:
        for index in progress.track(range(count), description="People"):
            yield draw_person(schema, seed, index, where, fixed)
