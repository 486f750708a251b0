"""Writing a model into its folder so that a manifest never names a graph that is not there."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from creator.atomic_write import is_temporary, write_atomically
from creator.manifest import MANIFEST_NAME

_DIGITS = 12
_GRAPH = re.compile(rf"facewright[a-z0-9_]*_[0-9a-f]{{{_DIGITS}}}\.onnx")


def graph_name(stem: str, graph: bytes) -> str:
    """The file of ``graph``: ``stem`` and a part of its SHA-256, so that no other graph is ever written over it."""
    return f"{stem}_{hashlib.sha256(graph).hexdigest()[:_DIGITS]}.onnx"


def write_model(
    folder: Path, manifest: Mapping[str, Any], graphs: Mapping[str, bytes], replaced: Iterable[str] = ()
) -> None:
    """Write ``graphs`` (by file name), then the ``manifest`` that names them in one step, then remove what was
    ``replaced`` and what earlier writes left that were killed.

    Ended at any moment, ``folder`` holds the model from before or the new one, whole, and perhaps graphs that nobody
    names. Raises :class:`~creator.errors.SaveError`; the model from before is then untouched.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, graph in graphs.items():
        write_atomically(folder / name, graph)
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    write_atomically(folder / MANIFEST_NAME, text.encode())
    named = {entry["file"] for entry in (*manifest["graphs"], *manifest.get("companions", {}).values())}
    left = {path.name for path in folder.iterdir() if _GRAPH.fullmatch(path.name) or is_temporary(path.name)}
    for name in left.union(replaced) - named:
        (folder / name).unlink(missing_ok=True)
