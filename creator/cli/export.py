"""The commands that write characters into games."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from creator import devices
from creator.cli.arguments import (
    EXIT_INTERRUPTED,
    DeviceOption,
    JsonOption,
    SizeOption,
    check_folder,
    load_renderer,
    print_json,
    progress_bar,
    say,
)
from creator.errors import UsageError
from creator.export.cast import load_cast
from creator.export.crops import CROPS
from creator.export.job import ExportFinished, ExportReport, FileDone, PictureRendered, export_portraits
from creator.export.looks import POSES
from creator.export.names import FIELDS
from creator.export.plan import Existing, ExportJob, ExportPlan, plan_export
from creator.export.presets import Preset, load_presets, sizes_and_expressions
from creator.export.styles import STYLES
from creator.generator import PortraitRenderer

ASK = "ask"

_Names = list[str] | None


def list_presets(as_json: JsonOption = False) -> None:
    """List the export presets: the shipped ones and those in the settings folder."""
    shelf = load_presets()
    for problem in shelf.problems:
        say(f"note: {problem}")
    if as_json:
        print_json({"presets": [preset.model_dump(mode="json") for preset in shelf.presets.values()]})
        return
    width = max(len(name) for name in shelf.presets)
    for name, preset in shelf.presets.items():
        print(f"{name:<{width}}  {preset.label} ({sizes_and_expressions(preset)})")
        print(f"{'':<{width}}  {preset.about}")


def export_cast(
    cast: Annotated[
        list[Path],
        typer.Argument(
            metavar="CAST...",
            help="Characters (.face.json), portraits of Facewright, lists (.json), tables (.csv) or folders.",
        ),
    ],
    preset: Annotated[
        str, typer.Option("--preset", "-p", metavar="P", help="A name of 'facewright presets', or a file.")
    ],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="The game's folder; made when it does not exist.")],
    size: SizeOption = None,
    crop: Annotated[
        str | None, typer.Option("--crop", metavar="|".join(CROPS), help="Which part of the picture.")
    ] = None,
    expressions: Annotated[
        _Names, typer.Option("--expression", metavar="NAME", help="May be given many times; 'all', or 'own' as it is.")
    ] = None,
    poses: Annotated[
        _Names, typer.Option("--pose", metavar="NAME", help=f"May be given many times: own, {', '.join(POSES)}.")
    ] = None,
    lights: Annotated[
        _Names, typer.Option("--light", metavar="NAME", help="A light preset of the model; may be given many times.")
    ] = None,
    style: Annotated[
        str | None, typer.Option("--style", metavar="|".join(("none", *STYLES)), help="Redraw the pictures.")
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--name", metavar="TEMPLATE", help=f"Paths without ending: {' '.join(f'{{{f}}}' for f in FIELDS)}."
        ),
    ] = None,
    existing: Annotated[
        str,
        typer.Option("--existing", metavar="|".join((*Existing, ASK)), help="What happens to files that are there."),
    ] = Existing.REPLACE,
    metadata: Annotated[bool, typer.Option(help="Recipe, origin and licence inside the pictures.")] = True,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")] = False,
    as_json: JsonOption = False,
    device: DeviceOption = devices.AUTO,
) -> None:
    """Write characters into a game's folder, as a preset says.

    Files are whole or not there, and a picture whose pixels have not changed is not written again. After Ctrl+C, the
    same command with --existing skip goes on where it was stopped. The other options change the preset's settings.
    """
    if existing not in (*Existing, ASK):
        raise UsageError(f"--existing is {', '.join(Existing)} or {ASK}, not '{existing}'")
    changes = {"size": size, "crop": crop, "expressions": expressions, "poses": poses, "lights": lights,
               "style": style, "picture_name": name, "metadata": metadata and None}  # fmt: skip
    chosen = _adjusted(load_presets().find(preset), changes)
    check_folder(to)
    renderer = load_renderer(device)
    found = load_cast(cast, renderer.schema)
    for notice in found.notices:
        say(f"note: {notice}")
    rule = Existing.REPLACE if existing == ASK else Existing(existing)
    job = ExportJob(found.members, chosen, to, rule, dry_run)
    plan = plan_export(job, renderer.manifest)
    if existing == ASK and plan.existing and not dry_run:
        job = ExportJob(found.members, chosen, to, _asked(plan), dry_run)
        plan = plan_export(job, renderer.manifest)
    report = _run(job, plan, renderer)
    for notice in report.notices:
        say(f"note: {notice}")
    if as_json:
        print_json(report.to_json())
        return
    if dry_run:
        for file in report.files:
            print(f"{file.state:<9}  {file.path}")
    for steady in report.steadiness:
        print(f"{steady.character}: across its pictures the eyes move by at most {steady.eyes:g}, "
              f"the shoulders by {steady.shoulders:g} pixels of 512")  # fmt: skip
    print(f"{to}: {report.summary()}{' (dry run)' if dry_run else ''}, {report.device}")


def _adjusted(preset: Preset, changes: Mapping[str, object]) -> Preset:
    given = {key: value for key, value in changes.items() if value is not None}
    return preset.adjusted(**given) if given else preset


def _asked(plan: ExportPlan) -> Existing:
    shown = ", ".join(sorted(plan.existing)[:3]) + (", ..." if len(plan.existing) > 3 else "")
    say(f"{len(plan.existing)} of {len(plan.paths)} files are there already: {shown}")
    answers = {word: rule for rule in Existing for word in (rule.value, rule.value[0])}
    answer = str(typer.prompt("(r)eplace, (s)kip, (n)umber or (c)ancel", default="c", err=True)).strip().lower()
    if answer not in answers:
        raise typer.Abort()
    return answers[answer]


def _run(job: ExportJob, plan: ExportPlan, renderer: PortraitRenderer) -> ExportReport:
    files: list[FileDone] = []
    try:
        with progress_bar() as progress:
            task = progress.add_task("Portraits", total=plan.picture_count)
            for event in export_portraits(job, renderer, plan):
                match event:
                    case PictureRendered():
                        progress.advance(task)
                    case FileDone():
                        files.append(event)
                    case ExportFinished(report):
                        return report
    except KeyboardInterrupt:
        written = sum(file.state in ("new", "changed") for file in files)
        say(f"stopped: {written} files were written into '{job.folder}', all of them whole; "
            "the same command with --existing skip goes on")  # fmt: skip
        raise typer.Exit(EXIT_INTERRUPTED) from None
    raise AssertionError("an export ends with its report")
