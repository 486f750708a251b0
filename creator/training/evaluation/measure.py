"""The whole evaluation of one generator, question by question."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from creator.attributes import AttributeSchema
from creator.training.evaluation import (
    control,
    distribution,
    diversity,
    fidelity,
    identification,
    sharpness,
    smoothness,
)
from creator.training.evaluation.cells import cells
from creator.training.evaluation.gates import judged
from creator.training.evaluation.people import (
    VIEW_KINDS,
    Moves,
    People,
    held_out_combinations,
    held_out_people,
    identity_views,
    moves,
    sweeps,
)
from creator.training.evaluation.pictures import READING_SIZE, Floats, Pixels, Portraitist, batches, blurred, floats
from creator.training.evaluation.pictures import smaller as at_size
from creator.training.evaluation.render_cache import MappedRenders, RenderCache
from creator.training.evaluation.report import ALL, Columns, Report, Table
from creator.training.generator.network import DRAFT_SIZE, PortraitNetwork
from creator.training.generator.people_dataset import PeopleDataset
from creator.training.readers.reader_targets import ReaderTargets

_READ_AT_ONCE = 64
_FAIR = ("psnr_db", "ms_ssim", "control_r2", "accuracy", "identity_cosine")


class Reader(Protocol):
    """Reads attributes off pictures (B, 4, 128, 128), 0..1, premultiplied; it never trained the generator. See
    :class:`~creator.training.readers.evaluator.Evaluator`."""

    targets: ReaderTargets

    def read(self, pictures: Tensor) -> Tensor: ...

    def features(self, pictures: Tensor) -> Tensor: ...

    def standardised(self, attributes: Tensor) -> Tensor: ...

    def shown(self, attributes: Tensor) -> Tensor: ...


Embed = Callable[[Tensor], Tensor]
"""Pictures as a reader takes them to unit vectors (B, E): the nearer, the more alike the persons."""


@dataclass(frozen=True)
class Counts:
    """How much is measured: held-out people from the data set; of them those rendered again with masks; combinations;
    people whose every attribute is moved; people in several views; steps of a sweep; training people looked at."""

    held_out: int = 512
    mapped: int = 48
    combinations: int = 32
    moved: int = 4
    viewed: int = 16
    sweep_steps: int = 9
    training: int = 2048


@dataclass(frozen=True)
class Subjects:
    """Renders and generator's pictures of the same people at one size."""

    people: People
    rendered: Pixels
    made: Pixels
    soft: Pixels


@dataclass(frozen=True)
class MovedPictures:
    """Pictures of 128 pixels before and after one move of the attribute in ``names`` (N), each (N, 128, 128, 4)."""

    names: tuple[str, ...]
    made: tuple[Pixels, ...]
    rendered: tuple[Pixels, ...]
    soft: tuple[Pixels, ...]


