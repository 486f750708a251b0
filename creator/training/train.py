"""Supervised training of the generator on rendered people, made for a small number of CPU cores.

The run folder holds ``checkpoint.pt`` (weights, their running mean, optimiser: resumable), ``progress.jsonl`` (one line
of numbers a report) and ``sheet_<views>.png`` (held-out people: the truth above, the generator below).
"""

from __future__ import annotations

import copy
import ctypes
import json
import math
import os
import platform
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from creator.errors import CreatorError
from creator.training.losses import LossWeights, portrait_loss, region_map
from creator.training.network import (
    DRAFT_SIZE,
    FULL_SIZE,
    NetworkConfig,
    PortraitNetwork,
    learned_parameters,
    multiply_adds,
)
from creator.training.people_dataset import Batch, MirroredLabels, PeopleDataset

CHECKPOINT = "checkpoint.pt"
PROGRESS = "progress.jsonl"
GREY = 0.5


class TrainingError(CreatorError):
    """A training run that cannot start or go on."""


@dataclass(frozen=True)
class Stage:
    """A part of the run: train heads up to ``size`` (128 or 256) for ``amount`` seconds or steps."""

    size: int
    amount: float
    unit: str = "seconds"


@dataclass(frozen=True)
class TrainConfig:
    """One run. ``threads`` is the number of CPU threads; stages all have the same unit."""

    data: Path
    run: Path
    stages: tuple[Stage, ...]
    network: NetworkConfig
    batch: int = 16
    learning_rate: float = 1e-3
    warm_up_views: int = 3200
    final_rate: float = 0.01
    draft_weight: float = 0.25
    losses: LossWeights = field(default_factory=LossWeights)
    threads: int = 2
    seed: int = 0
    device: str = "cpu"
    half_precision: bool = True
    report_seconds: float = 30.0
    save_seconds: float = 300.0
    minimum_people: int = 64


def parse_stages(text: str) -> tuple[Stage, ...]:
    """Read ``128:1200s,256:1800s`` (seconds) or ``128:5000,256:2000`` (steps). Raises :class:`TrainingError`."""
    stages = []
    for part in text.split(","):
        size, _, amount = part.strip().partition(":")
        unit = "seconds" if amount.endswith("s") else "steps"
        try:
            stage = Stage(int(size), float(amount.removesuffix("s")), unit)
        except ValueError:
            raise TrainingError(f"'{part}' is no stage; write for example 128:1200s or 256:2000") from None
        if stage.size not in (DRAFT_SIZE, FULL_SIZE) or not stage.amount > 0 or math.isinf(stage.amount):
            raise TrainingError(f"'{part}': a stage is {DRAFT_SIZE} or {FULL_SIZE} pixels, for more than no time")
        stages.append(stage)
    if len({stage.unit for stage in stages}) != 1:
        raise TrainingError("the stages must all be in seconds or all in steps")
    return tuple(stages)


@dataclass
class Progress:
    """How far a run is. ``spent`` is in the unit of the stages, over all parts of a resumed run."""

    step: int = 0
    views: int = 0
    views_full: int = 0
    spent: float = 0.0


def stage_at(stages: tuple[Stage, ...], spent: float) -> Stage | None:
    """The stage after ``spent`` seconds or steps; None at the end of the run."""
    for stage in stages:
        if spent < stage.amount:
            return stage
        spent -= stage.amount
    return None


def rate_at(config: TrainConfig, progress: Progress) -> float:
    """Learning rate: linear warm-up by views, then a cosine over the whole planned run."""
    planned = sum(stage.amount for stage in config.stages)
    part = min(1.0, progress.spent / planned)
    cosine = config.final_rate + (1.0 - config.final_rate) * 0.5 * (1.0 + math.cos(math.pi * part))
    return config.learning_rate * cosine * min(1.0, (progress.views + config.batch) / max(1, config.warm_up_views))


def mean_decay(views: int, batch: int) -> float:
    """Decay of the running mean of the weights for one step: its half-life grows from 500 to 10,000 pictures."""
    half_life = min(max(500.0, 0.05 * views), 10_000.0)
    return float(0.5 ** (batch / half_life))


