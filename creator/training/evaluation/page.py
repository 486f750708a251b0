"""The evaluation as a page: ``docs/evaluation.md`` with its plots."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import Image

from creator.atomic_write import write_atomically
from creator.attributes import AttributeSchema
from creator.training.evaluation.plots import plots
from creator.training.evaluation.report import ALL, Columns, Gate, Report, Table

PAGE_NAME = "evaluation.md"
PICTURES = "pictures"

_COLUMN_WORDS = ("generator", "renders", "blurred renders")
_MET = {True: "met", False: "**not met**", None: "not measured"}
_OPENING = """\
# How good the generator is

{summary}

**What these figures mean.** They measure fidelity to *our rendered people*: how near the generator's pictures come to
what our renderer draws for the same attributes. They do not measure likeness to photographs, and they are not
comparable with published FIDs or with figures of any other data set: the features are those of our own networks,
trained on our own people.

Every measure stands in three columns:

- **generator**: the exported weights' own pictures, rounded to 8 bits;
- **renders**: the floor, what renders themselves reach. For sets of pictures (distribution, diversity) it is one half
  of the held-out people against the other half; for single pictures a *second render* of the same people, drawn at
  twice the size with three times as many, finer strands, then reduced; for whatever is read off a picture, the reading
  of the render;
- **blurred renders**: the control, renders blurred by a Gaussian of 1.5 pixels. A generator that is merely soft lands
  here.

Whom they are measured on:

- **held-out people**: {held_out} of the one in sixteen rendered people who were never trained on (all pictures of a
  person go together). {mapped} of them were rendered once more, with masks and landmarks;
- **held-out combinations**: {combinations} people whose hair style, garment and expression no training person has
  together, whose age and skin tone are drawn evenly over the whole range whatever their ancestry, and a quarter of
  whose other sliders of shape, skin and colour are drawn from their whole range;
- **edits**: every attribute of {moved} people moved by one standard deviation of the training people (at least a tenth
  of its range; a sixth of a turn for hues; another choice for choices), {viewed} people in ten views each, and every
  slider swept from end to end in {sweep_steps} steps.

Readings come from an attribute reader and an identity embedding that never trained the generator
(`creator/training/readers/`). They look at 128 pixels. `python -m creator.training evaluate` makes this page.
"""

# By question: title and what the table tells.
_WORDS = {
    "control": ("Control: does the picture show what was asked for?", """\
An independent reader looks at the pictures. R2: 1 is exactly what was asked for, 0 no better than guessing the mean.
What the reader cannot see in a render, it cannot see in a generated picture either, so the share of the renders' R2
counts, over the {readable} sliders and hues that are readable at all (R2 of at least 0.3 on renders)."""),
    "following": ("Following: does the picture change as the render does?", """\
Without any reader: the change of the generator's picture for one move of an attribute beside the render's change.
Cosine 1 is the same change, strength 1 as strong a one."""),
    "disentanglement": ("Disentanglement: what else changes?", """\