class Evaluation:
    """One generator's measures; each method is one question and gives tables.

    Pictures of ``size`` pixels are measured, by default the largest that both the network and the data set have.
    """

    def __init__(
        self, network: PortraitNetwork, dataset: PeopleDataset, renders: RenderCache, schema: AttributeSchema,
        reader: Reader | None = None, embed: Embed | None = None, counts: Counts | None = None,
        report: Callable[[str], None] = print, size: int | None = None,
    ) -> None:  # fmt: skip
        self.size = size or min(network.config.size, dataset.size)
        self.portraitist = Portraitist(network, self.size)
        self.dataset, self.renders, self.schema = dataset, renders, schema
        self.reader, self.embed = reader, embed
        self.counts = counts or Counts()
        self.report = report
        self.training = dataset.attribute_sample().numpy()

    def run(self) -> tuple[Report, dict[str, Any]]:
        """Everything, and the whole change matrix beside it."""
        start = time.perf_counter()
        tables: dict[str, Table] = {}
        self.report("pictures of held-out people")
        held_out = self._held_out()
        mapped = self._mapped(held_out.people[: self.counts.mapped], "held-out people")
        everybody = self.dataset.attribute_sample(self.dataset.train_count + self.dataset.held_out_count).numpy()
        combinations = held_out_combinations(self.schema, everybody, self.counts.combinations)
        combined = self._mapped(combinations, "held-out combinations")
        tables |= self.fidelity("held-out people", *mapped)
        tables |= self.fidelity("held-out combinations", *combined)
        tables["sharpness"], spectra = self.sharpness(*mapped)
        tables["distribution"] = self.distribution(held_out)
        tables["diversity"] = self.diversity(held_out)
        groups: dict[str, Any] = {}
        matrix: dict[str, Any] = {}
        if self.reader is not None:
            tables["control"] = self.control(self.reader, held_out)
            tables["control, held-out combinations"] = {ALL: self.control(self.reader, combined[0])[ALL]}
        changes = self._moved(moves(self.schema, self.training, self.counts.moved))
        tables["following"] = self.following(changes)
        if self.reader is not None:
            tables["disentanglement"], groups, matrix = self.disentanglement(self.reader, changes)
        if self.embed is not None:
            tables["identity"] = self.identities(self.embed)
        tables["smoothness"] = self.smoothness()
        tables["fairness"] = self.fairness(held_out)
        facts = {
            "size": self.size,
            "training_people": self.dataset.train_count,
            "counts": asdict(self.counts) | {"held_out": len(held_out.people)},
            "reader": self.reader is not None,
            "identity": self.embed is not None,
            "seconds": round(time.perf_counter() - start),
        }
        weights = weights_digest(self.portraitist.network)
        return Report(weights, facts, tables, spectra, groups, judged(tables)), matrix

    # ---- pictures ---------------------------------------------------------------------------------------------------

    def _held_out(self) -> Subjects:
        people, rendered = held_out_people(self.dataset, self.counts.held_out)
        rendered = at_size(rendered, self.size)
        made = self.portraitist(people.attributes, people.identity, self.size)
        return Subjects(people, rendered, made, blurred(rendered, self.size))

    def _mapped(self, people: People, what: str) -> tuple[Subjects, MappedRenders, Pixels]:
        renders = self.renders.mapped(people, self.size, what)
        again = self.renders.again(people, self.size)
        made = self.portraitist(people.attributes, people.identity, self.size)
        return Subjects(people, renders.pixels, made, blurred(renders.pixels, self.size)), renders, again

    def _at_reading_size(self, people: People) -> Pixels:
        distinct, place = people.distinct()
        return self.portraitist(distinct.attributes, distinct.identity, READING_SIZE)[place]

    def _read(self, pixels: Pixels, read: Callable[[Tensor], Tensor]) -> Floats:
        with torch.no_grad():
            parts = [
                read(floats(pixels[rows], READING_SIZE)).float().cpu().numpy()
                for rows in batches(len(pixels), _READ_AT_ONCE)
            ]
        return np.concatenate(parts)

    def _moved(self, edits: Moves) -> MovedPictures:
        self.report("moves of every attribute")
        people = (edits.before, edits.after)
        rendered = tuple(self.renders.pixels(part, READING_SIZE, "moves") for part in people)
        made = tuple(self._at_reading_size(part) for part in people)
        return MovedPictures(edits.names, made, rendered, tuple(blurred(part, self.size) for part in rendered))

    def _features(self) -> dict[str, Callable[[Pixels], Floats]]:
        """What the evaluator sees, if there is one."""
        if self.reader is None:
            return {}
        return {"evaluator": partial(self._read, read=self.reader.features)}

    # ---- questions --------------------------------------------------------------------------------------------------

    def fidelity(self, whom: str, subjects: Subjects, renders: MappedRenders, again: Pixels) -> dict[str, Table]:
        """How near the pictures come to the renders, by region, and where landmarks lie. The floor is a second render
        of the same people."""
        self.report(f"fidelity, {whom}")
        weights = fidelity.region_weights(renders.masks)
        rivals = (subjects.made, again, subjects.soft)
        psnr = [fidelity.weighted_psnr(rival, renders.pixels, weights) for rival in rivals]
        likeness = [fidelity.structural_similarity(rival, renders.pixels, weights) for rival in rivals]
        table: Table = {}
        for region in weights:
            rows = {
                "psnr_db": Columns(*(_mean(each[region]) for each in psnr)),
                "ms_ssim": Columns(*(_mean(each[region]) for each in likeness)),
            }
            if rows["psnr_db"].generator is not None:
                table[region] = rows
        alpha = [fidelity.alpha_errors(rival, renders.pixels) for rival in rivals]
        table[fidelity.WHOLE] |= {
            "alpha_error": Columns(*(_mean(each[0]) for each in alpha)),
            "alpha_edge_error": Columns(*(_mean(each[1]) for each in alpha)),
        }
        errors = [fidelity.landmark_errors(rival, renders.pixels, renders.xy, renders.cosine) for rival in rivals]
        names = np.array([name.split("_")[0] for name in self.renders.landmark_names])
        landmarks: Table = {ALL: {"pixels": Columns(*(_median(each) for each in errors))}}
        for name in dict.fromkeys(names.tolist()):
            median = Columns(*(_median(each[:, names == name]) for each in errors))
            if median.generator is not None:
                landmarks[name] = {"pixels": median}
        return {f"fidelity, {whom}": table, f"landmarks, {whom}": landmarks}

    def sharpness(
        self, subjects: Subjects, renders: MappedRenders, again: Pixels
    ) -> tuple[Table, dict[str, dict[str, list[float]]]]:
        """Power of the top two octaves against the renders', in dB, in skin and hair."""
        weights = fidelity.region_weights(renders.masks)
        table: Table = {}
        spectra: dict[str, dict[str, list[float]]] = {}
        for region in ("skin", "hair"):
            found = {
                name: sharpness.region_spectrum(pixels, weights[region])
                for name, pixels in (("renders", renders.pixels), ("generator", subjects.made), ("floor", again),
                                     ("blurred", subjects.soft))
            }  # fmt: skip
            truth = found["renders"]
            if truth is None:
                continue
            spectra[region] = {"frequency": [round(float(f), 4) for f in truth.frequency]}
            values: dict[str, list[float]] = {"top": [], "second": []}
            for name, each in found.items():
                assert each is not None
                spectra[region][name] = [round(float(10 * np.log10(max(p, 1e-12))), 2) for p in each.power]
                if name != "renders":
                    for octave, which in enumerate(values):
                        values[which].append(sharpness.decibels(each, truth, octave))
            table[region] = {f"{which}_octave_db": Columns(*three) for which, three in values.items()}
        return table, spectra

    def distribution(self, subjects: Subjects) -> Table:
        """Distances between half of the people as the generator, the renderer or the blur shows them, and the renders
        of the other half."""
        self.report("distribution")
        half = len(subjects.people) // 2
        reference = subjects.rendered[half : 2 * half]
        rivals = [part[:half] for part in (subjects.made, subjects.rendered, subjects.soft)]
        table: Table = {}
        patches = distribution.pyramid_patches(reference)
        others = [distribution.pyramid_patches(rival, seed=1) for rival in rivals]
        for side, points in patches.items():
            three = [distribution.sliced_wasserstein(other[side], points) for other in others]
            table[f"level {side}"] = {"sliced_wasserstein": Columns(*three)}
        table[ALL] = {"sliced_wasserstein": _mean_columns([row["sliced_wasserstein"] for row in table.values()])}
        for name, function in {"wavelets": distribution.wavelet_features, **self._features()}.items():
            points = function(reference)
            three = [
                distribution.kernel_distance(
                    distribution.standardised(function(rival), points), distribution.standardised(points, points)
                )
                for rival in rivals
            ]
            table[name] = {"kernel_distance": Columns(*three)}
        return table

    def diversity(self, subjects: Subjects) -> Table:
        """Density, coverage and nearest neighbours: half of the people against renders of the other half, and all of
        them against training people."""
        self.report("diversity")
        half = len(subjects.people) // 2
        random = np.random.default_rng(0)
        training = []
        for rows in batches(self.counts.training, _READ_AT_ONCE):
            batch = self.dataset.batch(random, rows.stop - rows.start, READING_SIZE)
            training.append((batch.images * 255.0 + 0.5).to(torch.uint8).permute(0, 2, 3, 1).numpy())
        known = np.concatenate(training)
        table: Table = {}
        for name, function in {"thumbnails": diversity.thumbnails, **self._features()}.items():
            made, rendered, soft = (function(part) for part in (subjects.made, subjects.rendered, subjects.soft))
            learned = function(known)
            real = rendered[half : 2 * half]
            both = [diversity.density_and_coverage(real, part[:half]) for part in (made, rendered, soft)]
            table[name] = {
                "density": Columns(*(each[0] for each in both)),
                "coverage": Columns(*(each[1] for each in both)),
                "nearest_render": Columns(*(_median(diversity.nearest(part[:half], real)) for part in
                                            (made, rendered, soft))),
                "nearest_training": Columns(*(_median(diversity.nearest(part, learned)) for part in
                                              (made, rendered, soft))),
            }  # fmt: skip
        return table

    def control(self, reader: Reader, subjects: Subjects) -> Table:
        """What the evaluator reads of the pictures, against what was asked for."""
        self.report("control")
        truth, shown = _asked(reader, subjects.people)
        made, ceiling, soft = (
            control.scores(reader.targets, self._read(pixels, reader.read), truth, shown)
            for pixels in (subjects.made, subjects.rendered, subjects.soft)
        )
        table: Table = {}
        for name in ceiling:
            three = (made[name], ceiling[name], soft[name])
            figures = {
                "accuracy": [each.accuracy for each in three],
                "r2": [each.r2 for each in three],
                "error_sigma": [each.error for each in three],
            }
            row = {measure: Columns(*each) for measure, each in figures.items() if None not in each}
            if row:
                table[name] = row
        shares = control.share_of_ceiling(made, ceiling)
        whole = {"r2_share": Columns(_mean(list(shares.values())), 1.0,
                                     _mean(list(control.share_of_ceiling(soft, ceiling).values()))),
                 "readable": Columns(float(len(shares)))}  # fmt: skip
        for measure in ("r2", "error_sigma", "accuracy"):
            rows = [row[measure] for row in table.values() if measure in row]
            if rows:
                whole[measure] = _mean_columns(rows)
        table[ALL] = whole
        return table

    def following(self, changes: MovedPictures) -> Table:
        """Whether the picture changes as the render does when one attribute is moved."""
        table: Table = {}
        for name in dict.fromkeys(changes.names):
            rows = np.flatnonzero(np.array(changes.names) == name)
            made, rendered, soft = (
                pair[1][rows].astype(np.float32) - pair[0][rows]
                for pair in (changes.made, changes.rendered, changes.soft)
            )
            both = [
                np.mean([control.agreement(*each) for each in zip(change, rendered, strict=True)], 0)
                for change in (made, soft)
            ]
            table[name] = {
                measure: Columns(float(both[0][i]), None, float(both[1][i]))
                for i, measure in enumerate(("agreement", "strength"))
            }
        means = {name: _mean_columns([row[name] for row in table.values()]) for name in ("agreement", "strength")}
        return table | {ALL: means}

    def disentanglement(
        self, reader: Reader, changes: MovedPictures
    ) -> tuple[Table, dict[str, Any], dict[str, Any]]:  # fmt: skip
        """What one move of each attribute does to the reading of every other; the matrix by groups, and the whole."""
        names = list(reader.targets.columns)
        matrices = []
        for pair in (changes.made, changes.rendered, changes.soft):
            before, after = (self._read(part, reader.read) for part in pair)
            read = control.reading_changes(reader.targets, before, after)
            matrices.append(control.change_matrix(changes.names, read, names))
        apart = [control.off_diagonal(matrix) for matrix in matrices]
        table: Table = {
            name: {"off_diagonal": Columns(*(float(each[i]) for each in apart))} for i, name in enumerate(names)
        }
        table[ALL] = {
            "off_diagonal": Columns(*(_mean(each) for each in apart)),
            "own": Columns(*(_mean(np.diag(matrix)) for matrix in matrices)),
        }
        groups: dict[str, Any] = {}
        for which, matrix in (("generator", matrices[0]), ("renders", matrices[1])):
            groups["names"], found = control.group_matrix(matrix, [self.schema[name].group for name in names])
            groups[which] = [[round(float(v), 3) if np.isfinite(v) else None for v in row] for row in found]
        columns = zip(("generator", "renders", "blurred"), matrices, strict=True)
        whole = {which: np.round(np.nan_to_num(matrix), 3).tolist() for which, matrix in columns}
        return table, groups, {"names": names, **whole}

    def identities(self, embed: Embed) -> Table:
        """Whether a person stays one under edits, and whether two people stay apart."""
        self.report("identity")
        views = identity_views(self.schema, self.counts.viewed)
        rendered = self.renders.pixels(views.people, READING_SIZE, "views")
        made, soft = self._at_reading_size(views.people), blurred(rendered, self.size)
        embedded = [self._read(part, embed) for part in (made, rendered, soft)]
        pairs = [identification.pair_likeness(each, views.person) for each in embedded]
        first = np.flatnonzero(np.array(views.kinds) == "")
        table: Table = {
            ALL: {
                "auc": Columns(*(identification.area_under_curve(*each) for each in pairs)),
                "cosine_same": Columns(*(_mean(each[0]) for each in pairs)),
                "cosine_different": Columns(*(_mean(each[1]) for each in pairs)),
            }
        }
        for kind in VIEW_KINDS:
            rows = np.flatnonzero(np.array(views.kinds) == kind)
            if len(rows):
                cosine = [(each[rows] * each[first[views.person[rows]]]).sum(1) for each in embedded]
                table[kind] = {"cosine_same": Columns(*(_mean(each) for each in cosine))}
        match = [(each * embedded[1]).sum(1) for each in (embedded[0], embedded[2])]
        table["the same person's render"] = {"cosine_same": Columns(_mean(match[0]), None, _mean(match[1]))}
        return table

    def smoothness(self) -> Table:
        """Steps of slider sweeps, as drafts: a moving slider shows those. The largest over the median one."""
        self.report("slider sweeps")
        draft = Portraitist(self.portraitist.network, DRAFT_SIZE)
        table: Table = {}
        for name, people in sweeps(self.schema, self.counts.sweep_steps).items():
            rendered = self.renders.pixels(people, READING_SIZE, f"the sweep of {name}")
            made = draft(people.attributes, people.identity)
            three = [
                smoothness.largest_over_median(smoothness.step_sizes(part))
                for part in (made, rendered, blurred(rendered, self.size))
            ]
            table[name] = {"largest_over_median": Columns(*three)}
        return table

    def fairness(self, subjects: Subjects) -> Table:
        """The main measures by age, gender, ancestry and tone, and the worst cell over the mean of all people."""
        self.report("fairness")
        whole = {fidelity.WHOLE: np.ones(subjects.rendered.shape[:3], np.float32)}
        made: dict[str, Floats] = {}
        soft: dict[str, Floats] = {}
        for found, pixels in ((made, subjects.made), (soft, subjects.soft)):
            found["psnr_db"] = fidelity.weighted_psnr(pixels, subjects.rendered, whole)[fidelity.WHOLE]
            found["ms_ssim"] = fidelity.structural_similarity(pixels, subjects.rendered, whole)[fidelity.WHOLE]
        if self.embed is not None:
            rendered = self._read(subjects.rendered, self.embed)
            for found, pixels in ((made, subjects.made), (soft, subjects.soft)):
                found["identity_cosine"] = (self._read(pixels, self.embed) * rendered).sum(1)
        groups = {ALL: np.ones(len(subjects.people), bool)} | cells(self.schema, subjects.people.attributes)
        table: Table = {
            cell: {
                "people": Columns(float(inside.sum())),
                **{name: Columns(_mean(made[name][inside]), None, _mean(soft[name][inside])) for name in made},
            }
            for cell, inside in groups.items()
        }
        if self.reader is not None:
            self._cell_control(self.reader, subjects, groups, table)
        ratios = {}
        for measure in _FAIR:
            values = [_share(row[measure]) for name, row in table.items() if name != ALL and measure in row]
            mean = _share(table[ALL][measure]) if measure in table[ALL] else None
            if values and mean:
                ratios[measure] = Columns(min(value for value in values if value is not None) / mean)
        table["worst over mean"] = ratios
        worst = min((each.generator or 0.0 for each in ratios.values()), default=None)
        table[ALL]["worst_over_mean"] = Columns(worst)
        return table

    def _cell_control(
        self, reader: Reader, subjects: Subjects, groups: Mapping[str, NDArray[np.bool_]], table: Table
    ) -> None:
        """Control in each cell; spreads are those of all people, so that cells can be compared."""
        targets = reader.targets
        truth, shown = _asked(reader, subjects.people)
        read = [self._read(part, reader.read) for part in (subjects.made, subjects.rendered, subjects.soft)]
        ceiling = control.scores(targets, read[1], truth, shown)
        for cell, inside in groups.items():
            numbers: list[list[float]] = []
            choices: list[list[float]] = []
            for index, (name, at) in enumerate(targets.columns.items()):
                rows = shown[:, index] & inside
                score = ceiling.get(name, control.Score())
                if not rows.any():
                    continue
                true = truth[rows, at]
                if score.accuracy is not None:
                    right = [each[rows, at].argmax(1) == true.argmax(1) for each in read]
                    choices.append([float(each.mean()) for each in right])
                elif (score.r2 or 0.0) >= control.READABLE:
                    everyone = truth[shown[:, index], at]
                    spread = float(((everyone - everyone.mean(0)) ** 2).sum(1).mean())
                    squares = [float(((each[rows, at] - true) ** 2).sum(1).mean()) for each in read]
                    numbers.append([1.0 - square / spread for square in squares])
            if numbers:
                table[cell]["control_r2"] = Columns(*np.mean(numbers, 0).tolist())
            if choices:
                table[cell]["accuracy"] = Columns(*np.mean(choices, 0).tolist())


