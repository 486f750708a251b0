from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from creator.attributes import AttributeSchema
from creator.errors import SaveError
from creator.manifest import MANIFEST_NAME, load_manifest, read_graph
from creator.training.model_folder import graph_name, write_model

Model = tuple[dict, dict[str, bytes]]


@pytest.fixture
def model(own_model: Path, schema: AttributeSchema, make_graph: Callable[..., bytes]) -> Callable[[int], Model]:
    """Makes the manifest and the graphs of a model, by a number."""
    plain = json.loads((own_model / MANIFEST_NAME).read_text())

    def make(number: int) -> Model:
        entries, graphs = [], {}
        for entry in plain["graphs"]:
            data = make_graph(entry["size"], schema.encoded_size, seed=number)
            name = graph_name("facewright" if entry["picture"] == "full" else "facewright_draft", data)
            digest = hashlib.sha256(data).hexdigest()
            entries.append({**entry, "file": name, "sha256": digest, "bytes": len(data)})
            graphs[name] = data
        return {**plain, "version": f"{number}.0.0", "graphs": entries}, graphs

    return make


def whole_version(folder: Path) -> str:
    """The version of the model in ``folder``, all of whose graphs are there."""
    manifest = load_manifest(folder)
    for graph in manifest.graphs:
        read_graph(manifest, graph)
    return manifest.version


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


KILLED = """if True:
    import json, os, pathlib, signal, sys
    from creator.training.model_folder import write_model

    folder, source, last, late = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    replace, done = os.replace, []

    def dying(*places):
        done.append(places)
        if len(done) == last:
            if late == "late":
                replace(*places)
            os.kill(os.getpid(), signal.SIGKILL)
        replace(*places)

    os.replace = dying
    manifest = json.loads((source / "facewright.json").read_text())
    write_model(folder, manifest, {path.name: path.read_bytes() for path in source.glob("*.onnx")})
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.parametrize(
    ("step", "when", "version"),
    [(1, "early", "1.0.0"), (2, "late", "1.0.0"), (3, "early", "1.0.0"), (3, "late", "2.0.0")],
)
def test_a_write_that_is_killed_leaves_a_whole_model(
    model: Callable[[int], Model], tmp_path: Path, step: int, when: str, version: str
) -> None:
    folder, source = tmp_path / "model", tmp_path / "source"
    write_model(folder, *model(1))
    write_model(source, *model(2))
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(source), str(step), when], check=False)
    assert done.returncode < 0
    assert whole_version(folder) == version
    (folder / "notes.txt").write_text("mine")
    manifest, graphs = model(2)
    write_model(folder, manifest, graphs, replaced=model(1)[1])
    assert whole_version(folder) == "2.0.0"
    assert files(folder) == {MANIFEST_NAME, "notes.txt", *graphs}, "and what was left goes with the next write"


def test_a_full_disk_leaves_the_model_from_before(
    model: Callable[[int], Model], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_model(tmp_path / "model", *model(1))
    before = files(tmp_path / "model")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SaveError, match="No space left"):
        write_model(tmp_path / "model", *model(2))
    assert whole_version(tmp_path / "model") == "1.0.0"
    assert files(tmp_path / "model") == before