One attribute is moved by a sigma; the reader says how much the others change (in sigmas; for choices the probability
that moves). Renders change them too: age brings wrinkles and grey hair, and a reader is never exact. Listed below the
means are the eight attributes whose side effects exceed the renders' most."""),
    "identity": ("Identity: does a person stay one?", """\
Cosines of identity embeddings. AUC: the probability that two pictures of one person are more alike than pictures of two
people, over all views. The last row compares the generator's picture with the render of the same view."""),
    "fidelity, held-out people": ("Fidelity on held-out people", """\
PSNR over mid grey and MS-SSIM, by region of the render's masks; means over people. Alpha: mean absolute error,
everywhere and where the render's edges are."""),
    "fidelity, held-out combinations": ("Fidelity on held-out combinations", "The same, on combinations."),
    "landmarks, held-out people": ("Landmarks on held-out people", """\
How far features lie from where the render has them, in pixels: the median over landmarks that face the camera, found
again by correlating the patch around each."""),
    "landmarks, held-out combinations": ("Landmarks on held-out combinations", "The same."),
    "sharpness": ("Sharpness", """\
Power of the top two octaves of luma against the renders', in patches inside skin and inside hair."""),
    "distribution": ("Distribution", """\
Sliced Wasserstein distance of 7 x 7 patches on the levels of a Laplacian pyramid, in units of the renders' spread;
unbiased kernel distance (cubic kernel) of wavelet energies and of the reader's features."""),
    "diversity": ("Diversity and memory", """\
Density and coverage (5 neighbours); median distance to the nearest render of the other half, and to the nearest of
{training} training pictures: no nearer than held-out renders are, or the generator has learned people by heart.
Features: those of the reader, and thumbnails of 16 pixels."""),
    "smoothness": ("Smoothness: sliders without jumps", """\
One slider goes from end to end in equal steps; how much larger the picture's largest step is than the median one. Some
sliders move unevenly by nature, a light that goes behind the head for one: the renders' column shows it. The ten
largest:"""),
    "fairness": ("Fairness", """\
The main measures by age, gender, ancestry (the largest share) and skin tone (Monk steps). Last: the worst cell over the
mean of all people, as shares of the renders' where these have a figure."""),
}  # fmt: skip
_EVERY_ATTRIBUTE = """\
Each cell: generator (renders; blurred renders). Same change: cosine between the generator's change of the picture for
one move and the render's, without any reader; strength: the size of the one over the other.

| attribute | R2 or accuracy | error, sigma | same change | strength | others change, sigma | sweep: largest step |
| --- | --- | --- | --- | --- | --- | --- |"""


def write_page(folder: Path, report: Report, schema: AttributeSchema) -> list[Path]:
    """Write ``evaluation.md`` into ``folder`` and its plots into ``folder/pictures``; return what was written."""
    written = []
    drawn = plots(report, schema)
    for name, picture in drawn.items():
        path = folder / PICTURES / f"evaluation_{name}.webp"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, _webp(picture))
        written.append(path)
    page = folder / PAGE_NAME
    write_atomically(page, page_text(report, schema, drawn).encode())
    return [page, *written]


def page_text(report: Report, schema: AttributeSchema, pictures: Iterable[str] = ()) -> str:
    """The page in Markdown; ``pictures`` names the plots there are."""
    shown = set(pictures)

    def plot(name: str, words: str) -> str:
        return f"![{words}]({PICTURES}/evaluation_{name}.webp)\n" if name in shown else ""

    counts = {"held_out": 0, "mapped": 0, "combinations": 0, "moved": 0, "viewed": 0, "sweep_steps": 0}
    counts |= report.facts.get("counts", {})
    parts = [_OPENING.format(summary=_summary(report), **counts), _gates(report.gates)]
    parts += [
        _control(report, schema),
        plot("control", "R2 of every slider's reading"),
        _every_attribute(report, schema),
    ]
    parts += [_following(report, schema), _disentanglement(report, schema)]
    parts += [plot("disentanglement", "Change of the others, by group"), _section(report, "identity")]
    parts += [_section(report, f"{question}, {whom}") for whom in ("held-out people", "held-out combinations")
              for question in ("fidelity", "landmarks")]  # fmt: skip
    parts += [_section(report, "sharpness"), plot("spectrum", "Power spectrum in skin and hair")]
    parts += [_section(report, "distribution"), _section(report, "diversity"), _smoothness(report, schema)]
    parts += [plot("smoothness", "Largest step over the median, generator and renders"), _section(report, "fairness")]
    parts += [plot("fairness", "Measures by cell")]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts if part)


def _heading(report: Report, question: str) -> list[str]:
    title, words = _WORDS[question]
    readable = report.tables.get("control", {}).get(ALL, {}).get("readable", Columns(0.0)).generator
    numbers = {"readable": _number(readable), "training": report.facts.get("counts", {}).get("training", 0)}
    return [f"## {title}", "", words.format(**numbers), ""]


