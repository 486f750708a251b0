"""How fast the preview is: start, frame times, how long the window is ever deaf, and what it costs at rest.

    python benchmarks/preview.py [--model FOLDER] [--seconds 10] [--switches 20] [--session 60] [--frames 60]
        [--renders 2000] [--json FILE]

A slider is dragged, first alone, then while the device is changed again and again.
The window is real, only its screen is not. With the 'training' extra installed, the same weights run in torch eager
(channels last) beside ONNX Runtime, in turns, on the same number of threads, if the network in code is theirs.
"""

from __future__ import annotations

import time

_BEGAN = time.perf_counter()  # before the imports: they are part of the start that a user waits for

import argparse  # noqa: E402
import json  # noqa: E402
import math  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import random_use  # noqa: E402
from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402
from random_use import mouse  # noqa: E402

from creator import devices, generator, paths  # noqa: E402
from creator.character import Character  # noqa: E402
from creator.device_start import load_at_once  # noqa: E402
from creator.errors import CreatorError  # noqa: E402
from creator.generator import DRAFT, FULL, Generator, RenderRequest  # noqa: E402
from creator.manifest import load_manifest  # noqa: E402
from creator.random_character import identity_vector, random_values  # noqa: E402
from creator.ui.app import keep_for_good  # noqa: E402
from creator.ui.language import use_language  # noqa: E402
from creator.ui.main_window import MainWindow  # noqa: E402
from creator.ui.questions import Answer, Questions  # noqa: E402
from creator.ui.settings import Settings  # noqa: E402
from creator.ui.theme import apply_theme  # noqa: E402

WARM_UP = 3
BLOCK = 10  # pictures in a row from one engine, then the other's turn: a busy machine slows both alike
PAUSE_SECONDS = 0.1  # torch's threads keep spinning for a while and would slow whoever comes next
MOVE_MILLISECONDS = 8  # a mouse of 125 Hz
BEAT_MILLISECONDS = 1
SWING_SECONDS = 2.0  # from one end of the slider to the other and back
PATIENCE_SECONDS = 60.0
IDLE_SECONDS = 10.0
SWITCHES_SECONDS = 300.0


def summary(milliseconds: list[float]) -> dict[str, float]:
    return {
        "median": float(np.median(milliseconds)),
        "p95": float(np.percentile(milliseconds, 95)),
        "longest": float(max(milliseconds)),
    }


# The window


class _NoQuestions(Questions):
    def __init__(self) -> None:
        pass

    def unsaved_changes(self) -> Answer:
        return Answer.DISCARD


def wait_until(app: QApplication, is_so: Callable[[], bool]) -> None:
    end = time.perf_counter() + PATIENCE_SECONDS
    while not is_so():
        if time.perf_counter() > end:
            raise SystemExit("benchmarks/preview.py: the window did not get its picture in time")
        app.processEvents()
        time.sleep(0.001)


