from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")
onnx = pytest.importorskip("onnx")
pytest.importorskip("onnxscript", reason="needs the extra 'training'")

from creator.errors import ModelError  # noqa: E402
from creator.manifest import load_manifest, read_graph  # noqa: E402
from creator.training.generator import export_onnx  # noqa: E402


@pytest.fixture(scope="module")
def exported(tmp_path_factory, small_network, small_schema):
    folder = tmp_path_factory.mktemp("model")
    manifest = export_onnx.export_model(
        small_network, small_schema, folder, {"views": 1}, {"psnr": 20.0},
        lights={"left": ("Left", {"light_azimuth": -60.0})}, checked_inputs=3,
    )  # fmt: skip
    return folder, manifest


def test_the_manifest_is_read_by_the_application(exported, small_schema) -> None:
    folder, written = exported
    manifest = load_manifest(folder)
    assert manifest.schema == small_schema
    assert manifest.licence == "CC0-1.0"
    assert {graph.picture: graph.size for graph in manifest.graphs} == {"draft": 128, "full": 256, "maps": 256}
    assert manifest.light_presets["left"]["light_azimuth"] == -60.0
    assert manifest.training["views"] == 1
    assert max(written["metrics"]["largest_difference_torch_onnx"].values()) <= 2
    for graph in manifest.graphs:
        assert read_graph(manifest, graph)


@pytest.mark.parametrize("name", ["draft", "full", "maps"])
def test_the_graph_is_plain_and_tells_nothing_of_the_machine(exported, name: str) -> None:
    data = (exported[0] / f"facewright_{name}.onnx").read_bytes()
    model = onnx.load_from_string(data)
    assert [(entry.domain, entry.version) for entry in model.opset_import] == [("", 18)]
    assert not model.functions
    assert not any(node.metadata_props or node.doc_string for node in model.graph.node)
    assert b"torch" not in data
    assert b"site-packages" not in data
    stored = {entry.name: entry.data_type for entry in model.graph.initializer}
    assert stored["network.stage8.enter.weight.half"] == onnx.TensorProto.FLOAT16
    shape = [entry.dim_value for entry in model.graph.output[0].type.tensor_type.shape.dim]
    assert shape == [1, 128, 128, 4] if name == "draft" else [1, 256, 256, 4]


def test_the_weights_can_be_read_back(exported, small_network, make_network) -> None:
    wanted = export_onnx.rounded_network(small_network)
    full = export_onnx.read_network(exported[0] / "facewright_full.onnx", make_network)
    for (name, one), two in zip(wanted.named_parameters(), full.parameters(), strict=True):
        assert torch.equal(one, two) or name.startswith("head_maps"), name
    maps = export_onnx.read_network(exported[0] / "facewright_maps.onnx", make_network)
    assert all(torch.equal(one, two) for one, two in zip(wanted.parameters(), maps.parameters(), strict=True))
    draft = export_onnx.read_network(exported[0] / "facewright_draft.onnx", make_network)
    attributes, identity = torch.zeros(1, wanted.config.attribute_size), torch.ones(1, 64)
    assert torch.equal(draft(attributes, identity, 128).pictures[0], wanted(attributes, identity, 128).pictures[0])


def test_a_foreign_file_is_refused(tmp_path, make_network) -> None:
    (tmp_path / "x.onnx").write_bytes(b"not a graph")
    with pytest.raises(ModelError, match=r"x\.onnx"):
        export_onnx.read_network(tmp_path / "x.onnx", make_network)


def test_a_graph_that_differs_is_not_written(tmp_path, small_network, small_schema, monkeypatch, exported) -> None:
    graph = (exported[0] / "facewright_draft.onnx").read_bytes()
    monkeypatch.setattr(export_onnx, "export_variant", lambda network, name: onnx.load_from_string(graph))
    monkeypatch.setattr(export_onnx, "largest_difference", lambda *rest: 3)
    with pytest.raises(export_onnx.ExportError, match="3/255"):
        export_onnx.export_model(small_network, small_schema, tmp_path / "out", {}, {})
    assert not (tmp_path / "out").exists()


def test_the_maps_come_in_their_stored_form(exported, small_schema) -> None:
    import onnxruntime

    session = onnxruntime.InferenceSession(exported[0] / "facewright_maps.onnx", providers=["CPUExecutionProvider"])
    ((attributes, identity),) = export_onnx.random_inputs(small_schema, 1)
    found = session.run(None, {"attributes": attributes, "identity": identity})
    names = [output.name for output in session.get_outputs()]
    assert names == ["portrait", "albedo", "normals", "depth", "masks"]
    assert [each.shape for each in found] == [(1, 256, 256, channels) for channels in (4, 3, 3, 1, 8)]
    assert [each.dtype.name for each in found] == ["uint8", "uint8", "uint8", "float16", "uint8"]


def test_a_graph_of_an_older_network_is_refused_in_one_sentence(tmp_path, exported, make_network, small_config) -> None:
    path = exported[0] / "facewright_draft.onnx"
    with pytest.raises(ModelError, match="other sizes"):
        export_onnx.read_network(path, make_network, lambda size: replace(small_config, style_size=size))
    model = onnx.load(path)
    older = '{"attribute_size": 5, "widths": [1, 2, 3, 4, 5], "depths": [1, 1, 1, 1, 1]}'
    onnx.helper.set_model_props(model, {export_onnx.CONFIG_KEY: older})
    onnx.save(model, tmp_path / "old.onnx")
    with pytest.raises(ModelError, match=r"old\.onnx holds no generator of this version"):
        export_onnx.read_network(tmp_path / "old.onnx", make_network)


@pytest.mark.needs_model
def test_the_bundled_graphs_are_read_or_refused_in_one_sentence() -> None:
    """Reading them takes the network in code; the application itself only runs them."""
    from creator import paths
    from creator.training.generator.network import load_generator

    try:
        draft, full = load_generator(paths.model_folder())
    except ModelError as error:
        assert "of this version" in str(error)
        assert "\n" not in str(error)
    else:
        assert (draft.size, full.size) == (128, full.network.config.size)


def test_weights_beyond_float16_are_refused(make_network, small_config) -> None:
    network = make_network(small_config)
    with torch.no_grad():
        network.head128.bias[0] = 1e6
    with pytest.raises(export_onnx.ExportError, match=r"head128\.bias"):
        export_onnx.rounded_network(network)


def test_random_inputs_cover_ranges_and_are_the_same_again(small_schema) -> None:
    inputs = export_onnx.random_inputs(small_schema, 20)
    attributes = np.concatenate([one for one, _ in inputs])
    assert attributes.shape == (20, small_schema.encoded_size)
    assert np.abs(attributes).max() <= 1.0
    assert (attributes[:, 3:5].sum(1) == 1.0).all()
    np.testing.assert_array_equal(
        attributes, np.concatenate([one for one, _ in export_onnx.random_inputs(small_schema, 20)])
    )
