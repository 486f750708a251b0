"""Training of the generator on rendered people: supervised stages, then adversarial ones. On a GPU or a few CPU cores.

The run folder holds the checkpoint (see ``checkpoint``), ``progress.jsonl`` (one line of numbers a report) and
``sheet_<views>.png`` (held-out people: the truth above, the generator below).
"""

from __future__ import annotations

import copy
import ctypes
import json
import math
import platform
import re
import resource
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from creator.training.generator.background_rendering import BackgroundRendering, rendering
from creator.training.generator.checkpoint import (
    CHECKPOINT,
    PART_BYTES,
    TrainingError,
    compressed,
    expanded,
    read_checkpoint,
    rounded_state,
    write_checkpoint,
)
from creator.training.generator.discriminator import (
    Discriminator,
    DiscriminatorConfig,
    discriminator_loss,
    feature_matching,
    generator_loss,
    geometry_map,
    gradient_penalty,
    shown,
)
from creator.training.generator.losses import LossWeights, maps_loss, portrait_loss, region_map, texture_loss
from creator.training.generator.network import (
    MAPS_PARTS,
    NOISE_PARTS,
    NOISE_SIZE,
    SIZES,
    NetworkConfig,
    PortraitNetwork,
    Portraits,
    learned_parameters,
    multiply_adds,
)
from creator.training.generator.people_dataset import Batch, MirroredLabels, PeopleDataset

PROGRESS = "progress.jsonl"
GREY = 0.5
_REWARM_STEPS = 50  # after resuming, which keeps no moments, and where a stage brings other gradients


@dataclass(frozen=True)
class Stage:
    """A part of the run: train heads up to ``size`` pixels for ``amount`` seconds or steps, perhaps adversarially.

    With ``alone`` only some layers are trained, and the backward pass ends there: "t", those on top that no smaller
    picture needs; "n", the strength of the fixed noise, by the pictures' texture; "m", the head of the maps.
    """

    size: int
    amount: float
    unit: str = "seconds"
    adversarial: bool = False
    alone: str = ""

    @property
    def name(self) -> str:
        return f"{self.size}{'a' * self.adversarial}{self.alone}"


@dataclass(frozen=True)
class TrainConfig:
    """One run. ``threads`` is the number of CPU threads; stages all have the same unit."""

    data: Path
    run: Path
    stages: tuple[Stage, ...]
    network: NetworkConfig
    discriminator: DiscriminatorConfig = field(default_factory=DiscriminatorConfig)
    batch: int = 16
    learning_rate: float = 1e-3
    adversarial_rate: float = 2e-4  # falls to a quarter within a stage
    penalty: float = 50.0  # gamma of R1 and R2 at 256 pixels; grows with the number of pixels
    penalty_every: int = 8
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
    limit_seconds: float = math.inf
    resident_bytes: int = 0
    part_bytes: int = PART_BYTES


def parse_stages(text: str) -> tuple[Stage, ...]:
    """Read ``128:1200s,256a:1800s`` (seconds) or ``128:5000,256t:2000`` (steps).

    "a" is for adversarial; the top layers, the noise or the maps alone are trained with "t", "n" or "m". Raises
    :class:`TrainingError`.
    """
    stages = []
    for part in text.split(","):
        found = re.fullmatch(r"(\d+)(a?)([tnm]?):([\d.e+]+)(s?)", part.strip())
        try:
            if not found:
                raise ValueError
            size, adversarial, alone, amount, unit = found.groups()
            stage = Stage(int(size), float(amount), "seconds" if unit else "steps", bool(adversarial), alone)
        except ValueError:
            raise TrainingError(f"'{part}' is no stage; write for example 128:1200s or 256:2000") from None
        if stage.size not in SIZES or not stage.amount > 0 or math.isinf(stage.amount):
            raise TrainingError(f"'{part}': a stage is of {SIZES} pixels, for more than no time")
        if stage.alone == "t" and stage.size == SIZES[0]:
            raise TrainingError(f"'{part}': the smallest picture needs all layers; there is no top to train alone")
        if stage.alone == "n" and stage.size != NOISE_SIZE:
            raise TrainingError(f"'{part}': the noise is in pictures of {NOISE_SIZE} pixels")
        stages.append(stage)
    if len({stage.unit for stage in stages}) != 1:
        raise TrainingError("the stages must all be in seconds or all in steps")
    return tuple(stages)


