"""What an evaluation found, as one value: kept as JSON, put into the manifest, shown on the page."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from creator.atomic_write import write_atomically
from creator.errors import CreatorError

FORMAT = 1
ALL = "all"
"""The row of means over all rows of a table."""
REPORT_NAME = "evaluation.json"
MATRIX_NAME = "evaluation_matrix.json"
LARGEST_BYTES = 60_000
"""Of the compact JSON: it is part of the manifest."""


class EvaluationError(CreatorError):
    """A generator that could not be measured, or a report that cannot be used."""


@dataclass(frozen=True)
class Columns:
    """One measure of the generator, of renders (the floor), and of blurred renders (the control). None: not measured,
    or for the floor: exact."""

    generator: float | None
    floor: float | None = None
    blurred: float | None = None

    def rounded(self) -> tuple[float | None, float | None, float | None]:
        """Four significant digits; what is not finite becomes None."""
        return tuple(_rounded(value) for value in (self.generator, self.floor, self.blurred))  # type: ignore[return-value]


Table = dict[str, dict[str, Columns]]
"""Rows by name (a region, an attribute, a cell ...), in each the measures by name."""


@dataclass(frozen=True)
class Gate:
    """One target: ``met`` is None where the value was not measured."""

    name: str
    target: str
    value: float | None
    met: bool | None
    note: str = ""


@dataclass(frozen=True)
class Report:
    """``weights`` is the digest of the measured network (``measure.weights_digest``), ``facts`` says what was measured
    and on whom, ``tables`` are the measures by question, ``spectra`` by region and column (``frequency`` among them),
    ``groups`` the change matrices by group of attributes."""

    weights: str
    facts: Mapping[str, Any]
    tables: Mapping[str, Table]
    spectra: Mapping[str, Mapping[str, list[float]]] = field(default_factory=dict)
    groups: Mapping[str, Any] = field(default_factory=dict)
    gates: tuple[Gate, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values; every measure is a list of generator, floor, blurred."""
        return {
            "format": FORMAT,
            "weights": self.weights,
            "facts": dict(self.facts),
            "tables": {
                question: {
                    row: {name: list(columns.rounded()) for name, columns in measures.items()}
                    for row, measures in table.items()
                }
                for question, table in self.tables.items()
            },
            "spectra": self.spectra,
            "groups": self.groups,
            "gates": [asdict(gate) | {"value": _rounded(gate.value)} for gate in self.gates],
        }

    @staticmethod
    def from_json(entry: Mapping[str, Any]) -> Report:
        """Read what :meth:`to_json` gave. Raises :class:`EvaluationError`."""
        try:
            if entry["format"] != FORMAT:
                raise ValueError("it has another format")
            tables = {
                question: {row: {name: Columns(*values) for name, values in measures.items()}
                           for row, measures in table.items()}
                for question, table in entry["tables"].items()
            }  # fmt: skip
            gates = tuple(Gate(**gate) for gate in entry["gates"])
            return Report(
                str(entry["weights"]), entry["facts"], tables, entry["spectra"], entry["groups"], gates
            )  # fmt: skip
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise EvaluationError(f"this is no evaluation of this version: {error!r}; evaluate again") from error


def write_report(folder: Path, report: Report, matrix: Mapping[str, Any]) -> Path:
    """Write the report and the whole change matrix into a run's folder; return the report's path."""
    text = json.dumps(report.to_json(), separators=(",", ":"), ensure_ascii=False)
    if len(text.encode()) > LARGEST_BYTES:
        raise EvaluationError(f"the report has {len(text.encode())} bytes, more than {LARGEST_BYTES}")
    write_atomically(folder / MATRIX_NAME, json.dumps(matrix, separators=(",", ":")).encode())
    write_atomically(folder / REPORT_NAME, text.encode())
    return folder / REPORT_NAME


def read_report(folder: Path) -> Report | None:
    """The report in a run's folder; None if there is none. Raises :class:`EvaluationError` if it is damaged."""
    path = folder / REPORT_NAME
    try:
        return Report.from_json(json.loads(path.read_bytes()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise EvaluationError(f"{path} cannot be read: {error}; remove it to evaluate again") from error


def read_matrix(folder: Path) -> dict[str, Any] | None:
    """The whole change matrix in a run's folder, None if there is none."""
    try:
        found: dict[str, Any] = json.loads((folder / MATRIX_NAME).read_bytes())
    except (OSError, ValueError):
        return None
    return found


def _rounded(value: float | None) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.4g}")
