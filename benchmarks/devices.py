"""Measures every device in its best form and judges the gates: ``python benchmarks/devices.py``.

For each picture, and for ONNX Runtime on each device that works here beside torch (eager and compiled) with the same
weights: time to make the session, first picture, then the times of many pictures, copies to and from the device
included; processor time; pictures a second in batches; the share of the rate that the same cores or GPU reach in plain
convolutions; and what an idle session costs. The engines take turns in blocks, so that a busy machine slows all alike.
With a CUDA GPU the same command measures it too: nothing else has to be run there.

torch.compile takes one to two minutes for each of its two forms, and on the CPU it needs a C++ compiler; without one
the table says so.
"""

from __future__ import annotations

import argparse
import copy
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from creator import devices, paths
from creator.errors import CreatorError, DeviceError
from creator.graph_runner import BoundRunner, PlainRunner
from creator.manifest import DRAFT, FULL, LANDMARKS, MAPS, Graph, Manifest, load_manifest, read_graph
from creator.onnx_graph import select_outputs
from creator.self_test import generator_inputs, psnr

BLOCK = 5  # pictures in a row from one engine
WARM_UP = 2
PAUSE_SECONDS = 0.1  # threads of the engine before may still spin
IDLE_SECONDS = 2.0
BATCH = 8
BATCHES = 4
GPU_P50, GPU_P95, GPU_BATCH_RATE = 5.0, 8.0, 300.0

Draw = Callable[[dict[str, Any]], Any]


@dataclass
class Engine:
    """One way to make one picture, and what was measured; milliseconds unless said otherwise."""

    name: str
    picture: str
    draw: Draw
    build: float = 0.0
    first: float = 0.0
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    batch_rate: float = 0.0  # pictures a second
    together: Callable[[], Draw] | None = None  # makes what draws several people at once
    left_out: str = ""  # why it could not be measured
    psnr: float = 0.0  # decibels against ONNX Runtime in fp32 on the CPU

    def summary(self, rates: dict[str, float], work: float) -> dict[str, Any]:
        p50, p95, p99 = (float(np.percentile(self.wall, share)) for share in (50, 95, 99))
        rate = rates.get(self.name.split()[-1], 0.0)  # GMAC/s of plain convolutions on the same device
        return {
            "picture": self.picture, "engine": self.name, "build": self.build, "first": self.first,
            "p50": p50, "p95": p95, "p99": p99, "least": min(self.wall), "processor": min(self.processor),
            "batch_rate": self.batch_rate, "psnr": self.psnr,
            "share_of_limit": work / (min(self.wall) / 1000.0) / rate if rate and work else 0.0,
        }  # fmt: skip


@dataclass(frozen=True)
class People:
    """Inputs of random people, one each, and several together."""

    single: list[dict[str, Any]]
    together: dict[str, Any]


def random_people(manifest: Manifest, count: int) -> People:
    from creator.character import Character
    from creator.random_character import person_seed, random_values

    seeds = [person_seed(3, index) for index in range(count)]
    drawn = [Character("", seed, random_values(manifest.schema, seed)) for seed in seeds]
    single = [generator_inputs(manifest.schema, manifest.identity_size, (person,)) for person in drawn]
    together = generator_inputs(manifest.schema, manifest.identity_size, (drawn * BATCH)[:BATCH])
    return People(single, together)


def runtime_engine(manifest: Manifest, graph: Graph, device: str, example: dict[str, Any]) -> Engine:
    """ONNX Runtime with ``graph``. Raises :class:`DeviceError`."""
    part = select_outputs(read_graph(manifest, graph), graph.outputs)
    captured = device == devices.CUDA
    start = time.perf_counter()
    try:
        session = devices.open_session(part, device, 1, captured).session
    except DeviceError:
        captured = False
        session = devices.open_session(part, device, 1).session
    build = (time.perf_counter() - start) * 1000.0
    on_host = device == devices.CPU

    def together() -> Draw:
        several = PlainRunner(devices.open_session(part, device).session, graph.outputs)
        return lambda feeds: several.run(feeds)[0]

    runner = PlainRunner(session, graph.outputs) if on_host else BoundRunner(session, graph.outputs, device, example)
    recorded = ", recorded" if captured else ""
    return Engine(
        f"ONNX Runtime {graph.precision}{recorded} on {device}", graph.picture, lambda feeds: runner.run(feeds)[0],
        build=build, together=together if graph.picture == FULL and graph.batch is None else None,
    )  # fmt: skip


