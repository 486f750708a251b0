"""What the generator has to reach: each target with its value, met or not."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from creator.training.evaluation.report import ALL, Columns, Gate, Report, Table

LARGEST_STEP = 3.0
_GRAPHS = "exported graphs against torch"


def judged(tables: Mapping[str, Table]) -> tuple[Gate, ...]:
    """All gates that the tables can tell. That of the exported graphs is added by :func:`with_graphs`."""

    def of(question: str, row: str, measure: str) -> Columns:
        return tables.get(question, {}).get(row, {}).get(measure, Columns(None))

    share, choices = of("control", ALL, "r2_share"), of("control", ALL, "accuracy")
    apart, area = of("disentanglement", ALL, "off_diagonal"), of("identity", ALL, "auc")
    skin = of("fidelity, held-out people", "skin", "psnr_db")
    excess = None if apart.generator is None or apart.floor is None else apart.generator - apart.floor
    return (
        _at_least("control of sliders: mean R2, share of the renders'", share.generator, 0.95),
        _at_least("control of choices: mean accuracy", choices.generator, 0.95, note=_renders(choices)),
        _at_most("disentanglement: other attributes' change, above the renders'", excess, 0.05, " sigma"),
        _at_least("identity: AUC, share of the renders'", _ratio(area), 0.98, note=_renders(area)),
        _at_least("skin PSNR on held-out people", skin.generator, 28.0, " dB", f"second {_renders(skin)}"),
        _at_most("sliced Wasserstein distance, over the floor",
                 _ratio(of("distribution", ALL, "sliced_wasserstein")), 2.0),
        _spectrum("skin", of("sharpness", "skin", "top_octave_db")),
        _spectrum("hair", of("sharpness", "hair", "top_octave_db")),
        _at_least("coverage, share of the floor", _ratio(of("diversity", "evaluator", "coverage")), 0.9),
        _at_least("worst demographic cell, over the mean", of("fairness", ALL, "worst_over_mean").generator, 0.9),
        _at_least("nearest training person: distance, over held-out renders'",
                  _ratio(of("diversity", "evaluator", "nearest_training")), 1.0),
        _smooth(tables.get("smoothness", {})),
        Gate("not told from renders at a glance, at 256 pixels", "by eye", None, None, "the sheet of pairs"),
    )  # fmt: skip


def with_graphs(report: Report, difference: float | None) -> Report:
    """The report with the gate of the exported graphs: their largest difference from torch, in 1/255."""
    gates = tuple(gate for gate in report.gates if gate.name != _GRAPHS)
    return replace(report, gates=(*gates, _at_most(_GRAPHS, difference, 2.0, "/255")))


def _at_least(name: str, value: float | None, target: float, unit: str = "", note: str = "") -> Gate:
    met = None if value is None or not math.isfinite(value) else value >= target
    return Gate(name, f"at least {target:g}{unit}", value, met, note)


def _at_most(name: str, value: float | None, target: float, unit: str = "", note: str = "") -> Gate:
    met = None if value is None or not math.isfinite(value) else value <= target
    return Gate(name, f"at most {target:g}{unit}", value, met, note)


def _ratio(columns: Columns) -> float | None:
    if columns.generator is None or not columns.floor:
        return None
    return columns.generator / columns.floor


def _spectrum(region: str, top: Columns) -> Gate:
    name = f"top octave of the spectrum, {region}: difference"
    if top.generator is None:
        return _at_most(name, None, 1.5, " dB")
    return _at_most(name, abs(top.generator), 1.5, " dB", f"{top.generator:+.2f} dB against the renders")


def _smooth(sweeps: Table) -> Gate:
    steps = [each["largest_over_median"] for each in sweeps.values() if "largest_over_median" in each]
    made = [each.generator or 0.0 for each in steps]
    both = [min(each.generator or 0.0, each.floor or 0.0) for each in steps]
    rough, unavoidable = (sum(value > LARGEST_STEP for value in values) for values in (made, both))
    note = f"{rough} of {len(steps)} sliders exceed it, {unavoidable} of them in the renders too" if steps else ""
    name = "slider sweeps: largest step over the median one, worst slider"
    return _at_most(name, max(made) if made else None, LARGEST_STEP, note=note)


def _renders(columns: Columns) -> str:
    return "" if columns.floor is None else f"renders: {columns.floor:.4g}"
