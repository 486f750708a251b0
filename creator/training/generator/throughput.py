"""How fast a machine makes people, reads them and trains on them: a look before a long run."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch

from creator.training.generator.network import (
    SIZES,
    NetworkConfig,
    PortraitNetwork,
    multiply_adds,
    people_config,
    people_network,
)
from creator.training.generator.people_dataset import PeopleDataset, write_shard
from creator.training.generator.render_people import STRANDS, render_shard
from creator.training.generator.train import Stage, TrainConfig, Trainer, keep_freed_memory, memory_gib
from creator.training.people_schema import SCHEMA
from creator.training.renderer.people_renderer import PeopleRenderer

_PEOPLE = 4  # rendered; repeated to make a shard
_REPEATS = 8
_BATCHES = {"cpu": {128: 8, 256: 4, 512: 2}, "cuda": {128: 256, 256: 96, 512: 32}}


def best_device() -> str:
    return "cuda" if torch.cuda.is_available() else "cpu"


def rate_of(action: Callable[[], object], pictures: int, seconds: float, finish: Callable[[], None]) -> float:
    """Pictures a second of an action that makes ``pictures``, after one call to warm up."""
    action()
    finish()
    calls, begun = 0, time.perf_counter()
    while calls == 0 or time.perf_counter() - begun < seconds:
        action()
        finish()
        calls += 1
    return calls * pictures / (time.perf_counter() - begun)


def rendered_shard(size: int, report: Callable[[str], None]) -> dict[str, np.ndarray]:
    """A small shard with maps; reports how fast it was rendered."""
    begun = time.perf_counter()
    renderer = PeopleRenderer(SCHEMA, size, strands=STRANDS[size])
    built = time.perf_counter() - begun
    shard = render_shard(renderer, 0, 1, _PEOPLE, maps=True)
    begun = time.perf_counter()
    renderer.render(shard["attributes"], shard["identity"], maps=True)
    rate = _PEOPLE / (time.perf_counter() - begun)
    name = renderer.context.info["GL_RENDERER"]
    report(f"renderer   {size} px with maps: {rate:.2f} people/s a process (made in {built:.1f} s; {name})")
    repeated = {key: np.concatenate([array] * _REPEATS) for key, array in shard.items()}
    # People of their own, so that some are held out.
    count = _PEOPLE * _REPEATS
    repeated["identity"] = np.random.default_rng(0).standard_normal((count, 64)).astype(np.float32)
    return repeated


def stages_up_to(size: int) -> tuple[Stage, ...]:
    """One step of every stage that a generator of ``size`` pixels goes through."""
    sizes = [each for each in SIZES if each <= size]
    adversarial = [each for each in sizes if each > SIZES[0]]
    return tuple([Stage(s, 1, "steps") for s in sizes] + [Stage(s, 1, "steps", True) for s in adversarial])


def trained(
    folder: Path, device: str, seconds: float, config: NetworkConfig,
    make_network: Callable[[NetworkConfig], PortraitNetwork],
) -> Iterator[str]:  # fmt: skip
    """Train on the shards of ``folder``; yield a line for the data set at each size, then for each stage."""
    cuda = torch.device(device).type == "cuda"
    finish = torch.cuda.synchronize if cuda else lambda: None
    batches = _BATCHES["cuda" if cuda else "cpu"]
    stages = stages_up_to(config.size)
    run = TrainConfig(folder, folder / "run", stages, config, device=device)
    dataset = PeopleDataset(folder, None, device, 1 << 30 if cuda else 0)
    for size in config.sizes:
        count, random = batches[size], np.random.default_rng(0)
        maps = dataset.has_maps and size == config.size
        rate = rate_of(lambda c=count, s=size, m=maps, r=random: dataset.batch(r, c, s, m), count, seconds / 4, finish)  # type: ignore[misc]
        yield f"data set   {size} px{' with maps' if maps else ''}: {rate:.0f} pictures/s"
    trainer = Trainer(run, dataset, make_network)
    for stage in stages:
        trainer.use_batch(batches[stage.size])
        if cuda:
            torch.cuda.reset_peak_memory_stats()
        rate = rate_of(lambda s=stage: trainer.step(s), batches[stage.size], seconds, finish)  # type: ignore[misc]
        yield (
            f"stage {stage.name:<5}{rate:.1f} pictures/s, batches of {batches[stage.size]}, "
            f"{memory_gib(trainer.device):.1f} GiB"
        )
    trainer.close()
    for name, part in (("generator", trainer.network), ("critic", trainer.discriminator)):
        if part is not None:
            yield f"{name:<11}{sum(parameter.numel() for parameter in part.parameters()) / 1e6:.1f} M parameters"
    for size, maps in [*((s, False) for s in config.sizes), (config.size, True)]:
        cost = sum(multiply_adds(trainer.network, size, maps).values()) / 1000
        yield f"picture    {size} px{' with maps' if maps else ''}: {cost:.2f} GMAC"


def check(device: str, size: int | None, seconds: float, report: Callable[[str], None]) -> None:
    """Report the throughput of renderer, data set and every training stage up to ``size`` pixels on ``device``.

    Without a size it is 512, or 256 on the CPU, which takes longer than a minute for 512.
    """
    device = device or best_device()
    size = size or (256 if device == "cpu" else 512)
    name = torch.cuda.get_device_name(device) if torch.device(device).type == "cuda" else "CPU"
    report(f"device     {name}, {torch.get_num_threads()} CPU threads, torch {torch.__version__}")
    if device == "cpu":
        keep_freed_memory()
    with tempfile.TemporaryDirectory() as folder:
        write_shard(Path(folder), 0, rendered_shard(size, report))
        for line in trained(Path(folder), device, seconds, people_config(size), people_network):
            report(line)
