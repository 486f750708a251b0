from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")
onnx = pytest.importorskip("onnx")
pytest.importorskip("onnxscript", reason="needs the extra 'training'")

from creator.errors import ModelError  # noqa: E402
from creator.manifest import load_manifest, read_graph  # noqa: E402
from creator.onnx_graph import check_graph  # noqa: E402
from creator.self_test import psnr  # noqa: E402
from creator.training.generator import export_onnx, quantise  # noqa: E402


@pytest.fixture(scope="module")
def float_graph(small_network):
    return export_onnx.export_graph(export_onnx.rounded_network(small_network))


@pytest.fixture(scope="module")
def exported(tmp_path_factory, small_network, small_schema, float_graph):
    folder = tmp_path_factory.mktemp("model")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(export_onnx, "export_graph", lambda network: float_graph)
        manifest = export_onnx.export_model(
            small_network, small_schema, folder, {"views": 1}, {"psnr": 20.0},
            lights={"left": ("Left", {"light_azimuth": -60.0})}, checked=2,
        )  # fmt: skip
    return folder, manifest


@pytest.fixture(scope="module")
def graphs(exported) -> dict[str, bytes]:
    return {precision: file_of(exported[0], precision).read_bytes() for precision in export_onnx.STEMS}


def file_of(folder: Path, precision: str) -> Path:
    graphs = load_manifest(folder).graphs_of("full")
    return folder / next(graph.file for graph in graphs if graph.precision == precision)


def outputs_of(graph: bytes, names, people) -> list[np.ndarray]:
    import onnxruntime

    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    return session.run(list(names), people)


def people(schema, count: int) -> dict[str, np.ndarray]:
    drawn = export_onnx.extreme_people(schema, 64, count)
    return {name: np.concatenate([person[name] for person in drawn]) for name in drawn[0]}


def test_the_manifest_is_read_by_the_application(exported, small_schema) -> None:
    folder, written = exported
    manifest = load_manifest(folder)
    assert manifest.schema == small_schema
    assert manifest.licence == "CC0-1.0"
    sizes = {graph.picture: graph.size for graph in manifest.graphs}
    assert sizes == {"draft": 128, "full": 256, "maps": 256, "landmarks": 256}
    assert {graph.precision for graph in manifest.graphs_of("full")} == {"fp32", "fp16", "int8"}
    assert all(graph.batch is None for graph in manifest.graphs)
    assert manifest.landmark_names == ("crown", "nose_tip", "chin")
    assert manifest.light_presets["left"]["light_azimuth"] == -60.0
    assert manifest.training["views"] == 1
    assert max(written["metrics"]["largest_difference_torch_onnx"].values()) <= 2
    for graph in manifest.graphs:
        assert read_graph(manifest, graph)
        assert (graph.psnr is None) == (graph.precision == "fp32" or graph.picture == "maps")