def idle_share(seconds: float) -> float:
    """Processor time of the whole process while the window is open and nobody touches it, as a share of one core."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    before = time.process_time()
    loop.exec()  # asleep between events, as an application is
    return (time.process_time() - before) / seconds


class _Gaps:
    """Milliseconds between beats of the event loop: by the clock, and by the processor time of the window's thread,
    which does not count what other programs take."""

    def __init__(self) -> None:
        self._beats: list[tuple[float, float]] = []
        self._heart = QTimer()
        self._heart.setTimerType(Qt.TimerType.PreciseTimer)
        self._heart.setInterval(BEAT_MILLISECONDS)
        self._heart.timeout.connect(lambda: self._beats.append((time.perf_counter(), time.thread_time())))

    def during(self, app: QApplication, goes_on: Callable[[], bool]) -> tuple[Any, Any]:
        """Stalls and busy times while ``goes_on``."""
        self._beats.clear()
        self._heart.start()
        while goes_on():
            app.processEvents()
            time.sleep(0.0002)
        self._heart.stop()
        stalls, busy = np.diff(np.array(self._beats), axis=0).T * 1000
        return stalls, busy


def measure_switches(app: QApplication, window: MainWindow, gaps: _Gaps, switches: int) -> dict[str, Any]:
    """Change between the CPU's graphs in 8 bits and in fp32, again and again, while a slider is being dragged."""
    preferred = generator._preferred
    done: list[str] = []
    failed: list[str] = []
    window.device_switch.switched.connect(done.append)
    window.device_switch.failed.connect(lambda _device, reason: failed.append(reason))

    def next_one() -> None:
        backwards = len(done) % 2 == 0
        generator._preferred = lambda graphs, device: preferred(graphs, device)[:: -1 if backwards else 1]
        window.device_switch.use(devices.CPU)

    window.device_switch.switched.connect(lambda _device: next_one() if len(done) < switches else None)
    began = time.perf_counter()
    next_one()
    stalls, busy = gaps.during(
        app, lambda: len(done) < switches and not failed and time.perf_counter() - began < SWITCHES_SECONDS
    )
    generator._preferred = preferred
    window.device_switch.cancel()
    return {
        "switches": len(done), "seconds": time.perf_counter() - began, "failed": failed,
        "longest_stall": float(stalls.max()), "stall_p999": float(np.percentile(stalls, 99.9)),
        "longest_busy": float(busy.max()),
    }  # fmt: skip


def measure_window(folder: Path, device: str, seconds: float, session_seconds: float, switches: int) -> dict[str, Any]:
    """Start the window, let it rest, drag the first slider to and fro, change the device meanwhile, then use everything
    at random; milliseconds throughout."""
    app = QApplication([])
    use_language(app, "en")
    apply_theme(app)
    if session_seconds:
        random_use.fill_library(load_manifest(folder).schema)
    Settings().change(device=device)
    window = MainWindow(lambda: load_at_once(folder, device), _NoQuestions(), seed=1)
    window.ready.connect(keep_for_good)
    window.show()
    app.processEvents()
    shown = (time.perf_counter() - _BEGAN) * 1000
    window.start()
    wait_until(app, lambda: window.view.shown is not None)
    first_picture = (time.perf_counter() - _BEGAN) * 1000
    first_picture_cpu = time.process_time() * 1000
    wait_until(app, lambda: window.view.shown is not None and window.view.shown.request.variant == FULL)

    row = next(row for row in window.panel.rows.values() if row.slider is not None)
    assert row.slider is not None
    slider, attribute = row.slider, row.attribute
    pictures: list[int] = []
    window.renderer.frame_ready.connect(lambda number: pictures.append(number))

    def move() -> None:
        phase = (time.perf_counter() - began) / SWING_SECONDS
        share = 0.5 - 0.5 * math.cos(2 * math.pi * phase)
        value = attribute.minimum + share * (attribute.maximum - attribute.minimum)
        mouse(slider, QEvent.Type.MouseMove, slider.point_of(value))

    hand, gaps = QTimer(), _Gaps()
    hand.setTimerType(Qt.TimerType.PreciseTimer)
    hand.setInterval(MOVE_MILLISECONDS)
    hand.timeout.connect(move)
    session = window.session
    assert session is not None

    def lasting(length: float) -> Callable[[], bool]:
        end = time.perf_counter() + length
        return lambda: time.perf_counter() < end

    idle = idle_share(IDLE_SECONDS)
    at_rest, _ = gaps.during(app, lasting(min(seconds, 3.0)))
    mouse(slider, QEvent.Type.MouseButtonPress, slider.point_of(float(session.character.values[attribute.name])))
    pictures.clear()
    began = time.perf_counter()
    hand.start()
    dragging, _ = gaps.during(app, lasting(seconds))
    shown_pictures = len(pictures)
    switching = measure_switches(app, window, gaps, switches) if switches else None
    hand.stop()
    mouse(slider, QEvent.Type.MouseButtonRelease, slider.point_of(attribute.maximum))
    wait_until(
        app,
        lambda: window.view.shown is not None and window.view.shown.request == RenderRequest(session.character, FULL),
    )
    outcome = {
        "window_shown_after": shown,
        "first_picture_after": first_picture,
        "first_picture_cpu": first_picture_cpu,
        "drag_seconds": seconds,
        "longest_stall": float(dragging.max()),
        "stall_p999": float(np.percentile(dragging, 99.9)),
        "longest_stall_at_rest": float(at_rest.max()),
        "pictures_per_second": shown_pictures / seconds,
        "idle_share": idle,
    }
    if switching is not None:
        outcome["switching"] = switching
    if session_seconds:
        outcome["random_use"] = random_use.measure(app, window, session_seconds)
    window.close()
    return outcome


