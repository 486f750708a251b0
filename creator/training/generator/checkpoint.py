"""A training run's state on disk: small, in files of at most 16 MiB, replaced in one step.

``checkpoint.json`` names the parts and what lies where in them; it is written last, so that an interruption leaves the
checkpoint before. The running mean of the weights is kept as bfloat16, the weights themselves as their difference from
it in int8, the discriminator as bfloat16; what is small stays float32. Optimisers' moments are not kept: a resumed run
warms up again.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from creator.atomic_write import write_atomically
from creator.errors import CreatorError

CHECKPOINT = "checkpoint.json"
PART_BYTES = 16 << 20
SMALL = 1024  # numbers; smaller tensors are kept as they are
_KINDS = {"float32": torch.float32, "bfloat16": torch.bfloat16, "int8": torch.int8}


class TrainingError(CreatorError):
    """A training run that cannot start or go on."""


def compressed(average: Mapping[str, Tensor], weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """What is kept of a network: "average.NAME", "difference.NAME" and, of large ones, its "scale.NAME"."""
    kept = {}
    for name, mean in average.items():
        rounded = _rounded(mean)
        difference = weights[name].detach().float().cpu() - rounded.float()
        kept[f"average.{name}"] = rounded
        if difference.numel() >= SMALL:
            scale = difference.abs().amax().clamp_min(1e-12) / 127.0
            kept[f"scale.{name}"] = scale
            difference = torch.round(difference / scale).to(torch.int8)
        kept[f"difference.{name}"] = difference
    return kept


def expanded(kept: Mapping[str, Tensor]) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """The running mean and the weights, float32, from what :func:`compressed` gave."""
    average = {name.removeprefix("average."): t.float() for name, t in kept.items() if name.startswith("average.")}
    weights = {}
    for name, mean in average.items():
        difference = kept[f"difference.{name}"].float()
        weights[name] = mean + difference * kept.get(f"scale.{name}", torch.ones(()))
    return average, weights


def rounded_state(module: torch.nn.Module, prefix: str) -> dict[str, Tensor]:
    """A module's state with ``prefix``, large tensors as bfloat16."""
    return {f"{prefix}.{name}": _rounded(value) for name, value in module.state_dict().items()}


def _rounded(tensor: Tensor) -> Tensor:
    plain = tensor.detach().float().cpu()
    return plain.to(torch.bfloat16) if plain.numel() >= SMALL else plain


def write_checkpoint(folder: Path, tensors: Mapping[str, Tensor], facts: Mapping[str, Any], part_bytes: int) -> None:
    """Write ``tensors`` (float32, bfloat16 or int8) and ``facts`` (plain values) as ``folder``'s checkpoint."""
    folder.mkdir(parents=True, exist_ok=True)
    entries, data = {}, bytearray()
    for name, tensor in tensors.items():
        kind = str(tensor.dtype).removeprefix("torch.")
        content = tensor.cpu().contiguous().flatten().view(torch.uint8).numpy().tobytes()
        entries[name] = {"kind": kind, "shape": list(tensor.shape), "start": len(data), "bytes": len(content)}
        data += content
    parts = []
    for number in range(math.ceil(len(data) / part_bytes)):
        content = bytes(data[number * part_bytes : (number + 1) * part_bytes])
        digest = hashlib.sha256(content).hexdigest()
        parts.append({"file": f"checkpoint_{digest[:12]}.part", "sha256": digest})
        write_atomically(folder / f"checkpoint_{digest[:12]}.part", content)
    text = json.dumps({"format": 2, "parts": parts, "tensors": entries, "facts": dict(facts)})
    write_atomically(folder / CHECKPOINT, text.encode())
    wanted = {part["file"] for part in parts}
    for path in folder.glob("checkpoint_*.part"):
        if path.name not in wanted:
            path.unlink()


def read_checkpoint(folder: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """The tensors and facts of ``folder``'s checkpoint. Raises :class:`TrainingError`."""
    path = folder / CHECKPOINT
    try:
        index = json.loads(path.read_bytes())
        if index["format"] != 2:
            raise ValueError("it has another format")
        contents = []
        for part in index["parts"]:
            contents.append((folder / part["file"]).read_bytes())
            if hashlib.sha256(contents[-1]).hexdigest() != part["sha256"]:
                raise ValueError(f"{part['file']} is damaged")
        data = bytearray(b"".join(contents))
        tensors = {}
        for name, entry in index["tensors"].items():
            kind = _KINDS[entry["kind"]]
            count = entry["bytes"] // kind.itemsize
            flat = torch.frombuffer(data, dtype=torch.uint8, count=entry["bytes"], offset=entry["start"])
            tensors[name] = flat.clone().view(kind)[:count].view(entry["shape"])
        facts: dict[str, Any] = index["facts"]
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise TrainingError(f"{path} cannot be read as a checkpoint: {error}") from error
    return tensors, facts