class Trainer:
    """A run's state: the network, the running mean of its weights, the optimiser and the progress.

    ``make_network`` builds the untrained network with its geometry.
    """

    def __init__(
        self, config: TrainConfig, dataset: PeopleDataset, make_network: Callable[[NetworkConfig], PortraitNetwork]
    ) -> None:
        if not config.stages:
            raise TrainingError("there is no stage to train")
        self.config = config
        self.dataset = dataset
        torch.manual_seed(config.seed)
        if dataset.attribute_size != config.network.attribute_size:
            raise TrainingError(f"the people in {config.data} were rendered with another attribute schema")
        self.network = make_network(config.network).to(config.device)
        self.network.standardise(dataset.attribute_sample())
        self.average = copy.deepcopy(self.network).requires_grad_(False)
        self.optimiser = torch.optim.Adam(
            learned_parameters(self.network), lr=config.learning_rate, betas=(0.9, 0.99), fused=True
        )
        self.progress = Progress()

    def step(self, size: int) -> dict[str, float]:
        """Train on one batch with heads up to ``size``; return the losses by name."""
        config, progress = self.config, self.progress
        # The batch depends on seed and step alone, so that a resumed run goes on where it was.
        random = np.random.default_rng((config.seed, progress.step))
        batch = self.dataset.batch(random, config.batch, size)
        for group in self.optimiser.param_groups:
            group["lr"] = rate_at(config, progress)
        outputs = self.predict(self.network, batch, full=size == FULL_SIZE)
        # The losses run on planar float32 copies: faster than channels last, and the network keeps bf16.
        leaves = [output.detach().float().contiguous().requires_grad_() for output in outputs]
        truth = batch.images.to(config.device).contiguous()
        region = region_map(batch.weights.to(config.device))
        losses = portrait_loss(leaves[-1], truth, region, config.losses)
        total = losses["total"]
        if len(leaves) > 1:
            smaller = torch.nn.functional.avg_pool2d(truth, FULL_SIZE // DRAFT_SIZE)
            draft = portrait_loss(leaves[0], smaller, region, config.losses)["total"]
            total = total + config.draft_weight * draft
        total.backward()  # type: ignore[no-untyped-call]
        numbers = {name: float(value.detach()) for name, value in losses.items()}
        torch.autograd.backward(
            outputs, [_gradient(leaf).to(output.dtype) for leaf, output in zip(leaves, outputs, strict=True)]
        )
        parameters = learned_parameters(self.network)
        norm = float(torch.nn.utils.clip_grad_norm_(parameters, 1.0, foreach=True))
        numbers["gradient_norm"] = norm
        if math.isfinite(norm) and math.isfinite(numbers["total"]):
            self.optimiser.step()
            decay = mean_decay(progress.views, config.batch)
            averages: list[Tensor] = list(self.average.parameters())
            with torch.no_grad():
                torch._foreach_lerp_(averages, list(self.network.parameters()), 1.0 - decay)
        self.optimiser.zero_grad(set_to_none=True)
        progress.step += 1
        progress.views += config.batch
        progress.views_full += config.batch if size == FULL_SIZE else 0
        return numbers

    def predict(self, network: PortraitNetwork, batch: Batch, full: bool) -> list[Tensor]:
        """The network's outputs for ``batch``: ``[(B, 4, 128, 128)]``, with ``full`` also 256 pixels, unclamped."""
        device = self.config.device
        with torch.autocast(torch.device(device).type, torch.bfloat16, enabled=self.config.half_precision):
            outputs: list[Tensor] = network(
                batch.attributes.to(device), batch.identity.to(device), full, dense=device != "cpu"
            )
        return outputs

    def held_out_psnr(self, size: int, count: int = 64) -> float:
        """PSNR in dB over mid grey of the running mean's pictures of up to ``count`` held-out people."""
        errors: list[Tensor] = []
        for start in range(0, min(count, self.dataset.held_out_count), 16):
            batch = self.dataset.held_out(min(16, count - start), size, start)
            with torch.no_grad():
                picture = self.predict(self.average, batch, full=size == FULL_SIZE)[-1].float().cpu()
            errors.append((over_grey(picture) - over_grey(batch.images)).square().mean((1, 2, 3)))
        return float(-10.0 * torch.log10(torch.cat(errors).clamp_min(1e-10)).mean()) if errors else float("nan")

    def sheet(self, size: int, count: int = 8) -> Image.Image | None:
        """Held-out people: truth above, running mean below; None without held-out people."""
        if not self.dataset.held_out_count:
            return None
        batch = self.dataset.held_out(count, size)
        with torch.no_grad():
            picture = self.predict(self.average, batch, full=size == FULL_SIZE)[-1].float().cpu()
        rows = [torch.cat(list(over_grey(pictures)), 2) for pictures in (batch.images, picture)]
        pixels = torch.cat(rows, 1).permute(1, 2, 0).mul(255.0).round().to(torch.uint8)
        return Image.fromarray(pixels.numpy())

    def save(self) -> None:
        """Write the checkpoint in one step, so that an interruption leaves the one before."""
        self.config.run.mkdir(parents=True, exist_ok=True)
        state = {
            "format": 1,
            "network_config": self.network.config.to_json(),
            "train_config": json.loads(json.dumps(asdict(self.config), default=str)),
            "network": _weights(self.network),
            "average": _weights(self.average),
            "optimiser": self.optimiser.state_dict(),
            "progress": asdict(self.progress),
            "people": self.dataset.train_count,
            "machine": f"{platform.machine()}, {torch.get_num_threads()} threads",
        }
        unfinished = self.config.run / f"{CHECKPOINT}.part"
        torch.save(state, unfinished)
        os.replace(unfinished, self.config.run / CHECKPOINT)

    def resume(self) -> bool:
        """Go on from the run folder's checkpoint, if there is one. Raises :class:`TrainingError` if it does not fit."""
        path = self.config.run / CHECKPOINT
        if not path.exists():
            return False
        state = load_checkpoint(path)
        if NetworkConfig.from_json(state["network_config"]) != self.network.config:
            raise TrainingError(f"{path} is of another network; choose another run folder")
        self.network.load_state_dict(state["network"], strict=False)
        self.average.load_state_dict(state["average"], strict=False)
        self.optimiser.load_state_dict(state["optimiser"])
        self.progress = Progress(**state["progress"])
        return True


def load_checkpoint(path: Path) -> dict[str, Any]:
    """Read a checkpoint (tensors and plain values only). Raises :class:`TrainingError`."""
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:
        raise TrainingError(f"{path} cannot be read as a checkpoint: {error}") from error
    if not isinstance(state, dict) or state.get("format") != 1:
        raise TrainingError(f"{path} is not a checkpoint of the generator")
    return state


def load_average(
    path: Path, make_network: Callable[[NetworkConfig], PortraitNetwork]
) -> tuple[PortraitNetwork, dict[str, Any]]:
    """The running mean of a checkpoint's weights as a network, and the whole checkpoint."""
    state = load_checkpoint(path)
    network = make_network(NetworkConfig.from_json(state["network_config"]))
    network.load_state_dict(state["average"], strict=False)
    return network.requires_grad_(False), state


def training_facts(network: PortraitNetwork, state: dict[str, Any]) -> dict[str, Any]:
    """What the manifest tells of a run: views, people, sizes of the network, settings."""
    config, progress = state["train_config"], state["progress"]
    return {
        "supervised": "exact labels of rendered people; no photographs, no pretrained weights",
        "people": state["people"],
        "views": progress["views"],
        "views_at_256": progress["views_full"],
        "parameters": sum(parameter.numel() for parameter in network.parameters()),
        "draft_multiply_adds_million": round(sum(multiply_adds(network, False).values())),
        "full_multiply_adds_million": round(sum(multiply_adds(network, True).values())),
        "points": int(network.geometry.canonical.shape[0]),
        "stages": config["stages"],
        "batch": config["batch"],
        "learning_rate": config["learning_rate"],
        "losses": config["losses"],
        "seed": config["seed"],
        "machine": state["machine"],
    }


def train(
    config: TrainConfig,
    make_network: Callable[[NetworkConfig], PortraitNetwork],
    mirror: MirroredLabels,
    report: Callable[[str], None] = print,
) -> Trainer:
    """Run (or go on with) a whole training run; an interruption ends it cleanly after the current step.

    Waits until ``config.minimum_people`` are rendered. Raises :class:`TrainingError` or
    :class:`~creator.training.people_dataset.DatasetError`.
    """
    if config.device == "cpu":
        torch.set_num_threads(config.threads)
        keep_freed_memory()
    with _interruptible() as interrupted:
        dataset = PeopleDataset(config.data, mirror)
        while dataset.train_count < config.minimum_people and not interrupted:
            report(f"waiting for rendered people: {dataset.train_count} of {config.minimum_people}")
            time.sleep(min(5.0, config.report_seconds))
            dataset.refresh()
        trainer = Trainer(config, dataset, make_network)
        if trainer.resume():
            report(f"going on after {trainer.progress.views} views")
        _loop(trainer, interrupted, report)
    return trainer


def _loop(trainer: Trainer, interrupted: list[int], report: Callable[[str], None]) -> None:
    config, progress = trainer.config, trainer.progress
    timed = config.stages[0].unit == "seconds"
    planned = sum(stage.amount for stage in config.stages)
    begun, spent_before = time.monotonic(), progress.spent
    last_report, last_save, last_views = begun, begun, progress.views
    sums: dict[str, float] = {}
    size = config.stages[0].size
    while not interrupted and (stage := stage_at(config.stages, progress.spent)):
        size = stage.size
        for name, value in trainer.step(size).items():
            sums[name] = sums.get(name, 0.0) + value * config.batch
        now = time.monotonic()
        progress.spent = spent_before + (now - begun) if timed else progress.spent + 1
        if now - last_report >= config.report_seconds:
            trainer.dataset.refresh()
            views = progress.views - last_views
            numbers = {name: value / views for name, value in sums.items()}
            line = {
                "views": progress.views,
                "people": trainer.dataset.train_count,
                "size": size,
                "views_per_second": round(views / (now - last_report), 2),
                "rate": rate_at(config, progress),
                "psnr": round(trainer.held_out_psnr(size), 3),
                **{name: round(value, 5) for name, value in numbers.items()},
            }
            _append(config.run / PROGRESS, line)
            report(_progress_line(line, progress, planned, timed))
            sums, last_views, last_report = {}, progress.views, time.monotonic()
        if now - last_save >= config.save_seconds:
            _keep(trainer, size)
            last_save = time.monotonic()
    _keep(trainer, size)
    psnr = trainer.held_out_psnr(size)
    ended = "stopped" if interrupted else "done"
    report(f"{ended}: {progress.views} views, held-out PSNR {psnr:.2f} dB at {size} pixels")


def _keep(trainer: Trainer, size: int) -> None:
    trainer.save()
    if sheet := trainer.sheet(size):
        sheet.save(trainer.config.run / f"sheet_{trainer.progress.views:07d}.png")


def _progress_line(line: dict[str, Any], progress: Progress, planned: float, timed: bool) -> str:
    left = planned - progress.spent
    remaining = f"{left / 60:.1f} min left" if timed else f"{left:.0f} steps left"
    return (
        f"{line['size']} px  {line['views']} views of {line['people']} people  {line['views_per_second']:.1f}/s  "
        f"loss {line['total']:.4f} (pyramid {line['pyramid']:.4f}, structure {line['structure']:.4f}, "
        f"alpha {line['alpha']:.4f})  held-out {line['psnr']:.2f} dB  {remaining}"
    )


def _append(path: Path, line: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def over_grey(portrait: Tensor) -> Tensor:
    """Premultiplied ``(B, 4, S, S)`` over mid grey: ``(B, 3, S, S)``, clamped to 0..1."""
    alpha = portrait[:, 3:].clamp(0.0, 1.0)
    return (portrait[:, :3] + GREY * (1.0 - alpha)).clamp(0.0, 1.0)


def keep_freed_memory() -> None:
    """Let glibc reuse large freed blocks instead of handing them back: on a CPU this alone makes steps twice as fast.

    Every activation is tens of megabytes, and each fresh block costs a page fault every 4 KiB. No effect elsewhere.
    """
    if platform.libc_ver()[0] == "glibc":
        library = ctypes.CDLL(None)
        mmap_threshold, trim_threshold = -3, -1
        library.mallopt(mmap_threshold, 1 << 30)
        library.mallopt(trim_threshold, (1 << 31) - 1)


@contextmanager
def _interruptible() -> Iterator[list[int]]:
    """Collect SIGINT and SIGTERM in a list instead of raising; a second one raises as usual."""
    received: list[int] = []

    def receive(number: int, _frame: FrameType | None) -> None:
        if received:
            raise KeyboardInterrupt
        received.append(number)

    before = {}
    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            before[number] = signal.signal(number, receive)
    except ValueError:  # not the main thread: the caller stops the run otherwise
        pass
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _weights(network: PortraitNetwork) -> dict[str, Tensor]:
    return {name: value for name, value in network.state_dict().items() if not name.startswith("geometry.")}


def _gradient(leaf: Tensor) -> Tensor:
    if leaf.grad is None:
        raise TrainingError("the loss does not depend on every output")
    return leaf.grad