@dataclass
class Progress:
    """How far a run is. ``spent`` is in the unit of the stages, over all parts of a resumed run."""

    step: int = 0
    views: int = 0
    views_by_stage: dict[str, int] = field(default_factory=dict)
    spent: float = 0.0


def _place(stages: tuple[Stage, ...], spent: float) -> tuple[int, float]:
    """The index of the stage after ``spent`` seconds or steps, their number at the end, and how much of it is done."""
    for index, stage in enumerate(stages):
        if spent < stage.amount:
            return index, spent
        spent -= stage.amount
    return len(stages), 0.0


def stage_at(stages: tuple[Stage, ...], spent: float) -> Stage | None:
    """The stage after ``spent`` seconds or steps; None at the end of the run."""
    index, _ = _place(stages, spent)
    return stages[index] if index < len(stages) else None


def rate_at(config: TrainConfig, progress: Progress) -> float:
    """Learning rate of the stage at hand. Supervised: linear warm-up by views, then a cosine over all supervised
    stages; one of the top layers alone has a cosine of its own, since its layers are new. Adversarial: falls to a
    quarter within the stage."""
    stages = config.stages
    index, within = _place(stages, progress.spent)
    stage = stages[index] if index < len(stages) else None
    if stage is not None and stage.adversarial:
        return config.adversarial_rate * 0.25 ** (within / stage.amount)
    if stage is not None and stage.alone:
        part = within / stage.amount
    else:
        whole = [each for each in stages if not (each.adversarial or each.alone)]
        before = [each for each in stages[:index] if each in whole]
        planned = sum(each.amount for each in whole)
        part = (sum(each.amount for each in before) + within) / planned if planned else 1.0
    cosine = config.final_rate + (1.0 - config.final_rate) * 0.5 * (1.0 + math.cos(math.pi * part))
    return config.learning_rate * cosine * min(1.0, (progress.views + config.batch) / max(1, config.warm_up_views))


def mean_decay(views: int, batch: int) -> float:
    """Decay of the running mean of the weights for one step: its half-life grows from 100 to 20,000 pictures."""
    half_life = min(max(100.0, 0.05 * views), 20_000.0)
    return float(0.5 ** (batch / half_life))