def torch_engines(folder: Path, threads: int, compiled: bool) -> tuple[list[Engine], dict[str, float]]:
    """Torch with the weights of the model, and the GMAC of a picture by name.

    Raises :class:`ImportError` without torch, :class:`~creator.errors.CreatorError` for graphs of another network than
    the one in code, and :class:`OSError` without the head assets.
    """
    import torch

    from creator.training.generator.network import DRAFT_SIZE, PortraitVariant, load_generator, multiply_adds, quantised

    class SparseVariant(PortraitVariant):
        """The same picture; the points are drawn by sparse matrices, which torch can do on a CPU."""

        def forward(self, attributes: torch.Tensor, identity: torch.Tensor) -> torch.Tensor:
            return quantised(self.network(attributes, identity, self.size).pictures[-1])

    torch.set_num_threads(threads)
    network = load_generator(folder).eval()
    sizes = {DRAFT: DRAFT_SIZE, FULL: network.config.size}
    work = {picture: sum(multiply_adds(network, size).values()) / 1000.0 for picture, size in sizes.items()}
    engines = []
    for device in ("cpu", "cuda") if torch.cuda.is_available() else ("cpu",):
        placed = copy.deepcopy(network).to(device, memory_format=torch.channels_last)
        for picture, size in sizes.items():
            variant = PortraitVariant(placed, size)
            forms: dict[str, Any] = {"eager": variant}
            if device == "cpu":
                forms["eager, sparse"] = SparseVariant(placed, size)
            for form, module in forms.items():
                draw = _torch_draw(module, device)
                together = (lambda draw=draw: draw) if picture == FULL else None
                engines.append(Engine(f"torch {form} on {device}", picture, draw, together=together))
            if compiled and picture == FULL:
                engines.append(
                    Engine(
                        f"torch compiled on {device}", picture, _torch_draw(_compiled(variant, device), device),
                        together=lambda variant=variant, device=device: _torch_draw(_compiled(variant, device), device),
                    )
                )  # fmt: skip
    return engines, work


def _torch_draw(module: Any, device: str) -> Draw:
    import torch

    def draw(feeds: dict[str, Any]) -> Any:
        half = torch.autocast("cuda", torch.float16, enabled=device == "cuda")
        with torch.inference_mode(), half:
            return module(*(torch.from_numpy(each).to(device) for each in feeds.values())).cpu().numpy()

    return draw


def _compiled(module: Any, device: str) -> Any:
    """For one shape of input: a batch gets a form of its own."""
    import torch

    return torch.compile(module, mode="reduce-overhead" if device == "cuda" else "default", dynamic=False)


def convolution_rates(threads: int, seconds: float = 1.0) -> dict[str, float]:
    """GMAC a second of a 3x3 convolution of 128 channels at 64 x 64 pixels, by device: "cpu", and "cuda" in fp16."""
    import torch

    torch.set_num_threads(threads)
    rates = {}
    for device in ("cpu", "cuda") if torch.cuda.is_available() else ("cpu",):
        kind = torch.float16 if device == "cuda" else torch.float32
        people = 64 if device == "cuda" else 1
        layer = torch.nn.Conv2d(128, 128, 3, padding=1).to(device, kind, memory_format=torch.channels_last)
        x = torch.randn(people, 128, 64, 64, device=device, dtype=kind).to(memory_format=torch.channels_last)
        best, end = 0.0, time.perf_counter() + seconds
        with torch.inference_mode():
            while time.perf_counter() < end:
                start = time.perf_counter()
                layer(x)
                if device == "cuda":
                    torch.cuda.synchronize()
                best = max(best, people * 9 * 128 * 128 * 64 * 64 / 1e9 / (time.perf_counter() - start))
        rates[device] = best
    return rates


def measure(engines: list[Engine], people: People, frames: int) -> None:
    for engine in engines:
        start = time.perf_counter()
        try:
            engine.draw(people.single[0])
        except Exception as error:  # such as no compiler for torch
            if not engine.name.startswith("torch"):
                raise
            engine.left_out = _first_words(error)
        engine.first = (time.perf_counter() - start) * 1000.0
    able = [engine for engine in engines if not engine.left_out]
    for block in range(0, frames, BLOCK):
        for engine in able:
            time.sleep(PAUSE_SECONDS)
            for feeds in people.single[:WARM_UP]:
                engine.draw(feeds)
            for feeds in people.single[block : block + BLOCK]:
                start, busy = time.perf_counter(), time.process_time()
                engine.draw(feeds)
                engine.processor.append((time.process_time() - busy) * 1000.0)
                engine.wall.append((time.perf_counter() - start) * 1000.0)


def measure_batches(engines: list[Engine], people: People) -> None:
    """Pictures a second with several people in one run."""
    for engine in engines:
        if engine.together is None or engine.left_out:
            continue
        try:
            draw = engine.together()
            for _ in range(WARM_UP):
                draw(people.together)
            start = time.perf_counter()
            for _ in range(BATCHES):
                draw(people.together)
            engine.batch_rate = BATCHES * BATCH / (time.perf_counter() - start)
        except Exception as error:
            print(f"{engine.name}, in batches: not available: {_first_words(error)}", file=sys.stderr)