# The generator


def torch_eager(folder: Path, threads: int) -> Callable[[str, Any, Any], Any]:
    """``(variant, attributes, identity) -> picture`` in torch with the weights of ``folder``.

    Raises :class:`ImportError` without torch, :class:`~creator.errors.ModelError` if the graphs were exported from
    another network than the one in code, and :class:`OSError` without the head assets, whose geometry is not in the
    graphs' weights.
    """
    import torch

    from creator.training.generator.network import DRAFT_SIZE, PortraitVariant, load_generator

    torch.set_num_threads(threads)
    network = load_generator(folder).eval().to(memory_format=torch.channels_last)
    modules: dict[str, Any] = {
        DRAFT: PortraitVariant(network, DRAFT_SIZE),
        FULL: PortraitVariant(network, network.config.size),
    }

    def run(variant: str, attributes: Any, identity: Any) -> Any:
        with torch.inference_mode():
            return modules[variant](torch.from_numpy(attributes), torch.from_numpy(identity)).numpy()

    return run


def measure_frames(folder: Path, device: str, frames: int, with_torch: bool) -> dict[str, Any]:
    """Milliseconds of ``frames`` different people by variant, in ONNX Runtime and torch by turns."""
    generator = Generator.load(folder, device)
    threads = devices.physical_cores() or os.cpu_count() or 1
    eager, left_out = None, ""
    if with_torch:
        try:
            eager = torch_eager(folder, threads)
        except (ImportError, OSError, CreatorError) as error:
            left_out = str(error)
    outcome: dict[str, Any] = {"device": generator.device_name, "threads": threads, "torch_left_out": left_out}

    def by_runtime(person: Character, variant: str) -> Any:
        return generator.render(RenderRequest(person, variant)).pixels

    def by_torch(person: Character, variant: str) -> Any:
        assert eager is not None
        attributes = generator.schema.encode(person.values)[None]
        identity = identity_vector(person.seed, generator.manifest.identity_size)[None]
        return eager(variant, attributes, identity)[0]

    people = [Character("", seed, random_values(generator.schema, seed)) for seed in range(frames)]
    engines = {"onnxruntime": by_runtime} | ({"torch_eager": by_torch} if eager is not None else {})
    for variant in (DRAFT, FULL):
        times: dict[str, list[float]] = {engine: [] for engine in engines}
        for start in range(0, frames, BLOCK):
            for engine, draw in engines.items():
                time.sleep(PAUSE_SECONDS)
                for person in people[:WARM_UP]:
                    draw(person, variant)
                for person in people[start : start + BLOCK]:
                    began = time.perf_counter()
                    draw(person, variant)
                    times[engine].append((time.perf_counter() - began) * 1000)
        entry: dict[str, Any] = {engine: summary(taken) for engine, taken in times.items()}
        if eager is not None:
            entry["ratio"] = entry["onnxruntime"]["median"] / entry["torch_eager"]["median"]
            entry["largest_difference"] = max(
                int(np.abs(by_runtime(person, variant).astype(int) - by_torch(person, variant).astype(int)).max())
                for person in people[:WARM_UP]
            )
        outcome[variant] = entry
    return outcome


