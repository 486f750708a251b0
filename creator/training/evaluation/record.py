"""Putting an evaluation into the manifest of the exported model."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from creator.atomic_write import write_atomically
from creator.manifest import MANIFEST_NAME
from creator.training.evaluation.gates import with_graphs
from creator.training.evaluation.report import EvaluationError, Report

WEIGHTS = "weights"
"""Key of the training facts under which ``export`` keeps the digest of the weights."""
EVALUATION = "evaluation"
DIFFERENCES = "largest_difference_torch_onnx"


def record(models: Path, report: Report) -> Report:
    """Write the report into the manifest's metrics; return it with the gate of the exported graphs, whose differences
    from torch the manifest knows. Raises :class:`EvaluationError` if the model there has other weights."""
    path = models / MANIFEST_NAME
    try:
        manifest: dict[str, Any] = json.loads(path.read_bytes())
        weights = manifest["training"].get(WEIGHTS)
        metrics = dict(manifest["metrics"])
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise EvaluationError(f"{path} cannot be read as a manifest: {error!r}; export the run first") from error
    if weights != report.weights:
        raise EvaluationError(f"the model in {models} has other weights than the evaluated run; export the run first")
    complete = with_graphs(report, _largest(metrics.get(DIFFERENCES, {})))
    manifest["metrics"] = metrics | {EVALUATION: complete.to_json()}
    write_atomically(path, (short_lists(json.dumps(manifest, indent=1, ensure_ascii=False)) + "\n").encode())
    return complete


def short_lists(text: str) -> str:
    """Indented JSON with each list of plain values on one line. No string holds a line break, so no string changes."""

    def on_one_line(found: re.Match[str]) -> str:
        return "[" + re.sub(r",\n *", ", ", found[1]) + "]"

    return re.sub(r"\[\n *([^\[\]{}]*?)\n *\]", on_one_line, text)


def _largest(differences: Mapping[str, Any]) -> float | None:
    numbers = [float(value) for value in differences.values() if isinstance(value, (int, float))]
    return max(numbers, default=None)
