"""Training runs of networks that look at pictures: the loop, and their files (see ``generator.checkpoint``)."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from creator.training.generator.checkpoint import (
    CHECKPOINT,
    PART_BYTES,
    TrainingError,
    read_checkpoint,
    write_checkpoint,
)
from creator.training.generator.train import interruptible, keep_freed_memory
from creator.training.readers.picture_network import PictureNetwork, PictureNetworkConfig

_WARM_UP = 0.04  # of the run
_FINAL_RATE = 0.01
_NETWORK = "network."


@dataclass(frozen=True)
class RunPlan:
    """How one network is trained. ``part`` and ``parts``: the share of the people it learns from."""

    data: Path
    run: Path
    views: int = 80_000
    batch: int = 16
    rate: float = 1.5e-3
    width: int = 24
    features: int = 256
    part: int = 0
    parts: int = 1
    seed: int = 0
    threads: int = 1
    device: str = "cpu"
    limit_seconds: float = math.inf
    report_seconds: float = 60.0
    save_seconds: float = 240.0


@dataclass
class Run:
    """A network in training or trained, with the tensors that its outputs are measured by and plain ``facts``."""

    network: PictureNetwork
    tensors: dict[str, Tensor]
    facts: dict[str, Any]


def save_run(folder: Path, run: Run) -> None:
    """Write network, tensors and facts as ``folder``'s checkpoint, float32."""
    state = run.network.state_dict()
    kept = {_NETWORK + name: value.float() for name, value in state.items() if value.is_floating_point()}
    facts = run.facts | {"network": run.network.config.to_json()}
    write_checkpoint(folder, kept | run.tensors, facts, PART_BYTES)


def load_run(folder: Path) -> Run:
    """Read what :func:`save_run` wrote. Raises :class:`TrainingError`."""
    kept, facts = read_checkpoint(folder)
    try:
        network = PictureNetwork(PictureNetworkConfig.from_json(facts["network"]))
        state = {name.removeprefix(_NETWORK): value for name, value in kept.items() if name.startswith(_NETWORK)}
        missing = network.load_state_dict(state, strict=False).missing_keys
        if any(not name.endswith("num_batches_tracked") for name in missing):
            raise ValueError(f"it has no '{missing[0]}'")
    except (KeyError, TypeError, ValueError, RuntimeError) as error:
        raise TrainingError(f"{folder} holds no network that looks at pictures: {error}") from error
    tensors = {name: value for name, value in kept.items() if not name.startswith(_NETWORK)}
    return Run(network, tensors, facts)


def rate_at(plan: RunPlan, views: int) -> float:
    """Learning rate after ``views`` pictures: linear warm-up, then a cosine to a hundredth."""
    done = views / plan.views
    cosine = _FINAL_RATE + (1.0 - _FINAL_RATE) * 0.5 * (1.0 + math.cos(math.pi * min(1.0, done)))
    return plan.rate * cosine * min(1.0, (done + 1e-3) / _WARM_UP)


def train_network(
    plan: RunPlan,
    run: Run,
    losses: Callable[[int, Callable[[Tensor], dict[str, Tensor]]], dict[str, Tensor]],
    scores: Callable[[], Mapping[str, Any]],
    between: Callable[[], None],
    report: Callable[[str], None] = print,
) -> Run:
    """Train ``run`` until ``plan.views``, the time limit or an interruption; a run in the folder is gone on with.

    ``losses(step, network)`` gives the losses of a step by name, "total" among them, for float32 outputs of the network
    by name; ``scores`` is called at the end and its figures are kept as the facts' ``scores``; ``between`` may take up
    new data. Saves regularly.
    """
    device = torch.device(plan.device)
    if device.type == "cpu":
        torch.set_num_threads(plan.threads)
        keep_freed_memory()
    if (plan.run / CHECKPOINT).exists():
        found = load_run(plan.run)
        if found.network.config != run.network.config or found.facts.get("part") != [plan.part, plan.parts]:
            raise TrainingError(f"{plan.run} is of another network or other people; choose another run folder")
        run = found
        report(f"going on after {run.facts['views']} views")
    network = run.network.to(device)
    optimiser = torch.optim.AdamW(network.parameters(), lr=plan.rate, weight_decay=0.02, fused=True)
    run.facts = {"views": 0, "seconds": 0.0} | run.facts | {"part": [plan.part, plan.parts]}
    run.facts["plan"] = json.loads(json.dumps(asdict(plan), default=str))

    def outputs(pictures: Tensor) -> dict[str, Tensor]:
        planes = pictures.to(device).contiguous(memory_format=torch.channels_last)
        with torch.autocast(device.type, torch.bfloat16):
            return {name: output.float() for name, output in network(planes).items()}

    begun = last_report = last_save = time.monotonic()
    seconds_before, views_before = run.facts["seconds"], run.facts["views"]
    sums: dict[str, float] = {}
    counted = 0
    with interruptible() as interrupted:
        while run.facts["views"] < plan.views and not interrupted and time.monotonic() - begun < plan.limit_seconds:
            network.train()
            for group in optimiser.param_groups:
                group["lr"] = rate_at(plan, run.facts["views"])
            found_losses = losses(run.facts["views"] // plan.batch, outputs)
            found_losses["total"].backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0, foreach=True)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            run.facts["views"] += plan.batch
            counted += 1
            for name, value in found_losses.items():
                sums[name] = sums.get(name, 0.0) + float(value.detach())
            now = time.monotonic()
            run.facts["seconds"] = round(seconds_before + now - begun, 1)
            if now - last_report >= plan.report_seconds:
                pace = (run.facts["views"] - views_before) / (now - begun)
                listed = ", ".join(f"{name} {value / counted:.4f}" for name, value in sums.items())
                left = (plan.views - run.facts["views"]) / pace / 60
                report(f"{run.facts['views']} views  {pace:.1f} pictures/s  {listed}  {left:.1f} min left")
                sums, counted, last_report = {}, 0, now
                between()
            if now - last_save >= plan.save_seconds:
                save_run(plan.run, run)
                last_save = now
    save_run(plan.run, run)
    network.eval()
    run.facts["scores"] = dict(scores())
    save_run(plan.run, run)
    return run
