from __future__ import annotations

import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.training.generator.checkpoint import (  # noqa: E402
    TrainingError,
    compressed,
    expanded,
    read_checkpoint,
    write_checkpoint,
)


def _state(seed: int):
    torch.manual_seed(seed)
    return {"large": torch.randn(64, 64), "small": torch.randn(7), "number": torch.tensor(2.5)}


def test_weights_survive_compression_closely() -> None:
    average = _state(0)
    weights = {name: value + 0.01 * torch.randn_like(value) for name, value in average.items()}
    kept = compressed(average, weights)
    assert kept["average.large"].dtype == torch.bfloat16
    assert kept["difference.large"].dtype == torch.int8
    found, other = expanded(kept)
    assert torch.equal(found["small"], average["small"])
    torch.testing.assert_close(other["small"], weights["small"])
    torch.testing.assert_close(found["large"], average["large"], atol=0, rtol=0.004)
    assert float((other["large"] - weights["large"]).abs().max()) < 5e-4


def test_files_stay_under_their_limit_and_old_ones_go(tmp_path: Path) -> None:
    for seed in range(2):
        tensors = {
            "a": torch.randn(5000),
            "b": torch.ones(3, 2).to(torch.bfloat16),
            "c": torch.tensor(seed)[None].char(),
        }
        write_checkpoint(tmp_path, tensors, {"seed": seed}, 4096)
        found, facts = read_checkpoint(tmp_path)
        assert facts == {"seed": seed}
        assert all(torch.equal(found[name], tensor) for name, tensor in tensors.items())
        parts = list(tmp_path.glob("*.part"))
        assert len(parts) == 5
        assert max(part.stat().st_size for part in parts) <= 4096


def test_damage_is_told(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, {"a": torch.randn(50)}, {}, 1 << 20)
    (part,) = tmp_path.glob("*.part")
    part.write_bytes(b"x" + part.read_bytes()[1:])
    with pytest.raises(TrainingError, match="damaged"):
        read_checkpoint(tmp_path)
    (tmp_path / "checkpoint.json").write_text(json.dumps({"format": 1}))
    with pytest.raises(TrainingError, match="another format"):
        read_checkpoint(tmp_path)
