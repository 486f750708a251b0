"""The plots of the evaluation's page."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from creator.attributes import AttributeSchema
from creator.training.evaluation.report import ALL, Columns, Report

GENERATOR, FLOOR, BLURRED = "#c2410c", "#1d4ed8", "#6b7280"
_LABELS = {"generator": "generator", "renders": "renders", "floor": "second render", "blurred": "blurred renders"}
_LINES: dict[str, dict[str, Any]] = {
    "renders": {"color": FLOOR, "linewidth": 1.8}, "floor": {"color": FLOOR, "linestyle": ":", "linewidth": 1.4},
    "blurred": {"color": BLURRED, "linewidth": 1.4}, "generator": {"color": GENERATOR, "linewidth": 1.8},
}  # fmt: skip
_STYLE: Any = {
    "font.size": 9, "axes.spines.top": False, "axes.spines.right": False, "axes.titlesize": 10,
    "axes.titleweight": "bold", "axes.grid": True, "grid.color": "#e5e7eb", "axes.axisbelow": True,
}  # fmt: skip


def plots(report: Report, schema: AttributeSchema) -> dict[str, Image.Image]:
    """Those that the report has figures for, by name."""
    with mpl.rc_context(_STYLE):
        drawn = {
            "control": _control(report, schema),
            "disentanglement": _disentanglement(report),
            "spectrum": _spectrum(report),
            "smoothness": _smoothness(report),
            "fairness": _fairness(report),
        }
        return {name: _picture(figure) for name, figure in drawn.items() if figure is not None}


def _picture(figure: Figure) -> Image.Image:
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=110, facecolor="white")
    return Image.open(stream).convert("RGB")


def _figure(width: float, height: float) -> Figure:
    return Figure(figsize=(width, height), layout="constrained")


def _control(report: Report, schema: AttributeSchema) -> Figure | None:
    """R2 of every slider, generator and renders, by group."""
    table = report.tables.get("control")
    if not table:
        return None
    groups: dict[str, list[tuple[str, Columns]]] = {}
    for attribute in schema.attributes:
        row = table.get(attribute.name, {})
        if "r2" in row:
            groups.setdefault(attribute.group, []).append((attribute.label, row["r2"]))
    count = sum(len(rows) for rows in groups.values()) + len(groups)
    figure = _figure(11, 0.088 * count + 1.0)
    columns = figure.subplots(1, 2)
    total, side, place = 0, 0, 0.0
    ticks: list[list[tuple[float, str]]] = [[], []]
    for group, rows in groups.items():
        if total + len(rows) / 2 > count / 2 and side == 0:
            side, place = 1, 0.0
        axes = columns[side]
        axes.text(
            -0.03, place, group, ha="right", va="center", weight="bold", size=8, transform=axes.get_yaxis_transform()
        )
        for label, values in rows:
            place += 1
            ticks[side].append((place, label))
            made, best, soft = (np.clip(v if v is not None else np.nan, 0, 1) for v in
                                (values.generator, values.floor, values.blurred))  # fmt: skip
            axes.plot([made, best], [place, place], color="#d1d5db", linewidth=2.5, zorder=1)
            axes.scatter([soft], [place], color=BLURRED, s=8, zorder=2)
            axes.scatter([best], [place], color=FLOOR, s=16, zorder=3)
            axes.scatter([made], [place], color=GENERATOR, s=16, zorder=4)
        place += 1
        total += len(rows) + 1
    for axes, marks in zip(columns, ticks, strict=True):
        axes.set_yticks([at for at, _ in marks], [label for _, label in marks], size=7)
        axes.set_ylim(max((at for at, _ in marks), default=1) + 1, -1)
        axes.set_xlim(-0.02, 1.02)
        axes.grid(axis="y", visible=False)
        axes.set_xlabel("R2 of the reading (1: exactly what was asked for)")
    _legend(figure, columns[0])
    return figure


def _disentanglement(report: Report) -> Figure | None:
    """Mean change of the attributes of one group when those of another are moved."""
    if "generator" not in report.groups:
        return None
    names = report.groups["names"]
    values = [np.array(report.groups[which], float) for which in ("generator", "renders")]
    figure = _figure(10, 4.9)
    both = figure.subplots(1, 2, sharey=True)
    image = None
    for axes, which, part in zip(both, ("generator", "renders"), values, strict=True):
        image = axes.imshow(part, vmin=0.0, vmax=float(np.nanmax(values)), cmap="magma_r")
        axes.set_xticks(range(len(names)), names, rotation=60, ha="right", size=8)
        axes.set_yticks(range(len(names)), names, size=8)
        axes.set_title(which)
        axes.set_xlabel("read")
        axes.grid(visible=False)
    both[0].set_ylabel("moved by a sigma")
    if image is not None:
        figure.colorbar(image, ax=list(both), shrink=0.8, label="mean change of the others, sigma")
    return figure


def _spectrum(report: Report) -> Figure | None:
    if not report.spectra:
        return None
    figure = _figure(9, 3.4)
    for axes, (region, curves) in zip(figure.subplots(1, 2, squeeze=False)[0], report.spectra.items(), strict=False):
        for name, line in _LINES.items():
            if name in curves:
                axes.plot(curves["frequency"], curves[name], label=_LABELS[name], **line)
        axes.set_xscale("log", base=2)
        axes.set_xticks([1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2], ["1/32", "1/16", "1/8", "1/4", "1/2"])
        axes.set_xlabel("cycles a pixel")
        axes.set_ylabel("power, dB")
        axes.set_title(region)
        axes.axvspan(0.25, 0.5, color="#f3f4f6", zorder=0)
        axes.legend(frameon=False)
    return figure


def _smoothness(report: Report) -> Figure | None:
    table = report.tables.get("smoothness")
    rows = [row["largest_over_median"] for row in (table or {}).values()]
    shown = [(row.generator, row.floor) for row in rows if row.generator is not None and row.floor is not None]
    if not shown:
        return None
    figure = _figure(5, 4)
    axes = figure.subplots()
    made, best = (np.array(values) for values in zip(*shown, strict=True))
    limit = float(max(made.max(), best.max(), 3.2)) * 1.1
    axes.plot([1, limit], [1, limit], color="#d1d5db", linewidth=1)
    axes.axhline(3.0, color=BLURRED, linewidth=1, linestyle=":")
    axes.scatter(best, made, s=12, color=GENERATOR)
    axes.set_xscale("log")
    axes.set_yscale("log")
    ticks = [tick for tick in (1, 2, 3, 5, 10, 20, 50) if tick <= limit]
    axes.set_xticks(ticks, [str(tick) for tick in ticks])
    axes.set_yticks(ticks, [str(tick) for tick in ticks])
    axes.minorticks_off()
    axes.set_xlabel("renders: largest step over the median")
    axes.set_ylabel("generator")
    axes.set_title("every slider from end to end")
    return figure


def _fairness(report: Report) -> Figure | None:
    table: Mapping[str, Mapping[str, Columns]] = report.tables.get("fairness", {})
    cells = [name for name in table if ": " in name]
    if not cells:
        return None
    wanted = {"psnr_db": "PSNR, dB", "ms_ssim": "MS-SSIM", "control_r2": "control, R2"}
    measures = {name: label for name, label in wanted.items() if name in table[ALL]}
    figure = _figure(3.2 * len(measures) + 1.2, 0.2 * len(cells) + 1.2)
    for index, (axes, (measure, label)) in enumerate(
        zip(figure.subplots(1, len(measures), squeeze=False, sharey=True)[0], measures.items(), strict=True)
    ):
        for column, colour in (("blurred", BLURRED), ("floor", FLOOR), ("generator", GENERATOR)):
            values = [getattr(table[cell].get(measure, Columns(None)), column) for cell in cells]
            points = [(value, place) for place, value in enumerate(values) if value is not None]
            if points:
                axes.scatter(*zip(*points, strict=True), s=18, color=colour)
        mean = table[ALL][measure].generator
        if mean is not None:
            axes.axvline(mean, color=GENERATOR, linewidth=0.8)
        axes.set_title(label)
        if index == 0:
            axes.set_yticks(range(len(cells)), cells)
            axes.set_ylim(len(cells) - 0.5, -0.5)
            _legend(figure, axes)
    return figure


def _legend(figure: Figure, axes: Axes) -> None:
    """The three columns' colours, above the plots."""
    for label, colour in (("generator", GENERATOR), ("renders", FLOOR), ("blurred renders", BLURRED)):
        axes.scatter([], [], color=colour, s=16, label=label)
    figure.legend(*axes.get_legend_handles_labels(), loc="outside upper center", ncols=3, frameon=False)