def test_the_application_draws_with_every_graph(exported, small_schema) -> None:
    """In a process of its own, as the user's: training's modules may not import the generator."""
    code = """if True:
        import sys
        from pathlib import Path
        from creator.character import new_character
        from creator.generator import FULL, Generator, RenderRequest
        generator = Generator.load(Path(sys.argv[1]), "cpu", first=FULL)
        person = new_character(generator.schema, 3)
        assert generator.precision == "int8", generator.precision
        assert generator.render(RenderRequest(person, "draft")).pixels.shape == (128, 128, 4)
        assert generator.render(RenderRequest(person)).pixels.shape == (256, 256, 4)
        assert generator.render_maps(person).masks.shape == (256, 256, 8)
        assert list(generator.landmarks(person)) == ["crown", "nose_tip", "chin"]
        assert len(list(generator.render_batch([person] * 3))) == 3
    """
    done = subprocess.run([sys.executable, "-c", code, str(exported[0])], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("precision", ["fp32", "fp16", "int8"])
def test_the_graph_is_plain_and_tells_nothing_of_the_machine(graphs, precision: str) -> None:
    model = onnx.load_from_string(graphs[precision])
    assert [(entry.domain, entry.version) for entry in model.opset_import] == [("", 18)]
    assert not model.functions
    assert not any(node.metadata_props or node.doc_string for node in model.graph.node)
    assert b"torch" not in graphs[precision]
    assert b"site-packages" not in graphs[precision]
    check_graph(graphs[precision], "here")
    shapes = {o.name: [d.dim_param or d.dim_value for d in o.type.tensor_type.shape.dim] for o in model.graph.output}
    assert shapes["draft"] == ["batch", 128, 128, 4]
    assert shapes["portrait"] == ["batch", 256, 256, 4]


def test_weights_are_stored_small(graphs) -> None:
    def kind(precision: str, name: str) -> int:
        return next(i.data_type for i in onnx.load_from_string(graphs[precision]).graph.initializer if i.name == name)

    assert kind("fp32", "network.stage8.enter.weight.half") == onnx.TensorProto.FLOAT16
    assert kind("fp16", "network.stage8.enter.weight.as_half") == onnx.TensorProto.FLOAT16
    assert kind("int8", "network.stage8.enter.weight.levels") == onnx.TensorProto.INT8
    assert kind("int8", "network.head128.weight.half") == onnx.TensorProto.FLOAT16


def test_geometry_and_mapping_keep_single_precision(graphs) -> None:
    """Only what follows a convolution is half."""
    model = onnx.shape_inference.infer_shapes(onnx.load_from_string(graphs["fp16"]))
    kinds = {value.name: value.type.tensor_type.elem_type for value in model.graph.value_info}
    after: set[str] = set()
    for node in model.graph.node:
        follows = node.op_type == "Conv" or bool(after.intersection(node.input))
        after.update(node.output if follows else ())
        halves = [name for name in node.output if kinds.get(name) == onnx.TensorProto.FLOAT16]
        assert follows or node.op_type == "Cast" or not halves, node.output


@pytest.mark.parametrize("precision", ["fp32", "fp16", "int8"])
def test_several_people_at_once_are_the_same_as_one_by_one(graphs, small_schema, precision: str) -> None:
    together = people(small_schema, 3)
    found = outputs_of(graphs[precision], ["draft", "portrait"], together)
    for person in range(3):
        alone = outputs_of(
            graphs[precision], ["draft", "portrait"], {k: v[person : person + 1] for k, v in together.items()}
        )
        for one, all_of_them in zip(alone, found, strict=True):
            assert np.abs(one[0].astype(int) - all_of_them[person]).max() <= 1


def test_lower_precision_stays_close(graphs, small_schema) -> None:
    someone = people(small_schema, 4)
    precise = outputs_of(graphs["fp32"], ["portrait"], someone)[0]
    assert psnr(outputs_of(graphs["fp16"], ["portrait"], someone)[0], precise) > 50
    assert psnr(outputs_of(graphs["int8"], ["portrait"], someone)[0], precise) > 35


def test_a_model_that_is_replaced_leaves_its_companions_and_nothing_else(
    tmp_path, exported, small_network, small_schema, monkeypatch, float_graph
) -> None:
    folder = shutil.copytree(exported[0], tmp_path / "model")
    older = json.loads((folder / "facewright.json").read_text())
    for graph in older["graphs"]:
        if graph["precision"] == "int8":
            graph["file"] = "older.onnx"
    file_of(folder, "int8").rename(folder / "older.onnx")
    (folder / "identity.onnx").write_bytes(b"a companion")
    older["companions"] = {"identity": {"file": "identity.onnx", "sha256": "0" * 64, "bytes": 11, "facts": {"auc": 1}}}
    (folder / "facewright.json").write_text(json.dumps(older))
    monkeypatch.setattr(export_onnx, "export_graph", lambda network: float_graph)
    export_onnx.export_model(small_network, small_schema, folder, {}, {}, checked=1)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [*(file_of(folder, precision).name for precision in export_onnx.STEMS), "facewright.json", "identity.onnx"]
    )
    assert load_manifest(folder).companions["identity"].facts["auc"] == 1


def test_harmful_layers_stay_in_float_until_the_picture_is_close(
    tmp_path, small_network, small_schema, monkeypatch, float_graph
) -> None:
    monkeypatch.setattr(export_onnx, "export_graph", lambda network: float_graph)
    monkeypatch.setitem(export_onnx.LEAST_PSNR, "int8", 50.0)
    written = export_onnx.export_model(small_network, small_schema, tmp_path, {}, {}, checked=1)
    kept = written["metrics"]["layers_kept_in_float"]
    names = {layer.name for layer in quantise.layers_of(float_graph, export_onnx.PREFIX)}
    assert 0 < len(kept) < len(names)
    assert set(kept) < names
    stored = {entry.name for entry in onnx.load(file_of(tmp_path, "int8")).graph.initializer}
    for name in names:
        assert (f"network.{name}.weight.levels" in stored) == (name not in kept)
    assert all(graph["psnr"] > 45 for graph in written["graphs"] if graph["precision"] == "int8")


