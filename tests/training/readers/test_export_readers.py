from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")
onnx = pytest.importorskip("onnx")
pytest.importorskip("onnxscript", reason="needs the extra 'training'")
pytest.importorskip("moderngl", reason="needs the extra 'training'")

from creator.attribute_reader import AttributeReader  # noqa: E402
from creator.errors import ModelError  # noqa: E402
from creator.identity import IdentityEmbedding  # noqa: E402
from creator.manifest import MANIFEST_NAME, load_manifest  # noqa: E402
from creator.readings import Readings  # noqa: E402
from creator.training.generator.checkpoint import TrainingError  # noqa: E402
from creator.training.people_schema import SCHEMA  # noqa: E402
from creator.training.readers import export_readers  # noqa: E402
from creator.training.readers.edited_pictures import EDITS, edited_name  # noqa: E402
from creator.training.readers.picture_network import PictureNetwork, PictureNetworkConfig  # noqa: E402
from creator.training.readers.reader_run import Run, save_run  # noqa: E402
from creator.training.readers.stored_views import StoredViews  # noqa: E402

PICTURE = np.random.default_rng(2).integers(0, 256, (256, 256, 4), np.uint8)
PICTURE[..., :3] = np.minimum(PICTURE[..., :3], PICTURE[..., 3:])


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory, reader) -> tuple[Path, Path]:
    """Run folders of an untrained reader and an untrained embedding."""
    folder = tmp_path_factory.mktemp("runs")
    torch.manual_seed(1)
    network = PictureNetwork(PictureNetworkConfig(8, 16, (("embedding", 12),))).eval()
    scores = {"auc": 0.97, "eer": 0.08, "same_person_below": 0.4}
    save_run(folder / "reader", reader)
    save_run(folder / "identity", Run(network, {}, {"views": 5, "scores": scores}))
    return folder / "reader", folder / "identity"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory, model_folder: Path, runs: tuple[Path, Path]) -> Path:
    """The tiny model with both companions, entered one after the other."""
    folder = tmp_path_factory.mktemp("exported") / "model"
    shutil.copytree(model_folder, folder)
    assert set(export_readers.add_companions(folder, reader=runs[0])) == {"attribute_reader"}
    assert set(export_readers.add_companions(folder, identity=runs[1])) == {"identity"}
    return folder


def test_the_application_reads_what_torch_reads(exported: Path, reader) -> None:
    manifest = load_manifest(exported)
    assert manifest.companions["identity"].facts["auc"] == 0.97
    embedding, app_reader = IdentityEmbedding.load(manifest), AttributeReader.load(manifest)
    assert embedding is not None
    assert app_reader is not None
    assert embedding.embed(PICTURE).shape == (12,)
    assert embedding.same_person_below == 0.4
    values = app_reader.read(PICTURE)
    assert set(values) <= set(manifest.schema.names)  # the tiny model has six attributes
    at = export_readers.ReaderTargets(SCHEMA).columns["nose_length"]
    planes = torch.from_numpy(PICTURE).permute(2, 0, 1)[None].float() / 255.0
    with torch.no_grad():
        wanted = reader.network(torch.nn.functional.avg_pool2d(planes, 2))["attributes"][0, at]
    assert values["nose_length"] == pytest.approx(float(wanted), abs=0.01)


@pytest.mark.parametrize("name", ["attribute_reader", "identity"])
def test_graphs_are_small_plain_and_tell_nothing_of_the_machine(exported: Path, name: str) -> None:
    data = (exported / load_manifest(exported).companions[name].file).read_bytes()
    model = onnx.load_from_string(data)
    assert not any(node.metadata_props or node.doc_string for node in model.graph.node)
    assert "BatchNormalization" not in {node.op_type for node in model.graph.node}
    assert b"torch" not in data
    assert b"site-packages" not in data
    halves = (entry for entry in model.graph.initializer if entry.data_type == onnx.TensorProto.FLOAT16)
    assert sum(len(entry.raw_data) for entry in halves) > 0.8 * len(data)


def test_what_the_manifest_says_of_the_model_stays(exported: Path, model_folder: Path) -> None:
    before, after = (json.loads((folder / MANIFEST_NAME).read_text()) for folder in (model_folder, exported))
    assert set(after.pop("companions")) == {"attribute_reader", "identity"}
    before.pop("companions", None)
    assert after == before


def test_a_run_of_the_other_kind_or_no_model_is_refused(
    runs: tuple[Path, Path], own_model: Path, tmp_path: Path
) -> None:
    before = (own_model / MANIFEST_NAME).read_bytes()
    with pytest.raises(TrainingError, match="holds no attribute reader"):
        export_readers.add_companions(own_model, reader=runs[1])
    with pytest.raises(ModelError, match="missing"):
        export_readers.add_companions(tmp_path, *runs)
    assert (own_model / MANIFEST_NAME).read_bytes() == before


def test_too_large_a_network_is_refused(reader) -> None:
    wide = PictureNetwork(PictureNetworkConfig(40, 512, reader.network.config.heads)).eval()
    with pytest.raises(export_readers.ExportError, match="narrower"):
        export_readers.reading_graph(export_readers.shipped_network(wide), "attributes")


def test_folding_changes_no_output(reader) -> None:
    shipped = export_readers.shipped_network(reader.network)
    pictures = torch.rand(2, 4, 128, 128)
    with torch.no_grad():
        one, other = reader.network(pictures)["attributes"], shipped(pictures)["attributes"]
    torch.testing.assert_close(one, other, atol=0.02, rtol=0.02)
    assert not any(isinstance(part, torch.nn.BatchNorm2d) for part in shipped.modules())


def test_gain_and_noise_are_measured_on_edits(edited: Path, reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that sees half of each edit, and takes each of another attribute for a third of a sigma of age."""
    targets = export_readers.ReaderTargets(SCHEMA)
    views = StoredViews.read(edited)
    rows = targets.wanted(views.attributes).numpy() / reader.tensors["spread"].numpy()
    for first in range(0, len(rows), EDITS + 1):
        for row in range(first + 1, first + EDITS + 1):
            rows[row] = rows[first] + 0.5 * (rows[row] - rows[first])
            if views.attributes[row, 0] == views.attributes[first, 0]:
                rows[row, targets.columns["age"]] += 1.0 / 3.0
    monkeypatch.setattr(export_readers, "network_rows", lambda *rest: rows)
    facts = export_readers.calibrated(export_readers.reader_facts(reader), reader.network, edited)
    found = {entry["name"]: entry for entry in facts["attributes"]}
    assert found["age"]["gain"] == pytest.approx(0.5, abs=0.01)
    assert found["age"]["noise"] == pytest.approx(2.0 / 3.0, abs=0.02)
    assert found["gender"]["noise"] == pytest.approx(0.0, abs=1e-3)
    Readings(facts, targets.size, SCHEMA)


def test_edits_go_on_through_the_attributes_from_person_to_person(edited: Path) -> None:
    views = StoredViews.read(edited)
    encoded = views.attributes.numpy()
    names = [
        edited_name(SCHEMA, encoded[first], encoded[first + edit])
        for first in range(0, len(encoded), EDITS + 1)
        for edit in range(1, EDITS + 1)
    ]
    assert len(set(names)) == len(names) == 2 * EDITS
