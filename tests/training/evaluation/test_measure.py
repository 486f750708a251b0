"""A whole evaluation of a tiny generator: one as good as its renderer, and one with other weights."""

from __future__ import annotations

import copy
import json

import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.training.evaluation.measure import Counts, Evaluation, weights_digest  # noqa: E402
from creator.training.evaluation.page import page_text, write_page  # noqa: E402
from creator.training.evaluation.pairs import pairs_sheet  # noqa: E402
from creator.training.evaluation.render_cache import RenderCache  # noqa: E402
from creator.training.evaluation.report import ALL, Report  # noqa: E402
from creator.training.generator.people_dataset import PeopleDataset  # noqa: E402

COUNTS = Counts(held_out=24, mapped=2, combinations=2, moved=2, viewed=3, sweep_steps=4, training=16)


@pytest.fixture(scope="module")
def evaluate(tmp_path_factory, small_network, small_schema, drawn_folder, make_renderer):
    folder = tmp_path_factory.mktemp("renders")

    def evaluated(network, reader=None, embed=None):
        renders = RenderCache(folder, small_schema, make_renderer, lambda line: None)
        dataset = PeopleDataset(drawn_folder)
        return Evaluation(network, dataset, renders, small_schema, reader, embed, COUNTS, lambda line: None).run()

    return evaluated


@pytest.fixture(scope="module")
def perfect(evaluate, small_network, linear_reader) -> tuple[Report, dict]:
    return evaluate(small_network, linear_reader, linear_reader.embed)


@pytest.fixture(scope="module")
def changed(evaluate, small_network, linear_reader) -> tuple[Report, dict]:
    other = copy.deepcopy(small_network)
    noise = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for parameter in other.parameters():
            parameter.add_(0.05 * torch.randn(parameter.shape, generator=noise))
    return evaluate(other, linear_reader, linear_reader.embed)


def test_a_perfect_generator_reaches_its_renders_everywhere(perfect) -> None:
    tables = perfect[0].tables
    assert tables["fidelity, held-out people"]["whole"]["psnr_db"].generator == 80.0
    assert tables["fidelity, held-out combinations"]["skin"]["ms_ssim"].generator == pytest.approx(1.0, abs=1e-4)
    assert tables["fidelity, held-out people"]["whole"]["psnr_db"].blurred < 80.0
    for row in tables["control"].values():
        for name in set(row) - {"readable", "r2_share"}:
            assert row[name].generator == row[name].floor
    assert tables["following"][ALL]["agreement"].generator == pytest.approx(1.0, abs=1e-3)
    for question in ("distribution", "diversity"):
        for row in tables[question].values():
            assert all(columns.generator == columns.floor for columns in row.values())
    apart = tables["disentanglement"][ALL]["off_diagonal"]
    assert apart.generator == apart.floor > 0
    assert tables["identity"]["the same person's render"]["cosine_same"].generator == pytest.approx(1.0)
    assert tables["sharpness"]["skin"]["top_octave_db"].generator == 0.0
    assert tables["fairness"][ALL]["psnr_db"].generator == 80.0


def test_other_weights_are_farther_than_the_floor(perfect, changed) -> None:
    best, worse = perfect[0].tables, changed[0].tables
    assert worse["fidelity, held-out people"]["whole"]["psnr_db"].generator < 40
    assert worse["following"][ALL]["agreement"].generator < best["following"][ALL]["agreement"].generator
    distance = worse["distribution"][ALL]["sliced_wasserstein"]
    assert distance.generator > 2 * distance.floor
    assert distance.floor == best["distribution"][ALL]["sliced_wasserstein"].floor  # the renders are the same
    assert perfect[0].weights != changed[0].weights


def test_the_whole_matrix_is_kept_apart(perfect, small_schema) -> None:
    report, matrix = perfect
    assert matrix["names"] == list(small_schema.names)
    assert np.array(matrix["generator"]).shape == (4, 4)
    assert report.groups["names"] == ["All"]
    kept = json.dumps(report.to_json(), allow_nan=False)
    assert Report.from_json(json.loads(kept)).to_json() == json.loads(kept)


def test_without_readers_the_rest_is_measured(evaluate, small_network) -> None:
    report, matrix = evaluate(small_network)
    assert {"fidelity, held-out people", "following", "smoothness", "sharpness"} <= set(report.tables)
    assert "control" not in report.tables
    assert matrix == {}
    assert any(gate.met is None for gate in report.gates)


def test_the_digest_follows_the_weights(small_network) -> None:
    same = copy.deepcopy(small_network)
    assert weights_digest(same) == weights_digest(small_network)
    with torch.no_grad():
        next(same.parameters()).add_(1.0)
    assert weights_digest(same) != weights_digest(small_network)


def test_the_page_tells_what_the_figures_mean_and_shows_every_table(changed, small_schema, tmp_path) -> None:
    report = changed[0]
    paths = write_page(tmp_path, report, small_schema)
    text = paths[0].read_text()
    assert paths[0].name == "evaluation.md"
    assert "not comparable with" in " ".join(text.split())
    assert "likeness to photographs" in text
    for path in paths[1:]:
        assert f"pictures/{path.name}" in text
        with Image.open(path) as picture:
            assert picture.width > 300
        assert path.stat().st_size < 200_000
    for gate in report.gates:
        assert gate.name in text
    for title in ("Control", "Disentanglement", "Identity", "Fidelity on held-out combinations", "Landmarks",
                  "Sharpness", "Distribution", "Diversity", "Smoothness", "Fairness"):  # fmt: skip
        assert f"## {title}" in text
    for line in text.splitlines():
        assert "None" not in line
        assert "nan" not in line


def test_the_page_of_an_empty_report_stands(small_schema) -> None:
    assert "## Gates" in page_text(Report("abc", {}, {}), small_schema)


def test_pairs_are_shuffled_and_the_key_tells_them_apart() -> None:
    rendered = np.full((9, 32, 32, 4), 255, np.uint8)
    made = rendered.copy()
    made[..., :3] = 0
    sheet = np.array(pairs_sheet(rendered, made, seed=3))
    assert sheet.ndim == 3
    first = [sheet[12 + 26 + 16 + row * (32 + 38), 12 + 16 + column * (2 * 32 + 24)].sum() == 0
             for row in range(3) for column in range(4)][:9]  # fmt: skip
    assert len(set(first)) == 2
    np.testing.assert_array_equal(sheet, np.array(pairs_sheet(rendered, made, seed=3)))
    assert (sheet != np.array(pairs_sheet(rendered, made, seed=4))).any()