class Trainer:
    """A run's state: the network, the running mean of its weights, the discriminator, optimisers and the progress.

    ``make_network`` builds the untrained network with its geometry.
    """

    def __init__(
        self, config: TrainConfig, dataset: PeopleDataset, make_network: Callable[[NetworkConfig], PortraitNetwork]
    ) -> None:
        if not config.stages:
            raise TrainingError("there is no stage to train")
        largest = max(stage.size for stage in config.stages)
        if largest > config.network.size:
            raise TrainingError(f"the network's pictures end at {config.network.size} pixels, before {largest}")
        if dataset.attribute_size != config.network.attribute_size:
            raise TrainingError(f"the people in {config.data} were rendered with another attribute schema")
        if dataset.size < largest:
            raise TrainingError(f"the people in {config.data} were rendered at {dataset.size} pixels, below {largest}")
        self.config = config
        self.dataset = dataset
        self.device = torch.device(config.device)
        self.maps_size = config.network.size if dataset.has_maps else 0
        torch.manual_seed(config.seed)
        self.network = make_network(config.network).to(self.device)
        self.network.standardise(dataset.attribute_sample())
        self.average = copy.deepcopy(self.network).requires_grad_(False)
        parameters = learned_parameters(self.network)
        self.optimiser = torch.optim.Adam(parameters, lr=config.learning_rate, betas=(0.9, 0.99), fused=True)
        self.discriminator: Discriminator | None = None
        if any(stage.adversarial for stage in config.stages):
            self.discriminator = Discriminator(config.discriminator, config.network.size).to(self.device)
            self.critic_optimiser = torch.optim.Adam(
                self.discriminator.parameters(), lr=config.adversarial_rate, betas=(0.0, 0.99), fused=True
            )
        self.progress = Progress()
        self._batch_size = config.batch
        self._steps_here = _REWARM_STEPS
        self._stage_before: Stage | None = None
        self._worker = ThreadPoolExecutor(1)
        self._prepared: tuple[tuple[int, int, bool], Future[Batch]] | None = None

    def use_batch(self, size: int) -> None:
        """Take ``size`` pictures a step from now on."""
        self.wait()
        self._prepared, self._batch_size = None, size

    def close(self) -> None:
        """Stop preparing batches."""
        self._worker.shutdown()
        self._prepared = None

    def _batch(self, stage: Stage) -> Batch:
        """The batch of this step, prepared during the step before; starts preparing the next one."""
        wanted = (self.progress.step, stage.size, self.maps_size == stage.size)
        if self._prepared is None or self._prepared[0] != wanted:
            self.wait()
            self._prepared = (wanted, self._worker.submit(self._make_batch, *wanted))
        batch = self._prepared[1].result()
        following = (wanted[0] + 1, *wanted[1:])
        self._prepared = (following, self._worker.submit(self._make_batch, *following))
        return batch

    def _make_batch(self, step: int, size: int, maps: bool) -> Batch:
        # The batch depends on seed and step alone, so that a resumed run goes on where it was.
        return self.dataset.batch(np.random.default_rng((self.config.seed, step)), self._batch_size, size, maps)

    def wait(self) -> None:
        """Wait for the batch that is being prepared, so that the data set may be changed."""
        if self._prepared is not None:
            self._prepared[1].exception()

    def step(self, stage: Stage) -> dict[str, Tensor]:
        """Train on one batch; return the losses by name, as scalar tensors on the device."""
        config, progress = self.config, self.progress
        batch = self._batch(stage)
        if stage != self._stage_before:
            self._enter(stage)
        rate = rate_at(config, progress) * min(1.0, (self._steps_here + 1) / _REWARM_STEPS)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
            group["betas"] = (0.0, 0.99) if stage.adversarial else (0.9, 0.99)
        with self._autocast():
            found = self._run(self.network, batch, stage.size, batch.maps is not None)
        outputs = [*found.pictures, *([] if found.maps is None else [found.maps])]
        # The losses run on planar float32 copies: faster than channels last, and the network keeps bf16.
        leaves = [output.detach().float().contiguous().requires_grad_() for output in outputs]
        made = Portraits(leaves[: len(found.pictures)], None if found.maps is None else leaves[-1])
        numbers = self._losses(made, batch, stage)
        if stage.adversarial:
            more = self._adversarial(made.pictures[-1], batch, rate)
            numbers["total"] = numbers["total"] + more.pop("generator_total")
            numbers |= more
        numbers["total"].backward()  # type: ignore[no-untyped-call]
        learning = [pair for pair in zip(outputs, leaves, strict=True) if pair[0].requires_grad]
        torch.autograd.backward(
            [output for output, _ in learning], [_gradient(leaf).to(output.dtype) for output, leaf in learning]
        )
        norm = torch.nn.utils.clip_grad_norm_(learned_parameters(self.network), 1.0, foreach=True)
        numbers = {name: value.detach() for name, value in numbers.items()} | {"gradient_norm": norm.detach()}
        if bool(torch.isfinite(norm + numbers["total"])):
            self.optimiser.step()
            # The layers of a top stage are new: their mean must forget where they began.
            age = progress.views_by_stage.get(stage.name, 0) if stage.alone else progress.views
            decay = mean_decay(age, self._batch_size)
            averages: list[Tensor] = list(self.average.parameters())
            with torch.no_grad():
                torch._foreach_lerp_(averages, list(self.network.parameters()), 1.0 - decay)
        self.optimiser.zero_grad(set_to_none=True)
        self._steps_here += 1
        progress.step += 1
        progress.views += self._batch_size
        progress.views_by_stage[stage.name] = progress.views_by_stage.get(stage.name, 0) + self._batch_size
        return numbers

    def _enter(self, stage: Stage) -> None:
        before, self._stage_before = self._stage_before, stage
        if stage.alone or stage.adversarial != (before is not None and before.adversarial):
            # The second moments know the gradients of before: without this the first steps would be far too long.
            self._steps_here = 0
        alone: dict[str, tuple[str, ...]] = {"n": NOISE_PARTS, "m": MAPS_PARTS}
        if stage.alone == "t":
            alone["t"] = self.network.top_parts(stage.size)
        for name, parameter in self.network.named_parameters():
            # Elsewhere the noise stays as it is: compared pixel by pixel, it could but vanish.
            part = name.partition(".")[0]
            parameter.requires_grad_(part in alone[stage.alone] if stage.alone else part not in NOISE_PARTS)

    def _losses(self, made: Portraits, batch: Batch, stage: Stage) -> dict[str, Tensor]:
        """The supervised losses; smaller pictures count ``draft_weight`` each."""
        config = self.config
        truth = batch.images.contiguous()
        if stage.alone == "n":
            texture = texture_loss(made.pictures[-1], truth)
            return {"texture": texture, "total": texture}
        region = region_map(batch.weights)
        if stage.alone == "m":
            if made.maps is None or batch.maps is None:
                raise TrainingError(f"the maps need people with maps and the largest size; see {config.data}")
            found = maps_loss(made.maps, batch.maps, region)
            return {"maps": found, "total": found}
        losses = portrait_loss(made.pictures[-1], truth, region, config.losses)
        for smaller in made.pictures[:-1]:
            reduced = torch.nn.functional.avg_pool2d(truth, truth.shape[-1] // smaller.shape[-1])
            draft = portrait_loss(smaller, reduced, region, config.losses)["total"]
            losses["total"] = losses["total"] + config.draft_weight * draft
        if made.maps is not None and batch.maps is not None:
            losses["maps"] = maps_loss(made.maps, batch.maps, region)
            losses["total"] = losses["total"] + config.losses.maps * losses["maps"]
        return losses

    def _adversarial(self, made: Tensor, batch: Batch, rate: float) -> dict[str, Tensor]:
        """Train the discriminator on one batch, then judge ``made`` (B, 4, S, S) for the generator."""
        config, judge = self.config, self.discriminator
        assert judge is not None
        random = torch.Generator().manual_seed(config.seed * 1_000_003 + self.progress.step)
        background = torch.rand(len(made), 3, generator=random).to(self.device)
        geometry = geometry_map(self.network.geometry, batch.attributes, batch.identity, self._dense)
        real = shown(batch.images, background, batch.maps)
        for group in self.critic_optimiser.param_groups:
            group["lr"] = rate
        judge.requires_grad_(True)
        with self._autocast():
            on_real = judge(real, geometry)
            on_made = judge(shown(made.detach(), background, batch.maps), geometry)
        loss = discriminator_loss(on_real.logits.float(), on_made.logits.float())
        numbers = {"critic": loss}
        if self.progress.step % config.penalty_every == 0:
            penalty = gradient_penalty(judge, real, geometry)
            penalty = penalty + gradient_penalty(judge, shown(made.detach(), background, batch.maps), geometry)
            numbers["penalty"] = penalty
            loss = loss + config.penalty * (made.shape[-1] / 256) ** 2 * config.penalty_every * penalty
        loss.backward()  # type: ignore[no-untyped-call]
        critic_norm = torch.nn.utils.clip_grad_norm_(judge.parameters(), 10.0, foreach=True)
        if bool(torch.isfinite(critic_norm)):
            self.critic_optimiser.step()
        self.critic_optimiser.zero_grad(set_to_none=True)
        judge.requires_grad_(False)
        with self._autocast():
            with torch.no_grad():
                on_real = judge(real, geometry)
            on_made = judge(shown(made, background, batch.maps), geometry)
        numbers["adversarial"] = generator_loss(on_real.logits.float(), on_made.logits.float())
        numbers["matching"] = feature_matching(on_real.features, on_made.features)
        weights = config.losses
        total = weights.adversarial * numbers["adversarial"] + weights.matching * numbers["matching"]
        return numbers | {"generator_total": total}

    @property
    def _dense(self) -> bool:
        return self.device.type != "cpu"

    def _autocast(self) -> torch.autocast:
        return torch.autocast(self.device.type, torch.bfloat16, enabled=self.config.half_precision)

    def _run(self, network: PortraitNetwork, batch: Batch, size: int, maps: bool) -> Portraits:
        found: Portraits = network(batch.attributes, batch.identity, size, maps, dense=self._dense)
        return found

    def predict(self, batch: Batch, size: int) -> Tensor:
        """The running mean's pictures of ``batch`` as float32 (B, 4, size, size) on the CPU, unclamped."""
        with torch.no_grad(), self._autocast():
            return self._run(self.average, batch, size, False).pictures[-1].float().cpu()

    def held_out_psnr(self, size: int, count: int = 64) -> float:
        """PSNR in dB over mid grey of the running mean's pictures of up to ``count`` held-out people."""
        errors: list[Tensor] = []
        for start in range(0, min(count, self.dataset.held_out_count), 16):
            batch = self.dataset.held_out(min(16, count - start), size, start)
            picture = self.predict(batch, size)
            errors.append((over_grey(picture) - over_grey(batch.images.cpu())).square().mean((1, 2, 3)))
        return float(-10.0 * torch.log10(torch.cat(errors).clamp_min(1e-10)).mean()) if errors else float("nan")

    def sheet(self, size: int, count: int = 8) -> Image.Image | None:
        """Held-out people: truth above, running mean below; None without held-out people."""
        if not self.dataset.held_out_count:
            return None
        batch = self.dataset.held_out(count, size)
        rows = [torch.cat(list(over_grey(each)), 2) for each in (batch.images.cpu(), self.predict(batch, size))]
        pixels = torch.cat(rows, 1).permute(1, 2, 0).mul(255.0).round().to(torch.uint8)
        return Image.fromarray(pixels.numpy())

    def save(self) -> None:
        """Write the checkpoint; an interruption leaves the one before."""
        facts = {
            "network_config": self.network.config.to_json(),
            "train_config": json.loads(json.dumps(asdict(self.config), default=str)),
            "progress": asdict(self.progress),
            "people": self.dataset.train_count,
            "machine": _machine(self.device),
        }
        tensors = compressed(_weights(self.average), _weights(self.network))
        if self.discriminator is not None:
            tensors |= rounded_state(self.discriminator, "discriminator")
        write_checkpoint(self.config.run, tensors, facts, self.config.part_bytes)

    def resume(self) -> bool:
        """Go on from the run folder's checkpoint, if there is one. Raises :class:`TrainingError` if it does not fit."""
        if not (self.config.run / CHECKPOINT).exists():
            return False
        kept, facts = read_checkpoint(self.config.run)
        if _network_config(self.config.run, facts) != self.network.config:
            raise TrainingError(f"{self.config.run} is of another network; choose another run folder")
        average, weights = expanded(kept)
        self.average.load_state_dict(average, strict=False)
        self.network.load_state_dict(weights, strict=False)
        critic = {n.removeprefix("discriminator."): t for n, t in kept.items() if n.startswith("discriminator.")}
        if self.discriminator is not None and critic:
            self.discriminator.load_state_dict(critic)
        self.progress = Progress(**facts["progress"])
        self._steps_here = 0
        return True

    def begin_with(self, network: PortraitNetwork) -> None:
        """Take the weights of another generator, such as the shipped one, whose pictures may be smaller.

        Raises :class:`TrainingError` if it has other sizes.
        """
        if replace(network.config, size=self.network.config.size) != self.network.config:
            raise TrainingError("the model to begin with has a network of other sizes than this run")
        for each in (self.network, self.average):
            each.load_state_dict(_weights(network), strict=False)
        self._steps_here = 0


def _network_config(run: Path, facts: dict[str, Any]) -> NetworkConfig:
    try:
        return NetworkConfig.from_json(facts["network_config"])
    except (KeyError, TypeError, ValueError) as error:
        raise TrainingError(f"{run} is of another network; choose another run folder ({error})") from error


def memory_gib(device: torch.device) -> float:
    """The most memory that tensors took on a GPU, or this process altogether on the CPU."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device) / 2**30
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def _machine(device: torch.device) -> str:
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else f"{torch.get_num_threads()} threads"
    return f"{platform.machine()}, {name}"


def load_average(
    run: Path, make_network: Callable[[NetworkConfig], PortraitNetwork]
) -> tuple[PortraitNetwork, dict[str, Any]]:
    """The running mean of a run's weights as a network, and the checkpoint's facts."""
    kept, facts = read_checkpoint(run)
    network = make_network(_network_config(run, facts))
    network.load_state_dict(expanded(kept)[0], strict=False)
    return network.requires_grad_(False), facts


def training_facts(network: PortraitNetwork, state: dict[str, Any]) -> dict[str, Any]:
    """What the manifest tells of a run: views, people, sizes of the network, settings."""
    config, progress = state["train_config"], state["progress"]
    return {
        "data": "rendered people with exact labels; no photographs, no pretrained weights",
        "people": state["people"],
        "views": progress["views"],
        "views_by_stage": progress["views_by_stage"],
        "parameters": sum(parameter.numel() for parameter in network.parameters()),
        "multiply_adds_million": {
            str(size): round(sum(multiply_adds(network, size).values())) for size in network.config.sizes
        },
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
    renderers: BackgroundRendering | None = None,
    begin_with: PortraitNetwork | None = None,
) -> Trainer:
    """Run (or go on with) a whole training run; an interruption or the time limit ends it cleanly after a step.

    ``renderers`` make people in the background meanwhile. A new run has the weights of ``begin_with``, if given.

    Waits until ``config.minimum_people`` are rendered. Raises :class:`TrainingError` or
    :class:`~creator.training.generator.people_dataset.DatasetError`.
    """
    deadline = time.monotonic() + config.limit_seconds
    if config.device == "cpu":
        torch.set_num_threads(config.threads)
        keep_freed_memory()
    else:
        torch.backends.cudnn.benchmark = True
        torch.set_float32_matmul_precision("high")
    with interruptible() as interrupted, rendering(renderers, config.data) as processes:
        dataset = PeopleDataset(config.data, mirror, config.device, config.resident_bytes)
        told = -1
        while dataset.train_count < config.minimum_people and not interrupted and time.monotonic() < deadline:
            if dataset.train_count != told:
                told = dataset.train_count
                report(f"waiting for rendered people: {told} of {config.minimum_people}")
            if any(process.poll() is not None for process in processes):
                raise TrainingError(f"a renderer ended; see {config.data}/render_0.log")
            time.sleep(min(5.0, config.report_seconds))
            dataset.refresh()
        trainer = Trainer(config, dataset, make_network)
        if trainer.resume():
            report(f"going on after {trainer.progress.views} views")
        elif begin_with is not None:
            trainer.begin_with(begin_with)
        try:
            _loop(trainer, interrupted, report, deadline)
        finally:
            trainer.close()
    return trainer


def _loop(trainer: Trainer, interrupted: list[int], report: Callable[[str], None], deadline: float) -> None:
    config, progress = trainer.config, trainer.progress
    timed = config.stages[0].unit == "seconds"
    planned = sum(stage.amount for stage in config.stages)
    begun, spent_before = time.monotonic(), progress.spent
    last_report, last_save, last_views = begun, begun, progress.views
    sums: dict[str, Tensor] = {}
    counts: dict[str, int] = {}
    size = config.stages[0].size
    late = begun >= deadline
    while not interrupted and not late and (stage := stage_at(config.stages, progress.spent)):
        size = stage.size
        for name, value in trainer.step(stage).items():
            sums[name] = sums[name] + value if name in sums else value
            counts[name] = counts.get(name, 0) + 1
        now = time.monotonic()
        late = now >= deadline
        progress.spent = spent_before + (now - begun) if timed else progress.spent + 1
        if now - last_report >= config.report_seconds:
            trainer.wait()
            trainer.dataset.refresh()
            views = progress.views - last_views
            numbers = {name: float(value) / counts[name] for name, value in sums.items()}
            line = {
                "views": progress.views,
                "people": trainer.dataset.train_count,
                "stage": stage.name,
                "views_per_second": round(views / (now - last_report), 2),
                "rate": rate_at(config, progress),
                "psnr": round(trainer.held_out_psnr(size), 3),
                **{name: round(value, 5) for name, value in numbers.items()},
            }
            _append(config.run / PROGRESS, line)
            pace = (now - begun) / max(progress.spent - spent_before, 1e-9)
            report(_progress_line(line, (planned - progress.spent) * (1.0 if timed else pace)))
            sums, counts, last_views, last_report = {}, {}, progress.views, time.monotonic()
        if now - last_save >= config.save_seconds:
            _keep(trainer, size)
            last_save = time.monotonic()
    _keep(trainer, size)
    psnr = trainer.held_out_psnr(size)
    ended = "stopped" if interrupted else "out of time" if late else "done"
    report(f"{ended}: {progress.views} views, held-out PSNR {psnr:.2f} dB at {size} pixels")


def _keep(trainer: Trainer, size: int) -> None:
    trainer.save()
    if sheet := trainer.sheet(size):
        sheet.save(trainer.config.run / f"sheet_{trainer.progress.views:07d}.png")


def _progress_line(line: dict[str, Any], seconds_left: float) -> str:
    """One line for people; ``seconds_left`` of the whole plan."""
    parts = ("pyramid", "structure", "alpha", "texture", "maps", "adversarial", "critic")
    listed = ", ".join(f"{name} {line[name]:.4f}" for name in parts if name in line)
    return (
        f"{line['stage']}  {line['views']} views of {line['people']} people  "
        f"{line['views_per_second']:.1f} pictures/s  loss {line['total']:.4f} ({listed})  "
        f"held-out {line['psnr']:.2f} dB  {seconds_left / 60:.1f} min left"
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
def interruptible() -> Iterator[list[int]]:
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
