"""Many pictures with reloads, device switches and failures: always the right one, and nothing piles up.

FACEWRIGHT_SOAK_RENDERS=20000 makes it the long run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from creator.attributes import AttributeSchema
from creator.character import new_character
from creator.generator import DRAFT, FULL, Generator, RenderRequest

from .conftest import Footprint

PEOPLE = 16


class FailingRunner:
    def run(self, feeds: object) -> list[np.ndarray]:
        raise RuntimeError("device lost")


@pytest.mark.slow
def test_a_long_session_stays_right_and_small(
    whole_model_folder: Path, schema: AttributeSchema, footprint: Callable[[], Footprint], soak_renders: int
) -> None:
    random = np.random.default_rng(0)
    generator = Generator.load(whole_model_folder, "auto")
    requests = [
        RenderRequest(new_character(schema, seed), picture) for seed in range(PEOPLE) for picture in (DRAFT, FULL)
    ]
    wanted = [generator.render(request).pixels for request in requests]
    before = footprint()
    for number in range(soak_renders):
        if number == soak_renders // 4:  # by then everything has happened once
            before = footprint()
        if number % 23 == 0:
            generator.adopt(generator.opened_on("cpu" if number % 2 else "auto"))
        if number % 41 == 0:
            generator = Generator.load(whole_model_folder, "auto")
        if number % 17 == 0 and generator.device == "auto":
            generator.prepare(FULL)
            lost = replace(generator._opened[FULL, False], runner=FailingRunner(), device="cuda", device_name="CUDA")
            generator._opened[FULL, False] = lost
        chosen = int(random.integers(len(requests)))
        assert np.array_equal(generator.render(requests[chosen]).pixels, wanted[chosen])
        if number % 7 == 0:
            batch = generator.render_batch(request.character for request in requests)
            assert np.array_equal(next(batch), wanted[1])
            batch.close()  # a cancelled export
    footprint().assert_flat(before)
