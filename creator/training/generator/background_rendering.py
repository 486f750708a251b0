"""Rendering people in processes of their own while the generator trains."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class BackgroundRendering:
    """``processes`` renderers that each keep their newest ``ring`` shards of ``people`` at ``size`` pixels."""

    processes: int
    size: int
    maps: bool
    ring: int
    people: int = 32
    seed: int = 1

    def command(self, folder: Path, number: int) -> list[str]:
        """What process ``number`` runs."""
        options = {
            "--data": folder, "--first": number, "--step": self.processes, "--size": self.size, "--ring": self.ring,
            "--people": self.people, "--seed": self.seed,
        }  # fmt: skip
        words = [str(word) for pair in options.items() for word in pair]
        maps = ["--maps"] if self.maps else []
        return [sys.executable, "-m", "creator.training", "render", *words, "--endless", *maps]


@contextmanager
def rendering(plan: BackgroundRendering | None, folder: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run the renderers of ``plan`` (none without), which write ``render_<number>.log`` into ``folder``; end them."""
    started: list[subprocess.Popen[bytes]] = []
    try:
        if plan is not None:
            folder.mkdir(parents=True, exist_ok=True)
            for number in range(plan.processes):
                with open(folder / f"render_{number}.log", "wb") as log:
                    started.append(subprocess.Popen(plan.command(folder, number), stdout=log, stderr=log))
        yield started
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()