def _summary(report: Report) -> str:
    met = sum(gate.met is True for gate in report.gates)
    judged = sum(gate.met is not None for gate in report.gates)
    views = report.facts.get("views")
    trained = f", trained on {views:,} views of {report.facts['training_people']:,} people" if views else ""
    return (
        f"Weights `{report.weights}`{trained}, measured at {report.facts.get('size')} pixels: "
        f"{met} of {judged} measured gates are met."
    )


def _gates(gates: Sequence[Gate]) -> str:
    lines = ["## Gates", "", "| gate | target | value | met | |", "| --- | --- | --- | --- | --- |"]
    for gate in gates:
        value = "" if gate.value is None else f"{gate.value:.3g}"
        met = "look at it" if gate.target == "by eye" else _MET[gate.met]
        lines.append(f"| {gate.name} | {gate.target} | {value} | {met} | {gate.note} |")
    return "\n".join(lines) + "\n"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _cells(columns: Columns | None) -> str:
    columns = columns or Columns(None)
    return " | ".join(_number(value) for value in (columns.generator, columns.floor, columns.blurred))


_MEASURES = {
    "psnr_db": "PSNR, dB", "ms_ssim": "MS-SSIM", "alpha_error": "alpha", "alpha_edge_error": "alpha at edges",
    "pixels": "error, pixels", "auc": "AUC", "cosine_same": "cosine, one person",
    "cosine_different": "cosine, two people", "top_octave_db": "top octave, dB",
    "second_octave_db": "second octave, dB",
    "sliced_wasserstein": "sliced Wasserstein", "kernel_distance": "kernel distance", "density": "density",
    "coverage": "coverage", "nearest_render": "nearest render", "nearest_training": "nearest training person",
    "control_r2": "control, R2", "accuracy": "accuracy of choices", "identity_cosine": "identity, cosine",
    "people": "people", "worst_over_mean": "worst over mean",
}  # fmt: skip


def _section(report: Report, question: str) -> str:
    """A table of one question: a row for each row and measure, three columns."""
    table = report.tables.get(question)
    if not table:
        return ""
    measures = list(dict.fromkeys(measure for row in table.values() for measure in row))
    lines = _heading(report, question)
    if len(table) > 6 and len(measures) > 2:
        return "\n".join([*lines, *_wide(table, measures)])
    lines += [_head("", "measure"), _rule(2)]
    for row, found in table.items():
        lines += [f"| {row} | {_MEASURES.get(name, name)} | {_cells(columns)} |" for name, columns in found.items()]
    return "\n".join(lines)


def _wide(table: Table, measures: Sequence[str]) -> list[str]:
    """Many rows of several measures: generator (renders; blurred) in one cell each."""
    names = [_MEASURES.get(measure, measure) for measure in measures]
    lines = ["Each cell: generator (renders; blurred renders).", ""]
    lines += ["| | " + " | ".join(names) + " |", "| --- |" + " --- |" * len(names)]
    for row, found in table.items():
        lines.append(f"| {row} | " + " | ".join(_compact(found.get(measure)) for measure in measures) + " |")
    return lines


def _compact(columns: Columns | None) -> str:
    if columns is None or columns.generator is None:
        return ""
    if columns.floor is None and columns.blurred is None:
        return _number(columns.generator)
    return f"{_number(columns.generator)} ({_number(columns.floor) or '–'}; {_number(columns.blurred) or '–'})"


def _head(*names: str) -> str:
    return "| " + " | ".join((*names, *_COLUMN_WORDS)) + " |"


def _rule(names: int) -> str:
    return "| " + " | ".join(["---"] * (names + 3)) + " |"


def _mean(rows: Sequence[Columns]) -> Columns:
    def of(values: Iterable[float | None]) -> float | None:
        known = [value for value in values if value is not None]
        return sum(known) / len(known) if known else None

    return Columns(of(r.generator for r in rows), of(r.floor for r in rows), of(r.blurred for r in rows))


def _by_group(table: Table, schema: AttributeSchema, measure: str) -> dict[str, Columns]:
    groups: dict[str, list[Columns]] = {}
    for attribute in schema.attributes:
        columns = table.get(attribute.name, {}).get(measure)
        if columns is not None:
            groups.setdefault(attribute.group, []).append(columns)
    return {group: _mean(rows) for group, rows in groups.items()}