def _first_words(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {' '.join(lines)[:160]}"


@dataclass(frozen=True)
class Gate:
    """What is demanded. ``met`` is None where it could not be judged; ``found`` tells why, or the figures."""

    demand: str
    met: bool | None
    found: str


def judged(engines: list[Engine], rates: dict[str, float], work: dict[str, float], size: int) -> list[Gate]:
    """The gates of the CPU, and those of the first GPU that works."""
    able = [engine for engine in engines if engine.wall]

    def p(engine: Engine, share: float) -> float:
        return float(np.percentile(engine.wall, share))

    def best(picture: str, start: str, device: str) -> Engine | None:
        found = [
            e for e in able if e.picture == picture and e.name.startswith(start) and e.name.endswith(f" on {device}")
        ]
        return min(found, key=lambda engine: p(engine, 50), default=None)

    def ratio(demand: str, most: float, one: Engine | None, other: Engine | None, what: str) -> Gate:
        if one is None or other is None:
            return Gate(demand, None, f"{what} was not measured")
        found = p(one, 50) / p(other, 50)
        return Gate(demand, found <= most, f"{found:.2f}: {p(one, 50):.1f} and {p(other, 50):.1f} ms")

    full, draft = best(FULL, "ONNX", devices.CPU), best(DRAFT, "ONNX", devices.CPU)
    gates = [
        ratio("CPU: full picture at most 0.5 of torch eager's best form", 0.5, full,
              best(FULL, "torch eager", devices.CPU), "torch"),
        ratio("CPU: draft at most 0.5 of the full picture", 0.5, draft, full, "one of them"),
    ]  # fmt: skip
    demand = "CPU: at least 60 % of the rate of plain convolutions"
    if full is not None and rates.get(devices.CPU) and work.get(FULL):
        share = work[FULL] / (min(full.wall) / 1000.0) / rates[devices.CPU]
        gates.append(Gate(demand, share >= 0.6, f"{share:.0%}, {full.name}"))
    else:
        gates.append(Gate(demand, None, "torch was not measured"))
    demands = (
        f"GPU: full picture of 512 pixels, copied to the host, p50 <= {GPU_P50:g} ms",
        f"GPU: the same, p95 <= {GPU_P95:g} ms",
        "GPU: full picture at least 1.5 times as fast as torch.compile",
        f"GPU: at least {GPU_BATCH_RATE:g} pictures a second in batches",
    )
    device = next((e.name.split()[-1] for e in able if e.name.startswith("ONNX") and not e.name.endswith(" cpu")), "")
    quick = best(FULL, "ONNX", device) if device else None
    if quick is None:
        return [*gates, *(Gate(demand, None, "no GPU works here") for demand in demands)]
    at = "" if size == 512 else f", but the model's picture has {size} pixels"
    gates += [
        Gate(demands[0], p(quick, 50) <= GPU_P50, f"{p(quick, 50):.2f} ms{at}"),
        Gate(demands[1], p(quick, 95) <= GPU_P95, f"{p(quick, 95):.2f} ms{at}"),
        ratio(demands[2], 1 / 1.5, quick, best(FULL, "torch compiled", device), "torch.compile"),
    ]
    rate = max(engine.batch_rate for engine in able if engine.name.endswith(f" on {device}") and "ONNX" in engine.name)
    return [*gates, Gate(demands[3], rate >= GPU_BATCH_RATE, f"{rate:.0f}{at}")]


def idle_share() -> float:
    """Processor time of this process while nothing is asked for, as a share of one core."""
    time.sleep(PAUSE_SECONDS)
    start = time.process_time()
    time.sleep(IDLE_SECONDS)
    return (time.process_time() - start) / IDLE_SECONDS


def _best(manifest: Manifest, picture: str, device: str) -> list[Graph]:
    order = ("int8", "fp32") if device == devices.CPU else ("fp16", "fp32")
    found = [graph for graph in manifest.graphs_of(picture) if graph.precision in order]
    return sorted(found, key=lambda graph: order.index(graph.precision))


def run(chosen: argparse.Namespace) -> dict[str, Any]:
    manifest = load_manifest(chosen.model)
    reports = devices.list_devices()
    names = [report.name for report in reports if report.available and chosen.device in (devices.AUTO, report.name)]
    people = random_people(manifest, chosen.frames)
    engines = []
    for device in names:
        for picture in (DRAFT, FULL, MAPS, LANDMARKS):
            if picture in manifest.pictures and (picture != LANDMARKS or device == devices.CPU):
                engines += [
                    runtime_engine(manifest, g, device, people.single[0]) for g in _best(manifest, picture, device)
                ]
    idle = idle_share()
    left_out, work, rates = "", {}, {}
    if not chosen.no_torch:
        try:
            found, work = torch_engines(chosen.model, devices.render_threads() or 1, not chosen.no_compile)
            engines += found
            rates = convolution_rates(devices.render_threads() or 1)
        except (ImportError, OSError, CreatorError) as error:
            left_out = str(error)
    measure(engines, people, chosen.frames)
    for picture in (DRAFT, FULL):
        precise = next((e for e in engines if e.picture == picture and e.name == "ONNX Runtime fp32 on cpu"), None)
        for engine in engines if precise else ():
            if engine.picture == picture and not engine.left_out:
                pairs = [(engine.draw(feeds), precise.draw(feeds)) for feeds in people.single[:WARM_UP]]
                engine.psnr = min(psnr(one, other) for one, other in pairs)
    if not chosen.no_batch:
        measure_batches(engines, people)
    return {
        "date": time.strftime("%Y-%m-%d"), "model": f"{manifest.name} {manifest.version}",
        "devices": [asdict(report) for report in reports], "runtime": devices.runtime_version(),
        "threads": devices.render_threads(), "convolution_rates": rates, "idle_share": idle, "torch_left_out": left_out,
        "engines": [engine.summary(rates, work.get(engine.picture, 0.0)) for engine in engines if engine.wall],
        "not_available": {engine.name: engine.left_out for engine in engines if engine.left_out},
        "gates": [asdict(gate) for gate in judged(engines, rates, work, manifest.variant(FULL).size)],
    }  # fmt: skip


def print_table(outcome: dict[str, Any]) -> None:
    cpu = next(device["detail"] for device in outcome["devices"] if device["name"] == devices.CPU)
    print(f"{cpu}; {outcome['threads']} threads; ONNX Runtime {outcome['runtime']}; {outcome['model']}; "
          f"{outcome['date']}\n")  # fmt: skip
    columns = ("p50", "p95", "p99", "least", "processor", "first", "build")
    print(f"| {'picture, engine':<46} | " + " | ".join(f"{name:>9}" for name in columns) + " |  limit | PSNR |")
    print(f"| {'-' * 46} | " + " | ".join("--------:" for _ in columns) + " | -----: | ---: |")
    for entry in outcome["engines"]:
        numbers = " | ".join(f"{entry[name]:9.1f}" for name in columns)
        share = f"{entry['share_of_limit']:.0%}" if entry["share_of_limit"] else ""
        close = f"{entry['psnr']:.0f}" if entry["psnr"] else ""
        print(f"| {entry['picture'] + ', ' + entry['engine']:<46} | {numbers} | {share:>6} | {close:>4} |")
    print("\nmilliseconds; processor: of all threads, the least; limit: share of the rate of plain convolutions")
    for device, rate in outcome["convolution_rates"].items():
        print(f"plain convolutions on {device}: {rate:.0f} GMAC/s")
    for entry in outcome["engines"]:
        if entry["batch_rate"]:
            print(f"in batches of {BATCH}, {entry['engine']}: {entry['batch_rate']:.1f} pictures a second")
    print(f"idle: {outcome['idle_share']:.2%} of a core")
    for report in outcome["devices"]:
        if not report["available"]:
            print(f"{report['name']} does not run: {report['reason']}; {report['remedy']}")
    for name, reason in outcome["not_available"].items():
        print(f"{name}: not available: {reason}")
    if outcome["torch_left_out"]:
        print(f"torch is left out: {outcome['torch_left_out']}")
    print_gates(outcome["gates"])


def print_gates(gates: list[dict[str, Any]]) -> None:
    """One line for each gate: met, missed or not judged, with the figures or the reason."""
    print("\n| gate | | found |\n| --- | --- | --- |")
    words = {True: "met", False: "missed", None: "not judged"}
    for gate in gates:
        print(f"| {gate['demand']} | {words[gate['met']]} | {gate['found']} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--model", type=Path, default=paths.model_folder(), help="folder with facewright.json")
    parser.add_argument("--device", choices=devices.DEVICE_CHOICES, default=devices.AUTO, help="auto: all that work")
    parser.add_argument("--frames", type=int, default=40, help="pictures to time")
    parser.add_argument("--no-compile", action="store_true", help="leave torch.compile out")
    parser.add_argument("--no-torch", action="store_true", help="leave torch out")
    parser.add_argument("--no-batch", action="store_true", help="leave batches out")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    chosen = parser.parse_args()
    outcome = run(chosen)
    if chosen.json:
        chosen.json.write_text(json.dumps(outcome, indent=1) + "\n")
    print_table(outcome)


if __name__ == "__main__":
    main()
