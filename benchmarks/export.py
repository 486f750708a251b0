"""How much slower an export is than the generator alone: the same people, in turns, in one run.

    python benchmarks/export.py [--count 200] [--size 512] [--preset png] [--style none] [--model FOLDER] [--json]

The share is the bare generator's time over the export's, in wall time and in processor time: 1 would be an export
that costs nothing. Blocks of ten pictures take turns, so that a busy machine slows both alike. One export is repeated
in the end and must change nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from creator.character import Character  # noqa: E402
from creator.export.cast import CastMember  # noqa: E402
from creator.export.job import ExportFinished, ExportReport, export_portraits  # noqa: E402
from creator.export.plan import ExportJob  # noqa: E402
from creator.export.presets import Preset, load_presets  # noqa: E402
from creator.generator import FULL, Generator, RenderRequest  # noqa: E402
from creator.random_character import person_seed, random_values  # noqa: E402

BLOCK = 10
WARM_UP = 3


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of wall and of processor that ``work`` took."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def exported(generator: Generator, cast: list[CastMember], preset: Preset, folder: Path) -> ExportReport:
    for event in export_portraits(ExportJob(tuple(cast), preset, folder), generator):
        if isinstance(event, ExportFinished):
            return event.report
    raise AssertionError("an export ends with its report")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--preset", default="png")
    parser.add_argument("--style", default="none")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    generator = Generator.load(options.model, first=FULL)
    preset = load_presets().find(options.preset).adjusted(size=options.size, style=options.style)
    seeds = [person_seed(1, index) for index in range(options.count)]
    cast = [CastMember(f"p{n}", Character("", s, random_values(generator.schema, s))) for n, s in enumerate(seeds)]
    for member in cast[:WARM_UP]:
        generator.render(RenderRequest(member.character, FULL))
    bare, whole = [0.0, 0.0], [0.0, 0.0]
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(cast), BLOCK):
            block = cast[start : start + BLOCK]
            target = Path(folder, str(start))
            for total, work in (
                (bare, lambda block=block: [generator.render(RenderRequest(m.character, FULL)) for m in block]),
                (whole, lambda block=block, target=target: exported(generator, block, preset, target)),
            ):
                for kind, seconds in enumerate(timed(work)):
                    total[kind] += seconds
        again = exported(generator, cast[:BLOCK], preset, Path(folder, "0"))
        assert again.count("unchanged") == len(again.files), "an export that is repeated changes nothing"
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    result = {
        "device": generator.device_name, "processors": os.cpu_count(), "pictures": len(cast), "size": options.size,
        "own size": generator.manifest.variant(FULL).size, "preset": preset.name, "style": preset.style,
        "bare pictures per second": len(cast) / bare[0], "exported pictures per second": len(cast) / whole[0],
        "share of wall time": bare[0] / whole[0], "share of processor time": bare[1] / whole[1],
        "bytes per picture": size / len(cast),
    }  # fmt: skip
    if options.json:
        print(json.dumps(result, indent=2))
        return
    for name, value in result.items():
        print(f"{name:<30} {value:.3g}" if isinstance(value, float) else f"{name:<30} {value}")


if __name__ == "__main__":
    main()
