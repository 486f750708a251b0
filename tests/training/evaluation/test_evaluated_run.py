"""Evaluating a run from its folder: measured once, recorded, shown."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PIL import Image

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.errors import UsageError  # noqa: E402
from creator.training.evaluation import evaluated_run  # noqa: E402
from creator.training.evaluation.evaluated_run import (  # noqa: E402
    EvaluationPlan,
    carry_evaluation,
    evaluate_run,
    weights_facts,
    write_pairs,
)
from creator.training.evaluation.measure import Counts  # noqa: E402
from creator.training.evaluation.render_cache import RenderCache  # noqa: E402
from creator.training.evaluation.report import EvaluationError, Report, read_report  # noqa: E402
from creator.training.generator.people_dataset import MirroredLabels  # noqa: E402
from creator.training.generator.train import TrainConfig, load_average, parse_stages, train  # noqa: E402

COUNTS = Counts(held_out=16, mapped=1, combinations=1, moved=1, viewed=2, sweep_steps=3, training=8)


@pytest.fixture
def plan(
    tmp_path, monkeypatch, drawn_folder, small_config, small_schema, make_network, make_renderer
) -> EvaluationPlan:
    """A run of two steps."""
    config = TrainConfig(
        data=drawn_folder, run=tmp_path / "run", stages=parse_stages("256:2"), network=small_config, batch=2, threads=1,
        minimum_people=8,
    )  # fmt: skip
    train(config, make_network, MirroredLabels(), report=lambda line: None)
    monkeypatch.setattr(evaluated_run, "people_network", make_network)
    monkeypatch.setattr(evaluated_run, "SCHEMA", small_schema)
    monkeypatch.setattr(
        evaluated_run, "people_render_cache",
        lambda folder, report: RenderCache(folder, small_schema, make_renderer, report),
    )  # fmt: skip
    return EvaluationPlan(drawn_folder, tmp_path / "run", tmp_path / "renders", counts=COUNTS, threads=1)


def export_manifest(plan: EvaluationPlan, folder, network) -> None:
    folder.mkdir()
    manifest = {"training": weights_facts(network), "metrics": {"largest_difference_torch_onnx": {"full": 1}}}
    (folder / "facewright.json").write_text(json.dumps(manifest))


def test_a_run_is_measured_once_then_recorded_and_shown(plan, tmp_path, make_network) -> None:
    lines: list[str] = []
    first = evaluate_run(plan, lines.append)
    assert read_report(plan.run) is not None
    assert first.facts["views"] == 4
    assert not any("measured already" in line for line in lines)
    network, _ = load_average(plan.run, make_network)
    models = tmp_path / "models"
    export_manifest(plan, models, network)
    again = EvaluationPlan(
        plan.data, plan.run, plan.renders, models=models, docs=tmp_path / "docs", counts=COUNTS, threads=1
    )  # fmt: skip
    second = evaluate_run(again, lines.append)
    assert any("measured already" in line for line in lines)
    assert second.tables == read_report(plan.run).tables
    written = Report.from_json(json.loads((models / "facewright.json").read_text())["metrics"]["evaluation"])
    assert written.gates[-1].value == 1.0
    assert (tmp_path / "docs" / "evaluation.md").read_text().startswith("# How good the generator is")


def test_other_weights_are_measured_anew_and_not_recorded(plan, tmp_path, make_network) -> None:
    evaluate_run(plan, lambda line: None)
    network, _ = load_average(plan.run, make_network)
    models = tmp_path / "models"
    with torch.no_grad():
        next(network.parameters()).add_(1.0)
    export_manifest(plan, models, network)
    assert not carry_evaluation(plan.run, models, network)
    other = EvaluationPlan(plan.data, plan.run, plan.renders, models=models, counts=COUNTS, threads=1)
    with pytest.raises(EvaluationError, match="other weights"):
        evaluate_run(other, lambda line: None)


def test_an_export_takes_the_figures_along(plan, tmp_path, make_network) -> None:
    network, _ = load_average(plan.run, make_network)
    models = tmp_path / "models"
    export_manifest(plan, models, network)
    assert not carry_evaluation(plan.run, models, network)  # not yet measured
    evaluate_run(plan, lambda line: None)
    assert carry_evaluation(plan.run, models, network)
    assert "evaluation" in json.loads((models / "facewright.json").read_text())["metrics"]


def test_more_is_measured_when_more_is_asked_for(plan) -> None:
    evaluate_run(plan, lambda line: None)
    lines: list[str] = []
    more = EvaluationPlan(plan.data, plan.run, plan.renders, counts=Counts(20, 1, 1, 1, 2, 3, 8), threads=1)
    assert evaluate_run(more, lines.append).facts["counts"]["held_out"] == 20
    assert not any("measured already" in line for line in lines)


def test_the_identity_needs_its_reader(plan, tmp_path) -> None:
    with pytest.raises(UsageError, match="--reader"):
        evaluate_run(EvaluationPlan(plan.data, plan.run, plan.renders, identity=tmp_path))


def test_a_smaller_size_is_measured_on_request_and_an_unknown_one_refused(plan) -> None:
    found = evaluate_run(replace(plan, size=128), lambda line: None)
    assert found.facts["size"] == 128
    assert found.tables["fidelity, held-out people"]["whole"]["ms_ssim"].blurred < 1.0
    with pytest.raises(UsageError, match="128, 256 pixels, not at 512"):
        evaluate_run(replace(plan, size=512), lambda line: None)


@pytest.mark.parametrize("name", ["pairs.webp", "pairs.png"])
def test_pairs_are_written_as_one_picture(plan, tmp_path, name) -> None:
    write_pairs(plan.data, plan.run, tmp_path / "pictures" / name, count=5)
    with Image.open(tmp_path / "pictures" / name) as picture:
        assert picture.width > 4 * 2 * 256
