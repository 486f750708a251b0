"""Many pictures with reloads, device switches and failures: always the right one, and nothing piles up.

FACEWRIGHT_SOAK_RENDERS=20000 makes it the long run.
"""

from __future__ import annotations

import gc
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from creator.attributes import AttributeSchema
from creator.character import new_character
from creator.generator import DRAFT, FULL, Generator, RenderRequest

RENDERS = int(os.environ.get("FACEWRIGHT_SOAK_RENDERS", "400"))
PEOPLE = 16
STATUS, HANDLES = Path("/proc/self/statm"), Path("/proc/self/fd")


class FailingRunner:
    def run(self, feeds: object) -> list[np.ndarray]:
        raise RuntimeError("device lost")


def memory_bytes() -> int:
    gc.collect()
    return int(STATUS.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.slow
@pytest.mark.skipif(not STATUS.exists(), reason="reads memory and handles from /proc")
def test_a_long_session_stays_right_and_small(whole_model_folder: Path, schema: AttributeSchema) -> None:
    random = np.random.default_rng(0)
    generator = Generator.load(whole_model_folder, "auto")
    requests = [
        RenderRequest(new_character(schema, seed), picture) for seed in range(PEOPLE) for picture in (DRAFT, FULL)
    ]
    wanted = [generator.render(request).pixels for request in requests]
    begun, handles = 0, 0
    for number in range(RENDERS):
        if number == RENDERS // 4:  # by then everything has happened once
            begun, handles = memory_bytes(), len(list(HANDLES.iterdir()))
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
    assert len(list(HANDLES.iterdir())) <= handles + 2
    assert memory_bytes() - begun < 48 << 20