def test_levels_fit_what_a_tensor_holds() -> None:
    values = np.append(np.random.default_rng(0).normal(0, 1, 100_000), 60.0).astype(np.float32)
    steps = quantise.steps_for(values)
    whole = (values.max() - values.min()) / 255
    assert steps.scale < whole, "the one far out gives way to the many"
    cut = np.clip(np.rint(values / steps.scale), -steps.zero, 255 - steps.zero) * steps.scale
    assert np.square(cut - values).mean() < np.square(np.rint(values / whole) * whole - values).mean()
    positive = quantise.steps_for(np.abs(values[:-1]))
    assert positive.zero == 0
    nothing = quantise.steps_for(np.zeros(10, np.float32))
    assert nothing.scale > 0


def test_the_weights_can_be_read_back(exported, small_network, make_network) -> None:
    wanted = export_onnx.rounded_network(small_network)
    found = export_onnx.read_network(file_of(exported[0], "fp32"), make_network)
    assert all(torch.equal(one, two) for one, two in zip(wanted.parameters(), found.parameters(), strict=True))


def test_a_foreign_file_is_refused(tmp_path, make_network) -> None:
    (tmp_path / "x.onnx").write_bytes(b"not a graph")
    with pytest.raises(ModelError, match=r"x\.onnx"):
        export_onnx.read_network(tmp_path / "x.onnx", make_network)


@pytest.mark.parametrize(
    ("function", "outcome", "said"),
    [
        ("largest_difference", {"draft": 0, "full": 3}, "the full picture differs from the network by 3/255"),
        ("psnr", 37.0, r"the draft picture in fp16 is 37\.0 dB from the single-precision one, less than 45"),
    ],
)
def test_a_graph_that_differs_is_not_written(
    tmp_path, small_network, small_schema, monkeypatch, graphs, float_graph, function, outcome, said
) -> None:
    monkeypatch.setattr(export_onnx, "export_graph", lambda network: float_graph)
    monkeypatch.setattr(export_onnx, "_quantised", lambda *rest: (graphs["int8"], []))
    monkeypatch.setattr(export_onnx, function, lambda *rest: outcome)
    with pytest.raises(export_onnx.ExportError, match=said):
        export_onnx.export_model(small_network, small_schema, tmp_path / "out", {}, {}, checked=1)
    assert not (tmp_path / "out").exists()


def test_the_maps_come_in_their_stored_form(graphs, small_schema) -> None:
    found = outputs_of(graphs["fp32"], ["albedo", "normals", "depth", "masks"], people(small_schema, 1))
    assert [each.shape for each in found] == [(1, 256, 256, channels) for channels in (3, 3, 1, 8)]
    assert [each.dtype.name for each in found] == ["uint8", "uint8", "float16", "uint8"]


def test_a_graph_of_an_older_network_is_refused_in_one_sentence(tmp_path, exported, make_network, small_config) -> None:
    path = file_of(exported[0], "fp32")
    with pytest.raises(ModelError, match="other sizes"):
        export_onnx.read_network(path, make_network, lambda size: replace(small_config, style_size=size))
    model = onnx.load(path)
    older = '{"attribute_size": 5, "widths": [1, 2, 3, 4, 5], "depths": [1, 1, 1, 1, 1]}'
    onnx.helper.set_model_props(model, {export_onnx.CONFIG_KEY: older})
    onnx.save(model, tmp_path / "old.onnx")
    with pytest.raises(ModelError, match=r"old\.onnx holds no generator of this version"):
        export_onnx.read_network(tmp_path / "old.onnx", make_network)


@pytest.mark.needs_model
def test_the_bundled_graphs_are_read_or_refused_in_one_sentence(head_assets) -> None:
    """Reading them takes the network in code; the application itself only runs them."""
    from creator import paths
    from creator.training.generator.network import load_generator

    try:
        network = load_generator(paths.bundled_model_folder())
    except ModelError as error:
        assert "of this version" in str(error)
        assert "\n" not in str(error)
    else:
        assert network.config.size >= 128


def test_weights_beyond_float16_are_refused(make_network, small_config) -> None:
    network = make_network(small_config)
    with torch.no_grad():
        network.head128.bias[0] = 1e6
    with pytest.raises(export_onnx.ExportError, match=r"head128\.bias"):
        export_onnx.rounded_network(network)


def test_people_far_out_cover_ranges_and_are_the_same_again(small_schema) -> None:
    found = people(small_schema, 20)["attributes"]
    assert found.shape == (20, small_schema.encoded_size)
    assert np.abs(found).max() <= 1.0
    assert (found[:, 3:5].sum(1) == 1.0).all()
    np.testing.assert_array_equal(found, people(small_schema, 20)["attributes"])
