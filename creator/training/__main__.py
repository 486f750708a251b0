"""``python -m creator.training``: make the head assets, render people, train the generator, evaluate it, export it.

Each command imports what it needs when it runs, so that rendering needs no torch and the help is quick.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from creator.errors import CreatorError, UsageError

app = typer.Typer(
    help="Make the bundled model: head assets, people, training, evaluation, export.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_Data = Annotated[Path, typer.Option(help="Folder of rendered people.")]
_Run = Annotated[Path, typer.Option(help="Folder of the training run.")]


@app.command()
def assets(
    sources: Annotated[
        list[Path], typer.Option("--from", help="MakeHuman checkout or unpacked assets; repeat it, later ones add.")
    ],
    folder: Annotated[Path, typer.Option("--to", help="Folder to write; name it in FACEWRIGHT_ASSETS afterwards.")],
    allow_licence: Annotated[
        list[str] | None, typer.Option(help="Take files of this licence too, besides CC0-1.0; may be repeated.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Let an older asset folder give way.")] = False,
) -> None:
    """Make the head assets from MakeHuman's own files."""
    from creator.training.assets.asset_folder import check_folder, write_folder
    from creator.training.assets.makehuman_import import import_makehuman

    check_folder(folder, sources, replace=replace)
    files = import_makehuman(sources, allow_licence or (), report=lambda line: typer.echo(line))
    write_folder(files, folder)
    typer.echo(f"{folder}: {len(files)} files, {sum(map(len, files.values())) / 2**20:.1f} MiB")


@app.command()
def train(
    data: _Data,
    run: _Run,
    stages: Annotated[
        str,
        typer.Option(
            help="Sizes with seconds (128:1800s,256:1800s) or steps (128:5000,256a:2000); a is adversarial; the top "
            "layers, the noise or the maps alone are trained with t (512t, 256at), n (256n) or m (512m)."
        ),
    ] = "128:1800s,256:1800s",
    size: Annotated[
        int | None, typer.Option(help="Side of the generator's largest picture; by default that of the last stages.")
    ] = None,
    batch: Annotated[int, typer.Option(min=1, help="Pictures in a step.")] = 16,
    learning_rate: Annotated[float, typer.Option(min=1e-6, max=0.1)] = 1e-3,
    threads: Annotated[int, typer.Option(min=1, help="CPU threads.")] = 2,
    seed: int = 0,
    device: Annotated[str, typer.Option(help="cpu, or a torch device such as cuda.")] = "cpu",
    minimum_people: Annotated[int, typer.Option(min=1, help="Wait until so many people are rendered.")] = 64,
    minutes: Annotated[float, typer.Option(min=0.0, help="Stop cleanly after so many minutes.")] = float("inf"),
    resident: Annotated[float, typer.Option(min=0.0, help="GiB of pictures to keep in the device's memory.")] = 0.0,
    renderers: Annotated[int, typer.Option(min=0, help="Processes that render people meanwhile.")] = 0,
    ring: Annotated[int, typer.Option(min=1, help="Shards of 32 people that each of them keeps.")] = 16,
    maps: Annotated[bool, typer.Option("--maps", help="Let them render maps too.")] = False,
    begin_with: Annotated[
        Path | None, typer.Option(help="Folder of a model (such as onnx_models) whose weights a new run begins with.")
    ] = None,
) -> None:
    """Train the generator, or go on with the run in RUN. Ctrl+C stops it cleanly; the same command goes on."""
    from creator.training.generator.background_rendering import BackgroundRendering
    from creator.training.generator.network import SIZES, load_generator, people_config, people_network
    from creator.training.generator.people_dataset import MirroredLabels
    from creator.training.generator.train import TrainConfig, parse_stages
    from creator.training.generator.train import train as run_training
    from creator.training.people_schema import SCHEMA

    plan = parse_stages(stages)
    largest = max(stage.size for stage in plan)
    size = size or largest
    if size not in SIZES:
        raise UsageError(f"--size is one of {', '.join(map(str, SIZES))}, not {size}")
    config = TrainConfig(
        data=data, run=run, stages=plan, network=people_config(size), batch=batch,
        learning_rate=learning_rate, threads=threads, seed=seed, device=device, minimum_people=minimum_people,
        limit_seconds=60.0 * minutes, resident_bytes=int(resident * 2**30),
    )  # fmt: skip
    background = BackgroundRendering(renderers, largest, maps, ring) if renderers else None
    run_training(
        config, people_network, MirroredLabels.of(SCHEMA), report=lambda line: typer.echo(line), renderers=background,
        begin_with=load_generator(begin_with) if begin_with else None,
    )  # fmt: skip


