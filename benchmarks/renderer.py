"""How fast people are rendered, by size and by stage.

    python benchmarks/renderer.py [--people 16] [--sizes 128 256 512] [--supersampling 2] [--json]

One process. Stages are timed with the device drained after each, in a run of their own; the rate is of a run without
that. ``LP_NUM_THREADS=1`` keeps Mesa's software renderer on one core.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from creator.random_character import identity_vector, person_seed
from creator.training.generator.render_people import STRANDS, training_values
from creator.training.people_schema import IDENTITY_SIZE, SCHEMA
from creator.training.renderer.people_renderer import PeopleRenderer

SEED = 11
BATCH = 8


def measure(size: int, supersampling: int, people: int) -> dict[str, Any]:
    """Pictures a second with and without maps, and milliseconds a picture of each stage."""
    began = time.perf_counter()
    renderer = PeopleRenderer(SCHEMA, size, supersampling, STRANDS[size])
    build = time.perf_counter() - began
    seeds = [person_seed(SEED, index) for index in range(people)]
    attributes = np.stack([SCHEMA.encode(training_values(SCHEMA, seed)) for seed in seeds])
    identity = np.stack([identity_vector(seed, IDENTITY_SIZE) for seed in seeds])
    renderer.render(attributes, identity, maps=True)  # grows the grooms, bakes the garments
    rates = {}
    for name, maps in (("pictures_a_second", False), ("with_maps_a_second", True)):
        start = time.perf_counter()
        for at in range(0, people, BATCH):
            renderer.render(attributes[at : at + BATCH], identity[at : at + BATCH], maps)
        rates[name] = people / (time.perf_counter() - start)
    stages: dict[str, float] = {}
    for name, seconds in renderer.timed_stages(attributes, identity):
        stages[name] = stages.get(name, 0.0) + seconds * 1000 / people
    return {"size": size, "build_seconds": build, **rates, "milliseconds_by_stage": stages}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--people", type=int, default=16)
    parser.add_argument("--sizes", type=int, nargs="+", default=[128, 256, 512], choices=sorted(STRANDS))
    parser.add_argument("--supersampling", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    results = []
    for size in options.sizes:
        result = measure(size, options.supersampling, options.people)
        results.append(result)
        if not options.json:
            print(f"{size} px: {result['pictures_a_second']:.2f} pictures a second, "
                  f"{result['with_maps_a_second']:.2f} with maps; made in {result['build_seconds']:.1f} s")  # fmt: skip
            for name, milliseconds in result["milliseconds_by_stage"].items():
                print(f"    {name:24} {milliseconds:8.1f} ms")
    if options.json:
        print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
