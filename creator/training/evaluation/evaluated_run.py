"""Evaluating a training run: load what is needed, measure once, keep, record and show the figures."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import torch

from creator.atomic_write import write_atomically
from creator.errors import UsageError
from creator.training.evaluation.gates import with_graphs
from creator.training.evaluation.measure import Counts, Evaluation, weights_digest
from creator.training.evaluation.page import write_page
from creator.training.evaluation.pairs import pairs_sheet
from creator.training.evaluation.people import held_out_people
from creator.training.evaluation.pictures import Portraitist, smaller
from creator.training.evaluation.record import WEIGHTS, record
from creator.training.evaluation.render_cache import people_render_cache
from creator.training.evaluation.report import Report, read_report, write_report
from creator.training.generator.export_onnx import rounded_network
from creator.training.generator.network import PortraitNetwork, people_network
from creator.training.generator.people_dataset import PeopleDataset
from creator.training.generator.train import keep_freed_memory, load_average
from creator.training.people_schema import SCHEMA
from creator.training.readers.evaluator import Evaluator

_PAIR_SIZE = 256
_PAIR_QUALITY = 90


@dataclass(frozen=True)
class EvaluationPlan:
    """Folders of the data, the run, the renders to keep, the readers' runs, and where the figures go; how much is
    measured, and at which ``size`` (by default the largest that network and data have)."""

    data: Path
    run: Path
    renders: Path
    reader: Path | None = None
    identity: Path | None = None
    models: Path | None = None
    docs: Path | None = None
    counts: Counts = field(default_factory=Counts)
    size: int | None = None
    threads: int = 2


def evaluate_run(plan: EvaluationPlan, report: Callable[[str], None] = print) -> Report:
    """Measure the run's generator unless its figures are known; write them where the plan says. Return them.

    Raises :class:`~creator.training.evaluation.report.EvaluationError` and what loading raises.
    """
    if plan.identity is not None and plan.reader is None:
        raise UsageError("--identity needs --reader, the run of train-reader")
    torch.set_num_threads(plan.threads)
    keep_freed_memory()
    network, facts = load_average(plan.run, people_network)
    network = rounded_network(network)
    found = read_report(plan.run)
    wanted = _wanted(plan, network)
    if found is None or found.facts.get("request") != wanted:
        dataset = PeopleDataset(plan.data)
        _check_size(plan.size, network, dataset)
        evaluator = None if plan.reader is None else Evaluator.load(plan.reader, plan.identity)
        evaluation = Evaluation(
            network, dataset, people_render_cache(plan.renders, report), SCHEMA, evaluator,
            None if evaluator is None or plan.identity is None else evaluator.embed, plan.counts, report, plan.size,
        )  # fmt: skip
        measured, matrix = evaluation.run()
        own = {"request": wanted, "views": facts["progress"]["views"]}
        found = replace(measured, facts={**measured.facts, **own})
        report(f"wrote {write_report(plan.run, found, matrix)}")
    else:
        report(f"these weights are measured already: {plan.run}")
    found = with_graphs(found, None) if plan.models is None else record(plan.models, found)
    if plan.docs is not None:
        for path in write_page(plan.docs, found, SCHEMA):
            report(f"wrote {path}")
    return found


def _wanted(plan: EvaluationPlan, network: PortraitNetwork) -> dict[str, Any]:
    """What was asked for, as kept with the figures."""
    return {
        "weights": weights_digest(network),
        "counts": asdict(plan.counts),
        "size": plan.size,
        "reader": plan.reader is not None,
        "identity": plan.identity is not None,
    }


def _check_size(size: int | None, network: PortraitNetwork, dataset: PeopleDataset) -> None:
    sizes = [each for each in network.config.sizes if each <= dataset.size]
    if size is not None and size not in sizes:
        raise UsageError(f"this run can be measured at {', '.join(map(str, sizes))} pixels, not at {size}")


def weights_facts(network: PortraitNetwork) -> dict[str, str]:
    """What the manifest's training facts tell of the weights, so that figures find their model."""
    return {WEIGHTS: weights_digest(rounded_network(network))}


def carry_evaluation(run: Path, models: Path, network: PortraitNetwork) -> bool:
    """Write the run's figures into the manifest in ``models`` if they are of this network; return whether they were."""
    found = read_report(run)
    if found is None or found.weights != weights_facts(network)[WEIGHTS]:
        return False
    record(models, found)
    return True


def write_pairs(data: Path, run: Path, output: Path, count: int = 24, seed: int = 0) -> None:
    """Write the sheet of pairs of ``count`` held-out people at 256 pixels."""
    network, _ = load_average(run, people_network)
    dataset = PeopleDataset(data)
    size = min(_PAIR_SIZE, network.config.size, dataset.size)
    people, rendered = held_out_people(dataset, count)
    made = Portraitist(rounded_network(network), size)(people.attributes, people.identity)
    stream = io.BytesIO()
    kind = "PNG" if output.suffix == ".png" else "WEBP"
    pairs_sheet(smaller(rendered, size), made, seed).save(stream, kind, quality=_PAIR_QUALITY, method=6)
    output.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(output, stream.getvalue())
