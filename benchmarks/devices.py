"""Measures every device in its best form: ``python benchmarks/devices.py``.

For each picture, and for ONNX Runtime on each device that works here beside torch (eager and compiled) with the same
weights: time to make the session, first picture, then the times of many pictures, copies to and from the device
included; processor time; pictures a second in batches; the share of the rate that the same cores or GPU reach in plain
convolutions; and what an idle session costs. The engines take turns in blocks, so that a busy machine slows all alike.
With a CUDA GPU the same command measures it too: nothing else has to be run there.
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
    runner = PlainRunner(session, graph.outputs) if on_host else BoundRunner(session, graph.outputs, device, example)
    recorded = ", recorded" if captured else ""
    return Engine(
        f"ONNX Runtime {graph.precision}{recorded} on {device}", graph.picture, lambda feeds: runner.run(feeds)[0],
        build=build,
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
            if compiled:
                forms["compiled"] = torch.compile(variant, mode="reduce-overhead" if device == "cuda" else "default")
            for form, module in forms.items():

                def draw(feeds: dict[str, Any], module: Any = module, device: str = device) -> Any:
                    half = torch.autocast("cuda", torch.float16, enabled=device == "cuda")
                    with torch.inference_mode(), half:
                        return module(*(torch.from_numpy(each).to(device) for each in feeds.values())).cpu().numpy()

                engines.append(Engine(f"torch {form} on {device}", picture, draw))
    return engines, work


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
        engine.draw(people.single[0])
        engine.first = (time.perf_counter() - start) * 1000.0
    for block in range(0, frames, BLOCK):
        for engine in engines:
            time.sleep(PAUSE_SECONDS)
            for feeds in people.single[:WARM_UP]:
                engine.draw(feeds)
            for feeds in people.single[block : block + BLOCK]:
                start, busy = time.perf_counter(), time.process_time()
                engine.draw(feeds)
                engine.processor.append((time.process_time() - busy) * 1000.0)
                engine.wall.append((time.perf_counter() - start) * 1000.0)


def measure_batches(manifest: Manifest, names: list[str], people: People) -> dict[str, float]:
    """Pictures a second with several people in one run, by device."""
    rates = {}
    for device in names:
        graph = _best(manifest, FULL, device)[0]
        if graph.batch is not None:
            continue
        part = select_outputs(read_graph(manifest, graph), graph.outputs)
        runner = PlainRunner(devices.open_session(part, device).session, graph.outputs)
        runner.run(people.together)
        start = time.perf_counter()
        for _ in range(BATCHES):
            runner.run(people.together)
        rates[device] = BATCHES * BATCH / (time.perf_counter() - start)
    return rates


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
            found, work = torch_engines(chosen.model, devices.render_threads() or 1, chosen.compile)
            engines += found
            rates = convolution_rates(devices.render_threads() or 1)
        except (ImportError, OSError, CreatorError) as error:
            left_out = str(error)
    measure(engines, people, chosen.frames)
    for picture in (DRAFT, FULL):
        precise = next((e for e in engines if e.picture == picture and e.name == "ONNX Runtime fp32 on cpu"), None)
        for engine in engines if precise else ():
            if engine.picture == picture:
                pairs = [(engine.draw(feeds), precise.draw(feeds)) for feeds in people.single[:WARM_UP]]
                engine.psnr = min(psnr(one, other) for one, other in pairs)
    batches = {} if chosen.no_batch else measure_batches(manifest, names, people)
    for engine in engines:
        device = engine.name.split()[-1]
        if engine.picture == FULL and engine.name.startswith("ONNX") and device in batches:
            engine.batch_rate = batches[device]
    return {
        "date": time.strftime("%Y-%m-%d"), "model": f"{manifest.name} {manifest.version}",
        "devices": [asdict(report) for report in reports], "runtime": devices.runtime_version(),
        "threads": devices.render_threads(), "convolution_rates": rates, "idle_share": idle, "torch_left_out": left_out,
        "engines": [engine.summary(rates, work.get(engine.picture, 0.0)) for engine in engines],
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
    if outcome["torch_left_out"]:
        print(f"torch is left out: {outcome['torch_left_out']}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--model", type=Path, default=paths.model_folder(), help="folder with facewright.json")
    parser.add_argument("--device", choices=devices.DEVICE_CHOICES, default=devices.AUTO, help="auto: all that work")
    parser.add_argument("--frames", type=int, default=40, help="pictures to time")
    parser.add_argument("--compile", action="store_true", help="torch.compile too (needs a C++ compiler on the CPU)")
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
