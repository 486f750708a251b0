from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs the extra 'training'")
pytest.importorskip("moderngl", reason="needs the extra 'training'")

from creator.training.generator.throughput import rate_of, stages_up_to, trained


def test_rates_count_pictures_and_do_not_count_the_warm_up() -> None:
    calls: list[int] = []
    assert rate_of(lambda: calls.append(1), 10, 0.0, lambda: None) > 10
    assert len(calls) == 2


def test_every_stage_is_measured(mapped_folder: Path, small_config, make_network) -> None:
    assert [stage.name for stage in stages_up_to(512)] == ["128", "256", "512", "256a", "512a"]
    lines = list(trained(mapped_folder, "cpu", 0.01, small_config, make_network))
    text = "\n".join(lines)
    for wanted in ("data set   256 px with maps", "stage 128", "stage 256a", "critic", "GMAC"):
        assert wanted in text
    assert not (mapped_folder / "run").exists()