def print_table(outcome: dict[str, Any]) -> None:
    window, frames = outcome["window"], outcome["frames"]
    print(f"{outcome['cpu']}; {frames['device']}, {frames['threads']} threads; model {outcome['model']}\n")
    print(f"{'milliseconds a picture':<28}{'median':>9}{'p95':>9}{'longest':>9}")
    for variant in (DRAFT, FULL):
        for engine in ("onnxruntime", "torch_eager"):
            if engine in frames[variant]:
                times = frames[variant][engine]
                numbers = "".join(f"{times[key]:>9.1f}" for key in ("median", "p95", "longest"))
                print(f"{variant + ', ' + engine.replace('_', ' '):<28}{numbers}")
        if "ratio" in frames[variant]:
            print(f"{'  ONNX Runtime / torch':<28}{frames[variant]['ratio']:>9.2f}"
                  f"   (pixels differ by at most {frames[variant]['largest_difference']})")  # fmt: skip
    if frames["torch_left_out"]:
        print(f"torch is left out: {frames['torch_left_out']}")
    print(f"\nwindow shown after {window['window_shown_after']:.0f} ms, first picture after "
          f"{window['first_picture_after']:.0f} ms ({window['first_picture_cpu']:.0f} ms of CPU time)")  # fmt: skip
    print(f"drag of {window['drag_seconds']:g} s: {window['pictures_per_second']:.0f} pictures a second, "
          f"longest stall {window['longest_stall']:.1f} ms "
          f"(p99.9 {window['stall_p999']:.1f} ms; at rest {window['longest_stall_at_rest']:.1f} ms)")  # fmt: skip
    print(f"open window, nobody touches it for {IDLE_SECONDS:g} s: {window['idle_share']:.2%} of a core")
    if "switching" in window:
        changed = window["switching"]
        print(f"{changed['switches']} changes between int8 and fp32 during a drag, in {changed['seconds']:.0f} s: "
              f"longest stall {changed['longest_stall']:.1f} ms (p99.9 {changed['stall_p999']:.1f} ms), the window's "
              f"own thread busy for at most {changed['longest_busy']:.1f} ms")  # fmt: skip
        for reason in changed["failed"]:
            print(f"  failed: {reason}")
    if "random_use" in window:
        used = window["random_use"]
        deeds = ", ".join(f"{count} x {name}" for name, count in used["deeds"].items())
        print(f"random use of {used['seconds']:g} s ({deeds}): longest stall {used['longest_stall']:.1f} ms, the "
              f"window's own thread busy for at most {used['longest_busy']:.1f} ms "
              f"(p99.9 {used['busy_p999']:.1f} ms)")  # fmt: skip
        print("busiest: " + ", ".join(f"{milliseconds:.1f} ms during {deed}" for deed, milliseconds in
                                      used["busiest_during"]))  # fmt: skip
    if "memory" in outcome:
        print("memory: " + ", ".join(f"{name} {value:.3g}" for name, value in outcome["memory"].items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--model", type=Path, default=paths.model_folder(), help="folder with facewright.json")
    parser.add_argument("--device", choices=devices.DEVICE_CHOICES, default=devices.CPU)
    parser.add_argument("--seconds", type=float, default=10.0, help="length of the drag")
    parser.add_argument("--switches", type=int, default=20, help="changes of the device during a drag")
    parser.add_argument("--session", type=float, default=60.0, help="length of the random use; 0 leaves it out")
    parser.add_argument("--renders", type=int, default=0, help="drafts to make for the measure of memory, such as 2000")
    parser.add_argument("--frames", type=int, default=60, help="pictures to time")
    parser.add_argument("--no-torch", action="store_true", help="leave torch out")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    chosen = parser.parse_args()
    with random_use.own_folders():
        window = measure_window(chosen.model, chosen.device, chosen.seconds, chosen.session, chosen.switches)
    frames = measure_frames(chosen.model, chosen.device, chosen.frames, not chosen.no_torch)
    manifest = Generator.load(chosen.model, devices.CPU).manifest
    outcome = {
        "cpu": devices.cpu_name(),
        "model": f"{manifest.name} {manifest.version}",
        "window": window,
        "frames": frames,
    }
    if chosen.renders:
        memory = random_use.measure_memory(Generator.load(chosen.model, chosen.device), many=chosen.renders)
        outcome["memory"] = memory
    if chosen.json:
        chosen.json.write_text(json.dumps(outcome, indent=1) + "\n")
    print_table(outcome)


if __name__ == "__main__":
    main()