@app.command()
def evaluate(
    data: _Data,
    run: _Run,
    renders: Annotated[Path, typer.Option(help="Folder that keeps the renders for the next evaluation.")],
    reader: Annotated[
        Path | None, typer.Option(help="Run of train-reader that measures; without it, nothing is read off pictures.")
    ] = None,
    identity: Annotated[Path | None, typer.Option(help="Run of train-identity.")] = None,
    models: Annotated[
        Path | None, typer.Option(help="Folder of this run's exported model: write the figures into its manifest.")
    ] = None,
    docs: Annotated[Path | None, typer.Option(help="Folder for evaluation.md and its plots.")] = None,
    people: Annotated[int, typer.Option(min=32, help="Held-out people.")] = 512,
    mapped: Annotated[int, typer.Option(min=1, help="Of them rendered again with masks, and as many twice.")] = 48,
    combinations: Annotated[int, typer.Option(min=1, help="People with combinations nobody trained on has.")] = 32,
    moved: Annotated[int, typer.Option(min=1, help="People on whom every attribute is moved.")] = 4,
    viewed: Annotated[int, typer.Option(min=2, help="People seen in ten views each.")] = 16,
    steps: Annotated[int, typer.Option(min=3, help="Steps of a slider's sweep.")] = 9,
    size: Annotated[
        int | None, typer.Option(help="Side of the measured pictures; by default the largest that run and data have.")
    ] = None,
    threads: Annotated[int, typer.Option(min=1, help="CPU threads.")] = 2,
) -> None:
    """Measure the run's generator against renders and blurred renders of held-out people; tell which gates it meets.

    The figures are kept in RUN: the same weights are measured once. Interrupted, it goes on with the renders it has.
    """
    from creator.training.evaluation.evaluated_run import EvaluationPlan, evaluate_run
    from creator.training.evaluation.measure import Counts

    counts = Counts(people, mapped, combinations, moved, viewed, steps)
    plan = EvaluationPlan(data, run, renders, reader, identity, models, docs, counts, size, threads)
    report = evaluate_run(plan, report=lambda line: print(line, flush=True))
    for gate in report.gates:
        met = {True: "met", False: "NOT MET", None: "not measured"}[gate.met]
        value = "" if gate.value is None else f"{gate.value:.3g}, "
        typer.echo(f"{gate.name}: {value}{gate.target}: {met}{f' ({gate.note})' if gate.note else ''}")


@app.command()
def pairs(
    data: _Data,
    run: _Run,
    output: Annotated[Path, typer.Option(help="Picture to write (.webp or .png).")] = Path("docs/pictures/pairs.webp"),
    count: Annotated[int, typer.Option(min=1, max=200, help="Pairs.")] = 24,
    seed: Annotated[int, typer.Option(min=0, help="Shuffles them.")] = 0,
) -> None:
    """Put renders and generated pictures of the same held-out people side by side, shuffled, with the key below."""
    from creator.training.evaluation.evaluated_run import write_pairs

    write_pairs(data, run, output, count, seed)
    typer.echo(f"{output}: {count} pairs")