def _asked(reader: Reader, people: People) -> tuple[Floats, NDArray[np.bool_]]:
    """What a perfect reader would read (N, D), and which attributes show (N, attributes)."""
    attributes = torch.from_numpy(people.attributes)
    return reader.standardised(attributes).numpy(), reader.shown(attributes).numpy()


def weights_digest(network: PortraitNetwork) -> str:
    """Tells one state of a network from another: a hash of its learned parameters as stored in half precision."""
    digest = hashlib.sha256()
    for name, parameter in network.named_parameters():
        digest.update(name.encode())
        digest.update(parameter.detach().cpu().half().numpy().tobytes())
    return digest.hexdigest()[:16]


def _mean(values: Any) -> float | None:
    """Mean without NaN; None of nothing."""
    array = np.asarray(values, np.float64)
    return float(np.nanmean(array)) if np.isfinite(array).any() else None


def _share(columns: Columns) -> float | None:
    """The generator's figure, over the renders' where they have one: a reader's own weakness does not count."""
    if columns.generator is None or not columns.floor:
        return columns.generator
    return columns.generator / columns.floor


def _mean_columns(rows: Sequence[Columns]) -> Columns:
    """The mean of each column."""
    return Columns(
        _mean([row.generator for row in rows if row.generator is not None]),
        _mean([row.floor for row in rows if row.floor is not None]),
        _mean([row.blurred for row in rows if row.blurred is not None]),
    )


def _median(values: Any) -> float | None:
    array = np.asarray(values, np.float64)
    return float(np.nanmedian(array)) if np.isfinite(array).any() else None
