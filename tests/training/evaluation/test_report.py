from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.training.evaluation.gates import judged, with_graphs  # noqa: E402
from creator.training.evaluation.record import record, short_lists  # noqa: E402
from creator.training.evaluation.report import (  # noqa: E402
    ALL,
    LARGEST_BYTES,
    Columns,
    EvaluationError,
    Report,
    read_matrix,
    read_report,
    write_report,
)
from creator.training.people_schema import SCHEMA  # noqa: E402


def good_tables() -> dict:
    """Figures of a generator that meets every gate."""
    return {
        "control": {ALL: {"r2_share": Columns(0.97, 1.0, 0.9), "accuracy": Columns(0.96, 0.97, 0.9)}},
        "disentanglement": {ALL: {"off_diagonal": Columns(0.12, 0.1, 0.1)}},
        "identity": {ALL: {"auc": Columns(0.97, 0.98, 0.97)}},
        "fidelity, held-out people": {"skin": {"psnr_db": Columns(29.0, 36.0, 30.0)}},
        "distribution": {ALL: {"sliced_wasserstein": Columns(0.15, 0.1, 0.4)}},
        "sharpness": {name: {"top_octave_db": Columns(-1.0, 0.1, -12.0)} for name in ("skin", "hair")},
        "diversity": {"evaluator": {"coverage": Columns(0.9, 0.95, 0.8), "nearest_training": Columns(1.1, 1.0, 0.9)}},
        "fairness": {ALL: {"worst_over_mean": Columns(0.95)}},
        "smoothness": {"age": {"largest_over_median": Columns(2.0, 1.5, 1.5)}},
    }  # fmt: skip


def test_gates_are_met_by_a_good_generator() -> None:
    gates = judged(good_tables())
    assert all(gate.met for gate in gates if gate.target != "by eye")
    assert sum(gate.met is None for gate in gates) == 1


@pytest.mark.parametrize(
    ("question", "row", "measure", "columns"),
    [
        ("control", ALL, "r2_share", Columns(0.94, 1.0)),
        ("control", ALL, "accuracy", Columns(0.9, 0.99)),
        ("disentanglement", ALL, "off_diagonal", Columns(0.16, 0.1)),
        ("identity", ALL, "auc", Columns(0.9, 0.98)),
        ("fidelity, held-out people", "skin", "psnr_db", Columns(27.9, 36.0)),
        ("distribution", ALL, "sliced_wasserstein", Columns(0.21, 0.1)),
        ("sharpness", "hair", "top_octave_db", Columns(-3.0, 0.0)),
        ("sharpness", "skin", "top_octave_db", Columns(1.6, 0.0)),
        ("diversity", "evaluator", "coverage", Columns(0.8, 0.95)),
        ("diversity", "evaluator", "nearest_training", Columns(0.9, 1.0)),
        ("fairness", ALL, "worst_over_mean", Columns(0.8)),
        ("smoothness", "age", "largest_over_median", Columns(4.0, 3.5)),
    ],
)
def test_each_gate_has_its_own_figure(question, row, measure, columns) -> None:
    tables = good_tables()
    tables[question][row][measure] = columns
    assert sum(gate.met is False for gate in judged(tables)) == 1


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    gates = judged({})
    assert all(gate.met is None for gate in gates)
    assert len(gates) == len(judged(good_tables()))


def test_graphs_have_a_gate_of_their_own() -> None:
    report = Report("abc", {}, {})
    assert with_graphs(report, 1.0).gates[-1].met is True
    assert with_graphs(with_graphs(report, 1.0), 3.0).gates[-1].met is False
    assert len(with_graphs(with_graphs(report, 1.0), 3.0).gates) == 1
    assert with_graphs(report, None).gates[-1].met is None


def test_a_report_survives_the_disk(tmp_path) -> None:
    tables = good_tables()
    report = Report("abc", {"size": 256}, tables, {"skin": {"frequency": [0.1]}}, {"names": ["Head"]}, judged(tables))
    assert read_report(tmp_path) is None
    write_report(tmp_path, report, {"names": ["age"]})
    found = read_report(tmp_path)
    assert found is not None
    assert found.to_json() == report.to_json()
    assert found.tables == tables
    assert read_matrix(tmp_path) == {"names": ["age"]}
    (tmp_path / "evaluation.json").write_text("{}")
    with pytest.raises(EvaluationError, match="evaluate again"):
        read_report(tmp_path)
    (tmp_path / "evaluation.json").write_text("{")
    with pytest.raises(EvaluationError, match="remove it"):
        read_report(tmp_path)


def test_a_report_on_all_attributes_fits_the_manifest(tmp_path) -> None:
    value = Columns(0.123456789, -12.3456789, float("nan"))
    tables = good_tables()
    for question, measures in (
        ("control", ("r2", "error_sigma")), ("following", ("agreement", "strength")),
        ("disentanglement", ("off_diagonal",)), ("smoothness", ("largest_over_median",)),
    ):  # fmt: skip
        tables[question] = {name: dict.fromkeys(measures, value) for name in SCHEMA.names}
    report = Report("abc", {}, tables, gates=judged(tables))
    assert write_report(tmp_path, report, {}).stat().st_size < 0.8 * LARGEST_BYTES
    found = read_report(tmp_path)
    assert found is not None
    assert found.tables["control"]["age"]["r2"] == Columns(0.1235, -12.35, None)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(codec="utf-8"))
    | st.sampled_from(["[1,\n2]", "{"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
)


@given(JSON)
def test_shorter_lists_hold_the_same(value) -> None:
    assert json.loads(short_lists(json.dumps(value, indent=1, ensure_ascii=False))) == value


def test_lists_of_plain_values_take_one_line() -> None:
    text = json.dumps({"a": [1, None, "x"], "b": [[1, 2], {}], "c": []}, indent=1)
    assert short_lists(text).splitlines() == [
        "{",
        ' "a": [1, null, "x"],',
        ' "b": [',
        "  [1, 2],",
        "  {}",
        " ],",
        ' "c": []',
        "}",
    ]


def test_figures_go_into_the_manifest_of_their_own_weights_alone(tmp_path) -> None:
    manifest = {"training": {"weights": "abc"}, "metrics": {"largest_difference_torch_onnx": {"draft": 1, "full": 2}}}
    path = tmp_path / "facewright.json"
    path.write_text(json.dumps(manifest))
    complete = record(tmp_path, Report("abc", {}, {}))
    assert complete.gates[-1].met is True
    assert complete.gates[-1].value == 2.0
    written = json.loads(path.read_text())
    assert Report.from_json(written["metrics"]["evaluation"]) == complete
    assert written["metrics"]["largest_difference_torch_onnx"] == {"draft": 1, "full": 2}
    with pytest.raises(EvaluationError, match="other weights"):
        record(tmp_path, Report("xyz", {}, {}))
    with pytest.raises(EvaluationError, match="export the run first"):
        record(tmp_path / "nowhere", Report("abc", {}, {}))