@app.command()
def export(
    run: _Run,
    output: Annotated[Path, typer.Option(help="Folder for the graphs and facewright.json.")] = Path("onnx_models"),
    version: Annotated[str, typer.Option(help="Version written into the manifest.")] = "0.1.0",
    maps: Annotated[bool, typer.Option(help="Without them while their head is not trained.")] = True,
) -> None:
    """Export the run's generator as ONNX with its manifest, checked against torch, and with the run's evaluation."""
    from creator.training.evaluation.evaluated_run import carry_evaluation, weights_facts
    from creator.training.generator.export_onnx import export_model
    from creator.training.generator.network import people_network
    from creator.training.generator.train import load_average, training_facts
    from creator.training.people_schema import LIGHT_PRESETS, SCHEMA

    network, facts = load_average(run, people_network)
    training = training_facts(network, facts) | weights_facts(network)
    manifest = export_model(
        network, SCHEMA, output, training, {}, version, LIGHT_PRESETS, maps=maps, report=lambda line: typer.echo(line)
    )
    for name, size in {graph["file"]: graph["bytes"] for graph in manifest["graphs"]}.items():
        typer.echo(f"{name}: {size / 2**20:.1f} MiB")
    if not carry_evaluation(run, output, network):
        typer.echo(f"these weights are not evaluated: run 'evaluate --run {run} --models {output}'")


@app.command()
def render(
    data: _Data,
    first: Annotated[int, typer.Option(min=0, help="First shard.")] = 0,
    last: Annotated[int, typer.Option(min=0, help="End before this shard.")] = 100,
    step: Annotated[int, typer.Option(min=1, help="Take every so manieth shard: one process for each remainder.")] = 1,
    seed: int = 1,
    size: Annotated[int, typer.Option(help="Side of the pictures: 128, 256, 384 or 512.")] = 256,
    maps: Annotated[bool, typer.Option("--maps", help="Write albedo, normals, depth and masks too.")] = False,
    people: Annotated[int, typer.Option(min=1, help="People in a shard.")] = 128,
    endless: Annotated[bool, typer.Option("--endless", help="Go on without a last shard.")] = False,
    ring: Annotated[int | None, typer.Option(min=1, help="Keep only the newest so many shards.")] = None,
) -> None:
    """Render people into shards of DATA; finished shards are kept."""
    from creator.training.generator.render_people import STRANDS, RenderPlan, render_people

    if size not in STRANDS:
        raise UsageError(f"--size is one of {', '.join(map(str, STRANDS))}, not {size}")
    plan = RenderPlan(first, None if endless else last, step, seed, size, maps, people, ring)
    render_people(data, plan, report=lambda line: print(line, flush=True))


@app.command(name="render-identities")
def render_identities(
    data: _Data,
    first: Annotated[int, typer.Option(min=0, help="First shard, of 16 people.")] = 0,
    last: Annotated[int, typer.Option(min=1, help="End before this shard.")] = 32,
    views: Annotated[int, typer.Option(min=2, help="Pictures of each person.")] = 6,
    seed: int = 77,
    size: Annotated[int, typer.Option(help="Side of the pictures: 128, 256, 384 or 512.")] = 128,
) -> None:
    """Render each person in several moods, lights, hair styles and clothes, into shards of DATA."""
    from creator.training.generator.render_people import STRANDS
    from creator.training.readers.identity_pictures import IdentityPlan, render_identities

    if size not in STRANDS:
        raise UsageError(f"--size is one of {', '.join(map(str, STRANDS))}, not {size}")
    plan = IdentityPlan(first, last, views=views, seed=seed, size=size)
    render_identities(data, plan, report=lambda line: print(line, flush=True))


_Views = Annotated[int, typer.Option(min=1, help="Pictures to train on altogether.")]
_Width = Annotated[int, typer.Option(min=8, help="Channels of the first layer.")]
_Rate = Annotated[float, typer.Option(min=1e-6, max=0.1)]
_Device = Annotated[str, typer.Option(help="cpu, or a torch device such as cuda.")]
_Threads = Annotated[int, typer.Option(min=1, help="CPU threads.")]
_Minutes = Annotated[float, typer.Option(min=0.0, help="Stop cleanly after so many minutes.")]