def _control(report: Report, schema: AttributeSchema) -> str:
    table = report.tables.get("control")
    if not table:
        return ""
    lines = [*_heading(report, "control"), _head("", "measure"), _rule(2)]
    words = {"r2_share": "R2, share of the renders'", "r2": "mean R2", "error_sigma": "mean error, sigma",
             "accuracy": "accuracy of choices"}  # fmt: skip
    for question, label in (("control", "held-out people"), ("control, held-out combinations", "combinations")):
        found = report.tables.get(question, {}).get(ALL, {})
        lines += [f"| {label} | {words[name]} | {_cells(found[name])} |" for name in words if name in found]
    for group, columns in _by_group(table, schema, "r2").items():
        lines.append(f"| {group} | mean R2 | {_cells(columns)} |")
    for attribute in schema.attributes:
        if attribute.kind == "choice" and attribute.name in table:
            lines.append(f"| {attribute.label} | accuracy | {_cells(table[attribute.name].get('accuracy'))} |")
    return "\n".join(lines)


def _every_attribute(report: Report, schema: AttributeSchema) -> str:
    """Every attribute's figures, folded away."""
    columns = (("control", "r2"), ("control", "error_sigma"), ("following", "agreement"), ("following", "strength"),
               ("disentanglement", "off_diagonal"), ("smoothness", "largest_over_median"))  # fmt: skip
    lines = ["<details>", "<summary>Every attribute</summary>", "", _EVERY_ATTRIBUTE]
    for attribute in schema.attributes:
        rows = {question: report.tables.get(question, {}).get(attribute.name, {}) for question, _ in columns}
        cells = [rows[question].get(measure) for question, measure in columns]
        cells[0] = cells[0] or rows["control"].get("accuracy")
        lines.append(f"| {attribute.label} | " + " | ".join(_compact(cell) for cell in cells) + " |")
    return "\n".join([*lines, "", "</details>"])


def _following(report: Report, schema: AttributeSchema) -> str:
    table = report.tables.get("following")
    if not table:
        return ""
    lines = [*_heading(report, "following"), _head("", "measure"), _rule(2)]
    lines.append(f"| all attributes | cosine | {_cells(table[ALL]['agreement'])} |")
    lines.append(f"| all attributes | strength | {_cells(table[ALL]['strength'])} |")
    for group, columns in _by_group(table, schema, "agreement").items():
        lines.append(f"| {group} | cosine | {_cells(columns)} |")
    return "\n".join(lines)


def _disentanglement(report: Report, schema: AttributeSchema) -> str:
    table = report.tables.get("disentanglement")
    if not table:
        return ""
    lines = [*_heading(report, "disentanglement"), _head("", "measure"), _rule(2)]
    lines.append(f"| all attributes | mean change of the others | {_cells(table[ALL]['off_diagonal'])} |")
    lines.append(f"| all attributes | change of the moved one | {_cells(table[ALL]['own'])} |")
    rows = [(schema[name].label, row["off_diagonal"]) for name, row in table.items() if name != ALL]
    rows.sort(key=lambda item: (item[1].floor or 0.0) - (item[1].generator or 0.0))
    lines += [f"| {label} | mean change of the others | {_cells(columns)} |" for label, columns in rows[:8]]
    return "\n".join(lines)


def _smoothness(report: Report, schema: AttributeSchema) -> str:
    table = report.tables.get("smoothness", {})
    rows = [(schema[name].label, row["largest_over_median"]) for name, row in table.items()]
    rows = [(label, columns) for label, columns in rows if columns.generator is not None]
    if not rows:
        return ""
    rows.sort(key=lambda item: -(item[1].generator or 0.0))
    lines = [*_heading(report, "smoothness"), _head("slider"), _rule(1)]
    return "\n".join([*lines, *(f"| {label} | {_cells(columns)} |" for label, columns in rows[:10])])


def _webp(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "WEBP", quality=82, method=6)
    return stream.getvalue()
