"""The first run of a model that did not come with Facewright: in a process of its own, with limits.

A graph that passes ``creator.onnx_graph.check_graph`` can still ask for more memory or time than there is, or meet a
fault of ONNX Runtime's. Then the other process ends, and not the one that holds the user's work.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from creator import devices
from creator.companion import PICTURE_SIZE, CompanionNetwork
from creator.errors import CreatorError, ModelError
from creator.manifest import Manifest, load_manifest, read_graph
from creator.onnx_graph import check_graph, select_outputs
from creator.self_test import generator_inputs, trial_people
from creator.wording import one_line

PATIENCE_SECONDS = 300.0
_MEMORY_BYTES = 8 << 30  # of addresses, most of which are never used
_CPU_SECONDS = 120
_OPEN_FILES = 128
_SOUND = "sound"


def try_apart(manifest: Manifest, patience: float = PATIENCE_SECONDS) -> None:
    """Run every graph once, elsewhere. Raises :class:`ModelError` with what went wrong."""
    command = [sys.executable, "-m", "creator.untrusted_model", str(manifest.folder.resolve())]
    package = str(Path(__file__).resolve().parent.parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([package, os.environ.get("PYTHONPATH", "")])}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=patience, check=False, env=environment,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        said = done.stdout.strip()
        if done.returncode == 0 and said == _SOUND:
            return
        reason = one_line(said, 300) or f"its first run ended with {_ending(done.returncode)}"
    except subprocess.TimeoutExpired:
        reason = f"its first run took more than {patience:g} seconds"
    except OSError as error:
        reason = f"its first run could not be started ({error.strerror or error})"
    raise ModelError(f"the model in '{manifest.folder}' cannot be used: {reason}")


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _limit() -> None:
    """Bound what this process may take, where the system can (not on Windows)."""
    with contextlib.suppress(ImportError):
        import resource

        limits = {
            resource.RLIMIT_AS: _MEMORY_BYTES, resource.RLIMIT_CPU: _CPU_SECONDS, resource.RLIMIT_NOFILE: _OPEN_FILES,
            resource.RLIMIT_CORE: 0,
        }  # fmt: skip
        for kind, most in limits.items():
            with contextlib.suppress(OSError, ValueError):  # a lower limit is there already
                resource.setrlimit(kind, (most, most))


def _run_all(folder: Path) -> None:
    manifest = load_manifest(folder)
    inputs = generator_inputs(manifest.schema, manifest.identity_size, trial_people(manifest.schema)[:1])
    for graph in manifest.graphs:
        data = read_graph(manifest, graph)
        check_graph(data, graph.file)
        opened = devices.open_session(select_outputs(data, graph.outputs), devices.CPU, batch=1)
        opened.session.run(None, inputs)
    for name in manifest.companions:
        network = CompanionNetwork.load(manifest, name)
        if network is not None:
            network.look(np.zeros((PICTURE_SIZE, PICTURE_SIZE, 4), np.uint8))


def main() -> int:
    _limit()
    try:
        _run_all(Path(sys.argv[1]))
    except CreatorError as error:
        print(error)
        return 1
    except Exception as error:
        print(devices.explained(error))
        return 1
    print(_SOUND)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
