"""Runs both benchmarks and prints the tables of ``docs/performance.md``: ``python benchmarks/report.py > report.md``.

On a quiet machine about ten minutes, most of them torch.compile's. Whatever else the benchmarks say goes to stderr.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER))

import devices as device_benchmark  # noqa: E402

LONGEST_STALL, IDLE_SHARE = 50.0, 0.01  # milliseconds; of a core


def measured(script: str, *arguments: str) -> dict[str, Any]:
    """The figures that a benchmark writes."""
    with tempfile.TemporaryDirectory(prefix="facewright_") as name:
        figures = Path(name) / "figures.json"
        command = [sys.executable, str(FOLDER / script), *arguments, "--json", str(figures)]
        print(" ".join(command), file=sys.stderr, flush=True)
        subprocess.run(command, check=True, stdout=sys.stderr)
        found: dict[str, Any] = json.loads(figures.read_text())
        return found


def window_gates(window: dict[str, Any]) -> list[dict[str, Any]]:
    """What is demanded of the window: the busy time of its own thread does not count what other programs take."""
    changed, idle = window["switching"], window["idle_share"]
    stall = changed["longest_stall"]
    found = (
        f"{stall:.1f} ms by the clock, {changed['longest_busy']:.1f} ms of the window's own thread, "
        f"{changed['switches']} times"
    )
    still = f"Window: no stall of {LONGEST_STALL:g} ms while the device is changed"
    resting = f"Window: less than {IDLE_SHARE:.0%} of a core at rest"
    return [
        {"demand": still, "met": stall < LONGEST_STALL, "found": found},
        {"demand": resting, "met": idle < IDLE_SHARE, "found": f"{idle:.2%}"},
    ]


def print_window(figures: dict[str, Any]) -> None:
    window = figures["window"]
    rows = {
        "window shown after": f"{window['window_shown_after']:.0f} ms",
        "first picture after": f"{window['first_picture_after']:.0f} ms "
                               f"({window['first_picture_cpu']:.0f} ms of processor time)",
        "pictures a second in a drag": f"{window['pictures_per_second']:.0f}",
        "longest stall in a drag": f"{window['longest_stall']:.1f} ms (p99.9 {window['stall_p999']:.1f} ms)",
        "longest stall at rest": f"{window['longest_stall_at_rest']:.1f} ms",
    }  # fmt: skip
    if "random_use" in window:
        used = window["random_use"]
        rows[f"random use for {used['seconds']:g} s"] = (
            f"the window's own thread busy for at most {used['longest_busy']:.1f} ms (p99.9 {used['busy_p999']:.1f} ms)"
        )
    print("\n| the window | |\n| --- | ---: |")
    for name, value in rows.items():
        print(f"| {name} | {value} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="few pictures, no torch.compile: to see that it runs")
    chosen = parser.parse_args()
    began, load = time.strftime("%Y-%m-%d %H:%M"), os.getloadavg() if hasattr(os, "getloadavg") else ()
    few = ("--frames", "5")
    graphs = measured("devices.py", *((*few, "--no-compile") if chosen.quick else ()))
    brief = (*few, "--seconds", "3", "--session", "0", "--switches", "4", "--no-torch")
    window = measured("preview.py", *(brief if chosen.quick else ("--no-torch",)))
    with contextlib.redirect_stdout(io.StringIO()) as said:
        graphs["gates"] += window_gates(window["window"])
        device_benchmark.print_table(graphs)
    busy = f"; load before: {load[0]:.1f}" if load else ""
    print(f"`python {' '.join(['benchmarks/report.py', *sys.argv[1:]])}`, {began}, {platform.platform()}{busy}\n")
    print(said.getvalue().strip())
    print_window(window)


if __name__ == "__main__":
    main()