@app.command(name="train-reader")
def train_reader(
    data: _Data,
    run: _Run,
    views: _Views = 80_000,
    width: _Width = 24,
    batch: Annotated[int, typer.Option(min=2, help="Pictures in a step.")] = 32,
    learning_rate: _Rate = 1e-3,
    part: Annotated[int, typer.Option(min=0, help="Which share of the people to learn from.")] = 0,
    parts: Annotated[int, typer.Option(min=1, help="Shares; readers trained apart take different ones.")] = 1,
    seed: int = 0,
    threads: _Threads = 1,
    device: _Device = "cpu",
    minutes: _Minutes = float("inf"),
) -> None:
    """Train a network that reads the attributes off a portrait, or go on with the run in RUN."""
    from creator.training.readers.reader_run import RunPlan
    from creator.training.readers.train_reader import train_reader

    plan = RunPlan(
        data, run, views=views, batch=batch, rate=learning_rate, width=width, part=part, parts=parts, seed=seed,
        threads=threads, device=device, limit_seconds=60.0 * minutes,
    )  # fmt: skip
    train_reader(plan, report=lambda line: print(line, flush=True))


@app.command(name="train-identity")
def train_identity(
    data: _Data,
    identities: Annotated[Path, typer.Option(help="Folder that render-identities wrote.")],
    run: _Run,
    start: Annotated[Path | None, typer.Option(help="Run of train-reader to begin with, of the same width.")] = None,
    views: _Views = 80_000,
    width: _Width = 24,
    batch: Annotated[int, typer.Option(min=40, help="Pictures in a step; 30 of them from IDENTITIES.")] = 48,
    learning_rate: _Rate = 1e-3,
    seed: int = 0,
    threads: _Threads = 1,
    device: _Device = "cpu",
    minutes: _Minutes = float("inf"),
) -> None:
    """Train an embedding of who a portrait shows, or go on with the run in RUN."""
    from creator.training.readers.reader_run import RunPlan
    from creator.training.readers.train_identity import train_identity

    plan = RunPlan(
        data, run, views=views, batch=batch, rate=learning_rate, width=width, seed=seed, threads=threads,
        device=device, limit_seconds=60.0 * minutes,
    )  # fmt: skip
    train_identity(plan, identities, start, report=lambda line: print(line, flush=True))


@app.command(name="render-edits")
def render_edits(
    data: _Data,
    last: Annotated[int, typer.Option(min=1, help="How many shards of 128 pictures.")] = 4,
    seed: int = 78,
) -> None:
    """Render people before and after single edits, by which export-readers measures how far readings stray."""
    from creator.training.readers.edited_pictures import EditPlan, render_edits

    render_edits(data, EditPlan(last=last, seed=seed), report=lambda line: print(line, flush=True))


@app.command(name="export-readers")
def export_readers(
    models: Annotated[Path, typer.Option(help="Folder of the model that they go with.")] = Path("onnx_models"),
    reader: Annotated[Path | None, typer.Option(help="Folder of a run of train-reader.")] = None,
    identity: Annotated[Path | None, typer.Option(help="Folder of a run of train-identity.")] = None,
    edits: Annotated[Path | None, typer.Option(help="Folder that render-edits wrote.")] = None,
) -> None:
    """Export trained readers beside a model and enter them in its manifest."""
    from creator.training.readers.export_readers import add_companions

    if reader is None and identity is None:
        raise UsageError("name a run to export: --reader RUN, --identity RUN, or both")
    for name, entry in add_companions(models, reader, identity, edits).items():
        typer.echo(f"{name}: {entry['file']}, {entry['bytes'] / 2**20:.2f} MiB")


@app.command(name="gpu-check")
def gpu_check(
    device: Annotated[
        str, typer.Option(help="cpu, or a torch device such as cuda; by default the best there is.")
    ] = "",
    size: Annotated[
        int | None, typer.Option(help="Side of the largest pictures to try; by default 512, or 256 on the CPU.")
    ] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="Time for each figure.")] = 2.0,
) -> None:
    """Print how fast this machine renders, reads and trains in each stage, and the memory each takes."""
    from creator.training.generator.throughput import check

    check(device, size, seconds, report=lambda line: print(line, flush=True))


def main() -> None:
    try:
        app()
    except CreatorError as error:
        print(f"error: {error}", file=sys.stderr)
        raise SystemExit(2 if isinstance(error, UsageError) else 1) from None


if __name__ == "__main__":
    main()
