"""The core and the command line stay light, and modules keep to their places."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORE = [
    "cli", "portrait_file", "generator", "devices", "manifest", "character", "history", "attributes",
    "random_character", "paths", "provenance", "resampling", "constraints", "export.job", "png_encoding",
    "random_character", "paths", "inspection", "library", "recovery", "description", "look_alikes",
    "random_character", "paths", "visibility", "readings", "companion", "attribute_reader", "identity",
    "blending", "variations", "attribute_clipping", "second_look", "relighting",
    "graph_runner", "onnx_graph", "self_test", "trial_results", "untrusted_model",
]  # fmt: skip


@pytest.mark.parametrize("module", CORE)
def test_importing_the_core_loads_nothing_heavy(module: str) -> None:
    code = (
        f"import sys, creator.{module}\n"
        "heavy = {'PySide6', 'shiboken6', 'torch', 'onnxruntime', 'moderngl', 'scipy', 'onnx', 'matplotlib'}\n"
        "print(sorted(heavy & {name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_declared_layers_hold() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
